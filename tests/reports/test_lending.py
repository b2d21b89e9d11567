from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import Basis, Condition, DayState, EndReason, Method, Precision
from perpudesk.core.times import Period
from perpudesk.reports.counting import figures_of, headline_of
from perpudesk.reports.lent import ClassRow, Lent, StayRow, TicketRow
from perpudesk.reports.model import (
    AVAILABLE_MINUTES,
    CLASS_MINUTES,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    DEVICE_SESSIONS,
    LENT,
    MINUTES_PER_SESSION,
    QUEUE_NO_SHOWS,
    QUEUE_TICKETS,
    WAITING_MINUTES_PER_TICKET,
    WORKSTATIONS,
    Figures,
    mismatches,
)
from perpudesk.totals.model import PeriodTotal
from tests.reports.makes import (
    BRANCH,
    OCTOBER,
    OPENS,
    Used,
    days,
    figures,
    lent,
    pc,
    records,
    session,
)

OPEN, CLOSED, NOT_SET = DayState.OPEN_COUNTED, DayState.CLOSED, DayState.NOT_SET
GOOD, BROKEN, RETIRED = Condition.GOOD, Condition.MAJOR_DAMAGE, Condition.RETIRED
A_DAY = 420
"""Minutes that `OPENS` is open on a weekday."""


def of(use: Lent, states: dict[int, DayState] | None = None, **other: object) -> Figures:
    """October: the fifth (a Monday) was open and counted unless said."""
    on = days({5: OPEN} if states is None else states)
    return figures(on=on, lent=use, branch=OPENS, **other)  # type: ignore[arg-type]


def values(found: Figures) -> dict[str, float | None]:
    return {each.code: found.value(each) for each in LENT}


# ---------------------------------------------------------------- null and 0


def test_a_branch_without_computers_knows_nothing_of_them() -> None:
    found = of(Lent())
    assert set(values(found).values()) == {None}
    assert {found.get(each).basis for each in LENT} == {Basis.NOT_COUNTED}
    assert not any(found.get(each).by for each in LENT)
    assert found.get(COMPUTER_USE_RATE).den is None


def test_computers_on_a_counted_day_without_a_session_were_used_0_minutes() -> None:
    assert values(of(lent())) == {
        "workstations": 2,
        "computer_sessions": 0,
        "device_sessions": 0,
        "computer_minutes": 0,
        "class_minutes": 0,
        "minutes_per_session": None,
        "available_minutes": 2 * A_DAY,
        "computer_use_rate": 0,
        "queue_tickets": None,
        "queue_no_shows": None,
        "waiting_minutes_per_ticket": None,
    }


@pytest.mark.parametrize("state", [DayState.OPEN_NOT_COUNTED, DayState.ESTIMATED, CLOSED, NOT_SET])
def test_computers_of_which_nobody_counted_have_no_use_that_is_known(state: DayState) -> None:
    found = of(lent(), {5: state})
    assert found.value(WORKSTATIONS) == 2
    for each in (COMPUTER_SESSIONS, COMPUTER_MINUTES, CLASS_MINUTES, COMPUTER_USE_RATE):
        assert found.value(each) is None


def test_a_day_that_was_counted_before_there_was_a_computer_says_nothing() -> None:
    later = lent(pcs=[pc(1, ("2026-10-06", GOOD, True))])
    assert of(later).value(COMPUTER_SESSIONS) is None
    assert of(later, {5: OPEN, 6: OPEN}).value(COMPUTER_SESSIONS) == 0


def test_a_branch_that_retired_its_computers_has_none() -> None:
    gone = lent(pcs=[pc(1, ("2020-01-01", GOOD, True), ("2026-09-01", RETIRED, True))])
    assert set(values(of(gone)).values()) == {None}


def test_sessions_of_a_day_known_as_a_number_have_no_minutes() -> None:
    found = of(lent(session("2026-10-05", None, None, count=14)))
    assert found.value(COMPUTER_SESSIONS) == 14
    for each in (COMPUTER_MINUTES, MINUTES_PER_SESSION, COMPUTER_USE_RATE):
        assert (found.value(each), found.get(each).basis) == (None, Basis.NOT_COUNTED)
    assert found.get(COMPUTER_SESSIONS).by["hour"] == {"unknown": 14}
    assert found.get(COMPUTER_SESSIONS).by["day"]["2026-10-05"] == 14
    assert found.get(COMPUTER_SESSIONS).by["end"]["unknown"] == 14


def test_own_devices_are_counted_apart() -> None:
    found = of(lent(session("2026-10-05", 50, device=True), session("2026-10-05", 30)))
    assert found.value(COMPUTER_SESSIONS) == found.value(DEVICE_SESSIONS) == 1
    assert found.value(COMPUTER_MINUTES) == 30
    assert found.get(COMPUTER_USE_RATE).num == 30
    assert "workstation" not in found.get(DEVICE_SESSIONS).by


# ---------------------------------------------------------------- minutes


def test_minutes_per_session_divides_by_the_sessions_that_have_minutes() -> None:
    found = of(
        lent(
            session("2026-10-05", 60),
            session("2026-10-05", 0),
            session("2026-10-05", None, end="forgotten"),
            session("2026-10-05", None, None, count=5),
        )
    )
    figure = found.get(MINUTES_PER_SESSION)
    assert (figure.num, figure.den, figure.value) == (60, 2, 30)
    assert found.value(COMPUTER_SESSIONS) == 8


@pytest.mark.parametrize(
    "durations,basis",
    [
        (["counted"], Basis.COUNTED),
        (["estimated"], Basis.ESTIMATED),
        (["counted", "estimated"], Basis.MIXED),
        (["counted", "unknown"], Basis.COUNTED),
    ],
)
def test_an_estimated_end_is_in_the_minutes_and_marks_them(
    durations: list[str], basis: Basis
) -> None:
    rows = [session("2026-10-05", 10 * (each != "unknown"), duration=each) for each in durations]
    found = of(lent(*rows))
    for each in (COMPUTER_MINUTES, MINUTES_PER_SESSION, COMPUTER_USE_RATE):
        assert found.get(each).basis is basis
    assert found.get(COMPUTER_SESSIONS).basis is Basis.COUNTED
    known = [each for each in durations if each != "unknown"]
    assert found.value(COMPUTER_MINUTES) == 10 * len(known)


def test_how_sessions_were_counted_is_said_of_the_sessions() -> None:
    rows = [session("2026-10-05", method=method) for method in Method]
    assert of(lent(*rows)).get(COMPUTER_SESSIONS).basis is Basis.MIXED
    assert of(lent(rows[1])).get(COMPUTER_SESSIONS).basis is Basis.ESTIMATED


def test_a_session_that_moved_counts_once_and_its_minutes_where_they_were() -> None:
    moved = session("2026-10-05", 40, place="pc-2", moved=True)
    stays = (StayRow(place="pc-1", minutes=25), StayRow(place="pc-2", minutes=15))
    found = of(lent(moved, session("2026-10-05", 5, place="pc-2"), stays=stays))
    sessions, minutes = (found.get(each) for each in (COMPUTER_SESSIONS, COMPUTER_MINUTES))
    assert sessions.by["workstation"] == {"pc_1": 0, "pc_2": 2, "unknown": 0}
    assert minutes.by["workstation"] == {"pc_1": 25, "pc_2": 20, "unknown": 0}


def test_a_session_whose_workstation_nobody_knows_is_unknown() -> None:
    rows = [session("2026-10-05", place=None), session("2026-10-05", place="gone")]
    assert of(lent(*rows)).get(COMPUTER_SESSIONS).by["workstation"]["unknown"] == 2


# ---------------------------------------------------------------- how much they were used


def test_the_rate_divides_by_open_minutes_of_what_was_usable_that_day() -> None:
    pcs = [
        pc(1),
        pc(2, ("2026-01-01", GOOD, True), ("2026-10-06", BROKEN, True), ("2026-10-08", GOOD, True)),
        pc(3, ("2026-01-01", GOOD, False)),
    ]
    states = {5: OPEN, 6: OPEN, 7: OPEN, 8: OPEN, 9: CLOSED}
    found = of(lent(session("2026-10-05", 147), pcs=pcs), states)
    # PC 2 broke on the sixth, which it still had a part of; on the seventh it was broken all day.
    assert found.get(AVAILABLE_MINUTES).by["day"] == {
        "2026-10-05": 2 * A_DAY,
        "2026-10-06": 2 * A_DAY,
        "2026-10-07": A_DAY,
        "2026-10-08": 2 * A_DAY,
        "unknown": 0,
    }
    assert found.get(AVAILABLE_MINUTES).by["workstation"] == {
        "pc_1": 4 * A_DAY,
        "pc_2": 3 * A_DAY,
        "pc_3": 0,
        "unknown": 0,
    }
    rate = found.get(COMPUTER_USE_RATE)
    assert (rate.num, rate.den, rate.value) == (147, 7 * A_DAY, 0.05)
    assert found.value(WORKSTATIONS) == 2


def test_class_minutes_are_used_minutes_and_no_sessions() -> None:
    held = tuple(ClassRow(day=date(2026, 10, 5), place=f"pc-{at}", minutes=120) for at in (1, 2))
    found = of(lent(session("2026-10-05", 180), classes=held))
    assert found.value(COMPUTER_SESSIONS) == 1
    assert found.value(CLASS_MINUTES) == 240
    assert found.get(CLASS_MINUTES).by == {
        "workstation": {"pc_1": 120, "pc_2": 120, "unknown": 0},
        "day": {"2026-10-05": 240, "unknown": 0},
        "weekday": {"monday": 240, "unknown": 0},
    }
    assert found.value(COMPUTER_USE_RATE) == (180 + 240) / (2 * A_DAY)
    assert of(lent(classes=held)).value(COMPUTER_SESSIONS) == 0


def test_a_day_of_use_that_nobody_set_was_open_as_ever() -> None:
    used = of(lent(session("2026-10-06", 42)), {})
    assert used.get(COMPUTER_USE_RATE).den == 2 * A_DAY
    held = ClassRow(day=date(2026, 10, 7), place="pc-1", minutes=60)
    taught = of(lent(classes=(held,)), {})
    assert taught.get(AVAILABLE_MINUTES).by["day"] == {"2026-10-07": 2 * A_DAY, "unknown": 0}
    # What nobody used is no open day; on a Sunday nobody knows how long it was open.
    assert of(lent(), {}).value(AVAILABLE_MINUTES) == 0
    sunday = of(lent(session("2026-10-04", 42)), {})
    assert (sunday.value(COMPUTER_MINUTES), sunday.value(COMPUTER_USE_RATE)) == (42, None)
    assert sunday.get(COMPUTER_USE_RATE).num == 42


def test_use_outside_the_hours_may_be_more_than_all() -> None:
    found = of(lent(session("2026-10-05", 300), session("2026-10-06", 600)), {5: OPEN, 6: CLOSED})
    rate = found.value(COMPUTER_USE_RATE)
    assert rate is not None
    assert rate > 1


def test_hours_that_somebody_set_for_a_day_are_what_counts() -> None:
    on = [DayInfo(date=date(2026, 10, 5), state=OPEN, was_set=True, minutes_open=100)]
    assert figures(on=on, lent=lent(), branch=OPENS).value(AVAILABLE_MINUTES) == 200


def test_without_opening_hours_nobody_knows_how_much_could_be_used() -> None:
    use = lent(session("2026-10-05", 30), session("2026-10-07", 30))
    found = figures(on=days({5: OPEN}), lent=use)
    assert BRANCH.opening_hours is None
    assert found.value(AVAILABLE_MINUTES) is None
    rate = found.get(COMPUTER_USE_RATE)
    assert (rate.value, rate.num, rate.den, rate.basis) == (None, 60, 0, Basis.NOT_COUNTED)
    shut = figures(on=days({5: CLOSED}), lent=lent())
    assert shut.value(AVAILABLE_MINUTES) == 0


def test_computers_are_those_that_the_last_day_ended_with() -> None:
    broke = pc(2, ("2026-01-01", GOOD, True), ("2026-10-31", BROKEN, True))
    staff = pc(3, ("2026-01-01", GOOD, False))
    assert of(lent(pcs=[pc(1), broke, staff])).value(WORKSTATIONS) == 1
    assert of(lent(pcs=[broke])).value(WORKSTATIONS) == 0


# ---------------------------------------------------------------- the queue


def test_waiting_is_what_those_waited_who_were_served() -> None:
    fifth, sixth = date(2026, 10, 5), date(2026, 10, 6)
    tickets = (
        TicketRow(day=fifth, outcome="served", count=3, no_shows=1, minutes=25),
        TicketRow(day=fifth, outcome="left", count=2, no_shows=2, minutes=0),
        TicketRow(day=sixth, outcome="unknown", count=1, no_shows=0, minutes=0),
    )
    found = of(lent(tickets=tickets))
    assert found.value(QUEUE_TICKETS) == 6
    assert found.value(QUEUE_NO_SHOWS) == 3
    waited = found.get(WAITING_MINUTES_PER_TICKET)
    assert (waited.num, waited.den, waited.basis) == (25, 3, Basis.COUNTED)
    assert found.get(QUEUE_TICKETS).by == {
        "outcome": {"served": 3, "left": 2, "unknown": 1},
        "day": {"2026-10-05": 5, "2026-10-06": 1, "unknown": 0},
        "weekday": {"monday": 5, "tuesday": 1, "unknown": 0},
    }


def test_where_nobody_was_served_nobody_waited() -> None:
    left = TicketRow(day=date(2026, 10, 5), outcome="left", count=1, no_shows=0, minutes=0)
    waited = of(lent(tickets=(left,))).get(WAITING_MINUTES_PER_TICKET)
    assert (waited.value, waited.num, waited.den) == (None, 0, 0)


# ---------------------------------------------------------------- parts


def test_every_breakdown_of_the_sessions_is_there_in_its_order() -> None:
    rows = [
        session(
            "2026-10-06",
            20,
            14,
            place="pc-1",
            sex="female",
            age_years=30,
            type="member",
            purpose="health",
            end="time_up",
        ),
        session(
            "2026-10-05",
            15,
            9,
            place="pc-2",
            sex="male",
            age_band="0-11",
            occupation="pupil",
            education="sd",
            purpose="study",
        ),
        session("2026-10-05", None, 8, end="open"),
    ]
    found = of(lent(*rows))
    assert {name: dict(parts) for name, parts in found.get(COMPUTER_SESSIONS).by.items()} == {
        "sex": {"female": 1, "male": 1, "unknown": 1},
        "age": {"0-11": 1, "12-16": 0, "17-25": 0, "26-45": 1, "46+": 0, "unknown": 1},
        "occupation": {"pupil": 1, "unknown": 2},
        "education": {"sd": 1, "unknown": 2},
        "type": {"member": 1, "non_member": 0, "unknown": 2},
        "purpose": {"study": 1, "health": 1, "unknown": 1},
        "day": {"2026-10-05": 2, "2026-10-06": 1, "unknown": 0},
        "weekday": {"monday": 2, "tuesday": 1, "unknown": 0},
        "hour": {"08": 1, "09": 1, "14": 1, "unknown": 0},
        "weekday_hour": {"monday_08": 1, "monday_09": 1, "tuesday_14": 1, "unknown": 0},
        "end": {
            "done": 1,
            "time_up": 1,
            "interrupted": 0,
            "forgotten": 0,
            "class": 0,
            "unknown": 1,
        },
        "duration": {"counted": 2, "estimated": 0, "unknown": 1},
        "workstation": {"pc_1": 1, "pc_2": 1, "unknown": 1},
    }
    minutes = found.get(COMPUTER_MINUTES).by
    assert minutes["purpose"] == {"study": 15, "health": 20, "unknown": 0}
    assert minutes["weekday_hour"] == {
        "monday_08": 0,
        "monday_09": 15,
        "tuesday_14": 20,
        "unknown": 0,
    }
    assert set(minutes) == set(found.get(COMPUTER_SESSIONS).by)


def test_own_purposes_of_computers_count_under_their_standard_when_asked() -> None:
    rows = records(lent=lent(session("2026-10-05", purpose="skripsi")))
    standards = {"purpose": {"skripsi": "reading"}, "computer_purpose": {"skripsi": "study"}}
    found = figures_of(OPENS, OCTOBER, days({5: OPEN}), rows, standards)
    assert found.get(COMPUTER_SESSIONS).by["purpose"] == {"study": 1, "unknown": 0}


def test_months_known_as_one_number_are_in_the_sums_and_in_no_rate() -> None:
    totals = [
        PeriodTotal(month=OCTOBER, indicator=code, value=n, method=Method.COUNTED, source="typed")
        for code, n in (
            ("computer_sessions", 90),
            ("computer_minutes", 2_700),
            ("class_minutes", 600),
        )
    ]
    found = of(lent().with_totals(totals))
    assert found.value(COMPUTER_SESSIONS) == 90
    assert found.value(COMPUTER_MINUTES) == 2_700
    assert found.value(MINUTES_PER_SESSION) == 30
    assert found.value(CLASS_MINUTES) == 600
    assert (found.get(COMPUTER_USE_RATE).num, found.get(COMPUTER_USE_RATE).den) == (0, 2 * A_DAY)
    assert found.get(COMPUTER_SESSIONS).by["day"] == {"2026-10-05": 0, "unknown": 90}
    assert found.get(CLASS_MINUTES).by["weekday"] == {"unknown": 600}
    assert found.totals == tuple(totals)
    minutes_alone = of(lent(session("2026-09-07", 10)).with_totals(totals[1:2]))
    assert minutes_alone.get(MINUTES_PER_SESSION).num == 10


def test_what_nobody_typed_beside_a_total_is_not_counted() -> None:
    total = PeriodTotal(
        month=OCTOBER,
        indicator="computer_sessions",
        value=90,
        method=Method.COUNTED,
        source="typed",
    )
    found = of(lent().with_totals([total]), {})
    assert found.value(COMPUTER_SESSIONS) == 90
    assert (found.value(DEVICE_SESSIONS), found.value(CLASS_MINUTES)) == (None, None)


def test_what_stands_beside_another_month_needs_no_parts() -> None:
    use = lent(session("2026-10-05", 30), session("2026-10-06", 50, device=True))
    on, found = days({5: OPEN}), records(lent=use)
    whole = figures_of(OPENS, OCTOBER, on, found)
    beside = headline_of(OPENS, OCTOBER, on, found)
    assert values(whole) == values(beside)
    assert not any(figure.by for figure in beside.figures)


@st.composite
def _session(draw: st.DrawFn) -> Used:
    timed = draw(st.booleans())
    duration = draw(st.sampled_from(["counted", "estimated", "unknown"])) if timed else "unknown"
    device = draw(st.booleans())
    return Used(
        day=draw(st.dates(OCTOBER.first, OCTOBER.last)),
        hour=draw(st.integers(0, 23)) if timed else None,
        precision=Precision.TIME
        if timed
        else draw(st.sampled_from([Precision.DAY, Precision.MONTH])),
        device=device,
        place=None if device else draw(st.sampled_from([None, "pc-1", "pc-2", "gone"])),
        method=draw(st.sampled_from(Method)),
        end=draw(st.sampled_from([*EndReason, "open"])) if timed else "unknown",
        duration=duration,
        sex=draw(st.sampled_from(["female", "male", "unknown"])),
        age_years=draw(st.none() | st.integers(0, 130)),
        type=draw(st.sampled_from(["member", "non_member", "unknown"])),
        occupation=draw(st.sampled_from(["pupil", "own", "unknown"])),
        purpose=draw(st.sampled_from(["study", "skripsi", "unknown"])),
        count=1 if timed else draw(st.integers(1, 40)),
        minutes=draw(st.integers(0, 720)) if duration != "unknown" else 0,
    )


@st.composite
def _months(draw: st.DrawFn) -> Figures:
    rows = draw(st.lists(_session(), max_size=8))
    day = st.dates(OCTOBER.first, OCTOBER.last)
    classes = [
        ClassRow(day=draw(day), place=draw(st.sampled_from(["pc-1", "gone"])), minutes=n)
        for n in draw(st.lists(st.integers(1, 300), max_size=2))
    ]
    states = draw(st.dictionaries(st.integers(1, 31), st.sampled_from(DayState), max_size=31))
    pcs = [pc(1), pc(2, ("2026-10-09", GOOD, True), ("2026-10-20", BROKEN, True))]
    use = lent(*rows, pcs=pcs, classes=tuple(classes))
    return figures(on=days(states), lent=use, branch=OPENS)


@given(_months())
def test_every_breakdown_has_its_unknown_and_adds_up(found: Figures) -> None:
    for each in LENT:
        figure = found.get(each)
        assert mismatches(figure) == ()
        assert all(list(counts)[-1] == "unknown" for counts in figure.by.values())
        assert (figure.value is None) == (figure.basis is Basis.NOT_COUNTED)
        if figure.den:
            assert figure.value == (figure.num or 0) / figure.den


def test_a_longer_period_is_the_sum_of_its_months() -> None:
    quarter = Period.parse("2026-Q4")
    rows = [session("2026-10-05", 30), session("2026-11-03", 50), session("2026-12-01", 40)]
    on = [day for month in quarter.months() for day in days({3: OPEN}, month=month)]
    whole = figures_of(OPENS, quarter, on, records(lent=lent(*rows)))
    parts = [
        figures_of(
            OPENS,
            month,
            days({3: OPEN}, month=month),
            records(lent=lent(*(row for row in rows if row.day.month == month.first.month))),
        )
        for month in quarter.months()
    ]
    for each in (COMPUTER_SESSIONS, COMPUTER_MINUTES, AVAILABLE_MINUTES):
        assert whole.value(each) == sum(part.value(each) or 0 for part in parts)
    nums = [part.get(COMPUTER_USE_RATE) for part in parts]
    assert whole.get(COMPUTER_USE_RATE).num == sum(each.num or 0 for each in nums)
    assert whole.get(COMPUTER_USE_RATE).den == sum(each.den or 0 for each in nums)
