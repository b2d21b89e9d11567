"""What the librarian should look at: sessions that a power cut ended, and forgotten ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.computers.recovery import Recovered
from perpudesk.core.formats import clock_text, date_short
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.cards import Banner
from perpudesk.visits.form.days_words import outage_words

CHECK_KEY, RIGHT_KEY = "V", "Y"


class Banners(QWidget):
    """At most one banner: the newest outage whose sessions nobody has looked at."""

    check_asked = Signal(object)
    """The sessions of a `Recovered` are to be seen."""
    right_asked = Signal(object)
    """The ends of a `Recovered` are right as they are."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._banner: Banner | None = None
        self.shown: Recovered | None = None
        self.hide()

    def show_outages(self, found: Sequence[Recovered], today: date, where: tzinfo) -> None:
        """Show the newest that ended any session; the others wait behind it."""
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

    def _made(self, found: Recovered, today: date, where: tzinfo) -> Banner:
        count = len(found.sessions)
        start = clock_text(found.outage.start.astimezone(where))
        banner = Banner(
            _words(found, today, where),
            trn(
                "{n} session was ended at {time} (an estimate).",
                "{n} sessions were ended at {time} (an estimate).",
                count,
                time=start,
            ),
            icon="power",
        )
        look = trn("Look at {n} session", "Look at {n} sessions", count)
        banner.add_action(look, partial(self.check_asked.emit, found), key=CHECK_KEY)
        right = partial(self.right_asked.emit, found)
        banner.add_action(tr("That is right"), right, primary=True, key=RIGHT_KEY)
        return banner


def _words(found: Recovered, today: date, where: tzinfo) -> str:
    """When it was, with the day where that is not today."""
    words = outage_words(found.outage, where)
    day = found.outage.local_date
    return f"{words}." if day == today else f"{date_short(day)}: {words}."
