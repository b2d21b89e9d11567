"""Only SQLite opens the live file: any other handle of ours would drop its lock.

POSIX forgets all of a process's locks on a file when any of its handles closes, so one innocent
`open(live).read()` let a second process write into an EXCLUSIVE database (measured.md 15).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perpudesk.db.backup import copy_store
from perpudesk.db.guard import FILE_NAME
from perpudesk.desk import Desk
from tests.db.work import a_day_at_the_desk

ROOT = Path(__file__).parents[2]
INTRUDE = """
import sqlite3, sys
try:
    other = sqlite3.connect(sys.argv[1], timeout=0.2)
    other.execute("INSERT INTO meta (key, value) VALUES ('intruder', '1')")
    other.commit()
    print("written")
except sqlite3.OperationalError as error:
    print(error)
"""
WATCHED = """
import sys
from pathlib import Path
opened = []
live = sys.argv[1]
sys.addaudithook(
    lambda event, args: opened.append((event, str(args[0])))
    if event in ("open", "os.open", "shutil.copyfile", "sqlite3.connect") and live in str(args[0])
    else None
)
from perpudesk.db.backup import copy_store
from perpudesk.desk import Desk
from tests.db.work import a_day_at_the_desk
for day in range(2):
    with Desk(Path(live).parent) as desk:
        if day == 0:
            a_day_at_the_desk(desk)
        copy_store(desk.store, Path(live).parent / "backups" / "copy.backup")
print(sorted(set(opened)))
"""


def intruder(path: Path) -> str:
    """What a second process hears when it tries to write into the live file."""
    command = [sys.executable, "-c", INTRUDE, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_after_a_while_at_work_another_process_still_cannot_write(desk: Desk, folder: Path) -> None:
    a_day_at_the_desk(desk)
    copy_store(desk.store, folder / "backups" / "copy.db")
    assert intruder(folder / FILE_NAME) == "database is locked"
    desk.visits.recent()
    assert intruder(folder / FILE_NAME) == "database is locked"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a lock until its own handle closes")
def test_the_test_above_would_notice_another_handle(desk: Desk, folder: Path) -> None:
    a_day_at_the_desk(desk)
    (folder / FILE_NAME).read_bytes()
    assert intruder(folder / FILE_NAME) == "written"


def test_python_itself_never_opens_it(tmp_path: Path) -> None:
    live = tmp_path / FILE_NAME
    command = [sys.executable, "-c", WATCHED, str(live)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    looked_at = f"{live.resolve().as_uri()}?mode=ro&immutable=1"
    assert done.stdout.strip() == str([("sqlite3.connect", at) for at in (str(live), looked_at)])
