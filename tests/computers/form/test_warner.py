"""What comes due at a computer is said once, in time, and after a night asleep at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from perpudesk.computers.board import Due
from perpudesk.computers.form.warner import Warner, due_words
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from tests.computers.made import pc, session

Said = list[tuple[str, bool]]


@pytest.fixture
def warner(desk: Desk) -> Iterator[Warner]:
    owner = QObject()
    found = Warner(desk.computers, desk.workstations, desk.clock.now, owner)
    found.read()
    yield found
    found.stop()


@pytest.fixture
def said(warner: Warner) -> Said:
    heard: Said = []
    warner.due.connect(lambda text, over: heard.append((text, over)))
    return heard


def begin(desk: Desk, warner: Warner, place: Workstation | None, limit: int = 30) -> Session:
    workstation = None if place is None else place.id
    draft = SessionDraft(workstation_id=workstation, device=place is None, limit=limit)
    made = desk.computers.start(draft)
    warner.read()
    return made


def test_five_minutes_before_and_at_the_end(
    desk: Desk, warner: Warner, said: Said, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, warner, pcs[1])
    assert warner._timer.interval() == 25 * 60_000
    fixed_clock.advance(minutes=25)
    warner.look()
    assert said == [("PC 2: 5 minutes left", False)]
    assert (warner._timer.interval(), warner.over()) == (5 * 60_000, 0)
    warner.look()
    warner.read()
    assert len(said) == 1
    fixed_clock.advance(minutes=5)
    warner.look()
    assert said[1:] == [("PC 2: time is up", True)]
    assert (warner._timer.isActive(), warner.over()) == (False, 1)
    desk.computers.end(session.id)
    warner.read()
    assert (len(said), warner.over(), list(warner.sessions)) == (2, 0, [])


def test_it_wakes_by_itself(
    desk: Desk, warner: Warner, pcs: list[Workstation], fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    begin(desk, warner, pcs[0])
    fixed_clock.advance(minutes=24, seconds=59, milliseconds=990)
    warner.look()
    assert warner._timer.interval() == 10
    fixed_clock.advance(milliseconds=10)
    with qtbot.waitSignal(warner.due):
        pass
    warner.stop()
    assert not warner._timer.isActive()


def test_an_extended_session_is_due_anew(
    desk: Desk, warner: Warner, said: Said, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = begin(desk, warner, pcs[0])
    fixed_clock.advance(minutes=27)
    warner.look()
    desk.computers.extend(session.id)
    warner.read()
    assert said == [("PC 1: 3 minutes left", False)]
    fixed_clock.advance(minutes=13)
    warner.look()
    assert said[1:] == [("PC 1: 5 minutes left", False)]


def test_a_short_session_and_one_found_over_time_are_not_said_at_once(
    desk: Desk, warner: Warner, said: Said, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    begin(desk, warner, pcs[0], limit=5)
    assert said == []
    fixed_clock.advance(minutes=5)
    desk.computers.start(SessionDraft(workstation_id=pcs[1].id))
    warner.read()  # another session must not swallow that the first is over
    assert said == [("PC 1: time is up", True)]
    later = Warner(desk.computers, desk.workstations, desk.clock.now, warner)
    later.due.connect(lambda *told: said.append(told))
    later.read()
    later.look()
    assert len(said) == 1
    assert later.over() == 1


def test_a_clock_that_was_set_back_is_waited_for(
    desk: Desk, warner: Warner, said: Said, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    begin(desk, warner, pcs[0])
    fixed_clock.advance(hours=-1)
    warner.look()
    assert (said, warner._timer.interval()) == ([], 85 * 60_000)
    fixed_clock.advance(hours=1, minutes=31)
    warner.look()
    assert said == [("PC 1: time is up", True)]


def test_many_at_once_are_named_up_to_three() -> None:
    places = [pc(number) for number in range(1, 7)]
    labels = {each.id: each.label for each in places}
    over = [Due(session=session(each, ago=30), minutes_left=0) for each in places]
    own = Due(session=session(None, ago=29), minutes_left=1)
    assert due_words([*over[:1], own], labels) == "PC 1: time is up · Wi-Fi: 1 minute left"
    assert due_words(over[:3], labels) == "PC 1, PC 2, PC 3: time is up"
    assert due_words(over, labels) == "PC 1, PC 2, PC 3 and 3 more: time is up"
