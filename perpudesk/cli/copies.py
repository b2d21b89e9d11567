"""Copies of the records by command: made, tested, put back, and the sheet that opens them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from perpudesk.backups import restoring
from perpudesk.backups.model import KEY_STANDS, Copy, Facts, Why
from perpudesk.backups.telling import counted, whose
from perpudesk.backups.words import key_of, words_of
from perpudesk.cli.commands import printed
from perpudesk.core.errors import FileError, Problem, RuleError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.reasons import reason_of
from perpudesk.core.times import SystemClock
from perpudesk.db.guard import Guard
from perpudesk.desk import Desk, opened

KEY_FILE_UNREADABLE = Problem(
    "key_file_unreadable",
    "{path} could not be read ({reason}). Give a text file with the words of the recovery sheet.",
)
_MOST_KEY = 4_096


def backup(asked: argparse.Namespace, folder: Path) -> list[str]:
    """A copy beside the records, or in the folder that is named: sealed where that can be."""
    with opened(folder, recording=False) as desk:
        elsewhere = None if asked.to is None else Path(asked.to)
        has_key = desk.backups.public_key() is not None
        sealed = elsewhere is not None and has_key and not asked.plain
        made = desk.backups.make(elsewhere, why=Why.ASKED, sealed=sealed)
        told = [
            tr("{path}: made, read back and tested.", path=made.path),
            counted(desk.backups.facts_here().counts),
        ]
    if elsewhere is not None and not sealed:
        told.append(tr("It is not sealed: whoever has it can read the names in it."))
    return [line for line in told if line]


def restore(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Put a copy in the place of the records; what stood there is kept as a copy."""
    path = Path(asked.file)
    key = None if asked.key_file is None else _key(Path(asked.key_file))
    found = restoring.look(path, key=key)
    if asked.dry_run and not folder.exists():
        return _told(found)
    guard = Guard(folder)
    try:
        lost = _lost(folder, found)
        if asked.dry_run:
            return [*_told(found), *lost]
        done = restoring.restore(
            folder, path, clock=SystemClock(), key=key, other_branch=asked.other_branch
        )
        with Desk(folder, guard=guard) as desk:
            desk.check()
    finally:
        guard.release()
    told = [tr("Put back: {what}.", what=whose(done.facts)), counted(done.facts.counts), *lost]
    if done.safety is not None:
        told.append(tr("What stood here before is kept as {path}.", path=done.safety))
    return [line for line in told if line]


def _told(facts: Facts) -> list[str]:
    return [line for line in (f"{whose(facts)}.", counted(facts.counts)) if line]


def _lost(folder: Path, facts: Facts) -> list[str]:
    if what := counted(restoring.lost(folder, facts)):
        return [tr("Made or changed here since, and not in it: {what}.", what=what)]
    return []


def _key(path: Path) -> bytes:
    """The key whose words stand in a file; other text in it is no matter, as on the sheet."""
    try:
        with path.open("rb") as stream:
            text = stream.read(_MOST_KEY).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(KEY_FILE_UNREADABLE, path=str(path), reason=reason_of(error)) from error
    return key_of(text)


def recovery_key(asked: argparse.Namespace, folder: Path) -> list[str]:
    """A new recovery sheet as a PDF file; copies are sealed for it once it is written."""
    from perpudesk.attendance.framing import house_of
    from perpudesk.backups.papers import recovery_sheet

    with opened(folder) as desk:
        if desk.backups.public_key() is not None and not asked.replace:
            raise RuleError(KEY_STANDS)
        key = desk.backups.new_key()
        house = house_of(desk.branch, practice=desk.practice)
        told = printed(recovery_sheet(house, words_of(key), desk.branch.today()), asked, folder)
        desk.backups.take_key(key)
    return [*told, tr("Print it twice, keep the sheets at two places, then delete the file.")]


def check(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Whether every record is whole, and if it is asked for every copy beside them."""
    with opened(folder, recording=False) as desk:
        desk.check()
        total, sessions = desk.visits.count(), desk.session_records.count()
        found = desk.backups.copies() if asked.deep else None
    told = [tr("The data is whole: {n} visit records.", n=number(total))]
    if sessions:
        told.append(tr("Computer sessions: {n}.", n=number(sessions)))
    if found is not None:
        told += _looked_at(found)
    return told


def _looked_at(found: Iterable[Copy]) -> list[str]:
    """How many copies are whole, and what is wrong with the others."""
    wrong, whole = [], 0
    for each in found:
        try:
            restoring.look(each.path)
        except FileError as error:
            wrong.append(error.sentence())
        else:
            whole += 1
    return [trn("{n} backup is whole.", "{n} backups are whole.", whole), *wrong]
