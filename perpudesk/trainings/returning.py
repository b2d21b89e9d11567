"""Who of a training used a computer of the library again, and within how many days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from perpudesk.attendance.model import Participant, Sheet
from perpudesk.core.formats import date_long, number
from perpudesk.core.i18n import tr, trn

SPANS = (30, 90)
"""Days after the last meeting held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """How many came back within so many `days`; not `over` while some of them are to come."""

    days: int
    count: int
    until: date
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One who came back, and the day of the first use; a name for the screen alone."""

    participant: Participant
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterTraining:
    """What became of a training's participants; `last` is the day of the last meeting held.

    Only patrons can be known again: of `known` people who were there, `unnamed` others aside.
    """

    last: date | None
    known: int
    unnamed: int
    returns: tuple[Returns, ...]


def known_people(sheet: Sheet) -> tuple[Participant, ...]:
    """Those who were at a meeting and are patrons."""
    return tuple(each for each in sheet.participants if each.patron_id and sheet.attended(each))


def span_of(sheet: Sheet, today: date) -> tuple[date, date] | None:
    """The days on which somebody may have come back; None where no meeting was held."""
    last = _last(sheet)
    if last is None:
        return None
    return last + timedelta(days=1), min(today, last + timedelta(days=max(SPANS)))


def after_training(sheet: Sheet, first_use: Mapping[str, date], today: date) -> AfterTraining:
    """The numbers, from the day of each one's first use after the training, by participant."""
    last, people = _last(sheet), known_people(sheet)
    came = sum(1 for each in sheet.participants if sheet.attended(each))
    return AfterTraining(
        last=last,
        known=len(people),
        unnamed=came - len(people),
        returns=()
        if last is None
        else tuple(
            _returns(days, last, [first_use.get(each.id) for each in people], today)
            for days in SPANS
        ),
    )


def _last(sheet: Sheet) -> date | None:
    return max((each.schedule.day for each in sheet.held), default=None)


def _returns(days: int, last: date, first_uses: list[date | None], today: date) -> Returns:
    until = last + timedelta(days=days)
    return Returns(
        days=days,
        count=sum(last < day <= until for day in first_uses if day is not None),
        until=until,
        over=until < today,
    )


def returns_sentences(after: AfterTraining) -> tuple[str, ...]:
    """What is said of it, as far as there is anything to say.

    A sentence a span, up to the first that is not over: the longer ones say the same until then.
    """
    if after.last is None:
        return ()
    if not after.known:
        return (tr("Nobody who was there is known by name, so nobody can be seen to come back."),)
    over = sum(each.over for each in after.returns)
    told = after.returns[: over + 1]
    return (*(_sentence(after, each) for each in told), *_unnamed(after))


def _sentence(after: AfterTraining, returns: Returns) -> str:
    told = {
        "count": number(returns.count),
        "known": number(after.known),
        "days": number(returns.days),
    }
    if returns.over:
        return tr("{count} of {known} used a computer here again within {days} days.", **told)
    return tr(
        "{count} of {known} used a computer here again so far ({days} days end on {until}).",
        until=date_long(returns.until),
        **told,
    )


def _unnamed(after: AfterTraining) -> tuple[str, ...]:
    if not after.unnamed:
        return ()
    return (
        trn(
            "Of {shown} other nothing can be known.",
            "Of {shown} others nothing can be known.",
            after.unnamed,
            shown=number(after.unnamed),
        ),
    )
