"""A damaged store: what can be read comes over, and what is missing is said."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from perpudesk.core.errors import FileError
from perpudesk.db.guard import FILE_NAME
from perpudesk.db.wreck import Saved
from perpudesk.desk import Desk, opened
from perpudesk.leaving.salvaging import salvage, told
from tests.backups.conftest import refused
from tests.leaving.test_service import figures

PAGE = 4096


@pytest.fixture
def wreck(library: Path, tmp_path: Path) -> Path:
    """A copy of the library that may be damaged."""
    return Path(shutil.copytree(library, tmp_path / "wreck"))


def counts(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
        return {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in names
            if not name.startswith(("sqlite_", "_sqlite"))
        }


def spoil(folder: Path, pages: list[int], *, with_: bytes | None = None) -> None:
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    for page in pages:
        data[page * PAGE : (page + 1) * PAGE] = with_ or bytes(PAGE)
    path.write_bytes(data)


def pages_of(folder: Path, table: str) -> list[int]:
    """The pages of a table's own tree that hold rows: those that begin as leaves of tables do."""
    data = (folder / FILE_NAME).read_bytes()
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        [row] = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table])
    found, waiting = [], [row[0]]
    while waiting:
        page = waiting.pop()
        at = (page - 1) * PAGE
        kind, cells = data[at], int.from_bytes(data[at + 3 : at + 5], "big")
        if kind == 0x0D:
            found.append(page - 1)
            continue
        places = [at + 12 + 2 * n for n in range(cells)]
        starts = [at + int.from_bytes(data[place : place + 2], "big") for place in places]
        waiting += [int.from_bytes(data[start : start + 4], "big") for start in starts]
        waiting.append(int.from_bytes(data[at + 8 : at + 12], "big"))
    return found


def by_name(found: list[Saved]) -> dict[str, Saved]:
    return {each.name: each for each in found}


def test_of_a_whole_one_everything_comes(library: Path, wreck: Path, tmp_path: Path) -> None:
    found = salvage(wreck, tmp_path / "saved")
    assert all(each.is_whole for each in found)
    assert counts(tmp_path / "saved") == counts(library)
    assert figures(tmp_path / "saved") == figures(library)
    assert told(found) == [f"{len(found)} of {len(found)} tables are whole."]


@pytest.mark.parametrize("seed", range(2))
def test_rows_of_other_pages_are_all_there(wreck: Path, tmp_path: Path, seed: int) -> None:
    leaves = pages_of(wreck, "visits")
    hurt = random.Random(seed).sample(leaves, 3)
    before = counts(wreck)
    spoil(wreck, hurt)
    damaged = (wreck / FILE_NAME).read_bytes()
    found = by_name(salvage(wreck, tmp_path / "saved"))
    assert (wreck / FILE_NAME).read_bytes() == damaged
    visits = found["visits"]
    assert 0 < before["visits"] - visits.read <= visits.unread
    assert before["visits"] - visits.read < 3 * 60
    others = {name: n for name, n in counts(tmp_path / "saved").items() if name != "visits"}
    assert others == {name: n for name, n in before.items() if name != "visits"}
    with Desk(tmp_path / "saved") as desk:
        desk.check()
    (line, last) = told(list(found.values()))
    assert line.startswith("Visit (visits): ")
    assert "could not be read" in line
    assert "tables are whole" in last


def test_what_pointed_to_the_lost_points_to_nothing(wreck: Path, tmp_path: Path) -> None:
    spoil(wreck, pages_of(wreck, "patrons"))
    before = counts(wreck) | {"patrons": 0}
    found = by_name(salvage(wreck, tmp_path / "saved"))
    assert found["patrons"].read == 0
    assert found["visits"].loosened > 0
    after = counts(tmp_path / "saved")
    assert after["visits"] == before["visits"]
    with opened(tmp_path / "saved", recording=False) as desk:
        desk.check()


def test_what_can_point_nowhere_goes_too(wreck: Path, tmp_path: Path) -> None:
    spoil(wreck, pages_of(wreck, "meetings"))
    found = by_name(salvage(wreck, tmp_path / "saved"))
    assert found["meetings"].read == 0
    assert found["marks"].refused > 0
    assert "damaged inside" in " ".join(told(list(found.values())))
    with opened(tmp_path / "saved", recording=False) as desk:
        desk.check()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("how", ["zeros", "noise", "cut"])
def test_whatever_was_hit_it_ends_whole_or_in_a_sentence(
    wreck: Path, tmp_path: Path, seed: int, how: str
) -> None:
    chance = random.Random(f"{seed} {how}")
    before = counts(wreck)
    size = (wreck / FILE_NAME).stat().st_size
    if how == "cut":
        data = (wreck / FILE_NAME).read_bytes()
        (wreck / FILE_NAME).write_bytes(data[: chance.randrange(size)])
    else:
        pages = [chance.randrange(1, size // PAGE) for _ in range(chance.choice((1, 5, 40)))]
        spoil(wreck, pages, with_=chance.randbytes(PAGE) if how == "noise" else None)
    codes = []
    try:
        salvage(wreck, tmp_path / "saved")
    except FileError as error:
        codes.append(error.code)
    if codes:
        assert codes == ["nothing_to_salvage"]
        return
    after = counts(tmp_path / "saved")
    seeded = ("age_bands", "purposes", "occupations", "educations", "computer_purposes")
    for name, many in after.items():
        if name not in (*seeded, "training_topics", "community_fields"):
            assert many <= before[name], name
    with Desk(tmp_path / "saved") as desk:
        desk.check()


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + bytes(9_000)])
def test_where_nothing_is_left_the_backup_is_named(
    wreck: Path, tmp_path: Path, data: bytes
) -> None:
    (wreck / FILE_NAME).write_bytes(data)
    with refused(FileError, "nothing_to_salvage") as error:
        salvage(wreck, tmp_path / "saved")
    assert "perpudesk restore" in error.value.sentence()
    assert list((tmp_path / "saved").iterdir()) == []


def test_what_stands_in_the_log_comes_too(tmp_path: Path) -> None:
    from perpudesk.visits.model import VisitDraft

    with Desk(tmp_path / "live") as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.visits.record(VisitDraft())
        (desk.folder / "attachments").mkdir()
        (desk.folder / "attachments" / "a.pdf").write_bytes(b"%PDF")
        shutil.copytree(desk.folder, tmp_path / "cut off")
    salvage(tmp_path / "cut off", tmp_path / "saved")
    with opened(tmp_path / "saved", recording=False) as desk:
        assert desk.visits.count() == 1
    assert (tmp_path / "saved" / "attachments" / "a.pdf").read_bytes() == b"%PDF"


def test_a_folder_that_holds_something_is_left_alone(wreck: Path, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "mine.txt").write_text("mine")
    for target in (tmp_path / "saved", tmp_path / "saved" / "mine.txt"):
        with refused(FileError, "export_not_empty"):
            salvage(wreck, target)
