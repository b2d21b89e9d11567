from __future__ import annotations

import pytest

from perpudesk.core import i18n
from perpudesk.core.codes import Method
from perpudesk.core.errors import InputError
from perpudesk.core.times import Period
from perpudesk.totals.model import (
    MOST,
    RATIOS,
    SUMS,
    TYPED,
    Light,
    PeriodTotal,
    Target,
    Thresholds,
    check_target,
    check_thresholds,
    check_total,
    indicator_name,
    indicator_of,
    target_of,
    total_sentence,
)

NOVEMBER = Period.parse("2026-11")


def total(month: str = "2026-10", value: int = 40) -> PeriodTotal:
    return PeriodTotal(
        month=Period.parse(month),
        indicator="visits",
        value=value,
        method=Method.COUNTED,
        source="typed",
    )


@pytest.mark.parametrize(
    "given, field, code",
    [
        (total("2026-12"), "month", "month_in_future"),
        (total("1944-12"), "month", "month_too_early"),
        (total(value=-1), "value", "bad_total"),
        (total(value=MOST + 1), "value", "bad_total"),
    ],
)
def test_what_cannot_be_a_total_is_refused_at_its_field(
    given: PeriodTotal, field: str, code: str
) -> None:
    with pytest.raises(InputError) as refusal:
        check_total(given, this_month=NOVEMBER)
    assert (refusal.value.field, refusal.value.code) == (field, code)


@pytest.mark.parametrize("given", [total("2026-11"), total("1945-01"), total(value=0)])
def test_a_total_of_any_month_that_has_begun_is_kept(given: PeriodTotal) -> None:
    assert check_total(given, this_month=NOVEMBER) == given


@pytest.mark.parametrize(
    "reached, light",
    [
        (1.2, Light.GREEN),
        (1.0, Light.GREEN),
        (0.999, Light.YELLOW),
        (0.8, Light.YELLOW),
        (0.7999, Light.RED),
        (0.0, Light.RED),
    ],
)
def test_the_light_of_what_was_reached(reached: float, light: Light) -> None:
    assert Thresholds().light(reached) is light


@pytest.mark.parametrize(
    "period, additive, value",
    [
        ("2026-10", True, 100),
        ("2026-Q3", True, 300),
        ("2026-S1", True, 600),
        ("2026", True, 1200),
        ("2026-10", False, 1200),
    ],
)
def test_a_part_of_the_year_is_to_reach_its_part_of_a_sum(
    period: str, additive: bool, value: float
) -> None:
    target = Target(year=2026, indicator="visits", value=1200)
    assert target_of(target, Period.parse(period), additive=additive) == value


@pytest.mark.parametrize("value", [0, -1, MOST + 1, float("inf"), float("nan")])
def test_what_cannot_be_a_target_is_refused(value: float) -> None:
    with pytest.raises(InputError):
        check_target(Target(year=2026, indicator="visits", value=value))


@pytest.mark.parametrize("green, yellow", [(1, 0), (0.7, 0.8), (11, 1), (float("nan"), 0.5)])
def test_thresholds_that_make_no_three_lights_are_refused(green: float, yellow: float) -> None:
    with pytest.raises(InputError):
        check_thresholds(Thresholds(green=green, yellow=yellow))


@pytest.mark.parametrize(
    "text, code",
    [
        *[("visits", "visits"), ("Kunjungan", "visits"), ("Visits", "visits")],
        *[(" sesi  KOMPUTER ", "computer_sessions"), ("open_days", "open_days")],
        *[("kucing", None), ("", None)],
    ],
)
def test_indicators_by_code_or_name(text: str, code: str | None) -> None:
    assert indicator_of(text) == code


def test_every_indicator_has_a_name() -> None:
    assert indicator_name("visits") == "Visits"
    assert indicator_name("open_days") == "Service days"
    assert indicator_name("other") == "other"
    assert not SUMS.keys() & RATIOS.keys()


@pytest.mark.parametrize(
    "indicator, source, words",
    [
        ("visits", TYPED, "visits, a monthly total typed here."),
        ("visits", "lama.xlsx", "visits, a monthly total from lama.xlsx."),
        ("computer_sessions", TYPED, "computer sessions 40, a monthly total typed here."),
        ("computer_sessions", "lama.xlsx", "sessions 40, a monthly total from lama.xlsx."),
    ],
)
def test_where_a_total_came_from_is_said(indicator: str, source: str, words: str) -> None:
    i18n.use("en")
    said = total_sentence(
        PeriodTotal(
            month=Period.parse("2025-10"),
            indicator=indicator,
            value=40,
            method=Method.COUNTED,
            source=source,
        )
    )
    assert words in said
