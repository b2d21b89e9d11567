"""Copies that are made by themselves: every half hour, on a stick that is plugged in, at the end.

Nothing of it is loaded before the first tap can be taken (`App._warm_up`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from perpudesk.backups.model import COPY_FAILED, NO_ROOM, Age, Copy, Standing
from perpudesk.backups.sticks import folder_on, is_stick_of
from perpudesk.backups.telling import when
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.core.settings import read_settings
from perpudesk.ui import background
from perpudesk.ui.rail import RailLine
from perpudesk.ui.toasts import toast
from perpudesk.ui.volumes import plugged_in

if TYPE_CHECKING:
    from perpudesk.desk import Desk
    from perpudesk.main_window import MainWindow

LOOK_MS = 15_000
"""So soon a stick that is plugged in is seen."""
SECTION = "backups"
_SECONDS = 20.0
_LINES = {
    Age.GOOD: ("check", ""),
    Age.OLD: ("warning", "warn"),
    Age.TOO_OLD: ("error", "error"),
}
"""The drawing and the tone of the line about copies."""


class Copying(QObject):
    """From `begin` on and until `stop`; the copies are made beside the window that `over` gives."""

    changed = Signal()
    """What the foot of the rail says of the copies is another."""

    def __init__(self, desk: Desk, over: Callable[[], MainWindow], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, over
        self._working = self._quiet = False
        self._failed = ""
        self._sticks: set[Path] = set()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, *, quietly: bool = False) -> None:
        """Look now and from now on; practice is not copied.

        Of what is made `quietly` at first only the foot tells: something else is being said.
        """
        self._quiet = quietly
        if not self._desk.practice:
            self._timer.start()
            self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def finish(self) -> None:
        """Copy what changed since the last copies, before the desk closes."""
        if self._desk.practice:
            return
        with suppress(PerpuDeskError):  # the last copy is told by the foot at the next start
            for folder, sealed in self._targets():
                if self._desk.backups.changed_since(folder):
                    self._desk.backups.make(folder, sealed=sealed)

    def look(self) -> None:
        """Make the copies that are due, on what is plugged in now."""
        if self._working:
            return
        self._working = True
        background.run(
            self,
            self._work,
            succeeded=self._on_made,
            failed=self._on_failed,
            ended=self._on_ended,
        )

    def rail_line(self) -> RailLine | None:
        """How safe the records are; nothing in practice."""
        if not self._timer.isActive():
            return None
        standing = self._desk.backups.standing()
        icon, tone = _LINES[standing.age]
        text = standing_told(standing, self._desk.backups.zone)
        return RailLine(icon=icon, text=text, alarm=bool(tone), tone=tone, action=SECTION)

    # ---------------------------------------------------------------- parts

    def _targets(self) -> Iterator[tuple[Path | None, bool]]:
        """Where copies go now, and whether sealed: here, the folder of choice, the sticks."""
        yield None, False
        has_key = self._desk.backups.public_key() is not None
        chosen = read_settings().backup_folder
        if chosen and Path(chosen).is_dir():
            yield Path(chosen), has_key
        if has_key:
            branch = self._desk.branch.current().id
            for volume in plugged_in():
                if is_stick_of(volume.root, branch):
                    yield folder_on(volume.root), True

    def _work(self, report: background.Report) -> list[Copy]:
        """Make what is due; a stick that was not there before is not made to wait."""
        made, seen = [], set()
        backups = self._desk.backups
        for folder, sealed in self._targets():
            report(0, 0)  # nobody waits for a copy at the end
            new = folder is not None and folder not in self._sticks
            if backups.due(folder) or (new and backups.changed_since(folder)):
                made.append(backups.make(folder, sealed=sealed))
            if folder is not None:
                seen.add(folder)
        self._sticks = seen
        return made

    def _on_made(self, made: list[Copy]) -> None:
        self._failed = ""
        away = [each for each in made if each.path.parent != self._desk.backups.own_folder]
        if away and not self._quiet:
            self._say(tr("Backup made: {path}", path=str(away[-1].path.parent)))
        if made:
            self.changed.emit()

    def _on_failed(self, error: PerpuDeskError) -> None:
        """Said once, not every time that it is tried again; of the records' own disk others say."""
        sentence = error.sentence()
        if error.problem in (COPY_FAILED, NO_ROOM) and sentence != self._failed:
            self._failed = sentence
            self._say(sentence)

    def _on_ended(self) -> None:
        self._working = self._quiet = False

    def _say(self, text: str) -> None:
        toast(self._over(), text, seconds=_SECONDS)


def standing_told(standing: Standing, zone: tzinfo) -> str:
    """When and where the last copy was made, in a line."""
    if standing.away is not None:
        return tr("Backup: {when}", when=when(standing.away, zone, short=True))
    if standing.here is not None:
        return tr(
            "Backup only on this computer: {when}", when=when(standing.here, zone, short=True)
        )
    return tr("No backup yet")
