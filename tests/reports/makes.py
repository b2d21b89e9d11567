"""Made-up months, in as few words as a test needs."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from perpudesk.branch.model import USUAL_WEEK, Branch, DayInfo
from perpudesk.computers.model import WorkstationState
from perpudesk.core.codes import (
    GROWING_LISTS,
    Audience,
    BranchKind,
    ClosedReason,
    Condition,
    DayState,
    MeetingKind,
    MeetingRole,
    Method,
    Precision,
    Strategy,
)
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.reports.acted import Acted, MeetingRow, PersonRow
from perpudesk.reports.closing import standing_of
from perpudesk.reports.counting import (
    Records,
    WhenRow,
    WhoRow,
    age_by_sex,
    days_that_came,
    figures_of,
)
from perpudesk.reports.lent import Lent, Place, PlaceRow, SessionRow, UserRow, with_slugs
from perpudesk.reports.model import Figures
from perpudesk.reports.periodic import Reported

BRANCH = Branch(
    id="0190b1e0-0000-7000-8000-000000000001",
    name="Perpusda Contoh",
    kind=BranchKind.DISTRICT,
    zone="Asia/Jakarta",
    place="Pangkalan Bun",
    letterhead=(
        "PEMERINTAH KABUPATEN CONTOH",
        "DINAS PERPUSTAKAAN DAN KEARSIPAN",
        "Jalan Contoh No. 1, Pangkalan Bun 74112",
    ),
)
OCTOBER = Period.parse("2026-10")
AFTER = date(2026, 11, 23)
OPENS = replace(BRANCH, opening_hours=USUAL_WEEK)
"""The same, open Monday to Friday for 420 minutes."""
_LISTS = {
    "purpose": "purposes",
    "occupation": "occupations",
    "education": "educations",
    "computer_purpose": "computer_purposes",
    "topic": "training_topics",
}


def when(day: str, count: int = 1, hour: int | None = 9, **other: Any) -> WhenRow:
    """So many visits of a day (`2026-10-05`); without an hour only the day is known."""
    precision = Precision.TIME if hour is not None else Precision.DAY
    values = {"precision": precision, "method": Method.COUNTED, **other}
    return WhenRow(day=date.fromisoformat(day), hour=hour, count=count, **values)


def who(count: int = 1, **other: Any) -> WhoRow:
    """So many visitors of whom nothing was recorded but what is named."""
    unknown: dict[str, Any] = dict.fromkeys(
        ("sex", "type", "occupation", "education", "purpose"), "unknown"
    )
    return WhoRow(count=count, **{**unknown, "age_years": None, "age_band": None, **other})


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Sessions alike in all that is told of them."""

    day: date
    hour: int | None
    precision: Precision
    device: bool = False
    method: Method = Method.COUNTED
    duration: str
    place: str | None = None
    moved: bool = False
    end: str
    sex: str = "unknown"
    age_years: int | None = None
    age_band: str | None = None
    type: str = "unknown"
    occupation: str = "unknown"
    education: str = "unknown"
    purpose: str = "unknown"
    count: int = 1
    minutes: int

    def part(self, kind: type[Any]) -> Any:
        """What a row of another kind has of them."""
        names = [each.name for each in fields(kind) if each.name != "timed"]
        timed = {"timed": self.duration != "unknown"} if kind is PlaceRow else {}
        return kind(**{name: getattr(self, name) for name in names}, **timed)


def session(day: str, minutes: int | None = 30, hour: int | None = 9, **other: Any) -> Used:
    """One session of a day (`2026-10-05`); without minutes they are unknown."""
    values: dict[str, Any] = {
        "precision": Precision.DAY if hour is None else Precision.TIME,
        "end": "unknown" if hour is None else "done",
        "duration": "unknown" if minutes is None else "counted",
        **other,
    }
    return Used(day=date.fromisoformat(day), hour=hour, minutes=minutes or 0, **values)


def rows_of(*sessions: Used) -> dict[str, Any]:
    """The rows of all three kinds that a store would find."""
    return {
        "sessions": tuple(each.part(SessionRow) for each in sessions),
        "users": tuple(each.part(UserRow) for each in sessions),
        "spots": tuple(each.part(PlaceRow) for each in sessions),
    }


def pc(number: int, *states: tuple[str, Condition, bool], label: str = "") -> Place:
    """A workstation; unless said public and in good order since the beginning of 2026."""
    known = states or (("2026-01-01", Condition.GOOD, True),)
    return Place(
        id=f"pc-{number}",
        label=label or f"PC {number}",
        number=number,
        states=tuple(
            WorkstationState(since=date.fromisoformat(day), condition=condition, is_public=public)
            for day, condition, public in known
        ),
    )


def lent(*sessions: Used, pcs: Sequence[Place] = (), **other: Any) -> Lent:
    """How computers were used; unless said there were two."""
    return Lent(places=with_slugs(pcs or (pc(1), pc(2))), **rows_of(*sessions), **other)


def meeting(day: str, present: int = 0, **other: Any) -> MeetingRow:
    """A meeting of the community on a day, with so many on its list; `of` is its course."""
    course: str | None = other.pop("of", None)
    values: dict[str, Any] = {
        "title": "Kelas" if course else "Rapat",
        "course_id": course,
        "audience": Audience.COMMUNITY if course else None,
        "topic": "business" if course else "unknown",
        "strategy": Strategy.INFORMATION_SERVICE if course else Strategy.COMMUNITY_ENGAGEMENT,
        "kind": "unknown" if course else MeetingKind.COMMUNITY_ACTIVITY,
        "role": "unknown" if course else MeetingRole.ORGANISED,
        "minutes": 90,
        "marks": present,
        "present": present,
        **other,
    }
    return MeetingRow(id=f"{day} {course}", day=date.fromisoformat(day), **values)


def present_at(row: MeetingRow, *sexes: str) -> tuple[PersonRow, ...]:
    """Somebody of each sex, always the same ones."""
    return tuple(
        PersonRow(meeting=row.id, person=f"p{at}", sex=sex) for at, sex in enumerate(sexes)
    )


def records(
    whens: Sequence[WhenRow] = (),
    whos: Sequence[WhoRow] | None = None,
    *,
    patrons: int = 0,
    methods: Sequence[Method] = (Method.COUNTED,),
    lent: Lent | None = None,
    acted: Acted | None = None,
) -> Records:
    """The visits of a period; without `whos` nothing was recorded of the visitors."""
    total = sum(row.count for row in whens)
    people = tuple(whos) if whos is not None else (who(total),) if total else ()
    named = frozenset(methods) if patrons else frozenset()
    return Records(
        when=tuple(whens),
        who=people,
        patrons=patrons,
        patron_methods=named,
        lent=lent or Lent(),
        acted=acted or Acted(),
    )


def days(
    states: Mapping[int, DayState] | None = None,
    *,
    visits: Mapping[int, int] | None = None,
    reasons: Mapping[int, ClosedReason] | None = None,
    rest: DayState = DayState.NOT_SET,
    month: Period = OCTOBER,
    was_set: bool = True,
) -> list[DayInfo]:
    """Every day of a month; those that are not named are `rest`."""
    named, numbers = states or {}, visits or {}
    last = monthrange(month.first.year, month.first.month)[1]
    return [
        DayInfo(
            date=month.first.replace(day=at),
            state=named.get(at, DayState.OPEN_COUNTED if at in numbers else rest),
            was_set=was_set and at in named,
            reason=(reasons or {}).get(at),
            visits=numbers.get(at, 0),
        )
        for at in range(1, last + 1)
    ]


def figures(
    whens: Sequence[WhenRow] = (),
    whos: Sequence[WhoRow] | None = None,
    *,
    on: Sequence[DayInfo] | None = None,
    period: Period = OCTOBER,
    branch: Branch = BRANCH,
    **other: Any,
) -> Figures:
    """The figures of those visits; days with visits are open and counted unless said."""
    found = records(whens, whos, **other)
    if on is None:
        sums: dict[int, int] = {}
        for row in whens:
            if row.precision is not Precision.MONTH:
                sums[row.day.day] = sums.get(row.day.day, 0) + row.count
        on = days(visits=sums, month=period)
    return figures_of(branch, period, on, found)


def month(
    whens: Sequence[WhenRow] = (),
    whos: Sequence[WhoRow] | None = None,
    *,
    on: Sequence[DayInfo] | None = None,
    before: Figures | None = None,
    year_before: Figures | None = None,
    today: date = AFTER,
    period: Period = OCTOBER,
    patrons: int = 0,
    methods: Sequence[Method] = (Method.COUNTED,),
    lent: Lent | None = None,
    acted: Acted | None = None,
    branch: Branch = BRANCH,
    **other: Any,
) -> Reported:
    """A month to report on."""
    found = records(whens, whos, patrons=patrons, methods=methods, lent=lent, acted=acted)
    if on is None:
        sums: dict[int, int] = {}
        for row in whens:
            if row.precision is not Precision.MONTH:
                sums[row.day.day] = sums.get(row.day.day, 0) + row.count
        on = days(visits=sums, month=period)
    other.setdefault("state", standing_of(period, today, None, ()))
    return Reported(
        figures=figures_of(branch, period, days_that_came(on, today), found),
        before=before or figures_of(branch, period.before(), (), records()),
        year_before=year_before or figures_of(branch, period.year_before(), (), records()),
        days=tuple(on),
        today=today,
        estimated=found.estimated,
        acted=found.acted,
        unsettled=found.lent.unsettled,
        age_by_sex=age_by_sex(branch.age_bands, found.who),
        labels={
            **{
                called: {slug: tr(text) for slug, text in GROWING_LISTS[name].items()}
                for called, name in _LISTS.items()
            },
            "workstation": {each.slug: each.label for each in found.lent.places.values()},
        },
        **other,
    )
