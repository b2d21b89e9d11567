"""The disk is full while it records: what was accepted is there, the rest is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perpudesk.desk import Desk

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(sys.platform != "linux", reason="a small disk is a mount of Linux"),
]
ROOT = Path(__file__).parents[2]
SMALL = 'mount -t tmpfs -o size=120m none "$0" && exec "$@"'
LIMITED = """
import os, resource, sys
from pathlib import Path
from perpudesk.core.errors import StorageError
from perpudesk.desk import Desk
from tests.db.work import WALK_IN
folder = Path(sys.argv[1])
with Desk(folder) as desk:
    desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    size = (folder / "perpudesk.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, -1))
    try:
        while True:
            print(desk.visits.record(WALK_IN).id)
    except StorageError as error:
        print(error.code)
    for step in (desk.recovery.beat, lambda: desk.workstations.add_many(3)):
        try:
            step()
        except StorageError:
            pass
    resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    print(desk.visits.record(WALK_IN).id)
"""


@pytest.fixture
def small_disk(place: Path) -> tuple[str, ...]:
    """What to put before a program so that it sees a disk of 120 MB at `place`."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare")
    words = (unshare, "--mount", *(["--map-root-user"] if os.geteuid() else []))
    wrap = (*words, "sh", "-c", SMALL, str(place))
    if subprocess.call([*wrap, "true"], stderr=subprocess.DEVNULL):
        pytest.skip("this machine lets nobody mount a small disk")
    return wrap


def test_it_warns_gives_its_ballast_and_loses_nothing(
    program: Callable[..., Any], small_disk: tuple[str, ...]
) -> None:
    told = program("full", wrap=small_disk)
    accepted = told["accepted"]
    assert accepted > 100, "the ballast is room for some time"
    assert told == {
        "ballast at first": True,
        "warnings at first": 0,
        "warnings when nearly full": 1,
        "accepted": accepted,
        "refused": "store_full",
        "ballast when full": False,
        "counted": accepted,
        "file refused": "store_full",
        "counted after the file": accepted,
        "clean": True,
        "counted after a start on the full disk": accepted,
        "accepted after the start": told["accepted after the start"],
        "at the computers as it says": True,
        "sessions lost": 0,
        "counted with room again": accepted + told["accepted after the start"] + 1,
        "warnings with room again": 0,
    }


def test_large_work_is_done_whole_or_not_at_all(
    program: Callable[..., Any], small_disk: tuple[str, ...], times: int
) -> None:
    told = program("steps", times, wrap=small_disk)
    assert told["faults"] == []
    for name, count in told["counts"].items():
        assert set(count) == {"done", "refused"}, name


def test_a_write_that_the_system_refuses_is_said_and_nothing_of_it_stays(place: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(place / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    *accepted, code, after = done.stdout.split()
    assert accepted
    assert code in {"store_failed", "store_full"}
    with Desk(place / "data") as desk:
        desk.check()
        assert {visit.id for visit in desk.visits.page(0, 10_000)} == {*accepted, after}
