"""Every key at the desk, read before any widget gets it: a tap, a scan, or a letter of a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from perpudesk.visits.scan import ENTER, Scan, ScanReader, Tap

_SILENT = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_AltGr,
}
"""Keys that only change others; a scanner presses Shift in the middle of a number."""
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE_FEED = "\n"
"""Some scanners end with it: a key of its own that no keyboard has."""


class DeskKeys(QObject):
    """Holds each character for the scan gap, then gives it where it belongs.

    A scan is told wherever the focus is in the window. Other characters go, in order, to the
    widget that `takes` them at that time, else they are taps. Whatever is no character (arrows,
    Tab, Ctrl+Z) goes its own way after what was held.
    """

    tapped = Signal(str)
    """A character that no field took."""
    scanned = Signal(str)
    """The text of a card."""

    def __init__(self, page: QWidget, gap_ms: int, takes: Callable[[QWidget, str], bool]) -> None:
        super().__init__(page)
        self._page, self._takes = page, takes
        self._reader = ScanReader(gap_ms)
        self._watched: set[QWidget] = set()
        self._swallowed: set[int] = set()
        self._delivering = False
        self._running = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._at = self._heard = 0
        self._gap = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._gap.timeout.connect(self._on_gap_passed)
        # Keys that wait in the queue while the disk was busy come before this one fires.
        self._quiet = QTimer(self, singleShot=True, interval=0)
        self._quiet.timeout.connect(self._on_quiet)

    def start(self) -> None:
        """Watch the window from now on: the page is seen."""
        if self._running:
            return
        self._running = True
        _application().focusChanged.connect(self._on_focus_changed)
        self._watch(self._page)
        self._watch(self._page.window())
        self._watch(QApplication.focusWidget())

    def stop(self) -> None:
        """Leave the window alone; what was held is still a tap at the desk."""
        if not self._running:
            return
        self._running = False
        self.settle()
        _application().focusChanged.disconnect(self._on_focus_changed)
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()

    def settle(self) -> None:
        """Deliver what is held, now."""
        self._deliver(self._reader.release())

    def type(self, text: str) -> None:
        """Press these keys and Enter after all: they were no card."""
        self._deliver([*(Tap(char) for char in text), Tap(ENTER)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._delivering:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._released(event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _SILENT:
            return False
        enter = key in _ENTERS
        char = ENTER if enter or event.text() == _LINE_FEED else event.text()
        plain = char == ENTER or (len(char) == 1 and char.isprintable())
        if event.modifiers() & _COMMANDS or not plain:
            return self._go_first(watched, event)
        waiting = self._reader.waiting
        if char == " " and not waiting:
            return False  # it presses the focused button
        told = self._reader.feed(char, self._time(event), repeated=event.isAutoRepeat())
        if enter and not waiting and told == [Tap(ENTER, event.isAutoRepeat())]:
            return False
        self._swallowed.add(key)
        self._deliver(told)
        if self._reader.waiting:
            self._gap.start(self._reader.gap_ms + 1)
        return True

    def _go_first(self, watched: QObject, event: QKeyEvent) -> bool:
        """Deliver what is held before `event`; it follows the focus if that moved."""
        if not self._reader.waiting:
            return False
        before = QApplication.focusWidget()
        self.settle()
        now = QApplication.focusWidget()
        if now is None or now is before or now is watched:
            return False
        self._send(now, event.clone())
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() not in self._swallowed:
            return False
        if not event.isAutoRepeat():
            self._swallowed.discard(event.key())
        return True

    def _time(self, event: QKeyEvent) -> int:
        """When the key was pressed, in ms; an event that was made up has no time of its own."""
        self._heard = self._clock.elapsed()
        self._at = event.timestamp() or self._heard
        return self._at

    def _on_gap_passed(self) -> None:
        self._quiet.start()

    def _on_quiet(self) -> None:
        now = self._at + self._clock.elapsed() - self._heard
        self._deliver(self._reader.flush(now))
        if self._reader.waiting:
            self._gap.start(1)

    def _deliver(self, told: Iterable[Tap | Scan]) -> None:
        for each in told:
            if isinstance(each, Scan):
                self.scanned.emit(each.text)
                continue
            focus = QApplication.focusWidget()
            if focus is not None and self._takes(focus, each.char):
                self._type(focus, each)
            elif each.char == ENTER:
                self._type(focus or self._page, each)
            elif not each.repeated:
                self.tapped.emit(each.char)

    def _type(self, widget: QWidget, tap: Tap) -> None:
        """Press the key of `tap` in `widget`, as if it had not been held."""
        key = Qt.Key.Key_Return if tap.char == ENTER else _key_of(tap.char)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            none = Qt.KeyboardModifier.NoModifier
            self._send(widget, QKeyEvent(kind, key, none, tap.char, tap.repeated))

    def _send(self, widget: QWidget, event: QKeyEvent) -> None:
        self._delivering = True
        try:
            QApplication.sendEvent(widget, event)
        finally:
            self._delivering = False

    def _watch(self, widget: QWidget | None) -> None:
        if widget is not None and widget.window() is self._page.window():
            widget.installEventFilter(self)
            self._watched.add(widget)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old in self._watched and old not in (self._page, self._page.window()):
            self._watched.discard(old)
            if isValid(old):
                old.removeEventFilter(self)
        self._watch(new)


def _key_of(char: str) -> int:
    """Qt's code of a key is its capital, where that is ASCII."""
    return ord(char.upper()) if char.isascii() else 0


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - a widget is shown
    return application
