"""Which copies there are, which of them are kept, and how old the newest may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from perpudesk.core.errors import Problem

NO_ROOM = Problem(
    "backup_no_room",
    "{folder} has {free} MB free and a backup needs {need} MB. Free some room there, or choose "
    "another folder.",
)
COPY_BROKEN = Problem(
    "backup_broken",
    "{path} is not what was written there: it is damaged, or was cut short. Choose another copy.",
)
RECORDS_THEMSELVES = Problem(
    "copy_is_the_records",
    "{path} are the records themselves, not a backup of them. Choose a backup.",
)
NOT_A_COPY = Problem(
    "not_a_copy", "{path} is not a backup of PerpuDesk. Choose a file ending in .db or .pdbak."
)
COPY_UNREADABLE = Problem(
    "copy_unreadable", "{path} could not be read ({reason}). Check the stick, then try again."
)
COPY_NEWER = Problem(
    "copy_newer",
    "{path} was written by a newer PerpuDesk. Install the newest version, then restore it.",
)
OTHER_BRANCH = Problem(
    "copy_of_other_branch",
    "{path} is a backup of {theirs}, and these are the records of {ours}. If that is meant, say "
    "so: the records here are kept as a safety copy.",
)
KEY_NEEDED = Problem(
    "recovery_key_needed",
    "{path} is sealed. Type the words of the recovery sheet, or give the file that holds them.",
)
WRONG_KEY = Problem(
    "recovery_key_wrong",
    "These words belong to another recovery sheet than {path} was sealed for. Look for the sheet "
    "of {branch}.",
)
NO_KEY_YET = Problem(
    "recovery_key_missing",
    "A stick takes only sealed copies, and there is no recovery sheet yet. Make and print one.",
)
KEY_STANDS = Problem(
    "recovery_key_stands",
    "There is a recovery sheet already. If it was lost, say that a new one takes its place: the "
    "copies sealed so far still need the old words.",
)
COPY_FAILED = Problem(
    "backup_failed",
    "The backup to {folder} was not finished ({reason}). The copies that were there are whole. "
    "Check the stick or the disk, then try again.",
)

OLD, TOO_OLD = timedelta(days=7), timedelta(days=14)
EVERY = timedelta(minutes=30)
"""So often a copy is made while something changes."""
DAILY, WEEKLY, MONTHLY = 7, 5, 12
"""So many generations of each kind are kept."""
PLAIN, SEALED = ".db", ".pdbak"
_NAME = re.compile(r"perpudesk-(\d{8}T\d{6})(\d{3})?Z(?:-[a-z]+)?\.(?:db|pdbak)")


class Why(StrEnum):
    """Why a copy was made: by itself, before an import, when asked for, before a restore."""

    AUTO = "auto"
    IMPORT = "import"
    ASKED = "asked"
    RESTORE = "restore"


class Age(StrEnum):
    """How safe it is not to have copied since."""

    GOOD = "good"
    OLD = "old"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """When the last copies were made, here and away from this computer, and what that means."""

    here: datetime | None
    away: datetime | None
    place: str
    """The folder of the one that is away."""
    age: Age


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy in a folder, as its name and its size tell."""

    path: Path
    made_at: datetime
    size: int

    @property
    def sealed(self) -> bool:
        """Whether it can be read only with the recovery key."""
        return self.path.suffix == SEALED

    @property
    def why(self) -> Why | None:
        """Why it was made, where its name tells it."""
        return next((why for why in Why if self.path.stem.endswith(f"-{why}")), None)

    @property
    def automatic(self) -> bool:
        """Whether the program made it by itself, and it may go again."""
        return self.why in (Why.AUTO, Why.IMPORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is in a copy: whose, until when, and how many records of each kind."""

    branch_id: str
    branch: str
    until: str | None
    """The newest day of a visit or a session."""
    made_at: str
    steps: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    practice: bool = False
    seq: int | None = None
    """The last line of its journal; None where a sealed copy does not tell."""


def name_of(moment: datetime, why: Why, *, sealed: bool) -> str:
    """What a copy is called: by its moment, so that names stand in order of time."""
    told = moment.astimezone(UTC)
    stamp = f"{told:%Y%m%dT%H%M%S}{told.microsecond // 1000:03}Z"
    return f"perpudesk-{stamp}-{why}{SEALED if sealed else PLAIN}"


def moment_in(name: str) -> datetime | None:
    """When a copy was made, by its name; None for what is called otherwise."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        second = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return second.replace(microsecond=int(found[2] or 0) * 1000)


def to_drop(copies: Iterable[Copy]) -> list[Copy]:
    """The automatic copies that no generation keeps: the last of each day, week and month stay.

    The newest copy of all always stays.
    """
    ordered = sorted(copies, key=lambda each: each.made_at, reverse=True)
    kept = {ordered[0].path} if ordered else set()
    for many, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        kept |= _last_of_each(ordered, period, many)
    return [each for each in ordered if each.automatic and each.path not in kept]


def _last_of_each(ordered: Sequence[Copy], period: str, many: int) -> set[Path]:
    found: dict[str, Path] = {}
    for each in ordered:
        found.setdefault(each.made_at.strftime(period), each.path)
    return set(list(found.values())[:many])


def age_of(since: datetime, now: datetime) -> Age:
    """How safe it is that nothing was copied `since`: old after a week, too old after two."""
    past = now - since
    return Age.TOO_OLD if past > TOO_OLD else Age.OLD if past > OLD else Age.GOOD
