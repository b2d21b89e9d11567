"""What the breakdowns of figures are called, and their entries; by what each can be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perpudesk.core.codes import (
    UNKNOWN,
    AdvocacyKind,
    Channel,
    Domain,
    EndReason,
    Funding,
    MeetingKind,
    MeetingRole,
    Method,
    PartnerKind,
    Sex,
    Strategy,
    VisitorType,
    age_label,
    label,
)
from perpudesk.core.formats import clock_text, weekday_names
from perpudesk.core.i18n import tr, trc
from perpudesk.reports.lent import LEFT, SERVED
from perpudesk.reports.model import (
    ACTIVE_COMMUNITIES,
    ADVOCACY_ACTIONS,
    AVAILABLE_MINUTES,
    BUDGET_AMOUNT,
    CLASS_MINUTES,
    COMMUNITY_MEETINGS,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    DEVICE_SESSIONS,
    INDICATORS,
    MEDIA_ITEMS,
    MEETING_ATTENDANCES,
    PARTNERSHIPS,
    PEOPLE_TRAINED,
    QUEUE_TICKETS,
    STORIES,
    TRAINING_ATTENDANCES,
    TRAINING_MEETINGS,
    TRAININGS,
    VISITS,
)
from perpudesk.reports.tallies import WEEKDAYS

Labels = Mapping[str, Mapping[str, str]]
"""By list, what the entries of lists that grow are called."""

_PEOPLE = ("sex", "age", "purpose", "type", "occupation", "education")
_WHO = ("sex", "age", "occupation", "education", "type")
_OF_MEETINGS = ("meeting_kind", "role", "domain", "strategy")
_SHOWN = {
    VISITS.code: (*_PEOPLE, "weekday", "hour"),
    COMPUTER_SESSIONS.code: (*_PEOPLE, "weekday", "hour", "workstation", "end", "duration"),
    COMPUTER_MINUTES.code: (*_PEOPLE, "weekday", "hour", "workstation", "duration"),
    DEVICE_SESSIONS.code: (*_PEOPLE, "weekday", "hour", "end", "duration"),
    CLASS_MINUTES.code: ("workstation", "weekday"),
    AVAILABLE_MINUTES.code: ("workstation", "weekday"),
    QUEUE_TICKETS.code: ("outcome", "weekday"),
    TRAININGS.code: ("topic", "strategy"),
    TRAINING_MEETINGS.code: ("topic", "strategy", "weekday"),
    TRAINING_ATTENDANCES.code: (*_WHO, "topic", "strategy", "weekday"),
    PEOPLE_TRAINED.code: _WHO,
    COMMUNITY_MEETINGS.code: (*_OF_MEETINGS, "weekday"),
    MEETING_ATTENDANCES.code: (*_WHO, *_OF_MEETINGS, "weekday"),
    ACTIVE_COMMUNITIES.code: ("community_field",),
    ADVOCACY_ACTIONS.code: ("advocacy_kind",),
    BUDGET_AMOUNT.code: ("funding",),
    PARTNERSHIPS.code: ("partner_kind",),
    MEDIA_ITEMS.code: ("channel",),
    STORIES.code: ("domain",),
}
DIMENSIONS: Mapping[str, tuple[str, ...]] = {code: _SHOWN.get(code, ()) for code in INDICATORS}
"""By indicator, the dimensions it can be shown by."""
_OF_COMPUTERS = frozenset({COMPUTER_SESSIONS.code, COMPUTER_MINUTES.code, DEVICE_SESSIONS.code})


def dimension_names() -> dict[str, str]:
    """What the dimensions are called."""
    return {
        "sex": tr("Sex"),
        "age": tr("Age"),
        "purpose": tr("Purpose"),
        "type": tr("Type of visitor"),
        "occupation": tr("Occupation"),
        "education": tr("Education"),
        "weekday": tr("Weekday"),
        "hour": tr("Hour"),
        "weekday_hour": tr("Weekday and hour"),
        "workstation": tr("Computer"),
        "end": tr("How it ended"),
        "duration": tr("How the minutes are known"),
        "outcome": tr("What became of the ticket"),
        "topic": tr("Topic"),
        "strategy": tr("Strategy"),
        "meeting_kind": tr("Kind of meeting"),
        "role": tr("Role of the library"),
        "domain": tr("Field of impact"),
        "community_field": tr("Field of the community"),
        "advocacy_kind": tr("Kind of action"),
        "partner_kind": tr("Kind of partner"),
        "channel": tr("Channel"),
        "funding": tr("Source of money"),
    }


def list_of(indicator: str, dimension: str) -> str:
    """From which list the entries are: computers have purposes of their own."""
    own = dimension == "purpose" and indicator in _OF_COMPUTERS
    return "computer_purpose" if own else dimension


def entry_name(indicator: str, dimension: str, slug: str, labels: Labels) -> str:
    """What an entry of a breakdown is called; one that is on no list any more by its slug."""
    if dimension == "age":
        return age_label(slug)
    if slug == UNKNOWN:
        return label(Sex.UNKNOWN)
    if dimension in _NAMES:
        return _NAMES[dimension](slug)
    return labels.get(list_of(indicator, dimension), {}).get(slug, slug)


def outcome_name(slug: str) -> str:
    """What became of a ticket."""
    return {SERVED: trc("ticket", "Served"), LEFT: trc("ticket", "Left")}[slug]


def _weekday_name(slug: str) -> str:
    return weekday_names()[WEEKDAYS.index(slug)]


def _weekday_hour_name(slug: str) -> str:
    weekday, hour = slug.split("_")
    return f"{_weekday_name(weekday)} {clock_text(f'{hour}:00')}"


_NAMES: Mapping[str, Callable[[str], str]] = {
    "sex": lambda slug: label(Sex(slug)),
    "type": lambda slug: label(VisitorType(slug)),
    "end": lambda slug: label(EndReason(slug)),
    "duration": lambda slug: label(Method(slug)),
    "outcome": outcome_name,
    "strategy": lambda slug: label(Strategy(slug)),
    "meeting_kind": lambda slug: label(MeetingKind(slug)),
    "role": lambda slug: label(MeetingRole(slug)),
    "domain": lambda slug: label(Domain(slug)),
    "advocacy_kind": lambda slug: label(AdvocacyKind(slug)),
    "partner_kind": lambda slug: label(PartnerKind(slug)),
    "channel": lambda slug: label(Channel(slug)),
    "funding": lambda slug: label(Funding(slug)),
    "weekday": _weekday_name,
    "weekday_hour": _weekday_hour_name,
    "hour": lambda slug: clock_text(f"{slug}:00"),
}
"""What the entries of closed lists, and parts of time, are called."""
