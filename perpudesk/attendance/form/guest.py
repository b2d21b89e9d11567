"""Somebody without a name on a list: what is known of them, and nothing more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.patrons.model import Profile
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.text import Text
from perpudesk.visits.form.profile import (
    add_occupation_and_education,
    add_sex_and_age,
    fill_profile,
    profile_in,
    show_band_of_years,
)


class GuestDialog(FormDialog):
    """Enter adds one and begins the next; Escape closes."""

    WIDE = 520
    added = Signal()
    """One more is on the list."""

    def __init__(
        self,
        enrol: Callable[[Profile], object],
        branch: BranchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`enrol` puts a profile on the list; it may raise `PerpuDeskError`."""
        form = Form(enter_submits=True)
        super().__init__(tr("Participants without a name"), form, action=tr("Add"), parent=parent)
        self._enrol, self._branch, self._count = enrol, branch, 0
        add_sex_and_age(form, branch.current().age_bands, Profile())
        add_occupation_and_education(form, branch, Profile())
        self.told = Text("", "quiet")
        self.told.hide()
        form.add_part(self.told)
        fill_profile(form, Profile())
        form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)

    def _on_changed(self) -> None:
        show_band_of_years(self.form, self._branch.current().age_bands)

    def _on_submitted(self) -> None:
        if not self.form.attempt(lambda: self._enrol(profile_in(self.form))):
            return
        self._count += 1
        n = self._count
        self.told.setText(trn("{count} added.", "{count} added.", n, count=number(n)))
        self.told.show()
        fill_profile(self.form, Profile())
        self.form.focus_first()
        self.added.emit()
