"""Sessions mended afterwards: what is refused, and what a correction leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from perpudesk.computers.mending import edit_of
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.core.codes import EndReason, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk

NOW = datetime(2026, 11, 23, 2, 41, 7, 123_000, tzinfo=UTC)


def entered(desk: Desk, place: Workstation, ago: int, minutes: int | None) -> Session:
    """A session from paper that began so many minutes ago."""
    start = NOW - timedelta(minutes=ago)
    end = None if minutes is None else start + timedelta(minutes=minutes)
    draft = SessionDraft(workstation_id=place.id, start=start, end=end)
    return desk.session_mending.enter(draft, outside_hours=True)


def refusal(desk: Desk, session: Session, **changes: object) -> InputError:
    with pytest.raises(InputError) as refused:
        desk.session_mending.correct(session.id, replace(edit_of(session), **changes))
    return refused.value


def test_one_that_goes_on_takes_no_place_that_is_taken(desk: Desk, pcs: list[Workstation]) -> None:
    one = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    desk.computers.start(SessionDraft(workstation_id=pcs[1].id))
    edit = replace(edit_of(one), workstation_id=pcs[1].id)
    with pytest.raises(RuleError) as refused:
        desk.session_mending.correct(one.id, edit)
    assert refused.value.sentence().startswith("PC 2 is in use since 09:41")
    desk.session_mending.correct(one.id, replace(edit, workstation_id=pcs[2].id))


def test_a_pause_that_goes_on_ends_with_the_session(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(minutes=10)
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=20)
    edit = replace(edit_of(session), end=NOW + timedelta(minutes=25))
    assert desk.session_mending.correct(session.id, edit).minutes == 10


def test_a_workstation_that_is_gone_had_nobody(desk: Desk, pcs: list[Workstation]) -> None:
    session = entered(desk, pcs[1], 60, 10)
    desk.workstations.remove(pcs[0].id)
    for way in (
        lambda: entered(desk, pcs[0], 30, 10),
        lambda: desk.session_mending.correct(
            session.id, replace(edit_of(session), workstation_id=pcs[0].id)
        ),
    ):
        with pytest.raises(RuleError) as refused:
            way()
        assert refused.value.code == "no_workstation"
    today = desk.store.today()
    assert [each.id for each in desk.session_mending.between(today, today)] == [session.id]


def test_it_cannot_begin_in_a_pause_that_goes_on(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=20)
    for end in (None, fixed_clock.now()):
        refused = refusal(desk, session, start=fixed_clock.now(), end=end)
        assert refused.code == "pauses_longer"


def test_an_end_before_a_pause_began_has_none_of_it(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(minutes=10)
    desk.computers.pause(session.id)
    edit = replace(edit_of(session), end=NOW + timedelta(minutes=5))
    assert desk.session_mending.correct(session.id, edit).minutes == 5


def test_pauses_must_fit_where_they_were(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=5)
    desk.computers.resume(session.id)
    fixed_clock.advance(minutes=5)
    desk.computers.move(session.id, pcs[1].id)
    fixed_clock.advance(minutes=20)
    ended = desk.computers.end(session.id)
    assert refusal(desk, ended, start=NOW + timedelta(minutes=6)).field == "start"
    assert refusal(desk, ended, start=NOW + timedelta(minutes=11)).code == "moved_meanwhile"
    assert refusal(desk, ended, end=NOW + timedelta(minutes=9)).code == "moved_meanwhile"
    desk.session_mending.correct(
        ended.id, replace(edit_of(ended), start=NOW + timedelta(minutes=5))
    )


def test_one_that_goes_on_must_leave_room_for_its_pauses_too(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(minutes=10)
    desk.computers.pause(session.id)
    fixed_clock.advance(minutes=10)
    later = NOW + timedelta(minutes=15)
    assert refusal(desk, session, start=later).code == "pauses_longer"
    desk.computers.resume(session.id)
    fixed_clock.advance(minutes=5)
    assert refusal(desk, session, start=later + timedelta(minutes=1)).field == "start"
    fixed_clock.advance(minutes=-30)
    for purpose, look in (("study", desk.computers.get), ("health", desk.computers.end)):
        edit = replace(edit_of(look(session.id)), purpose=purpose)
        assert desk.session_mending.correct(session.id, edit).purpose == purpose


def test_an_end_that_was_left_alone_stays_an_estimate(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(minutes=-10)
    ended = desk.computers.end(session.id)
    fixed_clock.advance(minutes=20)
    edit = replace(edit_of(ended), start=NOW - timedelta(minutes=5))
    mended = desk.session_mending.correct(session.id, edit)
    assert (mended.end_estimated, mended.minutes) == (True, 5)


def test_an_estimated_end_does_not_stand_for_too_long_a_session(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(minutes=-10)
    desk.computers.end(session.id)
    ended = desk.computers.get(session.id)
    assert ended.end_estimated
    fixed_clock.advance(minutes=20)
    edit = replace(edit_of(ended), start=NOW - timedelta(hours=14))
    mended = desk.session_mending.correct(session.id, edit, outside_hours=True)
    assert (mended.end_reason, mended.minutes) == (EndReason.FORGOTTEN, None)


def test_a_session_without_an_end_may_begin_later(desk: Desk, pcs: list[Workstation]) -> None:
    session = entered(desk, pcs[0], 60, None)
    later = NOW - timedelta(minutes=30)
    mended = desk.session_mending.correct(session.id, replace(edit_of(session), start=later))
    assert (mended.start, mended.minutes) == (later, None)


def test_a_day_to_come_is_said_as_a_day(desk: Desk, pcs: list[Workstation]) -> None:
    session = entered(desk, pcs[0], 60, 10)
    said = refusal(desk, session, start=NOW + timedelta(days=1), end=None)
    assert (said.field, said.sentence()) == (
        "start",
        "24 November 2026 has not come yet. Choose today or an earlier day.",
    )
    said = refusal(desk, session, start=NOW + timedelta(minutes=30), end=None)
    assert said.sentence().startswith("10:11 has not come yet.")


def test_what_was_taken_out_counts_again(desk: Desk, pcs: list[Workstation]) -> None:
    session = entered(desk, pcs[0], 60, 30)
    desk.session_mending.remove(session.id)
    assert desk.session_mending.bring_back(session.id) == session
    desk.session_mending.remove(session.id)
    entered(desk, pcs[0], 50, 30)
    with pytest.raises(InputError) as refused:
        desk.session_mending.bring_back(session.id)
    assert refused.value.code == "session_overlaps"
    assert desk.computers.of_day(date(2026, 11, 23))[0].id != session.id
    with pytest.raises(RuleError):
        desk.session_mending.bring_back("nobody")


def test_one_that_went_on_finds_its_place_taken(desk: Desk, pcs: list[Workstation]) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    desk.session_mending.remove(session.id)
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    with pytest.raises(RuleError) as refused:
        desk.session_mending.bring_back(session.id)
    assert refused.value.code == "workstation_in_use"


def test_what_has_no_workstation_any_more_neither_goes_on_nor_comes_back(
    desk: Desk, pcs: list[Workstation]
) -> None:
    ended, removed = (
        desk.computers.start(SessionDraft(workstation_id=each.id)) for each in pcs[:2]
    )
    desk.computers.end_all()
    desk.session_mending.remove(removed.id)
    assert not desk.workstations.remove(pcs[0].id), "it is retired"
    assert desk.workstations.remove(pcs[1].id)
    for way, session in (("go_on", ended), ("bring_back", removed)):
        with pytest.raises(RuleError) as refused:
            getattr(desk.session_mending, way)(session.id)
        assert refused.value.code == "no_workstation"
    desk.session_mending.remove(ended.id)
    assert desk.session_mending.bring_back(ended.id) == desk.computers.get(ended.id)


def test_a_total_of_a_day_comes_back_too(desk: Desk) -> None:
    (total,) = desk.session_mending.enter_total(date(2026, 11, 20), {Sex.FEMALE: 5})
    desk.session_mending.remove(total.id)
    assert desk.session_mending.bring_back(total.id).count == 5
    desk.session_mending.remove(total.id)
    desk.session_mending.enter_total(date(2026, 11, 20), {Sex.FEMALE: 6, Sex.MALE: 1})
    with pytest.raises(RuleError) as refused:
        desk.session_mending.bring_back(total.id)
    assert refused.value.code == "total_stands"


def test_a_total_has_no_times_to_correct(desk: Desk) -> None:
    (total,) = desk.session_mending.enter_total(date(2026, 11, 20), {Sex.FEMALE: 5})
    with pytest.raises(RuleError) as refused:
        desk.session_mending.correct(total.id, edit_of(total))
    assert refused.value.code == "is_total"
    with pytest.raises(RuleError) as refused:
        desk.session_mending.go_on(total.id)
    assert refused.value.code == "not_to_go_on"


def test_the_days_of_the_first_and_the_newest(desk: Desk, pcs: list[Workstation]) -> None:
    assert (desk.session_mending.first_day(), desk.session_mending.newest_day()) == (None, None)
    friday = date(2026, 11, 20)
    desk.session_mending.enter_total(friday, {Sex.MALE: 2})
    session = entered(desk, pcs[0], 60, 30)
    assert desk.session_mending.first_day() == friday
    assert desk.session_mending.newest_day() == session.local_date
    newest, _total = desk.session_mending.between(friday, session.local_date)
    assert newest == session


def test_what_was_used_on_a_day_was_there_on_that_day(desk: Desk, pcs: list[Workstation]) -> None:
    start = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
    draft = SessionDraft(workstation_id=pcs[0].id, start=start, end=start + timedelta(minutes=30))
    session = desk.session_mending.enter(draft)
    history = desk.workstations.history(pcs[0].id)
    assert [state.since for state in history] == [date(2026, 11, 19), date(2026, 11, 23)]
    earlier = replace(edit_of(session), start=start - timedelta(days=1), end=None)
    desk.session_mending.correct(session.id, earlier)
    assert desk.workstations.history(pcs[0].id)[0].since == date(2026, 11, 18)
    desk.undo()
    desk.undo()
    assert [state.since for state in desk.workstations.history(pcs[0].id)] == [date(2026, 11, 23)]


def test_what_was_begun_by_mistake_stands_in_nobodys_way(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    mistake = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(seconds=40)
    desk.computers.end(mistake.id)
    assert mistake.start is not None
    start = mistake.start - timedelta(minutes=10)
    draft = SessionDraft(workstation_id=pcs[0].id, start=start, end=fixed_clock.now())
    assert desk.session_mending.enter(draft).minutes == 10
    with pytest.raises(InputError, match="another session"):
        desk.session_mending.enter(draft)
