from __future__ import annotations

import pytest

from perpudesk.paper.document import Span, bold, italic, spans
from perpudesk.paper.text import MISSING, Metrics, clean, one_line, set_line


def lines(metrics: Metrics, parts: tuple[Span, ...], width: float) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in metrics.wrap(parts, 10, width)]


@pytest.mark.parametrize(
    "text,width,expected",
    [
        ("", 50, [""]),
        ("one two", 35, ["one two"]),
        ("one two", 34, ["one", "two"]),
        ("one  two ", 20, ["one", "two"]),
        ("one\ntwo", 500, ["one", "two"]),
        ("one\n\ntwo", 500, ["one", "", "two"]),
        ("a abcdefgh b", 20, ["a", "abcd", "efgh", "b"]),
        ("abcdefghi", 20, ["abcd", "efgh", "i"]),
        ("abc", 1, ["a", "b", "c"]),
        ("a\u00a0b c", 15, ["a\u00a0b", "c"]),
    ],
)
def test_lines_break_at_spaces_and_where_they_must(
    even: Metrics, text: str, width: float, expected: list[str]
) -> None:
    assert lines(even, spans(text), width) == expected


def test_a_word_goes_on_over_a_change_of_style(even: Metrics) -> None:
    parts = spans("it was ", bold("8.7%"), ", ", italic("nearly"))
    (line,) = even.wrap(parts, 10, 500)
    assert [(run.text, run.bold, run.italic) for run in line.runs] == [
        ("it was ", False, False),
        ("8.7%", True, False),
        (", ", False, False),
        ("nearly", False, True),
    ]
    assert line.width == pytest.approx(19 * 0.5)
    assert lines(even, parts, 45) == ["it was", "8.7%,", "nearly"]


def test_a_styled_word_wider_than_a_line_keeps_its_styles(even: Metrics) -> None:
    cut = even.wrap(spans("ab", bold("cdef")), 10, 10)
    assert [[(run.text, run.bold) for run in line.runs] for line in cut] == [
        [("ab", False)],
        [("cd", True)],
        [("ef", True)],
    ]


def test_a_line_becomes_words_at_their_places(even: Metrics) -> None:
    (line,) = even.wrap(spans("ab", bold("c"), "", italic("d")), 10, 500)
    marks = list(set_line(line, 5, 7, 10))
    assert [(mark.x, mark.text) for mark in marks] == [(5, "ab"), (15, "c"), (20, "d")]
    assert list(set_line(even.wrap(spans(""), 10, 50)[0], 0, 0, 10)) == []


def test_text_is_fitted_down_to_a_floor(even: Metrics) -> None:
    assert even.fit("abcd", 10, 20, floor=5, bold=False) == 10
    assert even.fit("abcd", 10, 14, floor=5, bold=True) == 7
    assert even.fit("abcd", 10, 4, floor=5, bold=False) == 5
    assert even.width("abcd", 10, bold=True) == 20


def test_what_the_font_lacks_is_as_wide_as_a_box(even: Metrics) -> None:
    assert even.regular.of("a\U0001f600") == 1.0
    assert even.regular.printable("a\U0001f600\ud800") == f"a{MISSING}{MISSING}"
    assert even.regular.printable("abc") == "abc"


@pytest.mark.parametrize(
    "given,expected",
    [
        ("plain  text", "plain  text"),
        ("a\tb\u2003\u3000c", "a b c"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\x00b\x1b[0m\u200b\u202ec\ufeff", "ab[0mc"),
        ("a\u00a0b\u202f%", "a\u00a0b\u202f%"),
        ("\U0001f469\u200d\U0001f469", "\U0001f469\U0001f469"),
        ("\ud800", "\ud800"),
    ],
)
def test_what_has_no_look_is_left_out(given: str, expected: str) -> None:
    assert clean(given) == expected


def test_one_line_has_no_line_feeds() -> None:
    assert one_line("a\r\nb\nc") == "a b c"
