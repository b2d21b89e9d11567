"""What is kept of a fault of our own: where it happened, and nothing of anybody's data."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from perpudesk import __version__
from perpudesk.core.i18n import N_, tr

OUR_FAULT = N_(
    "Something went wrong that is PerpuDesk's fault. What was saved before is safe. A description "
    "without names is in {path}; please send it to whoever looks after the program."
)
LOG_NAME = "perpudesk.log"
_MOST_BYTES = 1_000_000


def describe(error: BaseException) -> str:
    """The kind of error and the lines of code it passed: no message, since one may hold a name."""
    place = "".join(traceback.format_tb(error.__traceback__))
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return f"{moment} PerpuDesk {__version__} ({system})\n{type(error).__name__}\n{place}\n"


def log_crash(error: BaseException, folder: Path) -> str:
    """Keep the description in `folder`; the sentence for the person in front of the screen."""
    path = folder / LOG_NAME
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.replace(path.with_suffix(".log.old"))
    with path.open("a", encoding="utf-8") as file:
        file.write(describe(error))
    return tr(OUR_FAULT, path=str(path))
