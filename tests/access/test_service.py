"""The lock on a real store: who may, who proves it, and a PIN that is guessed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from perpudesk.access import service
from perpudesk.access.service import AccessService
from perpudesk.backups.words import words_of
from perpudesk.core.codes import Role
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.rights import Right
from perpudesk.core.times import FixedClock, Period
from perpudesk.db import journal
from perpudesk.desk import Desk
from perpudesk.reports.letter import Letter
from perpudesk.visits.model import VisitDraft
from tests.access.conftest import ADMIN_PIN, HEAD_PIN, KEY, OFFICER_PIN, keeper
from tests.backups.conftest import refused

YESTERDAY = date(2026, 11, 20)


def at_desk(desk: Desk, name: str, pin: str) -> None:
    desk.access.unlock(keeper(desk.access, name).id, pin)


def test_without_a_pin_everybody_may_all(access: AccessService) -> None:
    assert not access.in_use()
    assert all(access.may(right) for right in Right)
    access.require(Right.ERASE)
    access.require_days([YESTERDAY])


def test_the_first_pin_is_an_admin_s(access: AccessService) -> None:
    adi = keeper(access, "Adi")
    with refused(InputError, "first_pin_is_admin"):
        access.set_pin(adi.id, ADMIN_PIN)
    access.set_role(adi.id, Role.ADMIN)
    access.set_pin(adi.id, ADMIN_PIN)
    assert access.in_use()
    assert access.who() == keeper(access, "Adi")


def test_each_role_may_what_it_may(locked: Desk) -> None:
    for name, pin, rights in (
        ("Adi", ADMIN_PIN, set(Right)),
        ("Budi", HEAD_PIN, {Right.PRINT, Right.MEND, Right.HISTORY}),
        ("Citra", OFFICER_PIN, set()),
    ):
        at_desk(locked, name, pin)
        assert {right for right in Right if locked.access.may(right)} == rights
    with refused(RuleError, "not_allowed_here") as told:
        locked.access.require(Right.PRINT)
    assert "This needs head" in told.value.sentence()


def test_who_records_is_who_unlocked(locked: Desk) -> None:
    at_desk(locked, "Citra", OFFICER_PIN)
    visit = locked.visits.record(VisitDraft())
    with locked.store.reading() as db:
        row = journal.row_of(db, "visits", visit.id)
    assert row["created_by"] == keeper(locked.access, "Citra").id


def test_an_officer_mends_today_and_no_earlier_day(locked: Desk, fixed_clock: FixedClock) -> None:
    old = locked.visits.record(VisitDraft())
    fixed_clock.moment += timedelta(days=1)
    at_desk(locked, "Citra", OFFICER_PIN)
    new = locked.visits.record(VisitDraft())
    locked.visits.remove(new.id)
    locked.undo()
    with refused(RuleError, "not_your_day"):
        locked.visits.remove(old.id)
    at_desk(locked, "Budi", HEAD_PIN)
    locked.visits.remove(old.id)


def test_closing_a_month_is_the_head_s(locked: Desk) -> None:
    at_desk(locked, "Citra", OFFICER_PIN)
    with refused(RuleError, "not_allowed_here"):
        locked.closings.close(Period.parse("2026-10"), Letter())


def test_only_an_admin_changes_people(locked: Desk) -> None:
    access, citra = locked.access, keeper(locked.access, "Citra")
    at_desk(locked, "Budi", HEAD_PIN)
    for change in (
        lambda: access.set_role(citra.id, Role.ADMIN),
        lambda: access.set_pin(citra.id, "1357"),
        lambda: access.drop_pin(citra.id),
        lambda: access.set_minutes(0),
    ):
        with refused(RuleError, "not_allowed_here"):
            change()
    access.set_pin(keeper(access, "Budi").id, "1357")  # one's own
    at_desk(locked, "Budi", "1357")


def test_the_last_admin_stays(locked: Desk) -> None:
    access, adi = locked.access, keeper(locked.access, "Adi")
    with refused(InputError, "last_admin"):
        access.set_role(adi.id, Role.HEAD)
    with refused(InputError, "last_admin"):
        access.drop_pin(adi.id)
    for name in ("Budi", "Citra"):
        access.drop_pin(keeper(access, name).id)
    access.drop_pin(adi.id)
    assert not access.in_use()


def test_the_wrong_pin_is_told_and_then_waits(locked: Desk, fixed_clock: FixedClock) -> None:
    access, adi = locked.access, keeper(locked.access, "Adi")
    for _ in range(2):
        with refused(InputError, "wrong_pin"):
            access.unlock(adi.id, "0000")
    with refused(InputError, "pin_wait") as told:
        access.unlock(adi.id, "0000")
    assert told.value.sentence() == "Too many wrong tries for Adi. Try again in 5 seconds."
    with refused(InputError, "pin_wait"):
        access.unlock(adi.id, ADMIN_PIN)
    fixed_clock.moment += timedelta(seconds=5)
    access.unlock(adi.id, ADMIN_PIN)
    with refused(InputError, "wrong_pin"):
        access.unlock(adi.id, "0000")  # counted anew


def test_a_restart_does_not_help(locked: Desk, fixed_clock: FixedClock) -> None:
    adi = keeper(locked.access, "Adi")
    for _ in range(3):
        with pytest.raises(InputError):
            locked.access.unlock(adi.id, "0000")
    locked.close()
    with Desk(locked.folder, clock=fixed_clock) as again, refused(InputError, "pin_wait"):
        again.access.unlock(adi.id, ADMIN_PIN)


def test_nor_does_a_clock_that_is_set_back(locked: Desk, fixed_clock: FixedClock) -> None:
    adi = keeper(locked.access, "Adi")
    for _ in range(3):
        with pytest.raises(InputError):
            locked.access.unlock(adi.id, "0000")
    fixed_clock.moment -= timedelta(days=400)
    with refused(InputError, "pin_wait") as told:
        locked.access.unlock(adi.id, ADMIN_PIN)
    assert "5 seconds" in told.value.sentence()
    fixed_clock.moment += timedelta(seconds=6)
    locked.access.unlock(adi.id, ADMIN_PIN)


def test_a_thousand_guesses_take_days(
    locked: Desk, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    adi = keeper(locked.access, "Adi")
    tried: list[str] = []
    is_pin = service._is_pin

    def counted(hashed: str, pin: str) -> bool:
        tried.append(pin)
        return is_pin(hashed, pin)

    monkeypatch.setattr(service, "_is_pin", counted)
    begun = fixed_clock.moment
    for guess in range(1_000):
        with pytest.raises(InputError):
            locked.access.unlock(adi.id, f"{guess:04}")
        fixed_clock.moment += timedelta(seconds=1)  # as fast as fingers are
    assert len(tried) < 15
    assert (fixed_clock.moment - begun) < timedelta(minutes=17)


def test_the_recovery_sheet_resets_an_admin_s(locked: Desk) -> None:
    access = locked.access
    adi, budi = keeper(access, "Adi"), keeper(access, "Budi")
    with refused(InputError, "not_the_sheet"):
        access.reset_pin(adi.id, " ".join(words_of(bytes(32))), "1357")
    with refused(InputError, "recovery_words_missing"):
        access.reset_pin(adi.id, "babab", "1357")
    words = " ".join(words_of(KEY))
    with refused(InputError, "no_admin_there"):
        access.reset_pin(budi.id, words, "1357")
    with refused(InputError, "easy_pin"):
        access.reset_pin(adi.id, words, "1234")
    for _ in range(5):
        with pytest.raises(InputError):
            access.unlock(adi.id, "0000")
    access.reset_pin(adi.id, words, "1357")
    access.unlock(adi.id, "1357")


def test_somebody_without_a_pin_is_an_officer(locked: Desk) -> None:
    dewi = locked.branch.add_staff("Dewi")
    locked.access.set_role(dewi.id, Role.HEAD)
    locked.access.unlock(dewi.id, "")
    assert not locked.access.may(Right.PRINT)


def test_no_pin_stands_anywhere(locked: Desk) -> None:
    at_desk(locked, "Citra", OFFICER_PIN)
    with pytest.raises(InputError):
        locked.access.unlock(keeper(locked.access, "Adi").id, "86420975")
    folder = locked.folder
    locked.close()
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for pin in (b"90210", b"86420975"):
            assert pin not in data, path


def test_the_memory_of_a_try_is_64_mib(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    adi = keeper(desk.access, "Adi")
    desk.access.set_role(adi.id, Role.ADMIN)
    desk.access.set_pin(adi.id, ADMIN_PIN)
    with desk.store.reading() as db:
        [row] = db.query("SELECT hash FROM staff_pins")
    assert row["hash"].startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    desk.access.unlock(adi.id, ADMIN_PIN)


def test_minutes_until_it_locks(locked: Desk) -> None:
    assert locked.access.minutes() == 10
    locked.access.set_minutes(0)
    assert locked.access.minutes() == 0


def test_a_long_wait_is_told_in_minutes(locked: Desk, fixed_clock: FixedClock) -> None:
    adi = keeper(locked.access, "Adi")
    for _ in range(10):
        with pytest.raises(InputError):
            locked.access.unlock(adi.id, "0000")
        fixed_clock.moment += timedelta(minutes=14)
    fixed_clock.moment -= timedelta(minutes=14)
    with refused(InputError, "pin_wait") as told:
        locked.access.unlock(adi.id, "0000")
    assert told.value.sentence().endswith("minutes.")


def test_a_folder_of_an_earlier_version_has_officers_and_no_lock(tmp_path: Path) -> None:
    with Desk(tmp_path / "old") as desk:
        desk.branch.set_up(name="Lama", zone="WIB")
        desk.branch.add_staff("Eka")
        assert [each.role for each in desk.access.keepers()] == [Role.OFFICER]
        assert not desk.access.in_use()
