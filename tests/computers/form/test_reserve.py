"""Computers reserved by keys: for a class, for a person, and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.computers.booking import Reservation, ReservationDraft, ReservationKind
from perpudesk.computers.form.reserve import ReserveDialog
from perpudesk.computers.model import Workstation
from perpudesk.core import i18n
from perpudesk.core.codes import Condition, Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import PatronDraft
from perpudesk.ui import theme
from tests.ui.accessibility import assert_accessible, texts_fit


def at(hour: int, minute: int) -> datetime:
    """A moment of Monday in Jakarta."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def keep(desk: Desk, *places: Workstation, start: datetime, end: datetime) -> Reservation:
    return desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.CLASS,
            title="Email UMKM",
            start=start,
            end=end,
            workstation_ids=tuple(each.id for each in places),
        )
    )


@pytest.fixture
def dialog(
    desk: Desk, pcs: list[Workstation], window: QMainWindow, active: Callable[[QWidget], None]
) -> Iterator[ReserveDialog]:
    assert pcs, "there are computers to be reserved"
    dialog = ReserveDialog(
        desk.reservations,
        desk.patrons,
        desk.branch,
        desk.workstations.all,
        now=desk.clock.now,
        parent=window,
    )
    dialog.begin()
    active(dialog)
    yield dialog
    dialog.reject()


def press(key: Qt.Key, times: int = 1) -> None:
    """Press a key where the focus is."""
    for _ in range(times):
        QTest.keyClick(focused(), key)


def type_(text: str) -> None:
    """Type where the focus is."""
    QTest.keyClicks(focused(), text)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def errors(dialog: ReserveDialog) -> dict[str, str]:
    """What is wrong, by field."""
    names = ("title", "patron_id", "on", "start", "end", "workstations", "note")
    told = {name: dialog.form.field(name).error() for name in names}
    return {name: sentence for name, sentence in told.items() if sentence}


def test_a_class_is_reserved_by_keys_alone(
    desk: Desk, pcs: list[Workstation], dialog: ReserveDialog, qtbot: QtBot
) -> None:
    type_("Email UMKM")
    press(Qt.Key.Key_Tab, 3)  # the day, its calendar, the start
    type_("10.00")
    press(Qt.Key.Key_Tab)
    type_("90")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.stored):
        press(Qt.Key.Key_Return)
    (made,) = desk.reservations.coming()
    assert (made.kind, made.title) == (ReservationKind.CLASS, "Email UMKM")
    assert (made.start, made.end) == (at(10, 0), at(11, 30))
    assert made.workstation_ids == (pcs[0].id, pcs[1].id)
    assert dialog.isHidden()
    dialog.begin()
    assert (dialog.title_.value(), dialog.places.value()) == ("", ()), "the next one begins anew"


def test_it_offers_the_next_quarter_for_an_hour(dialog: ReserveDialog) -> None:
    typed = dialog.form.typed()
    assert (typed["on"], typed["start"], typed["end"]) == ("23-11-2026", "09:45", "10:45")


def test_a_tile_of_the_board_comes_ticked(pcs: list[Workstation], dialog: ReserveDialog) -> None:
    type_("Email")
    press(Qt.Key.Key_Escape)
    dialog.begin(pcs[2])
    assert dialog.places.value() == (pcs[2].id,)
    assert dialog.title_.value() == "Email", "nothing typed is lost"


def test_a_person_is_found_or_registered(
    desk: Desk,
    pcs: list[Workstation],
    dialog: ReserveDialog,
    active: Callable[[QWidget], None],
) -> None:
    dewi = desk.patrons.add(PatronDraft(name="Dewi Rahayu", sex=Sex.FEMALE))
    dialog.kind.chip("person").click()
    assert not dialog.title_.isVisible()
    dialog.patron.setFocus()
    type_("dewi")
    press(Qt.Key.Key_Return)
    dialog.places.set_value([pcs[3].id])
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    (made,) = desk.reservations.coming()
    assert (made.patron_id, made.title) == (dewi.id, None)

    dialog.begin()
    active(dialog)
    dialog.kind.chip("person").click()
    dialog.patron.setFocus()
    type_("Budi")
    press(Qt.Key.Key_Return)
    register = dialog.findChild(PatronDialog)
    assert register is not None
    register.form.fill(name="Budi Santoso")
    register.submitted.emit()
    assert dialog.patron.value() is not None
    dialog.reject()


def test_without_a_name_it_is_for_somebody(
    desk: Desk, pcs: list[Workstation], dialog: ReserveDialog
) -> None:
    dialog.kind.chip("person").click()
    dialog.places.set_value([pcs[0].id])
    dialog.submitted.emit()
    (made,) = desk.reservations.coming()
    assert (made.kind, made.patron_id) == (ReservationKind.PERSON, None)


def test_for_a_person_only_what_is_still_to_come(
    desk: Desk, pcs: list[Workstation], dialog: ReserveDialog
) -> None:
    dialog.kind.chip("person").click()
    dialog.form.fill(start="08.00", end="09.00", workstations=(pcs[0].id,))
    dialog.submitted.emit()
    assert list(errors(dialog)) == ["end"]
    assert "is over" in errors(dialog)["end"]
    dialog.kind.chip("class").click()
    dialog.form.fill(title="Email")
    dialog.submitted.emit()
    (made,) = desk.reservations.of_day(desk.store.today())
    assert made.title == "Email", "a class that was held is entered afterwards"


@pytest.mark.parametrize(
    "typed, field, words",
    [
        ({"title": ""}, "title", "no title"),
        ({"start": ""}, "start", "empty"),
        ({"start": "25.00"}, "start", "not a time of day"),
        ({"end": ""}, "end", "empty"),
        ({"end": "09.00"}, "end", "not after the start"),
        ({"workstations": ()}, "workstations", "Tick at least one"),
        ({"title": "x" * 121}, "title", "longer than"),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    desk: Desk,
    pcs: list[Workstation],
    dialog: ReserveDialog,
    *,
    typed: dict[str, object],
    field: str,
    words: str,
) -> None:
    good = {"title": "Email", "start": "10.00", "end": "11.00", "workstations": (pcs[0].id,)}
    dialog.form.fill(**{**good, **typed})
    dialog.submitted.emit()
    assert list(errors(dialog)) == [field]
    assert words in errors(dialog)[field]
    assert desk.reservations.coming() == []
    assert dialog.isVisible()


def test_computers_that_are_reserved_then_cannot_be_ticked(
    desk: Desk, pcs: list[Workstation], dialog: ReserveDialog, qtbot: QtBot
) -> None:
    keep(desk, pcs[0], pcs[1], start=at(10, 0), end=at(11, 0))
    dialog.form.fill(title="Menulis", start="10.30", end="60")
    qtbot.waitUntil(lambda: not dialog.places.tick(pcs[0].id).isEnabled())
    assert dialog.places.tick(pcs[0].id).accessibleDescription() == "10:00–11:00 · Email UMKM"
    assert dialog.form.field("end").widget.accessibleDescription() == "until 11:30"
    dialog.places.tick_all()
    assert dialog.places.value() == (pcs[2].id, pcs[3].id)
    dialog.form.fill(start="11.")
    qtbot.waitUntil(lambda: dialog.places.tick(pcs[0].id).isEnabled())
    dialog.form.fill(start="10.30", workstations=(pcs[0].id,))
    dialog.submitted.emit()
    assert "PC 1 is reserved from 10:00 to 11:00" in errors(dialog)["workstations"]


def test_a_reservation_that_stands_is_changed(
    desk: Desk, pcs: list[Workstation], dialog: ReserveDialog, fixed_clock: FixedClock
) -> None:
    made = keep(desk, pcs[0], start=at(10, 0), end=at(11, 0))
    dialog.reject()
    dialog.change(made)
    assert dialog.places.tick(pcs[0].id).isEnabled(), "its own does not stand in its way"
    dialog.form.fill(title="Email lanjutan", end="11.30", workstations=(pcs[0].id, pcs[1].id))
    dialog.submitted.emit()
    (changed,) = desk.reservations.coming()
    assert (changed.id, changed.title, changed.end) == (made.id, "Email lanjutan", at(11, 30))
    fixed_clock.advance(minutes=10)
    dialog.begin()
    assert dialog.title_.value() == ""


def test_staff_and_retired_computers_are_not_offered(
    desk: Desk, pcs: list[Workstation], dialog: ReserveDialog
) -> None:
    dialog.reject()
    desk.workstations.set_condition(pcs[0].id, Condition.RETIRED)
    desk.workstations.set_condition(pcs[1].id, Condition.MAJOR_DAMAGE)
    dialog.begin()
    assert dialog.places.tick(pcs[1].id).accessibleName() == "PC 2 · broken"
    with pytest.raises(KeyError):
        dialog.places.tick(pcs[0].id)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_word_fits_and_every_part_has_a_name(
    desk: Desk,
    window: QMainWindow,
    qapp: QApplication,
    qtbot: QtBot,
    *,
    language: str,
    scale: float,
) -> None:
    i18n.use(language)
    theme.apply(qapp, scale=scale)
    desk.workstations.add_many(30)
    dialog = ReserveDialog(
        desk.reservations,
        desk.patrons,
        desk.branch,
        desk.workstations.all,
        now=desk.clock.now,
        parent=window,
    )
    dialog.begin()
    qtbot.waitUntil(dialog.isVisible)
    assert_accessible(dialog)
    assert not texts_fit(dialog)
    dialog.reject()


def test_another_zone_of_the_branch_counts_at_once(
    desk: Desk, pcs: list[Workstation], dialog: ReserveDialog
) -> None:
    kept = keep(desk, pcs[0], start=at(10, 0), end=at(11, 0))
    desk.branch.set_up(zone="WIT")
    dialog.change(kept)
    assert (dialog.form.value("start"), dialog.form.value("end")) == ("12:00", "13:00")
    assert dialog.draft().start == kept.start
