"""What became of participants: as numbers, and by name for this screen alone."""

from __future__ import annotations

from datetime import date

from perpudesk.attendance.model import Sheet
from perpudesk.attendance.service import AttendanceService
from perpudesk.db.connection import Store
from perpudesk.trainings import store as rows
from perpudesk.trainings.returning import (
    AfterTraining,
    Returned,
    after_training,
    known_people,
    span_of,
)


class ReturnService:
    """Asks who of a training used a computer again; it writes nothing."""

    def __init__(self, store: Store, attendance: AttendanceService) -> None:
        """Ask the records of `store`."""
        self._store = store
        self._attendance = attendance

    def of(self, course_id: str) -> AfterTraining:
        """How many came back within 30 and 90 days of the last meeting held."""
        return self.of_sheet(self._attendance.sheet(course_id, of_course=True))

    def of_sheet(self, sheet: Sheet) -> AfterTraining:
        """The same of a list that is at hand."""
        return after_training(sheet, self._first_use(sheet), self._store.today())

    def names(self, course_id: str) -> tuple[Returned, ...]:
        """Who came back, the first one first; never printed and never exported."""
        sheet = self._attendance.sheet(course_id, of_course=True)
        used = self._first_use(sheet)
        found = [
            Returned(participant=each, day=used[each.id])
            for each in known_people(sheet)
            if each.id in used
        ]
        return tuple(sorted(found, key=lambda each: each.day))

    def _first_use(self, sheet: Sheet) -> dict[str, date]:
        span = span_of(sheet, self._store.today())
        if span is None:
            return {}
        with self._store.reading() as db:
            return rows.first_uses(db, sheet.list_id, *span)
