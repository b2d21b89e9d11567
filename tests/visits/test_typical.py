"""The month from its sampled days (domain.md, rule 10): sums agree to the unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.branch.model import DayInfo, Hours, Week
from perpudesk.core.codes import DayState, Method
from perpudesk.core.errors import RuleError
from perpudesk.visits.typical import Role, estimate, role_of, split, visits_of_estimate

TODAY = date(2026, 11, 23)
WEEK: Week = (*(Hours(opens=480, closes=960),) * 5, None, None)


def month(*days: tuple[DayState, int]) -> list[DayInfo]:
    """Days from 1 October 2026, a Thursday."""
    first = date(2026, 10, 1)
    return [
        DayInfo(date=first + timedelta(days=at), state=state, was_set=True, visits=visits)
        for at, (state, visits) in enumerate(days)
    ]


COUNTED, CLOSED, OPEN = DayState.OPEN_COUNTED, DayState.CLOSED, DayState.OPEN_NOT_COUNTED


def test_the_mean_of_the_sample_times_the_open_days() -> None:
    days = month((COUNTED, 40), (COUNTED, 45), (CLOSED, 0), (OPEN, 0), (OPEN, 0), (COUNTED, 10))
    found = estimate(days, None, today=TODAY, sampled={days[0].date, days[1].date})
    assert (found.sampled_visits, found.mean, found.open_days) == (85, 42.5, 5)
    assert (found.total, found.known, found.added) == (213, 95, 118)  # 212.5, half up
    assert found.shares == ((days[3].date, 59), (days[4].date, 59))
    drafts = visits_of_estimate(found)
    assert [(d.on, d.count, d.method) for d in drafts] == [
        (days[3].date, 59, Method.ESTIMATED),
        (days[4].date, 59, Method.ESTIMATED),
    ]


def test_a_day_left_out_was_not_open() -> None:
    days = month((COUNTED, 40), (OPEN, 0), (OPEN, 0))
    found = estimate(days, None, today=TODAY, sampled=[days[0].date], left_out=[days[1].date])
    assert (found.open_days, found.shares) == (2, ((days[2].date, 40),))


def test_days_estimated_already_keep_their_number() -> None:
    days = month((COUNTED, 40), (DayState.ESTIMATED, 30), (DayState.ESTIMATED, 0))
    found = estimate(days, None, today=TODAY, sampled=[days[0].date])
    assert (found.total, found.known, found.shares) == (120, 70, ((days[2].date, 50),))


@pytest.mark.parametrize(
    "days,sampled,code",
    [
        (month((COUNTED, 40)), [0], "nothing_wanting"),
        (month((COUNTED, 40), (OPEN, 0)), [], "nothing_sampled"),
        (month((COUNTED, 40), (OPEN, 0)), [1], "nothing_sampled"),
        (month((COUNTED, 2), (COUNTED, 40), (OPEN, 0)), [0], "more_is_known"),
        (month((COUNTED, 0), (OPEN, 0)), [0], "more_is_known"),
    ],
)
def test_what_cannot_be_estimated_is_said(
    days: list[DayInfo], sampled: list[int], code: str
) -> None:
    with pytest.raises(RuleError) as caught:
        estimate(days, None, today=TODAY, sampled=[days[at].date for at in sampled])
    assert caught.value.code == code


@pytest.mark.parametrize(
    "state,visits,on,role",
    [
        (COUNTED, 0, 1, Role.COUNTED),
        (DayState.ESTIMATED, 4, 1, Role.KNOWN),
        (DayState.ESTIMATED, 0, 1, Role.WANTING),
        (OPEN, 0, 3, Role.WANTING),
        (DayState.NOT_SET, 0, 2, Role.WANTING),
        (DayState.NOT_SET, 0, 3, Role.OUT),  # a Saturday
        (DayState.NOT_SET, 0, 30, Role.OUT),  # to come
        (OPEN, 0, 23, Role.OUT),  # today goes on
        (COUNTED, 5, 23, Role.COUNTED),
        (CLOSED, 0, 2, Role.OUT),
    ],
)
def test_roles(state: DayState, visits: int, on: int, role: Role) -> None:
    month_ = 11 if on in (23, 30) else 10
    day = DayInfo(date=date(2026, month_, on), state=state, was_set=True, visits=visits)
    assert role_of(day, WEEK, TODAY) is role


@given(total=st.integers(0, 100_000), parts=st.integers(1, 31))
def test_a_split_loses_none(total: int, parts: int) -> None:
    shares = split(total, parts)
    assert (len(shares), sum(shares)) == (parts, total)
    assert max(shares) - min(shares) <= 1


STATES = st.tuples(st.sampled_from(DayState), st.integers(0, 300))


@given(days=st.lists(STATES, min_size=1, max_size=31), at=st.sets(st.integers(0, 30)))
def test_shares_and_what_is_known_add_up_to_the_estimate(
    days: list[tuple[DayState, int]], at: set[int]
) -> None:
    infos = month(*days)
    sampled = [info.date for place, info in enumerate(infos) if place in at]
    try:
        found = estimate(infos, None, today=TODAY, sampled=sampled)
    except RuleError:
        return
    assert sum(count for _, count in found.shares) + found.known == found.total
    assert abs(found.total - found.mean * found.open_days) <= 0.5
    assert sum(draft.count for draft in visits_of_estimate(found)) == found.added
    shared = {day for day, _ in found.shares}
    assert all(not info.visits for info in infos if info.date in shared)
