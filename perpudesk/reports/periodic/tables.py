"""What the sections share: tables of counts with shares of what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from perpudesk.core.codes import UNKNOWN, DayState, Sex, label
from perpudesk.core.formats import NOTHING, number, percent, percent_reached
from perpudesk.core.i18n import tr, trc
from perpudesk.paper.document import Align, Column, Note, Row, Table
from perpudesk.reports.model import (
    ONLINE_USERS,
    OPEN_DAYS,
    UNIQUE_PATRONS,
    VISITS,
    VISITS_PER_OPEN_DAY,
    Breakdown,
    Figure,
    Figures,
    Indicator,
    Reached,
    known,
    share,
    shown,
)
from perpudesk.reports.periodic.reported import Reported
from perpudesk.totals.model import Light, light_name

ROWS = (VISITS, OPEN_DAYS, VISITS_PER_OPEN_DAY, UNIQUE_PATRONS, ONLINE_USERS)
"""The indicators that are told side by side; a room adds its own here."""
_WHERE_KNOWN = (ONLINE_USERS,)
"""Of them those that are left out where nobody counts them and nothing is to be reached."""
_LIGHTS = {Light.GREEN: "●", Light.YELLOW: "◐", Light.RED: "○"}
"""Marks that a black-and-white printer keeps apart."""
NO_BREAK = "\N{NO-BREAK SPACE}"
HUNDRED = 1.0
"""A whole, as a share."""
ESTIMATE = "*"
"""Stands at every total that an estimate is part of (domain.md, counting rule 3)."""


INCOMPLETE = "†"
"""Stands at a sum over days of which some were not counted or not set."""


def rows_of(reported: Reported) -> tuple[Indicator, ...]:
    """The indicators that a report tells side by side."""
    told = (reported.figures, *reported.bases)
    return tuple(
        each
        for each in ROWS
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
    """Whether a sum leaves out days; what is known by months lacks none."""
    if indicator is ONLINE_USERS:
        return False
    lacking = figures.days[DayState.OPEN_NOT_COUNTED] + figures.days[DayState.NOT_SET]
    whole = indicator is VISITS and len(figures.totals_of(VISITS)) == figures.period.length
    return indicator.additive and bool(lacking) and not whole


def meaning(rows: Iterable[Row]) -> str:
    """What the marks that occur in `rows` mean."""
    printed = "".join(cell for row in rows for cell in row.cells)
    notes = []
    if ESTIMATE in printed:
        notes.append(tr("{mark} partly or wholly estimated.", mark=ESTIMATE))
    if INCOMPLETE in printed:
        notes.append(tr("{mark} some days were not counted or not set.", mark=INCOMPLETE))
    return " ".join(notes)


def mark(figure: Figure) -> str:
    """The mark of an estimate, if the figure is one."""
    return ESTIMATE if figure.is_estimate else ""


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
    keep_zeros: bool = False,
) -> tuple[Table, ...]:
    """A breakdown of `figure` with shares of what was recorded, and what was not; the sum below.

    No table where nothing was recorded: `unrecorded` says so. Lists that grow leave out what did
    not occur.
    """
    if not known(counts):
        return ()
    rows = [
        Row(cells=(name(key), number(count), percent(share(counts, key))))
        for key, count in counts.items()
        if key != UNKNOWN and (count or keep_zeros)
    ]
    unknown = counts[UNKNOWN]
    if unknown:
        rows.append(Row(cells=(not_recorded(), number(unknown), number(None)), italic=True))
    rows.append(total_row(f"{number(figure.value)}{mark(figure)}", percent(HUNDRED)))
    columns = (Column(title=title, share=2.2), right(tr("Count")), right("%", 0.8))
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
