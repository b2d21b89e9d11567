"""What is in a copy, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from perpudesk.backups.model import Facts
from perpudesk.backups.telling import counted, when, whose


def test_only_what_there_is_is_told() -> None:
    assert counted({}) == ""
    assert counted({"visits": 1, "patrons": 0, "other": 4}) == "1 visit record"
    told = counted(
        {"visits": 12_000, "patrons": 2, "computer_sessions": 3, "courses": 1, "meetings": 9}
    )
    assert told == (
        "12,000 visit records, 2 people known by name, 3 computer sessions, 1 training, 9 meetings"
    )


def test_whose_and_until_when() -> None:
    facts = Facts(branch_id="b", branch="Perpustakaan Uji", until=None, made_at="", steps=())
    assert whose(facts) == "Perpustakaan Uji"
    assert whose(replace(facts, until="2026-11-20")) == ("Perpustakaan Uji, until 20 November 2026")
    assert when(datetime(2026, 11, 20, 9, 4, tzinfo=UTC), UTC) == "20 November 2026, 09:04"
