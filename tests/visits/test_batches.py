"""Files as batches: known again, taken back, freed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from perpudesk.core.codes import Precision
from perpudesk.core.errors import RuleError
from perpudesk.core.ids import digest_id
from perpudesk.desk import Desk
from perpudesk.visits.batches import Batch, ImportedVisit
from perpudesk.visits.model import Moment, VisitDraft
from perpudesk.visits.service import BatchDraft

SOURCE = "slims-visitors"


def row(at: int) -> ImportedVisit:
    moment = Moment(
        local_date=date(2026, 10, 1 + at % 28),
        local_hour=9,
        occurred_at=f"2026-10-{1 + at % 28:02}T02:00:00.000Z",
        precision=Precision.TIME,
    )
    return ImportedVisit(id=digest_id(at.to_bytes(16, "big")), draft=VisitDraft(), moment=moment)


def bring(desk: Desk, *rows: int, digest: str = "d") -> Batch:
    return desk.visits.import_batch(
        BatchDraft(
            source=SOURCE,
            file_name="pengunjung.csv",
            digest=digest,
            visits=tuple(row(at) for at in rows),
            result={"read": len(rows)},
        )
    )


def test_the_same_rows_twice_add_nothing(desk: Desk) -> None:
    first = bring(desk, 1, 2, 3)
    bring(desk, 3, 2, 1)
    assert desk.visits.count() == 3
    assert desk.visits.known_ids(SOURCE) == {row(at).id for at in (1, 2, 3)}
    assert [each.result for each in desk.visits.batches()] == [{"read": 3}] * 2
    assert first.made_at == datetime(2026, 11, 23, 2, 41, 7, 123000, UTC)


def test_an_empty_file_is_a_batch_too(desk: Desk) -> None:
    bring(desk)
    assert (desk.visits.count(), len(desk.visits.batches())) == (0, 1)


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
    taken = desk.visits.undo_batch(batch.id)
    assert (taken.id, desk.visits.count(), desk.visits.known_ids(SOURCE)) == (batch.id, 0, set())
    bring(desk, 1, 2, 3)
    assert desk.visits.count() == 3
    desk.check()


def test_a_batch_is_undone_once(desk: Desk) -> None:
    batch = bring(desk, 1)
    desk.visits.undo_batch(batch.id)
    with pytest.raises(RuleError) as caught:
        desk.visits.undo_batch(batch.id)
    assert caught.value.code == "batch_undone"
    with pytest.raises(RuleError) as caught:
        desk.visits.undo_batch("nothing")
    assert caught.value.code == "no_batch"


def test_the_very_same_file_is_known_until_a_batch_is_undone(desk: Desk) -> None:
    assert desk.visits.same_file(SOURCE, "d") is None
    batch = bring(desk, 1)
    assert desk.visits.same_file(SOURCE, "d") == batch
    other = bring(desk, 2, digest="e")
    desk.visits.undo_batch(other.id)
    assert desk.visits.same_file(SOURCE, "d") is None


def test_a_batch_is_not_on_the_desks_undo(desk: Desk) -> None:
    bring(desk, 1)
    assert desk.can_undo() == (False, False)
