"""An amount in whole rupiah, typed as people write it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from perpudesk.core.money import rupiah_of
from perpudesk.ui.fields import TextField


class MoneyField(TextField):
    """Takes `1.500.000`, `Rp1.500.000` and the like; `value` says what is wrong."""

    def __init__(self, value: int | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(placeholder="1.500.000", parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.set_value(value)

    def value(self) -> int | None:  # type: ignore[override]
        """The amount, None where nothing was typed; raises `InputError`."""
        return rupiah_of(self.text(), field=self.objectName())

    def set_value(self, value: int | str | None) -> None:
        """Show an amount, or what was typed."""
        # With dots in every language: as rupiah are typed, and as the field reads them.
        told = f"{value:,}".replace(",", ".") if isinstance(value, int) else value or ""
        self.setText(told)
