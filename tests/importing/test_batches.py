"""Files as batches: known again, taken back, freed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.core.codes import Method
from perpudesk.core.errors import RuleError
from perpudesk.core.ids import digest_id
from perpudesk.core.times import FixedClock, Period
from perpudesk.core.topics import Topic
from perpudesk.db import journal
from perpudesk.desk import Desk
from perpudesk.importing.batches import Batch, BatchDraft
from perpudesk.patrons.model import PatronDraft
from perpudesk.patrons.service import ImportedPatron
from perpudesk.totals.model import PeriodTotal
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.service import ImportedVisit

SOURCE = "slims-visitors"


def row(at: int, patron_id: str | None = None) -> ImportedVisit:
    day = f"2026-10-{1 + at % 28:02}"
    return ImportedVisit(
        id=digest_id(at.to_bytes(16, "big")),
        local_date=day,
        local_hour=9,
        occurred_at=f"{day}T02:00:00.000Z",
        precision="time",
        type="member",
        institution="SDN 1",
        patron_id=patron_id,
        sex="unknown",
        age_years=None,
    )


def bring(
    desk: Desk,
    *visits: int | ImportedVisit,
    digest: str = "d",
    patrons: Sequence[ImportedPatron] = (),
    seen: int | None = None,
) -> Batch:
    return desk.batches.bring_in(
        BatchDraft(
            source=SOURCE,
            file_name="pengunjung.csv",
            digest=digest,
            seen=desk.batches.newest_change() if seen is None else seen,
            visits=[row(each) if isinstance(each, int) else each for each in visits],
            patrons=patrons,
            result={"read": len(visits)},
        )
    )


def test_the_same_rows_twice_add_nothing(desk: Desk) -> None:
    first = bring(desk, 1, 2, 3)
    bring(desk, 3, 2, 1)
    assert desk.visits.count() == 3
    assert desk.batches.known_ids("visits", SOURCE) == {row(at).id for at in (1, 2, 3)}
    assert [each.result for each in desk.batches.standing()] == [{"read": 3}] * 2
    assert first.made_at == datetime(2026, 11, 23, 2, 41, 7, 123000, UTC)


def test_an_empty_file_is_a_batch_too(desk: Desk) -> None:
    bring(desk)
    assert (desk.visits.count(), len(desk.batches.standing())) == (0, 1)


def test_what_was_edited_or_removed_here_does_not_come_back(desk: Desk) -> None:
    bring(desk, 1, 2)
    desk.visits.remove(row(1).id)
    desk.visits.change(row(2).id, VisitDraft(count=5, on=date(2026, 10, 3)))
    bring(desk, 1, 2, 3)
    assert desk.visits.count() == 2
    kept = desk.visits.get(row(2).id)
    assert kept is not None
    assert kept.count == 5


def test_undoing_a_batch_frees_its_rows(desk: Desk) -> None:
    batch = bring(desk, 1, 2)
    desk.visits.remove(row(1).id)
    taken = desk.batches.undo(batch.id)
    assert (taken.id, desk.visits.count(), desk.batches.known_ids("visits", SOURCE)) == (
        batch.id,
        0,
        set(),
    )
    bring(desk, 1, 2, 3)
    assert desk.visits.count() == 3
    desk.check()


def test_a_batch_is_undone_once(desk: Desk) -> None:
    batch = bring(desk, 1)
    desk.batches.undo(batch.id)
    with pytest.raises(RuleError) as caught:
        desk.batches.undo(batch.id)
    assert caught.value.code == "batch_undone"
    with pytest.raises(RuleError) as caught:
        desk.batches.undo("nothing")
    assert caught.value.code == "no_batch"


def test_the_very_same_file_is_known_until_a_batch_is_undone(desk: Desk) -> None:
    assert desk.batches.same_file(SOURCE, "d") is None
    batch = bring(desk, 1)
    assert desk.batches.same_file(SOURCE, "d") == batch
    other = bring(desk, 2, digest="e")
    desk.batches.undo(other.id)
    assert desk.batches.same_file(SOURCE, "d") is None


def test_a_batch_undone_while_the_clock_was_behind_counts_all_the_same(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    other = bring(desk, 2, digest="e")
    bring(desk, 1, 2)
    fixed_clock.advance(days=-30)
    desk.batches.undo(other.id)
    assert desk.batches.same_file(SOURCE, "d") is None


def test_what_comes_back_after_an_undo_is_as_the_file_has_it(desk: Desk) -> None:
    batch = bring(desk, 1)
    desk.visits.change(
        row(1).id, VisitDraft(count=5, on=date(2026, 10, 3), note="x", purpose="loan")
    )
    desk.batches.undo(batch.id)
    bring(desk, 1)
    visit = desk.visits.get(row(1).id)
    assert visit is not None
    assert (visit.count, visit.note, visit.purpose) == (1, None, "unknown")
    assert (visit.moment.local_date, visit.institution) == (date(2026, 10, 2), "SDN 1")
    revision = "SELECT revision FROM visits WHERE id = ?"
    with desk.store.reading() as db:
        assert db.execute(revision, [row(1).id]).fetchone() == (4,)  # it never goes back


def test_an_import_that_was_checked_before_another_is_refused(desk: Desk) -> None:
    seen = desk.batches.newest_change()
    batch = bring(desk, 1)
    with pytest.raises(RuleError) as caught:
        bring(desk, 2, seen=seen)
    assert caught.value.code == "imports_changed"
    seen = desk.batches.newest_change()
    desk.batches.undo(batch.id)
    with pytest.raises(RuleError):
        bring(desk, 2, seen=seen)
    assert desk.visits.count() == 0


def test_patrons_of_a_batch_go_with_it_unless_they_are_more_than_the_files(desk: Desk) -> None:
    people = [
        ImportedPatron(id=f"p{at}", name=f"Siti {at}", member_number=f"A{at}", registered_on=day)
        for at, day in enumerate(["2026-11-23"] * 3)
    ]
    batch = bring(desk, row(1, "p0"), row(2, "p1"), patrons=people)
    edited = desk.patrons.get("p1")
    seen = desk.patrons.get("p2")
    assert edited is not None
    assert seen is not None
    desk.patrons.change("p1", PatronDraft(name="Siti Satu", member_number="A1"))
    desk.visits.record_patron(seen, purpose="reading")
    desk.batches.undo(batch.id)
    assert {each.id for each in desk.patrons.page(0, 9)} == {"p1", "p2"}
    bring(desk, patrons=people)
    assert [each.name for each in desk.patrons.page(0, 9)] == ["Siti 0", "Siti 2", "Siti Satu"]
    desk.check()


def test_a_patron_of_a_batch_who_is_in_an_activity_stays(desk: Desk) -> None:
    kinds: dict[str, dict[str, object]] = {
        "participants": {"list_id": "l", "patron_id": "p0"},
        "communities": {"name": "Klub TI", "contact_id": "p1"},
        "courses": {"title": "Email", "trainer_ids": ["p2"]},
    }
    people = [
        ImportedPatron(id=f"p{at}", name=f"Siti {at}", member_number=None, registered_on=day)
        for at, day in enumerate(["2026-11-23"] * 5)
    ]
    batch = bring(desk, patrons=people)
    with desk.store.writing() as db:
        for kind, fields in kinds.items():
            journal.create(desk.store, db, kind, fields)
    [meeting] = desk.meetings.plan(
        [MeetingDraft(schedule=Schedule(day=date(2026, 11, 23)), title="x")]
    )
    with desk.store.writing() as db:
        decided = {"meeting_id": meeting, "text": "Lanjut", "owner_id": "p3"}
        journal.create(desk.store, db, "decisions", decided)
    desk.batches.undo(batch.id)
    assert {each.id for each in desk.patrons.page(0, 9)} == {"p0", "p1", "p2", "p3"}


def test_a_batch_is_not_on_the_desks_undo(desk: Desk) -> None:
    bring(desk, 1)
    assert desk.can_undo() == (False, False)


def total(month: str, value: int) -> PeriodTotal:
    return PeriodTotal(
        month=Period.parse(month),
        indicator="visits",
        value=value,
        method=Method.COUNTED,
        source="a.csv",
    )


def bring_totals(desk: Desk, *totals: PeriodTotal) -> Batch:
    return desk.batches.bring_in(
        BatchDraft(
            source="monthly-totals",
            file_name="a.csv",
            digest="d",
            seen=desk.batches.newest_change(),
            totals=totals,
            result={},
        )
    )


def test_totals_of_a_file_come_and_go_with_it(desk: Desk) -> None:
    year = Period.parse("2025")
    told: list[Topic] = []
    desk.subscribe(told.append)
    batch = bring_totals(desk, total("2025-01", 10), total("2025-02", 0))
    assert Topic.TOTALS in told
    assert [each.value for each in desk.totals.of(year)] == [10, 0]
    assert {each.batch_id for each in desk.totals.of(year)} == {batch.id}
    desk.totals.type_total("visits", Period.parse("2025-01"), 11)  # typed over: not the file's now
    desk.batches.undo(batch.id)
    assert [each.value for each in desk.totals.of(year)] == [11]
    bring_totals(desk, total("2025-01", 12), total("2025-02", 7))
    assert [each.value for each in desk.totals.of(year)] == [11, 7]
    desk.check()


def test_a_typed_total_that_was_taken_out_makes_room_for_a_files(desk: Desk) -> None:
    month = Period.parse("2025-01")
    desk.totals.type_total("visits", month, 5)
    desk.totals.type_total("visits", month, None)
    bring_totals(desk, total("2025-01", 10))
    assert [each.value for each in desk.totals.of(month)] == [10]
    desk.totals.type_total("visits", month, None)  # of a file that stands: it does not come back
    bring_totals(desk, total("2025-01", 10))
    assert desk.totals.of(month) == []
