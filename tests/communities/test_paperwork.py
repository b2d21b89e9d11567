"""The attendance list of a community's meeting, as the desk keeps it."""

from __future__ import annotations

from datetime import date, time

import pytest

from perpudesk.attendance.lists import Filling
from perpudesk.attendance.model import Headcount, MeetingDraft, Schedule
from perpudesk.communities.model import CommunityDraft, Gathering, GatheringDraft
from perpudesk.core import i18n
from perpudesk.core.errors import RuleError
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from tests.attendance.papers import printed, words


@pytest.fixture
def gathering(desk: Desk) -> Gathering:
    """The IT club met on a Monday, two by name and three beside them."""
    i18n.use("id")
    club = desk.communities.add(CommunityDraft(name="Klub TI"))
    schedule = Schedule(day=date(2026, 11, 16), start=time(14), minutes=120, place="Balai Desa")
    found = desk.gatherings.plan(
        GatheringDraft(
            meeting=MeetingDraft(schedule=schedule, title="Membuat blog"), community_id=club.id
        )
    )
    for name in ("Aisyah", "Dedi"):
        patron = desk.patrons.add(PatronDraft(name=name))
        desk.attendance.enrol(found.id, patron_id=patron.id)
    desk.attendance.mark_all(found.id, present=True)
    desk.attendance.set_headcount(found.id, Headcount(count=3))
    return found


def test_it_names_the_community_and_everybody_on_the_list(desk: Desk, gathering: Gathering) -> None:
    (text,) = words(printed(desk.gathering_papers.attendance_list(gathering.id)))
    for part in (
        "Pertemuan Membuat blog",
        "Klub TI",
        "Balai Desa",
        "Senin, 16 November 2026",
        "14.00–16.00",
        "Aisyah",
        "Dedi",
    ):
        assert part in text, part
    assert text.count("Membuat blog") == 2, "at the head and in the foot"


def test_it_is_printed_as_taken_and_empty(desk: Desk, gathering: Gathering) -> None:
    papers = desk.gathering_papers
    outline = papers.attendance_list(gathering.id, filling=Filling.TAKEN).outline()
    assert "  1 | Aisyah |  |  |  | ✓\n" in outline
    assert "3 orang lagi" in outline
    empty = papers.attendance_list(gathering.id, filling=Filling.EMPTY, pages=2, practice=True)
    assert len(printed(empty).pages) == 2
    assert "PRAKTIK" in empty.outline()
    with pytest.raises(RuleError):
        papers.attendance_list("nothing")
