"""Paper in the records: one batch a sheet, one step back, days with their state."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.branch.model import ServiceDay
from perpudesk.core.codes import Basis, ClosedReason, DayState, Method, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import Period
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from perpudesk.reports.letter import Letter
from perpudesk.reports.model import VISITS
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.sheets import SheetService
from perpudesk.visits.tally import Cell, Doubt, Line, Sheet

FRIDAY = date(2026, 11, 20)
OCTOBER = Period.parse("2026-10")
BOX = Cell("reading", "female", "17-25")


def sheet(
    count: int = 7, *, day: date = FRIDAY, method: Method = Method.COUNTED, stated: str = ""
) -> Sheet:
    return Sheet(day=day, method=method, cells={BOX: str(count)}, stated=stated)


def state(desk: Desk, day: date = FRIDAY) -> DayState:
    return desk.visits.days(day, day)[0].state


def lines(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading() as db:
        rows = db.query("SELECT kind, action FROM journal ORDER BY seq")
        return [(row["kind"], row["action"]) for row in rows if row["kind"] != "branches"]


def test_a_sheet_is_one_batch_with_one_line(desk: Desk) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    stored = desk.sheets.save(
        Sheet(
            day=FRIDAY,
            cells={BOX: "3", Cell("loan", "male", "unknown"): "2"},
            lines=(Line(sex=Sex.MALE, age_years=9, at=time(9, 15)),),
        )
    )
    assert (stored.first, stored.visits, stored.method) == (FRIDAY, 6, Method.COUNTED)
    assert lines(desk) == [("batches", "import")]
    visits = desk.visits.of_day(FRIDAY)
    assert {each.batch_id for each in visits} == {stored.batch_id}
    assert [each.moment.local_hour for each in visits] == [9, None, None]
    assert state(desk) is DayState.OPEN_COUNTED
    assert told == [Topic.VISITS, Topic.DAYS]
    assert desk.sheets.stored() == [stored]
    assert desk.batches.standing() == []  # the page of imports does not show it


def test_undo_takes_back_the_visits_and_the_state_of_the_day(desk: Desk) -> None:
    desk.branch.set_day(ServiceDay(date=FRIDAY, state=DayState.OPEN_NOT_COUNTED, note="mati lampu"))
    stored = desk.sheets.save(sheet(method=Method.ESTIMATED))
    assert state(desk) is DayState.ESTIMATED
    assert desk.sheets.take_back(stored.batch_id) == stored
    assert (state(desk), desk.visits.of_day(FRIDAY)) == (DayState.OPEN_NOT_COUNTED, [])
    (kept,) = desk.branch.service_days(FRIDAY, FRIDAY).values()
    assert kept.note == "mati lampu"
    assert desk.sheets.stored() == []
    with pytest.raises(RuleError) as caught:
        desk.sheets.take_back(stored.batch_id)
    assert caught.value.code == "batch_undone"


def test_a_day_that_was_not_set_is_not_set_again(desk: Desk) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 11, 2)))
    stored = desk.sheets.save(sheet(method=Method.ESTIMATED))
    desk.sheets.take_back(stored.batch_id)
    assert state(desk) is DayState.NOT_SET
    desk.sheets.save(sheet())
    assert state(desk) is DayState.OPEN_COUNTED


def test_a_day_that_somebody_set_since_stays(desk: Desk) -> None:
    stored = desk.sheets.save(sheet(method=Method.ESTIMATED))
    desk.branch.set_day(ServiceDay(date=FRIDAY, state=DayState.CLOSED, reason=ClosedReason.POWER))
    desk.sheets.take_back(stored.batch_id)
    assert state(desk) is DayState.CLOSED


def test_the_undo_of_the_desk_leaves_sheets_alone(desk: Desk) -> None:
    visit = desk.visits.record(VisitDraft())
    stored = desk.sheets.save(sheet(method=Method.ESTIMATED))
    desk.undo()
    assert desk.visits.get(visit.id) is not None
    assert desk.visits.recent() == []
    assert state(desk) is DayState.ESTIMATED
    assert desk.can_undo() == (False, True)
    desk.sheets.take_back(stored.batch_id)
    assert desk.can_undo() == (False, True)
    desk.redo()
    assert len(desk.visits.recent()) == 1


def test_what_was_set_today_before_the_sheet_can_be_undone_after_it(desk: Desk) -> None:
    desk.branch.set_day(ServiceDay(date=FRIDAY, state=DayState.CLOSED, reason=None))
    stored = desk.sheets.save(sheet())
    with pytest.raises(RuleError) as caught:
        desk.undo()
    assert caught.value.code == "changed_since"
    desk.sheets.take_back(stored.batch_id)
    desk.undo()
    assert desk.branch.service_days(FRIDAY, FRIDAY) == {}


@pytest.mark.parametrize("day,code", [(date(2026, 11, 24), "future_day"), (None, "")])
def test_what_is_refused_stores_nothing_and_keeps_the_draft(
    desk: Desk, day: date | None, code: str
) -> None:
    typed = Sheet(day=day, cells={BOX: "3"})
    desk.sheets.keep(typed)
    for work in (desk.sheets.doubts, desk.sheets.save):
        with pytest.raises(InputError) as caught:
            work(typed)
        assert caught.value.code == (code or "sheet_day_missing")
    assert desk.sheets.draft() == typed
    assert lines(desk) == []


def test_nobody_came_is_a_number_too(desk: Desk) -> None:
    stored = desk.sheets.save(Sheet(day=FRIDAY, stated="0"))
    assert (stored.visits, state(desk)) == (0, DayState.OPEN_COUNTED)
    november = desk.reports.figures(Period.parse("2026-11")).get(VISITS)
    assert (november.value, november.basis) == (0, Basis.COUNTED)
    with pytest.raises(InputError):
        desk.sheets.save(Sheet(day=date(2026, 11, 24), stated="0"))


def test_the_draft_outlives_the_window(desk: Desk) -> None:
    typed = sheet(stated="x")
    assert desk.sheets.draft() == Sheet()
    desk.sheets.keep(typed)
    assert SheetService(desk.store, desk.notify, desk.branch, desk.visits).draft() == typed
    desk.sheets.save(sheet())
    assert desk.sheets.draft() == Sheet()


def test_doubts(desk: Desk) -> None:
    assert desk.sheets.doubts(sheet(stated="7")) == ()
    desk.sheets.save(sheet())
    assert desk.sheets.doubts(sheet(stated="8")) == (Doubt.OTHER_TOTAL, Doubt.SECOND_SHEET)
    desk.visits.record(VisitDraft())
    assert desk.sheets.doubts(sheet(day=date(2026, 11, 23))) == (Doubt.HAS_VISITS,)
    closed = SheetService(
        desk.store, desk.notify, desk.branch, desk.visits, is_closed=lambda day: day == FRIDAY
    )
    assert Doubt.MONTH_CLOSED in closed.doubts(sheet())
    assert closed.is_closed(FRIDAY)
    assert not desk.sheets.is_closed(FRIDAY)


def test_a_month_that_was_closed_is_asked_about(desk: Desk) -> None:
    day = date(2026, 10, 5)
    desk.sheets.save(sheet(day=day))
    desk.closings.close(OCTOBER, Letter())
    assert desk.sheets.doubts(sheet(day=date(2026, 10, 6))) == (Doubt.MONTH_CLOSED,)
    desk.sheets.save(sheet(day=date(2026, 10, 6)))
    assert not desk.sheets.is_closed(day)  # changed since: it is not final any more


def test_the_next_day_is_the_first_that_wants_numbers(desk: Desk) -> None:
    assert desk.sheets.next_day() == date(2026, 10, 1)
    desk.sheets.save(sheet(day=date(2026, 11, 18)))
    assert desk.sheets.next_day() == date(2026, 11, 19)
    assert desk.sheets.next_day(date(2026, 11, 19)) == FRIDAY
    assert desk.sheets.next_day(date(2026, 11, 23)) == date(2026, 11, 19)


def test_the_figures_say_what_was_estimated(desk: Desk) -> None:
    desk.sheets.save(sheet(5, day=date(2026, 10, 5)))
    assert desk.reports.figures(OCTOBER).get(VISITS).basis is Basis.COUNTED
    desk.sheets.save(sheet(4, day=date(2026, 10, 6), method=Method.ESTIMATED))
    figures = desk.reports.figures(OCTOBER)
    visits = figures.get(VISITS)
    assert (visits.value, visits.basis) == (9, Basis.MIXED)
    assert visits.by["hour"] == {"unknown": 9}
    assert visits.by["age"]["17-25"] == 9
    assert visits.by["type"]["unknown"] == 9
    assert figures.days[DayState.ESTIMATED] == 1


def counted_october(desk: Desk) -> list[date]:
    """Three counted days of October and one that is known as not counted."""
    days = [date(2026, 10, at) for at in (1, 2, 5)]
    for day, count in zip(days, (10, 20, 30), strict=True):
        desk.sheets.save(sheet(count, day=day))
    return days


def test_an_estimate_of_a_month_is_one_step(desk: Desk) -> None:
    days = counted_october(desk)
    found = desk.sheets.estimate(OCTOBER, sampled=days)
    weekdays = 22
    assert (found.open_days, found.total, found.added) == (weekdays, 440, 380)
    stored = desk.sheets.save_estimate(OCTOBER, found)
    assert (stored.first, stored.visits, stored.sheet) == (date(2026, 10, 1), 380, None)
    figures = desk.reports.figures(OCTOBER)
    assert (figures.get(VISITS).value, figures.get(VISITS).basis) == (440, Basis.MIXED)
    assert figures.days[DayState.ESTIMATED] == 19
    assert set(figures.get(VISITS).by["hour"]) == {"unknown"}
    with pytest.raises(RuleError):
        desk.sheets.estimate(OCTOBER, sampled=days)
    desk.sheets.take_back(stored.batch_id)
    assert desk.reports.figures(OCTOBER).get(VISITS).value == 60
    assert state(desk, date(2026, 10, 6)) is DayState.NOT_SET


def test_days_can_be_left_out_of_an_estimate(desk: Desk) -> None:
    days = counted_october(desk)
    roles = desk.sheets.roles(OCTOBER)
    wanting = [day for day, role in roles.items() if role.value == "wanting"]
    found = desk.sheets.estimate(OCTOBER, sampled=days, left_out=wanting[1:])
    assert found.shares == ((wanting[0], 20),)


@given(
    counts=st.lists(st.integers(1, 40), min_size=1, max_size=6), undone=st.sets(st.integers(0, 5))
)
def test_totals_are_those_of_the_sheets_that_stand(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int], undone: set[int]
) -> None:
    with Desk(tmp_path_factory.mktemp("d") / "data") as desk:
        desk.branch.set_up(name="Uji", zone="WIB")
        stored = [
            desk.sheets.save(sheet(n, day=date(2026, 1, 5 + at))) for at, n in enumerate(counts)
        ]
        for at in undone & set(range(len(counts))):
            desk.sheets.take_back(stored[at].batch_id)
        stand = sum(n for at, n in enumerate(counts) if at not in undone)
        assert desk.visits.day_totals(
            date(2026, 1, 1), date(2026, 1, 31)
        ).values().__len__() == len([at for at in range(len(counts)) if at not in undone])
        assert sum(desk.visits.day_totals(date(2026, 1, 1), date(2026, 1, 31)).values()) == stand


def test_a_day_without_hours_says_nothing_of_the_usual(desk: Desk) -> None:
    for weeks in range(1, 5):
        monday = date(2026, 11, 23 - 7 * weeks) if weeks < 4 else date(2026, 10, 26)
        desk.visits.record(VisitDraft(on=monday, at=time(8), count=10))
    assert desk.visits.usual() == 10
    desk.visits.record(VisitDraft(on=date(2026, 10, 19), profile=Profile(), count=50))
    assert desk.visits.usual() == 10
    desk.visits.record(VisitDraft(on=date(2026, 11, 16), count=5))
    assert desk.visits.usual() is None
