"""Communities by keys: known, planned, counted, decided, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.attendance.form.listing import ListDialog
from perpudesk.attendance.model import Headcount, MeetingDraft, Schedule
from perpudesk.communities.form.community import CommunityDialog, MembersDialog
from perpudesk.communities.form.decision import DecisionDialog, DecisionsDialog
from perpudesk.communities.form.gathering import GatheringDialog
from perpudesk.communities.form.listing import AttendanceDialog
from perpudesk.communities.model import CommunityDraft, DecisionDraft, GatheringDraft, Members
from perpudesk.communities.page import CommunitiesPage
from perpudesk.core import i18n
from perpudesk.core.codes import MeetingRole, MeetingState
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.reports.letter import Letter
from perpudesk.visits.model import VisitDraft
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

Key = Qt.Key
TODAY = date(2026, 11, 23)
Open = Callable[..., CommunitiesPage]
D = TypeVar("D", bound=QDialog)


def dialog_of(page: QWidget, kind: type[D], person: Person) -> D:
    """The dialog of that kind that is open, with the focus in it."""
    found = [each for each in page.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    person.looks_at(found[0])
    return found[0]


def shelf(page: CommunitiesPage) -> list[str]:
    rows = page.shelf.table.rows
    return [f"{(row := rows.row(at)).title}: {row.told}" for at in range(rows.rowCount())]


def activities(page: CommunitiesPage) -> list[str]:
    rows = page.meetings.table.rows
    return [
        " | ".join(column.text(rows.row(at)) for column in rows.columns)
        for at in range(rows.rowCount())
    ]


def plan(desk: Desk, day: date, title: str, **more: object) -> str:
    schedule = Schedule(day=day, start=time(9), minutes=90, place="Aula")
    meeting = MeetingDraft(schedule=schedule, title=title)
    made = desk.gatherings.plan(GatheringDraft(meeting=meeting, **more))  # type: ignore[arg-type]
    return made.id


@pytest.fixture
def club(desk: Desk) -> str:
    """A community that met in September and is to meet today."""
    made = desk.communities.add(CommunityDraft(name="Klub TI", field="it", born_here=True))
    desk.communities.count_members(made.id, Members(day=TODAY, female=8, male=13))
    met = plan(desk, date(2026, 9, 14), "Belajar bersama", community_id=made.id)
    desk.attendance.count_heads(met, Headcount(count=11), visits=False)
    plan(desk, TODAY, "Rembuk warga", community_id=made.id)
    return made.id


@pytest.fixture
def page(club: str, open_page: Open) -> CommunitiesPage:
    assert club
    return open_page()


def test_without_anything_the_page_teaches(open_page: Open, person: Person, desk: Desk) -> None:
    page = open_page()
    assert shelf(page) == [
        "Decisions: 0 open",
        "All activities: of every community and topic",
    ]
    assert page.meetings.current() is None
    person.presses(Key.Key_K, "Control")
    dialog = dialog_of(page, CommunityDialog, person)
    person.types("Pecinta Anyaman", wait=False)
    person.presses(Key.Key_Return)
    assert dialog.isHidden()
    assert [each.name for each in desk.communities.all()] == ["Pecinta Anyaman"]
    assert person.toasts(page) == ["Saved: Pecinta Anyaman."]
    person.looks_at(page)
    person.presses(Key.Key_Z, "Control")
    assert desk.communities.all() == []
    person.presses(Key.Key_Z, "Control Shift")
    assert len(desk.communities.all()) == 1


def test_what_there_is_is_seen_at_a_glance(page: CommunitiesPage) -> None:
    assert shelf(page)[-1] == "Klub TI: 1 in a year · IT"
    assert activities(page) == [
        "23-11-2026 | Rembuk warga |  | Planned",
        "14-09-2026 | Belajar bersama | 11 | Held",
    ]


def test_a_community_is_changed_counted_and_looked_at(
    desk: Desk, club: str, page: CommunitiesPage, person: Person
) -> None:
    person.presses(Key.Key_Down)
    assert page.figures.isVisible()
    assert page.shelf.change.isEnabled()
    person.presses(Key.Key_G, "Control")
    members = dialog_of(page, MembersDialog, person)
    members.form.fill(female=12)
    person.presses(Key.Key_Return)
    assert members.isHidden()
    now = desk.communities.get(club).members
    assert now is not None
    assert (now.female, now.male) == (12, 13)
    person.looks_at(page)
    person.presses(Key.Key_E, "Control")
    change = dialog_of(page, CommunityDialog, person)
    assert change.form.value("born_here") == "yes"
    change.form.fill(name="Klub TI Baru", founded="17-03-2019")
    person.presses(Key.Key_Return)
    assert change.isHidden()
    found = desk.communities.get(club)
    assert (found.name, found.founded) == ("Klub TI Baru", "2019-03-17")


def test_a_contact_who_is_not_known_yet_becomes_a_patron(
    desk: Desk, page: CommunitiesPage, person: Person
) -> None:
    page.add_community()
    dialog = dialog_of(page, CommunityDialog, person)
    dialog._on_new_patron("Sari")
    patron = dialog_of(page, PatronDialog, person)
    person.presses(Key.Key_Return, "Control")
    assert patron.isHidden()
    assert [each.name for each in desk.patrons.find("Sari")] == ["Sari"]
    assert dialog.form.value("contact_id") == desk.patrons.find("Sari")[0].id


def test_a_community_that_met_is_not_removed_and_another_is(
    desk: Desk, club: str, page: CommunitiesPage, person: Person
) -> None:
    other = desk.communities.add(CommunityDraft(name="Arisan"))
    page.shelf.table.select(other.id)
    person.looks_at(page)
    page.shelf.setFocus()
    person.presses(Key.Key_Delete)
    assert [each.id for each in desk.communities.all()] == [club]
    assert "Removed: Arisan." in person.toasts(page)
    page.shelf.table.select(club)
    person.presses(Key.Key_Delete)
    assert [each.id for each in desk.communities.all()] == [club]
    page.shelf.table.select("decisions")
    person.presses(Key.Key_Delete)  # a line that is no community
    assert len(desk.communities.all()) == 1


def test_an_activity_is_planned_and_clashes_are_told(
    desk: Desk, page: CommunitiesPage, person: Person
) -> None:
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, GatheringDialog, person)
    dialog.form.fill(title="Lomba mewarnai", start="10.00", place="aula")
    dialog.show_clashes()
    assert dialog.warning.text() == ("At that time aula has already: Rembuk warga (09:00–10:30).")
    dialog.form.fill(start="14.00", day=date(2026, 11, 28))
    dialog.show_clashes()
    assert dialog.warning.text() == "The library is closed on Saturday."
    desk.branch.set_holiday(date(2026, 11, 30), "Hari Contoh")
    dialog.form.fill(day=date(2026, 11, 30))
    dialog.show_clashes()
    assert dialog.warning.text() == "That day is a holiday: Hari Contoh."
    dialog.form.fill(mode="off_site")
    dialog.show_clashes()
    assert dialog.warning.isHidden()
    dialog.form.fill(start="25.00")
    dialog.show_clashes()
    assert dialog.warning.isHidden()
    person.presses(Key.Key_Return)
    assert dialog.isVisible()
    dialog.form.fill(start="09.00", domain="economy", role=str(MeetingRole.CO_ORGANISED))
    person.presses(Key.Key_Return)
    assert dialog.isHidden()
    (made,) = [each for each in desk.gatherings.all() if each.meeting.title == "Lomba mewarnai"]
    assert made.role is MeetingRole.CO_ORGANISED


@pytest.mark.parametrize(
    "fields, field",
    [
        ({"title": ""}, "title"),
        ({"title": "baris\nbaris"}, "title"),
        ({"title": "T" * 201}, "title"),
        ({"day": None}, "day"),
        ({"start": "nanti"}, "start"),
    ],
)
def test_what_cannot_be_planned_says_so_at_its_field_and_is_kept(
    page: CommunitiesPage, person: Person, fields: dict[str, object], field: str, desk: Desk
) -> None:
    before = len(desk.gatherings.all())
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, GatheringDialog, person)
    dialog.form.fill(**{"title": "Lomba", **fields})
    person.presses(Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.form.field(field).error()
    assert len(desk.gatherings.all()) == before
    person.presses(Key.Key_Escape)
    person.looks_at(page)
    person.presses(Key.Key_N, "Control")
    assert dialog.form.value("title") == fields.get("title", "Lomba")


def test_one_in_a_closed_month_asks_first(
    desk: Desk, page: CommunitiesPage, person: Person
) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 10, 5)))
    desk.closings.close(Period.parse("2026-10"), Letter())
    desk.ask_before(lambda _question: False)
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, GatheringDialog, person)
    dialog.form.fill(title="Lomba", day=date(2026, 10, 6))
    person.presses(Key.Key_Return)
    (made,) = [each for each in desk.gatherings.all() if each.meeting.title == "Lomba"]
    person.looks_at(page)
    page.meetings.table.select(made.id)
    page._on_hold(made)
    assert desk.gatherings.get(made.id).meeting.state is MeetingState.PLANNED


def test_it_is_held_cancelled_and_planned_again(
    desk: Desk, page: CommunitiesPage, person: Person
) -> None:
    page.meetings.setFocus()
    page.meetings.table.setCurrentIndex(page.meetings.table.rows.index(0, 0))

    def state() -> MeetingState:
        return desk.gatherings.all()[-1].meeting.state

    for key, wanted in (
        (Key.Key_L, MeetingState.HELD),
        (Key.Key_L, MeetingState.PLANNED),
        (Key.Key_B, MeetingState.CANCELLED),
        (Key.Key_B, MeetingState.PLANNED),
    ):
        person.presses(key)
        assert state() is wanted
    person.presses(Key.Key_Z, "Control")
    assert state() is MeetingState.CANCELLED


def test_who_came_is_taken_by_list_and_head(
    desk: Desk, page: CommunitiesPage, person: Person, qtbot: QtBot
) -> None:
    page.meetings.setFocus()
    page.meetings.table.setCurrentIndex(page.meetings.table.rows.index(0, 0))
    person.presses(Key.Key_H)
    dialog = dialog_of(page, AttendanceDialog, person)
    meeting = desk.gatherings.all()[-1].meeting
    desk.attendance.count_heads(meeting.id, Headcount(count=12), visits=False)
    dialog.table.reload()
    dialog._on_undo()
    assert desk.meetings.get(meeting.id).headcount is None
    assert "Taken back." in person.toasts(dialog)
    dialog._on_undo()  # the meeting itself goes, then there is nothing more to say
    dialog._say("Marked.", True)
    dialog._say("Nobody.", False)
    dialog.reject()
    qtbot.waitUntil(dialog.isHidden)


def test_decisions_are_written_ticked_and_found_again(
    desk: Desk, page: CommunitiesPage, person: Person
) -> None:
    page.meetings.setFocus()
    page.meetings.table.setCurrentIndex(page.meetings.table.rows.index(0, 0))
    person.presses(Key.Key_K)
    dialog = dialog_of(page, DecisionsDialog, person)
    for text in ("Beli kursi", "Undang UMKM"):
        person.presses(Key.Key_N, "Control")
        form = dialog_of(page, DecisionDialog, person)
        form.form.fill(text=text, owner_office="Pak Lurah", due_on=date(2026, 12, 1))
        person.presses(Key.Key_Return)
        assert form.isHidden()
        person.looks_at(dialog)
    (meeting,) = [each for each in desk.gatherings.all() if each.meeting.title == "Rembuk warga"]
    assert [each.text for each in desk.decisions.of_meeting(meeting.id)] == [
        "Beli kursi",
        "Undang UMKM",
    ]
    dialog.register_.setFocus()
    person.presses(Key.Key_Space)
    assert len(desk.decisions.open()) == 1
    person.presses(Key.Key_Z, "Control")
    assert len(desk.decisions.open()) == 2
    person.presses(Key.Key_Delete)
    assert len(desk.decisions.open()) == 1
    dialog.reject()
    person.looks_at(page)
    person.presses(Key.Key_D, "Control")
    assert shelf(page)[0] == "Decisions: 1 open"
    page.decisions.setFocus()
    person.presses(Key.Key_Space)
    assert desk.decisions.open() == []
    assert len(desk.decisions.done()) == 1
    person.presses(Key.Key_Space)
    assert len(desk.decisions.open()) == 1
    person.presses(Key.Key_N, "Control")  # an activity, not a decision without a meeting
    assert dialog_of(page, GatheringDialog, person).isVisible()


def test_an_overdue_decision_is_marked(desk: Desk, page: CommunitiesPage) -> None:
    met = plan(desk, date(2026, 9, 1), "Rapat")
    draft = DecisionDraft(text="Beli kursi", due_on=date(2026, 10, 1))
    desk.decisions.add(met, draft)
    page.open_decisions()
    assert shelf(page)[0] == "Decisions: 1 open · 1 overdue"
    column = page.decisions.table.rows.columns[2]
    row = page.decisions.table.rows.row(0)
    assert column.text(row) == "overdue"
    assert column.tone is not None
    assert column.tone(row) == "error"
    desk.decisions.tick(row.id, done=True)
    done = page.decisions.table.rows.row(0)
    assert column.text(done).startswith("done 23-11-2026")
    assert column.tone(done) == "ok"


def test_a_new_owner_becomes_a_patron(desk: Desk, page: CommunitiesPage, person: Person) -> None:
    (meeting,) = [each for each in desk.gatherings.all() if each.meeting.title == "Rembuk warga"]
    page.decide(meeting)
    dialog = dialog_of(page, DecisionsDialog, person)
    dialog.register_.begin()
    form = dialog_of(page, DecisionDialog, person)
    form._on_new_patron("Budi")
    patron = dialog_of(page, PatronDialog, person)
    person.presses(Key.Key_Return, "Control")
    assert patron.isHidden()
    assert form.form.value("owner_id") == desk.patrons.find("Budi")[0].id


def test_the_list_is_looked_at_before_it_is_printed(
    page: CommunitiesPage, person: Person, qtbot: QtBot
) -> None:
    page.meetings.setFocus()
    person.presses(Key.Key_P)
    dialog = dialog_of(page, ListDialog, person)
    qtbot.waitUntil(lambda: dialog.preview.page_count() >= 1, timeout=10_000)
    dialog.reject()


def test_a_photo_is_attached_shown_and_removed(
    desk: Desk, page: CommunitiesPage, person: Person, tmp_path: Path
) -> None:
    photo = tmp_path / "rapat.jpg"
    Image.new("RGB", (640, 480), "green").save(photo)
    broken = tmp_path / "rusak.jpg"
    broken.write_bytes(b"not a photo")
    meeting = page.meetings.current()

    def files() -> list[str]:
        return [each.file_name for each in desk.attachments.of(meeting.id)]

    page.files.attach(photo)
    assert files() == ["rapat.jpg"]
    assert page.files.list.count() == 1
    page.files.attach(broken)
    assert files() == ["rapat.jpg"]
    assert any("is not a photo that can be read" in each for each in person.toasts(page.files))
    page.files.list.setFocus()
    page.files.list.setCurrentRow(0)
    person.presses(Key.Key_Delete)
    assert files() == []
    page.files._on_undo()
    assert files() == ["rapat.jpg"]


def test_it_opens_what_another_page_leads_to(desk: Desk, page: CommunitiesPage) -> None:
    (meeting,) = [each for each in desk.gatherings.all() if each.meeting.title == "Belajar bersama"]
    page.open_meeting(meeting.id)
    assert page.meetings.current().id == meeting.id
    page.plan(date(2026, 12, 1))
    assert page.gathering.form.value("day") == date(2026, 12, 1)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_it_has_names_to_be_said_and_words_that_fit(
    club: str, open_page: Open, size: tuple[int, int]
) -> None:
    i18n.use("id")
    try:
        page = open_page(*size)
        page.shelf.table.select(club)
        assert_accessible(page)
        assert texts_fit(page) == []
    finally:
        i18n.use("en")
