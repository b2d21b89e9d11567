"""The same visit has the same id wherever it comes from, and a list adds only what exceeds."""

from __future__ import annotations

import re
import uuid
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.importing.identity import (
    Identities,
    as_shown,
    is_mangled,
    reliable,
    tidy,
    which_are_new,
)

KEY = b"k" * 32


@pytest.mark.parametrize(
    "text,expected",
    [
        ("  Siti   Aminah ", "Siti Aminah"),
        ("Siti\r\nAminah\tS.Pd", "Siti Aminah S.Pd"),
        ("Rene\u0301", "René"),
        ("a\x00b\x07c\u200b", "a b c\u200b"),
        ("x\ud800y", "x y"),
        ("'=cmd|'/c calc'!A0", "=cmd|'/c calc'!A0"),
        ("'Aisyah", "'Aisyah"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u00a0", ""),
    ],
)
def test_a_cell_becomes_one_plain_line(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    "number,mangled",
    [
        ("1,23457E+17", True),
        ("1.23457e+17", True),
        ("2E+10", True),
        ("1.98503152010011E+017", True),
        ("2E10", False),
        ("198503152010011003", False),
        ("A1,5E+3", False),
        ("", False),
    ],
)
def test_numbers_that_a_spreadsheet_program_shortened(number: str, mangled: bool) -> None:
    assert is_mangled(number) is mangled


@pytest.mark.parametrize(
    "numbers,expected",
    [
        ({"M1", "", "1,2E+17", "7"}, {"M1", "7"}),
        ({"198503152010011000", "197001012000031000", "M1"}, {"M1"}),
        ({"6201010101010010"}, set()),
        ({"6201010101010010", "6201010101010023"}, {"6201010101010010", "6201010101010023"}),
        ({"PERPUSTAKAAN-0000000000"}, {"PERPUSTAKAAN-0000000000"}),
    ],
)
def test_which_numbers_tell_people_apart(numbers: set[str], expected: set[str]) -> None:
    assert reliable(numbers) == expected


@pytest.mark.parametrize(
    "one,other",
    [
        ("198503152010011003", "1,98503E+17"),
        ("198503152010011003", "1.98503152010011E+17"),
        ("120000000000", "1,2E+11"),
        ("00123", "123"),
        ("0", "00"),
    ],
)
def test_what_a_spreadsheet_program_leaves_of_a_number(one: str, other: str) -> None:
    assert as_shown(one) == as_shown(other)


@pytest.mark.parametrize("text", ["12345678901", "M-0012", "12 ribu", "1²", ""])
def test_other_texts_stay_apart(text: str) -> None:
    assert as_shown(text) != as_shown(text + "7")


def test_a_number_of_any_length_has_a_form() -> None:
    assert as_shown("9" * 5_000) == "INF"


def test_ids_are_uuids_that_show_time_and_place_but_no_name() -> None:
    made = Identities(KEY, "list")
    who = made.who("M1", "Siti Aminah")
    ids = [made.next_id(who, "2026-10-05", clock) for clock in ("094107", "094107", "0941ff")]
    assert [each[24:] for each in ids] == ["094107000000", "094107000001", "0941ff000000"]
    assert len({each[:24] for each in ids}) == 1
    assert uuid.UUID(ids[0]).version == 8
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}", ids[2])


def test_another_key_source_person_or_day_is_another_id() -> None:
    def stem(key: bytes, source: str, name: str, day: str) -> str:
        made = Identities(key, source)
        return made.next_id(made.who("M1", name), day, "094107")

    one = stem(KEY, "list", "Siti", "2026-10-05")
    others = {
        stem(b"q" * 32, "list", "Siti", "2026-10-05"),
        stem(KEY, "other", "Siti", "2026-10-05"),
        stem(KEY, "list", "Sity", "2026-10-05"),
        stem(KEY, "list", "Siti", "2026-10-06"),
    }
    assert len(others) == 4
    assert one not in others


def ids_of(*rows: tuple[str, str]) -> list[str]:
    """Ids of a list of (name, clock)."""
    made = Identities(KEY, "list")
    return [made.next_id(made.who("", name), "2026-10-05", clock) for name, clock in rows]


@pytest.mark.parametrize(
    "known,given_,new",
    [
        ([], [("a", "094107")], [True]),
        ([("a", "094107")], [("a", "094107"), ("a", "094107")], [False, True]),
        # the second is lost in the list that comes later, or was in the one that came before
        ([("a", "094107")], [("a", "0941ff")], [False]),
        ([("a", "0941ff")], [("a", "094107")], [False]),
        ([("a", "094107"), ("a", "094133")], [("a", "0941ff")] * 3, [False, False, True]),
        ([("a", "0941ff")], [("a", "094107"), ("a", "094133")], [False, True]),
        # the time is lost
        ([("a", "094107")], [("a", "ffffff")], [False]),
        ([("a", "ffffff")], [("a", "0941ff"), ("a", "100000")], [False, True]),
        # nobody else's, no other minute's, and not what the list itself says to the second
        ([("a", "094107")], [("b", "0941ff"), ("a", "0942ff")], [True, True]),
        ([("a", "094107")], [("a", "094107"), ("a", "0941ff")], [False, True]),
        ([("a", "094107")], [("a", "094108"), ("b", "ffffff")], [True, True]),
    ],
)
def test_only_what_exceeds_is_new(
    known: list[tuple[str, str]], given_: list[tuple[str, str]], new: list[bool]
) -> None:
    assert which_are_new(ids_of(*given_), set(ids_of(*known))) == new


ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["094107", "094133", "100000"])))


@given(ROWS, ROWS)
def test_two_lists_make_the_larger_count_of_each_row(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    for first, second in ((one, other), (other, one)):
        known = set(ids_of(*first))
        new = which_are_new(ids_of(*second), known)
        assert len(known) + sum(new) == (Counter(one) | Counter(other)).total()


@given(ROWS, st.sampled_from([4, 0]))
def test_a_list_that_lost_its_seconds_or_times_adds_nothing(
    rows: list[tuple[str, str]], kept: int
) -> None:
    vague = [(name, clock[:kept].ljust(6, "f")) for name, clock in rows]
    assert not any(which_are_new(ids_of(*vague), set(ids_of(*rows))))
    assert not any(which_are_new(ids_of(*rows), set(ids_of(*vague))))
