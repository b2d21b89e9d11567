"""A desk with a day of records, to be copied and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from tests.db.work import a_day_at_the_desk

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder."""
    return tmp_path / "data perpustakaan"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where a stick is."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(folder: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A branch in Jakarta on Monday 23 November 2026, 09.41, with a day of records."""
    with Desk(folder, clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        a_day_at_the_desk(desk)
        yield desk


@pytest.fixture
def keyed(desk: Desk) -> Desk:
    """The same, with a recovery key."""
    desk.backups.take_key(KEY)
    return desk


@contextmanager
def refused(
    kind: type[PerpuDeskError], *codes: str
) -> Iterator[pytest.ExceptionInfo[PerpuDeskError]]:
    """The block raises an error of `kind` with one of the codes."""
    with pytest.raises(kind) as found:
        yield found
    assert found.value.code in codes
