"""Slips for what participants say of a training, to cut apart and type in."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.attendance.framing import House, framed
from perpudesk.attendance.lists import Activity, days_text
from perpudesk.attendance.model import Participant, Sheet
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trc
from perpudesk.paper.document import DOTTED, Document
from perpudesk.paper.forms import Card, Cards, Format

BAD_SLIPS = Problem("bad_slips", "Ask for {low} to {high} slips.")
MOST_SLIPS = 300
"""Blank ones, in one go (ours)."""


def outcome_questions() -> dict[str, str]:
    """What is asked, by the field that holds the answer."""
    return {
        "learned": tr("I learned something new that is of use to me."),
        "confident": tr("I feel more confident than before."),
        "will_use": tr("I will use what I learned."),
    }


def named_slips(house: House, activity: Activity, sheet: Sheet) -> Document:
    """A slip for everybody on the list, with the number that they have there."""
    cards = [_card(house, activity, sheet, each) for each in enumerate(sheet.on_list, start=1)]
    return _slips(house, activity, cards)


def blank_slips(house: House, activity: Activity, sheet: Sheet, count: int) -> Document:
    """So many slips without a name; raises `InputError` (field `count`)."""
    if not 1 <= count <= MOST_SLIPS:
        raise InputError(BAD_SLIPS, field="count", low=1, high=number(MOST_SLIPS))
    return _slips(house, activity, [_card(house, activity, sheet, None)] * count)


def _slips(house: House, activity: Activity, cards: Sequence[Card]) -> Document:
    return framed(
        house,
        tr("Slips with questions"),
        activity.title,
        [Cards(cards=tuple(cards))],
        lies=Format.CARDS,
        letterhead=False,
    )


def _card(
    house: House, activity: Activity, sheet: Sheet, who: tuple[int, Participant] | None
) -> Card:
    """The slip of one in a place on the list, as the attendance list numbers them; or of nobody."""
    days = days_text([each.schedule.day for each in sheet.held or sheet.meetings])
    told = DOTTED
    if who is not None:
        called = trc("register", "No.")
        told = f"{called} {number(who[0])} · {who[1].name or DOTTED}"
    return Card(
        above=f"{house.library} · {days}" if days else house.library,
        title=activity.title,
        lines=(tr("Name: {name}", name=told),),
        questions=tuple(outcome_questions().values()),
        low=tr("not at all"),
        high=tr("very much"),
        foot=tr("Cross one box in each line. Your answers help us to do better."),
    )
