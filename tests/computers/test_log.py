from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from perpudesk.computers.log import LogLine, draft_of
from perpudesk.computers.model import SessionDraft, Workstation, WorkstationState
from perpudesk.computers.times import Times
from perpudesk.core.codes import DESK_AGE_SET, Condition, Sex
from perpudesk.core.errors import InputError
from perpudesk.patrons.model import Profile

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)
GOOD = WorkstationState(since=MONDAY, condition=Condition.GOOD, is_public=True)
GONE = replace(GOOD, condition=Condition.RETIRED)
PLACES = [
    Workstation(id="old", label="PC tua", number=1, state=GONE),
    Workstation(id="one", label="PC 1", number=1, state=GOOD),
    Workstation(id="child", label="PC Anak", number=7, state=GOOD),
]
LINE = LogLine(place="1", times=Times(on=MONDAY, start="9.00", end="30"))


def draft(line: LogLine) -> SessionDraft:
    return draft_of(line, WIB, PLACES, DESK_AGE_SET)


@pytest.mark.parametrize(
    "text, workstation_id, device",
    [
        ("1", "one", False),
        (" pc anak ", "child", False),
        ("7", "child", False),
        ("pc tua", "old", False),
        ("W", None, True),
        ("w ", None, True),
        ("", None, False),
    ],
)
def test_where_it_was(text: str, workstation_id: str | None, device: bool) -> None:
    made = draft(replace(LINE, place=text))
    assert (made.workstation_id, made.device) == (workstation_id, device)


def test_a_whole_line() -> None:
    made = draft(replace(LINE, sex=Sex.FEMALE, age="17-25", purpose="study"))
    assert made == SessionDraft(
        workstation_id="one",
        profile=Profile(sex=Sex.FEMALE, age_band="17-25"),
        purpose="study",
        start=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        end=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
    )
    assert draft(replace(LINE, age="16")).profile.age_years == 16


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"place": "9"}, "place"),
        ({"age": "200"}, "age"),
        ({"times": Times(on=MONDAY, start="9.99", end="")}, "start"),
        ({"times": Times(on=None, start="9.00", end="")}, "on"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        draft(replace(LINE, **changes))
    assert refused.value.field == field
