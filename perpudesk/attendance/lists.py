"""The list of an activity on paper: to be signed, as it was taken, or empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from perpudesk.attendance.framing import House, framed, signed_by_trainer
from perpudesk.attendance.model import Meeting, Participant, Sheet, when_text
from perpudesk.core.codes import UNKNOWN, AgeBand, MeetingState, Mode, Sex
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import NOTHING, date_full, date_long, date_short, number
from perpudesk.core.i18n import N_, tr, trc, trn
from perpudesk.paper.document import Block, Column, Document, Note, OnSheet, Row, Table, Title
from perpudesk.paper.forms import Format, NewPage, Roll

BAD_LIST_PAGES = Problem("bad_list_pages", "Ask for {low} to {high} pages.")

MOST_PAGES = 20
"""Of an empty list, in one go (ours)."""
SPARE = 3
"""Empty rows at least, for those who come without being on the list (ours)."""
_CANCELLED = MeetingState.CANCELLED
_UPRIGHT = 4
"""So many meetings stand beside each other on upright paper."""
_WIDE = 10
"""And so many on wide paper; more go on with another sheet."""


class Filling(StrEnum):
    """What stands on the list."""

    SIGN = "sign"
    TAKEN = "taken"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What the list is of; `minutes` is how long a meeting usually lasts."""

    title: str
    kind: str
    """What a librarian calls it: a training, a community's meeting."""
    by: str | None = None
    """The community, or who organises it."""
    trainers: tuple[str, ...] = ()
    place: str | None = None
    minutes: int | None = None
    occupations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list is printed from; an empty one has so many `pages`."""

    house: House
    activity: Activity
    sheet: Sheet
    filling: Filling = Filling.SIGN
    pages: int = 1

    @property
    def taken(self) -> bool:
        """Whether it says who was there."""
        return self.filling is Filling.TAKEN

    @property
    def row_mm(self) -> float:
        """How high a row is at least: less where nobody writes in it."""
        return 6.2 if self.taken else 8.0

    @property
    def spare(self) -> int:
        """How many empty rows there are at least."""
        return SPARE if self.filling is Filling.SIGN else 0

    def who(self, meetings: Sequence[Meeting]) -> tuple[Participant, ...]:
        """Who stands on the paper: as taken, those too who were marked and went."""
        if self.filling is Filling.EMPTY:
            return ()
        if not self.taken:
            return self.sheet.on_list
        return tuple(
            each
            for each in self.sheet.participants
            if each.listed or any(self.sheet.mark(of, each) is not None for of in meetings)
        )


def attendance_list(listing: Listing, meeting: Meeting | None = None) -> Document:
    """The list of one meeting, or of all beside each other (None).

    Raises `InputError` (field `pages`) where an empty one is too long.
    """
    if not 1 <= listing.pages <= MOST_PAGES:
        raise InputError(BAD_LIST_PAGES, field="pages", low=1, high=number(MOST_PAGES))
    name, about = list_name(listing.filling), listing.activity.title
    if meeting is not None:
        about = f"{about} · {date_long(meeting.schedule.day)}"
        return framed(listing.house, name, about, tuple(_of_one(listing, meeting)))
    meetings = [each for each in listing.sheet.meetings if each.state is not _CANCELLED]
    lies = Format.UPRIGHT if len(meetings) <= _UPRIGHT else Format.WIDE
    return framed(listing.house, name, about, tuple(_of_all(listing, meetings)), lies=lies)


def list_name(filling: Filling) -> str:
    """What a librarian calls it."""
    return tr(_NAMES[filling])


def filling_names() -> dict[str, str]:
    """How a list can be filled, as it is offered."""
    return {
        str(Filling.SIGN): tr("To sign"),
        str(Filling.TAKEN): tr("As taken"),
        str(Filling.EMPTY): tr("Empty"),
    }


_NAMES = {
    Filling.SIGN: N_("Attendance list"),
    Filling.TAKEN: N_("Attendance as taken"),
    Filling.EMPTY: N_("Empty attendance list"),
}


# ---------------------------------------------------------------- one meeting


def _of_one(listing: Listing, meeting: Meeting) -> Iterator[OnSheet]:
    people = listing.who([meeting])
    last = trc("register", "Attendance") if listing.taken else tr("Signature")
    yield _title()
    yield _facts(listing.activity, [meeting])
    yield Roll(
        titles=(*_person_titles(), tr("Occupation"), last),
        shares=(8.5, 54, 10, 12, 30, 40.5),
        rows=tuple(_row_of_one(listing, meeting, each) for each in people),
        total=_total_of_one(listing.sheet, meeting) if listing.taken and people else (),
        row_mm=listing.row_mm,
        signed=not listing.taken,
        spare=listing.spare,
        pages=listing.pages,
    )
    if listing.taken:
        yield from _as_taken([meeting])
    yield signed_by_trainer(listing.house, listing.activity.trainers, meeting.schedule.day)


def _row_of_one(listing: Listing, meeting: Meeting, who: Participant) -> tuple[str, ...]:
    slug = who.profile.occupation
    work = "" if slug == UNKNOWN else listing.activity.occupations.get(slug, slug)
    mark = (_MARKS[listing.sheet.mark(meeting, who)],) if listing.taken else ()
    return (*_person(who), work, *mark)


def _total_of_one(sheet: Sheet, meeting: Meeting) -> tuple[str, ...]:
    present = sum(sheet.mark(meeting, each) is True for each in sheet.participants)
    return ("", tr("Present"), "", "", "", number(present))


# ---------------------------------------------------------------- all meetings


def _of_all(listing: Listing, meetings: Sequence[Meeting]) -> Iterator[OnSheet | NewPage]:
    people = listing.who(meetings)
    most = _UPRIGHT if len(meetings) <= _UPRIGHT else _WIDE
    for start in range(0, max(1, len(meetings)), most):
        part = meetings[start : start + most]
        last = start + most >= len(meetings)
        if start:
            yield NewPage()
        yield _title()
        yield _facts(listing.activity, meetings)
        yield _beside_each_other(listing, part, people, sums=last)
        if listing.taken:
            yield from _as_taken(part)
        if last:
            yield signed_by_trainer(listing.house, listing.activity.trainers, None)


def _beside_each_other(
    listing: Listing, meetings: Sequence[Meeting], people: Sequence[Participant], *, sums: bool
) -> Roll:
    """A column for each meeting; `sums` says at how many of all held each was."""
    sheet, filled = listing.sheet, listing.taken and bool(people)
    summed = sums and filled
    rows = []
    for each in people:
        marks = [_MARKS[sheet.mark(of, each)] if filled else "" for of in meetings]
        came = f"{sheet.attended(each)}/{len(sheet.held)}"
        rows.append((*_person(each), *marks, *([came] if summed else ())))
    total: tuple[str, ...] = ()
    if filled:
        present = [sum(sheet.mark(of, each) is True for each in people) for of in meetings]
        total = ("", tr("Present"), "", "", *map(number, present), *([""] if summed else ()))
    return Roll(
        titles=(
            *_person_titles(),
            *(date_short(each.schedule.day) for each in meetings),
            *((tr("Present"),) if summed else ()),
        ),
        shares=(8.5, 54, 10, 12, *[18.0] * (len(meetings) + summed)),
        rows=tuple(rows),
        total=total,
        row_mm=listing.row_mm,
        spare=listing.spare,
        pages=listing.pages,
    )


# ---------------------------------------------------------------- parts of both


def _title() -> Title:
    return Title(text=tr("ATTENDANCE LIST"))


def _facts(activity: Activity, meetings: Sequence[Meeting]) -> Table:
    """What, by whom, where and when."""
    first = meetings[0] if len(meetings) == 1 else None
    named = [activity.title]
    if first is not None and first.title and first.title != activity.title:
        named.append(first.title)
    place = first.schedule.place if first is not None else None
    facts = [
        (activity.kind, " · ".join(named)),
        (tr("Organiser"), activity.by),
        (tr("Trainer"), ", ".join(activity.trainers)),
        (tr("Place"), _place(first, place or activity.place)),
        (tr("Date"), _when(meetings)),
        (tr("Hours"), _hours(first, activity)),
    ]
    rows = tuple(Row(cells=(name, told)) for name, told in facts if told)
    return Table(columns=(Column(share=1), Column(share=5)), rows=rows, dense=True)


def _place(meeting: Meeting | None, place: str | None) -> str:
    if meeting is not None and meeting.schedule.mode is Mode.ONLINE:
        return tr("Online")
    return place or ""


def _when(meetings: Sequence[Meeting]) -> str:
    days = [each.schedule.day for each in meetings]
    if len(days) == 1:
        return date_full(days[0])
    return days_text(days)


def days_text(days: Sequence[date]) -> str:
    """From the first day to the last, `9–30 November 2026`; nothing for none."""
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return date_long(first)
    if first.year != last.year:
        return f"{date_long(first)} – {date_long(last)}"
    if first.month != last.month:
        return f"{date_long(first).removesuffix(f' {first.year}')} – {date_long(last)}"
    return f"{first.day}–{date_long(last)}"


def _hours(meeting: Meeting | None, activity: Activity) -> str:
    if meeting is not None and (when := when_text(meeting.schedule)):
        return when
    return minutes_text(
        (meeting.schedule.minutes if meeting is not None else None) or activity.minutes
    )


def minutes_text(minutes: int | None) -> str:
    """`2 jam`, `1,5 jam`, `45 menit`; nothing for None."""
    if minutes is None:
        return ""
    if minutes < 60:
        return trn("{shown} minute", "{shown} minutes", minutes, shown=minutes)
    hours = minutes / 60
    shown = number(hours, 0 if minutes % 60 == 0 else 1)
    return trn("{shown} hour", "{shown} hours", 1 if minutes == 60 else 2, shown=shown)


def _person_titles() -> tuple[str, ...]:
    return (trc("register", "No."), tr("Name"), tr("M/F"), tr("Age"))


def _person(who: Participant) -> tuple[str, ...]:
    """Name, sex and age as far as they are known."""
    profile, age = who.profile, ""
    if profile.age_years is not None:
        age = number(profile.age_years)
    elif profile.age_band is not None:
        age = AgeBand.parse(profile.age_band).label
    return who.name or "", sex_letter(profile.sex), age


def sex_letter(sex: Sex) -> str:
    """`P`, `L`, or nothing where it is not recorded."""
    if sex is Sex.UNKNOWN:
        return ""
    return trc("sex", "F") if sex is Sex.FEMALE else trc("sex", "M")


def _as_taken(meetings: Sequence[Meeting]) -> Iterator[Block]:
    """How many came whom no list names, and what the marks mean."""
    for each in meetings:
        if each.headcount is not None and each.headcount.count:
            yield Note(
                text=trn(
                    "{date}: {shown} more person was counted without a list.",
                    "{date}: {shown} more people were counted without a list.",
                    each.headcount.count,
                    date=date_long(each.schedule.day),
                    shown=number(each.headcount.count),
                )
            )
    yield Note(text=tr("✓ was there · {absent} was not · empty: not recorded", absent=NOTHING))


_MARKS: Mapping[bool | None, str] = {True: "✓", False: NOTHING, None: ""}
