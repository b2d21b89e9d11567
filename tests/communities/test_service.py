"""Communities, their meetings and decisions on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from perpudesk.attendance.model import Headcount, MeetingDraft, Schedule
from perpudesk.communities.model import (
    Community,
    CommunityDraft,
    DecisionDraft,
    Gathering,
    GatheringDraft,
    Members,
)
from perpudesk.core.codes import Domain, MeetingKind, MeetingRole, Strategy
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.reports.letter import Letter
from perpudesk.visits.model import VisitDraft

TODAY = date(2026, 11, 23)


def gathering(day: date = TODAY, title: str | None = "Rapat", **more: object) -> GatheringDraft:
    schedule = Schedule(day=day, start=time(9), minutes=90, place="Aula")
    meeting = MeetingDraft(schedule=schedule, title=title)
    return GatheringDraft(meeting=meeting, **more)  # type: ignore[arg-type]


@pytest.fixture
def club(desk: Desk) -> Community:
    return desk.communities.add(CommunityDraft(name="Klub TI", field="it"))


@pytest.fixture
def met(desk: Desk, club: Community) -> Gathering:
    return desk.gatherings.plan(gathering(date(2026, 11, 9), community_id=club.id))


def test_a_community_keeps_all_that_was_typed(desk: Desk) -> None:
    sari = desk.patrons.add(PatronDraft(name="Sari"))
    draft = CommunityDraft(
        name="Pecinta Anyaman",
        field="craft",
        contact_id=sari.id,
        founded="2019-03",
        born_here=True,
        ended_on=date(2026, 1, 31),
        note="Berkumpul tiap Rabu",
    )
    made = desk.communities.add(draft)
    assert made.draft() == draft
    assert made.contact == "Sari"
    changed = desk.communities.change(made.id, replace(draft, name="Anyaman", ended_on=None))
    assert changed.name == "Anyaman"
    desk.undo()
    assert desk.communities.get(made.id).name == "Pecinta Anyaman"
    with pytest.raises(InputError) as refused:
        desk.communities.add(replace(draft, field="nothing"))
    assert refused.value.field == "field"


def test_members_are_counted_over_time(desk: Desk, club: Community) -> None:
    desk.communities.count_members(club.id, Members(day=date(2026, 1, 5), female=8, male=4))
    now = desk.communities.count_members(club.id, Members(day=TODAY, female=12, male=5))
    assert now.members is not None
    assert now.members.total == 17
    assert [each.total for each in desk.communities.members(club.id)] == [12, 17]
    desk.communities.forget_members(club.id, TODAY)
    assert [each.total for each in desk.communities.members(club.id)] == [12]
    desk.undo()
    assert len(desk.communities.members(club.id)) == 2


def test_a_community_that_met_stays(desk: Desk, club: Community, met: Gathering) -> None:
    with pytest.raises(RuleError, match="Klub TI has meetings"):
        desk.communities.remove(club.id)
    desk.gatherings.remove(met.id)
    desk.communities.remove(club.id)
    assert desk.communities.all() == []
    with pytest.raises(RuleError):
        desk.communities.get(club.id)
    desk.undo()
    assert [each.name for each in desk.communities.all()] == ["Klub TI"]


def test_activity_counts_what_was_held_and_is_ours(desk: Desk, club: Community) -> None:
    days = (date(2026, 9, 1), date(2026, 10, 6), date(2026, 11, 3), date(2026, 11, 10))
    roles = (*(MeetingRole.ORGANISED,) * 2, MeetingRole.CO_ORGANISED, MeetingRole.ROOM_ONLY)
    made = [
        desk.gatherings.plan(gathering(day, community_id=club.id, role=role))
        for day, role in zip(days, roles, strict=True)
    ]
    for each in made[1:]:
        desk.attendance.set_headcount(each.id, Headcount(count=20))
    desk.meetings.hold(made[0].id)
    [found] = desk.communities.activity()
    assert found.months[-3:] == (1, 1, 1)
    assert (found.last, found.people) == (date(2026, 11, 3), 20)
    assert [each.counts for each in desk.gatherings.all(club.id)] == [True, True, True, False]


def test_a_meeting_keeps_all_that_was_typed(desk: Desk, club: Community) -> None:
    draft = gathering(
        community_id=club.id,
        kind=MeetingKind.PEER_LEARNING,
        role=MeetingRole.CO_ORGANISED,
        strategy=Strategy.ADVOCACY,
        domain=Domain.ECONOMY,
        partner="Dinas Koperasi",
        result="Sepakat.\nLanjut bulan depan.",
    )
    made = desk.gatherings.plan(draft)
    assert made.draft() == draft
    assert made.community == "Klub TI"
    assert desk.gatherings.between(TODAY, TODAY) == [made]
    mended = desk.gatherings.set_result(made.id, "Batal")
    assert mended.result == "Batal"
    desk.undo()
    assert desk.gatherings.get(made.id) == made
    desk.undo()
    assert desk.gatherings.all() == []


def test_a_meeting_without_a_title_has_the_name_of_its_community(
    desk: Desk, club: Community
) -> None:
    made = desk.gatherings.plan(gathering(title=" ", community_id=club.id))
    assert made.meeting.title == "Klub TI"
    with pytest.raises(InputError) as refused:
        desk.gatherings.plan(gathering(title=None))
    assert refused.value.field == "title"
    with pytest.raises(RuleError):
        desk.gatherings.plan(gathering(community_id="none"))
    assert len(desk.gatherings.all()) == 1


def test_what_was_held_is_not_removed(desk: Desk, met: Gathering) -> None:
    desk.attendance.set_headcount(met.id, Headcount(count=4))
    with pytest.raises(RuleError, match="Take that back"):
        desk.gatherings.remove(met.id)
    assert desk.gatherings.get(met.id).meeting.headcount == Headcount(count=4)
    [bare] = desk.meetings.plan([gathering().meeting])
    with pytest.raises(RuleError):
        desk.gatherings.get(bare)


def test_what_a_closed_month_counted_asks_before_it_changes(desk: Desk, club: Community) -> None:
    sixth = date(2026, 10, 6)
    made = desk.gatherings.plan(gathering(sixth, community_id=club.id))
    desk.visits.record(VisitDraft(on=sixth))
    desk.meetings.hold(made.id)
    desk.closings.close(Period.parse("2026-10"), Letter())
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refused:
        desk.gatherings.change(made.id, replace(made.draft(), role=MeetingRole.ROOM_ONLY))
    assert refused.value.code == "left_closed"


def test_decisions_are_open_until_they_are_done(
    desk: Desk, met: Gathering, fixed_clock: FixedClock
) -> None:
    sari = desk.patrons.add(PatronDraft(name="Sari"))
    drafts = [
        DecisionDraft(text="Membeli rak", owner_id=sari.id, due_on=date(2026, 11, 20)),
        DecisionDraft(text="Surat ke desa", owner_office="Kepala", due_on=date(2026, 12, 10)),
        DecisionDraft(text="Jadwal baru"),
    ]
    rack, letter, plan = (desk.decisions.add(met.id, draft) for draft in drafts)
    assert (rack.owner, letter.owner, plan.owner) == ("Sari", "Kepala", None)
    assert [each.text for each in desk.decisions.open()] == [
        "Membeli rak",
        "Surat ke desa",
        "Jadwal baru",
    ]
    assert [each.text for each in desk.decisions.overdue(TODAY)] == ["Membeli rak"]
    fixed_clock.advance(days=30)
    done = desk.decisions.tick(rack.id, done=True)
    assert done.done_on == date(2026, 12, 23)
    assert [each.text for each in desk.decisions.done()] == ["Membeli rak"]
    assert desk.decisions.share_done(Period.parse("2026-11")) == (1, 1)
    assert desk.decisions.share_done(Period.parse("2026-12")) == (0, 1)
    assert desk.decisions.tick(rack.id, done=False).done_on is None
    desk.undo()
    assert desk.decisions.get(rack.id).done
    desk.decisions.remove(letter.id)
    assert [each.text for each in desk.decisions.of_meeting(met.id)] == [
        "Membeli rak",
        "Jadwal baru",
    ]
    with pytest.raises(RuleError):
        desk.decisions.get(letter.id)


def test_a_decision_may_have_a_meeting_of_a_course(desk: Desk) -> None:
    [meeting] = desk.meetings.plan([gathering().meeting])
    made = desk.decisions.add(meeting, DecisionDraft(text="Ulangi"))
    changed = desk.decisions.change(made.id, replace(made.draft(), text="Ulangi bulan depan"))
    assert changed.meeting == "Rapat"
