"""A list that is kept: its grid, and the line by which people are added and cards are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.form.guest import GuestDialog
from perpudesk.attendance.form.headcount import HeadcountDialog
from perpudesk.attendance.form.paste import PasteDialog, ReadList
from perpudesk.attendance.form.results import ResultsDialog
from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import Meeting, Participant, Sheet
from perpudesk.attendance.page.grid import MarkGrid
from perpudesk.attendance.registering import Put
from perpudesk.attendance.service import AttendanceService
from perpudesk.branch.model import Staff
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import ListStatus
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui.buttons import Button
from perpudesk.ui.layout import FlowLayout, boxed, column, row
from perpudesk.ui.menu import KeyMenu
from perpudesk.ui.text import Text
from perpudesk.visits.form.seek import PatronSeek

Enrol = Callable[..., Participant]
"""Puts a patron (`patron_id`) or a `profile` on the list; raises `RuleError`."""
Withdraw = Callable[[str], None]


class Line(StrEnum):
    """What the line above the grid is for."""

    ADD = "add"
    CARDS = "cards"


class AttendanceTable(QWidget):
    """The list of a course, or of one meeting, with every mark on the disk at once.

    It reads its list when it is shown one (`show_list`); a mark of its own it shows by itself.
    """

    changed = Signal()
    """A mark was made here; `sheet` has it."""
    said = Signal(str, bool)
    """A sentence for a toast, and whether it can be taken back."""
    meeting_chosen = Signal(str)
    """The cursor came to the column of the meeting with this id."""

    def __init__(
        self,
        attendance: AttendanceService,
        meetings: MeetingService,
        patrons: PatronService,
        branch: BranchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._attendance, self._meetings = attendance, meetings
        self._patrons, self._branch = patrons, branch
        self._enrol: Enrol | None = None
        self._withdraw: Withdraw | None = None
        self._list: tuple[str, bool] | None = None
        self._line, self._of_staff = Line.ADD, False
        self.read_list: ReadList | None = None
        """Makes lines of a file with people, where a higher room can."""
        self.busy = False
        """Whether what is told now is a mark of its own, which it shows by itself."""
        self.grid = MarkGrid()
        self.seek = PatronSeek(tr("Name or card"), patrons)
        self.told = Text("", "quiet", wrap=True)
        close = Button("", self.close_line, kind="ghost", icon="close", name=tr("Close"))
        self.guests = Button(tr("Without a name…"), self.add_guests, icon="visitor", key="Ctrl+U")
        self._caption = Text("", "caption")
        self.staff = Button(tr("Staff…"), self.choose_staff, icon="members", key="Ctrl+R")
        self.paste = Button(tr("Paste…"), self.paste_people, icon="paper", key="Ctrl+O")
        self._offers = QWidget()
        offers = FlowLayout(self._offers)
        for button in (self.staff, self.guests, self.paste):
            offers.addWidget(button)
        line = row(self.seek, close)
        line.setStretchFactor(self.seek, 1)
        self.line = boxed(column(self._caption, line, self._offers, self.told, gap=6))
        self.line.hide()
        keys = tr(
            "Space = present · − = absent · Del = take back · Enter = results · saved at once"
        )
        self.foot = Text(keys, "small", wrap=True)
        box = column(self.line, self.grid, self.foot, gap=8)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setFocusProxy(self.grid)
        self.grid.mark_asked.connect(self._on_mark)
        self.grid.meeting_reached.connect(self._on_reached)
        self.grid.withdraw_asked.connect(self.withdraw)
        self.grid.row_activated.connect(self._on_results)
        self.seek.picked.connect(self._on_picked)
        self.seek.new_asked.connect(self._on_new)
        self.seek.left.connect(self.close_line)

    # ---------------------------------------------------------------- shown

    def show_list(
        self,
        list_id: str,
        meeting_id: str | None = None,
        *,
        of_course: bool = True,
        of_staff: bool = False,
        enrol: Enrol | None = None,
        withdraw: Withdraw | None = None,
    ) -> None:
        """Show a list, the cursor at this meeting; of a course, else of the meeting of that id.

        Where it is `of_staff`, those of the desk are offered too. `enrol` and `withdraw` are for
        lists with places and trainers.
        """
        self._list, self._of_staff = (list_id, of_course), of_staff
        self._show_offers()
        self._enrol, self._withdraw = enrol, withdraw
        entries = self._branch.entries("occupations", retired=True)
        self.grid.occupations = {each.slug: each.label for each in entries}
        self.grid.show_sheet(self._attendance.sheet(list_id, of_course=of_course), meeting_id)

    def reload(self) -> None:
        """Read the list again."""
        if self._list is not None:
            list_id, of_course = self._list
            self.grid.show_sheet(self._attendance.sheet(list_id, of_course=of_course), None)

    @property
    def sheet(self) -> Sheet | None:
        """The list as it is shown."""
        return self.grid.sheet

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is marked."""
        return self.grid.current_meeting()

    def choose_meeting(self, meeting_id: str) -> None:
        """Put the cursor into the column of a meeting."""
        self.grid.go_to(meeting_id=meeting_id)

    # ---------------------------------------------------------------- marks

    def _on_mark(self, who: Participant, meeting: Meeting, present: bool | None) -> None:
        self.mark(who, meeting, present=present)

    def mark(self, who: Participant, meeting: Meeting, *, present: bool | None) -> bool:
        """Keep a mark and show it; False where it is refused, which is said."""
        self.busy = True
        try:
            self._attendance.mark(meeting.id, who.id, present)
        except PerpuDeskError as error:
            self.said.emit(error.sentence(), False)
            return False
        finally:
            self.busy = False
        if not who.listed or not meeting.held:
            self.reload()  # somebody has a place now, or the meeting was held
        else:
            self._show_mark((meeting.id, who.id), present)
        self.changed.emit()
        return True

    def _show_mark(self, key: tuple[str, str], present: bool | None) -> None:
        sheet = self.grid.sheet
        if sheet is None:
            return
        marks = dict(sheet.marks)
        if present is None:
            marks.pop(key, None)
        else:
            marks[key] = present
        self.grid.keep(replace(sheet, marks=marks))

    def mark_all(self) -> None:
        """Say of everybody on the list without a mark that they are there."""
        meeting = self.meeting
        if meeting is None:
            return
        try:
            count = self._attendance.mark_all(meeting.id, present=True)
        except PerpuDeskError as error:
            self.said.emit(error.sentence(), False)
            return
        self.reload()
        self.changed.emit()
        self.said.emit(tr("{count} marked as present.", count=number(count)), True)

    # ---------------------------------------------------------------- people

    def add_people(self) -> None:
        """Open the line by which people are put on the list."""
        self._open_line(Line.ADD, tr("Add to the list: part of a name or number, Enter"))

    def read_cards(self) -> None:
        """Open the line into which cards are read: whoever comes is marked as present."""
        self._open_line(Line.CARDS, tr("Scan a card, or type a name: Enter marks as present"))

    def _open_line(self, line: Line, caption: str) -> None:
        self._line = line
        self._caption.setText(caption)
        self._show_offers()
        self.told.setText("")
        self.told.hide()
        self.line.show()
        self.seek.begin()

    def _show_offers(self) -> None:
        adds = self._line is Line.ADD
        self._offers.setVisible(adds)
        self.staff.setVisible(adds and self._of_staff)

    def choose_staff(self) -> None:
        """Offer those of the desk who are not on the list."""
        if self.sheet is None:
            return
        listed = {each.staff_id for each in self.sheet.participants if each.listed}
        menu = KeyMenu(tr("Staff"), parent=self)
        for who in self._branch.staff():
            if who.id not in listed:
                menu.add(who.name, partial(self._add_staff, who))
        if menu.isEmpty():
            self._tell(tr("Everybody of the desk is on the list. Others are added by name."))
            menu.deleteLater()
            return
        menu.popup(self.staff.mapToGlobal(QPoint(0, self.staff.height() + 2)))

    def _add_staff(self, who: Staff) -> None:
        try:
            added = self._enrolled(staff_id=who.id)
        except PerpuDeskError as error:
            self._tell(error.sentence())
            return
        self._on_kept()
        self.grid.go_to(participant_id=added.id)
        self._tell(self._placed(added, who.name))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def close_line(self) -> None:
        """Put the line away and go back to the marks."""
        self.hide_line()
        self.grid.setFocus()

    def hide_line(self) -> None:
        """Put the line away, the focus where it is."""
        self.seek.clear()
        self.line.hide()

    def add_guests(self) -> None:
        """Put people on the list of whom no name is kept."""
        if self._list is None:
            return
        dialog = GuestDialog(
            lambda profile: self._enrolled(profile=profile), self._branch, parent=self.window()
        )
        dialog.added.connect(self._on_kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste_people(self) -> None:
        """Put a whole list on it that is copied from a spreadsheet."""
        if self._list is None:
            return
        dialog = PasteDialog(
            self._enrolled,
            self._attendance.registrar,
            self._branch,
            read=self.read_list,
            parent=self.window(),
        )
        dialog.stored.connect(self._on_pasted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_pasted(self, put: Put) -> None:
        self._on_kept()
        told = [tr("{count} put on the list.", count=number(put.listed))]
        if put.there:
            told.append(tr("{count} were on it already.", count=number(put.there)))
        if put.unnamed:
            told.append(tr("{count} under 18 without a name.", count=number(put.unnamed)))
        self.said.emit(" ".join(told), True)

    def count_heads(self) -> None:
        """Count those who came to the chosen meeting beside the list."""
        meeting = self.meeting
        if meeting is None:
            self.said.emit(tr("Choose a meeting first."), False)
            return
        dialog = HeadcountDialog(meeting, self._attendance, self._branch, parent=self.window())
        dialog.stored.connect(self._on_kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_results(self, who: Participant) -> None:
        if self.sheet is None:
            return
        people = [each for each in self.sheet.participants if each.listed or each.id == who.id]
        dialog = ResultsDialog(people, who, self._attendance, parent=self.window())
        dialog.stored.connect(self._on_kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_kept(self) -> None:
        self.reload()
        self.changed.emit()

    def withdraw(self, who: Participant) -> None:
        """Take somebody off the list; what was marked stays and counts."""
        try:
            if self._withdraw is not None:
                self._withdraw(who.id)
            else:
                self._attendance.withdraw(who.id)
        except PerpuDeskError as error:
            self.said.emit(error.sentence(), False)
            return
        self.reload()
        self.changed.emit()
        name = who.name or tr("Participant {n}", n=number(who.number))
        self.said.emit(tr("Off the list: {name}.", name=name), True)

    def _on_new(self, typed: str) -> None:
        number_like = any(char.isdigit() for char in typed)
        draft = (
            PatronDraft(name="", member_number=typed) if number_like else PatronDraft(name=typed)
        )
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self.window())
        dialog.saved.connect(self._on_picked)
        dialog.open()

    def _on_picked(self, patron: Patron) -> None:
        self.seek.clear()
        try:
            told = self._taken(patron)
        except PerpuDeskError as error:
            told = error.sentence()
        self._tell(told)
        self.seek.box.setFocus()

    def _taken(self, patron: Patron) -> str:
        """Put somebody on the list, or mark whoever is on it; what was done, in words."""
        who = self._of(patron.id)
        if self._line is Line.CARDS and who is not None:
            return self._came(who)
        if who is not None:
            self.grid.go_to(participant_id=who.id)
        added = self._put(patron.id)
        self.reload()
        self.grid.go_to(participant_id=added.id)
        self.changed.emit()
        if self._line is Line.CARDS:
            return self._came(added)
        return self._placed(added, patron.name)

    def _placed(self, added: Participant, name: str) -> str:
        if not added.listed:
            return tr("{name} waits for a place: the list is full.", name=name)
        count = len(self.sheet.on_list) if self.sheet else 0
        return tr("{name} is on the list, as number {n}.", name=name, n=number(count))

    def _put(self, patron_id: str) -> Participant:
        return self._enrolled(patron_id=patron_id)

    def _enrolled(self, **who: Any) -> Participant:
        if self._enrol is not None:
            return self._enrol(**who)
        assert self._list is not None  # noqa: S101 - the line opens over a list
        return self._attendance.enrol(self._list[0], **who)

    def _came(self, who: Participant) -> str:
        meeting = self.meeting
        if meeting is None:
            return tr("Choose a meeting first.")
        self.grid.go_to(participant_id=who.id)
        if not self.mark(who, meeting, present=True):
            return ""
        count = self.sheet.present_at(meeting) if self.sheet else 0
        told = {"name": who.name or "", "count": number(count or 0)}
        return tr("✓ {name} is present, {count} by now.", **told)

    def _of(self, patron_id: str) -> Participant | None:
        if self.sheet is None:
            return None
        found = (each for each in self.sheet.participants if each.patron_id == patron_id)
        return next((each for each in found if each.status is not ListStatus.WITHDRAWN), None)

    def _on_reached(self, meeting: Meeting) -> None:
        self.meeting_chosen.emit(meeting.id)
