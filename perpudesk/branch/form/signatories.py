"""Who signs what is printed: left under *Mengetahui*, right under place and date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from perpudesk.branch.form.editor import Editor
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.branch.service import BranchService
from perpudesk.core.i18n import tr
from perpudesk.ui.fields import TextField
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text


class SignatoriesEditor(Editor):
    """Two forms side by side, as the signatures stand on paper."""

    def __init__(self, branch: BranchService, *, parent: QWidget | None = None) -> None:
        self.left = SignatoryForm(branch, SignatoryPlace.LEFT)
        self.right = SignatoryForm(branch, SignatoryPlace.RIGHT)
        super().__init__(self.left, self.right, parent=parent)
        left = column(Text(tr("Left, under “Mengetahui”"), "label"), self.left, gap=10)
        right = column(Text(tr("Right, under place and date"), "label"), self.right, gap=10)
        both = row(left, right, gap=28)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.setLayout(both)

    def refresh(self) -> None:
        for form in (self.left, self.right):
            form.refresh()


class SignatoryForm(LiveForm):
    """Post, name, rank and NIP of one of them."""

    def __init__(self, branch: BranchService, place: SignatoryPlace) -> None:
        super().__init__(self._keep_part)
        self._branch, self._place = branch, place
        left = place is SignatoryPlace.LEFT
        hint = tr("Such as: Head of the library") if left else tr("Such as: Librarian")
        self.add("post", tr("Post"), TextField(), hint=hint)
        self.add("name", tr("Name, with titles"), TextField())
        self.add("rank", tr("Rank"), TextField(), hint=tr("May stay empty."))
        self.add(
            "nip", tr("NIP"), TextField(), hint=tr("May stay empty: a dotted line is printed.")
        )

    def refresh(self) -> None:
        """Show what is stored."""
        who = self._who()
        self.show_kept(post=who.post, name=who.name, rank=who.rank or "", nip=who.nip or "")

    def _who(self) -> Signatory:
        known = (each for each in self._branch.signatories() if each.place is self._place)
        return next(known, Signatory(place=self._place, name="", post=""))

    def _keep_part(self, name: str, value: Any) -> None:
        self._branch.set_signatory(replace(self._who(), **{name: value}))
