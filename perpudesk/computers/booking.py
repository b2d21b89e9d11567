"""Workstations kept for later: for a person, or a block of them for a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from perpudesk.branch.checks import check_day, clean
from perpudesk.computers.model import NOTE_MOST, Workstation
from perpudesk.core.codes import Condition
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import clock_text, date_long
from perpudesk.core.i18n import tr

TITLE_MISSING = Problem(
    "class_title_missing", "The class has no title. Type one, for example “Email for business”."
)
KEPT_END_MISSING = Problem(
    "kept_end_missing", "The end is empty. Type a time such as 11.30, or how many minutes."
)
KEPT_BACKWARD = Problem(
    "kept_backward", "{end} is not after the start at {start}. Correct one of the two."
)
KEPT_IN_PAST = Problem(
    "kept_in_past", "{date}, {time} is over. Keep computers for a time that is still to come."
)
KEPT_TOO_LONG = Problem(
    "kept_too_long", "A reservation lasts a day at most. Reserve each day by itself."
)
KEPT_TOO_FAR = Problem("kept_too_far", "{date} is more than a year ahead. Check the year.")
NONE_KEPT = Problem("none_kept", "No computer is chosen. Tick at least one.")
CANNOT_BE_KEPT = Problem(
    "cannot_be_kept", "{label} is not a computer for the public. Choose another one."
)
GONE_MEANWHILE = Problem(
    "kept_gone", "A chosen computer is not here any more. Choose the computers again."
)
KEPT_ALREADY = Problem(
    "kept_already",
    "{label} is reserved from {start} to {end} already ({whom}). Choose another time or computer.",
)
TITLE_MOST = 120
LONGEST = timedelta(days=1)
FARTHEST = timedelta(days=366)
"""Nobody plans a computer further ahead: a later year is a mistyped one (ours)."""


class ReservationKind(StrEnum):
    """For whom workstations are kept."""

    PERSON = "person"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Workstations kept from `start` to `end`; a class has a title, a person perhaps a name."""

    id: str
    kind: ReservationKind
    title: str | None
    patron_id: str | None
    patron_name: str | None
    local_date: date
    start: datetime
    end: datetime
    workstation_ids: tuple[str, ...]
    note: str | None

    @property
    def whom(self) -> str:
        """For whom it is, in a few words."""
        return self.title or self.patron_name or tr("a person")

    def goes_on(self, now: datetime) -> bool:
        """Whether its workstations are kept at this moment."""
        return self.start <= now < self.end

    def draft(self) -> ReservationDraft:
        """The reservation as it would be typed."""
        return ReservationDraft(
            kind=self.kind,
            title=self.title,
            patron_id=self.patron_id,
            start=self.start,
            end=self.end,
            workstation_ids=self.workstation_ids,
            note=self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationDraft:
    """A reservation as typed."""

    kind: ReservationKind
    start: datetime
    end: datetime
    workstation_ids: tuple[str, ...]
    title: str | None = None
    patron_id: str | None = None
    note: str | None = None


def admit(
    draft: ReservationDraft,
    *,
    now: datetime,
    where: tzinfo,
    known: Sequence[Workstation],
    others: Iterable[Reservation],
    before: Reservation | None = None,
) -> ReservationDraft:
    """The draft as it may be stored; raises `InputError` on the first field that is refused.

    Computers are kept for a person while the time is still to come, or goes on. A class may be
    entered when it is over too: it was held, and its minutes count. The workstations come out in
    the order of `known`.
    """
    is_class = draft.kind is ReservationKind.CLASS
    title = clean(draft.title, "title", most=TITLE_MOST) if is_class else None
    if is_class and title is None:
        raise InputError(TITLE_MISSING, field="title")
    begun = is_class or (before is not None and before.start <= now)
    _check_times(draft, now, where, begun=begun)
    chosen = _chosen(draft.workstation_ids, known, before)
    _refuse_kept(draft, chosen, others, where)
    return replace(
        draft,
        title=title,
        patron_id=None if is_class else draft.patron_id,
        workstation_ids=tuple(each.id for each in chosen),
        note=clean(draft.note, "note", most=NOTE_MOST),
    )


def _check_times(draft: ReservationDraft, now: datetime, where: tzinfo, *, begun: bool) -> None:
    start, end = draft.start.astimezone(where), draft.end.astimezone(where)
    if end <= start:
        told = {"start": clock_text(start), "end": clock_text(end)}
        raise InputError(KEPT_BACKWARD, field="end", **told)
    if end - start > LONGEST:
        raise InputError(KEPT_TOO_LONG, field="end")
    if start - now > FARTHEST:
        raise InputError(KEPT_TOO_FAR, field="on", date=date_long(start.date()))
    check_day(start.date(), today=date.max, field="on")
    if begun:
        return
    if start.date() < now.astimezone(where).date():
        field, wrong = "on", start
    elif end <= now:
        field, wrong = "end", end
    else:
        return
    raise InputError(
        KEPT_IN_PAST, field=field, date=date_long(wrong.date()), time=clock_text(wrong)
    )


def _chosen(
    ids: Iterable[str], known: Sequence[Workstation], before: Reservation | None
) -> list[Workstation]:
    """The workstations of these ids; what was kept already stays, whatever became of it since."""
    wanted, had = set(ids), () if before is None else before.workstation_ids
    chosen = [each for each in known if each.id in wanted]
    if not wanted:
        raise InputError(NONE_KEPT, field="workstations")
    if len(chosen) < len(wanted):
        raise InputError(GONE_MEANWHILE, field="workstations")
    for each in chosen:
        gone = each.state.condition is Condition.RETIRED
        if (gone or not each.state.is_public) and each.id not in had:
            raise InputError(CANNOT_BE_KEPT, field="workstations", label=each.label)
    return chosen


def _refuse_kept(
    draft: ReservationDraft,
    chosen: Iterable[Workstation],
    others: Iterable[Reservation],
    where: tzinfo,
) -> None:
    """Raise `InputError` where another reservation has one of them at the same time."""
    meeting = [each for each in others if each.start < draft.end and draft.start < each.end]
    for place in chosen:
        for each in meeting:
            if place.id in each.workstation_ids:
                raise InputError(
                    KEPT_ALREADY,
                    field="workstations",
                    label=place.label,
                    start=clock_text(each.start.astimezone(where)),
                    end=clock_text(each.end.astimezone(where)),
                    whom=each.whom,
                )
