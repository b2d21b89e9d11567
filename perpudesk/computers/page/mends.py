"""What is mended over the board: a session, or all that a power cut has ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perpudesk.branch.service import BranchService
from perpudesk.computers.form.words import place_of
from perpudesk.computers.mending import MendingService
from perpudesk.computers.model import Session
from perpudesk.computers.page.banners import Ended
from perpudesk.computers.page.page import ComputersPage
from perpudesk.computers.records import SessionRecords
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.i18n import tr

if TYPE_CHECKING:
    from perpudesk.computers.form.enter import EnterSessions
    from perpudesk.computers.form.session import SessionEditor

ENTER_KEY = "Ctrl+N"


class Mends(QObject):
    """Opens the dialogs that the board asks for, and lets it say what was done in them.

    A dialog's library loads when it is first asked for.
    """

    def __init__(
        self,
        page: ComputersPage,
        computers: ComputerService,
        mending: MendingService,
        records: SessionRecords,
        *,
        branch: BranchService,
        workstations: WorkstationService,
        undo: Callable[[], object],
    ) -> None:
        """`undo` takes back the last step, or raises `RuleError`."""
        super().__init__(page)
        self._page, self._undo = page, undo
        self._computers, self._mending, self._records = computers, mending, records
        self._branch, self._workstations = branch, workstations
        page.correct_asked.connect(self._on_correct)
        page.check_asked.connect(self._on_check)
        page.add_key(ENTER_KEY, tr("Enter sessions from paper"), self._on_enter)

    @cached_property
    def editor(self) -> SessionEditor:
        """The editor over the board."""
        from perpudesk.computers.form.session import SessionEditor

        editor = SessionEditor(
            self._page, self._mending, self._records, self._branch, self._workstations
        )
        editor.stored.connect(self._on_stored)
        editor.removed.connect(self._on_removed)
        editor.resumed.connect(self._on_resumed)
        return editor

    @cached_property
    def sheet(self) -> EnterSessions:
        """The sheet of a day over the board; what is half typed in it stays."""
        from perpudesk.computers.form.enter import EnterSessions

        return EnterSessions(
            self._computers,
            self._mending,
            self._records,
            self._branch,
            self._workstations,
            undo=self._undo,
            parent=self._page,
        )

    def _on_enter(self) -> None:
        self.sheet.begin()

    def _on_correct(self, session: Session) -> None:
        self.editor.edit(session)

    def _on_check(self, ended: Ended) -> None:
        from perpudesk.computers.form.checking import CheckSessions

        dialog = CheckSessions(
            self._computers,
            self._mending,
            self._branch,
            self._workstations,
            sessions=ended.sessions,
            outage=ended.outage,
            undo=self._undo,
            parent=self._page,
        )
        if ended.outage is None:
            dialog.checked.connect(lambda: self._page.take_as_right(ended))
        dialog.open()

    def _on_stored(self, session: Session) -> None:
        self._say(tr("{place}: corrected.", place=self._place(session)))

    def _on_removed(self, session: Session) -> None:
        self._say(tr("{place}: the session was removed.", place=self._place(session)))

    def _on_resumed(self, session: Session) -> None:
        self._say(tr("{place}: the session goes on again.", place=self._place(session)))

    def _place(self, session: Session) -> str:
        places = {each.id: each.label for each in self._workstations.all(retired=True)}
        return place_of(session, places)

    def _say(self, said: str) -> None:
        self._page.tell(said)
