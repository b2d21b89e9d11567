"""What the clock alone changes: tiles, the day so far, and the words beside the title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, QTimer, Signal

from perpudesk.computers.board import TAKEN, Tile, TileKind
from perpudesk.computers.page.records import Records
from perpudesk.computers.page.view import ComputersView
from perpudesk.core.i18n import trn
from perpudesk.ui.cards import PageHeader

LEAST_WAIT, MOST_WAIT = 1_000, 60_000
"""Ms between two looks at the clock: an idle PC is not woken more often than once a second."""
LATE_MS = 30
"""So long after a minute is over it is surely over."""


class Watch(QObject):
    """Shows the records as the clock has them, and sleeps until a tile says something else."""

    woken = Signal()
    """It is time to look at the clock."""
    shown = Signal(bool)
    """The clock went on; whether the records were read anew."""

    def __init__(
        self,
        view: ComputersView,
        header: PageHeader,
        now: Callable[[], datetime],
        where: Callable[[], tzinfo],
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view, self._header, self._now, self._where = view, header, now, where
        self.records: Records | None = None
        self._minute: datetime | None = None
        self._said: list[tuple[str, str]] = []
        self._wake = QTimer(self, singleShot=True)
        self._wake.timeout.connect(self.woken)

    def take(self, records: Records) -> None:
        """Show these records from now on."""
        self.records = records
        self._minute = None
        self._show(records, fresh=True)

    def look(self) -> None:
        """The clock went on."""
        if self.records is not None:
            self._show(self.records, fresh=False)

    def stop(self) -> None:
        """Sleep until somebody looks."""
        self._wake.stop()

    def _show(self, records: Records, *, fresh: bool) -> None:
        now, where = self._now(), self._where()
        found = records.tiles(now)
        self._view.board.show_tiles(found, now, where, records.purposes, fresh=fresh)
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._view.today.show_summary(records.summary(now, where))
        self._say(found)
        self._sleep(records, now)
        self.shown.emit(fresh)

    def _sleep(self, records: Records, now: datetime) -> None:
        """Until a tile changes, and no longer than to the next minute: a day may be over."""
        rest = MOST_WAIT - (now.second * 1000 + now.microsecond // 1000)
        change = records.next_change(now)
        if change is not None:
            rest = min(rest, round((change - now).total_seconds() * 1000))
        self._wake.start(max(LEAST_WAIT, rest + LATE_MS))

    def _say(self, found: Sequence[Tile]) -> None:
        """How many are in use, free, for a class, and over their time."""
        kinds = [each.kind for each in found if each.workstation is not None]
        used = sum(kind in TAKEN for kind in kinds)
        free, of_class = kinds.count(TileKind.FREE), kinds.count(TileKind.CLASS)
        over = kinds.count(TileKind.OVER_TIME)
        states = []
        if kinds:
            states.append((trn("{n} in use", "{n} in use", used), "ok"))
            states.append((trn("{n} free", "{n} free", free), "neutral"))
        if of_class:
            states.append((trn("{n} for a class", "{n} for a class", of_class), "info"))
        if over:
            states.append((trn("{n} over time", "{n} over time", over), "error"))
        if states != self._said:
            self._said = states
            self._header.set_status(*states)
