"""Boxes to count into, by sex and age group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from perpudesk.core.codes import UNKNOWN, Sex, age_label, label
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.fields import NumberField
from perpudesk.ui.text import Text
from perpudesk.visits.form.words import sex_short
from perpudesk.visits.model import MOST_AT_ONCE

SEXES = (Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)
"""The rows, as they stand at the desk and on paper."""
_ROOM_FOR_WORDS = 8
"""With so many columns a row is named by a letter."""
Key = tuple[Sex, str]


class SexAgeBoxes(QWidget):
    """A box for each sex and age group, and for "not recorded"; what they mean is a subclass's."""

    changed = Signal()

    def __init__(self, bands: Sequence[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("By sex and age"))
        self._boxes: dict[Key, NumberField] = {}
        self._holder = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._holder)
        self._build(bands)

    def cell(self, sex: Sex, band: str) -> NumberField:
        """The box of a sex and an age group."""
        return self._boxes[sex, band]

    def bands(self) -> list[str]:
        """The age groups that have a column, without "not recorded"."""
        return [band for sex, band in self._boxes if sex is SEXES[0]][:-1]

    def set_bands(self, bands: Sequence[str]) -> None:
        """Have a column for each of these age groups."""
        if list(bands) != self.bands():
            self._build(bands)

    def make_box(self) -> NumberField:
        """A new box; a subclass may make another kind."""
        return NumberField(high=MOST_AT_ONCE)

    def finish_grid(self, grid: QGridLayout, columns: int) -> None:
        """Add what a subclass has beside the boxes; they end at `columns`."""

    def box_changed(self, key: Key) -> None:
        """Somebody typed in a box."""
        self.changed.emit()

    def _build(self, bands: Sequence[str]) -> None:
        self._boxes.clear()
        old, self._holder = self._holder, QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        columns = [*bands, UNKNOWN]
        for across, band in enumerate(columns, start=1):
            head = Text("?" if band == UNKNOWN else age_label(band), "caption")
            head.setAccessibleName(age_label(band))
            grid.addWidget(head, 0, across, Qt.AlignmentFlag.AlignRight)
            grid.setColumnStretch(across, 1)
        for down, sex in enumerate(SEXES, start=1):
            words = label(sex) if len(columns) < _ROOM_FOR_WORDS else sex_short(sex)
            grid.addWidget(Text(words, "body" if sex is not Sex.UNKNOWN else "quiet"), down, 0)
            for across, band in enumerate(columns, start=1):
                grid.addWidget(self._box((sex, band)), down, across)
        self.finish_grid(grid, len(columns))
        self._column.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()
        self.setFocusProxy(self._boxes[SEXES[0], columns[0]])

    def _box(self, key: Key) -> NumberField:
        box = self.make_box()
        box.setAccessibleName(f"{label(key[0])} · {age_label(key[1])}")
        box.setMinimumWidth(theme.current().px(44))
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.changed.connect(lambda: self.box_changed(key))
        self._boxes[key] = box
        return box
