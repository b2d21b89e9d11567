"""An open desk, and lists written as SLiMS and spreadsheet programs write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from perpudesk.branch.model import USUAL_WEEK
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk

TITLES = (
    "ID Anggota",
    "Nama Pengunjung",
    "Tipe Keanggotaan",
    "Institusi",
    "Nama Ruangan",
    "Tanggal Kunjungan",
)
ENGLISH = (
    "Member ID",
    "Visitor Name",
    "Membership Type",
    "Institution",
    "Room Name",
    "Visit Date",
)

Write = Callable[..., Path]


def guest(when: str, name: str = "Tamu", institution: str = "") -> tuple[str, ...]:
    return ("NON-MEMBER", name, "NON-MEMBER", institution, "", when)


def member(number: str, when: str, name: str = "", kind: str = "Siswa") -> tuple[str, ...]:
    return (number, name or f"Nama {number}", kind, "SDN 1", "Ruang Baca", when)


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A desk in Jakarta on Monday 23 November 2026, 09.41."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", opening_hours=USUAL_WEEK)
        yield desk


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows below a header as a CSV file; its path."""

    def write(
        *rows: Sequence[str], name: str = "pengunjung.csv", titles: Sequence[str] = TITLES
    ) -> Path:
        path = tmp_path / name
        path.write_text(as_csv([titles, *rows]), "utf-8", newline="")
        return path

    return write
