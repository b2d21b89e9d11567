"""Whatever is done with lists, marks and meetings: the figures are the sum over the records.

And a month of which no record changed keeps its figures, whatever was moved or cancelled beside it.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from hypothesis import settings
from hypothesis.stateful import invariant

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.communities.model import GatheringDraft
from perpudesk.core.times import Period
from perpudesk.reports.model import (
    ACTED,
    COMMUNITY_MEETINGS,
    MEETING_ATTENDANCES,
    TRAINING_ATTENDANCES,
    TRAINING_MEETINGS,
    Figures,
    mismatches,
)
from tests.attendance.test_property import WithLists

Told = tuple[tuple[str, float | None, str], ...]


class Figured(WithLists):
    """Plans, marks, headcounts, moves, cancellations, undo and redo in any order."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[frozenset[str], Told]] = {}
        super().__init__()

    def plan(self, day: date, hour: int | None, course: str | None) -> None:
        if course is not None:
            super().plan(day, hour, course)
            return
        schedule = Schedule(day=day, start=None if hour is None else time(hour), minutes=60)
        meeting = MeetingDraft(schedule=schedule, title="Temu")
        self.desk.gatherings.plan(GatheringDraft(meeting=meeting))

    def months(self) -> set[Period]:
        return {Period.month_of(each.schedule.day) for each in self.meetings()}

    @invariant()
    def attendances_of_the_figures_are_marks_and_headcounts(self) -> None:
        marks, rows = self.of("marks"), {row["id"]: row for row in self.of("meetings")}
        for month in self.months():
            figures = self.desk.reports.figures(month)
            for of_course, meetings, attendances in (
                (True, TRAINING_MEETINGS, TRAINING_ATTENDANCES),
                (False, COMMUNITY_MEETINGS, MEETING_ATTENDANCES),
            ):
                held = [
                    each
                    for each in self.meetings()
                    if each.held
                    and (each.course_id is not None) is of_course
                    and Period.month_of(each.schedule.day) == month
                ]
                assert (figures.value(meetings) or 0) == len(held)
                counts = [_came(rows[each.id], marks) for each in held]
                known = [count for count in counts if count is not None]
                if held and not known:
                    assert figures.value(attendances) is None
                else:
                    assert (figures.value(attendances) or 0) == sum(known)
            assert not [wrong for each in ACTED for wrong in mismatches(figures.get(each))]

    @invariant()
    def a_month_without_a_change_keeps_its_figures(self) -> None:
        now = {month.code: month for month in self.months()}
        for code, month in now.items():
            records, figures = self.records(month), _told(self.desk.reports.figures(month))
            known = self.told.get(code)
            if known is not None and known[0] == records:
                assert figures == known[1]
            self.told[code] = (records, figures)

    def records(self, month: Period) -> frozenset[str]:
        """All that a month's activities are made of: meetings, marks, lists, visits."""
        standing = self.standing()
        mine = [
            row
            for (table, _), row in standing.items()
            if table in ("meetings", "visits") and row["local_date"].startswith(month.code)
        ]
        ids = {row["id"] for row in mine}
        lists = {row.get("course_id") or row["id"] for row in mine}
        mine += [
            row
            for (table, _), row in standing.items()
            if (table == "marks" and row["meeting_id"] in ids)
            or (table == "participants" and row["list_id"] in lists)
        ]
        # Since when the branch plans such meetings tells a month with none from one before them.
        since = {
            of_course: min((day for day, of in self.planned() if of is of_course), default=None)
            for of_course in (True, False)
        }
        return frozenset([*map(repr, mine), repr(since)])

    def planned(self) -> list[tuple[date, bool]]:
        return [(each.schedule.day, each.course_id is not None) for each in self.meetings()]


def _came(row: dict[str, Any], marks: list[dict[str, Any]]) -> int | None:
    of = [mark for mark in marks if mark["meeting_id"] == row["id"]]
    if not of and row["headcount"] is None:
        return None
    return sum(mark["present"] for mark in of) + (row["headcount"] or 0)


def _told(figures: Figures) -> Told:
    return tuple(
        (each.indicator, each.value, repr(sorted(each.by.items()))) for each in figures.figures
    )


TestFigured = Figured.TestCase
TestFigured.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
