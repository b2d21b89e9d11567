"""The month on a sheet for the notice board; nobody is called by name."""

from __future__ import annotations

from datetime import date

from perpudesk.agenda.model import Entry, EntryKind, Month
from perpudesk.attendance.framing import House, framed
from perpudesk.core.formats import month_name, weekday_names
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Block, Document, MonthSheet, Note, SheetDay, Title
from perpudesk.paper.forms import Format


def poster(house: House, month: Month) -> Document:
    """Wide paper with the weeks of a month; what was cancelled is not on it."""
    name = month_name(month.first)
    blocks: list[Block] = [
        Title(text=tr("ACTIVITIES OF THE LIBRARY, {month}", month=name.upper())),
        MonthSheet(
            weekdays=tuple(weekday_names()),
            weeks=tuple(
                tuple(_day(month, day) if day.month == month.first.month else None for day in week)
                for week in month.weeks()
            ),
        ),
        Note(text=tr("Everybody is welcome. Changes are told at the front desk.")),
    ]
    return framed(house, tr("Agenda"), name, blocks, lies=Format.WIDE)


def _day(month: Month, day: date) -> SheetDay:
    shown = [each for each in month.of(day) if each.stands and each.kind is not EntryKind.CLASS]
    return SheetDay(
        number=day.day,
        entries=tuple(map(_entry, shown)),
        closed=month.closed.get(day),
    )


def _entry(entry: Entry) -> str:
    place = entry.schedule.place
    return f"{entry.words()} ({place})" if place else entry.words()
