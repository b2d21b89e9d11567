"""The lines at the left of the page: open decisions, all activities, and every community."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.communities.model import Activity
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import row
from perpudesk.ui.tables import REST, Column, TableView

DECISIONS, ALL = "decisions", "all"
"""Keys of the two lines that are no community."""
ADD_KEY, EDIT_KEY = "Ctrl+K", "Ctrl+E"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLine:
    """A line: a community's is keyed by its id."""

    key: str
    title: str
    told: str
    activity: Activity | None = None


def lines_of(
    activities: Sequence[Activity], fields: Mapping[str, str], *, open_: int, overdue: int
) -> list[ShelfLine]:
    """Decisions and all activities first, then the communities."""
    told = trn("{n} open", "{n} open", open_)
    if overdue:
        told = " · ".join((told, trn("{n} overdue", "{n} overdue", overdue)))
    first = [
        ShelfLine(key=DECISIONS, title=tr("Decisions"), told=told),
        ShelfLine(key=ALL, title=tr("All activities"), told=tr("of every community and topic")),
    ]
    return first + [
        ShelfLine(
            key=each.community.id,
            title=each.community.name,
            told=_told(each, fields),
            activity=each,
        )
        for each in activities
    ]


def _told(activity: Activity, fields: Mapping[str, str]) -> str:
    community = activity.community
    field = fields.get(community.field, community.field)
    if community.ended_on is not None:
        return " · ".join((tr("not active any more"), field))
    count = sum(activity.months)
    words = tr("dormant") if activity.dormant else trn("{n} in a year", "{n} in a year", count)
    return f"{words} · {field}"


class Shelf(Card):
    """The lines, and what is done to a community."""

    chosen = Signal(object)
    """The cursor came to this `ShelfLine`."""
    opened = Signal(object)
    """Enter on this `ShelfLine`."""
    remove_asked = Signal(object)
    """Delete on this `ShelfLine`."""

    def __init__(self, add: object, edit: object, *, parent: QWidget | None = None) -> None:
        super().__init__(tr("Communities"), parent=parent)
        title = Column(
            title="",
            text=lambda line: line.title,
            detail=lambda line: line.told,
            kind="strong",
            width=REST,
        )
        self.table = TableView(tr("Communities"), [title], identity=lambda line: line.key)
        self.table.horizontalHeader().hide()
        self.new = Button(tr("Community"), add, kind="primary", icon="plus", key=ADD_KEY)  # type: ignore[arg-type]
        self.change = Button(tr("Change"), edit, key=EDIT_KEY)  # type: ignore[arg-type]
        self.add(self.table, 1)
        self.add(row(self.new, None))
        self.add(row(self.change, None))
        self.setFocusProxy(self.table)
        self.table.row_selected.connect(self.chosen)
        self.table.row_activated.connect(self.opened)
        self.table.delete_pressed.connect(self.remove_asked)

    def show_lines(self, lines: Sequence[ShelfLine]) -> None:
        """Show these; the chosen one stays chosen."""
        self.table.show_rows(lines)

    def current(self) -> ShelfLine | None:
        """The line the cursor is on."""
        line: ShelfLine | None = self.table.current_row()
        return line
