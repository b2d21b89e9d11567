"""The grid of a list: a row for each participant, a column for each meeting, marks in the cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from perpudesk.attendance.model import Meeting, Participant, Sheet
from perpudesk.attendance.page.words import name_words, profile_words, said, sign, tone
from perpudesk.core.codes import MeetingState
from perpudesk.core.formats import date_short
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.cells import RowDelegate
from perpudesk.ui.rows import Column, Index
from perpudesk.ui.stylesheet import TONES
from perpudesk.ui.tables import REST, TableView
from perpudesk.ui.theme import Size

BEFORE = 2
"""Columns before the first meeting: name and profile."""
_MARK_WIDTH, _NAME_LEAST, _PROFILE_WIDTH = 68, 180, 150
"""Px at 100 %; where a name has no room the profile is left out."""
_NEXT = {None: True, True: False, False: None}
"""What a tap makes of a mark."""


class MarkGrid(TableView):
    """Space marks present and goes down, `-` absent; Delete takes a mark back; arrows go on.

    A tap goes from one mark to the next. What is asked is told; whoever keeps the marks answers.
    """

    mark_asked = Signal(object, object, object)
    """Of this participant at this meeting, present, absent or (None) not taken."""
    meeting_reached = Signal(object)
    """The cursor came to the column of this meeting."""
    withdraw_asked = Signal(object)
    """This participant is to be taken off the list."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Attendance"),
            self._columns(()),
            identity=lambda who: who.id,
            empty=tr("Nobody is on the list yet. Add the first with “+”."),
            parent=parent,
        )
        self.sheet: Sheet | None = None
        self._wanted: str | None = None
        self.meetings: tuple[Meeting, ...] = ()
        self.occupations: Mapping[str, str] = {}
        self._delegate = _MarkDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.selectionModel().currentColumnChanged.connect(self._on_column)

    def _columns(self, meetings: tuple[Meeting, ...]) -> list[Column]:
        return [
            Column(title=tr("Participant"), text=name_words, kind="strong", width=REST),
            Column(title=tr("Profile"), text=self._profile, kind="text", width=_PROFILE_WIDTH),
            *(self._marks_of(each) for each in meetings),
        ]

    def _profile(self, who: Participant) -> str:
        return profile_words(who.profile, self.occupations)

    def _marks_of(self, meeting: Meeting) -> Column:
        mark = partial(self.mark, meeting)
        return Column(
            title=date_short(meeting.schedule.day),
            text=lambda who: sign(mark(who)),
            tone=lambda who: tone(mark(who)),
            spoken=lambda who: said(mark(who)),
            align="center",
            width=_MARK_WIDTH,
        )

    def mark(self, meeting: Meeting, who: Participant) -> bool | None:
        """Present, absent, or not taken."""
        return None if self.sheet is None else self.sheet.mark(meeting, who)

    def show_sheet(self, sheet: Sheet, meeting_id: str | None) -> None:
        """Show a list, the cursor where it was, else at this meeting."""
        before, column = self.current_row(), self.currentIndex().column()
        other = self.sheet is None or self.sheet.list_id != sheet.list_id
        standing = tuple(each for each in sheet.meetings if each.state is not _CANCELLED)
        self.sheet = sheet
        if other or standing != self.meetings:
            self.meetings = standing
            self.set_columns(self._columns(standing))
        self.rows.show_rows(_shown(sheet))
        places = [each.id for each in standing]
        if other:
            self._wanted = meeting_id
        if other or before is None:  # an empty list has no cursor: it comes with the first
            column = BEFORE + places.index(self._wanted) if self._wanted in places else 0
        row = 0
        if before is not None and not other:
            row = next((at for at, who in enumerate(_shown(sheet)) if who.id == before.id), 0)
        column = min(column, self.rows.columnCount() - 1)
        self.setCurrentIndex(self.rows.index(row, column))
        self._fit()

    def keep(self, sheet: Sheet) -> None:
        """A mark changed and nothing else: show it."""
        self.sheet = sheet
        by_id = {each.id: each for each in sheet.meetings}
        self.meetings = tuple(by_id[each.id] for each in self.meetings)
        self.viewport().update()

    def current_meeting(self) -> Meeting | None:
        """The meeting whose column the cursor is in."""
        place = self.currentIndex().column() - BEFORE
        return self.meetings[place] if 0 <= place < len(self.meetings) else None

    def go_to(self, *, participant_id: str | None = None, meeting_id: str | None = None) -> bool:
        """Put the cursor on a participant, a meeting, or both; False where it is not here."""
        index = self.currentIndex()
        row, column = max(index.row(), 0), max(index.column(), 0)
        if participant_id is not None:
            rows = range(self.rows.rowCount())
            row = next((at for at in rows if self.rows.row(at).id == participant_id), -1)
        if meeting_id is not None:
            places = (at for at, each in enumerate(self.meetings) if each.id == meeting_id)
            column = next(places, -BEFORE - 1) + BEFORE
        if row < 0 or column < 0:
            return False
        self.setCurrentIndex(self.rows.index(row, column))
        return True

    # ---------------------------------------------------------------- by hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Delete and held & Qt.KeyboardModifier.ControlModifier:
            if (who := self.current_row()) is not None:
                self.withdraw_asked.emit(who)
        elif key == Qt.Key.Key_Space:
            self._ask(taken_back=True, present=True)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self._ask(taken_back=False, present=False)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._ask(taken_back=False, present=None)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.rows.rowCount() - 1
            row = 0 if key == Qt.Key.Key_Home else last
            self.setCurrentIndex(self.rows.index(row, self.currentIndex().column()))
        else:
            super().keyPressEvent(event)

    def _ask(self, *, taken_back: bool, present: bool | None) -> None:
        """Ask for a mark and go down; Space on one that says present takes it back and stays."""
        who, meeting = self.current_row(), self.current_meeting()
        if who is None:
            return
        if meeting is None:  # at the name: to the meetings
            if self.meetings:
                self.setCurrentIndex(self.rows.index(self.currentIndex().row(), BEFORE))
            return
        row = self.currentIndex().row()
        if taken_back and self.mark(meeting, who) is True:
            self.mark_asked.emit(who, meeting, None)
            return
        self.mark_asked.emit(who, meeting, present)
        if present is not None and self.mark(meeting, who) is present:
            below = min(row + 1, self.rows.rowCount() - 1)
            self.setCurrentIndex(self.rows.index(below, self.currentIndex().column()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        meeting, who = self.current_meeting(), self.current_row()
        if event.button() != Qt.MouseButton.LeftButton or index.column() < BEFORE:
            return
        if meeting is not None and who is not None and index == self.currentIndex():
            self.mark_asked.emit(who, meeting, _NEXT[self.mark(meeting, who)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = _NAME_LEAST + _PROFILE_WIDTH + len(self.meetings) * _MARK_WIDTH
        self.setColumnHidden(1, self.viewport().width() < theme.current().px(wide))

    def _on_column(self) -> None:
        if (meeting := self.current_meeting()) is not None:
            self._wanted = meeting.id
            self.meeting_reached.emit(meeting)


_CANCELLED = MeetingState.CANCELLED


def _shown(sheet: Sheet) -> list[Participant]:
    """Who stands on the list, who waits, then those who withdrew and were marked."""
    marked = {who for _, who in sheet.marks}
    gone = [each for each in sheet.participants if each.id in marked]
    stays = {each.id for each in (*sheet.on_list, *sheet.waiting)}
    return [*sheet.on_list, *sheet.waiting, *(each for each in gone if each.id not in stays)]


class _MarkDelegate(RowDelegate):
    """Paints marks as signs in their colours, the cursor on one cell, its meeting shaded."""

    def __init__(self, grid: MarkGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() < BEFORE:
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect
        painter.save()
        self._paint_ground(painter, rect, index)
        who = self._grid.rows.row(index.row())
        column = self._grid.rows.columns[index.column()]
        if who is not None:
            look = theme.current()
            hue = TONES.get(column.tone(who)) if column.tone else None
            painter.setPen(look.colour(f"{hue}_ink" if hue else "quiet"))
            painter.setFont(look.font(Size.BODY, bold=True))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, column.text(who))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, current = theme.current(), self._grid.currentIndex()
        at_cursor = isinstance(index, QModelIndex) and index == current
        here = index.column() >= BEFORE and index.column() == current.column()
        if here or (at_cursor and not self._grid.hasFocus()):
            painter.fillRect(rect, look.colour("primary_soft"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, look.colour("hover"))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, look.colour("line"))
        if at_cursor and self._grid.hasFocus():
            painter.setPen(look.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
