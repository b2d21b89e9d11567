"""Roles, PINs and waits, without any I/O."""

from __future__ import annotations

from datetime import timedelta

import pytest

from perpudesk.access.model import (
    RIGHTS,
    Keeper,
    checked_pin,
    may,
    needed_for,
    refuse_last,
    wait_after,
)
from perpudesk.core.codes import Role
from perpudesk.core.errors import InputError
from perpudesk.core.rights import Right
from tests.backups.conftest import refused


def someone(role: Role, *, has_pin: bool = True, id: str = "a") -> Keeper:  # noqa: A002
    return Keeper(id=id, name=id.upper(), role=role, has_pin=has_pin)


def test_who_may_what() -> None:
    assert RIGHTS[Role.OFFICER] < RIGHTS[Role.HEAD] < RIGHTS[Role.ADMIN] == set(Right)
    assert may(someone(Role.HEAD), Right.PRINT)
    assert not may(someone(Role.HEAD), Right.SETTINGS)
    assert not may(someone(Role.OFFICER), Right.MEND)
    assert all(may(someone(Role.ADMIN), right) for right in Right)
    assert not may(None, Right.PRINT)


def test_a_role_without_a_pin_is_not_proved() -> None:
    who = someone(Role.ADMIN, has_pin=False)
    assert who.counts_as is Role.OFFICER
    assert not who.keeps_lock
    assert not may(who, Right.PRINT)


@pytest.mark.parametrize("right", Right)
def test_the_least_role_is_named(right: Right) -> None:
    role = needed_for(right)
    assert right in RIGHTS[role]
    assert role is Role.ADMIN or right in {Right.PRINT, Right.MEND, Right.HISTORY}


@pytest.mark.parametrize("pin", ["2580", "0007", "135790246801", "13579", "9876543219"])
def test_a_pin(pin: str) -> None:
    assert checked_pin(pin) == pin


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", " 2580", "٢٥٨٠", "²²²²"])
def test_what_is_no_pin(pin: str) -> None:
    with refused(InputError, "bad_pin") as told:
        checked_pin(pin)
    assert "4 to 12 digits" in told.value.sentence() or pin


@pytest.mark.parametrize("pin", ["0000", "1234", "123456", "4321", "7890", "99999999"])
def test_what_anybody_would_try_first(pin: str) -> None:
    with refused(InputError, "easy_pin"):
        checked_pin(pin)


def test_a_wrong_pin_waits_longer_each_time() -> None:
    waits = [wait_after(each).total_seconds() for each in range(14)]
    assert waits[:3] == [0, 0, 0]
    assert waits[3:8] == [5, 10, 20, 40, 80]
    assert waits[-1] == timedelta(minutes=15).total_seconds()
    assert wait_after(10**9) == timedelta(minutes=15)


def test_the_last_admin_stays_while_others_have_pins() -> None:
    admin, head = someone(Role.ADMIN), someone(Role.HEAD, id="b")
    with refused(InputError, "last_admin"):
        refuse_last([admin, head], admin)
    refuse_last([admin, head], head)
    refuse_last([admin], admin)
    refuse_last([admin, someone(Role.HEAD, has_pin=False, id="b")], admin)
    refuse_last([admin, head, someone(Role.ADMIN, id="c")], admin)
