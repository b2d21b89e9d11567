"""The queue at the board: numbers taken, called, served, missed, left, shown and printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.computers.board import TileKind
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.computers.page import ComputersPage
from perpudesk.computers.page.caller import Caller
from perpudesk.computers.page.queue_table import QueueTable
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, Profile
from perpudesk.ui import printing, theme
from perpudesk.ui.pdf import PdfPages
from tests.computers.page.conftest import begun, kinds, open_ones, tile
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

MAN = Profile(sex=Sex.MALE, age_band="26-45")


@pytest.fixture
def caller(desk: Desk, page: ComputersPage) -> Caller:
    made = Caller(
        page,
        desk.queue,
        desk.patrons,
        desk.branch,
        desk.workstations,
        now=desk.clock.now,
        practice=lambda: False,
    )
    page.refresh()
    return made


@pytest.fixture
def full(desk: Desk, pcs: list[Workstation]) -> list[Workstation]:
    """Every computer is in use."""
    for place in pcs:
        begun(desk, place)
    return pcs


def wait(desk: Desk, clock: FixedClock, count: int = 1) -> None:
    """So many people take a number by other hands."""
    for _ in range(count):
        clock.advance(minutes=1)
        desk.queue.take(TicketDraft(profile=MAN))


def lines(table: QueueTable) -> list[list[str]]:
    """What the list says."""
    model = table.rows
    return [
        [model.index(row, at).data() for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_number_is_taken_with_two_keys(
    desk: Desk, full: list[Workstation], page: ComputersPage, caller: Caller, person: Person
) -> None:
    assert len(full) == 4
    assert caller.card.empty.isVisible()
    person.types("a")
    assert page.view.panel is caller.panel
    assert page.view.hint.text().startswith("Press the key of an age group to take a number")
    person.types("r")
    (ticket,) = desk.queue.waiting()
    assert ticket.profile == Profile(sex=Sex.FEMALE, age_band="26-45")
    assert page.view.panel is None
    assert lines(caller.card.table) == [["A-01", "F · 26–45", "±30 min"]]
    assert person.toasts(page) == ["A-01 for F · 26–45: ±30 min."]
    person.presses(Qt.Key.Key_Z, "Control")
    assert caller.card.empty.isVisible()


def test_a_name_or_a_card_takes_a_number(
    desk: Desk,
    page: ComputersPage,
    caller: Caller,
    siti: Patron,
    *,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    person.types("a/siti")
    person.presses(Qt.Key.Key_Return)
    (ticket,) = desk.queue.waiting()
    assert (ticket.patron_id, ticket.type) == (siti.id, siti.visitor_type)
    fixed_clock.advance(seconds=2)
    person.types("a")
    person.scans("A-0012")
    assert page.view.panel is caller.panel, "it says why there is no second number"
    assert "Siti Aminah waits already" in caller.panel._error.text()
    person.presses(Qt.Key.Key_Escape)
    assert page.view.panel is None
    assert len(desk.queue.waiting()) == 1


def test_who_is_not_known_is_registered_first(
    desk: Desk, page: ComputersPage, caller: Caller, person: Person
) -> None:
    assert not caller.card.table.isVisible()
    person.types("a")
    person.scans("A-0077")
    dialog = page.findChild(PatronDialog)
    assert dialog is not None
    dialog.form.fill(name="Dewi")
    dialog.submitted.emit()
    (ticket,) = desk.queue.waiting()
    assert ticket.patron_name == "Dewi"


def test_the_panel_says_who_waits_and_takes_taps(
    desk: Desk,
    full: list[Workstation],
    caller: Caller,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    person.types("a")
    assert caller.panel.told.text().startswith("Nobody waits.")
    person.presses(Qt.Key.Key_Escape)
    wait(desk, fixed_clock, len(full) + 1)
    person.types("a")
    assert caller.panel.told.text() == "5 wait · the last one ±55 min"
    person.types("/")
    person.presses(Qt.Key.Key_Return)
    assert caller.panel.grid.hasFocus(), "nothing typed goes back to the grid"
    assert_accessible(caller.panel)


def test_called_then_served_by_the_number_of_the_computer(
    desk: Desk,
    full: list[Workstation],
    page: ComputersPage,
    caller: Caller,
    *,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    wait(desk, fixed_clock, 2)
    assert not caller.card.call.isVisible()
    person.types("n")
    assert person.toasts(page)[0].startswith("No computer is free.")
    desk.computers.end(open_ones(desk)[2].id)
    assert caller.card.call.label() == "Call A-01"
    person.types("n")
    assert person.toasts(page) == ["A-01 is called to PC 3."]
    assert kinds(page)[2] is TileKind.CALLED
    face = tile(page, 3).face
    assert face is not None
    assert (face.state, face.who, face.big) == ("Called", "M · 26–45", "A-01")
    assert lines(caller.card.table)[0] == ["A-01", "M · 26–45", "→ PC 3"]
    assert not caller.card.call.isVisible(), "nothing else is free"
    page.beginning.panel.chips.choose("study")
    person.types("3")
    assert person.toasts(page) == ["A-01 begins at PC 3."]
    session = open_ones(desk)[-1]
    assert (session.workstation_id, session.purpose) == (full[2].id, "study")
    assert lines(caller.card.table)[0][0] == "A-02"
    person.presses(Qt.Key.Key_Z, "Control")
    assert kinds(page)[2] is TileKind.CALLED


def test_served_missed_and_left_by_keys(
    desk: Desk, page: ComputersPage, caller: Caller, person: Person, fixed_clock: FixedClock
) -> None:
    wait(desk, fixed_clock, 3)
    person.types("h")
    assert person.toasts(page) == ["Nobody was called. N calls the next one."]
    person.types("nt")
    assert person.toasts(page) == ["A-01 did not come and waits again, behind the others."]
    assert [each.code for each in desk.queue.waiting()] == ["A-02", "A-03", "A-01"]
    person.types("n")
    person.types("h")
    assert len(open_ones(desk)) == 1
    person.types("q")
    assert caller.card.table.hasFocus()
    person.presses(Qt.Key.Key_End)
    person.types("g")
    assert person.toasts(page) == ["A-01 does not wait."]
    person.presses(Qt.Key.Key_Delete)
    assert desk.queue.waiting() == ()
    for key in "nqg":
        person.types(key)
        assert person.toasts(page) == ["Nobody waits."]


def test_enter_in_the_list_calls_that_one_and_then_serves_it(
    desk: Desk, page: ComputersPage, caller: Caller, person: Person, fixed_clock: FixedClock
) -> None:
    wait(desk, fixed_clock, 2)
    person.types("q")
    assert caller.card.table.hasFocus()
    person.presses(Qt.Key.Key_Down)
    person.presses(Qt.Key.Key_Return)
    called = [each.code for each in desk.queue.called()]
    assert called == ["A-02"], "whoever has the cursor"
    person.presses(Qt.Key.Key_Return)
    assert len(open_ones(desk)) == 1
    person.presses(Qt.Key.Key_Escape)
    assert page.view.board.current() is person.focus


def test_in_the_list_a_key_of_a_tile_does_nothing_and_a_digit_goes_to_the_board(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, caller: Caller, person: Person
) -> None:
    begun(desk, pcs[0])
    desk.queue.take(TicketDraft())
    person.types("q")
    assert caller.card.table.hasFocus()
    person.types("p")
    assert open_ones(desk)[0].paused_at is None
    person.types("2")
    assert page.view.panel is page.beginning.panel


def test_everybody_was_called(
    desk: Desk, page: ComputersPage, caller: Caller, person: Person, fixed_clock: FixedClock
) -> None:
    wait(desk, fixed_clock)
    person.types("nn")
    assert caller.card.table.isVisible()
    assert person.toasts(page) == ["Everybody who waits was called."]


def test_enter_says_that_nothing_is_free(
    desk: Desk,
    full: list[Workstation],
    page: ComputersPage,
    caller: Caller,
    *,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    wait(desk, fixed_clock, len(full))
    caller.card.go()
    person.presses(Qt.Key.Key_Return)
    assert person.toasts(page)[0].startswith("No computer is free.")


def test_what_is_refused_is_said(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, caller: Caller, person: Person
) -> None:
    ticket = desk.queue.take(TicketDraft())
    called = desk.queue.call(ticket.id, pcs[1].id)
    begun(desk, pcs[1])
    caller.serve(called)
    assert person.toasts(page)[0].startswith("PC 2 is in use")
    desk.queue.leave(ticket.id)
    caller.print_slip(called)
    assert person.toasts(page)[0].startswith("That number is not here any more")
    caller.leave(called)
    assert "does not wait any more" in person.toasts(page)[0]


def test_a_visit_is_counted_as_the_board_says(
    desk: Desk, page: ComputersPage, caller: Caller, siti: Patron, person: Person
) -> None:
    profile = siti.profile(desk.store.today())
    desk.queue.take(TicketDraft(patron_id=siti.id, profile=profile, type=siti.visitor_type))
    assert caller.card.table.isVisible()
    person.types("nh")
    assert desk.visits.counted_on(siti.id, desk.store.today()) is not None
    desk.queue.take(TicketDraft())
    person.types("nh")
    assert desk.visits.today().total == 1, "without a name only where it is wanted"
    page.beginning.panel.count_unnamed(True)
    desk.queue.take(TicketDraft())
    person.types("nh")
    assert desk.visits.today().total == 2


def test_a_patron_who_waits_and_begins_without_a_call_waits_no_more(
    desk: Desk, page: ComputersPage, caller: Caller, siti: Patron, person: Person
) -> None:
    desk.queue.take(TicketDraft(patron_id=siti.id))
    assert caller.card.table.isVisible()
    person.scans("A-0012")
    person.types("2")
    (session,) = open_ones(desk)
    (ticket,) = desk.queue.of_day(desk.store.today())
    assert (ticket.session_id, desk.queue.waiting()) == (session.id, ())
    person.presses(Qt.Key.Key_Z, "Control")
    assert open_ones(desk) == []
    assert len(desk.queue.waiting()) == 1
    assert page.view.panel is None


def test_waits_go_on_with_the_clock(
    desk: Desk,
    full: list[Workstation],
    page: ComputersPage,
    caller: Caller,
    fixed_clock: FixedClock,
) -> None:
    wait(desk, fixed_clock)
    assert len(full) == 4
    assert lines(caller.card.table)[0][2] == "±29 min"
    fixed_clock.advance(minutes=9)
    page._tick()
    assert lines(caller.card.table)[0][2] == "±20 min"
    fixed_clock.advance(minutes=20)
    page._tick()
    assert lines(caller.card.table)[0][2] == "soon"


def test_yesterdays_are_seen_no_more_when_the_day_rolls(
    desk: Desk, page: ComputersPage, caller: Caller, fixed_clock: FixedClock
) -> None:
    wait(desk, fixed_clock)
    fixed_clock.advance(days=1)
    page._tick()
    assert lines(caller.card.table) == []


def test_the_called_number_is_shown_large_and_follows_every_call(
    desk: Desk, page: ComputersPage, caller: Caller, person: Person, fixed_clock: FixedClock
) -> None:
    wait(desk, fixed_clock, 3)
    person.types("d")
    display = caller.display
    assert display is not None
    assert display.isVisible()
    assert display.accessibleName() == "Please wait for your number"
    person.looks_at(page)
    person.types("n")
    assert display.calls == ("A-01 → PC 1",)
    fixed_clock.advance(minutes=1)
    person.types("n")
    assert display.calls == ("A-02 → PC 2", "A-01 → PC 1")
    assert not display.grab().isNull()
    person.types("h")
    assert len(display.calls) == 1
    display.keyPressEvent(_key(Qt.Key.Key_A))
    assert display.isVisible()
    display.keyPressEvent(_key(Qt.Key.Key_Escape))
    assert not display.isVisible()
    person.looks_at(page)
    person.types("d")
    assert caller.display is display
    assert display.isVisible()
    display.mouseDoubleClickEvent(None)
    assert not display.isVisible()


def _key(key: Qt.Key) -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_a_slip_is_printed(
    desk: Desk,
    page: ComputersPage,
    caller: Caller,
    person: Person,
    *,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bytes] = []

    def choose(_parent: object, data: bytes) -> QPrinter | None:
        asked.append(data)

    monkeypatch.setattr(printing, "choose_printer", choose)
    desk.queue.take(TicketDraft())
    person.types("k")
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    pages = PdfPages(asked[0])
    assert len(pages) == 1
    assert round(pages.size_mm(0).width()) == 105
    pages.close()
    monkeypatch.setattr(type(caller.printing), "is_busy", lambda _self: True)
    person.types("k")
    assert len(asked) == 1, "one after the other"
    assert page.isVisible()


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("scale, size", [(1.0, (1024, 600)), (1.5, (1366, 768))])
def test_every_word_fits_and_every_part_has_a_name(
    desk: Desk,
    pcs: list[Workstation],
    qapp: QApplication,
    open_page: Callable[..., ComputersPage],
    *,
    fixed_clock: FixedClock,
    language: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    theme.apply(qapp, scale=scale)
    page = open_page(*size)
    i18n.use(language)
    made = Caller(
        page,
        desk.queue,
        desk.patrons,
        desk.branch,
        desk.workstations,
        now=desk.clock.now,
        practice=lambda: False,
    )
    wait(desk, fixed_clock, 9)
    first, *_ = desk.queue.waiting()
    desk.queue.call(first.id, pcs[0].id)
    desk.queue.no_show(first.id)
    desk.queue.call(desk.queue.waiting()[0].id, pcs[1].id)
    page.refresh()
    qapp.processEvents()
    assert made.card.table.isColumnHidden(2), "the wait stands below the name"
    assert "PC 2" in made.card.table.rows.columns[1].detail(made.card.table.shown[0])
    assert_accessible(made.card)
    assert not texts_fit(made.card)
    assert made.card.width() <= page.view._aside.viewport().width()
    made.begin()
    assert not texts_fit(made.panel)


def test_who_is_somewhere_else_is_called_from_a_stale_list(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, caller: Caller, person: Person
) -> None:
    """The offer is of what the list says; the service has the last word."""
    desk.queue.take(TicketDraft())
    found = caller.card.offer
    assert found is not None
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    caller.call(found)
    assert person.toasts(page)[0].startswith("PC 1 is in use")
