"""One session with all that is kept of it, to be mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.computers.form.session_words import Labels, record_words, way_words, whose
from perpudesk.computers.form.times import TimesForm
from perpudesk.computers.mending import MendingService, SessionEdit
from perpudesk.computers.model import Session, Workstation
from perpudesk.computers.records import SessionRecords
from perpudesk.computers.times import moments_of
from perpudesk.core.codes import UNKNOWN, Condition, VisitorType, label
from perpudesk.core.i18n import tr
from perpudesk.core.times import zone
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.fields import CheckField, ChoiceField, TextField
from perpudesk.ui.forms import FormDialog
from perpudesk.ui.text import Text
from perpudesk.visits.form.history import HistoryView, HistoryWords
from perpudesk.visits.form.inputs import entry_options
from perpudesk.visits.form.profile import (
    add_occupation_and_education,
    add_sex_and_age,
    fill_profile,
    profile_in,
    show_band_of_years,
)

REMOVE_KEY, RESUME_KEY = "Ctrl+Del", "Ctrl+J"
NOWHERE = ""
"""The choice that says: nobody knows at which computer it was."""


class SessionDialog(FormDialog):
    """Enter stores, Escape keeps what was typed; whoever opened it may open it again.

    The property `unfinished` says whether something typed waits in it.
    """

    WIDE = 680
    stored = Signal(object)
    """The `Session` as it is on the disk now."""
    removed = Signal(object)
    """The `Session` was taken out."""
    resumed = Signal(object)
    """The `Session` goes on as if it had not ended."""

    def __init__(
        self,
        session: Session,
        mending: MendingService,
        records: SessionRecords,
        branch: BranchService,
        *,
        workstations: Sequence[Workstation],
        parent: QWidget | None = None,
    ) -> None:
        """Mend `session`, which is no total; `workstations` are all, retired ones too."""
        self._branch, self._mending, self._session = branch, mending, session
        self._where = zone(branch.current().zone)
        self.times = TimesForm(lambda: self._where, enter_submits=True)
        super().__init__(tr("Edit session"), self.times, parent=parent)
        labels = {each.id: each.label for each in workstations}
        self._add_told([whose(session), *way_words(session, labels, self._where)])
        self._add_fields(_offered(workstations, session))
        self._show()
        self._add_history(records, labels)
        self._add_ways_out()
        self._start = self.form.typed()
        self.form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._on_finished)
        self._on_changed()

    def _add_told(self, told: Sequence[str]) -> None:
        who, *way = told
        self.form.add_part(Text(who, "label", wrap=True))
        if way:
            self.form.add_part(Text(" ".join(way), "quiet", wrap=True))

    def _add_fields(self, places: Sequence[tuple[str, str]]) -> None:
        form, session = self.times, self._session
        form.add_day(self._branch.today())
        goes_on = session.is_open
        empty = tr("Empty: it goes on") if goes_on else tr("Empty: nobody knows when")
        form.add_times(beside=True, without_end=empty)
        form.add_doubts()
        moved = tr("Computer, at the end") if session.moves else tr("Computer")
        form.add("workstation_id", moved, ChoiceField(places))
        form.field("workstation_id").setVisible(not session.device)
        entries = self._branch.entries("computer_purposes", retired=True)
        purposes = ChoiceField(entry_options(entries, session.purpose))
        form.add("purpose", tr("Purpose"), purposes, beside=True)
        types = [(str(each), label(each)) for each in VisitorType if each is not VisitorType.GROUP]
        form.add("type", tr("Visitor"), ChipGroup(tr("Visitor"), types))
        add_sex_and_age(form, self._branch.current().age_bands, session.profile)
        add_occupation_and_education(form, self._branch, session.profile)
        form.add("note", tr("Note"), TextField())
        form.add("assisted", "", CheckField(tr("The staff helped")), beside=True)

    def _show(self) -> None:
        session = self._session
        fill_profile(self.form, session.profile)
        self.form.fill(
            workstation_id=session.workstation_id or NOWHERE,
            type=str(session.type),
            purpose=session.purpose,
            assisted=session.assisted,
            note=session.note,
        )
        self.times.show_times(session)

    def _add_history(self, records: SessionRecords, labels: Labels) -> None:
        words = HistoryWords(
            self._where,
            staff=self._branch.staff_names(),
            entries=self._entries,
            patron=lambda _id: None,
            record=record_words(labels),
        )
        history = HistoryView()
        history.show_history(records.history(self._session.id), words)
        self.form.add_section(tr("History"))
        self.form.add_part(history)

    def _entries(self, name: str) -> dict[str, str]:
        return {each.slug: each.label for each in self._branch.entries(name, retired=True)}

    def _add_ways_out(self) -> None:
        remove = Button(tr("Remove"), self._on_remove, kind="danger", icon="trash", key=REMOVE_KEY)
        self.add_button(remove)
        QShortcut(QKeySequence(REMOVE_KEY), self).activated.connect(self._on_remove)
        ended_today = self._session.local_date == self._branch.today()
        if not self._session.is_open and ended_today:
            words = tr("It is still going on")
            self.add_button(Button(words, self._on_resume, icon="clock", key=RESUME_KEY))
            QShortcut(QKeySequence(RESUME_KEY), self).activated.connect(self._on_resume)

    def open(self) -> None:
        """Show it, the focus in the end: that is what is mostly mended."""
        super().open()
        end = self.form.field("end").widget
        assert isinstance(end, TextField)  # noqa: S101 - `TimesForm` makes it
        end.setFocus(Qt.FocusReason.TabFocusReason)
        end.selectAll()

    def edit(self) -> SessionEdit:
        """The session as typed; raises `InputError` where a field cannot be read."""
        value = self.form.value
        start, end = moments_of(self.times.times(), self._where, self._session)
        return SessionEdit(
            start=start,
            end=end,
            workstation_id=value("workstation_id") or None,
            profile=profile_in(self.form),
            type=VisitorType(value("type")),
            purpose=value("purpose") or UNKNOWN,
            assisted=value("assisted"),
            note=value("note"),
        )

    def _on_changed(self) -> None:
        show_band_of_years(self.form, self._branch.current().age_bands)

    def _on_submitted(self) -> None:
        outside = self.times.outside_hours
        self._do(
            lambda: self._mending.correct(self._session.id, self.edit(), outside_hours=outside),
            self.stored,
        )

    def _on_remove(self) -> None:
        self._do(lambda: self._mending.remove(self._session.id), self.removed)

    def _on_resume(self) -> None:
        self._do(lambda: self._mending.go_on(self._session.id), self.resumed)

    def _do(self, work: Callable[[], Session | None], told: SignalInstance) -> None:
        """Do it and close, or say at the field why it is refused."""
        kept: list[Session | None] = []
        if self.form.attempt(lambda: kept.append(work())):
            self._start = self.form.typed()
            self.accept()
            told.emit(kept[0] or self._session)

    def _on_finished(self) -> None:
        self.setProperty("unfinished", self.form.typed() != self._start)


def _offered(workstations: Sequence[Workstation], session: Session) -> list[tuple[str, str]]:
    """The workstations that are there, the one where it was, and "nobody knows"."""
    gone = Condition.RETIRED
    known = [
        (each.id, each.label)
        for each in workstations
        if each.state.condition is not gone or each.id == session.workstation_id
    ]
    return [*known, (NOWHERE, tr("nobody knows which"))]
