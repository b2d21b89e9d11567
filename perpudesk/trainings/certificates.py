"""The certificates of a training, one sheet each, in one document."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.attendance.framing import House, framed, signature
from perpudesk.attendance.lists import Activity, days_text, minutes_text
from perpudesk.attendance.model import Participant, Sheet
from perpudesk.branch.model import SignatoryPlace
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.paper.document import DOTTED, Certificate, Document, Signatures
from perpudesk.paper.forms import Format
from perpudesk.trainings.certifying import minutes_of


def certificates_document(
    house: House, activity: Activity, sheet: Sheet, people: Sequence[Participant]
) -> Document:
    """A certificate for each of `people`; a number that was not given yet is dotted."""
    return framed(
        house,
        tr("Certificates"),
        activity.title,
        [_certificate(house, activity, sheet, each) for each in people],
        lies=Format.CERTIFICATE,
    )


def _certificate(house: House, activity: Activity, sheet: Sheet, who: Participant) -> Certificate:
    given = who.certificate_number or ""
    return Certificate(
        heading=tr("CERTIFICATE"),
        number=tr("Number: {number}", number=given or DOTTED),
        lead=tr("given to"),
        name=who.name or DOTTED,
        role=tr("as a participant of the training"),
        title=activity.title,
        about=(_held_by(house, activity, sheet), _attended(activity, sheet, who)),
        signatures=_signed(house, who),
        seal=given,
    )


def _held_by(house: House, activity: Activity, sheet: Sheet) -> str:
    """Who held it, where, and when: the days of the meetings held."""
    held = sheet.held
    places = {each.schedule.place for each in held if each.schedule.place}
    place = next(iter(places)) if len(places) == 1 else activity.place
    told = {"by": activity.by or house.library, "days": days_text([x.schedule.day for x in held])}
    if place:
        return tr("held by {by} in {place}, {days}", place=place, **told)
    return tr("held by {by}, {days}", **told)


def _attended(activity: Activity, sheet: Sheet, who: Participant) -> str:
    """At how many of the meetings somebody was, and for how long that is together."""
    return tr(
        "present at {came} of {held} meetings, {hours} in all",
        came=number(sheet.attended(who)),
        held=number(len(sheet.held)),
        hours=minutes_text(minutes_of(sheet, who, activity.minutes or 0)),
    )


def _signed(house: House, who: Participant) -> Signatures:
    """The branch's signatories: one alone, or both where both are known."""
    left, right = (house.signatory(place) for place in (SignatoryPlace.LEFT, SignatoryPlace.RIGHT))
    here = house.place_and_date(who.certified_on)
    if left is None or right is None:
        return Signatures(right=signature(here, right or left))
    return Signatures(left=signature(tr("Acknowledged by"), left), right=signature(here, right))
