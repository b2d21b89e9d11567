"""Computers reserved from the board: those of a tile, or a look at all reservations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from PySide6.QtCore import QObject

from perpudesk.branch.service import BranchService
from perpudesk.computers.booking import Reservation
from perpudesk.computers.form.reservations import ReservationsDialog, reserved_words
from perpudesk.computers.form.reserve import ReserveDialog
from perpudesk.computers.model import Workstation
from perpudesk.computers.page.page import ComputersPage
from perpudesk.computers.reserving import ReservationService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.times import zone
from perpudesk.patrons.service import PatronService


class Keeping(QObject):
    """Answers what a page asks about reservations; what is typed stays in its two dialogs."""

    def __init__(
        self,
        page: ComputersPage,
        reservations: ReservationService,
        patrons: PatronService,
        branch: BranchService,
        workstations: WorkstationService,
        *,
        undo: Callable[[], object],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(page)
        self._page, self._reservations, self._patrons = page, reservations, patrons
        self._branch, self._workstations = branch, workstations
        self._undo, self._now = undo, now
        page.reserve_asked.connect(self._on_reserve_asked)
        page.reservation_asked.connect(self._on_reservation_asked)

    @cached_property
    def reserve(self) -> ReserveDialog:
        """What the computer of a tile is reserved with."""
        dialog = ReserveDialog(
            self._reservations,
            self._patrons,
            self._branch,
            self._workstations.all,
            now=self._now,
            parent=self._page,
        )
        dialog.stored.connect(self._on_stored)
        return dialog

    @cached_property
    def every(self) -> ReservationsDialog:
        """All reservations."""
        return ReservationsDialog(
            self._reservations,
            self._patrons,
            self._branch,
            self._workstations.all,
            undo=self._undo,
            now=self._now,
            parent=self._page,
        )

    def _on_reserve_asked(self, place: Workstation) -> None:
        self.reserve.begin(place)

    def _on_reservation_asked(self, kept: Reservation | None) -> None:
        if kept is None:
            self.every.open()
        else:
            self.every.look_at(kept)

    def _on_stored(self, kept: Reservation) -> None:
        self._page.tell(reserved_words(kept, zone(self._branch.current().zone)))
