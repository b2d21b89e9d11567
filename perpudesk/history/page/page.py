"""The page *Riwayat*: who did what, found, read and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from perpudesk.attendance.framing import House
from perpudesk.branch.service import BranchService
from perpudesk.core.deeds import PROGRAM
from perpudesk.core.errors import InputError
from perpudesk.core.formats import NOTHING, date_long, number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.topics import Topic
from perpudesk.history.model import GROUPS, Line, Wanted
from perpudesk.history.papers import MOST, history_sheet, who_words
from perpudesk.history.service import HistoryService
from perpudesk.history.telling import (
    GROUP_NAMES,
    action_words,
    changes_words,
    kind_words,
    when_words,
)
from perpudesk.paper.files import pdf_of
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import DateField
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import ChoiceField
from perpudesk.ui.forms import Field
from perpudesk.ui.layout import row
from perpudesk.ui.page import Page
from perpudesk.ui.paper_dialog import PaperDialog
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text

PRINT_KEY = "Ctrl+P"
_ALL = ""


class HistoryPage(Page):
    """Lines of all years, a page of them read at a time; below, what the chosen one changed."""

    topics = frozenset(Topic)

    def __init__(
        self,
        history: HistoryService,
        branch: BranchService,
        house: Callable[[], House],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("history", tr("History"), parent=parent)
        self._history, self._branch, self._house = history, branch, house
        self._staff: Mapping[str, str] = {}
        self._names: dict[str, str] = {}
        self._wanted = Wanted()
        today = history.today()
        self.first = DateField(tr("From"), today=today, latest=today)
        self.last = DateField(tr("To"), today=today, latest=today)
        self.who = ChoiceField()
        self.who.setAccessibleName(tr("Who"))
        groups = [(_ALL, tr("All records")), *((key, tr(GROUP_NAMES[key])) for key in GROUPS)]
        self.group = ChoiceField(groups, value=_ALL)
        self.group.setAccessibleName(tr("Kind of record"))
        self.table = TableView(
            tr("History"), self._columns(), identity=lambda line: line.seq, empty=_empty()
        )
        self.told = Text("", wrap=True)
        self.print = Button(tr("Print…"), self._on_print, icon="print", key=PRINT_KEY)
        self._lay_out()
        for each in (self.first, self.last, self.who, self.group):
            each.changed.connect(self._on_changed)
        self.table.row_selected.connect(self._on_selected)
        self.add_key(PRINT_KEY, tr("Print"), self._on_print)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        self._days = {"first": Field(tr("From"), self.first), "last": Field(tr("To"), self.last)}
        who, group = Field(tr("Who"), self.who), Field(tr("Kind of record"), self.group)
        narrowing, found = Card(), Card()
        narrowing.add(row(*self._days.values(), who, group, None))
        found.add(self.table, 1)
        foot = row(self.told, self.print)
        foot.setStretchFactor(self.told, 1)
        found.add(foot)
        self.body.addWidget(narrowing)
        self.body.addWidget(found, 1)

    def _columns(self) -> list[Column]:
        return [
            Column(title=tr("When"), text=lambda line: when_words(line.at, self._history.zone)),
            Column(title=tr("Who"), text=lambda line: who_words(line, self._staff), most=160),
            Column(title=tr("Action"), text=action_words, kind="strong"),
            Column(title=tr("What"), text=kind_words, most=280),
            Column(title=tr("Before → after"), text=self._changes, kind="quiet", width=REST),
        ]

    def _changes(self, line: Line) -> str:
        return changes_words(line, self._history.zone, self._names)

    def refresh(self) -> None:
        self._staff = self._branch.staff_names()
        people = [
            (_ALL, tr("Everybody")),
            *sorted(self._staff.items(), key=lambda each: each[1].casefold()),
            (PROGRAM, tr("the program")),
        ]
        chosen = self.who.value()
        self.who.set_options(people, value=chosen if chosen in dict(people) else _ALL)
        self._show()

    def look_for(self, wanted: Wanted) -> None:
        """Show these lines; another page leads here."""
        self.first.set_value(wanted.first)
        self.last.set_value(wanted.last)
        self.who.set_value(wanted.staff_id or _ALL)
        self.group.set_value(wanted.group or _ALL)
        self._on_changed()

    def _on_changed(self) -> None:
        try:
            first, last = self.first.value(), self.last.value()
        except InputError:
            return  # half a day is being typed
        self._wanted = Wanted(
            first=first,
            last=last,
            staff_id=self.who.value() or None,
            group=self.group.value() or None,
        )
        self._show()

    def _show(self) -> None:
        count = self._history.count(self._wanted)
        words = trn("{count} line", "{count} lines", count, count=number(count))
        self.header.set_status((words, "neutral"))
        self.table.show_window(self._fetch, count)
        self.told.setText("")
        self.print.setEnabled(count > 0)

    def _fetch(self, offset: int, limit: int) -> Sequence[Line]:
        found = self._history.lines(self._wanted, offset, limit)
        self._names |= self._history.names(found)
        return found

    def _on_selected(self, line: Line | None) -> None:
        self.told.setText("" if line is None else self._changes(line))

    def _on_print(self) -> None:
        count = self._history.count(self._wanted)
        lines = self._history.lines(self._wanted, 0, MOST)
        document = history_sheet(
            self._house(),
            lines,
            self._staff,
            self._history.names(lines),
            self._history.zone,
            told=self._which(),
            left=max(0, count - MOST),
            on=self._history.today(),
        )
        title = tr("History of records")
        dialog = PaperDialog(title, lambda: partial(pdf_of, document), lambda: title, parent=self)
        dialog.set_out()
        dialog.refresh()
        dialog.open()

    def _which(self) -> str:
        """Which lines are shown, in a line."""
        wanted = self._wanted
        days = [NOTHING if day is None else date_long(day) for day in (wanted.first, wanted.last)]
        told = (
            [tr("{first} to {last}", first=days[0], last=days[1])]
            if any((wanted.first, wanted.last))
            else [tr("all days")]
        )
        if wanted.staff_id is not None:
            told.append(self._staff.get(wanted.staff_id, tr("the program")))
        if wanted.group is not None:
            told.append(tr(GROUP_NAMES[wanted.group]))
        return ", ".join(told)


def _empty() -> str:
    return tr("Nothing was done in these days by whom you chose. Choose other days.")
