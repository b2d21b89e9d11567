"""How the branch stands, asked of a real store."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from perpudesk.access import service as access_service
from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.backups.model import Why
from perpudesk.communities.model import DecisionDraft, GatheringDraft
from perpudesk.core.codes import MeetingState, Role
from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.reports.closing import Standing
from perpudesk.trainings.model import CourseDraft, Series
from perpudesk.visits.model import VisitDraft

NAME = "Zubaidah Xylophania"


def test_an_empty_branch_has_little_to_tell(desk: Desk, tmp_path: Path) -> None:
    now = desk.handover.now()
    assert now.on == date(2026, 11, 23)
    assert now.folder == tmp_path / "data"
    assert [each.name for each in now.keepers] == ["Budi", "Rina"]
    assert not now.locked
    assert (now.decisions, now.coming, now.older) == ((), (), ())
    (month,) = now.months
    assert month.state.standing is Standing.RUNNING
    assert now.copied.here is None
    assert now.copied.sealed is None
    assert not now.copied.has_sheet


def test_roles_and_who_has_a_pin(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_service, "_MEMORY", 8192)
    monkeypatch.setattr(access_service, "_PASSES", 1)
    budi, _rina = desk.access.keepers()
    desk.access.set_role(budi.id, Role.ADMIN)
    desk.access.set_pin(budi.id, "2580")
    now = desk.handover.now()
    assert now.locked
    assert [(each.name, each.role, each.has_pin) for each in now.keepers] == [
        ("Budi", Role.ADMIN, True),
        ("Rina", Role.OFFICER, False),
    ]


def test_months_that_are_not_closed_say_what_is_open(desk: Desk, fixed_clock: FixedClock) -> None:
    fixed_clock.moment = datetime(2026, 9, 7, 2, tzinfo=UTC)
    desk.visits.record(VisitDraft())
    fixed_clock.moment = datetime(2026, 11, 23, 2, tzinfo=UTC)
    desk.visits.record(VisitDraft())
    november, october, september = desk.handover.now().months
    assert november.state.standing is Standing.RUNNING
    assert october.state.month == Period.of(2026, 10)
    assert october.state.standing is Standing.READY
    assert any("no state" in each for each in october.wrongs)
    assert any("without sex" in each for each in september.looks)


def plan(desk: Desk, day: date, title: str, place: str | None = None) -> str:
    schedule = Schedule(day=day, start=time(10), minutes=90, place=place)
    draft = GatheringDraft(meeting=MeetingDraft(schedule=schedule, title=title))
    return desk.gatherings.plan(draft).meeting.id


def test_no_patron_is_named_by_what_is_open_or_planned(desk: Desk) -> None:
    patron = desk.patrons.add(PatronDraft(name=NAME))
    met = plan(desk, date(2026, 11, 20), f"Rembuk di rumah {NAME}")
    for draft in (
        DecisionDraft(text=f"{NAME} melatih dua orang", owner_id=patron.id),
        DecisionDraft(text="Membeli rak", owner_office=f"Kantor {NAME}", note=NAME),
        DecisionDraft(text="Menulis surat"),
    ):
        desk.decisions.add(met, draft)
    plan(desk, date(2026, 11, 25), f"Kelas {NAME.upper()}", f"Rumah {NAME}")
    plan(desk, date(2026, 11, 24), "Rapat")
    now = desk.handover.now()
    told = [(each.text, each.owner) for each in now.decisions]
    assert sorted(told, key=str) == [
        ("Membeli rak", "Kantor …"),
        ("Menulis surat", None),
        ("… melatih dua orang", None),
    ]
    assert [(each.title, each.schedule.place) for each in now.coming] == [
        ("Rapat", None),
        ("Kelas …", "Rumah …"),
    ]
    assert "xylophania" not in repr((now.decisions, now.coming)).casefold()


def test_the_next_four_weeks_without_what_was_cancelled(desk: Desk) -> None:
    course = desk.trainings.add(CourseDraft(title="Email untuk UMKM", topic="business"))
    series = Series(first=date(2026, 11, 16), weekdays=frozenset({0}), count=7)
    desk.trainings.plan_series(course.id, series, start=time(9))
    gone = next(
        each
        for each in desk.meetings.of_course(course.id)
        if each.schedule.day == date(2026, 11, 30)
    )
    desk.meetings.cancel(gone.id)
    assert desk.meetings.get(gone.id).state is MeetingState.CANCELLED
    days = [each.schedule.day for each in desk.handover.now().coming]
    assert days == [date(2026, 11, 23), *(date(2026, 12, day) for day in (7, 14, 21))]


@pytest.mark.parametrize("sealed", [True, False])
def test_the_last_copy_away_is_known(desk: Desk, tmp_path: Path, sealed: bool) -> None:
    stick = tmp_path / "stick"
    if sealed:
        desk.backups.take_key(bytes(range(32)))
    desk.backups.make()
    desk.backups.make(stick, why=Why.ASKED, sealed=sealed)
    copied = desk.handover.now().copied
    assert copied.here == copied.away == desk.clock.now().replace(microsecond=123_000)
    assert copied.place == str(stick)
    assert copied.sealed is sealed
    assert copied.has_sheet is sealed
    for each in desk.backups.copies(stick):
        each.path.unlink()
    assert desk.handover.now().copied.sealed is None
