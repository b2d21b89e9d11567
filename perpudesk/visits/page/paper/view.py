"""A sheet of paper in fields: its day, its boxes and lines, its own total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.branch.model import Entry
from perpudesk.core.codes import AgeBand, Method
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import CARD_GAP, column
from perpudesk.visits.form.lines import LinesView
from perpudesk.visits.form.questions import QuestionCard
from perpudesk.visits.form.tally import TallyView
from perpudesk.visits.page.paper.foot import Foot
from perpudesk.visits.page.paper.head import HeadCard
from perpudesk.visits.tally import Sheet, typed_total

TALLY, LINES = "tally", "lines"


class SheetView(QWidget):
    """Holds a `Sheet` as it is typed; stores nothing itself."""

    changed = Signal()
    """Something of the sheet was typed or chosen."""
    day_changed = Signal()
    """Another day stands in the field, or none."""
    save_asked = Signal()
    """The button, or Enter in the total."""

    def __init__(
        self, today: date, bands: Sequence[AgeBand], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.head, self.foot = HeadCard(today), Foot()
        self.tally, self.lines = TallyView(bands), LinesView(bands)
        self.forms = ChipGroup(tr("What the paper is"), [(TALLY, ""), (LINES, "")], value=TALLY)
        self.question = QuestionCard()
        self.question.hide()
        self._stack = QStackedWidget()
        self._work = Card(marked=True)
        self._place()
        self.head.day_typed.connect(self._on_day)
        self.head.method_chosen.connect(self._on_typed)
        self.head.left.connect(self.begin)
        self.forms.chosen.connect(self._on_form)
        self.tally.passed.connect(self.foot.begin)
        self.foot.save_asked.connect(self.save_asked)
        for part in (self.tally, self.lines, self.foot):
            part.changed.connect(self._on_typed)

    def _place(self) -> None:
        self.head.add_beside(tr("What the paper is"), "Ctrl+1 Ctrl+2", self.forms)
        for view in (self.tally, self.lines):
            self._stack.addWidget(view)
        self._work.body.setSpacing(12)
        for part in (self._stack, self.foot):
            self._work.add(part)
        self._work.add_stretch()
        box = column(self.head, self.question, self._work, gap=CARD_GAP)
        box.setStretchFactor(self._work, 1)
        self.setLayout(box)

    def offer(self, purposes: Sequence[Entry], bands: Sequence[AgeBand]) -> None:
        """Offer these purposes and age groups; what is typed stays."""
        self.tally.offer(purposes, bands)
        self.lines.offer(purposes, bands)

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is typed."""
        try:
            day = self.head.day.value()
        except InputError:  # told when it is stored
            day = None
        return Sheet(
            day=day,
            method=Method(self.head.method.value() or Method.COUNTED),
            cells=self.tally.cells,
            lines=self.lines.lines,
            stated=self.foot.stated.text().strip(),
        )

    @property
    def blank(self) -> bool:
        """Whether nothing is typed, not even a line that is not ended."""
        return self.sheet.blank and not self.lines.pending

    def checked(self) -> Sheet | None:
        """The sheet with its last line ended; None, and why at the field, where it cannot be."""
        self._clear_errors()
        if self.lines.pending:
            self._choose(LINES)
            if not self.lines.add_line():
                return None
        try:
            return replace(self.sheet, day=self.head.day.value())
        except InputError as error:
            self.head.show_error(error.sentence())
            return None

    def show_sheet(self, sheet: Sheet) -> None:
        """Put a sheet into the fields: a new one, or one that was begun or taken back."""
        self.head.day.set_value(sheet.day)
        self.head.method.choose(str(sheet.method))
        self.tally.show_cells(sheet.cells)
        self.lines.show_lines(sheet.lines)
        self.foot.stated.setText(sheet.stated)
        self._clear_errors()
        self._show_sums()
        if not sheet.blank:
            self._choose(TALLY if sheet.cells or not sheet.lines else LINES)

    def _show_sums(self) -> None:
        sheet = self.sheet
        total = typed_total(sheet)
        lines = sum(line.count for line in sheet.lines)
        included = ""
        for view, slug, name, part in (
            (self.tally, TALLY, tr("Tally"), total - lines),
            (self.lines, LINES, tr("Register"), lines),
        ):
            self.forms.set_label(slug, f"{name} · {number(part)}" if part else name)
            if part and self._stack.currentWidget() is not view:
                included = tr("{n} of it: {form}", n=number(part), form=name)
        self.foot.show_sum(total, included)

    def show_form(self, form: str) -> None:
        """Type totals, or lines; both are of the same sheet."""
        self._choose(form)
        self.begin()

    def begin(self) -> None:
        """Go to where the next key belongs: a sheet without a day asks for it."""
        if self.sheet.day is None:
            self.head.go_to_day()
        elif self._stack.currentWidget() is self.tally:
            self.tally.begin()
        else:
            self.lines.sex.setFocus(Qt.FocusReason.TabFocusReason)

    def first(self) -> QWidget:
        """Where the focus rests when the page is come to."""
        return self.tally.boxes if self.sheet.day else self.head.day

    def _clear_errors(self) -> None:
        self.head.clear_error()
        self.foot.show_error("")

    def _on_form(self, form: str) -> None:
        """Lines may have the room below them, save what toasts need; boxes have their own size."""
        self._stack.setCurrentWidget(self.tally if form == TALLY else self.lines)
        self._work.body.setStretchFactor(self._stack, 0 if form == TALLY else 4)
        self._show_sums()

    def refuse(self, error: PerpuDeskError) -> None:
        """Show the sentence at what it is about; everything typed stays."""
        field = error.field if isinstance(error, InputError) else ""
        if field in ("day", "on", "date"):
            self.head.show_error(error.sentence())
        elif self.tally.show_error(field, error.sentence()):
            self._choose(TALLY)
        else:
            self.foot.show_error(error.sentence(), at_total=field == "stated")

    def choose_purpose(self, place: int) -> None:
        """Go to the boxes of a purpose, where boxes are shown."""
        if self._stack.currentWidget() is self.tally:
            self.tally.choose(place)

    def _choose(self, form: str) -> None:
        self.forms.choose(form)
        self._on_form(form)

    def _on_day(self, _day: date | None) -> None:
        self._on_typed()
        self.day_changed.emit()

    def _on_typed(self) -> None:
        self._show_sums()
        self.changed.emit()
