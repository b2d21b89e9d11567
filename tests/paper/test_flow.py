from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.paper.flow import Page, Piece, kept, paginate
from perpudesk.paper.marks import Drawing

HEAD = Drawing(2)


def piece(height: float, gap: float = 0, *, keep: bool = False) -> Piece:
    return Piece(Drawing(height), gap, keep)


def heights(pages: list[Page]) -> list[list[float]]:
    return [[placed.drawing.height for placed in page.placed] for page in pages]


@pytest.mark.parametrize(
    "pieces,expected",
    [
        ([], [[]]),
        ([piece(4), piece(6)], [[4, 6]]),
        ([piece(4), piece(6.1)], [[4], [6.1]]),
        ([piece(4), piece(6, 1)], [[4], [6]]),
        ([piece(5, 5), piece(5)], [[5, 5]]),
        ([piece(12), piece(1)], [[12], [1]]),
        ([piece(6), piece(2, keep=True), piece(3)], [[6], [2, 3]]),
        ([piece(6), piece(2, keep=True), piece(2)], [[6, 2, 2]]),
        ([piece(1), *kept([piece(6), piece(6)])], [[1, 6], [6]]),
        ([piece(1), piece(2, keep=True)], [[1, 2]]),
        ([piece(9), piece(2, keep=True)], [[9], [2]]),
    ],
)
def test_pieces_fill_pages(pieces: list[Piece], expected: list[list[float]]) -> None:
    assert heights(paginate(pieces, 10)) == expected


def test_gaps_stand_between_pieces_but_not_above_a_page() -> None:
    (first, second) = paginate([piece(3, 9), piece(3, 2), piece(3, 2), piece(1, 2)], 10)
    assert [placed.y for placed in first.placed] == [0, 5]
    assert first.height == 8
    assert [placed.y for placed in second.placed] == [0, 5]


def test_a_head_is_drawn_where_a_piece_begins_a_page() -> None:
    row = Piece(Drawing(3), head=HEAD)
    assert heights(paginate([Piece(HEAD, keep=True), *[row] * 5], 10)) == [
        [2, 3, 3],
        [2, 3, 3],
        [2, 3],
    ]


def test_a_head_counts_when_a_group_is_moved() -> None:
    rows = kept([Piece(Drawing(4), head=HEAD)] * 2)
    assert heights(paginate([piece(5), *rows], 10)) == [[5], [2, 4, 4]]
    assert heights(paginate([piece(5), *rows], 9)) == [[5, 4], [2, 4]]


def test_what_is_kept_stays_with_the_next() -> None:
    pieces = [piece(1), piece(2)]
    assert [each.keep for each in kept(pieces)] == [True, False]
    assert [each.keep for each in kept(pieces, with_next=True)] == [True, True]
    assert kept([]) == []


PIECES = st.lists(
    st.builds(piece, st.floats(0.5, 9), st.floats(0, 4), keep=st.booleans()), max_size=40
)


@given(PIECES)
def test_nothing_is_lost_doubled_moved_or_cut(pieces: list[Piece]) -> None:
    pages = paginate(pieces, 10)
    placed = [each.drawing for page in pages for each in page.placed]
    assert placed == [each.drawing for each in pieces]
    for page in pages:
        bottoms = [each.y + each.drawing.height for each in page.placed]
        tops = [each.y for each in page.placed]
        assert all(low <= top for low, top in zip(bottoms, tops[1:], strict=False))
        assert not bottoms or bottoms[-1] == page.height <= 10 + 1e-6


@given(PIECES)
def test_a_heading_is_never_last_on_a_page_when_it_can_move(pieces: list[Piece]) -> None:
    headed = [replace(piece(1, 1), keep=True), piece(5)] * len(pieces)
    for page in paginate(headed, 10):
        assert page.placed[-1].drawing.height == 5 if headed else not page.placed
