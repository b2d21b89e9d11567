"""Closing a month on the page, as somebody at the keyboard would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import ServiceDay, Signatory, SignatoryPlace
from perpudesk.core.codes import DayState
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.reports.closing import Standing, shown_code
from perpudesk.reports.form.close import CloseDialog
from perpudesk.reports.letter import Letter, Notes
from perpudesk.reports.page import ReportsPage
from perpudesk.reports.page.changed import ChangesDialog
from perpudesk.ui import theme
from perpudesk.visits.model import VisitDraft
from tests.reports.page.conftest import open_page
from tests.reports.page.test_page import answer, application, toasts, wait_for
from tests.ui.accessibility import assert_accessible, texts_fit

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def library(library: Desk) -> Desk:
    """Every day of October has a state, so that nothing is to be mended."""
    for day in range(1, 32):
        if day != 5:
            on = date(2026, 10, day)
            library.branch.set_day(ServiceDay(date=on, state=DayState.CLOSED))
    return library


def ask(qtbot: QtBot, page: ReportsPage) -> None:
    """Press the key for closing where the page has the keyboard."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_T, CONTROL)


def wait_closed(qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period = OCTOBER) -> None:
    """Until the month is closed and its dialog is gone."""
    qtbot.waitUntil(lambda: desk.closings.state(month).is_final, timeout=10_000)
    qtbot.waitUntil(lambda: not page.findChildren(CloseDialog), timeout=10_000)


def dialog_of(page: ReportsPage) -> CloseDialog:
    (found,) = [each for each in page.findChildren(CloseDialog) if each.isVisible()]
    return found


def pill(page: ReportsPage) -> str:
    row = page._months.table.current_row()
    return page._months.table.rows.columns[1].text(row)


def close(qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period = OCTOBER) -> None:
    """Close the chosen month with what is offered."""
    ask(qtbot, page)
    qtbot.keyClick(dialog_of(page).form.field("number").widget, Qt.Key.Key_Return)
    wait_closed(qtbot, page, desk, month)
    page.mark_stale()


def test_a_month_is_closed_with_two_keys(qtbot: QtBot, page: ReportsPage, library: Desk) -> None:
    assert pill(page) == "ready to close"
    assert page._side.card.close_month.label() == "Close October…"
    close(qtbot, page, library)
    (closing,) = library.closings.revisions(OCTOBER)
    assert toasts(page)[0].startswith("October 2026 is closed: revision 1, check code ")
    assert pill(page) == "closed · rev 1"
    wait_for(qtbot, page, "revision 1 · check code")
    assert page._pages is not None
    assert page._pages[2] == library.closings.print_of(closing, page._pages[1])
    assert not page._side.card.close_month.isVisible()


def test_what_is_signed_can_be_typed(qtbot: QtBot, page: ReportsPage, library: Desk) -> None:
    ask(qtbot, page)
    dialog = dialog_of(page)
    assert dialog.focusWidget() is dialog.form.field("number").widget
    assert "Dra. Contoh, Kepala · Rina, Petugas" in dialog._signers.text()
    assert not dialog.form.field("sure").isVisible()
    qtbot.keyClicks(dialog.focusWidget(), "041/18/PERPUS/XI/2026")
    dialog.form.fill(place="", day=date(2026, 11, 2))
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    wait_closed(qtbot, page, library)
    letter = library.closings.revisions(OCTOBER)[0].letter
    assert (letter.number, letter.place) == ("041/18/PERPUS/XI/2026", "")
    assert letter.day == date(2026, 11, 2)


def test_a_letter_that_nobody_signs_says_so(qtbot: QtBot, page: ReportsPage, library: Desk) -> None:
    for place in SignatoryPlace:
        library.branch.set_signatory(Signatory(place=place, name="", post=""))
    page.mark_stale()
    ask(qtbot, page)
    dialog = dialog_of(page)
    assert dialog._signers.text() == "Nobody signs yet: the names are dotted."
    assert "Who signs is not filled in yet" in dialog._wrong.accessibleName()


def test_what_is_refused_is_said_at_its_field_and_nothing_is_lost(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    ask(qtbot, page)
    dialog = dialog_of(page)
    dialog.form.fill(number="12", day=date(2026, 1, 1))
    qtbot.keyClick(dialog.form.field("number").widget, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.form.field("day").error()), timeout=10_000)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=10_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    ask(qtbot, page)
    assert dialog_of(page).form.value("number") == "12"
    assert library.closings.revisions(OCTOBER) == []


def test_what_is_to_be_mended_is_confirmed_first(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    library.branch.set_day(ServiceDay(date=date(2026, 10, 6), state=DayState.NOT_SET))
    page.mark_stale()
    ask(qtbot, page)
    dialog = dialog_of(page)
    assert "1 day has no state: 6 Oct" in dialog._wrong.accessibleName()
    assert_accessible(dialog)
    qtbot.keyClick(dialog.form.field("number").widget, Qt.Key.Key_Return)
    assert dialog.form.field("sure").error().startswith("Some things are to be mended.")
    dialog.form.fill(sure=True)
    qtbot.keyClick(dialog.form.field("number").widget, Qt.Key.Key_Return)
    assert not dialog.save.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # it is being closed: there is no way back
    assert dialog.isVisible()
    wait_closed(qtbot, page, library)


def test_a_running_month_says_when_it_can_be_closed(qtbot: QtBot, page: ReportsPage) -> None:
    page._months.choose(Period.parse("2026-11"))
    page._on_chosen()
    assert "from 1 December 2026 on" in page._side.card._words.text()
    assert pill(page) == "running"
    ask(qtbot, page)
    assert page.findChildren(CloseDialog) == []


def test_a_changed_month_says_what_changed_and_is_closed_again(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    close(qtbot, page, library)
    library.visits.record(VisitDraft(count=3, on=date(2026, 10, 5)))
    page.mark_stale()
    assert pill(page) == "changed"
    assert page._side.card._title.text() == "Changed since revision 1"
    assert "Visits: 12 → 15" in page._side.card._words.text()
    wait_for(qtbot, page, "Provisional · changed since revision 1")
    assert page._side.card.close_month.label() == "Close again…"
    close(qtbot, page, library)
    assert pill(page) == "closed · rev 2"
    wait_for(qtbot, page, "revision 2 · check code")


def test_an_old_revision_is_shown_saved_and_left_again(
    qtbot: QtBot, page: ReportsPage, library: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(qtbot, page, library)
    library.visits.record(VisitDraft(count=3, on=date(2026, 10, 5)))
    close(qtbot, page, library)
    (show, mend) = page._side.card.links
    assert [each.label() for each in (show, mend)] == ["Show revision 1", "Mend the letter…"]
    show.click()
    wait_for(qtbot, page, "revision 1 · check code")
    offered = answer(monkeypatch, tmp_path / "lama.pdf")
    page._save.click()
    assert offered == ["Monthly report October 2026 revision 1.pdf"]
    first = library.closings.revision(OCTOBER, 1)
    assert page._pages is not None
    data = library.closings.print_of(first, page._pages[1])
    assert (tmp_path / "lama.pdf").read_bytes() == data
    answer(monkeypatch, tmp_path / "lama.csv")
    page._csv.click()
    assert "2026-10,visits,visits,,,12," in (tmp_path / "lama.csv").read_text()
    page._side.card.links[0].click()
    wait_for(qtbot, page, "revision 2 · check code")
    page._side.card.links[0].click()
    page._months.choose(SEPTEMBER)
    page._on_chosen()
    page._months.choose(OCTOBER)
    page._on_chosen()
    wait_for(qtbot, page, "revision 2 · check code")


def test_the_card_is_about_the_revision_that_is_seen(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    close(qtbot, page, library)
    library.visits.record(VisitDraft(count=3, on=date(2026, 10, 5)))
    close(qtbot, page, library)
    first, second = library.closings.revisions(OCTOBER)
    card = page._side.card
    card.links[0].setFocus()
    qtbot.keyClick(card.links[0], Qt.Key.Key_Return)
    assert card._title.text() == "Revision 1 · not the newest"
    assert shown_code(first.code) in card._words.text()
    assert shown_code(second.code) not in card._words.text()
    assert [each.label() for each in card.links] == ["Back to revision 2"]
    assert page.window().focusWidget() is card.links[0]
    qtbot.keyClick(card.links[0], Qt.Key.Key_Return)
    assert shown_code(second.code) in card._words.text()
    assert page.window().focusWidget() is card.links[0]


def test_every_change_can_be_read(qtbot: QtBot, page: ReportsPage, library: Desk) -> None:
    close(qtbot, page, library)
    library.visits.record(VisitDraft(count=3, on=date(2026, 10, 5)))
    page.mark_stale()
    assert page._month is not None
    count = len(page._month.state.changes)
    link = page._side.card.links[0]
    assert link.label() == f"All {count} changes…"
    qtbot.keyClick(link, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(ChangesDialog)
    assert_accessible(dialog)
    assert dialog.table.rows.rowCount() == count
    assert dialog.table.rows.index(0, 0).data() == "Visits: 12 → 15"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.findChildren(ChangesDialog))


def test_a_letter_is_mended_as_a_further_revision(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    close(qtbot, page, library)
    ask(qtbot, page)
    dialog = dialog_of(page)
    assert dialog.windowTitle() == "Mend the letter of October 2026"
    assert dialog._anew.text() == "This makes revision 2; revision 1 stays as it is."
    assert texts_fit(dialog) == []
    dialog.form.fill(number="12")
    qtbot.keyClick(dialog.form.field("number").widget, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.closings.revisions(OCTOBER)) == 2, timeout=10_000)
    wait_closed(qtbot, page, library)


def test_notes_are_in_what_is_signed_also_those_typed_there(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    page._side.notes.obstacles.setPlainText("Power cut")
    ask(qtbot, page)
    dialog = dialog_of(page)
    assert dialog.form.value("obstacles") == "Power cut"
    dialog.form.fill(follow_up="Generator")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    ask(qtbot, page)
    assert dialog_of(page).form.value("follow_up") == "Generator"
    qtbot.keyClick(dialog.form.field("number").widget, Qt.Key.Key_Return)
    wait_closed(qtbot, page, library)
    signed = library.closings.revisions(OCTOBER)[0].letter.notes
    assert signed == Notes(obstacles="Power cut", follow_up="Generator")
    assert library.reports.reported(OCTOBER).notes == signed


def test_notes_are_kept_while_they_are_typed(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    notes = page._side.notes
    notes.obstacles.setFocus()
    qtbot.keyClicks(notes.obstacles, "Power cut ")
    qtbot.waitUntil(lambda: library.reports.reported(OCTOBER).notes.obstacles == "Power cut")
    page.mark_stale()
    assert notes.obstacles.toPlainText() == "Power cut "
    wait_for(qtbot, page, "Obstacles: Power cut")
    qtbot.keyClicks(notes.follow_up, "Generator")
    page._months.choose(SEPTEMBER)
    page._on_chosen()
    assert notes.notes() == Notes()
    assert library.reports.reported(OCTOBER).notes.follow_up == "Generator"
    page._months.choose(OCTOBER)
    page._on_chosen()
    assert notes.notes() == Notes(obstacles="Power cut", follow_up="Generator")


def test_notes_that_cannot_be_kept_stay_as_typed(page: ReportsPage, library: Desk) -> None:
    notes = page._side.notes
    notes.obstacles.setPlainText("x" * 4001)
    notes.keep()
    assert "longer than 4,000" in notes._fields["obstacles"].error()
    assert len(notes.notes().obstacles) == 4001
    page.hide()
    assert library.reports.reported(OCTOBER).notes == Notes()


@pytest.mark.parametrize("size,scale", [((1166, 716), 1.0), ((944, 600), 1.0), ((1246, 768), 1.5)])
@pytest.mark.parametrize("standing", [Standing.CLOSED, Standing.CHANGED])
def test_every_size_has_room_for_a_closed_month(
    qtbot: QtBot, library: Desk, size: tuple[int, int], scale: float, standing: Standing
) -> None:
    theme.apply(application(), scale=scale)
    library.closings.close(OCTOBER, Letter())
    library.closings.close(OCTOBER, Letter(number="2"))
    if standing is Standing.CHANGED:
        library.visits.record(VisitDraft(count=3, on=date(2026, 10, 5)))
    page = open_page(qtbot, library, size)
    QApplication.processEvents()
    assert library.closings.state(OCTOBER).standing is standing
    assert (page.width(), page.height()) == size
    assert texts_fit(page) == []
    assert_accessible(page)
