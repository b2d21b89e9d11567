"""Every key at the desk, read before any widget gets it: a tap, a scan, or a letter of a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from perpudesk.visits.scan import ENDS, ENTER, TAB, Burst, Scan, ScanReader, Tap, Told

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
_ENDS: dict[int, str] = {Qt.Key.Key_Return: ENTER, Qt.Key.Key_Enter: ENTER, Qt.Key.Key_Tab: TAB}
_KEYS = {ENTER: Qt.Key.Key_Return, TAB: Qt.Key.Key_Tab}
_LINE_FEED = "\n"
"""Some scanners end with it: a key of its own that no keyboard has."""


class DeskKeys(QObject):
    """Holds each character for the scan gap, then gives it where it belongs.

    A scan is told wherever the focus is, in the window and in every dialog over it: what a scanner
    reads never fills a form in, save a field that has `take_card`. Other characters go, in order,
    to the widget that `takes` them at that time or has the focus in a dialog, else they are taps.
    Whatever is no character (arrows, Tab, Ctrl+Z) goes its own way after what was held.
    """

    tapped = Signal(str)
    """A character that no field took."""
    scanned = Signal(str, str)
    """The text of a card and what ended it, `ENTER` or `TAB`."""
    unread = Signal(str)
    """A card came without Enter or Tab: what of it was read."""

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
        """Press these keys after all: they were no card."""
        self._deliver(Tap(char) for char in text)

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
        char = event.text()
        end = _ENDS.get(key) or (ENTER if char == _LINE_FEED else "")
        char = end or char
        plain = end or (len(char) == 1 and char.isprintable())
        if event.modifiers() & _COMMANDS or not plain:
            return self._go_first(watched, event)
        waiting = self._reader.waiting
        if char == " " and not waiting:
            return False  # it presses the focused button
        told = self._reader.feed(char, self._time(event), repeated=event.isAutoRepeat())
        if key in _ENDS and not waiting and told == [Tap(char, event.isAutoRepeat())]:
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

    def _deliver(self, told: Iterable[Told]) -> None:
        for each in told:
            if isinstance(each, Scan):
                self._give_card(each)
            elif isinstance(each, Burst):
                self._give_burst(each)
            else:
                self._give_tap(each)

    def _give_burst(self, burst: Burst) -> None:
        """Text where somebody types; elsewhere it would be as many visitors as keys."""
        focus = QApplication.focusWidget()
        if focus is not None and all(self._takes(focus, tap.char) for tap in burst.taps):
            self._deliver(burst.taps)
        else:
            self.unread.emit(burst.text)

    def _give_card(self, scan: Scan) -> None:
        """Put a card in the field of a dialog that is for one, else tell it."""
        field = self._outside(QApplication.focusWidget())
        while field is not None and not hasattr(field, "take_card"):
            field = None if field.isWindow() else field.parentWidget()
        if field is None:
            self.scanned.emit(scan.text, scan.end)
        else:
            field.take_card(scan.text)

    def _give_tap(self, tap: Tap) -> None:
        focus = QApplication.focusWidget()
        ends = tap.char in ENDS
        taken = focus is not None and self._takes(focus, tap.char)
        if tap.char == ENTER and tap.rushed and (not taken or self._outside(focus)):
            return  # a card too short to be told from fingers must not answer or store anything
        if ends or taken or self._outside(focus):
            self._type(focus or self._page, tap)
        elif not tap.repeated:
            self.tapped.emit(tap.char)

    def _outside(self, widget: QWidget | None) -> QWidget | None:
        """The widget, if it is in a dialog over the window."""
        return None if widget is None or widget.window() is self._page.window() else widget

    def _type(self, widget: QWidget, tap: Tap) -> None:
        """Press the key of `tap` in `widget`, as if it had not been held."""
        key = _KEYS.get(tap.char) or _key_of(tap.char)
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
        if widget is not None and self._is_ours(widget):
            widget.installEventFilter(self)
            self._watched.add(widget)

    def _is_ours(self, widget: QWidget) -> bool:
        """Whether it is in the page's window or in a dialog that was opened from there."""
        window: QWidget | None = widget.window()
        while window is not None and window is not self._page.window():
            above = window.parentWidget()
            window = None if above is None else above.window()
        return window is not None

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old in self._watched and old not in (self._page, self._page.window()):
            self._watched.discard(old)
            if isValid(old):
                old.removeEventFilter(self)
        self._watch(new)


def takes_text(widget: QWidget | None) -> bool:
    """Whether letters typed at `widget` are its own."""
    return isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox)


def _key_of(char: str) -> int:
    """Qt's code of a key is its capital, where that is ASCII."""
    return ord(char.upper()) if char.isascii() else 0


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - a widget is shown
    return application
