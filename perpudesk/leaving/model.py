"""Cells of open tables: what a stored value is written as, and read back exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from perpudesk.core.errors import FileError, Problem

NOT_EMPTY = Problem(
    "export_not_empty", "{path} is there already and is not empty. Give a new folder."
)
NO_PACKAGE = Problem(
    "no_package",
    "{path} is not an export of PerpuDesk: there is no datapackage.json in it that can be read.",
)
PACKAGE_NEWER = Problem(
    "package_newer",
    "{path} was exported by a newer PerpuDesk. Install the newest version, then bring it in.",
)
TABLE_MISSING = Problem("table_missing", "{path} is named in datapackage.json, but is not there.")
BAD_TABLE = Problem(
    "bad_table", "{path}, line {line}: {reason}. Nothing was brought in. Export it again."
)
RECORDS_HERE = Problem(
    "records_here",
    "There are records in {folder} already. Bring everything into a new folder: --data DIR.",
)
MARK = "'"
"""Before a text that a spreadsheet would take for a formula, or that begins so itself."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", MARK)
NAMELESS = {
    "name": "–",
    "member_number": None,
    "birth_year": None,
    "village": None,
    "contact": None,
    "note": None,
}
"""What stands in the row of a patron in an export without names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a table: its name and what SQLite holds in it."""

    name: str
    kind: str
    required: bool
    refers_to: tuple[str, str] | None = None
    """Table and column that it points to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOf:
    """A table of records as it is exported."""

    name: str
    fields: tuple[Field, ...]
    rows: int = 0


def written(value: Any) -> str:
    """A stored value as a cell: nothing for none, and no text that begins a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return MARK + value if not value or value.startswith(_FORMULA) else value
    return repr(value) if isinstance(value, float) else str(value)


def read(cell: str, field: Field) -> Any:
    """The value that a cell holds; raises `ValueError` where it is none of the column's kind."""
    if cell == "":
        return None
    if field.kind == "INTEGER":
        return int(cell)
    if field.kind == "REAL":
        return float(cell)
    return cell.removeprefix(MARK) if cell.startswith(MARK) else cell


def checked(package: Any, path: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    """What a datapackage.json says; raises `FileError` where it is none of ours or is newer."""
    told = package.get("perpudesk") if isinstance(package, dict) else None
    steps = told.get("steps") if isinstance(told, dict) else None
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(steps, list) or not isinstance(resources, list):
        raise FileError(NO_PACKAGE, path=path)
    if not set(map(str, steps)) <= set(known):
        raise FileError(PACKAGE_NEWER, path=path)
    return dict(package)
