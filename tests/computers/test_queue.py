"""The queue on a real file: numbers, calls, and that nobody is lost."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from perpudesk.computers.booking import ReservationDraft, ReservationKind
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.computers.queueing import Ticket, TicketDraft, offer, waits
from perpudesk.core.codes import Condition, Sex, VisitorType
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock, parse_utc, utc_text
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft, Profile

WOMAN = Profile(sex=Sex.FEMALE, age_band="17-25")


@pytest.fixture
def dewi(desk: Desk) -> Patron:
    return desk.patrons.add(PatronDraft(name="Dewi", sex=Sex.FEMALE, member_number="A-9"))


def take(desk: Desk, clock: FixedClock, count: int = 1) -> list[Ticket]:
    """So many people take a number, a minute after one another."""
    made = []
    for _ in range(count):
        clock.advance(minutes=1)
        made.append(desk.queue.take(TicketDraft(profile=WOMAN)))
    return made


def codes(desk: Desk) -> list[str]:
    """Who waits, in order."""
    return [each.code for each in desk.queue.waiting()]


def test_numbers_of_a_day_begin_at_one_and_keep_who_took_them(
    desk: Desk, fixed_clock: FixedClock, dewi: Patron
) -> None:
    first = desk.queue.take(
        TicketDraft(profile=WOMAN, type=VisitorType.MEMBER, patron_id=dewi.id, note=" buru-buru ")
    )
    assert (first.code, first.patron_name, first.note) == ("A-01", "Dewi", "buru-buru")
    assert (first.profile, first.type, first.local_date) == (
        WOMAN,
        VisitorType.MEMBER,
        desk.store.today(),
    )
    assert [each.code for each in take(desk, fixed_clock, 2)] == ["A-02", "A-03"]
    fixed_clock.advance(days=1)
    assert desk.queue.take(TicketDraft()).code == "A-01"
    assert codes(desk) == ["A-01"], "yesterday's wait no more"


def test_a_number_is_given_once_even_if_it_was_taken_back(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    take(desk, fixed_clock, 2)
    desk.undo()
    assert codes(desk) == ["A-01"]
    assert take(desk, fixed_clock)[0].code == "A-03", "A-02 may be on a slip"


def test_a_profile_that_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="from 0 to 130"):
        desk.queue.take(TicketDraft(profile=Profile(age_years=999)))
    with pytest.raises(InputError, match="not in the list"):
        desk.queue.take(TicketDraft(patron_id="nobody"))


def test_a_patron_waits_once(desk: Desk, dewi: Patron) -> None:
    ticket = desk.queue.take(TicketDraft(patron_id=dewi.id))
    with pytest.raises(RuleError, match="Dewi waits already, with the number A-01"):
        desk.queue.take(TicketDraft(patron_id=dewi.id))
    desk.queue.leave(ticket.id)
    again = desk.queue.take(TicketDraft(patron_id=dewi.id))
    with pytest.raises(RuleError, match=again.code):
        desk.queue.take_back(ticket.id)


def test_a_day_has_so_many_numbers(desk: Desk, fixed_clock: FixedClock) -> None:
    (ticket,) = take(desk, fixed_clock)
    with desk.store.writing() as db:
        db.execute("UPDATE queue_tickets SET number = 999 WHERE id = ?", [ticket.id])
    with pytest.raises(RuleError, match="no more than 999"):
        take(desk, fixed_clock)


def test_a_called_ticket_is_served_in_one_step_that_undo_takes_back(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    (ticket,) = take(desk, fixed_clock)
    fixed_clock.advance(minutes=7)
    called = desk.queue.call(ticket.id, pcs[2].id)
    assert (called.called, called.workstation_id) == (fixed_clock.now(), pcs[2].id)
    fixed_clock.advance(minutes=1)
    session = desk.queue.serve(ticket.id)
    assert (session.workstation_id, session.profile, session.limit) == (pcs[2].id, WOMAN, 30)
    (served,) = desk.queue.of_day(desk.store.today())
    assert (served.session_id, served.served) == (session.id, fixed_clock.now())
    assert served.called == called.called, "how long it waited"
    assert codes(desk) == []
    desk.undo()
    assert desk.computers.open_sessions() == []
    (again,) = desk.queue.waiting()
    assert again == called
    desk.redo()
    assert [each.id for each in desk.computers.open_sessions()] == [session.id]


def test_whoever_is_served_at_once_was_called_then(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock, dewi: Patron
) -> None:
    ticket = desk.queue.take(TicketDraft(patron_id=dewi.id, type=VisitorType.MEMBER))
    fixed_clock.advance(minutes=2)
    draft = SessionDraft(workstation_id=pcs[0].id, purpose="study", limit=45)
    session = desk.queue.serve(ticket.id, draft, count_visit=True)
    assert (session.purpose, session.limit, session.patron_id) == ("study", 45, dewi.id)
    assert session.visit_id == desk.visits.counted_on(dewi.id, desk.store.today())
    (served,) = desk.queue.of_day(desk.store.today())
    assert (served.called, served.workstation_id) == (fixed_clock.now(), pcs[0].id)


def test_whoever_sits_down_elsewhere_came_when_called(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    (ticket,) = take(desk, fixed_clock)
    called = desk.queue.call(ticket.id, pcs[0].id)
    fixed_clock.advance(minutes=1)
    desk.queue.serve(ticket.id, SessionDraft(workstation_id=pcs[1].id))
    (served,) = desk.queue.of_day(desk.store.today())
    assert (served.called, served.workstation_id) == (called.called, pcs[1].id)


def test_a_patron_who_begins_without_a_call_waits_no_more(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock, dewi: Patron
) -> None:
    take(desk, fixed_clock)
    desk.queue.take(TicketDraft(patron_id=dewi.id))
    fixed_clock.advance(minutes=3)
    draft = SessionDraft(workstation_id=pcs[0].id, patron_id=dewi.id, purpose="study")
    session = desk.queue.start(draft)
    (served,) = [each for each in desk.queue.of_day(desk.store.today()) if each.served]
    assert (served.session_id, served.called) == (session.id, fixed_clock.now())
    desk.queue.start(SessionDraft(workstation_id=pcs[1].id))
    assert codes(desk) == ["A-01"], "a guest is nobody's number"
    assert desk.queue.called() == ()


def test_without_a_workstation_nobody_is_served(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    (ticket,) = take(desk, fixed_clock)
    with pytest.raises(RuleError, match="not here any more"):
        desk.queue.serve(ticket.id)
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    with pytest.raises(RuleError, match="PC 1 is in use"):
        desk.queue.serve(ticket.id, SessionDraft(workstation_id=pcs[0].id))
    assert codes(desk) == ["A-01"], "nothing of it is stored"


def test_one_who_does_not_come_waits_behind_whoever_waits_now(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    first, *_ = take(desk, fixed_clock, 3)
    with pytest.raises(RuleError, match="was not called yet"):
        desk.queue.no_show(first.id)
    desk.queue.call(first.id, pcs[0].id)
    missed = desk.queue.no_show(first.id)
    assert (missed.no_shows, missed.called, missed.workstation_id) == (1, None, None)
    take(desk, fixed_clock)
    assert codes(desk) == ["A-02", "A-03", "A-01", "A-04"]
    desk.queue.call(first.id, pcs[0].id)
    assert desk.queue.no_show(first.id).no_shows == 2
    assert codes(desk) == ["A-02", "A-03", "A-04", "A-01"]
    desk.undo()
    assert codes(desk) == ["A-02", "A-03", "A-01", "A-04"]


def test_the_order_holds_when_the_clock_is_set_back(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    first, *_ = take(desk, fixed_clock, 2)
    fixed_clock.advance(minutes=-90)
    take(desk, fixed_clock)
    desk.queue.call(first.id, pcs[0].id)
    desk.queue.no_show(first.id)
    take(desk, fixed_clock)
    assert codes(desk) == ["A-02", "A-03", "A-01", "A-04"]
    left = desk.queue.leave(first.id)
    assert left.left == first.taken, "nobody leaves before coming"


def test_who_left_waits_no_more_until_it_is_taken_back(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    first, second = take(desk, fixed_clock, 2)
    desk.queue.call(first.id, pcs[0].id)
    left = desk.queue.leave(first.id)
    assert (left.left, left.called) == (fixed_clock.now(), None), "a call nobody answered"
    assert codes(desk) == ["A-02"]
    for use in (desk.queue.leave, desk.queue.no_show, desk.queue.serve):
        with pytest.raises(RuleError, match="does not wait any more"):
            use(first.id)
    desk.queue.take_back(first.id)
    assert codes(desk) == ["A-01", "A-02"]
    desk.queue.call(first.id, pcs[0].id)
    assert desk.queue.take_back(first.id).called is None
    with pytest.raises(RuleError, match="Nothing to take back"):
        desk.queue.take_back(first.id)
    desk.queue.serve(second.id, SessionDraft(workstation_id=pcs[0].id))
    with pytest.raises(RuleError, match="does not wait any more"):
        desk.queue.take_back(second.id)
    with pytest.raises(RuleError, match="not here any more"):
        desk.queue.leave("nobody")


def test_a_call_needs_a_workstation_that_is_free(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock, dewi: Patron
) -> None:
    first, second = take(desk, fixed_clock, 2)
    desk.queue.call(first.id, pcs[0].id)
    with pytest.raises(RuleError, match="PC 1 waits for A-01"):
        desk.queue.call(second.id, pcs[0].id)
    desk.computers.start(SessionDraft(workstation_id=pcs[1].id))
    with pytest.raises(RuleError, match="PC 2 is in use"):
        desk.queue.call(second.id, pcs[1].id)
    desk.workstations.set_condition(pcs[2].id, Condition.MAJOR_DAMAGE)
    with pytest.raises(RuleError, match="PC 3 cannot be lent"):
        desk.queue.call(second.id, pcs[2].id)
    fixed_clock.advance(minutes=1)
    moved = desk.queue.call(first.id, pcs[3].id)
    assert (moved.workstation_id, moved.called) == (pcs[3].id, fixed_clock.now())
    assert desk.queue.call(second.id, pcs[0].id).workstation_id == pcs[0].id
    desk.queue.take_back(second.id)
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id, patron_id=dewi.id))
    busy = desk.queue.take(TicketDraft(patron_id=dewi.id))
    desk.queue.take_back(first.id)
    with pytest.raises(RuleError, match="Dewi uses PC 1 already"):
        desk.queue.call(busy.id, pcs[3].id)


def test_the_line_says_how_long_each_will_wait(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    desk.branch.set_up(limit_adult_other=20)
    for place in pcs[:2]:
        desk.computers.start(SessionDraft(workstation_id=place.id))
        fixed_clock.advance(minutes=5)
    desk.workstations.set_condition(pcs[2].id, Condition.MINOR_DAMAGE)
    now = desk.clock.now()
    desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.CLASS,
            title="Email",
            start=now,
            end=now + timedelta(minutes=60),
            workstation_ids=(pcs[3].id,),
        )
    )
    take(desk, fixed_clock, 3)
    line = desk.queue.line()
    assert [each.label for each in line.workstations] == ["PC 1", "PC 2", "PC 4"]
    assert list(waits(line, desk.clock.now()).values()) == [7, 12, 27]
    assert offer(line, desk.clock.now()) is None
    desk.computers.end(desk.computers.open_sessions()[1].id)
    found = offer(desk.queue.line(), desk.clock.now())
    assert found is not None
    assert (found.ticket.code, found.workstation.label) == ("A-01", "PC 2")


def test_after_closing_nobody_can_say(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    fixed_clock.advance(hours=6)  # 15.41, it closes at 16.00
    for place in pcs:
        desk.computers.start(SessionDraft(workstation_id=place.id))
    take(desk, fixed_clock)
    assert list(waits(desk.queue.line(), desk.clock.now()).values()) == [None]


def test_who_still_waits_when_the_day_is_over_left_at_closing_time(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    first, second = take(desk, fixed_clock, 2)
    desk.queue.call(first.id, pcs[0].id)
    fixed_clock.advance(hours=8)  # after closing time
    (late,) = take(desk, fixed_clock)
    assert desk.queue.end_days() == [], "it is still that day"
    fixed_clock.advance(hours=16)
    done = desk.can_undo()
    ended = desk.queue.end_days()
    assert [each.code for each in ended] == [first.code, second.code, late.code]
    closing = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 16.00 in Jakarta
    midnight = datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert [each.left for each in ended] == [closing, closing, midnight]
    assert ended[0].called is None
    assert desk.can_undo() == done == (False, False), "it is nothing of today"
    assert desk.queue.end_days() == []


def test_where_opening_hours_are_not_known_they_left_when_the_day_ended(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    desk.branch.set_up(opening_hours=None)
    take(desk, fixed_clock)
    fixed_clock.advance(days=3)
    (ended,) = desk.queue.end_days()
    assert ended.left == datetime(2026, 11, 23, 17, tzinfo=UTC)


def test_a_ticket_of_yesterday_cannot_be_called(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    (ticket,) = take(desk, fixed_clock)
    fixed_clock.advance(days=1)
    with pytest.raises(RuleError, match="does not wait any more"):
        desk.queue.call(ticket.id, pcs[0].id)
    desk.queue.end_days()
    with pytest.raises(RuleError, match="does not wait any more"):
        desk.queue.take_back(ticket.id)


class Queueing(RuleBasedStateMachine):
    """Whatever is done in whatever order: numbers are unique, nobody is lost, the order is kept.

    `expected` is the order as a librarian would keep it on paper, one copy for each step that
    could be undone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
        self.desk = Desk(Path(self.folder.name) / "data", clock=self.clock)
        self.desk.open()
        self.desk.branch.set_up(name="Uji", zone="WIB")
        self.places = [each.id for each in self.desk.workstations.add_many(2)]
        self.expected: list[str] = []
        self.called: set[str] = set()
        self.given: list[int] = []
        self.undone: list[tuple[list[str], set[str]]] = []

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()

    def _done(self) -> None:
        self.undone.append((self.before, self.before_called))
        self.clock.advance(seconds=20)

    def _begin(self) -> None:
        self.before, self.before_called = list(self.expected), set(self.called)

    @rule()
    def take(self) -> None:
        self._begin()
        made = self.desk.queue.take(TicketDraft())
        assert made.number not in self.given
        self.given.append(made.number)
        self.expected.append(made.id)
        self._done()

    @rule()
    def set_the_clock_back(self) -> None:
        self.clock.advance(minutes=-3)

    @precondition(lambda self: offer(self.desk.queue.line(), self.clock.now()))
    @rule()
    def call(self) -> None:
        self._begin()
        found = offer(self.desk.queue.line(), self.clock.now())
        assert found is not None
        uncalled = [each for each in self.expected if each not in self.called]
        assert found.ticket.id == uncalled[0]
        self.desk.queue.call(found.ticket.id, found.workstation.id)
        self.called.add(found.ticket.id)
        self._done()

    @precondition(lambda self: self.called)
    @rule()
    def no_show(self) -> None:
        self._begin()
        who = next(each for each in self.expected if each in self.called)
        self.desk.queue.no_show(who)
        self.called.remove(who)
        self.expected.remove(who)
        self.expected.append(who)
        self._done()

    @precondition(lambda self: self.called)
    @rule()
    def serve(self) -> None:
        self._begin()
        who = next(each for each in self.expected if each in self.called)
        self.desk.queue.serve(who)
        self.called.remove(who)
        self.expected.remove(who)
        self._done()

    @precondition(lambda self: self.expected)
    @rule()
    def leave(self) -> None:
        self._begin()
        who = self.expected.pop(len(self.expected) // 2)
        self.called.discard(who)
        self.desk.queue.leave(who)
        self._done()

    @precondition(lambda self: self.called)
    @rule()
    def take_the_call_back(self) -> None:
        self._begin()
        who = next(iter(sorted(self.called)))
        self.desk.queue.take_back(who)
        self.called.remove(who)
        self._done()

    @precondition(lambda self: self.desk.computers.open_sessions())
    @rule()
    def end_a_session(self) -> None:
        self._begin()
        self.desk.computers.end(self.desk.computers.open_sessions()[0].id)
        self._done()

    @precondition(lambda self: self.undone)
    @rule()
    def undo(self) -> None:
        self.desk.undo()
        self.expected, self.called = self.undone.pop()

    @invariant()
    def order_is_kept_and_nobody_is_lost(self) -> None:
        assert [each.id for each in self.desk.queue.waiting()] == self.expected
        assert {each.id for each in self.desk.queue.waiting() if each.called} == self.called

    @invariant()
    def everybody_is_in_one_state(self) -> None:
        found = self.desk.queue.of_day(self.desk.store.today())
        assert len({each.number for each in found}) == len(found)
        for each in found:
            assert (each.served is None) == (each.session_id is None)
            assert each.served is None or each.called is not None
            assert each.served is None or each.left is None
        known = waits(self.desk.queue.line(), self.clock.now())
        assert set(known) == set(self.expected)


TestQueueing = Queueing.TestCase
TestQueueing.settings = settings(
    max_examples=12, stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow]
)


def test_moments_of_tickets_are_stored_as_all_others(desk: Desk, pcs: list[Workstation]) -> None:
    one, two = (desk.queue.take(TicketDraft()) for _ in range(2))
    desk.queue.call(one.id, pcs[0].id)
    desk.queue.no_show(one.id)
    desk.queue.leave(two.id)
    with desk.store.reading() as db:
        for row in db.query("SELECT taken_at, behind_at, left_at FROM queue_tickets"):
            for text in filter(None, row.values()):
                assert text == utc_text(parse_utc(text))
