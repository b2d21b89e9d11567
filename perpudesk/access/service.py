"""Lock the desk, prove who is at it, and ask whether they may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from perpudesk.access import store as rows
from perpudesk.access.model import (
    FIRST_IS_ADMIN,
    LOCK_KEY,
    NOT_ALLOWED,
    NOT_YOUR_DAY,
    WAIT,
    WRONG_PIN,
    Keeper,
    checked_pin,
    may,
    needed_for,
    refuse_last,
    wait_after,
)
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import Role, label
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.i18n import trn
from perpudesk.core.rights import Right
from perpudesk.core.times import parse_utc
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store

NOT_THE_SHEET = Problem(
    "not_the_sheet", "These are not the words of this library's recovery sheet."
)
NO_ADMIN = Problem("no_admin_there", "{name} is no admin; only an admin's PIN is reset this way.")
USUAL_MINUTES, MOST_MINUTES = 10, 240
_MEMORY = 64 * 1024 * 1024
"""Bytes that one try costs (Argon2id), with so many passes."""
_PASSES = 3


class AccessService:
    """The use cases of the lock. While no admin has a PIN there is none, and everybody may all."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        branch: BranchService,
        *,
        are_recovery_words: Callable[[str], bool],
    ) -> None:
        """Serve the staff of `store`; a forgotten PIN is reset by the recovery sheet."""
        self._store = store
        self._notify = notify
        self._branch = branch
        self._are_recovery_words = are_recovery_words

    # ---------------------------------------------------------------- asking

    def in_use(self) -> bool:
        """Whether there is a lock at all."""
        with self._store.reading() as db:
            return rows.in_use(db)

    def keepers(self) -> list[Keeper]:
        """Everybody who may be at the desk, by name."""
        with self._store.reading() as db:
            return rows.keepers(db)

    def who(self) -> Keeper | None:
        """Who is at the desk now."""
        here = self._store.author.staff_id
        return next((each for each in self.keepers() if each.id == here), None)

    def may(self, right: Right) -> bool:
        """Whether whoever is at the desk has a right."""
        return not self.in_use() or may(self.who(), right)

    def require(self, right: Right) -> None:
        """Raise `RuleError` where they have not."""
        if not self.may(right):
            raise RuleError(NOT_ALLOWED, role=label(needed_for(right)).lower(), key=LOCK_KEY)

    def require_days(self, days: Iterable[date]) -> None:
        """Raise `RuleError` where records of an earlier day are not theirs to mend."""
        today = self._store.today()
        if any(day < today for day in days) and not self.may(Right.MEND):
            raise RuleError(NOT_YOUR_DAY, key=LOCK_KEY)

    # ---------------------------------------------------------------- people

    def set_role(self, staff_id: str, role: Role) -> None:
        """What somebody is from now on; the last one who keeps the lock stays what they are."""
        self.require(Right.STAFF)
        with self._store.writing() as db:
            who = self._keeper(staff_id)
            if role is not Role.ADMIN:
                refuse_last(rows.keepers(db), who)
            rows.set_role(self._store, db, staff_id, role)
        self._notify(Topic.BRANCH)

    def set_pin(self, staff_id: str, pin: str) -> None:
        """Give somebody a PIN, their first or another; the first of all is an admin's.

        Whoever gave themselves the first one is at the desk.
        """
        who = self._keeper(staff_id)
        if self._store.author.staff_id != staff_id:
            self.require(Right.STAFF)
        first = not self.in_use()
        if first and who.role is not Role.ADMIN:
            raise InputError(FIRST_IS_ADMIN, field="pin", name=who.name)
        hashed = _hashed(checked_pin(pin))
        with self._store.writing() as db:
            rows.set_pin(db, staff_id, hashed)
        if first:
            self._branch.at_desk(staff_id)
        self._notify(Topic.BRANCH)

    def drop_pin(self, staff_id: str) -> None:
        """Take a PIN away; with the last one the lock goes."""
        self.require(Right.STAFF)
        with self._store.writing() as db:
            refuse_last(rows.keepers(db), self._keeper(staff_id))
            rows.drop_pin(db, staff_id)
        self._notify(Topic.BRANCH)

    def reset_pin(self, staff_id: str, words: str, pin: str) -> None:
        """Give an admin, and nobody else, another PIN by the words of the recovery sheet."""
        who = self._keeper(staff_id)
        if not self._are_recovery_words(words):
            raise InputError(NOT_THE_SHEET, field="words")
        if who.role is not Role.ADMIN:
            raise InputError(NO_ADMIN, field="pin", name=who.name)
        hashed = _hashed(checked_pin(pin))
        with self._store.writing() as db:
            rows.set_pin(db, staff_id, hashed)

    def _keeper(self, staff_id: str) -> Keeper:
        return next(each for each in self.keepers() if each.id == staff_id)

    # ---------------------------------------------------------------- the lock

    def unlock(self, staff_id: str, pin: str) -> None:
        """From now on this person is at the desk; raises `InputError` where the PIN is not theirs.

        After some wrong tries in a row each next one waits, also after a restart and whatever the
        clock says: one that was set back begins the wait anew.
        """
        who = self._keeper(staff_id)
        with self._store.reading() as db:
            kept = rows.pin(db, staff_id)
        if kept is not None:
            hashed, failures, failed_at = kept
            self._refuse_early(who, failures, failed_at)
            right = _is_pin(hashed, pin)
            with self._store.writing(told=False) as db:
                tries = (0, None) if right else (failures + 1, self._store.now())
                rows.note_tries(db, staff_id, *tries)
            if not right:
                self._refuse_early(who, failures + 1, self._store.now())
                raise InputError(WRONG_PIN, field="pin", name=who.name)
        if self._store.author.staff_id != staff_id:
            self._branch.at_desk(staff_id)

    def _refuse_early(self, who: Keeper, failures: int, failed_at: str | None) -> None:
        wait = wait_after(failures)
        if failed_at is None or not wait:
            return
        past = self._store.clock.now() - parse_utc(failed_at)
        if past < timedelta(0):
            past = timedelta(0)
            with self._store.writing(told=False) as db:
                rows.note_tries(db, who.id, failures, self._store.now())
        if past < wait:
            raise InputError(WAIT, field="pin", name=who.name, time=_told(wait - past))

    def minutes(self) -> int:
        """After how many idle minutes the lock closes; 0 for never."""
        with self._store.reading() as db:
            kept = rows.minutes(db)
        return USUAL_MINUTES if kept is None else kept

    def set_minutes(self, minutes: int) -> None:
        """After how many idle minutes the lock closes; 0 for never."""
        self.require(Right.STAFF)
        with self._store.writing(told=False) as db:
            rows.set_minutes(db, minutes)


def _told(wait: timedelta) -> str:
    seconds = max(1, -int(-wait.total_seconds() // 1))
    if seconds < 60:
        return trn("{n} second", "{n} seconds", seconds)
    return trn("{n} minute", "{n} minutes", -(-seconds // 60))


def _hashed(pin: str) -> str:
    """Argon2id over 64 MiB, with its salt and its parameters in the text."""
    from nacl.pwhash import argon2id  # loaded when there is a lock

    return argon2id.str(pin.encode(), opslimit=_PASSES, memlimit=_MEMORY).decode()


def _is_pin(hashed: str, pin: str) -> bool:
    from nacl.exceptions import InvalidkeyError
    from nacl.pwhash import argon2id

    try:
        return bool(argon2id.verify(hashed.encode(), pin.encode()))
    except InvalidkeyError:
        return False
