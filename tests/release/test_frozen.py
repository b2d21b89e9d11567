"""The program folder as a donated PC gets it: no Python, nothing installed, a day's work.

`python3 dev.py test --long` makes the folder first.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest

from perpudesk import __version__
from perpudesk.cli import updating
from release import libraries, linux
from release.build import DIST, FOLDER
from release.sign import sign
from tests.screen import Program, missing, screen, wait
from tests.updates.conftest import KEY

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="Windows has its own workflow"),
]
PROGRAM = FOLDER / "perpudesk-cli"
LIST = """\
ID Anggota,Nama Pengunjung,Tipe Keanggotaan,Institusi,Nama Ruangan,Tanggal Kunjungan
KTW-0001,Siti Aminah,Umum,,Ruang Baca,2024-01-15 09:10:00
KTW-0002,Budi Santoso,Umum,,Ruang Baca,2024-01-15 09:12:00
"""


@pytest.fixture
def system(tmp_path: Path) -> Iterator[Path]:
    """Debian's smallest system in a folder; it is large, and goes again."""
    root = tmp_path / "system"
    run("debootstrap", "--variant=minbase", suite() or "stable", root)
    yield root
    shutil.rmtree(root)


def bare() -> dict[str, str]:
    """The environment of somebody who has no Python: nothing of ours leads anywhere."""
    kept = {name: os.environ[name] for name in os.environ if name.startswith(("HOME", "XDG", "LC"))}
    return {**kept, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}


def say(*words: object) -> str:
    done = subprocess.run(
        [PROGRAM, *map(str, words)],
        cwd="/",
        env=bare(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def test_the_version() -> None:
    assert say("--version") == f"PerpuDesk {__version__}\n"


def test_nothing_that_a_donated_pc_would_lack() -> None:
    assert libraries.lacking(FOLDER) == {}
    assert (FOLDER / "LICENCES.txt").stat().st_size > 100_000


def test_the_commands_of_a_month(tmp_path: Path) -> None:
    folder, pdf = tmp_path / "records", tmp_path / "month.pdf"
    (tmp_path / "visitors.csv").write_text(LIST, "utf-8")
    say("--data", folder, "demo", "--years", 1, "--until", "2026-11-22")
    say("--data", folder, "import", "slims-visitors", tmp_path / "visitors.csv", "--names")
    say("--data", folder, "report", "2026-10", "--output", pdf)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "Oktober 2026" in text
    assert "%PDF" not in say("--data", folder, "figures", "2026-10", "--json")
    say("--data", folder, "figures", "2026-10", "--xlsx", tmp_path / "month.xlsx")
    say("--data", folder, "recovery-key", "--output", tmp_path / "sheet.pdf")
    say("--data", folder, "backup", "--to", tmp_path / "stick")
    assert list((tmp_path / "stick").glob("*.pdbak"))
    say("--data", folder, "check", "--deep")


@pytest.mark.journey
@pytest.mark.skipif(bool(missing()), reason="needs a screen")
def test_the_window(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    say("--data", folder, "demo", "--years", 1)
    with (
        screen() as on,
        Program(on, folder, program=FOLDER / "PerpuDesk") as program,
    ):
        program.wait_until("ready")
        on.wait_for_window("PerpuDesk")
        picture = on.still()
        picture.save(DIST / "window.png")
        assert len(picture.getcolors(picture.width * picture.height) or ()) > 500
        on.press("F7")
        assert on.still().tobytes() != picture.tobytes()
        on.press("alt+F4")
        assert program.ended() == 0
        assert program.complaints() == []


def test_an_update_by_stick(tmp_path: Path) -> None:
    program = tmp_path / "apps" / "PerpuDesk"
    shutil.copytree(FOLDER, program, symlinks=True)
    key = program / "_internal" / "resources" / "update-key.txt"
    key.write_text(bytes(KEY.verify_key).hex())
    found = {str(path.relative_to(program)): path for path in sorted(program.rglob("*"))}
    (tmp_path / "stick").mkdir()
    update = sign(found, tmp_path / "stick", KEY, system=updating.system(), version="99.0.0")
    command = [program / "perpudesk-cli", "--data", tmp_path / "records", "--lang", "en"]
    subprocess.run([*command, "setup", "--name", "Uji", "--zone", "WIB"], env=bare(), check=True)

    def answer() -> subprocess.CompletedProcess[str]:
        words = [*command, "update", update]
        return subprocess.run(words, env=bare(), capture_output=True, text=True, check=False)

    def refused() -> None:
        assert answer().stderr.startswith("PerpuDesk is still open")

    with_window(program, tmp_path / "another", refused)
    done = answer()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == f"PerpuDesk 99.0.0 is in the place of {__version__}."
    old = program.with_name("PerpuDesk.old")
    assert old.is_dir()
    with_window(program, tmp_path / "records", lambda: wait(lambda: not old.exists(), "no old"))
    assert [each.name for each in program.parent.iterdir()] == ["PerpuDesk"]


def with_window(program: Path, folder: Path, work: Callable[[], object]) -> None:
    """Do `work` while the window is open on a screen that nobody sees."""
    environment = {**bare(), "QT_QPA_PLATFORM": "offscreen", "PERPUDESK_TIMING": "1"}
    command = [program / "perpudesk-cli", "--data", folder]
    subprocess.run([*command, "setup", "--name", "Uji", "--zone", "WIB"], env=bare(), check=True)
    with subprocess.Popen(
        [program / "PerpuDesk", "--data", folder],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stderr is not None
        for line in window.stderr:
            if line.startswith("listens"):
                work()
                window.send_signal(signal.SIGTERM)


@pytest.mark.timeout(900)
@pytest.mark.skipif(
    shutil.which("debootstrap") is None or os.geteuid() != 0,
    reason="debootstrap and root make a system with nothing on it",
)
def test_the_package_on_a_system_with_nothing_on_it(system: Path) -> None:
    root = system
    package = next(DIST.glob("perpudesk_*.deb"))
    shutil.copy(package, root)
    install = "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends"
    inside(root, f"apt-get update -qq && {install} /{package.name}")
    assert inside(root, "perpudesk --version") == f"PerpuDesk {__version__}\n"
    inside(root, "perpudesk --data /r demo && perpudesk --data /r report 2026-10 --output /r.pdf")
    assert (root / "r.pdf").stat().st_size > 10_000
    assert "ready" in started(root)
    inside(root, "apt-get remove -y -qq perpudesk")
    assert not (root / linux.PLACE).exists()
    assert (root / "r" / "perpudesk.db").exists(), "records stay"


def suite() -> str:
    """The Debian that the folder was built on: its C library is the oldest that will do."""
    told = Path("/etc/os-release").read_text()
    names = [line.partition("=")[2] for line in told.splitlines() if "VERSION_CODENAME" in line]
    return names[0] if names else ""


def started(root: Path) -> str:
    """What the window tells on a screen that nobody sees, until it is asked to stop."""
    command = "exec /opt/perpudesk/PerpuDesk --data /r"
    with subprocess.Popen(
        ["/usr/sbin/chroot", root, "sh", "-c", command],
        env={**bare(), "QT_QPA_PLATFORM": "offscreen", "PERPUDESK_TIMING": "1", "HOME": "/root"},
        stderr=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stderr is not None
        told = []
        for line in window.stderr:
            told.append(line)
            if line.startswith("listens"):
                window.send_signal(signal.SIGTERM)
        assert window.wait(30) == 0, told
    return "".join(told)


def inside(root: Path, command: str) -> str:
    return run("chroot", root, "sh", "-c", command)


def run(*words: object) -> str:
    environment = {**os.environ, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    environment = {key: environment[key] for key in environment if not key.startswith("XDG")}
    done = subprocess.run(
        [str(word) for word in words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
