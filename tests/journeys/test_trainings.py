"""A training from its plan to its certificates: four meetings, twelve people, two lists taken.

The real program on a real screen; what it recorded is read by the commands after it has closed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest

from tests.journeys.desk import close, here, needs_a_screen, say
from tests.screen import SCANNER, Program, Screen, screen, wait

pytestmark = needs_a_screen
TITLE = "Email untuk UMKM"
PEOPLE = (
    *("Aisyah Rahmawati", "Bambang Sutrisno", "Citra Lestari", "Dedi Kurniawan"),
    *("Endang Puspita", "Fajar Nugroho", "Gita Savitri", "Hartini"),
    *("Indah Permata", "Joko Prasetyo", "Kartika Dewi", "Lina Marlina"),
)


@pytest.fixture(scope="module")
def on() -> Iterator[Screen]:
    with screen() as made:
        yield made


def test_a_training_from_its_plan_to_its_certificates(on: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    say(folder, "setup", "--name", "Perpustakaan Uji", "--zone", "WIB", "--place", "Maros")
    day = here()
    with Program(on, folder) as program:
        program.wait_until("listens")
        on.wait_for_window("PerpuDesk")
        on.press("F4")
        on.still()
        plan(on)
        enrol_twelve(on)
        take_two_meetings(on)
        print_(on, tmp_path)
        close(on, program)
    if here().date() != day.date():
        pytest.skip("midnight came between")
    check(folder)
    told = pypdf.PdfReader(tmp_path / "list.pdf")
    text = "".join(page.extract_text() for page in told.pages)
    assert all(name in text for name in PEOPLE)
    certificates = pypdf.PdfReader(tmp_path / "certificates.pdf")
    assert len(certificates.pages) == len(PEOPLE) - 1, "one was not at enough of them"
    for page, name in zip(certificates.pages, PEOPLE, strict=False):
        assert name in page.extract_text()
        assert TITLE in page.extract_text()


def plan(on: Screen) -> None:
    """A training, and the same weekday four times, the last of them today."""
    on.press("Return")  # the one button of an empty page
    on.wait_for_window("Pelatihan baru")
    on.type(TITLE)
    on.press("ctrl+Return")
    on.wait_for_window("PerpuDesk")
    on.still()
    on.press("ctrl+t")
    on.wait_for_window("Jadwalkan pertemuan")
    on.type(f"{here() - timedelta(weeks=3):%d-%m-%Y}")
    on.press("Tab", "Tab", every=120)
    on.type("09.00")
    on.still()
    on.press("Return")
    on.wait_for_window("PerpuDesk")
    on.still()


def enrol_twelve(on: Screen) -> None:
    """By name; each is somebody new."""
    on.press("plus")
    for name in PEOPLE:
        on.type(f"{name}\n")
        on.wait_for_window("Pemustaka baru")
        on.press("Return")
        on.wait_for_window("PerpuDesk")
        on.still()
    on.press("Escape")
    on.still()


def take_two_meetings(on: Screen) -> None:
    """Everybody was at the first; the last of the list was not at the second."""
    on.press("Home", *["Left"] * 6, "space", every=90)  # from the name to the first meeting
    on.press(*["space"] * len(PEOPLE), every=90)
    on.press("Home", "Right", *["space"] * (len(PEOPLE) - 1), "minus", every=90)
    on.still()
    for _ in range(2):  # the others are not held
        on.press("Right")
        on.press("ctrl+g")
        on.still()
        on.press("b")
        on.still()


def print_(on: Screen, folder: Path) -> None:
    """The list, then the certificates with their numbers."""
    on.press("ctrl+p")
    on.wait_for_window(TITLE)
    on.still(quiet=1.0)
    save(on, folder / "list.pdf")
    on.press("Right")
    on.still(quiet=1.0)
    on.press("ctrl+g")
    on.still(quiet=1.0)
    save(on, folder / "certificates.pdf")
    on.press("Escape")
    on.wait_for_window("PerpuDesk")
    on.still()


def save(on: Screen, path: Path) -> None:
    on.press("ctrl+s")
    on.wait_for_window("Simpan")
    on.press("ctrl+a")
    on.type(str(path), every=SCANNER)
    on.press("Return")
    wait(path.exists, "the PDF")
    on.wait_for_window(TITLE)
    on.still()


def check(folder: Path) -> None:
    """Twelve people, once each; 23 of the 24 marks say that somebody was there."""
    year = json.loads(say(folder, "figures", f"{here() - timedelta(weeks=3):%Y}", "--json"))
    found = {each["indicator"]: each["value"] for each in year["figures"]}
    assert found["trainings"] == 1
    assert found["training_meetings"] == 2
    assert found["training_attendances"] == 2 * len(PEOPLE) - 1
    assert found["people_trained"] == len(PEOPLE)
    assert found["person_hours"] == 2 * (2 * len(PEOPLE) - 1)
    say(folder, "check")
