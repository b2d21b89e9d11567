"""What the sections share: tables of counts with shares of what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from perpudesk.core.codes import UNKNOWN, DayState, Sex, label
from perpudesk.core.formats import (
    NOTHING,
    half_up,
    number,
    percent,
    percent_reached,
    period_short,
    signed_percent,
)
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.paper.document import Align, Column, Note, Paragraph, Row, Table, spans
from perpudesk.reports.model import (
    ACTED,
    AVAILABLE_MINUTES,
    CLASS_MINUTES,
    COMMUNITY_MEETINGS,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    KEPT,
    LENT,
    MEETING_ATTENDANCES,
    ONLINE_USERS,
    OPEN_DAYS,
    PEOPLE_TRAINED,
    QUEUE_NO_SHOWS,
    QUEUE_TICKETS,
    TRAINING_ATTENDANCES,
    TRAININGS,
    UNIQUE_PATRONS,
    VISITS,
    VISITS_PER_OPEN_DAY,
    VISITS_VIA_ACTIVITIES,
    Breakdown,
    Figure,
    Figures,
    Indicator,
    Reached,
    change,
    known,
    points,
    share,
    shown,
)
from perpudesk.reports.periodic.reported import Reported
from perpudesk.totals.model import Light, light_name

MAIN = (VISITS, OPEN_DAYS, VISITS_PER_OPEN_DAY, UNIQUE_PATRONS, ONLINE_USERS)
"""The indicators that are told of every month."""
ROWS = (
    *MAIN,
    VISITS_VIA_ACTIVITIES,
    *(COMPUTER_SESSIONS, COMPUTER_MINUTES, COMPUTER_USE_RATE),
    *(TRAININGS, TRAINING_ATTENDANCES, PEOPLE_TRAINED),
    *(COMMUNITY_MEETINGS, MEETING_ATTENDANCES),
    *KEPT,
)
"""Those that the summary tells side by side; a room adds its own here."""
_WHERE_KNOWN = (ONLINE_USERS, *LENT, *ACTED)
"""Those that are left out where nobody counts them and nothing is to be reached."""
_NOT_BY_DAY = (
    *(ONLINE_USERS, CLASS_MINUTES, AVAILABLE_MINUTES, QUEUE_TICKETS, QUEUE_NO_SHOWS),
    *ACTED,
)
"""Sums that a day without a count takes nothing from."""
_LIGHTS = {Light.GREEN: "●", Light.YELLOW: "◐", Light.RED: "○"}
"""Marks that a black-and-white printer keeps apart."""
NO_BREAK = "\N{NO-BREAK SPACE}"
HUNDRED = 1.0
"""A whole, as a share."""
ESTIMATE = "*"
"""Stands at every total that an estimate is part of (domain.md, counting rule 3)."""


INCOMPLETE = "†"
"""Stands at a sum over days of which some were not counted or not set."""
BEYOND = "‡"
"""Stands at a use rate above 100 %: computers were used when the library was not open."""


def rows_of(reported: Reported, among: Iterable[Indicator] = ROWS) -> tuple[Indicator, ...]:
    """The indicators `among` these that a report tells side by side."""
    told = (reported.figures, *reported.bases)
    return tuple(
        each
        for each in among
        if each not in _WHERE_KNOWN
        or each.code in reported.targets
        or any(figures.value(each) is not None for figures in told)
    )


def light_of(found: Reached) -> str:
    """`● hijau 112%`; only the share while a sum may still grow; `–` where nothing is to reach."""
    if found.share is None:
        return NOTHING
    part = f"{percent_reached(found.share)}%"
    if found.light is None:
        return part
    return f"{_LIGHTS[found.light]} {light_name(found.light)} {part}"


def light_cell(found: Reached) -> str:
    """What `light_of` says, in a cell that breaks nowhere."""
    return light_of(found).replace(" ", NO_BREAK)


def cell(figures: Figures, indicator: Indicator) -> str:
    """A value as printed, with the marks that it carries into every place."""
    figure = figures.get(indicator)
    if figure.value is None:
        return NOTHING
    text = shown(indicator, figure.value)
    return f"{text}{mark(figure)}{INCOMPLETE if _lacks_days(figures, indicator) else ''}"


def _lacks_days(figures: Figures, indicator: Indicator) -> bool:
    """Whether a sum leaves out days; what nobody counts day by day lacks none."""
    if indicator in _NOT_BY_DAY:
        return False
    lacking = figures.days[DayState.OPEN_NOT_COUNTED] + figures.days[DayState.NOT_SET]
    whole = indicator is VISITS and len(figures.totals_of(VISITS)) == figures.period.length
    return indicator.additive and bool(lacking) and not whole


def beside_table(reported: Reported, indicators: Iterable[Indicator]) -> Table:
    """Indicators beside other periods; what is estimated or incomplete is marked."""
    columns = [Column(title=tr("Indicator"), share=2.4), right(period_short(reported.period))]
    for base in reported.bases:
        name = period_short(base.period)
        columns += [right(name), right(trc("column", "± {period}", period=name))]
    if reported.targets:
        columns += [right(tr("Target")), Column(title=tr("Reached"), share=1.3)]
    rows = tuple(_beside(reported, indicator) for indicator in indicators)
    notes = [meaning(rows)]
    if reported.is_running:
        notes.append(tr("Sums are not compared while the period is running."))
    return Table(columns=tuple(columns), rows=rows, footnote=" ".join(filter(None, notes)))


def _beside(reported: Reported, indicator: Indicator) -> Row:
    now = reported.figures.get(indicator)
    # Part of a month is no sum of it.
    comparable = indicator.ratio or indicator.stock or not reported.is_running
    cells = [cell(reported.figures, indicator)]
    for base in reported.bases:
        before = base.value(indicator)
        cells += [
            cell(base, indicator),
            moved(indicator, now.value, before) if comparable else NOTHING,
        ]
    if reported.targets:
        goal = reported.reached(indicator)
        cells += [shown(indicator, goal.target), light_cell(goal)]
    return Row(cells=(tr(indicator.name), *cells))


def moved(indicator: Indicator, now: float | None, before: float | None) -> str:
    """How far a value is above another: `+8,7%`, between two shares `+6,0 poin`."""
    if indicator.unit == "share":
        return signed_points(points(now, before))
    return signed_percent(change(now, before))


def signed_points(difference: float | None) -> str:
    """Points between two shares: `+6,0 poin`."""
    if difference is None:
        return NOTHING
    rounded = half_up(difference, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return tr("{points} points", points=f"{sign}{number(abs(rounded), 1)}")


def said(sentences: Iterable[str]) -> tuple[Paragraph, ...]:
    """The sentences as one paragraph; none where there is nothing to say."""
    text = " ".join(sentences)
    return (Paragraph(spans=spans(text)),) if text else ()


def sessions_told(count: float) -> str:
    """`412 sesi`."""
    return trn("{count} session", "{count} sessions", int(count), count=number(count))


def minutes_told(count: float) -> str:
    """`9.871 menit`."""
    return trn("{count} minute", "{count} minutes", int(count), count=number(count))


def meaning(rows: Iterable[Row]) -> str:
    """What the marks that occur in `rows` mean."""
    printed = "".join(cell for row in rows for cell in row.cells)
    notes = []
    if ESTIMATE in printed:
        notes.append(tr("{mark} partly or wholly estimated.", mark=ESTIMATE))
    if INCOMPLETE in printed:
        notes.append(tr("{mark} some days were not counted or not set.", mark=INCOMPLETE))
    if BEYOND in printed:
        notes.append(beyond_note())
    return " ".join(notes)


def beyond_note() -> str:
    """What a use rate above 100 % means."""
    return tr(
        "{mark} more than 100%: computers were used when they were not known to be available.",
        mark=BEYOND,
    )


def mark(figure: Figure) -> str:
    """The marks that a figure carries wherever it stands: of an estimate, of more than all."""
    beyond = figure.indicator == COMPUTER_USE_RATE.code and (figure.value or 0) > HUNDRED
    return f"{ESTIMATE if figure.is_estimate else ''}{BEYOND if beyond else ''}"


def estimate_note(figure: Figure) -> str:
    """What the mark means, where it stands."""
    return tr("{mark} partly or wholly estimated.", mark=ESTIMATE) if figure.is_estimate else ""


def remarks(*texts: str) -> tuple[Note, ...]:
    """The small print of a section: the texts that say something, if any does."""
    said = " ".join(text for text in texts if text)
    return (Note(text=said),) if said else ()


def right(title: str, share_: float = 1.0) -> Column:
    """A column of numbers."""
    return Column(title=title, align=Align.RIGHT, share=share_)


def not_recorded() -> str:
    """What the row of `unknown` is called."""
    return label(Sex.UNKNOWN)


def initial(sex: Sex) -> str:
    """The head of a narrow column."""
    if sex is Sex.UNKNOWN:
        return trc("head of a column: sex not recorded", "n/r")
    return trc("female", "F") if sex is Sex.FEMALE else trc("male", "M")


def counts_table(
    title: str,
    figure: Figure,
    counts: Breakdown,
    name: Callable[[str], str],
    *,
    head: str = "",
    keep_zeros: bool = False,
    beside: Mapping[str, tuple[Figure, Breakdown]] | None = None,
) -> tuple[Table, ...]:
    """A breakdown of `figure` with shares of what was recorded, and what was not; the sum below.

    No table where nothing was recorded: `unrecorded` says so. Lists that grow leave out what did
    not occur. `head` is what the counts are called; `beside` has columns of the same entries by
    their titles.
    """
    if not known(counts):
        return ()
    more = beside or {}

    def row(key: str, text: str, part: str) -> Row:
        others = (number(parts.get(key, 0)) for _, parts in more.values())
        return Row(cells=(text, number(counts[key]), part, *others), italic=key == UNKNOWN)

    rows = [
        row(key, name(key), percent(share(counts, key)))
        for key, count in counts.items()
        if key != UNKNOWN and (count or keep_zeros)
    ]
    if counts[UNKNOWN]:
        rows.append(row(UNKNOWN, not_recorded(), number(None)))
    total, *sums = (
        f"{number(each.value)}{mark(each)}" for each in (figure, *(f for f, _ in more.values()))
    )
    rows.append(total_row(total, percent(HUNDRED), *sums))
    columns = (
        Column(title=title, share=2.0 if more else 2.2),
        right(head or tr("Count")),
        right("%", 0.8),
        *(right(each, 1.1) for each in more),
    )
    return (Table(columns=columns, rows=tuple(rows), footnote=of_known(counts)),)


def unrecorded(figure: Figure, names: Mapping[str, str]) -> str:
    """Which of the dimensions `names` nobody recorded, as a sentence; nothing if all were."""
    lacking = [name.lower() for slug, name in names.items() if not known(figure.by[slug])]
    return tr("Not recorded in this period: {what}.", what=", ".join(lacking)) if lacking else ""


def total_row(*cells: str) -> Row:
    """The sum of what stands above."""
    return Row(cells=(tr("Total"), *cells), total=True)


def of_known(counts: Breakdown) -> str:
    """What percentages are of, where part of it was not recorded; else nothing."""
    if not counts[UNKNOWN]:
        return ""
    return tr("Percentages are of what was recorded ({count}).", count=number(known(counts)))


def most_first(counts: Breakdown) -> Breakdown:
    """The most frequent first, *other* and *not recorded* last."""
    order = sorted(counts, key=lambda slug: (slug == UNKNOWN, slug == "other", -counts[slug], slug))
    return {slug: counts[slug] for slug in order}
