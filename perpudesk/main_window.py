"""The window: the rail, one page at a time, and the keys that work everywhere.

It paints before anything is in it, and is furnished after that: what only the furniture needs is
imported there, `Qt` among it, whose hundred enumerations cost as much as the paint itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.core.i18n import tr
from perpudesk.ui.fitting import FRAME, room_for
from perpudesk.ui.tokens import LIGHT, Tokens

if TYPE_CHECKING:
    from datetime import datetime

    from perpudesk.ui.page import Page
    from perpudesk.ui.rail import Rail, RailLine

_RAIL = 200
"""About as wide as the rail will be, in px."""
_USUAL, _LEAST = QSize(1366, 720), QSize(800, 540)
_ASIDE = QSize(56, 44)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the window: made when it is first shown. Without `icon` it is not in the rail.

    `under` is the page that the rail then shows as chosen.
    """

    key: str
    label: str
    shortcut: str
    make: Callable[[], Page]
    icon: str = ""
    under: str = ""


class MainWindow(QWidget):
    """Shows the rail at once, the pages when they are asked for."""

    closed = Signal()
    """The window was closed."""
    went = Signal(str)
    """The page of this key is in front now."""

    def __init__(self, colours: Tokens = LIGHT) -> None:
        """Empty, in `colours`, until the rail or a page is first asked for."""
        super().__init__()
        self._colours = colours
        self.setWindowTitle("PerpuDesk")
        self.setMinimumSize(_LEAST)
        self._places: dict[str, Place] = {}
        self._pages: dict[str, Page] = {}
        self._own_keys: list[tuple[str, str]] = []
        self._lines: tuple[RailLine, ...] = ()
        self._alone: QWidget | None = None
        self._now: Callable[[], tuple[datetime, str]] | None = None
        self._may_close: Callable[[], bool] | None = None
        self._print_guide: Callable[[QWidget], object] | None = None
        self._may_go: Callable[[str], bool] = lambda _key: True
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self._on_minute)

    @cached_property
    def rail(self) -> Rail:
        """The rail, and with it the room for the pages."""
        from PySide6.QtWidgets import QHBoxLayout

        from perpudesk.ui.rail import Rail

        rail = Rail("PerpuDesk")
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(rail)
        box.addWidget(self._stack, 1)
        rail.chosen.connect(self.choose)
        rail.fit_window(self.width())
        return rail

    @cached_property
    def _stack(self) -> QStackedWidget:
        return QStackedWidget()

    @property
    def _furnished(self) -> bool:
        return "rail" in self.__dict__

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours.background))
        if not self._furnished:  # the rail itself may be narrower, and paints itself
            painter.fillRect(QRect(0, 0, _RAIL, self.height()), QColor(self._colours.rail))
        painter.end()

    def show_placed(self, kept: str = "", *, aside: bool = False) -> None:
        """Show it where it was left (`kept`, of `placed`); first as large as is usual, or whole.

        `aside` shows it smaller and lower, so that the window behind it is seen to be another.
        """
        room = room_for(self)
        if aside:
            self.resize(_USUAL.boundedTo(room - _ASIDE).expandedTo(_LEAST))
            corner = self.screen().availableGeometry().topRight()
            self.move(corner - QPoint(self.width() + FRAME.width() // 2, -_ASIDE.height()))
            self.show()
        elif kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            self.show()
        elif _USUAL.boundedTo(room) == _USUAL:
            self.resize(_USUAL)
            self.show()
        else:
            self.resize(_USUAL.boundedTo(room))  # once it is no longer maximised
            self.showMaximized()

    def placed(self) -> str:
        """Where it is and how large, for `show_placed`."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def set_branch(self, name: str, *, practice: bool) -> None:
        """Say whose desk it is, and that the records are for practice."""
        self.rail.set_branch(name)
        self.rail.set_practice(practice)
        marks = [tr("PRACTICE")] if practice else []
        self.setWindowTitle(" · ".join([*marks, f"{name} – PerpuDesk"]))

    def add_places(self, places: Sequence[Place]) -> None:
        """Put the pages in the rail, in order, each with its key."""
        from PySide6.QtGui import QKeySequence, QShortcut

        for place in places:
            self._places[place.key] = place
            if place.icon:
                self.rail.add_page(place.key, place.label, place.icon, place.shortcut)
            shortcut = QShortcut(QKeySequence(place.shortcut), self)
            shortcut.activated.connect(lambda key=place.key: self.choose(key))
        for keys, slot in (("F1", self._on_help), ("Ctrl+/", self._on_keys)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def add_key(self, keys: str, text: str, slot: Callable[[], object]) -> None:
        """Let `keys` do `slot` on every page, as soon as the pages can be used."""
        from PySide6.QtGui import QKeySequence, QShortcut

        def asked() -> None:
            if self._now is not None and self._alone is None:
                slot()

        QShortcut(QKeySequence(keys), self).activated.connect(asked)
        self._own_keys.append((keys, text))

    def offer_guide(self, print_guide: Callable[[QWidget], object]) -> None:
        """Let the help print the quick guide; `print_guide` shows it over the help."""
        self._print_guide = print_guide

    def stand_still(self) -> None:
        """Tell no time and go to no page, while there are no records to ask."""
        self._now = None
        self._minute.stop()

    def tell_time(self, now: Callable[[], tuple[datetime, str]]) -> None:
        """Show day and time on every page: `now` gives the branch's own and its zone's name."""
        self._now = now
        self._on_minute()

    def show_alone(self, widget: QWidget) -> None:
        """Show only `widget`: before the pages can be used."""
        self._alone = widget
        inside: QWidget | None = widget.focusWidget()  # asked before it has a place
        begin = widget if inside is None else inside
        self.rail.hide()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        begin.setFocus()
        self.activateWindow()  # a slow desktop may have had nothing to give the keys to

    def leave_alone(self, widget: QWidget) -> None:
        """Take away what was shown alone."""
        self._alone = None
        self.rail.show()
        self._stack.removeWidget(widget)
        widget.deleteLater()

    def has_places(self) -> bool:
        """Whether the pages are in the rail."""
        return bool(self._places)

    def page(self, key: str) -> Page:
        """The page, made now if it was never shown."""
        if key not in self._pages:
            made = self._places[key].make()
            self._pages[key] = made
            self._stack.addWidget(made)
        return self._pages[key]

    def made_pages(self) -> list[Page]:
        """The pages that were shown so far."""
        return list(self._pages.values())

    def ask_before_going(self, may_go: Callable[[str], bool]) -> None:
        """Go only to pages for which `may_go` says so; it may say why not."""
        self._may_go = may_go

    def go(self, key: str) -> None:
        """Show the page `key`, unless it is not for whoever is here."""
        if not self._may_go(key):
            return
        page = self.page(key)
        self._set_now(page)
        self._stack.setCurrentWidget(page)
        self.rail.set_current(self._places[key].under or key)
        page.setFocus()
        self.went.emit(key)

    def current(self) -> Page | None:
        """The page in front."""
        widget = self._stack.currentWidget()
        return next((page for page in self._pages.values() if page is widget), None)

    def set_lines(self, lines: Sequence[RailLine]) -> None:
        """What the foot of the rail says."""
        if tuple(lines) != self._lines:  # most taps change no word of it
            self._lines = tuple(lines)
            self.rail.set_lines(lines)

    def raise_up(self) -> None:
        """Come to the front: somebody started the program a second time."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        from perpudesk.ui.tabbing import go_on

        return go_on(self, forward=next)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._on_minute()  # the machine may have slept since the last one
            inside: QWidget | None = self.focusWidget()
            if inside is not None and not inside.hasFocus():
                inside.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._furnished:
            self.rail.fit_window(self.width())

    def ask_before_closing(self, may_close: Callable[[], bool] | None) -> None:
        """Close only when `may_close` says so; it may show a question."""
        self._may_close = may_close

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close is not None and not self._may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self._minute.stop()
        self._now = None  # the system may still activate it, when the records are closed
        self.closed.emit()

    def choose(self, key: str) -> None:
        """A person asks for a page: as soon as the records are open, and nothing stands alone."""
        if self._now is None or self._alone is not None:
            return
        page = self.current()
        if page is not None and page.holding:
            from perpudesk.ui.toasts import toast

            toast(page, page.holding)
        else:
            self.go(key)

    def _on_minute(self) -> None:
        if self._now is None:
            return
        page = self.current()
        if page is not None:
            self._set_now(page)
        moment, _ = self._now()
        rest = 60_000 - (moment.second * 1000 + moment.microsecond // 1000)
        self._minute.start(rest + 20)

    def _set_now(self, page: Page) -> None:
        if self._now is not None:
            moment, zone = self._now()
            page.header.set_now(moment.date(), moment, zone)

    def _on_help(self) -> None:
        from perpudesk.ui.help import HelpDialog

        page, there = self.current(), self.findChild(HelpDialog)
        if there is not None:
            there.close()
        if page is not None:
            HelpDialog(self, page.key, page.title, print_guide=self._print_guide).show()

    def _on_keys(self) -> None:
        from perpudesk.ui.keys_sheet import KeysSheet
        from perpudesk.ui.page import KeyUse

        page = self.current()
        if page is None:
            return
        window = [KeyUse(keys=each.shortcut, text=each.label) for each in self._places.values()]
        window += [KeyUse(keys=keys, text=text) for keys, text in self._own_keys]
        window += [
            KeyUse(keys="F1", text=tr("Help")),
            KeyUse(keys="Ctrl+/", text=tr("The keys of the page")),
        ]
        KeysSheet(self, [(page.title, page.key_uses()), (tr("Everywhere"), window)]).show()


class FirstPaint(QObject):
    """Tells when a window has painted for the first time."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # Queued: the paint itself must reach the screen before anything else is done.
            QTimer.singleShot(0, self.painted.emit)
        return False
