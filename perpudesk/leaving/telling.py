"""What the tables of an export are, for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perpudesk import __version__
from perpudesk.core.i18n import LANGUAGES, speaking, tr
from perpudesk.db.schema import STEPS
from perpudesk.history.telling import column_words, table_words
from perpudesk.leaving.model import Field, TableOf

_KINDS = {"INTEGER": "integer", "REAL": "number"}


def package(
    branch: str, made_at: str, tables: Sequence[TableOf], *, names: bool, practice: bool
) -> dict[str, Any]:
    """The export's description by the Frictionless Data Package standard."""
    return {
        "profile": "tabular-data-package",
        "name": "perpudesk-export",
        "title": branch,
        "created": made_at,
        "perpudesk": {
            "version": __version__,
            "steps": list(STEPS),
            "names": names,
            "practice": practice,
        },
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: TableOf) -> dict[str, Any]:
    keys = [
        {
            "fields": field.name,
            "reference": {"resource": field.refers_to[0], "fields": field.refers_to[1]},
        }
        for field in table.fields
        if field.refers_to is not None
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table_words(table.name),
        "encoding": "utf-8",
        "format": "csv",
        "schema": {
            "fields": [_field(field) for field in table.fields],
            "missingValues": [""],
            "foreignKeys": keys,
        },
    }


def _field(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.name, "type": _KINDS.get(field.kind, "string")}
    if words := column_words(field.name):
        told["title"] = words
    if field.required:
        told["constraints"] = {"required": True}
    return told


def readme(branch: str, tables: Sequence[TableOf], *, names: bool) -> dict[str, str]:
    """What an export is, in each language: the file's name and its text."""
    told = {}
    for language in LANGUAGES:
        with speaking(language):
            told[f"README.{language}.md"] = _readme(branch, tables, names=names)
    return told


def _readme(branch: str, tables: Sequence[TableOf], *, names: bool) -> str:
    whose = (
        tr("People's names are in it: keep it as you keep the library's own computer.")
        if names
        else tr("People's names are not in it; free notes may hold some.")
    )
    told = (
        tr("An empty cell is a value that was not recorded; 0 is zero."),
        tr("Times are UTC; `local_date` and `local_hour` are the library's own."),
        tr("A row with `removed_at` was removed and counts in nothing."),
        tr("An apostrophe at the beginning of a cell is not part of the text."),
        tr("`datapackage.json` describes every column for programs."),
        tr("`perpudesk import everything` brings all of it back into a new folder."),
        whose,
    )
    what = tr("Everything that PerpuDesk holds, as tables that any program reads (CSV, UTF-8).")
    lines = [f"# {branch}", "", what, "", *(f"- {each}" for each in told), ""]
    file, records, count = tr("File"), tr("What"), tr("Rows")
    lines += [f"| {file} | {records} | {count} |", "|---|---|---|"]
    for table in tables:
        lines.append(f"| {table.name}.csv | {table_words(table.name)} | {table.rows} |")
    for table in tables:
        lines += ["", f"## {table.name}.csv", ""]
        for field in table.fields:
            words = column_words(field.name)
            points = f" → {field.refers_to[0]}.csv" if field.refers_to else ""
            lines.append(f"- `{field.name}`{f': {words}' if words else ''}{points}")
    return "\n".join(lines) + "\n"
