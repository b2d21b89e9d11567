"""One visit with all that is kept of it: to be mended, or to be added to an earlier day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN, Disability, Method, VisitorType, label
from perpudesk.core.errors import InputError
from perpudesk.core.formats import clock_text, date_full
from perpudesk.core.i18n import tr
from perpudesk.core.times import zone
from perpudesk.patrons.model import Profile
from perpudesk.patrons.service import PatronService
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import CheckField, ChoiceField, NumberField, TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.text import Text
from perpudesk.visits.form.inputs import CompletedField, entry_options
from perpudesk.visits.form.parts import PartsGrid
from perpudesk.visits.form.profile import (
    PROFILE_FIELDS,
    add_occupation_and_education,
    add_sex_and_age,
    fill_profile,
    profile_in,
    show_band_of_years,
)
from perpudesk.visits.form.questions import Answer, Question, QuestionCard
from perpudesk.visits.form.seek import LeaderField
from perpudesk.visits.model import MOST_AT_ONCE, Visit, VisitDraft, parse_time
from perpudesk.visits.service import VisitService

Own = Callable[[], AbstractContextManager[None]]
_OF_ONE = (*PROFILE_FIELDS, "disability")
_OF_GROUP = ("institution", "leader_id", "parts")


class VisitDialog(FormDialog):
    """Enter stores, Escape keeps what was typed; whoever opened it may open it again.

    The property `unfinished` says whether something typed waits in it.
    """

    WIDE = 640
    stored = Signal(object)
    """The `Visit` as it is on the disk now."""
    removed = Signal(object)
    """The `Visit` was taken out."""
    register_asked = Signal(object, str)
    """The `Visit` of an unknown card is to get a name; the number of the card."""

    def __init__(
        self,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        *,
        visit: Visit | None = None,
        day: date | None = None,
        card: str = "",
        own: Own = nullcontext,
        parent: QWidget | None = None,
    ) -> None:
        """Mend `visit`, or add one to `day`; `card` is the number it came with."""
        title = tr("Add a visit") if visit is None else tr("Edit visit")
        super().__init__(title, Form(enter_submits=True), parent=parent)
        self._visits, self._patrons, self._branch = visits, patrons, branch
        self._visit, self._card, self._own = visit, card, own
        self._today = patrons.today()
        self._zone = zone(branch.current().zone)
        start = visit.draft(self._zone) if visit else VisitDraft(on=day or self._today)
        if visit is not None and visit.patron_name:
            self.form.add_part(Text(visit.patron_name, "label"))
        self.question = QuestionCard()
        self.question.hide()
        self.question.emptied.connect(self.question.hide)
        self.add_above_buttons(self.question)
        self._add_fields(start)
        self._show(start)
        self._start = self.form.typed()
        if visit is not None:
            self._add_ways_out()
        self.form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._on_finished)
        self._on_changed()

    def _add_fields(self, start: VisitDraft) -> None:
        form, bands = self.form, self._branch.current().age_bands
        own, latest = start.profile, self._today
        day = DateField(tr("Day"), today=self._today, latest=latest)
        form.add("on", tr("Day"), day)
        form.add(
            "at", tr("Time"), TextField(), hint=tr("Empty: only the day is known"), beside=True
        )
        form.add("count", tr("How many people"), NumberField(low=1, high=MOST_AT_ONCE), beside=True)
        types = [(str(each), label(each)) for each in VisitorType]
        form.add("type", tr("Visitor"), ChipGroup(tr("Visitor"), types))
        add_sex_and_age(form, bands, own)
        institution = CompletedField(self._visits.institutions())
        form.add("institution", tr("Institution"), institution)
        form.add("leader_id", tr("Leader"), LeaderField(tr("Leader"), self._patrons), beside=True)
        form.add("parts", tr("Of these, as far as known"), PartsGrid(bands))
        add_occupation_and_education(form, self._branch, own)
        purposes = entry_options(self._branch.entries("purposes", retired=True), start.purpose)
        form.add("purpose", tr("Purpose"), ChoiceField(purposes))
        disabilities = [(str(each), label(each)) for each in Disability]
        form.add("disability", tr("Disability"), ChoiceField(disabilities), beside=True)
        form.add("note", tr("Note"), TextField())
        form.add("estimated", "", CheckField(tr("This count is an estimate")), beside=True)

    def _add_ways_out(self) -> None:
        self.add_button(Button(tr("Remove"), self._on_remove, kind="danger", icon="trash"))
        if self._card:
            self.add_button(Button(tr("Register…"), self._on_register, icon="members"))

    def _show(self, draft: VisitDraft) -> None:
        fill_profile(self.form, draft.profile)
        self.form.fill(
            on=draft.on,
            at=clock_text(draft.at) if draft.at else "",
            count=draft.count,
            type=str(draft.type),
            purpose=draft.purpose,
            disability=str(draft.disability),
            institution=draft.institution,
            leader_id=draft.leader_id,
            parts=draft.parts,
            note=draft.note,
            estimated=draft.method is Method.ESTIMATED,
        )

    def draft(self) -> VisitDraft:
        """The visit as typed; raises `InputError` where a field cannot be read."""
        value = self.form.value
        kind = VisitorType(value("type"))
        grouped = kind is VisitorType.GROUP
        before = self._visit
        brought = before.institution if before and before.type is not VisitorType.GROUP else None
        return VisitDraft(
            profile=Profile() if grouped else profile_in(self.form),
            count=value("count") or 0,
            purpose=value("purpose") or UNKNOWN,
            type=kind,
            disability=Disability(value("disability")),
            method=Method.ESTIMATED if value("estimated") else Method.COUNTED,
            patron_id=before.patron_id if before else None,
            institution=value("institution") if grouped else brought,
            leader_id=value("leader_id") if grouped else None,
            parts=value("parts") if grouped else (),
            on=value("on") or self._today,
            at=parse_time(value("at")),
            note=value("note"),
        )

    def _on_changed(self) -> None:
        """Show what belongs to the type, the age group of the years, and what the parts leave."""
        form = self.form
        grouped = form.value("type") == str(VisitorType.GROUP)
        named = self._visit is not None and self._visit.patron_id is not None
        for name in _OF_ONE:
            form.field(name).setVisible(not grouped and (name != "disability" or not named))
        for name in _OF_GROUP:
            form.field(name).setVisible(grouped)
        show_band_of_years(form, self._branch.current().age_bands)
        parts = form.field("parts").widget
        try:
            total = form.value("count")
        except InputError:  # told when it is stored
            return
        if isinstance(parts, PartsGrid):
            parts.show_rest(total)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question first, then the dialog."""
        if event.key() == Qt.Key.Key_Escape and self.question.current is not None:
            self.question.refuse()
        else:
            super().keyPressEvent(event)

    def _on_submitted(self) -> None:
        """Store it, or after the answer where the day is down as closed."""
        drafts: list[VisitDraft] = []
        if not self.form.attempt(lambda: drafts.append(self.draft())):
            return
        day = drafts[0].on or self._today
        moved = self._visit is None or self._visit.moment.local_date != day
        if moved and day <= self._today and self._visits.was_closed(day):
            self._ask_to_open(day)
        else:
            self._store()

    def _ask_to_open(self, day: date) -> None:
        text = tr("{day} is down as closed. Open that day and record it?", day=date_full(day))
        open_ = Answer(text=tr("Open and record"), slot=lambda: self._store(opening=day))
        self.question.show()
        self.question.ask(
            Question(about="opening", text=text, answers=(open_,), refused=self.form.focus_first)
        )
        self.question.take_focus()

    def _store(self, *, opening: date | None = None) -> None:
        kept: list[Visit] = []

        def work() -> None:
            draft = self.draft()
            opened = nullcontext() if opening is None else self._visits.opening(opening)
            with self._own(), opened:
                if self._visit is None:
                    kept.append(self._visits.record(draft))
                else:
                    kept.append(self._visits.change(self._visit.id, draft))

        if self.form.attempt(work):
            self._start = self.form.typed()
            self.accept()
            self.stored.emit(kept[0])

    def _on_remove(self) -> None:
        visit = self._visit
        assert visit is not None  # noqa: S101 - the button is there for a visit only

        def work() -> None:
            with self._own():
                self._visits.remove(visit.id)

        if self.form.attempt(work):
            self._start = self.form.typed()
            self.accept()
            self.removed.emit(visit)

    def _on_register(self) -> None:
        self.reject()
        self.register_asked.emit(self._visit, self._card)

    def _on_finished(self) -> None:
        self.setProperty("unfinished", self.form.typed() != self._start)
