from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import ServiceDay
from perpudesk.core.codes import ClosedReason, DayState, Sex, VisitorType, label
from perpudesk.core.errors import StorageError
from perpudesk.core.times import FixedClock
from perpudesk.db.connection import STORE_FULL
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from perpudesk.ui import theme
from perpudesk.visits.model import Today, Visit, VisitDraft
from perpudesk.visits.page import VisitsPage
from perpudesk.visits.page.desk import USUAL_MS
from perpudesk.visits.page.matters import Matter
from perpudesk.visits.page.today import TodayCard
from tests.visits.conftest import Person

MONDAY = date(2026, 11, 23)


def newest(desk: Desk) -> Visit:
    return desk.visits.recent(1)[0]


def shown(page: VisitsPage) -> int:
    """The total as it is painted."""
    return int(page.view.today._total._value.text().replace(".", ""))


def test_keys_rest_on_the_grid(page: VisitsPage, person: Person) -> None:
    assert person.focus is page.board.grid
    assert page.board.property("marked") is True
    assert page.header.title() == "Front desk"
    assert page.day.text().startswith("● Not set")


@pytest.mark.parametrize(
    "key, profile",
    [
        ("1", Profile(sex=Sex.MALE, age_band="0-11")),
        ("5", Profile(sex=Sex.MALE, age_band="46+")),
        ("6", Profile(sex=Sex.MALE)),
        ("q", Profile(sex=Sex.FEMALE, age_band="0-11")),
        ("E", Profile(sex=Sex.FEMALE, age_band="17-25")),
        ("y", Profile(sex=Sex.FEMALE)),
        ("a", Profile(age_band="0-11")),
        ("h", Profile()),
    ],
)
def test_one_key_is_one_visit(
    desk: Desk, page: VisitsPage, person: Person, key: str, profile: Profile
) -> None:
    person.types(key)
    visit = newest(desk)
    assert (visit.profile, visit.count) == (profile, 1)
    assert page.board.grid.cell(profile.sex, profile.age_band or "unknown").count == 1
    assert shown(page) == 1
    assert page.day.text().startswith("● Open · counted")


def test_two_hundred_taps_at_twenty_a_second(
    desk: Desk, page: VisitsPage, person: Person, qtbot: QtBot
) -> None:
    keys = "123456qwertyasdfgh" * 11 + "1q"
    person.types(keys, apart=50)
    visits = desk.visits.of_day(MONDAY)
    assert len(visits) == 200
    cells = {cell.key.lower(): cell for cell in page.board.grid._cells()}
    assert [cells[key].sex for key in reversed(keys)] == [v.profile.sex for v in visits]
    assert {key: cell.count for key, cell in cells.items()} == {k: keys.count(k) for k in cells}
    assert shown(page) == 200
    qtbot.waitUntil(lambda: page.recent.table.rows.rowCount() == 40)
    assert len(person.toasts(page)) == 1


@pytest.mark.usefixtures("page")
def test_a_quick_hand_is_three_taps_in_order(desk: Desk, person: Person) -> None:
    person.types("1qa", apart=12)
    sexes = [visit.profile.sex for visit in desk.visits.recent(5)]
    assert sexes == [Sex.UNKNOWN, Sex.FEMALE, Sex.MALE]


@pytest.mark.usefixtures("page")
def test_a_key_held_down_is_one_visit(desk: Desk, person: Person) -> None:
    person.key("q", at=1_000)
    for step in range(40):
        person.key("q", at=1_300 + 33 * step, repeated=True)
    person.waits(80)
    assert len(desk.visits.recent(5)) == 1


@pytest.mark.usefixtures("page")
def test_keys_that_mean_nothing_do_nothing(desk: Desk, person: Person) -> None:
    person.types("70zx;\r ")
    person.presses(Qt.Key.Key_Escape)
    assert desk.visits.recent(5) == []


def test_a_cell_is_clicked_and_the_focus_comes_back(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    person.types("/")
    assert person.focus is page.entry.seek.box
    person.clicks(page.board.grid.cell(Sex.FEMALE, "17-25"))
    assert newest(desk).profile.age_band == "17-25"
    assert person.focus is page.board.grid


@pytest.mark.usefixtures("page")
def test_arrows_and_space_tap_too(desk: Desk, person: Person) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space):
        person.presses(key)
    assert newest(desk).profile == Profile(sex=Sex.FEMALE, age_band="12-16")
    person.presses(Qt.Key.Key_Left)
    person.presses(Qt.Key.Key_Left)
    person.presses(Qt.Key.Key_Space)
    assert newest(desk).profile == Profile(sex=Sex.FEMALE)


def test_the_purpose_stays_chosen(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("q")
    assert newest(desk).purpose == "unknown"
    person.presses(Qt.Key.Key_2, "Alt")
    person.types("qw")
    assert [visit.purpose for visit in desk.visits.recent(2)] == ["loan", "loan"]
    person.clicks(page.board.chips.chip("study"))
    person.types("e")
    assert newest(desk).purpose == "study"
    person.presses(Qt.Key.Key_0, "Alt")
    person.types("r")
    assert newest(desk).purpose == "unknown"
    assert page.board.chips.value() is None


def test_a_purpose_of_the_branchs_own_is_offered(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    entry = desk.branch.add_entry("purposes", "Mendongeng", standard="other")
    person.presses(Qt.Key.Key_7, "Alt")
    person.types("q")
    assert newest(desk).purpose == entry.slug
    page.recent._show()
    assert page.recent.table.rows.index(0, 2).data() == "Mendongeng"


def test_the_occupation_is_asked_where_the_branch_wants_it(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    assert not page.board.occupation.isVisible()
    desk.branch.set_up(ask_occupation=True)
    field = page.board.occupation
    assert field.isVisible()
    field.setFocus()
    person.types("pup")  # a list of choices takes letters, they are no visitors
    assert desk.visits.recent(5) == []
    person.types("\rq")
    assert newest(desk).profile.occupation == "pupil"
    field.showPopup()
    field.hidePopup()
    person.waits()
    assert person.focus is page.board.grid
    desk.branch.set_up(ask_occupation=False)
    person.types("q")
    assert newest(desk).profile.occupation == "unknown"


def test_the_count_serves_one_tap(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("*")
    assert person.focus is page.entry.count.box
    person.types("12\rqw")
    assert [visit.count for visit in desk.visits.recent(5)] == [1, 12]
    assert page.entry.count.value() == 1
    assert shown(page) == 13


def test_a_letter_in_the_count_box_is_the_tap(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("*5q")
    assert newest(desk).count == 5
    assert person.focus is page.board.grid


def test_what_the_next_tap_does_is_said(page: VisitsPage, person: Person) -> None:
    person.types("*3\r")
    assert page.board._hint.text() == "The next tap records 3 people."
    person.types("*")
    person.presses(Qt.Key.Key_Escape)
    assert page.entry.count.value() == 1
    assert person.focus is page.board.grid


def test_a_wrong_count_is_said_beside_the_box(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("*0\r")
    assert person.focus is page.entry.count.box
    assert page.entry._error.text() == "Type a whole number from 1 to 999."
    person.clicks(page.board.grid.cell(Sex.MALE, "0-11"))
    assert desk.visits.recent(5) == []
    person.types("2\r1")
    assert newest(desk).count == 2
    assert not page.entry._error.isVisible()


def test_nobody_vanishes_when_the_age_groups_change(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    person.types("4q4")
    assert page.board._others.isHidden()
    desk.branch.set_up(age_set="full")
    assert page.board.grid.cell(Sex.MALE, "unknown").count == 2
    assert page.board._others.text() == "? holds also 3 of age groups that have no column now."
    assert sum(cell.count for cell in page.board.grid._cells()) == 3
    desk.branch.set_up(age_set="desk")
    assert page.board._others.isHidden()
    assert page.board.grid.cell(Sex.MALE, "26-45").count == 2


def test_quick_taps_are_counted_in_one_toast(page: VisitsPage, person: Person) -> None:
    person.types("q")
    person.types("we3", apart=40)
    wanted = "4 recorded, the last: Male · 17–25"
    person._qtbot.waitUntil(lambda: person.toasts(page) == [wanted])
    person.presses(Qt.Key.Key_Z, "Control")
    assert person.toasts(page) == ["Taken back."]
    person.types("q")
    person._qtbot.waitUntil(lambda: person.toasts(page) == ["Recorded: Female · 0–11"])


def test_undo_and_redo(page: VisitsPage, person: Person) -> None:
    person.types("qw")
    person.presses(Qt.Key.Key_Z, "Control")
    assert shown(page) == 1
    assert page.recent.redo.isEnabled()
    assert person.toasts(page) == ["Taken back."]
    person.presses(Qt.Key.Key_Z, "Control Shift")
    assert shown(page) == 2
    person.types("e")
    person.takes(page, "Undo")
    assert shown(page) == 2
    person.clicks(page.recent.undo)
    person.clicks(page.recent.undo)
    assert shown(page) == 0
    assert not page.recent.undo.isEnabled()
    person.presses(Qt.Key.Key_Z, "Control")
    assert "There is nothing of today to undo." in person.toasts(page)


@pytest.mark.usefixtures("page")
def test_a_key_just_before_undo_is_what_is_undone(desk: Desk, person: Person) -> None:
    person.types("q", wait=False)
    person.presses(Qt.Key.Key_Z, "Control")
    person.waits(60)
    assert desk.visits.recent(5) == []
    assert desk.can_undo() == (False, True)


def test_counting_again_shows_the_same(page: VisitsPage, person: Person) -> None:
    person.types("q1*4\rwy")
    before = page._today
    page.refresh()
    assert page._today == before
    assert before is not None
    assert (before.total, before.month) == (7, 7)
    assert before.by_hour == {9: 7}


@pytest.mark.usefixtures("page")
def test_the_usual_is_not_counted_for_every_tap(
    desk: Desk, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    person.waits(USUAL_MS + 50)  # once, when the page opened
    monkeypatch.setattr(desk.visits, "usual", lambda: asked.append(1))
    person.types("qwerty" * 5)
    person.waits(800)
    assert asked == []


def test_usual_month_and_hours_are_shown(
    desk: Desk, open_page: Callable[[], VisitsPage], fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    for week in (1, 2, 3, 4):
        for at in (1, 2, 6):  # two of them by 09.41 in Jakarta
            day = (MONDAY.toordinal() - 7 * week, at)
            moment = datetime.combine(date.fromordinal(day[0]), datetime.min.time(), UTC)
            fixed_clock.moment = moment.replace(hour=at)
            desk.visits.record(VisitDraft(count=10))
    fixed_clock.moment = datetime(2026, 11, 23, 2, 41, tzinfo=UTC)
    desk.visits.record(VisitDraft(count=23))
    page = open_page()
    qtbot.waitUntil(lambda: page.view.today._usual._value.text() == "20")
    assert page.view.today._usual._delta.text() == "▲ 15%"
    assert page.view.today._month._value.text() == "113"
    bars = dict(page.view.today.bars._bars)
    assert list(bars) == [f"{hour:02}" for hour in range(8, 16)]
    assert bars["09"] == 23


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize(
    "usual, value, delta",
    [
        (None, "–", ""),
        (0.0, "0", ""),
        (47.0, "47", "as usual"),
        (40.0, "40", "▲ 18%"),
        (50.0, "50", "▼ 6%"),
    ],
)
def test_today_beside_the_usual(usual: float | None, value: str, delta: str, qtbot: QtBot) -> None:
    card = TodayCard()
    qtbot.addWidget(card)
    today = Today(day=MONDAY, total=47, month=47, usual=usual, by_hour={}, by_cell={})
    card.show_today(today, week=None, hour=9)
    assert (card._usual._value.text(), card._usual._delta.text()) == (value, delta)


def test_another_window_of_the_program_records(desk: Desk, page: VisitsPage) -> None:
    desk.visits.record(VisitDraft(profile=Profile(sex=Sex.MALE, age_band="0-11"), count=3))
    assert page.board.grid.cell(Sex.MALE, "0-11").count == 3


def test_a_hidden_page_takes_no_keys(
    desk: Desk, page: VisitsPage, person: Person, qtbot: QtBot
) -> None:
    page.hide()
    qtbot.keyClicks(page.window(), "qwe")
    person.waits(60)
    assert desk.visits.recent(5) == []
    desk.visits.record(VisitDraft())
    page.show()
    assert shown(page) == 1


@pytest.mark.usefixtures("page")
def test_the_full_set_has_ten_columns(desk: Desk, person: Person) -> None:
    desk.branch.set_up(age_set="full")
    person.types("9p;")
    visits = desk.visits.recent(5)[::-1]
    assert [(visit.profile.sex, visit.profile.age_band) for visit in visits] == [
        (Sex.MALE, "66+"),
        (Sex.FEMALE, None),
        (Sex.UNKNOWN, None),
    ]


@pytest.mark.parametrize("age_set", ["desk", "full"])
@pytest.mark.parametrize("width, height", [(944, 600), (1166, 768), (1800, 1000)])
def test_every_cell_is_in_view(
    desk: Desk, open_page: Callable[..., VisitsPage], age_set: str, width: int, height: int
) -> None:
    desk.branch.set_up(age_set=age_set, ask_occupation=True)
    page = open_page(width, height)
    page.grab()
    assert page.window().width() == width
    room = page.view.rect()
    for cell in page.board.grid._cells():
        corner = cell.mapTo(page.view, cell.rect().bottomRight())
        assert room.contains(corner), cell.accessibleName()
        assert cell.width() >= 36


@pytest.mark.parametrize("room", [(944, 600, 1.0), (1166, 768, 1.0), (1286, 768, 1.5)])
def test_a_count_is_never_cut(
    desk: Desk,
    open_page: Callable[..., VisitsPage],
    qapp: QApplication,
    room: tuple[int, int, float],
) -> None:
    width, height, scale = room
    theme.apply(qapp, scale=scale)
    desk.visits.record(VisitDraft(type=VisitorType.GROUP, institution="SDN 2 Raja", count=9999))
    page = open_page(width, height)
    table = page.recent.table
    page.grab()
    figures = table.rows.columnCount() - 2
    needed = theme.current().metrics().horizontalAdvance("9.999")
    assert table.columnWidth(figures) >= needed + 14
    right = table.columnViewportPosition(figures + 1) + table.columnWidth(figures + 1)
    assert right <= table.viewport().width()


# ---------------------------------------------------------------- the day


def test_midnight_begins_another_day(
    page: VisitsPage, person: Person, fixed_clock: FixedClock
) -> None:
    person.types("qw")
    fixed_clock.advance(hours=15)
    page._tick()
    assert shown(page) == 0
    assert "Tuesday, 24 November 2026" in page.header._day.text()
    person.types("q")
    assert shown(page) == 1


def test_a_tap_after_waking_from_sleep_is_of_the_new_day(
    desk: Desk, page: VisitsPage, person: Person, fixed_clock: FixedClock
) -> None:
    person.types("q")
    fixed_clock.advance(days=1)
    person.types("w")
    assert shown(page) == 1
    assert newest(desk).moment.local_date == date(2026, 11, 24)


def test_a_closed_day_asks_once_and_keeps_what_was_tapped(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    desk.branch.set_day(ServiceDay(date=MONDAY, state=DayState.CLOSED, reason=ClosedReason.POWER))
    assert page.day.text().startswith("● Closed · Power cut")
    person.types("q")
    assert page.view.asks
    assert page.view.question._words.text() == "Today is down as closed. Open today and record it?"
    person.types("w*3\re")
    assert desk.visits.recent(5) == []
    assert "all 3?" in page.view.question._words.text()
    person.types("\r")
    assert [visit.count for visit in desk.visits.recent(5)] == [3, 1, 1]
    assert desk.branch.service_days(MONDAY, MONDAY)[MONDAY].state is DayState.OPEN_COUNTED
    person.types("r")
    assert not page.view.asks
    assert shown(page) == 6


def test_a_closed_day_that_stays_closed_can_still_be_opened(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    desk.branch.set_day(ServiceDay(date=MONDAY, state=DayState.CLOSED))
    person.types("qw")
    person.presses(Qt.Key.Key_Escape)
    assert not page.view.asks
    assert person.toasts(page) == ["2 visits were not recorded."]
    person.takes(page, "Open and record")
    assert len(desk.visits.recent(5)) == 2


def test_what_came_since_is_recorded_with_what_was_left(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    desk.branch.set_day(ServiceDay(date=MONDAY, state=DayState.CLOSED))
    person.types("*2\rq")
    person.presses(Qt.Key.Key_Escape)
    person.types("w")
    person.takes(page, "Open and record")
    assert not page.view.asks
    assert [visit.count for visit in desk.visits.recent(5)] == [1, 2]


def test_what_waits_for_an_open_day_waits_on_when_the_disk_refuses(
    desk: Desk, page: VisitsPage, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.branch.set_day(ServiceDay(date=MONDAY, state=DayState.CLOSED))
    with monkeypatch.context() as patch:
        patch.setattr(desk.branch, "set_state", full)
        person.types("qw\r")
        assert person.toasts(page)[0].startswith("The disk is full")
        assert "all 2?" in page.view.question._words.text()
    person.types("\r")
    assert len(desk.visits.recent(5)) == 2


def test_the_state_of_today_is_set_from_its_menu(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    person.presses(Qt.Key.Key_D, "Control")
    menu = page.day.findChild(QMenu)
    assert menu is not None
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    states = (DayState.OPEN_COUNTED, DayState.OPEN_NOT_COUNTED, DayState.ESTIMATED)
    assert texts[:3] == [label(each) for each in states]
    menu.actions()[2].trigger()
    menu.close()
    assert page.day.text().startswith(f"● {label(DayState.ESTIMATED)}")
    assert desk.branch.service_days(MONDAY, MONDAY)[MONDAY].state is DayState.ESTIMATED


def test_what_today_brings_is_told_at_the_top_once_it_is_quiet(
    page: VisitsPage, person: Person, qtbot: QtBot
) -> None:
    opened: list[str] = []
    matters = [
        Matter(text="2 decisions overdue", late=True, open=lambda: opened.append("decisions")),
        Matter(text="09:00 Email", open=lambda: opened.append("course")),
    ]
    assert page.matters.isHidden()
    person.presses(Qt.Key.Key_B, "Control")  # nothing yet
    with qtbot.waitSignal(page.matters_asked, timeout=5_000):
        person.types("q")  # a tap is no quiet moment
    page.matters.show_matters(matters)
    assert page.matters.text() == "2 matters today  ▾"
    assert page.matters.property("tone") == "warn"
    assert "2 decisions overdue" in page.matters.toolTip()
    person.presses(Qt.Key.Key_B, "Control")
    menu = page.matters.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["2 decisions overdue", "09:00 Email"]
    menu.actions()[1].trigger()
    menu.close()
    assert opened == ["course"]
    page.matters.show_matters(matters[1:])
    assert page.matters.property("tone") == "info"
    page.matters.show_matters([])
    assert page.matters.isHidden()


def test_closing_a_day_that_has_visits_asks(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("q")
    page.recorder.set_day(DayState.CLOSED, ClosedReason.POWER)
    assert "1 visit was recorded today" in page.view.question._words.text()
    person.presses(Qt.Key.Key_Escape)
    assert desk.branch.service_days(MONDAY, MONDAY) == {}
    page.recorder.set_day(DayState.CLOSED, ClosedReason.POWER)
    person.types("\r")
    assert page.day.text().startswith("● Closed · Power cut")
    assert page.day.property("tone") == "error"
    page.recorder.set_day(DayState.NOT_SET)
    assert page.day.text().startswith("● Open · counted")


def test_the_pill_is_clicked(page: VisitsPage, person: Person) -> None:
    person.clicks(page.day)
    menu = page.day.findChild(QMenu)
    assert menu is not None
    menu.close()


# ---------------------------------------------------------------- a disk that refuses


def full(*_: object) -> Visit:
    raise StorageError(STORE_FULL)


def test_what_the_disk_refuses_waits_and_is_offered_again(
    desk: Desk, page: VisitsPage, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(desk.visits, "record", full)
        person.types("*3\rqw")
        assert shown(page) == 0
        said = page.view.question._words.text()
        assert said.startswith("The disk is full")
        assert said.endswith("2 visits are not recorded yet.")
        person.types("\r")
        assert page.view.asks
        person.presses(Qt.Key.Key_Escape)
        assert person.toasts(page) == ["2 visits were not recorded."]
    person.takes(page, "Try again")
    assert [visit.count for visit in desk.visits.recent(5)] == [1, 3]
    assert shown(page) == 4


def test_what_the_disk_refused_since_is_offered_with_what_was_left(
    desk: Desk, page: VisitsPage, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(desk.visits, "record", full)
        person.types("*3\rq")
        person.presses(Qt.Key.Key_Escape)
        person.types("w")
        assert page.view.asks
    person.takes(page, "Try again")
    assert not page.view.asks
    assert [visit.count for visit in desk.visits.recent(5)] == [1, 3]


def test_every_key_of_the_page_is_on_the_sheet(page: VisitsPage) -> None:
    keys = {use.keys for use in page.key_uses()}
    assert {"/", "*", "Ctrl+G", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+D", "Ctrl+K", "Ctrl+N"} <= keys
    assert page.key_uses()[0].keys == "1–6  Q–Y  A–H"
