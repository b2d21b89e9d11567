"""A month on a wall sheet: every entry is told or counted, inside its day."""

from __future__ import annotations

import pytest

from perpudesk.paper.calendar import month_drawing
from perpudesk.paper.document import MonthSheet, SheetDay
from perpudesk.paper.marks import Box, Words
from perpudesk.paper.text import Metrics

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
WIDTH, HEIGHT = 700.0, 330.0
TALL = (HEIGHT - 15) / 6
LONG = "09.00 Pelatihan pembuatan kue kering dan pemasarannya lewat media sosial (Aula)"


def words(
    real: Metrics, *entries: str, closed: str | None = None
) -> tuple[list[str], list[Box], float]:
    """What stands on the only day of a month, the grey of closed days, and where it ends."""
    day = SheetDay(number=9, entries=entries, closed=closed)
    sheet = MonthSheet(weekdays=WEEKDAYS, weeks=((None,) * 6 + (day,), *((None,) * 7,) * 5))
    drawing = month_drawing(sheet, WIDTH, HEIGHT, real)
    assert drawing.height == HEIGHT
    marks = [mark for mark in drawing.marks if isinstance(mark, Words)]
    said = [mark for mark in marks if mark.text not in WEEKDAYS]
    assert all(mark.x >= WIDTH * 6 / 7 for mark in said)
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    return [mark.text for mark in said], boxes, max(mark.y for mark in said)


def test_a_day_has_its_number_and_a_closed_one_its_reason_on_grey(real: Metrics) -> None:
    assert words(real)[:2] == (["9"], [])
    text, boxes, _ = words(real, closed="Hari Guru")
    assert text == ["9", "Hari Guru"]
    assert len(boxes) == 1
    assert words(real, closed="")[0] == ["9"]


def test_entries_have_the_lines_they_need_as_long_as_there_is_room(real: Metrics) -> None:
    text, _, _ = words(real, LONG)
    assert len(text) == 4  # the number, and three lines
    assert text[-1].endswith("…") or text[-1].endswith("(Aula)")


def test_where_there_is_less_room_each_is_shorter_before_one_is_left_out(real: Metrics) -> None:
    text, _, _ = words(real, LONG, "10.00 Rembuk warga desa tentang jalan dan jembatan (Balai)")
    assert [line for line in text if line.startswith("10.00")]
    assert not [line for line in text if line.startswith("+")]


@pytest.mark.parametrize("count", [4, 9, 40])
def test_what_has_no_room_is_counted(real: Metrics, count: int) -> None:
    text, _, lowest = words(real, *[f"{hour:02}.00 Kelas" for hour in range(count)])
    told = [line for line in text if line.endswith("Kelas")]
    (more,) = [line for line in text if line.startswith("+")]
    assert len(told) + int(more) == count
    assert told
    assert lowest <= 15 + TALL


def test_a_word_longer_than_its_day_stays_inside(real: Metrics) -> None:
    text, _, _ = words(real, "X" * 200)
    assert 2 <= len(text) <= 4
