"""Practice data: the same words give the same bytes, and nothing real is touched."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from perpudesk import demo
from perpudesk.core.codes import DayState, VisitorType
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock, Period
from perpudesk.db.guard import FILE_NAME
from perpudesk.demo import MOST_YEARS, REAL_RECORDS, make_demo
from perpudesk.desk import Desk, opened
from perpudesk.reports.model import (
    BUDGET_AMOUNT,
    COMMUNITY_MEETINGS,
    COMPLETENESS_SEX,
    PARTNERSHIPS,
    PEOPLE_TRAINED,
    STORIES,
    TRAININGS,
    UNIQUE_PATRONS,
    VISITS,
)
from perpudesk.trainings.model import Progress

ROOT = Path(__file__).parents[1]
UNTIL = date(2024, 3, 29)


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / FILE_NAME).read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUDESK_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        make_demo(made, years=1, until=UNTIL, seed=1)
    return made


def test_the_same_words_give_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    for at, seed in enumerate(("0", "4321")):
        words = ["--data", str(tmp_path / str(at)), "demo", "--until", UNTIL.isoformat()]
        subprocess.run(
            [sys.executable, "-m", "perpudesk", *words, "--seed", "3"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": ("UTC", "Asia/Jayapura")[at]},
            check=True,
            capture_output=True,
        )
    assert digest(tmp_path / "0") == digest(tmp_path / "1")


def test_made_again_in_the_same_folder_it_is_the_same(tmp_path: Path) -> None:
    make_demo(tmp_path, years=1, until=UNTIL, seed=7)
    (tmp_path / "backups").mkdir()
    first = digest(tmp_path)
    with Desk(tmp_path) as desk:
        desk.branch.set_up(name="Renamed while practising")
    make_demo(tmp_path, years=1, until=UNTIL, seed=7)
    assert digest(tmp_path) == first
    assert not (tmp_path / "backups").exists()


def test_another_seed_gives_other_visits(tmp_path: Path, practice: Path) -> None:
    make_demo(tmp_path, years=1, until=UNTIL, seed=2)
    with opened(tmp_path) as one, opened(practice) as other:
        assert one.visits.count() != other.visits.count()


def test_it_is_a_library_to_believe(practice: Path) -> None:
    with opened(practice) as desk:
        assert desk.practice
        desk.check()
        assert desk.visits.first_day() == date(2023, 3, 1)
        assert desk.visits.newest_day() == UNTIL or UNTIL in desk.branch.holidays()
        assert len(desk.branch.signatories()) == 2
        assert desk.branch.who_is_at_desk() is not None
        figures = desk.reports.figures(Period.parse("2023"))
        visits = figures.get(VISITS)
        assert 15_000 < (visits.value or 0) < 30_000
        assert 0.9 < (figures.value(COMPLETENESS_SEX) or 0) < 1
        assert figures.value(UNIQUE_PATRONS) == 30
        assert figures.days[DayState.CLOSED] > 100
        assert figures.days[DayState.ESTIMATED] > 0
        kinds = visits.by["type"]
        assert all(kinds[kind] for kind in (VisitorType.MEMBER, VisitorType.GROUP))
        assert not desk.can_undo()[0]


def test_trainings_were_held_and_some_go_on(practice: Path) -> None:
    with opened(practice) as desk:
        lines = desk.trainings.all()
        assert {line.progress() for line in lines} == {
            Progress.PLANNED,
            Progress.RUNNING,
            Progress.FINISHED,
        }
        figures = desk.reports.figures(Period.parse("2023"))
        assert (figures.value(PEOPLE_TRAINED) or 0) > 20


def test_no_visit_is_outside_opening_hours(practice: Path) -> None:
    with opened(practice) as desk:
        by = desk.reports.figures(Period.parse("2023-10")).get(VISITS).by
        hours = {f"{at:02}" for at in range(8, 15)}
        assert {hour for hour, n in by["hour"].items() if n} <= {*hours, "unknown"}
        assert not {"saturday", "sunday"} & {day for day, n in by["weekday"].items() if n}


def test_yesterday_is_the_last_day_unless_another_is_named() -> None:
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    assert demo._checked(1, None) == today - timedelta(days=1)
    assert demo._checked(1, today) == today


@pytest.mark.parametrize("years", [-1, 0, MOST_YEARS + 1, 1_000, 10**9])
def test_years_that_cannot_be(tmp_path: Path, years: int) -> None:
    with pytest.raises(InputError) as refused:
        make_demo(tmp_path / "new", years=years, until=UNTIL, seed=1)
    assert refused.value.field == "years"
    assert not (tmp_path / "new").exists()


def test_a_day_to_come_is_refused_and_today_is_not(tmp_path: Path) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date()
    with pytest.raises(InputError) as refused:
        make_demo(tmp_path / "new", years=1, until=tomorrow, seed=1)
    assert refused.value.code == "future_day"
    assert not (tmp_path / "new").exists()


def test_the_29th_of_february_has_years_before_it() -> None:
    assert demo._start(1, date(2024, 2, 29)) == date(2023, 2, 1)


def test_real_records_stop_it(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.branch.set_up(name="Real", zone="WIB")
    before = {each.name for each in tmp_path.iterdir()}
    with pytest.raises(RuleError) as refused:
        make_demo(tmp_path, years=1, until=UNTIL, seed=1)
    assert refused.value.problem is REAL_RECORDS
    assert {each.name for each in tmp_path.iterdir()} == before
    with opened(tmp_path) as desk:
        assert desk.branch.current().name == "Real"


def test_a_folder_in_which_nothing_was_set_up_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(tmp_path):
        pass
    monkeypatch.setattr(demo, "_record", lambda *_: 0)
    make_demo(tmp_path, years=1, until=UNTIL, seed=1)
    with opened(tmp_path) as desk:
        assert desk.practice


def test_stopped_half_way_it_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_record", stopped)
    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "new" / "practice", years=1, until=UNTIL, seed=1)
    assert list(tmp_path.iterdir()) == []


def test_every_room_of_activities_has_something_to_show(practice: Path) -> None:
    morning = FixedClock(datetime.combine(UNTIL + timedelta(days=1), time(2), UTC))
    with Desk(practice, clock=morning) as desk:
        activity = desk.communities.activity()
        assert [each.community.name for each in activity if each.dormant] == ["Teater Remaja"]
        assert len(desk.decisions.done()) == 1
        (late,) = desk.decisions.overdue(UNTIL + timedelta(days=1))
        assert late.owner == "Perpustakaan"
        figures = desk.reports.figures(Period.month_of(UNTIL))
        for indicator in (TRAININGS, COMMUNITY_MEETINGS, PARTNERSHIPS, BUDGET_AMOUNT, STORIES):
            assert figures.value(indicator)
        states = [each.what.verified_on is not None for each in desk.program.stories.all()]
        assert sorted(states) == [False, False, True]
        assert desk.equipment.all()
