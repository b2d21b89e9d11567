"""What narrows the list of all visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.core.codes import Method, Sex, VisitorType, label
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr, trc
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import ChoiceField
from perpudesk.ui.forms import Field
from perpudesk.ui.layout import GAP, Beside, boxed, column, row
from perpudesk.ui.search import SearchField
from perpudesk.ui.text import Text
from perpudesk.visits.finding import VisitFilter

_REST_MS = 250
"""How long nothing is typed before all years are looked through."""
_ALL = ""
_COUNTED, _REMOVED = "counted", "removed"
_DAY = 164
"""Px at 100 %: a day and the button of its calendar."""


class FilterBar(QWidget):
    """Words, days, and what the visits are; the filter follows a moment after the last change."""

    wanted = Signal(object)
    """A `VisitFilter`."""
    left = Signal()
    """Down was pressed in the words: to the list."""

    def __init__(self, today: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = SearchField(placeholder=tr("Name, number, institution or note"))
        self.words.setAccessibleName(tr("Name, number, institution or note"))
        self.first = DateField(tr("From"), today=today, latest=today)
        self.last = DateField(tr("To"), today=today, latest=today)
        self.purpose = ChoiceField()
        self.type = ChoiceField(_with_all(tr("All visitors"), VisitorType), value=_ALL)
        self.sex = ChoiceField(_with_all(tr("All sexes"), Sex), value=_ALL)
        self.method = ChoiceField(_with_all(tr("All counts"), Method), value=_ALL)
        states = [(_COUNTED, trc("visits", "Standing")), (_REMOVED, trc("visits", "Removed"))]
        self.state = ChoiceField(states, value=_COUNTED)
        self._fields = {
            "first": Field("", self.first),
            "last": Field("", self.last),
        }
        self.clear = Button(tr("Clear"), self.reset, kind="link", name=tr("Show all visits again"))
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._tell)
        self._lay_out()
        self.setFocusProxy(self.words)

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        days = row()
        for name, field in self._fields.items():
            words = tr("From") if name == "first" else tr("To")
            days.addWidget(Text(words, "caption"), 0, Qt.AlignmentFlag.AlignVCenter)
            field.setFixedWidth(theme.current().px(_DAY))
            days.addWidget(field, 0, top)
        days.addWidget(self.clear, 0, top)
        whose, how = row(*self._choices()[:3]), row(*self._choices()[3:])
        above = Beside(self.words, boxed(days), gap=GAP, shares=(1, 0))
        below = Beside(boxed(whose), boxed(how), gap=GAP, shares=(3, 2))
        self.setLayout(column(above, below))
        self.words.changed.connect(self._rest.start)
        self.words.left.connect(self.left)
        for day in (self.first, self.last):
            day.changed.connect(self._rest.start)
        for choice in self._choices():
            choice.changed.connect(self._rest.start)
        for choice, name in zip(self._choices(), _names(), strict=True):
            choice.setAccessibleName(name)
            choice.setMinimumContentsLength(8)

    def _choices(self) -> tuple[ChoiceField, ...]:
        return (self.purpose, self.type, self.sex, self.method, self.state)

    def offer(self, purposes: Sequence[tuple[str, str]]) -> None:
        """Offer these purposes."""
        self.purpose.set_options(
            [(_ALL, tr("All purposes")), *purposes], value=self.purpose.value() or _ALL
        )

    def reset(self) -> None:
        """Look for everything again."""
        self.words.set_value(None)
        for field in (self.first, self.last):
            field.set_value(None)
        for choice in self._choices()[:-1]:
            choice.set_value(_ALL)
        self.state.set_value(_COUNTED)
        self._rest.start()

    def find_now(self) -> None:
        """Tell the filter without a rest."""
        self._rest.stop()
        self._tell()

    def show_error(self, error: InputError) -> None:
        """Say at the days what is wrong with them."""
        self._fields["last" if error.field == "last" else "first"].set_error(error.sentence())

    @property
    def shows_removed(self) -> bool:
        """Whether removed visits are looked for."""
        return self.state.value() == _REMOVED

    def _tell(self) -> None:
        for field in self._fields.values():
            field.set_error(None)
        try:
            self.wanted.emit(self._filter())
        except InputError as error:
            self.show_error(error)

    def _filter(self) -> VisitFilter:
        kind, sex, method = (each.value() for each in (self.type, self.sex, self.method))
        return VisitFilter(
            first=_day(self._fields["first"], self.first),
            last=_day(self._fields["last"], self.last),
            words=self.words.value(),
            purpose=self.purpose.value() or None,
            type=VisitorType(kind) if kind else None,
            sex=Sex(sex) if sex else None,
            method=Method(method) if method else None,
            removed=self.shows_removed,
        )


def _day(field: Field, box: DateField) -> date | None:
    """The day typed; what is none is said at its field while it is looked for without it."""
    try:
        return box.value()
    except InputError as error:
        field.set_error(error.sentence())
        return None


def _with_all(every: str, codes: type[VisitorType | Sex | Method]) -> list[tuple[str, str]]:
    return [(_ALL, every), *((str(each), label(each)) for each in codes)]


def _names() -> tuple[str, ...]:
    return (
        tr("Purpose"),
        tr("Visitor"),
        tr("Sex"),
        tr("How it was counted"),
        tr("Which visits"),
    )
