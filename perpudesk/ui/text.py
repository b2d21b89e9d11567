"""Words on a page: plain text in a few roles, never markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

_READABLE = 64
"""Letters of a line that is read without losing one's place."""


class Text(QLabel):
    """A label in one of the roles of `stylesheet.TEXT_ROLES`.

    What it shows is always plain text: a name that looks like markup stays a name.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setText(text)

    def sizeHint(self) -> QSize:
        """On one line up to a readable width; Qt alone would wrap a wrapping label far earlier."""
        if not self.wordWrap():
            return super().sizeHint()
        self.ensurePolished()
        metrics = self.fontMetrics()
        lines = self.text().splitlines() or [""]
        longest = max(metrics.horizontalAdvance(line) for line in lines)
        width = min(longest + 1, metrics.averageCharWidth() * _READABLE)
        return QSize(width, self.heightForWidth(width))

    def set_role(self, role: str) -> None:
        """Show the same words in another role."""
        set_state(self, "role", role)


class Elided(Text):
    """A line that gives way: what has no room ends in “…”, and a screen reader says it whole."""

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        end = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), end, self.width() + 1)
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()


class Divider(QFrame):
    """A thin line between two parts."""


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet looks at, and show it at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def tip(text: str) -> str:
    """`text` for `setToolTip`, which would otherwise take it for markup."""
    if not text:
        return ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"


def literal(text: str) -> str:
    """`text` for a button, an action or a tab, where `&` would be a mnemonic."""
    return text.replace("&", "&&")
