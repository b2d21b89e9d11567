"""Who works at the desk: added, renamed, taken out, and who is there now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.branch.form.editor import Editor
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.model import Staff
from perpudesk.branch.service import BranchService
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import column, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast


class StaffEditor(Editor):
    """A line for each, and one to add someone."""

    def __init__(self, branch: BranchService, *, parent: QWidget | None = None) -> None:
        self.form = Form(enter_submits=True)
        super().__init__(self.form, parent=parent)
        self._branch = branch
        self.lines: dict[str, StaffLine] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._nobody = Text(
            tr("Nobody yet. Visits are recorded without the name of who recorded them."),
            "quiet",
            wrap=True,
        )
        self.form.add("staff", tr("Someone new"), TextField(placeholder=tr("Name")))
        self.form.submitted.connect(self._on_add)
        self.add = Button(tr("Add"), self._on_add, icon="plus", key=tr("Enter"))
        newcomer = row(self.form, self.add)
        newcomer.setAlignment(self.add, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(self._nobody, self._column, newcomer, gap=16))

    def refresh(self) -> None:
        """Show who there is; a line stays in its place while its name is mended."""
        people = {who.id: who for who in self._branch.staff()}
        here = self._branch.who_is_at_desk()
        if set(people) != set(self.lines):
            for line in self.lines.values():
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self.lines = {who.id: StaffLine(self, self._branch, who) for who in people.values()}
            for line in self.lines.values():
                self._column.addWidget(line)
        for staff_id, line in self.lines.items():
            line.show_staff(people[staff_id], here=here is not None and here.id == staff_id)
        self._nobody.setVisible(not people)

    def keep_all(self) -> bool:
        """Add who was typed and not added yet; False when the name is refused."""
        return not self.form.value("staff") or self._add()

    def _on_add(self) -> None:
        self._add()

    def _add(self) -> bool:
        if not self.form.attempt(lambda: self._branch.add_staff(self.form.value("staff"))):
            return False
        people = self._branch.staff()
        if len(people) == 1:  # the only one is the one who is here
            self._branch.at_desk(people[0].id)
        self.form.clear()
        self.refresh()
        return True

    def choose(self, who: Staff) -> None:
        """From now on `who` records."""
        self._branch.at_desk(who.id)
        self.refresh()

    def take_out(self, who: Staff) -> None:
        """No longer at the desk, with a way back."""
        was_here = self._branch.who_is_at_desk() == who
        self._branch.remove_staff(who.id)
        self.refresh()
        words = tr("{name} is no longer at the desk.", name=who.name)
        toast(self, words, action=tr("Undo"), slot=lambda: self._bring_back(who, was_here))

    def _bring_back(self, who: Staff, was_here: bool) -> None:
        self._branch.bring_back_staff(who.id)
        if was_here:
            self._branch.at_desk(who.id)
        self.refresh()


class StaffLine(QWidget):
    """One name, mended in place; whether it is at the desk; the way out."""

    def __init__(self, editor: StaffEditor, branch: BranchService, who: Staff) -> None:
        super().__init__(editor)
        self._editor, self._who = editor, who
        self.form = LiveForm(lambda _name, value: branch.rename_staff(who.id, value))
        name = TextField(who.name)
        name.setAccessibleName(tr("Name"))
        self.form.add("staff", "", name)
        self.here = Pill(tr("at the desk now"), "ok")
        self.choose = Button(tr("Choose"), self._on_choose)
        words = tr("Take {name} out", name=who.name)
        self.remove = Button("", self._on_remove, kind="ghost", icon="trash", name=words)
        self.setLayout(row(self.form, self.here, self.choose, self.remove))

    def show_staff(self, who: Staff, *, here: bool) -> None:
        """Show the name as it is stored, and whether it is at the desk."""
        self._who = who
        self.form.show_kept(staff=who.name)
        self.here.setVisible(here)
        self.choose.setVisible(not here)

    def _on_choose(self) -> None:
        self._editor.choose(self._who)

    def _on_remove(self) -> None:
        self._editor.take_out(self._who)
