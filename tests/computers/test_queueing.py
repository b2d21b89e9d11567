"""Whose turn it is, and how long the others wait."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from perpudesk.computers.model import Session, Workstation
from perpudesk.computers.queueing import (
    Line,
    Ticket,
    free_places,
    in_order,
    offer,
    place_behind,
    waits,
)
from tests.computers.made import NOW, after, kept, pc, session, ticket

ONE, TWO = pc(1), pc(2)


def line(*tickets: Ticket, **more: object) -> Line:
    """A queue before two workstations; everybody uses one for 30 minutes."""
    given_: dict[str, object] = {
        "workstations": (ONE, TWO),
        "minutes": {each.id: 30 for each in tickets},
        **more,
    }
    return Line(tickets=tickets, **given_)  # type: ignore[arg-type]


def test_a_ticket_is_called_by_its_number() -> None:
    assert [ticket(n).code for n in (7, 12, 104)] == ["A-07", "A-12", "A-104"]


def test_who_came_first_is_first_and_who_did_not_come_stands_behind_whoever_came_since() -> None:
    missed = ticket(1, taken=-30, behind=-10)
    tickets = [ticket(4, taken=-5), ticket(3, taken=-15), missed, ticket(2, taken=-20)]
    assert [each.number for each in in_order(tickets)] == [2, 3, 1, 4]


def test_served_and_left_tickets_wait_no_more() -> None:
    assert in_order([ticket(1, served=True), ticket(2, left=True)]) == ()


def test_the_end_of_the_queue_is_behind_everybody_also_when_the_clock_was_set_back() -> None:
    assert place_behind([], NOW) == NOW
    assert place_behind([ticket(1, taken=-5)], NOW) == NOW
    ahead = [ticket(1, taken=3), ticket(2, taken=-1, behind=5), ticket(3, taken=9, left=True)]
    assert place_behind(ahead, NOW) == after(5) + timedelta(milliseconds=1)


def test_nobody_waits_for_workstations_that_are_free() -> None:
    assert waits(line(ticket(1), ticket(2), ticket(3)), NOW) == {"t1": 0, "t2": 0, "t3": 30}


def test_the_wait_is_the_time_left_of_the_sessions_in_order() -> None:
    sessions = (session(ONE, ago=27), session(TWO, ago=12.5))
    found = waits(line(*(ticket(n) for n in (1, 2, 3, 4)), sessions=sessions), NOW)
    assert found == {"t1": 3, "t2": 18, "t3": 33, "t4": 48}


def test_a_session_over_its_time_is_expected_to_end_at_any_moment() -> None:
    sessions = (session(ONE, ago=40), session(TWO, ago=5), session(None, ago=1))
    assert waits(line(ticket(1), ticket(2), sessions=sessions), NOW) == {"t1": 0, "t2": 25}


def test_a_session_without_a_limit_may_end_at_any_moment() -> None:
    sessions = (session(ONE, ago=5, limit=None), session(TWO, ago=0))
    assert waits(line(ticket(1), ticket(2), sessions=sessions), NOW) == {"t1": 0, "t2": 30}


def test_who_is_called_has_a_workstation_whatever_the_order() -> None:
    called = ticket(9, called_to=ONE)
    assert waits(line(ticket(1), called), NOW) == {"t9": 0, "t1": 0}
    assert waits(line(ticket(1), ticket(2), called), NOW) == {"t9": 0, "t1": 0, "t2": 30}


def test_who_is_called_to_a_workstation_that_was_taken_meanwhile_waits_for_it() -> None:
    called = ticket(1, called_to=ONE)
    assert waits(line(called, sessions=(session(ONE, ago=20),)), NOW) == {"t1": 10}


def test_who_is_called_to_a_workstation_that_broke_gets_the_next_one() -> None:
    called = ticket(1, called_to=pc(3))
    assert waits(line(called), NOW) == {"t1": 0}


def test_a_class_that_goes_on_keeps_its_workstations() -> None:
    reservations = (kept(ONE, TWO, start=-30, end=60), kept(TWO, start=60, end=90))
    found = waits(line(ticket(1), ticket(2), reservations=reservations), NOW)
    assert found == {"t1": 60, "t2": 90}


def test_before_a_class_that_is_coming_there_is_only_so_much_time() -> None:
    reservations = (kept(ONE, start=10, end=100), kept(TWO, start=4, end=50))
    found = waits(line(ticket(1), ticket(2), ticket(3), reservations=reservations), NOW)
    assert found == {"t1": 0, "t2": 50, "t3": 80}, "PC 2 has no room before its class"


def test_without_a_workstation_nobody_can_say() -> None:
    assert waits(line(ticket(1), workstations=()), NOW) == {"t1": None}


def test_nobody_has_a_turn_after_closing_time() -> None:
    queue = line(ticket(1), ticket(2), ticket(3), closes=after(30))
    assert waits(queue, NOW) == {"t1": 0, "t2": 0, "t3": None}
    assert waits(queue, after(31)) == {"t1": 0, "t2": 0, "t3": 30}, "it is open all the same"


def test_begun_minutes_are_whole() -> None:
    queue = line(ticket(1), workstations=(ONE,), sessions=(session(ONE, ago=29.1),))
    assert waits(queue, NOW) == {"t1": 1}


def test_the_next_one_is_offered_the_first_free_workstation() -> None:
    queue = line(ticket(3), ticket(4), sessions=(session(ONE, ago=3),))
    found = offer(queue, NOW)
    assert found is not None
    assert (found.ticket.number, found.workstation) == (3, TWO)


def test_nothing_is_offered_where_nobody_waits_or_nothing_is_free() -> None:
    assert offer(line(), NOW) is None
    assert offer(line(ticket(1, called_to=ONE)), NOW) is None
    assert offer(line(ticket(1), workstations=()), NOW) is None
    over = (session(ONE, ago=40), session(TWO, ago=41))
    assert offer(line(ticket(1), sessions=over), NOW) is None, "they sit there still"


def test_a_workstation_somebody_was_called_to_or_that_is_kept_is_not_free() -> None:
    queue = line(ticket(1, called_to=ONE), ticket(2), reservations=(kept(TWO, start=3, end=9),))
    assert free_places(queue, NOW) == []
    assert free_places(queue, after(9)) == [TWO]


PLACES = st.lists(st.sampled_from([pc(n) for n in range(1, 6)]), unique=True)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    places: list[Workstation] = sorted(draw(PLACES), key=lambda each: each.number)
    sessions: list[Session] = [
        session(place, ago=draw(st.integers(0, 50)), limit=draw(st.integers(5, 60)))
        for place in places
        if draw(st.booleans())
    ]
    reservations = []
    for place in places:
        if draw(st.booleans()):
            start = draw(st.integers(-20, 80))
            reservations.append(kept(place, start=start, end=start + draw(st.integers(1, 90))))
    count = draw(st.integers(0, 12))
    tickets = tuple(
        ticket(n, called_to=draw(st.sampled_from(places)) if places and n == 1 else None)
        for n in range(1, count + 1)
    )
    return Line(
        tickets=tickets,
        workstations=tuple(places),
        sessions=tuple(sessions),
        reservations=tuple(reservations),
        minutes={each.id: draw(st.integers(5, 60)) for each in tickets},
    )


@given(lines())
def test_everybody_has_a_wait_and_nobody_a_shorter_one_than_who_stands_in_front(
    queue: Line,
) -> None:
    found = waits(queue, NOW)
    assert found == waits(queue, NOW)
    assert set(found) == {each.id for each in queue.tickets}
    uncalled = [found[each.id] for each in queue.tickets if each.called is None]
    if not queue.workstations:
        assert set(uncalled) <= {None}
        return
    known = [minutes for minutes in uncalled if minutes is not None]
    assert len(known) == len(uncalled)
    assert known == sorted(known)
    assert all(minutes >= 0 for minutes in known)


@given(lines())
def test_who_is_offered_a_workstation_waits_no_minute(queue: Line) -> None:
    found = offer(queue, NOW)
    if found is not None:
        assert waits(queue, NOW)[found.ticket.id] == 0
