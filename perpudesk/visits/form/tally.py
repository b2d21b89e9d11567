"""The totals of a tally sheet, one purpose at a time, as they stand on the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from perpudesk.branch.model import Entry
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex
from perpudesk.core.errors import InputError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import NumberField
from perpudesk.ui.layout import column
from perpudesk.ui.text import Text, set_state
from perpudesk.visits.form.boxes import SEXES, Key, SexAgeBoxes
from perpudesk.visits.model import MOST_AT_ONCE
from perpudesk.visits.tally import Cell, Sheet, bands_of, cell_field, typed_by_purpose

MOST_KEYS = 9
"""As many purposes have a key, Alt+1 to Alt+9; Alt+0 is "not recorded"."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TallyView(QWidget):
    """Purposes with what was typed for each; below them the boxes of the one that is chosen."""

    changed = Signal()
    passed = Signal()
    """Enter went on from the last box."""

    def __init__(self, bands: Sequence[AgeBand], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bands = tuple(bands)
        self._cells: dict[Cell, str] = {}
        self._names: dict[str, str] = {}
        self._shown = ""
        self.chips = ChipGroup(tr("Purpose of the visit"))
        self.boxes = _TallyBoxes([band.slug for band in bands])
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        box = column(self.chips, self.boxes, self._error, None, gap=12)
        self.setLayout(box)
        self.setFocusProxy(self.boxes)
        self.chips.chosen.connect(self._on_chip)
        self.boxes.changed.connect(self._on_typed)
        self.boxes.passed.connect(self._on_passed)

    def offer(self, purposes: Sequence[Entry], bands: Sequence[AgeBand]) -> None:
        """Offer these purposes, and those that hold a number though they are offered no more."""
        self._bands = tuple(bands)
        held = {cell.purpose for cell, text in self._cells.items() if text}
        names = {
            each.slug: each.label for each in purposes if not each.retired or each.slug in held
        }
        if names != self._names:
            self._names = names
            self._shown = self._shown if self._shown in names else next(iter(names))
            self.chips.set_options(list(names.items()), value=self._shown)
        self._show()

    @property
    def cells(self) -> Mapping[Cell, str]:
        """Every box that was typed in, of all purposes."""
        return {cell: text for cell, text in self._cells.items() if text}

    def show_cells(self, cells: Mapping[Cell, str]) -> None:
        """Show these, beginning at the first purpose."""
        self._cells = dict(cells)
        self._shown = next(iter(self._names), "")
        self.chips.choose(self._shown)
        self._show()

    def choose(self, place: int) -> None:
        """Go to the purpose at `place` (from 1), or with 0 to "not recorded"."""
        offered = self._offered()
        if place == 0:
            self._go(UNKNOWN)
        elif place <= len(offered):
            self._go(offered[place - 1])

    def turn(self, by: int) -> None:
        """Go to the purpose before or after."""
        slugs = list(self._names)
        at = slugs.index(self._shown) + by
        if 0 <= at < len(slugs):
            self._go(slugs[at])

    def show_error(self, field: str, sentence: str) -> bool:
        """Show what is wrong with a box, if `field` is one, and go there."""
        cell = next((each for each in self._cells if cell_field(each) == field), None)
        if cell is None:
            return False
        self._go(cell.purpose)
        self._say(sentence)
        box = self.boxes.cell(Sex(cell.sex), cell.band)
        box.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def begin(self) -> None:
        """Go to the first box of the purpose that is shown."""
        self.boxes.begin(anonymous=self._shown == UNKNOWN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn to another purpose."""
        by = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.turn(by)

    def _offered(self) -> list[str]:
        return [slug for slug in self._names if slug != UNKNOWN]

    def _go(self, purpose: str) -> None:
        if purpose not in self._names:
            return
        self._shown = purpose
        self.chips.choose(purpose)
        self._show()
        self.begin()

    def _show(self) -> None:
        """Show the boxes of the purpose and the sums of all."""
        self.boxes.set_bands(bands_of(Sheet(cells=self._cells), self._bands))
        mine = {
            (Sex(cell.sex), cell.band): text
            for cell, text in self._cells.items()
            if cell.purpose == self._shown
        }
        self.boxes.show_texts(mine)
        self._show_sums()

    def _show_sums(self) -> None:
        totals = typed_by_purpose(Sheet(cells=self._cells))
        offered = self._offered()
        for slug, name in self._names.items():
            place = offered.index(slug) + 1 if slug in offered else 0
            numbered = f"{place} {name}" if place <= MOST_KEYS else name
            sum_ = totals.get(slug, 0)
            self.chips.set_label(slug, f"{numbered} · {number(sum_)}" if sum_ else numbered)
        wrong = self.boxes.unreadable()
        self._say(wrong)

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _on_typed(self) -> None:
        for (sex, band), text in self.boxes.texts().items():
            cell = Cell(self._shown, str(sex), band)
            if text or cell in self._cells:
                self._cells[cell] = text
        self._show_sums()
        self.changed.emit()

    def _on_chip(self, slug: str) -> None:
        self._shown = slug
        self._show()
        if self.chips.chip(slug).underMouse():
            self.begin()

    def _on_passed(self) -> None:
        if self._shown == list(self._names)[-1]:
            self.passed.emit()
        else:
            self.turn(1)


class _TallyBoxes(SexAgeBoxes):
    """Boxes that Enter walks as they stand on the sheet, and arrows as they stand here."""

    passed = Signal()

    def __init__(self, bands: Sequence[str]) -> None:
        self._sums: dict[Sex, Text] = {}
        super().__init__(bands)

    def begin(self, *, anonymous: bool) -> None:
        """Go to the first box, or where nothing is known of a visitor to the last."""
        key = list(self._boxes)[-1 if anonymous else 0]
        self._boxes[key].setFocus(Qt.FocusReason.TabFocusReason)

    def texts(self) -> dict[Key, str]:
        """What stands in the boxes."""
        return {key: box.text().strip() for key, box in self._boxes.items()}

    def show_texts(self, texts: Mapping[Key, str]) -> None:
        """Show these, without telling."""
        for key, box in self._boxes.items():
            if box.text() != texts.get(key, ""):
                blocked = box.blockSignals(True)
                box.setText(texts.get(key, ""))
                box.blockSignals(blocked)
        self._show_sums()

    def unreadable(self) -> str:
        """What is wrong with the first box that holds no number; marks all of them."""
        sentence = ""
        for box in self._boxes.values():
            try:
                box.value()
            except InputError as error:
                set_state(box, "wrong", True)
                sentence = sentence or error.sentence()
            else:
                set_state(box, "wrong", False)
        return sentence

    def make_box(self) -> NumberField:
        box = _Box(high=MOST_AT_ONCE)
        box.walked.connect(partial(self._walk, box))
        return box

    def finish_grid(self, grid: QGridLayout, columns: int) -> None:
        head = Text(tr("Total"), "caption")
        grid.addWidget(head, 0, columns + 1, Qt.AlignmentFlag.AlignRight)
        head.setContentsMargins(theme.current().px(16), 0, 0, 0)
        for down, sex in enumerate(SEXES, start=1):
            self._sums[sex] = Text("", "label")
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._sums[sex].setMinimumWidth(self.fontMetrics().horizontalAdvance("00.000"))
            self._sums[sex].setAlignment(align)
            grid.addWidget(self._sums[sex], down, columns + 1, align)

    def box_changed(self, key: Key) -> None:
        self._show_sums()
        super().box_changed(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: the two rows of the sheet, then the next purpose."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._go_on()

    def _go_on(self) -> None:
        keys = list(self._boxes)
        at = next((i for i, key in enumerate(keys) if self._boxes[key].hasFocus()), -1)
        following = keys[at + 1] if at + 1 < len(keys) else None
        known = at >= 0 and keys[at][0] is not Sex.UNKNOWN
        if following is None or (known and following[0] is Sex.UNKNOWN):
            self.passed.emit()
        else:
            self._boxes[following].setFocus(Qt.FocusReason.TabFocusReason)

    def _walk(self, box: NumberField, across: int, down: int) -> None:
        """Go to the box beside, if there is one."""
        columns = [*self.bands(), UNKNOWN]
        sex, band = next(key for key, own in self._boxes.items() if own is box)
        x, y = columns.index(band) + across, SEXES.index(sex) + down
        if 0 <= x < len(columns) and 0 <= y < len(SEXES):
            self._boxes[SEXES[y], columns[x]].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_sums(self) -> None:
        for sex, text in self._sums.items():
            sum_ = 0
            for (own, _), box in self._boxes.items():
                sum_ += box.readable() if own is sex and isinstance(box, _Box) else 0
            text.setText(number(sum_) if sum_ else "")


class _Box(NumberField):
    """A box of the sheet; the arrows leave it where they have nothing to do in it."""

    walked = Signal(int, int)

    def readable(self) -> int:
        """The number in it, 0 where it is none."""
        try:
            return self.value() or 0
        except InputError:  # told below the boxes
            return 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
            return
        whole = self.selectedText() == self.text()
        end = 0 if step[0] < 0 else len(self.text())
        if step[1] or whole or self.cursorPosition() == end:
            self.walked.emit(*step)
        else:
            super().keyPressEvent(event)
