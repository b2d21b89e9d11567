"""What was done, taken back and done again: case by case, and against a model of undo."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from perpudesk.branch.model import ServiceDay
from perpudesk.core.codes import DayState, Sex
from perpudesk.core.deeds import Action
from perpudesk.core.errors import RuleError
from perpudesk.core.ids import new_id
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.db import journal, undo
from perpudesk.db.connection import Store
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.patrons.service import ImportedPatron
from perpudesk.visits.model import Visit, VisitDraft
from tests.db.work import WALK_IN, bring_in


def code_of(step: Callable[[], object]) -> str:
    with pytest.raises(RuleError) as refusal:
        step()
    assert refusal.value.sentence()
    return refusal.value.code


def lines(desk: Desk) -> list[dict[str, object]]:
    with desk.store.reading() as db:
        return list(db.query("SELECT * FROM journal WHERE kind <> 'branches' ORDER BY seq"))


def row(desk: Desk, visit_id: str) -> dict[str, object]:
    with desk.store.reading() as db:
        return next(iter(db.query("SELECT * FROM visits WHERE id = ?", [visit_id])))


# ---------------------------------------------------------------- lines


def test_a_creation_holds_nothing_but_that_it_happened(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    (line,) = lines(desk)
    assert (line["action"], line["kind"], line["record_id"]) == ("create", "visits", visit.id)
    assert line["overwrote"] is None
    assert line["at"] == "2026-11-23T02:41:07.123Z"
    assert line["local_date"] == "2026-11-23"
    assert row(desk, visit.id)["seq"] == line["seq"]
    assert row(desk, visit.id)["revision"] == 1


def test_a_change_holds_only_what_it_overwrote(desk: Desk, fixed_clock: FixedClock) -> None:
    visit = desk.visits.record(WALK_IN)
    fixed_clock.advance(minutes=5)
    desk.visits.change(visit.id, replace(visit.draft(desk.store.author.zone), count=4))
    line = lines(desk)[-1]
    assert json.loads(str(line["overwrote"])) == {"count": 1}
    after = row(desk, visit.id)
    assert (after["count"], after["seq"], after["revision"]) == (4, line["seq"], 2)
    assert after["changed_at"] == line["at"] == "2026-11-23T02:46:07.123Z"
    assert after["created_at"] == "2026-11-23T02:41:07.123Z"


def test_a_change_of_nothing_leaves_no_line(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    desk.visits.change(visit.id, visit.draft(desk.store.author.zone))
    assert len(lines(desk)) == 1
    assert row(desk, visit.id)["revision"] == 1


def test_it_says_who_was_at_the_desk(desk: Desk) -> None:
    someone = desk.branch.add_staff("Rahmawati")
    desk.branch.at_desk(someone.id)
    visit = desk.visits.record(WALK_IN)
    assert lines(desk)[-1]["staff_id"] == row(desk, visit.id)["created_by"] == someone.id


def test_the_history_of_a_record_is_told_oldest_first(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    desk.visits.record(WALK_IN)
    desk.visits.change(visit.id, replace(WALK_IN, count=2))
    desk.visits.remove(visit.id, note="salah ketik")
    desk.undo()
    with desk.store.reading() as db:
        told = journal.history(db, visit.id)
    assert [each.action for each in told] == [Action.CHANGE, Action.REMOVE, Action.UNDO]
    assert told[1].overwrote == {"removed_at": None, "note": None}
    assert told[2].target == told[1].seq


def test_the_journal_is_written_with_its_record_or_not_at_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise ZeroDivisionError

    visit = desk.visits.record(WALK_IN)
    before, insert = lines(desk), journal._insert
    monkeypatch.setattr(
        journal,
        "_insert",
        lambda db, table, r: (insert if table == "journal" else fail)(db, table, r),
    )
    with pytest.raises(ZeroDivisionError):
        desk.visits.record(WALK_IN)
    assert lines(desk) == before
    monkeypatch.setattr(journal, "_insert", fail)
    with pytest.raises(ZeroDivisionError):
        desk.visits.remove(visit.id)
    assert row(desk, visit.id)["removed_at"] is None


def test_many_at_once_are_as_many_one_by_one(desk: Desk) -> None:
    fields = [
        {"name": f"Pemustaka {number}", "sex": "unknown", "registered_on": "2026-11-23"}
        for number in range(3)
    ]
    with desk.store.writing() as db:
        journal.create_many(desk.store, db, "patrons", fields)
        for each in fields:
            journal.create(desk.store, db, "patrons", each)
        journal.create_many(desk.store, db, "patrons", [])
        made = list(db.query("SELECT * FROM patrons ORDER BY seq"))
    assert [each["name"] for each in made] == [each["name"] for each in fields] * 2
    told = lines(desk)
    assert [line["record_id"] for line in told] == [each["id"] for each in made]
    assert [line["seq"] for line in told] == [each["seq"] for each in made]
    unlike = ("seq", "record_id")
    plain = [{k: v for k, v in line.items() if k not in unlike} for line in told]
    assert plain[0] == plain[-1]


# ---------------------------------------------------------------- undo and redo


def test_undo_and_redo_of_each_action(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    desk.visits.change(visit.id, replace(WALK_IN, count=2))
    desk.visits.remove(visit.id)
    seen = []
    for step in [desk.undo] * 3 + [desk.redo] * 3:
        (entry,) = step()
        now = row(desk, visit.id)
        seen.append((str(entry.action), now["count"], now["removed_at"] is None))
    assert seen == [
        ("remove", 2, True),
        ("change", 1, True),
        ("create", 1, False),
        ("create", 1, True),
        ("change", 2, True),
        ("remove", 2, False),
    ]
    assert row(desk, visit.id)["revision"] == 9


def test_what_one_step_wrote_is_taken_back_and_done_again_together(desk: Desk) -> None:
    first, second = (desk.visits.record(WALK_IN) for _ in range(2))
    with desk.store.writing(), journal.one_step(desk.store):
        desk.visits.change(first.id, replace(WALK_IN, count=2))
        with journal.one_step(desk.store):
            desk.visits.change(second.id, replace(WALK_IN, count=3))
        desk.visits.change(first.id, replace(WALK_IN, count=4))
        third = desk.visits.record(WALK_IN)
    for _ in range(2):
        assert [each.record_id for each in desk.undo()] == [first.id, second.id, first.id, third.id]
        assert [row(desk, each.id)["count"] for each in (first, second)] == [1, 1]
        assert row(desk, third.id)["removed_at"] is not None
        assert desk.undo()[0].record_id == second.id  # what came before is the next
        assert [len(step) for step in (desk.redo(), desk.redo())] == [1, 4]
        assert [row(desk, each.id)["count"] for each in (first, second, third)] == [4, 3, 1]
    desk.visits.record(WALK_IN)
    assert code_of(desk.redo) == "nothing_to_redo"


def test_a_step_is_taken_back_whole_or_not_at_all(desk: Desk) -> None:
    batch, (imported,) = bring_in(desk)
    visit = desk.visits.record(WALK_IN)
    with desk.store.writing(), journal.one_step(desk.store):
        desk.visits.change(visit.id, replace(WALK_IN, count=2))
        desk.visits.change(imported, replace(WALK_IN, count=5))
    desk.batches.undo(batch)
    assert code_of(desk.undo) == "changed_since"
    assert row(desk, visit.id)["count"] == 2


def test_there_is_an_end_to_both(desk: Desk) -> None:
    assert desk.can_undo() == (False, False)
    assert code_of(desk.undo) == "nothing_to_undo"
    desk.visits.record(WALK_IN)
    assert desk.can_undo() == (True, False)
    assert code_of(desk.redo) == "nothing_to_redo"
    desk.undo()
    assert desk.can_undo() == (False, True)
    assert code_of(desk.undo) == "nothing_to_undo"


def test_a_new_entry_clears_redo(desk: Desk) -> None:
    desk.visits.record(WALK_IN)
    desk.undo()
    desk.visits.record(WALK_IN)
    assert code_of(desk.redo) == "nothing_to_redo"


def test_it_goes_on_after_a_restart(desk: Desk, fixed_clock: FixedClock) -> None:
    visits = [desk.visits.record(WALK_IN) for _ in range(3)]
    desk.undo()
    desk.close()
    with Desk(desk.folder, clock=fixed_clock) as again:
        assert again.can_undo() == (True, True)
        assert again.undo()[0].record_id == visits[1].id
        assert again.redo()[0].record_id == visits[1].id
        assert again.redo()[0].record_id == visits[2].id
        assert again.visits.count() == 3


def test_only_todays_entries_are_taken_back(desk: Desk, fixed_clock: FixedClock) -> None:
    desk.visits.record(WALK_IN)
    desk.undo()
    desk.visits.record(WALK_IN)
    fixed_clock.moment = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # midnight in Jakarta
    assert desk.can_undo() == (False, False)
    assert code_of(desk.undo) == "nothing_to_undo"
    visit = desk.visits.record(WALK_IN)
    assert desk.undo()[0].record_id == visit.id
    assert desk.visits.count() == 1


class Midnight:
    """A clock that says the last moment of Monday `calls` times, then the first of Tuesday."""

    def __init__(self, calls: int) -> None:
        self.calls = calls

    def now(self) -> datetime:
        self.calls -= 1
        first = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
        return first if self.calls < 0 else first - timedelta(milliseconds=1)


@pytest.mark.parametrize("calls", range(16))
@pytest.mark.parametrize("again", [False, True])
def test_midnight_may_come_at_any_moment_of_it(folder: Path, calls: int, again: bool) -> None:
    with Desk(folder, clock=Midnight(10_000)) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.visits.record(WALK_IN)
        if again:
            desk.undo()
        desk.clock.machine = Midnight(calls)
        with suppress(RuleError):
            (desk.redo if again else desk.undo)()
        desk.clock.machine = Midnight(0)
        assert desk.can_undo() == (False, False)
        visit = desk.visits.record(WALK_IN)
        assert desk.undo()[0].record_id == visit.id
        assert desk.redo()[0].record_id == visit.id
        desk.check()


def test_what_was_overwritten_is_found_by_its_index(store: Store) -> None:
    with store.reading() as db:
        for query in (undo._UNDONE_BY, undo._OF_TODAY.format(marks="?")):
            marks = ["x"] * query.count("?")
            plan = db.conn.execute(f"EXPLAIN QUERY PLAN {query}", marks).fetchall()
            assert "USING INDEX" in plan[0][3], plan


def test_settings_of_the_branch_are_not_taken_back_at_the_desk(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    desk.branch.set_up(place="Pangkalan Bun")
    desk.branch.add_staff("Rahmawati")
    assert desk.undo()[0].record_id == visit.id
    assert desk.branch.current().place == "Pangkalan Bun"


def test_a_day_that_was_set_is_taken_back(desk: Desk) -> None:
    day = ServiceDay(
        date=desk.store.today(), state=DayState.CLOSED, reason=None, note=None, minutes_open=None
    )
    desk.branch.set_day(day)
    desk.branch.set_day(replace(day, state=DayState.ESTIMATED))
    desk.branch.set_day(replace(day, state=DayState.NOT_SET))
    states = []
    for _ in range(3):
        desk.undo()
        found = desk.branch.service_days(day.date, day.date)
        states.append(found[day.date].state if found else None)
    assert states == [DayState.ESTIMATED, DayState.CLOSED, None]
    desk.branch.set_day(replace(day, state=DayState.OPEN_NOT_COUNTED))
    assert desk.branch.service_days(day.date, day.date)[day.date].state is DayState.OPEN_NOT_COUNTED


def test_a_record_changed_by_other_means_is_refused_and_said(desk: Desk) -> None:
    batch, (imported,) = bring_in(desk)
    desk.visits.change(imported, replace(WALK_IN, count=5))
    desk.batches.undo(batch)
    assert code_of(desk.undo) == "changed_since"
    assert row(desk, imported)["count"] == 5


def test_what_can_be_undone_no_more_is_said_once_and_passed_over(desk: Desk) -> None:
    tapped = desk.visits.record(WALK_IN)
    batch, (imported,) = bring_in(desk)
    desk.visits.change(imported, replace(WALK_IN, count=5))
    desk.batches.undo(batch)
    assert code_of(desk.undo) == "changed_since"
    assert desk.can_undo() == (True, False)
    assert desk.undo()[0].record_id == tapped.id
    assert desk.can_undo() == (False, True)
    assert code_of(desk.undo) == "nothing_to_undo"
    assert desk.redo()[0].record_id == tapped.id
    assert desk.can_undo() == (True, False)
    later = desk.visits.record(WALK_IN)
    assert [desk.undo()[0].record_id for _ in range(2)] == [later.id, tapped.id]
    assert desk.visits.count() == 0
    desk.store.passed_over.clear()  # as after a start: it is said once more
    assert code_of(desk.undo) == "changed_since"
    assert code_of(desk.undo) == "nothing_to_undo"


def test_a_member_number_given_away_since_is_refused_and_said(desk: Desk) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti", member_number="A-1"))
    desk.patrons.change(siti.id, PatronDraft(name="Siti A.", member_number="A-2"))
    newcomer = ImportedPatron("p1", "Budi", "A-1", "2026-11-23")
    bring_in(desk, patrons=[newcomer])
    before = lines(desk)
    assert code_of(desk.undo) == "changed_since"
    stands = desk.patrons.get(siti.id)
    assert stands is not None
    assert (stands.name, stands.member_number, lines(desk)) == ("Siti A.", "A-2", before)


def test_whoever_listens_is_told_what_changed(desk: Desk) -> None:
    desk.visits.record(WALK_IN)
    desk.patrons.add(PatronDraft(name="Siti"))
    assert desk.patrons.find("siti")
    desk.branch.set_holiday(desk.store.today(), "Hari Jadi")
    told: list[Topic] = []
    desk.subscribe(told.append)
    for step in (desk.undo, desk.undo, desk.undo, desk.redo):
        step()
    assert told == [Topic.DAYS, Topic.PATRONS, Topic.VISITS, Topic.VISITS]
    assert not desk.patrons.find("siti")


def test_a_record_that_is_not_here_is_said(desk: Desk) -> None:
    assert code_of(lambda: desk.visits.remove(new_id())) == "no_record"
    assert code_of(lambda: desk.visits.change(new_id(), WALK_IN)) == "no_record"


# ---------------------------------------------------------------- against a model

State = dict[str, object]
Delta = tuple[str, dict[str, tuple[object, object]]]
"""A visit, and what a step made of its fields: before, after."""
DRAFTS = st.fixed_dictionaries(
    {
        "count": st.integers(1, 9_999),
        "sex": st.sampled_from(Sex),
        "note": st.none() | st.text("abc åß漢🙂'\"\\{}", min_size=1).map(lambda t: f"x{t}x"),
    }
)


def draft_of(state: State, known: VisitDraft = VisitDraft()) -> VisitDraft:  # noqa: B008
    """The state as it is typed; all else as it is known."""
    profile = Profile(sex=state["sex"])
    return replace(known, count=state["count"], profile=profile, note=state["note"])


def state_of(visit: Visit) -> State:
    return {"count": visit.count, "sex": visit.profile.sex, "note": visit.note}


class Journey(RuleBasedStateMachine):
    """Any sequence of work equals two plain stacks of what each step overwrote.

    A visit of a file whose import was undone has changed by other means: taking back or doing
    again what was done to it before is refused, and passed over until a restart or another file
    taken back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
        self.desk = Desk(self.folder, clock=self.clock).__enter__()
        self.desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        self.model: dict[str, State] = {}
        self.done: list[Delta] = []
        self.undone: list[Delta] = []
        self.files: dict[str, str] = {}
        self.blocked: set[str] = set()
        self.passed: list[Delta] = []

    def teardown(self) -> None:
        self.desk.check()
        self.desk.close()
        shutil.rmtree(self.folder)

    @property
    def listed(self) -> list[str]:
        return [visit for visit, state in self.model.items() if state["listed"]]

    def in_reach(self, stack: list[Delta]) -> list[Delta]:
        return [delta for delta in stack if not any(delta is each for each in self.passed)]

    def did(self, visit: str, before: State, after: State) -> None:
        changed = {key: (before[key], new) for key, new in after.items() if before[key] != new}
        if changed:
            self.model[visit] = {**before, **after}
            self.done.append((visit, changed))
            self.undone.clear()
            self.blocked.discard(visit)

    @rule(draft=DRAFTS)
    def record(self, draft: State) -> None:
        visit = self.desk.visits.record(draft_of(draft)).id
        self.did(visit, {**draft, "listed": False}, {"listed": True})

    @precondition(lambda self: self.listed)
    @rule(data=st.data(), draft=DRAFTS)
    def change(self, data: st.DataObject, draft: State) -> None:
        visit = data.draw(st.sampled_from(self.listed))
        known = self.desk.visits.get(visit).draft(self.desk.store.author.zone)
        self.desk.visits.change(visit, draft_of(draft, known))
        self.did(visit, self.model[visit], draft)

    @precondition(lambda self: self.listed)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        visit = data.draw(st.sampled_from(self.listed))
        self.desk.visits.remove(visit)
        self.did(visit, self.model[visit], {"listed": False})

    @rule()
    def undo(self) -> None:
        self.revert(self.desk.undo, self.done, self.undone, 0)

    @rule()
    def redo(self) -> None:
        self.revert(self.desk.redo, self.undone, self.done, 1)

    def revert(
        self, step: Callable[[], object], source: list[Delta], target: list[Delta], side: int
    ) -> None:
        reach = self.in_reach(source)
        if not reach:
            assert code_of(step).startswith("nothing_to_")
        elif reach[-1][0] in self.blocked:
            assert code_of(step) == "changed_since"
            self.passed.append(reach[-1])
        else:
            step()
            visit, changed = reach[-1]
            source[:] = [delta for delta in source if delta is not reach[-1]]
            target.append((visit, changed))
            self.model[visit] |= {key: pair[side] for key, pair in changed.items()}

    @rule(sex=st.sampled_from(Sex))
    def bring_in_a_file(self, sex: Sex) -> None:
        batch, (visit,) = bring_in(self.desk, sex=sex)
        self.files[batch] = visit
        self.model[visit] = {"count": 1, "sex": sex, "note": None, "listed": True}

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def undo_a_file(self, data: st.DataObject) -> None:
        batch = data.draw(st.sampled_from(list(self.files)))
        visit = self.files.pop(batch)
        self.desk.batches.undo(batch)
        self.model[visit]["listed"] = False
        self.blocked.add(visit)
        self.passed.clear()

    @rule()
    def restart(self) -> None:
        self.desk.close()
        self.desk = Desk(self.folder, clock=self.clock).__enter__()
        self.passed.clear()

    @rule()
    def sleep_over_midnight(self) -> None:
        self.clock.advance(days=1)
        self.done.clear()
        self.undone.clear()

    @invariant()
    def the_desk_is_as_the_model_says(self) -> None:
        listed = {visit.id: state_of(visit) for visit in self.desk.visits.page(0, 10_000)}
        model = {visit: {**self.model[visit]} for visit in self.listed}
        for state in model.values():
            del state["listed"]
        assert listed == model
        stacks = self.in_reach(self.done), self.in_reach(self.undone)
        assert self.desk.can_undo() == (bool(stacks[0]), bool(stacks[1]))


TestJourney = Journey.TestCase
TestJourney.settings = settings(max_examples=40, stateful_step_count=30)
