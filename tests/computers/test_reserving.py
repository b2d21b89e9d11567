"""Computers kept for later, and what that does to sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from perpudesk.computers.board import TileKind, tiles
from perpudesk.computers.booking import Reservation, ReservationDraft, ReservationKind
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.core.codes import EndReason, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft


@pytest.fixture
def dewi(desk: Desk) -> Patron:
    return desk.patrons.add(PatronDraft(name="Dewi", sex=Sex.FEMALE))


def draft(
    desk: Desk,
    *places: Workstation,
    start: float = 60,
    end: float = 120,
    title: str | None = "Email UMKM",
    patron: Patron | None = None,
) -> ReservationDraft:
    """From and to so many minutes from now; without a title for a person."""
    now = desk.clock.now()
    return ReservationDraft(
        kind=ReservationKind.PERSON if title is None else ReservationKind.CLASS,
        title=title,
        patron_id=patron.id if patron else None,
        start=now + timedelta(minutes=start),
        end=now + timedelta(minutes=end),
        workstation_ids=tuple(each.id for each in places),
    )


def reserve(desk: Desk, *places: Workstation, **more: object) -> Reservation:
    return desk.reservations.reserve(draft(desk, *places, **more))  # type: ignore[arg-type]


def at(place: Workstation, patron: Patron | None = None) -> SessionDraft:
    return SessionDraft(workstation_id=place.id, patron_id=patron.id if patron else None)


def test_a_class_is_kept_told_and_undone(desk: Desk, pcs: list[Workstation]) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    made = reserve(desk, pcs[2], pcs[0])
    assert (made.title, made.local_date) == ("Email UMKM", date(2026, 11, 23))
    assert made.workstation_ids == (pcs[0].id, pcs[2].id)
    assert told == [Topic.COMPUTERS]
    assert desk.reservations.of_day(date(2026, 11, 23)) == desk.reservations.coming() == [made]
    desk.undo()
    assert desk.reservations.coming() == []
    desk.redo()
    assert desk.reservations.coming() == [made]


def test_a_person_is_kept_one_by_name(desk: Desk, pcs: list[Workstation], dewi: Patron) -> None:
    made = reserve(desk, pcs[0], title=None, patron=dewi)
    assert (made.kind, made.whom) == (ReservationKind.PERSON, "Dewi")
    with pytest.raises(InputError, match="not in the list"):
        desk.reservations.reserve(replace(draft(desk, pcs[1], title=None), patron_id="nobody"))


def test_days_are_the_branchs_own(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    late = reserve(desk, pcs[0], start=15 * 60, end=16 * 60)  # 00.41 in Jakarta
    assert late.local_date == date(2026, 11, 24)
    today = reserve(desk, pcs[0])
    assert desk.reservations.coming() == [today, late]
    fixed_clock.advance(hours=3)
    assert desk.reservations.coming() == [today, late], "over, but of today"
    fixed_clock.advance(days=1)
    assert desk.reservations.coming() == [late]
    assert desk.reservations.between(date(2026, 11, 1), date(2026, 11, 23)) == [today]


def test_two_cannot_have_the_same_workstation(desk: Desk, pcs: list[Workstation]) -> None:
    first = reserve(desk, pcs[0], pcs[1])
    with pytest.raises(InputError, match=r"PC 2 is reserved from 10:41 to 11:41 .*Email UMKM"):
        reserve(desk, pcs[1], pcs[2], start=90, end=150, title="Menulis")
    across = reserve(desk, pcs[3], start=13 * 60, end=20 * 60)  # over midnight
    with pytest.raises(InputError, match="PC 4"):
        reserve(desk, pcs[3], start=19 * 60, end=22 * 60)
    assert desk.reservations.coming() == [first, across]


def test_a_reservation_moves_to_another_time_and_is_cancelled(
    desk: Desk, pcs: list[Workstation]
) -> None:
    made = reserve(desk, pcs[0])
    moved = desk.reservations.change(made.id, draft(desk, pcs[0], pcs[1], start=90, end=180))
    assert moved.start - made.start == timedelta(minutes=30)
    with pytest.raises(InputError, match="no title"):
        desk.reservations.change(made.id, replace(made.draft(), title=" "))
    desk.undo()
    assert desk.reservations.get(made.id) == made
    desk.reservations.cancel(made.id, note="pelatih sakit")
    assert desk.reservations.coming() == []
    with pytest.raises(RuleError, match="not here any more"):
        desk.reservations.cancel(made.id)
    desk.undo()
    assert desk.reservations.get(made.id) == made


def test_a_class_that_was_not_held_is_cancelled_the_day_after(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    made = reserve(desk, pcs[0])
    fixed_clock.advance(days=1)
    shorter = replace(made.draft(), end=made.end - timedelta(minutes=15))
    assert desk.reservations.change(made.id, shorter).end == shorter.end
    desk.reservations.cancel(made.id)
    assert desk.reservations.of_day(made.local_date) == []


def test_a_class_ends_early_only_while_it_goes_on(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    made = reserve(desk, pcs[0])
    with pytest.raises(RuleError, match="Cancel it instead"):
        desk.reservations.end_early(made.id)
    fixed_clock.advance(minutes=90)
    ended = desk.reservations.end_early(made.id)
    assert ended.end == fixed_clock.now()
    desk.computers.start(at(pcs[0]))
    with pytest.raises(RuleError, match="over already"):
        desk.reservations.end_early(made.id)


def test_while_a_class_goes_on_nobody_else_begins_there(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    reserve(desk, pcs[0], start=0)
    elsewhere = desk.computers.start(at(pcs[1]))
    with pytest.raises(RuleError, match=r"PC 1 is kept for “Email UMKM” until 11:41"):
        desk.computers.start(at(pcs[0]), although_kept=True)
    with pytest.raises(RuleError, match="kept for"):
        desk.computers.move(elsewhere.id, pcs[0].id)
    fixed_clock.advance(minutes=120)
    assert desk.computers.start(at(pcs[0])).is_open


def test_a_workstation_kept_for_a_patron_is_had_by_that_patron_or_when_the_desk_says_so(
    desk: Desk, pcs: list[Workstation], dewi: Patron
) -> None:
    for place in pcs[:3]:
        reserve(desk, place, start=0, title=None, patron=dewi)
    with pytest.raises(RuleError, match="PC 1 is reserved for Dewi until 11:41") as refused:
        desk.computers.start(at(pcs[0]))
    assert refused.value.code == "kept_for_person"
    stranger = desk.computers.start(at(pcs[0]), although_kept=True)
    with pytest.raises(RuleError, match="PC 2 is reserved for Dewi"):
        desk.computers.move(stranger.id, pcs[1].id)
    own = desk.computers.start(at(pcs[1], dewi))
    assert desk.computers.move(own.id, pcs[2].id).workstation_id == pcs[2].id
    assert desk.computers.move(stranger.id, pcs[1].id, although_kept=True).is_open


def test_kept_for_somebody_without_a_name_it_is_for_whom_the_desk_starts_it(
    desk: Desk, pcs: list[Workstation]
) -> None:
    reserve(desk, pcs[0], start=0, title=None)
    assert desk.computers.start(at(pcs[0])).is_open


@pytest.mark.parametrize("minutes, limit", [(45, 30), (30, 30), (20.9, 20), (6, 6), (2, 5)])
def test_a_session_lasts_until_the_workstation_is_kept_next(
    desk: Desk, pcs: list[Workstation], minutes: float, limit: int
) -> None:
    reserve(desk, pcs[0], start=minutes, end=minutes + 60)
    assert desk.computers.start(at(pcs[0])).limit == limit
    assert desk.computers.start(at(pcs[1])).limit == 30
    assert desk.computers.start(SessionDraft(device=True)).limit == 30


def test_a_class_ends_no_session_by_itself(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    made = reserve(desk, pcs[0], start=20)
    session = desk.computers.start(replace(at(pcs[0]), limit=60))
    assert session.limit == 60, "as the desk said"
    fixed_clock.advance(minutes=25)
    going_on = desk.computers.open_sessions()
    assert [each.id for each in going_on] == [session.id]
    (tile,) = tiles([pcs[0]], going_on, desk.reservations.coming(), fixed_clock.now())
    assert (tile.kind, tile.reservation) == (TileKind.IN_USE, made), "the tile shows both"
    ended = desk.computers.end(session.id)
    assert (ended.end_reason, ended.minutes) == (EndReason.CLASS, 25)
    (tile,) = tiles([pcs[0]], [], desk.reservations.coming(), fixed_clock.now())
    assert tile.kind is TileKind.CLASS


def test_what_the_desk_says_of_the_end_stands_also_in_a_class(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(at(pcs[0]))
    reserve(desk, pcs[0], pcs[1], start=0)
    fixed_clock.advance(minutes=2)
    assert desk.computers.end(session.id, EndReason.DONE).end_reason is EndReason.DONE
