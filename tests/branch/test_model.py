"""The rules of the branch: hours, days, letterhead, lists, and every field's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.branch.checks import (
    LATEST,
    LIMITS,
    MOST_LINES,
    MOST_PEOPLE,
    MOST_REPEAT,
    check_choice,
    check_day,
    check_founded,
    check_holiday,
    check_letterhead,
    check_minutes,
    check_population,
    check_region,
    check_repeat,
    clean,
)
from perpudesk.branch.model import (
    USUAL_WEEK,
    Branch,
    DayInfo,
    Entry,
    Hours,
    ServiceDay,
    Week,
    day_info,
    in_reading_order,
    label_of_zone,
    letterhead_lines,
    letterhead_parts,
    needs_asking,
    slug_for,
    state_of_day,
    why_closed,
)
from perpudesk.core.codes import DESK_AGE_SET, BranchKind, ClosedReason, DayState
from perpudesk.core.errors import InputError
from perpudesk.core.formats import number
from perpudesk.core.i18n import speaking

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)
BRANCH = Branch(id="b", name="Perpusda Uji", kind=BranchKind.VILLAGE, zone="Asia/Jakarta")


@pytest.mark.parametrize(
    "text, opens, closes",
    [
        ("08:00-15:00", 480, 900),
        ("8.00–15.30", 480, 930),
        (" 7:05 - 24:00 ", 425, 1440),
        ("0:00-0:01", 0, 1),
    ],
)
def test_hours_are_read_as_they_are_written(text: str, opens: int, closes: int) -> None:
    hours = Hours.parse(text)
    assert hours == Hours(opens=opens, closes=closes)
    assert hours.minutes == closes - opens
    assert Hours.parse(hours.text) == hours


@pytest.mark.parametrize("text", ["", " ", "-", "–"])
def test_no_hours_are_a_closed_day(text: str) -> None:
    assert Hours.parse(text) is None


@pytest.mark.parametrize(
    "text", ["8-15", "08:60-15:00", "08:00-15:60", "15:00-08:00", "08:00-08:00", "08:00-24:01",
             "pagi", "08:00"]
)  # fmt: skip
def test_what_are_no_hours_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(InputError) as refused:
        Hours.parse(text, field="monday")
    assert (refused.value.code, refused.value.field) == ("bad_hours", "monday")
    assert text in refused.value.sentence()


@pytest.mark.parametrize(
    "opens, closes, code, field",
    [
        ("", "15:00", "no_clock", "opens"),
        ("pagi", "15:00", "no_clock", "opens"),
        ("08:00", "", "no_clock", "closes"),
        ("08:60", "15:00", "no_clock", "opens"),
        ("08:00", "24:01", "no_clock", "closes"),
        ("15:00", "08:00", "closes_early", "closes"),
        ("08:00", "08:00", "closes_early", "closes"),
    ],
)
def test_times_that_are_no_hours_are_refused_at_their_field(
    opens: str, closes: str, code: str, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        Hours.between(opens, closes)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_hours_between_two_times() -> None:
    assert Hours.between("07:30", "24:00") == Hours(opens=450, closes=1440)


SET = ServiceDay(date=MONDAY, state=DayState.ESTIMATED)
SHUT = ServiceDay(date=MONDAY, state=DayState.CLOSED, reason=ClosedReason.POWER)


@pytest.mark.parametrize(
    "now, visits, to, asks",
    [
        (DayState.OPEN_COUNTED, 3, DayState.CLOSED, True),
        (DayState.OPEN_COUNTED, 0, DayState.CLOSED, False),
        (DayState.OPEN_COUNTED, 3, DayState.ESTIMATED, False),
        (DayState.CLOSED, 3, DayState.CLOSED, False),
    ],
)
def test_a_day_with_visits_asks_before_it_is_closed(
    now: DayState, visits: int, to: DayState, asks: bool
) -> None:
    day = DayInfo(date=MONDAY, state=now, was_set=True, visits=visits)
    assert needs_asking(day, to) is asks


@pytest.mark.parametrize(
    "was_set, reason, why",
    [
        (True, ClosedReason.POWER, "Power cut"),
        (False, ClosedReason.HOLIDAY, "Holiday"),
        (True, None, "without a reason"),
        (False, None, "outside opening hours"),
    ],
)
def test_why_a_day_was_closed(was_set: bool, reason: ClosedReason | None, why: str) -> None:
    day = DayInfo(date=MONDAY, state=DayState.CLOSED, was_set=was_set, reason=reason)
    with speaking("en"):
        assert why_closed(day) == why


class Case(NamedTuple):
    """One line of domain.md, State of a day."""

    day: date
    was_set: ServiceDay | None
    records: bool
    week: Week | None
    holiday: str | None
    first: date | None


@pytest.mark.parametrize(
    "case, state, reason",
    [
        (Case(MONDAY, SET, True, USUAL_WEEK, "Natal", MONDAY), DayState.ESTIMATED, None),
        (Case(MONDAY, SHUT, True, None, None, None), DayState.CLOSED, ClosedReason.POWER),
        (Case(SUNDAY, None, True, USUAL_WEEK, "Natal", None), DayState.OPEN_COUNTED, None),
        (Case(SUNDAY, None, False, USUAL_WEEK, None, None), DayState.NOT_SET, None),
        (Case(SUNDAY, None, False, USUAL_WEEK, "Natal", MONDAY), DayState.NOT_SET, None),
        (Case(MONDAY, None, False, None, "Natal", SUNDAY), DayState.CLOSED, ClosedReason.HOLIDAY),
        (Case(SUNDAY, None, False, USUAL_WEEK, None, SUNDAY), DayState.CLOSED, None),
        (Case(MONDAY, None, False, USUAL_WEEK, None, SUNDAY), DayState.NOT_SET, None),
        (Case(SUNDAY, None, False, None, None, SUNDAY), DayState.NOT_SET, None),
    ],
)
def test_the_state_of_a_day(case: Case, state: DayState, reason: ClosedReason | None) -> None:
    told = state_of_day(
        case.day,
        was_set=case.was_set,
        has_records=case.records,
        week=case.week,
        holiday=case.holiday,
        first_record=case.first,
    )
    assert told == (state, reason)


def test_a_day_of_the_calendar_says_why_it_is_so() -> None:
    noted = replace(SHUT, note="gardu rusak")
    shown = day_info(
        MONDAY, was_set=noted, visits=3, week=None, holiday="Natal", first_record=MONDAY
    )
    assert (shown.state, shown.reason, shown.was_set) == (DayState.CLOSED, "power", True)
    assert (shown.note, shown.holiday, shown.visits) == ("gardu rusak", "Natal", 3)
    free = day_info(MONDAY, was_set=None, visits=0, week=None, holiday=None, first_record=None)
    assert (free.state, free.was_set, free.note) == (DayState.NOT_SET, False, None)


def test_text_is_tidied_and_never_cut() -> None:
    assert clean("  Perpusda  ", "name") == "Perpusda"
    assert clean(None, "name") is None
    assert clean(" \t ", "place") is None
    assert clean("cafe\u0301", "name") == "caf\u00e9"
    assert clean("x" * 7, "name", most=7) == "x" * 7
    assert clean("Ünïcødé 😀 مكتبة", "name") == "Ünïcødé 😀 مكتبة"


@pytest.mark.parametrize("field", sorted(LIMITS))
def test_every_field_has_its_limit(field: str) -> None:
    assert clean("x" * LIMITS[field], field) == "x" * LIMITS[field]
    with pytest.raises(InputError) as refused:
        clean("x" * (LIMITS[field] + 1), field)
    assert (refused.value.code, refused.value.field) == ("text_too_long", field)


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x07b", "a\nb", "a\ud800b", "\u202eabc", "a\u2028b", "a\u200bb", "\x00"]
)
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        clean(text, "name")
    assert refused.value.code == "text_unprintable"


def test_a_required_text_is_missed() -> None:
    with pytest.raises(InputError) as refused:
        clean("  ", "name", required=True)
    assert (refused.value.code, refused.value.field) == ("name_missing", "name")


@pytest.mark.parametrize("text", ["\u200b", "\u2060 \ufeff", "\u200d", "\u2028", "\u202e\u202c"])
def test_what_cannot_be_seen_is_empty(text: str) -> None:
    assert clean(text, "place") is None
    with pytest.raises(InputError) as refused:
        clean(text, "name", required=True)
    assert refused.value.code == "name_missing"


@pytest.mark.parametrize("text", ["👩\u200d🏫", "نیم\u200cسق", "क्\u200dष"])
def test_joiners_between_letters_stay(text: str) -> None:
    assert clean(text, "name") == text


def test_a_holiday_may_be_planned_but_not_for_ever() -> None:
    for day in (date(1945, 8, 17), date(2031, 1, 1), LATEST):
        assert check_holiday(day) == day
    for day, code in ((date(900, 1, 1), "early_day"), (date(3000, 1, 1), "late_holiday")):
        with pytest.raises(InputError) as refused:
            check_holiday(day)
        assert (refused.value.code, refused.value.field) == (code, "date")


def test_a_sentence_writes_a_day_as_everything_does() -> None:
    with pytest.raises(InputError) as refused:
        check_day(date(2026, 11, 24), today=MONDAY)
    assert refused.value.sentence().startswith("24 November 2026 ")


@pytest.mark.parametrize("minutes", [-1, 1441, 7.5, True])
def test_a_day_has_so_many_minutes(minutes: Any) -> None:
    assert check_minutes(None) is None
    assert [check_minutes(good) for good in (0, 1440)] == [0, 1440]
    with pytest.raises(InputError) as refused:
        check_minutes(minutes)
    assert (refused.value.code, refused.value.field) == ("bad_minutes", "minutes_open")


def test_a_choice_is_one_of_those_offered() -> None:
    assert check_choice("village", BranchKind, field="kind") == "village"
    with pytest.raises(InputError) as refused:
        check_choice("zzz", ["desk", "full"], field="age_set")
    assert refused.value.field == "age_set"
    with speaking("en"):
        assert refused.value.sentence() == "“zzz” is not known. Choose one of: desk, full."


def test_a_letterhead_has_so_many_lines() -> None:
    assert check_letterhead(["a", " ", "b"]) == ("a", "b")
    assert len(check_letterhead(["x"] * MOST_LINES)) == MOST_LINES
    with pytest.raises(InputError) as refused:
        check_letterhead(["x"] * (MOST_LINES + 1))
    assert (refused.value.code, refused.value.field) == ("letterhead_too_long", "letterhead")


@pytest.mark.parametrize("text", ["62.01", " 62.01.02 ", "62.01.02.2003"])
def test_region_codes_are_taken(text: str) -> None:
    assert check_region(text) == text.strip()


def test_no_region_code_is_none() -> None:
    assert check_region(None) is check_region("  ") is None


@pytest.mark.parametrize("text", ["62", "6201", "62.01.02.203", "62.01.", "x2.01"])
def test_other_region_codes_are_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        check_region(text)
    assert (refused.value.code, refused.value.field) == ("bad_region", "region_code")


@pytest.mark.parametrize("count", [None, 0, MOST_PEOPLE])
def test_a_population_is_taken(count: int | None) -> None:
    assert check_population(count) == count


@pytest.mark.parametrize("count", [-1, MOST_PEOPLE + 1, 10**9])
def test_an_impossible_population_is_refused(count: int) -> None:
    with pytest.raises(InputError) as refused:
        check_population(count)
    assert refused.value.field == "population_served"
    assert number(MOST_PEOPLE) in refused.value.sentence()


def test_the_repeat_window_has_its_limits() -> None:
    assert [check_repeat(each) for each in (0, 60, MOST_REPEAT)] == [0, 60, MOST_REPEAT]
    for wrong in (-1, MOST_REPEAT + 1):
        with pytest.raises(InputError) as refused:
            check_repeat(wrong)
        assert (refused.value.code, refused.value.field) == ("bad_repeat", "repeat_minutes")


def test_days_that_nothing_can_have_happened_on() -> None:
    assert check_day(MONDAY, today=MONDAY) == MONDAY
    assert check_day(date(1945, 1, 1), today=MONDAY) == date(1945, 1, 1)
    with pytest.raises(InputError) as later:
        check_day(date(2026, 11, 24), today=MONDAY, field="day")
    assert (later.value.code, later.value.field) == ("future_day", "day")
    with pytest.raises(InputError) as early:
        check_day(date(1944, 12, 31), today=MONDAY)
    assert early.value.code == "early_day"


def test_the_kop_without_lines_is_name_and_contact() -> None:
    assert letterhead_lines(BRANCH) == ("Perpusda Uji",)
    known = replace(BRANCH, address="Jalan Contoh 1", email="a@b.id")
    assert letterhead_lines(known) == ("Perpusda Uji", "Jalan Contoh 1 · a@b.id")
    assert letterhead_lines(replace(known, letterhead=("SATU",))) == ("SATU",)


@pytest.mark.parametrize(
    "lines, government, office, address",
    [
        (("PEMERINTAH KABUPATEN X", "DINAS Y", "Jl. Contoh 1"), 1, "DINAS Y", 1),
        (("PEMERINTAH", "KECAMATAN Z", "PERPUSTAKAAN DESA", "Alamat: Contoh",
          "Kode Pos 74112"), 2, "PERPUSTAKAAN DESA", 2),
        (("PEMERINTAH KABUPATEN X", "DINAS Y"), 1, "DINAS Y", 0),
        (("TBM Petik",), 0, "TBM Petik", 0),
        (("Jalan Contoh 1", "Telp. 0532"), 0, "Jalan Contoh 1", 1),
        (("DINAS Y", "perpus@contoh.go.id", "https://contoh.go.id"), 0, "DINAS Y", 2),
    ],
)  # fmt: skip
def test_the_office_stands_before_the_address(
    lines: tuple[str, ...], government: int, office: str, address: int
) -> None:
    parts = letterhead_parts(replace(BRANCH, letterhead=lines))
    assert parts == (lines[:government], office, lines[len(lines) - address :])


def test_a_kop_of_nothing_has_no_office() -> None:
    assert letterhead_parts(replace(BRANCH, name="")) == ((), "", ())


def test_zones_are_called_as_librarians_do() -> None:
    assert label_of_zone(BRANCH) == "WIB"
    assert label_of_zone(replace(BRANCH, zone="Europe/Berlin")) == "Europe/Berlin"


def test_a_branch_knows_its_age_bands() -> None:
    assert BRANCH.age_bands == DESK_AGE_SET
    assert len(replace(BRANCH, age_set="full").age_bands) == 9


def test_entries_are_offered_in_reading_order() -> None:
    slugs = ["reading", "other", "unknown", "koran"]
    listed = [
        Entry(slug=each, label=each, standard="reading" if each == "koran" else each)
        for each in slugs
    ]
    ordered = in_reading_order(listed)
    assert [each.slug for each in ordered] == ["reading", "koran", "other", "unknown"]
    assert [each.own for each in ordered] == [False, True, False, False]


@pytest.mark.parametrize(
    "label, slug",
    [
        ("Baca koran", "baca_koran"),
        ("  Wi-Fi & Zoom!  ", "wi_fi_zoom"),
        ("Café", "cafe"),
        ("图书馆", "own"),
        ("😀", "own"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_slug_is_made_from_the_label(label: str, slug: str) -> None:
    assert slug_for(label, ()) == slug
    assert slug_for(label, {slug, f"{slug}_2"}) == f"{slug}_3"


@given(st.text(max_size=80), st.sets(st.text(max_size=5)))
def test_slugs_are_plain_and_never_taken(label: str, taken: set[str]) -> None:
    slug = slug_for(label, taken)
    assert slug not in taken
    assert slug.isascii()
    assert slug.replace("_", "").isalnum()


@pytest.mark.parametrize("year", [None, 1800, 2009])
def test_the_year_a_library_began_is_taken(year: int | None) -> None:
    assert check_founded(year) == year


@pytest.mark.parametrize("year", [0, 1799, 9999])
def test_a_year_in_which_no_library_began_is_refused(year: int) -> None:
    with pytest.raises(InputError) as refused:
        check_founded(year)
    assert refused.value.field == "founded_year"
