"""A month as a sheet of weeks: large enough to hang on a wall."""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.paper.document import Align, MonthSheet, SheetDay
from perpudesk.paper.marks import INK, QUIET, Box, Drawing, Line, Mark
from perpudesk.paper.text import Metrics, TextLine
from perpudesk.paper.type import LEADING, NOTE, set_lines, wrap_plain

_HEAD = 15.0
_NUMBER, _WORDS = 11.0, 7.4
"""Sizes of the number of a day and of what is on it, in points."""
_SIDE = 3.0
_CLOSED = "#EEF1F0"
_MOST_LINES = 2
"""An entry has so many lines; what is longer ends with a sign that it goes on."""


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
    """The number of a day, and as many of its entries as have room; else how many more."""
    left, top = cell.x, cell.y
    if day.closed is not None:
        yield cell
    room = cell.width - 2 * _SIDE
    number = wrap_plain(metrics, str(day.number), _NUMBER, room, bold=True)
    yield from set_lines(number, size=_NUMBER, left=left + _SIDE, top=top + 2, width=room)
    at, step = top + 3 + _NUMBER * LEADING, _WORDS * LEADING
    texts = [*([day.closed] if day.closed else []), *day.entries]
    for place, text in enumerate(texts):
        lines = _shortened(text, room, metrics)
        left_over = len(texts) - place
        needed = len(lines) * step + (step if left_over > 1 else 0)
        if at + needed > top + cell.height - 1:
            lines = wrap_plain(metrics, f"+{left_over}", _WORDS, room, bold=True)
            yield from set_lines(lines, size=_WORDS, left=left + _SIDE, top=at, width=room)
            return
        ink = QUIET if day.closed and place == 0 else INK
        yield from set_lines(lines, size=_WORDS, left=left + _SIDE, top=at, width=room, ink=ink)
        at += len(lines) * step + 1


def _shortened(text: str, room: float, metrics: Metrics) -> tuple[TextLine, ...]:
    """The text in as many lines as it may have."""
    lines = wrap_plain(metrics, text, _WORDS, room)
    if len(lines) <= _MOST_LINES:
        return lines
    words = text.split()
    while len(lines) > _MOST_LINES and len(words) > 1:
        words.pop()
        lines = wrap_plain(metrics, " ".join(words) + " …", _WORDS, room)
    return lines[:_MOST_LINES]
