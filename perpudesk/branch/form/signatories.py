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
from perpudesk.ui.layout import Beside, boxed, column
from perpudesk.ui.text import Text


class SignatoriesEditor(Editor):
    """Two forms, side by side as the signatures stand on paper where there is room."""

    def __init__(self, branch: BranchService, *, parent: QWidget | None = None) -> None:
        self.left = SignatoryForm(branch, SignatoryPlace.LEFT)
        self.right = SignatoryForm(branch, SignatoryPlace.RIGHT)
        super().__init__(self.left, self.right, parent=parent)
        left = Text(tr("Left, under “Mengetahui”"), "label", wrap=True)
        right = Text(tr("Right, under place and date"), "label", wrap=True)
        halves = (
            boxed(column(left, self.left, None, gap=10)),
            boxed(column(right, self.right, None, gap=10)),
        )
        self.setLayout(column(Beside(*halves, gap=28)))

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
        for name, title in (("rank", tr("Rank")), ("nip", tr("NIP"))):
            self.add(name, title, TextField(), hint=tr("May stay empty: it is then left out."))

    def refresh(self) -> None:
        """Show what is stored."""
        who = self._who()
        self.show_kept(post=who.post, name=who.name, rank=who.rank or "", nip=who.nip or "")

    def _who(self) -> Signatory:
        known = (each for each in self._branch.signatories() if each.place is self._place)
        return next(known, Signatory(place=self._place, name="", post=""))

    def _keep_part(self, name: str, value: Any) -> None:
        self._branch.set_signatory(replace(self._who(), **{name: value}))
