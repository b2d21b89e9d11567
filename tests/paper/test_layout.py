from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.core.codes import Paper
from perpudesk.paper.document import (
    DOTTED,
    Block,
    Column,
    Columns,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Signature,
    Signatures,
    Spacer,
    Table,
    Title,
    Together,
    spans,
)
from perpudesk.paper.flow import Page
from perpudesk.paper.forms import Large
from perpudesk.paper.layout import lay_out
from perpudesk.paper.marks import Line, Words, flat
from perpudesk.paper.sizes import MM, SLIP, sheet
from perpudesk.paper.text import Metrics
from tests.paper.conftest import by_sex

A4 = sheet(Paper.A4)


def laid(metrics: Metrics, *blocks: Block) -> list[Page]:
    return lay_out(Document(title="T", language="en", blocks=blocks), A4, metrics)


def texts(page: Page) -> list[str]:
    marks = (mark for placed in page.placed for mark, _, _ in flat(placed))
    return [mark.text for mark in marks if isinstance(mark, Words)]


def paragraph(text: str) -> Paragraph:
    return Paragraph(spans=spans(text))


def filled(millimetres: float) -> tuple[Block, ...]:
    """Blocks that reach so far down the first page."""
    return paragraph("top"), Spacer(millimetres=millimetres), paragraph("low")


def test_f4_is_not_the_legal_of_others() -> None:
    f4 = sheet("f4")
    assert (f4.width / MM, f4.height / MM) == pytest.approx((215, 330))
    assert f4.inner_width > A4.inner_width
    assert f4.inner_height > A4.inner_height
    with pytest.raises(ValueError, match="letter"):
        sheet("letter")


def test_a_heading_goes_on_with_what_it_heads(even: Metrics) -> None:
    for level in (1, 2):
        pages = laid(even, *filled(228), Heading(text="Head", level=level), paragraph("body"))
        assert [texts(page) for page in pages] == [["top", "low"], ["Head", "body"]]


def test_a_signature_is_never_alone_on_a_page(even: Metrics) -> None:
    signer = Signature(lead="Known", post="Head", name="Siti", nip="")
    pages = laid(even, *filled(200), paragraph("last words"), Signatures(left=signer))
    assert texts(pages[0]) == ["top", "low"]
    assert texts(pages[1]) == ["last words", "Known", "Head", "Siti", f"NIP. {DOTTED}"]


def test_a_note_never_begins_a_page(even: Metrics) -> None:
    pages = laid(even, *filled(235), paragraph("body"), Note(text="small print"))
    assert [texts(page) for page in pages] == [["top", "low"], ["body", "small print"]]


def test_signatures_may_come_first(even: Metrics) -> None:
    assert texts(laid(even, Signatures())[0]) == []


def test_a_name_is_bold_and_underlined_over_room_for_a_wet_signature(even: Metrics) -> None:
    left = Signature(lead="Known", post="Head", name="Siti Rahmawati")
    right = Signature(lead="Place", post="A very long post " * 5, name="Budi")
    (page,) = laid(even, Signatures(left=left, right=right))
    drawing = page.placed[0].drawing
    words = {mark.text: mark for mark in drawing.marks if isinstance(mark, Words)}
    rules = [mark for mark in drawing.marks if isinstance(mark, Line)]
    assert words["Siti Rahmawati"].bold
    assert words["Siti Rahmawati"].y == words["Budi"].y
    assert [rule.x2 - rule.x1 for rule in rules] == pytest.approx([14 * 4.5, 4 * 4.5])
    lowest = max(mark.y for text, mark in words.items() if "long" in text)
    assert 25 * MM < words["Budi"].y - lowest < 32 * MM


def test_a_missing_name_is_dotted_and_not_underlined(even: Metrics) -> None:
    (page,) = laid(even, Signatures(right=Signature(lead="Place", post="Officer")))
    assert texts(page)[-1] == DOTTED
    assert not any(isinstance(mark, Line) for mark in page.placed[0].drawing.marks)


def test_halves_stand_side_by_side(even: Metrics) -> None:
    (page,) = laid(even, Columns(left=(by_sex(),), right=(paragraph("beside"), by_sex())))
    places = [(part.x, part.y) for part in page.placed[0].drawing.parts]
    assert len({x for x, _ in places}) == 2
    assert min(y for _, y in places) == 0
    assert texts(page).count("Female") == 2


def test_a_half_may_be_empty(even: Metrics) -> None:
    (page,) = laid(even, Columns(left=(), right=(paragraph("beside"),)))
    assert texts(page) == ["beside"]


def test_halves_taller_than_a_page_go_on_beside_each_other(even: Metrics) -> None:
    rows = tuple(Row(cells=(str(number),)) for number in range(100))
    long = Table(columns=(Column(title="Day"),), rows=rows)
    pages = laid(even, Columns(left=(long,), right=(paragraph("beside"),)), paragraph("after"))
    assert len(pages) == 3
    assert texts(pages[0])[0] == texts(pages[1])[0] == "Day"
    assert "beside" in texts(pages[0])
    assert texts(pages[2])[-1] == "after"
    said = [text for page in pages for text in texts(page) if text.isdigit()]
    assert said == [str(number) for number in range(100)]


def test_blocks_together_move_together(even: Metrics) -> None:
    group = Together(blocks=(paragraph("one"), Note(text="two"), paragraph("three")))
    pages = laid(even, *filled(225), group, paragraph("after"))
    assert texts(pages[1]) == ["one", "two", "three", "after"]


def test_a_long_paragraph_parts_without_a_line_alone(even: Metrics) -> None:
    text = "\n".join(map(str, range(100)))
    pages = laid(even, *filled(226), paragraph(text))
    assert [len(texts(page)) for page in pages] == [4, 57, 41]
    assert texts(pages[0])[2:] == ["0", "1"]


def test_a_title_is_centred_with_its_subtitle(even: Metrics) -> None:
    (page,) = laid(even, Title(text="TITLE", subtitle=spans("below")))
    title, below = (placed.drawing.marks[0] for placed in page.placed)
    assert isinstance(title, Words)
    assert isinstance(below, Words)
    assert title.bold
    assert title.x + 5 * 12.5 / 4 == pytest.approx(A4.inner_width / 2)
    assert below.x + 5 * 9.5 / 4 == pytest.approx(A4.inner_width / 2)


def test_a_title_may_stand_alone(even: Metrics) -> None:
    assert texts(laid(even, Title(text="TITLE"))[0]) == ["TITLE"]


def test_the_kop_leads_the_first_page_only(month: Document, real: Metrics) -> None:
    long = replace(month, blocks=month.blocks * 3)
    pages = lay_out(long, A4, real)
    office = "DINAS PERPUSTAKAAN DAN KEARSIPAN"
    assert [texts(page).count(office) for page in pages] == [1, 0, 0]


def test_nothing_is_laid_outside_the_page(month: Document, real: Metrics) -> None:
    for paper in Paper:
        size = sheet(paper)
        for page in lay_out(month, size, real):
            assert page.height <= size.inner_height + 0.01
            for placed in page.placed:
                for mark, x, _ in flat(placed):
                    if isinstance(mark, Words):
                        width = real.width(mark.text, mark.size, bold=mark.bold)
                        assert -0.01 <= x + mark.x <= x + mark.x + width <= size.inner_width + 0.01


def test_large_words_are_as_large_as_one_line_of_them_can_be(real: Metrics) -> None:
    for text, size in (("A-07", 62.0), ("A-1234567890123456", None)):
        large = Large(text=text, above=("above",), below=("below", "last"))
        (page,) = lay_out(Document(title="T", language="en", blocks=(large,)), SLIP, real)
        assert texts(page) == ["above", text, "below", "last"]
        marks = [mark for placed in page.placed for mark, _, _ in flat(placed)]
        words = next(each for each in marks if isinstance(each, Words) and each.text == text)
        assert words.bold
        assert real.width(text, words.size, bold=True) <= SLIP.inner_width
        assert size is None or words.size == size


def test_a_slip_is_shaped_as_a4_is() -> None:
    assert sheet(SLIP) is SLIP
    assert SLIP.height / SLIP.width == pytest.approx(A4.height / A4.width, rel=0.01)
