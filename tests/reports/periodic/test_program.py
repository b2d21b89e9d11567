from __future__ import annotations

from datetime import date
from typing import Any

from perpudesk.paper.document import Block
from perpudesk.reports.acted import Acted, DatedRow, PartnerRow
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.program import advocacy, equipment, media, partners, stories
from tests.reports.makes import month

SINCE = date(2025, 1, 1)
DAY = date(2026, 10, 6)
RISING = {year: {"apbd": (year - 2020) * 10_000_000} for year in range(2021, 2027)}


def of(**acted: Any) -> Reported:
    return month(acted=Acted(**acted))


def lines(blocks: tuple[Block, ...]) -> list[str]:
    return [line for block in blocks for line in block.outline()]


def test_a_library_that_never_kept_any_has_no_sections() -> None:
    nothing = of()
    for section in (advocacy, partners, media, stories, equipment):
        assert section(nothing) == ()


def test_where_some_are_expected_none_is_one_line() -> None:
    none = of(known={"actions": SINCE, "media": SINCE})
    assert lines(advocacy(none)) == ["No advocacy was recorded in this period."]
    assert lines(media(none)) == ["Nothing was published in this period."]


def test_actions_are_told_and_listed() -> None:
    action = DatedRow(day=DAY, slug="proposal", title="Bappeda", told="Dana komputer")
    assert lines(advocacy(of(actions=(action,)))) == [
        "The library spoke up for itself 1 time in this period.",
        "[Date | Kind of action | Institution | What it was about]",
        "  6 Oct | Proposal | Bappeda | Dana komputer",
    ]


def test_a_budget_that_rose_every_year_says_so_and_shows_five() -> None:
    text = lines(advocacy(of(budgets=RISING)))
    assert text[0] == (
        "The budget of 2026 is +20.0% against the year before. It rose every year from 2021 to "
        "2026."
    )
    assert text[1] == "[Budget (Rp) | 2022> | 2023> | 2024> | 2025> | 2026>]"
    assert text[-1] == "~ Against the year before | +100.0% | +50.0% | +33.3% | +25.0% | +20.0%"


def test_two_years_make_no_run_and_a_year_without_a_budget_breaks_it() -> None:
    two = {2025: {"apbd": 10}, 2026: {"apbd": 20, "village": 5}}
    text = lines(advocacy(of(budgets=two)))
    assert text[0] == "The budget of 2026 is +150.0% against the year before."
    gap = {year: money for year, money in RISING.items() if year != 2024}
    assert "every year" not in lines(advocacy(of(budgets=gap)))[0]
    fell = {**RISING, 2026: {"apbd": 1}}
    assert "every year" not in lines(advocacy(of(budgets=fell)))[0]


def test_one_year_has_a_table_and_no_sentence() -> None:
    text = lines(advocacy(of(budgets={2026: {"apbd": 45_000_000}, 2027: {"apbd": 1}})))
    assert text[0] == "[Budget (Rp) | 2026>]"
    later = of(budgets={2027: {"apbd": 1}})
    assert advocacy(later) == ()


def test_partners_are_named_with_the_end_of_their_agreement() -> None:
    known = (
        PartnerRow(name="Desa Maju", kind="village", until=None),
        PartnerRow(name="SMA 1", kind="school", until=date(2027, 1, 31)),
    )
    assert lines(partners(of(partners=known)))[1:] == [
        "  Desa Maju | Village | no end agreed",
        "  SMA 1 | School or university | 31 January 2027",
    ]


def test_media_are_listed_by_channel() -> None:
    item = DatedRow(day=DAY, slug="radio", title="Siaran pagi")
    assert lines(media(of(media=(item,))))[1:] == ["  6 Oct | Radio | Siaran pagi"]


def test_stories_name_only_who_agreed() -> None:
    known = (
        DatedRow(day=DAY, slug="economy", title="Dari buku ke usaha", told="Bu Sari"),
        DatedRow(day=DAY, slug="unknown", title="Kursi pertama"),
    )
    assert lines(stories(of(stories=known)))[1:] == [
        "  Dari buku ke usaha | Economy and small business | Bu Sari",
        "  Kursi pertama | Not recorded | –",
    ]


def test_equipment_adds_up_by_kind_and_condition() -> None:
    had = {"computer": {"good": 5, "minor_damage": 1}, "laptop": {"good": 2}}
    assert lines(equipment(of(equipment=had))) == [
        "[Equipment | In good order> | Slightly damaged> | Badly damaged> | Total>]",
        "  Computer | 5 | 1 | 0 | 6",
        "  Laptop | 2 | 0 | 0 | 2",
        "= Total | 7 | 1 | 0 | 8",
    ]
