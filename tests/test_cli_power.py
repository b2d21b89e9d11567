"""Commands after a power cut: whoever records recovers first, whoever only reads leaves it be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from perpudesk.__main__ import main
from perpudesk.computers.model import SessionDraft
from perpudesk.core.codes import EndReason, Sex
from perpudesk.core.times import FixedClock
from perpudesk.db.meta import PULSE, meta
from perpudesk.desk import Desk
from perpudesk.visits.model import VisitDraft
from tests.computers.power import cut

READING = (
    ("check",),
    ("figures", "2026-11"),
    ("report", "2026-11", "--output", "{out}/report.pdf"),
    ("sheet", "tally", "--output", "{out}/sheet.pdf"),
    ("verify", "7K4F-92QX"),
    ("import", "slims-visitors", "{out}/visitors.csv", "--dry-run"),
)
RECORDING = (
    ("import", "slims-visitors", "{out}/visitors.csv"),
    ("target", "visits", "2027", "24000"),
    ("setup", "--name", "B"),
)


@pytest.fixture
def folder(tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sat at computers from 09.41 on, the power went at 09.53 and is back at 10.01."""
    monkeypatch.setattr("perpudesk.core.times.SystemClock.now", lambda _clock: fixed_clock.now())
    (tmp_path / "visitors.csv").write_text(
        "Member ID,Visitor Name,Membership Type,Institution,Room Name,Visit Date\n"
        "A-01,Siti,Umum,,Ruang,2026-11-20 09:10:00\n",
        "utf-8",
    )
    made = tmp_path / "data"
    desk = Desk(made, clock=fixed_clock)
    desk.open()
    desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    desk.visits.record(VisitDraft())
    for place in desk.workstations.add_many(2):
        desk.computers.start(SessionDraft(workstation_id=place.id))
    fixed_clock.advance(minutes=12)
    desk.recovery.beat()
    cut(desk)
    fixed_clock.advance(minutes=8)
    return made


def say(folder: Path, words: tuple[str, ...]) -> int:
    place = str(folder.parent)
    asked = ["--lang", "en", "--data", str(folder), *(each.format(out=place) for each in words)]
    return main(asked)


def look(folder: Path, clock: FixedClock) -> tuple[bool, int]:
    """Whether a lost pulse is there, and how many sessions are open, without changing anything."""
    with Desk(folder, clock=clock, recording=False) as desk:
        with desk.store.reading() as db:
            beating = meta(db, PULSE) is not None
        return beating, len(desk.computers.open_sessions())


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_who_only_reads_leaves_it_to_the_window(
    folder: Path, fixed_clock: FixedClock, words: tuple[str, ...]
) -> None:
    assert say(folder, words) in (0, 1)  # no print has that number to verify
    assert look(folder, fixed_clock) == (True, 2)
    fixed_clock.advance(hours=1)
    with Desk(folder, clock=fixed_clock) as desk:
        (told,) = desk.recovery.interrupted()
        assert [each.minutes for each in told.sessions] == [12, 12]
        assert told.outage.until == fixed_clock.now()


@pytest.mark.parametrize("words", RECORDING, ids=" ".join)
def test_who_records_recovers_and_the_window_tells_of_it(
    folder: Path, fixed_clock: FixedClock, words: tuple[str, ...]
) -> None:
    assert say(folder, words) == 0
    assert look(folder, fixed_clock) == (False, 0)
    fixed_clock.advance(hours=1)
    with Desk(folder, clock=fixed_clock) as desk:
        (told,) = desk.recovery.interrupted()
        assert [each.end_reason for each in told.sessions] == [EndReason.INTERRUPTED] * 2
        assert [each.minutes for each in told.sessions] == [12, 12]


def test_the_check_counts_sessions_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert say(folder, ("check",)) == 0
    told = capsys.readouterr().out
    assert told == "The data is whole: 1 visit records.\nComputer sessions: 2.\n"


def test_a_total_of_a_day_is_one_record(
    folder: Path, fixed_clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk(folder, clock=fixed_clock) as desk:
        first, second = desk.computers.of_day(date(2026, 11, 23))
        desk.session_mending.remove(first.id)
        desk.session_mending.remove(second.id)
        desk.session_mending.enter_total(date(2026, 11, 20), {Sex.FEMALE: 7})
    assert say(folder, ("check",)) == 0
    assert capsys.readouterr().out.endswith("Computer sessions: 1.\n")
