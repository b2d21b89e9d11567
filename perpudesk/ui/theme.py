"""How the whole application looks: palette, font and stylesheet, set once and changed in place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from perpudesk.core.paths import resource
from perpudesk.ui.tokens import LIGHT, PALETTES, Scheme, Tokens

FAMILY = "DejaVu Sans"
FONT_FILES = ("fonts/DejaVuSans.ttf", "fonts/DejaVuSans-Bold.ttf")
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


class Size(Enum):
    """The type sizes, in px at 100 %."""

    SMALL = 12.5
    BODY = 14.0
    LABEL = 15.0
    HEADING = 18.0
    TITLE = 20.0
    FIGURE = 25.0
    DISPLAY = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What is in force: a palette and a text scale (1.0 to 2.0)."""

    scheme: Scheme = Scheme.LIGHT
    tokens: Tokens = LIGHT
    scale: float = 1.0

    def colour(self, role: str) -> QColor:
        """The token `role` as a colour to paint with."""
        return QColor(getattr(self.tokens, role))

    def points(self, size: Size) -> float:
        """`size` in points of this screen: a font takes fractions of points, not of pixels."""
        dots = QGuiApplication.primaryScreen().logicalDotsPerInchY()
        return float(size.value) * self.scale * 72 / dots

    def font(self, size: Size = Size.BODY, *, bold: bool = False) -> QFont:
        """The program's font at `size`."""
        return QFont(_font(self.points(size), bold))

    def metrics(self, size: Size = Size.BODY, *, bold: bool = False) -> QFontMetrics:
        """What the font at `size` measures."""
        return _metrics(self.points(size), bold)

    def px(self, length: float) -> int:
        """A length in px that grows with the text."""
        return round(length * self.scale)


@lru_cache(maxsize=32)
def _font(points: float, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


@lru_cache(maxsize=32)
def _metrics(points: float, bold: bool) -> QFontMetrics:
    return QFontMetrics(_font(points, bold))


_current = Theme()


def current() -> Theme:
    """The theme in force; widgets that paint themselves ask here each time."""
    return _current


def apply(app: QApplication, *, scheme: str = "light", scale: float = 1.0) -> Theme:
    """Give the whole application one look; can be called again while windows are open.

    `scheme` is a `Scheme` or its text; `scale` is kept within 1.0 and 2.0.
    """
    from perpudesk.ui.stylesheet import stylesheet

    global _current  # noqa: PLW0603 - one application, one look
    chosen = Scheme(scheme)
    _current = Theme(
        scheme=chosen, tokens=PALETTES[chosen], scale=min(max(scale, SCALES[0]), SCALES[-1])
    )
    _set_up(app)
    app.setFont(_current.font())
    app.setPalette(palette(_current.tokens))
    app.setStyleSheet(stylesheet(_current))
    return _current


def _set_up(app: QApplication) -> None:
    """Choose the style and register the shipped faces, once."""
    if app.property("set_up"):
        return
    app.setStyle("Fusion")
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource(name)))
    app.setProperty("set_up", True)
    _metrics.cache_clear()  # what was measured before was another font


def palette(tokens: Tokens) -> QPalette:
    """The Qt palette of `tokens`, for everything the stylesheet does not reach."""
    role = QPalette.ColorRole
    made = QPalette()
    for colour_role, colour in (
        (role.Window, tokens.background),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.card),
        (role.AlternateBase, tokens.hover),
        (role.Text, tokens.ink),
        (role.Button, tokens.card),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.on_primary),
        (role.Highlight, tokens.primary),
        (role.HighlightedText, tokens.on_primary),
        (role.Accent, tokens.primary),
        (role.PlaceholderText, tokens.quiet),
        (role.ToolTipBase, tokens.ink),
        (role.ToolTipText, tokens.background),
        (role.Link, tokens.primary),
        (role.LinkVisited, tokens.primary),
    ):
        made.setColor(colour_role, QColor(colour))
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(tokens.disabled))
    return made
