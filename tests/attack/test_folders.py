"""What others may have put into the folder of the records, or may write there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.backups import restoring
from perpudesk.core import i18n
from perpudesk.core.times import FixedClock
from perpudesk.db.guard import FILE_NAME
from perpudesk.db.health import open_to_others
from perpudesk.desk import Desk
from perpudesk.leaving.salvaging import salvage
from perpudesk.leaving.service import bring_everything
from tests.attack.readers import KEY
from tests.db.work import a_day_at_the_desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and links as POSIX has them")
SECRET = b"of another account"


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        a_day_at_the_desk(desk)
        yield desk


@pytest.mark.parametrize("place", ["", FILE_NAME])
def test_records_that_others_may_change_are_told(desk: Desk, place: str) -> None:
    assert not open_to_others(desk.folder)
    assert desk.warnings() == []
    (desk.folder / place).chmod(0o777)
    assert open_to_others(desk.folder)
    (said,) = desk.warnings()
    assert str(desk.folder) in said
    i18n.use("en")
    (said,) = desk.warnings()
    assert said.startswith("Every account of this computer may change the records in ")


def test_where_modes_say_nothing_nobody_is_suspected(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.folder.chmod(0o777)
    monkeypatch.setattr("perpudesk.db.health.os.name", "nt")
    assert not open_to_others(desk.folder)


def planted(folder: Path) -> None:
    """A file, and a link to what is none of ours, among the attachments."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.pdf").write_bytes(b"%PDF")
    elsewhere = folder.parent / "elsewhere"
    elsewhere.write_bytes(SECRET)
    (folder / "b.pdf").symlink_to(elsewhere)
    os.mkfifo(folder / "c.pdf")  # whoever opens it waits for ever


def test_a_link_is_neither_copied_nor_followed(
    desk: Desk, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    planted(desk.folder / "attachments")
    desk.backups.take_key(KEY)
    desk.backups.make(tmp_path / "copies")
    desk.backups.make(tmp_path / "stick", sealed=True)
    desk.leaving.export(tmp_path / "tables", "Perpustakaan Uji")
    desk.close()
    salvage(desk.folder, tmp_path / "saved")
    planted(tmp_path / "tables" / "attachments")
    bring_everything(tmp_path / "tables", tmp_path / "new", fixed_clock)
    kept = ("copies", "stick", "tables", "saved", "new")
    found = {
        str(path.relative_to(tmp_path))
        for name in kept
        for path in (tmp_path / name).rglob("attachments/*")
    }
    assert found == {
        "copies/attachments/a.pdf",
        "stick/attachments/a.pdf.sealed",
        "stick/attachments/a.pdf.sealed.sha256",
        "tables/attachments/a.pdf",
        "tables/attachments/b.pdf",
        "tables/attachments/c.pdf",
        "saved/attachments/a.pdf",
        "new/attachments/a.pdf",
    }


def test_a_link_on_a_stick_brings_nothing(
    desk: Desk, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    copy = desk.backups.make(tmp_path / "copies").path
    desk.close()
    planted(tmp_path / "copies" / "attachments")
    restoring.restore(tmp_path / "new", copy, clock=fixed_clock)
    assert [each.name for each in (tmp_path / "new" / "attachments").iterdir()] == ["a.pdf"]


def test_records_behind_a_link_are_used_where_they_are(
    desk: Desk, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    before = desk.visits.count()
    desk.close()
    (tmp_path / "link").symlink_to(desk.folder)
    with Desk(tmp_path / "link", clock=fixed_clock) as again:
        assert again.visits.count() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data", "link"]
