"""A training typed by keys: what it keeps, what is refused, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.core.codes import Audience, Funding, Mode, Strategy
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import PatronDraft
from perpudesk.trainings.form.course import CourseDialog
from perpudesk.trainings.model import Course, CourseDraft
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

Opened = Callable[..., CourseDialog]
Key = Qt.Key
pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def opened(desk: Desk, window: QMainWindow, qtbot: QtBot, person: Person) -> Opened:
    """Opens the dialog, the focus in it."""

    def opened(course: Course | None = None) -> CourseDialog:
        dialog = CourseDialog(
            desk.trainings, desk.patrons, desk.branch, course=course, parent=window
        )
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        person.looks_at(dialog)
        return dialog

    return opened


def errors(dialog: CourseDialog) -> dict[str, str]:
    """What is wrong, by field."""
    fields = dialog.form._fields
    return {name: field.error() for name, field in fields.items() if field.error()}


def test_a_training_is_typed_by_keys_alone(desk: Desk, opened: Opened, person: Person) -> None:
    dialog = opened()
    person.types("Email untuk UMKM", wait=False)
    person.presses(Key.Key_Return)
    person.presses(Key.Key_Return, "Shift")
    [line] = desk.trainings.all()
    assert line.course.draft() == CourseDraft(title="Email untuk UMKM")
    assert dialog.isHidden()
    assert not dialog.property("unfinished")


def test_a_series_for_staff_fills_in_the_rest(desk: Desk, opened: Opened, person: Person) -> None:
    dialog = opened()
    assert dialog.form.field("target_group").isVisible()
    person.clicks(person.button(dialog, "ICT & information literacy"))
    person.clicks(person.button(dialog, "Marketing & excellent service"))
    assert not dialog.form.field("target_group").isVisible()
    dialog.form.fill(target_group="not kept", organiser="Dinas Provinsi")
    dialog.submitted.emit()
    [line] = desk.trainings.all()
    course = line.course
    assert (course.title, course.topic) == ("Marketing & excellent service", "marketing_service")
    assert (course.audience, course.organiser) == (Audience.STAFF, "Dinas Provinsi")
    assert course.target_group is None
    again = opened()
    again.form.fill(title="Judul sendiri")
    person.clicks(person.button(again, "Advocacy & social mobilisation"))
    assert again.form.value("title") == "Judul sendiri"
    again.reject()
    assert again.property("unfinished")
    assert not any(isinstance(each, Button) for each in opened(course).form.children())


def test_all_that_is_kept_is_shown_again(desk: Desk, opened: Opened) -> None:
    wati = desk.patrons.add(PatronDraft(name="Wati"))
    draft = CourseDraft(
        title="Merajut",
        topic="craft",
        strategy=Strategy.COMMUNITY_ENGAGEMENT,
        target_group="perempuan",
        trainer_ids=(wati.id,),
        partner="PKK",
        funding=Funding.VILLAGE,
        cost=1_500_000,
        capacity=20,
        place="Balai Desa",
        mode=Mode.OFF_SITE,
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 22),
        minutes_per_meeting=90,
        threshold=60,
        note="Bawa benang",
    )
    course = desk.trainings.add(draft)
    dialog = opened(course)
    assert dialog.form.typed()["cost"] in ("1.500.000", "1,500,000")
    dialog.form.fill(cost="Rp 2.000.000")
    assert dialog.draft().cost == 2_000_000
    dialog.submitted.emit()
    assert desk.trainings.get(course.id).cost == 2_000_000


@pytest.mark.parametrize(
    "typed, field, words",
    [
        ({"title": ""}, "title", "no title"),
        ({"title": "x" * 201}, "title", "longer than"),
        ({"capacity": "0"}, "capacity", "from 1 to 999"),
        ({"capacity": "10000"}, "capacity", "from 1 to 999"),
        ({"minutes_per_meeting": "0"}, "minutes_per_meeting", "from 1 to"),
        ({"threshold": "101"}, "threshold", "from 0 to 100"),
        ({"cost": "Rp 1.5 jt"}, "cost", "not an amount in rupiah"),
        ({"cost": "1000000000000000"}, "cost", "more than"),
        ({"ends_on": "01-11-2026"}, "ends_on", "before it starts"),
        ({"starts_on": "1 Desember"}, "starts_on", "1 Desember"),
        ({"starts_on": "01-01-2200", "ends_on": ""}, "starts_on", "three years ahead"),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    desk: Desk, opened: Opened, *, typed: dict[str, str], field: str, words: str
) -> None:
    dialog = opened()
    good = {"title": "Email", "starts_on": "01-12-2026", "ends_on": "22-12-2026"}
    for name, text in {**good, **typed}.items():
        widget = dialog.form.field(name).widget
        getattr(widget, "box", widget).setText(text)
    dialog.submitted.emit()
    assert list(errors(dialog)) == [field]
    assert words in errors(dialog)[field]
    assert desk.trainings.all() == []
    assert dialog.isVisible()


def test_trainers_are_found_added_and_taken_away(
    desk: Desk, opened: Opened, person: Person
) -> None:
    wati = desk.patrons.add(PatronDraft(name="Wati"))
    dialog = opened()
    dialog.form.fill(title="Email")
    trainers = dialog.trainers
    trainers.seek.begin()
    person.types("wati", wait=False)
    dialog.submitted.emit()
    assert "Choose someone from the list" in errors(dialog)["trainer_ids"]
    assert trainers.texts() == ("wati",)
    person.looks_at(dialog)
    trainers.seek.begin()
    person.presses(Key.Key_Return)
    trainers._on_picked(wati)
    assert trainers.value() == (wati.id,), "once only"
    trainers.seek.begin()
    person.types("Agus", wait=False)
    person.presses(Key.Key_Return)
    register = dialog.findChild(PatronDialog)
    assert register is not None
    register.submitted.emit()
    assert [desk.patrons.get(each).name for each in trainers.value()] == ["Wati", "Agus"]  # type: ignore[union-attr]
    person.clicks(next(each for each in trainers._buttons if each.label() == "Wati"))
    dialog.submitted.emit()
    [line] = desk.trainings.all()
    assert line.course.trainers == ("Agus",)
    trainers.set_value(["gone"])
    assert [each.label() for each in trainers._buttons] == ["(no name any more)"]


def test_a_participant_is_no_trainer(desk: Desk, opened: Opened) -> None:
    course = desk.trainings.add(CourseDraft(title="Email"))
    agus = desk.patrons.add(PatronDraft(name="Agus"))
    desk.trainings.enrol(course.id, patron_id=agus.id)
    dialog = opened(course)
    dialog.form.fill(trainer_ids=(agus.id,))
    dialog.submitted.emit()
    assert dialog.isVisible()
    assert "Agus is on the list" in dialog.form._banner.accessibleName()
    assert desk.trainings.get(course.id).trainer_ids == ()


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_word_fits(
    opened: Opened, qapp: QApplication, *, language: str, scale: float
) -> None:
    i18n.use(language)
    theme.apply(qapp, scale=scale)
    dialog = opened()
    assert_accessible(dialog)
    assert not texts_fit(dialog)
    dialog.reject()
