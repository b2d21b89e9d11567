"""Blank sheets, read back from the PDF."""

from __future__ import annotations

import io

import pypdf
import pytest

from perpudesk.core import i18n
from perpudesk.core.codes import AGE_SETS, Paper
from perpudesk.core.errors import InputError
from perpudesk.desk import Desk
from perpudesk.paper.pdf import render
from perpudesk.visits.blanks import MOST_PAGES, BlankKind


def pdf(desk: Desk, kind: BlankKind, paper: Paper, pages: int = 1, **more: bool) -> pypdf.PdfReader:
    stream = io.BytesIO()
    render(desk.sheets.blank(kind, pages=pages, **more), stream, paper=paper)
    return pypdf.PdfReader(stream)


def words(page: pypdf.PageObject) -> list[str]:
    return page.extract_text().split()


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("age_set", AGE_SETS)
def test_a_tally_sheet_is_one_page_a_day(desk: Desk, paper: Paper, age_set: str) -> None:
    i18n.use("en")
    desk.branch.set_up(age_set=age_set, letterhead=("DINAS PERPUSTAKAAN",))
    document = pdf(desk, BlankKind.TALLY, paper, pages=3)
    assert len(document.pages) == 3
    for page in document.pages:
        seen, text = words(page), page.extract_text()
        for part in ("DINAS PERPUSTAKAAN", "DAILY TALLY SHEET", "Counted by", "1 Reading"):
            assert part in text
        assert {band.label for band in AGE_SETS[age_set]} <= set(seen)  # none is broken
        assert (seen.count("M"), seen.count("F")) == (7, 7)


@pytest.mark.parametrize("paper", Paper)
def test_a_register_has_numbered_rows_under_a_header_on_every_page(
    desk: Desk, paper: Paper
) -> None:
    i18n.use("id")
    document = pdf(desk, BlankKind.REGISTER, paper, pages=2)
    lines = [line for page in document.pages for line in page.extract_text().split("\n")]
    numbers = [line.strip() for line in lines if line.strip().isdecimal()]
    assert len(document.pages) == 2
    assert numbers == [str(at) for at in range(1, len(numbers) + 1)]
    for page in document.pages:
        assert {"Nama", "Usia", "Pekerjaan", "Jam"} <= set(words(page))


@pytest.mark.parametrize("paper", Paper)
def test_a_log_of_computer_use_asks_what_the_page_takes(desk: Desk, paper: Paper) -> None:
    i18n.use("en")
    desk.branch.add_entry("computer_purposes", "Cetak dokumen", standard="other")
    document = pdf(desk, BlankKind.COMPUTERS, paper, pages=2)
    assert len(document.pages) == 2
    first = document.pages[0].extract_text()
    for part in ("COMPUTER USE", "1 Study/homework", "Cetak dokumen", "own device"):
        assert part in first.replace("\n", " ")
    for page in document.pages:
        assert {"Computer", "Start", "End", "Age"} <= set(words(page))


def test_an_entry_of_the_branch_is_on_the_sheet(desk: Desk) -> None:
    desk.branch.add_entry("purposes", "Mendongeng", standard="reading")
    text = pdf(desk, BlankKind.TALLY, Paper.A4).pages[0].extract_text()
    assert "7 Mendongeng" in text


def test_practice_is_marked(desk: Desk) -> None:
    text = pdf(desk, BlankKind.REGISTER, Paper.A4, practice=True).pages[0].extract_text()
    assert i18n.tr("PRACTICE") in text


@pytest.mark.parametrize("pages", [0, -1, MOST_PAGES + 1])
def test_so_many_pages_are_refused(desk: Desk, pages: int) -> None:
    with pytest.raises(InputError) as caught:
        desk.sheets.blank(BlankKind.TALLY, pages=pages)
    assert (caught.value.code, caught.value.field) == ("bad_pages", "pages")
