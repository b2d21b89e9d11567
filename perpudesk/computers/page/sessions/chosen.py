"""Beside the list: the session that is chosen, its way, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.computers.form.session_words import (
    ESTIMATE,
    Labels,
    end_words,
    start_words,
    way_words,
    whose,
)
from perpudesk.computers.form.words import place_of
from perpudesk.computers.model import Session
from perpudesk.core.codes import UNKNOWN, Precision
from perpudesk.core.formats import NOTHING, date_full
from perpudesk.core.i18n import tr
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import Scroll, boxed, column
from perpudesk.ui.text import Text
from perpudesk.visits.finding import Happening
from perpudesk.visits.form.history import HistoryView, HistoryWords


class ChosenSession(Card):
    """Tells of the session that is chosen in the list."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        hint = Text(tr("Choose a session to see what happened to it."), "quiet", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._who = Text("", "heading", wrap=True)
        self._when, self._way = Text("", wrap=True), Text("", "quiet", wrap=True)
        self._history = HistoryView()
        told = boxed(column(self._way, Text(tr("History"), "label"), self._history, gap=8))
        one = boxed(column(self._who, self._when, Scroll(told), gap=6))
        self._stack = QStackedWidget()
        for part in (boxed(column(None, hint, None)), one):
            self._stack.addWidget(part)
        self.add(self._stack, 1)

    def show_none(self) -> None:
        """Nothing is chosen."""
        self._stack.setCurrentIndex(0)

    def show_session(
        self,
        session: Session,
        labels: Labels,
        purposes: Mapping[str, str],
        where: tzinfo,
    ) -> None:
        """Say whose it was, when, where and what for."""
        self._stack.setCurrentIndex(1)
        self._who.setText(whose(session))
        end = end_words(session, where).strip(ESTIMATE + NOTHING)  # an estimate is told below
        times = f"{start_words(session, where)}–{end}"
        parts = [
            date_full(session.local_date),
            "" if session.precision is Precision.DAY else times,
            place_of(session, labels) if session.workstation_id or session.device else "",
            "" if session.purpose == UNKNOWN else purposes.get(session.purpose, session.purpose),
        ]
        self._when.setText(" · ".join(part for part in parts if part))
        way = [*way_words(session, labels, where), session.note or ""]
        self._way.setText("\n".join(line for line in way if line))
        self._way.setVisible(any(way))

    def show_history(self, history: Sequence[Happening], words: HistoryWords) -> None:
        """Say what happened to it."""
        self._history.show_history(history, words)
