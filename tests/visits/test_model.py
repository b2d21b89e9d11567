"""The rules over visits, as tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from perpudesk.core.codes import (
    FULL_AGE_SET,
    Disability,
    Method,
    Precision,
    Sex,
    VisitorType,
)
from perpudesk.core.errors import InputError
from perpudesk.patrons.model import Profile
from perpudesk.visits.model import (
    MOST_AT_ONCE,
    Moment,
    Part,
    Today,
    Visit,
    VisitDraft,
    admit,
    in_columns,
    moment_of,
    moved,
    same_weekdays,
    usual_of,
)

NOW = datetime(2026, 11, 23, 2, 41, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
JAYAPURA = ZoneInfo("Asia/Jayapura")


def part(count: int, sex: Sex = Sex.FEMALE) -> Part:
    return Part(sex=sex, age_band="0-11", count=count)


@pytest.mark.parametrize("count", [-1, 0, MOST_AT_ONCE + 1, 10**9, 1.5, "3", True, float("nan")])
def test_a_count_outside_the_limits_is_refused(count: Any) -> None:
    with pytest.raises(InputError) as caught:
        admit(VisitDraft(count=count), now=NOW, where=JAKARTA)
    assert (caught.value.code, caught.value.field) == ("bad_count", "count")


@pytest.mark.parametrize(
    "parts, code",
    [
        ((part(-1),), "bad_count"),
        ((part(10**9),), "bad_count"),
        ((part(3), part(3, Sex.MALE)), "parts_exceed"),
        ((Part(sex=Sex.MALE, age_band="abc", count=2),), "bad_band"),
    ],
)
def test_parts_that_cannot_be_are_refused(parts: tuple[Part, ...], code: str) -> None:
    draft = VisitDraft(type=VisitorType.GROUP, count=5, parts=parts)
    with pytest.raises(InputError) as caught:
        admit(draft, now=NOW, where=JAKARTA)
    assert (caught.value.code, caught.value.field) == (code, "parts")


def test_only_a_group_has_parts() -> None:
    with pytest.raises(InputError) as caught:
        admit(VisitDraft(count=5, parts=(part(2),)), now=NOW, where=JAKARTA)
    assert (caught.value.code, caught.value.field) == ("parts_of_no_group", "parts")


@pytest.mark.parametrize(
    "profile, code, field",
    [
        (Profile(age_years=200), "age_out_of_range", "age_years"),
        (Profile(age_years=-1), "age_out_of_range", "age_years"),
        (Profile(age_band="abc"), "bad_band", "age_band"),
        (Profile(age_band="0-99"), "bad_band", "age_band"),
    ],
)
def test_an_age_that_cannot_be_is_refused(profile: Profile, code: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        admit(VisitDraft(profile=profile), now=NOW, where=JAKARTA)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_known_years_leave_no_room_for_a_band() -> None:
    draft = VisitDraft(profile=Profile(age_years=20, age_band="17-25"))
    tidy, _ = admit(draft, now=NOW, where=JAKARTA)
    assert tidy.profile == Profile(age_years=20)


def test_empty_parts_are_left_out_and_a_remainder_is_allowed() -> None:
    draft = VisitDraft(type=VisitorType.GROUP, count=5, parts=(part(0), part(2)))
    tidy, _ = admit(draft, now=NOW, where=JAKARTA)
    assert tidy.parts == (part(2),)


@pytest.mark.parametrize("count, stored", [(0, 5), (5, 5), (7, 7)])
def test_a_group_without_a_total_is_what_its_parts_add_up_to(count: int, stored: int) -> None:
    parts = (part(2), part(3, Sex.MALE))
    draft = VisitDraft(type=VisitorType.GROUP, count=count, parts=parts)
    tidy, _ = admit(draft, now=NOW, where=JAKARTA)
    assert tidy.count == stored


@pytest.mark.parametrize(
    "draft",
    [
        VisitDraft(count=0),
        VisitDraft(count=0, parts=(part(2),)),
        VisitDraft(count=0, type=VisitorType.GROUP),
        VisitDraft(count=0, type=VisitorType.GROUP, parts=(part(MOST_AT_ONCE), part(1))),
    ],
)
def test_nobody_is_no_visit(draft: VisitDraft) -> None:
    with pytest.raises(InputError) as caught:
        admit(draft, now=NOW, where=JAKARTA)
    assert (caught.value.code, caught.value.field) == ("bad_count", "count")


KNOWN = Profile(sex=Sex.FEMALE, age_years=34)


@pytest.mark.parametrize(
    "draft, kept",
    [
        (VisitDraft(profile=KNOWN), (None, KNOWN, Disability.PHYSICAL)),
        (VisitDraft(profile=KNOWN, patron_id="p"), ("p", KNOWN, Disability.UNKNOWN)),
        (
            VisitDraft(profile=KNOWN, patron_id="p", type=VisitorType.GROUP),
            (None, Profile(), Disability.UNKNOWN),
        ),
    ],
)
def test_what_is_kept_of_who_came(
    draft: VisitDraft, kept: tuple[str | None, Profile, Disability]
) -> None:
    tidy, _ = admit(replace(draft, disability=Disability.PHYSICAL), now=NOW, where=JAKARTA)
    assert (tidy.patron_id, tidy.profile, tidy.disability) == kept


@pytest.mark.parametrize(
    "field, text, code",
    [
        ("institution", "x" * 201, "text_too_long"),
        ("note", "x" * 501, "text_too_long"),
        ("institution", "SD\x00N", "text_unprintable"),
    ],
)
def test_a_text_is_refused_whole_and_never_cut(field: str, text: str, code: str) -> None:
    draft = VisitDraft(**{field: text})  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        admit(draft, now=NOW, where=JAKARTA)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_texts_are_composed_and_trimmed() -> None:
    tidy, _ = admit(VisitDraft(institution="  SDN Cafe\u0301 "), now=NOW, where=JAKARTA)
    assert tidy.institution == "SDN Café"


@pytest.mark.parametrize(
    "on, at, expected",
    [
        (None, None, (date(2026, 11, 23), 9, "2026-11-23T02:41:00.000Z", Precision.TIME)),
        (date(2026, 11, 22), None, (date(2026, 11, 22), None, None, Precision.DAY)),
        (
            date(2026, 11, 22),
            time(13, 5),
            (date(2026, 11, 22), 13, "2026-11-22T06:05:00.000Z", Precision.TIME),
        ),
        (None, time(8, 0), (date(2026, 11, 23), 8, "2026-11-23T01:00:00.000Z", Precision.TIME)),
    ],
)
def test_the_moment_of_a_draft(
    on: date | None, at: time | None, expected: tuple[date, int | None, str | None, Precision]
) -> None:
    moment = moment_of(on, at, now=NOW, where=JAKARTA)
    found = (moment.local_date, moment.local_hour, moment.occurred_at, moment.precision)
    assert found == expected


def test_the_branchs_own_calendar_decides_the_day() -> None:
    late = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert moment_of(None, None, now=late, where=JAKARTA).local_date == date(2026, 11, 22)
    assert moment_of(None, None, now=late, where=JAYAPURA).local_date == date(2026, 11, 23)


@pytest.mark.parametrize(
    "on, at, code, field",
    [
        (date(2026, 11, 24), None, "future_day", "on"),
        (date(2026, 11, 23), time(9, 43), "future_time", "at"),
        (date(1944, 12, 31), None, "early_day", "on"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(
    on: date, at: time | None, code: str, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        moment_of(on, at, now=NOW, where=JAKARTA)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    "totals, expected",
    [([], None), ([1, 2, 3], None), ([4, 1, 3, 2], 2.5), ([1, 5, 3, 9, 7], 5.0)],
)
def test_usual_is_the_median_once_there_are_four(totals: list[int], expected: float | None) -> None:
    assert usual_of(totals) == expected


def test_the_same_weekday_of_eight_weeks() -> None:
    days = same_weekdays(date(2026, 11, 23))
    assert (days[0], days[-1], len(days)) == (date(2026, 11, 16), date(2026, 9, 28), 8)


@pytest.mark.parametrize("usual, share", [(None, None), (0.0, None), (40.0, 0.175)])
def test_today_against_usual(usual: float | None, share: float | None) -> None:
    today = Today(day=date(2026, 11, 23), total=47, month=900, usual=usual, by_hour={}, by_cell={})
    assert today.against_usual == share


def test_moved_keeps_the_time_of_day() -> None:
    moment = moment_of(date(2026, 11, 20), time(8, 30), now=NOW, where=JAKARTA)
    later = moved(moment, 3)
    assert later.local_date == date(2026, 11, 23)
    assert (later.local_hour, later.occurred_at) == (8, "2026-11-23T01:30:00.000Z")
    day_only = Moment(
        local_date=date(2026, 11, 20), local_hour=None, occurred_at=None, precision=Precision.DAY
    )
    assert moved(day_only, -1).occurred_at is None


@pytest.mark.parametrize("timed", [True, False])
def test_a_visit_can_be_typed_again(timed: bool) -> None:
    moment = moment_of(date(2026, 11, 20), time(8, 30) if timed else None, now=NOW, where=JAKARTA)
    visit = Visit(
        id="v",
        moment=moment,
        type=VisitorType.GROUP,
        count=5,
        profile=Profile(),
        disability=Disability.UNKNOWN,
        purpose="reading",
        method=Method.COUNTED,
        patron_id=None,
        patron_name=None,
        institution="SDN 2 Raja",
        leader_id=None,
        leader_name=None,
        parts=(part(2),),
        note=None,
        batch_id=None,
    )
    draft = visit.draft(JAKARTA)
    assert (draft.on, draft.at) == (date(2026, 11, 20), time(8, 30) if timed else None)
    assert (draft.count, draft.parts, draft.institution) == (5, (part(2),), "SDN 2 Raja")


def test_who_has_no_column_stands_where_the_age_is_not_recorded() -> None:
    cells = {("male", "26-45"): 2, ("male", "0-5"): 3, ("male", "unknown"): 1, ("female", "0-5"): 4}
    shown, others = in_columns(cells, FULL_AGE_SET)
    assert shown == {("male", "unknown"): 3, ("male", "0-5"): 3, ("female", "0-5"): 4}
    assert others == 2
    assert sum(shown.values()) == sum(cells.values())
    assert in_columns({}, FULL_AGE_SET) == ({}, 0)
