"""The tap grid: sex by age group, one key or one tap a visitor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from perpudesk.core.codes import UNKNOWN, AgeBand, Sex, label
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.text import Text
from perpudesk.visits.form.cells import SMALLEST, Cell
from perpudesk.visits.form.words import sex_short

ROWS = (
    (Sex.MALE, "1234567890"),
    (Sex.FEMALE, "QWERTYUIOP"),
    (Sex.UNKNOWN, "ASDFGHJKL;"),
)
"""The rows of a keyboard, one for each sex, as far as there are columns (look.md)."""
_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class TapGrid(QWidget):
    """Cells that are tapped, clicked, or gone to with the arrows and pressed with Space."""

    tapped = Signal(str, str)
    """A sex and an age group (or `unknown`)."""
    focus_moved = Signal(bool)
    """The focus came (or went): keys are taps now, also those of nobody else."""

    def __init__(
        self, bands: Sequence[AgeBand], *, counting: bool = True, parent: QWidget | None = None
    ) -> None:
        """Without `counting` the cells say nothing of today."""
        super().__init__(parent)
        self._counting = counting
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Visitors by sex and age"))
        self._compact = False
        self._cursor: tuple[int, int] | None = None
        self._rows: list[list[Cell]] = []
        self._titles: list[Text] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.bands: tuple[AgeBand, ...] = ()
        self.set_bands(bands)

    def set_bands(self, bands: Sequence[AgeBand]) -> None:
        """Have a column for each of these age groups and one for "not recorded"."""
        if tuple(bands) == self.bands:
            return
        self.bands = tuple(bands)
        for old in (*self._titles, *(cell for row in self._rows for cell in row)):
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        columns = [*(band.slug for band in bands), UNKNOWN]
        self._titles = [
            Text("", "quiet" if sex is Sex.UNKNOWN else "strong", parent=self) for sex, _ in ROWS
        ]
        self._rows = [
            [self._cell(sex, band, key) for band, key in zip(columns, keys, strict=False)]
            for sex, keys in ROWS
        ]
        for down, (title, row) in enumerate(zip(self._titles, self._rows, strict=True)):
            self._grid.addWidget(title, down, 0)
            for across, cell in enumerate(row, start=1):
                self._grid.addWidget(cell, down, across)
                self._grid.setColumnStretch(across, 1)
        self._fit()

    def _cell(self, sex: Sex, band: str, key: str) -> Cell:
        cell = Cell(sex, band, key, count=0 if self._counting else None, parent=self)
        cell.clicked.connect(self._on_clicked)
        cell.show()
        return cell

    def cell(self, sex: Sex, band: str) -> Cell:
        """The cell of a sex and an age group."""
        return next(each for each in self._cells() if (each.sex, each.band) == (sex, band))

    def _cells(self) -> list[Cell]:
        return [cell for row in self._rows for cell in row]

    def show_counts(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Show today's visits by (sex, age group); only what changed is painted."""
        for cell in self._cells():
            cell.show_count(counts.get((str(cell.sex), cell.band), 0))

    def tap(self, char: str) -> bool:
        """Tap the cell whose key was pressed, if it is one."""
        found = next((cell for cell in self._cells() if cell.key == char.upper()), None)
        if found is None:
            return False
        self._move_cursor(None)
        self._tap(found)
        return True

    def keys(self) -> str:
        """The keys of its rows, as they are told to a person: `1–6  Q–Y  A–H`."""
        return "  ".join(f"{row[0].key}–{row[-1].key}" for row in self._rows)

    def set_compact(self, compact: bool) -> None:
        """Be less high, for a small screen."""
        self._compact = compact
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose a cell, Space presses it; letters and digits come from the page."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            down, across = self._cursor or (0, 0)
            step = _ARROWS[key] if self._cursor is not None else (0, 0)
            self._move_cursor((down + step[0], across + step[1]))
        elif key == Qt.Key.Key_Space and self._cursor is not None and not event.isAutoRepeat():
            down, across = self._cursor
            self._tap(self._rows[down][across])
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._move_cursor(None)
        self.focus_moved.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _tap(self, cell: Cell) -> None:
        cell.flash()
        self.tapped.emit(str(cell.sex), cell.band)

    def _on_clicked(self) -> None:
        cell = self.sender()
        if isinstance(cell, Cell):
            self._tap(cell)

    def _move_cursor(self, place: tuple[int, int] | None) -> None:
        if place is not None:
            place = (place[0] % len(self._rows), place[1] % len(self._rows[0]))
        self._cursor = place
        for down, row in enumerate(self._rows):
            for across, cell in enumerate(row):
                cell.set_cursor(place == (down, across))

    def _fit(self) -> None:
        """Short words, small gaps and the key on a second line where columns are narrow."""
        look, columns = theme.current(), len(self.bands) + 1
        titles = look.px(86)
        wide = (self.width() - titles) // columns - 8
        tight = self._scale_of(wide, key_beside=True) < SMALLEST
        if tight:
            wide = (self.width() - look.px(24)) // columns - 5
        beside = self._scale_of(wide, key_beside=True) >= SMALLEST
        scale = self._scale_of(wide, key_beside=beside)
        self._grid.setHorizontalSpacing(5 if tight else 8)
        self._grid.setVerticalSpacing(6 if self._compact else 8)
        for title, (sex, _) in zip(self._titles, ROWS, strict=True):
            title.setText(sex_short(sex) if tight else label(sex))
            title.setMinimumWidth(0 if tight else titles)
            title.setAccessibleName(label(sex))
        tall = look.px(56 if self._compact else 74)
        slim = look.px(32 if beside else 50)
        for cell in self._cells():
            cell.setFixedHeight(slim if cell.slim else tall)
            cell.set_shape(key_beside=beside, scale=scale)

    def _scale_of(self, width: int, *, key_beside: bool) -> float:
        """How small the longest label becomes in cells of this width; all rows have the same."""
        return min(cell.label_scale(width, key_beside=key_beside) for cell in self._rows[0])
