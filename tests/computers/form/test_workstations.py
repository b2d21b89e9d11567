"""The computers and their limits in the settings, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from perpudesk.computers.form.condition import ConditionDialog
from perpudesk.computers.form.limits import LimitsSection, limits_told
from perpudesk.computers.form.workstation import WorkstationDialog
from perpudesk.computers.form.workstations import WorkstationsSection, workstations_told
from perpudesk.computers.model import SessionDraft, Workstation, WorkstationDraft
from perpudesk.core.codes import Condition
from perpudesk.core.settings import read_settings
from perpudesk.desk import Desk
from perpudesk.ui.toasts import Toast
from tests.computers.form.typing import field, fill, press
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

MONDAY = date(2026, 11, 23)


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> Iterator[WorkstationsSection]:
    section = WorkstationsSection(desk.workstations, today=desk.branch.today, undo=desk.undo)
    section.refresh()
    shown(qtbot, section, (860, 640))
    yield section
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def cells(section: WorkstationsSection) -> list[list[str]]:
    rows = section.table.rows
    return [[rows.index(row, at).data() for at in (0, 1)] for row in range(rows.rowCount())]


def said(section: WorkstationsSection) -> str:
    return " ".join(each.accessibleName() for each in section.findChildren(Toast))


def choose(section: WorkstationsSection, place: Workstation) -> None:
    section.refresh()
    assert section.table.select(place.id)
    section.table.setFocus()


def test_one_is_added_by_its_name(section: WorkstationsSection, qtbot: QtBot) -> None:
    assert "No computer yet" in section.table._empty
    assert not section.edit.isEnabled()
    fill(qtbot, section.form, label="PC Anak")
    press(qtbot, section, Qt.Key.Key_Return)
    fill(qtbot, section.form, label="Laptop", number="12")
    press(qtbot, section, Qt.Key.Key_Return)
    assert cells(section) == [["1", "PC Anak"], ["12", "Laptop"]]
    assert "Laptop was added." in said(section)
    assert section.table.current_row().label == "Laptop"
    assert field(section.form, "label").text() == ""
    section.table.setFocus()
    press(qtbot, section, Qt.Key.Key_Z, "Control")
    assert cells(section) == [["1", "PC Anak"]]


def test_many_are_added_at_once(desk: Desk, section: WorkstationsSection, qtbot: QtBot) -> None:
    fill(qtbot, section.form, count="3")
    press(qtbot, section, Qt.Key.Key_Return)
    fill(qtbot, section.form, label="Laptop", count="2")
    press(qtbot, section, Qt.Key.Key_Return)
    assert [label for _, label in cells(section)] == [
        "PC 1", "PC 2", "PC 3", "Laptop 4", "Laptop 5",
    ]  # fmt: skip
    assert "2 computers were added." in said(section)
    assert workstations_told(desk.workstations) == "5 computers"


@pytest.mark.parametrize(
    "typed, name, sentence",
    [
        ({"count": "500"}, "count", "A branch can have 200 workstations"),
        ({"count": "0"}, "count", "Type a whole number from 1"),
        ({"label": "x" * 200}, "label", "longer than 40 characters"),
        ({"label": ""}, "label", "The name is empty"),
        ({"label": "PC 1"}, "label", "There is a “PC 1” already"),
        ({"label": "Baru", "number": "2"}, "number", "belongs to PC 2 already"),
        ({"label": "Baru", "number": "1000"}, "number", "from 1 to 999"),
        ({"label": "x" * 39, "count": "2"}, "label", "longer than 40 characters"),
    ],
)
@pytest.mark.usefixtures("pcs")
def test_what_is_refused_is_said_and_nothing_is_lost(
    section: WorkstationsSection, qtbot: QtBot, typed: dict[str, str], name: str, sentence: str
) -> None:
    section.refresh()
    fill(qtbot, section.form, **typed)
    press(qtbot, section, Qt.Key.Key_Return)
    assert sentence in section.form.field(name).error()
    assert {key: field(section.form, key).text() for key in typed} == typed
    assert len(cells(section)) == 4


def test_one_in_use_is_not_removed(
    desk: Desk, section: WorkstationsSection, pcs: list[Workstation], qtbot: QtBot
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    choose(section, pcs[0])
    press(qtbot, section, Qt.Key.Key_Delete)
    assert "PC 1 is in use. End the session first" in said(section)
    desk.computers.end(session.id)
    press(qtbot, section, Qt.Key.Key_Delete)
    assert "PC 1 is no longer used; what it was used for stays." in said(section)
    assert [label for _, label in cells(section)] == ["PC 2", "PC 3", "PC 4"]
    section.retired.click()
    assert [label for _, label in cells(section)] == ["PC 1", "PC 2", "PC 3", "PC 4"]
    choose(section, pcs[0])
    assert not section.remove.isEnabled()
    press(qtbot, section, Qt.Key.Key_Delete)
    choose(section, pcs[3])
    press(qtbot, section, Qt.Key.Key_Delete)
    assert "PC 4 was removed." in said(section)
    assert section.table.current_row().label == "PC 3", "not the first: Del would mean that one"
    press(qtbot, section, Qt.Key.Key_Z, "Control")
    press(qtbot, section, Qt.Key.Key_Z, "Control")
    assert len(desk.workstations.all()) == 4


def test_nothing_more_to_undo_is_said(
    desk: Desk, section: WorkstationsSection, pcs: list[Workstation], qtbot: QtBot
) -> None:
    choose(section, pcs[0])
    while desk.can_undo()[0]:
        desk.undo()
    press(qtbot, section, Qt.Key.Key_Z, "Control")
    assert "nothing of today to undo" in said(section)


def test_what_it_is_called_is_mended(
    desk: Desk, section: WorkstationsSection, pcs: list[Workstation], qtbot: QtBot
) -> None:
    choose(section, pcs[1])
    press(qtbot, section, Qt.Key.Key_Return)
    (dialog,) = section.findChildren(WorkstationDialog)
    assert dialog.windowTitle() == "PC 2"
    dialog.form.fill(label="x" * 200, number=9, place="Ruang anak", specification="Core i3")
    dialog.save.click()
    assert "longer than 40" in dialog.form.field("label").error()
    QCoreApplication.processEvents()
    assert_accessible(dialog)
    assert not texts_fit(dialog)
    dialog.form.fill(label="PC Anak", whose="staff")
    field(dialog.form, "label").setFocus()
    press(qtbot, dialog, Qt.Key.Key_Return)
    after = desk.workstations.get(pcs[1].id)
    assert (after.label, after.number, after.place) == ("PC Anak", 9, "Ruang anak")
    assert (after.specification, after.state.is_public) == ("Core i3", False)
    assert "PC Anak was changed." in said(section)
    assert section.table.rows.index(3, 3).data() == "Staff"


@pytest.fixture
def condition(
    section: WorkstationsSection, pcs: list[Workstation], qtbot: QtBot
) -> ConditionDialog:
    """The dialog of PC 3 as Ctrl+K opens it."""
    choose(section, pcs[2])
    press(qtbot, section, Qt.Key.Key_K, "Control")
    (dialog,) = section.findChildren(ConditionDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def lines(dialog: ConditionDialog) -> list[list[str]]:
    rows = dialog.table.rows
    return [[rows.index(row, at).data() for at in range(4)] for row in range(rows.rowCount())]


def test_broken_since_and_repaired(
    desk: Desk, section: WorkstationsSection, condition: ConditionDialog, qtbot: QtBot
) -> None:
    form = condition.form
    form.field("condition").widget.chip("minor_damage").click()
    fill(qtbot, form, since="02-11-2026", note="Papan ketik")
    press(qtbot, condition, Qt.Key.Key_Return)
    assert lines(condition) == [["2 November 2026", "Slightly damaged", "Public", "Papan ketik"]]
    assert workstations_told(desk.workstations) == "4 computers, 1 broken"
    assert section.table.rows.index(2, 4).data() == "Slightly damaged"
    form.field("condition").widget.chip("good").click()
    fill(qtbot, form, note="diganti")
    press(qtbot, condition, Qt.Key.Key_Return)
    assert [line[1] for line in lines(condition)] == ["In good order", "Slightly damaged"]
    assert_accessible(condition)
    assert not texts_fit(condition)


def test_a_line_is_mended_and_taken_out(
    desk: Desk, condition: ConditionDialog, pcs: list[Workstation], qtbot: QtBot
) -> None:
    desk.workstations.set_condition(pcs[2].id, Condition.MAJOR_DAMAGE, note="Mati")
    condition._show()
    condition.table.setFocus()
    condition.table.selectRow(0)
    press(qtbot, condition, Qt.Key.Key_Return)
    assert condition.save.label() == "Save the line"
    assert condition.form.value("note") == "Mati"
    press(qtbot, condition, Qt.Key.Key_Escape)
    assert condition.save.label() == "Note it"
    assert condition.isVisible()
    condition.table.selectRow(0)
    press(qtbot, condition, Qt.Key.Key_Return)
    fill(qtbot, condition.form, note="Mati total", since="24-11-2026")
    condition.form.field("is_public").widget.click()
    condition.save.click()
    assert "has not come yet" in condition.form.field("since").error()
    fill(qtbot, condition.form, since="")
    condition.save.click()
    assert lines(condition)[0] == ["23 November 2026", "Badly damaged", "Staff", "Mati total"]
    condition.table.setFocus()
    condition.table.selectRow(0)
    press(qtbot, condition, Qt.Key.Key_Delete)
    assert [line[1] for line in lines(condition)] == ["In good order"]
    press(qtbot, condition, Qt.Key.Key_Z, "Control")
    assert len(lines(condition)) == 2
    condition._on_drop(desk.workstations.history(pcs[2].id)[0])
    condition._on_drop(desk.workstations.history(pcs[2].id)[0])
    assert "needs one line of history" in condition.form._banner.accessibleName()
    while desk.can_undo()[0]:
        desk.undo()
    condition._on_undo()
    assert any("nothing" in each.accessibleName() for each in condition.findChildren(Toast))


def test_one_in_use_does_not_break(
    desk: Desk, condition: ConditionDialog, pcs: list[Workstation]
) -> None:
    desk.computers.start(SessionDraft(workstation_id=pcs[2].id))
    condition.form.field("condition").widget.chip("retired").click()
    condition.save.click()
    assert "PC 3 is in use" in condition.form._banner.accessibleName()
    assert len(lines(condition)) == 1


def test_an_empty_section_has_nothing_to_mend(section: WorkstationsSection) -> None:
    section._on_edit()
    section._on_condition()
    section._on_remove()
    assert not section.findChildren(WorkstationDialog)
    assert_accessible(section)
    assert not texts_fit(section)


def test_the_list_says_how_many(desk: Desk) -> None:
    assert workstations_told(desk.workstations) == "none yet"
    desk.workstations.add(WorkstationDraft(label="PC"))
    assert workstations_told(desk.workstations) == "1 computer"


# ---------------------------------------------------------------- limits


@pytest.fixture
def limits(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> LimitsSection:
    monkeypatch.setenv("PERPUDESK_SETTINGS", str(tmp_path / "settings"))
    section = LimitsSection(desk.branch)
    section.refresh()
    return shown(qtbot, section, (860, 640))


def test_limits_are_stored_as_they_are_typed(
    desk: Desk, limits: LimitsSection, qtbot: QtBot, pcs: list[Workstation]
) -> None:
    for name, text in (
        ("limit_adult_member", "60"),
        ("limit_adult_other", "45"),
        ("limit_minor_member", "20"),
        ("limit_minor_other", "15"),
        ("forgotten_hours", "6"),
    ):
        fill(qtbot, limits.form, **{name: text})
        press(qtbot, limits, Qt.Key.Key_Tab)
    branch = desk.branch.current()
    assert (branch.limit_adult_member, branch.limit_adult_other) == (60, 45)
    assert (branch.limit_minor_member, branch.limit_minor_other) == (20, 15)
    assert branch.forgotten_hours == 6
    assert limits_told(desk.branch) == "15–60 minutes"
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    assert session.limit == 45
    QCoreApplication.processEvents()
    assert_accessible(limits)
    assert not texts_fit(limits)


@pytest.mark.parametrize(
    "name, text, said",
    [
        ("limit_adult_member", "0", "Type a whole number from 5 to 720."),
        ("limit_minor_other", "10000", "Type a whole number from 5 to 720."),
        ("limit_adult_other", "", "A limit is a whole number of minutes from 5 to 720"),
        ("forgotten_hours", "25", "Type a whole number from 1 to 24."),
        ("forgotten_hours", "", "whole number of hours from 1 to 24"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(
    limits: LimitsSection, qtbot: QtBot, name: str, text: str, said: str
) -> None:
    before = limits._branch.current()
    fill(qtbot, limits.form, **{name: text})
    press(qtbot, limits, Qt.Key.Key_Tab)
    assert field(limits.form, name).text() == text
    assert said in limits.form.field(name).error()
    assert limits._branch.current() == before
    assert limits_told(limits._branch) == "30 minutes"


def test_the_sound_is_this_machines_own(limits: LimitsSection, qtbot: QtBot) -> None:
    assert read_settings().sound
    qtbot.mouseClick(field(limits.form, "sound"), Qt.MouseButton.LeftButton)
    assert not read_settings().sound
