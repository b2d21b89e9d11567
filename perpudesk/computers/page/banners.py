"""What the librarian should look at: sessions that a power cut ended, and forgotten ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.branch.model import Outage
from perpudesk.computers.model import Session
from perpudesk.computers.recovery import Recovered
from perpudesk.core.formats import clock_text, date_full, date_short
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.cards import Banner
from perpudesk.visits.form.days_words import outage_words

CHECK_KEY, RIGHT_KEY = "V", "Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Sessions that nobody ended: an outage did, or (None) they were forgotten."""

    sessions: tuple[Session, ...]
    outage: Outage | None = None


class Banners(QWidget):
    """At most one banner: the newest outage nobody has looked at, or else what was forgotten."""

    check_asked = Signal(object)
    """What `Ended` is to be seen."""
    right_asked = Signal(object)
    """What `Ended` is right as it is."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._banner: Banner | None = None
        self.shown: Ended | None = None
        self.hide()

    def show_ended(
        self,
        outages: Sequence[Recovered],
        forgotten: tuple[Session, ...],
        today: date,
        where: tzinfo,
    ) -> None:
        """Show the newest that ended any session; the others wait behind it."""
        found = [Ended(sessions=each.sessions, outage=each.outage) for each in outages]
        found.append(Ended(sessions=forgotten))
        first = next((each for each in found if each.sessions), None)
        if first == self.shown:
            return
        self.shown = first
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        self.setVisible(first is not None)
        if first is not None:
            self._banner = self._made(first, today, where)
            self._box.addWidget(self._banner)

    def check(self) -> None:
        """Ask to see the sessions of the banner."""
        if self.shown is not None:
            self.check_asked.emit(self.shown)

    def right(self) -> None:
        """Say that the ends of the banner are right."""
        if self.shown is not None:
            self.right_asked.emit(self.shown)

    def _made(self, ended: Ended, today: date, where: tzinfo) -> Banner:
        if ended.outage is None:
            banner = _of_forgotten(ended.sessions)
        else:
            banner = _of_outage(ended.outage, len(ended.sessions), today, where)
        count = len(ended.sessions)
        look = trn("Look at {n} session", "Look at {n} sessions", count)
        banner.add_action(look, self.check, key=CHECK_KEY)
        quiet = ended.outage is None
        banner.add_action(tr("That is right"), self.right, primary=not quiet, key=RIGHT_KEY)
        return banner


def _of_outage(outage: Outage, count: int, today: date, where: tzinfo) -> Banner:
    """When it was, with the day where that is not today, and what it ended."""
    words, day = outage_words(outage, where), outage.local_date
    said = trn(
        "{n} session was ended at {time} (an estimate).",
        "{n} sessions were ended at {time} (an estimate).",
        count,
        time=clock_text(outage.start.astimezone(where)),
    )
    title = f"{words}." if day == today else f"{date_short(day)}: {words}."
    return Banner(title, said, icon="power")


def _of_forgotten(sessions: tuple[Session, ...]) -> Banner:
    """Which day it was, or since when, and that somebody may know better."""
    day = date_full(sessions[-1].local_date)
    title = trn(
        "{n} session was not ended on {day}.",
        "{n} sessions were not ended, the last on {day}.",
        len(sessions),
        day=day,
    )
    said = tr("They end at closing time at the latest, marked as forgotten.")
    return Banner(title, said, tone="info", icon="clock")
