"""Text measured, cleaned, broken into lines and fitted: pure, given the widths of two fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from perpudesk.paper.document import Span
from perpudesk.paper.marks import INK, Words
from perpudesk.paper.right_to_left import joined

MISSING = "□"
"""Printed for a character that the font lacks."""

_SPACES = re.compile(r"[^\S\n\u00a0\u202f]+")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")


_MOST_TEXTS = 4_096
"""So many widths are kept; texts of which a file is full are few."""


class Widths(dict[str, float]):
    """The width of each character in em; of a character that the font lacks, the width of □."""

    def __init__(self, by_code: Mapping[int, float]) -> None:
        super().__init__()
        self._by_code = by_code
        self._texts: dict[str, float] = {}

    def __missing__(self, char: str) -> float:
        width = self._by_code.get(ord(char))
        self[char] = result = self._by_code[ord(MISSING)] if width is None else width
        return result

    def of(self, text: str) -> float:
        """The width of `text` in em, as it is drawn; long tables say the same words often."""
        width = self._texts.get(text)
        if width is None:
            width = sum(map(self.__getitem__, joined(text, self._by_code)))
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[text] = width
        return width

    def lacks(self, text: str) -> bool:
        """Whether the font has not every character of `text`."""
        return not (text.isascii() or all(ord(char) in self._by_code for char in text))

    def printable(self, text: str) -> str:
        """`text` as it is drawn: Arabic joined, with □ for every character that the font lacks."""
        if text.isascii():
            return text
        return "".join(
            char if ord(char) in self._by_code else MISSING for char in joined(text, self._by_code)
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line in one style, with its width in em."""

    text: str
    bold: bool
    italic: bool
    width: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of runs, with its width in em."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _Word:
    """What no line may break inside, unless it is wider than a line."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """The widths of the regular and the bold font."""

    regular: Widths
    bold: Widths

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of one line of `text` in points."""
        return (self.bold if bold else self.regular).of(text) * size

    def fit(self, text: str, size: float, width: float, *, floor: float, bold: bool) -> float:
        """The largest size up to `size` at which `text` is no wider than `width`, or `floor`."""
        wide = self.width(text, 1, bold=bold)
        return size if wide * size <= width else max(floor, width / wide)

    def wrap(self, spans: Iterable[Span], size: float, width: float) -> tuple[TextLine, ...]:
        """`spans` in lines no wider than `width` points; at least one line, maybe empty.

        Lines break at spaces and line feeds; a word wider than a line breaks where it must.
        """
        limit = width / size + 1e-9
        runs = [self._run(clean(span.text), span.bold, span.italic) for span in spans]
        if len(runs) == 1 and "\n" not in runs[0].text and runs[0].width <= limit:
            return (TextLine((runs[0],), runs[0].width),)
        lines: list[TextLine] = []
        for paragraph in _paragraphs(runs):
            lines += self._filled(self._words(paragraph), limit)
        return tuple(lines)

    def _run(self, text: str, bold: bool, italic: bool) -> Run:
        return Run(text, bold, italic, (self.bold if bold else self.regular).of(text))

    def _words(self, runs: Iterable[Run]) -> Iterator[_Word]:
        """Runs cut at spaces; a word may go on over a change of style."""
        word: list[Run] = []
        for run in runs:
            for number, text in enumerate(run.text.split(" ")):
                if number and word:
                    yield _word(word)
                    word = []
                if text:
                    word.append(self._run(text, run.bold, run.italic))
        if word:
            yield _word(word)

    def _filled(self, words: Iterable[_Word], limit: float) -> Iterator[TextLine]:
        line: list[_Word] = []
        used = 0.0
        for word in self._narrow(words, limit):
            space = self._space(line[-1]) if line else 0.0
            if line and used + space + word.width > limit:
                yield self._line(line)
                line, used, space = [], 0.0, 0.0
            line.append(word)
            used += space + word.width
        yield self._line(line)

    def _narrow(self, words: Iterable[_Word], limit: float) -> Iterator[_Word]:
        """The words, each wider than a line cut into pieces that fit one."""
        for word in words:
            if word.width <= limit:
                yield word
                continue
            for run in word.runs:
                for text in _chopped(run.text, self.bold if run.bold else self.regular, limit):
                    yield _word([self._run(text, run.bold, run.italic)])

    def _space(self, word: _Word) -> float:
        return (self.bold if word.runs[-1].bold else self.regular)[" "]

    def _line(self, words: list[_Word]) -> TextLine:
        """Words joined by spaces into as few runs as there are styles."""
        pieces: list[Run] = []
        for number, word in enumerate(words):
            if number:
                last = pieces[-1]
                pieces.append(self._run(" ", last.bold, last.italic))
            pieces += word.runs
        runs = tuple(
            self._run("".join(run.text for run in same), *style)
            for style, same in groupby(pieces, key=lambda run: (run.bold, run.italic))
        )
        return TextLine(runs, sum(run.width for run in runs))


def _word(runs: list[Run]) -> _Word:
    return _Word(tuple(runs), sum(run.width for run in runs))


def _paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs between line feeds; widths are those of the words, measured later."""
    current: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        current.append(Run(first, run.bold, run.italic, 0))
        for text in others:
            yield current
            current = [Run(text, run.bold, run.italic, 0)]
    yield current


def _chopped(text: str, widths: Widths, limit: float) -> Iterator[str]:
    """`text` in pieces within `limit`, at least one character each."""
    start, used = 0, 0.0
    for end, char in enumerate(text):
        used += widths[char]
        if used > limit and end > start:
            yield text[start:end]
            start, used = end, widths[char]
    yield text[start:]


def clean(text: str) -> str:
    """`text` without what has no look: controls and format characters; white space is one space.

    Line feeds stay, and so do no-break spaces.
    """
    if text.isprintable():
        return text
    spaced = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    return "".join(c for c in spaced if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))


def one_line(text: str) -> str:
    """`text` cleaned, with its line feeds as spaces."""
    return clean(text).replace("\n", " ")


def set_line(line: TextLine, x: float, y: float, size: float, *, ink: str = INK) -> Iterator[Words]:
    """The line's marks, starting at `x` on the baseline `y`."""
    for run in line.runs:
        if run.text:
            yield Words(x, y, run.text, size, run.bold, run.italic, ink)
        x += run.width * size
