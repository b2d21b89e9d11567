"""One session that somebody should look at: whose it was, where, and when it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.computers.form.session_words import (
    Labels,
    start_words,
    state_words,
    whose,
    whose_spoken,
)
from perpudesk.computers.form.words import minutes, place_of
from perpudesk.computers.mending import SessionEdit, edit_of
from perpudesk.computers.model import Session
from perpudesk.computers.times import Times, moments_of
from perpudesk.core.errors import InputError
from perpudesk.core.formats import clock_text, date_short
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import TextField
from perpudesk.ui.layout import boxed, column, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.text import Divider, Text, set_state

_END, _MINUTES = 110, 84
"""Px at 100 %."""


class CheckRow(QWidget):
    """The end can be typed as a clock or as minutes; it stores nothing itself."""

    entered = Signal()
    """Enter was pressed in the end."""
    resume_asked = Signal()
    """It was not over."""
    walked = Signal(int)
    """Up (-1) or Down (1) was pressed."""

    def __init__(self, session: Session, labels: Labels, where: tzinfo, *, with_day: bool) -> None:
        super().__init__()
        self.session = session
        self._labels, self._where, self._with_day = labels, where, with_day
        self._shown = ""
        self._who, self._place = Text("", "strong"), Text("", "quiet")
        self._end = _End()
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        self._minutes = Text("", "body")
        self._state = Pill()
        self._resume = Button(tr("Still going on"), self.resume_asked.emit)
        self._resume.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Ctrl+J does the same in the field
        self._lay_out()
        self._end.changed.connect(self._on_typed)
        self._end.entered.connect(self.entered)
        self._end.walked.connect(self.walked)
        self.show_session(session)

    def _lay_out(self) -> None:
        look = theme.current()
        self._end.setFixedWidth(look.px(_END))
        self._minutes.setMinimumWidth(look.px(_MINUTES))
        who = boxed(column(self._who, self._place, gap=0))
        line = row(who, self._state, self._end, self._minutes, self._resume, gap=12)
        line.setStretch(0, 1)
        whole = column(line, self._error, gap=4)
        whole.setContentsMargins(0, 8, 0, 8)
        self.setLayout(column(whole, Divider(), gap=0))

    def show_session(self, session: Session) -> None:
        """Show it as it is on the disk."""
        self.session = session
        place, start = place_of(session, self._labels), start_words(session, self._where)
        day = f"{date_short(session.local_date)} " if self._with_day else ""
        self._who.setText(whose(session))
        self._place.setText(tr("{place}, from {time}", place=place, time=f"{day}{start}"))
        self._end.setAccessibleName(
            tr("End of {who} at {place}", who=whose_spoken(session), place=place)
        )
        end = session.end if session.end_known else None
        self._shown = "" if end is None else clock_text(end.astimezone(self._where))
        self._end.set_value(self._shown)
        self._end.setEnabled(not session.is_open)
        self._resume.setEnabled(not session.is_open)
        self._say("")
        words, tone = state_words(session)
        self._show_state(words, tone)
        self._on_typed()

    def show_done(self, session: Session) -> None:
        """The same, and that it is settled now."""
        self.show_session(session)
        if not session.is_open:
            self._show_state(tr("corrected"), "ok")

    def _show_state(self, words: str, tone: str) -> None:
        self._state.show_state(words, tone)
        self._state.setVisible(bool(words))

    def refuse(self, sentence: str) -> None:
        """Say below it why it was not stored."""
        self._say(sentence)
        self.begin()

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._end.setAccessibleDescription(sentence)
        set_state(self._end, "wrong", bool(sentence))

    def begin(self) -> None:
        """Go to the end; typing replaces it."""
        self._end.setFocus(Qt.FocusReason.TabFocusReason)
        self._end.selectAll()

    @property
    def goes_on(self) -> bool:
        """Whether it has no end to be typed."""
        return self.session.is_open

    @property
    def has_focus(self) -> bool:
        """Whether its end is typed now."""
        return self._end.hasFocus()

    @property
    def touched(self) -> bool:
        """Whether something else is typed than is stored."""
        return self._end.value() != self._shown

    def edit(self) -> SessionEdit:
        """The session with the end that is typed; raises `InputError` where it cannot be read."""
        return replace(edit_of(self.session), end=self._typed()[1])

    def _typed(self) -> tuple[datetime | None, datetime | None]:
        assert self.session.start is not None  # noqa: S101 - a total has no end to be checked
        start = self.session.start.astimezone(self._where)
        ended = self.session.end and self.session.end.astimezone(self._where)
        typed = Times(on=start.date(), start=clock_text(start), end=self._end.value())
        begun, end = moments_of(typed, self._where, self.session)
        if ended is not None and ended.date() > start.date() and begun and end and end < begun:
            return moments_of(replace(typed, next_day=True), self._where, self.session)
        return begun, end

    def _on_typed(self) -> None:
        self._say("")
        try:
            start, end = self._typed()
        except InputError:  # told when it is stored
            start = end = None
        known = start is not None and end is not None and end >= start
        used = None
        if known and start is not None and end is not None:
            pause = timedelta(milliseconds=self.session.paused_ms)
            used = max(0, (end - start - pause) // timedelta(minutes=1))
        self._minutes.setText("" if used is None else minutes(used))


class _End(TextField):
    """Enter stores, Up and Down go to other sessions."""

    entered = Signal()
    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if step is not None:
            self.walked.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)
