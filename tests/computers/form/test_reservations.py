"""The list of reservations: looked through, changed, cancelled and ended by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from perpudesk.computers.booking import Reservation, ReservationDraft, ReservationKind
from perpudesk.computers.form.reservations import ReservationsDialog
from perpudesk.computers.model import Workstation
from perpudesk.core import i18n
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.ui import theme
from perpudesk.ui.toasts import Toast
from tests.ui.accessibility import assert_accessible, texts_fit

Opened = Callable[[ReservationsDialog], None]


def keep(
    desk: Desk,
    *places: Workstation,
    start: float,
    title: str | None = "Email UMKM",
    patron_id: str | None = None,
) -> Reservation:
    """An hour from so many minutes after now."""
    begin = desk.clock.now() + timedelta(minutes=start)
    return desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.PERSON if title is None else ReservationKind.CLASS,
            title=title,
            patron_id=patron_id,
            start=begin,
            end=begin + timedelta(hours=1),
            workstation_ids=tuple(each.id for each in places),
        )
    )


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow) -> Iterator[ReservationsDialog]:
    made = ReservationsDialog(
        desk.reservations,
        desk.patrons,
        desk.branch,
        desk.workstations.all,
        undo=desk.undo,
        now=desk.clock.now,
        parent=window,
    )
    yield made
    made.reserve.reject()
    made.reject()


@pytest.fixture
def opened(active: Callable[[QWidget], None]) -> Opened:
    """Opens the dialog."""

    def open_(dialog: ReservationsDialog) -> None:
        dialog.open()
        active(dialog)

    return open_


def lines(dialog: ReservationsDialog) -> list[list[str]]:
    """What the list says."""
    model = dialog.table.rows
    return [
        [model.index(row, at).data() for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, held)


def toast(dialog: ReservationsDialog) -> str:
    """What the dialog says last."""
    return [each.accessibleName() for each in dialog.findChildren(Toast)][-1]


def test_it_lists_those_of_today_and_later_and_those_that_are_over(
    desk: Desk,
    pcs: list[Workstation],
    dialog: ReservationsDialog,
    opened: Opened,
    fixed_clock: FixedClock,
) -> None:
    dewi = desk.patrons.add(PatronDraft(name="Dewi Rahayu"))
    keep(desk, pcs[0], start=-20, title="Menulis")
    fixed_clock.advance(days=1)
    keep(desk, pcs[0], pcs[1], start=-20)
    keep(desk, pcs[2], start=90, title=None, patron_id=dewi.id)
    keep(desk, *pcs, start=2 * 24 * 60, title="Dasar")
    opened(dialog)
    assert lines(dialog) == [
        ["Today", "09:21–10:21", "Email UMKM", "PC 1, PC 2", "Going on"],
        ["Today", "11:11–12:11", "Dewi Rahayu", "PC 3", "Coming"],
        ["Thu, 26 Nov", "09:41–10:41", "Dasar", "PC 1, PC 2, PC 3, PC 4", "Coming"],
    ]
    dialog.which.chip("over").click()
    assert lines(dialog) == [["Mon, 23 Nov", "09:21–10:21", "Menulis", "PC 1", "Over"]]
    assert not dialog.end.isEnabled()


def test_many_computers_are_told_in_short(
    desk: Desk, pcs: list[Workstation], dialog: ReservationsDialog, opened: Opened
) -> None:
    keep(desk, *pcs, *desk.workstations.add_many(5), start=10)
    opened(dialog)
    assert lines(dialog)[0][3] == "9 computers: PC 1, PC 2, PC 3 …"


@pytest.mark.usefixtures("pcs")
def test_an_empty_list_says_how_to_begin(dialog: ReservationsDialog, opened: Opened) -> None:
    opened(dialog)
    assert dialog.empty.isVisible()
    assert not dialog.change.isEnabled()
    press(Qt.Key.Key_Return)
    assert dialog.reserve.isVisible()
    dialog.reserve.reject()
    dialog.which.chip("over").click()
    assert "weeks" in dialog.empty.findChildren(type(dialog.empty._sentence))[0].text()


def test_delete_cancels_and_the_toast_brings_it_back(
    desk: Desk, pcs: list[Workstation], dialog: ReservationsDialog, opened: Opened
) -> None:
    made = keep(desk, pcs[0], start=10)
    opened(dialog)
    press(Qt.Key.Key_Delete)
    assert desk.reservations.coming() == []
    assert toast(dialog) == "Cancelled: Email UMKM, 09:51–10:51."
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.reservations.coming() == [made]
    assert lines(dialog)
    dialog.cancel_.click()
    assert desk.reservations.coming() == []


def test_a_class_that_goes_on_ends_now(
    desk: Desk,
    pcs: list[Workstation],
    dialog: ReservationsDialog,
    opened: Opened,
    fixed_clock: FixedClock,
) -> None:
    keep(desk, pcs[0], start=-10)
    opened(dialog)
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (ended,) = desk.reservations.coming()
    assert ended.end == fixed_clock.now().replace(microsecond=123_000)
    assert lines(dialog)[0][4] == "Over"
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert desk.reservations.coming() == [ended], "it is over"


def test_enter_changes_a_line_and_a_new_one_is_selected(
    desk: Desk,
    pcs: list[Workstation],
    dialog: ReservationsDialog,
    active: Callable[[QWidget], None],
) -> None:
    keep(desk, pcs[0], start=10)
    second = keep(desk, pcs[1], start=100, title="Menulis")
    dialog.look_at(second)
    active(dialog)
    press(Qt.Key.Key_Return)
    assert dialog.reserve.title_.value() == "Menulis"
    dialog.reserve.form.fill(title="Menulis surat")
    dialog.reserve.submitted.emit()
    assert dialog.table.current_row().title == "Menulis surat"
    assert toast(dialog) == "Reserved: Menulis surat, 23 Nov, 11:21–12:21."
    dialog.change.click()
    assert dialog.reserve.isVisible()
    dialog.reserve.reject()


def test_what_is_refused_is_said(
    desk: Desk, pcs: list[Workstation], dialog: ReservationsDialog, opened: Opened
) -> None:
    made = keep(desk, pcs[0], start=10)
    opened(dialog)
    desk.reservations.cancel(made.id)
    dialog.cancel(made)
    assert "not here any more" in toast(dialog)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_word_fits_and_every_part_has_a_name(
    desk: Desk,
    pcs: list[Workstation],
    window: QMainWindow,
    qapp: QApplication,
    *,
    opened: Opened,
    language: str,
    scale: float,
) -> None:
    i18n.use(language)
    theme.apply(qapp, scale=scale)
    keep(desk, *pcs, start=10, title="TIK dasar untuk ibu-ibu PKK Kelurahan Madurejo")
    dialog = ReservationsDialog(
        desk.reservations,
        desk.patrons,
        desk.branch,
        desk.workstations.all,
        undo=desk.undo,
        now=desk.clock.now,
        parent=window,
    )
    opened(dialog)
    assert_accessible(dialog)
    assert not texts_fit(dialog)
    dialog.reject()
