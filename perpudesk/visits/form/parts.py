"""A group by sex and age: boxes to count into, and what they leave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from perpudesk.core.codes import UNKNOWN, AgeBand, Sex, age_label, label
from perpudesk.core.errors import InputError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.fields import NumberField
from perpudesk.ui.text import Text
from perpudesk.visits.form.words import sex_short
from perpudesk.visits.model import MOST_AT_ONCE, Part

_SEXES = (Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)
Key = tuple[Sex, str]


class PartsGrid(QWidget):
    """Boxes by sex and age group; below them, live, how many are not recorded.

    The value is a tuple of `Part`; an age group that is no longer in the branch's set keeps its
    column when it is shown.
    """

    changed = Signal()

    def __init__(self, bands: Sequence[AgeBand], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("By sex and age"))
        self._bands = [band.slug for band in bands]
        self._boxes: dict[Key, NumberField] = {}
        self._total: int | None = None
        self._holder = QWidget()
        self._rest = Text("", "small")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._holder)
        box.addWidget(self._rest)
        self._build(self._bands)

    def cell(self, sex: Sex, band: str) -> NumberField:
        """The box of a sex and an age group."""
        return self._boxes[sex, band]

    def value(self) -> tuple[Part, ...]:
        """The parts that were counted; raises `InputError` where a box holds no number."""
        counted = []
        for (sex, band), box in self._boxes.items():
            box.setObjectName(self.objectName())
            if count := box.value():
                age = None if band == UNKNOWN else band
                counted.append(Part(sex=sex, age_band=age, count=count))
        return tuple(counted)

    def set_value(self, parts: Sequence[Part] | None) -> None:
        """Show these parts."""
        held = {(part.sex, part.age_band or UNKNOWN): part.count for part in parts or ()}
        others = sorted({band for _, band in held} - {*self._bands, UNKNOWN})
        if [*self._bands, *others] != self._columns():
            self._build([*self._bands, *others])
        for key, box in self._boxes.items():
            box.set_value(held.get(key))

    def texts(self) -> tuple[str, ...]:
        """What stands in the boxes, whether it can be read or not."""
        return tuple(box.text() for box in self._boxes.values())

    def together(self) -> int:
        """The sum of the boxes, as far as they hold numbers."""
        total = 0
        for box in self._boxes.values():
            try:
                total += box.value() or 0
            except InputError:  # told when it is stored
                continue
        return total

    def show_rest(self, total: int | None) -> None:
        """Say how many of `total` the boxes leave; without a total, what they add up to."""
        self._total = total
        parts = self.together()
        if total is None:
            said = tr("Together: {n}", n=number(parts)) if parts else ""
        elif parts > total:
            said = tr("{n} more than the group has", n=number(parts - total))
        else:
            said = tr("Not recorded: {n}", n=number(total - parts))
        self._rest.setText(said)
        self._rest.set_role("error" if total is not None and parts > total else "small")

    def _columns(self) -> list[str]:
        bands = [band for sex, band in self._boxes if sex is _SEXES[0]]
        return bands[:-1]

    def _build(self, bands: Sequence[str]) -> None:
        """Lay out a box for each of these age groups and for "not recorded"."""
        self._boxes.clear()
        old = self._holder
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        columns = [*bands, UNKNOWN]
        for across, band in enumerate(columns, start=1):
            head = Text("?" if band == UNKNOWN else age_label(band), "caption")
            head.setAccessibleName(age_label(band))
            grid.addWidget(head, 0, across, Qt.AlignmentFlag.AlignRight)
            grid.setColumnStretch(across, 1)
        for down, sex in enumerate(_SEXES, start=1):
            words = label(sex) if len(columns) < 8 else sex_short(sex)
            grid.addWidget(Text(words, "body" if sex is not Sex.UNKNOWN else "quiet"), down, 0)
            for across, band in enumerate(columns, start=1):
                grid.addWidget(self._box(sex, band), down, across)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made in __init__
        layout.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()
        self.setFocusProxy(self._boxes[_SEXES[0], columns[0]])

    def _box(self, sex: Sex, band: str) -> NumberField:
        box = NumberField(high=MOST_AT_ONCE)
        box.setAccessibleName(f"{label(sex)} · {age_label(band)}")
        box.setMinimumWidth(theme.current().px(44))
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.changed.connect(self._on_changed)
        self._boxes[sex, band] = box
        return box

    def _on_changed(self) -> None:
        self.show_rest(self._total)
        self.changed.emit()
