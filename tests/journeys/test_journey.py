"""Whole days at the desk: the real program on a real screen, worked by keys alone.

What it recorded is read by the commands after it has closed.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from tests.journeys.desk import close, here, needs_a_screen, same, say, total
from tests.screen import SCANNER, Program, Screen, screen, wait

pytestmark = needs_a_screen
LIST = """\
ID Anggota,Nama Pengunjung,Tipe Keanggotaan,Institusi,Nama Ruangan,Tanggal Kunjungan
KTW-0001,Siti Aminah,Umum,,Ruang Baca,2024-01-15 09:10:00
KTW-0002,Budi Santoso,Umum,,Ruang Baca,2024-01-15 09:12:00
KTW-0003,Maryam,Umum,,Ruang Baca,2024-01-16 10:00:00
"""


@pytest.fixture(scope="module")
def on() -> Iterator[Screen]:
    with screen() as made:
        yield made


def visits(folder: Path, day: datetime) -> dict[str, dict[str, int]]:
    """The visits of the month of `day`, by dimension."""
    found = json.loads(say(folder, "figures", f"{day:%Y-%m}", "--json"))
    by = next(each["by"] for each in found["figures"] if each["indicator"] == "visits")
    assert isinstance(by, dict)
    return by


def test_a_day_from_the_first_start_to_the_printed_month(on: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    with Program(on, folder) as program:
        set_up(on, program)
        close(on, program)
    (tmp_path / "visitors.csv").write_text(LIST, "utf-8")
    say(folder, "import", "slims-visitors", tmp_path / "visitors.csv", "--names")
    with Program(on, folder) as program:
        program.wait_until("ready")
        on.wait_for_window("PerpuDesk")
        on.still()
        day = here()
        forty_visitors(on)
        on.press("ctrl+z", "ctrl+z", every=200)
        mend_yesterday(on)
        save_the_month(on, tmp_path / "month.pdf")
        close(on, program)
    if here().date() != day.date():
        pytest.skip("midnight came between")
    say(folder, "check")
    total = check_the_day(folder, day)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "month.pdf").pages)
    assert "Taman Baca Mawar" in text
    assert "Maros" in text
    assert f"{total} kunjungan" in text


def set_up(on: Screen, program: Program) -> None:
    """The first run: its first page, and what the others ask."""
    program.wait_until("first-run")
    on.wait_for_window("PerpuDesk")
    on.type("Taman Baca Mawar")
    on.press("ctrl+Return")
    on.type("Maros")
    on.press("Tab")
    on.type("Jalan Melati 1")
    on.press("ctrl+Return")  # to the letterhead: its lines are made of name and address
    on.press("ctrl+Return")  # to the signatories
    on.type("Kepala Desa")
    on.press("Tab")
    on.type("Rahmat")
    on.press("ctrl+Return")  # to the staff
    on.type("Rina")
    on.press("Return", "F2", every=200)
    program.wait_until("ready")


def forty_visitors(on: Screen) -> None:
    """Forty people: taps, several alike, a class, members by card and by name, a new one."""
    on.press("alt+1")
    on.press(*"qwertyasdfgh123456", every=90)  # 18
    on.press("alt+2", *"qqee")  # 4
    on.press("asterisk", "4", "Return", "5", every=120)  # 4 at once
    on.type("KTW-0001\n", every=SCANNER)  # a card: 1
    on.still()
    on.type("KTW-0001\n", every=SCANNER)  # again, which asks
    on.still()
    on.press("Escape")
    on.press("slash")
    on.type("budy")
    on.still()
    on.press("Return")  # found though misspelt: 1
    on.press("ctrl+n")
    on.wait_for_window("Pemustaka baru")
    on.type("Hartini")
    on.press("Return")  # 1
    on.wait_for_window("PerpuDesk")
    on.press("ctrl+g")
    on.wait_for_window("Rombongan")
    on.type("11")
    on.press("Tab")
    on.type("SDN 2 Raja")
    on.press("Return")  # 11
    on.wait_for_window("PerpuDesk")
    on.still()


def mend_yesterday(on: Screen) -> None:
    """Yesterday nobody counted: about seven came."""
    on.press("ctrl+k")
    on.wait_for_window("Hari layanan")
    on.press("Left", "ctrl+n", every=200)
    on.wait_for_window("Tambah kunjungan")
    on.press("Tab", "Tab", "Tab")  # from the date over its calendar and the time to the count
    on.type("7")
    on.press("Return")
    on.wait_for_window("Hari layanan")
    on.press("3")  # an estimate
    on.still()
    on.press("Escape")
    on.wait_for_window("PerpuDesk")


def save_the_month(on: Screen, path: Path) -> None:
    """The report of this month, as a PDF."""
    on.press("F7")
    on.still(quiet=1.0)
    on.press("Home")  # the running month; the one before is offered
    on.still(quiet=1.0)
    on.press("ctrl+s")
    on.wait_for_window("Simpan")
    on.press("ctrl+a")
    on.type(str(path), every=SCANNER)
    on.press("Return")
    wait(path.exists, "the PDF")
    on.still()


def check_the_day(folder: Path, day: datetime) -> int:
    """Forty came, two entries were taken back, yesterday has its seven; the month's total."""
    by = visits(folder, day)
    assert by["day"][f"{day:%Y-%m-%d}"] == 40 - 1 - 11  # the class and Hartini were taken back
    yesterday = day - timedelta(days=1)
    assert visits(folder, yesterday)["day"][f"{yesterday:%Y-%m-%d}"] == 7
    assert by["type"]["member"] == 2
    assert by["purpose"]["reading"] == 18
    return sum(by["sex"].values())


def test_what_the_screen_showed_is_there_after_a_power_cut(on: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    say(folder, "setup", "--name", "Perpustakaan Uji", "--zone", "WIB")
    with Program(on, folder) as program:
        program.wait_until("ready")
        on.wait_for_window("PerpuDesk")
        on.still()
        nobody = total(on)
        tapping = threading.Thread(target=on.press, args=["q"] * 100, kwargs={"every": 50})
        tapping.start()
        wait(lambda: not same(total(on), nobody), "the first taps to be shown")
        seen = total(on)
        program.kill()
    tapping.join()
    with Program(on, folder) as program:
        program.wait_until("ready")
        on.wait_for_window("PerpuDesk")
        on.still()
        now, more = total(on), 0
        while not same(now, seen):  # what came after the picture is taken back, tap by tap
            assert more < 5, "the screen had shown records that are not there"
            on.press("ctrl+z")
            on.still()
            now, more = total(on), more + 1
        close(on, program)
    say(folder, "check")


def test_two_hundred_taps_are_two_hundred_records(on: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    say(folder, "setup", "--name", "Perpustakaan Uji", "--zone", "WIB")
    with Program(on, folder) as program:
        program.wait_until("ready")
        on.wait_for_window("PerpuDesk")
        on.still()
        day = here()
        on.press(*(("q", "w", "1", "2") * 50), every=50)
        on.still()
        close(on, program)
    by = visits(folder, day)
    cells = {"female": 100, "male": 100, "unknown": 0}
    assert by["sex"] == cells
    assert (by["age"]["0-11"], by["age"]["12-16"]) == (100, 100)
