"""A number with decimals, typed as it is printed."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import half_up, number
from perpudesk.core.i18n import language
from perpudesk.ui.fields import NumberField

BAD_DECIMAL = Problem(
    "bad_decimal", "Type a number from {low} to {high}, with at most two decimals."
)

_SIGNS = {"id": (".", ","), "en": (",", ".")}
"""What groups thousands and what begins the decimals."""


class DecimalField(NumberField):
    """A number within limits, like `1.234,5` in Indonesian; `value` says what is wrong."""

    def __init__(
        self, *, low: int = 0, high: int = 999_999_999, parent: QWidget | None = None
    ) -> None:
        super().__init__(low=low, high=high, parent=parent)

    def value(self) -> float | None:  # type: ignore[override]
        """The number, or None if nothing was typed; raises `InputError` bad_decimal."""
        group, point = _SIGNS[language()]
        text = self.text().strip()
        if not text:
            return None
        grouped = re.escape(group)
        pattern = rf"(\d{{1,3}}({grouped}\d{{3}})+|\d{{1,12}})({re.escape(point)}\d{{1,2}})?"
        if re.fullmatch(pattern, text, re.ASCII):
            found = float(text.replace(group, "").replace(point, "."))
            if self.low <= found <= self.high:
                return found
        raise InputError(
            BAD_DECIMAL, field=self.objectName(), low=number(self.low), high=number(self.high)
        )

    def set_value(self, value: float | None) -> None:
        """Show `value` with the decimals it has; None empties the field."""
        if value is None:
            self.setText("")
            return
        text = f"{half_up(value, 2):f}".rstrip("0").rstrip(".")
        self.setText(text.replace(".", _SIGNS[language()][1]))

    def step(self, by: int) -> None:
        """Count up or down, within the limits; what is no number begins at the lowest."""
        try:
            value = self.value()
        except InputError:
            value = None
        stepped = self.low if value is None else value + by
        self.set_value(min(max(stepped, self.low), self.high))
