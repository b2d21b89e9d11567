"""The courses at the left of the page, searched while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr
from perpudesk.trainings.form.words import line_words
from perpudesk.trainings.model import CourseLine
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.cells import row_height
from perpudesk.ui.search import SearchField
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.theme import Size

_MARGINS = 14
"""Px at the sides of a cell's words."""


class CourseList(Card):
    """Every course with how far it is; the one that meets next stands first."""

    chosen = Signal(object)
    """The cursor came to this `CourseLine`; None where there is none."""
    opened = Signal(object)
    """Enter or a double click on this `CourseLine`."""
    remove_asked = Signal(object)
    """Delete was pressed on this `CourseLine`."""

    def __init__(
        self,
        today: Callable[[], date],
        add: Callable[[], object],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Trainings"), parent=parent)
        self._today = today
        self._lines: list[CourseLine] = []
        self._topics: Mapping[str, str] = {}
        self.search = SearchField(placeholder=tr("Search…"))
        self.search.setAccessibleName(tr("Search among the trainings"))
        title = Column(
            title="",
            text=lambda line: line.course.title,
            detail=lambda line: line_words(line, self._topics, self._today()),
            kind="strong",
            width=REST,
            wrap=True,
        )
        self.table = TableView(
            tr("Trainings"),
            [title],
            identity=lambda line: line.course.id,
            empty=tr("No training is called so."),
        )
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().sectionResized.connect(self._fit_rows)
        add_button = Button(tr("New training"), add, kind="primary", icon="plus", key="Ctrl+N")
        self.add(self.search)
        self.add(self.table, 1)
        self.add(add_button)
        self.setFocusProxy(self.table)
        self.search.changed.connect(self._on_typed)
        self.search.left.connect(self.table.setFocus)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.row_selected.connect(self.chosen)
        self.table.row_activated.connect(self.opened)
        self.table.delete_pressed.connect(self.remove_asked)

    def show_lines(self, lines: Sequence[CourseLine], topics: Mapping[str, str]) -> None:
        """Show these courses; the chosen one stays chosen."""
        self._lines, self._topics = list(lines), topics
        self._show()

    def renew(self, line: CourseLine) -> None:
        """Show what changed of one course, where it stands."""
        self._lines = [line if each.course.id == line.course.id else each for each in self._lines]
        shown = [self.table.rows.row(at) for at in range(self.table.rows.rowCount())]
        self.table.show_rows([line if x.course.id == line.course.id else x for x in shown])
        self._fit_rows()

    def current(self) -> CourseLine | None:
        """The course the cursor is on."""
        line: CourseLine | None = self.table.current_row()
        return line

    def choose(self, course_id: str) -> None:
        """Put the cursor on a course, also on one that the search leaves out."""
        if not self.table.select(course_id, among=len(self._lines)):
            self.search.set_value(None)
            self._show()
            self.table.select(course_id, among=len(self._lines))

    def _show(self) -> None:
        before = self.current()
        self.table.show_rows([line for line in self._lines if self._is_meant(line)])
        self._fit_rows()
        if self.table.rows.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        if before is not None and self.current() is None:
            self.chosen.emit(None)

    def _fit_rows(self) -> None:
        """A title that is too long for one line, also in small letters, has two."""
        look, table = theme.current(), self.table
        usual = row_height(look, detailed=True)
        taller = usual + look.metrics(Size.SMALL).height() - look.px(4)
        # The scroll bar that a taller row may bring takes of the room, and Qt does not tell of it.
        wide = min(
            table.columnWidth(0), table.width() - table.verticalScrollBar().sizeHint().width()
        )
        room = wide - _MARGINS - 2  # Qt wraps what only just fits
        body, small = (look.metrics(size, bold=True) for size in (Size.BODY, Size.SMALL))
        for at in range(table.rows.rowCount()):
            title = table.rows.row(at).course.title
            fits = min(metrics.horizontalAdvance(title) for metrics in (body, small)) <= room
            table.setRowHeight(at, usual if fits else taller)

    def _is_meant(self, line: CourseLine) -> bool:
        """Whether every word that is typed stands in title, topic, place or a trainer's name."""
        course = line.course
        places = (course.title, self._topics.get(course.topic, ""), course.place or "")
        said = " ".join((*places, *filter(None, course.trainers))).casefold()
        return all(word in said for word in self.search.value().casefold().split())

    def _on_typed(self) -> None:
        self._show()
