"""Tables that libraries keep themselves, brought in as the command does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.importing.model import Preview


def checked(
    desk: Desk,
    path: Path,
    what: What | None = None,
    *maps: tuple[str, str],
    names: bool = False,
    **other: Any,
) -> Preview:
    """What the file would do, read as it was asked."""
    looked = desk.importing.look(path, [column for _, column in maps if column])
    plan = replace(desk.importing.plan(looked, what, maps), **other)
    return desk.importing.preview(path, names=names, looked=looked, plan=plan)


def bring(
    desk: Desk,
    path: Path,
    what: What | None = None,
    *maps: tuple[str, str],
    add: bool = False,
    **other: Any,
) -> dict[str, Any]:
    """Import the file; the result for programs, whose parts add up."""
    preview = checked(desk, path, what, *maps, **other)
    batch = desk.importing.commit(preview, add_to_existing=add)
    result = desk.importing.result(preview, batch)
    parts = ("added", "unchanged", "refused", "left_out")
    assert sum(result[part] for part in parts) == result["read"]
    return result


def written(
    folder: Path, *lines: str, name: str = "kunjungan.csv", encoding: str = "utf-8"
) -> Path:
    """A text file of these lines."""
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def remarks(preview: Preview) -> list[str]:
    """What is said of the file as a whole."""
    assert preview.reading is not None
    return [each.sentence() for each in preview.reading.remarks]


def reasons(preview: Preview) -> dict[int, str]:
    """Why each row that brings nothing does so, by its number."""
    assert preview.reading is not None
    both: Sequence[Any] = (*preview.reading.refused, *preview.reading.left_out)
    return {each.row: each.problem.code for each in both}
