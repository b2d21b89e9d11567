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
from perpudesk.core.formats import date_long, period_name
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
from perpudesk.reports.closing import seal, shown_code
from perpudesk.reports.letter import Letter
from perpudesk.reports.periodic.activities import meetings, trainings
from perpudesk.reports.periodic.changes import changes
from perpudesk.reports.periodic.computers import computers
from perpudesk.reports.periodic.months import months
from perpudesk.reports.periodic.notes import notes
from perpudesk.reports.periodic.program import (
    advocacy,
    equipment,
    media,
    partners,
    stories,
)
from perpudesk.reports.periodic.quality import quality
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.summary import summary
from perpudesk.reports.periodic.visitors import visitors
from perpudesk.reports.periodic.visits import visits

__all__ = ["SECTIONS", "Reported", "Section", "build", "provisional_words", "report_name"]

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
    Section(title=N_("Computers"), blocks=computers),
    Section(title=N_("Trainings"), blocks=trainings),
    Section(title=N_("Community meetings"), blocks=meetings),
    Section(title=N_("Advocacy and budget"), blocks=advocacy),
    Section(title=N_("Partnerships in force"), blocks=partners),
    Section(title=N_("Media"), blocks=media),
    Section(title=N_("Impact stories"), blocks=stories),
    Section(title=N_("Equipment"), blocks=equipment),
    Section(title=N_("Obstacles and follow-up"), blocks=notes),
    Section(title=N_("Data quality"), blocks=quality),
    Section(title=N_("Changes"), blocks=changes),
)


def report_name(period: Period) -> str:
    """What the report of a period is called: `Laporan Bulanan`."""
    return tr(_NAMES[period.kind])


def build(reported: Reported) -> Document:
    """The report of a period, in the language that is spoken here.

    It is provisional until its months are closed. Number and date are those of a closed month's
    letter, dotted where there are none, and never today's.
    """
    name, kind = period_name(reported.period), report_name(reported.period)
    closing, letter = reported.closing, _letter(reported)
    number = letter.number or DOTTED
    title = compose(tr("Period: {period} · Number: {number}"), period=bold(name), number=number)
    return Document(
        title=f"{kind} {name} · {reported.branch.name}",
        language=language(),
        letterhead=_letterhead(reported),
        blocks=(
            Title(text=tr(_TITLES[reported.period.kind]), subtitle=title),
            *_sections(reported),
            _signatures(letter),
        ),
        footer=" · ".join((kind, name, *_standing(reported), "PerpuDesk")),
        watermark=tr("PRACTICE") if reported.practice else None,
        provisional=_provisional(reported),
        seal=None if closing is None else seal(closing, reported.branch.id),
    )


def _letter(reported: Reported) -> Letter:
    """What is signed; of what is not closed only who will sign, and where."""
    if reported.closing is not None:
        return reported.closing.letter
    return Letter(place=reported.branch.place or "", signatories=reported.signatories)


def _standing(reported: Reported) -> tuple[str, ...]:
    """What the foot says of how far it is."""
    closing = reported.closing
    if closing is not None:
        code = shown_code(closing.code)
        return tr("revision {n}", n=closing.edition), tr("check code {code}", code=code)
    return () if reported.is_final else (tr("provisional"),)


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


def _provisional(reported: Reported) -> str | None:
    """What stands at the head of every page of what may still change."""
    if reported.is_final:
        return None
    return provisional_words(several=bool(reported.months), edition=reported.state.edition)


def provisional_words(*, several: bool, edition: int) -> str:
    """Why one month, last closed as `edition`, or one of several may still change."""
    if several:
        return tr("Provisional · not all months closed")
    if edition:
        return tr("Provisional · changed since revision {n}", n=edition)
    return tr("Provisional · month not closed")


def _letterhead(reported: Reported) -> Letterhead:
    government, office, address = letterhead_parts(reported.branch)
    return Letterhead(government=government, office=office, address=address, crest=reported.crest)


def _signatures(letter: Letter) -> Signatures:
    """Left *Mengetahui*, right place and date; who is not known yet signs on dots."""
    known = {each.place: each for each in letter.signatories}
    place = letter.place or DOTTED
    day = DOTTED if letter.day is None else date_long(letter.day)
    return Signatures(
        left=_signature(tr("Acknowledged by"), known.get(SignatoryPlace.LEFT)),
        right=_signature(f"{place}, {day}", known.get(SignatoryPlace.RIGHT)),
    )


def _signature(lead: str, who: Signatory | None) -> Signature:
    if who is None:
        return Signature(lead=lead, post=DOTTED)
    return Signature(
        lead=lead, post=who.post or DOTTED, name=who.name, rank=who.rank or "", nip=who.nip
    )
