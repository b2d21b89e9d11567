"""What each part of the settings says of itself in the list, without being opened."""

from __future__ import annotations

from pathlib import Path

from perpudesk.branch.model import Week
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import GROWING_LISTS, label
from perpudesk.core.formats import clock_text, number, weekday_names
from perpudesk.core.i18n import tr, trn
from perpudesk.core.settings import read_settings


def summaries(branch: BranchService, folder: Path) -> dict[str, str]:
    """A few words for each section, by its key."""
    known, settings = branch.current(), read_settings()
    kept = sum(holiday.kept for holiday in branch.holiday_list(branch.today().year))
    bands = len(known.age_bands)
    return {
        "library": known.name,
        "letterhead": known.letterhead[0] if known.letterhead else tr("not filled in"),
        "signatories": _signatories(branch),
        "hours": _week(known.opening_hours),
        "holidays": trn("{count} day", "{count} days", kept, count=number(kept)),
        "staff": _staff(branch),
        "desk": trn("{count} age group", "{count} age groups", bands, count=number(bands)),
        "appearance": f"{label(settings.theme)} · {settings.scale}%",
        "lists": _own_entries(branch),
        "data": folder.name,
    }


def _signatories(branch: BranchService) -> str:
    names = [each.name or each.post for each in branch.signatories()]
    return ", ".join(name for name in names if name) or tr("not filled in")


def _week(week: Week | None) -> str:
    """`Sen–Jum, 08.00–15.00`, or how many days where they differ."""
    if week is None or not any(week):
        return tr("not filled in")
    days = [place for place, hours in enumerate(week) if hours is not None]
    names = weekday_names(short=True)
    together = days == list(range(days[0], days[-1] + 1)) and len(days) > 1
    told = f"{names[days[0]]}–{names[days[-1]]}" if together else ", ".join(names[d] for d in days)
    each = {week[day] for day in days}
    if len(each) > 1:
        return told
    hours = next(iter(each))
    assert hours is not None  # noqa: S101 - chosen so above
    return f"{told}, {'–'.join(clock_text(part) for part in hours.text.split('-'))}"


def _staff(branch: BranchService) -> str:
    people, here = branch.staff(), branch.who_is_at_desk()
    if not people:
        return tr("nobody yet")
    told = trn("{count} person", "{count} people", len(people), count=number(len(people)))
    return f"{told} · {here.name}" if here else told


def _own_entries(branch: BranchService) -> str:
    own = sum(entry.own for name in GROWING_LISTS for entry in branch.entries(name))
    if not own:
        return tr("standard entries only")
    return trn("{count} of your own", "{count} of your own", own, count=number(own))
