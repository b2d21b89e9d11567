"""Journal lines in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any

from perpudesk.core import codes
from perpudesk.core.codes import label
from perpudesk.core.deeds import ERASED, Action
from perpudesk.core.formats import NOTHING, clock_text, date_long, number
from perpudesk.core.i18n import N_, tr
from perpudesk.core.times import parse_utc
from perpudesk.history.model import Change, Line

GROUP_NAMES = {
    "visits": N_("Visits"),
    "people": N_("Patrons"),
    "computers": N_("Computers"),
    "activities": N_("Activities"),
    "program": N_("Program"),
    "days": N_("Days, totals, files"),
    "settings": N_("Settings"),
}
_KINDS = {
    "visits": N_("Visit"),
    "patrons": N_("Patron"),
    f"{ERASED}patrons": N_("Patron (erased)"),
    "computer_sessions": N_("Computer session"),
    "queue_tickets": N_("Queue number"),
    "reservations": N_("Reservation"),
    "outages": N_("Power cut"),
    "workstations": N_("Computer"),
    "workstation_states": N_("Condition of a computer"),
    "courses": N_("Training"),
    "meetings": N_("Meeting"),
    "participants": N_("Participant"),
    "marks": N_("Attendance"),
    "attachments": N_("Attached file"),
    "communities": N_("Community"),
    "community_members": N_("Members of a community"),
    "community_meetings": N_("Community meeting"),
    "decisions": N_("Decision"),
    "equipment": N_("Equipment"),
    "equipment_states": N_("Condition of equipment"),
    "equipment_checks": N_("Check of equipment"),
    "equipment_check_lines": N_("Line of a check"),
    "partners": N_("Partner"),
    "advocacy_actions": N_("Advocacy"),
    "budgets": N_("Budget"),
    "media_items": N_("Publication"),
    "stories": N_("Impact story"),
    "service_days": N_("Service day"),
    "holidays": N_("Holiday"),
    "period_totals": N_("Monthly total"),
    "targets": N_("Target"),
    "closings": N_("Closed month"),
    "batches": N_("File brought in"),
    "branches": N_("Library"),
    "signatories": N_("Signatory"),
    "staff": N_("Staff"),
}
_ACTIONS = {
    Action.CREATE: N_("made"),
    Action.CHANGE: N_("changed"),
    Action.REMOVE: N_("removed"),
    Action.IMPORT: N_("brought in"),
    Action.UNDO: N_("undone"),
    Action.REDO: N_("done again"),
}
_COLUMNS = {
    "address": N_("Address"),
    "after_text": N_("Afterwards"),
    "age_band": N_("Age group"),
    "age_set": N_("Age groups"),
    "age_years": N_("Age"),
    "amount": N_("Amount"),
    "ask_occupation": N_("Ask for the occupation too"),
    "assisted": N_("Helped"),
    "audience": N_("For whom"),
    "before_text": N_("Before"),
    "birth_year": N_("Year of birth"),
    "born_here": N_("Born in the library"),
    "brand": N_("Brand"),
    "called_at": N_("Called"),
    "capacity": N_("Capacity"),
    "certificate_number": N_("Certificate number"),
    "channel": N_("Channel"),
    "checked_at": N_("Looked after"),
    "code": N_("Code"),
    "community_id": N_("Community"),
    "condition": N_("Condition"),
    "consent_on": N_("Consent of"),
    "contact": N_("Contact"),
    "contact_id": N_("Contact"),
    "cost": N_("Cost"),
    "count": N_("Number of people"),
    "course_id": N_("Training"),
    "date": N_("Date"),
    "document_number": N_("Document number"),
    "domain": N_("Domain"),
    "done_on": N_("Done on"),
    "due_on": N_("Due on"),
    "education": N_("Education"),
    "email": N_("E-mail"),
    "end_reason": N_("Why it ended"),
    "end_estimated": N_("End is an estimate"),
    "ended_at": N_("End"),
    "ended_on": N_("Not active since"),
    "ends_at": N_("End"),
    "evidence": N_("Evidence"),
    "female": N_("Women"),
    "field": N_("Field"),
    "follow_up": N_("Follow-up"),
    "founded": N_("Founded"),
    "founded_year": N_("Year founded"),
    "from_on": N_("From"),
    "funding": N_("Funding"),
    "guardian_consent": N_("Guardian's consent"),
    "headcount": N_("Headcount"),
    "help_text": N_("What the library did"),
    "institution": N_("Institution"),
    "is_public": N_("For the public"),
    "kind": N_("Kind"),
    "leader_id": N_("Leader"),
    "left_at": N_("Left"),
    "limit_minutes": N_("Time limit (minutes)"),
    "link": N_("Link"),
    "local_date": N_("Day"),
    "local_hour": N_("Hour"),
    "male": N_("Men"),
    "member_number": N_("Member number"),
    "merged_into": N_("The same person as"),
    "method": N_("How it was counted"),
    "minutes": N_("Minutes"),
    "minutes_open": N_("Minutes open"),
    "mode": N_("Where"),
    "mou_number": N_("MoU number"),
    "name": N_("Name"),
    "named": N_("Called by name"),
    "nip": N_("NIP"),
    "note": N_("Note"),
    "number": N_("Number"),
    "occupation": N_("Occupation"),
    "occurred_at": N_("Time"),
    "organiser": N_("Organiser"),
    "owner_id": N_("Owner"),
    "owner_office": N_("Owner (office)"),
    "partner": N_("Partner"),
    "patron_id": N_("Patron"),
    "person_id": N_("Person"),
    "phone": N_("Phone"),
    "place": N_("Place"),
    "population_served": N_("Population served"),
    "post": N_("Post"),
    "present": N_("Present"),
    "price": N_("Price"),
    "program": N_("Program"),
    "pseudonym": N_("Pseudonym"),
    "purpose": N_("Purpose"),
    "rank": N_("Rank"),
    "reason": N_("Reason"),
    "received": N_("Received"),
    "result": N_("Result"),
    "retention_months": N_("Months that names are kept"),
    "role": N_("Role"),
    "score_after": N_("Score after"),
    "score_before": N_("Score before"),
    "served_at": N_("Served"),
    "sex": N_("Sex"),
    "source": N_("Source"),
    "specification": N_("Specification"),
    "started_at": N_("Start"),
    "starts_at": N_("Start"),
    "state": N_("State"),
    "status": N_("Status"),
    "strategy": N_("Strategy"),
    "support": N_("Support"),
    "text": N_("Text"),
    "title": N_("Title"),
    "topic": N_("Topic"),
    "type": N_("Type"),
    "until_on": N_("Until"),
    "value": N_("Value"),
    "verified_on": N_("Verified on"),
    "village": N_("Village"),
    "workstation_id": N_("Computer"),
    "year": N_("Year"),
    "zone": N_("Time zone"),
}
"""What a reader calls a column; others are told as a detail."""
_YES_NO = {
    *("ask_occupation", "assisted", "born_here", "end_estimated", "guardian_consent"),
    *("is_public", "named", "present"),
}
_TITLES = ("title", "name", "text", "label", "file_name", "number", "date", "month", "local_date")
_ENUMS = tuple(
    each for each in vars(codes).values() if isinstance(each, type) and issubclass(each, StrEnum)
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")
_LONGEST = 120


def kind_words(line: Line) -> str:
    """What kind of record it is, and what it is called if it has a name."""
    name = tr(_KINDS.get(line.kind, N_("Record")))
    title = next((line.record[each] for each in _TITLES if line.record.get(each)), None)
    if title is None or line.kind in ("visits", "computer_sessions"):
        return name
    return f"{name}: {_shortened(_plain(str(title)))}"


def table_words(table: str) -> str:
    """What the records of a table are called."""
    return tr(_KINDS.get(table, N_("Entries of a list")))


def column_words(column: str) -> str:
    """What a reader calls a column; nothing for one that is for programs."""
    name = _COLUMNS.get(column)
    return "" if name is None else tr(name)


def action_words(line: Line) -> str:
    """What was done."""
    if line.kind.startswith(ERASED) and line.action is Action.REMOVE:
        return tr("erased")
    return tr(_ACTIONS[line.action])


def changes_words(line: Line, zone: tzinfo, names: Mapping[str, str]) -> str:
    """Each field with what stood before and after: `Sex: not recorded → Female`."""
    told = [change_words(each, zone, names) for each in line.changes]
    return "; ".join(dict.fromkeys(told))


def change_words(change: Change, zone: tzinfo, names: Mapping[str, str]) -> str:
    """A field, before and after; of what is no words for a reader only that it was changed."""
    column = _COLUMNS.get(change.column)
    if column is None:
        return tr("a detail")
    before = value_words(change.column, change.before, zone, names)
    after = value_words(change.column, change.after, zone, names)
    return f"{tr(column)}: {before} → {after}"


def value_words(column: str, value: Any, zone: tzinfo, names: Mapping[str, str]) -> str:
    """A stored value as it is read."""
    if value is None or value == "":
        return NOTHING
    if column in _YES_NO:
        return tr("yes") if value else tr("no")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if column in ("birth_year", "year", "founded_year") else number(value)
    text = str(value)
    if column.endswith("_id") or column == "merged_into":
        return names.get(text, NOTHING)
    if _MOMENT.fullmatch(text):
        moment = parse_utc(text).astimezone(zone)
        return f"{date_long(moment.date())}, {clock_text(moment)}"
    return _label(text) or _shortened(_plain(text))


def _label(text: str) -> str:
    for each in _ENUMS:
        if text in set(each):
            try:
                return label(each(text))
            except KeyError:  # a list of the program's own, that nobody reads
                continue
    return ""


def _plain(text: str) -> str:
    return date_long(date.fromisoformat(text)) if _DATE.fullmatch(text) else text


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def when_words(moment: datetime, zone: tzinfo) -> str:
    """`23 November 2026, 09.41`."""
    here = moment.astimezone(zone)
    return f"{date_long(here.date())}, {clock_text(here)}"
