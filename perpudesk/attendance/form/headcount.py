"""How many were at a meeting beside those on the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.model import MOST_PEOPLE, Headcount, Meeting
from perpudesk.attendance.service import AttendanceService
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import Method, Mode
from perpudesk.core.errors import InputError
from perpudesk.core.formats import date_long
from perpudesk.core.i18n import tr
from perpudesk.ui.fields import CheckField, NumberField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.text import Text
from perpudesk.visits.form.parts import PartsGrid


class HeadcountDialog(FormDialog):
    """Enter stores; an empty number says that nobody counted, which is not 0."""

    WIDE = 640
    stored = Signal()
    """It is on the disk."""

    def __init__(
        self,
        meeting: Meeting,
        attendance: AttendanceService,
        branch: BranchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        form = Form(enter_submits=True)
        super().__init__(tr("Headcount"), form, parent=parent)
        self._meeting, self._attendance = meeting, attendance
        day = date_long(meeting.schedule.day)
        said = tr("{day}: people beside those on the list, who have their own marks.", day=day)
        form.add_part(Text(said, "quiet", wrap=True))
        count = NumberField(high=MOST_PEOPLE)
        form.add("headcount", tr("How many people"), count, hint=tr("Empty: nobody counted."))
        form.add("estimated", "", CheckField(tr("Estimated")), beside=True)
        self.parts = PartsGrid(branch.current().age_bands)
        form.add("parts", tr("Of these, as far as known"), self.parts)
        here = meeting.schedule.mode is Mode.ON_SITE
        visits = CheckField(tr("Whoever is present is a visitor of that day too"))
        form.add("visits", "", visits, hint=tr("Nobody is counted twice."))
        form.field("visits").setVisible(here)
        known = meeting.headcount
        form.fill(
            headcount=None if known is None else known.count,
            estimated=known is not None and known.method is Method.ESTIMATED,
            parts=() if known is None else known.parts,
            visits=meeting.count_visits,
        )
        form.changed.connect(self._show_rest)
        self.submitted.connect(self._on_submitted)
        self._show_rest()

    def headcount(self) -> Headcount | None:
        """What was counted, None: nobody did; raises `InputError` where it cannot be read."""
        parts = self.form.value("parts")
        count = self.form.value("headcount")
        if count is None and not parts:
            return None
        if count is None:
            count = sum(each.count for each in parts)
        method = Method.ESTIMATED if self.form.value("estimated") else Method.COUNTED
        return Headcount(count=count, parts=parts, method=method)

    def _show_rest(self) -> None:
        try:
            total = self.form.value("headcount")
        except InputError:  # told when it is stored
            return
        self.parts.show_rest(total)

    def _on_submitted(self) -> None:
        if self.form.attempt(self._store):
            self.accept()
            self.stored.emit()

    def _store(self) -> None:
        visits = self.form.value("visits")
        self._attendance.count_heads(self._meeting.id, self.headcount(), visits=visits)
