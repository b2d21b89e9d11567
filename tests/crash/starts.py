"""Several starts on one folder at the same moment, again and again.

    python -m tests.crash.starts FOLDER ROUNDS AT_ONCE

Each start is a fork that waits for a signal, opens the desk, records a visit and holds on until all
have answered. Prints, as JSON, the answers of each round and how many visits there are at the end.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from perpudesk.core.errors import PerpuDeskError
from perpudesk.desk import Desk
from tests.db.work import WALK_IN


def start(folder: Path, go: int, answers: int, leave: int) -> None:
    """Open at the signal; answer `recorded` or why not; stay until told to leave."""
    os.read(go, 1)
    try:
        with Desk(folder) as desk:
            desk.visits.record(WALK_IN)
            os.write(answers, b"recorded\n")
            os.read(leave, 1)
    except PerpuDeskError as error:
        os.write(answers, f"{error.code}\n".encode())


def at_once(folder: Path, many: int) -> list[str]:
    """What `many` starts at once answer."""
    go, answers, leave = os.pipe(), os.pipe(), os.pipe()
    for _ in range(many):
        if os.fork() == 0:
            os.close(go[1])
            os.close(leave[1])
            try:
                start(folder, go[0], answers[1], leave[0])
            finally:
                os._exit(0)
    os.close(go[0])
    os.close(answers[1])
    os.close(leave[0])
    os.close(go[1])  # the signal: nobody can write any more, so every read returns
    with os.fdopen(answers[0], "rb") as pipe:
        said = [pipe.readline().decode().strip() for _ in range(many)]
    os.close(leave[1])
    for _ in range(many):
        os.wait()
    return sorted(said)


def main(folder: str, rounds: str, many: str) -> None:
    """Start, and start again."""
    place = Path(folder)
    with Desk(place) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    answers = [at_once(place, int(many)) for _ in range(int(rounds))]
    with Desk(place) as desk:
        desk.check()
        print(json.dumps({"answers": answers, "visits": desk.visits.count()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
