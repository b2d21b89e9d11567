"""A clock that can be put right when the machine's own has lost the day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from perpudesk.core.times import Clock, utc_text


@dataclass(slots=True)
class GuardedClock:
    """The machine's clock, moved by what the librarian said the day is."""

    machine: Clock
    shift: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The moment, put right."""
        return self.machine.now() + self.shift

    def answer(self, day: date, where: tzinfo) -> str:
        """Take `day` for today; returns the answer as it is kept for the next start."""
        moment = self.machine.now()
        self.shift = timedelta(days=(day - moment.astimezone(where).date()).days)
        return json.dumps({"asked_at": utc_text(moment), "day": day.isoformat()})

    def recall(self, kept: str | None, where: tzinfo) -> None:
        """Go on with an earlier answer, until the machine's clock has passed it.

        A clock that fell back again since (a dead battery) has lost its answer too.
        """
        if kept is None:
            return
        answer = json.loads(kept)
        asked_at = datetime.fromisoformat(answer["asked_at"])
        day = date.fromisoformat(answer["day"])
        moment = self.machine.now()
        if moment >= asked_at and moment.astimezone(where).date() < day:
            self.shift = timedelta(days=(day - asked_at.astimezone(where).date()).days)
