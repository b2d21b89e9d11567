"""What keeps records safe: copies while the desk goes on, the lock, and names erased."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from perpudesk.backups.model import Why
from perpudesk.core.codes import Role
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.visits.model import VisitDraft
from tests.benchmarks.bench import Row, interleaved, tell, timed

ROUNDS, PEOPLE, TRIES = 5, 1_000, 9


def main(ten: str, folder: str) -> None:
    """The rows."""
    place = Path(folder, "data")
    shutil.copytree(ten, place)
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    with Desk(place, clock=clock) as desk:
        rows = [*_copies(desk, Path(folder)), _unlocking(desk), *_erasing(desk)]
    tell(rows)


def _copies(desk: Desk, folder: Path) -> list[Row]:
    """A tested copy against a plain one, and how long a visit waits meanwhile."""
    desk.backups.make(why=Why.ASKED)
    (source,) = (each.path for each in desk.backups.copies())

    def ours() -> float:
        taken = timed(lambda: desk.backups.make(folder / "ours"))
        shutil.rmtree(folder / "ours")
        return taken

    def raw() -> float:
        target = folder / "raw.db"

        def copy() -> None:
            shutil.copyfile(source, target)
            with target.open("rb+") as stream:
                os.fsync(stream.fileno())

        taken = timed(copy)
        target.unlink()
        return taken

    found = interleaved({"ours": ours, "raw": raw}, ROUNDS)
    mine, theirs = median(found["ours"]), median(found["raw"])
    longest = _longest_visit(desk, lambda: desk.backups.make(folder / "ours"))
    size = source.stat().st_size / 1e6
    return [
        Row(
            what="Backup of ten years, read back and tested, against a plain copy with fsync",
            value=mine / theirs,
            bar=5,
            ours=f"{mine * 1e3:.3g} ms",
            against=f"{theirs * 1e3:.3g} ms",
            how=f"`desk.backups.make` of {size:.0f} MB: stepped copy, sync, SHA-256, opened, "
            f"`quick_check`; against `shutil.copyfile` and fsync, by turns; median of "
            f"{ROUNDS}",
        ),
        Row(
            what="… the longest that a visit waits meanwhile",
            value=longest * 1e3,
            bar=150,
            unit="ms",
            how="visits recorded one after another in another thread while the copy is made",
        ),
    ]


def _longest_visit(desk: Desk, work: Callable[[], object]) -> float:
    """The longest that recording a visit takes while `work` is done in another thread."""
    done = threading.Event()

    def run() -> None:
        try:
            work()
        finally:
            done.set()

    thread = threading.Thread(target=run)
    waits = []
    thread.start()
    while not done.is_set():
        waits.append(timed(lambda: desk.visits.record(VisitDraft())))
        time.sleep(0.005)
    thread.join()
    return max(waits)


def _unlocking(desk: Desk) -> Row:
    who = desk.branch.add_staff("Rina")
    desk.access.set_role(who.id, Role.ADMIN)
    desk.access.set_pin(who.id, "2580")
    taken = median(timed(lambda: desk.access.unlock(who.id, "2580")) for _ in range(TRIES))
    desk.access.drop_pin(who.id)
    return Row(
        what="Unlock with a PIN",
        value=taken,
        bar=0.5,
        unit="s",
        how=f"`desk.access.unlock`: Argon2id over 64 MiB, three passes; median of {TRIES}",
    )


def _erasing(desk: Desk) -> list[Row]:
    """A thousand people, by the rule that erases them at the start."""
    with desk.store.writing():
        ids = [desk.patrons.add(PatronDraft(name=f"Orang {n}")).id for n in range(PEOPLE)]
    with desk.store.writing() as db:
        db.execute(
            "UPDATE patrons SET created_at = '2020', changed_at = NULL,"
            " registered_on = '2020-01-01'"
        )
        db.execute("UPDATE patrons SET created_at = '2026-11-01' WHERE name NOT LIKE 'Orang %'")
    taken: list[float] = []

    def erase() -> None:
        taken.append(timed(lambda: desk.privacy.erase_due(lambda *_: None)))

    longest = _longest_visit(desk, erase)
    assert all(each.erased for each in desk.patrons.many(ids))
    return [
        Row(
            what=f"{PEOPLE:,} people erased",
            value=taken[0],
            bar=2,
            unit="s",
            how="`desk.privacy.erase_due`: who is due found over ten years, 25 in a transaction, "
            "journal lines blanked, while visits are recorded in another thread",
        ),
        Row(
            what="… the longest that a visit waits meanwhile",
            value=longest * 1e3,
            bar=150,
            unit="ms",
            how="as for the backup",
        ),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
