"""Closing months on a real store: what is kept, what counts as a change, what is refused."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpudesk.branch.model import ServiceDay, Signatory, SignatoryPlace
from perpudesk.computers.model import SessionDraft
from perpudesk.core.codes import ClosedReason, Condition, DayState, Paper, Sex
from perpudesk.core.errors import FileError, InputError, PerpuDeskError, RuleError
from perpudesk.core.i18n import speaking
from perpudesk.core.times import FixedClock, Period
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.reports import closings as module
from perpudesk.reports.closing import (
    Claim,
    Closing,
    Difference,
    Standing,
    canonical,
    read_code,
    seal,
)
from perpudesk.reports.letter import Notes
from perpudesk.reports.model import VISITS
from perpudesk.visits.model import VisitDraft

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
FIFTH = date(2026, 10, 5)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With 12 visits on Monday 5 October 2026."""
    desk.visits.record(VisitDraft(count=12, profile=Profile(sex=Sex.FEMALE), on=FIFTH))
    return desk


def close(desk: Desk, month: Period = OCTOBER, **letter: Any) -> Closing:
    made = replace(desk.closings.letter(month), **letter)
    return desk.closings.close(month, made).closing


def code_of(refused: pytest.ExceptionInfo[PerpuDeskError]) -> str:
    return refused.value.code


def text_of(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def test_a_month_that_is_over_is_closed_once(desk: Desk) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    assert desk.closings.state(OCTOBER).standing is Standing.READY
    assert desk.closings.state(NOVEMBER).standing is Standing.RUNNING
    closing = close(desk, number="041/18/PERPUS/XI/2026")
    assert (closing.month, closing.edition, closing.altered) == (OCTOBER, 1, False)
    assert closing.letter.place == "Pangkalan Bun"
    assert closing.letter.day == date(2026, 11, 23)
    assert [each.name for each in closing.letter.signatories] == ["Dra. Contoh", "Rina"]
    assert desk.closings.state(OCTOBER).is_final
    assert desk.closings.revisions(OCTOBER) == [closing]
    assert told == [Topic.CLOSINGS]
    with pytest.raises(RuleError) as refusal:
        close(desk, number="041/18/PERPUS/XI/2026")
    assert code_of(refusal) == "nothing_changed"


@pytest.mark.parametrize(
    "month,letter,code",
    [
        (NOVEMBER, {}, "month_not_over"),
        (OCTOBER.before(), {}, "nothing_recorded"),
        (OCTOBER, {"number": "x" * 200}, "text_too_long"),
        (OCTOBER, {"day": FIFTH}, "bad_letter_day"),
    ],
)
def test_what_is_refused_leaves_nothing(
    desk: Desk, month: Period, letter: dict[str, Any], code: str
) -> None:
    with pytest.raises((RuleError, InputError)) as refusal:
        close(desk, month, **letter)
    assert code_of(refusal) == code
    assert desk.closings.revisions(month) == []


def test_the_figures_of_a_closed_month_are_the_ones_its_code_covers(desk: Desk) -> None:
    before = desk.reports.as_json(desk.reports.figures(OCTOBER))
    assert not before["final"]
    closing = close(desk)
    after = desk.reports.as_json(desk.reports.figures(OCTOBER))
    assert after == {**before, "final": True}
    assert list(after["figures"][0]["by"]) == list(before["figures"][0]["by"])
    assert canonical(after) == closing.figures
    assert desk.reports.figures(OCTOBER).get(VISITS).by["sex"]["female"] == 12


def test_a_closed_month_stays_what_it_was_when_the_branch_changes(desk: Desk) -> None:
    closing = close(desk)
    desk.branch.set_up(name="Nama Baru", age_set="full")
    figures = desk.reports.figures(OCTOBER)
    assert figures.final
    assert figures.branch.name == "Perpusda Contoh"
    assert canonical(desk.reports.as_json(figures)) == closing.figures
    found = desk.closings.changes(OCTOBER)
    assert {each.key for each in found if each.subject == "branch"} == {"name"}
    assert desk.reports.figures(OCTOBER, standard=True).branch.name == "Nama Baru"


def test_a_period_is_final_when_each_of_its_months_is(desk: Desk) -> None:
    for month in OCTOBER.before(), OCTOBER.before().before():
        desk.visits.record(VisitDraft(on=month.first))
        close(desk, month)
    quarter = Period.parse("2026-Q3")
    assert not desk.reports.figures(quarter).final
    desk.visits.record(VisitDraft(on=date(2026, 7, 1)))
    close(desk, Period.parse("2026-07"))
    assert desk.reports.figures(quarter).final
    assert not desk.reports.figures(Period.parse("2026")).final


def test_a_record_changed_later_makes_the_month_changed_until_it_is_undone(desk: Desk) -> None:
    close(desk)
    visit = desk.visits.record(VisitDraft(count=3, on=FIFTH))
    state = desk.closings.state(OCTOBER)
    assert state.standing is Standing.CHANGED
    first = Difference(subject="visits", dimension="", key="", before=12, after=15)
    assert state.changes[0] == first
    figures = desk.reports.figures(OCTOBER)
    assert (figures.final, figures.value(VISITS)) == (False, 15)
    desk.visits.remove(visit.id)
    assert desk.closings.state(OCTOBER).is_final
    assert desk.reports.figures(OCTOBER).final


def test_every_way_into_a_closed_month_is_noticed(desk: Desk) -> None:
    someone = desk.patrons.add(PatronDraft(name="Siti"))
    other = desk.patrons.add(PatronDraft(name="Sitti"))
    desk.visits.record(VisitDraft(on=FIFTH, patron_id=someone.id))
    named = desk.visits.record(VisitDraft(on=FIFTH))
    close(desk)

    def merge() -> None:
        with desk.store.writing() as db:
            merging = "UPDATE patrons SET merged_into = ? WHERE id = ?"
            db.execute(merging, [other.id, someone.id])

    day = ServiceDay(date=date(2026, 10, 6), state=DayState.CLOSED, reason=ClosedReason.POWER)
    start = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    (pc,) = desk.workstations.add_many(1)
    ways = [
        lambda: desk.visits.change(named.id, VisitDraft(count=2, on=FIFTH)),
        lambda: desk.visits.change(named.id, VisitDraft(on=date(2026, 9, 1))),
        lambda: desk.branch.set_day(day),
        lambda: desk.branch.set_day(replace(day, state=DayState.NOT_SET, reason=None)),
        lambda: desk.branch.set_holiday(date(2026, 10, 7), "Hari Jadi"),
        lambda: desk.branch.set_holiday(date(2026, 10, 7), None),
        lambda: desk.totals.type_total("online_users", OCTOBER, 5),
        lambda: desk.totals.type_total("online_users", OCTOBER, 6),
        merge,
        lambda: desk.session_mending.enter(SessionDraft(workstation_id=pc.id, start=start)),
        lambda: desk.session_mending.enter_total(FIFTH, {Sex.FEMALE: 3}),
        lambda: desk.workstations.set_condition(pc.id, Condition.MINOR_DAMAGE, since=FIFTH),
        desk.undo,
    ]
    for way in ways:
        with desk.store.writing() as db:
            db.execute("UPDATE closings SET altered = 0")
        way()
        assert desk.closings.revisions(OCTOBER)[0].altered, way
    desk.visits.record(VisitDraft(on=date(2026, 11, 2)))
    assert not desk.closings.state(NOVEMBER).closing


def test_closing_again_is_another_revision_with_its_differences(desk: Desk) -> None:
    first = close(desk, number="041/X/2026")
    desk.visits.record(VisitDraft(count=3, on=FIFTH))
    letter = desk.closings.letter(OCTOBER)
    assert letter.number == "041/X/2026"
    made = desk.closings.close(OCTOBER, letter)
    assert made.closing.edition == 2
    assert made.closing.code != first.code
    with speaking("en"):
        lines = desk.closings.sentences(made)
    assert lines[1:3] == ["Changed since revision 1:", "  Visits: 12 → 15"]
    assert desk.closings.state(OCTOBER).is_final
    assert [each.edition for each in desk.closings.revisions(OCTOBER)] == [1, 2]
    assert desk.closings.result(made)["changes"][0] == {
        "subject": "visits",
        "dimension": "",
        "key": "",
        "before": 12,
        "after": 15,
    }


def test_a_letter_alone_can_be_mended(desk: Desk) -> None:
    first = close(desk, number="14")
    desk.branch.set_signatory(Signatory(place=SignatoryPlace.RIGHT, name="Budi", post="Petugas"))
    made = desk.closings.close(OCTOBER, desk.closings.letter(OCTOBER))
    assert (made.closing.edition, made.closing.code, made.changes) == (2, first.code, ())


def test_a_month_that_changes_while_it_is_closed_is_not_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_pages: object) -> bytes:
        desk.visits.record(VisitDraft(on=FIFTH))
        return b""

    monkeypatch.setattr(module, "_rendered", meanwhile)
    with pytest.raises(RuleError) as refusal:
        close(desk)
    assert code_of(refusal) == "closing_overtaken"
    assert desk.closings.revisions(OCTOBER) == []


@pytest.mark.parametrize("paper", list(Paper))
def test_a_revision_prints_again_byte_for_byte(desk: Desk, paper: Paper) -> None:
    with speaking("en"):
        first = close(desk, number="041/X/2026")
        printed = desk.closings.print_of(first, paper)
        desk.branch.set_up(name="Nama Baru")
        desk.visits.record(VisitDraft(count=3, on=FIFTH))
        close(desk, number="042/X/2026", notes=Notes(obstacles="Power cut", follow_up="Generator"))
    assert desk.closings.print_of(desk.closings.revision(OCTOBER, 1), paper) == printed
    text = text_of(printed)
    code = f"{first.code[:4]}-{first.code[4:]}"
    foot = f"Monthly report · October 2026 · revision 1 · check code {code} · PerpuDesk"
    for words in ("Number: 041/X/2026", "Pangkalan Bun, 23 November 2026", "Dra. Contoh", foot):
        assert words in text, words
    assert "Provisional" not in text
    assert "provisional" not in text
    again = text_of(desk.closings.print_of(desk.closings.revision(OCTOBER, 2), paper))
    for words in ("Obstacles: Power cut", "Follow-up: Generator", "Since revision 1", "revision 2"):
        assert words in again, words


def test_only_revisions_there_are_can_be_asked_for(desk: Desk) -> None:
    with pytest.raises(RuleError) as refusal:
        desk.closings.revision(OCTOBER, 1)
    assert code_of(refusal) == "never_closed"
    close(desk)
    with pytest.raises(RuleError) as refusal:
        desk.closings.revision(OCTOBER, 2)
    assert code_of(refusal) == "no_revision"


def test_the_next_letter_follows_the_last_one(desk: Desk) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 9, 1)))
    close(desk, OCTOBER.before(), number="040/18/PERPUS/XI/2026")
    assert desk.closings.letter(OCTOBER).number == "041/18/PERPUS/XI/2026"


def test_what_is_typed_is_kept_and_goes_into_the_closing(desk: Desk) -> None:
    notes = Notes(obstacles="Listrik padam", follow_up="Pinjam genset")
    desk.closings.keep_notes(OCTOBER, notes)
    assert desk.reports.reported(OCTOBER).notes == notes
    assert desk.reports.reported(OCTOBER.before()).notes == Notes()
    assert close(desk).letter.notes == notes
    with pytest.raises(InputError):
        desk.closings.keep_notes(OCTOBER, Notes(obstacles="\x00"))
    close(desk, notes=Notes(obstacles="Lain"))
    assert desk.reports.reported(OCTOBER).notes == Notes(obstacles="Lain")


def test_a_code_is_compared_with_what_was_closed(desk: Desk) -> None:
    first = close(desk)
    told = read_code(seal(first, desk.branch.current().id))
    assert told is not None
    assert desk.closings.verify(told) == [first]
    assert desk.closings.verify(Claim(code=first.code), month=OCTOBER) == [first]
    for claim, month, code in (
        (Claim(code="00000000"), None, "unknown_code"),
        (replace(told, edition=2), None, "unknown_code"),
        (replace(told, branch_id="another"), None, "other_branch"),
        (Claim(code=first.code), NOVEMBER, "other_month"),
    ):
        with pytest.raises(RuleError) as refusal:
            desk.closings.verify(claim, month=month)
        assert code_of(refusal) == code


def test_a_file_of_figures_is_compared_with_what_was_closed(desk: Desk, tmp_path: Path) -> None:
    closing = close(desk)
    file = tmp_path / "oktober.json"
    plain = desk.reports.as_json(desk.reports.figures(OCTOBER))
    file.write_text("\ufeff" + json.dumps(plain, indent=2), "utf-8")
    assert desk.closings.verify_file(file) == [closing]
    plain["figures"][0]["value"] = 13
    file.write_text(json.dumps(plain), "utf-8")
    with pytest.raises(RuleError) as refusal:
        desk.closings.verify_file(file)
    assert code_of(refusal) == "unknown_code"
    for broken in (b"\xff\xfe", b"\xff"):
        file.write_bytes(broken)
        with pytest.raises(FileError):
            desk.closings.verify_file(file)


def test_a_revision_says_whether_it_still_holds(desk: Desk) -> None:
    with speaking("en"):
        first = close(desk)
        assert desk.closings.verified(first).endswith("Nothing was changed since.")
        desk.visits.record(VisitDraft(on=FIFTH))
        assert desk.closings.verified(first).endswith("Records of the month were changed since.")
        close(desk)
        assert desk.closings.verified(first).endswith("Revision 2 has taken its place.")


def test_who_would_change_a_closed_month_is_asked(desk: Desk) -> None:
    days = [FIFTH, date(2026, 11, 2)]
    assert desk.closings.question(days) == ""
    close(desk)
    with speaking("en"):
        question = desk.closings.question(days)
        assert question == (
            "October 2026 is closed (revision 1). The report will be “changed” and want a new "
            "revision. Go on?"
        )
    with desk.closings.watching() as altered:
        desk.visits.record(VisitDraft(on=FIFTH))
    with speaking("en"):
        (sentence,) = desk.closings.altered_sentences(altered)
    assert sentence == "October 2026 was closed (revision 1) and is changed now: close it again."
    assert desk.closings.question(days) == ""


def test_a_typed_total_is_in_the_closing_and_its_changes(desk: Desk) -> None:
    september = OCTOBER.before()
    desk.totals.type_total("visits", september, 30)
    closing = close(desk, september)
    figures = desk.reports.figures(september)
    assert canonical(desk.reports.as_json(figures)) == closing.figures
    assert figures.totals == (desk.totals.of(september)[0],)
    desk.totals.type_total("visits", september, 31)
    found = desk.closings.state(september).changes
    told = {(each.subject, each.dimension, each.key): each.after for each in found}
    assert told["visits", "", ""] == told["totals", "value", "visits"] == 31
    with speaking("en"):
        assert "Visits, total of the month: 30 → 31" in desk.closings.change_sentences(found)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "change", "day"]),
        st.integers(1, 31),
        st.integers(1, 40),
        st.sampled_from(list(Sex)),
    ),
    max_size=6,
)


def edit(desk: Desk, made: list[str], edits: list[tuple[str, int, int, Sex]]) -> None:
    for what, day, count, sex in edits:
        draft = VisitDraft(count=count, profile=Profile(sex=sex), on=date(2026, 10, day))
        if what == "day":
            states = (DayState.CLOSED, DayState.ESTIMATED, DayState.NOT_SET)
            desk.branch.set_day(ServiceDay(date=draft.on or FIFTH, state=states[count % 3]))
        elif what == "add" or not made:
            made.append(desk.visits.record(draft).id)
        elif what == "change":
            desk.visits.change(made[count % len(made)], draft)
        else:
            desk.visits.remove(made.pop(count % len(made)))


def applied(plain: dict[str, Any], changes: tuple[Difference, ...]) -> dict[Any, Any]:
    """Every value of plain figures, with the changes put in; without those that are None."""
    values = spread(plain)
    for each in changes:
        at = (each.subject, each.dimension, each.key)
        assert values.get(at) == each.before
        assert each.before != each.after
        values[at] = each.after
    return {at: value for at, value in values.items() if value is not None}


def spread(plain: dict[str, Any]) -> dict[Any, Any]:
    values: dict[Any, Any] = {("days", "", state): n for state, n in plain["days"].items()}
    values |= {("branch", "", name): each for name, each in plain["branch"].items()}
    assert "totals" not in plain
    for figure in plain["figures"]:
        code = figure["indicator"]
        values[code, "", ""] = figure["value"]
        values |= {(code, name, ""): figure.get(name) for name in ("basis", "num", "den")}
        for dimension, counts in figure.get("by", {}).items():
            values |= {(code, dimension, key): n for key, n in counts.items()}
    return values


@settings(max_examples=25)
@given(before=EDITS, after=EDITS)
def test_closing_changing_closing_again_lists_exactly_the_differences(
    before: list[tuple[str, int, int, Sex]], after: list[tuple[str, int, int, Sex]]
) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 2, 41, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_rendered", lambda *_pages: b"")
        with Desk(Path(folder), clock=clock) as desk:
            desk.branch.set_up(name="Perpusda Contoh", zone="WIB")
            made = [desk.visits.record(VisitDraft(on=FIFTH)).id]
            edit(desk, made, before)
            desk.branch.set_day(ServiceDay(date=OCTOBER.last, state=DayState.CLOSED))
            first = close(desk, number="1")
            edit(desk, made, after)
            seen = desk.closings.state(OCTOBER).changes
            again = desk.closings.close(OCTOBER, replace(first.letter, number="2"))
            assert again.changes == seen
            now = again.closing.plain
            assert applied(first.plain, again.changes) == applied(now, ())
            assert (first.code == again.closing.code) == (again.changes == ())
