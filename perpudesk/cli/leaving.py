"""Everything out as open tables by command, and back into a new folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from perpudesk.core.errors import StorageError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.core.times import SystemClock
from perpudesk.db.connection import NOT_SET_UP
from perpudesk.db.guard import FILE_NAME, Guard
from perpudesk.desk import Desk, opened
from perpudesk.leaving import salvaging
from perpudesk.leaving.service import bring_everything


def export(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Every table as CSV with a description, in a new folder."""
    with opened(folder, recording=False) as desk:
        branch = desk.branch.current().name
        done = desk.leaving.export(
            Path(asked.to), branch, names=asked.names, practice=desk.practice
        )
    told = [
        tr(
            "{path}: {tables} tables, {rows} rows.",
            path=done.folder,
            tables=number(done.tables),
            rows=number(done.rows),
        )
    ]
    if not asked.names:
        told.append(tr("People's names are not in it; to take them along: --names"))
    return told


def salvage(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Make a new data folder of what can still be read of a damaged one."""
    if not (folder / FILE_NAME).is_file():
        raise StorageError(NOT_SET_UP, folder=str(folder))
    guard = Guard(folder)
    try:
        found = salvaging.salvage(folder, Path(asked.to))
    finally:
        guard.release()
    with Desk(Path(asked.to), recording=False) as desk:
        desk.check()
    return [*salvaging.told(found), tr("What could be read is in {path}.", path=asked.to)]


def bring_everything_in(source: Path, folder: Path) -> list[str]:
    """Let an exported folder be the records of a new one."""
    guard = Guard(folder)
    try:
        branch = bring_everything(source, folder, SystemClock())
        with Desk(folder, guard=guard) as desk:
            desk.check()
            total = desk.visits.count()
    finally:
        guard.release()
    return [tr("{branch}: {n} visit records are here now.", branch=branch, n=number(total))]
