"""Computers reserved from the board."""

from __future__ import annotations

from datetime import timedelta

import pytest

from perpudesk.computers.board import TileKind
from perpudesk.computers.booking import Reservation, ReservationDraft, ReservationKind
from perpudesk.computers.model import Workstation
from perpudesk.computers.page import ComputersPage
from perpudesk.computers.page.keeping import Keeping
from perpudesk.desk import Desk
from tests.computers.page.conftest import kinds
from tests.visits.conftest import Person


@pytest.fixture
def keeping(desk: Desk, page: ComputersPage) -> Keeping:
    return Keeping(
        page,
        desk.reservations,
        desk.patrons,
        desk.branch,
        desk.workstations,
        undo=desk.undo,
        now=desk.clock.now,
    )


def a_class(desk: Desk, *places: Workstation) -> Reservation:
    """One that goes on for an hour from now."""
    now = desk.clock.now()
    return desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.CLASS,
            title="Email UMKM",
            start=now,
            end=now + timedelta(hours=1),
            workstation_ids=tuple(each.id for each in places),
        )
    )


def test_the_computer_of_a_tile_is_reserved(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, keeping: Keeping, person: Person
) -> None:
    person.types("r")
    dialog = keeping.reserve
    assert dialog.isVisible()
    assert dialog.places.value() == (pcs[0].id,)
    dialog.form.fill(title="Email UMKM", start="09.41", end="60")
    dialog.submitted.emit()
    assert kinds(page)[0] is TileKind.CLASS
    assert person.toasts(page) == ["Reserved: Email UMKM, 23 Nov, 09:41–10:41."]
    page.back.undo()
    assert desk.reservations.coming() == []
    assert kinds(page)[0] is TileKind.FREE


def test_a_class_is_looked_at_from_its_tile_and_all_by_key(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, keeping: Keeping, person: Person
) -> None:
    made = a_class(desk, pcs[1])
    page.reservation_asked.emit(made)
    assert keeping.every.table.current_row() == made
    keeping.every.reject()
    person.looks_at(page)
    person.types("j")
    assert keeping.every.isVisible()
    keeping.every.reject()
