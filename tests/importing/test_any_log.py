"""Logs in pieces and in any order: what stands is what they say together, and figures add it up."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.reports.model import COMPUTER_MINUTES, COMPUTER_SESSIONS
from tests.importing.logs import places, sessions
from tests.importing.own import bring, checked, written

MONTH = Period.parse("2025-10")
BEGIN = datetime.fromisoformat("2025-10-06 08:00:00")
Use = tuple[int, int, int]
"""The workstation, and when it began and how long it took, in minutes."""
USES = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 5_000), st.integers(0, 900)), max_size=12
)
PIECES = st.lists(st.lists(st.integers(0, 11), max_size=12), min_size=1, max_size=4)


def row(use: Use) -> str:
    start = BEGIN + timedelta(minutes=use[1])
    end = start + timedelta(minutes=use[2])
    return f"PC {use[0]},{start:%Y-%m-%d %H:%M:%S},{end:%Y-%m-%d %H:%M:%S}"


def known(uses: Counter[Use]) -> int:
    """The minutes of what was not forgotten."""
    return sum(use[2] * n for use, n in uses.items() if use[2] <= 720)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(uses=USES, pieces=PIECES, order=st.randoms(use_true_random=False))
def test_pieces_of_a_log_are_together_what_they_say(
    tmp_path_factory: pytest.TempPathFactory,
    fixed_clock: FixedClock,
    uses: list[Use],
    pieces: list[list[int]],
    order: random.Random,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    # What begins then on that computer is one session; how it ended is told by no identity.
    uses = list({use[:2]: use for use in uses}.values())
    parts = [[uses[at] for at in piece if at < len(uses)] for piece in pieces]
    files = [
        written(folder, "PC,Start,End", *map(row, part), name=f"{at}.csv")
        for at, part in enumerate(parts)
    ]
    expected: Counter[Use] = Counter()
    for part in parts:
        expected |= Counter(part)
    with Desk(folder / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Uji", zone="WIB")
        for _ in range(2):
            for path in order.sample(files, len(files)):
                preview = checked(desk, path, What.SESSIONS)
                before = len(sessions(desk))
                desk.importing.commit(preview)
                assert len(sessions(desk)) == before + preview.counts["sessions"]
        found = sessions(desk)
        assert len(found) == expected.total()
        assert sum(each.minutes or 0 for each in found) == known(expected)
        assert set(places(desk)) == {f"PC {use[0]}" for use in expected}
        figures = desk.reports.figures(MONTH)
        assert (figures.value(COMPUTER_SESSIONS) or 0) == expected.total()
        assert (figures.value(COMPUTER_MINUTES) or 0) == known(expected)
        batches = desk.batches.standing()
        for batch in order.sample(batches, len(batches)):
            desk.batches.undo(batch.id)
        assert (sessions(desk), places(desk)) == ([], {})
        desk.check()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(uses=USES, order=st.randoms(use_true_random=False))
def test_lines_of_libki_say_the_same_in_any_order(
    tmp_path_factory: pytest.TempPathFactory,
    fixed_clock: FixedClock,
    uses: list[Use],
    order: random.Random,
) -> None:
    folder = tmp_path_factory.mktemp("libki")
    lines: list[tuple[datetime, str]] = []
    took = 0
    free = dict.fromkeys((1, 2, 3), BEGIN)
    for at, (place, wait, minutes) in enumerate(uses):
        start = free[place] + timedelta(minutes=1 + wait % 300)
        end = free[place] = start + timedelta(minutes=minutes % 700)
        took += minutes % 700
        who = f"PC {place},u{at}"
        lines += [(start, f"{who},LOGIN,s{place}"), (end, f"{who},LOGOUT,s{place}")]
    lines.sort(key=lambda line: line[0])
    numbered = [f"{at},{text},{when:%Y-%m-%d %H:%M:%S}" for at, (when, text) in enumerate(lines, 1)]
    order.shuffle(numbered)
    titles = "id,client_name,username,action,session_id,created_on"
    path = written(folder, titles, *numbered, name="libki.csv")
    with Desk(folder / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Uji", zone="WIB")
        preview = desk.importing.preview(path, known=What.LIBKI)
        assert (preview.counts["sessions"], preview.counts["minutes"]) == (len(uses), took)
        assert preview.counts["added"] == len(lines)
        desk.importing.commit(preview)
        order.shuffle(numbered)
        again = written(folder, titles, *numbered, name="again.csv")
        assert desk.importing.preview(again, known=What.LIBKI).nothing_new


def test_both_kinds_of_lists_of_one_day_ask(tmp_path: Path, fixed_clock: FixedClock) -> None:
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Uji", zone="WIB")
        bring(desk, written(tmp_path, "PC,Start,End", row((1, 0, 5)), name="log.csv"))
        line = "PC 1,u,LOGIN,s,2025-10-06 09:00:00"
        titles = "client_name,username,action,session_id,created_on"
        path = written(tmp_path, titles, line, name="libki.csv")
        assert desk.importing.preview(path, known=What.LIBKI).over
