"""An amount is read as it was shown, in every language."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from perpudesk.core import i18n
from perpudesk.core.errors import InputError
from perpudesk.ui.money import MoneyField


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("amount", [None, 0, 999, 1_500_000, 10**12])
def test_what_is_shown_is_what_is_read(language: str, amount: int | None) -> None:
    assert QApplication.instance() is not None
    with i18n.speaking(language):
        field = MoneyField(amount)
        assert field.value() == amount


@pytest.mark.usefixtures("qapp")
def test_what_was_typed_is_kept_as_it_is() -> None:
    field = MoneyField()
    field.set_value("Rp 1.5 jt")
    assert field.text() == "Rp 1.5 jt"
    with pytest.raises(InputError) as refused:
        field.value()
    assert refused.value.code == "bad_money"
