"""Months that were closed before computers were counted stay what they are."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from perpudesk.branch.model import ServiceDay
from perpudesk.computers.model import SessionDraft
from perpudesk.core.codes import DayState, Paper, Sex
from perpudesk.core.errors import RuleError
from perpudesk.core.i18n import speaking
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from perpudesk.reports import store
from perpudesk.reports.closing import Closing, Standing, canonical, check_code
from perpudesk.reports.model import COMPUTER_SESSIONS, LENT, VISITS
from perpudesk.reports.papers.kinds import PaperKind
from perpudesk.visits.model import VisitDraft

OCTOBER = Period.parse("2026-10")
FIFTH = date(2026, 10, 5)
KEPT = (Path(__file__).parent / "closed_before_computers.json").read_text("utf-8")


@pytest.fixture
def closed(desk: Desk) -> Closing:
    """October as the version before closed it, with 12 visits on its fifth day."""
    desk.visits.record(VisitDraft(count=12, profile=Profile(sex=Sex.FEMALE), on=FIFTH))
    figures = KEPT.replace("BRANCH", desk.branch.current().id)
    closing = Closing(
        month=OCTOBER,
        edition=1,
        letter=desk.closings.letter(OCTOBER),
        figures=figures,
        code=check_code(figures),
    )
    with desk.store.writing() as db:
        return store.add_closing(desk.store, db, closing, dict.fromkeys(Paper, b"%PDF old"))


def alter(desk: Desk) -> None:
    """Something of the month was written, whatever came of it."""
    with desk.store.writing() as db:
        db.execute("UPDATE closings SET altered = 1")


def test_it_holds_and_says_what_it_said(desk: Desk, closed: Closing) -> None:
    figures = desk.reports.figures(OCTOBER)
    assert (figures.final, figures.value(VISITS)) == (True, 12)
    assert not [each for each in LENT if figures.value(each) is not None]
    assert canonical(desk.reports.as_json(figures)) == closed.figures
    assert list(desk.reports.as_json(figures)["figures"][0]["by"])[:2] == ["sex", "age"]
    assert desk.closings.print_of(closed, Paper.A4) == b"%PDF old"
    with speaking("en"):
        assert "Visits: 12" in desk.reports.as_lines(figures)
        assert "Nothing was changed since." in desk.closings.verified(closed)
    assert canonical(desk.reports.as_json(desk.reports.closed(closed))) == closed.figures


def test_what_another_program_was_given_is_still_its_own(
    desk: Desk, closed: Closing, tmp_path: Path
) -> None:
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(json.loads(closed.figures), indent=1), "utf-8")
    assert desk.closings.verify_file(path) == [closed]
    desk.reports.write_xlsx([desk.reports.figures(OCTOBER)], tmp_path / "figures.xlsx")
    desk.reports.write_csv([desk.reports.figures(OCTOBER)], tmp_path / "figures.csv")
    assert "computer" not in (tmp_path / "figures.csv").read_text("utf-8")


def test_what_it_did_not_count_is_no_difference(desk: Desk, closed: Closing) -> None:
    alter(desk)
    desk.workstations.add_many(2)  # since today: they say nothing of October
    assert desk.closings.changes(OCTOBER) == ()
    assert desk.closings.state(OCTOBER).standing is Standing.CLOSED
    with pytest.raises(RuleError) as refusal:
        desk.closings.close(OCTOBER, closed.letter)
    assert refusal.value.code == "nothing_changed"


def test_a_session_that_is_brought_in_later_is_one(desk: Desk, closed: Closing) -> None:
    start = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    draft = SessionDraft(start=start, end=start + timedelta(minutes=45))
    desk.session_mending.enter(draft)
    state = desk.closings.state(OCTOBER)
    assert state.standing is Standing.CHANGED
    with speaking("en"):
        said = desk.closings.change_sentences(state.changes)
    assert said[:4] == [
        "Computer sessions: – → 1",
        "Sessions on own devices: – → 0",
        "Computer minutes: – → 45",
        "Class minutes: – → 0",
    ]
    assert "Computer sessions, how counted: not counted → counted" in said
    assert "Computer minutes, how it ended: done – → 45" in said
    again = desk.closings.close(OCTOBER, replace(closed.letter, number="42")).closing
    assert again.edition == 2
    assert desk.reports.figures(OCTOBER).value(COMPUTER_SESSIONS) == 1
    assert desk.closings.state(OCTOBER).is_final


@pytest.mark.usefixtures("closed")
def test_it_compares_with_months_that_count_computers(desk: Desk) -> None:
    august = Period.parse("2026-08")
    desk.branch.set_day(ServiceDay(date=august.first, state=DayState.OPEN_COUNTED))
    start = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
    desk.session_mending.enter(SessionDraft(start=start, end=start + timedelta(minutes=45)))
    with speaking("en"):
        text = desk.papers.document(PaperKind.COMPARISON, OCTOBER, against=august).outline()
    assert "  Computer sessions | – | 1 | –" in text
    assert "  Visits | 12 | 0 | –" in text
