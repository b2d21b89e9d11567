"""A line of the paper log of computer use, as it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.computers.times import Times, moments_of
from perpudesk.core.codes import UNKNOWN, AgeBand, Condition, Sex
from perpudesk.core.errors import InputError, Problem
from perpudesk.patrons.model import Profile
from perpudesk.visits.tally import parse_age

NO_SUCH_PLACE = Problem(
    "no_such_place",
    "There is no computer “{text}”. Type its number, W for an own device, or nothing where "
    "nobody knows which it was.",
)
DEVICE = "W"
"""What stands on the sheet for an own device on the Wi-Fi."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """What stands on a line, as far as somebody wrote it down."""

    place: str
    times: Times
    sex: Sex = Sex.UNKNOWN
    age: str = ""
    purpose: str = UNKNOWN


def place_of(text: str, workstations: Iterable[Workstation]) -> Workstation | None:
    """The workstation of a number or a label, None for an own device or nothing.

    Raises `InputError` on `place` for anything else.
    """
    typed = text.strip().casefold()
    if typed in ("", DEVICE.casefold()):
        return None
    known = sorted(workstations, key=lambda each: each.state.condition is Condition.RETIRED)
    named = (each for each in known if typed in (str(each.number), each.label.casefold()))
    found = next(named, None)
    if found is None:
        raise InputError(NO_SUCH_PLACE, field="place", text=text.strip()[:20])
    return found


def is_device(text: str) -> bool:
    """Whether it was an own device."""
    return text.strip().casefold() == DEVICE.casefold()


def draft_of(
    line: LogLine, where: tzinfo, workstations: Iterable[Workstation], bands: Sequence[AgeBand]
) -> SessionDraft:
    """The session of a line; raises `InputError` on the field that cannot be read."""
    place = place_of(line.place, workstations)
    start, end = moments_of(line.times, where)
    years, band = parse_age(line.age, bands)
    return SessionDraft(
        workstation_id=None if place is None else place.id,
        device=is_device(line.place),
        profile=Profile(sex=line.sex, age_years=years, age_band=band),
        purpose=line.purpose,
        start=start,
        end=end,
    )
