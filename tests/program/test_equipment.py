"""Equipment and its yearly check on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core.codes import Condition, EquipmentKind, Funding
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.program.inventory import (
    CheckLine,
    EquipmentDraft,
    ItemState,
    admit_equipment,
    by_kind,
)

TODAY = date(2026, 11, 23)
PRINTER = EquipmentDraft(
    name="Printer Epson",
    kind=EquipmentKind.PRINTER,
    code="3.05.01.05.007",
    brand="L3210",
    source="PerpuSeru",
    program="CCFI 2015",
    funding=Funding.CSR,
    price=2_500_000,
    received="2015-03",
    is_public=True,
    place="Lobi",
    note="Tinta hitam",
)


@pytest.mark.parametrize(
    "change, field",
    [
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"price": 10**15}, "price"),
        ({"received": "kemarin"}, "received"),
        ({"received": "2027"}, "received"),
        ({"code": "x" * 61}, "code"),
    ],
)
def test_equipment_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_equipment(replace(PRINTER, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_equipment_keeps_all_that_was_typed_and_its_history(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    made = desk.equipment.add(PRINTER)
    assert made.draft() == PRINTER
    assert (made.condition, made.since, made.key) == (Condition.GOOD, TODAY, made.id)
    fixed_clock.advance(days=9)
    state = ItemState(since=date(2026, 12, 1), condition=Condition.MINOR_DAMAGE, note="Macet")
    broken = desk.equipment.set_condition(made.id, state)
    assert (broken.condition, broken.since) == (Condition.MINOR_DAMAGE, date(2026, 12, 1))
    assert [each.condition for each in desk.equipment.history(made.id)] == [
        Condition.GOOD,
        Condition.MINOR_DAMAGE,
    ]
    desk.undo()
    assert desk.equipment.get(made.id).condition is Condition.GOOD
    with pytest.raises(InputError):
        desk.equipment.set_condition(made.id, replace(state, since=date(2027, 5, 1)))
    changed = desk.equipment.change(made.id, replace(PRINTER, place="Gudang"))
    assert changed.place == "Gudang"
    desk.equipment.remove(made.id)
    assert desk.equipment.all() == []
    with pytest.raises(RuleError):
        desk.equipment.get(made.id)


def test_what_was_broken_before_it_was_written_down_is_broken_now(desk: Desk) -> None:
    made = desk.equipment.add(PRINTER)
    state = ItemState(since=date(2026, 11, 2), condition=Condition.MAJOR_DAMAGE, note="Baterai")
    broken = desk.equipment.set_condition(made.id, state)
    assert (broken.condition, broken.since) == (Condition.MAJOR_DAMAGE, state.since)
    assert len(desk.equipment.history(made.id)) == 1


def test_a_workstation_is_one_record_and_not_two(desk: Desk) -> None:
    pc, _ = desk.workstations.add_many(2)
    desk.equipment.add(PRINTER)
    found = desk.equipment.get(pc.id)
    assert (found.id, found.name, found.kind) == (pc.id, "PC 1", EquipmentKind.COMPUTER)
    draft = replace(found.draft(), name="PC A", brand="Lenovo", received="2018", is_public=False)
    changed = desk.equipment.change(pc.id, draft)
    assert (changed.name, changed.brand, changed.is_public) == ("PC A", "Lenovo", False)
    place = desk.workstations.get(pc.id)
    assert (place.label, place.state.is_public) == ("PC A", False)
    desk.equipment.change(changed.id, replace(changed.draft(), kind=EquipmentKind.LAPTOP))
    assert len(desk.equipment.all()) == 3
    state = ItemState(since=TODAY, condition=Condition.MAJOR_DAMAGE, note="Layar")
    desk.equipment.set_condition(pc.id, state)
    assert desk.workstations.get(pc.id).state.condition is Condition.MAJOR_DAMAGE
    last = desk.equipment.history(pc.id)[-1]
    assert (last.condition, last.note) == (state.condition, state.note)
    desk.workstations.set_condition(pc.id, Condition.RETIRED)
    assert len(desk.equipment.all()) == 2
    assert len(desk.equipment.all(retired=True)) == 3
    with pytest.raises(RuleError, match="Settings"):
        desk.equipment.remove(pc.id)
    assert list(by_kind(desk.equipment.all())) == [EquipmentKind.COMPUTER, EquipmentKind.PRINTER]


def test_once_a_year_somebody_goes_round(desk: Desk) -> None:
    [pc] = desk.workstations.add_many(1)
    printer = desk.equipment.add(PRINTER)
    lost = desk.equipment.add(EquipmentDraft(name="UPS", kind=EquipmentKind.UPS))
    check = desk.equipment.begin_check()
    with pytest.raises(RuleError, match="23 November 2026"):
        desk.equipment.begin_check()
    desk.equipment.tick(check.id, pc.id, CheckLine(found=True, condition=Condition.GOOD))
    desk.equipment.tick(
        check.id, printer.id, CheckLine(found=True, condition=Condition.MINOR_DAMAGE, note="Macet")
    )
    found = desk.equipment.tick(check.id, lost.id, CheckLine(found=False))
    assert found.left(desk.equipment.all()) == []
    assert [each.name for each in found.missing(desk.equipment.all())] == ["UPS"]
    assert desk.equipment.get(printer.id).condition is Condition.MINOR_DAMAGE
    desk.equipment.tick(check.id, pc.id, None)
    going = desk.equipment.going_on()
    assert going is not None
    assert [each.name for each in going.left(desk.equipment.all())] == ["PC 1"]
    # What is typed of a workstation later does not lose its line.
    desk.equipment.tick(check.id, pc.id, CheckLine(found=True))
    desk.equipment.change(pc.id, replace(desk.equipment.get(pc.id).draft(), brand="Lenovo"))
    assert desk.equipment.check(check.id).left(desk.equipment.all()) == []
    done = desk.equipment.finish_check(check.id)
    assert done.finished_on == TODAY
    assert desk.equipment.going_on() is None
    with pytest.raises(RuleError, match="finished"):
        desk.equipment.tick(check.id, pc.id, None)
    with pytest.raises(RuleError):
        desk.equipment.check("none")
    desk.undo()
    assert desk.equipment.going_on() is not None
