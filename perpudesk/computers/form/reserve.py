"""Computers reserved for a class or for somebody: when, which, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.computers.booking import (
    KEPT_END_MISSING,
    Reservation,
    ReservationDraft,
    ReservationKind,
)
from perpudesk.computers.form.words import span
from perpudesk.computers.model import Workstation
from perpudesk.computers.reserving import ReservationService
from perpudesk.computers.rules import START_MISSING
from perpudesk.computers.times import Times, is_minutes, moments_of
from perpudesk.core.codes import Condition
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import clock_text
from perpudesk.core.i18n import tr, trc
from perpudesk.core.times import zone
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.layout import boxed, row
from perpudesk.ui.ticks import TickGroup
from perpudesk.visits.form.seek import LeaderField

USUAL = timedelta(hours=1)
ALL_KEY = "Alt+A"
_QUARTER = timedelta(minutes=15)
_LATER_MS = 150
"""What is taken at a time is looked up when typing pauses."""


class ReserveDialog(FormDialog):
    """Enter reserves or changes; Escape keeps what was typed, for when it is opened again."""

    WIDE = 680
    stored = Signal(object)
    """The `Reservation`, on the disk."""

    def __init__(
        self,
        reservations: ReservationService,
        patrons: PatronService,
        branch: BranchService,
        workstations: Callable[[], list[Workstation]],
        *,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        """`workstations` are those of the branch now."""
        form = Form(enter_submits=True)
        super().__init__(tr("Reserve computers"), form, action=trc("do", "Reserve"), parent=parent)
        self._reservations, self._patrons, self._branch = reservations, patrons, branch
        self._workstations, self._now = workstations, now
        self._known: Reservation | None = None
        self._begun = False
        self.kind = ChipGroup(tr("For whom"), _kinds())
        self.title_ = TextField()
        self.patron = LeaderField(tr("Name"), patrons)
        self.places = TickGroup(tr("Computers"))
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self._show_taken)
        self._add_fields()
        self.kind.chosen.connect(self._show_kind)
        self.patron.new_asked.connect(self._on_new_patron)
        form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._later.stop)

    @property
    def _where(self) -> tzinfo:
        return zone(self._branch.current().zone)

    def _add_fields(self) -> None:
        form, today = self.form, self._branch.today()
        form.add("kind", tr("For whom"), self.kind)
        form.add("title", tr("Title of the class"), self.title_)
        form.add("patron_id", tr("Name (may stay empty)"), self.patron)
        form.add("on", tr("Day"), DateField(tr("Day"), today=today), stretch=2)
        form.add("start", tr("From"), TextField(placeholder="10.00"), beside=True)
        until = TextField(placeholder="11.30")
        form.add("end", tr("Until, or minutes"), until, beside=True)
        form.add("workstations", tr("Computers"), self.places)
        every = Button(tr("All that are free"), self.places.tick_all, kind="link", key=ALL_KEY)
        QShortcut(QKeySequence(ALL_KEY), self).activated.connect(self.places.tick_all)
        form.add_part(boxed(row(every, None)))
        form.add("note", tr("Note"), TextField())

    # ---------------------------------------------------------------- opened

    def begin(self, place: Workstation | None = None) -> None:
        """Open it for a new reservation, perhaps of this workstation; a draft is gone on with."""
        if not self._begun or self._known is not None:
            self._fill_new()
        self._offer()
        if place is not None:
            self.places.set_value({*self.places.value(), place.id})
        self._open()

    def change(self, known: Reservation) -> None:
        """Open it on a reservation that stands."""
        self._known, self._begun = known, True
        start, end = (each.astimezone(self._where) for each in (known.start, known.end))
        self._offer()
        self.form.fill(
            kind=str(known.kind),
            title=known.title,
            patron_id=known.patron_id,
            on=start.date(),
            start=clock_text(start),
            end=clock_text(end),
            workstations=known.workstation_ids,
            note=known.note,
        )
        self._open()

    def _fill_new(self) -> None:
        self._known, self._begun = None, True
        start = _next_quarter(self._now().astimezone(self._where))
        self.places.set_value(())
        self.form.fill(
            kind=str(ReservationKind.CLASS),
            title=None,
            patron_id=None,
            on=start.date(),
            start=clock_text(start),
            end=clock_text(start + USUAL),
            note=None,
        )

    def _open(self) -> None:
        self.form.clear_errors()
        new = self._known is None
        self.set_title(tr("Reserve computers") if new else tr("Change the reservation"))
        self.save.set_label(trc("do", "Reserve") if new else tr("Save"))
        self._show_kind()
        self._show_taken()
        self.open()
        first = self.title_ if self.title_.isVisibleTo(self) else self.patron
        first.setFocus()

    def _offer(self) -> None:
        known = self._known
        held = () if known is None else known.workstation_ids
        self.places.set_options(
            [
                (each.id, _place_words(each))
                for each in self._workstations()
                if each.state.is_public or each.id in held
            ]
        )

    # ---------------------------------------------------------------- typed

    def draft(self) -> ReservationDraft:
        """The reservation as typed; raises `InputError` where a field cannot be read."""
        value = self.form.value
        start, end = self._times()
        if start is None:
            raise InputError(START_MISSING, field="start")
        if end is None:
            raise InputError(KEPT_END_MISSING, field="end")
        kind = ReservationKind(value("kind"))
        return ReservationDraft(
            kind=kind,
            title=value("title") if kind is ReservationKind.CLASS else None,
            patron_id=value("patron_id") if kind is ReservationKind.PERSON else None,
            start=start,
            end=end,
            workstation_ids=value("workstations"),
            note=value("note"),
        )

    def _times(self) -> tuple[datetime | None, datetime | None]:
        value = self.form.value
        typed = Times(on=value("on"), start=value("start"), end=value("end"))
        return moments_of(typed, self._where)

    def _on_changed(self) -> None:
        self._later.start()

    def _show_kind(self) -> None:
        is_class = self.kind.value() == ReservationKind.CLASS
        self.form.field("title").setVisible(is_class)
        self.form.field("patron_id").setVisible(not is_class)

    def _show_taken(self) -> None:
        """Which computers are reserved at that time already, and until when it is."""
        try:
            start, end = self._times()
        except PerpuDeskError:  # half a time is being typed
            start = end = None
        told = ""
        closed: dict[str, str] = {}
        if start is not None and end is not None and start < end:
            if is_minutes(self.form.value("end")):
                told = tr("until {time}", time=clock_text(end.astimezone(self._where)))
            but = None if self._known is None else self._known.id
            for each in self._reservations.meeting(start, end, but=but):
                closed |= dict.fromkeys(each.workstation_ids, _taken_words(each, self._where))
        self.form.field("end").set_hint(told)
        self.places.close_boxes(closed)

    # ---------------------------------------------------------------- done

    def _on_submitted(self) -> None:
        kept: list[Reservation] = []

        def work() -> None:
            if self._known is None:
                kept.append(self._reservations.reserve(self.draft()))
            else:
                kept.append(self._reservations.change(self._known.id, self.draft()))

        if self.form.attempt(work):
            self._begun = False
            self.accept()
            self.stored.emit(kept[0])

    def _on_new_patron(self, typed: str) -> None:
        from perpudesk.patrons.form import PatronDialog

        draft = PatronDraft(name=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self)
        dialog.saved.connect(self._on_patron)
        dialog.open()

    def _on_patron(self, patron: Patron) -> None:
        self.patron.choose(patron)
        self.patron.setFocus()


def _kinds() -> list[tuple[str, str]]:
    return [
        (str(ReservationKind.CLASS), trc("reservation", "Class")),
        (str(ReservationKind.PERSON), trc("reservation", "One person")),
    ]


def _place_words(place: Workstation) -> str:
    """The label, with what is wrong with it."""
    if place.state.condition is Condition.GOOD:
        return place.label
    return " · ".join((place.label, trc("workstation", "Broken").lower()))


def _taken_words(kept: Reservation, where: tzinfo) -> str:
    return f"{span(kept, where)} · {kept.whom}"


def _next_quarter(now: datetime) -> datetime:
    """The next full quarter of an hour."""
    begun = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return begun + _QUARTER
