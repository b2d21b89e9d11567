"""What trainings and communities have in common, typed in the settings."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from perpudesk.branch.form.activities import ActivitiesSection, activities_told
from perpudesk.desk import Desk
from tests.branch.typing import field, fill, shown
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> ActivitiesSection:
    made = ActivitiesSection(desk.branch)
    made.refresh()
    shown(qtbot, made)
    return made


def hint(section: ActivitiesSection) -> str:
    return field(section.form, "certificate_pattern").accessibleDescription()


def test_what_is_typed_is_stored(desk: Desk, section: ActivitiesSection, qtbot: QtBot) -> None:
    assert activities_told(desk.branch) == "certificate from 75%"
    fill(qtbot, field(section.form, "certificate_threshold"), "80")
    fill(qtbot, field(section.form, "certificate_pattern"), "{n}/PEL/{month}/{year}")
    fill(qtbot, field(section.form, "dormant_months"), "3")
    branch = desk.branch.current()
    assert (branch.certificate_threshold, branch.dormant_months) == (80, 3)
    assert branch.certificate_pattern == "{n}/PEL/{month}/{year}"
    assert activities_told(desk.branch) == "certificate from 80%"
    fill(qtbot, field(section.form, "certificate_pattern"), "")
    assert desk.branch.current().certificate_pattern is None


def test_the_number_is_seen_while_its_pattern_is_typed(
    desk: Desk, section: ActivitiesSection, qtbot: QtBot
) -> None:
    assert hint(section).startswith("The first one: 001/SERT/PERPUS/XI/2026 · In braces")
    fill(qtbot, field(section.form, "certificate_pattern"), "{n:04}-{year}")
    assert "0001-2026" in hint(section)
    fill(qtbot, field(section.form, "certificate_pattern"), "{year}")
    assert "running number" in section.form.field("certificate_pattern").error()
    assert desk.branch.current().certificate_pattern == "{n:04}-{year}"


@pytest.mark.parametrize("name, wrong", [("certificate_threshold", "101"), ("dormant_months", "")])
def test_what_is_refused_is_said_there(
    section: ActivitiesSection, qtbot: QtBot, *, name: str, wrong: str
) -> None:
    fill(qtbot, field(section.form, name), wrong)
    assert section.form.field(name).error()


def test_every_word_fits(section: ActivitiesSection) -> None:
    assert_accessible(section)
    assert not texts_fit(section)
