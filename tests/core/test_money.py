"""Money as people type it."""

from __future__ import annotations

import pytest

from perpudesk.core import i18n
from perpudesk.core.errors import InputError
from perpudesk.core.money import check_rupiah, rupiah_of


@pytest.mark.parametrize(
    "text, amount",
    [
        ("", None),
        (None, None),
        ("0", 0),
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("Rp1.500.000", 1_500_000),
        ("Rp. 1.500.000,00", 1_500_000),
        ("rp 1.500,-", 1_500),
    ],
)
def test_an_amount_is_read(text: str | None, amount: int | None) -> None:
    assert rupiah_of(text, field="cost") == amount


@pytest.mark.parametrize(
    "text", ["Rp 1.5 jt", "1,5 juta", "1,500", "1.50", "12.34.567", "-5", "1e6", "lima", "1.500.00"]
)
def test_what_can_be_read_in_two_ways_is_refused(text: str) -> None:
    i18n.use("en")
    with pytest.raises(InputError, match="all of its digits") as refused:
        rupiah_of(text, field="cost")
    assert refused.value.field == "cost"


def test_nobody_has_so_much() -> None:
    with pytest.raises(InputError) as refused:
        rupiah_of("1000000000000000", field="cost")
    assert refused.value.code == "too_much_money"
    with pytest.raises(InputError):
        check_rupiah(-1, field="cost")
    with pytest.raises(InputError):
        check_rupiah(1.5, field="cost")  # type: ignore[arg-type]
