"""How courses and their meetings are told in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import Meeting, Schedule, when_text
from perpudesk.core.codes import UNKNOWN, Audience, MeetingState, label
from perpudesk.core.formats import date_short, number, weekday_names
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.trainings.model import CourseLine, Progress

Titles = Callable[[Meeting], str]
"""What a meeting is called: its own title, or that of its course."""


def day_words(day: date, today: date) -> str:
    """`12 Nov`, of another year `12 Nov 2025`."""
    return date_short(day) if day.year == today.year else f"{date_short(day)} {day.year}"


def day_in_week(day: date, today: date) -> str:
    """`Sel 1 Des`."""
    return f"{weekday_names(short=True)[day.weekday()]} {day_words(day, today)}"


def progress_words(line: CourseLine, today: date) -> str:
    """How far a course is: `3 dari 4 pertemuan`, `selesai 12 Nov`, `mulai 2 Des`."""
    progress, count = line.progress(), len(line.standing)
    if progress is Progress.FINISHED and line.last is not None:
        return tr("finished {day}", day=day_words(line.last, today))
    if progress is Progress.RUNNING:
        told = {"held": number(line.held), "count": number(count)}
        return trn("{held} of {count} meeting", "{held} of {count} meetings", count, **told)
    if line.first is not None and (line.first >= today or not count):
        return tr("starts {day}", day=day_words(line.first, today))
    if count:
        return tr("nobody recorded yet")
    return tr("not planned yet")


def line_words(line: CourseLine, topics: Mapping[str, str], today: date) -> str:
    """The second line of a course in the list: how far it is, and for whom or of what."""
    course = line.course
    staff = course.audience is Audience.STAFF
    topic = "" if course.topic == UNKNOWN else topics.get(course.topic, "")
    about = trc("audience", "Staff") if staff else topic
    return " · ".join(filter(None, (progress_words(line, today), about)))


def meeting_words(meeting: Meeting, place: int, today: date) -> str:
    """`Pertemuan 3 · 23 Nov`; `place` is 1 for the first of those that stand."""
    day = day_words(meeting.schedule.day, today)
    if meeting.state is MeetingState.CANCELLED:
        return tr("Cancelled · {day}", day=day)
    return tr("Meeting {n} · {day}", n=number(place), day=day)


def meeting_told(meeting: Meeting) -> str:
    """Beside the day: `09.00–11.00 · Aula · berlangsung`."""
    schedule = meeting.schedule
    beside = meeting.headcount
    count = "" if beside is None else tr("{count} beside the list", count=number(beside.count))
    state = label(meeting.state)
    told = (when_text(schedule), schedule.place or "", meeting.title or "", state, count)
    return " · ".join(filter(None, told))


def clash_words(
    meetings: MeetingService,
    schedules: Iterable[Schedule],
    titles: Titles,
    today: date,
    *,
    but: str | None = None,
) -> list[str]:
    """A sentence for each meeting at the same place then, and each class at the computers."""
    told = []
    for schedule in schedules:
        day = day_words(schedule.day, today)
        told += [
            tr("{day}: {title} is at the same place then.", day=day, title=titles(each))
            for each in meetings.clashes(schedule, but=() if but is None else (but,))
        ]
        told += [
            tr("{day}: {title} has computers then.", day=day, title=each.whom)
            for each in meetings.classes_at(schedule, but=but)
        ]
    return told
