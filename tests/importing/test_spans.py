"""Several days in one cell, and the time at which a day's work was over."""

from __future__ import annotations

import pytest

from perpudesk.importing.spans import ends_of


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("5-7 Maret 2024", "5 Maret 2024", "7 Maret 2024"),
        ("05 s.d. 07 Maret 2024", "05 Maret 2024", "07 Maret 2024"),
        ("5 s/d 7 Maret 2024", "5 Maret 2024", "7 Maret 2024"),
        ("5 sampai dengan 7 Maret 2024", "5 Maret 2024", "7 Maret 2024"),
        ("5, 6 dan 7 Maret 2024", "5 Maret 2024", "7 Maret 2024"),
        ("28 Februari - 2 Maret 2024", "28 Februari 2024", "2 Maret 2024"),
        ("28 Des. 2023 s.d. 2 Jan. 2024", "28 Des. 2023", "2 Jan. 2024"),
        ("Senin-Rabu, 5-7 Maret 2024", "5 Maret 2024", "7 Maret 2024"),
        ("Jum'at, 8 s.d. Minggu, 10 Maret 2024", "8 Maret 2024", "10 Maret 2024"),
        ("5-7/3/2024", "5/3/2024", "7/3/2024"),
        ("05/03/2024 - 07/03/2024", "05/03/2024", "07/03/2024"),
        ("2024-03-05 to 2024-03-07", "2024-03-05", "2024-03-07"),
        ("05-03-2024 s.d 07-03-2024", "05-03-2024", "07-03-2024"),
    ],
)
def test_several_days_have_a_first_and_a_last(text: str, first: str, last: str) -> None:
    assert ends_of(text) == (first, last)


@pytest.mark.parametrize(
    "text, begun",
    [
        ("5 Maret 2024, 09.00-11.00", "5 Maret 2024, 09.00"),
        ("5 Maret 2024 09.00 WITA s.d. selesai", "5 Maret 2024 09.00 WITA"),
        ("5/3/2024 09:00 – 11:30 WIB", "5/3/2024 09:00"),
    ],
)
def test_when_a_day_was_over_is_left_out(text: str, begun: str) -> None:
    assert ends_of(text) == (begun, begun)


@pytest.mark.parametrize(
    "text",
    [
        *("", "5-7", "5-3-24", "05-03-2024", "2024-03-05", "12.03.2024", "5-Mar-2024", "45292"),
        *("Senin, 5 Maret 2024", "5 Maret 2024 09.00", "09.00-11.00", "Maret - April 2024"),
        *(f"{'1,' * 16_000}x", f"{' ' * 32_000}-", "5 - " * 8_000, f"1 {'09.00' * 6_000}"),
    ],
)
def test_one_day_or_none_stays_as_it_is(text: str) -> None:
    assert ends_of(text) == (text, text)
