from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import pytest

from perpudesk.agenda.model import (
    Entry,
    EntryKind,
    MatterKind,
    Month,
    class_schedule,
    in_order,
    matters,
)
from perpudesk.attendance.model import Schedule
from perpudesk.branch.model import Hours, Week
from perpudesk.communities.model import Decision
from perpudesk.core.codes import MeetingState, Mode
from perpudesk.program.model import Partner

FIRST = date(2026, 11, 1)
MONDAY = date(2026, 11, 23)
WEEK: Week = (*(Hours(opens=480, closes=960),) * 5, None, None)


def entry(title: str, hour: int | None = 9, **other: object) -> Entry:
    given = {"minutes": 90, "place": "Aula", **other}
    state = given.pop("state", MeetingState.PLANNED)
    start = None if hour is None else time(hour)
    schedule = Schedule(day=MONDAY, start=start, **given)  # type: ignore[arg-type]
    return Entry(
        id=title,
        about=title,
        kind=EntryKind.TRAINING,
        title=title,
        schedule=schedule,
        state=state,  # type: ignore[arg-type]
    )


def month(
    *entries: Entry, closed: Mapping[date, str] | None = None, hours: Week | None = WEEK
) -> Month:
    return Month(first=FIRST, entries={MONDAY: entries}, closed=closed or {}, hours=hours)


def test_an_entry_is_told_by_its_start_and_title() -> None:
    assert entry("Email").words() == "09:00 Email"
    assert entry("Email", None).words() == "Email"


@pytest.mark.parametrize(
    "first, weeks, begins, ends",
    [
        (date(2026, 11, 1), 6, date(2026, 10, 26), date(2026, 12, 6)),
        (date(2027, 2, 1), 4, date(2027, 2, 1), date(2027, 2, 28)),
        (date(2026, 12, 1), 5, date(2026, 11, 30), date(2027, 1, 3)),
    ],
)
def test_a_month_is_told_in_whole_weeks(first: date, weeks: int, begins: date, ends: date) -> None:
    found = Month(first=first, entries={}, closed={}).weeks()
    assert len(found) == weeks
    assert (found[0][0], found[-1][-1]) == (begins, ends)
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in found)


def test_a_day_without_entries_has_none() -> None:
    assert month(entry("Email")).of(date(2026, 11, 24)) == ()


def test_two_at_one_place_at_one_time_cannot_be() -> None:
    said = ["Email and Rembuk are both at Aula at 10:00–11:30."]
    clash = month(entry("Email"), entry("Rembuk", 10))
    assert clash.warnings(MONDAY) == said
    for other in (
        entry("Rembuk", 11),
        entry("Rembuk", 10, place="Ruang baca"),
        entry("Rembuk", 10, place=None),
        entry("Rembuk", 10, state=MeetingState.CANCELLED),
        entry("Rembuk", None),
    ):
        assert month(entry("Email"), other).warnings(MONDAY) == []


def test_a_closed_day_is_told_with_its_reason_and_hinders_only_what_is_here() -> None:
    closed = {MONDAY: "Hari Guru"}
    here, online = entry("Email"), entry("Rapat", mode=Mode.ONLINE)
    assert month(here, online, closed=closed).warnings(MONDAY) == [
        "Email: the library is closed (Hari Guru)."
    ]
    assert month(online, closed=closed).warnings(MONDAY) == []


@pytest.mark.parametrize(
    "hour, minutes, outside",
    [(8, 60, False), (7, 90, True), (15, 60, False), (15, 61, True), (16, None, False)],
)
def test_what_is_outside_opening_hours_is_told(
    hour: int, minutes: int | None, outside: bool
) -> None:
    found = month(entry("Email", hour, minutes=minutes)).warnings(MONDAY)
    assert found == (["Email: outside opening hours."] if outside else [])


def test_where_hours_or_start_are_unknown_nothing_is_outside() -> None:
    assert month(entry("Email", 5), hours=None).warnings(MONDAY) == []
    assert month(entry("Email", None)).warnings(MONDAY) == []
    shut: Week = (None,) * 7
    assert month(entry("Email", 5), hours=shut).warnings(MONDAY) == []


def test_entries_stand_in_order_of_time_those_without_first() -> None:
    given = [entry("C", 10), entry("B", None), entry("A", 10)]
    assert [each.title for each in in_order(given)] == ["B", "A", "C"]


def test_computers_of_a_class_are_kept_for_a_minute_at_least() -> None:
    start = datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)
    kept = class_schedule(start, datetime(2026, 11, 23, 10, 30, 30, tzinfo=UTC))
    assert (kept.day, kept.start, kept.minutes) == (MONDAY, time(9, 0, 30), 90)
    assert class_schedule(start, start).minutes == 1


def decision(text: str, owner: str | None = None) -> Decision:
    return Decision(
        id=text,
        meeting_id="m",
        met_on=FIRST,
        meeting="Rembuk",
        text=text,
        owner_id=None,
        owner_office=owner,
        owner=owner,
        due_on=FIRST,
        done_on=None,
        note=None,
    )


def test_a_day_without_anything_brings_nothing() -> None:
    assert matters([], [], []) == ()
    assert matters([], [entry("Email", state=MeetingState.CANCELLED)], []) == ()


def test_late_decisions_are_one_line_with_the_one_due_longest() -> None:
    (one,) = matters([decision("Beli kursi", "Pak Lurah")], [], [])
    assert (one.kind, one.late) == (MatterKind.DECISIONS, True)
    assert one.text == "Decision overdue: Beli kursi · Pak Lurah"
    (many,) = matters([decision("Susun proposal " * 9), decision("Beli kursi")], [], [])
    assert many.text.startswith("2 decisions overdue, first: Susun proposal ")
    assert many.text.endswith(" …")


def test_what_is_on_stands_with_its_place_and_the_rest_is_counted() -> None:
    (one,) = matters([], [entry("Email")], [])
    assert (one.kind, one.text, one.late) == (MatterKind.ENTRY, "09:00 Email · Aula", False)
    assert one.entry == entry("Email")
    six = matters([], [entry(f"Kelas {at}") for at in range(6)], [])
    assert [each.kind for each in six] == [MatterKind.ENTRY] * 6
    seven = matters([], [entry(f"Kelas {at}") for at in range(7)], [])
    assert seven[-1].text == "2 more today"
    assert len(seven) == 6


def test_agreements_that_end_soon_are_told() -> None:
    ends = Partner(name="Telkom", until_on=date(2026, 12, 31))
    (one,) = matters([], [], [ends])
    assert one.text == "Cooperation with Telkom ends on 31 December 2026"
    assert matters([], [], [Partner(name="Desa")]) == ()
