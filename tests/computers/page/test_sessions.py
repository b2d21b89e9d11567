"""The list of all sessions, by keys as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.computers.finding import Lack, SessionFilter, Where
from perpudesk.computers.form.checking import CheckSessions
from perpudesk.computers.form.dialog import SessionDialog
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.computers.page.sessions import SessionsPage
from perpudesk.core.codes import Condition, Method, Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.ui.rows import KEPT_PAGES, PAGE_ROWS
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import Toast
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


def at(hour: int, minute: int, day: int = 20) -> datetime:
    """A moment in Jakarta."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def records(desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock) -> None:
    """Thirty of Friday, an own device, one without an end, a total, one cut off today."""
    rina = desk.branch.add_staff("Rina")
    desk.branch.at_desk(rina.id)
    siti = desk.patrons.add(PatronDraft(name="Siti Aminah", sex=Sex.FEMALE, birth_year=1990))
    enter = desk.session_mending.enter
    for place in range(30):
        start = at(9, 0) + timedelta(minutes=10 * (place // 3))
        pc, girl = pcs[place % 3].id, Profile(sex=Sex.FEMALE, age_band="12-16")
        enter(
            SessionDraft(
                workstation_id=pc, profile=girl, start=start, end=start + timedelta(minutes=5)
            )
        )
    enter(SessionDraft(device=True, start=at(9, 0), end=at(10, 0)))
    enter(SessionDraft(start=at(8, 30)))
    desk.session_mending.enter_total(date(2026, 11, 19), {Sex.MALE: 7}, method=Method.ESTIMATED)
    desk.computers.start(SessionDraft(workstation_id=pcs[3].id, patron_id=siti.id))
    fixed_clock.advance(minutes=8)
    desk.recovery.beat()
    desk.recovery.recover()


@pytest.fixture
def page(desk: Desk, request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[SessionsPage]:
    request.getfixturevalue("records")
    page = SessionsPage(
        desk.computers,
        desk.session_mending,
        desk.session_records,
        desk.branch,
        desk.workstations,
        undo=desk.undo,
        redo=desk.redo,
    )
    qtbot.addWidget(page)
    desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
    page.resize(1166, 640)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    found(page, qtbot, 34)
    yield page
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def found(page: SessionsPage, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(
        lambda: page.table.rows.rowCount() == count and not page.filters._rest.isActive()
    )


def words(page: SessionsPage) -> str:
    return "\n".join(each.text() for each in page.card.findChildren(Text) if each.isVisible())


def said(page: SessionsPage) -> str:
    return " ".join(toast.accessibleName() for toast in page.findChildren(Toast))


def cells(page: SessionsPage, row: int) -> list[str]:
    return [page.table.rows.index(row, at).data() for at in range(7)]


def press(qtbot: QtBot, page: SessionsPage, key: Qt.Key, held: str = "No") -> None:
    modifier = getattr(Qt.KeyboardModifier, f"{held}Modifier")
    qtbot.keyClick(QApplication.focusWidget() or page, key, modifier)


def test_it_shows_everything_and_can_be_read(page: SessionsPage) -> None:
    assert page.foot.text() == (
        "39 sessions · 158 minutes · 8 without minutes · 1 session of an own device"
    )
    assert cells(page, 0) == [
        "23-11-2026", "09:41", "±09:49", "8", "Siti Aminah", "PC 4", "Interrupted",
    ]  # fmt: skip
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert page.table.rows.index(0, 2).data(spoken) == "End: 09:49, an estimate"
    assert page.table.rows.index(1, 4).data(spoken) == "Who: Female · 12–16"
    assert cells(page, 1) == ["20-11-2026", "10:30", "10:35", "5", "F · 12–16", "PC 3", ""]
    assert cells(page, 28)[2:] == ["10:00", "60", "Visitor", "Own device", ""]
    assert cells(page, 32)[2:] == ["–", "–", "Visitor", "–", "Without minutes"]
    assert cells(page, 33)[1:] == ["–", "–", "–", "Male × 7", "–", "Estimated total"]
    assert_accessible(page)
    assert not texts_fit(page)


def test_what_narrows_it(page: SessionsPage, qtbot: QtBot, pcs: list[Workstation]) -> None:
    for wanted, count in (
        (SessionFilter(first=MONDAY), 1),
        (SessionFilter(last=FRIDAY), 33),
        (SessionFilter(place=pcs[1].id), 10),
        (SessionFilter(place=str(Where.DEVICE)), 1),
        (SessionFilter(lack=Lack.INTERRUPTED), 1),
        (SessionFilter(lack=Lack.NO_MINUTES), 2),
        (SessionFilter(lack=Lack.GOING_ON), 0),
        (SessionFilter(removed=True), 0),
    ):
        page.look_for(wanted)
        found(page, qtbot, count)
    assert "Take a filter away" in page.table._empty
    assert "Choose a session" in words(page)
    page.filters.clear.click()
    found(page, qtbot, 34)
    page.filters.lack.set_value("estimated")
    found(page, qtbot, 2)


def test_the_days_are_typed(page: SessionsPage, qtbot: QtBot) -> None:
    press(qtbot, page, Qt.Key.Key_Slash)
    assert page.filters.first.box.hasFocus()
    qtbot.keyClicks(page.filters.first.box, "23-11-2026")
    found(page, qtbot, 1)
    page.filters.last.set_value(FRIDAY)
    qtbot.waitUntil(lambda: "before the first" in page.filters._days["last"].error())
    page.filters.last.box.setText("31-02")
    qtbot.waitUntil(lambda: "31-02" in page.filters._days["last"].error())
    found(page, qtbot, 1)


def test_what_is_chosen_is_told(page: SessionsPage, qtbot: QtBot) -> None:
    told = words(page)
    assert "Siti Aminah" in told
    assert "Monday, 23 November 2026 · 09:41–09:49 · PC 4" in told
    assert "The power went at 09:49" in told
    assert "23 November 2026 09:41 · Rina · recorded" in told
    press(qtbot, page, Qt.Key.Key_End)
    assert "Thursday, 19 November 2026" in words(page)
    page.resize(800, 600)
    assert not page.card.isVisible()


def test_one_is_edited_with_enter(page: SessionsPage, desk: Desk, qtbot: QtBot) -> None:
    chosen = page.table.current_row()
    press(qtbot, page, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(SessionDialog)
    dialog.form.fill(end="9.45", note="salah")
    dialog.save.click()
    qtbot.waitUntil(lambda: cells(page, 0)[2] == "09:45")
    assert "Changed: Siti Aminah" in said(page)
    qtbot.waitUntil(lambda: "End: 09:49 → 09:45" in words(page))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: cells(page, 0)[2] == "±09:49")
    page._back.redo()
    qtbot.waitUntil(lambda: cells(page, 0)[2] == "09:45")
    page.edit.click()
    dialog = next(each for each in page.findChildren(SessionDialog) if each.isVisible())
    dialog._on_resume()
    assert "Goes on again" in said(page)
    assert desk.computers.get(chosen.id).is_open


def test_one_is_removed_and_counts_again(page: SessionsPage, qtbot: QtBot) -> None:
    press(qtbot, page, Qt.Key.Key_Delete)
    found(page, qtbot, 33)
    assert "Removed: Siti Aminah" in said(page)
    page.filters.state.set_value("removed")
    found(page, qtbot, 1)
    assert (page.again.isVisible(), page.edit.isVisible()) == (True, False)
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_Return)
    press(qtbot, page, Qt.Key.Key_Delete)
    assert not page.findChildren(SessionDialog)
    page.again.click()
    found(page, qtbot, 0)
    assert "Counted again" in said(page)
    page.filters.reset()
    found(page, qtbot, 34)


def test_what_cannot_be_done_is_said(
    page: SessionsPage, desk: Desk, pcs: list[Workstation], qtbot: QtBot
) -> None:
    gone = page.table.current_row()
    press(qtbot, page, Qt.Key.Key_Delete)
    found(page, qtbot, 33)
    desk.session_mending.enter(SessionDraft(workstation_id=pcs[3].id, start=gone.start))
    desk.session_mending.enter(
        SessionDraft(workstation_id=pcs[3].id, start=gone.start, end=gone.end)
    )
    page.look_for(SessionFilter(removed=True))
    found(page, qtbot, 1)
    page.again.click()
    assert "PC 4 was in use by another session" in said(page)
    page.look_for(SessionFilter(first=MONDAY))
    found(page, qtbot, 2)
    other = page.table.current_row()
    desk.session_mending.remove(other.id)
    page._on_remove(other)
    assert "not here any more" in said(page)


def test_what_is_not_sure_is_gone_through_by_its_ends(
    page: SessionsPage, desk: Desk, qtbot: QtBot
) -> None:
    assert not page.check.isVisible()
    page._on_check()
    page.look_for(SessionFilter(lack=Lack.NO_MINUTES))
    found(page, qtbot, 2)
    qtbot.waitUntil(page.check.isVisible)
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_E, "Control")
    (dialog,) = page.findChildren(CheckSessions)
    (line,) = dialog.rows  # the total has no end
    qtbot.keyClicks(line._end, "20")
    qtbot.keyClick(line._end, Qt.Key.Key_Return)
    assert desk.computers.get(line.session.id).minutes == 20
    dialog.accept()
    found(page, qtbot, 1)
    page.check.click()
    assert not [each for each in page.findChildren(CheckSessions) if each.isVisible()]


def test_sessions_from_paper_and_totals_have_their_own_way(
    page: SessionsPage, qtbot: QtBot
) -> None:
    press(qtbot, page, Qt.Key.Key_N, "Control")
    assert page.enter.isVisible()
    page.enter.accept()
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_End)
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.enter.isVisible()
    assert page.enter.total.value("male") == 7
    page.enter.accept()


def test_a_place_that_is_no_longer_used_is_offered_last(
    page: SessionsPage, desk: Desk, pcs: list[Workstation], qtbot: QtBot
) -> None:
    page.filters.place.set_value(pcs[0].id)
    found(page, qtbot, 10)
    desk.workstations.set_condition(pcs[0].id, Condition.RETIRED)
    qtbot.waitUntil(lambda: page.filters.place.itemText(4) == "PC 1")
    assert page.filters.place.value() == pcs[0].id


def test_a_long_list_is_read_a_page_at_a_time(page: SessionsPage, desk: Desk, qtbot: QtBot) -> None:
    start = datetime(2020, 1, 1, 2, tzinfo=UTC)
    drafts = [
        SessionDraft(start=(begun := start + timedelta(minutes=place)), end=begun)
        for place in range((KEPT_PAGES + 3) * PAGE_ROWS)
    ]
    desk.session_mending.record_many(drafts)
    found(page, qtbot, 34 + len(drafts))
    assert page.table.rows._rows is None
    for row in range(0, len(drafts), PAGE_ROWS // 2):
        page.table.setCurrentIndex(page.table.rows.index(row, 0))
    assert len(page.table.rows._pages) <= KEPT_PAGES
    press(qtbot, page, Qt.Key.Key_End)
    assert cells(page, len(drafts) + 33)[0] == "01-01-2020"


def test_an_empty_branch_is_told_how_to_begin(desk: Desk, qtbot: QtBot) -> None:
    page = SessionsPage(
        desk.computers,
        desk.session_mending,
        desk.session_records,
        desk.branch,
        desk.workstations,
        undo=desk.undo,
        redo=desk.redo,
    )
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "board of computers" in page.table._empty)
    assert page.foot.text() == "0 sessions · 0 minutes"
    page._on_edit()
    page._on_remove()
    page._on_bring_back()
    assert not page.edit.isVisible()
