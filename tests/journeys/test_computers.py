"""A morning at eight computers: everybody by keys, a queue of five, a power cut, and the figures.

The real program on a real screen; what it recorded is read by the commands after it has closed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import close, here, needs_a_screen, say
from tests.screen import Program, Screen, screen

pytestmark = needs_a_screen


@pytest.fixture(scope="module")
def on() -> Iterator[Screen]:
    with screen() as made:
        yield made


def test_eight_computers_a_queue_of_five_and_an_outage(on: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    say(folder, "setup", "--name", "Perpustakaan Uji", "--zone", "WIB")
    day = here()
    with Program(on, folder) as program:
        open_board(on, program)
        on.type("8")
        on.press("Return")
        on.still()
        eight_begin(on)
        five_wait(on)
        three_are_served(on)
        mend(on)
        program.kill()
    with Program(on, folder) as program:
        open_board(on, program)
        look_through(on)
        close(on, program)
    if here().date() != day.date():
        pytest.skip("midnight came between")
    check(folder, day)


def open_board(on: Screen, program: Program) -> None:
    program.wait_until("listens")
    on.wait_for_window("PerpuDesk")
    on.press("F3")
    on.still()


def eight_begin(on: Screen) -> None:
    """The number, then a key for who it is; the last with the visit counted too."""
    for number, who in enumerate("qwer123", start=1):
        on.press(str(number), who, every=250)
    on.press("8", every=250)
    on.press("alt+v", "t", every=250)
    on.still()


def five_wait(on: Screen) -> None:
    for who in "eer3s":
        on.press("a", who, every=250)
    on.still()


def three_are_served(on: Screen) -> None:
    """One computer is free, then another; who is called second does not come."""
    on.press("1", every=300)  # ends there
    on.press("n", "h", every=300)  # the first is called and sits down
    on.press("2", every=300)
    on.press("n", "t", every=300)  # the second does not come, and waits behind the others
    on.press("n", "h", every=300)  # the third sits down instead
    on.press("3", every=300)
    on.press("n", "h", every=300)
    on.still()


def mend(on: Screen) -> None:
    """Longer, a pause, an own device; a wrong end is taken back."""
    on.press("4", every=300)  # ends there
    on.press("ctrl+z", every=300)  # and goes on
    on.press("plus", "p", every=300)
    on.press("w", "3", every=300)
    on.still()


def look_through(on: Screen) -> None:
    """All that the outage ended is looked at: two go on, the others ended as estimated."""
    on.press("v")
    on.wait_for_window("Listrik padam")
    on.still()
    on.press("Escape")
    on.wait_for_window("PerpuDesk")
    on.press("y")
    on.still()


def check(folder: Path, day: datetime) -> None:
    """Eleven sessions and one own device; three had ended, the rest were cut off."""
    found = {each["indicator"]: each for each in figures(folder, day)}
    sessions = found["computer_sessions"]
    assert (sessions["value"], sessions["basis"]) == (11, "counted")
    assert found["computer_minutes"]["basis"] == "mixed"
    assert found["device_sessions"]["value"] == 1
    assert found["workstations"]["value"] == 8
    assert found["queue_tickets"]["value"] == 5
    assert (
        found["visits"]["value"] == 5
    )  # the last choice holds: also for who waited, and the laptop
    assert sessions["by"]["sex"] == {"female": 7, "male": 4, "unknown": 0}
    say(folder, "check")


def figures(folder: Path, day: datetime) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(say(folder, "figures", f"{day:%Y-%m}", "--json"))[
        "figures"
    ]
    return found
