"""The daily recap: a period day by day, or visit by visit; no name is in either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import (
    AgeBand,
    DayState,
    Method,
    Sex,
    VisitorType,
    age_label,
    band_in_set,
    label,
)
from perpudesk.core.formats import (
    NOTHING,
    clock_text,
    date_short,
    month_name,
    number,
    period_name,
    weekday_names,
)
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.core.times import Period
from perpudesk.paper.document import Align, Block, Column, Document, Heading, Note, Row, Table
from perpudesk.reports.counting import has_come
from perpudesk.reports.listing import DayCount, VisitLine
from perpudesk.reports.papers.frame import Head, framed
from perpudesk.reports.periodic.tables import ESTIMATE, initial
from perpudesk.totals.model import PeriodTotal, total_sentence

_TYPES = (VisitorType.MEMBER, VisitorType.NON_MEMBER, VisitorType.GROUP)
_SEXES = (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecap:
    """What each day of a period had; `totals` are months known as one number."""

    head: Head
    period: Period
    days: tuple[DayInfo, ...]
    counts: tuple[DayCount, ...]
    sessions: Mapping[date, int] = field(default_factory=dict)
    """Computer sessions of each day that had any."""
    totals: tuple[PeriodTotal, ...] = ()
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecap:
    """Each visit of a period in order of time."""

    head: Head
    period: Period
    lines: tuple[VisitLine, ...]
    bands: tuple[AgeBand, ...]
    purposes: Mapping[str, str]


# ---------------------------------------------------------------- day by day


def day_recap_document(recap: DayRecap) -> Document:
    """A line for each day that has come, month by month with sums."""
    return framed(
        recap.head,
        name=tr("Daily recap"),
        period=period_name(recap.period),
        blocks=tuple(_months(recap)),
        signed=recap.period.length == 1,
    )


def _months(recap: DayRecap) -> Iterator[Block]:
    by_day: dict[date | None, list[DayCount]] = {}
    for each in recap.counts:
        by_day.setdefault(each.day, []).append(each)
    kinds = _kinds(recap.counts)
    came = [day for day in recap.days if has_come(day, recap.today)]
    yield Note(text=_initials())
    for first, days in groupby(came, key=lambda day: day.date.replace(day=1)):
        if recap.period.length > 1:
            yield Heading(text=month_name(first), level=2)
        yield _month_table(list(days), by_day, kinds, recap.sessions)
    yield from _notes(recap, by_day, len(came))


def _kinds(counts: Sequence[DayCount]) -> tuple[VisitorType, ...]:
    """The types that have a column; not recorded only where it occurs."""
    unknown = any(each.type is VisitorType.UNKNOWN for each in counts)
    return (*_TYPES, VisitorType.UNKNOWN) if unknown else _TYPES


def _month_table(
    days: Sequence[DayInfo],
    by_day: Mapping[date | None, list[DayCount]],
    kinds: Sequence[VisitorType],
    sessions: Mapping[date, int],
) -> Table:
    """A month of days; computer sessions have a column where there were any."""
    rows = [
        Row(
            cells=(
                *_day_cells(day, by_day.get(day.date, ()), kinds),
                *((_sessions(day, sessions),) if sessions else ()),
            )
        )
        for day in days
    ]
    counts = [each for day in days for each in by_day.get(day.date, ())]
    used = number(sum(sessions.get(day.date, 0) for day in days))
    total = (tr("Total"), "", "", *_numbers(counts, kinds), *((used,) if sessions else ()))
    columns = _day_columns(kinds)
    if sessions:
        title = trc("head of a column: computer sessions", "PC sessions")
        columns = (*columns, Column(title=title, align=Align.RIGHT))
    return Table(columns=columns, rows=(*rows, Row(cells=total, total=True)), dense=True)


def _sessions(day: DayInfo, sessions: Mapping[date, int]) -> str:
    """Of a day that nobody counted nothing is known, unless it had some."""
    known = day.date in sessions or day.state is DayState.OPEN_COUNTED
    return number(sessions.get(day.date, 0)) if known else NOTHING


def _day_columns(kinds: Sequence[VisitorType]) -> tuple[Column, ...]:
    names = {
        VisitorType.MEMBER: tr("Members"),
        VisitorType.NON_MEMBER: label(VisitorType.NON_MEMBER),
        VisitorType.GROUP: tr("Groups"),
        VisitorType.UNKNOWN: initial(Sex.UNKNOWN),
    }
    numbers = (tr("Total"), *map(initial, _SEXES), *(names[kind] for kind in kinds))
    return (
        Column(title=tr("Date"), share=1.1),
        Column(title=tr("Weekday"), share=0.9),
        Column(title=tr("State"), share=2.2),
        *(Column(title=each, align=Align.RIGHT) for each in numbers),
    )


def _day_cells(
    day: DayInfo, counts: Sequence[DayCount], kinds: Sequence[VisitorType]
) -> tuple[str, ...]:
    known = bool(counts) or day.state is DayState.OPEN_COUNTED
    numbers = _numbers(counts, kinds)
    return (
        date_short(day.date),
        weekday_names(short=True)[day.date.weekday()],
        _state(day),
        *(numbers if known else (NOTHING,) * len(numbers)),
    )


def _state(day: DayInfo) -> str:
    """What the day was, in the words of the chart; closed with its reason."""
    names = {
        DayState.OPEN_COUNTED: trc("day", "open"),
        DayState.ESTIMATED: trc("day", "estimated"),
        DayState.OPEN_NOT_COUNTED: trc("day", "open, not counted"),
        DayState.CLOSED: trc("day", "closed"),
        DayState.NOT_SET: trc("day", "not set"),
    }
    name = names[day.state]
    return name if day.reason is None else f"{name} · {label(day.reason).lower()}"


def _numbers(counts: Sequence[DayCount], types: Sequence[VisitorType]) -> tuple[str, ...]:
    """The sum with the mark of an estimate, then by sex and by type."""
    by: Counter[Sex | VisitorType] = Counter()
    kinds: Counter[VisitorType] = Counter()
    for each in counts:
        by[each.sex] += each.count
        kinds[each.type] += each.count
    guessed = any(each.method is Method.ESTIMATED for each in counts)
    total = f"{number(sum(kinds.values()))}{ESTIMATE if guessed else ''}"
    return (
        total,
        *(number(by[sex]) for sex in _SEXES),
        *(number(kinds[kind]) for kind in types),
    )


def _notes(
    recap: DayRecap, by_day: Mapping[date | None, list[DayCount]], came: int
) -> Iterator[Note]:
    """What no line shows: visits without a day, months known as one number, days to come."""
    texts = []
    if any(each.method is Method.ESTIMATED for each in recap.counts):
        texts.append(tr("{mark} partly or wholly estimated.", mark=ESTIMATE))
    if undated := sum(each.count for each in by_day.get(None, ())):
        texts.append(
            trn(
                "{count} visit is not shown: its day was not recorded.",
                "{count} visits are not shown: their days were not recorded.",
                undated,
                count=number(undated),
            )
        )
    texts += [total_sentence(total) for total in recap.totals]
    if left := len(recap.days) - came:
        texts.append(
            trn(
                "{count} day is still to come.",
                "{count} days are still to come.",
                left,
                count=number(left),
            )
        )
    if texts:
        yield Note(text=" ".join(texts))


def _initials() -> str:
    """What the initials stand for."""
    return f"{', '.join(f'{initial(sex)} = {label(sex).lower()}' for sex in _SEXES)}."


# ---------------------------------------------------------------- visit by visit


def visit_recap_document(recap: VisitRecap) -> Document:
    """A line for each visit; a group is one line with its count."""
    total = sum(line.count for line in recap.lines)
    blocks: tuple[Block, ...] = (Note(text=tr("Nothing was recorded in this period.")),)
    if recap.lines:
        last = Row(cells=("", tr("Total"), "", "", "", "", "", number(total)), total=True)
        table = Table(columns=_visit_columns(), rows=(*_visit_rows(recap), last))
        blocks = (table, Note(text=_visits_told(recap)))
    return framed(
        recap.head, name=tr("Visit recap"), period=period_name(recap.period), blocks=blocks
    )


def _visit_columns() -> tuple[Column, ...]:
    return (
        Column(title=tr("No."), align=Align.RIGHT, share=0.7),
        Column(title=tr("Date")),
        Column(title=tr("Time"), share=0.8),
        Column(title=trc("column", "Visitor"), share=1.6),
        Column(title=trc("column", "F/M"), share=0.9),
        Column(title=tr("Age")),
        Column(title=tr("Purpose"), share=1.8),
        Column(title=tr("Count"), align=Align.RIGHT),
    )


def _visit_rows(recap: VisitRecap) -> Iterator[Row]:
    types = {each: label(each) for each in VisitorType}
    sexes = {each: initial(each) for each in Sex}
    days: dict[date | None, str] = {None: NOTHING}
    for at, line in enumerate(recap.lines, start=1):
        if line.day is not None and line.day not in days:
            days[line.day] = date_short(line.day)
        guessed = ESTIMATE if line.method is Method.ESTIMATED else ""
        yield Row(
            cells=(
                number(at),
                days[line.day],
                clock_text(line.time) if line.time else NOTHING,
                types[line.type],
                sexes[line.sex] if line.parts is None else _parts(line.parts),
                age_label(band_in_set(line.age_years, line.age_band, recap.bands)),
                recap.purposes.get(line.purpose, line.purpose),
                f"{number(line.count)}{guessed}",
            )
        )


def _parts(parts: Mapping[str, int]) -> str:
    """`P 12 · L 18`: what was counted of a group."""
    told = [f"{initial(sex)} {number(parts[sex])}" for sex in _SEXES if parts.get(sex)]
    return " · ".join(told)


def _visits_told(recap: VisitRecap) -> str:
    texts = [_initials(), tr("A visit is one entry: whoever comes twice is counted twice.")]
    if any(line.method is Method.ESTIMATED for line in recap.lines):
        texts.append(tr("{mark} partly or wholly estimated.", mark=ESTIMATE))
    return " ".join(texts)
