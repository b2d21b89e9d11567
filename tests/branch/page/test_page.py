"""The settings, by keys and clicks as a person would."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import USUAL_WEEK, Hours, Signatory, SignatoryPlace
from perpudesk.branch.page import SettingsPage
from perpudesk.branch.page.summary import summaries
from perpudesk.core.codes import Paper, Theme
from perpudesk.core.settings import read_settings
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.ui import theme
from perpudesk.ui.toasts import Toast
from tests.branch.typing import field, fill, shown
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")
KEYS = [
    "library", "letterhead", "signatories", "hours", "holidays", "staff", "desk", "appearance",
    "lists", "data",
]  # fmt: skip
NATAL = date(2026, 12, 25)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(desk.branch, folder=desk.folder)
    desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
    shown(qtbot, page)
    page.setFocus()
    return page


def section(page: SettingsPage, key: str) -> Any:
    page.open_section(key)
    page.activateWindow()
    return page.section()


def texts(table: Any) -> list[str]:
    return [table.rows.index(row, 0).data() for row in range(table.rows.rowCount())]


def click(qtbot: QtBot, table: Any, row: int, column: int) -> None:
    at = table.visualRect(table.rows.index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_list_goes_through_the_parts_by_keys(page: SettingsPage, qtbot: QtBot) -> None:
    assert page.list.hasFocus()
    assert [part.key for part in page._parts.values()] == KEYS
    for key in KEYS[1:]:
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        assert page._key == key
        assert page.section().isVisible()
    page.open_section("hours")
    assert page.list.current_row().key == "hours"
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.section().isAncestorOf(focus)
    assert page.topics == {Topic.BRANCH, Topic.COMPUTERS, Topic.DAYS, Topic.TOTALS}


def test_enter_stays_where_a_part_has_nothing_to_fill_in(page: SettingsPage, qtbot: QtBot) -> None:
    section(page, "appearance").setEnabled(False)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.list.hasFocus()


def test_the_identity_is_stored_as_it_is_typed(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    form = section(page, "library").form
    typed = {
        "name": "Perpusda Kobar",
        "place": "Pangkalan Bun",
        "address": "Jalan Contoh 1",
        "phone": "0532",
        "email": "a@b.id",
        "npp": "6201",
        "region_code": "62.01",
        "population_served": "270.400",
    }
    for name, text in typed.items():
        fill(qtbot, field(form, name), text)
    qtbot.mouseClick(field(form, "zone").chip("Asia/Makassar"), Qt.MouseButton.LeftButton)
    field(form, "kind").setFocus()
    qtbot.keyClick(field(form, "kind"), Qt.Key.Key_Down)
    branch = desk.branch.current()
    assert {name: str(getattr(branch, name)) for name in typed} == {
        **typed,
        "population_served": "270400",
    }
    assert (branch.zone, branch.kind) == ("Asia/Makassar", "subdistrict")
    assert texts(page.list)[0] == "Library"
    assert page._summaries["library"] == "Perpusda Kobar"


def test_what_is_refused_changes_nothing(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    form = section(page, "library").form
    before = desk.branch.current()
    for name, text in (("name", ""), ("region_code", "Kobar"), ("population_served", "1,5")):
        fill(qtbot, field(form, name), text)
        assert form.field(name).error()
        assert field(form, name).text() == text
    assert desk.branch.current() == before
    page.open_section("hours")
    page.open_section("library")
    assert field(form, "region_code").text() == "Kobar"


def test_opening_hours_are_mended(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    editor = section(page, "hours").editor
    qtbot.mouseClick(editor.usual, Qt.MouseButton.LeftButton)
    assert desk.branch.current().opening_hours == USUAL_WEEK
    fill(qtbot, editor._days[0].opens, "7.30")
    week = desk.branch.current().opening_hours
    assert week is not None
    assert week[0] == Hours(opens=450, closes=900)
    assert page._summaries["hours"] == "Mon–Fri"


def test_the_editors_of_the_first_run_are_here_too(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(qtbot, field(section(page, "signatories").editor.left, "name"), "Drs. H. Contoh")
    assert desk.branch.signatories()[0].name == "Drs. H. Contoh"
    staff = section(page, "staff").editor
    fill(qtbot, staff.form.field("staff").widget, "Rina", leave=Qt.Key.Key_Return)
    assert [who.name for who in desk.branch.staff()] == ["Rina"]
    kop = section(page, "letterhead").editor
    kop.lines.setFocus()
    kop.lines.setPlainText("DINAS Y")
    page.open_section("data")  # leaving is enough
    assert desk.branch.current().letterhead == ("DINAS Y",)
    assert page._summaries["letterhead"] == "DINAS Y"


def test_a_holiday_is_taken_out_and_kept_again(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    part = section(page, "holidays")
    listed = desk.branch.holiday_list(2026)
    row = next(at for at, each in enumerate(listed) if each.date == NATAL)
    part.table.scrollToBottom()
    click(qtbot, part.table, row, 2)
    assert NATAL not in desk.branch.holidays()
    assert part.table.rows.index(row, 1).data() == "open"
    part.table.selectRow(row)
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    assert NATAL in desk.branch.holidays()
    assert part.table.rows.index(row, 1).data() == ""


def test_a_holiday_of_ones_own_is_added(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    part = section(page, "holidays")
    fill(qtbot, part.form.field("holiday").widget, "Hari jadi", leave=Qt.Key.Key_Return)
    assert part.form.field("date").error()
    fill(qtbot, part.form.field("date").widget.box, "3-10-2027", leave=Qt.Key.Key_Return)
    assert desk.branch.holidays()[date(2027, 10, 3)] == "Hari jadi"
    assert part._name.text() == "2027"
    assert "Hari jadi" in texts(part.table)
    assert part.form.value("holiday") == ""
    part._on_back()
    assert part._name.text() == "2026"
    for _ in range(5):
        part._on_forward()
    assert texts(part.table) == []


def test_how_the_desk_asks(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    form = section(page, "desk").form
    qtbot.mouseClick(field(form, "age_set").chip("full"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(field(form, "ask_occupation"), Qt.MouseButton.LeftButton)
    fill(qtbot, field(form, "repeat_minutes"), "30")
    branch = desk.branch.current()
    assert (branch.age_set, branch.ask_occupation, branch.repeat_minutes) == ("full", True, 30)
    assert page._summaries["desk"] == "9 age groups"
    fill(qtbot, field(form, "repeat_minutes"), "1441")
    assert form.field("repeat_minutes").error()
    with qtbot.waitSignal(page.appearance_changed):
        fill(qtbot, field(form, "scan_gap_ms"), "50")
    assert read_settings().scan_gap_ms == 50
    fill(qtbot, field(form, "scan_gap_ms"), "4")
    assert form.field("scan_gap_ms").error()
    assert read_settings().scan_gap_ms == 50


@pytest.mark.parametrize(
    "name, chip, kept",
    [
        ("language", "en", "en"),
        ("theme", "dark", Theme.DARK),
        ("theme", "contrast", Theme.CONTRAST),
        ("scale", "150", 150),
    ],
)
def test_the_look_is_stored_and_told_after_the_click(
    page: SettingsPage, qtbot: QtBot, name: str, chip: str, kept: object
) -> None:
    form = section(page, "appearance").form
    told: list[object] = []
    page.appearance_changed.connect(lambda: told.append(getattr(read_settings(), name)))
    qtbot.mouseClick(field(form, name).chip(chip), Qt.MouseButton.LeftButton)
    assert told == []  # the window is made anew only when the click is over
    qtbot.waitUntil(lambda: told == [kept])


def test_paper_needs_no_new_window(page: SettingsPage, qtbot: QtBot) -> None:
    form = section(page, "appearance").form
    with qtbot.assertNotEmitted(page.appearance_changed, wait=50):
        qtbot.mouseClick(field(form, "paper").chip("f4"), Qt.MouseButton.LeftButton)
    assert read_settings().paper is Paper.F4


def test_settings_that_cannot_be_written_are_said(
    page: SettingsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "ascii")
    monkeypatch.setenv("PERPUDESK_SETTINGS", str(blocked / "below"))
    form = section(page, "appearance").form
    with qtbot.assertNotEmitted(page.appearance_changed, wait=50):
        qtbot.mouseClick(field(form, "theme").chip("dark"), Qt.MouseButton.LeftButton)
    assert form.field("theme").error()


def test_an_entry_of_ones_own(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    part = section(page, "lists")
    entry = part.form.field("entry").widget
    fill(qtbot, entry, "Baca koran", leave=Qt.Key.Key_Return)
    assert part.form.field("standard").error()
    assert entry.text() == "Baca koran"
    part.form.field("standard").widget.set_value("reading")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert "baca_koran" in {each.slug for each in desk.branch.entries("purposes")}
    at = texts(part.table).index("Baca koran")
    column = part.table.rows.columns[0]
    assert column.detail is not None
    assert column.detail(part.table.rows.row(at)) == "your own, counts under Reading"
    assert column.detail(part.table.rows.row(0)) == "standard"
    assert page._summaries["lists"] == "1 of your own"


def test_an_entry_is_offered_no_more_and_again(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    part = section(page, "lists")
    part.form.field("standard").widget.set_value("study")
    click(qtbot, part.table, 0, 2)
    assert "reading" not in {each.slug for each in desk.branch.entries("purposes")}
    assert part.table.rows.index(0, 1).data() == "not offered"
    assert part.form.value("standard") == "study"  # chosen before, kept
    part.table.selectRow(0)
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    assert "reading" in {each.slug for each in desk.branch.entries("purposes")}
    last = part.table.rows.rowCount() - 1
    part.table.selectRow(last)
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    assert part.table.rows.index(last, 2).data() == ""
    assert desk.branch.entries("purposes")[-1].slug == "unknown"


def test_each_list_has_its_own_entries(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    part = section(page, "lists")
    part.form.field("standard").widget.set_value("study")
    qtbot.mouseClick(part.lists.chip("occupations"), Qt.MouseButton.LeftButton)
    assert "Farmer" in texts(part.table)
    assert part.form.field("standard").widget.currentIndex() == -1
    part.form.field("standard").widget.set_value("labourer")
    fill(qtbot, part.form.field("entry").widget, "Tukang kayu", leave=Qt.Key.Key_Return)
    assert "tukang_kayu" in {each.slug for each in desk.branch.entries("occupations")}


def test_where_the_records_are(
    page: SettingsPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    part = section(page, "data")
    assert part.path.text() == str(desk.folder)
    qtbot.mouseClick(part.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == str(desk.folder)
    assert any(each.isVisible() for each in page.findChildren(Toast))
    part._on_open()
    assert [url.toLocalFile() for url in opened] == [desk.folder.as_posix()]
    with qtbot.waitSignals([page.practice_asked, page.import_asked]):
        qtbot.mouseClick(part.practise, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(part.bring_in, Qt.MouseButton.LeftButton)


def test_the_list_sums_up_what_is_known(desk: Desk) -> None:
    branch = desk.branch
    told = summaries(branch, desk.folder)
    assert told["hours"] == told["signatories"] == told["letterhead"] == "not filled in"
    assert told["staff"] == "nobody yet"
    assert told["appearance"] == "Light · 100%"
    assert told["lists"] == "standard entries only"
    branch.set_up(opening_hours=USUAL_WEEK)
    branch.set_signatory(Signatory(place=SignatoryPlace.LEFT, name="", post="Kepala Desa"))
    rina = branch.add_staff("Rina")
    branch.add_staff("Adi")
    told = summaries(branch, desk.folder)
    assert told["hours"] == "Mon–Fri, 08:00–15:00"
    assert told["signatories"] == "Kepala Desa"
    assert told["staff"] == "2 people"
    branch.at_desk(rina.id)
    branch.set_up(opening_hours=(USUAL_WEEK[0], None, USUAL_WEEK[0], *(None,) * 4))
    told = summaries(branch, desk.folder)
    assert told["staff"] == "2 people · Rina"
    assert told["hours"] == "Mon, Wed, 08:00–15:00"
    branch.set_up(opening_hours=(None,) * 7)
    assert summaries(branch, desk.folder)["hours"] == "not filled in"


@pytest.mark.parametrize("size, scale", [((960, 600), 1.0), ((1270, 768), 1.5)])
def test_every_part_has_names_and_room(
    desk: Desk, qtbot: QtBot, qapp: QApplication, size: tuple[int, int], scale: float
) -> None:
    theme.apply(qapp, scale=scale)
    desk.branch.add_staff("Rina")
    page = SettingsPage(desk.branch, folder=desk.folder)
    shown(qtbot, page, size)
    for key in KEYS:
        page.open_section(key)
        assert_accessible(page)
        qtbot.waitUntil(lambda: texts_fit(page) == [])
        assert page.minimumSizeHint().width() <= size[0]


def test_purposes_of_computer_use_grow_too(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    part = section(page, "lists")
    qtbot.mouseClick(part.lists.chip("computer_purposes"), Qt.MouseButton.LeftButton)
    assert "Looking for work" in texts(part.table)
    field(part.form, "standard").set_value("leisure")
    fill(qtbot, field(part.form, "entry"), "Gim", leave=Qt.Key.Key_Return)
    assert desk.branch.entries("computer_purposes")[-3].label == "Gim"
