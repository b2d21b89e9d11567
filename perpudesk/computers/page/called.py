"""The number that is called, so large that a whole room reads it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.toasts import announce

_MOST_OTHERS = 4


class CalledDisplay(QWidget):
    """A window for the screen that visitors see: the newest call, and smaller the others.

    It goes to a second screen where there is one, whole; else it lies over the window. Escape
    closes it. It follows every call until then.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, Qt.WindowType.Window)
        self._over = over
        self._library = ""
        self.calls: tuple[str, ...] = ()
        self.setWindowTitle(tr("Called number"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)

    def show_calls(self, calls: Sequence[str], library: str) -> None:
        """Show these calls, the newest first."""
        if (tuple(calls), library) == (self.calls, self._library):
            return
        self.calls, self._library = tuple(calls), library
        said = ", ".join(self.calls) or self._nobody()
        self.setAccessibleName(said)
        if self.isVisible():
            announce(self, said)
        self.update()

    def present(self) -> None:
        """Show it, on the second screen if there is one."""
        window = self._over.window()
        others = [each for each in QGuiApplication.screens() if each is not window.screen()]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.setGeometry(window.geometry())
            self.show()
            self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("card"))
        high, wide = self.height(), self.width()
        head = QRect(0, round(high * 0.04), wide, round(high * 0.09))
        self._write(painter, head, self._library, "quiet")
        others = self.calls[1 : 1 + _MOST_OTHERS]
        low = round(high * (0.66 if others else 0.84))
        middle = QRect(0, round(high * 0.16), wide, low - round(high * 0.16))
        newest = self.calls[0] if self.calls else self._nobody()
        self._write(painter, middle, newest, "primary" if self.calls else "ink")
        for at, each in enumerate(others):
            part = wide // len(others)
            below = QRect(at * part, low, part, round(high * 0.16))
            self._write(painter, below, each, "ink")
        if not self.isFullScreen():
            foot = QRect(0, round(high * 0.92), wide, round(high * 0.05))
            self._write(painter, foot, tr("Esc closes this window"), "quiet")
        painter.end()

    @staticmethod
    def _nobody() -> str:
        return tr("Please wait for your number")

    @staticmethod
    def _write(painter: QPainter, room: QRect, text: str, role: str) -> None:
        """As large as the room allows, on one line."""
        look = theme.current()
        inner = room.adjusted(room.width() // 24, 0, -room.width() // 24, 0)
        font = QFont(look.font(bold=role != "quiet"))
        font.setPixelSize(100)
        metrics = QFontMetrics(font)
        across = inner.width() / max(1, metrics.horizontalAdvance(text))
        down = inner.height() / max(1, metrics.height())
        font.setPixelSize(max(1, int(100 * min(across, down))))
        painter.setFont(font)
        painter.setPen(look.colour(role))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
