"""One family of line drawings, tinted by the palette and sharp at every size.

The files in `resources/icons` are 24 × 24, stroked in `currentColor`; a drawing is coloured when
it is painted, so that a change of palette needs no new icons.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from perpudesk.core.paths import resource
from perpudesk.ui import theme


def icon(name: str, role: str = "ink") -> QIcon:
    """The drawing `name` in the colour of the token `role`; follows a change of palette."""
    return QIcon(_Engine(name, role))


def pixmap(name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The drawing at `size` px for a screen with `ratio` device pixels each."""
    return _drawn(name, getattr(theme.current().tokens, role), size, ratio)


@lru_cache(maxsize=32)
def file_of(name: str, colour: str) -> str:
    """The drawing in a colour (`#RRGGBB`) as a file: a stylesheet can name nothing else.

    It is there till the program ends.
    """
    path = Path(_folder().path(), f"{name}-{colour[1:]}.svg")
    with suppress(OSError):  # on a full disk a mark is missing, nothing else
        path.write_bytes(_source(name).replace(b"currentColor", colour.encode()))
    return path.as_posix()


@lru_cache(maxsize=1)
def _folder() -> QTemporaryDir:
    return QTemporaryDir()


class _Engine(QIconEngine):
    """Draws on demand: an icon that is never shown costs nothing."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self._pixmap(rect.size(), mode, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._pixmap(size, mode, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        return self._pixmap(size, mode, scale)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def _pixmap(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        role = "disabled" if mode == QIcon.Mode.Disabled else self._role
        return pixmap(self._name, role, min(size.width(), size.height()), ratio)


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(_source(name).replace(b"currentColor", colour.encode()))
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()
