"""A desk with three people, and a lock that an admin keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.access import service
from perpudesk.access.model import Keeper
from perpudesk.access.service import AccessService
from perpudesk.core import i18n
from perpudesk.core.codes import Role
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk

ADMIN_PIN, HEAD_PIN, OFFICER_PIN = "2580", "4711", "90210"
KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture(autouse=True)
def _cheap_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A try of 64 MiB is measured in the benchmarks; here many are made."""
    monkeypatch.setattr(service, "_MEMORY", 8192)
    monkeypatch.setattr(service, "_PASSES", 1)


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """Adi, Budi and Citra may be at the desk."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        for name in ("Adi", "Budi", "Citra"):
            desk.branch.add_staff(name)
        desk.backups.take_key(KEY)
        yield desk


@pytest.fixture
def access(desk: Desk) -> AccessService:
    return desk.access


def keeper(access: AccessService, name: str) -> Keeper:
    return next(each for each in access.keepers() if each.name == name)


def give_pins(access: AccessService) -> None:
    """Adi becomes the admin, Budi the head, Citra stays an officer; Adi is at the desk."""
    adi, budi, citra = access.keepers()
    access.set_role(adi.id, Role.ADMIN)
    access.set_role(budi.id, Role.HEAD)
    access.set_pin(adi.id, ADMIN_PIN)
    access.set_pin(budi.id, HEAD_PIN)
    access.set_pin(citra.id, OFFICER_PIN)


@pytest.fixture
def locked(desk: Desk) -> Desk:
    """The desk with its lock in use."""
    give_pins(desk.access)
    return desk
