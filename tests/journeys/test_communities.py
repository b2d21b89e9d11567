"""A meeting with stakeholders a month ago that decided three things, of which one is done now.

The real program on a real screen; what it recorded is read by the commands after it has closed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from tests.journeys.desk import close, here, needs_a_screen, say
from tests.screen import Program, Screen, screen

pytestmark = needs_a_screen
TITLE = "Rapat pemangku kepentingan"
DECISIONS = (
    ("Menyusun usulan tiga komputer", "Kepala Dinas"),
    ("Membuka layanan hari Sabtu", "Perpustakaan"),
    ("Mengundang UMKM dua desa", "Karang Taruna"),
)
A_MONTH = timedelta(days=31)


@pytest.fixture(scope="module")
def on() -> Iterator[Screen]:
    with screen() as made:
        yield made


def test_a_meeting_with_three_decisions_one_done_a_month_later(on: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    say(folder, "setup", "--name", "Perpustakaan Uji", "--zone", "WIB", "--place", "Maros")
    day = here()
    with Program(on, folder) as program:
        program.wait_until("listens")
        on.wait_for_window("PerpuDesk")
        on.press("F5")
        on.still()
        meet(on, day - A_MONTH)
        decide(on, day)
        on.press("ctrl+d")
        on.still()
        on.press("space")  # the one that is due first
        on.still()
        close(on, program)
    if here().date() != day.date():
        pytest.skip("midnight came between")
    check(folder, day, tmp_path)


def meet(on: Screen, day: datetime) -> None:
    """It was held; who came was not counted."""
    on.press("ctrl+n")
    on.wait_for_window("Kegiatan baru")
    on.type(TITLE)
    on.press("Tab", "Tab", every=120)
    on.type(f"{day:%d-%m-%Y}")
    on.still()
    on.press("Return")
    on.wait_for_window("PerpuDesk")
    on.still()
    on.press("l")
    on.still()


def decide(on: Screen, due: datetime) -> None:
    """Three decisions, each with the office that owns it and the day by which it is due."""
    on.press("k")
    on.wait_for_window("Keputusan")
    on.still()
    for text, office in DECISIONS:
        on.press("ctrl+n")
        on.wait_for_window("Keputusan baru")
        on.type(text)
        on.press("Tab", "Tab", every=120)
        on.type(office)
        on.press("Tab", every=120)
        on.type(f"{due:%d-%m-%Y}")
        on.still()
        on.press("Return")
        on.wait_for_window("Keputusan")
        on.still()
    on.press("Escape")
    on.wait_for_window("PerpuDesk")
    on.still()


def check(folder: Path, day: datetime, made: Path) -> None:
    """One meeting in its own month, three decisions due in this one, and one of them done."""
    figures = json.loads(say(folder, "figures", f"{day:%Y-%m}", "--json"))["figures"]
    decided = next(each for each in figures if each["indicator"] == "decisions_done")
    assert (decided["num"], decided["den"]) == (1, len(DECISIONS))
    before = json.loads(say(folder, "figures", f"{day - A_MONTH:%Y-%m}", "--json"))["figures"]
    met = {each["indicator"]: each["value"] for each in before}
    assert met["community_meetings"] == 1
    assert met["meeting_attendances"] is None, "nobody counted, which is not 0"
    report = made / "report.pdf"
    say(folder, "report", f"{day:%Y-%m}", "--output", report)
    text = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(report).pages)
    assert "Dari 3 keputusan yang jatuh tempo pada periode ini, 1 sudah terlaksana." in text
    say(folder, "check")
