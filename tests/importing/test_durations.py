"""Durations, however they are written."""

from __future__ import annotations

import pytest

from perpudesk.importing.durations import seconds_of, unit_of


@pytest.mark.parametrize(
    "text, seconds",
    [
        ("65", 3_900),
        ("0", 0),
        ("65,5", 3_930),
        ("1:05", 3_900),
        ("01:05:00", 3_900),
        ("1:05:30.250", 3_930),
        ("1 day, 1:05:00", 90_300),
        ("2 days, 0:00:00", 172_800),
        ("100:00", 360_000),
        ("65 menit", 3_900),
        ("65 MNT.", 3_900),
        ("1 jam", 3_600),
        ("1,5 jam", 5_400),
        ("1 jam 5 menit", 3_900),
        ("1 jam, 5 menit, 30 detik", 3_930),
        ("1h 5m", 3_900),
        ("PT1H5M", 3_900),
        ("45 detik", 45),
    ],
)
def test_forms_of_durations(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-5",
        "1:75",
        "0:10:60",
        "lama",
        "pt",
        "1.234.567",
        "99999999",
        "5 hari",
        "1:",
        "٦٥",
        "1e3",
    ],
)
def test_what_is_no_duration(text: str) -> None:
    assert seconds_of(text) is None


@pytest.mark.parametrize(
    "title, unit",
    [
        ("Durasi", 60),
        ("Lama (menit)", 60),
        ("Lama pemakaian (jam)", 3_600),
        ("Lama (jam:menit)", 60),
        ("Duration_(seconds)", 1),
        ("DETIK", 1),
    ],
)
def test_a_title_says_what_a_number_counts(title: str, unit: int) -> None:
    assert unit_of(title) == unit
    assert seconds_of("2", unit) == 2 * unit
