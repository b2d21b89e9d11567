"""Finding people while typing: order and repetition do not matter, misspelling hardly."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.patrons.search import PatronIndex, fits, sound

PEOPLE = [
    ("1", "Siti Aminah", "A-001"),
    ("2", "Siti Nurhaliza", "A-002"),
    ("3", "Sity Fatimah", None),
    ("4", "Budi Santoso", "A-010"),
    ("5", "Fajar", None),
    ("6", "Mohamad Yusuf", "B-7"),
    ("7", "Muhammad Yusup", None),
    ("8", "Soekarno", None),
    ("9", "Ma'ruf Amin", "00123"),
    ("10", "Rohmawati", None),
    ("11", "佐藤", None),
    ("12", "😀", None),
]


@pytest.fixture
def index() -> PatronIndex:
    index = PatronIndex()
    index.fill(PEOPLE)
    return index


@pytest.mark.parametrize(
    "one, other",
    [
        ("Sity", "Siti"),
        ("Sittie", "siti"),
        ("Soekarno", "Sukarno"),
        ("Djoko", "Joko"),
        ("Tjahjono", "Cahjono"),
        ("Syarifah", "Sarifah"),
        ("Mohamad", "Muhammad"),
        ("Ma'ruf", "Maruf"),
        ("Renée", "Renee"),
        ("Arief", "Arif"),
    ],
)
def test_names_that_sound_alike_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_digits_are_not_folded() -> None:
    assert sound("kelas 11") == "kelas 11"


@pytest.mark.parametrize(
    "typed, first",
    [
        ("siti am", "1"),
        ("SITI AMINAH", "1"),
        ("aminah siti", "1"),
        ("siti aminnah", "1"),
        ("sity fat", "3"),
        ("bdui", "4"),
        ("santosa", "4"),
        ("Budi Santoso, S.Pd.", "4"),
        ("fajr", "5"),
        ("f", "5"),
        ("sukarno", "8"),
        ("maruf", "9"),
        ("rahmawati", "10"),
        ("佐", "11"),
        ("😀", "12"),
        ("a-010", "4"),
        ("A-01", "4"),
        ("b-7", "6"),
        ("123", "9"),
        ("  fajar  ", "5"),
    ],
)
def test_the_best_match_comes_first(index: PatronIndex, typed: str, first: str) -> None:
    assert index.find(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "zzx", "zz", "zzz", "zzzz", "999", "qwrtp", "\u0301"])
def test_what_is_like_nobody_finds_nobody(index: PatronIndex, typed: str) -> None:
    assert index.find(typed) == []


@pytest.mark.parametrize(
    "typed, name, number, sure",
    [
        ("siti", "Siti Aminah", None, True),
        ("am", "Siti Aminah", None, True),
        ("siti aminnah", "Siti Aminah", None, True),
        ("bdui", "Budi Santoso", None, True),
        ("santosa", "Budi Santoso", None, True),
        ("A-0", "Budi Santoso", "A-010", True),
        ("010", "Budi Santoso", "A-010", True),
        ("999", "Budi Santoso", "A-010", False),
        ("s", "Siti Aminah", None, False),
        ("siti zzz", "Siti Aminah", None, False),
        ("sari", "Siti Aminah", None, False),
        ("zzz", "Siti Aminah", None, False),
        ("ab", "", None, False),
    ],
)
def test_who_is_meant_and_who_is_a_guess(
    typed: str, name: str, number: str | None, sure: bool
) -> None:
    assert fits(typed, name, number) is sure


def test_letters_ask_for_names_before_numbers(index: PatronIndex) -> None:
    found = index.find("a")
    assert set(found) >= {"1", "2", "4", "9"}
    assert found[0] in ("9", "1")  # a word that begins so: Amin, Aminah
    assert index.find("A-0")[:3] == ["1", "2", "4"]


def test_no_more_than_asked_for(index: PatronIndex) -> None:
    assert len(index.find("siti", 2)) == 2
    assert len(index.find("s", 1)) == 1


def test_a_changed_and_a_dropped_person(index: PatronIndex) -> None:
    index.put("5", "Bunga", "A-099")
    assert index.find("fajar") == []
    assert index.find("bunga") == index.find("a-099") == ["5"]
    index.drop("5")
    index.drop("nobody")
    assert index.find("bunga") == index.find("a-099") == index.find("99") == []
    assert len(index) == len(PEOPLE) - 1


def test_thousands_of_one_name_answer_with_the_ones_that_fit() -> None:
    index = PatronIndex()
    index.fill((str(n), f"Siti {'Zulaikha' if n == 2900 else 'Aminah'}", None) for n in range(3000))
    assert index.find("zulaikha siti") == ["2900", *index.find("zulaikha siti")[1:]]
    assert len(index.find("sitti aminh", 20)) == 20


names = st.text(alphabet=string.ascii_letters + " '-éñ", min_size=1, max_size=30)
numbers = st.none() | st.text(alphabet=string.ascii_uppercase + string.digits, max_size=8)
steps = st.lists(st.tuples(st.integers(0, 6).map(str), st.none() | st.tuples(names, numbers)))


@given(steps, st.text(max_size=12))
def test_the_index_is_what_the_last_word_of_each_says(
    done: list[tuple[str, tuple[str, str | None] | None]], typed: str
) -> None:
    index, left = PatronIndex(), {}
    for patron_id, told in done:
        if told is None:
            index.drop(patron_id)
            left.pop(patron_id, None)
        else:
            index.put(patron_id, *told)
            left[patron_id] = told
    fresh = PatronIndex()
    fresh.fill((patron_id, *told) for patron_id, told in left.items())
    assert len(index) == len(fresh) == len(left)
    assert set(index.find(typed, 50)) == set(fresh.find(typed, 50))


@given(st.lists(st.tuples(names, numbers), max_size=12), st.data())
def test_who_is_there_is_found_by_the_whole_name_and_number(
    people: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    index = PatronIndex()
    index.fill((str(at), *told) for at, told in enumerate(people))
    for at, (name, number) in enumerate(people):
        if name.strip():
            assert str(at) in index.find(name, len(people))
        if number:
            assert str(at) in index.find(number, len(people))
    typed = data.draw(st.text())
    found = index.find(typed, 5)
    assert len(found) == len(set(found)) <= 5


@given(st.text())
def test_any_text_can_be_typed(typed: str) -> None:
    index = PatronIndex()
    index.fill([*PEOPLE, ("x", typed, typed)])
    assert len(index.find(typed)) <= 8
    assert sound(sound(typed)) == sound(sound(sound(typed)))
