"""Series, single meetings and next runs: their days are seen before they are stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.core import i18n
from perpudesk.core.codes import Mode
from perpudesk.desk import Desk
from perpudesk.trainings.form.copying import CopyDialog
from perpudesk.trainings.form.meeting import MeetingDialog
from perpudesk.trainings.form.series import SeriesDialog
from perpudesk.trainings.model import Course, CourseDraft, Series
from perpudesk.ui import theme
from perpudesk.ui.forms import FormDialog
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

Opened = Callable[[FormDialog], None]
Key = Qt.Key
pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def course(desk: Desk) -> Course:
    return desk.trainings.add(
        CourseDraft(
            title="Email", place="Aula", starts_on=date(2026, 12, 1), minutes_per_meeting=90
        )
    )


@pytest.fixture
def opened(qtbot: QtBot, person: Person) -> Opened:
    """Opens a dialog, the focus in it."""

    def opened(dialog: FormDialog) -> None:
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        person.looks_at(dialog)

    return opened


def title_of(_meeting: object) -> str:
    return "Rapat"


@pytest.fixture
def series(desk: Desk, course: Course, window: QMainWindow, opened: Opened) -> SeriesDialog:
    """The dialog of a series, with four computers that can be kept."""
    desk.workstations.add_many(4)
    dialog = SeriesDialog(
        course,
        desk.trainings,
        desk.meetings,
        workstations=desk.workstations.all(),
        titles=title_of,
        parent=window,
    )
    opened(dialog)
    return dialog


def meeting_dialog(
    desk: Desk, course: Course, window: QMainWindow, meeting_id: str | None = None
) -> MeetingDialog:
    return MeetingDialog(
        desk.trainings.line(course.id),
        desk.trainings,
        desk.meetings,
        workstations=desk.workstations.all(),
        titles=title_of,
        meeting=None if meeting_id is None else desk.meetings.get(meeting_id),
        parent=window,
    )


def test_every_tuesday_four_times(
    desk: Desk, course: Course, series: SeriesDialog, person: Person, qtbot: QtBot
) -> None:
    desk.branch.set_holiday(date(2026, 12, 8), "Hari Jadi")
    series.show_days()
    assert series.days.text() == "4 meetings: Tue 1 Dec · Tue 15 Dec · Tue 22 Dec · Tue 29 Dec"
    assert series.skipped.text() == "Left out: Tue 8 Dec (Hari Jadi)"
    person.presses(Key.Key_Tab)
    person.presses(Key.Key_Tab)
    person.types("13.30", wait=False)
    with qtbot.waitSignal(series.stored) as stored:
        person.presses(Key.Key_Return)
    assert stored.args == [4]
    first, *_ = desk.meetings.of_course(course.id)
    assert first.schedule == Schedule(
        day=date(2026, 12, 1), start=time(13, 30), minutes=90, place="Aula"
    )
    assert len(desk.meetings.of_course(course.id)) == 4
    assert not series.property("unfinished")


def test_the_weekday_follows_the_first_day_until_others_are_ticked(series: SeriesDialog) -> None:
    series.form.fill(first=date(2026, 12, 3))
    assert series.form.value("weekdays") == ("3",)
    series.form.fill(weekdays=("1", "3"), first=date(2026, 12, 4))
    assert series.form.value("weekdays") == ("1", "3")
    series.form.field("first").widget.box.setText("4-")
    assert series.form.value("weekdays") == ("1", "3")


def test_half_a_series_shows_no_days_and_keeps_what_was_typed(
    desk: Desk, course: Course, series: SeriesDialog, qtbot: QtBot
) -> None:
    series.form.fill(weekdays=())
    qtbot.waitUntil(series.days.isHidden)
    series.submitted.emit()
    assert "Tick at least one" in series.form.field("weekdays").error()
    series.form.fill(weekdays=("1",), count=None)
    series.submitted.emit()
    assert "from 1 to 60" in series.form.field("count").error()
    series.form.fill(count=4, first=None)
    series.submitted.emit()
    assert series.form.field("first").error()
    series.reject()
    assert series.property("unfinished")
    assert desk.meetings.of_course(course.id) == []


def test_computers_are_kept_for_a_series_at_the_library(
    desk: Desk, course: Course, series: SeriesDialog
) -> None:
    pcs = [each.id for each in desk.workstations.all()]
    series.form.fill(workstations=pcs[:2])
    series.submitted.emit()
    assert "when the meeting begins" in series.form.field("start").error()
    series.form.fill(start="09.00", mode=str(Mode.OFF_SITE))
    series.show_days()
    assert not series.form.field("workstations").isVisible()
    series.form.fill(mode=str(Mode.ON_SITE))
    series.show_days()
    series.submitted.emit()
    [first, *_] = desk.meetings.of_course(course.id)
    assert desk.meetings.workstations(first.id) == tuple(pcs[:2])


def test_what_a_series_clashes_with_is_said_and_keeps_nobody(
    desk: Desk, course: Course, series: SeriesDialog
) -> None:
    days = [date(2026, 12, day) for day in (1, 8, 15, 22)]
    drafts = [
        MeetingDraft(
            schedule=Schedule(day=day, start=time(9), minutes=60, place="aula"), title="Rapat"
        )
        for day in days
    ]
    other, *_ = desk.meetings.plan(drafts)
    desk.meetings.keep(other, [desk.workstations.all()[0].id], title="Rapat")
    series.form.fill(start="09.30")
    series.show_days()
    assert series.schedule.warning.text().splitlines() == [
        "1 Dec: Rapat is at the same place then.",
        "1 Dec: Rapat has computers then.",
        "8 Dec: Rapat is at the same place then.",
        "15 Dec: Rapat is at the same place then.",
        "+1",
    ]
    series.submitted.emit()
    assert len(desk.meetings.of_course(course.id)) == 4


def test_two_meetings_at_one_time_are_refused(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened, person: Person
) -> None:
    tuesdays = Series(first=date(2026, 12, 1), weekdays=frozenset({1}), count=2)
    first, second = desk.trainings.plan_series(course.id, tuesdays, start=time(9))
    dialog = meeting_dialog(desk, course, window)
    opened(dialog)
    assert dialog.form.value("day") == date(2026, 12, 15)
    dialog.form.fill(day=date(2026, 12, 8))
    person.presses(Key.Key_Return)
    assert "at that time already" in dialog.form.field("start").error()
    dialog.form.fill(day=None)
    dialog.submitted.emit()
    assert dialog.form.field("day").error()
    dialog.form.fill(day=date(2026, 12, 9), note="Di lantai 2")
    dialog.submitted.emit()
    assert [f"{each.schedule.day:%d}" for each in desk.meetings.of_course(course.id)] == [
        "01",
        "08",
        "09",
    ]
    moved = meeting_dialog(desk, course, window, second)
    opened(moved)
    moved.form.fill(day=date(2026, 12, 10), start="25.00")
    moved.submitted.emit()
    assert moved.form.field("start").error()
    moved.reject()
    assert moved.property("unfinished")
    assert desk.meetings.get(first).schedule.day == date(2026, 12, 1)


def test_the_first_meeting_of_a_course_has_no_day_yet(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened
) -> None:
    dialog = meeting_dialog(desk, course, window)
    opened(dialog)
    assert dialog.form.value("day") is None
    assert dialog.schedule.warning.isHidden()
    assert not dialog.form.field("workstations").isVisible(), "there are none"


def test_a_next_run_is_seen_before_it_is_made(  # noqa: PLR0917 - fixtures
    desk: Desk, course: Course, window: QMainWindow, opened: Opened, person: Person, qtbot: QtBot
) -> None:
    tuesdays = Series(first=date(2026, 12, 1), weekdays=frozenset({1}), count=2)
    desk.trainings.plan_series(course.id, tuesdays, start=time(9))
    dialog = CopyDialog(desk.trainings.line(course.id), desk.trainings, parent=window)
    opened(dialog)
    assert dialog.days.text() == "Tue 15 Dec · Tue 22 Dec"
    desk.branch.set_holiday(date(2026, 12, 25), "Natal")
    dialog.form.fill(start=date(2026, 12, 18))
    assert dialog.warning.text() == "Move afterwards: Fri 25 Dec (Natal)"
    dialog.form.fill(start=None)
    assert dialog.days.isHidden()
    person.presses(Key.Key_Return)
    assert dialog.form.field("start").error()
    dialog.form.fill(start=date(2027, 1, 5))
    with qtbot.waitSignal(dialog.stored) as stored:
        person.presses(Key.Key_Return)
    made = stored.args[0]
    assert isinstance(made, Course)
    days = [each.schedule.day for each in desk.meetings.of_course(made.id)]
    assert days == [date(2027, 1, 5), date(2027, 1, 12)]
    bare = desk.trainings.add(CourseDraft(title="Kosong"))
    empty = CopyDialog(desk.trainings.line(bare.id), desk.trainings, parent=window)
    assert empty.form.value("start") == date(2026, 11, 30)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_word_fits(
    desk: Desk,
    course: Course,
    window: QMainWindow,
    opened: Opened,
    qapp: QApplication,
    *,
    language: str,
    scale: float,
) -> None:
    i18n.use(language)
    theme.apply(qapp, scale=scale)
    desk.workstations.add_many(12)
    places = desk.workstations.all()
    planned = SeriesDialog(
        course,
        desk.trainings,
        desk.meetings,
        workstations=places,
        titles=title_of,
        parent=window,
    )
    copied = CopyDialog(desk.trainings.line(course.id), desk.trainings, parent=window)
    for dialog in (planned, meeting_dialog(desk, course, window), copied):
        opened(dialog)
        assert_accessible(dialog)
        assert not texts_fit(dialog)
        dialog.reject()
