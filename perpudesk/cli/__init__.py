"""The commands that need no screen; they say what the window would say."""

from __future__ import annotations

import argparse
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from perpudesk.cli.parser import language_of, make_parser
from perpudesk.core import i18n
from perpudesk.core.errors import PerpuDeskError, Problem
from perpudesk.core.i18n import tr
from perpudesk.core.reasons import reason_of
from perpudesk.db.guard import FILE_NAME

DONE, REFUSED, USAGE = 0, 1, 2

STOPPED = Problem("stopped", "Stopped. What was not finished was not stored.")
UNUSABLE = Problem("unusable", "{path} cannot be used ({reason}). Choose another place.")
OUTPUT_CLOSED = Problem(
    "output_closed", "The output was closed or is full: not all of the answer is in it."
)


def run(words: Sequence[str]) -> int:
    """Do what the words ask; 0 done, 1 refused with a sentence on stderr, 2 wrong usage."""
    _speak_utf_8()
    i18n.use(language_of(words))
    try:
        asked = make_parser().parse_args(list(words))
    except SystemExit as stop:  # argparse gave its help, or said what is wrong
        return _tell(()) or int(stop.code or DONE)
    return _carry_out(asked, Path(asked.data) if "data" in asked else asked.usual_folder())


def stopped(words: Sequence[str]) -> int:
    """Say that it was stopped before a command was at work, or after."""
    _speak_utf_8()
    i18n.use(language_of(words))
    return _refuse(tr(STOPPED.sentence))


def _speak_utf_8() -> None:
    """The same answers under LANG=C."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _carry_out(asked: argparse.Namespace, folder: Path) -> int:
    """Carry out the command; whatever goes wrong is a sentence, never a traceback."""
    try:
        answer = asked.command(asked, folder)
    except PerpuDeskError as error:
        return _refuse(error.sentence())
    except KeyboardInterrupt:
        return _refuse(tr(STOPPED.sentence))
    except Exception as error:  # noqa: BLE001 - our own fault is logged, and said in a sentence
        if isinstance(error, OSError) and error.filename is not None:  # a place that was named
            return _refuse(tr(UNUSABLE.sentence, path=error.filename, reason=reason_of(error)))
        from perpudesk.core.crash import log_crash  # loaded when there is one

        ours = os.path.exists(folder / FILE_NAME)  # noqa: PTH110 - False also where nobody may look
        return _refuse(log_crash(error, folder if ours else None))
    return _tell(answer)


def _tell(lines: Iterable[str]) -> int:
    """Print the answer; DONE when all of it arrived."""
    out = sys.stdout
    try:
        for line in lines:
            _write(out, line)
        if out is not None:
            out.flush()
    except OSError:  # nobody reads any more, or the disk is full
        if out is not None:
            with suppress(OSError):  # else Python complains once more when it ends
                os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return _refuse(tr(OUTPUT_CLOSED.sentence))
    return DONE


def _refuse(sentence: str) -> int:
    with suppress(OSError):
        _write(sys.stderr, sentence)
    return REFUSED


def _write(stream: TextIO | None, line: str) -> None:
    """Write a line whose text may come from a file: no control character reaches a terminal."""
    if stream is None:  # it was closed before we began
        raise BrokenPipeError
    stream.write("".join("�" if unicodedata.category(c) == "Cc" else c for c in line) + "\n")
