"""Sheets in the order of others: SIM TPBIS by strategy, and Pasal 15 of a year.

What was not counted says so and stays empty: it is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from perpudesk.core.codes import UNKNOWN, Sex, VisitorType
from perpudesk.core.formats import number, period_name
from perpudesk.core.i18n import tr, trc
from perpudesk.paper.document import Align, Block, Column, Document, Heading, Note, Row, Table
from perpudesk.reports.model import (
    ACTIVE_COMMUNITIES,
    ADVOCACY_ACTIONS,
    BUDGET_AMOUNT,
    CLASS_MINUTES,
    COMMUNITY_MEETINGS,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    DEVICE_SESSIONS,
    MEDIA_ITEMS,
    MEETING_ATTENDANCES,
    ONLINE_USERS,
    OPEN_DAYS,
    PARTNERSHIPS,
    PEOPLE_TRAINED,
    STAFF_TRAINED,
    STORIES,
    TRAINING_ATTENDANCES,
    TRAINING_MEETINGS,
    TRAININGS,
    UNIQUE_PATRONS,
    VISITS,
    WORKSTATIONS,
    Figures,
    Indicator,
    known,
)
from perpudesk.reports.papers.frame import Head, framed


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One line to copy: under `group`, what is asked, its number, and what must be known of it.

    None is not counted, which is not 0.
    """

    group: str
    name: str
    value: int | None
    told: str = ""

    @property
    def copied(self) -> str:
        """The number as a form takes it: digits alone; nothing where there is none."""
        return "" if self.value is None else str(self.value)

    @property
    def shown(self) -> str:
        """The number as it is read."""
        return number(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of a period under a name; `asked` says whose order it is."""

    head: Head
    figures: Figures
    name: str
    asked: str
    signed: bool = False
    rows: tuple[SheetRow, ...]


def tpbis_sheet(head: Head, figures: Figures) -> Sheet:
    """What SIM TPBIS asks for, by strategy; `figures` count under the standard entries."""
    return Sheet(
        head=head,
        figures=figures,
        name=tr("SIM TPBIS sheet"),
        asked=tr("By strategy, to be copied into SIM TPBIS."),
        rows=tuple(_tpbis(figures)),
    )


def _tpbis(figures: Figures) -> Iterator[SheetRow]:
    service = tr("Information service and ICT")
    yield _value(service, VISITS, figures)
    yield from _sexes(
        service, tr("Visits of women and girls"), tr("Visits of men and boys"), figures
    )
    yield _part(service, tr("Visits without sex"), figures, "sex", Sex.UNKNOWN)
    yield _part(service, tr("Visits of members"), figures, "type", VisitorType.MEMBER)
    yield _part(service, tr("Visits in groups"), figures, "type", VisitorType.GROUP)
    yield _value(service, OPEN_DAYS, figures)
    yield _value(service, UNIQUE_PATRONS, figures)
    yield _value(service, ONLINE_USERS, figures)
    yield _part(service, tr("Visits for computer and internet"), figures, "purpose", "computer")
    yield from _computers(service, figures)
    yield from _trainings(service, figures)
    yield from _meetings(tr("Community engagement"), figures)
    for each in (ADVOCACY_ACTIONS, BUDGET_AMOUNT, PARTNERSHIPS):
        yield _value(tr("Advocacy"), each, figures)
    for each in (MEDIA_ITEMS, STORIES):
        yield _value(tr("Publicity"), each, figures)


def _computers(group: str, figures: Figures) -> Iterator[SheetRow]:
    """What there is to use and how it was used."""
    women, men = tr("Computer sessions of women and girls"), tr("Computer sessions of men and boys")
    yield _value(group, WORKSTATIONS, figures)
    yield _value(group, COMPUTER_SESSIONS, figures)
    yield from _sexes(group, women, men, figures, of=COMPUTER_SESSIONS)
    yield _value(group, COMPUTER_MINUTES, figures)
    yield _value(group, CLASS_MINUTES, figures)
    yield _value(group, DEVICE_SESSIONS, figures)


def _trainings(group: str, figures: Figures) -> Iterator[SheetRow]:
    """What was taught, and to how many."""
    women, men = tr("Attendances of women and girls"), tr("Attendances of men and boys")
    for each in (TRAININGS, TRAINING_MEETINGS, TRAINING_ATTENDANCES):
        yield _value(group, each, figures)
    yield from _sexes(group, women, men, figures, of=TRAINING_ATTENDANCES)
    for each in (PEOPLE_TRAINED, STAFF_TRAINED):
        yield _value(group, each, figures)


def _meetings(group: str, figures: Figures) -> Iterator[SheetRow]:
    """What was done with the community, and by how many."""
    women, men = tr("Women and girls among them"), tr("Men and boys among them")
    for each in (COMMUNITY_MEETINGS, MEETING_ATTENDANCES):
        yield _value(group, each, figures)
    yield from _sexes(group, women, men, figures, of=MEETING_ATTENDANCES)
    yield _value(group, ACTIVE_COMMUNITIES, figures)


def _sexes(
    group: str, women: str, men: str, figures: Figures, *, of: Indicator = VISITS
) -> Iterator[SheetRow]:
    yield _part(group, women, figures, "sex", Sex.FEMALE, of=of)
    yield _part(group, men, figures, "sex", Sex.MALE, of=of)


def pasal15_sheet(head: Head, figures: Figures, months: Iterable[Figures]) -> Sheet:
    """What Pasal 15 asks every library yearly; `months` are those of the year."""
    each_month = tuple(months)
    typed = sum(month.value(ONLINE_USERS) is not None for month in each_month)
    lent = sum(bool(month.value(COMPUTER_SESSIONS)) for month in each_month)
    return Sheet(
        head=head,
        figures=figures,
        name=tr("Pasal 15 sheet"),
        asked=tr("In the order of Peraturan Perpusnas 7/2025, Pasal 15."),
        signed=True,
        rows=tuple(_pasal15(figures, typed, lent)),
    )


def _pasal15(figures: Figures, typed: int, lent: int) -> Iterator[SheetRow]:
    """`typed` and `lent`: in how many months online users and computer sessions were recorded."""
    visitors, facilities = tr("Users of the library"), tr("Users of ICT facilities")
    taking, programs = tr("Participants of activities"), tr("Programs")
    yield from _together(taking, figures, (TRAINING_ATTENDANCES, MEETING_ATTENDANCES), taking)
    told = tr("typed for {count} of 12 months", count=number(typed)) if typed else ""
    yield _value(visitors, VISITS, figures, name=tr("On site (visits)"))
    yield _value(visitors, ONLINE_USERS, figures, name=tr("Online"), told=told)
    yield _both(visitors, figures)
    yield _users(facilities, figures, lent)
    yield _value(facilities, COMPUTER_SESSIONS, figures)
    yield _value(facilities, DEVICE_SESSIONS, figures)
    yield _part(facilities, tr("Visits for computer and internet"), figures, "purpose", "computer")
    both = tr("Trainings and community meetings")
    yield from _together(programs, figures, (TRAININGS, COMMUNITY_MEETINGS), both)
    yield _value(tr("Cooperations"), PARTNERSHIPS, figures)


def _together(
    group: str, figures: Figures, indicators: Sequence[Indicator], name: str
) -> Iterator[SheetRow]:
    """The sum of those that were counted, which says which were not, and then each of them."""
    found = [figures.get(each) for each in indicators]
    values = [figure.value for figure in found if figure.value is not None]
    lacking = [
        tr("without {indicator}: not counted", indicator=tr(each.name))
        for each, figure in zip(indicators, found, strict=True)
        if figure.value is None
    ]
    remarks = (
        *(lacking if values else (tr("not counted"),)),
        _basis(any(figure.is_estimate for figure in found)),
    )
    yield SheetRow(
        group=group,
        name=name,
        value=int(sum(values)) if values else None,
        told=", ".join(filter(None, remarks)),
    )
    for each in indicators:
        yield _value(group, each, figures)


def _users(group: str, figures: Figures, lent: int) -> SheetRow:
    """Who used the computers: by their sessions, else by the visits that came for them.

    It says which of the two it is, and in how many months sessions were recorded.
    """
    name = tr("Users of ICT facilities")
    if figures.value(COMPUTER_SESSIONS):
        told = tr("computer sessions, recorded in {count} of 12 months", count=number(lent))
        return _value(group, COMPUTER_SESSIONS, figures, name=name, told=told)
    visits = _part(group, name, figures, "purpose", "computer")
    if visits.value is None:
        return visits
    said = tr("visits with this purpose, since no session was recorded")
    return replace(visits, told=", ".join(filter(None, (said, visits.told))))


def _both(group: str, figures: Figures) -> SheetRow:
    """On site and online together, where both are known."""
    parts = (figures.get(VISITS), figures.get(ONLINE_USERS))
    values = [part.value for part in parts if part.value is not None]
    known = len(values) == len(parts)
    told = _basis(any(part.is_estimate for part in parts)) if known else tr("needs both numbers")
    value = int(sum(values)) if known else None
    return SheetRow(group=group, name=tr("On site and online"), value=value, told=told)


def _value(
    group: str, indicator: Indicator, figures: Figures, *, name: str = "", told: str = ""
) -> SheetRow:
    figure = figures.get(indicator)
    value = None if figure.value is None else int(figure.value)
    remarks = (told, tr("not counted") if value is None else _basis(figure.is_estimate))
    return SheetRow(
        group=group,
        name=name or tr(indicator.name),
        value=value,
        told=", ".join(filter(None, remarks)),
    )


def _part(
    group: str,
    name: str,
    figures: Figures,
    dimension: str,
    key: str,
    *,
    of: Indicator = VISITS,
) -> SheetRow:
    """One entry of a breakdown of the visits; 0 where others are known and it did not occur.

    Of how many nothing was recorded is said; where that is all of them there is no number.
    """
    whole = figures.get(of)
    if whole.value is None:
        return SheetRow(group=group, name=name, value=None, told=tr("not counted"))
    counts = whole.by[dimension]
    if key == UNKNOWN:
        return SheetRow(group=group, name=name, value=counts[key], told=_basis(whole.is_estimate))
    lacking = _lacking(dimension, counts[UNKNOWN])
    if counts[UNKNOWN] and not known(counts):
        return SheetRow(group=group, name=name, value=None, told=lacking)
    remarks = (lacking, _basis(whole.is_estimate))
    told = ", ".join(filter(None, remarks))
    return SheetRow(group=group, name=name, value=counts.get(key, 0), told=told)


def _lacking(dimension: str, unknown: int) -> str:
    """Of how many it was not recorded; nothing where of none."""
    count = number(unknown)
    said = {
        "sex": tr("{count} without sex", count=count),
        "type": tr("{count} without type", count=count),
        "purpose": tr("{count} without purpose", count=count),
    }
    return said[dimension] if unknown else ""


def _basis(estimated: bool) -> str:
    return tr("partly or wholly estimated") if estimated else ""


def sheet_document(sheet: Sheet) -> Document:
    """The sheet on paper; one that is sent is signed."""
    return framed(
        sheet.head,
        name=sheet.name,
        period=period_name(sheet.figures.period),
        blocks=tuple(_blocks(sheet)),
        signed=sheet.signed,
    )


def _blocks(sheet: Sheet) -> Iterator[Block]:
    yield Note(text=sheet.asked)
    for place, (group, rows) in enumerate(groupby(sheet.rows, key=lambda row: row.group), start=1):
        yield Heading(text=f"{place}. {group}", level=2)
        yield Table(
            columns=(
                Column(title=tr("What is asked"), share=2),
                Column(title=trc("column", "Number"), align=Align.RIGHT),
                Column(title=tr("Remark"), share=2),
            ),
            rows=tuple(Row(cells=(row.name, row.shown, row.told)) for row in rows),
            dense=True,
        )
    yield Note(text=tr("“–” is not known, which is not 0."))
