"""The workstations that logs name: known again, made, gone with the last log that needs them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from perpudesk.computers.mending import edit_of
from perpudesk.computers.model import SessionDraft, WorkstationDraft
from perpudesk.core import i18n
from perpudesk.core.codes import Condition, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock, Period
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.importing.uses import place_key
from perpudesk.reports.letter import Letter
from perpudesk.visits.model import VisitDraft
from tests.importing.logs import places, sessions
from tests.importing.own import bring, checked, remarks, written


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def log(folder: Path, *rows: str, name: str = "log.csv") -> Path:
    return written(folder, "PC,Start,End", *rows, name=name)


def since(desk: Desk, label: str) -> list[date]:
    return [each.since for each in desk.workstations.history(places(desk)[label].id)]


def test_known_workstations_are_known_again(desk: Desk, tmp_path: Path) -> None:
    first = desk.workstations.add(WorkstationDraft(label="PC 1"))
    gone = desk.workstations.add(WorkstationDraft(label="Meja Anak"))
    desk.workstations.set_condition(gone.id, Condition.RETIRED)
    rows = ("pc  1,2026-11-20 09:00,", "MEJA ANAK,2026-11-20 09:00,", "1,2026-11-20 11:00,")
    preview = checked(desk, log(tmp_path, *rows))
    assert preview.machines == []
    assert "Taken for workstations that are here already: 1 = PC 1." in remarks(preview)
    desk.importing.commit(preview)
    assert [each.workstation_id for each in sessions(desk)] == [first.id, gone.id, first.id]
    assert len(places(desk)) == 2


def test_one_that_stands_goes_before_one_that_is_retired(desk: Desk, tmp_path: Path) -> None:
    old = desk.workstations.add(WorkstationDraft(label="PC 1"))
    desk.session_mending.enter(
        SessionDraft(workstation_id=old.id, start=datetime.fromisoformat("2026-11-20T09:00+07:00"))
    )
    desk.workstations.remove(old.id)
    new = desk.workstations.add(WorkstationDraft(label="PC 1"))
    bring(desk, log(tmp_path, "PC 1,2026-11-19 09:00,"))
    assert sessions(desk)[0].workstation_id == new.id


def test_one_that_was_renamed_here_is_the_same(desk: Desk, tmp_path: Path) -> None:
    bring(desk, log(tmp_path, "PC 4,2025-10-06 09:00,", name="1.csv"))
    place = places(desk)["PC 4"]
    desk.workstations.change(place.id, WorkstationDraft(label="PC Empat", number=4))
    preview = checked(desk, log(tmp_path, "PC 4,2025-10-07 09:00,", name="2.csv"))
    assert "Taken for workstations that are here already: PC 4 = PC Empat." in remarks(preview)
    desk.importing.commit(preview)
    assert {each.workstation_id for each in sessions(desk)} == {place.id}
    assert set(places(desk)) == {"PC Empat"}


def test_numbers_are_those_of_the_labels_where_they_are_free(desk: Desk, tmp_path: Path) -> None:
    desk.workstations.add(WorkstationDraft(label="Kasir", number=2))
    labels = ("Lab", "PC-02", "PC-07", "Server 2014", "9", "007")
    rows = [f"{label},2025-10-06 09:00," for label in labels]
    bring(desk, log(tmp_path, *rows))
    numbers = {label: each.number for label, each in places(desk).items()}
    assert numbers == {
        "Kasir": 2,
        "Lab": 1,
        "PC-02": 3,
        "PC-07": 7,
        "Server 2014": 4,
        "9": 9,
        "007": 5,
    }


def test_a_workstation_was_there_from_its_first_session_on(desk: Desk, tmp_path: Path) -> None:
    desk.workstations.add(WorkstationDraft(label="PC 1", is_public=False))
    late = log(tmp_path, "PC 1,2025-10-06 09:00,", "PC 2,2025-10-06 09:00,", name="late.csv")
    early = log(tmp_path, "PC 2,2024-03-01 09:00,", name="early.csv")
    first = bring(desk, late)
    assert since(desk, "PC 1") == [date(2025, 10, 6), date(2026, 11, 23)]
    assert not any(s.is_public for s in desk.workstations.history(places(desk)["PC 1"].id))
    assert since(desk, "PC 2") == [date(2025, 10, 6)]
    second = bring(desk, early)
    assert since(desk, "PC 2") == [date(2024, 3, 1), date(2025, 10, 6)]
    desk.batches.undo(first["batch"])
    assert since(desk, "PC 1") == [date(2026, 11, 23)]
    assert since(desk, "PC 2") == [date(2024, 3, 1)]
    desk.batches.undo(second["batch"])
    assert set(places(desk)) == {"PC 1"}
    assert bring(desk, late)["workstations"] == 1
    assert since(desk, "PC 2") == [date(2025, 10, 6)]
    desk.check()


def test_a_workstation_stays_while_anybody_needs_it(
    desk: Desk, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    rows = [f"PC {n},2025-10-06 09:00,2025-10-06 10:00" for n in range(1, 7)]
    result = bring(desk, log(tmp_path, *rows))
    machines = places(desk)
    draft = SessionDraft(
        workstation_id=machines["PC 1"].id, start=datetime.fromisoformat("2026-11-20T09:00+07:00")
    )
    desk.session_mending.enter(draft)
    moved = desk.computers.start(SessionDraft(workstation_id=machines["PC 2"].id))
    desk.computers.move(moved.id, machines["PC 3"].id)
    desk.workstations.change(machines["PC 4"].id, WorkstationDraft(label="PC Empat", number=4))
    fixed_clock.advance(minutes=1)
    desk.workstations.set_condition(machines["PC 5"].id, Condition.MINOR_DAMAGE, note="keyboard")
    desk.batches.undo(result["batch"])
    assert set(places(desk)) == {"PC 1", "PC 2", "PC 3", "PC Empat", "PC 5"}
    assert len(sessions(desk)) == 2
    desk.check()


def test_one_that_was_taken_off_the_board_is_back_with_its_sessions(
    desk: Desk, tmp_path: Path
) -> None:
    bring(desk, log(tmp_path, "PC 1,2025-10-06 09:00,", name="1.csv"))
    (session,) = sessions(desk)
    desk.session_mending.remove(session.id)
    assert desk.workstations.remove(places(desk)["PC 1"].id), "nothing was on it any more"
    assert places(desk) == {}
    result = bring(desk, log(tmp_path, "PC 1,2025-10-07 09:00,", name="2.csv"))
    assert sessions(desk)[0].workstation_id == places(desk)["PC 1"].id
    desk.batches.undo(result["batch"])
    assert (sessions(desk), places(desk)) == ([], {})


def test_what_a_file_uses_is_not_undone(desk: Desk, tmp_path: Path) -> None:
    desk.workstations.add_many(2)
    bring(desk, log(tmp_path, "PC 1,2026-11-20 09:00,2026-11-20 10:00"))
    with pytest.raises(RuleError) as refused:
        desk.undo()
    assert refused.value.code == "changed_since"
    assert set(places(desk)) == {"PC 1", "PC 2"}


def test_a_session_of_a_file_that_was_undone_has_no_workstation_to_come_back_to(
    desk: Desk, tmp_path: Path
) -> None:
    result = bring(desk, log(tmp_path, "PC 9,2026-11-20 09:00,2026-11-20 10:00"))
    (session,) = sessions(desk)
    desk.batches.undo(result["batch"])
    with pytest.raises(RuleError) as refused:
        desk.session_mending.bring_back(session.id)
    assert refused.value.code == "no_workstation"


def test_sessions_that_share_a_workstation_are_mended_where_they_stand(
    desk: Desk, tmp_path: Path
) -> None:
    rows = ("09:00,2026-11-20 10:00", "09:30,", "09:40,2026-11-20 10:00")
    bring(desk, log(tmp_path, *(f"PC 1,2026-11-20 {row}" for row in rows)))
    for each in sessions(desk):
        edit = replace(edit_of(each), purpose="study")
        assert desk.session_mending.correct(each.id, edit).purpose == "study"
    first, *_, last = sessions(desk)
    edit = replace(edit_of(last), start=first.start)
    with pytest.raises(InputError) as refused:
        desk.session_mending.correct(last.id, edit)
    assert refused.value.code == "session_overlaps"


def test_who_is_told(desk: Desk, tmp_path: Path) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    result = bring(desk, log(tmp_path, "PC 1,2025-10-06 09:00,"))
    assert Topic.COMPUTERS in told
    told.clear()
    desk.batches.undo(result["batch"])
    assert Topic.COMPUTERS in told


def test_a_closed_month_that_gets_another_workstation_is_asked_about(
    desk: Desk, tmp_path: Path
) -> None:
    october = Period.parse("2026-10")
    desk.visits.record(VisitDraft(on=date(2026, 10, 5)))
    desk.closings.close(october, Letter())
    preview = checked(desk, log(tmp_path, "PC 1,2026-09-07 09:00,"))
    assert date(2026, 10, 1) in preview.days()
    asked: list[str] = []
    desk.ask_before(lambda question: bool(asked.append(question)))
    with pytest.raises(RuleError):
        desk.importing.commit(preview)
    assert places(desk) == {}
    desk.ask_before(lambda question: not asked.append(question))
    batch = desk.importing.commit(preview)
    assert batch is not None
    assert desk.closings.revisions(october)[0].altered
    desk.closings.close(october, Letter())
    desk.ask_before(lambda question: bool(asked.append(question)))
    with pytest.raises(RuleError):
        desk.batches.undo(batch.id)
    assert len(asked) == 3


def test_a_computers_number_of_a_day_comes_back_beside_those_of_others(
    desk: Desk, tmp_path: Path
) -> None:
    rows = ("PC,Date,Count", "PC 1,2026-11-20,3", "PC 2,2026-11-20,4")
    bring(desk, written(tmp_path, *rows), What.SESSIONS)
    one, _other = sessions(desk)
    desk.session_mending.remove(one.id)
    desk.session_mending.bring_back(one.id)
    desk.session_mending.remove(one.id)
    desk.session_mending.enter_total(date(2026, 11, 20), {Sex.UNKNOWN: 7})
    with pytest.raises(RuleError) as refused:
        desk.session_mending.bring_back(one.id)
    assert refused.value.code == "total_stands"


def test_an_end_that_is_taken_back_from_a_closed_month_is_asked_about(
    desk: Desk, tmp_path: Path
) -> None:
    bring(desk, log(tmp_path, "PC 1,2026-10-20 09:00,", name="1.csv"))
    path = log(tmp_path, "PC 1,2026-10-20 09:00,2026-10-20 10:00", name="2.csv")
    ends = bring(desk, path)["batch"]
    desk.closings.close(Period.parse("2026-10"), Letter())
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refused:
        desk.batches.undo(ends)
    assert refused.value.code == "left_closed"


@pytest.mark.parametrize(
    "label, other, same",
    [
        ("PC 1", "pc1", True),
        ("PC 1", "PC-01", True),
        ("Meja_2", "meja 2", True),
        ("PC 1", "PC 11", False),
        ("PC 1-1", "PC 11", False),
        ("Lantai 1.1", "Lantai 11", False),
        ("PC 10", "PC 1", False),
        ("#", "-", False),
    ],
)
def test_one_computer_written_in_two_ways(label: str, other: str, same: bool) -> None:
    assert (place_key(label) == place_key(other)) is same
