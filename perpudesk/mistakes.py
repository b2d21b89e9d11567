"""What nobody caught: said in a sentence where a person caused it, else logged and told as ours."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import PerpuDeskError

if TYPE_CHECKING:
    from types import TracebackType


def say(text: str) -> None:
    """A line for whoever started the program from a terminal; a windowed program has none."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


class Mistakes(QObject):
    """Hears of every error that no form was there for; shows it over the window `over` gives."""

    def __init__(
        self, folder: Path, over: Callable[[], QWidget], leave: Callable[[], object]
    ) -> None:
        """Log into `folder`; `leave` ends the program."""
        super().__init__()
        self._folder, self._over, self._leave = folder, over, leave
        self._telling = False

    def on_crash(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Say a refusal that no form was there to say; anything else is a fault of ours.

        Of a fault it keeps where it was, says so, and lets the librarian go on or leave.
        """
        del trace
        if issubclass(kind, KeyboardInterrupt):  # Ctrl+C where the program was started
            self._leave()
            return
        from perpudesk.core.crash import describe, log_crash
        from perpudesk.ui.messages import CrashBox, show_error

        here = QThread.currentThread() is self.thread()  # only the window's own may show a box
        refusal = error if isinstance(error, PerpuDeskError) and here else None
        if refusal is None:
            say(log_crash(error, self._folder))
        if self._telling or not here:
            return  # one box is enough
        self._telling = True
        if refusal is not None:
            show_error(self._over(), refusal)
        else:
            details = describe(error)
            box = CrashBox(self._over(), details, report=partial(self._report, details))
            if box.exec() == CrashBox.QUIT:
                self._leave()
        self._telling = False

    def _report(self, details: str) -> str:
        """The text that is saved for whoever looks after the program."""
        from PySide6.QtCore import qVersion

        from perpudesk.core.crash import report

        return report(self._folder, details, {"Qt": qVersion()})
