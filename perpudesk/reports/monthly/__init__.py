"""The monthly report: one document from one frozen month, the same bytes for the same figures.

`SECTIONS` is the one place where the report is put together: a room that has something to report
adds its section there, between *Visitors* and *Data quality*; numbers follow by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from perpudesk.branch.model import Signatory, SignatoryPlace, letterhead_parts
from perpudesk.core.formats import month_name
from perpudesk.core.i18n import N_, language, tr
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
from perpudesk.reports.monthly.month import Month
from perpudesk.reports.monthly.quality import quality
from perpudesk.reports.monthly.summary import summary
from perpudesk.reports.monthly.visitors import visitors
from perpudesk.reports.monthly.visits import visits

__all__ = ["SECTIONS", "Month", "Section", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report: its title and what writes it; without blocks it is left out."""

    title: str
    blocks: Callable[[Month], tuple[Block, ...]]
    numbered: bool = True


SECTIONS = (
    Section(title=N_("Summary"), blocks=summary, numbered=False),
    Section(title=N_("Visits"), blocks=visits),
    Section(title=N_("Visitors"), blocks=visitors),
    Section(title=N_("Data quality"), blocks=quality),
)


def build(month: Month) -> Document:
    """The report of a month, in the language that is spoken here.

    It is provisional until months can be closed; its number and date are dotted, since none are
    stored, and never today's.
    """
    name = month_name(month.period.first)
    title = compose(tr("Period: {month} · Number: {number}"), month=bold(name), number=DOTTED)
    return Document(
        title=tr("Monthly report {month} · {branch}", month=name, branch=month.branch.name),
        language=language(),
        letterhead=_letterhead(month),
        blocks=(
            Title(text=tr("LIBRARY MONTHLY REPORT"), subtitle=title),
            *_sections(month),
            _signatures(month),
        ),
        footer=" · ".join((tr("Monthly report"), name, tr("provisional"), "PerpuDesk")),
        watermark=tr("PRACTICE") if month.practice else None,
        provisional=tr("Provisional · month not closed"),
    )


def _sections(month: Month) -> Iterator[Block]:
    number = 0
    for section in SECTIONS:
        blocks = section.blocks(month)
        if not blocks:
            continue
        number += section.numbered
        title = tr(section.title)
        yield Heading(text=f"{number}. {title}" if section.numbered else title)
        yield from blocks


def _letterhead(month: Month) -> Letterhead:
    government, office, address = letterhead_parts(month.branch)
    return Letterhead(government=government, office=office, address=address, crest=month.crest)


def _signatures(month: Month) -> Signatures:
    """Left *Mengetahui*, right place and a dotted date; who is not known yet signs on dots."""
    known = {each.place: each for each in month.signatories}
    place = month.branch.place or DOTTED
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
