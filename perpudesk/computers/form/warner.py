"""Says once that a session is nearly over, and once that it is, on whatever page is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from perpudesk.computers.board import Due, came_due, next_warning, over_time
from perpudesk.computers.model import Session
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.i18n import tr, trn

_NAMED = 3
"""More computers than this are counted and not named: a class ends all at once."""
_LONGEST_MS = 24 * 3_600 * 1_000


class Warner(QObject):
    """Knows what goes on, and sleeps until something of it is due.

    What was due before it was made, or before a session was known to it, is not said.
    """

    due = Signal(str, bool)
    """A sentence, and whether a time is up by it."""

    def __init__(
        self,
        computers: ComputerService,
        workstations: WorkstationService,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._computers, self._workstations, self._now = computers, workstations, now
        self.sessions: Sequence[Session] = ()
        """What goes on, as it was last read."""
        self._labels: dict[str, str] = {}
        self._looked = now()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)

    def read(self) -> None:
        """Something of the computers changed; an extended session is due anew."""
        self._tell(self._now())
        self.sessions = self._computers.open_sessions()
        self._labels = {each.id: each.label for each in self._workstations.all(retired=True)}
        self._sleep()

    def look(self) -> None:
        """Say what is due by now; the clock may have been put right, or the machine have slept."""
        self._tell(self._now())
        self._sleep()

    def stop(self) -> None:
        """Say nothing more."""
        self._timer.stop()

    def over(self) -> int:
        """How many sit there although their time is up."""
        return over_time(self.sessions, self._now())

    def _tell(self, now: datetime) -> None:
        found = came_due(self.sessions, self._looked, now)
        self._looked = now
        if found:
            is_over = any(each.minutes_left == 0 for each in found)
            self.due.emit(due_words(found, self._labels), is_over)

    def _sleep(self) -> None:
        coming = next_warning(self.sessions, self._looked)
        if coming is None:
            self._timer.stop()
            return
        rest = -((self._now() - coming) // timedelta(milliseconds=1))
        self._timer.start(min(max(rest, 0), _LONGEST_MS))


def due_words(found: Iterable[Due], labels: Mapping[str, str]) -> str:
    """`PC 3: time is up · PC 2: 5 minutes left`."""
    by_rest: dict[int, list[Session]] = {}
    for each in found:
        by_rest.setdefault(each.minutes_left, []).append(each.session)
    return " · ".join(_words(rest, _places(by_rest[rest], labels)) for rest in sorted(by_rest))


def _words(rest: int, places: str) -> str:
    if not rest:
        return tr("{places}: time is up", places=places)
    return trn(
        "{places}: {n} minute left",
        "{places}: {n} minutes left",
        rest,
        places=places,
    )


def _places(sessions: Sequence[Session], labels: Mapping[str, str]) -> str:
    names = [labels.get(each.workstation_id or "", tr("Wi-Fi")) for each in sessions]
    more = len(names) - _NAMED
    if more < 1:
        return ", ".join(names)
    return trn(
        "{places} and {n} more",
        "{places} and {n} more",
        more,
        places=", ".join(names[:_NAMED]),
    )
