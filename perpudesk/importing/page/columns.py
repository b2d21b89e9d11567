"""Which column holds what: proposed from titles and cells, beside the first rows of the file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.importing.columns import Head, Plan
from perpudesk.importing.counted import counts_rows
from perpudesk.importing.fields import FIELDS, What, is_never
from perpudesk.importing.guide import Looked
from perpudesk.importing.page.words import kind_name
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.cards import Card, Drawing
from perpudesk.ui.fields import CheckField, ChoiceField, NumberField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import ANY_WIDTH, CARD_GAP, Scroll, boxed, column, row
from perpudesk.ui.tables import Column, TableView
from perpudesk.ui.text import Text

_KINDS = (What.VISITS, What.SESSIONS, What.ACTIVITIES, What.TOTALS, What.PATRONS)
_NONE = ""
_LEAST_LETTERS = 6
"""Of a title, where there is no room for more."""
_BESIDE: Mapping[What, Collection[str]] = {
    What.VISITS: {"time", "male", "age", "education", "type", "name", "note"},
    What.SESSIONS: {"date", "end", "sex", "purpose", "occupation", "type", "note"},
    What.TOTALS: {"year", "indicator"},
    What.ACTIVITIES: {"title", "topic", "female", "role", "note"},
    What.PATRONS: {"member", "birth_date", "education", "contact"},
}
"""The fields that stand at the right of the one before."""
_ROWS = 12
_MOST_COLUMNS = 40
_WIDEST = 220
_FIELDS_WIDE = 440
"""What Qt takes for no limit of a width."""
_ROOM_FOR_TWO = 780
"""A page narrower than this, at 100 %, shows the rows below the fields."""
Propose = Callable[[What], Plan]


class ColumnsView(QWidget):
    """The columns of a file and what they hold, to be said otherwise and then checked."""

    check_asked = Signal(object)
    """Read the file by this `Plan`."""
    other_asked = Signal()
    """Another file instead."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked: Looked | None = None
        self._propose: Propose = _nothing_proposed
        self._plan = Plan(what=What.VISITS)
        self._name = Text("", "heading")
        self.kinds = ChipGroup(tr("What the file is about"))
        self.kinds.chosen.connect(self._on_kind)
        self.other = Button(tr("Another file"), self.other_asked.emit, kind="ghost", icon="folder")
        self.form = Form()
        self._fields = Card(tr("Which column holds what"))
        self._scroll = Scroll(self.form)
        self._fields.add(self._scroll, 1)
        self._rows = Card(tr("First rows of the file"))
        self._table: TableView | None = None
        self.check = Button(
            tr("Check the rows"), self._on_check, kind="primary", icon="check", key="Ctrl+Enter"
        )
        self._said = Text("", "small", wrap=True)
        self._build()

    def _build(self) -> None:
        head = Card()
        words = column(self._name, self.kinds, gap=6)
        line = row(Drawing("table", "primary", 32), words, self.other, gap=14)
        line.setStretchFactor(words, 1)
        head.add(line)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(CARD_GAP)
        self._cards.addWidget(self._fields)
        self._cards.addWidget(self._rows, 1)
        foot = row(self._said, self.check, gap=16)
        foot.setStretchFactor(self._said, 1)
        parts = column(head, boxed(self._cards), foot, gap=12)
        parts.setStretch(1, 1)
        self.setLayout(parts)

    def show_table(self, looked: Looked, propose: Propose) -> None:
        """Show a file; `propose` says how it may be read as each kind."""
        self._looked, self._propose = looked, propose
        self._name.setText(looked.path.name)
        kinds = [(kind.value, kind_name(kind)) for kind in _KINDS]
        self.kinds.set_options(kinds, value=looked.what.value)
        self._show_rows(self._head)
        self._on_kind(looked.what)

    @property
    def _head(self) -> Head:
        assert self._looked is not None  # noqa: S101 - shown with a file
        assert self._looked.head is not None  # noqa: S101 - a list that is known is not asked
        return self._looked.head

    def show_error(self, error: PerpuDeskError) -> None:
        """Show why the file cannot be read so, at its field where it has one."""
        self.form.show_error(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        narrow = self.width() < look.px(_ROOM_FOR_TWO)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        wide = look.px(_FIELDS_WIDE)
        self._fields.setMinimumWidth(0 if narrow else wide)
        self._fields.setMaximumWidth(ANY_WIDTH if narrow else wide)

    def _on_kind(self, kind: str) -> None:
        """Propose the columns of another kind of table."""
        self._plan = self._propose(What(kind))
        self._said.setText(
            tr("Columns as they were given for {name}.", name=self._plan.remembered)
            if self._plan.remembered
            else tr("Recognised by titles and cells. Nothing is stored yet.")
        )
        self.form = Form()
        self.form.submitted.connect(self._on_check)
        for each in self._asked():
            field = ChoiceField(self._options(), value=self._chosen(each))
            field.setMinimumContentsLength(_LEAST_LETTERS)
            needed = next(f for f in FIELDS[self._plan.what] if f.code == each)
            label = tr("Titles of the rows") if self._is_wide else tr(needed.label)
            beside = each in _BESIDE[self._plan.what]
            self.form.add(each, f"{label} *" if needed.needed else label, field, beside=beside)
        self._add_options()
        self.form.add_stretch()
        self._scroll.setWidget(self.form)
        self.setFocusProxy(self.kinds)

    def _asked(self) -> list[str]:
        """The fields that are asked: of a wide table only what its rows are."""
        if self._is_wide:
            return ["indicator"]
        return [each.code for each in FIELDS[self._plan.what]]

    @property
    def _is_wide(self) -> bool:
        return self._plan.what is What.TOTALS and len(self._head.months()) > 1

    def _options(self) -> list[tuple[str, str]]:
        titles = [
            (str(at), title) for at, title in enumerate(self._head.titles) if not is_never(title)
        ]
        return [(_NONE, tr("no column")), *titles]

    def _chosen(self, code: str) -> str:
        return str(self._plan.columns[code]) if code in self._plan.columns else _NONE

    def _add_options(self) -> None:
        """What else must be said of a table of this kind."""
        if self._is_wide:
            names = self._head.values(self._plan.columns.get("indicator", 0))
            rows = [
                (_NONE, tr("found by its name")),
                *((name, name) for name in dict.fromkeys(names)),
            ]
            self.form.add("row", tr("Row of this library"), ChoiceField(rows, value=_NONE))
        if self._plan.what is What.TOTALS:
            year = NumberField(self._plan.year, low=1945, high=9998)
            self.form.add("year", tr("Year of months without one"), year)
        if self._plan.what is What.VISITS:
            self.form.add("one_each", "", CheckField(tr("Each row is one visit")))
        if self._plan.what is What.PATRONS:
            words = tr("Guardians' consent is on file for all who are under 18")
            self.form.add("consented", "", CheckField(words))
        else:
            self.form.add("estimated", "", CheckField(tr("The numbers are estimates")))

    def _on_check(self) -> None:
        self.form.attempt(lambda: self.check_asked.emit(self.plan()))

    def plan(self) -> Plan:
        """How the file is to be read, as chosen; raises `InputError`."""
        columns = {
            code: int(at)
            for code in self._asked()
            if (at := self.form.value(code)) not in (None, _NONE)
        }
        said = self._plan
        patrons, totals = said.what is What.PATRONS, said.what is What.TOTALS
        visits = said.what is What.VISITS
        given_up = not counts_rows(said) and counts_rows(replace(said, columns=columns))
        return Plan(
            what=said.what,
            columns=columns,
            row=(self.form.value("row") or "") if self._is_wide else "",
            year=self.form.value("year") if totals else None,
            estimated=False if patrons else bool(self.form.value("estimated")),
            consented=bool(self.form.value("consented")) if patrons else False,
            one_each=visits and (bool(self.form.value("one_each")) or given_up),
            remembered=said.remembered if columns == dict(said.columns) else "",
        )

    def _show_rows(self, head: Head) -> None:
        """The first rows as they stand in the file, without what is never read."""
        shown = [at for at, title in enumerate(head.titles) if not is_never(title)][:_MOST_COLUMNS]
        columns = [
            Column(title=head.titles[at], text=partial(_cell, at), most=_WIDEST) for at in shown
        ]
        table = TableView(tr("First rows of the file"), columns)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.show_rows(head.below[:_ROWS])
        if self._table is not None:
            self._table.setParent(None)
            self._table.deleteLater()
        self._table = table
        self._rows.add(table, 1)


def _cell(at: int, cells: Sequence[str]) -> str:
    return " ".join(cells[at].split()) if at < len(cells) else ""


def _nothing_proposed(what: What) -> Plan:
    return Plan(what=what)
