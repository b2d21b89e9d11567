"""Each large piece of work on a disk that becomes full somewhere within it.

    python -m tests.crash.steps FOLDER TIMES

FOLDER is on a small disk of its own. What looks for room before it makes a copy is made blind, or
no copy would meet the full disk. Prints, as JSON, what went wrong, and how often what was done.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from perpudesk.__main__ import main
from perpudesk.backups import restoring
from perpudesk.backups.service import BackupService
from perpudesk.core.crash import OUR_FAULT
from perpudesk.core.i18n import tr
from perpudesk.core.times import FixedClock
from perpudesk.db import health
from perpudesk.db.connection import BALLAST_NAME
from perpudesk.desk import Desk
from tests.crash.full import fill
from tests.db.work import WALK_IN

KEY = bytes(range(32))
VISITS = 300
MONTH = "2026-10"
MAY_STAY = re.compile(
    r"(data|new)/(perpudesk\.\w+|perpudesk\.db-\w+|backups/[\w-]+\.db(\.sha256)?)"
)
OURS = tr(OUR_FAULT, path="\0").partition("\0")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A command, and how many visits there may be once it is done."""

    words: tuple[str, ...]
    visits: tuple[int, ...] = (VISITS,)


def prepared(folder: Path) -> dict[str, Job]:
    """Records of a month beside a copy of half of them and a list to import; what is to be done."""
    clock = FixedClock(datetime(2026, 10, 5, 2, 41, 7, tzinfo=UTC))
    copy, sealed = folder / "copies", folder / "sealed"
    with Desk(folder / "data", clock=clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.backups.take_key(KEY)
        for at in range(VISITS):
            clock.advance(seconds=30)
            desk.visits.record(WALK_IN)
            if at == VISITS // 2 - 1:
                half = desk.backups.make(copy).path
        desk.leaving.export(folder / "brought", "Perpustakaan Uji", names=True)
    rows = [
        f"{datetime(2026, 9, 1, tzinfo=UTC).date() + timedelta(days=at % 30)},{at % 9},{at % 7}"
        for at in range(30)
    ]
    listed = folder / "list.csv"
    listed.write_text("Tanggal,L,P\n" + "\n".join(rows), "utf-8")
    brought = VISITS + sum((at % 9 > 0) + (at % 7 > 0) for at in range(30))
    (folder / "data" / BALLAST_NAME).unlink()  # it was needed before
    report = ("report", MONTH, "--output", str(folder / "report.pdf"))
    return {
        "backup": Job(words=("backup", "--to", str(copy), "--plain")),
        "sealed backup": Job(words=("backup", "--to", str(sealed))),
        "restore": Job(words=("restore", str(half)), visits=(VISITS, VISITS // 2)),
        "import": Job(words=("import", "visits", str(listed)), visits=(VISITS, brought)),
        "report": Job(words=report),
        "close": Job(words=("close", MONTH)),
        "export": Job(words=("export", "--to", str(folder / "tables"))),
        "salvage": Job(words=("salvage", "--to", str(folder / "salvaged"))),
        "a new computer": Job(
            words=("import", "everything", str(folder / "brought"), "--data", str(folder / "new"))
        ),
    }


def said(words: tuple[str, ...], folder: Path) -> tuple[int, str]:
    """What a command answers, and its exit code."""
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        status = main(["--data", str(folder / "data"), *words])
    return status, told.getvalue()


def visits_in(folder: Path) -> int:
    """How many entries there are, in records that are whole."""
    with Desk(folder / "data") as desk:
        health.deep_check(desk.store)
        return sum(1 for _ in desk.visits.page(0, 10_000))


def wrongs(job: Job, folder: Path, leave: int, count: Counter[str]) -> Iterator[str]:
    """Do it with so much room, then with enough; what is not as promised."""
    before = {each.relative_to(folder) for each in folder.rglob("*")}
    film = fill(folder, leave)
    status, text = said(job.words, folder)
    film.unlink()
    count["done" if status == 0 else "refused"] += 1
    if OURS in text or not text.strip() or status not in (0, 1):
        yield f"it answered {status}: {text}"
    if status and (left := _left(folder, before)):
        yield f"it left {left}"
    if visits_in(folder) not in job.visits:
        yield f"{visits_in(folder)} visits"
    for kept in (folder / "copies").glob("*.db"):
        restoring.look(kept)
    if status:
        status, text = said(job.words, folder)
        if status:
            yield f"with room again it answered {status}: {text}"
        if visits_in(folder) != job.visits[-1]:
            yield f"{visits_in(folder)} visits with room again"


def _left(folder: Path, before: set[Path]) -> list[str]:
    """Files of unfinished work; what a copy made before may stay."""
    now = {each.relative_to(folder) for each in folder.rglob("*") if each.is_file()}
    return sorted(str(each) for each in now - before if not MAY_STAY.fullmatch(str(each)))


def try_all(folder: Path, times: int) -> dict[str, object]:
    """Every piece of work with every amount of room."""
    ready, place = folder / "ready", folder / "now"
    faults: list[str] = []
    counts: dict[str, Counter[str]] = {}
    place.mkdir()
    jobs = prepared(place)
    shutil.copytree(place, ready)
    for name, job in jobs.items():
        counts[name] = Counter()
        for at in range(5 * times):
            leave = int(2 ** (10 + 14 * at / (5 * times - 1)))
            shutil.rmtree(place)
            shutil.copytree(ready, place)
            found = list(wrongs(job, place, leave, counts[name]))
            faults += [f"{name} with {leave} bytes: {fault}" for fault in found]
    return {"faults": faults, "counts": counts}


if __name__ == "__main__":
    work = Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    with mock.patch.object(BackupService, "_refuse_full"):
        print(json.dumps(try_all(work, int(sys.argv[2]))))
