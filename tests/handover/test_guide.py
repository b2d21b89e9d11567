"""The quick guide as it is printed: two pages, in both languages, on both papers."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from perpudesk import __version__
from perpudesk.attendance.framing import House
from perpudesk.core import i18n
from perpudesk.core.codes import Paper
from perpudesk.handover.guide import quick_guide
from perpudesk.paper.files import pdf_of

LONG = "Perpustakaan Umum Daerah Kabupaten Kotawaringin Barat, cabang Kumpai Batu Atas dan Rangit"


def pages_of(house: House, paper: Paper, language: str) -> list[str]:
    with i18n.speaking(language):
        data = pdf_of(quick_guide(house), paper)
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("practice", [False, True])
def test_it_is_two_pages_whatever_the_library_is_called(
    language: str, paper: Paper, practice: bool
) -> None:
    pages = pages_of(House(library=LONG, practice=practice), paper, language)
    assert len(pages) == 2
    for page in pages:
        assert "Kumpai Batu Atas" in page
        assert __version__ in page
        assert "□" not in page


def test_the_day_is_on_the_first_page_and_the_month_on_the_other() -> None:
    day, month = pages_of(House(library="Perpustakaan Uji"), Paper.A4, "id")
    for words in (
        "SEHARI DI MEJA DEPAN",
        "Ctrl+Z",
        "Q W E R T · Y",
        "Komputer (F3)",
        "Ctrl+Shift+P",
    ):
        assert words in day
    for words in ("Menutup bulan (F7)", "17 kata", "Ctrl+Shift+L", "Tempat bertanya", "Ctrl+P"):
        assert words in month


def test_practice_is_marked() -> None:
    with i18n.speaking("en"):
        assert quick_guide(House(library="A", practice=True)).watermark == "PRACTICE"


def test_it_prints_the_same_bytes_twice() -> None:
    house = House(library="Perpustakaan Uji")
    assert pdf_of(quick_guide(house), Paper.A4) == pdf_of(quick_guide(house), Paper.A4)


def test_its_keys_are_those_of_the_window() -> None:
    """What the guide says is pressed is what the help of the pages says."""
    from perpudesk.core.paths import resource

    help_ = " ".join(path.read_text("utf-8") for path in resource("help/en").glob("*.md"))
    for key in ("Ctrl+Shift+P", "Ctrl+B", "Ctrl+G", "Ctrl+Z", "Ctrl+F", "Ctrl+T", "Shift+F7"):
        assert key in help_
