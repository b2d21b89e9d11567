"""A sound is begun by what the system has, and never waited for."""

from __future__ import annotations

import sys
import wave
from array import array
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.core.paths import resource
from perpudesk.ui import sound
from perpudesk.ui.sound import play
from tests.ui import chime

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    return heard


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def player(folder: Path, name: str) -> Path:
    """A program of that name, and the file in which it notes what it was asked."""
    noted = folder.with_name(f"{name}.txt")
    (folder / name).write_text(
        f'#!/bin/sh\necho "$@" > {noted}.part\n/bin/mv {noted}.part {noted}\n'
    )
    (folder / name).chmod(0o755)
    return noted


@pytest.mark.parametrize("name,words", [("pw-play", ""), ("aplay", "-q ")])
def test_it_is_played_by_what_is_there(
    programs: Path, beeps: list[int], qtbot: QtBot, name: str, words: str
) -> None:
    noted = player(programs, name)
    play("over")
    qtbot.waitUntil(noted.exists)
    assert noted.read_text() == f"{words}{resource('sounds/over.wav')}\n"
    assert beeps == []


def test_where_nothing_plays_the_system_beeps(programs: Path, beeps: list[int]) -> None:
    play("nearly")
    assert beeps == [1]
    (programs / "paplay").write_text("no program")
    (programs / "paplay").chmod(0o755)
    play("nearly")
    assert beeps == [1, 1]


def test_windows_plays_it_by_itself(beeps: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def refuse(*_words: object) -> None:
        raise RuntimeError

    windows = SimpleNamespace(SND_FILENAME=1, SND_ASYNC=2, PlaySound=lambda *w: asked.append(w))
    monkeypatch.setitem(sys.modules, "winsound", windows)
    monkeypatch.setattr(sound, "sys", SimpleNamespace(platform="win32"))
    play("over")
    assert (asked, beeps) == ([(str(resource("sounds/over.wav")), 3)], [])
    windows.PlaySound = refuse
    play("over")
    assert beeps == [1]


@pytest.mark.parametrize("name", chime.SOUNDS)
def test_the_shipped_sounds_are_those_that_were_made(name: str) -> None:
    with wave.open(str(resource(f"sounds/{name}.wav")), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        kept = array("h", file.readframes(file.getnframes()))
    made = chime.samples(chime.SOUNDS[name])
    assert len(kept) == len(made)
    assert all(abs(one - other) <= 1 for one, other in zip(kept, made, strict=True))
    assert max(map(abs, made)) < 20_000, "it cracks in no loudspeaker"
