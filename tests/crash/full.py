"""A desk on a disk that fills up while it records.

    python -m tests.crash.full FOLDER

FOLDER is on a small disk of its own. Prints, as JSON, what happened step by step.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from perpudesk.core.errors import StorageError
from perpudesk.db.connection import BALLAST_NAME
from perpudesk.db.health import CLEAN_NAME
from perpudesk.desk import Desk
from tests.db.work import WALK_IN, bring_in

LEAVE = 1_500_000
"""Bytes that are free when somebody's large file has filled the disk."""
MANY = 5_000


def fill(folder: Path, leave: int) -> Path:
    """Somebody's large file, so that only `leave` bytes are free."""
    film = folder.with_name("film.mp4")
    with film.open("ab") as file:
        while (free := shutil.disk_usage(folder).free) > leave:
            file.write(bytes(min(1 << 20, free - leave)))
            file.flush()
    return film


def record_until_refused(desk: Desk) -> tuple[int, str]:
    """How many visits were accepted, and why no more."""
    for accepted in range(MANY):
        try:
            desk.visits.record(WALK_IN)
        except StorageError as error:
            return accepted, error.code
    return MANY, ""


def main(folder: str) -> None:
    """Fill, record, free, record."""
    place = Path(folder)
    told: dict[str, object] = {}
    with Desk(place) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        told["ballast at first"] = (place / BALLAST_NAME).exists()
        told["warnings at first"] = len(desk.warnings())
        film = fill(place, LEAVE)
        told["warnings when nearly full"] = len(desk.warnings())
        told["accepted"], told["refused"] = record_until_refused(desk)
        told["ballast when full"] = (place / BALLAST_NAME).exists()
        told["counted"] = desk.visits.count()
        try:
            bring_in(desk, rows=20_000)
        except StorageError as error:
            told["file refused"] = error.code
        told["counted after the file"] = desk.visits.count()
        desk.check()
    told["clean"] = (place / CLEAN_NAME).exists()
    with Desk(place) as desk:
        told["counted after a start on the full disk"] = desk.visits.count()
        told["accepted after the start"], _ = record_until_refused(desk)
        film.unlink()
        desk.visits.record(WALK_IN)
        desk.check()
        told["counted with room again"] = desk.visits.count()
    with Desk(place) as desk:
        told["warnings with room again"] = len(desk.warnings())
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
