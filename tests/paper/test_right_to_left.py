"""Arabic and Hebrew as they are read."""

from __future__ import annotations

import pytest

from perpudesk.paper.fonts import metrics
from perpudesk.paper.right_to_left import joined, visual
from perpudesk.paper.text import Widths

EVERY = range(0x110000)
SHALOM, OLAM = "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd"


@pytest.mark.parametrize(
    "given,expected",
    [
        ("abc", "abc"),
        ("é", "é"),
        (SHALOM, SHALOM[::-1]),
        (f"{SHALOM} {OLAM}!", f"{OLAM[::-1]} {SHALOM[::-1]}!"),
        (f"a {SHALOM} b {OLAM}", f"a {SHALOM[::-1]} b {OLAM[::-1]}"),
        (f"{SHALOM} 12 {OLAM}", f"{OLAM[::-1]} 12 {SHALOM[::-1]}"),
        (f"a {SHALOM} 12-13", f"a 12-13 {SHALOM[::-1]}"),
        (f"12 {SHALOM}", f"12 {SHALOM[::-1]}"),
        (f"{SHALOM} b 12", f"{SHALOM[::-1]} b 12"),
        (f"({SHALOM})", f"({SHALOM[::-1]})"),
        (f"{SHALOM} ({OLAM}) [b]", f"({OLAM[::-1]}) {SHALOM[::-1]} [b]"),
        (f"({SHALOM} b) {OLAM}", f"({SHALOM[::-1]} b) {OLAM[::-1]}"),
        (f"{SHALOM}) (b", f"{SHALOM[::-1]}) (b"),
        ("\u05d0\u05b8\u05d1", "\u05d1\u05d0\u05b8"),
    ],
)
def test_right_to_left_names_are_turned_round(given: str, expected: str) -> None:
    assert visual(given) == expected


@pytest.mark.parametrize(
    "given,expected",
    [
        ("abc – é", "abc – é"),
        ("\u0645\u062d\u0645\u062f", "\ufee3\ufea4\ufee4\ufeaa"),
        ("\u0645 \u0645", "\ufee1 \ufee1"),
        ("\u0633\u0644\u0627\u0645", "\ufeb3\ufefc\ufee1"),
        ("\u0644\u0627", "\ufefb"),
        ("\u062f\u0627\u0631", "\ufea9\ufe8d\ufead"),
        ("\u0645\u0651\u062d\u0640", "\ufee3\u0651\ufea4\u0640"),
        ("\u0621\u0628a\u0628", "\ufe80\ufe8fa\ufe8f"),
        ("\u0651\u0628", "\u0651\ufe8f"),
    ],
)
def test_arabic_letters_join(given: str, expected: str) -> None:
    assert joined(given, EVERY) == expected


def test_a_form_that_the_font_lacks_is_left_as_the_letter() -> None:
    assert joined("\u0645\u062d\u0645\u062f", range(0xFEA0)) == "\u0645\u062d\u0645\u062f"


@pytest.mark.parametrize("widths", [metrics().regular, metrics().bold])
def test_a_name_is_as_wide_as_it_is_drawn(widths: Widths) -> None:
    name = "\u0645\u062d\u0645\u062f"
    assert widths.of(name) == sum(map(widths.__getitem__, widths.printable(name)))
    assert widths.printable(name) == "\ufee3\ufea4\ufee4\ufeaa"
    assert not widths.lacks(name)
    assert widths.lacks(f"{name}\ud800")
