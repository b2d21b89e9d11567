"""Whose papers of an activity they are: letterhead, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.core.formats import date_long
from perpudesk.core.i18n import language, tr
from perpudesk.paper.document import (
    DOTTED,
    Document,
    Letterhead,
    OfItsOwn,
    OnSheet,
    Signature,
    Signatures,
)
from perpudesk.paper.forms import Format, NewPage

if TYPE_CHECKING:
    from perpudesk.branch.service import BranchService


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The library as its papers name it, and whether its records are practice."""

    library: str
    letterhead: Letterhead = field(default_factory=Letterhead)
    place: str | None = None
    signatories: tuple[Signatory, ...] = ()
    practice: bool = False

    def signatory(self, where: SignatoryPlace) -> Signatory | None:
        """Who signs there, if somebody is known."""
        return next((each for each in self.signatories if each.place is where), None)

    def place_and_date(self, on: date | None) -> str:
        """`Pangkalan Bun, 30 November 2026`, dotted where one of them is not known."""
        return f"{self.place or DOTTED}, {date_long(on) if on else DOTTED}"


def house_of(branch: BranchService, *, practice: bool = False) -> House:
    """The branch as it is now."""
    return House(
        library=branch.current().name,
        letterhead=branch.letterhead(),
        place=branch.current().place,
        signatories=tuple(branch.signatories()),
        practice=practice,
    )


def framed(
    house: House,
    name: str,
    about: str,
    blocks: Sequence[OnSheet | NewPage | OfItsOwn],
    *,
    lies: Format = Format.UPRIGHT,
    letterhead: bool = True,
) -> Document:
    """A paper called `name` about an activity."""
    return Document(
        title=f"{name} {about} · {house.library}",
        language=language(),
        letterhead=house.letterhead if letterhead else None,
        blocks=tuple(blocks),
        footer=f"{name} · {about} · PerpuDesk",
        watermark=tr("PRACTICE") if house.practice else None,
        format=lies,
    )


def signature(lead: str, who: Signatory | None) -> Signature:
    """A signatory of the branch under `lead`; dotted where nobody is known."""
    if who is None:
        return Signature(lead=lead, post=DOTTED)
    return Signature(
        lead=lead, post=who.post or DOTTED, name=who.name, rank=who.rank or "", nip=who.nip
    )


def signed_by_both(house: House, on: date | None) -> Signatures:
    """*Mengetahui* at the left, place and date at the right."""
    return Signatures(
        left=signature(tr("Acknowledged by"), house.signatory(SignatoryPlace.LEFT)),
        right=signature(house.place_and_date(on), house.signatory(SignatoryPlace.RIGHT)),
    )


def signed_by_trainer(house: House, trainers: Sequence[str], on: date | None) -> Signatures:
    """The library at the left, who trained at the right; without a trainer the library alone.

    Of several trainers, the one who was there writes the name.
    """
    here = house.signatory(SignatoryPlace.RIGHT)
    if not trainers:
        return Signatures(right=signature(house.place_and_date(on), here))
    name = trainers[0] if len(trainers) == 1 else ""
    return Signatures(
        left=signature(tr("Acknowledged by"), here),
        right=Signature(lead=house.place_and_date(on), post=tr("Trainer"), name=name),
    )
