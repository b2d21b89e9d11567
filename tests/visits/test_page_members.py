from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from perpudesk.branch.model import ServiceDay
from perpudesk.core.codes import DayState, Sex, VisitorType
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.ui.rows import ROW_ROLE
from perpudesk.visits.form.visit import VisitDialog
from perpudesk.visits.model import Visit
from perpudesk.visits.page import VisitsPage
from tests.visits.conftest import Person

T = TypeVar("T", bound=QDialog)
MONDAY = date(2026, 11, 23)


def visits(desk: Desk) -> list[Visit]:
    return desk.visits.recent(10)


def dialog_of(page: VisitsPage, kind: type[T]) -> T:
    return next(each for each in page.findChildren(kind) if each.isVisible())


# ---------------------------------------------------------------- cards


def test_a_card_is_a_visit_with_the_profile_frozen_in(
    desk: Desk, page: VisitsPage, person: Person, siti: Patron
) -> None:
    person.presses(Qt.Key.Key_1, "Alt")
    person.scans("A-0012")
    (visit,) = visits(desk)
    assert (visit.patron_id, visit.type, visit.purpose) == (
        siti.id,
        VisitorType.MEMBER,
        "reading",
    )
    assert (visit.profile.sex, visit.profile.age_years) == (Sex.FEMALE, 32)
    assert page.board.grid.cell(Sex.FEMALE, "26-45").count == 1
    assert person.toasts(page) == ["Recorded: Siti Aminah"]
    person.takes(page, "Undo")
    assert visits(desk) == []


def test_a_card_is_read_wherever_the_focus_is(
    desk: Desk, page: VisitsPage, person: Person, siti: Patron
) -> None:
    person.types("/Bud")
    person.scans("A-0012")
    assert [visit.patron_id for visit in visits(desk)] == [siti.id]
    assert page.entry.seek.typed() == "Bud"
    assert person.focus is page.board.grid
    page.recent.table.setFocus(Qt.FocusReason.TabFocusReason)
    person.scans("nobody")
    assert page.view.asks


def test_a_card_between_taps_is_one_visit(
    desk: Desk, page: VisitsPage, person: Person, siti: Patron
) -> None:
    person.types("q", wait=False)
    person.scans("A-0012")
    person.types("w")
    assert [visit.patron_id for visit in visits(desk)] == [None, siti.id, None]
    assert not page.view.asks


@pytest.mark.usefixtures("siti")
def test_a_second_scan_within_the_window_asks_once(
    desk: Desk, page: VisitsPage, person: Person, fixed_clock: FixedClock
) -> None:
    person.scans("A-0012")
    fixed_clock.advance(minutes=20)
    person.scans("A-0012")
    assert len(visits(desk)) == 1
    said = page.view.question._words.text()
    assert said == "Siti Aminah was already recorded at 09:41. Record again?"
    person.scans("A-0012")  # asked already
    assert page.view.question._more.text() == ""
    person.types("\r")
    assert len(visits(desk)) == 2
    assert not page.view.asks


@pytest.mark.usefixtures("siti")
def test_no_to_a_second_scan_can_be_taken_back(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    person.scans("A-0012")
    person.scans("A-0012")
    person.types("q")  # taps go on while it is asked
    person.presses(Qt.Key.Key_Escape)
    assert len(visits(desk)) == 2
    assert person.toasts(page) == ["Siti Aminah was not recorded again."]
    person.takes(page, "Record")
    assert len(visits(desk)) == 3


@pytest.mark.usefixtures("page", "siti")
def test_a_scan_after_the_window_asks_nothing(
    desk: Desk, person: Person, fixed_clock: FixedClock
) -> None:
    person.scans("A-0012")
    fixed_clock.advance(minutes=61)
    person.scans("A-0012")
    assert len(visits(desk)) == 2


def test_the_line_feed_of_a_scanner_answers_nothing(
    desk: Desk, page: VisitsPage, person: Person, siti: Patron
) -> None:
    desk.visits.record_patron(siti, purpose="unknown")
    person.types("A-0012\r\r", apart=2)
    assert page.view.asks


def test_questions_wait_for_one_another(
    desk: Desk, page: VisitsPage, person: Person, siti: Patron
) -> None:
    desk.visits.record_patron(siti, purpose="unknown")
    person.scans("X-1")
    person.scans("A-0012")
    assert page.view.question._words.text().startswith("Nobody has the card X-1")
    assert page.view.question._more.text() == "1 more"
    person.types("/")
    assert person.focus is page.entry.seek.box
    person.presses(Qt.Key.Key_Escape)
    assert page.view.asks
    person.presses(Qt.Key.Key_Escape)
    assert page.view.question._words.text().startswith("Siti Aminah was already")
    person.clicks(person.button(page.view.question, "Record again"))
    assert len(visits(desk)) == 2


def test_an_unknown_card_is_recorded_without_a_name(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    person.scans("X-99")
    person.types("\r")
    (visit,) = visits(desk)
    assert (visit.patron_id, visit.type, visit.count) == (None, VisitorType.UNKNOWN, 1)
    page.recent._show()
    assert page.recent.table.rows.index(0, 1).data() == "X-99"


def test_an_unknown_card_is_left(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.scans("X-99")
    person.presses(Qt.Key.Key_Escape)
    assert visits(desk) == []
    person.takes(page, "Record")
    assert page.view.asks


def test_an_unknown_card_is_registered_now(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.scans("X-99")
    person.presses(Qt.Key.Key_Return, "Control")
    dialog = dialog_of(page, PatronDialog)
    assert dialog.form.value("member_number") == "X-99"
    dialog.form.fill(name="Rina")
    dialog.save.click()
    (visit,) = visits(desk)
    assert (visit.patron_name, visit.type) == ("Rina", VisitorType.MEMBER)
    person.looks_at(page)
    assert person.focus is page.board.grid


def test_an_unknown_card_is_registered_later(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.scans("X-99")
    person.types("\r")
    page.dialogs.edit(visits(desk)[0])
    edit = dialog_of(page, VisitDialog)
    person.clicks(person.button(edit, "Register…"))
    dialog = dialog_of(page, PatronDialog)
    dialog.form.fill(name="Rina", sex="female", birth_year=1990)
    dialog.save.click()
    (visit,) = visits(desk)
    assert (visit.patron_name, visit.type) == ("Rina", VisitorType.MEMBER)
    assert (visit.profile.sex, visit.profile.age_years) == (Sex.FEMALE, 36)
    assert page.recorder.cards == {}
    assert page.recent.table.rows.index(0, 1).data() == "Rina"


def test_a_card_on_a_closed_day_waits_for_the_answer(
    desk: Desk, page: VisitsPage, person: Person, siti: Patron
) -> None:
    desk.branch.set_day(ServiceDay(date=MONDAY, state=DayState.CLOSED))
    person.scans("A-0012")
    assert visits(desk) == []
    person.types("\r")
    assert [visit.patron_id for visit in visits(desk)] == [siti.id]
    assert not page.view.asks


@pytest.mark.usefixtures("page", "siti")
def test_the_stars_of_a_code_39_are_no_part_of_the_number(desk: Desk, person: Person) -> None:
    person.scans("*A-0012*")
    assert [visit.patron_name for visit in visits(desk)] == ["Siti Aminah"]


# ---------------------------------------------------------------- names


@pytest.fixture
def people(desk: Desk, siti: Patron) -> list[Patron]:
    names = ("Budi Santoso", "Sukarno", "Siti")
    return [siti, *(desk.patrons.add(PatronDraft(name=name)) for name in names)]


@pytest.mark.usefixtures("people")
def test_the_best_matches_follow_every_letter(page: VisitsPage, person: Person) -> None:
    person.types("/sity")
    lines = [match.patron.name if match.patron else "new" for match in page.entry.seek.matches()]
    assert lines == ["Siti", "Siti Aminah", "new"]
    person.types("x")
    person.presses(Qt.Key.Key_Backspace)
    assert page.entry.seek.typed() == "sity"


def test_enter_records_the_line(
    desk: Desk, page: VisitsPage, person: Person, people: list[Patron]
) -> None:
    person.types("/siti")
    person.presses(Qt.Key.Key_Down)
    person.types("\r")
    assert [visit.patron_id for visit in visits(desk)] == [people[0].id]
    assert person.focus is page.board.grid
    assert page.entry.seek.typed() == ""
    assert page.entry.seek.matches() == []


def test_a_name_typed_at_once_with_its_enter(
    desk: Desk, page: VisitsPage, person: Person, people: list[Patron]
) -> None:
    person.types("/Suk\r", apart=10)
    assert [visit.patron_id for visit in visits(desk)] == [people[2].id]
    person.types("/")
    person.types("budi\r", apart=10)
    assert visits(desk)[0].patron_id == people[1].id
    person.types("/")
    person.types("A-0012\r", apart=10)
    assert visits(desk)[0].patron_id == people[0].id
    person.types("*12\rq", apart=10)
    assert visits(desk)[0].count == 12
    assert not page.view.asks


def test_a_quick_enter_after_a_name(
    desk: Desk, page: VisitsPage, person: Person, people: list[Patron]
) -> None:
    person.types("/Suk")
    person.types("\r", apart=10)
    assert [visit.patron_id for visit in visits(desk)] == [people[2].id]
    assert not page.view.asks


@pytest.mark.usefixtures("people", "siti")
@pytest.mark.parametrize("typed", ["zzz", "s", "siti zzz"])
def test_enter_takes_nobody_who_is_only_a_guess(
    desk: Desk, page: VisitsPage, person: Person, typed: str
) -> None:
    person.types("/")
    person.types(typed, apart=90)
    found = page.entry.seek._list
    assert found is not None
    if len(found.matches) > 1:
        person.presses(Qt.Key.Key_Return)
        assert visits(desk) == []
        assert page.entry.seek.typed() == typed
        person.presses(Qt.Key.Key_Down)
        assert found.current() == found.matches[0]
        first = found.matches[0].patron
        assert first is not None
        person.presses(Qt.Key.Key_Return)
        assert [visit.patron_id for visit in visits(desk)] == [first.id]
    else:
        assert [match.patron for match in found.matches] == [None]


@pytest.mark.usefixtures("people")
def test_a_line_is_clicked(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("/budi")
    found = page.entry.seek._list
    assert found is not None
    table = found._table
    place = table.visualRect(table.rows.index(0, 0)).center()
    person._qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [visit.patron_name for visit in visits(desk)] == ["Budi Santoso"]


def test_part_of_a_number_finds_too(
    desk: Desk, person: Person, page: VisitsPage, siti: Patron
) -> None:
    person.types("/0012")
    (first, _) = page.entry.seek.matches()
    assert first.patron == siti
    person.types("\r")
    assert len(visits(desk)) == 1


@pytest.mark.usefixtures("people")
def test_escape_leaves_what_was_typed(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("/bud")
    person.presses(Qt.Key.Key_Escape)
    assert person.focus is page.board.grid
    assert page.entry.seek.typed() == "bud"
    person.types("q/")
    assert page.entry.seek.matches() != []
    assert len(visits(desk)) == 1
    person.types("siti\r")
    assert visits(desk)[0].patron_name == "Siti"


def test_an_empty_field_is_left_with_enter(page: VisitsPage, person: Person) -> None:
    person.types("/\r")
    assert person.focus is page.board.grid


def test_somebody_new_is_added_without_leaving(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    person.types("/Wati\r")
    dialog = dialog_of(page, PatronDialog)
    assert dialog.form.value("name") == "Wati"
    dialog.save.click()
    assert [visit.patron_name for visit in visits(desk)] == ["Wati"]
    assert page.entry.seek.typed() == ""


def test_a_number_that_is_typed_begins_as_a_number(page: VisitsPage, person: Person) -> None:
    person.types("/77-12\r")
    dialog = dialog_of(page, PatronDialog)
    assert dialog.form.value("member_number") == "77-12"
    dialog.reject()
    person.looks_at(page)
    assert person.focus is page.board.grid


def test_a_new_patron_by_key(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.presses(Qt.Key.Key_N, "Control")
    dialog = dialog_of(page, PatronDialog)
    person.looks_at(dialog)
    person.types("Joko\r")
    assert [visit.patron_name for visit in visits(desk)] == ["Joko"]


@pytest.mark.parametrize(
    "name", ["<b>Siti</b>", "=cmd|' /C calc'!A0", "م" * 40, "😀 Emo", "x" * 200]
)
def test_any_name_is_only_text(
    desk: Desk, open_page: Callable[..., VisitsPage], person: Person, name: str
) -> None:
    patron = desk.patrons.add(PatronDraft(name=name, member_number="N-1"))
    page = open_page()
    person.types("/n-1")
    (first, _) = page.entry.seek.matches()
    assert first.patron == patron
    person.types("\r")
    page.recent._show()
    index = page.recent.table.rows.index(0, 1)
    assert index.data() == name
    assert index.data(ROW_ROLE).patron_name == name
    assert person.toasts(page) == [f"Recorded: {name}"]
    page.grab()


@pytest.mark.parametrize("text", ["x" * 4_000, "<script>", "'; DROP TABLE visits; --"])
def test_a_strange_card_is_only_an_unknown_one(
    desk: Desk, page: VisitsPage, person: Person, text: str
) -> None:
    person.scans(text)
    assert page.view.asks
    assert len(page.view.question._words.text()) < 100
    person.types("\r")
    assert len(visits(desk)) == 1
