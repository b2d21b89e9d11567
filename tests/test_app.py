"""The window's start, its end, and what it does when something is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from perpudesk import app as app_module
from perpudesk import outside
from perpudesk.app import App
from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.branch.form import FirstRun
from perpudesk.communities.form.gathering import GatheringDialog
from perpudesk.communities.model import DecisionDraft, GatheringDraft
from perpudesk.computers.finding import Lack, SessionFilter
from perpudesk.core import i18n
from perpudesk.core.codes import Theme
from perpudesk.core.errors import PerpuDeskError, RuleError
from perpudesk.core.paths import practice_dir
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.core.times import FixedClock, utc_text
from perpudesk.core.topics import Topic
from perpudesk.db.guard import FILE_NAME, Guard
from perpudesk.db.health import CLEAN_NAME
from perpudesk.db.undo import NOTHING_TO_UNDO
from perpudesk.desk import Desk, opened
from perpudesk.main_window import MainWindow
from perpudesk.mistakes import say
from perpudesk.outside import start_another
from perpudesk.patrons.model import PatronDraft
from perpudesk.privacy.form.cards import CardsDialog
from perpudesk.privacy.form.person import EraseDialog
from perpudesk.program.model import Partner
from perpudesk.trainings.form.course import CourseDialog
from perpudesk.trainings.model import CourseDraft
from perpudesk.ui import theme
from perpudesk.ui.help import HelpDialog, help_text
from perpudesk.ui.messages import CrashBox
from perpudesk.ui.paper_dialog import PaperDialog
from perpudesk.ui.toasts import Toast
from perpudesk.visits.form.clock import AskDay
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.page import VisitsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
ROOT = Path(__file__).parents[1]
PAGES = ("desk", "trainings", "patrons", "reports", "settings", "import", "find", "graph", "paper")


class Program:
    """The application without its end: the tests after this one need it too."""

    def __init__(self, qt: QApplication) -> None:
        self.qt = qt
        self.quits = 0

    def quit(self) -> None:
        self.quits += 1

    def __getattr__(self, name: str) -> object:
        return getattr(self.qt, name)


@pytest.fixture
def qt(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program's look, in English."""
    i18n.use("en")
    change_settings(language="en")
    theme.apply(qapp)
    monkeypatch.setattr("perpudesk.ui.qt_texts.install", lambda _qt: None)
    yield Program(qapp)
    theme.apply(qapp)


@pytest.fixture(autouse=True)
def _no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C is for whoever runs the tests."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of errors that were shown."""
    shown: list[str] = []

    def show(_parent: QWidget | None, error: PerpuDeskError) -> None:
        shown.append(error.sentence())

    monkeypatch.setattr("perpudesk.ui.messages.show_error", show)
    return shown


Start = Callable[..., App]


@pytest.fixture
def start(qt: Program, qtbot: QtBot, boxes: list[str]) -> Iterator[Start]:
    """Start the program on a folder and wait until it shows something; stopped after the test."""
    started: list[App] = []

    def begin(folder: Path) -> App:
        app = App(qt, folder, Guard(folder), read_settings())  # type: ignore[arg-type]
        started.append(app)
        app.start()
        qtbot.waitUntil(lambda: app.window._stack.currentWidget() is not None or bool(boxes))
        app.window.activateWindow()
        qtbot.waitUntil(lambda: bool(boxes) or takes_keys(app))
        return app

    yield begin
    for app in started:
        if isValid(app):
            end(app)


def activate(app: App, qtbot: QtBot) -> None:
    """Let keys reach the window."""
    app.window.activateWindow()
    qtbot.waitUntil(lambda: takes_keys(app))


def takes_keys(app: App) -> bool:
    return app.window.isActiveWindow() and app.window._stack.isVisible()


def end(app: App) -> None:
    """Close and stop it, and leave no window that a later test could wake."""
    app.window.close()
    app.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.stop()
    app.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Set up, with one visit, and closed well."""
    made = tmp_path / "records"
    with Desk(made) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.visits.record(VisitDraft())
    return made


def pull_the_plug(folder: Path) -> None:
    """As after a power cut: the mark of a clean stop is not there."""
    (folder / CLEAN_NAME).unlink()


def shown(app: App) -> str | None:
    page = app.window.current()
    return page.key if page else None


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


class TestStart:
    def test_the_window_is_remembered_by_the_machine_but_not_of_practice(
        self, start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app = start(folder)
        app.window.showNormal()
        app.window.setGeometry(30, 40, 1000, 600)
        app.window.close()
        kept = read_settings().window
        assert kept == app.window.placed()
        monkeypatch.setattr(app_module, "practice_dir", lambda: folder)
        app.window.setGeometry(10, 10, 900, 560)
        app.window.show()
        app.window.close()
        assert read_settings().window == kept

    def test_a_new_folder_begins_with_the_guide(
        self, start: Start, qtbot: QtBot, tmp_path: Path
    ) -> None:
        app = start(tmp_path / "new")
        guide = app.window._stack.currentWidget()
        assert isinstance(guide, FirstRun)
        assert not app.window.rail.isVisible()
        qtbot.keyClicks(QApplication.focusWidget(), "Taman Baca Mawar")
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
        qtbot.waitUntil(lambda: app.window.current() is not None)
        assert app.window.rail.isVisible()
        assert app.desk.branch.current().name == "Taman Baca Mawar"
        assert "Taman Baca Mawar" in words(app.window.rail)

    def test_what_the_guide_stores_is_told_in_the_foot(
        self, start: Start, qtbot: QtBot, tmp_path: Path
    ) -> None:
        app = start(tmp_path / "new")
        app.desk.branch.set_up(name="Taman Baca Mawar", zone="WIB")
        qtbot.waitUntil(lambda: not app._foot.isActive())  # an exception there fails the test
        assert "Taman Baca Mawar" in app.window.windowTitle()

    def test_a_guide_that_was_left_comes_again_with_one_set_of_pages(
        self, start: Start, qtbot: QtBot, tmp_path: Path
    ) -> None:
        with Desk(tmp_path):
            pass
        app = start(tmp_path)
        guide = app.window._stack.currentWidget()
        assert isinstance(guide, FirstRun)
        qtbot.keyClick(app.window, Qt.Key.Key_F7)
        assert app.window.current() is None
        guide.step.form.fill(name="Taman Baca")  # type: ignore[attr-defined]
        activate(app, qtbot)
        guide.begin()
        assert len(app.window.rail._buttons) == 9
        qtbot.keyClick(app.window, Qt.Key.Key_F9)
        assert shown(app) == "settings"

    def test_a_folder_that_is_set_up_opens_at_the_desk(self, start: Start, folder: Path) -> None:
        app = start(folder)
        assert app.window.current() is app.window.page("desk")
        foot = words(app.window.rail)
        assert "Perpustakaan Uji" in foot
        assert "PRACTICE" not in foot

    def test_another_one_comes_to_the_desk_by_the_rail_or_by_key(
        self, start: Start, qtbot: QtBot, folder: Path
    ) -> None:
        with opened(folder) as desk:
            rina, budi = (desk.branch.add_staff(name) for name in ("Rina Dewi", "Budi"))
            desk.branch.at_desk(rina.id)
        app = start(folder)
        qtbot.waitUntil(lambda: "Rina Dewi" in words(app.window.rail))

        def choose(name: str) -> None:
            menu = next(each for each in app.window.findChildren(QMenu) if each.isVisible())
            next(each for each in menu.actions() if each.text() == name).trigger()
            menu.close()

        line = next(
            each
            for each in app.window.rail.findChildren(QWidget)
            if each.accessibleName() == "At the desk: Rina Dewi"
        )
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
        choose("Budi")
        here = app.desk.branch.who_is_at_desk()
        assert here is not None
        assert here.id == budi.id
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(app.window, Qt.Key.Key_P, keys)
        choose("Staff…")
        assert shown(app) == "settings"

    def test_tab_goes_round_the_desk_in_reading_order(
        self, start: Start, qtbot: QtBot, folder: Path
    ) -> None:
        app = start(folder)
        page = app.window.page("desk")
        assert isinstance(page, VisitsPage)
        qtbot.waitUntil(lambda: page.board.grid.hasFocus() and page.board.chips.isVisible())
        qtbot.waitUntil(page.board.chips.chip("reading").isVisible)
        keys = [Qt.Key.Key_Tab] * 16 + [Qt.Key.Key_Backtab] * 16
        stops = []
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget(), key)
            stops.append(QApplication.focusWidget().accessibleName())
        there, back = stops[:16], stops[16:]
        begin = there.index("Front desk")
        assert there[begin : begin + 7] == [
            "Front desk",
            "State of today: Open · counted",
            "Scan a card or type a name",
            "How many people",
            "Group…",
            "Reading",
            "Visitors by sex and age",
        ]
        assert back[:15] == there[14::-1]
        assert app.window.current() is app.window.page("desk")

    def test_practice_is_marked(self, start: Start, folder: Path) -> None:
        with opened(folder) as desk:
            desk.begin_practice(bytes(32))
        app = start(folder)
        assert "PRACTICE" in words(app.window.rail)

    def test_after_a_power_cut_it_says_that_it_checks(
        self, start: Start, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: list[str] = []

        def show_alone(window: MainWindow, widget: QWidget) -> None:
            said.extend(label.text() for label in widget.findChildren(QLabel))
            shown_alone(window, widget)

        shown_alone = MainWindow.show_alone
        monkeypatch.setattr(MainWindow, "show_alone", show_alone)
        pull_the_plug(folder)
        app = start(folder)
        qtbot.waitUntil(lambda: app.window.current() is not None)
        assert "Checking the data" in " ".join(said)
        assert app.window.current() is app.window.page("desk")
        assert app.window.rail.isVisible()

    def test_a_damaged_file_is_said_and_ends_it(
        self, start: Start, qtbot: QtBot, qt: Program, folder: Path, boxes: list[str]
    ) -> None:
        damaged = b"not a database" * 100
        (folder / FILE_NAME).write_bytes(damaged)
        app = start(folder)
        qtbot.waitUntil(lambda: qt.quits == 1)
        assert "is damaged or is not PerpuDesk's" in boxes[0]
        assert (app.code, len(boxes)) == (1, 1)
        app.stop()
        assert (folder / FILE_NAME).read_bytes() == damaged
        Guard(folder).release()

    def test_a_file_damaged_by_a_power_cut_is_said_too(
        self, start: Start, qtbot: QtBot, qt: Program, folder: Path, boxes: list[str]
    ) -> None:
        pull_the_plug(folder)
        data = bytearray((folder / FILE_NAME).read_bytes())
        data[4096:] = bytes(len(data) - 4096)
        (folder / FILE_NAME).write_bytes(data)
        app = start(folder)
        qtbot.waitUntil(lambda: qt.quits == 1)
        assert "is damaged" in boxes[0]
        assert app.code == 1


class TestProvision:
    """A file beside the program answers the first run, as far as it goes."""

    @pytest.fixture
    def file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        beside = tmp_path / "perpudesk.toml"
        monkeypatch.setattr("perpudesk.first_start.provision_file", lambda: beside)
        return beside

    def test_a_whole_file_opens_the_desk(
        self, start: Start, qtbot: QtBot, tmp_path: Path, file: Path
    ) -> None:
        file.write_text(
            '[branch]\nname = "Desa Mawar"\nzone = "WIT"\n[machine]\nlanguage = "en"\nscale = 125'
        )
        app = start(tmp_path / "new")
        assert shown(app) == "desk"
        assert app.desk.branch.current().zone == "Asia/Jayapura"
        assert (i18n.language(), theme.current().scale) == ("en", 1.25)

    def test_what_it_leaves_open_is_asked(
        self, start: Start, qtbot: QtBot, tmp_path: Path, file: Path
    ) -> None:
        file.write_text('[branch]\nkind = "village"\nzone = "WIT"\nplace = "Biak"')
        app = start(tmp_path / "new")
        guide = app.window._stack.currentWidget()
        assert isinstance(guide, FirstRun)
        qtbot.keyClicks(QApplication.focusWidget(), "Desa Mawar")
        guide.go_on()
        guide.begin()
        branch = app.desk.branch.current()
        assert (branch.name, str(branch.kind), branch.place) == ("Desa Mawar", "village", "Biak")
        assert branch.zone == "Asia/Jayapura"

    def test_a_faulty_one_is_said_and_the_guide_asks_all(
        self, start: Start, qtbot: QtBot, tmp_path: Path, file: Path, boxes: list[str]
    ) -> None:
        file.write_text('[branch]\nnama = "Desa Mawar"')
        app = start(tmp_path / "new")
        qtbot.waitUntil(lambda: isinstance(app.window._stack.currentWidget(), FirstRun))
        assert "line 2: there is no “nama”" in boxes[0]
        file.write_text('[branch]\nname = "Desa"\nzone = "WIB"\nregion_code = "x"')
        boxes.clear()
        again = start(tmp_path / "other")
        qtbot.waitUntil(lambda: isinstance(again.window._stack.currentWidget(), FirstRun))
        assert "line 4, branch.region_code" in boxes[0]
        assert not again.desk.is_set_up()


class TestEnd:
    def test_closing_stops_clean(self, start: Start, qt: Program, folder: Path) -> None:
        app = start(folder)
        assert not (folder / CLEAN_NAME).exists()
        app.window.close()
        assert (qt.quits, app.code) == (1, 0)
        end(app)
        assert (folder / CLEAN_NAME).exists()
        assert not (folder / f"{FILE_NAME}-wal").exists()
        assert not (folder / "perpudesk.raise").exists()
        with opened(folder) as desk:
            assert desk.clean

    def test_nothing_asks_for_the_records_after_the_end(
        self, start: Start, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("_FOOT_MS", "_SETTLE_MS", "_WARM_UP_MS", "_PULSE_MS"):
            monkeypatch.setattr(app_module, name, 300)
        app = start(folder)
        app.desk.notify(Topic.VISITS)
        app.window.close()
        app.stop()
        qtbot.wait(400)  # an exception in the event loop fails the test

    def test_closing_before_anything_was_opened(self, qt: Program, tmp_path: Path) -> None:
        app = App(qt, tmp_path, Guard(tmp_path), read_settings())  # type: ignore[arg-type]
        app.stop()
        Guard(tmp_path).release()

    def test_closing_while_it_checks_waits_for_the_check(
        self, start: Start, qt: Program, folder: Path
    ) -> None:
        pull_the_plug(folder)
        app = start(folder)
        end(app)
        with opened(folder) as desk:
            assert desk.clean
            assert desk.visits.count() == 1


class TestPages:
    def test_every_page_opens_with_its_key_and_has_its_help(
        self, start: Start, qtbot: QtBot, folder: Path
    ) -> None:
        app = start(folder)
        keys = {
            "desk": "F2",
            "trainings": "F4",
            "patrons": "Ctrl+M",
            "reports": "F7",
            "settings": "F9",
            "import": "Ctrl+I",
            "find": "Ctrl+F",
            "graph": "F8",
            "paper": "Ctrl+L",
        }
        for key in (*PAGES, "desk"):
            _press(app.window, keys[key])
            assert app.window.current() is app.window.page(key)
            page = app.window.page(key)
            for lang in i18n.LANGUAGES:
                with i18n.speaking(lang):
                    assert help_text(page.key).startswith("# "), (page.key, lang)
            assert page.key_uses()

    def test_what_changed_reaches_every_page(
        self, start: Start, qtbot: QtBot, folder: Path
    ) -> None:
        app = start(folder)
        app.desk.branch.set_up(name="Renamed")
        qtbot.waitUntil(lambda: "Renamed" in words(app.window.rail))
        before = app.desk.visits.today().total
        thread = threading.Thread(target=lambda: app.desk.visits.record(VisitDraft(count=3)))
        thread.start()
        thread.join()
        QApplication.processEvents()
        assert app.desk.visits.today().total == before + 3
        assert "All saved" in words(app.window.rail)

    def test_another_language_rebuilds_the_window(
        self, start: Start, qtbot: QtBot, folder: Path
    ) -> None:
        app = start(folder)
        app.window.resize(800, 600)  # no larger than the screen of the tests
        old, size = app.window, app.window.size()
        app.window.go("settings")
        change_settings(language="id")
        app._on_appearance_changed()
        activate(app, qtbot)
        assert not isValid(old)
        assert app.window.isVisible()
        assert app.window.current() is app.window.page("settings")
        assert i18n.language() == "id"
        assert app.window.page("settings").title == i18n.tr("Settings")
        assert app.window.size() == size
        _press(app.window, "F2")
        assert app.window.current() is app.window.page("desk")

    def test_larger_text_and_another_palette_rebuild_it(
        self, start: Start, qt: Program, folder: Path
    ) -> None:
        app = start(folder)
        change_settings(scale=150, theme=Theme.DARK)
        app._on_appearance_changed()
        assert (theme.current().scale, str(theme.current().scheme)) == (1.5, "dark")
        app.window.close()
        assert qt.quits == 1  # the old window's end was not the program's

    def test_a_report_leads_to_its_days_and_signatories(self, start: Start, folder: Path) -> None:
        app = start(folder)
        reports = app.window.page("reports")
        reports.day_asked.emit(date.today())  # type: ignore[attr-defined]  # noqa: DTZ011
        assert app.window.current() is app.window.page("desk")
        _close_dialogs()
        reports.sheet_asked.emit(date(2026, 10, 7))  # type: ignore[attr-defined]
        paper = app.window.page("paper")
        assert app.window.current() is paper
        assert paper.view.sheet.day == date(2026, 10, 7)  # type: ignore[attr-defined]
        reports.sessions_asked.emit(SessionFilter(lack=Lack.FORGOTTEN))  # type: ignore[attr-defined]
        sessions = app.window.page("sessions")
        assert app.window.current() is sessions
        assert sessions.filters.lack.value() == "forgotten"  # type: ignore[attr-defined]
        reports.board_asked.emit()  # type: ignore[attr-defined]
        assert shown(app) == "computers"
        reports.signatories_asked.emit()  # type: ignore[attr-defined]
        assert shown(app) == "settings"
        reports.agenda_asked.emit(date(2026, 10, 7))  # type: ignore[attr-defined]
        agenda = app.window.page("agenda")
        assert app.window.current() is agenda
        assert agenda.grid.day == date(2026, 10, 7)  # type: ignore[attr-defined]

    def test_what_is_held_on_somebody_is_printed_and_erased(
        self, start: Start, folder: Path, qtbot: QtBot
    ) -> None:
        with Desk(folder) as desk:
            siti = desk.patrons.add(PatronDraft(name="Siti Aminah"))
        app = start(folder)
        app.window.go("patrons")
        page = app.window.page("patrons")
        page.held_asked.emit(siti)  # type: ignore[attr-defined]
        (paper,) = app.window.findChildren(PaperDialog)
        qtbot.waitUntil(lambda: paper._data is not None)
        paper.reject()
        page.cards_asked.emit(siti)  # type: ignore[attr-defined]
        (cards,) = app.window.findChildren(CardsDialog)
        cards.reject()
        page.erase_asked.emit(siti)  # type: ignore[attr-defined]
        (dialog,) = app.window.findChildren(EraseDialog)
        dialog.form.fill(sure=True)
        dialog.save.click()
        assert app.desk.patrons.count() == 0

    def test_the_help_prints_the_quick_guide(
        self, start: Start, folder: Path, qtbot: QtBot
    ) -> None:
        app = start(folder)
        qtbot.keyClick(app.window, Qt.Key.Key_F1)
        help_ = app.window.findChild(HelpDialog)
        help_.guide.click()
        paper = help_.findChild(PaperDialog)
        qtbot.waitUntil(lambda: paper.preview.page_count() == 2)
        paper.reject()
        help_.close()

    def test_the_settings_print_the_handover_sheet(
        self, start: Start, folder: Path, qtbot: QtBot
    ) -> None:
        app = start(folder)
        app._places.open_section("data")
        settings = app.window.page("settings")
        settings.section().handover.click()  # type: ignore[attr-defined]
        paper = settings.findChild(PaperDialog)
        qtbot.waitUntil(lambda: paper.preview.page_count() > 0)
        paper.reject()

    def test_who_is_not_seen_any_more_is_erased_at_the_start(
        self, start: Start, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Desk(folder) as desk:
            desk.patrons.add(PatronDraft(name="Siti Aminah"))
        later = datetime.now(UTC) + timedelta(days=500)
        monkeypatch.setattr("perpudesk.core.times.SystemClock.now", lambda _clock: later)
        monkeypatch.setattr(app_module, "_WARM_UP_MS", 50)
        app = start(folder)
        qtbot.waitUntil(lambda: app.desk.patrons.count() == 0)
        qtbot.waitUntil(
            lambda: any(
                "1 name was erased" in each.accessibleName()
                for each in app.window.findChildren(Toast)
            )
        )

    def test_what_today_brings_and_what_is_on_lead_to_their_pages(
        self, start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        morning = datetime.now(UTC).replace(hour=2)  # at night what was planned is over
        monkeypatch.setattr("perpudesk.core.times.SystemClock.now", lambda _clock: morning)
        with Desk(folder) as desk:
            today = desk.store.today()
            begun = today - timedelta(days=30)
            planned = Schedule(day=today, start=time(23))
            made = desk.trainings.add(CourseDraft(title="Email", topic="business"))
            desk.trainings.plan_meeting(made.id, MeetingDraft(schedule=planned))
            desk.gatherings.plan(
                GatheringDraft(meeting=MeetingDraft(schedule=planned, title="Rembuk"))
            )
            past = MeetingDraft(schedule=Schedule(day=begun), title="Rapat")
            met = desk.gatherings.plan(GatheringDraft(meeting=past))
            late = DecisionDraft(text="Beli kursi", owner_office="Lurah", due_on=begun)
            desk.decisions.add(met.meeting.id, late)
            desk.program.partners.add(
                Partner(name="Telkom", until_on=today + timedelta(days=9), from_on=begun)
            )
        app = start(folder)
        desk_page = app.window.page("desk")
        desk_page.matters_asked.emit()  # type: ignore[attr-defined]
        told = desk_page.matters._matters  # type: ignore[attr-defined]
        assert len(told) == 4
        led = []
        for each in told:
            each.open()
            led.append(shown(app))
        assert led == ["communities", "trainings", "communities", "program"]
        agenda = app.window.page("agenda")
        agenda.course_asked.emit(made.id)  # type: ignore[attr-defined]
        assert shown(app) == "trainings"
        agenda.meeting_asked.emit(met.meeting.id)  # type: ignore[attr-defined]
        assert shown(app) == "communities"
        agenda.class_asked.emit()  # type: ignore[attr-defined]
        assert shown(app) == "computers"
        later = today + timedelta(days=40)
        agenda.training_wanted.emit(later)  # type: ignore[attr-defined]
        assert shown(app) == "trainings"
        (course,) = [each for each in app.window.findChildren(CourseDialog) if each.isVisible()]
        assert course.form.value("starts_on") == later
        course.reject()
        agenda.activity_wanted.emit(later)  # type: ignore[attr-defined]
        assert shown(app) == "communities"
        (planned,) = [each for each in app.window.findChildren(GatheringDialog) if each.isVisible()]
        assert planned.form.value("day") == later
        planned.reject()

    def test_no_room_of_activities_is_loaded_before_the_first_tap(self, folder: Path) -> None:
        code = (
            "import sys, perpudesk.app, perpudesk.places\n"
            "from perpudesk.desk import Desk\n"
            "from perpudesk.visits.model import VisitDraft\n"
            "from perpudesk.visits.page import VisitsPage\n"
            f"with Desk({str(folder)!r}) as desk: desk.visits.record(VisitDraft())\n"
            "rooms = ('agenda', 'attendance', 'communities', 'program', 'trainings')\n"
            "print([each for each in rooms if f'perpudesk.{each}' in sys.modules])\n"
        )
        code = code.replace(repr(str(folder)), f"__import__('pathlib').Path({str(folder)!r})")
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "[]"

    def test_the_desk_leads_to_paper(self, start: Start, folder: Path) -> None:
        app = start(folder)
        desk = app.window.page("desk")
        desk.recent.paper.click()  # type: ignore[attr-defined]
        assert app.window.current() is app.window.page("paper")


class TestClock:
    @pytest.fixture
    def late(self, folder: Path) -> date:
        """A visit was recorded when the clock said a year later."""
        day = datetime.now(UTC) + timedelta(days=400)
        with opened(folder) as desk, desk.store.writing() as db:
            db.execute(
                "UPDATE visits SET local_date = ?, occurred_at = ?",
                [day.date().isoformat(), utc_text(day)],
            )
        return day.date()

    def test_a_clock_that_is_behind_asks_for_the_day(
        self, start: Start, folder: Path, late: date, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app = start(folder)
        (dialog,) = app.window.findChildren(AskDay)
        assert dialog.isVisible()
        dialog.form.fill(day=late)
        dialog._on_submitted()
        assert app.desk.store.today() == late
        assert app.desk.clock_is_behind() is None

    def test_a_day_is_typed_and_never_proposed(
        self, start: Start, folder: Path, late: date
    ) -> None:
        app = start(folder)
        (dialog,) = app.window.findChildren(AskDay)
        dialog._on_submitted()
        assert dialog.isVisible()
        assert dialog.form.field("day").error().startswith("The day is empty")
        dialog.reject()

    def test_a_clock_that_is_set_back_while_the_window_is_open_is_asked_about_once(
        self, start: Start, folder: Path
    ) -> None:
        app = start(folder)
        app.desk.visits.record(VisitDraft())
        real, today = app.desk.clock.machine.now(), app.desk.store.today()
        app.desk.clock.machine = machine = FixedClock(real - timedelta(days=6_000))
        app._pulse.timeout.emit()
        (dialog,) = app.window.findChildren(AskDay)
        app._pulse.timeout.emit()
        dialog.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app._pulse.timeout.emit()
        assert app.window.findChildren(AskDay) == [], "Escape goes on with what the machine says"
        machine.advance(days=-6_000)
        app._pulse.timeout.emit()
        (dialog,) = app.window.findChildren(AskDay)
        dialog.form.fill(day=today)
        dialog._on_submitted()
        assert app.desk.store.today() == today

    def test_a_clock_set_back_before_any_record_is_no_matter(
        self, start: Start, folder: Path
    ) -> None:
        app = start(folder)
        now = app.desk.clock.now() + timedelta(hours=3)
        app.desk.clock.machine = machine = FixedClock(now)
        app.desk.clock.now()
        machine.advance(hours=-2)
        app._pulse.timeout.emit()
        assert app.window.findChildren(AskDay) == []
        assert not app.desk.clock.fell_back()

    def test_what_a_wrong_clock_recorded_is_moved_together(
        self, start: Start, folder: Path, late: date, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("perpudesk.visits.form.clock.ask_to_redate", lambda *_: True)
        app = start(folder)
        (dialog,) = app.window.findChildren(AskDay)
        right = late - timedelta(days=365)
        dialog.form.fill(day=right)
        dialog._on_submitted()
        assert app.desk.visits.newest_day() == right
        assert app.desk.visits.today().total == 1


class TestSecondStart:
    @pytest.fixture(autouse=True)
    def _application(self, qt: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(app_module, "QApplication", lambda _: qt)

    def test_raises_the_first_window_and_ends(
        self, start: Start, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = start(folder)
        raised: list[int] = []
        monkeypatch.setattr(first.window, "raise_up", lambda: raised.append(1))
        assert app_module.run(["--data", str(folder), "--lang=en"]) == 1
        qtbot.waitUntil(lambda: bool(raised))

    @pytest.mark.parametrize("left", ["nothing", "a file", "a folder"])
    def test_a_command_that_has_the_folder_is_said_in_a_box(
        self, folder: Path, boxes: list[str], left: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outside, "_WAIT_MS", 200)
        mark = folder / "perpudesk.raise"  # a window that was killed leaves it
        if left == "a file":
            mark.touch()
        elif left == "a folder":
            mark.mkdir()
        guard = Guard(folder)
        assert app_module.run(["--data", str(folder)]) == 1
        guard.release()
        assert "already open" in boxes[0]
        assert mark.exists() == (left == "a folder")

    def test_a_window_that_is_just_starting_comes_to_the_front(
        self, start: Start, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        raised: list[int] = []
        monkeypatch.setattr(MainWindow, "raise_up", lambda _: raised.append(1))
        (folder / "perpudesk.raise").write_text("a second start is waiting")
        start(folder)
        qtbot.waitUntil(lambda: bool(raised))
        assert (folder / "perpudesk.raise").read_text() == ""

    def test_a_folder_in_the_place_of_a_small_file_is_no_matter(
        self, start: Start, qtbot: QtBot, folder: Path
    ) -> None:
        for name in ("perpudesk.raise", "perpudesk.clean", "perpudesk.ballast"):
            (folder / name).unlink(missing_ok=True)
            (folder / name).mkdir()
        app = start(folder)
        qtbot.waitUntil(lambda: app.window.current() is not None)  # it is checked first
        app.desk.visits.record(VisitDraft())
        assert app.desk.visits.today().total > 0

    def test_a_folder_that_is_a_file_is_said(self, tmp_path: Path, boxes: list[str]) -> None:
        (tmp_path / "file").write_text("mine")
        assert app_module.run([f"--data={tmp_path / 'file'}"]) == 1
        assert "is a file, not a folder" in boxes[0]


class TestRun:
    def test_from_start_to_end(
        self, qt: Program, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(app_module, "QApplication", lambda _: qt)
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        monkeypatch.setenv("PERPUDESK_TIMING", "1")

        windows: list[MainWindow] = []

        def lived() -> int:
            window = next(each for each in QApplication.topLevelWidgets() if each.isVisible())
            assert isinstance(window, MainWindow)
            windows.append(window)
            qtbot.waitUntil(lambda: window.current() is not None)
            window.close()
            return 0

        monkeypatch.setattr(qt, "exec", lived, raising=False)
        assert app_module.run(["--data", str(folder), "--lang", "id"]) == 0
        assert i18n.language() == "id"
        assert (folder / CLEAN_NAME).exists()
        windows[0].deleteLater()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows closes the window by itself")
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_it_stops_clean_when_the_system_shuts_down(
        self, folder: Path, number: signal.Signals
    ) -> None:
        words = [sys.executable, "-m", "perpudesk", "--data", str(folder)]
        environment = {**os.environ, "PERPUDESK_TIMING": "1"}
        with subprocess.Popen(
            words, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        ) as running:
            assert running.stderr is not None
            assert any(line.startswith("listens") for line in running.stderr)
            running.send_signal(number)
            assert running.wait(timeout=30) == 0
        assert (folder / CLEAN_NAME).exists()

    def test_a_program_without_a_terminal_says_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stderr", None)
        say("nobody hears it")


class TestCrash:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The details that a box showed; each is answered with *Continue*."""
        shown: list[str] = []

        def answer(box: CrashBox) -> int:
            shown.append(box._details.toPlainText())
            assert box._report is not None
            assert "Siti" not in box._report()
            assert "Qt 6" in box._report()
            app = self.app
            app.on_crash(ValueError, ValueError("again"), None)  # while the box is there
            return self.answer

        monkeypatch.setattr(CrashBox, "exec", answer)
        self.answer = CrashBox.CONTINUE
        return shown

    def test_it_is_logged_without_names_and_said_once(
        self, start: Start, folder: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.app = start(folder)
        error = KeyError("Siti Aminah")
        self.app.on_crash(KeyError, error, None)
        assert len(asked) == 1
        log = (folder / "perpudesk.log").read_text("utf-8")
        assert ("KeyError" in log, "ValueError" in log) == (True, True)
        assert "Siti" not in log + asked[0] + capsys.readouterr().err
        assert self.app.window.isVisible()
        self.app.on_crash(KeyError, error, None)
        assert len(asked) == 2

    def test_quitting_closes_the_window(
        self, start: Start, qt: Program, folder: Path, asked: list[str]
    ) -> None:
        self.app = start(folder)
        self.answer = CrashBox.QUIT
        self.app.on_crash(KeyError, KeyError(), None)
        assert (len(asked), qt.quits) == (1, 1)

    def test_in_another_thread_it_is_only_logged(
        self, start: Start, folder: Path, asked: list[str]
    ) -> None:
        self.app = start(folder)
        thread = threading.Thread(target=lambda: self.app.on_crash(KeyError, KeyError(), None))
        thread.start()
        thread.join()
        assert asked == []
        assert (folder / "perpudesk.log").exists()

    def test_a_refusal_is_said_as_what_it_is(
        self, start: Start, folder: Path, asked: list[str], boxes: list[str]
    ) -> None:
        self.app = start(folder)
        error = RuleError(NOTHING_TO_UNDO)
        self.app.on_crash(RuleError, error, None)
        assert (boxes, asked) == ([error.sentence()], [])
        assert not (folder / "perpudesk.log").exists()

    def test_ctrl_c_closes_the_window(
        self, start: Start, qt: Program, folder: Path, asked: list[str]
    ) -> None:
        self.app = start(folder)
        self.app.on_crash(KeyboardInterrupt, KeyboardInterrupt(), None)
        assert (asked, qt.quits) == ([], 1)
        assert not (folder / "perpudesk.log").exists()


class TestPractice:
    def test_opens_beside_the_real_records(
        self, start: Start, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun: list[list[str]] = []
        monkeypatch.setattr(
            QProcess, "startDetached", lambda program, words: begun.append([program, *words])
        )
        monkeypatch.setattr("perpudesk.demo._record", lambda *_: 0)
        app = start(folder)
        for times in (1, 2):
            app.practise()
            qtbot.waitUntil(lambda times=times: len(begun) == times)  # type: ignore[misc]
        place = str(practice_dir())
        assert begun[0] == [sys.executable, "-m", "perpudesk", "--data", place, "--lang", "en"]
        with opened(practice_dir()) as desk:
            assert desk.practice
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        start_another(place)
        assert begun[2] == [sys.executable, "--data", place, "--lang", "en"]


def _press(window: QWidget, keys: str) -> None:
    QTest.keySequence(window, keys)


def _close_dialogs() -> None:
    while (dialog := QApplication.activeModalWidget()) is not None:
        dialog.close()
