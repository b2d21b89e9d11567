"""A group by sex and age: boxes to count into, and what they leave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from perpudesk.core.codes import UNKNOWN, AgeBand
from perpudesk.core.errors import InputError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui.text import Text
from perpudesk.visits.form.boxes import Key, SexAgeBoxes
from perpudesk.visits.model import Part


class PartsGrid(SexAgeBoxes):
    """Boxes by sex and age group; below them, live, how many are not recorded.

    The value is a tuple of `Part`; an age group that is no longer in the branch's set keeps its
    column when it is shown.
    """

    def __init__(self, bands: Sequence[AgeBand], *, parent: QWidget | None = None) -> None:
        self._own = [band.slug for band in bands]
        self._total: int | None = None
        self._rest = Text("", "small")
        super().__init__(self._own, parent=parent)
        self._column.addWidget(self._rest)

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
        others = sorted({band for _, band in held} - {*self._own, UNKNOWN})
        self.set_bands([*self._own, *others])
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
            said = tr("Left without details: {n}", n=number(total - parts))
        self._rest.setText(said)
        self._rest.set_role("error" if total is not None and parts > total else "small")

    def box_changed(self, key: Key) -> None:
        self.show_rest(self._total)
        super().box_changed(key)
