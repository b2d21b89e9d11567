"""What a training prints, chosen on the screen; certificates are given their numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.attendance.lists import Filling
from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.attendance.service import AttendanceService
from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.core.errors import StorageError
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.trainings.form.papers import PaperKind, TrainingPapersDialog
from perpudesk.trainings.model import CourseDraft
from perpudesk.ui import theme
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

Opened = Callable[..., TrainingPapersDialog]


@pytest.fixture
def course_id(desk: Desk) -> str:
    """Two Mondays that are over, with two who were at both, and one without a name."""
    course = desk.trainings.add(CourseDraft(title="Email: toko/daring"))
    days = [date(2026, 11, 9) + timedelta(weeks=week) for week in range(2)]
    drafts = [
        MeetingDraft(schedule=Schedule(day=days[0], start=time(9), minutes=120)),
        MeetingDraft(schedule=Schedule(day=days[1])),
    ]
    meetings = desk.meetings.plan(drafts, course_id=course.id)
    for name in ("Aisyah", "Dedi"):
        patron = desk.patrons.add(PatronDraft(name=name, sex=Sex.FEMALE))
        desk.trainings.enrol(course.id, patron_id=patron.id)
    desk.trainings.enrol(course.id, profile=Profile())
    for meeting in meetings:
        desk.attendance.mark_all(meeting, present=True)
    return course.id


@pytest.fixture
def opened(desk: Desk, course_id: str, window: QMainWindow, qtbot: QtBot, person: Person) -> Opened:
    """Opens the dialog and waits for its pages."""

    def opened(kind: PaperKind = PaperKind.LIST, **more: object) -> TrainingPapersDialog:
        dialog = TrainingPapersDialog(
            desk.training_papers,
            desk.trainings.line(course_id),
            kind=kind,
            undo=desk.undo,
            parent=window,
            **more,  # type: ignore[arg-type]
        )
        dialog.open()
        person.looks_at(dialog)
        pages(dialog, qtbot)
        return dialog

    return opened


def pages(dialog: TrainingPapersDialog, qtbot: QtBot) -> list[str]:
    """What each page says, once they are made."""
    qtbot.waitUntil(lambda: dialog._data is not None, timeout=10_000)
    assert dialog._data is not None
    found = PdfReader(io.BytesIO(dialog._data)).pages
    return [" ".join(page.extract_text().split()) for page in found]


def test_a_list_is_of_all_meetings_or_of_one(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened()
    assert "9 Nov 16 Nov" in pages(dialog, qtbot)[0]
    first = dialog._line.standing[0].id
    dialog.meeting.set_value(first)
    (text,) = pages(dialog, qtbot)
    assert "Monday, 9 November 2026" in text
    assert "09:00–11:00" in text
    assert dialog.meeting.currentText() == "9 Nov · 09:00–11:00"
    taken = opened(meeting_id=first)
    assert taken.filling.value() == Filling.TAKEN, "what was held is seen as it was taken"
    assert "✓" in pages(taken, qtbot)[0]


def test_an_empty_list_has_as_many_pages_as_wanted(
    opened: Opened, qtbot: QtBot, person: Person
) -> None:
    dialog = opened()
    assert not dialog.pages.isVisible()
    person.clicks(dialog.filling.chip(str(Filling.EMPTY)))
    dialog.pages.set_value(3)
    assert len(pages(dialog, qtbot)) == 3
    assert "Aisyah" not in pages(dialog, qtbot)[0]
    dialog.pages.box.setText("x")
    assert len(pages(dialog, qtbot)) == 3, "half a number changes nothing"


def test_slips_are_for_everybody_or_blank(opened: Opened, qtbot: QtBot, person: Person) -> None:
    dialog = opened(PaperKind.SLIPS)
    assert "No. 1 · Aisyah" in pages(dialog, qtbot)[0]
    assert not dialog.count.isVisible()
    person.clicks(dialog.slips.chip("blank"))
    dialog.count.set_value(7)
    assert len(pages(dialog, qtbot)) == 2
    person.clicks(dialog.kind.chip("report"))
    assert "TRAINING REPORT" in pages(dialog, qtbot)[0]
    assert not dialog.slips.isVisible()


def test_certificates_are_looked_at_then_given_then_printed(
    opened: Opened, qtbot: QtBot, person: Person, desk: Desk, course_id: str
) -> None:
    dialog = opened(PaperKind.CERTIFICATES)
    assert "001/" not in pages(dialog, qtbot)[0]
    assert not dialog.print_.isEnabled(), "a draft is only looked at"
    assert dialog.state.text().startswith("2 people reached 75 percent")
    assert "1 more has no name" in dialog.state.text()
    person.presses(Qt.Key.Key_G, "Control")
    assert person.toasts(dialog) == ["2 certificates have their numbers."]
    assert "001/SERT/PERPUS/XI/2026" in pages(dialog, qtbot)[0]
    qtbot.waitUntil(dialog.print_.isEnabled)
    assert not dialog.give.isEnabled()
    assert dialog.state.text().startswith("2 certificates were given.")
    dialog._on_undo()
    assert not desk.training_papers.certifying(course_id).given
    assert dialog.give.isEnabled()
    assert not dialog.save.isEnabled()
    person.clicks(dialog.kind.chip("list"))
    qtbot.waitUntil(dialog.save.isEnabled)


def test_why_none_can_be_given_is_said_in_place_of_pages(
    qtbot: QtBot, desk: Desk, course_id: str
) -> None:
    for meeting in desk.meetings.of_course(course_id):
        for who in desk.trainings.sheet(course_id).participants:
            desk.attendance.mark(meeting.id, who.id, present=False)
    dialog = TrainingPapersDialog(
        desk.training_papers, desk.trainings.line(course_id), kind=PaperKind.CERTIFICATES
    )
    qtbot.addWidget(dialog)
    assert "75 percent" in dialog.preview._message.text()
    assert "75 percent" in dialog.state.text()
    assert not dialog.give.isEnabled()
    dialog._on_undo()
    assert not dialog.print_.isEnabled()


def test_a_full_disk_is_said_and_gives_nothing(
    opened: Opened, person: Person, monkeypatch: pytest.MonkeyPatch, desk: Desk, course_id: str
) -> None:
    from perpudesk.db.connection import STORE_FULL
    from perpudesk.trainings.form import papers

    def full(*_: object) -> None:
        raise StorageError(STORE_FULL)

    said: list[str] = []
    monkeypatch.setattr(AttendanceService, "certify", full)
    monkeypatch.setattr(papers, "show_error", lambda _of, error: said.append(error.sentence()))
    person.clicks(opened(PaperKind.CERTIFICATES).give)
    assert "disk is full" in said[0]
    assert not desk.training_papers.certifying(course_id).given


def test_numbers_are_given_without_a_way_back_where_there_is_none(
    opened: Opened, person: Person
) -> None:
    dialog = opened(PaperKind.CERTIFICATES)
    dialog._undo = None
    person.clicks(dialog.give)
    assert person.toasts(dialog) == ["2 certificates have their numbers."]


def test_a_file_has_a_name_that_every_system_takes(
    opened: Opened, qtbot: QtBot, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(PaperKind.REPORT)
    assert dialog._called() == "Training report Email: toko/daring"
    person.clicks(dialog.kind.chip("list"))
    pages(dialog, qtbot)
    offered: list[str] = []
    monkeypatch.setattr(QFileDialog, "selectFile", lambda _self, name: offered.append(name))
    path = tmp_path / "hadir.pdf"
    monkeypatch.setattr(QFileDialog, "exec", lambda _self: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(path)])
    person.presses(Qt.Key.Key_S, "Control")
    assert path.read_bytes() == dialog._data
    assert offered == ["Attendance list Email- toko-daring.pdf"]


@pytest.mark.parametrize("size", [(1.0, 1024), (1.5, 1366)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_is_cut_and_everything_is_named(
    opened: Opened, person: Person, qtbot: QtBot, size: tuple[float, int], language: str
) -> None:
    scale, wide = size
    theme.apply(QApplication.instance(), scale=scale)  # type: ignore[arg-type]
    i18n.use(language)
    dialog = opened()
    for kind in PaperKind:
        person.clicks(dialog.kind.chip(str(kind)))
        pages(dialog, qtbot)
        person.waits(30)
        assert_accessible(dialog)
        assert texts_fit(dialog) == []
    assert dialog.width() <= wide
