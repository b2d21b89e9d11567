"""The computer dies, and a mistake is taken back: what a stick and a sheet of paper are worth.

The real program on a real screen, with a folder mounted where a stick would be; what it recorded is
read out of its files after it has closed.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from perpudesk.ui.tokens import PALETTES, Scheme
from tests.journeys.desk import close, here, needs_a_screen, same, say, total
from tests.screen import Program, Screen, screen, wait

pytestmark = needs_a_screen
PLUG = (
    "mount -t tmpfs none /media && mkdir /media/KINGSTON "
    '&& mount --rbind "$0" /media/KINGSTON && exec "$@"'
)
"""Shows a folder as a stick that is plugged in, to the program that follows and to no other."""
DIALOG = "Pulihkan dari cadangan"
LOST, BUTTON = (0, 0.6, 125, 60), (0.6, 1, 80, 20)
"""Parts of that dialog: of its width, and px above its lower edge or that of its frame."""
INK = PALETTES[Scheme.LIGHT]
Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def on() -> Iterator[Screen]:
    with screen() as made:
        yield made


@pytest.fixture(autouse=True)
def _one_day() -> None:
    if (here() + timedelta(minutes=5)).date() != here().date():
        pytest.skip("midnight would come between")


@pytest.fixture
def plugged(tmp_path: Path) -> tuple[str, ...]:
    """What to put before a program so that it finds the folder `stick` plugged in."""
    (tmp_path / "stick").mkdir()
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare")
    words = (unshare, "--mount", *(["--map-root-user"] if os.geteuid() else []))
    wrap = (*words, "sh", "-c", PLUG, str(tmp_path / "stick"))
    if subprocess.call([*wrap, "true"], stderr=subprocess.DEVNULL):
        pytest.skip("this machine lets nobody mount a stick")
    return wrap


def test_a_new_computer_goes_on_with_the_stick_and_the_sheet(
    on: Screen,
    plugged: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    old, new, sheet = tmp_path / "old", tmp_path / "new", tmp_path / "sheet.pdf"
    say(old, "setup", "--name", "Perpustakaan Mawar", "--zone", "WIB")
    say(old, "recovery-key", "--output", sheet)
    with Program(on, old, wrap=plugged) as program:
        at_the_desk(on, program)
        tap(on, *"qqw12")
        seen = total(on)
        name_the_stick(on, tmp_path / "stick")
        close(on, program)
    before = rows(old / "perpudesk.db", "visits")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))  # it knows nothing of the old one
    shutil.rmtree(old)
    began = time.monotonic()
    with Program(on, new, wrap=plugged) as program:
        from_the_stick(on, program, words_on(sheet))
        took = time.monotonic() - began
        wait(lambda: same(total(on), seen), "the old visits")
        tap(on, "e")
        close(on, program)
    print(f"From nothing to the desk: {took:.1f} s")
    record_property("from nothing to the desk, s", round(took, 1))
    after = rows(new / "perpudesk.db", "visits")
    assert len(before) == 5
    assert len(after) == 6
    assert set(before) < set(after)
    say(new, "check", "--deep")


def test_a_mistake_is_taken_back_and_that_too(on: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    say(folder, "setup", "--name", "Perpustakaan Mawar", "--zone", "WIB")
    with Program(on, folder) as program:
        at_the_desk(on, program)
        tap(on, *"qw1")
        few = total(on)
        copy = copy_now(on, folder)
        on.press("F2")
        on.still()
        tap(on, *"er23")
        many = total(on)
        put_back(on, loses=True)
        program.wait_until("listens", times=2)
        on.wait_for_window("PerpuDesk")
        wait(lambda: same(total(on), few), "the visits of the copy")
        put_back(on, loses=False)  # the newest now is what stood here before
        program.wait_until("listens", times=3)
        on.wait_for_window("PerpuDesk")
        wait(lambda: same(total(on), many), "the later visits")
        close(on, program)
    later, between = sorted((folder / "backups").glob("*-restore.db"))
    for table in set(tables(copy)) - {"meta"}:  # which says whose station a file is
        assert rows(between, table) == rows(copy, table)
    now = rows(folder / "perpudesk.db", "visits")
    assert (len(rows(copy, "visits")), len(now)) == (3, 7)
    assert now == rows(later, "visits")
    say(folder, "check", "--deep")


# ---------------------------------------------------------------- what the hands do


def at_the_desk(on: Screen, program: Program) -> None:
    program.wait_until("listens")
    on.wait_for_window("PerpuDesk")
    on.still()


def tap(on: Screen, *keys: str) -> None:
    """Count people at the desk, and see that the number grew."""
    before = total(on)
    on.press(*keys, every=120)
    wait(lambda: not same(total(on), before), "the taps to be counted")
    on.still(quiet=1.0)


def to_the_backups(on: Screen, *keys: str) -> None:
    """To *Cadangan*, the last but one of the settings, and to one of its buttons."""
    on.press("F9", "End", "Up", *keys, every=120)
    on.still()


def name_the_stick(on: Screen, stick: Path) -> None:
    """Choose it in the menu of what is plugged in; the first copy on it follows at once."""
    to_the_backups(on, "Tab", "Tab", "Tab")
    below = (503, 512, 800, 556)
    before = on.picture().crop(below)
    on.press("space")
    wait(lambda: not same(on.picture().crop(below), before), "the menu of sticks")
    on.press("Down", "Return", every=200)
    wait(lambda: whole(stick / "PerpuDesk", "*-asked.pdbak"), "the copy on the stick")


def copy_now(on: Screen, folder: Path) -> Path:
    """*Cadangkan sekarang*, once the copy that is made by itself at the start is there."""
    wait(lambda: whole(folder / "backups", "*-auto.db"), "the first copy")
    to_the_backups(on, "Tab", "space")
    wait(lambda: whole(folder / "backups", "*-asked.db"), "the copy")
    (copy,) = (folder / "backups").glob("*-asked.db")
    return copy


def put_back(on: Screen, *, loses: bool) -> None:
    """The newest copy, after what would be lost by it was read, in red."""
    to_the_backups(on, *["Tab"] * 5)  # no stick can be named yet
    on.press("space")
    offered(on)
    assert shows(part(on, *LOST), INK.red_ink) is loses
    on.press("ctrl+Return")


def from_the_stick(on: Screen, program: Program, words: list[str]) -> None:
    """*Dari cadangan…* on the first page; the words as they stand on the sheet, four a line."""
    program.wait_until("first-run")
    on.wait_for_window("PerpuDesk")
    on.press("Tab", "Tab", "Tab", "Tab", "Return", every=120)
    offered(on)
    on.press("Tab")
    on.type("\n".join(" ".join(words[at : at + 4]) for at in range(0, len(words), 4)))
    on.press("ctrl+Return")
    program.wait_until("listens")
    on.wait_for_window("Perpustakaan Mawar")


# ---------------------------------------------------------------- what is seen


def offered(on: Screen) -> None:
    """Until the dialog has read the newest copy: its last button has its colour then."""
    on.wait_for_window(DIALOG)
    wait(lambda: shows(part(on, *BUTTON), INK.primary, INK.red_ink), "the button to restore")
    on.still()


def part(on: Screen, left: float, right: float, top: int, bottom: int) -> Image.Image:
    """What the window that has the keys shows there."""
    told = on.xdotool("getactivewindow", "getwindowgeometry", "--shell")
    at = {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", told)}
    x, width, edge = at["X"], at["WIDTH"], at["Y"] + at["HEIGHT"]
    area = (x + width * left, edge - top, x + width * right, edge - bottom)
    return on.picture().crop(tuple(map(round, area)))


def shows(picture: Image.Image, *colours: str) -> bool:
    found = {colour for _, colour in picture.getcolors(picture.width * picture.height) or []}
    return any(tuple(bytes.fromhex(each.removeprefix("#"))) in found for each in colours)


# ---------------------------------------------------------------- what the files hold


def whole(folder: Path, names: str) -> bool:
    """Whether a copy is there, and the digest that is written beside it at its end."""
    return any(each.with_name(f"{each.name}.sha256").exists() for each in folder.glob(names))


def words_on(sheet: Path) -> list[str]:
    """The recovery words, as they are printed."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(sheet).pages)
    return re.findall(r"\d+\. ([a-z]{5})\b", text)


def rows(file: Path, table: str) -> Rows:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        return sorted(db.execute(f'SELECT * FROM "{table}"'), key=repr)


def tables(file: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        return [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
