"""Day, start and end of a session in fields, with what is asked when one of them is doubted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from functools import partial

from perpudesk.computers.model import Session
from perpudesk.computers.rules import START_BEFORE_OPENING
from perpudesk.computers.times import Times, is_minutes, moments_of
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import clock_text, number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import CheckField, TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import in_order


class TimesForm(Form):
    """The fields `start` and `end`, and `on` where the day is asked.

    Under the end stands what it means. A box to tick comes when the end is earlier on the clock
    than the start, and one when the start was refused as before opening time.
    """

    def __init__(self, where: Callable[[], tzinfo], *, enter_submits: bool = False) -> None:
        super().__init__(enter_submits=enter_submits)
        self._where = where
        self._without_end = ""
        self._day: Callable[[], date | None] = lambda: self.value("on")
        self._typed_start = ""
        self._pause = timedelta()
        self._outside = CheckField(tr("That is right: before opening time"))
        self._next_day = CheckField(tr("It ended the next day"))
        self._answers = {"outside": self._outside, "next_day": self._next_day}

    def add_day(self, today: date) -> None:
        """Ask for the day."""
        self.add("on", tr("Day"), DateField(tr("Day"), today=today, latest=today))

    def of_day(self, day: Callable[[], date | None]) -> None:
        """Take the day from elsewhere."""
        self._day = day

    def add_times(self, *, beside: bool, without_end: str, stretch: int = 1) -> None:
        """Ask for start and end; `without_end` says what an empty end means."""
        self._without_end = without_end
        start, end = TextField(placeholder="09.15"), TextField(placeholder="10.00")
        self.add("start", tr("Start"), start, beside=beside, stretch=stretch)
        self.add("end", tr("End or minutes"), end, beside=True, stretch=stretch)
        self.field("end").set_hint(without_end)
        self.changed.connect(self._on_typed)

    def add_doubts(self) -> None:
        """Below the times: what is asked when one of them is doubted."""
        for name, answer in self._answers.items():
            self.add(name, "", answer)
        for name, doubted in (("outside", "start"), ("next_day", "end")):
            self.field(name).hide()
            self._answers[name].changed.connect(partial(self.field(doubted).set_error, None))
        start, end = self.field("start").widget, self.field("end").widget
        in_order(start, end, *self._answers.values())

    def times(self) -> Times:
        """The times as they stand; raises `InputError` where the day cannot be read."""
        return Times(
            on=self._day(),
            start=self.value("start"),
            end=self.value("end"),
            next_day=self._next_day.value(),
        )

    @property
    def outside_hours(self) -> bool:
        """Whether somebody said that a start before opening time is right."""
        return self._outside.value()

    def show_times(self, session: Session) -> None:
        """Show when a session was."""
        where = self._where()
        assert session.start is not None  # noqa: S101 - a total has no times to be shown
        start = session.start.astimezone(where)
        end = session.end.astimezone(where) if session.end and session.end_known else None
        self._pause = timedelta(milliseconds=session.paused_ms)
        self.fill(on=start.date(), start=clock_text(start))
        self.fill(
            end=clock_text(end) if end else "",
            next_day=end is not None and end.date() > start.date(),
        )
        self.forget_doubts()

    def forget_doubts(self) -> None:
        """What is typed next is no answer to what was asked before."""
        self._outside.set_value(False)
        self.field("outside").hide()
        self._typed_start = self.value("start")

    def show_error(self, error: PerpuDeskError) -> None:
        super().show_error(error)
        if error.problem is START_BEFORE_OPENING:
            self.field("outside").show()

    def _on_typed(self) -> None:
        if self.value("start") != self._typed_start:
            self.forget_doubts()
        try:
            typed = self.times()
            earlier = _minutes(replace(typed, next_day=False), self._where()) < 0
            told = self._told(typed)
        except InputError:  # told when it is stored
            told, earlier = self._without_end, False
        self.field("end").set_hint(told)
        self.field("next_day").setVisible(earlier)
        if not earlier and self._next_day.value():
            self._next_day.set_value(False)

    def _told(self, typed: Times) -> str:
        """What the end means: how many minutes, or until when."""
        start, end = moments_of(typed, self._where())
        if start is None or end is None or end < start:
            return self._without_end
        if is_minutes(typed.end):
            return tr("until {time}", time=clock_text(end.astimezone(self._where())))
        minutes = max(0, (end - start - self._pause) // timedelta(minutes=1))
        return trn("{count} minute", "{count} minutes", minutes, count=number(minutes))


def _minutes(typed: Times, where: tzinfo) -> int:
    start, end = moments_of(typed, where)
    return 0 if start is None or end is None else (end - start) // timedelta(minutes=1)
