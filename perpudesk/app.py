"""The window's start: it paints, then opens the desk, then wires the pages to it.

What is imported here at the top is what the first paint needs; everything else waits for it.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from perpudesk.core import i18n
from perpudesk.core.errors import PerpuDeskError, RuleError, StorageError
from perpudesk.core.i18n import tr
from perpudesk.core.paths import data_dir, practice_dir
from perpudesk.core.rights import Right
from perpudesk.core.settings import Settings, change_settings, read_settings
from perpudesk.db.guard import FILE_NAME, FOLDER_IN_USE, Guard
from perpudesk.main_window import FirstPaint, MainWindow
from perpudesk.mistakes import Mistakes, say
from perpudesk.outside import Outside, call_first_window, start_another
from perpudesk.ui.sources import read_no_sources
from perpudesk.ui.tokens import PALETTES, Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perpudesk.alive import Alive
    from perpudesk.backups.form.restore import Wanted
    from perpudesk.backups.restoring import Restored
    from perpudesk.copying import Copying
    from perpudesk.core.topics import Topic
    from perpudesk.dayguard import DayGuard
    from perpudesk.desk import Desk
    from perpudesk.locking import Locking

_FOOT_MS = 250
_SETTLE_MS = 100
"""What nobody waits for comes after the first tap can be taken."""
_WARM_UP_MS = 1_500
"""The first taps need no name; indexing names waits until they had the machine to themselves."""
_PULSE_MS = 2_000


def run(words: Sequence[str]) -> int:
    """Open the window on the folder that the words name; the process's exit code."""
    gc.disable()  # see background.collect_garbage; besides, nothing of a start is garbage
    read_no_sources()
    asked = _asked(words)
    settings = read_settings()
    i18n.use(asked.get("--lang", settings.language))
    folder = Path(asked["--data"]) if "--data" in asked else data_dir()
    qt = QApplication([sys.argv[0]])
    qt.setApplicationName("PerpuDesk")
    qt.setDesktopFileName("perpudesk")
    try:
        guard = Guard(folder)
    except StorageError as error:
        return _refuse(error, folder, qt, settings)
    app = App(qt, folder, guard, settings)
    sys.excepthook = app.on_crash
    qt.commitDataRequest.connect(app.on_session_ends)
    qt.aboutToQuit.connect(app.stop)  # Windows kills what it ends before `exec` returns
    app.start()
    qt.exec()
    app.stop()
    return app.code


def _asked(words: Sequence[str]) -> dict[str, str]:
    """`--data DIR` and `--lang LANG`, also joined by `=`; nothing else comes here."""
    rest = iter(words)
    joined = [word if "=" in word else f"{word}={next(rest)}" for word in rest]
    return dict(word.split("=", 1) for word in joined)


def _refuse(error: StorageError, folder: Path, qt: QApplication, settings: Settings) -> int:
    """Say why the folder cannot be had, or bring the window that has it to the front."""
    if error.problem is FOLDER_IN_USE and call_first_window(folder):
        say(error.sentence())
        return 1
    from perpudesk.ui.messages import show_error

    say(error.sentence())
    _dress(qt, settings)
    show_error(None, error)
    return 1


def _dress(qt: QApplication, settings: Settings) -> None:
    """Put on the palette, the font and the size of text that the settings ask for."""
    from perpudesk.ui import qt_texts, theme

    qt_texts.write_numbers()
    theme.apply(qt, scheme=settings.theme, scale=settings.scale / 100)


def _collect_garbage() -> None:
    from perpudesk.ui import background

    background.collect_garbage()


def _mark(name: str) -> None:
    """Tell the benchmark when something was reached, by the clock that all processes share."""
    if os.environ.get("PERPUDESK_TIMING"):
        say(f"{name} {time.monotonic():.6f}")


class App(QObject):
    """Everything between the first paint and the last."""

    topic_changed = Signal(object)
    """A `Topic`; hops to the window's thread when a worker told it."""

    def __init__(self, qt: QApplication, folder: Path, guard: Guard, settings: Settings) -> None:
        super().__init__()
        self._qt = qt
        self._folder = folder
        self._guard = guard
        self._settings = settings
        self._desk: Desk | None = None
        self._alive: Alive | None = None
        self._copying: Copying | None = None
        self._locking: Locking | None = None
        self.on_crash = Mistakes(folder, lambda: self.window, self._on_stop_asked).on_crash
        self._day: DayGuard | None = None
        self._restored = ""
        self._leaving = False
        self.code = 0
        self.window = self._new_window()
        self._outside = Outside(folder, self)
        self._outside.raise_asked.connect(self._on_second_start)
        self._outside.stop_asked.connect(self._on_stop_asked)
        self.topic_changed.connect(self._on_topic)
        self._foot = QTimer(self, singleShot=True, interval=_FOOT_MS)
        self._foot.timeout.connect(self._show_branch)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._pulse = QTimer(self, interval=_PULSE_MS)
        self._pulse.timeout.connect(_collect_garbage)
        self._warm = QTimer(self, singleShot=True, interval=_WARM_UP_MS)
        self._warm.timeout.connect(self._warm_up)

    def _new_window(self) -> MainWindow:
        window = MainWindow(PALETTES[Scheme(self._settings.theme)])
        window.closed.connect(self._on_closed)
        window.went.connect(self._on_went)
        window.ask_before_closing(self._may_close)
        return window

    def start(self) -> None:
        """Paint, then open."""
        first = FirstPaint(self.window)
        first.painted.connect(self._on_painted)
        self.window.show_placed(self._settings.window, aside=self._practising)

    def stop(self) -> None:
        """Finish what runs and stop clean."""
        from perpudesk.ui import background

        for timer in (self._foot, self._settle, self._pulse, self._warm):
            timer.stop()  # none may ask a desk that is closed
        for each in (self._alive, self._locking):
            if each is not None:
                each.stop()
        background.finish()
        if self._copying is not None:
            self._copying.stop()
            if not self._leaving:
                self._copying.finish()
            self._copying = None
        self._outside.close()
        if self._desk is not None:
            self._desk.close()
        else:
            self._guard.release()

    @property
    def _practising(self) -> bool:
        """Whether this is the window beside the real one, on the practice folder."""
        return self._folder == practice_dir()

    def _on_painted(self) -> None:
        _mark("first-paint")
        _dress(self._qt, self._settings)
        from perpudesk.desk import Desk

        self._desk = Desk(self._folder, guard=self._guard)
        if (self._folder / FILE_NAME).exists():
            self._furnish()
        self._outside.listen()
        if self._desk.clean:
            self._open_now()
        else:
            self._open_beside()

    def _open_now(self) -> None:
        try:
            self.desk.open()
        except PerpuDeskError as error:
            self._give_up(error)
        else:
            self._on_opened()

    def _open_beside(self) -> None:
        """After an unclean stop: the check may take long, the window says what it does."""
        from perpudesk.ui import background
        from perpudesk.ui.cards import EmptyState

        self._checking = EmptyState(
            tr("Checking the data: the program was not closed properly last time."),
            icon="history",
        )
        self.window.show_alone(self._checking)
        background.run(
            self,
            lambda _report: self.desk.open(),
            succeeded=self._on_checked,
            failed=self._give_up,
        )

    def _on_checked(self, _nothing: object) -> None:
        self.window.leave_alone(self._checking)
        self._on_opened()

    def _give_up(self, error: PerpuDeskError) -> None:
        from perpudesk.ui.messages import show_error

        self.code = 1
        self._desk = None
        say(error.sentence())
        show_error(self.window, error)
        self.window.close()

    @property
    def desk(self) -> Desk:
        """The open desk."""
        assert self._desk is not None  # noqa: S101 - opened before any page asks
        return self._desk

    def _on_opened(self) -> None:
        from perpudesk.ui import qt_texts

        qt_texts.install(self._qt)
        self.desk.subscribe(self.topic_changed.emit)
        if self.desk.is_set_up():
            self._begin()
        else:
            self._set_up()

    def _set_up(self) -> None:
        from perpudesk.first_start import FirstStart

        first = FirstStart(self.desk, self)
        first.refused.connect(self._tell)
        guide = first.guide()
        if self.window.has_places():  # an earlier first run was not finished
            old, self.window = self.window, self._new_window()
            self._retire(old)
        if guide is None:
            self._on_set_up(None)
            return
        guide.finished.connect(partial(self._on_set_up, guide))
        guide.practice_asked.connect(self.practise)
        guide.restore_asked.connect(partial(self._on_restore_asked, guide))
        self.window.show_alone(guide)
        _mark("first-run")

    def _tell(self, error: PerpuDeskError) -> None:
        from perpudesk.ui.messages import show_error

        say(error.sentence())
        show_error(self.window, error)

    def _on_set_up(self, guide: QWidget | None) -> None:
        """Asked by the guide, or told by the file beside the program."""
        self._settings = read_settings()
        i18n.use(self._settings.language)
        if guide is None:
            _dress(self._qt, self._settings)
        self._furnish()
        if guide is not None:
            self.window.leave_alone(guide)
        self._begin()

    def _begin(self) -> None:
        """The desk is open and set up: show it."""
        from perpudesk.dayguard import DayGuard

        self._show_desk("desk")
        if self._restored:
            self._tell_restored()
        _mark("ready")
        self._day = DayGuard(self.desk, lambda: self.window, self)
        self._day.answered.connect(self._on_day_answered)
        self._pulse.timeout.connect(self._day.watch)
        self._pulse.start()
        self._settle.start()
        if self.desk.branch.has_pins():
            self._begin_to_lock()
        if self._locking is None or self._locking.screen is None:
            self._day.ask()
        self._warm.start()

    def _begin_to_lock(self) -> None:
        from perpudesk.locking import Locking

        self._locking = Locking(self.desk, lambda: self.window, self)
        self._locking.unlocked.connect(self._on_unlocked)
        self._locking.begin()

    def _tell_restored(self) -> None:
        from perpudesk.ui.toasts import toast

        toast(self.window, self._restored, seconds=30.0)

    def _on_settled(self) -> None:
        self._outside.heed_signals()
        _mark("listens")

    def _warm_up(self) -> None:
        """Read the names in another thread, so that the first search need not wait for it."""
        from perpudesk.alive import Alive
        from perpudesk.ui import background
        from perpudesk.updates.kept import drop_old

        background.run(self, lambda _report: self.desk.patrons.index() and None)
        self._alive = Alive(self.desk, lambda: self.window, self)
        self._alive.changed.connect(self._foot.start)
        self._alive.begin()
        self._copy_by_itself()
        background.run(self, lambda _report: drop_old())
        if self._locking is None:
            self._begin_to_lock()
        if not self.desk.practice:
            background.run(
                self,
                self.desk.privacy.erase_due,
                succeeded=self._on_erased,
                failed=self._on_not_erased,
            )

    def _on_erased(self, count: int) -> None:
        """Names that the branch's rule no longer keeps were erased."""
        if count:
            from perpudesk.core.formats import number
            from perpudesk.core.i18n import trn
            from perpudesk.ui.toasts import toast

            text = trn(
                "{count} name was erased: not seen for a long time. No count changed.",
                "{count} names were erased: not seen for a long time. No count changed.",
                count,
                count=number(count),
            )
            toast(self.window, text, seconds=30.0)

    def _on_not_erased(self, _error: PerpuDeskError) -> None:
        """The disk refused; the next start tries again, and pages say that it is full."""

    def _copy_by_itself(self) -> None:
        from perpudesk.copying import Copying

        self._copying = Copying(self.desk, lambda: self.window, self)
        self._copying.changed.connect(self._places.copied)
        self._copying.begin(quietly=bool(self._restored))
        self._restored = ""
        self._foot.start()

    def _furnish(self) -> None:
        """Put the pages in the window's rail."""
        from perpudesk.access.model import LOCK_KEY
        from perpudesk.places import STAFF_KEY, Places

        self._places = Places(self.desk, self.window, scan_gap_ms=self._settings.scan_gap_ms)
        self._places.appearance_changed.connect(self._on_appearance_changed)
        self._places.practice_asked.connect(self.practise)
        self._places.restore_asked.connect(self.restore)
        self._places.copied.connect(self._foot.start)
        self._places.lock_asked.connect(self._lock_now)
        self.window.add_places(self._places.all())
        self.window.add_key(STAFF_KEY, tr("Who is at the desk"), self._places.choose_staff)
        self.window.add_key(LOCK_KEY, tr("Lock"), self._lock_now)
        self.window.rail.pressed.connect(self._on_line_pressed)

    def _lock_now(self) -> None:
        if self._locking is not None:
            self._locking.lock()

    def _on_unlocked(self) -> None:
        self._places.leave_forbidden()
        self._foot.start()
        if self._day is not None and QApplication.activeModalWidget() is None:
            self._day.ask()

    def _on_line_pressed(self, action: str) -> None:
        """A line at the foot of the rail was clicked: who is here, or a page."""
        if action == "staff":
            self._places.choose_staff()
        elif action == "backups":
            self._places.open_section(action)
        else:
            self.window.choose(action)

    def _show_desk(self, key: str) -> None:
        self.window.tell_time(self._places.now)
        self._show_branch()
        self.window.go(key)

    def _on_went(self, key: str) -> None:
        if self._alive is not None:
            self._alive.went(key)

    def _on_topic(self, topic: Topic) -> None:
        for page in self.window.made_pages():
            if topic in page.topics:
                page.mark_stale()
        if self._alive is not None:
            self._alive.hear(topic)
        if not self._foot.isActive():  # twenty taps a second need not write it twenty times
            self._foot.start()

    def _show_branch(self) -> None:
        """Whose desk it is, who is at it, and what is on the disk; also beside the guide."""
        from perpudesk.places import rail_lines

        name, practice = self.desk.branch.current().name, self.desk.practice
        self.window.set_branch(name, practice=practice)
        lines = [] if self._alive is None else self._alive.rail_lines()
        if self._copying is not None and (line := self._copying.rail_line()) is not None:
            lines = [line, *lines]
        self.window.set_lines([*rail_lines(self.desk), *lines])

    def _on_day_answered(self) -> None:
        self.window.tell_time(self._places.now)
        for page in self.window.made_pages():
            page.mark_stale()
        if self._alive is not None:
            self._alive.live()

    def _on_appearance_changed(self) -> None:
        self._settings = read_settings()
        i18n.use(self._settings.language)
        _dress(self._qt, self._settings)
        old, self.window = self.window, self._new_window()
        self._furnish()
        self._show_desk("settings")
        self._places.open_section("appearance")
        self._retire(old)

    def _retire(self, old: MainWindow) -> None:
        """Let the window take the place of the old one."""
        old.closed.disconnect(self._on_closed)
        old.ask_before_closing(None)
        self.window.restoreGeometry(old.saveGeometry())
        self.window.show()
        old.close()
        old.deleteLater()

    # ---------------------------------------------------------------- putting back

    def _on_restore_asked(self, guide: QWidget) -> None:
        from perpudesk.backups.form.section import restore_dialog

        dialog = restore_dialog(self.desk.backups, guide)
        dialog.wanted.connect(self.restore)
        dialog.open()

    def restore(self, wanted: Wanted) -> None:
        """Let a copy take the place of the records, which are opened anew; what was is kept."""
        try:
            self.desk.access.require(Right.RESTORE)
        except RuleError as refused:
            self._tell(refused)
            return
        from perpudesk.backups.restoring import restore
        from perpudesk.ui import background
        from perpudesk.ui.cards import EmptyState

        self._quieten()
        background.finish()
        clock, folder = self.desk.clock, self._folder
        self.desk.close(keep_folder=True)
        self._desk = None
        self.window.show_alone(EmptyState(tr("Restoring from the backup …"), icon="history"))
        background.run(
            self,
            lambda _report: restore(
                folder, wanted.path, clock=clock, key=wanted.key, other_branch=wanted.other_branch
            ),
            succeeded=self._on_restored,
            failed=self._on_not_restored,
        )

    def _quieten(self) -> None:
        """Nothing may ask the desk that is being closed."""
        for timer in (self._foot, self._settle, self._pulse, self._warm):
            timer.stop()
        self.window.stand_still()
        for each in (self._alive, self._copying, self._locking):
            if each is not None:
                each.stop()
                each.deleteLater()
        self._alive = self._copying = self._locking = None
        if self._day is not None:
            self._day.deleteLater()
            self._day = None

    def _on_restored(self, done: Restored) -> None:
        from perpudesk.backups.telling import whose

        told = tr("Put back: {what}.", what=whose(done.facts))
        if done.safety is not None:
            told = " ".join(
                (told, tr("What stood here before is kept as {path}.", path=done.safety.name))
            )
        self._restored = told
        self._open_again()

    def _on_not_restored(self, error: PerpuDeskError) -> None:
        self._tell(error)
        self._open_again()

    def _open_again(self) -> None:
        """A window and a desk anew, on the same folder."""
        from perpudesk.desk import Desk

        old, self.window = self.window, self._new_window()
        self._desk = Desk(self._folder, guard=self._guard)
        if (self._folder / FILE_NAME).exists():
            self._furnish()
        self._retire(old)
        self._open_beside()

    def practise(self) -> None:
        """Open a second window on practice data, made the first time it is asked for."""
        from perpudesk.demo import practice
        from perpudesk.ui import background

        background.run(self, lambda _report: practice(), succeeded=start_another)

    def _on_closed(self) -> None:
        """Write down where the window was, if that can be written, and end."""
        if not self._practising:
            with suppress(PerpuDeskError):
                change_settings(window=self.window.placed())
        self._qt.quit()

    def _on_second_start(self) -> None:
        self.window.raise_up()

    def _may_close(self) -> bool:
        """Whether the window may go: asked where somebody sits at a computer, unless it must."""
        return self._leaving or self._alive is None or self._alive.may_close()

    def _on_stop_asked(self) -> None:
        """Close and ask nothing: whoever stops the program may not be there to answer."""
        self.on_session_ends()
        self.window.close()

    def on_session_ends(self, _manager: object = None) -> None:
        """The computer is shut down, or whoever is at it leaves: nothing may hold that up."""
        self._leaving = True
        if self._alive is not None:
            self._alive.leave()
