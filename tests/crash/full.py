"""A desk on a disk that fills up while it records.

    python -m tests.crash.full FOLDER

FOLDER is on a small disk of its own. Prints, as JSON, what happened step by step.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from perpudesk.computers.model import SessionDraft
from perpudesk.core.errors import StorageError
from perpudesk.db.connection import BALLAST_NAME
from perpudesk.db.health import CLEAN_NAME
from perpudesk.desk import Desk
from tests.computers.power import cut
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


def refused(step: Callable[[], object]) -> str:
    """Do it; why the disk would not have it, if so."""
    try:
        step()
    except StorageError as error:
        return error.code
    return ""


def at_the_computers(desk: Desk) -> bool:
    """While the disk is full: whether each step is done or refused as it says.

    Which of them still fits nobody can know.
    """
    before = desk.computers.open_sessions()
    free = desk.workstations.all()[1]
    codes = [
        refused(lambda: desk.computers.start(SessionDraft(workstation_id=free.id))),
        *(refused(partial(desk.computers.pause, each.id)) for each in before),
        refused(desk.recovery.beat),
    ]
    after = desk.computers.open_sessions()
    began, *paused, _ = (code == "" for code in codes)
    now = [each.paused_at is not None for each in after[: len(before)]]
    return set(codes) <= {"", "store_full"} and (len(after), now) == (len(before) + began, paused)


def fill_up(place: Path, told: dict[str, object]) -> Path:
    """Record until the disk is full; the file that has filled it."""
    with Desk(place) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        first, _ = desk.workstations.add_many(2)
        desk.computers.start(SessionDraft(workstation_id=first.id))
        told["ballast at first"] = (place / BALLAST_NAME).exists()
        told["warnings at first"] = len(desk.warnings())
        film = fill(place, LEAVE)
        told["warnings when nearly full"] = len(desk.warnings())
        told["accepted"], told["refused"] = record_until_refused(desk)
        told["ballast when full"] = (place / BALLAST_NAME).exists()
        told["counted"] = desk.visits.count()
        told["file refused"] = refused(lambda: bring_in(desk, rows=20_000))
        told["counted after the file"] = desk.visits.count()
        desk.check()
    told["clean"] = (place / CLEAN_NAME).exists()
    return film


def start_when_full(place: Path, told: dict[str, object]) -> int:
    """Start on the full disk, record, and lose the power; how many sessions there are then."""
    desk = Desk(place).__enter__()
    told["counted after a start on the full disk"] = desk.visits.count()
    told["accepted after the start"], _ = record_until_refused(desk)
    told["at the computers as it says"] = at_the_computers(desk)
    known = len(desk.computers.of_day(desk.store.today()))
    cut(desk)
    return known


def start_after_the_cut(place: Path, film: Path, known: int, told: dict[str, object]) -> None:
    """The disk is still full when the power comes; later there is room again."""
    with Desk(place) as desk:
        refused(desk.recovery.beat)  # it may be that even this fits
        film.unlink()
        desk.recovery.beat()
        desk.visits.record(WALK_IN)
        desk.check()
        told["counted with room again"] = desk.visits.count()
        cut_off = [each for told in desk.recovery.interrupted() for each in told.sessions]
        going_on = desk.computers.open_sessions()  # if not even the first pulse had room
        told["sessions lost"] = known - len(cut_off) - len(going_on)


def main(folder: str) -> None:
    """Fill, record, cut the power, free, record."""
    place = Path(folder)
    told: dict[str, object] = {}
    film = fill_up(place, told)
    known = start_when_full(place, told)
    start_after_the_cut(place, film, known, told)
    with Desk(place) as desk:
        told["warnings with room again"] = len(desk.warnings())
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
