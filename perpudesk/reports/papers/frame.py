"""What every paper of a branch has around it: letterhead, title, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perpudesk.branch.model import Branch, Signatory, SignatoryPlace, letterhead_parts
from perpudesk.core.i18n import language, tr
from perpudesk.paper.document import (
    DOTTED,
    Block,
    Document,
    Letterhead,
    Signature,
    Signatures,
    Title,
    bold,
    compose,
)
from perpudesk.reports.closing import MonthState
from perpudesk.reports.periodic import provisional_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose paper it is, whether its records are practice, and how far its months are."""

    branch: Branch
    crest: bytes | None = None
    signatories: tuple[Signatory, ...] = ()
    practice: bool = False
    months: tuple[MonthState, ...] = ()

    @property
    def provisional(self) -> str | None:
        """What stands at the head of every page while a month may still change."""
        if all(month.is_final for month in self.months):
            return None
        return provisional_words(several=len(self.months) > 1, edition=self.months[0].edition)

    @property
    def standing(self) -> tuple[str, ...]:
        """What the foot says of how far they are."""
        if self.provisional is not None:
            return (tr("provisional"),)
        if len(self.months) > 1:
            return (tr("all months closed"),)
        return tuple(tr("revision {n}", n=month.edition) for month in self.months)


def framed(
    head: Head, *, name: str, period: str, blocks: Sequence[Block], signed: bool = False
) -> Document:
    """A paper called `name` over `period`; a signed one has room for both signatures.

    Its date is dotted, never today's.
    """
    subtitle = compose(tr("Period: {period}"), period=bold(period))
    government, office, address = letterhead_parts(head.branch)
    return Document(
        title=f"{name} {period} · {head.branch.name}",
        language=language(),
        letterhead=Letterhead(
            government=government, office=office, address=address, crest=head.crest
        ),
        blocks=(
            Title(text=name.upper(), subtitle=subtitle),
            *blocks,
            *((_signatures(head),) if signed else ()),
        ),
        footer=" · ".join((name, period, *head.standing, "PerpuDesk")),
        watermark=tr("PRACTICE") if head.practice else None,
        provisional=head.provisional,
    )


def _signatures(head: Head) -> Signatures:
    known = {each.place: each for each in head.signatories}
    place = head.branch.place or DOTTED
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
