"""What is done at the board: each deed on the disk at once, told with its way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QObject

from perpudesk.computers.form.session_words import whose_spoken
from perpudesk.computers.form.start import Wish
from perpudesk.computers.form.words import minutes, place_of
from perpudesk.computers.model import EXTENSION, Session, Workstation
from perpudesk.computers.queue import QueueService
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import Condition, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import clock_text
from perpudesk.core.i18n import tr
from perpudesk.ui.told import PageToasts


class Hands(QObject):
    """Does one thing after the other; what is refused is said, and nothing else changes."""

    def __init__(
        self,
        computers: ComputerService,
        queue: QueueService,
        workstations: WorkstationService,
        toasts: PageToasts,
        *,
        undo: Callable[[], object],
        where: Callable[[], tzinfo],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._computers, self._queue, self._workstations = computers, queue, workstations
        self._toasts, self._undo, self._where = toasts, undo, where

    def start(self, wish: Wish, *, although_kept: bool = False) -> Session:
        """Begin a session; raises what the service refuses, to be said where it was typed."""
        session = self._queue.start(
            wish.draft, count_visit=wish.count_visit, although_kept=although_kept
        )
        said = tr(
            "{place} started: {who}, {time}.",
            place=self.place(session),
            who=whose_spoken(session),
            time=minutes(session.limit or 0),
        )
        if session.visit_id is not None and wish.count_visit:
            counted = tr("The visit is counted.")
            said = f"{said} {counted}"
        self._done(said)
        return session

    def end(self, session: Session) -> bool:
        """End it; whether it was."""

        def work() -> str:
            ended = self._computers.end(session.id)
            return tr(
                "{place} ended: {who}, {time}.",
                place=self.place(ended),
                who=whose_spoken(ended),
                time=tr("minutes unknown") if ended.minutes is None else minutes(ended.minutes),
            )

        return self._try(work)

    def extend(self, session: Session) -> bool:
        """A quarter of an hour more."""

        def work() -> str:
            longer = self._computers.extend(session.id)
            added = minutes(EXTENSION)
            if longer.due is None:
                return tr("{place}: {time} more.", place=self.place(longer), time=added)
            until = clock_text(longer.due.astimezone(self._where()))
            return tr(
                "{place}: {time} more, until {until}.",
                place=self.place(longer),
                time=added,
                until=until,
            )

        return self._try(work)

    def pause_or_go_on(self, session: Session) -> bool:
        """Let its time stand still, or go on."""

        def work() -> str:
            if session.paused_at is None:
                self._computers.pause(session.id)
                return tr("{place}: its time stands still.", place=self.place(session))
            self._computers.resume(session.id)
            return tr("{place}: its time goes on.", place=self.place(session))

        return self._try(work)

    def move(self, session: Session, to: Workstation) -> bool:
        """Let it go on at another workstation."""

        def work() -> str:
            before = self.place(session)
            self._computers.move(session.id, to.id)
            return tr(
                "{who} moved from {before} to {after}.",
                who=whose_spoken(session),
                before=before,
                after=to.label,
            )

        return self._try(work)

    def swap(self, one: Session, other: Session) -> bool:
        """Let two sessions change places."""

        def work() -> str:
            self._computers.swap(one.id, other.id)
            return tr(
                "{one} and {other} changed places.",
                one=self.place(one),
                other=self.place(other),
            )

        return self._try(work)

    def set_purpose(self, session: Session, slug: str, words: str) -> bool:
        """Say what it is for."""

        def work() -> str:
            self._computers.set_purpose(session.id, slug)
            return tr("{place}: {what}.", place=self.place(session), what=words)

        return self._try(work)

    def repair(self, place: Workstation) -> bool:
        """It is in good order again."""

        def work() -> str:
            self._workstations.set_condition(place.id, Condition.GOOD)
            return tr("{place} is in good order again.", place=place.label)

        return self._try(work)

    def note_broken(self, place: Workstation, condition: Condition, note: str) -> None:
        """Note what is wrong; raises what is refused, to be said where it was typed."""
        self._workstations.set_condition(place.id, condition, note=note or None)
        said = tr("{place}: {what}.", place=place.label, what=label(condition).lower())
        self._done(said)

    # ---------------------------------------------------------------- parts

    def _try(self, work: Callable[[], str]) -> bool:
        try:
            said = work()
        except PerpuDeskError as error:
            self._toasts.say(error.sentence())
            return False
        self._done(said)
        return True

    def _done(self, said: str) -> None:
        self._toasts.say(said, tr("Undo"), self._undo, "Ctrl+Z")

    def place(self, session: Session) -> str:
        """What the workstation of a session is called."""
        places = {each.id: each.label for each in self._workstations.all(retired=True)}
        return place_of(session, places)
