"""Whatever comes in and goes, in any order: figures are the records that survive, as was said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perpudesk.core.errors import RuleError
from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk
from perpudesk.reports.model import VISITS
from perpudesk.visits.model import VisitDraft
from tests.importing.own import checked, written

YEAR = Period.parse("2025")
FILES = (
    ("visits", "Tanggal,JK", "2025-01-06 09:00,L", "2025-01-06 09:00,L", "2025-02-03 10:00,P"),
    ("visits", "Tanggal,JK", "2025-01-06 09:00,L", "2025-02-03 10:00,P", "2025-02-03 11:00,"),
    (
        "days",
        "Tanggal,Jumlah,L",
        "2025-01-06,22,9",
        "2025-03-04,0,0",
        "2025-03-05,7,",
        "Total,29,9",
    ),
    ("days", "Tanggal,Jumlah,L", "2025-03-05,7,", "2025-01-06,22,9", "Total,7,9"),
    ("totals", "Bulan,Jumlah", "2025-01,900", "2025-04,1.200", "2025-05,0"),
    ("totals", "Bulan,Jumlah", "2025-04,1.200", "2025-06,50", "2025-05,"),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("bring"), st.integers(0, len(FILES) - 1)),
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.just("edit"), st.integers(0, 9)),
        st.tuples(st.just("remove"), st.integers(0, 9)),
        st.tuples(st.just("record"), st.integers(1, 6)),
    ),
    max_size=14,
)


def survivors(desk: Desk) -> dict[str, int]:
    """By month what stands: its visits, else its total."""
    found: Counter[str] = Counter()
    for visit in desk.visits.page(0, 500):
        found[f"{visit.moment.local_date:%Y-%m}"] += visit.count
    for total in desk.totals.every():
        found.setdefault(total.month.code, total.value)
    return dict(found)


def said_by_figures(desk: Desk) -> dict[str, int]:
    """By month what the figures say, and the year as their sum with breakdowns that add up."""
    values = {month.code: desk.reports.figures(month).value(VISITS) for month in YEAR.months()}
    known = {month: int(value) for month, value in values.items() if value is not None}
    year = desk.reports.figures(YEAR).get(VISITS)
    assert (year.value or 0) == sum(known.values())
    for counts in year.by.values():
        assert sum(counts.values()) == year.value
    return known


class Library:
    """A branch, and what can be done with its files."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder

    def bring(self, at: int) -> None:
        """Import a file: what it adds is what its preview said."""
        name, *lines = FILES[at]
        path = written(self.folder, *lines, name=f"{name}{at}.csv")
        before, preview = self.visits(), checked(self.desk, path)
        self.desk.importing.commit(preview, add_to_existing=True)
        assert self.visits() == before + preview.counts["visits"]
        after = survivors(self.desk)
        for total in preview.totals:
            assert after[total.month.code] == total.value

    def visits(self) -> int:
        """How many visits stand."""
        return sum(self.desk.visits.day_totals(YEAR.first, YEAR.last).values())

    def undo(self, at: int) -> None:
        batches = self.desk.batches.standing()
        if at < len(batches):
            self.desk.batches.undo(batches[at].id)

    def edit(self, at: int) -> None:
        for visit in self.desk.visits.page(at, 1):
            self.desk.visits.change(visit.id, VisitDraft(count=3, on=visit.moment.local_date))

    def remove(self, at: int) -> None:
        for visit in self.desk.visits.page(at, 1):
            self.desk.visits.remove(visit.id)

    def record(self, month: int) -> None:
        self.desk.visits.record(VisitDraft(on=Period.of(2025, month).first))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_figures_are_the_records_that_survive(
    tmp_path_factory: pytest.TempPathFactory, fixed_clock: FixedClock, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Desk(folder / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Uji", zone="WIB")
        library = Library(desk, folder)
        for step, at in steps:
            getattr(library, step)(at)
            assert said_by_figures(desk) == survivors(desk)
        kept = survivors(desk)
        for at in range(len(FILES)):  # once all are in, none adds anything more
            library.bring(at)
        full = survivors(desk)
        for at in reversed(range(len(FILES))):
            library.bring(at)
        assert survivors(desk) == full
        assert kept.keys() <= full.keys()
        while batches := desk.batches.standing():
            desk.batches.undo(batches[-1].id)
        with pytest.raises(RuleError):
            desk.batches.undo("nothing")
        desk.check()
