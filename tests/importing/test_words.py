from __future__ import annotations

import pytest

from perpudesk.core.codes import EDUCATIONS, OCCUPATIONS, Sex, VisitorType
from perpudesk.importing import words
from perpudesk.importing.words import Vocabulary


@pytest.mark.parametrize(
    "text, value",
    [
        *[("57", 57), (" 57 ", 57), ("57,0", 57), ("57.00", 57), ("0", 0), ("007", 7)],
        *[("1.234", 1234), ("1,234", 1234), ("1 234", 1234), ("12.345.678", 12345678)],
        *[("1.234,00", 1234), ("1,234.00", 1234), ("1.23", None), ("1.2345", None)],
        *[("1.234,5", None), ("-3", None), ("", None), ("x", None), ("=A1", None), ("TRUE", None)],
        *[("٣", None), ("1.234,567", None)],
        *[("7 orang", 7), ("1.234 Org.", 1234), ("7 buku", None), ("7-8 orang", None)],
    ],
)
def test_whole_numbers(text: str, value: int | None) -> None:
    assert words.whole_number(text) == value


@pytest.mark.parametrize(
    "text, age",
    [
        *[("17", (17, None)), ("17 tahun", (17, None)), ("17.0", (17, None)), ("131", None)],
        *[
            ("17-25", (None, "17-25")),
            ("17 – 25 thn", (None, "17-25")),
            ("6 s/d 11", (None, "6-11")),
        ],
        *[("46+", (None, "46+")), (">45", (None, "46+")), (">= 66", (None, "66+"))],
        *[("66 ke atas", (None, "66+")), ("18-30", None), ("dewasa", None)],
    ],
)
def test_ages(text: str, age: tuple[int | None, str | None] | None) -> None:
    assert words.age_of(text) == age


@pytest.mark.parametrize(
    "text, sex",
    [
        *[("L", Sex.MALE), ("P", Sex.FEMALE), ("Pria", Sex.MALE), ("WANITA", Sex.FEMALE)],
        *[("Laki-laki", Sex.MALE), ("laki - laki", Sex.MALE), ("Perempuan", Sex.FEMALE)],
        *[("M", Sex.MALE), ("f", Sex.FEMALE), ("1", Sex.MALE), ("0", Sex.FEMALE)],
        *[("", Sex.UNKNOWN), ("-", Sex.UNKNOWN), ("x", None)],
    ],
)
def test_sexes(text: str, sex: Sex | None) -> None:
    assert words.sex_of(text) is sex


@pytest.mark.parametrize(
    "text, kind",
    [
        *[("Anggota", VisitorType.MEMBER), ("Bukan Anggota", VisitorType.NON_MEMBER)],
        *[("NON-MEMBER", VisitorType.NON_MEMBER), ("rombongan", VisitorType.GROUP)],
        *[("", VisitorType.UNKNOWN), ("Siswa", None)],
    ],
)
def test_types(text: str, kind: VisitorType | None) -> None:
    assert words.type_of(text) is kind


@pytest.mark.parametrize(
    "text, month",
    [
        *[("2022-12", "2022-12"), ("2023-1", "2023-01"), ("Jan 2023", "2023-01")],
        *[("Januari 2023", "2023-01"), ("Des-22", "2022-12"), ("DESEMBER 2022", "2022-12")],
        *[("01/2023", "2023-01"), ("2022-12-01 00:00:00", "2022-12"), ("01-12-2022", "2022-12")],
        *[("Jan '23", "2023-01"), ("Pebruari 2023", "2023-02"), ("March 2023", "2023-03")],
        *[
            ("2022-13", None),
            ("Januari", None),
            ("Total", None),
            ("2022-12-02", None),
            ("0000-01", None),
        ],
    ],
)
def test_months(text: str, month: str | None) -> None:
    found = words.month_of(text)
    assert (found and found.code) == month


def test_a_month_without_a_year_is_of_the_year_that_is_said() -> None:
    assert words.lacks_year("Maret")
    assert not words.lacks_year("Maret 2025")
    found = words.month_of("Maret", 2025)
    assert found is not None
    assert found.code == "2025-03"
    assert words.year_in(["Rekap Tahun 2025", "dicetak 2025"]) == 2025
    assert words.year_in(["2024 dan 2025"]) is None
    assert words.year_in(["Kode 120255"]) is None


def test_words_for_entries_in_both_languages_and_of_the_branch() -> None:
    lists = Vocabulary(OCCUPATIONS, {"own": "Penenun", "pupil": "Pelajar"})
    said = ("Pelajar", "siswa", "Pupil", "PENENUN", "petani", "civil_servant", "", "astronaut")
    assert [lists.slug(each) for each in said] == [
        *("pupil", "pupil", "pupil", "own", "farmer", "civil_servant", "unknown"),
        None,
    ]
    assert lists.label("own") == "Penenun"
    assert Vocabulary(EDUCATIONS, {}).slug("SMA/SMK") == "sma"
