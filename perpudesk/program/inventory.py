"""Equipment and the rules over it; public computers are the workstations, one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from perpudesk.branch.checks import check_day, clean
from perpudesk.communities.model import founded_of
from perpudesk.core.codes import Condition, EquipmentKind, Funding
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.money import check_rupiah

ITEM_MISSING = Problem(
    "equipment_name_missing", "The equipment has no name. Type one, for example “Printer Epson”."
)
BAD_RECEIVED = Problem(
    "bad_received",
    "“{text}” is no day, month or year that has come. Type 2019, 03-2019 or 17-03-2019.",
)
NO_ITEM = Problem("no_equipment", "That equipment is not here any more. Look at the list again.")
IS_WORKSTATION = Problem(
    "equipment_is_workstation",
    "{name} is a computer of the board. Take it off under Settings, Computers.",
)
NO_CHECK = Problem("no_check", "That check is not here any more. Look at the list again.")
CHECK_GOES_ON = Problem(
    "check_goes_on", "A check goes on since {date}. Go on with it, or finish it first."
)
CHECK_FINISHED = Problem("check_finished", "That check is finished. Begin a new one.")
LIMITS = {"code": 60, "brand": 120, "source": 120, "program": 120, "place": 80, "note": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentDraft:
    """A piece of equipment as typed; `received` as exactly as known: `2019`, `2019-03`, a day."""

    name: str
    kind: EquipmentKind = EquipmentKind.OTHER
    code: str | None = None
    brand: str | None = None
    source: str | None = None
    program: str | None = None
    funding: Funding | None = None
    price: int | None = None
    received: str | None = None
    is_public: bool = False
    place: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of equipment and what it is now.

    Of a workstation name, place, condition and whether it is public are the workstation's. Its id
    is the workstation's until something else is known of it.
    """

    id: str
    workstation_id: str | None
    name: str
    kind: EquipmentKind
    code: str | None
    brand: str | None
    source: str | None
    program: str | None
    funding: Funding | None
    price: int | None
    received: str | None
    is_public: bool
    place: str | None
    condition: Condition
    since: date | None
    note: str | None

    @property
    def key(self) -> str:
        """What a check knows it by, whatever is typed of it later."""
        return self.workstation_id or self.id

    def draft(self) -> EquipmentDraft:
        """The equipment as it would be typed."""
        return EquipmentDraft(
            name=self.name,
            kind=self.kind,
            code=self.code,
            brand=self.brand,
            source=self.source,
            program=self.program,
            funding=self.funding,
            price=self.price,
            received=self.received,
            is_public=self.is_public,
            place=self.place,
            note=self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """In which condition it was from a day on."""

    since: date
    condition: Condition
    note: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """What a check found: it was there or not, and how."""

    found: bool
    condition: Condition | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Somebody goes round with the list; `lines` are by `Item.key`."""

    id: str
    began_on: date
    finished_on: date | None
    lines: Mapping[str, CheckLine]

    def left(self, items: Iterable[Item]) -> list[Item]:
        """What has not been looked at yet."""
        return [each for each in items if each.key not in self.lines]

    def missing(self, items: Iterable[Item]) -> list[Item]:
        """What was looked for and not found."""
        return [
            each
            for each in items
            if (line := self.lines.get(each.key)) is not None and not line.found
        ]


def admit_equipment(draft: EquipmentDraft, *, today: date) -> EquipmentDraft:
    """The draft as it may be stored; raises `InputError` on the first field that is refused."""
    name = clean(draft.name, "name", most=120)
    if name is None:
        raise InputError(ITEM_MISSING, field="name")
    return replace(
        draft,
        name=name,
        code=clean(draft.code, "code", most=LIMITS["code"]),
        brand=clean(draft.brand, "brand", most=LIMITS["brand"]),
        source=clean(draft.source, "source", most=LIMITS["source"]),
        program=clean(draft.program, "program", most=LIMITS["program"]),
        place=clean(draft.place, "place", most=LIMITS["place"]),
        note=clean(draft.note, "note", most=LIMITS["note"]),
        price=check_rupiah(draft.price, field="price"),
        received=_received(draft.received, today),
    )


def _received(text: str | None, today: date) -> str | None:
    try:
        return founded_of(text, today=today)
    except InputError as error:
        told = str(error.params["text"])
        raise InputError(BAD_RECEIVED, field="received", text=told) from error


def admit_state(state: ItemState, *, today: date) -> ItemState:
    """A condition as it may be stored; raises `InputError` on `since` or `note`."""
    check_day(state.since, today=today, field="since")
    return replace(state, note=clean(state.note, "note", most=LIMITS["note"]))


def by_kind(items: Sequence[Item]) -> dict[EquipmentKind, list[Item]]:
    """The items by what they are, in the order of the list of kinds."""
    found = {kind: [each for each in items if each.kind is kind] for kind in EquipmentKind}
    return {kind: of for kind, of in found.items() if of}
