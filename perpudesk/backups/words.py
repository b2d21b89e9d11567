"""The recovery key as words that can be read aloud, printed and typed.

Each word is a *proquint* (arXiv 0901.4016): consonant, vowel, consonant, vowel, consonant for 16
bits. Sixteen of them are the key, the last one tells whether all were typed rightly.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from perpudesk.core.errors import InputError, Problem

BAD_WORD = Problem(
    "recovery_word",
    "“{word}” (word {place}) is not on any recovery sheet. Look at the sheet and type it again.",
)
WORDS_MISSING = Problem(
    "recovery_words_missing",
    "These are {found} words, and a recovery key has {all}. Type all of them, in their order.",
)
WORDS_WRONG = Problem(
    "recovery_words_wrong",
    "These words do not belong together: one was typed wrongly, or their order. Compare them with "
    "the sheet.",
)
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
KEY_BYTES, COUNT = 32, 17


def words_of(key: bytes) -> list[str]:
    """The words of a key."""
    return [_word(pair) for pair in _pairs(key + _check(key))]


def key_of(text: str) -> bytes:
    """The key that words say, whatever stands between them; raises `InputError` on `words`."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    for place, word in enumerate(words, start=1):
        if not _is_word(word):
            raise InputError(BAD_WORD, field="words", word=word[:20], place=place)
    if len(words) != COUNT:
        raise InputError(WORDS_MISSING, field="words", found=len(words), all=COUNT)
    data = b"".join(_value(word).to_bytes(2, "big") for word in words)
    key, check = data[:KEY_BYTES], data[KEY_BYTES:]
    if _check(key) != check:
        raise InputError(WORDS_WRONG, field="words")
    return key


def _check(key: bytes) -> bytes:
    return blake2b(key, digest_size=2, person=b"perpudesk words").digest()


def _pairs(data: bytes) -> list[int]:
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def _word(value: int) -> str:
    letters = []
    for shift, bits in ((12, 4), (10, 2), (6, 4), (4, 2), (0, 4)):
        part = value >> shift & (1 << bits) - 1
        letters.append((_CONSONANTS if bits == 4 else _VOWELS)[part])
    return "".join(letters)


def _is_word(word: str) -> bool:
    return (
        len(word) == 5
        and all(letter in _CONSONANTS for letter in word[::2])
        and all(letter in _VOWELS for letter in word[1::2])
    )


def _value(word: str) -> int:
    value = 0
    for at, letter in enumerate(word):
        alphabet, bits = (_VOWELS, 2) if at % 2 else (_CONSONANTS, 4)
        value = value << bits | alphabet.index(letter)
    return value
