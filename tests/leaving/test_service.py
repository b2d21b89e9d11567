"""Everything out as open tables, and the same totals back from them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from perpudesk.core.errors import FileError, RuleError
from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk, opened
from perpudesk.leaving import service
from perpudesk.leaving.service import bring_everything
from perpudesk.reports.letter import Letter
from perpudesk.visits.model import VisitDraft
from tests.backups.conftest import refused
from tests.db.work import a_day_at_the_desk

MONTHS = ("2025-10", "2025-12", "2026-02", "2026-Q1", "2025", "2026")


def figures(folder: Path) -> list[object]:
    with opened(folder, recording=False) as desk:
        return [desk.reports.figures(Period.parse(each)).figures for each in MONTHS]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def changed(exported: Path, tmp_path: Path) -> Path:
    """A copy of the export that may be changed."""
    return Path(shutil.copytree(exported, tmp_path / "changed"))


def test_the_same_totals_come_back(
    library: Path, exported: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    new = tmp_path / "new" / "computer"
    assert bring_everything(exported, new, fixed_clock) == "Perpustakaan Uji"
    assert figures(new) == figures(library)
    with Desk(new) as desk:
        desk.check()
        assert desk.practice
        with opened(library, recording=False) as old:
            assert desk.patrons.count() == old.patrons.count()
            assert desk.history.count == desk.history.count
    assert [each.name for each in new.iterdir() if each.name.startswith(".")] == []


def test_all_is_as_it_was_row_by_row(
    exported: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    bring_everything(exported, tmp_path / "new", fixed_clock)
    with opened(tmp_path / "new", recording=False) as desk:
        desk.leaving.export(tmp_path / "again", "Perpustakaan Uji", names=True, practice=True)
    for path in sorted(exported.rglob("*.csv")):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_long_cells_come_in_and_other_files_keep_their_limit(
    changed: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    usual = csv.field_size_limit()
    lines = rows_of(changed / "journal.csv")
    long = json.dumps({"note": "x" * 2 * usual})
    lines[-1]["overwrote"] = long
    with (changed / "journal.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    bring_everything(changed, tmp_path / "new", fixed_clock)
    assert csv.field_size_limit() == usual == 131_072
    with opened(tmp_path / "new", recording=False) as desk, desk.store.reading() as db:
        assert db.execute("SELECT max(length(overwrote)) FROM journal").fetchone()[0] == len(long)
    (changed / "visits.csv").write_text('id\n"never closed', encoding="utf-8")
    with pytest.raises(FileError):
        bring_everything(changed, tmp_path / "other", fixed_clock)
    assert csv.field_size_limit() == usual


def test_a_closed_month_stays_closed(tmp_path: Path, fixed_clock: FixedClock) -> None:
    with Desk(tmp_path / "old", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        a_day_at_the_desk(desk)
        desk.visits.record(VisitDraft())
        fixed_clock.moment = fixed_clock.moment.replace(month=12, day=5)
        desk.closings.close(Period.parse("2026-11"), Letter())
        with desk.store.writing() as db:
            db.execute("INSERT INTO pictures (digest, data) VALUES ('abc', X'0001FF')")
        (desk.folder / "attachments").mkdir()
        (desk.folder / "attachments" / "a.pdf").write_bytes(b"%PDF")
        desk.leaving.export(tmp_path / "out", "Perpustakaan Uji", names=True)
    bring_everything(tmp_path / "out", tmp_path / "new", fixed_clock)
    assert (tmp_path / "new" / "attachments" / "a.pdf").read_bytes() == b"%PDF"
    with Desk(tmp_path / "new", clock=fixed_clock) as desk:
        assert not desk.practice
        month = desk.reports.figures(Period.parse("2026-11"))
        assert month.final
        assert desk.closings.standing(Period.parse("2026-11"), None) is not None
        with desk.store.reading() as db:
            [row] = db.query("SELECT data FROM pictures WHERE digest = 'abc'")
        assert row["data"] == b"\x00\x01\xff"


def test_without_names_nobody_is_in_it(
    library: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    with opened(library, recording=False) as desk:
        names = [each.name for each in desk.patrons.page(0, 99)]
        done = desk.leaving.export(tmp_path / "out", "Perpustakaan Uji", practice=True)
    assert done.rows > 20_000
    text = "\n".join(
        path.read_text("utf-8") for path in (tmp_path / "out").iterdir() if path.name != "staff.csv"
    )
    assert [name for name in names if name in text and " " in name] == []
    bring_everything(tmp_path / "out", tmp_path / "new", fixed_clock)
    assert figures(tmp_path / "new") == figures(library)


def test_every_table_and_column_is_described(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text("utf-8"))
    assert package["profile"] == "tabular-data-package"
    for resource in package["resources"]:
        told = [field["name"] for field in resource["schema"]["fields"]]
        with (exported / resource["path"]).open(encoding="utf-8", newline="") as stream:
            assert next(csv.reader(stream)) == told
        assert resource["title"]
    named = {each["name"] for each in package["resources"]}
    assert {"visits", "patrons", "journal", "closings"} <= named
    assert not {"meta", "staff_pins"} & named
    assert "secret" not in (exported / "branches.csv").read_text("utf-8").splitlines()[0]
    for name, words in (("README.id.md", "Sel kosong"), ("README.en.md", "An empty cell")):
        assert words in (exported / name).read_text("utf-8")


def test_a_folder_that_holds_something_is_left_alone(library: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with opened(library, recording=False) as desk:
        for target in (tmp_path, tmp_path / "mine.txt"):
            with refused(FileError, "export_not_empty"):
                desk.leaving.export(target, "X")
        (tmp_path / "empty").mkdir()
        desk.leaving.export(tmp_path / "empty", "X")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_disk_that_refuses_leaves_nothing(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(service, "_write", full)
    with opened(library, recording=False) as desk, refused(FileError, "file_not_written"):
        desk.leaving.export(tmp_path / "out", "X")
    assert list(tmp_path.iterdir()) == []


def test_records_that_are_here_stay(
    exported: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    with Desk(tmp_path / "here", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Lain", zone="WIT")
        desk.branch.add_staff("Rina")
    bring_everything(exported, tmp_path / "here", fixed_clock)  # it was only set up
    with Desk(tmp_path / "here", clock=fixed_clock) as desk:
        total = desk.visits.count()
        assert total > 0
    with refused(RuleError, "records_here"):
        bring_everything(exported, tmp_path / "here", fixed_clock)
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "perpudesk.db").write_bytes(b"no database at all")
    with refused(RuleError, "records_here"):
        bring_everything(exported, tmp_path / "odd", fixed_clock)


def _lines(name: str, change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        path = folder / name
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(change(lines)), "utf-8")

    return do


WRONG: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a table is missing": (
        lambda folder: (folder / "visits.csv").unlink(),
        "table_missing",
        "visits.csv",
    ),
    "a column nobody knows": (
        _lines("visits.csv", lambda x: [x[0].replace("purpose", "tujuan"), *x[1:]]),
        "bad_table",
        "visits.csv, line 1: tujuan",
    ),
    "a column twice": (
        _lines("staff.csv", lambda x: [x[0].replace("note", "name"), *x[1:]]),
        "bad_table",
        "staff.csv, line 1",
    ),
    "a row too short": (
        _lines("staff.csv", lambda x: [*x, "only,three,cells\n"]),
        "bad_table",
        "staff.csv, line 4: 3 /",
    ),
    "a number that is none": (
        _lines("visits.csv", lambda x: [*x[:2], x[2].replace(",1,", ",satu,", 1), *x[3:]]),
        "bad_table",
        "visits.csv, line 3",
    ),
    "a row twice": (
        _lines("staff.csv", lambda x: [*x, x[-1]]),
        "bad_table",
        "staff.csv, line 4: UNIQUE",
    ),
    "what it points to is missing": (
        _lines("patrons.csv", lambda x: x[:-3]),
        "bad_table",
        "patrons",
    ),
    "a quotation that does not end": (
        _lines("staff.csv", lambda x: [*x, '"open']),
        "bad_table",
        "staff.csv, line",
    ),
    "no package": (lambda folder: (folder / "datapackage.json").unlink(), "no_package", "changed"),
    "a package that is cut": (
        lambda folder: (folder / "datapackage.json").write_text("{"),
        "no_package",
        "changed",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_named_with_its_line(
    changed: Path, tmp_path: Path, fixed_clock: FixedClock, what: str
) -> None:
    spoil, code, words = WRONG[what]
    spoil(changed)
    with refused(FileError, code) as told:
        bring_everything(changed, tmp_path / "new", fixed_clock)
    assert words in told.value.sentence()
    assert not (tmp_path / "new" / "perpudesk.db").exists()


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "pictures/none", "."])
def test_no_file_outside_the_export_is_read(
    changed: Path, tmp_path: Path, fixed_clock: FixedClock, path: str
) -> None:
    (changed / "pictures.csv").write_text(f"digest,data\nabc,{path}\n")
    with refused(FileError, "bad_table") as told:
        bring_everything(changed, tmp_path / "new", fixed_clock)
    assert f"pictures.csv, line 2: {path}" in told.value.sentence()
    assert rows_of(changed / "pictures.csv")
