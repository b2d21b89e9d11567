"""A course as it is typed: new, mended, or begun as one of PerpuSeru's series for staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.model import MOST_MINUTES
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN, Audience, Funding, Mode, Strategy, label
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.core.money import rupiah_of
from perpudesk.patrons.service import PatronService
from perpudesk.trainings.form.trainers import TrainersField
from perpudesk.trainings.model import MOST_PLACES, Course, CourseDraft
from perpudesk.trainings.service import TrainingService
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import ChoiceField, NumberField, TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.layout import FlowLayout, boxed, column
from perpudesk.ui.text import Text
from perpudesk.visits.form.inputs import CompletedField, entry_options

STAFF_SERIES = ("ict_information_literacy", "marketing_service", "advocacy_mobilisation")
"""The topics of PerpuSeru's courses for librarians."""
NOBODY_PAYS = ""
_PLAIN = ("title", "target_group", "organiser", "partner", "place", "note")
_AS_THEY_ARE = ("trainer_ids", "capacity", "starts_on", "ends_on", "threshold")
_FOR = {Audience.COMMUNITY: "target_group", Audience.STAFF: "organiser"}
"""The field that only a course for these has."""


class CourseDialog(FormDialog):
    """Enter goes on and saves at the end, Ctrl+Enter saves anywhere; Escape keeps what was typed.

    The property `unfinished` says whether something typed waits in it.
    """

    WIDE = 720
    stored = Signal(object)
    """The `Course` as it is on the disk now."""

    def __init__(
        self,
        trainings: TrainingService,
        patrons: PatronService,
        branch: BranchService,
        *,
        course: Course | None = None,
        starts: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """For a new course, perhaps from a day on, or for `course`."""
        title = tr("New training") if course is None else tr("Edit training")
        super().__init__(title, Form(), parent=parent)
        self._trainings, self._branch, self._course = trainings, branch, course
        self._topics = branch.entries("training_topics", retired=True)
        self.trainers = TrainersField(patrons, branch)
        if course is None:
            self.form.add_part(self._quick_starts())
        self._add_what(UNKNOWN if course is None else course.topic)
        self._add_whose()
        self._add_when()
        draft = CourseDraft(title="", starts_on=starts) if course is None else course.draft()
        self.form.fill(**_shown(draft))
        self._show_audience()
        self._start = self.form.typed()
        self.form.changed.connect(self._show_audience)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._on_finished)

    def _quick_starts(self) -> QWidget:
        labels = {each.slug: each.label for each in self._topics}
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=6)
        for slug in STAFF_SERIES:
            flow.addWidget(Button(labels[slug], partial(self._on_series, slug)))
        caption = Text(tr("PerpuSeru's series for staff fill in the rest:"), "caption")
        return boxed(column(caption, buttons, gap=4))

    def _add_what(self, topic: str) -> None:
        form = self.form
        form.add("title", tr("Title"), TextField())
        audiences = [(str(each), label(each)) for each in Audience]
        form.add("audience", tr("For"), ChipGroup(tr("For"), audiences))
        form.add("target_group", tr("Target group"), TextField(placeholder=tr("women, youth, …")))
        form.add("organiser", tr("Organised by"), TextField(), beside=True)
        form.add("topic", tr("Topic"), ChoiceField(entry_options(self._topics, topic)))
        strategies = [(str(each), label(each)) for each in Strategy]
        form.add("strategy", tr("Strategy"), ChoiceField(strategies), beside=True)

    def _add_whose(self) -> None:
        form = self.form
        hint = tr("Not counted among the participants.")
        form.add("trainer_ids", tr("Trainers"), self.trainers, hint=hint)
        form.add("partner", tr("Partner"), CompletedField(self._trainings.partners()))
        payers = [(NOBODY_PAYS, tr("not recorded")), *_options(tuple(Funding))]
        form.add("funding", tr("Paid from"), ChoiceField(payers), beside=True)
        cost = TextField(placeholder="1.500.000")
        form.add("cost", tr("Cost (Rp)"), cost, beside=True)

    def _add_when(self) -> None:
        form, today = self.form, self._branch.today()
        form.add("place", tr("Place"), CompletedField(self._trainings.places()), stretch=2)
        form.add("mode", tr("Where people meet"), ChoiceField(_options(tuple(Mode))), beside=True)
        for name, words in (("starts_on", tr("Starts")), ("ends_on", tr("Ends"))):
            field = DateField(words, today=today)
            form.add(name, words, field, beside=name == "ends_on")
        minutes = NumberField(low=1, high=MOST_MINUTES)
        form.add("minutes_per_meeting", tr("Minutes per meeting"), minutes)
        places = NumberField(low=1, high=MOST_PLACES)
        form.add("capacity", tr("Places"), places, beside=True, hint=tr("Empty: no limit."))
        usual = number(self._branch.current().certificate_threshold)
        form.add(
            "threshold",
            tr("Certificate from (%)"),
            NumberField(low=0, high=100),
            beside=True,
            hint=tr("Empty: {usual}%.", usual=usual),
        )
        form.add("note", tr("Note"), TextField())

    # ---------------------------------------------------------------- typed

    def draft(self) -> CourseDraft:
        """The course as typed; raises `InputError` where a field cannot be read."""
        value = self.form.value
        given: dict[str, Any] = {name: value(name) or None for name in _PLAIN}
        given |= {name: value(name) for name in _AS_THEY_ARE}
        audience = Audience(value("audience"))
        for other, name in _FOR.items():
            if other is not audience:
                given[name] = None
        paid = value("funding") or None
        return CourseDraft(
            **{**given, "title": given["title"] or ""},
            topic=value("topic") or UNKNOWN,
            strategy=Strategy(value("strategy")),
            audience=audience,
            funding=None if paid is None else Funding(paid),
            cost=rupiah_of(value("cost"), field="cost"),
            mode=Mode(value("mode")),
            minutes_per_meeting=value("minutes_per_meeting"),
        )

    def _show_audience(self) -> None:
        audience = self.form.value("audience")
        for whose, name in _FOR.items():
            self.form.field(name).setVisible(audience == whose)

    def _on_series(self, slug: str) -> None:
        """Fill in a series for staff; a title that somebody typed stays."""
        names = {each.slug: each.label for each in self._topics}
        typed = self.form.value("title")
        title = typed if typed and typed not in names.values() else names[slug]
        self.form.fill(title=title, topic=slug, audience=str(Audience.STAFF))
        self._show_audience()
        self.form.focus_first()

    def _on_submitted(self) -> None:
        kept: list[Course] = []
        if self.form.attempt(lambda: kept.append(self._store())):
            self._start = self.form.typed()
            self.accept()
            self.stored.emit(kept[0])

    def _store(self) -> Course:
        draft = self.draft()
        if self._course is None:
            return self._trainings.add(draft)
        return self._trainings.change(self._course.id, draft)

    def _on_finished(self) -> None:
        self.setProperty("unfinished", self.form.typed() != self._start)


def _shown(draft: CourseDraft) -> dict[str, Any]:
    """A course as its fields show it."""
    shown = {name: getattr(draft, name) for name in (*_PLAIN, *_AS_THEY_ARE)}
    return {
        **shown,
        "topic": draft.topic,
        "strategy": str(draft.strategy),
        "audience": str(draft.audience),
        "funding": NOBODY_PAYS if draft.funding is None else str(draft.funding),
        "cost": "" if draft.cost is None else number(draft.cost),
        "mode": str(draft.mode),
        "minutes_per_meeting": draft.minutes_per_meeting,
    }


def _options(codes: Sequence[Funding | Mode]) -> list[tuple[str, str]]:
    return [(str(each), label(each)) for each in codes]
