"""Copying from paper, by keys as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import ServiceDay
from perpudesk.core import i18n
from perpudesk.core.codes import FULL_AGE_SET, UNKNOWN, DayState, Method, Sex
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.ui import theme
from perpudesk.visits.form.blanks import BlanksDialog
from perpudesk.visits.form.typical import TypicalDialog
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.page.paper import PaperPage
from perpudesk.visits.sheets import SheetService
from perpudesk.visits.tally import Cell, Line, Sheet
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

FRIDAY = date(2026, 11, 20)
OCTOBER = Period.parse("2026-10")


@pytest.fixture
def open_paper(
    desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Callable[..., PaperPage]]:
    """Opens the page in a window that hears of changes; its month begins with October."""
    request.getfixturevalue("look")
    kept: list[QMainWindow] = []

    def opened(
        width: int = 1366, height: int = 768, sheets: SheetService | None = None
    ) -> PaperPage:
        page = PaperPage(sheets or desk.sheets, desk.branch, practice=lambda: False)
        desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
        window = QMainWindow()
        kept.append(window)
        window.setCentralWidget(page)
        window.resize(width, height)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        page.setFocus()
        return page

    yield opened
    kept.clear()


@pytest.fixture
def paper(open_paper: Callable[..., PaperPage]) -> PaperPage:
    return open_paper()


def stored(desk: Desk) -> list[tuple[date, int]]:
    return [(each.first, each.visits) for each in reversed(desk.sheets.stored())]


def enter(person: Person, modifiers: str = "") -> None:
    person.presses(Qt.Key.Key_Return, modifiers)


def saves(person: Person) -> None:
    enter(person, "Control")


def test_a_month_of_sheets_is_typed_by_keys_alone(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    """Twenty-two sheets: totals for two purposes, the sheet's own total, Enter, the next day."""
    weekdays = [day for day in OCTOBER.days() if day.weekday() < 5]
    assert len(weekdays) == 22
    for at, day in enumerate(weekdays, start=1):
        assert paper.view.sheet.day == day
        person.types(f"{at}\r2\r\r4")
        person.presses(Qt.Key.Key_Down)
        person.types("5")
        person.presses(Qt.Key.Key_3, "Alt")
        person.types("1\r6")
        saves(person)
    assert stored(desk) == [(day, at + 18) for at, day in enumerate(weekdays, start=1)]
    october = desk.reports.figures(OCTOBER).figures[0]
    assert october.value == sum(at + 18 for at in range(1, 23))
    assert october.by["purpose"]["computer"] == 7 * 22
    assert october.by["sex"] == {"female": 110, "male": 22 * 13 + 253, UNKNOWN: 0}
    assert paper.view.sheet.day == date(2026, 11, 2)  # on to this month
    assert paper.view.sheet.blank


def test_enter_walks_the_sheet_to_its_total_and_stores_it(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    enters = 7 * 12
    person.types("2" + "\r" * enters)
    assert person.focus is paper.view.tally.boxes.cell(Sex.UNKNOWN, UNKNOWN)
    person.types("3\r5\r")
    assert stored(desk) == [(date(2026, 10, 1), 5)]
    assert paper.view.foot._sum.accessibleName() == "Typed so far: 0"


def test_the_sum_is_held_against_the_sheet(paper: PaperPage, person: Person) -> None:
    person.types("12")
    assert paper.view.foot.verdict.isHidden()
    paper.view.foot.begin()
    person.types("12")
    assert paper.view.foot.verdict.text() == "✓ agrees"
    person.types("0")
    assert paper.view.foot.verdict.text() == "differs by 108"
    person.types("x")
    assert paper.view.foot.verdict.isHidden()


def test_a_sheet_that_differs_is_asked_about(desk: Desk, paper: PaperPage, person: Person) -> None:
    person.types("12")
    paper.view.foot.begin()
    person.types("14\r")
    assert paper.view.question.current is not None
    assert "The sheet says 14, typed are 12." in paper.view.question.current.text
    saves(person)  # asks once only
    person.presses(Qt.Key.Key_Escape)
    assert (stored(desk), paper.view.sheet.stated) == ([], "14")
    saves(person)
    enter(person)
    assert stored(desk) == [(date(2026, 10, 1), 12)]


def test_a_second_sheet_of_a_day_is_asked_about(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    for count in "12":
        paper.open_day(FRIDAY)
        person.types(count)
        saves(person)
    assert paper.view.question.current is not None
    assert "A sheet of this day is stored already; the day has 1 visits." in (
        paper.view.question.current.text
    )
    enter(person)
    assert stored(desk) == [(FRIDAY, 1), (FRIDAY, 2)]


def test_what_is_strange_about_the_day_is_said(
    desk: Desk, open_paper: Callable[..., PaperPage], person: Person
) -> None:
    desk.visits.record(VisitDraft(on=FRIDAY))
    desk.branch.set_day(ServiceDay(date=FRIDAY, state=DayState.CLOSED))
    closed = SheetService(
        desk.store, desk.notify, desk.branch, desk.visits, is_closed=lambda _day: True
    )
    page = open_paper(sheets=closed)
    page.open_day(FRIDAY)
    person.types("3")
    saves(person)
    assert page.view.question.current is not None
    text = page.view.question.current.text
    for part in ("1 visit of this day is recorded", "down as: Closed", "November 2026 is closed"):
        assert part in text
    enter(person)
    assert desk.visits.days(FRIDAY, FRIDAY)[0].state is DayState.OPEN_COUNTED
    person.presses(Qt.Key.Key_Z, "Control")
    assert "Take the sheet back all the same?" in page.view.question.current.text
    enter(person)
    assert stored(desk) == []


def test_ctrl_z_takes_the_sheet_back_into_the_fields(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    person.types("7\r8")
    person.presses(Qt.Key.Key_R, "Control")
    saves(person)
    assert stored(desk) == [(date(2026, 10, 1), 15)]
    person.presses(Qt.Key.Key_Z, "Control")
    assert stored(desk) == []
    assert (paper.view.sheet.day, paper.view.sheet.method) == (date(2026, 10, 1), Method.ESTIMATED)
    assert paper.view.tally.boxes.cell(Sex.MALE, "12-16").text() == "8"
    assert person.toasts(paper) == [
        "Taken back: Thursday, 1 October 2026. What was typed is here again."
    ]
    person.types("9")  # what is typed first can be taken back by itself
    person.presses(Qt.Key.Key_Z, "Control")
    assert paper.view.sheet.cells[Cell("reading", "male", "0-11")] == "7"
    assert desk.sheets.stored() == []


def test_nothing_to_take_back_is_said(paper: PaperPage, person: Person) -> None:
    person.presses(Qt.Key.Key_Z, "Control")
    assert person.toasts(paper) == ["Nothing was stored from here yet; the list has every sheet."]


def test_a_sheet_of_the_list_is_taken_back_and_stored_again(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    person.types("7")
    saves(person)
    person.types("3")  # the next one is begun
    paper.month.table.setFocus()
    paper.month.table.select(desk.sheets.stored()[0].batch_id)
    person.presses(Qt.Key.Key_Delete)
    assert stored(desk) == []
    assert paper.view.sheet.cells[Cell("reading", "male", "0-11")] == "3"
    person.takes(paper, "Store it again")
    assert stored(desk) == [(date(2026, 10, 1), 7)]
    assert paper.view.sheet.cells[Cell("reading", "male", "0-11")] == "3"


def test_a_sheet_that_was_taken_back_elsewhere_says_so(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    person.types("7")
    saves(person)
    desk.batches.undo(desk.sheets.stored()[0].batch_id)
    person.presses(Qt.Key.Key_Z, "Control")
    assert "already undone" in person.toasts(paper)[0]


def test_the_draft_outlives_the_page(
    desk: Desk, open_paper: Callable[..., PaperPage], person: Person
) -> None:
    page = open_paper()
    person.types("4\rx")
    page.hide()
    assert desk.sheets.draft().cells == {
        Cell("reading", "male", "0-11"): "4",
        Cell("reading", "male", "12-16"): "x",
    }
    again = open_paper()
    assert again.view.sheet == page.view.sheet
    assert person.toasts(again) == ["Here is the sheet that was not finished yet."]


@pytest.mark.usefixtures("paper")
def test_the_draft_is_kept_while_one_rests(desk: Desk, person: Person, qtbot: QtBot) -> None:
    person.types("4")
    qtbot.waitUntil(lambda: not desk.sheets.draft().blank, timeout=3_000)


def test_a_box_that_holds_no_number_is_refused_where_it_is(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    person.types("4x")
    assert paper.view.tally._error.text() == "Type a whole number from 0 to 9,999."
    person.presses(Qt.Key.Key_PageDown)
    assert paper.view.tally._error.isHidden()
    paper.view.show_form("lines")
    saves(person)
    assert stored(desk) == []
    assert person.focus is paper.view.tally.boxes.cell(Sex.MALE, "0-11")
    assert paper.view.tally._error.text().startswith(
        "The count must be a whole number from 0 to 9,999."
    )
    assert paper.view.sheet.cells[Cell("reading", "male", "0-11")] == "4x"


def test_an_empty_sheet_says_what_to_do_and_nought_is_a_number(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    saves(person)
    assert "If nobody came that day" in paper.view.foot._error.text()
    person.types("0\r")
    assert stored(desk) == [(date(2026, 10, 1), 0)]


@pytest.mark.parametrize(
    "typed,part",
    [("", "The day is empty."), ("kemarin", "is not a date"), ("24-11-2026", "has not come yet")],
)
def test_a_day_is_refused_at_its_field(
    desk: Desk, paper: PaperPage, person: Person, typed: str, part: str
) -> None:
    person.types("4")
    person.presses(Qt.Key.Key_H, "Control")
    person.presses(Qt.Key.Key_Delete)
    person.types(typed)
    saves(person)
    assert part in paper.view.head._day.error()
    assert person.focus is paper.view.head.day.box
    assert paper.view.sheet.cells
    assert stored(desk) == []


def test_arrows_and_page_keys_walk_the_boxes(paper: PaperPage, person: Person) -> None:
    cell = paper.view.tally.boxes.cell
    person.types("12")
    for key, sex, band in (
        (Qt.Key.Key_Right, Sex.MALE, "12-16"),
        (Qt.Key.Key_Down, Sex.FEMALE, "12-16"),
        (Qt.Key.Key_Left, Sex.FEMALE, "0-11"),
        (Qt.Key.Key_Left, Sex.FEMALE, "0-11"),
        (Qt.Key.Key_Up, Sex.MALE, "0-11"),
        (Qt.Key.Key_Up, Sex.MALE, "0-11"),
    ):
        person.presses(key)
        assert person.focus is cell(sex, band)
    person.presses(Qt.Key.Key_End)
    person.presses(Qt.Key.Key_Left)
    assert person.focus is cell(Sex.MALE, "0-11")  # the caret had somewhere to go
    person.presses(Qt.Key.Key_PageUp)
    assert paper.view.tally.chips.value() == "reading"
    person.presses(Qt.Key.Key_0, "Alt")
    assert person.focus is cell(Sex.UNKNOWN, UNKNOWN)
    assert paper.view.tally.chips.value() == UNKNOWN
    person.presses(Qt.Key.Key_PageDown)
    assert paper.view.tally.chips.value() == UNKNOWN
    person.presses(Qt.Key.Key_9, "Alt")
    assert paper.view.tally.chips.value() == UNKNOWN
    person.clicks(paper.view.tally.chips.chip("loan"))
    assert paper.view.tally.chips.value() == "loan"
    assert paper.view.tally.chips.chip("reading").text() == "1 Reading · 12"


def test_a_register_is_typed_line_by_line(desk: Desk, paper: PaperPage, person: Person) -> None:
    person.presses(Qt.Key.Key_2, "Control")
    assert person.focus is paper.view.lines.sex
    person.types("f\r23\r2\r\r9.15\r")
    person.types("m\r46+\r\r4\r\r")
    person.types("f\r7")
    enter(person, "Shift")
    person.types("m\r9")  # not ended: stored all the same
    saves(person)
    assert stored(desk) == [(date(2026, 10, 1), 7)]
    visits = desk.visits.of_day(date(2026, 10, 1))
    told = {
        (v.profile.age_years, v.profile.age_band, v.count, v.purpose, v.moment.local_hour)
        for v in visits
    }
    assert told == {
        (23, None, 1, "loan", 9),
        (None, "46+", 4, "loan", None),
        (7, None, 1, "loan", None),
        (9, None, 1, "loan", None),
    }
    assert paper.view.forms.value() == "lines"


def test_a_line_is_refused_at_its_field_and_mended_in_the_list(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    paper.view.show_form("lines")
    person.types("f\rtua\r1\r\r\r")
    assert paper.view.lines.form.field("age").error()
    saves(person)
    assert stored(desk) == []
    assert person.focus is paper.view.lines.age
    paper.view.lines.age.selectAll()
    person.types("8")
    enter(person, "Shift")
    person.types("m\r130")
    enter(person, "Shift")
    table = paper.view.lines.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(1, 0))
    enter(person)
    assert (paper.view.lines.age.text(), paper.view.lines.sex.value()) == ("8", "female")
    person.presses(Qt.Key.Key_Tab)
    paper.view.lines.age.selectAll()
    person.types("9")
    enter(person, "Shift")
    assert [line.age_years for line in paper.view.lines.lines] == [9, 130]
    table.setFocus()
    for _ in range(2):
        table.setCurrentIndex(table.rows.index(0, 0))
        person.presses(Qt.Key.Key_Delete)
    assert paper.view.lines.lines == ()


def test_a_line_that_is_begun_waits_for_no_other(paper: PaperPage, person: Person) -> None:
    paper.view.lines.show_lines([Line(age_band="46+", count=2), Line(age_years=7)])
    paper.view.show_form("lines")
    person.types("f\rtua")
    paper.view.lines._on_mend(paper.view.lines.lines[0])  # refused: the begun line comes first
    assert len(paper.view.lines.lines) == 2
    paper.view.lines.age.setText("5")
    paper.view.lines._on_mend(paper.view.lines.lines[0])
    assert [line.age_years for line in paper.view.lines.lines] == [7, 5]
    assert (paper.view.lines.age.text(), paper.view.lines.count.text()) == ("46+", "2")


def test_totals_and_lines_are_of_the_same_sheet(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    person.types("4")
    person.presses(Qt.Key.Key_2, "Control")
    person.types("f\r9")
    enter(person, "Shift")
    assert paper.view.forms.chip("tally").text() == "Tally · 4"
    assert paper.view.forms.chip("lines").text() == "Register · 1"
    saves(person)
    assert stored(desk) == [(date(2026, 10, 1), 5)]


def test_the_month_shows_its_sheets_and_a_day_can_be_chosen(
    paper: PaperPage, person: Person
) -> None:
    person.types("7")
    saves(person)
    assert paper.month.table.rows.rowCount() == 1
    paper.month.month.go_to(FRIDAY)
    assert paper.view.sheet.day == FRIDAY
    assert paper.month.table.rows.rowCount() == 0
    assert paper.view.head._words.text() == "Friday, 20 November 2026"
    person.presses(Qt.Key.Key_H, "Control")
    person.types("1-10-2026\r")
    assert paper.view.head.pill.text() == "Open · counted · 7 visits"
    assert person.focus is paper.view.tally.boxes.cell(Sex.MALE, "0-11")


def test_when_every_day_has_its_number_the_day_is_asked_for(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    closed = [*OCTOBER.days(), *(date(2026, 11, at) for at in range(1, 24))][1:]
    desk.branch.set_days([ServiceDay(date=day, state=DayState.CLOSED) for day in closed])
    person.types("7")
    saves(person)
    assert "has its number" in person.toasts(paper)[0]
    assert paper.view.sheet.day is None
    assert person.focus is paper.view.head.day.box


def test_the_age_set_and_a_retired_purpose_keep_what_was_typed(
    desk: Desk, paper: PaperPage, person: Person
) -> None:
    entry = desk.branch.add_entry("purposes", "Mendongeng", standard="reading")
    person.presses(Qt.Key.Key_7, "Alt")
    assert paper.view.tally.chips.value() == entry.slug
    person.types("7")
    desk.branch.retire_entry("purposes", entry.slug)
    desk.branch.set_up(age_set="full")
    assert paper.view.tally.chips.value() == entry.slug
    saves(person)
    assert stored(desk) == [(date(2026, 10, 1), 7)]
    paper.view.tally._go("nothing")
    assert set(paper.view.tally.boxes.bands()) >= {band.slug for band in FULL_AGE_SET}


def test_a_full_disk_keeps_the_sheet_on_the_screen(
    paper: PaperPage, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perpudesk.core.errors import StorageError
    from perpudesk.db.connection import STORE_FULL

    def full(*_: object, **__: object) -> None:
        raise StorageError(STORE_FULL)

    monkeypatch.setattr(SheetService, "keep", full)
    monkeypatch.setattr(SheetService, "save", full)
    person.types("7")
    paper._on_keep()
    assert "disk is full" in paper.view.foot._error.text()
    saves(person)
    assert "disk is full" in paper.view.foot._error.text()
    assert paper.view.sheet.cells


# ---------------------------------------------------------------- the month, estimated


@pytest.fixture
def typical(desk: Desk, paper: PaperPage, person: Person) -> TypicalDialog:
    """Ctrl+T on October, of which three days were counted."""
    for at, count in ((1, 10), (2, 20), (5, 30)):
        desk.sheets.save(
            Sheet(day=date(2026, 10, at), cells={Cell("loan", "male", UNKNOWN): f"{count}"})
        )
    paper.open_day(date(2026, 10, 6))
    person.presses(Qt.Key.Key_T, "Control")
    dialog = paper.findChild(TypicalDialog)
    assert dialog is not None
    person.looks_at(dialog)
    return dialog


def said(dialog: TypicalDialog) -> list[str]:
    panel = dialog.panel
    return [text.text() for text in (*panel._lines, panel._result, panel._added)]


def test_the_estimate_is_explained_before_it_is_stored(
    desk: Desk, paper: PaperPage, typical: TypicalDialog, person: Person
) -> None:
    assert said(typical) == [
        "3 sampled days with 60 visits together",
        "60 ÷ 3 = 20.0 on a day",
        "22 open days: 3 with a number, 19 without",
        "60 ÷ 3 × 22 = 440",
        "440 visits",
        "60 are known; 380 are added, on 19 days, as an estimate.",
    ]
    assert typical._marks()[date(2026, 10, 6)] == ("+20", "info")
    saves(person)
    assert stored(desk)[-1] == (date(2026, 10, 1), 380)
    assert person.toasts(paper) == ["Estimate of October 2026: 380 visits stored."]
    person.looks_at(paper)
    person.presses(Qt.Key.Key_Z, "Control")
    assert person.toasts(paper) == ["Taken back: Estimate of October 2026."]
    assert desk.reports.figures(OCTOBER).figures[0].value == 60


def test_space_marks_days(typical: TypicalDialog, person: Person) -> None:
    person.presses(Qt.Key.Key_Space)  # the sixth: not open
    assert typical._marks()[date(2026, 10, 6)] == ("not open", "neutral")
    assert said(typical)[2].startswith("21 open days")
    person.presses(Qt.Key.Key_Left)
    person.presses(Qt.Key.Key_Space)  # the fifth: no sample any more
    assert said(typical)[0] == "2 sampled days with 30 visits together"
    person.presses(Qt.Key.Key_Left)
    person.presses(Qt.Key.Key_Space)  # a Sunday stays closed
    assert said(typical)[0] == "2 sampled days with 30 visits together"
    person.presses(Qt.Key.Key_Left)
    for _ in range(2):
        person.presses(Qt.Key.Key_Left)
        person.presses(Qt.Key.Key_Space)
    assert typical.panel._problem.text().startswith("No day is marked")
    assert typical._marks()[date(2026, 10, 7)] == ("?", "info")
    saves(person)
    assert typical.isVisible()


def test_another_month_is_read(typical: TypicalDialog, person: Person) -> None:
    person.presses(Qt.Key.Key_PageDown)
    assert typical.panel._title.text() == "November 2026"
    assert typical.panel._problem.text()


def test_a_closed_month_asks_once_more(desk: Desk, typical: TypicalDialog, person: Person) -> None:
    desk.sheets._is_closed = lambda _day: True
    saves(person)
    assert "October 2026 is closed already" in typical.panel._problem.text()
    saves(person)
    assert len(stored(desk)) == 4


def test_a_refused_estimate_is_said(
    typical: TypicalDialog, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perpudesk.core.errors import StorageError
    from perpudesk.db.connection import STORE_FULL

    def full(*_: object) -> None:
        raise StorageError(STORE_FULL)

    monkeypatch.setattr(SheetService, "save_estimate", full)
    saves(person)
    assert "disk is full" in typical.panel._problem.text()


# ---------------------------------------------------------------- blank sheets


@pytest.fixture
def blanks(paper: PaperPage, person: Person, qtbot: QtBot) -> BlanksDialog:
    person.presses(Qt.Key.Key_P, "Control")
    dialog = paper.findChild(BlanksDialog)
    assert dialog is not None
    person.looks_at(dialog)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=5_000)
    return dialog


def test_what_is_seen_is_saved(
    blanks: BlanksDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    person: Person,
) -> None:  # fmt: skip
    person.clicks(blanks.kind.chip("register"))
    person.clicks(blanks.paper.chip("f4"))
    blanks.pages.set_value(2)
    qtbot.waitUntil(lambda: blanks.preview.page_count() == 2, timeout=5_000)
    blanks.pages.box.setText("x")  # half a number changes nothing
    path = tmp_path / "kosong.pdf"
    monkeypatch.setattr(QFileDialog, "exec", lambda _self: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(path)])
    person.presses(Qt.Key.Key_S, "Control")
    assert path.read_bytes() == blanks._data
    assert person.toasts(blanks) == [f"Saved as {path}"]


def test_a_printer_is_asked_for(
    blanks: BlanksDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    person: Person,
) -> None:  # fmt: skip
    from PySide6.QtPrintSupport import QPrinter

    from perpudesk.ui import printing

    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    monkeypatch.setattr(printing, "choose_printer", lambda _parent, _data: None)
    person.presses(Qt.Key.Key_P, "Control")
    assert not blanks._printing.is_busy()
    monkeypatch.setattr(printing, "choose_printer", lambda _parent, _data: printer)
    person.presses(Qt.Key.Key_P, "Control")
    assert not blanks.print_.isEnabled()
    qtbot.waitUntil(blanks.print_.isEnabled, timeout=20_000)
    assert person.toasts(blanks) == ["1 page was sent to the printer."]


# ---------------------------------------------------------------- everybody can use it


@pytest.mark.parametrize("size", [(100, 1366, 768), (100, 1024, 600), (150, 1366, 768)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_is_cut_and_everything_is_named(
    open_paper: Callable[..., PaperPage],
    person: Person,
    qapp: QApplication,
    size: tuple[int, int, int],
    language: str,
) -> None:
    scale, width, height = size
    theme.apply(qapp, scale=scale / 100)
    i18n.use(language)
    page = open_paper(width, height)
    person.types("123\r4x")
    for form in ("tally", "lines"):
        page.view.show_form(form)
        person.waits(30)
        assert_accessible(page)
        assert texts_fit(page) == []


def test_its_keys_are_listed(paper: PaperPage) -> None:
    keys = {use.keys for use in paper.key_uses()}
    assert {"Alt+1…9", "PgUp PgDn", "Ctrl+Enter", "Ctrl+Z", "Ctrl+T", "Ctrl+P"} <= keys
