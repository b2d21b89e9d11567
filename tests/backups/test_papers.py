"""The recovery sheet, read back as somebody would type it from paper."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from perpudesk.attendance.framing import house_of
from perpudesk.backups.papers import recovery_sheet
from perpudesk.backups.words import key_of, words_of
from perpudesk.core.codes import Paper
from perpudesk.desk import Desk
from perpudesk.paper.pdf import render
from tests.backups.conftest import KEY


def test_all_words_stand_on_one_page_in_their_order(desk: Desk) -> None:
    sheet = recovery_sheet(house_of(desk.branch), words_of(KEY), date(2026, 11, 23))
    outline = sheet.outline().splitlines()
    assert f"code: {' '.join(words_of(KEY))}" in outline
    stream = io.BytesIO()
    render(sheet, stream, paper=Paper.A4)
    (page,) = PdfReader(stream).pages
    text = page.extract_text()
    found = [text.split(f"{place}. ", 1)[1].split()[0] for place in range(1, 18)]
    assert key_of(" ".join(found)) == KEY
    assert "Perpustakaan Uji" in text
