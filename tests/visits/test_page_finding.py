"""The list of all visits, by keys as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.core.codes import Method, Sex, VisitorType
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import Toast
from perpudesk.visits.form.reason import ReasonDialog
from perpudesk.visits.form.visit import VisitDialog
from perpudesk.visits.model import Part, VisitDraft
from perpudesk.visits.page.finding import FindPage
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")
FIFTH = date(2026, 10, 5)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[FindPage]:
    """Forty walk-ins of a day, a member, a group, an estimate of last year."""
    rina = desk.branch.add_staff("Rina")
    desk.branch.at_desk(rina.id)
    siti = desk.patrons.add(PatronDraft(name="Siti Aminah", member_number="1001"))
    drafts = [VisitDraft(on=FIFTH, at=time(9, minute)) for minute in range(40)]
    drafts += [
        VisitDraft(on=FIFTH, at=time(10), patron_id=siti.id, type=VisitorType.MEMBER),
        VisitDraft(
            on=FIFTH,
            at=time(11),
            count=12,
            type=VisitorType.GROUP,
            institution="SDN 2 Raja",
            leader_id=siti.id,
            parts=(Part(sex=Sex.MALE, age_band="0-11", count=5),),
        ),
        VisitDraft(on=date(2025, 3, 1), count=80, method=Method.ESTIMATED),
        VisitDraft(on=FIFTH, at=time(12), profile=Profile(sex=Sex.FEMALE, age_band="17-25")),
    ]
    for draft in drafts:
        desk.visits.record(draft)
    page = FindPage(
        desk.mending, desk.visits, desk.patrons, desk.branch, undo=desk.undo, redo=desk.redo
    )
    qtbot.addWidget(page)
    desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
    page.resize(1166, 640)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    found(page, qtbot, 44)
    yield page
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def found(page: FindPage, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(
        lambda: page.table.rows.rowCount() == count and not page.filters._rest.isActive()
    )


def words(page: FindPage) -> str:
    return "\n".join(each.text() for each in page.card.findChildren(Text) if each.isVisible())


def press(page: FindPage, qtbot: QtBot, *keys: object) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or page, key)


def purposes(desk: Desk) -> dict[str, int]:
    counts: dict[str, int] = {}
    for visit in desk.visits.page(0, 100):
        counts[visit.purpose] = counts.get(visit.purpose, 0) + 1
    return counts


def test_it_shows_everything_and_can_be_read(page: FindPage) -> None:
    assert [pill.text() for pill in page.header._pills] == ["44 records", "134 visits"]
    assert page.table.rows.index(0, 0).data() == "05-10-2026"
    assert_accessible(page)
    assert not texts_fit(page)


def test_words_narrow_it_and_down_goes_to_the_list(page: FindPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filters.words, "siti")
    found(page, qtbot, 2)
    press(page, qtbot, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_Slash)
    assert page.filters.words.hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "nobody here")
    found(page, qtbot, 0)
    assert "Choose a visit" in words(page)
    page.filters.clear.click()
    found(page, qtbot, 44)


def test_a_first_slash_in_the_words_is_no_word(page: FindPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filters.words, "/")
    assert page.filters.words.text() == ""
    qtbot.keyClicks(page.filters.words, "a/")
    assert page.filters.words.text() == "a/"


def test_enter_on_several_goes_to_what_they_become(page: FindPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.card.many.form.field("purpose").widget.hasFocus()
    assert not page.window().findChildren(VisitDialog)


def test_days_and_choices_narrow_it(page: FindPage, qtbot: QtBot) -> None:
    page.filters.last.set_value(date(2025, 12, 31))
    found(page, qtbot, 1)
    page.filters.reset()
    page.filters.type.set_value("group")
    found(page, qtbot, 1)
    page.filters.reset()
    page.filters.sex.set_value("female")
    found(page, qtbot, 1)
    page.filters.reset()
    page.filters.method.set_value("estimated")
    found(page, qtbot, 1)


def test_days_that_make_no_sense_are_said_at_their_field(page: FindPage, qtbot: QtBot) -> None:
    page.filters.first.set_value(FIFTH)
    page.filters.last.set_value(date(2025, 1, 1))
    qtbot.waitUntil(lambda: "before the first" in page.filters._fields["last"].error())
    page.filters.last.box.setText("31-02")
    qtbot.waitUntil(lambda: "31-02" in page.filters._fields["last"].error())
    found(page, qtbot, 43)


def test_the_history_of_the_chosen_one_is_told(page: FindPage, desk: Desk, qtbot: QtBot) -> None:
    chosen = page.table.current_row()
    desk.branch.at_desk(None)
    desk.visits.change(
        chosen.id,
        VisitDraft(on=FIFTH, at=time(12), count=3, purpose="study", note="dibetulkan"),
    )
    qtbot.waitUntil(lambda: "changed" in words(page))
    told = words(page)
    assert "23 November 2026 09:41 · changed" in told
    assert "Purpose: Not recorded → Study/homework" in told
    assert "How many people: 1 → 3" in told
    assert "Age group: 17–25 → –" in told
    assert "Sex: Female → Not recorded" in told
    assert "Note: – → dibetulkan" in told
    assert "23 November 2026 09:41 · Rina · recorded" in told


def test_a_group_tells_its_parts_and_leader(page: FindPage, desk: Desk, qtbot: QtBot) -> None:
    group = next(each for each in desk.visits.page(0, 100) if each.count == 12)
    desk.visits.change(group.id, VisitDraft(on=date(2026, 10, 6), count=12, type=VisitorType.GROUP))
    page.filters.type.set_value("group")
    found(page, qtbot, 1)
    qtbot.waitUntil(lambda: "Leader: Siti Aminah → –" in words(page))
    told = words(page)
    assert "Parts of the group: 1 part → –" in told
    assert "Day: 05-10-2026 → 06-10-2026" in told
    assert "Time: 11:00 → –" in told
    assert "How exactly: Exact time → Only the day" in told


def test_forty_get_a_purpose_and_one_key_takes_it_back(
    page: FindPage, desk: Desk, qtbot: QtBot
) -> None:
    page.filters.sex.set_value("unknown")
    found(page, qtbot, 43)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "43 visits chosen" in words(page)
    page.card.many.form.fill(purpose="study")
    qtbot.keyClick(page.card.many.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: purposes(desk).get("study") == 43)
    qtbot.waitUntil(lambda: "43 visits changed" in said(page))
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert purposes(desk) == {"unknown": 44}
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page, Qt.Key.Key_Z, shift)
    assert purposes(desk)["study"] == 43
    qtbot.keyClick(page, Qt.Key.Key_Z, shift)
    assert "nothing to redo" in said(page)


def said(page: FindPage) -> str:
    return " ".join(
        label.text() for toast in page.findChildren(Toast) for label in toast.findChildren(Text)
    )


def test_nothing_to_change_is_said(page: FindPage, desk: Desk) -> None:
    page.table.selectAll()
    page.card.apply.click()
    assert "Nothing is to be changed" in words(page)
    assert purposes(desk) == {"unknown": 44}


def test_several_are_removed_with_a_reason_and_counted_again(page: FindPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    (dialog,) = page.findChildren(ReasonDialog)
    dialog.usual._chips["recorded twice"].click()
    qtbot.keyClick(dialog.form.field("note").widget, Qt.Key.Key_Return)
    found(page, qtbot, 42)
    qtbot.waitUntil(lambda: "2 visits removed" in said(page))
    page.filters.state.set_value("removed")
    found(page, qtbot, 2)
    qtbot.waitUntil(lambda: "recorded twice" in words(page))
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)  # they are removed already
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert not [each for each in page.findChildren(VisitDialog) if each.isVisible()]
    page.table.selectAll()
    assert "2 visits chosen" in words(page)
    page.card.back.click()
    found(page, qtbot, 0)
    page.filters.reset()
    found(page, qtbot, 44)


def test_a_reason_that_is_too_long_is_said_at_its_field(page: FindPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    (dialog,) = page.findChildren(ReasonDialog)
    dialog.form.fill(note="x" * 501)
    qtbot.keyClick(dialog.form.field("note").widget, Qt.Key.Key_Return)
    assert "longer than" in dialog.form.field("note").error()
    dialog.reject()


def test_one_is_edited_in_its_dialog(page: FindPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(VisitDialog)
    dialog.form.fill(count=7)
    dialog._on_submitted()
    qtbot.waitUntil(lambda: "Changed" in said(page))
    qtbot.waitUntil(lambda: page.table.current_row().count == 7)
    page.table.link_clicked.emit(page.table.current_row(), "edit")
    dialog = next(each for each in page.findChildren(VisitDialog) if each.isVisible())
    dialog._on_remove()
    found(page, qtbot, 43)


def test_what_was_chosen_stays_chosen_when_more_come(
    page: FindPage, desk: Desk, qtbot: QtBot
) -> None:
    chosen = page.table.current_row()
    desk.visits.record(VisitDraft())
    found(page, qtbot, 45)
    assert page.table.current_row().id == chosen.id


def test_it_fits_a_small_screen(page: FindPage) -> None:
    page.resize(944, 540)
    page.table.selectAll()
    assert not texts_fit(page)
    assert page.card.apply.isVisible()
