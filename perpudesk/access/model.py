"""Roles and their rights, what a PIN is, and how long a wrong one makes wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from perpudesk.core.codes import Role
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.rights import Right

NOT_ALLOWED = Problem(
    "not_allowed_here",
    "This needs {role}. Press {key} and let them type their PIN, or ask them.",
)
NOT_YOUR_DAY = Problem(
    "not_your_day",
    "Only the head or an admin mends earlier days. Write it down for them, or let them type their "
    "PIN ({key}).",
)
WRONG_PIN = Problem("wrong_pin", "That is not the PIN of {name}.")
WAIT = Problem("pin_wait", "Too many wrong tries for {name}. Try again in {time}.")
BAD_PIN = Problem("bad_pin", "A PIN has {least} to {most} digits and nothing else.")
EASY_PIN = Problem(
    "easy_pin", "That PIN is the first one anybody would try. Choose another, not in a row."
)
FIRST_IS_ADMIN = Problem(
    "first_pin_is_admin",
    "The first PIN belongs to an admin: make {name} an admin, or begin with the admin.",
)
LAST_ADMIN = Problem(
    "last_admin",
    "{name} is the last admin with a PIN. Make somebody else an admin with a PIN first, or take "
    "away all other PINs: then the lock goes.",
)
LEAST, MOST = 4, 12
LOCK_KEY = "Ctrl+Shift+L"
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OFFICER: frozenset(),
    Role.HEAD: frozenset({Right.PRINT, Right.MEND, Right.HISTORY}),
    Role.ADMIN: frozenset(Right),
}
"""What each role may beside recording, and mending its own day, which everybody may."""
FREE_TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Somebody at the desk, what they are, and whether a PIN proves it."""

    id: str
    name: str
    role: Role
    has_pin: bool

    @property
    def counts_as(self) -> Role:
        """Their role as far as it is proved: whoever has no PIN is an officer."""
        return self.role if self.has_pin else Role.OFFICER

    @property
    def keeps_lock(self) -> bool:
        """Whether the lock is in use because of them."""
        return self.counts_as is Role.ADMIN


def may(who: Keeper | None, right: Right) -> bool:
    """Whether somebody has a right; nobody at the desk has none."""
    return who is not None and right in RIGHTS[who.counts_as]


def needed_for(right: Right) -> Role:
    """The least role that has a right."""
    return next(role for role in (Role.HEAD, Role.ADMIN) if right in RIGHTS[role])


def checked_pin(pin: str) -> str:
    """The PIN that was typed; raises `InputError` on `pin` for what is none or too easy."""
    if not (pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST):
        raise InputError(BAD_PIN, field="pin", least=LEAST, most=MOST)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise InputError(EASY_PIN, field="pin")
    return pin


def wait_after(failures: int) -> timedelta:
    """How long the next try must wait after so many wrong ones in a row: it doubles each time."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doubled = _FIRST_WAIT * (1 << min(failures - FREE_TRIES, 20))
    return min(doubled, _LONGEST_WAIT)


def refuse_last(keepers: Iterable[Keeper], who: Keeper) -> None:
    """Raise `InputError` where nobody else would keep the lock while others have PINs."""
    others = [each for each in keepers if each.id != who.id]
    if who.keeps_lock and not any(map(_keeps, others)) and any(each.has_pin for each in others):
        raise InputError(LAST_ADMIN, field="role", name=who.name)


def _keeps(keeper: Keeper) -> bool:
    return keeper.keeps_lock
