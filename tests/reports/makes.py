"""Made-up months, in as few words as a test needs."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from perpudesk.branch.model import Branch, DayInfo
from perpudesk.core.codes import (
    GROWING_LISTS,
    BranchKind,
    ClosedReason,
    DayState,
    Method,
    Precision,
)
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.reports.closing import standing_of
from perpudesk.reports.counting import (
    Records,
    WhenRow,
    WhoRow,
    age_by_sex,
    days_that_came,
    figures_of,
)
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
_LISTS = {"purpose": "purposes", "occupation": "occupations", "education": "educations"}


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


def records(
    whens: Sequence[WhenRow] = (),
    whos: Sequence[WhoRow] | None = None,
    *,
    patrons: int = 0,
    methods: Sequence[Method] = (Method.COUNTED,),
) -> Records:
    """The visits of a period; without `whos` nothing was recorded of the visitors."""
    total = sum(row.count for row in whens)
    people = tuple(whos) if whos is not None else (who(total),) if total else ()
    named = frozenset(methods) if patrons else frozenset()
    return Records(when=tuple(whens), who=people, patrons=patrons, patron_methods=named)


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
    return figures_of(BRANCH, period, on, found)


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
    **other: Any,
) -> Reported:
    """A month to report on."""
    found = records(whens, whos, patrons=patrons, methods=methods)
    if on is None:
        sums: dict[int, int] = {}
        for row in whens:
            if row.precision is not Precision.MONTH:
                sums[row.day.day] = sums.get(row.day.day, 0) + row.count
        on = days(visits=sums, month=period)
    other.setdefault("state", standing_of(period, today, None, ()))
    return Reported(
        figures=figures_of(BRANCH, period, days_that_came(on, today), found),
        before=before or figures_of(BRANCH, period.before(), (), records()),
        year_before=year_before or figures_of(BRANCH, period.year_before(), (), records()),
        days=tuple(on),
        today=today,
        estimated=found.estimated,
        age_by_sex=age_by_sex(BRANCH.age_bands, found.who),
        labels={
            dimension: {slug: tr(text) for slug, text in GROWING_LISTS[name].items()}
            for dimension, name in _LISTS.items()
        },
        **other,
    )
