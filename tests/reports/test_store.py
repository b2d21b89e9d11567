"""What SQL adds up is what the model says of each session, to the minute."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perpudesk.computers.model import SessionDraft
from perpudesk.core.codes import EndReason
from perpudesk.core.ids import new_id
from perpudesk.core.times import FixedClock, Period, utc_text
from perpudesk.desk import Desk
from perpudesk.reports import store
from perpudesk.reports.lent import Lent
from tests.computers.spent import minutes_by_workstation

OCTOBER = Period.parse("2026-10")
BEGIN = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
NOW = "2026-11-23T02:41:07.123Z"
PLACES = ("PC 1", "PC 2", "PC 3")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    clock = FixedClock(datetime(2026, 10, 1, 1, 0, tzinfo=UTC))
    with Desk(tmp_path_factory.mktemp("library") / "data", clock=clock) as desk:
        desk.branch.set_up(name="Perpusda Contoh", zone="WIB")
        desk.workstations.add_many(len(PLACES))
        clock.moment = datetime(2026, 11, 23, 2, 41, 7, 123_000, tzinfo=UTC)
        yield desk


MS = st.integers(0, 15 * 3_600_000) | st.integers(0, 130_000)


@st.composite
def _row(draw: st.DrawFn) -> dict[str, Any]:
    """A session as the schema lets it be: moves and pauses that need not fit between its times."""
    start = BEGIN + timedelta(days=draw(st.integers(0, 26)), milliseconds=draw(MS))
    cuts = sorted(draw(st.lists(MS, min_size=1, max_size=4)))
    end = start + timedelta(milliseconds=cuts[-1])
    pauses = [draw(st.sampled_from([0, 1, 59_999, 60_000, 61_234, 3_600_000])) for _ in cuts]
    reason = draw(st.sampled_from([*EndReason, None]))
    moves = [
        {
            "workstation_id": draw(st.integers(0, len(PLACES) - 1)),
            "until": utc_text(start + timedelta(milliseconds=cut)),
            "paused_ms": pause,
        }
        for cut, pause in zip(cuts[:-1], pauses, strict=False)
    ]
    return {
        "local_date": start.date().isoformat(),
        "local_hour": start.hour,
        "precision": "time",
        "device": 0,
        "workstation_id": draw(st.integers(0, len(PLACES) - 1)),
        "started_at": utc_text(start),
        "ended_at": None if reason is None else utc_text(end),
        "end_reason": reason,
        "end_estimated": int(draw(st.booleans())) if reason is not None else 0,
        "paused_ms": sum(pauses),
        "moves": moves or None,
        "method": draw(st.sampled_from(["counted", "estimated"])),
        "sex": draw(st.sampled_from(["female", "unknown"])),
        "count": 1,
    }


def fill(desk: Desk, rows: list[dict[str, Any]]) -> None:
    """These sessions, and no others; of those that go on each workstation has one."""
    ids = [each.id for each in desk.workstations.all()]
    maker = {
        "branch_id": desk.branch.current().id,
        "station_id": desk.store.author.station_id,
        "created_at": NOW,
    }
    with desk.store.writing() as db:
        db.execute("DELETE FROM computer_sessions")
        for seq, row in enumerate(rows, 1_000):
            moves = [
                {**move, "workstation_id": ids[move["workstation_id"]]}
                for move in row["moves"] or ()
            ]
            full = {
                **maker,
                **row,
                "id": new_id(),
                "seq": seq,
                "workstation_id": ids[row["workstation_id"]] if row["ended_at"] else None,
                "moves": json.dumps(moves) if moves else None,
            }
            marks = ", ".join(f":{name}" for name in full)
            db.execute(f"INSERT INTO computer_sessions ({', '.join(full)}) VALUES ({marks})", full)


def read(desk: Desk, *, who: bool = True) -> Lent:
    with desk.store.reading() as db:
        return store.records(db, OCTOBER, NOW, who=who).lent


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_row(), max_size=6))
def test_minutes_are_those_of_the_model(library: Desk, rows: list[dict[str, Any]]) -> None:
    fill(library, rows)
    sessions = library.session_mending.between(OCTOBER.first, OCTOBER.last)
    assert len(sessions) == len(rows)
    known = [each.minutes for each in sessions if each.minutes is not None]
    found, by_day = read(library), read(library, who=False)
    for made in (found, by_day):
        timed = [row for row in made.sessions if row.duration != "unknown"]
        assert sum(row.minutes for row in made.sessions) == sum(known)
        assert sum(row.count for row in timed) == len(known)
        assert sum(row.count for row in made.sessions) == len(sessions)
        guessed = [each for each in sessions if each.minutes is not None and _guessed(each)]
        assert sum(row.count for row in timed if row.duration == "estimated") == len(guessed)
    places: Counter[str | None] = Counter()
    for each in sessions:
        places.update(minutes_by_workstation(each))
    shown: Counter[str | None] = Counter()
    for spot in found.spots:
        shown[spot.place] += 0 if spot.moved else spot.minutes
    for stay in found.stays:
        shown[stay.place] += stay.minutes
    assert +shown == +places
    moved = [spot.minutes for spot in found.spots if spot.moved]
    assert sum(moved) == sum(stay.minutes for stay in found.stays)
    for others in (found.users, found.spots):
        assert sum(row.count for row in others) == len(sessions)
        assert sum(row.minutes for row in others) == sum(known)
    assert sum(spot.count for spot in found.spots if spot.timed) == len(known)
    assert sum(spot.count for spot in found.spots if spot.end == "open") == sum(
        each.is_open for each in sessions
    )
    assert by_day.stays == by_day.users == by_day.spots == ()


def _guessed(session: Any) -> bool:
    return session.end_estimated or session.method == "estimated"


@pytest.mark.parametrize(
    "used,paused,minutes",
    [(59_999, 0, 0), (60_000, 0, 1), (60_000, 1, 0), (60_001, 1, 1), (10, 60_000, 0)],
)
def test_a_millisecond_makes_a_minute(library: Desk, used: int, paused: int, minutes: int) -> None:
    row = {
        "local_date": "2026-10-05",
        "local_hour": 8,
        "precision": "time",
        "workstation_id": 0,
        "started_at": "2026-10-05T01:00:00.001Z",
        "ended_at": utc_text(BEGIN + timedelta(milliseconds=1 + used)),
        "end_reason": "done",
        "paused_ms": paused,
        "moves": None,
    }
    fill(library, [row])
    assert [each.minutes for each in read(library).sessions] == [minutes]


def test_totals_of_a_day_and_what_was_removed(library: Desk) -> None:
    fill(library, [])
    library.session_mending.enter_total(date(2026, 10, 6), {"female": 5, "male": 4})
    gone = library.session_mending.enter(SessionDraft(device=True, start=BEGIN))
    library.session_mending.remove(gone.id)
    found = read(library)
    assert [(row.count, row.duration, row.hour) for row in found.sessions] == [(9, "unknown", None)]
    assert sorted((row.sex, row.count) for row in found.users) == [("female", 5), ("male", 4)]
    assert [(row.end, row.timed) for row in found.spots] == [("unknown", False)]


def test_classes_count_once_they_are_over_and_unless_they_were_called_off(library: Desk) -> None:
    ids = [each.id for each in library.workstations.all()]
    maker = {
        "branch_id": library.branch.current().id,
        "station_id": library.store.author.station_id,
        "created_at": NOW,
        "local_date": "2026-10-07",
        "starts_at": "2026-10-07T02:00:00.000Z",
        "ends_at": "2026-10-07T03:30:59.999Z",
        "title": "Email",
        "workstation_ids": json.dumps(ids[:2]),
    }
    given = [
        {"kind": "class"},
        {"kind": "class", "removed_at": NOW},
        {"kind": "person", "title": None},
    ]
    with library.store.writing() as db:
        for seq, each in enumerate(given, 5_000):
            row = {**maker, **each, "id": new_id(), "seq": seq}
            marks = ", ".join(f":{name}" for name in row)
            db.execute(f"INSERT INTO reservations ({', '.join(row)}) VALUES ({marks})", row)
    found = read(library).classes
    assert sorted((row.place, row.minutes) for row in found) == sorted(
        (each, 90) for each in ids[:2]
    )
    with library.store.reading() as db:
        early = store.records(db, OCTOBER, "2026-10-07T03:30:00.000Z").lent
    assert early.classes == ()


def test_tickets_are_told_by_what_became_of_them(library: Desk) -> None:
    maker = {
        "branch_id": library.branch.current().id,
        "station_id": library.store.author.station_id,
        "created_at": NOW,
        "local_date": "2026-10-08",
        "taken_at": "2026-10-08T02:00:00.000Z",
    }
    given: list[dict[str, Any]] = [
        {"served_at": "2026-10-08T02:12:59.000Z", "no_shows": 1},
        {"served_at": "2026-10-08T01:59:00.000Z"},  # the clock was set back meanwhile
        {"left_at": "2026-10-08T02:30:00.000Z", "no_shows": 2},
        {},
        {"removed_at": NOW},
    ]
    with library.store.writing() as db:
        for at, each in enumerate(given, 1):
            row = {**maker, **each, "id": new_id(), "seq": 6_000 + at, "number": at}
            marks = ", ".join(f":{name}" for name in row)
            db.execute(f"INSERT INTO queue_tickets ({', '.join(row)}) VALUES ({marks})", row)
    found = {row.outcome: (row.count, row.no_shows, row.minutes) for row in read(library).tickets}
    assert found == {"served": (2, 1, 12), "left": (1, 2, 0), "unknown": (1, 0, 0)}


def test_figures_of_a_month_read_its_days_alone(library: Desk) -> None:
    """Ten years of sessions cost a month no more than one: the index of the day is used."""
    days = {"first": "2026-10-01", "last": "2026-10-31", "now": NOW, "hours": 1}
    folder = Path(store.__file__).parent / "sql"
    with library.store.reading() as db:
        for name, index in (
            ("sessions_when", "sessions_by_day"),
            ("sessions_who", "sessions_by_day"),
            ("sessions_where", "sessions_by_day"),
            ("stays", "moved_sessions"),
            ("classes", "reservations_by_day"),
            ("tickets", "tickets_by_number"),
        ):
            text = (folder / f"{name}.sql").read_text("utf-8")
            plan = " ".join(row["detail"] for row in db.query(f"EXPLAIN QUERY PLAN {text}", days))
            assert f"USING INDEX {index} (local_date>? AND local_date<?)" in plan, plan
