from __future__ import annotations

import pytest

from perpudesk.core.codes import EndReason
from perpudesk.reports.dimensions import DIMENSIONS, dimension_names, entry_name
from perpudesk.reports.model import INDICATORS

LABELS = {"purpose": {"loan": "Pinjam"}, "computer_purpose": {"loan": "Kredit"}}


def test_every_indicator_can_be_shown_by_dimensions_that_have_a_name() -> None:
    assert set(DIMENSIONS) == set(INDICATORS)
    assert {each for many in DIMENSIONS.values() for each in many} < set(dimension_names())


@pytest.mark.parametrize(
    "dimension,slug,name",
    [
        ("sex", "female", "Perempuan"),
        ("type", "group", "Rombongan"),
        ("age", "17-25", "17–25"),
        ("age", "unknown", "Tidak dicatat"),
        ("purpose", "loan", "Pinjam"),
        ("purpose", "gone", "gone"),
        ("weekday", "monday", "Senin"),
        ("hour", "09", "09.00"),
        ("hour", "unknown", "Tidak dicatat"),
        ("weekday_hour", "friday_14", "Jumat 14.00"),
        ("workstation", "pc_1", "pc_1"),
        ("duration", "estimated", "Perkiraan"),
        ("outcome", "served", "Dilayani"),
    ],
)
def test_every_entry_has_a_name(dimension: str, slug: str, name: str) -> None:
    assert entry_name("visits", dimension, slug, LABELS) == name


@pytest.mark.parametrize("reason", EndReason)
def test_every_end_has_a_name(reason: EndReason) -> None:
    assert entry_name("computer_sessions", "end", reason, LABELS) != reason


def test_computers_have_purposes_of_their_own() -> None:
    for indicator in ("computer_sessions", "computer_minutes", "device_sessions"):
        assert entry_name(indicator, "purpose", "loan", LABELS) == "Kredit"
