"""What the board shows of records and clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from perpudesk.computers.board import (
    SOON,
    TileKind,
    came_due,
    day_summary,
    next_change,
    next_warning,
    over_time,
    tiles,
)
from perpudesk.core.codes import Condition, EndReason, Precision, Sex
from perpudesk.patrons.model import Profile
from tests.computers.made import NOW, after, kept, pc, session, ticket


@pytest.mark.parametrize(
    "ago, limit, kind, left",
    [
        (0, 30, TileKind.IN_USE, 30),
        (0.1, 30, TileKind.IN_USE, 30),
        (24, 30, TileKind.IN_USE, 6),
        (24.9, 30, TileKind.IN_USE, 6),
        (25, 30, TileKind.NEARLY_OVER, 5),
        (29.5, 30, TileKind.NEARLY_OVER, 1),
        (30, 30, TileKind.OVER_TIME, 0),
        (30.1, 30, TileKind.OVER_TIME, -1),
        (36, 30, TileKind.OVER_TIME, -6),
        (36, None, TileKind.IN_USE, None),
    ],
)
def test_a_session_on_its_tile(
    ago: float, limit: int | None, kind: TileKind, left: int | None
) -> None:
    (tile,) = tiles([pc(1)], [session(pc(1), ago=ago, limit=limit)], [], NOW)
    assert (tile.kind, tile.minutes_left) == (kind, left)
    assert 0 <= tile.share <= 1


def test_a_pause_stands_still() -> None:
    paused = replace(session(pc(1), ago=20), paused_at=after(-10))
    (tile,) = tiles([pc(1)], [paused], [], NOW)
    assert (tile.kind, tile.minutes_left) == (TileKind.PAUSED, 20)


@pytest.mark.parametrize(
    "start, end, title, kind, shown",
    [
        (-5, 60, "Email", TileKind.CLASS, True),
        (-5, 60, None, TileKind.RESERVED, True),
        (29, 60, "Email", TileKind.FREE, True),
        (31, 60, "Email", TileKind.FREE, False),
        (-60, 0, "Email", TileKind.FREE, False),
    ],
)
def test_what_is_kept(
    start: float, end: float, title: str | None, kind: TileKind, shown: bool
) -> None:
    (tile,) = tiles([pc(1)], [], [kept(pc(1), start=start, end=end, title=title)], NOW)
    assert tile.kind is kind
    assert (tile.reservation is not None) is shown


def test_a_session_goes_before_what_is_kept() -> None:
    (tile,) = tiles([pc(1)], [session(pc(1), ago=1)], [kept(pc(1), start=-1, end=9)], NOW)
    assert tile.kind is TileKind.IN_USE
    assert tile.reservation is not None


def test_what_cannot_be_lent_and_own_devices() -> None:
    places = [pc(1, condition=Condition.MAJOR_DAMAGE), pc(2, is_public=False)]
    found = tiles(places, [session(None, ago=3)], [], NOW)
    assert [tile.kind for tile in found] == [TileKind.BROKEN, TileKind.IN_USE]
    assert found[1].workstation is None


def test_what_became_the_staffs_has_a_tile_while_somebody_sits_there() -> None:
    place = pc(2, is_public=False)
    (tile,) = tiles([place], [session(place, ago=3)], [], NOW)
    assert tile.kind is TileKind.IN_USE


def test_the_next_warning() -> None:
    assert next_warning([], NOW) is None
    open_ones = [session(pc(1), ago=10), session(pc(2), ago=26), session(pc(3), ago=40)]
    assert next_warning(open_ones, NOW) == after(4)
    assert next_warning([replace(open_ones[0], paused_at=NOW)], NOW) is None


@pytest.mark.parametrize(
    "since,now,wanted",
    [
        (0, 4, [(2, 5)]),
        (0, 3.99, []),
        (4, 8, []),
        (4, 9, [(2, 0)]),
        (0, 9, [(2, 0)]),
        (3, 5.5, [(2, 4)]),
        (0, 24, [(1, 1), (2, 0)]),
        (9, 60, [(1, 0)]),
        (5, 4, []),
    ],
)
def test_what_came_due_is_told_once(
    since: float, now: float, wanted: list[tuple[int, int]]
) -> None:
    places = [pc(1), pc(2), pc(3)]
    one, two, paused = (
        session(each, ago=ago) for each, ago in zip(places, (5, 21, 9), strict=True)
    )
    found = came_due([one, two, replace(paused, paused_at=NOW)], after(since), after(now))
    told = {one.workstation_id: 1, two.workstation_id: 2}
    assert [(told[each.session.workstation_id], each.minutes_left) for each in found] == wanted


def test_how_many_are_over_time() -> None:
    open_ones = [session(pc(1), ago=30), session(pc(2), ago=29), session(pc(3), ago=60, limit=None)]
    assert over_time(open_ones, NOW) == 1


@pytest.mark.parametrize(
    "ago, limit, seconds",
    [(0, 30, 60), (0.5, 30, 30), (29.75, 30, 15), (30.25, 30, 45), (0.25, None, 45)],
)
def test_a_session_says_something_else_at_its_next_minute(
    ago: float, limit: int | None, seconds: float
) -> None:
    found = next_change([session(pc(1), ago=ago, limit=limit)], [], NOW)
    assert found is not None
    assert found - NOW == pytest.approx(timedelta(seconds=seconds), abs=timedelta(milliseconds=2))


def test_what_else_changes_a_tile() -> None:
    assert next_change([], [], NOW) is None
    paused = replace(session(pc(1), ago=20.5), paused_at=after(-10))
    assert next_change([paused], [], NOW) == after(1)
    assert next_change([], [kept(pc(1), start=40, end=60)], NOW) == after(40) - SOON
    assert next_change([], [kept(pc(1), start=20, end=60)], NOW) == after(20)
    assert next_change([], [kept(pc(1), start=-20, end=60)], NOW) == after(60)
    assert next_change([], [kept(pc(1), start=-20, end=-10)], NOW) is None


def test_the_day_so_far() -> None:
    woman = replace(session(pc(1), ago=30.5), profile=Profile(sex=Sex.FEMALE))
    man = replace(
        session(pc(2), ago=40),
        profile=Profile(sex=Sex.MALE),
        end=after(-30),
        end_reason=EndReason.DONE,
    )
    unknown = replace(session(pc(3), ago=90), end=after(-60), end_reason=EndReason.FORGOTTEN)
    of_paper = replace(
        session(pc(4), ago=1), precision=Precision.DAY, start=None, workstation_id=None, count=5
    )
    device = session(None, ago=20)
    found = day_summary([woman, man, unknown, of_paper, device], NOW, open_minutes=100, usable=4)
    assert (found.sessions, found.devices, found.minutes) == (8, 1, 40)
    assert found.use_rate == 0.1
    assert found.female_share == 0.5


def test_minutes_of_a_class_are_in_the_use_rate_and_are_no_sessions() -> None:
    over, running = kept(pc(1), pc(2), start=-60, end=-30), kept(pc(3), start=-10, end=60)
    coming, person = kept(pc(4), start=30, end=60), kept(pc(4), start=-20, end=0, title=None)
    found = day_summary(
        [session(pc(4), ago=10)],
        NOW,
        open_minutes=100,
        usable=4,
        reservations=[over, running, coming, person],
    )
    assert (found.sessions, found.minutes) == (1, 10)
    assert found.use_rate == (10 + 2 * 30 + 10) / 400


def test_a_day_without_anything() -> None:
    found = day_summary([], NOW, open_minutes=0, usable=4)
    assert (found.sessions, found.use_rate, found.female_share) == (0, None, None)


def test_where_somebody_was_called_to_they_are_waited_for() -> None:
    one, two, three, staff = pc(1), pc(2), pc(3), pc(4, is_public=False)
    called = [ticket(n, called_to=place) for n, place in enumerate((one, two, three, staff), 1)]
    shown = tiles(
        [one, two, three, staff, pc(5)],
        [session(two, ago=1)],
        [kept(three, start=-5, end=60)],
        NOW,
        called,
    )
    assert [each.kind for each in shown] == [
        TileKind.CALLED,
        TileKind.IN_USE,
        TileKind.CLASS,
        TileKind.FREE,
    ]
    assert [each.ticket for each in shown] == [called[0], None, None, None]
    (tile,) = tiles([one], [], [kept(one, start=-5, end=60, title=None)], NOW, called)
    assert tile.kind is TileKind.CALLED, "called before it was kept for somebody"
