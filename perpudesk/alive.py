"""What runs while the window lives: the pulse, the end of a day, and what comes due at a computer.

Nothing of it is loaded before the first tap can be taken (`App._warm_up`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.topics import Topic
from perpudesk.ui import background

if TYPE_CHECKING:
    from perpudesk.computers.form.leaving import LeavingBox
    from perpudesk.computers.form.warner import Warner
    from perpudesk.computers.model import Session
    from perpudesk.desk import Desk
    from perpudesk.main_window import MainWindow
    from perpudesk.ui.rail import RailLine
    from perpudesk.ui.toasts import Toast

MINUTE_MS = 60_000
_SECONDS = 20.0
"""So long is seen what nobody waits for."""
PAGE, PAGE_KEY = "computers", "F3"


class Alive(QObject):
    """From `begin` on and until `stop`, over the window that `over` gives.

    Each minute, beside the window, a small write says that the program runs, and what was forgotten
    on an earlier day is ended, its queue too: so a new day, a night asleep and a clock that was put
    right are one case. A disk that refuses is asked again a minute later; other pages say that it
    is full.
    """

    changed = Signal()
    """What the foot of the rail says of the computers is another."""

    def __init__(self, desk: Desk, over: Callable[[], MainWindow], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, over
        self._working = False
        self._warner: Warner | None = None
        self._box: LeavingBox | None = None
        self._said: set[Toast] = set()
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.live)
        self._read = QTimer(self, singleShot=True, interval=0)
        self._read.timeout.connect(self._on_changed)

    def begin(self) -> None:
        """The first pulse, and one each minute from now on."""
        self._minute.start()
        self.live()

    def stop(self) -> None:
        """Nothing more; the last pulse is taken out by the desk when it closes."""
        self._minute.stop()
        self._read.stop()
        if self._warner is not None:
            self._warner.stop()

    def live(self) -> None:
        """A pulse, but none while the clock is in doubt: one that went back would cost minutes."""
        if self._working or self._desk.clock.fell_back():
            return
        self._working = True
        background.run(
            self,
            self._work,
            succeeded=self._on_lived,
            failed=self._on_refused,
            ended=self._on_ended,
        )

    def hear(self, topic: Topic) -> None:
        """Something changed."""
        if topic is Topic.COMPUTERS and self._warner is not None:
            self._read.start()  # a class that begins is many sessions at once

    def went(self, key: str) -> None:
        """A page is in front now: what was said to lead there need not be said any more."""
        if key == PAGE:
            for said in tuple(self._said):
                said.leave()

    def rail_lines(self) -> list[RailLine]:
        """How many sit at the computers, and whose time is up."""
        from perpudesk.ui.rail import RailLine

        if self._warner is None or not self._warner.sessions:
            return []
        count, over = len(self._warner.sessions), self._warner.over()
        text = trn("{n} session going on", "{n} sessions going on", count)
        if over:
            late = trn("{n} over time", "{n} over time", over)
            text = tr("{one}, {two}", one=text, two=late)
        return [
            RailLine(
                icon="computer",
                text=text,
                short=number(count),
                alarm=bool(over),
                action=PAGE,
                key=PAGE_KEY,
            )
        ]

    # ---------------------------------------------------------------- closing

    def may_close(self) -> bool:
        """Ask what becomes of the sessions that go on; False to stay."""
        from perpudesk.computers.form.leaving import Leaving, LeavingBox

        if self._warner is None or not (count := len(self._desk.computers.open_sessions())):
            return True
        self._box = LeavingBox(self._over(), count)
        answer = self._box.exec()
        self._box.deleteLater()
        self._box = None
        if answer != Leaving.END:
            return answer == Leaving.LEAVE
        try:
            self._desk.computers.end_all()
        except PerpuDeskError as error:
            from perpudesk.ui.messages import show_error

            show_error(self._over(), error)
            return False
        return True

    def leave(self) -> None:
        """The system stops the program: nobody is asked, and what goes on goes on."""
        if self._box is not None:
            self._box.leave()

    # ---------------------------------------------------------------- parts

    def _work(self, _report: background.Report) -> list[Session]:
        self._desk.recovery.beat()
        self._desk.queue.end_days()
        return self._desk.recovery.sweep()

    def _on_lived(self, swept: list[Session]) -> None:
        if swept:
            self._say(
                trn(
                    "{n} session of another day was not ended; its end is estimated now.",
                    "{n} sessions of another day were not ended; their ends are estimated now.",
                    len(swept),
                )
            )

    def _begin_to_warn(self) -> None:
        from perpudesk.computers.form.warner import Warner

        desk = self._desk
        self._warner = Warner(desk.computers, desk.workstations, desk.clock.now, self)
        self._warner.due.connect(self._on_due)
        self._on_changed()
        self._tell_of_outage()

    def _tell_of_outage(self) -> None:
        """What the power cut has ended, on whatever page the day begins."""
        from perpudesk.visits.form.days_words import outage_words

        found = [each for each in self._desk.recovery.interrupted() if each.sessions]
        if not found or self._seen():
            return
        count = len(found[0].sessions)
        self._say(
            trn(
                "{what}: {n} session was ended (an estimate).",
                "{what}: {n} sessions were ended (an estimate).",
                count,
                what=outage_words(found[0].outage, self._desk.store.author.zone),
            )
        )

    def _seen(self) -> bool:
        page = self._over().current()
        return page is not None and page.key == PAGE

    def _say(self, text: str) -> None:
        from perpudesk.ui.toasts import toast

        window = self._over()
        action = "" if self._seen() else tr("Look")
        said = toast(
            window,
            text,
            action=action,
            slot=lambda: self._over().choose(PAGE),
            key=PAGE_KEY if action else "",
            seconds=_SECONDS,
        )
        if action:
            self._said.add(said)
            said.closed.connect(self._said.discard)

    def _on_due(self, text: str, is_over: bool) -> None:
        from perpudesk.core.settings import read_settings
        from perpudesk.ui.sound import play

        self._say(text)
        QApplication.alert(self._over())
        if read_settings().sound:
            play("over" if is_over else "nearly")
        self.changed.emit()

    def _on_changed(self) -> None:
        if self._warner is not None:
            self._warner.read()
            self.changed.emit()

    def _on_refused(self, _error: PerpuDeskError) -> None:
        """The disk is full, or gone: it is asked again, and says so where something is recorded."""

    def _on_ended(self) -> None:
        self._working = False
        if self._warner is None:
            self._begin_to_warn()
        else:
            self._warner.look()
