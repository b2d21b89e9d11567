"""Numbers of certificates: how a pattern is read, and that no number comes twice."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.branch.numbering import LONGEST, USUAL, NumberPattern, check_pattern
from perpudesk.core.errors import InputError

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "pattern, number",
    [
        (USUAL, "007/SERT/PERPUS/XI/2026"),
        ("{n}", "7"),
        ("000.8.3/{n:04}/{month}-{year}", "000.8.3/0007/11-2026"),
        ("No. {{{n}}}", "No. {7}"),
        ("{n:02}", "07"),
    ],
)
def test_a_pattern_makes_its_numbers_and_knows_them_again(pattern: str, number: str) -> None:
    read = NumberPattern.parse(pattern)
    assert read.number(7, DAY) == number
    assert read.serial(number, DAY) == 7
    assert read.serial(f"{number}x", DAY) is None


@pytest.mark.parametrize(
    "pattern, code",
    [
        ("{n", "bad_certificate_pattern"),
        ("n}", "bad_certificate_pattern"),
        ("{n}/{jahr}", "bad_certificate_pattern"),
        ("{n}/{}", "bad_certificate_pattern"),
        ("{n!r}", "bad_certificate_pattern"),
        ("{n:3}", "bad_certificate_pattern"),
        ("{n:0999999999}", "bad_certificate_pattern"),
        ("{n}/{year:02}", "bad_certificate_pattern"),
        ("{n.real}", "bad_certificate_pattern"),
        ("SERT/{roman}/{year}", "certificate_pattern_without_number"),
        ("{n}/{n}", "certificate_pattern_without_number"),
    ],
)
def test_a_bad_pattern_says_what_to_type(pattern: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        check_pattern(pattern)
    assert refused.value.code == code
    assert refused.value.field == "certificate_pattern"
    assert USUAL in str(refused.value)


def test_an_empty_pattern_is_the_programs_own() -> None:
    assert check_pattern(None) is None
    assert check_pattern("  ") is None
    assert check_pattern(" {n}/A ") == "{n}/A"
    with pytest.raises(InputError):
        check_pattern("{n}" + "x" * LONGEST)


def test_numbers_go_on_over_the_months_and_begin_anew_with_the_year() -> None:
    read = NumberPattern.parse(USUAL)
    taken = {"001/SERT/PERPUS/I/2026", "009/SERT/PERPUS/X/2026", "044/SERT/PERPUS/XII/2025", "X"}
    first, second = islice(read.following(taken, DAY), 2)
    assert (first, second) == ("010/SERT/PERPUS/XI/2026", "011/SERT/PERPUS/XI/2026")
    assert next(read.following(taken, date(2027, 1, 4))) == "001/SERT/PERPUS/I/2027"
    for_ever = NumberPattern.parse("{n}/SERT")
    assert next(for_ever.following({"12/SERT"}, date(2030, 1, 1))) == "13/SERT"


@given(
    st.lists(st.integers(1, 10**6), max_size=9),
    st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    st.sampled_from([USUAL, "{n}", "{n}{year}", "{month}{n:02}"]),
)
def test_no_number_is_given_twice(serials: list[int], day: date, pattern: str) -> None:
    read = NumberPattern.parse(pattern)
    taken = {read.number(each, day) for each in serials}
    new = list(islice(read.following(taken, day), 5))
    assert len({*new, *taken}) == len(taken) + 5
