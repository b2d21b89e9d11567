"""Names erased for good: no total moves, no byte stays, no copy brings them back."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.backups.restoring import restore
from perpudesk.branch.service import BranchService
from perpudesk.communities.model import CommunityDraft, DecisionDraft, GatheringDraft
from perpudesk.core.codes import Sex
from perpudesk.core.errors import InputError, RuleError, StorageError
from perpudesk.core.times import FixedClock, Period
from perpudesk.db import erased as erased_module
from perpudesk.db.erased import erased_ids
from perpudesk.db.meta import VACUUM_DUE, meta
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.privacy.service import PrivacyService
from perpudesk.visits.model import VisitDraft
from tests.backups.conftest import refused
from tests.privacy.conftest import NAME, at, later

LONG = (pytest.mark.long, pytest.mark.timeout(1_800))


def nobody_waits(_done: int, _total: int) -> None:
    """Nobody is waiting."""


def figures(desk: Desk) -> list[object]:
    return [
        desk.reports.figures(Period.parse(month)).figures
        for month in ("2025-10", "2025-11", "2026-11", "2026")
    ]


def found_in(folder: Path, *words: str) -> list[str]:
    """The files below a folder that hold any of the words."""
    wanted = [form for word in words for form in (word.encode(), word.encode("utf-16-le"))]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in wanted)]


class TestErase:
    def test_nothing_is_left_but_the_id(self, desk: Desk, someone: Patron) -> None:
        desk.privacy.erase(someone.id)
        kept = desk.patrons.get(someone.id)
        assert kept is not None
        assert kept.erased
        assert kept.draft() == PatronDraft(name="–", guardian_consent=False)
        assert desk.patrons.find("Zubaidah") == []
        assert desk.patrons.by_number("Q-77123") is None
        assert desk.patrons.count() == 0

    def test_no_total_moves(self, desk: Desk, someone: Patron) -> None:
        before = figures(desk)
        desk.privacy.erase(someone.id)
        assert figures(desk) == before
        desk.check()

    def test_it_cannot_be_undone(self, desk: Desk, someone: Patron) -> None:
        desk.patrons.change(someone.id, PatronDraft(name="Zubaidah Yang Benar"))
        desk.privacy.erase(someone.id)
        undone = 0
        while desk.can_undo()[0]:
            desk.undo()
            undone += 1
        assert undone == 1  # the visit alone
        kept = desk.patrons.get(someone.id)
        assert kept is not None
        assert kept.erased
        with refused(RuleError, "already_erased"):
            desk.privacy.erase(someone.id)
        with refused(RuleError, "already_erased"):
            desk.privacy.erase("nobody")

    def test_who_was_taken_out_first_does_not_come_back(self, desk: Desk, someone: Patron) -> None:
        desk.patrons.remove(someone.id)
        desk.privacy.erase(someone.id)
        with refused(RuleError, "patron_erased"):
            desk.patrons.bring_back(someone.id)
        with refused(InputError, "patron_name_missing"):
            desk.patrons.add(PatronDraft(name="–"))

    def test_after_a_clean_stop_no_byte_is_left(
        self, desk: Desk, folder: Path, someone: Patron
    ) -> None:
        words = (NAME, "Q-77123", "0812-5551234", "Kumpai Batu Atas", "Xylem")
        assert found_in(folder, *words)
        desk.privacy.erase(someone.id)
        with desk.store.reading() as db:
            assert meta(db, VACUUM_DUE) == "1"
        desk.close()
        assert found_in(folder, *words) == []
        with Desk(folder) as again:
            again.check()
            with again.store.reading() as db:
                assert meta(db, VACUUM_DUE) is None

    @pytest.mark.parametrize(
        "seed, edits", [*((seed, 400) for seed in range(3)), pytest.param(3, 10_000, marks=LONG)]
    )
    def test_nor_after_many_edits(
        self, desk: Desk, folder: Path, fixed_clock: FixedClock, seed: int, edits: int
    ) -> None:
        edit_at_random(desk, random.Random(seed), edits)
        with desk.store.reading() as db:  # also those who were taken out again
            gone = [row["id"] for row in db.query(XYZZY)]
        for each in gone:
            desk.privacy.erase(each)
        assert gone
        desk.close()
        assert found_in(folder, "Xyzzy", "0812-xyzzy") == []
        with Desk(folder, clock=fixed_clock) as again:
            again.check()
            again.backups.make()
        assert found_in(folder, "Xyzzy", "0812-xyzzy") == []

    def test_a_disk_without_room_does_it_at_the_next_stop(
        self, desk: Desk, folder: Path, someone: Patron, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.privacy.erase(someone.id)

        def full(_desk: Desk, store: object) -> None:
            """The disk refused the file that is written anew."""

        monkeypatch.setattr(Desk, "_leave_no_byte", full)
        desk.close()
        monkeypatch.undo()
        with Desk(folder):
            """Opened and closed."""
        assert found_in(folder, NAME) == []

    def test_words_that_hold_the_name_are_found(self, desk: Desk, someone: Patron) -> None:
        desk.visits.record(VisitDraft(note=f"menemani ZUBAIDAH XYLOPHANIA ke rak {'x' * 90}"))
        desk.visits.record(VisitDraft(note="Zubaidah saja"))
        held = desk.privacy.held(someone)
        (mention,) = held.mentions
        assert (mention.kind, mention.column, mention.day) == ("visits", "note", date(2026, 11, 23))
        assert held.counts == {"visits": 1}
        assert held.first == held.last == date(2026, 11, 23)

    @pytest.mark.parametrize("before", ["ketua ", "3 buku untuk ", ""])
    def test_what_a_mended_note_held_goes_from_the_journal(
        self, desk: Desk, folder: Path, someone: Patron, before: str
    ) -> None:
        community = desk.communities.add(CommunityDraft(name="Rajut", note=f"{before}{NAME}"))
        desk.communities.change(community.id, CommunityDraft(name="Rajut", note="ketua –"))
        desk.privacy.erase(someone.id)
        desk.close()
        assert found_in(folder, NAME) == []

    def test_so_does_one_that_was_mended_while_others_were_erased(
        self, desk: Desk, folder: Path, someone: Patron, fixed_clock: FixedClock
    ) -> None:
        later(fixed_clock, 800)
        community = desk.communities.add(CommunityDraft(name="Rajut", note=f"ketua {NAME}"))

        def at_the_desk(_done: int, _total: int) -> None:
            desk.communities.change(community.id, CommunityDraft(name="Rajut", note="ketua –"))

        assert desk.privacy.erase_due(at_the_desk) == 1
        desk.close()
        assert someone.name == NAME
        assert found_in(folder, NAME) == []

    def test_an_older_copy_brings_it_not_back(
        self, desk: Desk, folder: Path, someone: Patron, fixed_clock: FixedClock, tmp_path: Path
    ) -> None:
        stick = tmp_path / "stick"
        old = desk.backups.make(stick).path
        desk.privacy.erase(someone.id)
        later(fixed_clock, 1)
        desk.visits.record(VisitDraft())
        desk.backups.make(stick)
        desk.close()
        restore(folder, old, clock=fixed_clock)
        with Desk(folder, clock=fixed_clock) as back:
            kept = back.patrons.get(someone.id)
            assert kept is not None
            assert kept.erased
        new = tmp_path / "new"  # another computer knows it by the list on the stick
        restore(new, old, clock=fixed_clock)
        with Desk(new, clock=fixed_clock) as back:
            kept = back.patrons.get(someone.id)
            assert kept is not None
            assert kept.erased
        assert found_in(new, NAME) == []

    def test_a_disk_that_refuses_the_list_erases_nothing(
        self, desk: Desk, folder: Path, someone: Patron
    ) -> None:
        (folder / "backups").write_text("a file in the way")
        with refused(StorageError, "store_failed"):
            desk.privacy.erase(someone.id)
        kept = desk.patrons.get(someone.id)
        assert kept is not None
        assert kept.name == NAME

    def test_a_list_that_is_damaged_is_read_as_far_as_it_is_one(self, tmp_path: Path) -> None:
        (tmp_path / erased_module.NAME).write_bytes(b"\xff\xff\n0123-abcd-0123\n../../etc\n\n" * 2)
        assert erased_ids(tmp_path) == {"0123-abcd-0123"}
        assert erased_ids(tmp_path / "none") == set()


XYZZY = "SELECT id FROM patrons WHERE name LIKE 'Xyzzy%'"


def edit_at_random(desk: Desk, chance: random.Random, times: int) -> None:
    """People come, are mended, taken out again, and visit."""
    known: list[Patron] = []
    for number in range(times):
        what, here = chance.random(), {each.id for each in desk.patrons.page(0, 999)}
        if what < 0.35 or not known:
            begin = chance.choice(("Xyzzy", "Abbas"))
            name = f"{begin}{chance.randrange(10**6):06} {'panjang ' * chance.randrange(12)}"
            contact = f"0812-{begin.lower()}{number}"
            known.append(desk.patrons.add(PatronDraft(name=name, contact=contact)))
        elif what < 0.6:
            one = chance.choice(known)
            draft = PatronDraft(name=f"{one.name[:8]} {chance.randrange(10**4)}", sex=Sex.MALE)
            if one.id in here:
                desk.patrons.change(one.id, draft)
        elif what < 0.7 and desk.can_undo()[0]:
            desk.undo()
        else:
            who = chance.choice(sorted(here)) if here else None
            desk.visits.record(VisitDraft(patron_id=who))


class TestRetention:
    def test_who_is_not_seen_for_a_year_is_erased(
        self, desk: Desk, someone: Patron, fixed_clock: FixedClock
    ) -> None:
        other = desk.patrons.add(PatronDraft(name="Fajar"))
        at(fixed_clock, 2027, 6, 1)
        desk.visits.record(VisitDraft(patron_id=other.id))
        at(fixed_clock, 2027, 11, 23)
        assert desk.privacy.erase_due(nobody_waits) == 0
        before = figures(desk)
        at(fixed_clock, 2027, 11, 24)
        assert desk.privacy.outlook().due == 1
        assert desk.privacy.erase_due(nobody_waits) == 1
        assert figures(desk) == before
        assert [each.name for each in desk.patrons.page(0, 9)] == ["Fajar"]
        assert desk.privacy.erase_due(nobody_waits) == 0

    def test_the_months_are_a_setting(
        self, desk: Desk, someone: Patron, fixed_clock: FixedClock
    ) -> None:
        assert someone.name == NAME
        desk.branch.set_up(retention_months=1)
        later(fixed_clock, 40)
        assert desk.privacy.outlook().due == 1
        for wrong in (0, 121, "12", 1.5):
            with refused(InputError, "bad_retention"):
                desk.branch.set_up(retention_months=wrong)

    @pytest.mark.parametrize("how", ["contact", "decision", "trainer", "participant", "leader"])
    def test_whom_something_needs_is_kept(
        self, desk: Desk, someone: Patron, fixed_clock: FixedClock, how: str
    ) -> None:
        at(fixed_clock, 2027, 11, 1)
        NEEDS[how](desk, someone)
        at(fixed_clock, 2027, 12, 1)
        assert desk.privacy.outlook().due == 0

    def test_a_file_of_members_brings_nobody_who_is_due(
        self, desk: Desk, fixed_clock: FixedClock
    ) -> None:
        """They registered long ago, but came in today."""
        patron = desk.patrons.add(PatronDraft(name="Lama"))
        with desk.store.writing() as db:
            db.execute("UPDATE patrons SET registered_on = '2011-01-01'")
        assert desk.privacy.outlook().due == 0
        assert desk.patrons.get(patron.id) is not None
        assert fixed_clock.now().year == 2026

    def test_it_goes_in_small_steps_and_can_be_stopped(
        self, desk: Desk, fixed_clock: FixedClock
    ) -> None:
        for number in range(60):
            desk.patrons.add(PatronDraft(name=f"Orang {number}"))
        later(fixed_clock, 400)
        seen: list[tuple[int, int]] = []

        def stop_after_two(done: int, total: int) -> None:
            seen.append((done, total))
            if len(seen) == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            desk.privacy.erase_due(stop_after_two)
        assert seen == [(0, 60), (25, 60), (50, 60)]
        assert desk.patrons.count() == 10
        assert desk.privacy.erase_due(nobody_waits) == 10

    def test_names_of_an_earlier_version_wait_for_a_month(
        self, desk: Desk, someone: Patron, fixed_clock: FixedClock
    ) -> None:
        at(fixed_clock, 2028, 1, 1)
        with desk.store.writing() as db:
            db.execute("INSERT INTO meta (key, value) VALUES ('retention_from', '2028-01-31')")
        assert desk.privacy.erase_due(nobody_waits) == 0
        outlook = desk.privacy.outlook()
        assert (outlook.due, outlook.waits_until) == (1, date(2028, 1, 31))
        at(fixed_clock, 2028, 1, 31)
        assert desk.privacy.erase_due(nobody_waits) == 1
        assert someone.name == NAME

    def test_somebody_may_say_not_to_wait(
        self, desk: Desk, someone: Patron, fixed_clock: FixedClock
    ) -> None:
        at(fixed_clock, 2028, 1, 1)
        with desk.store.writing() as db:
            db.execute("INSERT INTO meta (key, value) VALUES ('retention_from', '2028-01-31')")
        desk.privacy.wait_no_longer()
        assert desk.privacy.erase_due(nobody_waits) == 1
        assert someone.name == NAME


def _plan(desk: Desk) -> MeetingDraft:
    return MeetingDraft(schedule=Schedule(day=desk.store.today()), title="Rembuk")


def _contact(desk: Desk, who: Patron) -> None:
    desk.communities.add(CommunityDraft(name="Rajut", contact_id=who.id))


def _decision(desk: Desk, who: Patron) -> None:
    met = desk.gatherings.plan(GatheringDraft(meeting=_plan(desk)))
    desk.decisions.add(met.meeting.id, DecisionDraft(text="Beli kursi", owner_id=who.id))


def _trainer(desk: Desk, who: Patron) -> None:
    from perpudesk.trainings.model import CourseDraft

    course = desk.trainings.add(CourseDraft(title="Email", trainer_ids=(who.id,)))
    desk.trainings.plan_meeting(course.id, _plan(desk))


def _participant(desk: Desk, who: Patron) -> None:
    from perpudesk.trainings.model import CourseDraft

    course = desk.trainings.add(CourseDraft(title="Email"))
    desk.trainings.plan_meeting(course.id, _plan(desk))
    desk.attendance.enrol(course.id, patron_id=who.id)


def _leader(desk: Desk, who: Patron) -> None:
    from perpudesk.core.codes import VisitorType

    desk.visits.record(VisitDraft(type=VisitorType.GROUP, count=9, leader_id=who.id))


NEEDS: dict[str, Callable[[Desk, Patron], None]] = {
    "contact": _contact,
    "decision": _decision,
    "trainer": _trainer,
    "participant": _participant,
    "leader": _leader,
}


class TestMerge:
    def test_two_are_one_and_two_again(self, desk: Desk, someone: Patron) -> None:
        twin = desk.patrons.add(PatronDraft(name="Zubaidah X."))
        desk.visits.record(VisitDraft(patron_id=twin.id))

        def people() -> object:
            found = desk.reports.figures(Period.parse("2026-11")).figures
            return next(each.value for each in found if each.indicator == "unique_patrons")

        assert people() == 2
        desk.patrons.merge(twin.id, someone.id)
        assert people() == 1
        assert [each.id for each in desk.patrons.find("Zubaidah")] == [someone.id]
        desk.undo()
        assert people() == 2
        desk.patrons.merge(twin.id, someone.id)
        desk.patrons.part(twin.id)
        assert len(desk.patrons.find("Zubaidah")) == 2

    def test_one_with_itself_or_with_nobody_is_refused(self, desk: Desk, someone: Patron) -> None:
        for into in (someone.id, "nobody"):
            with refused(RuleError, "not_two_patrons"):
                desk.patrons.merge(someone.id, into)


def test_the_rule_is_known_before_a_branch_is(tmp_path: Path) -> None:
    with Desk(tmp_path / "new") as desk:
        assert isinstance(desk.privacy, PrivacyService)
        assert isinstance(desk.branch, BranchService)


def test_a_thirty_day_wait_is_what_the_migration_sets() -> None:
    from perpudesk.privacy.model import GRACE

    assert timedelta(days=30) == GRACE
