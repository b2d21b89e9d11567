from __future__ import annotations

from datetime import date

from perpudesk.agenda.model import EntryKind
from perpudesk.agenda.poster import poster
from perpudesk.attendance.framing import house_of
from perpudesk.communities.model import DecisionDraft
from perpudesk.core.codes import ClosedReason, DayState, MeetingState, label
from perpudesk.desk import Desk
from perpudesk.program.model import Partner
from tests.agenda.fills import MONDAY, fill
from tests.attendance.papers import printed, words

NEXT = date(2026, 11, 30)


def test_a_month_holds_what_every_room_has_on_it(desk: Desk) -> None:
    fill(desk)
    month = desk.agenda.month(MONDAY)
    assert [(each.kind, each.words()) for each in month.of(MONDAY)] == [
        (EntryKind.TRAINING, "09:00 Email untuk UMKM"),
        (EntryKind.MEETING, "10:00 Rembuk warga"),
        (EntryKind.CLASS, "13:00 SMPN 2"),
    ]
    assert [each.words() for each in month.of(NEXT)] == ["09:00 Email untuk UMKM"]
    assert month.of(date(2026, 11, 24)) == ()
    assert month.warnings(MONDAY) == [
        "Email untuk UMKM and Rembuk warga are both at Aula at 10:00–11:30."
    ]
    # Beside November stand the days that fill its weeks.
    assert desk.agenda.month(date(2026, 12, 1)).of(NEXT)


def test_computers_of_a_meeting_stand_under_the_meeting(desk: Desk) -> None:
    fill(desk)
    (meeting,) = desk.meetings.between(NEXT, NEXT)
    kept = [each.id for each in desk.workstations.all()]
    desk.meetings.keep(meeting.id, kept, title="Email untuk UMKM")
    assert [each.kind for each in desk.agenda.month(NEXT).of(NEXT)] == [EntryKind.TRAINING]


def test_what_was_called_off_still_stands_and_does_not_clash(desk: Desk) -> None:
    fill(desk)
    (meeting,) = [each for each in desk.meetings.between(MONDAY, MONDAY) if not each.course_id]
    desk.meetings.cancel(meeting.id)
    month = desk.agenda.month(MONDAY)
    (found,) = [each for each in month.of(MONDAY) if each.kind is EntryKind.MEETING]
    assert found.state is MeetingState.CANCELLED
    assert month.warnings(MONDAY) == []


def test_closed_days_are_told_with_their_reason(desk: Desk) -> None:
    desk.branch.set_state(date(2026, 11, 18), DayState.CLOSED)
    desk.branch.set_state(date(2026, 11, 19), DayState.CLOSED, ClosedReason.POWER)
    desk.branch.set_state(date(2026, 11, 21), DayState.OPEN_COUNTED)
    desk.branch.set_holiday(date(2026, 11, 25), "Hari Guru")
    closed = desk.agenda.month(MONDAY).closed
    assert closed[date(2026, 11, 25)] == "Hari Guru"
    assert closed[date(2026, 11, 29)] == "closed on Sunday"
    assert date(2026, 11, 21) not in closed  # a Saturday on which they worked
    assert MONDAY not in closed
    assert closed[date(2026, 11, 18)] == "closed"
    assert closed[date(2026, 11, 19)] == label(ClosedReason.POWER)


def test_the_poster_has_what_the_public_may_come_to(desk: Desk) -> None:
    fill(desk)
    (meeting,) = desk.meetings.between(NEXT, NEXT)
    desk.meetings.cancel(meeting.id)
    made = poster(house_of(desk.branch, practice=False), desk.agenda.month(MONDAY))
    (text,) = words(printed(made))
    assert "ACTIVITIES OF THE LIBRARY, NOVEMBER 2026" in text
    for wanted in ("09:00 Email untuk UMKM (Aula)", "10:00 Rembuk warga", "Sunday"):
        assert wanted in text
    assert "SMPN 2" not in text


def test_the_start_of_the_day_knows_every_room(desk: Desk) -> None:
    assert desk.agenda.matters() == ()
    fill(desk)
    (meeting,) = [each for each in desk.meetings.between(MONDAY, MONDAY) if not each.course_id]
    draft = DecisionDraft(text="Beli kursi", owner_office="Pak Lurah", due_on=MONDAY)
    desk.decisions.add(meeting.id, draft)
    desk.program.partners.add(Partner(name="Telkom", until_on=date(2026, 12, 31)))
    wanted = ["09:00 Email untuk UMKM · Aula", "10:00 Rembuk warga · Aula", "13:00 SMPN 2"]
    last = "Cooperation with Telkom ends on 31 December 2026"
    assert [each.text for each in desk.agenda.matters()] == [*wanted, last]
