"""The calendar of service days: what each day was, and yesterday's forgotten visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.branch.model import DayInfo, needs_asking
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import ClosedReason, DayState
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import date_full
from perpudesk.core.i18n import tr, trn
from perpudesk.core.times import Period, zone
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import Beside, FreeRoom, boxed, column, fill, row
from perpudesk.ui.marks import KeyHint
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast
from perpudesk.visits.form.day_panel import DayPanel
from perpudesk.visits.form.days_words import state_words
from perpudesk.visits.form.editor import VisitEditor
from perpudesk.visits.form.month import ServiceMonth
from perpudesk.visits.form.questions import Answer, Question, QuestionCard
from perpudesk.visits.form.words import counted
from perpudesk.visits.model import Visit
from perpudesk.visits.service import VisitService


class DaysDialog(QDialog):
    """Arrows go from day to day, digits say what it was; everything is stored at once."""

    changed = Signal()
    """A day, or a visit of it, was set or taken back."""

    def __init__(
        self,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        *,
        undo: Callable[[], object],
        day: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Open at `day`; `undo` takes back the last entry, or raises `RuleError`."""
        super().__init__(parent)
        self.setWindowTitle(tr("Service days"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._visits, self._branch, self._undo = visits, branch, undo
        self._today = patrons.today()
        self._days: dict[date, DayInfo] = {}
        self._loaded: Period | None = None
        self.editor = VisitEditor(self, visits, patrons, branch)
        self.month = ServiceMonth(self._today)
        self.panel = DayPanel(self._zone, branch.entries("purposes", retired=True))
        self.question = QuestionCard()
        self.question.hide()
        self._lay_out()
        self._connect()
        self.month.go_to(day or self._today)
        self.month.setFocus()

    def _lay_out(self) -> None:
        close = Button(tr("Close"), self.accept, key=tr("Esc"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        hint = row(KeyHint("← ↑ ↓ →"), Text(tr("day"), "small"), KeyHint("PgUp PgDn"))
        hint.addWidget(Text(tr("month"), "small"))
        hint.addStretch(1)
        left = column(self.month, self.question, hint)
        left.setStretchFactor(self.month, 1)
        line = Beside(boxed(left), self.panel)
        room = FreeRoom()
        head = row(Text(tr("Service days"), "heading"), room, close)
        head.setStretchFactor(room, 1)
        box = column(head, line)
        box.setStretch(1, 1)
        box.setContentsMargins(20, 14, 20, 18)
        fill(self, box)
        look = theme.current()
        fit(self, look.px(1060), look.px(660))

    def _connect(self) -> None:
        self.month.moved.connect(self._on_moved)
        self.panel.state_chosen.connect(self._on_state)
        self.panel.note_typed.connect(self._on_note)
        self.panel.holiday_typed.connect(self._on_holiday)
        self.panel.add_asked.connect(self._on_add)
        self.panel.edit_asked.connect(self.editor.edit)
        self.panel.remove_asked.connect(self._on_remove)
        self.editor.stored.connect(self._on_stored)
        self.editor.removed.connect(self._on_removed)
        self.question.emptied.connect(self._on_answered)
        for keys, slot in (("Ctrl+N", self._on_add), ("Ctrl+Z", self._on_undo)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def done(self, result: int) -> None:
        """Close; a note or a holiday that was being typed is kept."""
        self.panel.leave_note()
        self.panel.leave_holiday()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits say what the day was; Escape leaves a question first, then the dialog."""
        text = event.text()
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Escape and self.question.current is not None:
            self.question.refuse()
        elif len(text) == 1 and text.isascii() and text.isdigit() and self.panel.press(int(text)):
            return
        else:
            super().keyPressEvent(event)

    def _zone(self) -> tzinfo:
        return zone(self._branch.current().zone)

    def _load(self) -> None:
        """Read the month that is shown, and the day the cursor is on."""
        period = Period.month_of(self.month.day)
        self._loaded = period
        days = self._visits.days(period.first, period.last)
        self._days = {info.date: info for info in days}
        self.month.show_days(days)
        self._show()

    def _show(self) -> None:
        info = self._days[self.month.day]
        self.panel.show_day(info, self._visits.of_day(info.date), today=self._today)

    def _on_moved(self, day: date) -> None:
        if self._loaded == Period.month_of(day):
            self._show()
        else:
            self._load()

    def _on_state(self, state: DayState, reason: ClosedReason | None) -> None:
        """Store it at once, or after the answer where it has to be asked."""
        info = self._days[self.month.day]
        work = partial(self._set, info.date, state, reason)
        if not needs_asking(info, state):
            work()
            return
        self._show()  # the chips show what is stored until the question is answered
        self.question.show()
        self.question.ask(
            Question(
                about=info.date.isoformat(),
                text=trn(
                    "{n} visit is recorded on this day. Was it closed all the same?",
                    "{n} visits are recorded on this day. Was it closed all the same?",
                    info.visits,
                ),
                answers=(Answer(text=tr("It was closed"), slot=work),),
                refused=lambda: None,
            )
        )
        self.question.take_focus()

    def _on_note(self, note: str) -> None:
        day = self.month.day
        self._do(lambda: self._branch.set_note(day, note or None), day)

    def _on_holiday(self, name: str) -> None:
        day = self.month.day
        self._do(lambda: self._branch.set_holiday(day, name or None), day)

    def _set(self, day: date, state: DayState, reason: ClosedReason | None) -> None:
        self._do(lambda: self._branch.set_state(day, state, reason), day)

    def _do(self, work: Callable[[], object], day: date) -> None:
        """Store something about `day`, and say what it is now, with the way back."""
        if self._attempt(work):
            words = state_words(self._days[day]) if day in self._days else ""
            self._say(f"{date_full(day)}: {words}")

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except PerpuDeskError as error:
            toast(self, error.sentence())
            return False
        finally:
            self._load()
        self.changed.emit()
        return True

    def _say(self, text: str) -> None:
        toast(self, text, action=tr("Undo"), slot=self._on_undo, key="Ctrl+Z")

    def _on_undo(self) -> None:
        if self._attempt(self._undo):
            toast(self, tr("Taken back."))

    def _on_answered(self) -> None:
        self.question.hide()
        self.month.setFocus()

    def _on_add(self) -> None:
        if self.month.day <= self._today:
            self.editor.add(self.month.day)

    def _on_stored(self, visit: Visit) -> None:
        self._load()
        self.changed.emit()
        self._say(tr("Recorded: {who}", who=counted(visit)))

    def _on_removed(self, visit: Visit) -> None:
        self._load()
        self.changed.emit()
        self._say(tr("Removed: {who}", who=counted(visit)))

    def _on_remove(self, visit: Visit) -> None:
        if self._attempt(lambda: self._visits.remove(visit.id)):
            self._say(tr("Removed: {who}", who=counted(visit)))
