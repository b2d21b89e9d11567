"""A clock that can be put right when the machine's own has lost the day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from perpudesk.core.times import Clock, utc_text

SLACK = timedelta(minutes=5)
"""So far a clock may be put back, as time servers do, without a question."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the librarian said the day is, and when by the machine's clock."""

    asked_at: datetime
    day: date
    where: tzinfo

    @property
    def asked_day(self) -> date:
        return self.asked_at.astimezone(self.where).date()

    @property
    def shift(self) -> timedelta:
        return timedelta(days=(self.day - self.asked_day).days)

    def holds(self, moment: datetime, sane_from: date) -> bool:
        """Whether the machine's clock only went on since, and has not come to the day itself."""
        if moment < self.asked_at:
            return False
        if self.day <= self.asked_day:
            return True
        right = self.day if self.asked_day >= sane_from else min(self.day, sane_from)
        return moment.astimezone(self.where).date() < right


class GuardedClock:
    """The machine's clock, moved by what the librarian said the day is.

    The answer holds while the machine's clock goes on from where it was asked, and until it has
    passed the answer: then somebody put it right, also while the program runs. One that fell back
    again (a dead battery) has lost its answer too.
    """

    def __init__(self, machine: Clock, *, sane_from: date = date.max) -> None:
        """A machine that was before `sane_from` and is no more was put right, whatever was said."""
        self.machine = machine
        self._sane_from = sane_from
        self._answer: _Answer | None = None
        self._latest: datetime | None = None

    @property
    def shift(self) -> timedelta:
        """How far the machine's clock is moved."""
        return self._shift(self.machine.now())

    def now(self) -> datetime:
        """The moment, put right."""
        moment = self.machine.now()
        moment += self._shift(moment)
        if self._latest is None or moment > self._latest:
            self._latest = moment
        return moment

    def answer(self, day: date, where: tzinfo) -> str:
        """Take `day` for today; returns the answer as it is kept for the next start."""
        self._answer = _Answer(self.machine.now(), day, where)
        self.accept()
        return json.dumps({"asked_at": utc_text(self._answer.asked_at), "day": day.isoformat()})

    def recall(self, kept: str | None, where: tzinfo) -> None:
        """Go on with an earlier answer, as long as it holds."""
        if kept is not None:
            answer = json.loads(kept)
            asked_at = datetime.fromisoformat(answer["asked_at"])
            self._answer = _Answer(asked_at, date.fromisoformat(answer["day"]), where)

    def fell_back(self) -> bool:
        """Whether it tells an earlier moment than it has told already."""
        latest, now = self._latest, self.now()
        return latest is not None and now + SLACK < latest

    def accept(self) -> None:
        """What it tells now is right, or nobody wants to be asked again."""
        self._latest = None

    def _shift(self, moment: datetime) -> timedelta:
        answer = self._answer
        if answer is None or not answer.holds(moment, self._sane_from):
            return timedelta(0)
        return answer.shift
