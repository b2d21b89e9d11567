"""Meetings, lists and marks, and the rules over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from perpudesk.branch.checks import EARLIEST, EARLY_DAY, clean
from perpudesk.core.codes import ListStatus, MeetingState, Method, Mode, Sex, VisitorType
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.formats import clock_text, date_long, number
from perpudesk.patrons.model import Profile, check_band
from perpudesk.visits.model import Part

TOO_FAR = Problem(
    "meeting_too_far", "{date} is more than three years ahead. Check the year of the meeting."
)
BAD_LENGTH = Problem(
    "meeting_length",
    "A meeting lasts from 1 minute to 24 hours. Type the hours or minutes again.",
)
PAST_MIDNIGHT = Problem(
    "meeting_past_midnight",
    "It would go on past midnight. Type an earlier start or a shorter time.",
)
DOUBLE = Problem(
    "meeting_double",
    "There is a meeting on {date} at that time already. Choose another day or time.",
)
DOUBLE_UNTIMED = Problem(
    "meeting_double_untimed",
    "There is a meeting on {date} already. Type the times of both, or choose another day.",
)
HELD_AHEAD = Problem(
    "meeting_held_ahead",
    "{date} has not come yet, and who was there is recorded already. Choose an earlier day.",
)
NO_MEETING = Problem("no_meeting", "That meeting is not here any more. Look at the list again.")
NO_PARTICIPANT = Problem(
    "no_participant", "That participant is not on the list any more. Look at the list again."
)
NOT_YET = Problem(
    "meeting_not_yet",
    "The meeting of {date} has not come yet, so nobody can have been there. Move it first.",
)
IS_CANCELLED = Problem(
    "meeting_is_cancelled",
    "The meeting of {date} is cancelled. Plan it again before you record who was there.",
)
HAS_ATTENDANCE = Problem(
    "meeting_has_attendance",
    "Who was at the meeting of {date} is recorded. Take that back first.",
)
NOT_HERE = Problem(
    "meeting_not_here",
    "Only at the library itself is somebody at a meeting also a visitor. Change the place first.",
)
ON_LIST = Problem("on_list_already", "{name} is on the list already.")
IS_TRAINER = Problem(
    "trainer_on_list", "{name} is a trainer here. Trainers are not counted among the participants."
)
TRAINER_ON_LIST = Problem(
    "participant_trains",
    "{name} is on the list of participants. Take the name off that list first.",
)
TOO_MANY = Problem(
    "headcount_too_many", "The number must be a whole number from 0 to {most}. Type it again."
)
PARTS_EXCEED = Problem(
    "headcount_parts",
    "The parts add up to {parts}, more than the {count} people. Mend a part or the total.",
)
BAD_SCORE = Problem("bad_score", "A score is a whole number from 0 to 100. Type it again.")
BAD_ANSWER = Problem("bad_answer", "An answer is a whole number from 1 to 5. Type it again.")

MOST_MINUTES = 24 * 60
MOST_PEOPLE = 9_999
FARTHEST = timedelta(days=3 * 366)
"""Nobody plans further ahead: a later year is a mistyped one (ours)."""
USUAL_MINUTES = 60
"""How long a meeting is taken to last where nobody said so, to see whether two share time."""
LIMITS = {"title": 200, "place": 120, "note": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When and where people meet, on the branch's own calendar; what is None is not known."""

    day: date
    start: time | None = None
    minutes: int | None = None
    mode: Mode = Mode.ON_SITE
    place: str | None = None

    @property
    def end(self) -> time | None:
        """When it is over, on the same day; 24.00 is told as 23.59."""
        if self.start is None or self.minutes is None:
            return None
        over = datetime.combine(self.day, self.start) + timedelta(minutes=self.minutes)
        return over.time() if over.date() == self.day else time(23, 59)

    def shares_time(self, other: Schedule) -> bool:
        """Whether the two surely go on at one time: both have a day and a start."""
        if self.day != other.day or self.start is None or other.start is None:
            return False
        (first, until), (second, end) = _span(self), _span(other)
        return first < end and second < until

    def shares_place(self, other: Schedule) -> bool:
        """Whether both are at one place: the same words for it, at the library or elsewhere."""
        if self.place is None or other.place is None or Mode.ONLINE in (self.mode, other.mode):
            return False
        return self.mode is other.mode and self.place.casefold() == other.place.casefold()


def _span(schedule: Schedule) -> tuple[int, int]:
    assert schedule.start is not None  # noqa: S101 - asked only where it is known
    first = schedule.start.hour * 60 + schedule.start.minute
    return first, first + (schedule.minutes or USUAL_MINUTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """How many came beside those on the list; what the parts leave is not recorded."""

    count: int
    parts: tuple[Part, ...] = ()
    method: Method = Method.COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDraft:
    """A meeting as planned; one of a course may have no title of its own."""

    schedule: Schedule
    title: str | None = None
    note: str | None = None


class ImportedMeeting(NamedTuple):
    """A meeting of a file that was held: the columns that a file can fill."""

    id: str
    course_id: str | None
    title: str | None
    local_date: str
    starts_minute: int | None
    headcount: int | None
    parts: str | None
    """As the table has them: a JSON list, or nothing."""
    method: str
    note: str | None
    state: str = MeetingState.HELD.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A date at which people come together: of a course, else of the community.

    It was held when somebody said so, at the latest by the first mark or headcount.
    """

    id: str
    course_id: str | None
    title: str | None
    schedule: Schedule
    state: MeetingState
    headcount: Headcount | None
    count_visits: bool
    visit_id: str | None
    reservation_id: str | None
    note: str | None
    batch_id: str | None

    @property
    def list_id(self) -> str:
        """The list that is marked: the course's, or its own."""
        return self.course_id or self.id

    @property
    def held(self) -> bool:
        """Whether it was held."""
        return self.state is MeetingState.HELD

    def draft(self) -> MeetingDraft:
        """The meeting as it would be typed."""
        return MeetingDraft(schedule=self.schedule, title=self.title, note=self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a participant scored, 0 to 100, and answered, 1 to 5; None: not asked."""

    score_before: int | None = None
    score_after: int | None = None
    learned: int | None = None
    confident: int | None = None
    will_use: int | None = None


SCORES = ("score_before", "score_after")
ANSWERS = ("learned", "confident", "will_use")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody on a list: a patron or one of the staff by name, else a profile alone.

    `number` is the place in the order of enrolment, 1 the first.
    """

    id: str
    list_id: str
    number: int
    patron_id: str | None
    staff_id: str | None
    name: str | None
    status: ListStatus
    type: VisitorType
    profile: Profile
    results: Results = field(default_factory=Results)
    certificate_number: str | None = None
    certified_on: date | None = None
    note: str | None = None
    batch_id: str | None = None

    @property
    def listed(self) -> bool:
        """Whether the participant stands on the list now."""
        return self.status is ListStatus.ENROLLED


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list with its meetings and marks: what is shown, printed and counted of it.

    `marks` holds, by (meeting id, participant id), whether somebody was there; without one nobody
    looked. Participants stand by name, those without one after them in the order they came.
    """

    list_id: str
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    marks: Mapping[tuple[str, str], bool]

    def mark(self, meeting: Meeting, participant: Participant) -> bool | None:
        """Present, absent, or not taken."""
        return self.marks.get((meeting.id, participant.id))

    @cached_property
    def on_list(self) -> tuple[Participant, ...]:
        """Those who stand on the list."""
        return tuple(each for each in self.participants if each.listed)

    @property
    def waiting(self) -> tuple[Participant, ...]:
        """Those who wait for a place, first come first."""
        waiting = [each for each in self.participants if each.status is ListStatus.WAITING]
        return tuple(sorted(waiting, key=lambda each: each.number))

    @cached_property
    def held(self) -> tuple[Meeting, ...]:
        """The meetings that were held."""
        return tuple(each for each in self.meetings if each.held)

    @cached_property
    def _came(self) -> dict[str, int]:
        """By meeting that has any mark, how many of the list were there."""
        came: dict[str, int] = {}
        for (meeting_id, _), there in self.marks.items():
            came[meeting_id] = came.get(meeting_id, 0) + there
        return came

    def present_at(self, meeting: Meeting) -> int | None:
        """How many were at a meeting, headcount and all; None where nobody counted."""
        came = self._came.get(meeting.id)
        if meeting.headcount is None:
            return came
        return (came or 0) + meeting.headcount.count

    @cached_property
    def _attended(self) -> dict[str, int]:
        """By participant who was anywhere, at how many of the meetings held."""
        held, attended = {each.id for each in self.held}, dict[str, int]()
        for (meeting_id, who), there in self.marks.items():
            if there and meeting_id in held:
                attended[who] = attended.get(who, 0) + 1
        return attended

    def attended(self, participant: Participant) -> int:
        """At how many of the meetings held a participant was."""
        return self._attended.get(participant.id, 0)

    def share(self, participant: Participant) -> float | None:
        """Present ÷ meetings held; None where none was."""
        return self.attended(participant) / len(self.held) if self.held else None

    @property
    def attendances(self) -> int:
        """Everybody at every meeting held, headcounts among them."""
        return sum(self.present_at(each) or 0 for each in self.held)

    def marked(self) -> tuple[int, int]:
        """How many marks say present, and how many could at the meetings where any was made."""
        taken = [each.id for each in self.held if each.id in self._came]
        present = sum(self._came[each] for each in taken)
        gone = [each.id for each in self.participants if not each.listed]
        stayed = sum((of, who) in self.marks for of in taken for who in gone)
        return present, len(taken) * len(self.on_list) + stayed

    def person_minutes(self, usual: int) -> int:
        """Σ minutes × people there; a meeting without a length of its own lasts `usual`."""
        return sum(
            (each.schedule.minutes or usual) * (self.present_at(each) or 0) for each in self.held
        )

    def by_sex(self) -> dict[Sex, int]:
        """Those on the list by sex."""
        counts = dict.fromkeys(Sex, 0)
        for each in self.on_list:
            counts[each.profile.sex] += 1
        return counts


def admit_meeting(draft: MeetingDraft, *, today: date, required: bool) -> MeetingDraft:
    """The meeting as it may be stored; raises `InputError` on the first field that is refused.

    A title is `required` of a meeting that belongs to no course.
    """
    return replace(
        draft,
        schedule=admit_schedule(draft.schedule, today=today),
        title=clean(draft.title, "title", required=required, most=LIMITS["title"]),
        note=clean(draft.note, "note", most=LIMITS["note"]),
    )


def admit_schedule(schedule: Schedule, *, today: date) -> Schedule:
    """Day, times and place as they may be stored; raises `InputError`."""
    if schedule.day < EARLIEST:
        raise InputError(EARLY_DAY, field="day", date=date_long(schedule.day))
    if schedule.day - today > FARTHEST:
        raise InputError(TOO_FAR, field="day", date=date_long(schedule.day))
    minutes = schedule.minutes
    if minutes is not None and (type(minutes) is not int or not 1 <= minutes <= MOST_MINUTES):
        raise InputError(BAD_LENGTH, field="minutes")
    if schedule.start is not None and minutes is not None and _span(schedule)[1] > MOST_MINUTES:
        raise InputError(PAST_MIDNIGHT, field="minutes")
    return replace(schedule, place=clean(schedule.place, "place", most=LIMITS["place"]))


def refuse_double(schedule: Schedule, others: Iterable[Schedule]) -> None:
    """Raise `InputError` where one of the others, of the same course, goes on at that time."""
    for other in others:
        if other.day != schedule.day:
            continue
        if schedule.shares_time(other):
            raise InputError(DOUBLE, field="start", date=date_long(schedule.day))
        if schedule.start is None or other.start is None:
            raise InputError(DOUBLE_UNTIMED, field="start", date=date_long(schedule.day))


def check_takes_marks(meeting: Meeting, *, today: date) -> None:
    """Raise `RuleError` where who was there cannot be recorded."""
    told = {"date": date_long(meeting.schedule.day)}
    if meeting.state is MeetingState.CANCELLED:
        raise RuleError(IS_CANCELLED, **told)
    if meeting.schedule.day > today:
        raise RuleError(NOT_YET, **told)


def admit_headcount(headcount: Headcount) -> Headcount:
    """A headcount as it may be stored; raises `InputError` on `headcount` or `parts`."""
    parts = tuple(each for each in headcount.parts if each.count != 0)
    counts = [headcount.count, *(each.count for each in parts)]
    if any(type(each) is not int or not 0 <= each <= MOST_PEOPLE for each in counts):
        raise InputError(TOO_MANY, field="headcount", most=number(MOST_PEOPLE))
    for each in parts:
        check_band(each.age_band, field="parts")
    together = sum(each.count for each in parts)
    if together > headcount.count:
        told = {"parts": number(together), "count": number(headcount.count)}
        raise InputError(PARTS_EXCEED, field="parts", **told)
    return replace(headcount, parts=parts)


def admit_results(results: Results) -> Results:
    """Scores and answers as they may be stored; raises `InputError` on the field."""
    for names, low, high, problem in (
        (SCORES, 0, 100, BAD_SCORE),
        (ANSWERS, 1, 5, BAD_ANSWER),
    ):
        for name in names:
            value = getattr(results, name)
            if value is not None and (type(value) is not int or not low <= value <= high):
                raise InputError(problem, field=name)
    return results


def in_order(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """By name, those without one after them in the order they came."""
    return tuple(
        sorted(
            participants,
            key=lambda each: (each.name is None, (each.name or "").casefold(), each.number),
        )
    )


def refuse_trainer(participant: Participant, barred: Collection[str]) -> None:
    """Raise `RuleError` where a participant is one of the trainers (patron ids)."""
    if participant.patron_id in barred:
        raise RuleError(IS_TRAINER, name=participant.name or "")


def when_text(schedule: Schedule) -> str:
    """From when to when, as it is read: `09.00–11.00`, `09.00`, or nothing."""
    if schedule.start is None:
        return ""
    if schedule.end is None:
        return clock_text(schedule.start)
    return f"{clock_text(schedule.start)}–{clock_text(schedule.end)}"
