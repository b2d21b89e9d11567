"""Who did what: before and after in plain words, found, printed, and for whom it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from perpudesk.attendance.framing import house_of
from perpudesk.branch.model import ServiceDay
from perpudesk.communities.model import CommunityDraft
from perpudesk.core import i18n
from perpudesk.core.codes import ClosedReason, DayState, Paper, Sex
from perpudesk.core.deeds import ERASED, PROGRAM, Action
from perpudesk.core.errors import RuleError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.history.model import GROUPS, Change, Line, Wanted
from perpudesk.history.papers import history_sheet, who_words
from perpudesk.history.telling import (
    _COLUMNS,
    _KINDS,
    GROUP_NAMES,
    action_words,
    change_words,
    changes_words,
    kind_words,
    value_words,
    when_words,
)
from perpudesk.paper.pdf import render
from perpudesk.patrons.model import PatronDraft
from perpudesk.visits.model import VisitDraft
from tests.access.conftest import _cheap_tries, give_pins
from tests.backups.conftest import refused

__all__ = ["_cheap_tries"]


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """Rina is at the desk on 23 November 2026, 09.41."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.branch.at_desk(desk.branch.add_staff("Rina").id)
        yield desk


def told(desk: Desk, wanted: Wanted | None = None) -> list[tuple[str, str, str]]:
    """What, done, before and after of each line, the newest first."""
    lines = desk.history.lines(wanted or Wanted(), 0, 50)
    names = desk.history.names(lines)
    zone = desk.history.zone
    return [(kind_words(x), action_words(x), changes_words(x, zone, names)) for x in lines]


def test_before_and_after_of_each_change(desk: Desk) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti"))
    desk.patrons.change(siti.id, PatronDraft(name="Siti Aminah", sex=Sex.FEMALE))
    desk.patrons.change(siti.id, PatronDraft(name="Siti Aminah", sex=Sex.FEMALE, birth_year=1990))
    assert told(desk)[:3] == [
        ("Patron: Siti Aminah", "changed", "Year of birth: – → 1990"),
        ("Patron: Siti Aminah", "changed", "Name: Siti → Siti Aminah; Sex: Not recorded → Female"),
        ("Patron: Siti Aminah", "made", ""),
    ]


def test_what_was_taken_back_is_told(desk: Desk) -> None:
    visit = desk.visits.record(VisitDraft())
    desk.undo()
    desk.redo()
    desk.visits.remove(visit.id)
    assert [done for _what, done, _changes in told(desk)[:4]] == [
        "removed",
        "done again",
        "undone",
        "made",
    ]
    assert told(desk)[0][0] == "Visit"


def test_ids_are_told_by_what_they_are_called(desk: Desk) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti"))
    club = desk.communities.add(CommunityDraft(name="Rajut"))
    desk.communities.change(club.id, CommunityDraft(name="Rajut", contact_id=siti.id))
    assert told(desk)[0] == ("Community: Rajut", "changed", "Contact: – → Siti")


def test_one_who_was_erased_has_no_name(desk: Desk) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti"))
    desk.patrons.change(siti.id, PatronDraft(name="Siti Aminah"))
    desk.privacy.erase(siti.id)
    lines = told(desk, Wanted(group="people"))
    assert lines == [
        ("Patron (erased)", "erased", ""),
        ("Patron (erased)", "changed", ""),
        ("Patron (erased)", "made", ""),
    ]


def test_it_is_found_by_day_person_and_kind(desk: Desk, fixed_clock: FixedClock) -> None:
    budi = desk.branch.add_staff("Budi")
    desk.visits.record(VisitDraft())
    fixed_clock.moment += timedelta(days=1)
    desk.branch.at_desk(budi.id)
    desk.visits.record(VisitDraft())
    desk.branch.set_day(
        ServiceDay(
            date=date(2026, 11, 20),
            state=DayState.CLOSED,
            reason=ClosedReason.POWER,
            note=None,
            minutes_open=None,
        )
    )
    history = desk.history
    assert history.count(Wanted()) == len(history.lines(Wanted(), 0, 100))
    assert told(desk, Wanted(staff_id=budi.id, group="visits")) == [("Visit", "made", "")]
    assert history.count(Wanted(group="visits")) == 2
    assert history.count(Wanted(group="visits", last=date(2026, 11, 23))) == 1
    assert history.count(Wanted(group="visits", first=date(2026, 11, 24))) == 1
    assert history.count(Wanted(first=date(2026, 11, 25))) == 0
    assert told(desk, Wanted(group="days"))[0][0] == "Service day: 20 November 2026"


def test_a_page_is_read_at_a_time(desk: Desk) -> None:
    for _ in range(30):
        desk.visits.record(VisitDraft())
    wanted = Wanted(group="visits")
    found = [each.seq for at in range(0, 30, 7) for each in desk.history.lines(wanted, at, 7)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 30


def test_it_is_for_the_head(desk: Desk) -> None:
    for name in ("Adi", "Budi"):
        desk.branch.add_staff(name)
    give_pins(desk.access)
    rina = next(each for each in desk.access.keepers() if each.name == "Rina")
    desk.access.unlock(rina.id, "90210")
    for ask in (
        lambda: desk.history.count(Wanted()),
        lambda: desk.history.lines(Wanted(), 0, 1),
    ):
        with refused(RuleError, "not_allowed_here"):
            ask()


def test_it_is_printed(desk: Desk) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti"))
    desk.patrons.change(siti.id, PatronDraft(name="Siti Aminah"))
    lines = desk.history.lines(Wanted(), 0, 9)
    document = history_sheet(
        house_of(desk.branch),
        lines,
        desk.branch.staff_names(),
        desk.history.names(lines),
        desk.history.zone,
        told="all days",
        left=1_200,
        on=date(2026, 11, 23),
    )
    stream = io.BytesIO()
    render(document, stream, paper=Paper.A4)
    pages = PdfReader(stream).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in ("HISTORY OF RECORDS", "Rina", "Siti → Siti Aminah", "1,200 more are not printed"):
        assert words in text


@pytest.mark.parametrize(
    "column, value, words",
    [
        ("note", None, "–"),
        ("note", "", "–"),
        ("guardian_consent", 1, "yes"),
        ("present", 0, "no"),
        ("birth_year", 1990, "1990"),
        ("amount", 1_500_000, "1,500,000"),
        ("local_date", "2026-11-23", "23 November 2026"),
        ("occurred_at", "2026-11-23T02:41:07.123Z", "23 November 2026, 02:41"),
        ("sex", "female", "Female"),
        ("patron_id", "p", "Siti"),
        ("patron_id", "nobody", "–"),
        ("note", "a" * 200, f"{'a' * 119}…"),
        ("note", "two\nlines", "two lines"),
        ("state", "light", "Light"),
    ],
)
def test_a_value_as_it_is_read(column: str, value: object, words: str) -> None:
    assert value_words(column, value, UTC, {"p": "Siti"}) in (words, words.lower())


def test_what_is_no_words_for_a_reader_is_a_detail() -> None:
    detail = Change(column="moves", before="[]", after="[1]")
    assert change_words(detail, UTC, {}) == "a detail"
    line = _line("visits", changes=(detail, detail))
    assert changes_words(line, UTC, {}) == "a detail"


def _line(kind: str, *, action: Action = Action.CHANGE, changes: tuple[Change, ...] = ()) -> Line:
    return Line(
        seq=1,
        at=datetime(2026, 11, 23, tzinfo=UTC),
        staff_id=PROGRAM,
        kind=kind,
        record_id="r",
        action=action,
        record={},
        changes=changes,
    )


def test_the_program_is_somebody_too() -> None:
    line = _line("nothing we know")
    assert who_words(line, {}) == "the program"
    assert kind_words(line) == "Record"
    assert when_words(line.at, UTC) == "23 November 2026, 00:00"
    assert action_words(_line(f"{ERASED}patrons")) == "changed"


def test_every_kind_of_record_has_its_words_and_its_group(desk: Desk) -> None:
    with desk.store.reading() as db:
        tables = [row["name"] for row in db.query("SELECT name FROM sqlite_schema")]
        kept = set()
        for table in tables:
            names = {row["name"] for row in db.query(f"PRAGMA table_info({table})")}
            if {"id", "revision", "removed_at"} <= names:
                kept.add(table)
    grouped = {kind for kinds in GROUPS.values() for kind in kinds}
    assert kept - _KINDS.keys() == set()
    assert kept - grouped == set()
    assert GROUP_NAMES.keys() == GROUPS.keys()
    assert all(_COLUMNS.values())
