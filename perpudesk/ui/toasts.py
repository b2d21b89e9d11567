"""Short messages over the window, with the way back instead of "Are you sure?".

They stand where nothing else does: in the `FreeRoom` of the page's header, where a window has no
such room at its foot.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.layout import FreeRoom, row
from perpudesk.ui.text import Text

SECONDS = 8.0
MOST = 2
_MARGIN, _CLOSE, _GAP = 20, 8, 8


def toast(
    widget: QWidget,
    text: str,
    *,
    action: str = "",
    slot: Callable[[], object] | None = None,
    key: str = "",
    seconds: float = SECONDS,
) -> Toast:
    """Say `text` in the window of `widget`, with a button `action` that does `slot`.

    It goes by itself after `seconds`, waits while the mouse or the focus is on it, and takes no
    focus. It goes with `widget`, the page it speaks of. Of more than there is room for the oldest
    goes at once.
    """
    window = widget.window()
    host = window.findChild(_Host) or _Host(window)
    shown = Toast(window, text, action=action, slot=slot, key=key, seconds=seconds)
    widget.installEventFilter(shown)
    host.add(shown)
    announce(widget, text)
    return shown


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text`, if one listens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Toast(QFrame):
    """One message; `toast` shows it."""

    closed = Signal(object)
    """It has gone; itself."""
    said = Signal()
    """It says something else, and may need other room."""

    def __init__(
        self,
        window: QWidget,
        text: str,
        *,
        action: str,
        slot: Callable[[], object] | None,
        key: str,
        seconds: float,
    ) -> None:
        super().__init__(window)
        self.setAccessibleName(text)
        self._slot = slot
        self._before: QWidget | None = None
        self._text = Text(text, "toast", wrap=len(text) > 60)
        self.action = Button(action, self._on_action, kind="inverse", key=key)
        self.dismiss = Button("", self.leave, kind="inverse", icon="close", name=tr("Close"))
        for button in (self.action, self.dismiss):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where it is
        box = row(self._text, self.action, self.dismiss)
        box.setStretchFactor(self._text, 1)
        box.setContentsMargins(16, 6, 8, 6)
        self.setLayout(box)
        self.action.setVisible(bool(action))
        self._timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self._timer.timeout.connect(self.leave)
        self._timer.start()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def waiting(self) -> bool:
        """Whether it stays until mouse and focus have left it."""
        return not self._timer.isActive()

    def say(self, text: str) -> None:
        """Say something else from now on, for as long as a new toast would."""
        self._text.setText(text)
        self.setAccessibleName(text)
        if not self.waiting:
            self._timer.start()
        self.said.emit()

    def leave(self) -> None:
        """Go, and give the focus back if it is here."""
        if self.isHidden():
            return
        self._timer.stop()
        had_focus = self._holds(QApplication.focusWidget())
        self.hide()
        if had_focus and self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.closed.emit(self)
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave with the page; a window that is minimised hides its pages too, but comes back."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.leave()
        return False

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and self.isAncestorOf(widget)

    def _on_action(self) -> None:
        slot = self._slot
        self.leave()
        if slot is not None:
            slot()

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        was, now = self._holds(old), self._holds(new)
        if now and not was:
            self._before = old
            self._timer.stop()
        elif was and not now and not self.isHidden():
            self._timer.start()


class _Host(QObject):
    """Keeps the toasts of one window in their places."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: list[Toast] = []
        window.installEventFilter(self)

    def add(self, toast: Toast) -> None:
        """Show `toast` lowest."""
        while len(self._shown) >= (MOST if self._room() is None else 1):
            self._shown[0].leave()
        self._shown.append(toast)
        toast.closed.connect(self._on_closed)
        toast.said.connect(self._place)
        toast.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        room, bottom = self._room(), self._window.height() - _MARGIN
        for toast in reversed(self._shown):
            wide = min(max(toast.sizeHint().width(), 320), self._window.width() - 2 * _MARGIN)
            tall = max(toast.heightForWidth(wide), toast.sizeHint().height())
            if room is None:
                toast.setGeometry((self._window.width() - wide) // 2, bottom - tall, wide, tall)
            else:
                toast.setGeometry(*self._within(room, wide, tall), wide, tall)
            toast.raise_()
            bottom -= tall + _GAP

    def _room(self) -> QRect | None:
        """The room in which nothing stands, in the window's own px."""
        found = (room for room in self._window.findChildren(FreeRoom) if room.isVisible())
        room = next(found, None)
        return None if room is None else QRect(room.mapTo(self._window, QPoint()), room.size())

    def _within(self, room: QRect, wide: int, tall: int) -> tuple[int, int]:
        """Left and top in the middle of `room`; what is wider reaches over what is right of it."""
        left = max(room.left(), room.center().x() - wide // 2)
        left = max(_MARGIN, min(left, self._window.width() - _CLOSE - wide))
        return left, max(_GAP // 2, room.center().y() - tall // 2)

    def _on_closed(self, toast: Toast) -> None:
        self._shown.remove(toast)
        if isValid(self._window):  # it may go with its window
            self._place()
