"""A month as a sheet of weeks: large enough to hang on a wall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perpudesk.paper.document import Align, MonthSheet, SheetDay
from perpudesk.paper.marks import INK, QUIET, Box, Drawing, Line, Mark
from perpudesk.paper.text import Metrics, TextLine
from perpudesk.paper.type import LEADING, NOTE, set_lines, wrap_plain

_HEAD = 15.0
_NUMBER, _WORDS = 11.0, 7.4
"""Sizes of the number of a day and of what is on it, in points."""
_SIDE = 3.0
_CLOSED = "#EEF1F0"
_GAP = 1.0
_MOST_LINES = 3
"""An entry has so many lines, fewer where the day is full."""


def month_drawing(sheet: MonthSheet, width: float, height: float, metrics: Metrics) -> Drawing:
    """The weeks under the names of their days, `height` points together."""
    wide = width / len(sheet.weekdays)
    tall = (height - _HEAD) / len(sheet.weeks)
    marks: list[Mark] = []
    for place, name in enumerate(sheet.weekdays):
        lines = wrap_plain(metrics, name, NOTE, wide, bold=True)
        marks += set_lines(
            lines[:1], size=NOTE, left=place * wide, top=1.0, width=wide, align=Align.CENTRE
        )
    for row, week in enumerate(sheet.weeks):
        for place, day in enumerate(week):
            if day is not None:
                cell = Box(place * wide, _HEAD + row * tall, wide, tall, fill=_CLOSED)
                marks += _day(day, cell, metrics)
    return Drawing(height, (*marks, *_lines(sheet, width, height, wide, tall)))


def _lines(
    sheet: MonthSheet, width: float, height: float, wide: float, tall: float
) -> Iterator[Mark]:
    for row in range(len(sheet.weeks) + 1):
        yield Line(0, _HEAD + row * tall, width, _HEAD + row * tall, INK, 0.6)
    for place in range(len(sheet.weekdays) + 1):
        yield Line(place * wide, _HEAD, place * wide, height, INK, 0.6)


def _day(day: SheetDay, cell: Box, metrics: Metrics) -> Iterator[Mark]:
    """The number of a day and what is on it: shorter where it is much, and then how many more."""
    left, top = cell.x, cell.y
    if day.closed is not None:
        yield cell
    room = cell.width - 2 * _SIDE
    number = wrap_plain(metrics, str(day.number), _NUMBER, room, bold=True)
    yield from set_lines(number, size=_NUMBER, left=left + _SIDE, top=top + 2, width=room)
    at, step = top + 3 + _NUMBER * LEADING, _WORDS * LEADING
    texts = [*([day.closed] if day.closed else []), *day.entries]
    ends = top + cell.height - 1
    for most in range(_MOST_LINES, 0, -1):
        entries = [_shortened(text, room, metrics, most) for text in texts]
        if at + _height(entries, step) <= ends:
            break
    else:
        while entries and at + _height(entries, step) + step > ends:
            entries.pop()
    for place, lines in enumerate(entries):
        ink = QUIET if day.closed and place == 0 else INK
        yield from set_lines(lines, size=_WORDS, left=left + _SIDE, top=at, width=room, ink=ink)
        at += len(lines) * step + _GAP
    if left_over := len(texts) - len(entries):
        lines = wrap_plain(metrics, f"+{left_over}", _WORDS, room, bold=True)
        yield from set_lines(lines, size=_WORDS, left=left + _SIDE, top=at, width=room)


def _height(entries: Sequence[tuple[TextLine, ...]], step: float) -> float:
    return sum(len(lines) * step + _GAP for lines in entries)


def _shortened(text: str, room: float, metrics: Metrics, most: int) -> tuple[TextLine, ...]:
    """The text in `most` lines; what is longer ends with a sign that it goes on."""
    lines = wrap_plain(metrics, text, _WORDS, room)
    words = text.split()
    while len(lines) > most and len(words) > 1:
        words.pop()
        lines = wrap_plain(metrics, " ".join(words) + " …", _WORDS, room)
    return lines[:most]
