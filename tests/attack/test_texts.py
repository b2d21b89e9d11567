"""SQL, markup, formulas and odd letters in every text that somebody may type."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtWidgets import QApplication

from perpudesk.db.guard import FILE_NAME
from perpudesk.db.health import deep_check
from perpudesk.demo import make_demo
from perpudesk.desk import opened
from tests.attack.texts import TRIES, spoil
from tests.test_app import Start, boxes, qt, start
from tests.test_cli import Say, say

__all__ = ["boxes", "qt", "say", "start"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
TYPED = {
    "branches.name",
    "communities.name",
    "computer_sessions.note",
    "courses.title",
    "decisions.text",
    "equipment.name",
    "partners.name",
    "patrons.name",
    "purposes.label",
    "signatories.name",
    "staff.name",
    "stories.title",
    "visits.note",
    "workstations.label",
}
PAPERS = (
    ("report", "2026-10"),
    ("paper", "comparison", "2026-10"),
    ("paper", "days", "2026-10"),
    ("paper", "visits", "2026-10"),
    ("paper", "tpbis", "2026"),
    ("paper", "pasal15", "2026"),
    ("sheet", "tally"),
    ("sheet", "register"),
    ("sheet", "computers"),
)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of records, every text of which is an attempt."""
    made = tmp_path_factory.mktemp("spoilt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUDESK_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        make_demo(made, years=1, until=date(2026, 11, 20), seed=1)
    assert spoil(made / FILE_NAME) >= TYPED
    return made


@pytest.fixture
def records(spoilt: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(spoilt, tmp_path / "records"))


def test_every_page_shows_them_as_they_are(start: Start, records: Path, boxes: list[str]) -> None:
    app = start(records)
    for place in app._places.all():
        app.window.go(place.key)
        QApplication.processEvents()
        assert app.window.current() is app.window.page(place.key)
    assert boxes == []
    deep_check(app.desk.store)
    assert app.desk.visits.count() > 1_000


@pytest.mark.parametrize("words", PAPERS, ids=" ".join)
def test_every_paper_prints_them(
    say: Say, records: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    target = tmp_path / "made.pdf"
    answer = say("--data", records, *words, "--output", target)
    assert answer.code == 0, answer
    text = "".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert "PEMERINTAH" in text
    if "tpbis" not in words:  # which has figures only
        assert any(each in text for each in ("DROP TABLE", "<b>x</i>&amp;", "=cmd|", "%s"))


def test_no_table_has_a_formula(say: Say, records: Path, tmp_path: Path) -> None:
    csv_file, book = tmp_path / "figures.csv", tmp_path / "figures.xlsx"
    words = ("--data", records, "figures", "2026-10")
    assert say(*words, "--csv", csv_file).code == say(*words, "--xlsx", book).code == 0
    assert say("--data", records, "export", "--to", tmp_path / "out", "--names").code == 0
    for table in (csv_file, *(tmp_path / "out").glob("*.csv")):
        with table.open(encoding="utf-8-sig", newline="") as stream:
            cells = {cell for row in csv.reader(stream) for cell in row}
        assert not [cell for cell in cells if cell.startswith("=")], table.name
    for sheet in openpyxl.load_workbook(book):
        assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "n", "d", "b"}


def test_everything_goes_out_and_comes_in_again(say: Say, records: Path, tmp_path: Path) -> None:
    assert say("--data", records, "export", "--to", tmp_path / "out", "--names").code == 0
    assert say("--data", tmp_path / "new", "import", "everything", tmp_path / "out").code == 0
    with opened(tmp_path / "new", recording=False) as desk:
        names = {each.name for each in desk.patrons.page(0, 10_000)}
    assert set(TRIES) <= names
