"""The summary: sentences written from the figures, and the table beside other months.

Nothing is said that the figures do not know: an unknown base gives no comparison, days without a
count and estimates are named, and a month that is not over is not compared by its sums.
"""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.core.codes import Basis, DayState
from perpudesk.core.formats import (
    NOTHING,
    date_full,
    date_long,
    month_name,
    month_short,
    number,
    signed_percent,
)
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.paper.document import (
    Block,
    Column,
    Paragraph,
    Row,
    Span,
    Table,
    bold,
    compose,
    spans,
)
from perpudesk.reports.model import (
    OPEN_DAYS,
    UNIQUE_PATRONS,
    VISITS,
    VISITS_PER_OPEN_DAY,
    Figures,
    Indicator,
    change,
)
from perpudesk.reports.monthly.month import Month
from perpudesk.reports.monthly.tables import ESTIMATE, mark, right
from perpudesk.totals.model import total_sentence

Sentence = tuple[Span, ...]

ROWS = (VISITS, OPEN_DAYS, VISITS_PER_OPEN_DAY, UNIQUE_PATRONS)
"""The indicators of the table; a room adds its own here."""
_INCOMPLETE = "†"


def summary(month: Month) -> tuple[Block, ...]:
    """The month in words and beside other months."""
    words: list[Span] = []
    for sentence in _sentences(month):
        words += [*([Span(text=" ")] if words else []), *sentence]
    return (Paragraph(spans=tuple(words)), _table(month))


def _sentences(month: Month) -> Iterator[Sentence]:
    yield _opening(month)
    if month.visits.value is not None:
        yield from _so_far(month)
        yield from _comparison(month)
        yield from _busiest(month)
        yield from _caveats(month)


def _opening(month: Month) -> Sentence:
    """How many visits on how many days."""
    name, value = month_name(month.period.first), month.visits.value
    if value is None:
        return compose(
            tr(
                "In {month} no visit was recorded and no day was counted. The figures are not "
                "known; they are not zero."
            ),
            month=name,
        )
    days = month.figures.value(OPEN_DAYS)
    visits, opened = bold(_visits(value)), _days(days or 0)
    if not value:
        text = tr("In {month} the library was open on {days} and received no visits.")
        return compose(text, month=name, days=opened)
    if not days:
        return compose(tr("In {month} the library received {visits}."), month=name, visits=visits)
    rate = month.figures.value(VISITS_PER_OPEN_DAY)
    if rate is None:
        text = tr("In {month} the library was open on {days} and received {visits}.")
        return compose(text, month=name, days=opened, visits=visits)
    text = tr(
        "In {month} the library was open on {days} and received {visits} ({rate} per service day)."
    )
    return compose(text, month=name, days=opened, visits=visits, rate=number(rate, 1))


def _visits(count: float) -> str:
    return trn("{count} visit", "{count} visits", int(count), count=number(count))


def _days(count: float) -> str:
    return trn("{count} day", "{count} days", int(count), count=number(count))


def _so_far(month: Month) -> Iterator[Sentence]:
    """Up to which day a month that is not over is told."""
    if not month.is_running:
        return
    last = max((day.date for day in month.days if month.came(day)), default=month.today)
    text = tr("The month is not over: these are the figures up to {date}.")
    yield compose(text, date=date_long(last))


def _caveats(month: Month) -> Iterator[Sentence]:
    """What the reader must know before trusting the number."""
    if month.visits.basis is Basis.ESTIMATED:
        yield spans(tr("All of the visits are estimated."))
    elif month.estimated:
        yield spans(
            trn(
                "{count} of the visits is estimated.",
                "{count} of the visits are estimated.",
                month.estimated,
                count=number(month.estimated),
            )
        )
    if month.figures.totals:  # of the month as a whole: no day of it is missing
        yield from (spans(total_sentence(total)) for total in month.figures.totals)
        return
    if uncounted := len(month.days_that_were(DayState.OPEN_NOT_COUNTED)):
        yield spans(
            trn(
                "On {count} open day nobody counted; its visits are missing here.",
                "On {count} open days nobody counted; their visits are missing here.",
                uncounted,
                count=number(uncounted),
            )
        )
    if unset := len(month.days_that_were(DayState.NOT_SET)):
        yield spans(
            trn(
                "{count} day has no state yet, so the figures may be incomplete.",
                "{count} days have no state yet, so the figures may be incomplete.",
                unset,
                count=number(unset),
            )
        )


def _comparison(month: Month) -> Iterator[Sentence]:
    """Against last month and the same month last year, where there is a base.

    The sums of a month that is not over compare with nothing, its daily average does.
    """
    now, *bases = month.compared(VISITS_PER_OPEN_DAY if month.is_running else VISITS)
    periods = (month.before.period, month.year_before.period)
    known = [
        (_direction(moved), month_name(period.first))
        for base, period in zip(bases, periods, strict=True)
        if (moved := change(now.value, base.value)) is not None
    ]
    if len(known) == 2:
        (first, name), (second, other) = known
        text = _both(month)
        yield compose(text, change=bold(first), month=name, other_change=second, other=other)
    elif known:
        ((first, name),) = known
        yield compose(_one(month), change=bold(first), month=name)


def _both(month: Month) -> str:
    if month.is_running:
        return tr("The daily average is {change} from {month} and {other_change} from {other}.")
    return tr("That is {change} from {month} and {other_change} from {other}.")


def _one(month: Month) -> str:
    if month.is_running:
        return tr("The daily average is {change} from {month}.")
    return tr("That is {change} from {month}.")


def _direction(moved: float) -> str:
    """`up 8.7%`, `down 3.2%`, or `unchanged` where the printed number would be 0."""
    printed = signed_percent(moved)
    if printed.startswith("+"):
        return tr("up {percent}", percent=printed[1:])
    if printed.startswith("−"):
        return tr("down {percent}", percent=printed[1:])
    return tr("unchanged")


def _busiest(month: Month) -> Iterator[Sentence]:
    """The day with the most visits, if one counted day stands out."""
    counted = {day.date for day in month.days_that_were(DayState.OPEN_COUNTED)}
    days = sorted((day.visits, day.date) for day in month.days if day.date in counted)
    if len(days) < 2 or days[-1][0] == days[-2][0]:
        return
    count, day = days[-1]
    text = tr("The busiest day was {date} with {visits}.")
    yield compose(text, date=date_full(day), visits=_visits(count))


def _table(month: Month) -> Table:
    """The main indicators, with their change; what is estimated or incomplete is marked."""
    before, year_before = month.before, month.year_before
    columns = (
        Column(title=tr("Indicator"), share=2.4),
        right(month_short(month.period.first)),
        right(month_short(before.period.first)),
        right(trc("column", "Change")),
        right(month_short(year_before.period.first)),
        right(trc("column", "Change")),
    )
    rows = tuple(_row(month, indicator) for indicator in ROWS)
    return Table(columns=columns, rows=rows, footnote=_footnote(month, rows))


def _row(month: Month, indicator: Indicator) -> Row:
    now = month.figures.get(indicator)
    comparable = now.den is not None or not month.is_running  # part of a month is no sum of it
    cells = [_cell(month.figures, indicator)]
    for base in (month.before, month.year_before):
        moved = change(now.value, base.value(indicator)) if comparable else None
        cells += [_cell(base, indicator), signed_percent(moved)]
    return Row(cells=(tr(indicator.name), *cells))


def _cell(figures: Figures, indicator: Indicator) -> str:
    """A value as printed, with the marks that it carries into every place."""
    figure = figures.get(indicator)
    if figure.value is None:
        return NOTHING
    text = number(figure.value, 0 if figure.den is None else 1)
    lacking = figures.days[DayState.OPEN_NOT_COUNTED] + figures.days[DayState.NOT_SET]
    incomplete = indicator.additive and lacking and not (indicator is VISITS and figures.totals)
    return f"{text}{mark(figure)}{_INCOMPLETE if incomplete else ''}"


def _footnote(month: Month, rows: tuple[Row, ...]) -> str:
    """What the marks that occur mean."""
    printed = "".join(cell for row in rows for cell in row.cells)
    notes = []
    if ESTIMATE in printed:
        notes.append(tr("{mark} partly or wholly estimated.", mark=ESTIMATE))
    if _INCOMPLETE in printed:
        notes.append(tr("{mark} some days were not counted or not set.", mark=_INCOMPLETE))
    if month.is_running:
        notes.append(tr("Sums are not compared while the month is running."))
    return " ".join(notes)
