"""What narrows the list of all computer sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.computers.finding import Lack, SessionFilter, Where
from perpudesk.computers.model import Workstation
from perpudesk.core.codes import Condition
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr, trc
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import ChoiceField
from perpudesk.ui.forms import Field
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text

_REST_MS = 250
"""How long nothing is typed before all years are looked through."""
_ALL = ""
_COUNTED, _REMOVED = "counted", "removed"
_DAY = 164
"""Px at 100 %: a day and the button of its calendar."""


class SessionFilters(QWidget):
    """Days, a computer, and what to look after; the filter follows a moment after the change."""

    wanted = Signal(object)
    """A `SessionFilter`."""

    def __init__(self, today: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = DateField(tr("From"), today=today, latest=today)
        self.last = DateField(tr("To"), today=today, latest=today)
        self.place, self.lack = ChoiceField(), ChoiceField(_lacks(), value=_ALL)
        states = [(_COUNTED, trc("sessions", "Standing")), (_REMOVED, trc("sessions", "Removed"))]
        self.state = ChoiceField(states, value=_COUNTED)
        self._days = {"first": Field("", self.first), "last": Field("", self.last)}
        self.clear = Button(tr("Clear"), self.reset, kind="link", name=tr("Show all again"))
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._tell)
        self._lay_out()
        self.offer(())
        self.setFocusProxy(self.first)

    def _lay_out(self) -> None:
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        above, below = row(), row()
        for name, words in (("first", tr("From")), ("last", tr("To"))):
            above.addWidget(Text(words, "caption"), 0, middle)
            self._days[name].setFixedWidth(theme.current().px(_DAY))
            above.addWidget(self._days[name], 0, top)
        above.addStretch(1)
        above.addWidget(self.clear, 0, top)
        names = (tr("Computer"), tr("What to look after"), tr("Which sessions"))
        for choice, name in zip(self._choices(), names, strict=True):
            choice.setAccessibleName(name)
            choice.setMinimumContentsLength(8)
            below.addWidget(choice, 1)
        self.setLayout(column(above, below))
        for day in (self.first, self.last):
            day.changed.connect(self._rest.start)
        for choice in self._choices():
            choice.changed.connect(self._rest.start)

    def _choices(self) -> tuple[ChoiceField, ...]:
        return (self.place, self.lack, self.state)

    def offer(self, workstations: Sequence[Workstation]) -> None:
        """Offer these workstations; those that are no longer used last."""
        used = sorted(workstations, key=lambda each: each.state.condition is Condition.RETIRED)
        places = [
            (_ALL, tr("All computers")),
            *((each.id, each.label) for each in used),
            (str(Where.DEVICE), tr("Own devices")),
            (str(Where.NOT_KNOWN), tr("Nobody knows which")),
        ]
        self.place.set_options(places, value=self.place.value() or _ALL)

    def show_filter(self, wanted: SessionFilter) -> None:
        """Look for this."""
        self.first.set_value(wanted.first)
        self.last.set_value(wanted.last)
        self.place.set_value(wanted.place or _ALL)
        self.lack.set_value(str(wanted.lack) if wanted.lack else _ALL)
        self.state.set_value(_REMOVED if wanted.removed else _COUNTED)
        self._rest.start()

    def reset(self) -> None:
        """Look for everything again."""
        self.show_filter(SessionFilter())

    def find_now(self) -> None:
        """Tell the filter without a rest."""
        self._rest.stop()
        self._tell()

    def show_error(self, error: InputError) -> None:
        """Say at the days what is wrong with them."""
        self._days["last" if error.field == "last" else "first"].set_error(error.sentence())

    @property
    def shows_removed(self) -> bool:
        """Whether removed sessions are looked for."""
        return self.state.value() == _REMOVED

    def _tell(self) -> None:
        for field in self._days.values():
            field.set_error(None)
        lack = self.lack.value()
        self.wanted.emit(
            SessionFilter(
                first=self._day("first"),
                last=self._day("last"),
                place=self.place.value() or None,
                lack=Lack(lack) if lack else None,
                removed=self.shows_removed,
            )
        )

    def _day(self, name: str) -> date | None:
        """The day typed; what is none is said at its field while it is looked for without it."""
        field = self._days[name]
        try:
            day: date | None = field.value()
        except InputError as error:
            field.set_error(error.sentence())
            return None
        return day


def _lacks() -> list[tuple[str, str]]:
    return [
        (_ALL, tr("All sessions")),
        (str(Lack.GOING_ON), trc("sessions", "Going on")),
        (str(Lack.INTERRUPTED), trc("sessions", "Interrupted")),
        (str(Lack.FORGOTTEN), trc("sessions", "Forgotten")),
        (str(Lack.ESTIMATED), trc("sessions", "Estimated")),
        (str(Lack.NO_MINUTES), tr("Without minutes")),
    ]
