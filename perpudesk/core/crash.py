"""What is kept of a fault of our own: where it happened, and nothing of anybody's data."""

from __future__ import annotations

import platform
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from perpudesk import __version__
from perpudesk.core.i18n import N_, tr
from perpudesk.core.settings import read_settings

OUR_FAULT = N_(
    "Something went wrong that is PerpuDesk's fault. What was saved before is safe. A description "
    "without names is in {path}; please send it to whoever looks after the program."
)
NOT_KEPT = N_(
    "Something went wrong that is PerpuDesk's fault ({kind}). What was saved before is safe. A "
    "description could not be kept."
)
LOG_NAME = "perpudesk.log"
_MOST_BYTES = 1_000_000
_MOST_REPORTED = 200_000
"""So many of the last characters of the log go into a report."""
_TOLD_SETTINGS = ("language", "theme", "scale", "paper", "scan_gap_ms", "sound")


def describe(error: BaseException) -> str:
    """The kind of error and the lines of code it passed, and those of what led to it.

    No message and no folder of the machine, since these may hold a name.
    """
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    faults = "\n".join(map(_fault, _chain(error)))
    return f"{moment} PerpuDesk {__version__} ({system})\n{faults}\n"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _fault(error: BaseException) -> str:
    lines = [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}: {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([type(error).__name__, *lines])


def _short(file: str) -> str:
    """A source file without the folders above the package, which may name a person."""
    parts = Path(file).parts
    for package in ("perpudesk", "site-packages"):
        if package in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(package) :])
    return parts[-1]


def log_crash(error: BaseException, folder: Path | None) -> str:
    """Keep the description in `folder`, else among the temporary files; the sentence about it."""
    text = describe(error)
    with suppress(OSError):
        if folder is not None:
            return tr(OUR_FAULT, path=_append(folder / LOG_NAME, text))
    with suppress(OSError):
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="perpudesk-", suffix=".log", delete=False
        ) as file:
            file.write(text)
        return tr(OUR_FAULT, path=file.name)
    return tr(NOT_KEPT, kind=type(error).__name__)


def report(folder: Path, details: str, versions: Mapping[str, str]) -> str:
    """What somebody who looks after the program needs: versions, settings, faults; no names.

    Of the settings only those that say nothing of anybody: folders and stations may.
    """
    settings = asdict(read_settings())
    told = [f"{name}: {settings[name]}" for name in _TOLD_SETTINGS]
    parts = [f"{name} {version}" for name, version in versions.items()]
    log = ""
    for name in (f"{LOG_NAME}.old", LOG_NAME):
        with suppress(OSError):
            log += (folder / name).read_text("utf-8", errors="replace")
    blocks = (details, "\n".join(parts), "\n".join(told), log[-_MOST_REPORTED:])
    return "\n\n".join(block.strip() for block in blocks if block.strip()) + "\n"


def _append(path: Path, text: str) -> Path:
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.replace(path.with_name(f"{path.name}.old"))
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
    return path
