"""Sessions of a day entered from paper: line by line, or in all where nothing else was kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from perpudesk.branch.checks import EARLY_DAY, FUTURE_DAY
from perpudesk.branch.model import DAY_MISSING
from perpudesk.branch.service import BranchService
from perpudesk.computers.form.log_form import LogForm
from perpudesk.computers.form.session import SessionEditor
from perpudesk.computers.form.session_columns import session_columns
from perpudesk.computers.form.session_words import whose_spoken
from perpudesk.computers.form.total_form import TotalForm
from perpudesk.computers.form.words import place_of
from perpudesk.computers.mending import MendingService
from perpudesk.computers.model import Session
from perpudesk.computers.records import SessionRecords
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import Method, Precision
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import date_full, number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.times import zone
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.cards import Card
from perpudesk.ui.fitting import fit
from perpudesk.ui.forms import Field, Form
from perpudesk.ui.layout import CARD_GAP, FreeRoom, boxed, column, fill, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.tables import TableView
from perpudesk.ui.text import Text
from perpudesk.ui.told import PageToasts
from perpudesk.visits.form.caption import Caption

LINES, TOTAL = "lines", "total"
_DAY = 190
"""Px at 100 %: a day and the button of its calendar."""


class EnterSessions(QDialog):
    """Each line is on the disk when Enter leaves it; what is half typed is there the next time.

    Keep the dialog and open it again with `begin`.
    """

    changed = Signal()
    """A session of the day was entered, mended or taken back."""

    def __init__(
        self,
        computers: ComputerService,
        mending: MendingService,
        records: SessionRecords,
        branch: BranchService,
        workstations: WorkstationService,
        *,
        undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """`undo` takes back the last step, or raises `RuleError`."""
        super().__init__(parent)
        self.setWindowTitle(tr("Sessions from paper"))
        self._computers, self._mending, self._branch = computers, mending, branch
        self._workstations, self._undo = workstations, undo
        self._labels: dict[str, str] = {}
        self._sessions: list[Session] = []
        self.day = DateField(tr("Day of the sheet"), today=branch.today(), latest=branch.today())
        self._day = Field("", self.day)
        ways = [(LINES, tr("Line by line")), (TOTAL, tr("Only the total"))]
        self.ways = ChipGroup(tr("What the paper has"), ways, value=LINES)
        self.log = LogForm(self._zone, self.day.value)
        self.total = TotalForm()
        self.table = TableView(
            tr("Sessions of the day"),
            session_columns(self._zone, self._labels, with_day=False),
            identity=lambda session: session.id,
            empty=tr("No session of this day is recorded yet."),
        )
        self.editor = SessionEditor(self, mending, records, branch, workstations)
        self.toasts = PageToasts(self, self._on_undo)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        close = Button(tr("Close"), self.accept, key=tr("Esc"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        room = FreeRoom()
        head = row(Text(self.windowTitle(), "heading"), room, close)
        head.setStretchFactor(room, 1)
        self._words, self._known = Text("", "label"), Pill()
        self._day.setFixedWidth(theme.current().px(_DAY))
        day = column(Caption(tr("Day of the sheet"), "Ctrl+H"), self._day, gap=4)
        ways = column(Caption(tr("What the paper has"), "Ctrl+1 Ctrl+2"), self.ways, gap=4)
        told = column(self._words, row(self._known, None), gap=6)
        above = row(gap=CARD_GAP)
        for part in (day, ways, told):
            above.addWidget(boxed(part), 0, Qt.AlignmentFlag.AlignTop)
        above.addStretch(1)
        self._hint = Text("", "small", wrap=True)
        self.save = Button(tr("Save"), self._on_save, kind="primary", key="Ctrl+Enter")
        self._stack = QStackedWidget()
        for form in (self.log, self.total):
            self._stack.addWidget(form)
        below = row(self._hint, self.save)
        below.setStretchFactor(self._hint, 1)
        sheet, recorded = Card(marked=True), Card()
        sheet.add(self._stack)
        sheet.add(below)
        recorded.add(self.table, 1)
        box = column(head, above, sheet, recorded, gap=12)
        box.setStretchFactor(recorded, 1)
        box.setContentsMargins(20, 14, 20, 18)
        fill(self, box)
        look = theme.current()
        fit(self, look.px(960), look.px(680))

    def _connect(self) -> None:
        self.day.changed.connect(self._on_day)
        self.ways.chosen.connect(self._on_way)
        self.log.submitted.connect(self._on_line)
        self.total.submitted.connect(self._on_total)
        self.table.row_activated.connect(self.editor.edit)
        self.table.delete_pressed.connect(self._on_remove)
        for signal in (self.editor.stored, self.editor.removed, self.editor.resumed):
            signal.connect(self._on_mended)
        self.editor.total_asked.connect(lambda _day: self._go(TOTAL))
        for keys, slot in (
            ("Ctrl+H", self._go_to_day),
            ("Ctrl+1", partial(self._go, LINES)),
            ("Ctrl+2", partial(self._go, TOTAL)),
            ("Ctrl+Z", self._on_undo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def begin(self, day: date | None = None, *, total: bool = False) -> None:
        """Open it at `day`, or as it was left; a first time without a day it asks for one."""
        if day is not None:
            self.day.set_value(day)
        if total:
            self._choose(TOTAL)
        self.refresh()
        self.open()
        self._go_in()

    def refresh(self) -> None:
        """Read purposes, age groups, workstations and the day again; what is typed stays."""
        known = self._workstations.all(retired=True)
        self._labels.update({each.id: each.label for each in known})
        purposes = self._branch.entries("computer_purposes", retired=True)
        self.log.offer(known, purposes, self._branch.current().age_bands)
        self._show_day()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the day goes on to the sheet; no Enter presses a button that has no focus."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.day.box.hasFocus() and not event.isAutoRepeat():
            self._go_in()

    # ---------------------------------------------------------------- what is seen

    def _zone(self) -> tzinfo:
        return zone(self._branch.current().zone)

    @property
    def _form(self) -> Form:
        return self.log if self.ways.value() == LINES else self.total

    def _typed_day(self) -> date | None:
        """The day in the field; what is none is told when something is stored."""
        try:
            return self.day.value()
        except InputError:
            return None

    def _show_day(self) -> None:
        """Say in words which day that is, and what is recorded of it already."""
        day = self._typed_day()
        self._sessions = [] if day is None else self._computers.of_day(day)
        self._words.setText(tr("Which day is the sheet of?") if day is None else date_full(day))
        single = [each for each in self._sessions if each.precision is Precision.TIME]
        totals = sum(each.count for each in self._sessions if each.precision is Precision.DAY)
        self._known.setVisible(bool(self._sessions))
        words, count = [], len(single)
        if single:
            words.append(
                trn(
                    "{count} session recorded",
                    "{count} sessions recorded",
                    count,
                    count=number(count),
                )
            )
        if totals:
            words.append(tr("a total of {count}", count=number(totals)))
        self._known.show_state(" · ".join(words), "warn" if totals else "info")
        self.table.show_rows(list(reversed(self._sessions)))
        self.total.show_day(self._sessions)
        self._show_hint()

    def _show_hint(self) -> None:
        if self._form is self.log:
            self._hint.setText(
                tr(
                    "Enter goes on, Shift+Enter ends the line. In the list Enter mends, Del "
                    "removes."
                )
            )
            return
        beside = any(
            each.precision is Precision.TIME and each.device is self.total.device
            for each in self._sessions
        )
        self._hint.setText(
            tr("Type only those that are not recorded one by one. Their minutes stay unknown.")
            if beside
            else tr("For sheets that have nothing else. The minutes stay unknown.")
        )

    def _on_day(self) -> None:
        self._day.set_error(None)
        self._show_day()

    def _on_way(self, way: str) -> None:
        self._stack.setCurrentWidget(self.log if way == LINES else self.total)
        self._show_hint()

    def _choose(self, way: str) -> None:
        self.ways.choose(way)
        self._on_way(way)

    def _go(self, way: str) -> None:
        self._choose(way)
        self._go_in()

    def _go_in(self) -> None:
        """To where the next key belongs: a sheet without a day asks for it."""
        if self._typed_day() is None:
            self._go_to_day()
        elif self._form is self.total:
            self.total.begin()
        else:
            self.log.focus_first()

    def _go_to_day(self) -> None:
        self.day.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.day.box.selectAll()

    # ---------------------------------------------------------------- what is done

    def _on_save(self) -> None:
        self._on_line() if self._form is self.log else self._on_total()

    def _on_line(self) -> None:
        """Store the line, and come back to its first field."""
        kept: list[Session] = []
        outside = self.log.outside_hours
        if self._attempt(
            self.log,
            lambda: kept.append(self._mending.enter(self.log.draft(), outside_hours=outside)),
        ):
            self.log.clear_line()
            self.log.focus_first()
            self._done(self._told(kept[0]))

    def _on_total(self) -> None:
        """Store the total in place of what the day had so."""
        form = self.total

        def work() -> None:
            day = self.day.value()
            if day is None:
                raise InputError(DAY_MISSING, field="on")
            self._mending.enter_total(
                day,
                form.counts(),
                device=form.device,
                method=Method(form.value("method") or Method.COUNTED),
                note=form.value("note"),
            )

        if self._attempt(form, work):
            self._done(tr("total of the day"))
            self.total.begin()

    def _attempt(self, form: Form, work: Callable[[], object]) -> bool:
        """Do it; what is wrong with the day is said at the day, all else in the form."""
        form.clear_errors()
        try:
            work()
        except PerpuDeskError as error:
            if _about_day(error):
                self._day.set_error(error.sentence())
                self._go_to_day()
            else:
                form.show_error(error)
            return False
        return True

    def _done(self, told: str) -> None:
        self._show_day()
        self.toasts.done(told)
        self.changed.emit()

    def _told(self, session: Session) -> str:
        return f"{place_of(session, self._labels)} · {whose_spoken(session)}"

    def _on_mended(self, _session: Session) -> None:
        self._show_day()
        self.changed.emit()

    def _on_remove(self, session: Session) -> None:
        try:
            self._mending.remove(session.id)
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self._show_day()
        self.toasts.say(
            tr("Removed: {who}", who=self._told(session)), tr("Undo"), self._on_undo, "Ctrl+Z"
        )
        self.changed.emit()

    def _on_undo(self) -> None:
        try:
            self._undo()
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self._show_day()
        self.toasts.say(tr("Taken back."))
        self.changed.emit()


def _about_day(error: PerpuDeskError) -> bool:
    """Whether it is the day that was refused, wherever it was found."""
    if error.problem in (FUTURE_DAY, EARLY_DAY):
        return True
    return isinstance(error, InputError) and error.field in ("on", "date", "")
