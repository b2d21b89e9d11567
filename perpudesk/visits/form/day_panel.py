"""One day of the branch: what it was, why, and who came; all of it can be mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import DayInfo, Entry
from perpudesk.core.codes import ClosedReason, DayState, label
from perpudesk.core.formats import date_full, number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.cards import Card, Drawing
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Field
from perpudesk.ui.layout import boxed, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.tables import TableView
from perpudesk.ui.text import Text
from perpudesk.visits.form.columns import visit_columns
from perpudesk.visits.form.days_words import outage_words, state_words, tone_of
from perpudesk.visits.model import Visit

STATES = (
    DayState.OPEN_COUNTED,
    DayState.OPEN_NOT_COUNTED,
    DayState.ESTIMATED,
    DayState.CLOSED,
)
"""In the order of their keys, 1 to 4; 0 lets visits and opening hours say."""


class DayPanel(Card):
    """Shows a day and tells what is chosen for it; it stores nothing itself."""

    state_chosen = Signal(object, object)
    """A `DayState`, and a `ClosedReason` or None."""
    note_typed = Signal(str)
    """The note was left with Enter or otherwise."""
    holiday_typed = Signal(str)
    """The name of a holiday, empty for none."""
    add_asked = Signal()
    """A visit is to be added to the day."""
    edit_asked = Signal(object)
    """A `Visit` is to be mended."""
    remove_asked = Signal(object)
    """A `Visit` is to be taken out."""

    def __init__(
        self,
        where: Callable[[], tzinfo],
        purposes: Sequence[Entry],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("–", role="heading", parent=parent)
        self._info: DayInfo | None = None
        self._where = where
        self.pill = Pill()
        self._why = Text("", "small", wrap=True)
        self._outages = Text("", wrap=True)
        options = [*((str(each), label(each)) for each in STATES), ("", tr("By rule"))]
        self.states = ChipGroup(tr("What the day was"), options)
        self.reasons = ChipGroup(
            tr("Why it was closed"), [(str(each), label(each)) for each in ClosedReason]
        )
        self.note = TextField()
        self.holiday = TextField(placeholder=tr("Empty: no holiday"))
        self._states = Field(tr("What the day was (keys 1 to 4; 0 by rule)"), self.states)
        self._reasons = Field(tr("Why it was closed (keys 5 to 8)"), self.reasons)
        names = {each.slug: each.label for each in purposes}
        self.table = TableView(
            tr("Visits of the day"),
            visit_columns(where, names),
            identity=lambda visit: visit.id,
            empty=tr("No visit is recorded on this day."),
        )
        self.add_visit = Button(tr("Add a visit…"), self.add_asked.emit, icon="plus", key="Ctrl+N")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.add_header(self.pill)
        self.add(self._why)
        outages = row(Drawing("power", "amber_ink", 18), self._outages)
        outages.setStretchFactor(self._outages, 1)
        self._befell = boxed(outages)
        self.add(self._befell)
        self.add(self._states)
        self.add(self._reasons)
        line = row(Field(tr("Note"), self.note), Field(tr("Name of the holiday"), self.holiday))
        self.add(line)
        self._visits = Text("", "label")
        self.add(row(self._visits, None, self.add_visit))
        self.add(self.table, 1)

    def _connect(self) -> None:
        self.states.chosen.connect(self._on_state)
        self.reasons.chosen.connect(self._on_reason)
        self.note.editingFinished.connect(self.leave_note)
        self.holiday.editingFinished.connect(self.leave_holiday)
        self.table.link_clicked.connect(self._on_link)
        self.table.row_activated.connect(self.edit_asked)
        self.table.delete_pressed.connect(self.remove_asked)

    def show_day(self, info: DayInfo, visits: Sequence[Visit], *, today: date) -> None:
        """Show a day and its visits; a day to come can only be given a holiday."""
        self._info = info
        come = info.date <= today
        self.set_title(date_full(info.date))
        self.pill.show_state(state_words(info), tone_of(info))
        self._why.setText(_why(info, come=come))
        told = [outage_words(each, self._where()) for each in info.outages]
        self._outages.setText(" · ".join(told))
        self._befell.setVisible(bool(told))
        self.states.choose(str(info.state) if info.was_set else "")
        self.reasons.choose(str(info.reason) if info.reason else None)
        self._reasons.setVisible(info.state is DayState.CLOSED and info.was_set)
        self.note.set_value(info.note)
        self.holiday.set_value(info.holiday)
        for part in (self.states, self.reasons, self.add_visit):
            part.setEnabled(come)
        self.note.setEnabled(come and info.was_set)
        self.note.setPlaceholderText("" if info.was_set else tr("Say first what it was"))
        self._visits.setText(
            trn("{count} visit", "{count} visits", info.visits, count=number(info.visits))
        )
        self.table.show_rows(visits)

    def leave_note(self) -> None:
        """Tell the note if it was changed."""
        if self._info is not None and self.note.value() != (self._info.note or ""):
            self.note_typed.emit(self.note.value())

    def leave_holiday(self) -> None:
        """Tell the holiday if it was changed."""
        if self._info is not None and self.holiday.value() != (self._info.holiday or ""):
            self.holiday_typed.emit(self.holiday.value())

    def press(self, digit: int) -> bool:
        """Do what a digit says: 1 to 4 a state, 5 to 8 why it was closed, 0 the rule."""
        if not self.states.isEnabled() or digit > len(STATES) + len(ClosedReason):
            return False
        if digit == 0:
            self._on_state("")
        elif digit <= len(STATES):
            self._on_state(str(STATES[digit - 1]))
        else:
            self._on_reason(str(list(ClosedReason)[digit - len(STATES) - 1]))
        return True

    def _on_state(self, slug: str) -> None:
        self.state_chosen.emit(DayState(slug) if slug else DayState.NOT_SET, None)

    def _on_reason(self, slug: str) -> None:
        self.state_chosen.emit(DayState.CLOSED, ClosedReason(slug))

    def _on_link(self, visit: Visit, _key: str) -> None:
        self.edit_asked.emit(visit)


def _why(info: DayInfo, *, come: bool) -> str:
    """Where the state of a day comes from."""
    if not come:
        return tr("This day has not come yet.")
    if info.was_set:
        return tr("Set by the staff.")
    if info.state is DayState.OPEN_COUNTED:
        return tr("By rule: there are visits on this day.")
    if info.state is DayState.CLOSED:
        return tr("By rule: a holiday or outside the opening hours.")
    return tr("Not set yet: say what this day was.")
