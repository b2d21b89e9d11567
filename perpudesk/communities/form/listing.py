"""Who was at a community's meeting: its list, taken at the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.attendance.form.listing import ListDialog
from perpudesk.attendance.lists import Filling
from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.page import AttendanceTable
from perpudesk.attendance.service import AttendanceService
from perpudesk.branch.service import BranchService
from perpudesk.communities.model import Gathering
from perpudesk.communities.paperwork import GatheringPapers
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import date_long
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Document
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, Beside, boxed, column, fill, row
from perpudesk.ui.text import Text
from perpudesk.ui.told import PageToasts


def print_list(
    papers: GatheringPapers, gathering: Gathering, *, practice: bool, parent: QWidget
) -> None:
    """Look at the attendance list of a meeting before it is printed."""

    def made(filling: Filling, pages: int) -> Document:
        return papers.attendance_list(gathering.id, filling=filling, pages=pages, practice=practice)

    title = tr("Attendance list: {title}", title=gathering.meeting.title or "")
    filling = Filling.TAKEN if gathering.meeting.held else Filling.SIGN
    ListDialog(title, made, filling=filling, parent=parent.window()).open()


class AttendanceDialog(QDialog):
    """The list of one meeting; a mark is on the disk at once, Escape closes."""

    def __init__(
        self,
        gathering: Gathering,
        attendance: AttendanceService,
        meetings: MeetingService,
        patrons: PatronService,
        branch: BranchService,
        *,
        undo: Callable[[], object],
        print_: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Attendance list"))
        self._gathering, self._undo = gathering, undo
        self.toasts = PageToasts(self, self._on_undo)
        self.table = AttendanceTable(attendance, meetings, patrons, branch)
        self.table.said.connect(self._say)
        meeting = gathering.meeting
        heading = Text(meeting.title or "", "heading", wrap=True)
        day = Text(date_long(meeting.schedule.day), "quiet")
        people = Button(tr("Participant"), self.table.add_people, icon="plus", key="+")
        cards = Button(tr("Scan cards"), self.table.read_cards, icon="scan", key="Ctrl+K")
        heads = Button(tr("Head count"), self.table.count_heads, icon="group", key="Ctrl+H")
        printing = Button(tr("Print…"), print_, icon="print", key="Ctrl+P")
        close = Button(tr("Close"), self.reject, kind="primary", key=tr("Esc"))
        head = Beside(
            boxed(column(heading, day, gap=2)), boxed(row(None, people, cards, heads)), gap=8
        )
        box = column(head, self.table, row(printing, None, close), gap=CARD_GAP)
        box.setStretch(1, 1)
        box.setContentsMargins(20, 18, 20, 18)
        fill(self, box)
        for keys, slot in (
            ("+", self.table.add_people),
            ("Ctrl+K", self.table.read_cards),
            ("Ctrl+H", self.table.count_heads),
            ("Ctrl+U", self.table.add_guests),
            ("Ctrl+O", self.table.paste_people),
            ("Ctrl+B", self.table.mark_all),
            ("Ctrl+P", print_),
            ("Ctrl+Z", self._on_undo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(_call, slot))

    def open(self) -> None:
        """Show the list over its window, ready for the first mark."""
        look = theme.current()
        fit(self, look.px(860), look.px(600))
        self.table.show_list(self._gathering.id, self._gathering.id, of_course=False)
        super().open()
        sheet = self.table.sheet
        if sheet is not None and not sheet.participants:
            self.table.add_people()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, text: str, undoable: bool) -> None:
        if undoable:
            self.toasts.say(text, tr("Undo"), self._on_undo, "Ctrl+Z")
        else:
            self.toasts.say(text)

    def _on_undo(self) -> None:
        try:
            self._undo()
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self.table.reload()
        self.toasts.say(tr("Taken back."))


def _call(slot: Callable[[], object]) -> None:
    slot()
