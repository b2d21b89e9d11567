"""What is in a copy, in words."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perpudesk.backups.model import Copy, Facts, Why, name_of
from perpudesk.backups.telling import counted, reason, when, whose


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


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is set otherwise")
def test_without_a_zone_it_is_the_time_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "WIT-9")
    time.tzset()
    told = when(datetime(2026, 11, 20, 23, 4, tzinfo=UTC), None)
    monkeypatch.undo()
    time.tzset()
    assert told == "21 November 2026, 08:04"


def test_why_it_was_made() -> None:
    moment = datetime(2026, 11, 20, 9, 4, tzinfo=UTC)
    told = [
        reason(Copy(path=Path(name), made_at=moment, size=1))
        for name in (*(name_of(moment, why, sealed=True) for why in Why), "perpudesk-1.db")
    ]
    assert told == ["by itself", "before files came in", "asked for", "before a restore", ""]
