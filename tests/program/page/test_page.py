"""The program's records by keys: written down, mended, counted, printed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.core.codes import Channel, Condition, EquipmentKind, Funding
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.program.form.budget import BudgetDialog
from perpudesk.program.form.checking import CheckDialog
from perpudesk.program.form.equipment import ConditionDialog, EquipmentDialog
from perpudesk.program.form.paper import ALL, HandoverDialog, OnePaper
from perpudesk.program.form.records import (
    ActionDialog,
    MediaDialog,
    PartnerDialog,
    StoryDialog,
)
from perpudesk.program.inventory import EquipmentDraft
from perpudesk.program.model import AdvocacyAction, MediaItem, Partner, Story
from perpudesk.program.page import ProgramPage
from perpudesk.ui.register import Register
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

Key = Qt.Key
TODAY = date(2026, 11, 23)
Open = Callable[..., ProgramPage]
D = TypeVar("D", bound=QDialog)
KINDS = ("equipment", "partners", "advocacy", "budget", "media", "stories")


def dialog_of(page: QWidget, kind: type[D], person: Person) -> D:
    """The dialog of that kind that is open, with the focus in it."""
    found = [each for each in page.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    person.looks_at(found[0])
    return found[0]


def lines(register: Register) -> list[str]:
    """The rows that are shown, cell by cell."""
    rows = register.table.rows
    return [
        " | ".join(column.text(rows.row(at)) for column in rows.columns)
        for at in range(rows.rowCount())
    ]


def told(page: ProgramPage) -> list[str]:
    rows = page.list.rows
    return [rows.columns[0].detail(rows.row(at)) for at in range(rows.rowCount())]  # type: ignore[misc]


def shown(qtbot: QtBot, dialog: OnePaper | HandoverDialog) -> None:
    qtbot.waitUntil(lambda: dialog.preview.page_count() >= 1, timeout=10_000)


@pytest.fixture
def page(open_page: Open) -> ProgramPage:
    return open_page()


def test_each_kind_teaches_while_it_is_empty(page: ProgramPage, person: Person) -> None:
    for at, kind in enumerate(KINDS, start=1):
        person.presses(getattr(Key, f"Key_{at}"), "Alt")
        assert page._key == kind
        assert page.register_().current() is None
        person.presses(Key.Key_K)  # nothing is chosen
    assert told(page)[3] == "nothing yet"


def test_equipment_is_written_down_and_its_condition_has_a_history(
    desk: Desk, page: ProgramPage, person: Person
) -> None:
    desk.workstations.add_many(2)
    person.presses(Key.Key_1, "Alt")
    assert [line.split(" | ")[0] for line in lines(page.register_())] == ["PC 1", "PC 2"]
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, EquipmentDialog, person)
    dialog.form.fill(name="Proyektor", kind="projector", price="Rp 7.200.000", received="03-2024")
    dialog.form.fill(source="Perpusnas", funding="apbn")
    person.presses(Key.Key_Return)
    assert dialog.isHidden()
    (item,) = [each for each in desk.equipment.all() if each.name == "Proyektor"]
    assert (item.price, item.received, item.funding) == (7_200_000, "2024-03", Funding.APBN)
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_K)
    state = dialog_of(page, ConditionDialog, person)
    state.form.fill(condition="minor_damage", note="Lampu redup")
    person.presses(Key.Key_Return)
    assert state.isHidden()
    assert desk.equipment.get(item.id).condition is Condition.MINOR_DAMAGE
    person.looks_at(page)
    page.register_().table.select(item.key)
    page.register_().setFocus()
    person.presses(Key.Key_K)
    assert "Since 23 November 2026: slightly damaged (Lampu redup)" in state.history.text()
    state.reject()
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Return)
    change = dialog_of(page, EquipmentDialog, person)
    assert change.form.value("received") == "03-2024"
    change.form.fill(place="Aula")
    person.presses(Key.Key_Return)
    assert desk.equipment.get(item.id).place == "Aula"
    assert told(page)[0] == "3 pieces · 1 damaged"
    person.looks_at(page)
    page.register_().table.select(item.key)
    page.register_().setFocus()
    person.presses(Key.Key_Delete)
    assert len(desk.equipment.all()) == 2
    person.presses(Key.Key_Z, "Control")
    assert len(desk.equipment.all()) == 3


@pytest.mark.parametrize("amount", ["Rp 1.5 jt", "1" + "0" * 15, "1,500"])
def test_an_amount_that_can_be_read_two_ways_is_refused_and_kept(
    desk: Desk, page: ProgramPage, person: Person, amount: str
) -> None:
    person.presses(Key.Key_4, "Alt")
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, BudgetDialog, person)
    dialog.form.fill(amount=amount)
    person.presses(Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.form.field("amount").error()
    assert desk.program.budgets.years() == []
    assert dialog.form.typed()["amount"] == amount


def test_a_year_is_checked_by_ticking_a_list(
    desk: Desk, page: ProgramPage, person: Person, qtbot: QtBot
) -> None:
    for name in ("Laptop", "Modem", "Printer", "UPS"):
        desk.equipment.add(EquipmentDraft(name=name, kind=EquipmentKind.OTHER))
    person.presses(Key.Key_1, "Alt")
    person.presses(Key.Key_C)
    dialog = dialog_of(page, CheckDialog, person)
    assert "0 of 4 looked at, 0 missing." in dialog.told.text()
    for key in (Key.Key_Space, Key.Key_2, Key.Key_0):
        person.presses(key)
    assert dialog.told.text() == "3 of 4 looked at, 1 missing."
    person.presses(Key.Key_Up)
    person.presses(Key.Key_Backspace)
    assert dialog.told.text() == "2 of 4 looked at, 0 missing."
    person.presses(Key.Key_Z, "Control")
    assert dialog.told.text() == "3 of 4 looked at, 1 missing."
    person.presses(Key.Key_A)  # says nothing
    dialog.reject()
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_C)  # goes on where it was left
    assert dialog.told.text() == "3 of 4 looked at, 1 missing."
    person.looks_at(dialog)
    person.presses(Key.Key_Return, "Control")
    assert dialog.isHidden()
    paper = dialog_of(page, OnePaper, person)
    shown(qtbot, paper)
    paper.reject()
    (check,) = desk.equipment.checks()
    assert check.finished_on == TODAY


def test_a_check_that_is_taken_back_is_gone(desk: Desk, page: ProgramPage, person: Person) -> None:
    desk.equipment.add(EquipmentDraft(name="Laptop"))
    person.presses(Key.Key_1, "Alt")
    person.presses(Key.Key_C)
    dialog = dialog_of(page, CheckDialog, person)
    dialog._on_undo()
    assert dialog.isHidden()
    assert desk.equipment.going_on() is None


def test_what_is_handed_over_is_chosen(
    desk: Desk, page: ProgramPage, person: Person, qtbot: QtBot
) -> None:
    for name, source in (("Laptop", "Perpusnas"), ("Modem", "Desa"), ("UPS", None)):
        kind = EquipmentKind.LAPTOP if name == "Laptop" else EquipmentKind.OTHER
        desk.equipment.add(EquipmentDraft(name=name, kind=kind, source=source))
    person.presses(Key.Key_1, "Alt")
    person.presses(Key.Key_P)
    paper = dialog_of(page, OnePaper, person)
    shown(qtbot, paper)
    paper.reject()
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_S)
    dialog = dialog_of(page, HandoverDialog, person)
    shown(qtbot, dialog)
    names = [name for name, _ in dialog._goods.values()]
    assert names[0] == "All of it (3)"
    assert {"Given by Perpusnas (1)", "Given by Desa (1)", "Laptop (1)"} <= set(names)
    assert len(dialog._goods[ALL][1]) == 3
    dialog.goods.set_value("Given by Desa")
    dialog.fields["taker"].set_value("Pak Lurah")
    assert [each.name for each in dialog._goods["Given by Desa"][1]] == ["Modem"]
    dialog.reject()


def test_partners_are_warned_of_before_they_end(
    desk: Desk, page: ProgramPage, person: Person
) -> None:
    person.presses(Key.Key_2, "Alt")
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, PartnerDialog, person)
    dialog.form.fill(
        name="Telkom", kind="company", from_on=date(2026, 1, 1), until_on=date(2025, 1, 1)
    )
    person.presses(Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.form.field("until_on").error()
    dialog.form.fill(until_on=date(2026, 12, 31))
    person.presses(Key.Key_Return)
    assert dialog.isHidden()
    partners = desk.program.partners
    partners.add(Partner(name="Desa", from_on=date(2026, 1, 1)))
    partners.add(Partner(name="Lama", from_on=date(2024, 1, 1), until_on=date(2025, 1, 1)))
    partners.add(Partner(name="Nanti", from_on=date(2027, 1, 1)))
    page.refresh()
    states = {line.split(" | ")[0]: line.split(" | ")[-1] for line in lines(page.register_())}
    assert states == {
        "Telkom": "ends soon",
        "Desa": "in force",
        "Lama": "over",
        "Nanti": "coming",
    }
    tone = page.register_().table.rows.columns[-1].tone
    rows = page.register_().table.rows
    assert tone is not None
    assert {tone(rows.row(at)) for at in range(4)} == {"warn", "ok", "neutral"}
    assert told(page)[1] == "2 in force · 1 ends soon"
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Return)
    change = dialog_of(page, PartnerDialog, person)
    change.form.fill(note="Bu Ani")
    person.presses(Key.Key_Return)
    assert any(each.what.note == "Bu Ani" for each in partners.all())
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Delete)
    assert len(partners.all()) == 3


def test_advocacy_and_media_are_kept_with_their_files(
    desk: Desk, page: ProgramPage, person: Person
) -> None:
    person.presses(Key.Key_3, "Alt")
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, ActionDialog, person)
    dialog.form.fill(institution="Bappeda", kind="proposal", amount="35.000.000", funding="apbd")
    person.presses(Key.Key_Return)
    (action,) = desk.program.actions.all()
    assert (action.what.institution, action.what.amount) == ("Bappeda", 35_000_000)
    assert "Bappeda | Proposal | Rp35,000,000" in lines(page.register_())[0]
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Return)
    change = dialog_of(page, ActionDialog, person)
    change.form.fill(result="Disetujui")
    person.presses(Key.Key_Return)
    assert desk.program.actions.get(action.id).what.result == "Disetujui"
    person.looks_at(page)
    person.presses(Key.Key_5, "Alt")
    person.presses(Key.Key_N, "Control")
    media = dialog_of(page, MediaDialog, person)
    media.form.fill(title="Siaran pagi", channel="radio", link="https://contoh.id")
    person.presses(Key.Key_Return)
    (item,) = desk.program.media.all()
    assert (item.what.title, item.what.channel) == ("Siaran pagi", Channel.RADIO)
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Return)
    again = dialog_of(page, MediaDialog, person)
    again.form.fill(title="")
    person.presses(Key.Key_Return)
    assert again.isVisible()
    again.form.fill(title="Siaran sore")
    person.presses(Key.Key_Return)
    assert told(page)[2:5:2] == ["1 action this year", "1 item this year"]
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Delete)
    assert desk.program.media.all() == []
    person.presses(Key.Key_3, "Alt")
    person.presses(Key.Key_Delete)
    assert desk.program.actions.all() == []


def test_a_budget_grows_and_says_since_when(desk: Desk, page: ProgramPage, person: Person) -> None:
    budgets = desk.program.budgets
    for year, amount in ((2022, 90), (2024, 100), (2025, 120)):
        budgets.put(year, Funding.APBD, amount * 1_000_000)
    person.presses(Key.Key_4, "Alt")
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, BudgetDialog, person)
    dialog.form.fill(year=2025)
    assert dialog.form.value("amount") == 120_000_000  # what is known is shown
    dialog.form.fill(year=2026, amount="150.000.000")
    person.presses(Key.Key_Return)
    assert dialog.isHidden()
    assert lines(page.register_())[0].endswith("Rp150,000,000 | +25.0%")
    said = page.register_()._says.text()
    assert said == "It rose every year from 2024 to 2026. Nothing is known of 2023."
    assert told(page)[3] == "2026: Rp150,000,000"
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Return)
    again = dialog_of(page, BudgetDialog, person)
    again.form.fill(amount="")
    person.presses(Key.Key_Return)
    assert [each.year for each in budgets.years()] == [2022, 2024, 2025]
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Delete)
    assert len(budgets.years()) == 2


def test_a_story_is_printed_only_with_consent(
    desk: Desk, page: ProgramPage, person: Person, qtbot: QtBot
) -> None:
    person.presses(Key.Key_6, "Alt")
    person.presses(Key.Key_N, "Control")
    dialog = dialog_of(page, StoryDialog, person)
    dialog._on_new_patron("Sari")
    dialog_of(page, PatronDialog, person)
    person.presses(Key.Key_Return, "Control")
    person.looks_at(dialog)
    dialog.form.fill(
        title="Toko daring", pseudonym="Ibu S.", before="a", helped="b", after="c", domain="economy"
    )
    person.presses(Key.Key_Return, "Control")
    assert dialog.isHidden()
    (story,) = desk.program.stories.all()
    assert lines(page.register_())[0].endswith("– | draft")
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_P)
    assert not [each for each in page.window().findChildren(OnePaper) if each.isVisible()]
    assert person.toasts(page.register_())
    person.presses(Key.Key_V)
    assert not desk.program.stories.get(story.id).what.counts
    desk.program.stories.change(story.id, replace(story.what, consent_on=TODAY))
    page.refresh()
    assert lines(page.register_())[0].endswith("with consent")
    page.register_().setFocus()
    person.presses(Key.Key_P)
    paper = dialog_of(page, OnePaper, person)
    shown(qtbot, paper)
    paper.reject()
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_V)
    assert desk.program.stories.get(story.id).what.counts
    assert lines(page.register_())[0].endswith("verified")
    assert told(page)[5] == "1 of 1 verified"
    person.presses(Key.Key_V)
    assert not desk.program.stories.get(story.id).what.counts
    person.presses(Key.Key_V)
    person.presses(Key.Key_Return)
    change = dialog_of(page, StoryDialog, person)
    assert change.form.value("pseudonym") == "Ibu S."
    change.form.fill(consent_on=None)
    person.presses(Key.Key_Return, "Control")
    assert change.isHidden()
    taken_back = desk.program.stories.get(story.id).what
    assert (taken_back.consent_on, taken_back.verified_on) == (None, None)
    person.looks_at(page)
    page.register_().setFocus()
    person.presses(Key.Key_Delete)
    assert desk.program.stories.all() == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_it_has_names_to_be_said_and_words_that_fit(
    desk: Desk, open_page: Open, size: tuple[int, int], person: Person
) -> None:
    desk.equipment.add(EquipmentDraft(name="Laptop"))
    desk.program.partners.add(Partner(name="Telkom"))
    desk.program.actions.add(
        AdvocacyAction(day=TODAY, kind="audience", institution="Bupati")  # type: ignore[arg-type]
    )
    desk.program.media.add(MediaItem(day=TODAY, channel=Channel.RADIO, title="Siaran"))
    desk.program.stories.add(Story(day=TODAY, title="Toko"))
    for year in (2025, 2026):
        desk.program.budgets.put(year, Funding.APBD, 1_000_000)
    i18n.use("id")
    try:
        page = open_page(*size)
        for at in range(1, 7):
            person.presses(getattr(Key, f"Key_{at}"), "Alt")
            assert_accessible(page)
            assert texts_fit(page) == []
    finally:
        i18n.use("en")
