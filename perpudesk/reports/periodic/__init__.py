"""The report of a period: one document from one frozen value, the same bytes for the same figures.

A month, a quarter, a semester and a year have the same sections; what is longer than a month shows
months where a month shows days.


`SECTIONS` is the one place where the report is put together: a room that has something to report
adds its section there, between *Visitors* and *Data quality*; numbers follow by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from perpudesk.branch.model import Signatory, SignatoryPlace, letterhead_parts
from perpudesk.core.formats import period_name
from perpudesk.core.i18n import N_, language, tr
from perpudesk.core.times import Period, PeriodKind
from perpudesk.paper.document import (
    DOTTED,
    Block,
    Document,
    Heading,
    Letterhead,
    Signature,
    Signatures,
    Title,
    bold,
    compose,
)
from perpudesk.reports.periodic.months import months
from perpudesk.reports.periodic.quality import quality
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.summary import summary
from perpudesk.reports.periodic.visitors import visitors
from perpudesk.reports.periodic.visits import visits

__all__ = ["SECTIONS", "Reported", "Section", "build", "report_name"]

_NAMES = {
    PeriodKind.MONTH: N_("Monthly report"),
    PeriodKind.QUARTER: N_("Quarterly report"),
    PeriodKind.SEMESTER: N_("Semester report"),
    PeriodKind.YEAR: N_("Yearly report"),
}
_TITLES = {
    PeriodKind.MONTH: N_("LIBRARY MONTHLY REPORT"),
    PeriodKind.QUARTER: N_("LIBRARY QUARTERLY REPORT"),
    PeriodKind.SEMESTER: N_("LIBRARY SEMESTER REPORT"),
    PeriodKind.YEAR: N_("LIBRARY YEARLY REPORT"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report: its title and what writes it; without blocks it is left out."""

    title: str
    blocks: Callable[[Reported], tuple[Block, ...]]
    numbered: bool = True


SECTIONS = (
    Section(title=N_("Summary"), blocks=summary, numbered=False),
    Section(title=N_("Month by month"), blocks=months),
    Section(title=N_("Visits"), blocks=visits),
    Section(title=N_("Visitors"), blocks=visitors),
    Section(title=N_("Data quality"), blocks=quality),
)


def report_name(period: Period) -> str:
    """What the report of a period is called: `Laporan Bulanan`."""
    return tr(_NAMES[period.kind])


def build(reported: Reported) -> Document:
    """The report of a period, in the language that is spoken here.

    It is provisional until months can be closed; its number and date are dotted, since none are
    stored, and never today's.
    """
    name, kind = period_name(reported.period), report_name(reported.period)
    title = compose(tr("Period: {period} · Number: {number}"), period=bold(name), number=DOTTED)
    return Document(
        title=f"{kind} {name} · {reported.branch.name}",
        language=language(),
        letterhead=_letterhead(reported),
        blocks=(
            Title(text=tr(_TITLES[reported.period.kind]), subtitle=title),
            *_sections(reported),
            _signatures(reported),
        ),
        footer=" · ".join((kind, name, tr("provisional"), "PerpuDesk")),
        watermark=tr("PRACTICE") if reported.practice else None,
        provisional=_provisional(reported),
    )


def _sections(reported: Reported) -> Iterator[Block]:
    number = 0
    for section in SECTIONS:
        blocks = section.blocks(reported)
        if not blocks:
            continue
        number += section.numbered
        title = tr(section.title)
        yield Heading(text=f"{number}. {title}" if section.numbered else title)
        yield from blocks


def _provisional(reported: Reported) -> str:
    if reported.months:
        return tr("Provisional · not all months closed")
    return tr("Provisional · month not closed")


def _letterhead(reported: Reported) -> Letterhead:
    government, office, address = letterhead_parts(reported.branch)
    return Letterhead(government=government, office=office, address=address, crest=reported.crest)


def _signatures(reported: Reported) -> Signatures:
    """Left *Mengetahui*, right place and a dotted date; who is not known yet signs on dots."""
    known = {each.place: each for each in reported.signatories}
    place = reported.branch.place or DOTTED
    return Signatures(
        left=_signature(tr("Acknowledged by"), known.get(SignatoryPlace.LEFT)),
        right=_signature(f"{place}, {DOTTED}", known.get(SignatoryPlace.RIGHT)),
    )


def _signature(lead: str, who: Signatory | None) -> Signature:
    if who is None:
        return Signature(lead=lead, post=DOTTED)
    return Signature(
        lead=lead, post=who.post or DOTTED, name=who.name, rank=who.rank or "", nip=who.nip
    )
