"""The page *Riwayat* by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.attendance.framing import house_of
from perpudesk.core import i18n
from perpudesk.core.deeds import PROGRAM
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.history.model import Wanted
from perpudesk.history.page import HistoryPage
from perpudesk.patrons.model import PatronDraft
from perpudesk.ui import theme
from perpudesk.ui.paper_dialog import PaperDialog
from perpudesk.visits.model import VisitDraft
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    i18n.use("en")
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.branch.at_desk(desk.branch.add_staff("Rina").id)
        siti = desk.patrons.add(PatronDraft(name="Siti"))
        desk.patrons.change(siti.id, PatronDraft(name="Siti Aminah"))
        desk.visits.record(VisitDraft())
        yield desk


@pytest.fixture
def page(desk: Desk, qapp: QApplication, qtbot: QtBot) -> HistoryPage:
    theme.apply(qapp)
    made = HistoryPage(desk.history, desk.branch, partial(house_of, desk.branch))
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    made.refresh()
    return made


def count(page: HistoryPage) -> int:
    return page.table.rows.rowCount()


def test_it_lists_and_tells(page: HistoryPage, qtbot: QtBot) -> None:
    assert_accessible(page)
    assert texts_fit(page) == []
    first = page.table.rows.row(0)
    assert [column.text(first) for column in page.table.rows.columns] == [
        "23 November 2026, 09:41",
        "Rina",
        "made",
        "Visit",
        "",
    ]
    page.table.setCurrentIndex(page.table.rows.index(1, 0))
    assert page.told.text() == "Name: Siti → Siti Aminah"
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    assert page.told.text() == ""


def test_it_is_narrowed(page: HistoryPage, desk: Desk) -> None:
    everything = count(page)
    page.look_for(Wanted(group="people"))
    assert count(page) == 2
    page.look_for(Wanted(staff_id=PROGRAM))
    assert count(page) == 0
    assert not page.print.isEnabled()
    page.look_for(Wanted(first=date(2026, 11, 23), last=date(2026, 11, 23)))
    assert count(page) == everything
    page.first.box.setText("2")  # half a day is being typed
    assert count(page) == everything
    assert desk.is_set_up()


@pytest.mark.parametrize(
    "wanted, told",
    [
        (Wanted(), "all days"),
        (Wanted(first=date(2026, 11, 1)), "1 November 2026 to –"),
        (Wanted(group="people"), "all days, Patrons"),
    ],
)
def test_it_is_printed_as_it_is_narrowed(
    page: HistoryPage, qtbot: QtBot, wanted: Wanted, told: str
) -> None:
    page.look_for(wanted)
    assert page._which() == told
    page.print.click()
    (dialog,) = page.findChildren(PaperDialog)
    qtbot.waitUntil(lambda: dialog._data is not None)
    dialog.reject()


def test_whose_it_is_stands_on_the_paper(page: HistoryPage, desk: Desk) -> None:
    (rina,) = desk.branch.staff()
    page.look_for(Wanted(staff_id=rina.id))
    assert page._which() == "all days, Rina"
