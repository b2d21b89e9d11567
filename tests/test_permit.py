"""Who changes a record of a closed month is asked first, whatever way it is changed by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from perpudesk.branch.model import ServiceDay
from perpudesk.computers.model import SessionDraft
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core.codes import Condition, DayState
from perpudesk.core.errors import RuleError
from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk
from perpudesk.reports.letter import Letter
from perpudesk.visits.finding import Mend
from perpudesk.visits.model import VisitDraft

OCTOBER = Period.parse("2026-10")
FIFTH = date(2026, 10, 5)


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """October 2026 has a visit and is closed; it is 23 November."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.visits.record(VisitDraft(count=3, on=FIFTH))
        desk.closings.close(OCTOBER, Letter())
        yield desk


Way = Callable[[Desk, str], object]
WAYS: dict[str, Way] = {
    "record": lambda desk, _id: desk.visits.record(VisitDraft(on=FIFTH)),
    "change": lambda desk, id_: desk.visits.change(id_, VisitDraft(count=9, on=FIFTH)),
    "change into": lambda desk, id_: desk.visits.change(id_, VisitDraft(on=date(2026, 11, 2))),
    "remove": lambda desk, id_: desk.visits.remove(id_),
    "mend many": lambda desk, id_: desk.mending.change([id_], Mend(purpose="reading")),
    "remove many": lambda desk, id_: desk.mending.remove([id_], "twice"),
    "set a day": lambda desk, _id: desk.branch.set_day(
        ServiceDay(date=date(2026, 10, 6), state=DayState.CLOSED)
    ),
    "set a holiday": lambda desk, _id: desk.branch.set_holiday(date(2026, 10, 6), "Hari Jadi"),
    "type a total": lambda desk, _id: desk.totals.type_total("online_users", OCTOBER, 5),
    "undo": lambda desk, _id: desk.undo(),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_leaves_everything_and_yes_changes_it(desk: Desk, way: str) -> None:
    (visit,) = desk.visits.of_day(FIFTH)
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    desk.ask_before(no)
    with pytest.raises(RuleError) as refusal:
        WAYS[way](desk, visit.id)
    assert refusal.value.code == "left_closed"
    (question,) = asked
    assert question == (
        "Oktober 2026 sudah ditutup (revisi 1). Laporannya akan menjadi “berubah” dan perlu revisi "
        "baru. Lanjutkan?"
    )
    assert not desk.closings.revisions(OCTOBER)[0].altered
    desk.ask_before(lambda _question: True)
    WAYS[way](desk, visit.id)
    assert desk.closings.revisions(OCTOBER)[0].altered


def test_what_was_undone_asks_again_before_it_is_done_again(desk: Desk) -> None:
    desk.undo()
    desk.closings.close(OCTOBER, Letter())
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refusal:
        desk.redo()
    assert refusal.value.code == "left_closed"


def test_a_tap_and_an_open_month_ask_nothing(desk: Desk) -> None:
    def fail(question: str) -> bool:
        raise AssertionError(question)

    desk.ask_before(fail)
    desk.visits.record(VisitDraft())
    visit = desk.visits.record(VisitDraft(on=date(2026, 9, 30)))
    desk.visits.change(visit.id, VisitDraft(count=2, on=date(2026, 9, 29)))
    desk.undo()
    desk.redo()
    with pytest.raises(RuleError) as refusal:
        desk.visits.give_name("nobody", desk.patrons)  # type: ignore[arg-type]
    assert refusal.value.code == "no_visit"
    assert desk.sheets.is_closed(FIFTH)
    assert not desk.sheets.is_closed(date(2026, 9, 30))


def test_inside_a_transaction_nobody_is_asked(desk: Desk) -> None:
    desk.ask_before(lambda _question: False)
    with desk.store.writing():
        desk.branch.set_day(ServiceDay(date=date(2026, 10, 6), state=DayState.CLOSED))
    assert not desk.closings.state(OCTOBER).is_final


def test_a_file_asks_for_all_of_its_days(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "Member ID,Visitor Name,Membership Type,Institution,Room Name,Visit Date\n"
        "A-01,Siti,Umum,,Ruang,2026-10-06 09:10:00\n",
        "utf-8",
    )
    preview = desk.importing.preview(file)
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refusal:
        desk.importing.commit(preview)
    assert refusal.value.code == "left_closed"
    desk.ask_before(lambda _question: True)
    batch = desk.importing.commit(preview)
    assert batch is not None
    desk.closings.close(OCTOBER, Letter())
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refusal:
        desk.batches.undo(batch.id)
    assert refusal.value.code == "left_closed"


def test_a_changed_month_asks_no_more(desk: Desk) -> None:
    desk.ask_before(lambda _question: True)
    desk.visits.record(VisitDraft(on=FIFTH))
    desk.ask_before(lambda _question: False)
    desk.visits.record(VisitDraft(on=FIFTH))
    assert not desk.closings.state(OCTOBER).is_final


def test_a_session_of_the_night_asks_too_where_its_month_was_closed_meanwhile(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    fixed_clock.moment = datetime(2026, 10, 31, 16, 50, tzinfo=UTC)  # 23.50 in Jakarta
    with Desk(tmp_path / "night", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        places = desk.workstations.add_many(2)
        session = desk.computers.start(SessionDraft(workstation_id=places[0].id))
        fixed_clock.advance(minutes=15)
        desk.closings.close(OCTOBER, Letter())
        desk.ask_before(lambda _question: False)
        for way in (
            lambda: desk.computers.end(session.id),
            desk.computers.end_all,
            lambda: desk.computers.move(session.id, places[1].id),
        ):
            with pytest.raises(RuleError) as refusal:
                way()
            assert refusal.value.code == "left_closed"
        desk.computers.start(SessionDraft(workstation_id=places[1].id))
        desk.ask_before(lambda _question: True)
        assert len(desk.computers.end_all()) == 2
        assert desk.closings.revisions(OCTOBER)[0].altered


def test_a_ticket_that_a_wrong_clock_puts_into_a_closed_month_alters_it(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    fixed_clock.moment = datetime(2026, 10, 21, 2, tzinfo=UTC)
    desk.queue.take(TicketDraft())
    assert desk.closings.revisions(OCTOBER)[0].altered


def test_what_held_since_an_earlier_month_asks_of_all_when_it_is_undone(desk: Desk) -> None:
    (place,) = desk.workstations.add_many(1)
    desk.workstations.set_condition(place.id, Condition.MINOR_DAMAGE, since=date(2026, 9, 7))
    assert desk.closings.revisions(OCTOBER)[0].altered
    desk.closings.close(OCTOBER, Letter())
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refusal:
        desk.undo()
    assert refusal.value.code == "left_closed"
    desk.ask_before(lambda _question: True)
    desk.undo()
    assert desk.closings.revisions(OCTOBER)[1].altered
