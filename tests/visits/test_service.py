"""Recording, mending and counting on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from operator import itemgetter

import pytest

from perpudesk.branch.model import ServiceDay
from perpudesk.core.codes import ClosedReason, DayState, Precision, Sex, VisitorType
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.visits.model import Moment, Part, VisitDraft

WALK_IN = VisitDraft(profile=Profile(sex=Sex.FEMALE, age_band="17-25"), purpose="reading")
TODAY = date(2026, 11, 23)


def test_a_tap_is_a_record_that_outlives_the_process(desk: Desk) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    visit = desk.visits.record(WALK_IN)
    assert told == [Topic.VISITS]
    assert desk.visits.recent() == [visit]
    assert (visit.count, visit.type, visit.profile) == (1, VisitorType.NON_MEMBER, WALK_IN.profile)
    assert visit.moment.occurred_at == "2026-11-23T02:41:07.123Z"


def test_a_refused_draft_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(InputError):
        desk.visits.record(VisitDraft(count=0))
    assert desk.visits.count() == 0
    assert desk.can_undo() == (False, False)


@pytest.mark.parametrize(
    "draft, field",
    [
        (VisitDraft(purpose="foo"), "purpose"),
        (VisitDraft(profile=Profile(occupation="foo")), "occupation"),
        (VisitDraft(profile=Profile(education="foo")), "education"),
        (VisitDraft(patron_id="nobody"), "patron_id"),
    ],
)
def test_what_is_in_no_list_is_refused(desk: Desk, draft: VisitDraft, field: str) -> None:
    visit = desk.visits.record(WALK_IN)
    for work in (desk.visits.record, partial(desk.visits.change, visit.id)):
        with pytest.raises(InputError) as caught:
            work(draft)
        assert (caught.value.code, caught.value.field) == ("not_listed", field)
    assert desk.visits.recent() == [visit]


def test_a_member_is_counted_with_the_profile_of_that_day(desk: Desk) -> None:
    patron = desk.patrons.add(
        PatronDraft(name="Siti", member_number="A1", sex=Sex.FEMALE, birth_year=1990)
    )
    visit = desk.visits.record_patron(patron, purpose="loan")
    changed = PatronDraft(name="Siti Aminah", sex=Sex.MALE, birth_year=1950)
    desk.patrons.change(patron.id, changed)
    kept = desk.visits.get(visit.id)
    assert kept is not None
    assert (kept.type, kept.profile.sex, kept.profile.age_years) == ("member", Sex.FEMALE, 36)
    assert kept.patron_name == "Siti Aminah"
    assert desk.visits.last_seen(patron.id) == TODAY


def test_a_second_scan_within_the_hour_is_noticed(desk: Desk, fixed_clock: FixedClock) -> None:
    patron = desk.patrons.add(PatronDraft(name="Fajar"))
    assert desk.visits.repeat_since(patron.id) is None
    desk.visits.record_patron(patron, purpose="reading")
    fixed_clock.advance(minutes=59)
    assert desk.visits.repeat_since(patron.id) == datetime(2026, 11, 23, 2, 41, 7, 123000, UTC)
    fixed_clock.advance(minutes=2)
    assert desk.visits.repeat_since(patron.id) is None


def test_removing_a_patron_changes_no_total(desk: Desk) -> None:
    patron = desk.patrons.add(PatronDraft(name="Fajar", member_number="7"))
    desk.visits.record_patron(patron, purpose="reading")
    desk.patrons.remove(patron.id)
    assert desk.visits.today().total == 1


def test_an_edit_keeps_the_seconds_of_an_untouched_time(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    draft = visit.draft(desk.store.author.zone)
    same = desk.visits.change(visit.id, draft)
    assert same.moment == visit.moment
    assert desk.can_undo() == (True, False)
    moved_to = VisitDraft(**{**_fields(draft), "on": date(2026, 11, 22), "at": None})  # type: ignore[arg-type]
    assert desk.visits.change(visit.id, moved_to).moment.precision is Precision.DAY


def _fields(draft: VisitDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in VisitDraft.__dataclass_fields__}


@pytest.mark.parametrize("there", ["WIT", "WIB", "Asia/Kolkata"])
def test_an_edit_after_the_zone_was_changed_leaves_day_and_time(
    desk: Desk, fixed_clock: FixedClock, there: str
) -> None:
    fixed_clock.moment = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)  # 22.40 in Jakarta
    visit = desk.visits.record(WALK_IN)
    desk.branch.set_up(zone=there)
    draft = visit.draft(desk.store.author.zone)
    assert (draft.on, draft.at and draft.at.hour) == (TODAY, 22)
    changed = desk.visits.change(visit.id, replace(draft, count=2))
    assert (changed.moment, changed.count) == (visit.moment, 2)


def test_an_edit_of_a_record_that_was_removed_meanwhile_is_refused(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    desk.visits.remove(visit.id)
    with pytest.raises(RuleError) as refusal:
        desk.visits.change(visit.id, replace(WALK_IN, count=7))
    assert refusal.value.code == "no_record"
    with pytest.raises(RuleError):
        desk.visits.remove(visit.id)
    desk.undo()
    kept = desk.visits.get(visit.id)
    assert kept is not None
    assert kept.count == 1


def test_an_edit_of_a_record_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleError) as caught:
        desk.visits.change("nothing", WALK_IN)
    assert caught.value.code == "no_record"


def test_a_removed_visit_leaves_every_total_and_can_come_back(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    desk.visits.remove(visit.id, note="dua kali")
    assert (desk.visits.today().total, desk.visits.recent(), desk.visits.count()) == (0, [], 0)
    desk.undo()
    back = desk.visits.get(visit.id)
    assert back is not None
    assert (desk.visits.today().total, back.note) == (1, None)


def test_today_counts_groups_by_their_parts(desk: Desk, fixed_clock: FixedClock) -> None:
    desk.visits.record(WALK_IN)
    fixed_clock.advance(hours=1)
    group = VisitDraft(
        type=VisitorType.GROUP,
        count=12,
        institution="SDN 2 Raja",
        parts=(
            Part(sex=Sex.MALE, age_band="0-11", count=6),
            Part(sex=Sex.FEMALE, age_band="6-11", count=4),
        ),
    )
    desk.visits.record(group)
    desk.visits.record(VisitDraft(on=TODAY, count=2))
    today = desk.visits.today()
    assert (today.total, today.month, today.usual) == (15, 15, None)
    assert today.by_hour == {9: 1, 10: 12}
    assert today.by_cell == {
        ("female", "17-25"): 1,
        ("male", "0-11"): 6,
        ("female", "0-11"): 4,
        ("unknown", "unknown"): 4,
    }


def test_usual_is_the_median_of_the_same_weekday_until_this_time(desk: Desk) -> None:
    for week, (early, late) in enumerate([(4, 9), (6, 1), (8, 3), (2, 2)], start=1):
        day = date(2026, 11, 23 - 7 * week) if week < 4 else date(2026, 10, 26)
        desk.visits.record(VisitDraft(count=early, on=day, at=time(8, 0)))
        desk.visits.record(VisitDraft(count=late, on=day, at=time(14, 0)))
    assert desk.visits.today().usual == 5.0


def test_a_total_of_a_month_says_nothing_of_what_is_usual_by_now(desk: Desk) -> None:
    days = [date(2026, 11, 16), date(2026, 11, 9), date(2026, 11, 2), date(2026, 10, 26)]
    for day in days:
        desk.visits.record(VisitDraft(count=4, on=day, at=time(8, 0)))
    month = Moment(local_date=days[3], local_hour=None, occurred_at=None, precision=Precision.MONTH)
    desk.visits.record_many([(VisitDraft(count=80), month)])
    assert desk.visits.usual() == 4.0


def test_the_state_of_each_day(desk: Desk) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 11, 12)))
    desk.branch.set_day(
        ServiceDay(date=date(2026, 11, 17), state=DayState.CLOSED, reason=ClosedReason.POWER)
    )
    days = {each.date: each for each in desk.visits.days(date(2026, 11, 9), date(2026, 11, 18))}
    assert days[date(2026, 11, 9)].state is DayState.NOT_SET
    assert days[date(2026, 11, 12)].state is DayState.OPEN_COUNTED
    assert days[date(2026, 11, 12)].visits == 1
    assert days[date(2026, 11, 14)].state is DayState.CLOSED
    assert days[date(2026, 11, 16)].state is DayState.NOT_SET
    assert days[date(2026, 11, 17)].reason is ClosedReason.POWER
    assert desk.visits.day_totals(date(2026, 11, 1), TODAY) == {date(2026, 11, 12): 1}
    assert (desk.visits.first_day(), desk.visits.newest_day()) == (date(2026, 11, 12),) * 2


def test_records_of_a_day_and_pages_of_all(desk: Desk, fixed_clock: FixedClock) -> None:
    for _ in range(5):
        desk.visits.record(WALK_IN)
        fixed_clock.advance(seconds=1)
    old = desk.visits.record(VisitDraft(on=date(2026, 11, 20)))
    assert len(desk.visits.of_day(TODAY)) == 5
    page = desk.visits.page(4, 10)
    assert [each.id for each in page][-1] == old.id
    assert len(page) == 2


def test_visits_of_a_wrong_clock_are_redated_together(desk: Desk, fixed_clock: FixedClock) -> None:
    fixed_clock.moment = datetime(2036, 5, 2, 2, 0, tzinfo=UTC)
    desk.visits.record(WALK_IN)
    fixed_clock.moment = datetime(2036, 5, 3, 2, 0, tzinfo=UTC)
    desk.visits.record(WALK_IN)
    fixed_clock.moment = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert desk.clock_is_behind() == date(2036, 5, 3)
    assert desk.answer_day(TODAY) == 2
    wrong = desk.visits.dated_after(TODAY)
    assert desk.visits.redate_after(TODAY) == 2
    assert desk.clock_is_behind() is None
    assert desk.visits.today().by_hour == {9: 1}
    assert desk.visits.first_day() == date(2026, 11, 22)
    desk.undo()  # both at once
    assert sorted(desk.visits.dated_after(TODAY), key=itemgetter(0)) == wrong
    assert desk.visits.redate_after(desk.visits.newest_day() or TODAY) == 0


def test_a_total_of_a_month_is_redated_as_one(desk: Desk) -> None:
    month = Moment(
        local_date=date(2036, 5, 2), local_hour=None, occurred_at=None, precision=Precision.MONTH
    )
    desk.visits.record_many([(VisitDraft(count=80), month)])
    desk.visits.redate_after(TODAY)
    ((_, moment),) = desk.visits.dated_after(date(2026, 11, 22))
    assert moment == replace(month, local_date=TODAY)


def test_many_at_once_are_journaled_like_one(desk: Desk) -> None:
    one = desk.visits.record(WALK_IN)
    moment = one.moment
    assert desk.visits.record_many([(WALK_IN, moment)] * 3) == 3
    assert desk.visits.today().total == 4
    assert desk.visits.record_many([]) == 0
    desk.undo()
    assert desk.visits.today().total == 3
    desk.check()
