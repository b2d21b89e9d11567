from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.errors import FileError, InputError, RuleError
from perpudesk.core.times import Period
from perpudesk.reports.closing import (
    CROCKFORD,
    Claim,
    Closing,
    Standing,
    canonical,
    check_code,
    check_news,
    check_over,
    differences,
    read_code,
    read_figures,
    seal,
    shown_code,
    standing_of,
)
from perpudesk.reports.export import figures_json
from perpudesk.reports.letter import Letter, Notes, check_letter, check_notes, next_number
from tests.reports.makes import OCTOBER, figures, when, who

TODAY = date(2026, 11, 2)
LETTER = Letter(number="041/18/PERPUS/XI/2026", place="Pangkalan Bun", day=TODAY)


def closing(**other: object) -> Closing:
    made = Closing(month=OCTOBER, edition=1, letter=LETTER, figures="{}", code="7K4F92QX")
    return replace(made, **other)


def test_the_canonical_form_is_the_same_however_the_figures_are_written() -> None:
    plain = figures_json(figures([when("2026-10-05", 3)], [who(3, purpose="baca koran é")]))
    turned = {key: plain[key] for key in reversed(plain)}
    assert canonical(plain) == canonical(turned) == canonical(json.loads(json.dumps(turned)))
    assert canonical(plain).startswith('{"branch":{"id":"0190b1e0')
    assert '"final":true' in canonical(plain)
    assert '"baca koran é":3' in canonical(plain)


def test_the_code_is_forty_bits_of_the_digest() -> None:
    digest = int(hashlib.sha256(b"{}").hexdigest()[:10], 16)
    value = 0
    for sign in check_code("{}"):
        value = value * 32 + CROCKFORD.index(sign)
    assert value == digest
    assert len(check_code("{}")) == 8
    assert not set("ILOU") & set(CROCKFORD)
    assert check_code("half a pair \ud800")


@given(st.text())
def test_a_code_is_read_however_it_is_typed(text: str) -> None:
    code = check_code(text)
    for typed in (code, code.lower(), shown_code(code), f"  {code[:3]} {code[3:]}"):
        assert read_code(typed) == Claim(code=code)
    for alike in (code.replace("0", "O"), code.replace("1", "I"), code.replace("1", "l")):
        assert read_code(alike) == Claim(code=code)


def test_what_the_qr_code_says_is_read_whole() -> None:
    said = seal(closing(edition=12), "0190b1e0")
    assert said == "0190b1e0|2026-10|12|7K4F-92QX"
    claim = read_code(said)
    assert claim == Claim(code="7K4F92QX", branch_id="0190b1e0", month="2026-10", edition=12)
    assert claim is not None
    assert claim.fits(closing(edition=12))
    assert not claim.fits(closing(edition=1))
    assert not claim.fits(closing(edition=12, code="00000000"))
    assert not claim.fits(closing(edition=12, month=OCTOBER.before()))


@pytest.mark.parametrize(
    "text", ["", "7K4F", "7K4F-92QXX", "7K4F-92QU", "a|b|c|d", "x|2026-10|1|7K4F", "oktober.json"]
)
def test_what_is_no_code_is_told_apart(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "3", '{"a": 1}', '{"period": 3}', '{"period": "x", "n": 1e999}', "[" * 100_000],
)
def test_a_file_without_figures_is_refused(text: str) -> None:
    with pytest.raises(FileError) as refusal:
        read_figures(text, name="oktober.json")
    assert refusal.value.code == "not_figures"


def test_every_difference_is_named_headlines_first() -> None:
    before = figures_json(figures([when("2026-10-05", 3)], [who(3, sex="female")]))
    after = figures_json(figures([when("2026-10-05", 4)], [who(4, sex="female")]))
    found = differences(before, after)
    told = [(each.subject, each.dimension, each.key, each.before, each.after) for each in found]
    assert told[:2] == [
        ("visits", "", "", 3, 4),
        ("visits_per_open_day", "", "", 3.0, 4.0),
    ]
    assert ("visits", "sex", "female", 3, 4) in told
    assert ("visits", "day", "2026-10-05", 3, 4) in told
    assert ("completeness_sex", "num", "", 3, 4) in told
    assert differences(before, before) == ()


def test_what_was_not_there_is_not_zero() -> None:
    before = figures_json(figures([when("2026-10-05", 3)], [who(3, purpose="reading")]))
    after = figures_json(figures([when("2026-10-05", 3)], [who(3)]))
    (gone,) = [each for each in differences(before, after) if each.key == "reading"]
    assert (gone.before, gone.after) == (3, None)
    (back,) = [each for each in differences(after, before) if each.key == "reading"]
    assert (back.before, back.after) == (None, 3)


def test_how_far_a_month_is() -> None:
    change = differences(
        figures_json(figures([when("2026-10-05", 3)])),
        figures_json(figures([when("2026-10-05", 4)])),
    )
    assert standing_of(OCTOBER, OCTOBER.last, None, ()).standing is Standing.RUNNING
    ready = standing_of(OCTOBER, TODAY, None, ())
    assert (ready.standing, ready.edition, ready.is_final) == (Standing.READY, 0, False)
    final = standing_of(OCTOBER, TODAY, closing(edition=2), ())
    assert (final.standing, final.edition, final.is_final) == (Standing.CLOSED, 2, True)
    changed = standing_of(OCTOBER, TODAY, closing(), change)
    assert (changed.standing, changed.is_final) == (Standing.CHANGED, False)


def test_a_month_is_closed_when_it_is_over() -> None:
    check_over(OCTOBER, today=TODAY)
    with pytest.raises(RuleError) as refusal:
        check_over(OCTOBER, today=OCTOBER.last)
    assert refusal.value.code == "month_not_over"
    assert "1 November 2026" in refusal.value.sentence()


def test_a_revision_that_says_nothing_new_is_refused() -> None:
    empty, plain = figures_json(figures()), figures_json(figures([when("2026-10-05", 3)]))
    ready = standing_of(OCTOBER, TODAY, None, ())
    check_news(ready, LETTER, plain)
    with pytest.raises(RuleError) as refusal:
        check_news(ready, LETTER, empty)
    assert refusal.value.code == "nothing_recorded"
    state = standing_of(OCTOBER, TODAY, closing(), ())
    check_news(state, replace(LETTER, number="042"), empty)
    with pytest.raises(RuleError) as refusal:
        check_news(state, LETTER, plain)
    assert refusal.value.code == "nothing_changed"


def test_a_letter_is_tidied_and_bounded() -> None:
    given_ = replace(LETTER, number="  041 ", notes=Notes(obstacles=" a \n\n b\r\n", follow_up=""))
    assert check_letter(given_, OCTOBER, today=TODAY) == replace(
        LETTER, number="041", notes=Notes(obstacles="a\n\nb")
    )
    assert check_letter(Letter(), OCTOBER, today=TODAY) == Letter()
    assert check_letter(Letter(day=OCTOBER.last), OCTOBER, today=TODAY).day == OCTOBER.last


@pytest.mark.parametrize(
    "letter,field",
    [
        (Letter(number="x" * 121), "number"),
        (Letter(number="\x07"), "number"),
        (Letter(place="x" * 81), "place"),
        (Letter(day=date(2026, 10, 30)), "day"),
        (Letter(day=date(2028, 1, 1)), "day"),
        (Letter(notes=Notes(obstacles="x\n" * 2001)), "obstacles"),
        (Letter(notes=Notes(follow_up="\x00")), "follow_up"),
    ],
)
def test_what_cannot_stand_in_a_letter_is_refused_at_its_field(letter: Letter, field: str) -> None:
    with pytest.raises(InputError) as refusal:
        check_letter(letter, OCTOBER, today=TODAY)
    assert refusal.value.field == field


def test_notes_may_be_as_long_as_the_record_holds() -> None:
    assert len(check_notes(Notes(obstacles="x" * 4000)).obstacles) == 4000


NOVEMBER, JANUARY = date(2026, 11, 2), date(2027, 1, 4)


@pytest.mark.parametrize(
    "letters,day,expected",
    [
        ([], NOVEMBER, ""),
        ([("", date(2026, 10, 2))], NOVEMBER, ""),
        ([("041/18/PERPUS/X/2026", date(2026, 10, 2))], NOVEMBER, "042/18/PERPUS/XI/2026"),
        ([("041/18/PERPUS/XII/2026", date(2026, 12, 2))], JANUARY, "042/18/PERPUS/I/2027"),
        ([("041/18/PERPUS/X/2026", None)], NOVEMBER, "042/18/PERPUS/XI/2026"),
        ([("041/18/PERPUS/X/2026", NOVEMBER)], date(2026, 12, 2), "042/18/PERPUS/XI/2026"),
        ([("041/18/PERPUS/III/2026", NOVEMBER)], NOVEMBER, "042/18/PERPUS/III/2026"),
        ([("000.8.3/123/PERPUS/2026", NOVEMBER)], NOVEMBER, "000.8.3/124/PERPUS/2026"),
        ([("18/099", NOVEMBER)], NOVEMBER, "19/099"),
        ([("18/098", NOVEMBER), ("18/099", NOVEMBER)], NOVEMBER, "18/100"),
        ([("18/099", NOVEMBER), ("", NOVEMBER)], NOVEMBER, "19/099"),
        ([("A.1-7", NOVEMBER)], NOVEMBER, "A.2-7"),
        ([("2026", NOVEMBER)], JANUARY, "2027"),
        ([("tanpa nomor", NOVEMBER)], NOVEMBER, "tanpa nomor"),
        ([("Nomor Ⅸ/٣", NOVEMBER)], NOVEMBER, "Nomor Ⅸ/٣"),
        ([("041/2025", date(2025, 12, 30)), ("001/2026", JANUARY)], JANUARY, "002/2026"),
    ],
)
def test_the_next_number_follows_the_last_one(
    letters: list[tuple[str, date | None]], day: date, expected: str
) -> None:
    known = [(OCTOBER, Letter(number=number, day=when_)) for number, when_ in letters]
    assert next_number(known, Period.of(2026, 11), day) == expected


@given(st.lists(st.text(max_size=30), max_size=2), st.dates())
def test_any_number_has_one_that_follows(numbers: list[str], day: date) -> None:
    letters = [(OCTOBER, Letter(number=each, day=NOVEMBER)) for each in numbers]
    assert isinstance(next_number(letters, OCTOBER, day), str)
