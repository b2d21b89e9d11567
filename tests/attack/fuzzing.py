"""Every reader of bytes from outside, given files that were valid once.

    python3 dev.py fuzz [--minutes N] [--seed N] [--only NAME]

What it reads is taken, or refused in a sentence (`PerpuDeskError`); anything else is a fault,
printed with the seed that makes it again. Prints how often each reader was tried.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from perpudesk.core.errors import PerpuDeskError
from tests.attack.readers import Target, targets

NASTY = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"'",
    b"\r\n",
    b";",
    b"=cmd|' /C calc'!A0",
    b"<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    b"-1",
    b"9" * 40,
    b"1e999",
    b"nan",
    "\u202e\u0000\ud7ff".encode(),
    b"[" * 200,
    b"../" * 8,
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, cut out, doubled, replaced or added; sometimes only noise."""
    if chance.random() < 0.03:
        return chance.randbytes(chance.randrange(300))
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1)
        some = chance.randrange(1, 24)
        match chance.randrange(6):
            case 0 if found:
                found[at % len(found)] ^= 1 << chance.randrange(8)
            case 1:
                del found[at : at + some]
            case 2:
                found[at:at] = found[max(0, at - some) : at] * chance.choice((1, 2, 50))
            case 3:
                found[at : at + some] = chance.randbytes(some)
            case 4:
                found[at:at] = chance.choice(NASTY)
            case _:
                found = found[:at] if chance.random() < 0.3 else found
    return bytes(found)


class Fault(Exception):  # noqa: N818 - it is what is looked for
    """A reader said something that no user may see."""


def tried(target: Target, seed: int, folder: Path) -> bool:
    """Whether a reader takes a spoilt file; raises `Fault`."""
    chance = random.Random(f"{target.name} {seed}")
    name = chance.choice(sorted(target.seeds))
    path = folder / name
    path.write_bytes(mutated(target.seeds[name], chance))
    try:
        target.read(path)
    except PerpuDeskError as error:
        error.sentence()
        return False
    except Exception as error:
        raise Fault(f"{target.name}, seed {seed}, {name}:\n{traceback.format_exc()}") from error
    return True


def main(argv: list[str]) -> int:
    """Try each reader, one after another, for so many minutes of the processor."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz")
    parser.add_argument("--minutes", type=float, default=10, help="for each reader")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="readers with this in their name")
    asked = parser.parse_args(argv)
    faults = 0
    with tempfile.TemporaryDirectory(prefix="perpudesk-fuzz-") as name:
        place = Path(name) / "given"
        place.mkdir()
        with targets(Path(name)) as every:
            for target in every:
                if asked.only in target.name:
                    faults += _try_long(target, asked.seed, asked.minutes * 60, place)
    print(f"{faults} faults")
    return int(faults > 0)


def _try_long(target: Target, first: int, seconds: float, place: Path) -> int:
    """Spoil its files from seed `first` on, tell how often, and return how many faults it had."""
    begun, seed, taken, faults = time.process_time(), first, 0, 0
    while time.process_time() - begun < seconds:
        try:
            taken += tried(target, seed, place)
        except Fault as fault:
            faults += 1
            print(fault)
        seed += 1
    spent, many = time.process_time() - begun, seed - first
    told = f"{many:9,} in {spent:.0f} s of the processor  {target.name}, {taken:,} still taken"
    print(f"{told}, {faults} faults", flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
