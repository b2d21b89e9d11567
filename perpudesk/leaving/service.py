"""Write everything out as open tables, and make a store of such tables again."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from perpudesk.attachments.service import FOLDER as ATTACHMENTS
from perpudesk.backups.restoring import restore
from perpudesk.core.errors import FileError, RuleError
from perpudesk.core.files import NOT_WRITTEN, copy_plain_files, make_folder, sync_folder
from perpudesk.core.reasons import reason_of
from perpudesk.core.times import Clock
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.guard import FILE_NAME
from perpudesk.db.schema import STEPS
from perpudesk.leaving import store as rows
from perpudesk.leaving.model import (
    BAD_TABLE,
    NAMELESS,
    NO_PACKAGE,
    NOT_EMPTY,
    RECORDS_HERE,
    TABLE_MISSING,
    Field,
    TableOf,
    checked,
    read,
    written,
)
from perpudesk.leaving.telling import package, readme

PACKAGE = "datapackage.json"
_MOST_PACKAGE = 8 << 20
_LONGEST = 1 << 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Where everything was written, how many tables and how many rows."""

    folder: Path
    tables: int
    rows: int


class LeavingService:
    """The use cases of a branch that takes its records along."""

    def __init__(self, store: Store) -> None:
        """Write out `store`."""
        self._store = store

    def export(
        self, target: Path, branch: str, *, names: bool = False, practice: bool = False
    ) -> Exported:
        """Every table as CSV with a description, in a new folder; whole or not at all.

        Without `names` the rows of patrons say nothing of anybody. Raises `FileError`.
        """
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise FileError(NOT_EMPTY, path=str(target))
        part = target.with_name(f"{target.name}.part")
        try:
            shutil.rmtree(part, ignore_errors=True)
            make_folder(part)
            with self._store.reading() as db:
                tables = rows.tables(db)
                for table in tables:
                    _write(part, db, table, names=names)
                told = package(branch, self._store.now(), tables, names=names, practice=practice)
            (part / PACKAGE).write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
            for name, text in readme(branch, tables, names=names).items():
                (part / name).write_text(text, "utf-8")
            copy_plain_files(self._store.folder / ATTACHMENTS, part / ATTACHMENTS)
            if target.exists():
                target.rmdir()
            part.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise FileError(NOT_WRITTEN, path=str(target), reason=reason_of(error)) from error
        return Exported(folder=target, tables=len(tables), rows=sum(each.rows for each in tables))


def _write(folder: Path, db: Database, table: TableOf, *, names: bool) -> None:
    blob = rows.BLOBS.get(table.name)
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(field.name for field in table.fields)
        for number, row in enumerate(rows.rows(db, table), start=1):
            if not names:
                row = _nameless(table.name, row)  # noqa: PLW2901 - the row as it leaves
            if blob is not None:
                path = Path(table.name, f"{number:06}")
                (folder / path.parent).mkdir(exist_ok=True)
                (folder / path).write_bytes(row[blob])
                row[blob] = path.as_posix()
            writer.writerow(written(value) for value in row.values())


def _nameless(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table == "patrons":
        return {**row, **NAMELESS}
    if table == "journal" and row["kind"] == "patrons":
        return {**row, "overwrote": None}
    return row


def unpack(folder: Path, target: Path) -> str:
    """Make the store `target` of an exported folder; the branch's name. Raises `FileError`.

    Every row is checked by the schema: one that is wrong is named with its file and line.
    """
    told = _package(folder)
    given = {str(each.get("name")): each for each in told["resources"] if isinstance(each, dict)}

    def fill(db: Database, tables: list[TableOf]) -> None:
        for table in tables:
            if table.name in given:
                with _rows(folder, table) as (names, values):
                    rows.insert(db, table, names, values)

    rows.build(target, fill, practice=told["perpudesk"].get("practice") is True)
    return str(told.get("title", ""))


def _package(folder: Path) -> Mapping[str, Any]:
    try:
        with (folder / PACKAGE).open("rb") as stream:
            told = json.loads(stream.read(_MOST_PACKAGE))
    except (OSError, ValueError, RecursionError) as error:
        raise FileError(NO_PACKAGE, path=str(folder)) from error
    return checked(told, str(folder), STEPS)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as ours may be; the limit is the process's, others rely on it."""
    usual = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


@contextmanager
def _rows(
    folder: Path, table: TableOf
) -> Iterator[tuple[list[str], Iterator[tuple[int, Sequence[Any]]]]]:
    """The columns that a table's file has, and its rows with their lines."""
    path = folder / f"{table.name}.csv"
    try:
        stream = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise FileError(TABLE_MISSING, path=path.name) from error
    with stream, _long_cells():
        lines = _lines(stream, path.name)
        header = next(lines, (1, []))[1]
        known = {field.name: field for field in table.fields}
        unknown = [name for name in header if name not in known]
        if unknown or len(set(header)) != len(header):
            reason = ", ".join(unknown) or ", ".join(header)
            raise FileError(BAD_TABLE, path=path.name, line=1, reason=reason)
        yield header, _values(folder, table, [known[name] for name in header], lines)


def _lines(stream: TextIO, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(stream, strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except (csv.Error, UnicodeDecodeError) as error:
        line = reader.line_num
        raise FileError(BAD_TABLE, path=name, line=line, reason=str(error)) from error


def _values(
    folder: Path,
    table: TableOf,
    fields: Sequence[Field],
    lines: Iterable[tuple[int, list[str]]],
) -> Iterator[tuple[int, Sequence[Any]]]:
    blob = rows.BLOBS.get(table.name)
    for line, cells in lines:
        wrong = partial(FileError, BAD_TABLE, path=f"{table.name}.csv", line=line)
        if len(cells) != len(fields):
            raise wrong(reason=f"{len(cells)} / {len(fields)}")
        try:
            values = [read(cell, field) for cell, field in zip(cells, fields, strict=True)]
        except ValueError as error:
            raise wrong(reason=str(error)) from error
        for at, field in enumerate(fields):
            if field.name == blob:
                values[at] = _bytes(folder, str(values[at]), wrong)
        yield line, values


def _bytes(folder: Path, name: str, wrong: partial[FileError]) -> bytes:
    """The bytes of a file that a cell names, which lies in the folder and nowhere else."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise wrong(reason=name)
    return path.read_bytes()


def bring_everything(folder: Path, target: Path, clock: Clock) -> str:
    """Let an exported folder be the records of `target`, which this process keeps.

    The branch's name. Raises `FileError` where a file is wrong, and `RuleError` where there are
    records already; then everything is as it was.
    """
    if rows.has_records(target / FILE_NAME):
        raise RuleError(RECORDS_HERE, folder=str(target))
    make_folder(target)
    with (
        rows.writing_to(target),
        tempfile.TemporaryDirectory(prefix=".everything-", dir=target) as name,
    ):
        made = Path(name, "everything.db")
        branch = unpack(folder, made)
        copy_plain_files(folder / ATTACHMENTS, made.parent / ATTACHMENTS)
        restore(target, made, clock=clock, other_branch=True)
    return branch
