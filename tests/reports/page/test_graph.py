"""The page *Grafik*, by keys as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from perpudesk.core.codes import Sex
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from perpudesk.reports.page.graph import GraphPage
from perpudesk.ui import background
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import Toast
from perpudesk.visits.model import VisitDraft
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

RUNNING = " · still running, so not the whole"


@pytest.fixture(autouse=True)
def _finished(desk: Desk) -> Iterator[None]:
    """Charts are read in another thread: none may ask a desk that is closed."""
    del desk
    yield
    background.finish()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> GraphPage:
    for day, sex, count in (
        (date(2026, 10, 5), Sex.FEMALE, 30),
        (date(2026, 10, 6), Sex.MALE, 12),
        (date(2026, 11, 2), Sex.FEMALE, 7),
        (date(2024, 3, 4), Sex.MALE, 5),
    ):
        desk.visits.record(VisitDraft(on=day, count=count, profile=Profile(sex=sex)))
    page = GraphPage(desk.reports)
    qtbot.addWidget(page)
    desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
    page.resize(1166, 640)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    told(page, qtbot, "Nov 2026: 7")
    return page


def told(page: GraphPage, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: page.told.text() in (words, words + RUNNING))


def test_it_shows_twelve_months_and_can_be_read(page: GraphPage) -> None:
    assert page.view.at == 11
    assert page.told.text() == "Nov 2026: 7" + RUNNING
    assert_accessible(page)
    assert not texts_fit(page)
    page.resize(944, 540)
    assert not texts_fit(page)


def test_arrows_tell_each_bar_and_enter_opens_its_report(page: GraphPage, qtbot: QtBot) -> None:
    asked: list[Period] = []
    page.period_asked.connect(asked.append)
    qtbot.keyClick(page.view, Qt.Key.Key_Left)
    told(page, qtbot, "Oct 2026: 42")
    assert page.told.text() == "Oct 2026: 42"
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert [each.code for each in asked] == ["2026-10"]
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    told(page, qtbot, "Dec 2025: not counted")


def test_a_dimension_divides_the_bars(page: GraphPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_Left)
    page.dimension.set_value("sex")
    told(page, qtbot, "Oct 2026: 42 — Female 30 · Male 12")
    page.indicator.set_value("visits_per_open_day")
    told(page, qtbot, "Oct 2026: 21.0")
    assert not page.dimension.isEnabled()


def test_quarters_and_years(page: GraphPage, qtbot: QtBot) -> None:
    page.span._chips["quarters"].click()
    told(page, qtbot, "Qtr IV 2026: 49")
    page.span._chips["years"].click()
    told(page, qtbot, "2026: 49")
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    told(page, qtbot, "2024: 5")


def test_enter_asks_for_the_report_of_any_bar_that_has_one(page: GraphPage, qtbot: QtBot) -> None:
    asked: list[Period] = []
    page.period_asked.connect(asked.append)
    for span, words in (("years", "2026: 49"), ("quarters", "Qtr IV 2026: 49")):
        page.span.chip(span).click()
        told(page, qtbot, words)
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert [each.code for each in asked] == ["2026", "2026-Q4"]


def test_where_nothing_is_counted_it_says_how_to_begin(desk: Desk, qtbot: QtBot) -> None:
    page = shown(qtbot, GraphPage(desk.reports), (944, 540))
    qtbot.waitUntil(page.empty.isVisible)
    assert not page.view.isVisible()
    assert not page.png.isEnabled()
    assert_accessible(page)
    assert page.empty.button is not None
    with qtbot.waitSignal(page.desk_asked):
        page.empty.button.click()
    desk.visits.record(VisitDraft(count=3))
    page.mark_stale()
    qtbot.waitUntil(page.view.isVisible)
    assert not page.empty.isVisible()


def test_a_bar_before_the_first_record_says_why_it_opens_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 11, 2), count=7))
    page = shown(qtbot, GraphPage(desk.reports), (1166, 640))
    told(page, qtbot, "Nov 2026: 7")
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    with qtbot.assertNotEmitted(page.period_asked):
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert toasts(page) == ["December 2025 has no records, so no report."]


def test_what_is_recorded_is_drawn_at_once(page: GraphPage, desk: Desk, qtbot: QtBot) -> None:
    desk.visits.record(VisitDraft(count=3))
    told(page, qtbot, "Nov 2026: 10")


def toasts(page: GraphPage) -> list[str]:
    return [each.accessibleName() for each in page.window().findChildren(Toast)]


def saved(page: GraphPage, monkeypatch: pytest.MonkeyPatch, path: Path, ending: str) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])
    (page.png if ending == "png" else page.svg).click()


def test_it_is_saved_as_a_picture_and_as_a_drawing(
    page: GraphPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(page, monkeypatch, tmp_path / "grafik.png", "png")
    saved(page, monkeypatch, tmp_path / "grafik.svg", "svg")
    assert QImage(str(tmp_path / "grafik.png")).width() > 1500
    assert "Visits, Dec 2025" in (tmp_path / "grafik.svg").read_text("utf-8")
    said = " ".join(
        label.text() for each in page.findChildren(Toast) for label in each.findChildren(Text)
    )
    assert "grafik.svg" in said


def test_a_place_that_cannot_be_written_is_said(
    page: GraphPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr(
        "perpudesk.reports.page.graph.show_error", lambda _, error: boxes.append(error.sentence())
    )
    for ending in ("png", "svg"):
        saved(page, monkeypatch, tmp_path / "nowhere" / f"grafik.{ending}", ending)
    assert len(boxes) == 2
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Rejected)
    page.png.click()
    assert not list(tmp_path.glob("*.png"))
