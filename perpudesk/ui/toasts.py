"""Short messages at the foot of the window, with the way back instead of "Are you sure?"."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.layout import row
from perpudesk.ui.text import Text

SECONDS = 8.0
MOST = 2
_MARGIN, _GAP = 20, 8


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
    focus. Of more than two the oldest goes at once.
    """
    window = widget.window()
    host = window.findChild(_Host) or _Host(window)
    shown = Toast(window, text, action=action, slot=slot, key=key, seconds=seconds)
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
        while len(self._shown) >= MOST:
            self._shown[0].leave()
        self._shown.append(toast)
        toast.closed.connect(self._on_closed)
        toast.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        bottom = self._window.height() - _MARGIN
        for toast in reversed(self._shown):
            wide = min(max(toast.sizeHint().width(), 320), self._window.width() - 2 * _MARGIN)
            tall = max(toast.heightForWidth(wide), toast.sizeHint().height())
            toast.setGeometry((self._window.width() - wide) // 2, bottom - tall, wide, tall)
            toast.raise_()
            bottom -= tall + _GAP

    def _on_closed(self, toast: Toast) -> None:
        self._shown.remove(toast)
        self._place()
