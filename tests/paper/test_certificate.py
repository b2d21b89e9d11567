"""Certificates: framed, fitted, nothing cut, and what is behind them stored once."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from perpudesk.core.codes import Paper
from perpudesk.paper.certificate import certificate_pages
from perpudesk.paper.document import (
    Certificate,
    Document,
    Letterhead,
    Paragraph,
    Signature,
    Signatures,
    spans,
)
from perpudesk.paper.flow import Page
from perpudesk.paper.forms import Format
from perpudesk.paper.layout import lay_out
from perpudesk.paper.marks import Box, Line, Picture, Words, flat
from perpudesk.paper.pdf import render
from perpudesk.paper.sizes import MM, sheet
from perpudesk.paper.text import Metrics

LEFT = Signature(lead="Mengetahui", post="Kepala Dinas", name="Rusliansyah")
RIGHT = Signature(lead="Pangkalan Bun, 30 November 2026", post="Kepala", name="Rina", nip="1967")
ONE = Certificate(
    heading="SERTIFIKAT",
    number="Nomor: 001/SERT/2026",
    lead="diberikan kepada",
    name="Aisyah Rahmawati",
    role="sebagai peserta pelatihan",
    title="Email dan toko daring",
    about=("diselenggarakan oleh Perpusda", "hadir pada 3 dari 4 pertemuan"),
    signatures=Signatures(left=LEFT, right=RIGHT),
    seal="001/SERT/2026",
)
HEAD = Letterhead(
    government=("PEMERINTAH KABUPATEN",), office="DINAS PERPUSTAKAAN", address=("Jalan 11",)
)
LONG = "Raden Ajeng Siti Nurhaliza Kusumawardhani Binti Abdurrahman Sastrowidjojo"
WORD = "Kusumawardhanisastrowidjojonotonegoroaji"


def document(*certificates: Certificate, head: Letterhead | None = HEAD) -> Document:
    return Document(
        title="Sertifikat",
        language="id",
        blocks=certificates,
        letterhead=head,
        format=Format.CERTIFICATE,
    )


def laid(metrics: Metrics, certificate: Certificate, paper: Paper = Paper.A4) -> Page:
    size = sheet(paper, Format.CERTIFICATE)
    (page,) = certificate_pages(document(certificate), size, metrics)
    return page


def words(page: Page) -> list[tuple[Words, float, float]]:
    marks = (each for placed in page.placed for each in flat(placed))
    return [(mark, x, y) for mark, x, y in marks if isinstance(mark, Words)]


def within(page: Page, paper: Paper, metrics: Metrics) -> bool:
    """Whether every word lies inside the margins, and no line runs into the one above it."""
    size = sheet(paper, Format.CERTIFICATE)
    ends, tops = [], []
    for mark, x, y in words(page):
        wide = metrics.width(mark.text, mark.size, bold=mark.bold)
        ends.append((x + mark.x, x + mark.x + wide))
        tops.append(y + mark.y)
    wide_enough = all(a >= -0.1 and b <= size.inner_width + 0.1 for a, b in ends)
    return wide_enough and max(tops) <= size.inner_height


def size_of(page: Page, text: str) -> float:
    return next(mark.size for mark, _, _ in words(page) if text in mark.text)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", ["Siti", "Aisyah Rahmawati", LONG, WORD, "X" * 120, "A b " * 45])
def test_every_name_is_there_whole_and_within_the_frame(
    real: Metrics, paper: Paper, name: str
) -> None:
    page = laid(real, replace(ONE, name=name), paper)
    assert within(page, paper, real)
    said = "".join(mark.text for mark, _, _ in words(page)).replace(" ", "")
    assert name.replace(" ", "") in said


def test_a_long_name_is_smaller_and_then_on_two_lines(real: Metrics) -> None:
    assert size_of(laid(real, ONE), "Aisyah") == pytest.approx(30, abs=2)
    page = laid(real, replace(ONE, name=LONG))
    assert 15 < size_of(page, "Raden") <= 24
    assert sum(mark.size == size_of(page, "Raden") for mark, _, _ in words(page)) == 2
    one_word = laid(real, replace(ONE, name=WORD))
    assert [mark.text for mark, _, _ in words(one_word) if WORD[:9] in mark.text] == [WORD]


def test_what_is_very_long_makes_all_of_it_smaller(real: Metrics) -> None:
    page = laid(real, replace(ONE, title="Pelatihan " * 20, about=("Sebuah kalimat " * 30,) * 3))
    assert within(page, Paper.A4, real)
    assert size_of(page, "SERTIFIKAT") < 33
    beyond = laid(real, replace(ONE, about=("Sebuah kalimat " * 900,)))
    assert size_of(beyond, "SERTIFIKAT") == pytest.approx(33 * 0.5)


def test_where_the_heading_leaves_no_room_no_line_stands_beside_it(real: Metrics) -> None:
    def lines(heading: str) -> int:
        page = laid(real, replace(ONE, heading=heading))
        return sum(isinstance(mark, Line) for mark, _, _ in flat(page.placed[0]))

    assert lines("SERTIFIKAT") > 2
    assert lines("SERTIFIKAT PENGHARGAAN") == 0


def code_at(page: Page) -> float | None:
    """Where the QR code begins, if there is one."""
    boxes = [mark.x for mark, _, _ in flat(page.placed[-1]) if isinstance(mark, Box)]
    return min(boxes, default=None)


def test_the_code_stands_between_two_who_sign_or_beside_one(real: Metrics) -> None:
    width = sheet("a4", Format.CERTIFICATE).inner_width
    middle, beside = (
        code_at(laid(real, ONE)),
        code_at(laid(real, replace(ONE, signatures=Signatures(right=RIGHT)))),
    )
    assert middle is not None
    assert beside is not None
    assert middle + 10.5 * MM == pytest.approx(width / 2, abs=2)
    assert beside < width / 4
    assert code_at(laid(real, replace(ONE, seal=""))) is None
    alone = laid(real, replace(ONE, signatures=Signatures(left=LEFT)))
    (place,) = [x + mark.x for mark, x, _ in words(alone) if mark.text == "Rusliansyah"]
    assert place > width / 2


def test_frame_and_letterhead_are_one_drawing_behind_all_pages(real: Metrics, crest: bytes) -> None:
    size = sheet("f4", Format.CERTIFICATE)
    head = replace(HEAD, crest=crest)
    first, second = certificate_pages(document(ONE, ONE, head=head), size, real)
    assert first.behind is second.behind is not None
    marks = [mark for part in (first.behind,) for mark in part.marks]
    boxes = [mark for mark in marks if isinstance(mark, Box)]
    assert min(box.x for box in boxes) == pytest.approx(9 * MM)
    inside = [mark for part in first.behind.parts for mark, _, _ in flat(part)]
    (picture,) = [mark for mark in inside if isinstance(mark, Picture)]
    assert picture.x + picture.width / 2 == pytest.approx(size.inner_width / 2)
    lines = [mark for mark in marks if isinstance(mark, Line)]
    for line in lines:
        assert min(line.x1, line.x2) >= 11 * MM - 0.1
        assert max(line.y1, line.y2) <= size.height - 11 * MM + 0.1


def test_without_certificates_there_is_an_empty_page_and_elsewhere_they_have_no_place(
    real: Metrics,
) -> None:
    size = sheet("a4", Format.CERTIFICATE)
    assert len(certificate_pages(document(head=None), size, real)) == 1
    upright = Document(title="T", language="id", blocks=(ONE, Paragraph(spans=spans("Isi"))))
    (page,) = lay_out(upright, sheet("a4"), real)
    assert [mark.text for mark, _, _ in words(page)] == ["Isi"]
    mixed = replace(upright, format=Format.CERTIFICATE)
    assert len(lay_out(mixed, size, real)) == 1


def test_the_file_has_every_font_inside_and_says_all_of_it(crest: bytes) -> None:
    made = document(ONE, replace(ONE, name=LONG), head=replace(HEAD, crest=crest))
    first, second = io.BytesIO(), io.BytesIO()
    assert render(made, first, paper="a4") == 2
    render(made, second, paper="a4")
    assert first.getvalue() == second.getvalue()
    reader = PdfReader(first)
    for page in reader.pages:
        text = " ".join(page.extract_text().split())
        for part in ("DINAS PERPUSTAKAAN", "SERTIFIKAT", "001/SERT/2026", "Rina", "NIP. 1967"):
            assert part in text, part
        assert "Halaman" not in text
        (behind,) = page["/Resources"]["/XObject"].values()  # type: ignore[index]
        fonts = {
            **page["/Resources"]["/Font"],  # type: ignore[index]
            **behind.get_object()["/Resources"]["/Font"],
        }
        for font in fonts.values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    both = [page["/Resources"]["/XObject"] for page in reader.pages]  # type: ignore[index]
    assert len({str(each.raw_get(name)) for each in both for name in each}) == 1, "stored once"


def test_practice_is_said_outside_the_frame_and_so_is_a_missing_letter() -> None:
    practice = replace(document(replace(ONE, name="Siti 漢字")), watermark="PRAKTIK")
    stream = io.BytesIO()
    render(practice, stream, paper="a4")
    text = PdfReader(stream).pages[0].extract_text()
    assert "PRAKTIK" in text
    assert "□" in text


def test_its_outline_reads_from_top_to_bottom() -> None:
    outline = list(ONE.outline())
    assert outline[0] == "# SERTIFIKAT"
    assert "** Aisyah Rahmawati **" in outline
    assert outline[-1] == "seal: 001/SERT/2026"
    assert not list(replace(ONE, seal="").outline())[-1].startswith("seal")
