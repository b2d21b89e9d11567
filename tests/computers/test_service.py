"""Sessions at the desk: every use case on a real file."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from perpudesk.computers.model import (
    Session,
    SessionDraft,
    Workstation,
    left_ms,
)
from perpudesk.core.codes import Condition, EndReason, Sex, VisitorType
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft, Profile
from tests.computers.spent import minutes_by_workstation

GIRL = Profile(sex=Sex.FEMALE, age_band="12-16")
MAN = Profile(sex=Sex.MALE, age_band="26-45")


@pytest.fixture
def budi(desk: Desk) -> Patron:
    return desk.patrons.add(
        PatronDraft(name="Budi Santoso", member_number="A-1", sex=Sex.MALE, birth_year=1990)
    )


def named(patron: Patron, place: Workstation, desk: Desk) -> SessionDraft:
    return SessionDraft(
        workstation_id=place.id,
        profile=patron.profile(desk.store.today()),
        type=patron.visitor_type,
        patron_id=patron.id,
    )


def begin(desk: Desk, place: Workstation, profile: Profile = MAN) -> Session:
    return desk.computers.start(SessionDraft(workstation_id=place.id, profile=profile))


def test_a_session_begins_now_and_ends_now(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[3])
    assert (session.is_open, session.limit, session.local_hour) == (True, 30, 9)
    assert session.minutes is None
    fixed_clock.advance(minutes=12, seconds=59)
    assert left_ms(session, fixed_clock.now()) == (17 * 60 + 1) * 1000
    ended = desk.computers.end(session.id)
    assert (ended.minutes, ended.end_reason, ended.end_estimated) == (12, EndReason.DONE, False)
    assert desk.computers.open_sessions() == []


def test_past_its_time_the_reason_is_that_time_was_up(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(minutes=36)
    assert desk.computers.end(session.id).end_reason is EndReason.TIME_UP


def test_the_limit_is_the_branchs_own_by_age_and_membership(
    desk: Desk, pcs: list[Workstation]
) -> None:
    desk.branch.set_up(
        limit_adult_member=60, limit_adult_other=45, limit_minor_member=20, limit_minor_other=15
    )
    limits = {}
    for place, (profile, type_) in zip(
        pcs,
        [
            (MAN, VisitorType.MEMBER),
            (MAN, VisitorType.NON_MEMBER),
            (GIRL, VisitorType.MEMBER),
            (GIRL, VisitorType.UNKNOWN),
        ],
        strict=True,
    ):
        draft = SessionDraft(workstation_id=place.id, profile=profile, type=type_)
        limits[profile.age_band, type_] = desk.computers.start(draft).limit
    assert list(limits.values()) == [60, 45, 20, 15]


@pytest.mark.parametrize("limit", [0, 4, 721, 10_000])
def test_a_limit_that_cannot_be_is_refused(desk: Desk, pcs: list[Workstation], limit: int) -> None:
    with pytest.raises(InputError, match="from 5 to 720"):
        desk.computers.start(SessionDraft(workstation_id=pcs[0].id, limit=limit))
    assert desk.computers.open_sessions() == []


def test_two_starts_at_one_workstation_are_one(desk: Desk, pcs: list[Workstation]) -> None:
    begin(desk, pcs[0])
    with pytest.raises(RuleError, match=r"PC 1 .*09:41"):
        begin(desk, pcs[0])


def test_the_schema_too_knows_one_open_session_of_a_workstation_and_a_patron(
    desk: Desk, pcs: list[Workstation], budi: Patron
) -> None:
    session = desk.computers.start(named(budi, pcs[0], desk))
    for column, value in (("workstation_id", pcs[0].id), ("patron_id", budi.id)):
        other = begin(desk, pcs[1])
        with pytest.raises(sqlite3.IntegrityError), desk.store.writing() as db:
            db.execute(f"UPDATE computer_sessions SET {column} = ? WHERE id = ?", [value, other.id])
        desk.computers.end(other.id)
    assert session.is_open


def test_a_patron_sits_at_one_workstation(desk: Desk, pcs: list[Workstation], budi: Patron) -> None:
    desk.computers.start(named(budi, pcs[0], desk))
    with pytest.raises(RuleError, match=r"Budi Santoso .*PC 1"):
        desk.computers.start(named(budi, pcs[1], desk))


def test_what_is_broken_retired_or_for_staff_is_not_lent(
    desk: Desk, pcs: list[Workstation]
) -> None:
    desk.workstations.set_condition(pcs[0].id, Condition.MINOR_DAMAGE, note="Papan ketik")
    with pytest.raises(RuleError, match="PC 1"):
        begin(desk, pcs[0])


def test_the_visit_is_counted_once_with_the_session(
    desk: Desk, pcs: list[Workstation], budi: Patron
) -> None:
    assert not desk.computers.is_counted(budi.id)
    first = desk.computers.start(named(budi, pcs[0], desk), count_visit=True)
    assert desk.visits.today().total == 1
    assert desk.computers.is_counted(budi.id)
    desk.computers.end(first.id)
    second = desk.computers.start(named(budi, pcs[1], desk), count_visit=True)
    assert (second.visit_id, desk.visits.today().total) == (first.visit_id, 1)


def test_start_and_visit_are_undone_as_one(desk: Desk, pcs: list[Workstation]) -> None:
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id, profile=GIRL), count_visit=True)
    desk.undo()
    assert desk.computers.open_sessions() == []
    assert desk.visits.today().total == 0
    desk.redo()
    assert len(desk.computers.open_sessions()) == 1
    assert desk.visits.today().total == 1


def test_an_end_is_undone(desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(minutes=5)
    desk.computers.end(session.id)
    desk.undo()
    assert desk.computers.get(session.id) == session


def test_a_pause_is_taken_out(desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(minutes=10)
    desk.computers.pause(session.id)
    with pytest.raises(RuleError):
        desk.computers.pause(session.id)
    fixed_clock.advance(minutes=7)
    resumed = desk.computers.resume(session.id)
    with pytest.raises(RuleError):
        desk.computers.resume(session.id)
    assert resumed.paused_ms == 7 * 60_000
    fixed_clock.advance(minutes=3)
    assert desk.computers.end(session.id).minutes == 13


def test_an_end_while_paused_counts_up_to_the_pause(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(minutes=10)
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=40)
    assert desk.computers.end(session.id).minutes == 10


def test_a_move_is_one_session_with_two_stays(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(minutes=10, seconds=40)
    desk.computers.move(session.id, pcs[2].id)
    fixed_clock.advance(minutes=5, seconds=30)
    ended = desk.computers.end(session.id)
    assert ended.minutes == 16
    assert minutes_by_workstation(ended) == {pcs[0].id: 10, pcs[2].id: 6}
    assert len(desk.computers.of_day(session.local_date)) == 1


def test_a_move_while_paused_goes_on_paused(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(minutes=4)
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=6)
    moved = desk.computers.move(session.id, pcs[1].id)
    assert moved.paused_at is not None
    fixed_clock.advance(minutes=5)
    desk.computers.resume(session.id)
    fixed_clock.advance(minutes=2)
    ended = desk.computers.end(session.id)
    assert ended.minutes == 6
    assert minutes_by_workstation(ended) == {pcs[0].id: 4, pcs[1].id: 2}


def test_to_a_taken_workstation_nobody_moves(desk: Desk, pcs: list[Workstation]) -> None:
    one, other = begin(desk, pcs[0]), begin(desk, pcs[1])
    with pytest.raises(RuleError, match="PC 2"):
        desk.computers.move(one.id, pcs[1].id)
    with pytest.raises(RuleError, match="PC 1"):
        desk.computers.move(one.id, pcs[0].id)
    assert desk.computers.open_sessions() == [one, other]


def test_two_change_places(desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock) -> None:
    one, other = begin(desk, pcs[0]), begin(desk, pcs[1])
    fixed_clock.advance(minutes=3)
    one, other = desk.computers.swap(one.id, other.id)
    assert (one.workstation_id, other.workstation_id) == (pcs[1].id, pcs[0].id)
    desk.undo()
    assert desk.computers.get(one.id).workstation_id == pcs[0].id
    assert desk.computers.get(other.id).moves == ()


def test_an_extension_is_refused_beyond_the_longest(desk: Desk, pcs: list[Workstation]) -> None:
    session = begin(desk, pcs[0])
    assert desk.computers.extend(session.id).limit == 45
    with pytest.raises(InputError):
        desk.computers.extend(session.id, 720)


def test_an_own_device_has_no_workstation(desk: Desk, pcs: list[Workstation]) -> None:
    session = desk.computers.start(SessionDraft(device=True, workstation_id=pcs[0].id))
    assert session.workstation_id is None
    with pytest.raises(RuleError):
        desk.computers.move(session.id, pcs[1].id)


def test_after_the_clock_fell_back_the_end_is_where_it_began(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(hours=-2)
    ended = desk.computers.end(session.id)
    assert (ended.minutes, ended.end_estimated) == (0, True)


def test_longer_than_a_session_lasts_it_was_forgotten(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(hours=12, seconds=1)
    ended = desk.computers.end(session.id)
    assert (ended.end_reason, ended.minutes) == (EndReason.FORGOTTEN, None)
    assert ended.end == fixed_clock.now() - timedelta(seconds=1), "it did not have the place longer"


def test_after_the_clock_fell_back_a_pause_still_fits(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, pcs[0])
    fixed_clock.advance(minutes=5)
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=20)
    desk.computers.resume(session.id)
    fixed_clock.advance(hours=-2)
    ended = desk.computers.end(session.id)
    assert ended.end is not None
    assert ended.start is not None
    assert ended.end - ended.start == timedelta(minutes=20)
    assert (ended.minutes, ended.end_estimated) == (0, True)


def test_a_visit_is_told_when_it_is_on_the_disk_with_its_session(
    desk: Desk, pcs: list[Workstation], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Topic, bool]] = []
    desk.subscribe(lambda topic: told.append((topic, desk.store.db.conn.in_transaction)))
    draft = SessionDraft(workstation_id=pcs[0].id)
    desk.computers.start(draft, count_visit=True)
    assert told == [(Topic.VISITS, False), (Topic.COMPUTERS, False)]
    told.clear()
    monkeypatch.setattr("perpudesk.computers.store.sessions.add", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.computers.start(SessionDraft(workstation_id=pcs[1].id), count_visit=True)
    assert told == []


def test_what_has_ended_does_not_end_again(desk: Desk, pcs: list[Workstation]) -> None:
    session = begin(desk, pcs[0])
    desk.computers.end(session.id)
    with pytest.raises(RuleError):
        desk.computers.end(session.id)
    with pytest.raises(RuleError):
        desk.computers.end("nothing")


def test_everybody_goes_home(desk: Desk, pcs: list[Workstation]) -> None:
    begin(desk, pcs[0])
    begin(desk, pcs[1])
    assert len(desk.computers.end_all()) == 2
    desk.undo()
    assert len(desk.computers.open_sessions()) == 2
