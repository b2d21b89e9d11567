from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.core.codes import Disability, Method, Sex, VisitorType
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, Profile
from perpudesk.ui.forms import Form
from perpudesk.visits.form.editor import VisitEditor
from perpudesk.visits.form.group import GroupDialog
from perpudesk.visits.form.inputs import CompletedField
from perpudesk.visits.form.parts import PartsGrid
from perpudesk.visits.form.seek import LeaderField
from perpudesk.visits.form.visit import VisitDialog
from perpudesk.visits.model import Part, Visit, VisitDraft
from perpudesk.visits.page import VisitsPage
from tests.ui.windows import shown
from tests.visits.conftest import Person

MONDAY = date(2026, 11, 23)
BOYS = Part(sex=Sex.MALE, age_band="12-16", count=5)
GIRLS = Part(sex=Sex.FEMALE, age_band="12-16", count=6)


@contextmanager
def nobodys() -> Iterator[None]:
    yield


def newest(desk: Desk) -> Visit:
    return desk.visits.recent(1)[0]


@pytest.fixture
def group(page: VisitsPage, person: Person) -> GroupDialog:
    """The group dialog as Ctrl+G opens it, the purpose `study` chosen at the desk."""
    page.board.choose(4)
    person.presses(Qt.Key.Key_G, "Control")
    dialog = page.findChild(GroupDialog)
    assert dialog is not None
    person.looks_at(dialog)
    return dialog


# ---------------------------------------------------------------- groups


def test_a_group_is_one_visit(
    desk: Desk, page: VisitsPage, group: GroupDialog, person: Person
) -> None:
    person.types("12", apart=80)
    person.presses(Qt.Key.Key_Tab)
    person.types("SDN 2 Raja")
    group.parts.cell(Sex.MALE, "12-16").setFocus()
    person.types("5")
    group.parts.cell(Sex.FEMALE, "12-16").setFocus()
    person.types("6")
    assert group.parts._rest.text() == "Left without details: 1"
    person.types("\r")
    visit = newest(desk)
    assert (visit.type, visit.count, visit.institution, visit.purpose) == (
        VisitorType.GROUP,
        12,
        "SDN 2 Raja",
        "study",
    )
    assert visit.parts == (BOYS, GIRLS)
    assert page.board.grid.cell(Sex.MALE, "12-16").count == 5
    assert page.board.grid.cell(Sex.UNKNOWN, "unknown").count == 1
    assert person.toasts(page) == ["Recorded: 12 × SDN 2 Raja"]
    person.looks_at(page)
    assert person.focus is page.board.grid


def test_a_scanner_may_read_into_a_dialog(group: GroupDialog, person: Person) -> None:
    group.institution.setFocus()
    person.types("A-0012", apart=2)
    assert group.institution.value() == "A-0012"


def test_too_many_parts_are_said_at_the_parts(
    desk: Desk, group: GroupDialog, person: Person
) -> None:
    person.types("3")
    group.form.fill(parts=(BOYS,))
    assert group.parts._rest.text() == "2 more than the group has"
    person.types("\r")
    assert "more than the group of 3" in group.form.field("parts").error()
    assert group.isVisible()
    assert desk.visits.recent(1) == []
    group.count.setFocus()
    person.types("30")
    assert group.parts._rest.text() == "Left without details: 25"
    person.types("\r")
    assert newest(desk).count == 30


@pytest.mark.parametrize("count", ["0", "-1", "1,5", "1e9", "10000", "x"])
def test_a_wrong_total_is_said_at_the_total(
    desk: Desk, group: GroupDialog, person: Person, count: str
) -> None:
    group.count.setText(count)
    group.institution.set_value("SMP 1")
    person.types("\r")
    assert group.form.field("count").error() == "Type a whole number from 1 to 9,999."
    assert (group.count.text(), group.institution.value()) == (count, "SMP 1")
    assert desk.visits.recent(1) == []


def test_without_a_total_the_parts_are_the_group(
    desk: Desk, group: GroupDialog, person: Person
) -> None:
    group.form.fill(parts=(BOYS, GIRLS))
    assert group.parts._rest.text() == "Together: 11"
    person.types("\r")
    assert newest(desk).count == 11


def test_an_empty_group_is_refused(desk: Desk, group: GroupDialog, person: Person) -> None:
    person.types("\r")
    assert "whole number from 1" in group.form.field("count").error()
    assert desk.visits.recent(1) == []


def test_escape_keeps_the_group_for_the_next_time(
    page: VisitsPage, group: GroupDialog, person: Person
) -> None:
    person.types("12")
    person.presses(Qt.Key.Key_Escape)
    assert not group.isVisible()
    person.looks_at(page)
    assert person.focus is page.board.grid
    page.board.choose(1)
    person.presses(Qt.Key.Key_G, "Control")
    assert group.isVisible()
    assert (group.count.text(), group.purpose.value()) == ("12", "study")


def test_the_next_group_begins_empty(page: VisitsPage, group: GroupDialog, person: Person) -> None:
    group.form.fill(count=7, institution="SMP 1", parts=(BOYS,))
    person.types("\r")
    person.looks_at(page)
    page.board.choose(2)
    person.presses(Qt.Key.Key_G, "Control")
    assert (group.count.text(), group.institution.value(), group.parts.value()) == ("", "", ())
    assert group.purpose.value() == "loan"
    completer = group.institution.completer()
    completer.setCompletionPrefix("mp")
    assert completer.currentCompletion() == "SMP 1"


def test_a_leader_is_found_by_name(
    desk: Desk, group: GroupDialog, person: Person, siti: Patron
) -> None:
    group.leader.setFocus()
    person.types("sity")
    assert group.isAncestorOf(group.leader._list)
    person.types("\r")
    assert group.leader.value() == siti.id
    group.count.setFocus()
    person.types("8\r")
    assert newest(desk).leader_id == siti.id


def test_a_leader_who_is_only_typed_is_refused(
    desk: Desk, group: GroupDialog, person: Person, siti: Patron
) -> None:
    group.leader.choose(siti)
    group.leader.box.setText("Somebody")
    group.count.setFocus()
    person.types("8\r")
    assert group.form.field("leader").error().startswith("Choose someone")
    assert group.leader.typed() == "Somebody"
    assert desk.visits.recent(1) == []


def test_a_new_leader_is_registered(desk: Desk, group: GroupDialog, person: Person) -> None:
    group.leader.setFocus()
    person.types("Wati\r")
    (dialog,) = group.findChildren(PatronDialog)
    dialog.save.click()
    assert group.leader.typed() == "Wati"
    group.form.fill(count=3)
    group.save.click()
    assert newest(desk).leader_name == "Wati"


# ---------------------------------------------------------------- one visit


@pytest.fixture
def editor(desk: Desk, page: VisitsPage) -> VisitEditor:
    return VisitEditor(page, desk.visits, desk.patrons, desk.branch)


def test_every_field_is_mended(desk: Desk, editor: VisitEditor, qtbot: QtBot) -> None:
    visit = desk.visits.record(VisitDraft(profile=Profile(sex=Sex.MALE, age_band="0-11")))
    dialog = editor.edit(visit)
    assert dialog.form.value("at") == "09:41"
    dialog.form.fill(
        at="8.15",
        count=3,
        type="member",
        sex="female",
        age_years=30,
        occupation="farmer",
        education="sma",
        purpose="loan",
        disability="physical",
        note="Ulang",
        estimated=True,
    )
    assert dialog.form.value("age_band") == "26-45"
    with qtbot.waitSignal(editor.stored):
        dialog.save.click()
    after = desk.visits.get(visit.id)
    assert after is not None
    draft = after.draft(desk.store.author.zone)
    assert (draft.on, draft.at, draft.count, draft.note) == (MONDAY, time(8, 15), 3, "Ulang")
    assert after.profile == Profile(
        sex=Sex.FEMALE, age_years=30, occupation="farmer", education="sma"
    )
    assert (after.purpose, after.type, after.method) == (
        "loan",
        VisitorType.MEMBER,
        Method.ESTIMATED,
    )
    assert str(after.disability) == "physical"


def test_a_visit_left_alone_is_left_alone(desk: Desk, editor: VisitEditor) -> None:
    visit = desk.visits.record(VisitDraft(profile=Profile(sex=Sex.MALE, age_band="0-11")))
    editor.edit(visit).save.click()
    assert desk.visits.get(visit.id) == visit


def test_only_the_day_is_known(desk: Desk, editor: VisitEditor) -> None:
    visit = desk.visits.record(VisitDraft())
    dialog = editor.edit(visit)
    dialog.form.fill(on=date(2026, 11, 20), at="")
    dialog.save.click()
    after = desk.visits.get(visit.id)
    assert after is not None
    assert (after.moment.local_date, after.moment.occurred_at) == (date(2026, 11, 20), None)


@pytest.mark.parametrize(
    "field, value, said",
    [
        ("at", "25.00", "“25.00” is not a time of day"),
        ("at", "23.59", "has not come yet"),
        ("on", date(2026, 11, 24), "has not come yet"),
        ("on", date(1811, 1, 1), "before the year 1945"),
        ("count", 0, "from 1 to 9,999"),
        ("age_years", 131, "from 0 to 130"),
        ("note", "x" * 501, "longer than 500"),
        ("note", "a\x07b", "invisible control character"),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    desk: Desk, editor: VisitEditor, field: str, value: object, said: str
) -> None:
    visit = desk.visits.record(VisitDraft())
    dialog = editor.edit(visit)
    dialog.form.fill(**{field: value})
    dialog.save.click()
    assert said in dialog.form.field(field).error()
    assert dialog.isVisible()
    assert desk.visits.get(visit.id) == visit


def test_a_groups_total_left_empty_is_the_sum_of_its_parts(desk: Desk, editor: VisitEditor) -> None:
    visit = desk.visits.record(VisitDraft(count=30, type=VisitorType.GROUP, parts=(BOYS,)))
    dialog = editor.edit(visit)
    dialog.form.fill(count=None, parts=(BOYS, GIRLS))
    dialog.save.click()
    assert newest(desk).count == 11


def test_no_disability_stands_beside_a_name(desk: Desk, siti: Patron) -> None:
    visit = desk.visits.record(VisitDraft(disability=Disability.PHYSICAL))
    assert visit.disability is Disability.PHYSICAL
    named = desk.visits.give_name(visit.id, siti)
    assert (named.patron_id, named.disability) == (siti.id, Disability.UNKNOWN)


def test_a_named_visit_that_was_a_group_loses_the_name(
    desk: Desk, editor: VisitEditor, siti: Patron
) -> None:
    visit = desk.visits.record_patron(siti, purpose="reading")
    dialog = editor.edit(visit)
    dialog.form.field("type").widget.chip("group").click()
    dialog.form.fill(count=12, institution="SDN 2")
    dialog.save.click()
    after = newest(desk)
    assert (after.type, after.count, after.patron_id) == (VisitorType.GROUP, 12, None)
    assert after.profile == Profile()


def test_a_members_institution_stays_when_the_visit_is_mended(
    desk: Desk, editor: VisitEditor
) -> None:
    visit = desk.visits.record(VisitDraft(type=VisitorType.MEMBER, institution="SDN 2"))
    dialog = editor.edit(visit)
    dialog.form.fill(purpose="study")
    dialog.save.click()
    assert (newest(desk).purpose, newest(desk).institution) == ("study", "SDN 2")


def test_a_group_shows_its_parts(desk: Desk, editor: VisitEditor) -> None:
    draft = VisitDraft(count=12, type=VisitorType.GROUP, institution="SDN 2", parts=(BOYS, GIRLS))
    visit = desk.visits.record(draft)
    dialog = editor.edit(visit)
    assert dialog.form.field("parts").isVisible()
    assert not dialog.form.field("sex").isVisible()
    dialog.form.fill(count=13)
    dialog.save.click()
    after = desk.visits.get(visit.id)
    assert after is not None
    assert (after.count, after.parts, after.institution) == (13, (BOYS, GIRLS), "SDN 2")
    dialog = editor.edit(after)
    dialog.form.field("type").widget.chip("non_member").click()
    assert dialog.form.field("sex").isVisible()
    dialog.save.click()
    after = desk.visits.get(visit.id)
    assert after is not None
    assert (after.parts, after.institution) == ((), None)


def test_an_age_group_of_another_set_stays(desk: Desk, editor: VisitEditor) -> None:
    visit = desk.visits.record(VisitDraft(profile=Profile(age_band="6-11")))
    dialog = editor.edit(visit)
    assert dialog.form.value("age_band") == "6-11"
    dialog.form.fill(note="x")
    dialog.save.click()
    after = desk.visits.get(visit.id)
    assert after is not None
    assert after.profile.age_band == "6-11"


def test_a_named_visit_keeps_its_name_and_no_disability(
    desk: Desk, editor: VisitEditor, siti: Patron
) -> None:
    visit = desk.visits.record_patron(siti, purpose="unknown")
    dialog = editor.edit(visit)
    assert not dialog.form.field("disability").isVisible()
    dialog.form.fill(purpose="study")
    dialog.save.click()
    after = desk.visits.get(visit.id)
    assert after is not None
    assert (after.patron_name, after.purpose) == ("Siti Aminah", "study")


def test_a_visit_that_is_gone_is_said(desk: Desk, editor: VisitEditor) -> None:
    visit = desk.visits.record(VisitDraft())
    dialog = editor.edit(visit)
    desk.store.db.execute("DELETE FROM visits")
    dialog.form.fill(note="x")
    dialog.save.click()
    assert dialog.isVisible()
    assert "not here any more" in dialog.form._banner.accessibleName()


def test_what_waits_in_an_edit_is_kept(desk: Desk, editor: VisitEditor, person: Person) -> None:
    visit = desk.visits.record(VisitDraft())
    dialog = editor.edit(visit)
    dialog.form.fill(note="half a note", at="x")
    person.looks_at(dialog)
    person.presses(Qt.Key.Key_Escape)
    again = editor.edit(visit)
    assert (again.form.value("note"), again.form.value("at")) == ("half a note", "x")
    again.form.fill(note="", at="9.41")
    again.form.field("at").widget.setText("09:41")
    again.reject()
    assert editor._drafts.kept == {}


def test_a_visit_is_removed_and_comes_back(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("q")
    page.dialogs.edit(newest(desk))
    (dialog,) = page.findChildren(VisitDialog)
    person.clicks(person.button(dialog, "Remove"))
    assert desk.visits.recent(1) == []
    assert person.toasts(page) == ["Removed: Female · 0–11"]
    person.takes(page, "Undo")
    assert len(desk.visits.recent(1)) == 1


def test_the_table_opens_and_removes(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("qw")
    table = page.recent.table
    page.recent._show()
    place = table.visualRect(table.rows.index(0, 4)).center()
    person._qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    (dialog,) = page.findChildren(VisitDialog)
    dialog.form.fill(count=4)
    dialog.save.click()
    assert newest(desk).count == 4
    assert person.toasts(page)[-1] == "Changed: 4 × Female · 12–16"
    page.recent.remove_asked.emit(newest(desk))
    assert len(desk.visits.recent(5)) == 1
    page.recent.remove_asked.emit(newest(desk))
    page._on_remove_asked(table.rows.row(0) or newest_removed(desk))
    assert desk.visits.recent(5) == []


def newest_removed(desk: Desk) -> Visit:
    row = next(iter(desk.store.db.query("SELECT id FROM visits ORDER BY seq LIMIT 1")))
    visit = desk.visits.get(row["id"])
    assert visit is not None
    return visit


# ---------------------------------------------------------------- parts


def test_parts_of_another_set_keep_their_column(qtbot: QtBot, desk: Desk) -> None:
    grid = PartsGrid(desk.branch.current().age_bands)
    qtbot.addWidget(grid)
    old = Part(sex=Sex.FEMALE, age_band="6-11", count=3)
    rest = Part(sex=Sex.UNKNOWN, age_band=None, count=2)
    grid.set_value((BOYS, old, rest))
    assert set(grid.value()) == {BOYS, old, rest}
    grid.set_value(None)
    assert grid.value() == ()
    grid.cell(Sex.MALE, "0-11").setText("x")
    assert grid.together() == 0


def test_a_field_offers_what_was_typed_before(qtbot: QtBot) -> None:
    field = CompletedField(["SDN 2 Raja"])
    qtbot.addWidget(field)
    field.completer().setCompletionPrefix("raja")
    assert field.completer().currentCompletion() == "SDN 2 Raja"


@pytest.mark.parametrize("chosen", [False, True])
def test_enter_is_of_the_form_until_something_is_chosen_from_the_list(
    qtbot: QtBot, chosen: bool
) -> None:
    form = Form(enter_submits=True)
    field = CompletedField(["SDN 2 Raja"])
    form.add("institution", "Institution", field)
    shown(qtbot, form, (300, 90))
    field.setFocus()
    submitted: list[bool] = []
    form.submitted.connect(lambda: submitted.append(True))
    qtbot.keyClicks(field, "raja")
    popup = field.completer().popup()
    assert popup.isVisible()
    if chosen:
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.wait(1)
    assert popup.isHidden()
    assert field.text() == ("SDN 2 Raja" if chosen else "raja")
    assert submitted == ([] if chosen else [True])


def test_the_list_of_people_stays_in_its_window(desk: Desk, qtbot: QtBot) -> None:
    field = LeaderField("Leader", desk.patrons)
    qtbot.addWidget(field)
    field.show()
    field.resize(300, 40)
    field.box.textEdited.emit("s")
    field.box.setText("siti")
    field._search()
    assert field._list is not None
    assert field.rect().top() <= field._list.y()
    field._list.step(-1)
    assert field._list.current() == field.matches()[-1]
    field.resize(320, 40)
    assert field.matches() == []
    QApplication.processEvents()


def test_yesterday_gets_its_visit(desk: Desk, editor: VisitEditor, fixed_clock: FixedClock) -> None:
    dialog = editor.add(date(2026, 11, 20))
    dialog.form.fill(count=2, sex="female")
    dialog.save.click()
    (visit,) = desk.visits.of_day(date(2026, 11, 20))
    assert (visit.count, visit.moment.occurred_at) == (2, None)
    assert fixed_clock.now().day == 23
