"""What a training prints, on the screen first: lists, certificates, slips and its report."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.lists import MOST_PAGES, Filling, filling_names, list_name
from perpudesk.attendance.model import Meeting, when_text
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import date_short, number
from perpudesk.core.i18n import N_, tr, trn
from perpudesk.paper.document import Document
from perpudesk.paper.files import pdf_of
from perpudesk.trainings.model import CourseLine
from perpudesk.trainings.outcomes import MOST_SLIPS
from perpudesk.trainings.paperwork import Certifying, TrainingPapers
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.fields import ChoiceField, Stepper
from perpudesk.ui.forms import Field
from perpudesk.ui.messages import show_error
from perpudesk.ui.paper_dialog import Make, PaperDialog
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast

_ALL = ""
"""All meetings beside each other."""
_NAMED, _BLANK = "named", "blank"


class PaperKind(StrEnum):
    """What is printed."""

    LIST = "list"
    CERTIFICATES = "certificates"
    REPORT = "report"
    SLIPS = "slips"


class TrainingPapersDialog(PaperDialog):
    """What, of which meeting, and how filled; certificates get their numbers here."""

    def __init__(
        self,
        papers: TrainingPapers,
        line: CourseLine,
        *,
        kind: PaperKind = PaperKind.LIST,
        meeting_id: str | None = None,
        practice: bool = False,
        undo: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Papers of the course of `line`, at first `kind` and the meeting with that id (None: all).

        `undo` takes back the numbers that were given.
        """
        super().__init__(line.course.title, self._pages, self._called, parent=parent)
        self._papers, self._line = papers, line
        self._practice, self._undo = practice, undo
        kinds = [(str(each), tr(name)) for each, name in _KINDS.items()]
        self.kind = ChipGroup(tr("What to print"), kinds, value=str(kind))
        self._make_tools(meeting_id)
        self.set_out(
            (Field(tr("What to print"), self.kind),), self._of_lists, self._of_others, paper=0
        )
        self._show_kind()

    def _make_tools(self, meeting_id: str | None) -> None:
        meetings = [(_ALL, tr("All meetings"))]
        meetings += [(each.id, _told(each)) for each in self._line.standing]
        self.meeting = ChoiceField(meetings, value=meeting_id or _ALL)
        self.meeting.setMinimumContentsLength(18)
        held = any(each.id == meeting_id and each.held for each in self._line.standing)
        first = Filling.TAKEN if held else Filling.SIGN
        self.filling = ChipGroup(tr("How filled"), list(filling_names().items()), value=str(first))
        self.pages = Stepper(tr("Pages"), high=MOST_PAGES)
        self.slips = ChipGroup(
            tr("For whom"),
            [(_NAMED, tr("Everybody on the list")), (_BLANK, tr("Without names"))],
            value=_NAMED,
        )
        self.count = Stepper(tr("Slips"), 6, high=MOST_SLIPS)
        self.state = Text("", "body", wrap=True)
        self.give = Button(tr("Give the numbers"), self._on_give, kind="primary", key="Ctrl+G")
        QShortcut(QKeySequence("Ctrl+G"), self).activated.connect(self.give.click)
        self._pages_field = Field(tr("Pages"), self.pages)
        self._count_field = Field(tr("Slips"), self.count)
        self._of_lists = (
            Field(tr("Meeting"), self.meeting),
            Field(tr("How filled"), self.filling),
            self._pages_field,
        )
        self._slips_field = Field(tr("For whom"), self.slips)
        self._of_others = (self._slips_field, self._count_field, self.state, self.give)
        self.kind.chosen.connect(self._show_kind)
        for chips in (self.filling, self.slips):
            chips.chosen.connect(self._show_kind)
        for field in (self.meeting, self.pages, self.count):
            field.changed.connect(self.refresh)

    # ---------------------------------------------------------------- shown

    def _chosen(self) -> PaperKind:
        return PaperKind(self.kind.value() or "")

    def _show_kind(self) -> None:
        """Only what the chosen paper needs is on the screen."""
        kind = self._chosen()
        lists, slips = kind is PaperKind.LIST, kind is PaperKind.SLIPS
        for field in self._of_lists:
            field.setVisible(lists)
        self._pages_field.setVisible(lists and self.filling.value() == Filling.EMPTY)
        self._slips_field.setVisible(slips)
        self._count_field.setVisible(slips and self.slips.value() == _BLANK)
        self.state.setVisible(kind is PaperKind.CERTIFICATES)
        self.give.setVisible(kind is PaperKind.CERTIFICATES)
        self._show_certifying()
        self.refresh()

    def _show_certifying(self) -> None:
        """How far the certificates are; a draft without numbers is only to be looked at."""
        if self._chosen() is not PaperKind.CERTIFICATES:
            self.allow(on_paper=True)
            return
        state = self._papers.certifying(self._line.course.id)
        self.state.setText(" ".join(_sentences(state)))
        self.give.setEnabled(state.refused is None and bool(state.waiting))
        self.allow(on_paper=bool(state.given))

    # ---------------------------------------------------------------- made

    def _pages(self) -> Make:
        return partial(pdf_of, self._document())

    def _document(self) -> Document:
        papers, course_id, practice = self._papers, self._line.course.id, self._practice
        match self._chosen():
            case PaperKind.LIST:
                filling = Filling(self.filling.value() or "")
                return papers.attendance_list(
                    course_id,
                    self.meeting.value() or None,
                    filling=filling,
                    pages=self.pages.value() if filling is Filling.EMPTY else 1,
                    practice=practice,
                )
            case PaperKind.CERTIFICATES:
                return papers.certificates(course_id, practice=practice)
            case PaperKind.REPORT:
                return papers.report(course_id, practice=practice)
            case PaperKind.SLIPS:
                blank = self.count.value() if self.slips.value() == _BLANK else None
                return papers.slips(course_id, blank=blank, practice=practice)

    def _called(self) -> str:
        kind = self._chosen()
        name = tr(_KINDS[kind])
        if kind is PaperKind.LIST:
            name = list_name(Filling(self.filling.value() or ""))
        return f"{name} {self._line.course.title}"

    def _on_give(self) -> None:
        try:
            count = self._papers.certify(self._line.course.id)
        except PerpuDeskError as error:
            show_error(self, error)
        else:
            text = trn(
                "{shown} certificate has its number.",
                "{shown} certificates have their numbers.",
                count,
                shown=number(count),
            )
            if self._undo is None:
                toast(self, text)
            else:
                toast(self, text, action=tr("Undo"), slot=self._on_undo)
        self._show_kind()

    def _on_undo(self) -> None:
        if self._undo is not None:
            self._undo()
        self._show_kind()


def _told(meeting: Meeting) -> str:
    """`9 Nov · 09.00–11.00`."""
    schedule = meeting.schedule
    return " · ".join(part for part in (date_short(schedule.day), when_text(schedule)) if part)


def _sentences(state: Certifying) -> list[str]:
    """What is said of certificates: why none can be given, who waits, who has one."""
    said = []
    if state.refused is not None:
        said.append(state.refused.sentence())
    elif state.waiting:
        said.append(
            trn(
                "{shown} person reached {share} percent and has no number yet.",
                "{shown} people reached {share} percent and have no number yet.",
                len(state.waiting),
                shown=number(len(state.waiting)),
                share=number(state.threshold),
            )
        )
    if state.given:
        said.append(
            trn(
                "{shown} certificate was given.",
                "{shown} certificates were given.",
                len(state.given),
                shown=number(len(state.given)),
            )
        )
    if state.unnamed:
        said.append(
            trn(
                "{shown} more has no name on the list.",
                "{shown} more have no name on the list.",
                state.unnamed,
                shown=number(state.unnamed),
            )
        )
    return said


_KINDS = {
    PaperKind.LIST: N_("Attendance list"),
    PaperKind.CERTIFICATES: N_("Certificates"),
    PaperKind.REPORT: N_("Training report"),
    PaperKind.SLIPS: N_("Slips with questions"),
}
