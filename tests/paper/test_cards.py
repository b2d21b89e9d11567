"""Small forms: six on a sheet, cut lines between them, all of their words inside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.core.codes import Paper
from perpudesk.paper.cards import card_pages
from perpudesk.paper.document import Document, Paragraph, spans
from perpudesk.paper.flow import Page
from perpudesk.paper.forms import Card, Cards, Format
from perpudesk.paper.layout import lay_out
from perpudesk.paper.marks import Box, Line, Words, flat
from perpudesk.paper.sizes import sheet
from perpudesk.paper.text import Metrics

CARD = Card(
    above="Perpusda",
    title="Email",
    lines=("Nama: Siti",),
    questions=("Saya belajar.", "Saya akan memakainya."),
    low="tidak",
    high="ya",
    foot="Silang satu kotak.",
)


def document(*cards: Card) -> Document:
    return Document(title="T", language="id", blocks=(Cards(cards=cards),), format=Format.CARDS)


def words(page: Page) -> list[tuple[str, float, float]]:
    marks = (each for placed in page.placed for each in flat(placed))
    return [(mark.text, x + mark.x, y + mark.y) for mark, x, y in marks if isinstance(mark, Words)]


@pytest.mark.parametrize("count, pages", [(1, 1), (6, 1), (7, 2), (0, 1)])
def test_six_stand_on_a_sheet(real: Metrics, count: int, pages: int) -> None:
    laid = card_pages(document(*[CARD] * count), sheet("a4", Format.CARDS), real)
    assert len(laid) == pages
    assert sum(text == "Email" for page in laid for text, _, _ in words(page)) == count


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("title", ["Email", "Pelatihan " * 20, "X" * 200])
def test_every_word_stays_on_its_own_card(real: Metrics, paper: Paper, title: str) -> None:
    size = sheet(paper, Format.CARDS)
    card = replace(CARD, title=title, questions=("Saya belajar hal baru yang berguna." * 2,) * 3)
    (page,) = lay_out(document(*[card] * 6), size, real)
    wide, high = size.width / 2, size.height / 3
    for at, placed in enumerate(page.placed):
        row, column = divmod(at, 2)
        for mark, x, y in flat(placed):
            if isinstance(mark, Words):
                left = size.left + x + mark.x
                end = left + real.width(mark.text, mark.size, bold=mark.bold)
                assert column * wide < left
                assert end < (column + 1) * wide
                assert row * high < size.top + y + mark.y < (row + 1) * high
    said = "".join(text for text, _, _ in words(page)).replace(" ", "")
    assert said.count(title.replace(" ", "")) == 6


def test_there_is_a_box_for_each_answer(real: Metrics) -> None:
    (page,) = card_pages(document(CARD), sheet("a4", Format.CARDS), real)
    boxes = [mark for mark, _, _ in flat(page.placed[0]) if isinstance(mark, Box)]
    assert len(boxes) == 2 * 5
    assert [text for text, _, _ in words(page)].count("5") == 2


def test_what_cannot_fit_is_as_small_as_it_may_be_and_nothing_is_lost(real: Metrics) -> None:
    card = replace(CARD, questions=tuple(f"Pertanyaan {at}" for at in range(40)), foot="")
    (page,) = card_pages(document(card), sheet("a4", Format.CARDS), real)
    assert "Pertanyaan 39" in " ".join(text for text, _, _ in words(page))


def test_dashed_lines_part_the_cards(real: Metrics) -> None:
    size = sheet("f4", Format.CARDS)
    (page,) = card_pages(document(CARD), size, real)
    assert page.behind is not None
    lines = [mark for mark in page.behind.marks if isinstance(mark, Line)]
    assert {line.x1 for line in lines if line.x1 == line.x2} == {size.width / 2}
    downs = {round(line.y1, 3) for line in lines if line.y1 == line.y2}
    assert downs == {round(size.height * at / 3, 3) for at in (1, 2)}


def test_elsewhere_they_have_no_place(real: Metrics) -> None:
    mixed = Document(
        title="T", language="id", blocks=(Cards(cards=(CARD,)), Paragraph(spans=spans("Isi")))
    )
    (page,) = lay_out(mixed, sheet("a4"), real)
    assert [text for text, _, _ in words(page)] == ["Isi"]


def test_their_outline_reads_as_they_are_cut() -> None:
    outline = list(Cards(cards=(CARD, CARD)).outline())
    assert outline.count("8<") == 1
    assert "  Saya belajar. [tidak 1 … 5 ya]" in outline
