"""The month with its cursor, and the chosen day beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.agenda.model import Entry, EntryKind, Month
from perpudesk.agenda.page.grid import HUES, MonthGrid
from perpudesk.agenda.poster import poster
from perpudesk.agenda.service import AgendaService
from perpudesk.attendance.framing import House
from perpudesk.attendance.model import when_text
from perpudesk.core.codes import MeetingState, label
from perpudesk.core.formats import date_full, month_name, number
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.core.topics import Topic
from perpudesk.paper.files import pdf_of
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import LEAST_TALL, Beside, FlowLayout, row
from perpudesk.ui.page import Page
from perpudesk.ui.paper_dialog import Make, PaperDialog
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text

_SIDE = 300
"""Px at 100 % of the card of the day."""
_TONES = {"blue": "info", "green": "ok", "amber": "warn"}


class PosterDialog(PaperDialog):
    """The month as it hangs on the notice board."""

    def __init__(self, house: House, month: Month, *, parent: QWidget | None = None) -> None:
        name = tr("Agenda {month}", month=month_name(month.first))
        super().__init__(name, self._pages, lambda: name, parent=parent)
        self._house, self._month = house, month
        self.set_out()
        self.refresh()

    def _pages(self) -> Make:
        return partial(pdf_of, poster(self._house, self._month))


class AgendaPage(Page):
    """Everything that is on, by day; each thing opens in its own page."""

    topics = frozenset({Topic.ACTIVITIES, Topic.COMPUTERS, Topic.BRANCH, Topic.DAYS})
    course_asked = Signal(str)
    """A training is to be opened."""
    meeting_asked = Signal(str)
    """An activity of a community is to be opened."""
    class_asked = Signal()
    """The reservations of computers are to be opened."""
    training_wanted = Signal(object)
    """A training is to be planned on that day."""
    activity_wanted = Signal(object)
    """An activity is to be planned on that day."""

    def __init__(
        self, agenda: AgendaService, house: Callable[[], House], *, parent: QWidget | None = None
    ) -> None:
        """`house` is whose posters they are."""
        super().__init__("agenda", tr("Agenda"), parent=parent)
        self._agenda, self._house = agenda, house
        self._month: Month | None = None
        self.grid = MonthGrid(agenda.today())
        self.day = Text("", "heading", wrap=True)
        self.closed = Text("", "quiet", wrap=True)
        self.warnings = Text("", "mark", wrap=True)
        self.list = TableView(
            tr("On this day"),
            [
                Column(
                    title="",
                    text=lambda entry: entry.title,
                    kind="strong",
                    tone=lambda entry: _TONES[HUES[entry.kind]],
                    width=REST,
                    detail=_detail,
                )
            ],
            identity=lambda entry: entry.id,
            empty=tr("Nothing is on this day."),
        )
        self.list.horizontalHeader().hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        back = Button("", lambda: self.grid.turn(-1), icon="chevron-left", name=tr("Month before"))
        ahead = Button("", lambda: self.grid.turn(1), icon="chevron-right", name=tr("Month after"))
        today = Button(tr("Today"), self._on_today, key=tr("Home"))
        self.name = Text("", "heading")
        self.poster = Button(tr("Poster…"), self._on_poster, icon="print", key="Ctrl+P")
        month = Card()
        month.add(row(back, ahead, self.name, None, today, self.poster))
        month.add(self.grid, 1)
        self.side = Card()
        for part in (self.day, self.closed, self.warnings):
            self.side.add(part)
        self.side.add(self.list, 1)
        deeds = QWidget()
        flow = FlowLayout(deeds)
        flow.addWidget(Button(tr("Training"), self._on_training, icon="plus", key="T"))
        flow.addWidget(Button(tr("Activity"), self._on_activity, icon="plus", key="M"))
        self.side.add(deeds)
        self.body.addWidget(Beside(month, self.side, wide=(0, _SIDE), tall=LEAST_TALL), 1)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self.grid.moved.connect(self._on_moved)
        self.grid.entered.connect(self._on_entered)
        self.list.row_activated.connect(self.open)
        self.add_key("T", tr("Plan a training on this day"), self._on_training)
        self.add_key("M", tr("Plan an activity on this day"), self._on_activity)
        self.add_key("Ctrl+P", tr("The month for the notice board"), self._on_poster)
        self.add_key_use("← → ↑ ↓", tr("Another day"))
        self.add_key_use("PgUp PgDn", tr("Another month"))
        self.add_key_use(tr("Home"), tr("Today"))
        self.add_key_use(tr("Enter"), tr("Into the day; then open what is chosen"))

    # ---------------------------------------------------------------- what is seen

    def refresh(self) -> None:
        self.grid.today = self._agenda.today()
        self._month = self._agenda.month(self.grid.day)
        self.grid.show_month(self._month)
        self.name.setText(month_name(self._month.first))
        standing = [
            each
            for day, entries in self._month.entries.items()
            for each in entries
            if each.stands and day.month == self._month.first.month
        ]
        count = len(standing)
        words = trn("{count} entry", "{count} entries", count, count=number(count))
        self.header.set_status((words, "neutral"))
        self._show_day()

    def _show_day(self) -> None:
        month, day = self._month, self.grid.day
        assert month is not None  # noqa: S101 - it was read before
        self.day.setText(date_full(day))
        reason = month.closed.get(day, "")
        self.closed.setText(reason)
        self.closed.setVisible(bool(reason))
        warnings = month.warnings(day)
        self.warnings.setText("\n".join(warnings))
        self.warnings.setVisible(bool(warnings))
        self.list.show_rows(month.of(day))
        if month.of(day) and self.list.current_row() is None:
            self.list.setCurrentIndex(self.list.rows.index(0, 0))

    # ---------------------------------------------------------------- what is done

    def _on_moved(self, day: date) -> None:
        if self._month is None or day.replace(day=1) != self._month.first:
            self.refresh()
        else:
            self._show_day()

    def _on_entered(self, day: date) -> None:
        """One thing is opened at once; of several the first is chosen."""
        assert self._month is not None  # noqa: S101 - it was read before
        entries = self._month.of(day)
        if len(entries) == 1:
            self.open(entries[0])
        elif entries:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def open(self, entry: Entry) -> None:
        """Open it in its own page."""
        if entry.kind is EntryKind.TRAINING:
            self.course_asked.emit(entry.about)
        elif entry.kind is EntryKind.MEETING:
            self.meeting_asked.emit(entry.about)
        else:
            self.class_asked.emit()

    def open_day(self, day: date) -> None:
        """Choose a day, whatever its month."""
        self.grid.go(day)
        self.grid.setFocus()

    def _on_today(self) -> None:
        self.open_day(self._agenda.today())

    def _on_training(self) -> None:
        self.training_wanted.emit(self.grid.day)

    def _on_activity(self) -> None:
        self.activity_wanted.emit(self.grid.day)

    def _on_poster(self) -> None:
        if self._month is not None:
            PosterDialog(self._house(), self._month, parent=self.window()).open()


def _kind_name(kind: EntryKind) -> str:
    return {
        EntryKind.TRAINING: trc("agenda", "training"),
        EntryKind.MEETING: trc("agenda", "activity"),
        EntryKind.CLASS: trc("agenda", "class"),
    }[kind]


def _detail(entry: Entry) -> str:
    state = "" if entry.state is MeetingState.PLANNED else label(entry.state).lower()
    schedule = entry.schedule
    parts = (when_text(schedule), _kind_name(entry.kind), schedule.place or "", state)
    return " · ".join(filter(None, parts))
