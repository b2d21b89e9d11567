from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.visits.scan import ENDS, ENTER, TAB, Burst, Scan, ScanReader, Tap, Told

GAP = 35
chars = st.sampled_from(string.ascii_letters + string.digits + "-./*; ")
cards = st.text(chars, min_size=3, max_size=60)
near = st.integers(0, GAP - 1)
far = st.integers(GAP, 5_000)


def typed(keys: list[tuple[str, int]], *, last: bool = True) -> list[Told]:
    """What comes of keys given as (char, ms since the one before)."""
    reader, at, told = ScanReader(GAP), 1_000, []
    for char, pause in keys:
        at += pause
        told += reader.feed(char, at)
    if last:
        told += reader.flush(at + GAP)
        assert not reader.waiting
    return told


def spelt(told: Told) -> str:
    """The keys that it was."""
    if isinstance(told, Scan):
        return told.text + told.end
    return told.text if isinstance(told, Burst) else told.char


@given(st.lists(st.tuples(chars, far)))
def test_keys_apart_are_taps_in_order(keys: list[tuple[str, int]]) -> None:
    assert typed(keys) == [Tap(char) for char, _ in keys]


@given(st.lists(st.tuples(chars | st.sampled_from(ENDS), near | far)))
def test_nothing_is_lost_or_doubled(keys: list[tuple[str, int]]) -> None:
    told = typed(keys)
    said = "".join(spelt(each) for each in told)
    pressed = "".join(char for char, _ in keys)
    if said != pressed:  # only line feeds after a scan may be missing
        ends = str.maketrans("", "", "".join(ENDS))
        assert said.translate(ends) == pressed.translate(ends)
        assert any(isinstance(each, Scan) for each in told)


@given(st.lists(st.tuples(chars, near | far)))
def test_without_enter_nothing_is_a_scan(keys: list[tuple[str, int]]) -> None:
    told = typed(keys)
    assert "".join(spelt(each) for each in told) == "".join(char for char, _ in keys)
    assert not any(isinstance(each, Scan) for each in told)


@pytest.mark.parametrize("text", ["2341", "00012345", "KTW-0001"])
def test_as_many_keys_without_an_end_are_a_card_that_was_not_read(text: str) -> None:
    (burst,) = typed([(char, 5) for char in text])
    assert isinstance(burst, Burst)
    assert burst.text == text
    assert typed([(char, 5) for char in text[:3]]) == [Tap(char) for char in text[:3]]


def test_a_key_held_down_is_no_card() -> None:
    reader = ScanReader(GAP)
    told = [each for at in range(20) for each in reader.feed("q", 1_000 + 30 * at, repeated=at > 0)]
    assert [*told, *reader.release()] == [Tap("q"), *[Tap("q", repeated=True)] * 19]


def test_a_tab_ends_a_card_too() -> None:
    card = [(char, 2) for char in "2341"]
    assert typed([*card, (TAB, 2)]) == [Scan("2341", TAB)]
    assert typed([*card, (TAB, 2), (ENTER, 2)]) == [Scan("2341", TAB)]
    assert typed([("q", GAP), (TAB, GAP)]) == [Tap("q"), Tap(TAB)]


@given(st.lists(st.tuples(chars, far)), cards, st.lists(near, min_size=61, max_size=61))
def test_a_card_among_taps_is_one_scan(
    before: list[tuple[str, int]], card: str, pauses: list[int]
) -> None:
    scanned = list(zip(card, [GAP, *pauses], strict=False))
    told = typed([*before, *scanned, (ENTER, pauses[-1]), ("q", GAP)])
    assert told == [*(Tap(char) for char, _ in before), Scan(card), Tap("q")]


@given(st.text(chars, max_size=2))
def test_a_quick_hand_is_no_scanner(text: str) -> None:
    told = typed([*((char, 5) for char in text), (ENTER, 5)])
    assert told == [*(Tap(char) for char in text), Tap(ENTER, rushed=len(text) == 2)]


def test_three_characters_and_enter_are_four_keys() -> None:
    assert typed([("0", GAP), ("1", 3), ("7", 3), (ENTER, 3)]) == [Scan("017")]


def test_an_enter_that_comes_late_ends_no_scan() -> None:
    told = typed([*((char, 5) for char in "1234"), (ENTER, GAP)])
    assert [spelt(each) for each in told] == ["1234", ENTER]
    assert told[-1] == Tap(ENTER)


def test_the_line_feed_of_a_scanner_is_no_answer() -> None:
    card = [(char, 2) for char in "A-01"]
    assert typed([*card, (ENTER, 2), (ENTER, 2)]) == [Scan("A-01")]
    assert typed([*card, (ENTER, 2), (ENTER, GAP)]) == [Scan("A-01"), Tap(ENTER)]


def test_two_cards_one_after_the_other() -> None:
    card = [(char, 2) for char in "A-01" + ENTER]
    assert typed([*card, *card]) == [Scan("A-01"), Scan("A-01")]


def test_keys_are_held_until_the_gap_has_passed() -> None:
    reader = ScanReader(GAP)
    assert reader.feed("q", 1_000) == []
    assert reader.waiting
    assert reader.flush(1_000 + GAP - 1) == []
    assert reader.flush(1_000 + GAP) == [Tap("q")]
    assert reader.flush(9_000) == []


def test_held_down_keys_say_so_and_still_scan() -> None:
    reader = ScanReader(GAP)
    reader.feed("1", 1_000)
    assert reader.feed("1", 1_500, repeated=True) == [Tap("1")]
    assert reader.release() == [Tap("1", repeated=True)]
    for at, char in enumerate("0011"):
        reader.feed(char, 9_000 + at, repeated=at in (1, 3))
    assert reader.feed(ENTER, 9_004) == [Scan("0011")]


@pytest.mark.parametrize("back", [10_000, 4_294_000_000])
def test_a_clock_that_jumps_back_loses_nothing(back: int) -> None:
    reader = ScanReader(GAP)
    reader.feed("q", back)
    assert reader.feed("w", 5) == [Tap("q")]
    assert reader.flush(5 + GAP) == [Tap("w")]
