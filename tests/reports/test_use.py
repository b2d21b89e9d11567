"""Whatever is done at the computers: the figures are the sum over the records."""

from __future__ import annotations

from collections import Counter

from hypothesis import settings
from hypothesis.stateful import invariant

from perpudesk.core.times import Period
from perpudesk.reports.model import (
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    DEVICE_SESSIONS,
    LENT,
    mismatches,
)
from perpudesk.reports.periodic.tables import BEYOND, mark
from tests.computers.spent import minutes_by_workstation
from tests.computers.test_property import AtTheComputers


class Figured(AtTheComputers):
    """Starts, ends, moves, pauses, corrections, paper, undo and power cuts in any order."""

    @invariant()
    def figures_are_the_sum_over_the_records(self) -> None:
        slugs = {each.id: f"pc_{each.number}" for each in self.desk.workstations.all(retired=True)}
        sessions = self.sessions()
        for month in {Period.month_of(self.desk.store.today())} | {
            Period.month_of(each.local_date) for each in sessions
        }:
            figures = self.desk.reports.figures(month)
            mine = [each for each in sessions if Period.month_of(each.local_date) == month]
            here = [each for each in mine if not each.device]
            known = [each.minutes for each in here if each.minutes is not None]
            counted = sum(each.count for each in here)
            assert (figures.value(COMPUTER_SESSIONS) or 0) == counted
            assert (figures.value(DEVICE_SESSIONS) or 0) == len(mine) - len(here)
            minutes = figures.get(COMPUTER_MINUTES)
            if counted and not known:
                assert minutes.value is None
                continue
            assert (minutes.value or 0) == sum(known)
            places: Counter[str] = Counter()
            for each in here:
                for place, used in minutes_by_workstation(each).items():
                    places[slugs.get(place or "", "unknown")] += used
            assert +Counter(minutes.by.get("workstation", {})) == +places
            assert not [wrong for each in LENT for wrong in mismatches(figures.get(each))]
            rate = figures.get(COMPUTER_USE_RATE)
            assert (rate.value or 0) <= 1 or BEYOND in mark(rate)


TestFigured = Figured.TestCase
TestFigured.settings = settings(max_examples=12, stateful_step_count=30)
