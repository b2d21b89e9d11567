"""Workstations: added one by one or many at once, and what befell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from perpudesk.computers.model import (
    MOST_WORKSTATIONS,
    SessionDraft,
    Workstation,
    WorkstationDraft,
    usable_on,
)
from perpudesk.core.codes import Condition
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)


def refused(desk: Desk, draft: WorkstationDraft) -> InputError:
    with pytest.raises(InputError) as found:
        desk.workstations.add(draft)
    return found.value


def labels(desk: Desk) -> list[str]:
    return [each.label for each in desk.workstations.all()]


def test_many_at_once_pass_over_what_is_taken(desk: Desk) -> None:
    desk.workstations.add(WorkstationDraft(label="PC 2", number=7))
    desk.workstations.add(WorkstationDraft(label="Server", number=1, is_public=False))
    made = desk.workstations.add_many(3)
    assert [(each.number, each.label) for each in made] == [(3, "PC 3"), (4, "PC 4"), (5, "PC 5")]
    desk.undo()
    assert labels(desk) == ["Server", "PC 2"]


def test_a_retired_ones_number_is_not_given_again_by_itself(
    desk: Desk, pcs: list[Workstation]
) -> None:
    desk.computers.end(desk.computers.start(SessionDraft(workstation_id=pcs[1].id)).id)
    assert not desk.workstations.remove(pcs[1].id)
    assert [each.label for each in desk.workstations.add_many(1)] == ["PC 5"]
    assert desk.workstations.add(WorkstationDraft(label="PC 2", number=2)).number == 2


@pytest.mark.parametrize(
    "count, said",
    [
        (500, "A branch can have 200 workstations"),
        (0, "a whole number from 1 to 200"),
        (-1, "a whole number from 1 to 200"),
        (True, "a whole number from 1 to 200"),
    ],
)
def test_too_many_are_refused_at_once(desk: Desk, count: int, said: str) -> None:
    desk.workstations.add_many(4)
    with pytest.raises(InputError) as found:
        desk.workstations.add_many(count)
    assert said in found.value.sentence()
    assert found.value.field == "count"
    assert len(desk.workstations.all()) == 4


def test_the_last_that_fits(desk: Desk) -> None:
    assert len(desk.workstations.add_many(MOST_WORKSTATIONS)) == MOST_WORKSTATIONS
    assert refused(desk, WorkstationDraft(label="Satu lagi")).code == "too_many_workstations"
    with pytest.raises(InputError):
        desk.workstations.add_many(1)


@pytest.mark.parametrize(
    "draft, field, said",
    [
        (WorkstationDraft(label="x" * 200), "label", "longer than 40 characters"),
        (WorkstationDraft(label=" "), "label", "The name is empty"),
        (WorkstationDraft(label="pc 1"), "label", "There is a “pc 1” already"),
        (WorkstationDraft(label="Baru", number=1), "number", "belongs to PC 1 already"),
        (WorkstationDraft(label="Baru", number=0), "number", "from 1 to 999"),
        (WorkstationDraft(label="Baru", number=1000), "number", "from 1 to 999"),
        (WorkstationDraft(label="Baru", place="x" * 81), "place", "longer than 80"),
        (WorkstationDraft(label="Baru", specification="x" * 201), "specification", "than 200"),
        (WorkstationDraft(label="a\x07b"), "label", "invisible control character"),
    ],
)
@pytest.mark.usefixtures("pcs")
def test_what_is_refused(desk: Desk, draft: WorkstationDraft, field: str, said: str) -> None:
    error = refused(desk, draft)
    assert (error.field, said in error.sentence()) == (field, True)
    assert len(desk.workstations.all()) == 4


def test_whether_it_is_public_changes_from_today_on(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    fixed_clock.advance(days=3)
    draft = WorkstationDraft(label="PC 1", number=1, is_public=False)
    assert not desk.workstations.change(pcs[0].id, draft).usable
    states = desk.workstations.history(pcs[0].id)
    assert [each.since for each in states] == [MONDAY, MONDAY + timedelta(days=3)]
    assert usable_on(states, MONDAY + timedelta(days=2))
    assert not usable_on(states, MONDAY + timedelta(days=4))


def test_one_in_use_is_neither_removed_nor_broken(desk: Desk, pcs: list[Workstation]) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    for work in (
        lambda: desk.workstations.remove(pcs[0].id),
        lambda: desk.workstations.set_condition(pcs[0].id, Condition.MAJOR_DAMAGE),
        lambda: desk.workstations.set_condition(pcs[0].id, Condition.RETIRED),
    ):
        with pytest.raises(RuleError) as found:
            work()
        assert found.value.sentence().startswith("PC 1 is in use. End the session first")
    desk.computers.end(session.id)
    assert not desk.workstations.set_condition(pcs[0].id, Condition.MINOR_DAMAGE).usable


def test_what_befell_it_before_it_was_added_is_its_first_line(
    desk: Desk, pcs: list[Workstation]
) -> None:
    place = pcs[0].id
    broken = desk.workstations.set_condition(
        place, Condition.MAJOR_DAMAGE, since=FRIDAY, note="Layar"
    )
    assert not broken.usable
    (only,) = desk.workstations.history(place)
    assert (only.since, only.note) == (FRIDAY, "Layar")
    assert desk.workstations.set_condition(place, Condition.GOOD).usable
    earlier = date(2026, 11, 2)
    assert desk.workstations.set_condition(place, Condition.MINOR_DAMAGE, since=earlier).usable
    assert [each.since for each in desk.workstations.history(place)] == [earlier, FRIDAY, MONDAY]
    desk.computers.start(SessionDraft(workstation_id=pcs[1].id))
    with pytest.raises(RuleError):
        desk.workstations.set_condition(pcs[1].id, Condition.MINOR_DAMAGE, since=FRIDAY)


def test_a_line_of_its_history_cannot_take_it_from_somebody(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    place = pcs[0].id
    desk.workstations.set_condition(place, Condition.MINOR_DAMAGE)
    fixed_clock.advance(days=1)
    desk.workstations.set_condition(place, Condition.GOOD)
    desk.computers.start(SessionDraft(workstation_id=place))
    *_, broken, good = desk.workstations.history(place)
    with pytest.raises(RuleError) as found:
        desk.workstations.drop_history(place, good.id)
    assert found.value.code == "still_in_use"
    with pytest.raises(RuleError):
        desk.workstations.mend_history(place, replace(good, condition=Condition.RETIRED))
    assert len(desk.workstations.history(place)) == 3
    desk.workstations.mend_history(place, replace(broken, note="Papan ketik"))
    desk.workstations.drop_history(place, broken.id)
    assert len(desk.workstations.history(place)) == 2


def test_the_last_line_stays(desk: Desk, pcs: list[Workstation]) -> None:
    (only,) = desk.workstations.history(pcs[0].id)
    with pytest.raises(RuleError) as found:
        desk.workstations.drop_history(pcs[0].id, only.id)
    assert found.value.code == "last_state"
    for work in (
        lambda: desk.workstations.mend_history(pcs[0].id, replace(only, id="nobody's")),
        lambda: desk.workstations.get("nobody"),
    ):
        with pytest.raises(RuleError) as found:
            work()
        assert found.value.code == "no_workstation"
    desk.workstations.set_condition(pcs[0].id, Condition.MINOR_DAMAGE)
    with pytest.raises(RuleError):
        desk.workstations.drop_history(pcs[0].id, "nobody's")


def test_a_day_to_come_is_refused(desk: Desk, pcs: list[Workstation]) -> None:
    with pytest.raises(InputError) as found:
        desk.workstations.set_condition(
            pcs[0].id, Condition.MINOR_DAMAGE, since=MONDAY + timedelta(days=1)
        )
    assert found.value.field == "since"


def test_one_that_comes_back_must_have_its_name_for_itself(
    desk: Desk, pcs: list[Workstation]
) -> None:
    desk.workstations.set_condition(pcs[0].id, Condition.RETIRED)
    assert not desk.workstations.remove(pcs[0].id)  # it is retired already
    assert len(desk.workstations.history(pcs[0].id)) == 2
    desk.workstations.add(WorkstationDraft(label="PC 1", number=9))
    with pytest.raises(InputError) as found:
        desk.workstations.set_condition(pcs[0].id, Condition.GOOD)
    assert found.value.code == "label_taken"
    desk.workstations.change(pcs[0].id, WorkstationDraft(label="PC lama", number=1))
    assert desk.workstations.set_condition(pcs[0].id, Condition.GOOD, is_public=False).label == (
        "PC lama"
    )
    assert not desk.workstations.get(pcs[0].id).usable


def test_one_that_was_never_used_is_gone(desk: Desk, pcs: list[Workstation]) -> None:
    assert desk.workstations.remove(pcs[3].id)
    assert labels(desk) == ["PC 1", "PC 2", "PC 3"]
    desk.undo()
    assert labels(desk) == ["PC 1", "PC 2", "PC 3", "PC 4"]


def test_what_holds_since_an_earlier_month_is_asked_of_each(
    desk: Desk, pcs: list[Workstation]
) -> None:
    asked: list[date] = []
    desk.store.asks = asked.extend
    desk.workstations.set_condition(
        pcs[0].id, Condition.MINOR_DAMAGE, since=date(2026, 9, 15), note="Mati"
    )
    assert asked == [date(2026, 9, 15), *(date(2026, month, 1) for month in (9, 10, 11))]
