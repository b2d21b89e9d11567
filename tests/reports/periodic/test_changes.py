from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.core.i18n import speaking
from perpudesk.reports.closing import (
    Closing,
    Difference,
    canonical,
    check_code,
    differences,
    standing_of,
)
from perpudesk.reports.export import figures_json
from perpudesk.reports.letter import Letter, Notes
from perpudesk.reports.periodic import build
from perpudesk.reports.periodic.changes import change_sentence
from perpudesk.reports.periodic.reported import Reported
from tests.reports.makes import AFTER, OCTOBER, month, when, who

Given = tuple[str, str, str, float | str | None, float | str | None]


def change(given: Given) -> Difference:
    subject, dimension, key, before, after = given
    return Difference(subject=subject, dimension=dimension, key=key, before=before, after=after)


@pytest.mark.parametrize(
    "given,sentence",
    [
        (("visits", "", "", 1234, 13), "Visits: 1,234 → 13"),
        (("visits", "", "", None, 0), "Visits: – → 0"),
        (("visits_per_open_day", "", "", 8.0, 7.375), "Average per service day: 8.0 → 7.4"),
        (("visits_per_open_day", "num", "", 56, 59), "Average per service day, counter: 56 → 59"),
        (("visits_per_open_day", "den", "", 7, 8), "Average per service day, divisor: 7 → 8"),
        (("completeness_sex", "", "", 0.5, 1.0), "Sex recorded: 50.0% → 100.0%"),
        (("completeness_sex", "", "", 0.96855, 0.96889), "Sex recorded: 96.86% → 96.89%"),
        (("visits_per_open_day", "", "", 7.3742, 7.3744), "Average per service day: 7.3742 → "),
        (("completeness_sex", "", "", 0.5, 0.5 + 1e-12), "Sex recorded: 50.00000% → 50.00000%"),
        (
            ("visits", "basis", "", "counted", "mixed"),
            "Visits, how counted: counted → partly estimated",
        ),
        (("visits", "sex", "female", 1, 2), "Visits, sex: female 1 → 2"),
        (("visits", "sex", "unknown", 1, 2), "Visits, sex: not recorded 1 → 2"),
        (("visits", "age", "46+", 1, 2), "Visits, age: 46+ 1 → 2"),
        (("visits", "type", "group", 1, 2), "Visits, type of visitor: group 1 → 2"),
        (("visits", "purpose", "reading", 1, 2), "Visits, purpose: Reading 1 → 2"),
        (("visits", "purpose", "no_more", 1, None), "Visits, purpose: no_more 1 → –"),
        (("visits", "day", "2026-10-05", 1, 2), "Visits, day: 5 Oct 1 → 2"),
        (("visits", "weekday", "monday", 1, 2), "Visits, weekday: Monday 1 → 2"),
        (("visits", "hour", "09", 1, 2), "Visits, hour: 09 1 → 2"),
        (("computers", "", "", 1, 2), "computers: 1 → 2"),
        (("days", "", "closed", 1, 2), "State of the days: closed 1 → 2"),
        (("totals", "source", "visits", "typed", "x.csv"), "Visits, source: typed → x.csv"),
        (("totals", "basis", "visits", None, "counted"), "Visits, how counted: – → counted"),
        (("branch", "", "kind", "village", "district"), "Library, kind: "),
        (("branch", "", "name", "Lama", "Baru"), "Library, name: Lama → Baru"),
        (("branch", "", "motto", None, "Baru"), "Library, motto: – → Baru"),
    ],
)
def test_a_change_is_said_in_words(given: Given, sentence: str) -> None:
    with speaking("en"):
        said = change_sentence(change(given), {"purpose": {"reading": "Reading"}})
    assert said.startswith(sentence)


def closed(reported: Reported, before: Reported) -> Reported:
    """`reported` as revision 2, after `before` as revision 1."""
    old, new = figures_json(before.figures), figures_json(reported.figures)
    letter = Letter(number="042", place="Kobar", day=AFTER, notes=Notes(obstacles="a\nb"))
    first = Closing(
        month=OCTOBER, edition=1, letter=letter, figures=canonical(old), code="00000000"
    )
    text = canonical(new)
    again = replace(first, edition=2, figures=text, code=check_code(text))
    state = standing_of(OCTOBER, AFTER, first, differences(old, new))
    return replace(reported, state=state, closing=again)


def test_a_revision_says_what_it_is_and_what_changed() -> None:
    before, now = month([when("2026-10-05", 3)]), month([when("2026-10-05", 4)])
    with speaking("en"):
        document = build(closed(now, before))
    outline = document.outline()
    assert document.provisional is None
    assert document.seal is not None
    assert document.seal.startswith(f"{now.branch.id}|2026-10|2|")
    for line in (
        "Number: 042",
        "**Obstacles: **a\nb",
        "[Since revision 1 | Before> | Now>]",
        "  Visits | 3 | 4",
        "sign: Kobar, 23 November 2026",
        " · revision 2 · check code ",
        "seal: ",
    ):
        assert line in outline, line
    assert "Follow-up" not in outline


def test_every_change_is_printed_the_parts_of_a_breakdown_in_one_row() -> None:
    whens = [when(f"2026-10-{day:02}", 1) for day in range(1, 31)]
    with speaking("en"):
        outline = build(closed(month(whens, [who(30)]), month(whens[:1], [who(1)]))).outline()
    assert "[Breakdowns since revision 1 | Before → now]" in outline
    (told,) = [line for line in outline.splitlines() if line.startswith("  Visits, day |")]
    parts = told.replace("\N{NO-BREAK SPACE}", " ").split(" | ")[1].split("; ")
    assert len(parts) == 29
    assert parts[0] == "2 Oct: – → 1"
    assert "  Average per service day | counter:" in outline
    assert "  Visits | 1 | 30" in outline


def test_a_changed_month_is_provisional_and_says_since_when() -> None:
    before, now = month([when("2026-10-05", 3)]), month([when("2026-10-05", 4)])
    with speaking("en"):
        document = build(replace(closed(now, before), closing=None))
        assert document.provisional == "Provisional · changed since revision 1"
        assert "Since revision 1" in document.outline()
        assert build(now).provisional == "Provisional · month not closed"
