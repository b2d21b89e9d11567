from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.paper.document import Align, Column, Row, Table
from perpudesk.paper.flow import Piece, paginate
from perpudesk.paper.marks import Drawing, Line, Words
from perpudesk.paper.tables import column_widths, table_pieces
from perpudesk.paper.text import Metrics

NAME = Column(title="Name", share=3)
COUNT = Column(title="Visits", align=Align.RIGHT)
PAGE = 400.0


def table(count: int = 3, name: str = "Siti") -> Table:
    rows = tuple(Row(cells=(f"{name} {number}", str(number))) for number in range(count))
    return Table(columns=(NAME, COUNT), rows=rows)


def texts(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Words)]


def all_texts(pieces: list[Piece]) -> list[str]:
    return [text for piece in pieces for text in texts(piece.drawing)]


def test_columns_share_the_width_when_all_fits(even: Metrics) -> None:
    assert column_widths(table(), 400, even) == [300, 100]


def test_a_number_takes_what_it_needs_from_the_others(even: Metrics) -> None:
    wide = Table(columns=(NAME, COUNT), rows=(Row(cells=("A", "1.234.567.890.123"), total=True),))
    first, second = column_widths(wide, 200, even)
    assert second == pytest.approx(17 * 4 + 9.21)
    assert first + second == pytest.approx(200)


def test_long_names_leave_room_for_numbers(even: Metrics) -> None:
    first, second = column_widths(table(name="x" * 10_000), 200, even)
    assert second == pytest.approx(6 * 4 + 9.21)
    assert first + second == pytest.approx(200)


def test_what_cannot_fit_is_squeezed_evenly(even: Metrics) -> None:
    crowd = Table(columns=(COUNT,) * 9, rows=(Row(cells=("123456",) * 9),))
    assert column_widths(crowd, 90, even) == pytest.approx([10] * 9)


def test_the_header_repeats_on_every_page(even: Metrics) -> None:
    pages = paginate(table_pieces(table(80), 300, PAGE, even), PAGE)
    assert len(pages) == 4
    for page in pages:
        assert texts(page.placed[0].drawing) == ["Name", "Visits"]
    rows = [text for page in pages for at in page.placed[1:] for text in texts(at.drawing)[1:]]
    assert rows == [str(number) for number in range(80)]


def test_no_row_is_alone_at_either_end(even: Metrics) -> None:
    head, *rows = table_pieces(table(80), 300, PAGE, even)
    assert head.keep
    assert [number for number, row in enumerate(rows) if row.keep] == [0, 78]


def test_a_short_table_stays_whole(even: Metrics) -> None:
    pieces = table_pieces(table(10), 300, PAGE, even)
    assert all(piece.keep for piece in pieces[:-1])
    assert not pieces[-1].keep


@pytest.mark.parametrize("count", [0, 1, 2, 3, 11])
def test_a_footnote_stays_with_the_last_row(even: Metrics, count: int) -> None:
    pieces = table_pieces(replace(table(count), footnote="Of those recorded."), 300, PAGE, even)
    assert pieces[-2].keep
    assert texts(pieces[-1].drawing) == ["Of those recorded."]


def test_a_table_of_nothing_is_nothing(even: Metrics) -> None:
    bare = Table(columns=(Column(),), rows=())
    assert table_pieces(bare, 300, PAGE, even) == []
    noted = table_pieces(replace(bare, footnote="None."), 300, PAGE, even)
    assert all_texts(noted) == ["None."]


def test_without_titles_nothing_repeats(even: Metrics) -> None:
    bare = Table(columns=(Column(), Column()), rows=(Row(cells=("Name", "Siti")),))
    (row,) = table_pieces(bare, 300, PAGE, even)
    assert row.head is None


def test_totals_are_bold_and_ruled_and_doubts_are_italic(even: Metrics) -> None:
    rows = (Row(cells=("All", "9"), total=True), Row(cells=("Unknown", "1"), italic=True))
    _, total, unknown = table_pieces(replace(table(), rows=rows), 300, PAGE, even)
    assert all(mark.bold for mark in total.drawing.marks if isinstance(mark, Words))
    assert [mark.y1 for mark in total.drawing.marks if isinstance(mark, Line)] == [
        0,
        total.drawing.height,
    ]
    assert all(mark.italic for mark in unknown.drawing.marks if isinstance(mark, Words))


def test_numbers_end_at_the_right_and_centred_texts_in_the_middle(even: Metrics) -> None:
    columns = (replace(COUNT, share=1), replace(COUNT, share=1, align=Align.CENTRE))
    given = Table(columns=columns, rows=(Row(cells=("12", "12")),))
    _, row = table_pieces(given, 200, PAGE, even)
    right, centre = (mark for mark in row.drawing.marks if isinstance(mark, Words))
    assert right.x == pytest.approx(100 - 4.6 - 8)
    assert centre.x == pytest.approx(150 - 4)


def test_a_row_taller_than_a_page_goes_on_and_loses_nothing(even: Metrics) -> None:
    name = "".join(chr(97 + number % 26) for number in range(10_000))
    rows = (Row(cells=("before", "1")), Row(cells=(name, "2")), Row(cells=("after", "3")))
    pieces = table_pieces(replace(table(), rows=rows), 100, PAGE, even)
    assert "".join(all_texts(pieces)).replace("2", "", 1) == f"NameVisitsbefore1{name}after3"
    for page in paginate(pieces, PAGE):
        assert page.height <= PAGE


def test_a_long_text_wraps_within_its_column(even: Metrics) -> None:
    _, row = table_pieces(
        replace(table(), rows=(Row(cells=("a name of many words", "1")),)), 100, PAGE, even
    )
    assert " ".join(texts(row.drawing)) == "a name of many words 1"
    assert len(texts(row.drawing)) > 2
    for mark in row.drawing.marks:
        if isinstance(mark, Words):
            assert mark.x + len(mark.text) * 4 <= 100
