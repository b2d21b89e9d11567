"""The QR code in the foot of what was closed."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from perpudesk.core.codes import Paper
from perpudesk.paper.document import Code, Document, Paragraph, spans
from perpudesk.paper.flow import Page
from perpudesk.paper.fonts import metrics
from perpudesk.paper.margins import margin_marks
from perpudesk.paper.marks import Box, Line
from perpudesk.paper.pdf import render
from perpudesk.paper.qr import qr_marks, qr_rows
from perpudesk.paper.sizes import MM, sheet

SEAL = "01a2150b-67c4-7564-b0b4-7e4f157785e5|2026-10|2|EPFK-VYY8"
PLAIN = Document(
    title="List", language="id", blocks=(Paragraph(spans=spans("Isi")),), footer="Kaki"
)


def test_it_has_its_three_corners() -> None:
    rows = qr_rows(SEAL)
    size = len(rows)
    assert size == 33
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert all(rows[top][left : left + 7])
        assert not any(rows[top + 1][left + 1 : left + 6])
        assert all(all(rows[top + at][left + 2 : left + 5]) for at in (2, 3, 4))


def test_its_boxes_are_its_dark_modules() -> None:
    rows = qr_rows(SEAL)
    boxes = list(qr_marks(SEAL, 10, 20, 66))
    dark = sum(map(sum, rows))
    assert sum(box.width for box in boxes) == pytest.approx(dark * 2)
    assert min(box.x for box in boxes) == 10
    assert min(box.y for box in boxes) == 20
    assert max(box.x + box.width for box in boxes) == pytest.approx(76)


@pytest.mark.parametrize("paper", list(Paper))
def test_it_stands_at_the_end_of_every_foot(paper: Paper) -> None:
    size = sheet(paper)
    page = Page((), 0)
    plain = margin_marks(PLAIN, page, "Halaman 1 dari 1", size, metrics())
    sealed = margin_marks(replace(PLAIN, seal=SEAL), page, "Halaman 1 dari 1", size, metrics())
    boxes = [mark for mark in sealed if isinstance(mark, Box)]
    assert not [mark for mark in plain if isinstance(mark, Box)]
    right = size.width - size.right
    assert max(box.x + box.width for box in boxes) == pytest.approx(right)
    assert max(box.y + box.height for box in boxes) <= size.height - 12 * MM
    (rule,) = [mark for mark in sealed if isinstance(mark, Line)]
    assert rule.x2 < min(box.x for box in boxes)


def test_a_sealed_document_can_be_read_and_is_the_same_again() -> None:
    streams = io.BytesIO(), io.BytesIO()
    for stream in streams:
        render(replace(PLAIN, seal=SEAL), stream, paper=Paper.A4)
    assert streams[0].getvalue() == streams[1].getvalue()
    (page,) = PdfReader(streams[0]).pages
    assert "Kaki" in page.extract_text()
    assert replace(PLAIN, seal=SEAL).outline().endswith(f"foot: Kaki\nseal: {SEAL}\n")


def test_as_a_part_of_a_page_it_stands_in_the_middle() -> None:
    from perpudesk.paper.layout import lay_out

    size = sheet(Paper.A4)
    document = replace(PLAIN, blocks=(Code(text=SEAL, side=33),))
    (page,) = lay_out(document, size, metrics())
    (code,) = page.placed
    boxes = [mark for mark in code.drawing.marks if isinstance(mark, Box)]
    left, right = min(box.x for box in boxes), max(box.x + box.width for box in boxes)
    assert right - left == pytest.approx(33 * MM)
    assert "code: " + SEAL in document.outline()
