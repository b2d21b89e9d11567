"""A screen of its own for a real window: an X server without a display, keys, and pictures.

For the journeys and the pictures of the documentation; needs Xvfb, openbox and xdotool.
"""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from PIL import Image

ROOT = Path(__file__).parents[1]
NEEDED = ("Xvfb", "openbox", "xdotool")
SIZE = (1366, 768)
WAIT = 90.0
"""Seconds after which something that should have come is taken for missing."""
SCANNER = 4
"""Ms between the keys of a scanner."""
MARKS = ("first-paint", "first-run", "ready", "listens")
"""How far the program tells that it got."""

_RC = """\
<openbox_config xmlns="http://openbox.org/3.4/rc">
 <theme><name>plain</name><titleLayout>LC</titleLayout></theme>
 <focus><focusNew>yes</focusNew></focus>
 <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
 <applications>
  <application type="normal"><decor>no</decor><maximized>yes</maximized></application>
 </applications>
</openbox_config>
"""

_THEME = """\
border.width: 1
border.color: #5b6966
padding.width: 8
padding.height: 5
window.handle.width: 0
window.client.padding.width: 0
window.client.padding.height: 0
window.*.title.bg: flat solid
window.*.title.bg.color: #dde5e2
window.*.label.bg: parentrelative
window.*.label.text.color: #17211f
window.*.button.*.bg: parentrelative
window.*.button.*.image.color: #17211f
"""


def missing() -> list[str]:
    """Which of the needed programs this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


class Screen:
    """An X server with a window manager; a window on it fills it."""

    def __init__(self, display: str, frame: Path) -> None:
        self.display = display
        self._frame = frame

    def xdotool(self, *words: object) -> str:
        """What xdotool answers; it raises what xdotool refuses."""
        done = subprocess.run(
            ["xdotool", *map(str, words)],
            env={**os.environ, "DISPLAY": self.display},
            check=True,
            capture_output=True,
            text=True,
            timeout=WAIT,
        )
        return done.stdout.strip()

    def press(self, *keys: str, every: int = 60) -> None:
        """Press keys as a person does, by X's names, `every` so many milliseconds."""
        self.xdotool("key", "--delay", every, *keys)

    def type(self, text: str, *, every: int = 45) -> None:
        """Type text as a person does, Enter at line ends; `every=SCANNER` as a scanner does."""
        words: list[object] = []
        for at, line in enumerate(text.split("\n")):
            words += ["key", "--delay", every, "Return"] if at else []
            words += ["type", "--delay", every, "--args", 1, line] if line else []
        self.xdotool(*words)
        if every > SCANNER:
            # Until the server has taken it all: the hand then goes to another key. Keys that a busy
            # server takes at once have one time, and would be a scanner's.
            self.xdotool("getmouselocation")
            time.sleep(0.1)

    def click(self, x: int, y: int) -> None:
        """Click there."""
        self.xdotool("mousemove", x, y, "click", 1)

    def wait_for_window(self, title: str) -> None:
        """Until a window with that title has the keys."""
        wait(lambda: title in self.active_title(), f"a window called {title!r}")

    def active_title(self) -> str:
        """The title of the window that has the keys."""
        try:
            return self.xdotool("getactivewindow", "getwindowname")
        except subprocess.CalledProcessError:  # none has them
            return ""

    def picture(self) -> Image.Image:
        """What the screen shows, from the server's own memory (the format of xwd)."""
        with (
            self._frame.open("rb") as file,
            mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as raw,
        ):
            head = struct.unpack(">25I", raw[:100])
            start, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
            start += colours * 12
            pixels = raw[start : start + line * height]
        return Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX", line)

    def still(self, *, quiet: float = 0.4) -> Image.Image:
        """The picture once nothing has moved for so many seconds."""
        last, since, begun = self.picture(), time.monotonic(), time.monotonic()
        while time.monotonic() - since < quiet and time.monotonic() - begun < WAIT:
            time.sleep(0.05)
            now = self.picture()
            if now.tobytes() != last.tobytes():
                last, since = now, time.monotonic()
        return last


@contextmanager
def screen(size: tuple[int, int] = SIZE) -> Iterator[Screen]:
    """A screen that is there for the block."""
    with tempfile.TemporaryDirectory() as folder:
        reader, writer = os.pipe()
        shape = f"{size[0]}x{size[1]}x24"
        options = f"-screen 0 {shape} -nolisten tcp -nocursor -dpi 96".split()
        server = subprocess.Popen(
            ["Xvfb", *options, "-displayfd", str(writer), "-fbdir", folder],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        try:
            with os.fdopen(reader) as told:
                display = f":{told.readline().strip()}"
            with _window_manager(display, Path(folder)):
                yield Screen(display, Path(folder) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait(WAIT)


@contextmanager
def _window_manager(display: str, folder: Path) -> Iterator[None]:
    rc = folder / "rc.xml"
    rc.write_text(_RC, "utf-8")
    theme = folder / "themes" / "plain" / "openbox-3" / "themerc"
    theme.parent.mkdir(parents=True)
    theme.write_text(_THEME, "utf-8")
    manager = subprocess.Popen(
        ["openbox", "--sm-disable", "--config-file", str(rc)],
        env={**os.environ, "DISPLAY": display, "XDG_DATA_HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        manager.terminate()
        manager.wait(WAIT)


class Program:
    """The program in a process of its own, on a screen."""

    def __init__(
        self,
        on: Screen,
        folder: Path,
        *,
        module: str = "perpudesk",
        program: Path | None = None,
        wrap: Sequence[str] = (),
    ) -> None:
        """`wrap` stands before the program's own words, and has to become it (`exec`)."""
        self.told: list[str] = []
        self._on, self._folder = on, folder
        environment = {key: os.environ[key] for key in os.environ if key != "QT_QPA_PLATFORM"}
        words = [program] if program else [sys.executable, "-m", module]
        self._process = subprocess.Popen(
            [*wrap, *words, "--data", str(folder)],
            cwd=ROOT,
            env={**environment, "DISPLAY": on.display, "PERPUDESK_TIMING": "1"},
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Whatever happened, nothing goes on running; a failure leaves the last picture."""
        if kind is not None:
            self._on.picture().save(self._folder.parent / "last.png")
        if self._process.poll() is None:
            self.kill()
        self._reader.join(WAIT)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.told.append(line.rstrip())

    def wait_until(self, mark: str, *, times: int = 1) -> None:
        """Until it tells that it has reached one of `MARKS`, for the so-many-th time."""
        wait(
            lambda: sum(line.startswith(mark) for line in self.told) >= times,
            f"{mark}, {times}",
            self.told,
        )

    def complaints(self) -> list[str]:
        """What it said besides how far it got."""
        return [line for line in self.told if line.split(" ")[0] not in MARKS]

    def kill(self) -> None:
        """As a power cut does it."""
        self._process.kill()
        self._process.wait(WAIT)

    def ended(self) -> int:
        """Its exit code, once it has ended by itself."""
        code = self._process.wait(WAIT)
        self._reader.join(WAIT)
        return code


def wait(until: object, what: str, said: Sequence[str] = ()) -> None:
    """Look again and again until the function says yes."""
    end = time.monotonic() + WAIT
    while not until():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError(f"waited in vain for {what}; {list(said)}")
        time.sleep(0.02)
