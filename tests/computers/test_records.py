"""Sessions of all years: found by what they lack, added up, and their history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from perpudesk.computers.finding import Found, Lack, SessionFilter, Where
from perpudesk.computers.mending import edit_of
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.core.codes import Method, Sex
from perpudesk.core.errors import InputError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.visits.finding import Happened

NOW = datetime(2026, 11, 23, 2, 41, 7, 123_000, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)


def entered(
    desk: Desk, place: Workstation | None, start: datetime, minutes: float | None
) -> Session:
    end = None if minutes is None else start + timedelta(minutes=minutes)
    draft = SessionDraft(workstation_id=None if place is None else place.id, start=start, end=end)
    return desk.session_mending.enter(draft, outside_hours=True)


@pytest.fixture
def week(desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock) -> dict[str, Session]:
    """A session of each kind."""
    friday = NOW - timedelta(days=3)
    made = {
        "moved": desk.computers.start(SessionDraft(workstation_id=pcs[0].id)),
        "half": entered(desk, pcs[1], friday, 30.99),
        "unknown": entered(desk, pcs[2], friday, None),
        "nowhere": entered(desk, None, friday, 5),
    }
    desk.computers.move(made["moved"].id, pcs[3].id)
    device = SessionDraft(device=True, start=friday, end=friday + timedelta(minutes=60))
    made["device"] = desk.session_mending.enter(device)
    made["total"], *_ = desk.session_mending.enter_total(
        FRIDAY, {Sex.FEMALE: 5}, method=Method.ESTIMATED
    )
    made["cut"] = desk.computers.start(SessionDraft(workstation_id=pcs[1].id))
    fixed_clock.advance(minutes=20)
    desk.computers.end(made["moved"].id)
    desk.recovery.beat()
    fixed_clock.advance(minutes=20)
    desk.recovery.recover()
    made["going on"] = desk.computers.start(SessionDraft(workstation_id=pcs[2].id))
    return made


def names(desk: Desk, week: dict[str, Session], **wanted: object) -> set[str]:
    found = desk.session_records.find(SessionFilter(**wanted))  # type: ignore[arg-type]
    ids = {each.id for each in desk.session_records.at(found.places)}
    assert len(ids) == found.records
    return {name for name, session in week.items() if session.id in ids}


def test_what_narrows_and_what_does_not(
    desk: Desk, week: dict[str, Session], pcs: list[Workstation]
) -> None:
    assert names(desk, week) == set(week)
    assert names(desk, week, first=MONDAY) == {"moved", "cut", "going on"}
    assert names(desk, week, last=FRIDAY, place=pcs[1].id) == {"half"}
    assert names(desk, week, place=pcs[0].id) == {"moved"}
    assert names(desk, week, place=pcs[3].id) == {"moved"}
    assert names(desk, week, place=str(Where.DEVICE)) == {"device"}
    assert names(desk, week, place=str(Where.NOT_KNOWN)) == {"nowhere", "total"}
    assert names(desk, week, lack=Lack.GOING_ON) == {"going on"}
    assert names(desk, week, lack=Lack.INTERRUPTED) == {"cut"}
    assert names(desk, week, lack=Lack.FORGOTTEN) == {"unknown"}
    assert names(desk, week, lack=Lack.ESTIMATED) == {"cut", "total"}
    assert names(desk, week, lack=Lack.NO_MINUTES) == {"unknown", "total"}
    assert names(desk, week, removed=True) == set()
    desk.session_mending.remove(week["half"].id)
    assert names(desk, week, removed=True) == {"half"}


@pytest.mark.usefixtures("week")
def test_they_add_up_as_the_records_do(desk: Desk) -> None:
    found = desk.session_records.find(SessionFilter())
    sessions = desk.session_records.at(found.places)
    here = [each for each in sessions if not each.device]
    assert (found.sessions, found.minutes) == (
        sum(each.count for each in here),
        sum(each.minutes or 0 for each in here),
    )
    assert (found.sessions, found.minutes, found.devices, found.without) == (11, 75, 1, 7)


def test_pauses_are_no_minutes(desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(minutes=10, milliseconds=900)
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=5)
    desk.computers.resume(session.id)
    fixed_clock.advance(minutes=1, seconds=59, milliseconds=50)
    minutes = desk.computers.end(session.id).minutes
    assert minutes == 11
    assert desk.session_records.find(SessionFilter()).minutes == minutes


def test_the_newest_stand_first(desk: Desk, week: dict[str, Session]) -> None:
    found = desk.session_records.find(SessionFilter())
    first, *_, last = desk.session_records.at(found.places)
    assert (first.id, last.id) == (week["going on"].id, week["total"].id)
    assert desk.session_records.at(found.places[:1]) == [first]
    assert desk.session_records.at(()) == []
    assert Found().records == 0


def test_days_in_the_wrong_order_are_refused(desk: Desk) -> None:
    with pytest.raises(InputError) as refused:
        desk.session_records.find(SessionFilter(first=MONDAY, last=FRIDAY))
    assert refused.value.field == "last"


def test_the_history_of_one(desk: Desk, pcs: list[Workstation]) -> None:
    session = entered(desk, pcs[0], NOW - timedelta(minutes=30), 10)
    desk.session_mending.correct(session.id, replace(edit_of(session), note="salah ketik"))
    desk.session_mending.remove(session.id)
    told = desk.session_records.history(session.id)
    assert [each.what for each in told] == [
        Happened.REMOVED,
        Happened.CHANGED,
        Happened.RECORDED,
    ]
    (change,) = told[1].changes
    assert (change.field, change.before, change.after) == ("note", None, "salah ketik")
    assert desk.session_records.history("nobody") == []
