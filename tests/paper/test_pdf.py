from __future__ import annotations

import errno
import io
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from perpudesk.core.codes import Paper
from perpudesk.core.errors import FileError
from perpudesk.paper.document import (
    Align,
    Bar,
    BarChart,
    Block,
    Column,
    Columns,
    Document,
    HBarChart,
    Heading,
    LegendEntry,
    Letterhead,
    Note,
    Paragraph,
    Row,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    italic,
    spans,
)
from perpudesk.paper.document import BarStyle as Style
from perpudesk.paper.pdf import render, write_file

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "naughty-strings.json"
HARD = [
    "",
    " ",
    "<b>bold</b> & <para>",
    "=cmd|'/c calc'!A1",
    "\U0001f600\U0001f469\u200d\U0001f469\u200d\U0001f467 emoji",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "Z\u0351\u036b\u0343\u036aa\u0360\u0353l\u0321g\u0334o\u0332",
    "\x00\x01\x1b[31m\x7f\ufffe\uffff",
    "\ud800 half a pair",
    "田中さん 사회과학원 ด้้้้้็็็็็",
    "(\\) (unbalanced",
    "x" * 10_000,
    "many words " * 900,
]


def printed(document: Document, paper: Paper | str = Paper.A4) -> bytes:
    stream = io.BytesIO()
    assert render(document, stream, paper=paper) == len(PdfReader(stream).pages)
    return stream.getvalue()


def pages(document: Document, paper: Paper | str = Paper.A4) -> list[str]:
    reader = PdfReader(io.BytesIO(printed(document, paper)))
    return [page.extract_text() for page in reader.pages]


def plain(*blocks: Block, title: str = "T") -> Document:
    return Document(title=title, language="en", blocks=blocks)


def paragraph(text: str) -> Paragraph:
    return Paragraph(spans=spans(text))


def listing(count: int) -> Table:
    return Table(
        columns=(
            Column(title="No", align=Align.RIGHT, share=0.5),
            Column(title="Name", share=3),
            Column(title="Visits", align=Align.RIGHT),
        ),
        rows=tuple(Row(cells=(str(n), f"Visitor {n}", str(n * 7))) for n in range(count)),
    )


@pytest.mark.parametrize("paper,size", [("a4", (210, 297)), (Paper.F4, (215, 330))])
def test_a_month_prints_all_its_texts(
    month: Document, paper: Paper | str, size: tuple[int, int]
) -> None:
    reader = PdfReader(io.BytesIO(printed(month, paper)))
    for page in reader.pages:
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx(
            [side * 72 / 25.4 for side in size], abs=0.01
        )
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in (
        "DINAS PERPUSTAKAAN DAN KEARSIPAN",
        "MONTHLY REPORT Period: October 2026 · Number:",
        "In October 2026 the library received 2,031 visits.",
        "Visits per day",
        "Not recorded 56 –",
        "Total 2,031 100.0",
        "Shares are of those recorded (1,975).",
        "701 (35.5%)",
        "Siti, M.Si. IV/b NIP. …",
        "NIP. 19780101",
        "Monthly report · October 2026",
        f"Page 1 of {len(reader.pages)}",
        "Provisional",
    ):
        assert said in text


def test_the_same_document_gives_the_same_bytes(month: Document) -> None:
    assert printed(month) == printed(replace(month))
    assert printed(month) != printed(replace(month, footer="other"))


def test_the_file_names_its_contents_and_language(month: Document) -> None:
    reader = PdfReader(io.BytesIO(printed(replace(month, title="A\nB \ud800 é"))))
    assert reader.metadata
    assert reader.metadata.title == "A B ? é"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def fonts(page: PageObject) -> dict[str, bool]:
    """The fonts a page names, each with whether it is embedded."""
    named = (font.get_object() for font in page["/Resources"]["/Font"].values())
    return {font["/BaseFont"]: "/FontFile2" in font["/FontDescriptor"] for font in named}


def test_only_dejavu_is_named_and_always_embedded(month: Document) -> None:
    for document in (replace(month, watermark="PRAKTIK"), plain()):
        for page in PdfReader(io.BytesIO(printed(document))).pages:
            for name, embedded in fonts(page).items():
                assert name.split("+")[1] in {"DejaVuSans", "DejaVuSans-Bold"}
                assert embedded


def test_every_page_has_its_foot_and_its_marks(month: Document) -> None:
    document = replace(plain(listing(200)), footer="List", watermark="PRAKTIK", provisional="Draft")
    texts = pages(document)
    assert len(texts) > 3
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert text.count("PRAKTIK") == 2
        assert "practice data" in text
        assert "Draft" in text
        assert "List" in text
    assert "PRAKTIK" not in "".join(pages(month))


def test_the_foot_is_said_in_the_language_of_the_document() -> None:
    assert "Halaman 1 dari 1" in pages(replace(plain(), language="id"))[0]


def test_a_foot_that_is_too_long_stays_on_the_page() -> None:
    reader = PdfReader(io.BytesIO(printed(replace(plain(), footer="foot " * 500))))
    lows: list[float] = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: (
            lows.append(tm[5]) if text.strip() else None
        )
    )
    assert min(lows) > 10


@pytest.mark.parametrize("count", [1, 37, 38, 39, 2000])
def test_a_long_table_repeats_its_header_and_loses_no_row(count: int) -> None:
    texts = pages(plain(listing(count)))
    assert all("Name" in text for text in texts)
    rows = [line for text in texts for line in text.splitlines() if "Visitor" in line]
    assert len(rows) == count
    assert rows[-1].split()[:3] == [str(count - 1), "Visitor", str(count - 1)]


def test_a_table_at_the_end_of_a_page_moves_whole() -> None:
    one = Table(columns=(Column(title="Head"),), rows=(Row(cells=("row",)),))
    for lines in range(45, 60):
        texts = pages(plain(paragraph("\n".join("line" for _ in range(lines))), one))
        assert [("Head" in text) == ("row" in text) for text in texts] == [True] * len(texts)


def test_a_missing_glyph_is_a_box_with_a_note_on_its_page_only() -> None:
    first, second = pages(plain(paragraph("田中 ≤ ✓ →"), paragraph("\n" * 80), paragraph("plain")))
    assert "□□ ≤ ✓ →" in first
    assert "□ stands for a character" in first
    assert "□" not in second


def test_a_box_that_was_meant_needs_no_note() -> None:
    (text,) = pages(plain(paragraph("□ yes  □ no")))
    assert text.count("□") == 2
    assert "stands for" not in text


def test_markup_is_only_text() -> None:
    (text,) = pages(plain(paragraph("<b>x</b> &amp; <font color='red'>")))
    assert "<b>x</b> &amp; <font color='red'>" in text


def everywhere(text: str) -> Document:
    """`text` in every place that takes one."""
    bars = (Bar(label=text[:99], value=3, shown=text[:40]), Bar(label="b", value=1))
    legend = (LegendEntry(style=Style.ESTIMATED, text=text[:200]),)
    return Document(
        title=text,
        language="en",
        letterhead=Letterhead(government=(text[:200],), office=text[:200], address=(text[:200],)),
        blocks=(
            Title(text=text[:200], subtitle=spans(text[:200])),
            Heading(text=text[:200]),
            Paragraph(spans=(*spans(text), bold(text), italic(text))),
            Note(text=text),
            Table(
                columns=(Column(title=text[:40]), Column(title="n", align=Align.RIGHT)),
                rows=(Row(cells=(text, text[:12])), Row(cells=(text[:50], "1"), total=True)),
                footnote=text[:200],
            ),
            Columns(left=(paragraph(text),), right=(Note(text=text),)),
            BarChart(title=text[:200], bars=bars, category_axis=text[:50], legend=legend),
            HBarChart(title=text[:200], bars=bars, value_axis=text[:50], legend=legend),
            Signatures(
                left=Signature(lead=text[:60], post=text[:60], name=text[:200], nip=text[:30])
            ),
        ),
        footer=text,
        watermark=text[:40],
        provisional=text[:40],
    )


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_any_text_prints_anywhere(text: str) -> None:
    assert len(pages(everywhere(text))) >= 1


def test_a_name_of_ten_thousand_characters_is_printed_whole() -> None:
    table = Table(columns=(Column(title="Name"),), rows=(Row(cells=("x" * 10_000,)),))
    assert "".join(pages(plain(table))).count("x") == 10_000


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list is not on this machine")
def test_naughty_strings_print() -> None:
    strings = json.loads(NAUGHTY.read_text("utf-8"))
    rows = tuple(Row(cells=(text, text)) for text in strings)
    table = Table(columns=(Column(title="a"), Column(title="b")), rows=rows)
    chart = HBarChart(title="c", bars=tuple(Bar(label=text, value=1) for text in strings))
    document = plain(table, chart, *map(paragraph, strings), title="".join(strings))
    assert len(pages(document)) > 20


def test_a_file_is_written_whole(month: Document, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    count = write_file(month, path, paper=Paper.A4)
    assert path.read_bytes() == printed(month)
    assert count == len(PdfReader(path).pages)
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_refused(month: Document, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path, code in (("missing/report.pdf", "no_folder"), ("folder", "is_a_folder")):
        with pytest.raises(FileError) as caught:
            write_file(month, tmp_path / path, paper=Paper.A4)
        assert caught.value.code == code
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_a_folder_that_is_read_only_is_refused(
    month: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(FileError) as caught:
        write_file(month, tmp_path / "report.pdf", paper=Paper.A4)
    assert caught.value.code == "not_allowed"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    month: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError) as caught:
        write_file(month, path, paper=Paper.A4)
    assert caught.value.code == "disk_full"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_each_page_is_told_and_the_telling_may_stop_it() -> None:
    rows = tuple(Row(cells=(str(number),)) for number in range(120))
    document = Document(title="x", language="id", blocks=(Table(columns=(Column(),), rows=rows),))
    told: list[tuple[int, int]] = []
    pages = render(document, io.BytesIO(), paper=Paper.A4, report=lambda *at: told.append(at))
    assert told == [(page, pages) for page in range(1, pages + 1)]

    def stop(*_at: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(document, io.BytesIO(), paper=Paper.A4, report=stop)
