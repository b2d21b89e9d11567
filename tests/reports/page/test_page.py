from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import USUAL_WEEK
from perpudesk.computers.model import SessionDraft
from perpudesk.core.codes import Paper
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.settings import read_settings
from perpudesk.core.times import FixedClock, Period
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.reports.closing import Standing
from perpudesk.reports.page import ReportsPage, output
from perpudesk.reports.page import page as module
from perpudesk.reports.page.closing import status_of_many
from perpudesk.reports.page.periods import long_row
from perpudesk.ui import printing, theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.marks import Pill
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import Toast
from perpudesk.visits.model import VisitDraft
from tests.reports.page.conftest import open_page
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

LEFT = Qt.MouseButton.LeftButton
OCTOBER = Period.parse("2026-10")


def text_of(page: ReportsPage) -> str:
    """What stands on the pages that are shown."""
    assert page._pages is not None
    pages = pypdf.PdfReader(io.BytesIO(page._pages[2])).pages
    return " ".join(each.extract_text() for each in pages)


def wait_for(qtbot: QtBot, page: ReportsPage, words: str) -> None:
    qtbot.waitUntil(lambda: page._print.isEnabled() and words in text_of(page), timeout=10_000)


def toasts(page: ReportsPage) -> list[str]:
    return [each.accessibleName() for each in page.window().findChildren(Toast)]


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """Let the dialog for a file's name answer `path`, or be cancelled; the names it offered."""
    offered: list[str] = []

    def run(dialog: QFileDialog) -> int:
        offered.append(Path(dialog.selectedFiles()[0]).name)
        if path is None:
            return QFileDialog.DialogCode.Rejected
        dialog.selectFile(str(path))
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", run)
    return offered


def application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(72)
    return printer


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the errors that the page shows."""
    codes: list[str] = []

    def show(_parent: object, error: PerpuDeskError) -> None:
        codes.append(error.code)

    monkeypatch.setattr(module, "show_error", show)
    monkeypatch.setattr(output, "show_error", show)
    return codes


def test_it_opens_on_the_month_that_is_over(page: ReportsPage) -> None:
    rows = [page._months.table.rows.row(at) for at in range(3)]
    assert [row.period.code for row in rows] == ["2026-11", "2026-10", "2026-09"]
    assert [str(row.state.standing) for row in rows] == ["running", "ready", "ready"]
    assert page._months.current() == OCTOBER
    assert "October 2026" in text_of(page)
    assert page.focusProxy() is page._months.table


def test_on_its_last_day_a_month_is_over_in_the_list_as_in_the_report(
    qtbot: QtBot, library: Desk, fixed_clock: FixedClock
) -> None:
    fixed_clock.moment = datetime(2026, 10, 31, 2, 0, tzinfo=UTC)
    page = open_page(qtbot, library)
    assert page._months.current() == OCTOBER
    assert page._months.table.current_row().state.standing is Standing.RUNNING  # until tomorrow
    assert not library.reports.reported(OCTOBER).is_running


def test_a_library_that_begins_sees_its_first_month(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    assert page._months.current() == Period.parse("2026-11")
    assert "they are not zero" in text_of(page).replace("\n", " ")


def test_the_cursor_chooses_a_month(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.keyClick(page._months.table, Qt.Key.Key_Down)
    wait_for(qtbot, page, "Period: September 2026")
    assert page._months.current() == Period.parse("2026-09")


def test_only_the_last_month_that_was_asked_for_is_shown(qtbot: QtBot, page: ReportsPage) -> None:
    seen = page._pages
    assert seen is not None
    page._months.choose(Period.parse("2026-09"))
    page._on_chosen()
    assert not page._print.isEnabled()
    page._on_pages_made(seen)  # they come late
    assert not page._print.isEnabled()
    wait_for(qtbot, page, "Period: September 2026")


def test_what_is_recorded_meanwhile_reaches_the_pages(
    qtbot: QtBot, page: ReportsPage, library: Desk
) -> None:
    assert page.topics == frozenset(Topic)
    library.visits.record(VisitDraft(count=30, on=date(2026, 10, 8)))
    page.mark_stale()
    wait_for(qtbot, page, "42 visits")


def test_pages_that_would_be_the_same_are_not_made_again(page: ReportsPage) -> None:
    made = page._pages
    page.mark_stale()
    assert page._pages is made
    assert page._print.isEnabled()


def test_checks_lead_to_where_they_are_mended(qtbot: QtBot, page: ReportsPage) -> None:
    texts = [each.text() for each in page._side.checks.findChildren(Text)]
    assert any(text.startswith("20 days have no state: 1–2, 6, 8–9, 12–16") for text in texts)
    links = page._side.checks.findChildren(Button)
    with qtbot.waitSignal(page.day_asked) as asked:
        qtbot.mouseClick(links[0], LEFT)
    assert asked.args == [date(2026, 10, 1)]
    with qtbot.waitSignal(page.day_asked) as asked:
        qtbot.keyClick(links[1], Qt.Key.Key_Return)
    assert asked.args == [date(2026, 10, 7)]
    assert len(links) == 2


def test_a_missing_signatory_leads_to_the_settings(qtbot: QtBot, tmp_path: Path) -> None:
    with Desk(tmp_path / "other") as other:
        other.branch.set_up(name="Taman Baca", zone="WIB")
        page = open_page(qtbot, other)
        (link,) = [
            each for each in page._side.checks.findChildren(Button) if "sign" in _about(each)
        ]
        with qtbot.waitSignal(page.signatories_asked):
            qtbot.mouseClick(link, LEFT)


def test_computer_sessions_lead_to_the_board_and_to_their_list(
    qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    with Desk(tmp_path / "other", clock=fixed_clock) as other:
        other.branch.set_up(name="Taman Baca", zone="WIB", opening_hours=USUAL_WEEK)
        start = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
        other.session_mending.enter(SessionDraft(start=start))  # nobody knows when it ended
        with other.store.writing() as db:  # as of another station, whose sessions go on
            db.execute("UPDATE computer_sessions SET ended_at = NULL, end_reason = NULL")
        other.session_mending.enter(SessionDraft(start=start + timedelta(days=1)))
        page = open_page(qtbot, other)
        links = {_about(each): each for each in page._side.checks.findChildren(Button)}
        with qtbot.waitSignal(page.board_asked):
            qtbot.mouseClick(links["1 computer session still goes on"], LEFT)
        with qtbot.waitSignal(page.sessions_asked) as asked:
            qtbot.mouseClick(links["1 forgotten session has no minutes"], LEFT)
        assert asked.args[0].lack == "forgotten"


def _about(button: Button) -> str:
    return button.accessibleDescription().lower()


def test_printing_asks_for_a_printer_and_says_how_many_pages_went(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paper = tmp_path / "printed.pdf"
    monkeypatch.setattr(printing, "choose_printer", lambda _parent, _data: printer_to(paper))
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not page._print.isEnabled()
    qtbot.waitUntil(page._print.isEnabled, timeout=20_000)
    assert len(pypdf.PdfReader(paper).pages) == 2
    assert "2 pages were sent to the printer." in toasts(page)


def test_a_month_chosen_while_printing_waits_for_its_own_pages(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path
) -> None:
    page._printing._printer = printer_to(tmp_path / "printed.pdf")
    page._months.choose(Period.parse("2026-09"))
    page._on_chosen()
    page._printing._on_ended()
    assert not page._print.isEnabled()
    wait_for(qtbot, page, "Period: September 2026")


def test_printing_can_be_thought_better_of(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "choose_printer", lambda _parent, _data: None)
    qtbot.mouseClick(page._print, LEFT)
    assert page._print.isEnabled()
    assert toasts(page) == []


def test_the_pdf_that_is_saved_is_the_one_that_is_seen(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered = answer(monkeypatch, tmp_path / "laporan")
    qtbot.mouseClick(page._save, LEFT)
    assert offered == ["Monthly report October 2026.pdf"]
    assert page._pages is not None
    assert (tmp_path / "laporan.pdf").read_bytes() == page._pages[2]
    assert toasts(page) == [f"Saved as {tmp_path / 'laporan.pdf'}"]


def test_the_figures_are_saved_as_a_table(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered = answer(monkeypatch, tmp_path / "angka.csv")
    qtbot.mouseClick(page._csv, LEFT)
    assert offered == ["Monthly report October 2026.xlsx"]
    rows = list(csv.DictReader((tmp_path / "angka.csv").read_text("ascii").splitlines()))
    assert (rows[0]["period"], rows[0]["value"]) == ("2026-10", "12")


def test_saving_can_be_thought_better_of(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, None)
    qtbot.mouseClick(page._save, LEFT)
    assert toasts(page) == []


def test_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot,
    page: ReportsPage,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    told: list[str],
) -> None:
    answer(monkeypatch, tmp_path / "nowhere" / "laporan.pdf")
    qtbot.mouseClick(page._save, LEFT)
    assert told == ["no_folder"]
    assert toasts(page) == []


def test_the_paper_is_remembered(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.mouseClick(page._paper.chip("f4"), LEFT)
    assert read_settings().paper is Paper.F4
    qtbot.waitUntil(page._print.isEnabled, timeout=10_000)
    assert page._pages is not None
    sheet = pypdf.PdfReader(io.BytesIO(page._pages[2])).pages[0].mediabox
    assert round(float(sheet.height) / 72 * 25.4) == 330


def test_a_paper_that_cannot_be_remembered_is_used_all_the_same(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    monkeypatch.setenv("PERPUDESK_SETTINGS", "/dev/null/nowhere")
    qtbot.mouseClick(page._paper.chip("f4"), LEFT)
    qtbot.waitUntil(page._print.isEnabled, timeout=10_000)
    assert page._pages is not None
    assert page._pages[1] is Paper.F4
    assert len(told) == 1


def test_practice_is_marked_on_the_pages(qtbot: QtBot, library: Desk) -> None:
    page = shown(
        qtbot, ReportsPage(library.reports, library.closings, practice=lambda: True), (1166, 716)
    )
    wait_for(qtbot, page, "PRACTICE")


@pytest.mark.parametrize(
    "size,scale,beside",
    [((1166, 716), 1.0, True), ((944, 600), 1.0, False), ((1246, 768), 1.5, False)],
)
def test_every_size_has_room_for_the_words(
    qtbot: QtBot, library: Desk, size: tuple[int, int], scale: float, *, beside: bool
) -> None:
    theme.apply(application(), scale=scale)
    page = open_page(qtbot, library, size)
    QApplication.processEvents()
    assert (page.width(), page.height()) == size
    assert (page._side.x() > page._preview.x()) is beside
    assert texts_fit(page) == []
    assert_accessible(page)
    assert [each.keys for each in page.key_uses()] == [
        "Ctrl+P",
        "Ctrl+S",
        "Ctrl+E",
        "PgUp",
        "PgDown",
        "Ctrl++",
        "Ctrl+-",
        "Ctrl+T",
        *(f"Ctrl+{place}" for place in range(1, 7)),
    ]


def test_a_quarter_and_a_year_are_reports_too(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.mouseClick(page._months.lengths.chip("quarter"), LEFT)
    assert page._months.current().code == "2026-Q3"
    wait_for(qtbot, page, "LIBRARY QUARTERLY REPORT")
    assert not page._side.isVisible()  # only a month is closed
    assert "not all months closed" in _status(page)
    rows = [page._months.table.rows.row(at) for at in range(2)]
    assert [(row.period.code, row.word) for row in rows] == [
        ("2026-Q4", "running"),
        ("2026-Q3", "provisional"),
    ]
    page.choose(Period.parse("2026"))
    wait_for(qtbot, page, "LIBRARY YEARLY REPORT")
    page._on_close()  # Ctrl+T has nothing to close here
    page.choose(OCTOBER)
    wait_for(qtbot, page, "LIBRARY MONTHLY REPORT")
    assert page._side.isVisible()


def test_a_period_is_final_once_its_months_are() -> None:
    row = long_row(OCTOBER, running=False, final=True)
    assert (row.word, row.tone) == ("final", "ok")
    assert status_of_many(final=True) == ("Final · all months closed", "ok")


def test_the_row_above_asks_for_another_paper(qtbot: QtBot, page: ReportsPage) -> None:
    with qtbot.waitSignal(page.paper_asked) as asked:
        qtbot.mouseClick(page._kinds.chip("tpbis"), LEFT)
    assert asked.args == ["tpbis"]
    assert page._kinds.value() == "report"


def _status(page: ReportsPage) -> str:
    return " ".join(each.text() for each in page.header.findChildren(Pill))


def test_pages_turn_and_grow_while_the_months_have_the_focus(qtbot: QtBot, library: Desk) -> None:
    page = open_page(qtbot, library)
    qtbot.waitUntil(lambda: page._preview.page_count() > 1, timeout=10_000)
    table = page._months.table
    table.setFocus()
    month = page._months.current()
    qtbot.keyClick(table, Qt.Key.Key_PageDown)
    assert page._preview.page() == 1
    qtbot.keyClick(table, Qt.Key.Key_PageUp)
    assert page._preview.page() == 0
    assert page._months.current() == month
    qtbot.keyClick(table, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert not page._preview._whole
    qtbot.keyClick(table, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert page._preview._whole
