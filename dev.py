#!/usr/bin/env python3
"""PerpuDesk from a fresh clone: `python3 dev.py COMMAND`, on Windows `py dev.py COMMAND`.

run [ARGS...]               set up what is missing, then start PerpuDesk (ARGS go to it)
test [--long]               set up what is missing, then every check and every test
test PATHS or OPTIONS...    only these tests, as pytest takes them
setup                       only set up
lint                        only the checks that need no test run
build [--folder]            the program folder and its packages, into dist/
sign ARGS...                sign an update for a stick, or make the key that does
fuzz [--minutes N]          spoil every kind of file that is read, ten minutes for each
bench [ARGS...]             measure speed and size, write docs/benchmarks.md
screenshots [ARGS...]       paint the pictures of the documentation
messages                    bring the Indonesian catalogue up to date with the source
"""

from __future__ import annotations

import compileall
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LOCALE = ROOT / "resources" / "locale"
RULES = (
    "perpudesk/*/model.py",
    "perpudesk/reports/*",
    *("perpudesk/attendance/framing.py", "perpudesk/attendance/lists.py"),
    "perpudesk/attendance/pasting.py",
    "perpudesk/branch/numbering.py",
    *("perpudesk/computers/admission.py", "perpudesk/computers/board.py"),
    *("perpudesk/computers/booking.py", "perpudesk/computers/finding.py"),
    *("perpudesk/computers/log.py", "perpudesk/computers/queueing.py"),
    *("perpudesk/computers/rules.py", "perpudesk/computers/slip.py"),
    "perpudesk/computers/times.py",
    *("perpudesk/handover/guide.py", "perpudesk/handover/papers.py"),
    "perpudesk/handover/service.py",
    *("perpudesk/trainings/certificates.py", "perpudesk/trainings/certifying.py"),
    *("perpudesk/trainings/course_report.py", "perpudesk/trainings/outcomes.py"),
    "perpudesk/trainings/returning.py",
)  # whose every branch the tests take
BABEL = (PYTHON, "-m", "babel.messages.frontend", "-q")
KEYWORDS = "tr trn:1,2 trc:1c,2 N_ Problem:2"  # the functions that mark a text, and where it is
REQUIREMENTS = {
    "run": "requirements.txt",
    "test": "requirements-dev.txt",
    "build": "requirements-build.txt",
}
NOISE = tuple(
    f'"{name}'
    for name in ("Report-", "POT-", "PO-", "Last-Translator", "Language-Team", "Generated-By")
)  # headers that change by themselves, or say nothing

# What Qt loads from the system, and Debian's name for it. Newer releases call some of these
# "...t64" and still answer to the old name.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What building calls, and Debian's package for it.
BUILDERS = {
    "appstreamcli": "appstream",
    "debootstrap": "debootstrap",
    "desktop-file-validate": "desktop-file-utils",
    "makensis": "nsis",
    "objdump": "binutils",
}
# What the tests of a real window call, and Debian's package for it.
PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "pdftoppm": "poppler-utils",
    "strace": "strace",
    "xdotool": "xdotool",
}


class Stop(Exception):  # noqa: N818 - not an error of this program
    """A sentence for the person at the keyboard; nothing further is done."""


def main(argv: list[str]) -> int:
    """Carry out one command; the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said here, because an old Python gets this far
        print(
            f"PerpuDesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 1
    name, *rest = argv or ["help"]
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in {"help", "-h", "--help"} else 2
    try:
        return COMMANDS[name](rest)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# ---------------------------------------------------------------- commands


def run(args: list[str]) -> int:
    """Start PerpuDesk where the caller stands, so that relative paths mean what they say."""
    prepare("run")
    command = [str(PYTHON), "-P", "-m", "perpudesk", *args]
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606 - there is no shell to go through
    return subprocess.call(command)


def setup(_args: list[str]) -> int:
    """Set up what `run` needs."""
    prepare("run")
    say(f"ready: {shown(BIN / 'perpudesk')}")
    return 0


def test(args: list[str]) -> int:
    """All checks, or only the tests that are asked for."""
    prepare("test")
    if args and args != ["--long"]:
        return subprocess.call([str(PYTHON), "-m", "pytest", *args], cwd=ROOT)
    check_source()
    if args:
        prepare("build")
        step("program folder and packages", PYTHON, "-m", "release.build")
    coverage = ["--cov", "--cov-report=term:skip-covered", "--cov-fail-under=90"]
    step("tests", PYTHON, "-m", "pytest", "-n2", *coverage, *args)
    rules = [
        f"--include={','.join(RULES)}",
        "--omit=perpudesk/reports/page/*",
    ]
    report = [PYTHON, "-m", "coverage", "report", "--format=total"]
    step("coverage of the rules and the report", *report, *rules, "--fail-under=100")
    say("every check passed")
    return 0


def lint(_args: list[str]) -> int:
    """Format, rules, types, layers."""
    prepare("test")
    check_source()
    return 0


def module(name: str, purpose: str = "test") -> Callable[[list[str]], int]:
    """A command that is a module of the tests, or of the folder `release`."""

    def command(args: list[str]) -> int:
        prepare(purpose)
        return subprocess.call([str(PYTHON), "-m", name, *args], cwd=ROOT)

    return command


def bench(args: list[str]) -> int:
    """Measure what is named, or everything: then the program folder is made first."""
    prepare("test")
    if not args or "frozen" in args:
        prepare("build")
        step("program folder", PYTHON, "-m", "release.build", "--folder")
    return subprocess.call([str(PYTHON), "-m", "tests.benchmarks", *args], cwd=ROOT)


def messages(_args: list[str]) -> int:
    """Rewrite the catalogue from the source; new texts are left empty, old ones leave."""
    prepare("test")
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "perpudesk.pot"
        how = ["--no-default-keywords", f"--keywords={KEYWORDS}", "--no-location"]
        step("texts", *BABEL, "extract", *how, "--sort-output", "-o", template, "perpudesk")
        where = ["-D", "perpudesk", "-i", template, "-d", LOCALE, "-w", "100"]
        how = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
        step("catalogue", *BABEL, "update", *where, *how)
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        lines = source.read_text("utf-8").splitlines(keepends=True)
        source.write_text("".join(line for line in lines if not line.startswith(NOISE)), "utf-8")
    compile_catalogues()
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "setup": setup,
    "lint": lint,
    "build": module("release.build", "build"),
    "sign": module("release.sign", "build"),
    "fuzz": module("tests.attack.fuzzing"),
    "bench": bench,
    "screenshots": module("tests.screenshots"),
    "messages": messages,
}


# ---------------------------------------------------------------- checks


def check_source() -> None:
    """Stop at the first check of the source that fails."""
    step("format", PYTHON, "-m", "ruff", "format", "--check", ".")
    step("rules", PYTHON, "-m", "ruff", "check", ".")
    step("types", PYTHON, "-m", "mypy")
    step("layers", BIN / "lint-imports", "--no-logo")


def step(name: str, *command: object) -> None:
    """Run one check from the root; stop with its name if it fails."""
    words = [str(word) for word in command]
    say(f"{name}: {shlex.join([shown(words[0]), *words[1:]])}")
    status = subprocess.call(words, cwd=ROOT)
    if status:
        raise Stop(f"stopped at: {name} (exit status {status})")


def compile_catalogues() -> None:
    """Make the machine form of each catalogue that changed since."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            step("compile", *BABEL, "compile", "-i", source, "-o", compiled)


# ---------------------------------------------------------------- setting up


def prepare(purpose: str) -> None:
    """Set up for `run` or `test`; nothing but reading a few files when that is done."""
    ready = VENV / f"ready-{purpose}"
    wanted = fingerprint(purpose)
    if not (ready.is_file() and ready.read_text("utf-8") == wanted):
        install_system_packages(purpose)
        make_venv()
        install_libraries(purpose)
        link_package()
        ready.write_text(wanted, "utf-8")
        (VENV / "ready-run").write_text(fingerprint("run"), "utf-8")
    compile_catalogues()
    # A machine told to keep no bytecode would compile every module at every start.
    compileall.compile_dir(ROOT / "perpudesk", quiet=1)


def fingerprint(purpose: str) -> str:
    """What the set-up was made from; differs when it has to be done again."""
    digest = hashlib.sha256(made_by().encode())
    for name in ("dev.py", "pyproject.toml", REQUIREMENTS[purpose]):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def made_by() -> str:
    """The Python and the place that `.venv` belongs to: it works with no other."""
    return f"{sys.version}\n{ROOT}\n"


def make_venv() -> None:
    """Make `.venv`, again if it is another Python's, was moved, or was left half done."""
    mark = VENV / "made-by"
    if mark.is_file() and mark.read_text("utf-8") == made_by():
        return
    say(f"making {shown(VENV)} for Python {sys.version.split()[0]}")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise Stop("Python could not make .venv; its own words are above.")
    mark.write_text(made_by(), "utf-8")


def install_libraries(purpose: str) -> None:
    """Install the exact pins; every file is checked against its hash."""
    listed = REQUIREMENTS[purpose]
    say(f"installing the libraries of {listed}")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "-r", str(ROOT / listed)]
    if subprocess.call(command if sys.stdout.isatty() else [*command, "--quiet"]):
        raise Stop(
            "pip could not install the libraries; its own words are above. "
            "Check the internet connection (or the pip configuration of this machine), "
            "then give the same command again: what is already here is kept."
        )


def link_package() -> None:
    """Make this checkout importable in `.venv`, and give it the command `perpudesk`."""
    base = {"base": str(VENV), "platbase": str(VENV)}
    packages = Path(sysconfig.get_path("purelib", "venv", base))
    (packages / "perpudesk.pth").write_text(os.path.relpath(ROOT, packages) + "\n")
    if WINDOWS:
        script = BIN / "perpudesk.cmd"
        script.write_text('@"%~dp0python.exe" -P -m perpudesk %*\n')
    else:
        script = BIN / "perpudesk"
        script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -m perpudesk "$@"\n')
        script.chmod(0o755)


# ---------------------------------------------------------------- the system


def install_system_packages(purpose: str) -> None:
    """Install what is missing through apt, or say which line does it."""
    packages = [] if WINDOWS or sys.platform == "darwin" else missing_packages(purpose)
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise Stop(f"this system lacks what Debian calls {' '.join(packages)}; install it first.")
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    root = become_root()
    if root is None:
        line = shlex.join(install).replace(" -qq", "")
        raise Stop(f"run this as root, then try again:\n  apt-get update && {line}")
    say(f"installing system packages: {' '.join(packages)}")
    quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.call([*quiet, "apt-get", "update", "-qq"])  # an old list may still do
    if subprocess.call([*quiet, *install]):
        raise Stop("apt could not install them; its own words are above.")


def missing_packages(purpose: str) -> list[str]:
    """Debian's names for what Qt and the tests need and this machine lacks."""
    packages = []
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    packages += [package for library, package in LIBRARIES.items() if not loads(library)]
    programs = {"test": PROGRAMS, "build": BUILDERS}.get(purpose, {})
    packages += [package for name, package in programs.items() if not shutil.which(name)]
    return packages


def loads(library: str) -> bool:
    """Whether the system's loader finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def become_root() -> list[str] | None:
    """How to start a command as root; None if there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


# ---------------------------------------------------------------- words


def say(what: str) -> None:
    """One line about what comes next."""
    print(f"dev.py: {what}", flush=True)


def shown(path: Path | str) -> str:
    """A path inside the checkout as it is written from its root."""
    return os.path.relpath(path, ROOT) if str(path).startswith(str(ROOT)) else str(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
