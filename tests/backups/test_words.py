"""The recovery key in words: read back, and no typing error passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.backups.words import COUNT, key_of, words_of
from perpudesk.core.errors import InputError
from tests.backups.conftest import KEY, refused


@given(st.binary(min_size=32, max_size=32))
def test_words_are_the_key(key: bytes) -> None:
    words = words_of(key)
    assert len(words) == COUNT
    assert key_of(" ".join(words)) == key


def test_they_are_read_however_they_are_written() -> None:
    words = words_of(KEY)
    numbered = "\n".join(f"{place}. {word.upper()}" for place, word in enumerate(words, start=1))
    assert key_of(numbered) == KEY
    assert key_of("-".join(words)) == KEY


def test_every_single_wrong_letter_is_noticed() -> None:
    words = words_of(KEY)
    text = " ".join(words)
    for at, letter in enumerate(text):
        for other in "aioubdfghjklmnprstvzxq":
            if letter in (other, " "):
                continue
            with refused(InputError, "recovery_word", "recovery_words_wrong"):
                key_of(text[:at] + other + text[at + 1 :])


def test_words_in_another_order_are_noticed() -> None:
    words = words_of(bytes(range(100, 132)))
    for at in range(COUNT - 1):
        turned = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
        with refused(InputError, "recovery_words_wrong"):
            key_of(" ".join(turned))


@pytest.mark.parametrize("text", ["", "   ", "1 2 3"])
def test_nothing_typed_is_told(text: str) -> None:
    with refused(InputError, "recovery_words_missing") as told:
        key_of(text)
    assert told.value.field == "words"
    assert told.value.params == {"found": 0, "all": COUNT}


def test_a_word_too_few_or_too_many_is_told() -> None:
    words = words_of(KEY)
    for wrong in (words[1:], [*words, words[0]]):
        with refused(InputError, "recovery_words_missing"):
            key_of(" ".join(wrong))


def test_the_word_that_cannot_be_is_named() -> None:
    words = words_of(KEY)
    words[4] = "perpustakaan" * 3
    with refused(InputError, "recovery_word") as told:
        key_of(" ".join(words))
    assert told.value.params == {"word": "perpustakaanperpusta", "place": 5}
