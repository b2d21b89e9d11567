"""What an outage or a forgotten evening has ended: looked through and corrected by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.branch.model import Outage
from perpudesk.branch.service import BranchService
from perpudesk.computers.form.check_row import CheckRow
from perpudesk.computers.mending import MendingService
from perpudesk.computers.model import Session
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import date_full, number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.times import zone
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, FreeRoom, Scroll, boxed, column, fill, row
from perpudesk.ui.marks import KeyHint
from perpudesk.ui.text import Text
from perpudesk.ui.told import take_back
from perpudesk.visits.form.days_words import outage_words

RESUME_KEY, RIGHT_KEY = "Ctrl+J", "Ctrl+Enter"


class CheckSessions(QDialog):
    """Type when it ended, Enter goes to the next; what is left as it is stays an estimate.

    Escape leaves the rest for later, with the banner that asked.
    """

    changed = Signal()
    """A session was corrected, or goes on again."""
    checked = Signal()
    """The rest is right as it is."""

    def __init__(
        self,
        computers: ComputerService,
        mending: MendingService,
        branch: BranchService,
        workstations: WorkstationService,
        *,
        sessions: Sequence[Session],
        undo: Callable[[], object],
        outage: Outage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """The `sessions` that an `outage` has ended, else others whose end is not sure.

        `undo` takes back the last step, or raises `RuleError`.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._computers, self._mending, self._branch = computers, mending, branch
        self._undo, self._outage = undo, outage
        where = zone(branch.current().zone)
        title = outage_words(outage, where) if outage else tr("Sessions whose end is not sure")
        self.setWindowTitle(title)
        labels = {each.id: each.label for each in workstations.all(retired=True)}
        days = {each.local_date for each in sessions}
        several = len(days) > 1 or days != {branch.today()}
        self.rows = [CheckRow(each, labels, where, with_day=several) for each in sessions]
        self.right = Button(tr("The rest is right"), self._on_right, kind="primary", key=RIGHT_KEY)
        self._lay_out(title, days)
        self._connect()

    def _lay_out(self, title: str, days: set[date]) -> None:
        room = FreeRoom()
        head = row(Text(title, "heading"), room)
        head.setStretchFactor(room, 1)
        count = len(self.rows)
        told = trn(
            "Type when this session really ended; left alone it stays as it is.",
            "Type when these {count} sessions really ended; what is left alone stays as it is.",
            count,
            count=number(count),
        )
        day = f"{date_full(next(iter(days)))}. " if len(days) == 1 else ""
        lines = column(*self.rows, None, gap=0)
        later = Button(tr("Later"), self.reject, key=tr("Esc"))
        hint = row(KeyHint(tr("Enter")), Text(tr("store, next one"), "small"))
        for key, words in ((RESUME_KEY, tr("still going on")), ("Ctrl+Z", tr("undo"))):
            hint.addWidget(KeyHint(key))
            hint.addWidget(Text(words, "small"))
        scroll = Scroll(boxed(lines))
        hint.addStretch(1)
        foot = column(hint, row(None, later, self.right), gap=12)
        box = column(head, Text(day + told, "quiet", wrap=True), scroll, foot, gap=CARD_GAP)
        box.setStretchFactor(scroll, 1)
        box.setContentsMargins(20, 16, 20, 18)
        fill(self, box)
        look = theme.current()
        tall = sum(each.sizeHint().height() for each in self.rows)
        fit(self, look.px(780), look.px(230) + tall)

    def _connect(self) -> None:
        for at, line in enumerate(self.rows):
            line.entered.connect(partial(self._on_entered, at))
            line.resume_asked.connect(partial(self._on_resume, at))
            line.walked.connect(partial(self._on_walked, at))
        for key, slot in (
            (RESUME_KEY, self._on_resume_here),
            ("Ctrl+Z", self._on_undo),
            ("Ctrl+Return", self._on_right),
            (RIGHT_KEY, self._on_right),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def open(self) -> None:
        """Show it over its window, the focus in the first end."""
        super().open()
        if self.rows:
            self.rows[0].begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An Enter that a field let pass presses no button."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # ---------------------------------------------------------------- what is done

    def _on_entered(self, at: int) -> None:
        """Store what was typed and go on; what was left alone stays an estimate."""
        line = self.rows[at]
        if line.touched and not self._do(line, self._corrected):
            return
        self._on_walked(at, 1)

    def _corrected(self, line: CheckRow) -> Session:
        return self._mending.correct(line.session.id, line.edit())

    def _on_resume(self, at: int) -> None:
        line = self.rows[at]
        if line.goes_on:
            return
        if self._do(line, lambda each: self._mending.go_on(each.session.id)):
            self._on_walked(at, 1)

    def _on_resume_here(self) -> None:
        at = next((at for at, line in enumerate(self.rows) if line.has_focus), None)
        if at is not None:
            self._on_resume(at)

    def _do(self, line: CheckRow, work: Callable[[CheckRow], Session]) -> bool:
        try:
            line.show_done(work(line))
        except PerpuDeskError as error:
            line.refuse(error.sentence())
            return False
        self.changed.emit()
        return True

    def _on_walked(self, at: int, by: int) -> None:
        """To the next that can be typed in, in that direction; after the last to the button."""
        beyond = self.rows[at + 1 :] if by > 0 else self.rows[:at][::-1]
        following = next((line for line in beyond if not line.goes_on), None)
        if following is not None:
            following.begin()
        elif by > 0:
            self.right.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_undo(self) -> None:
        take_back(self, self._undo, self._show_again)

    def _show_again(self) -> None:
        self.changed.emit()
        for line in self.rows:
            line.show_session(self._computers.get(line.session.id))

    def _on_right(self) -> None:
        """What is typed and not stored is stored first; then the rest is right."""
        for line in self.rows:
            if line.touched and not self._do(line, self._corrected):
                line.begin()
                return
        if self._outage is not None:
            self._branch.check_outage(self._outage.id)
        self.accept()
        self.checked.emit()
