"""Visits of all years: found, mended together, and what happened to one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.codes import Method, Sex, VisitorType
from perpudesk.core.deeds import Action
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.db.journal import Entry
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.visits.finding import (
    MOST_AT_ONCE,
    FieldChange,
    Happened,
    Mend,
    VisitFilter,
    check_chosen,
    history_of,
)
from perpudesk.visits.model import Part, Visit, VisitDraft

FIFTH, SIXTH = date(2026, 10, 5), date(2026, 10, 6)
EVERYTHING = VisitFilter()


def add(desk: Desk, **draft: object) -> Visit:
    return desk.visits.record(VisitDraft(**{"on": FIFTH, "at": time(9, 10), **draft}))


@pytest.fixture
def some(desk: Desk) -> dict[str, Visit]:
    """Five visits, each unlike the others."""
    siti = desk.patrons.add(PatronDraft(name="Siti Aminah", member_number="1001"))
    parts = (Part(sex=Sex.FEMALE, age_band=None, count=4),)
    return {
        "siti": add(desk, patron_id=siti.id, type=VisitorType.MEMBER, purpose="loan"),
        "group": add(
            desk,
            count=9,
            type=VisitorType.GROUP,
            institution="SDN 100% Raja_1",
            leader_id=siti.id,
            parts=parts,
        ),
        "boy": add(desk, on=SIXTH, profile=Profile(sex=Sex.MALE), purpose="reading"),
        "guess": add(desk, on=SIXTH, at=None, count=40, method=Method.ESTIMATED),
        "noted": add(desk, on=date(2025, 1, 2), note="dari koran"),
    }


@pytest.mark.parametrize(
    "wanted, names",
    [
        (EVERYTHING, ["boy", "guess", "group", "siti", "noted"]),
        (VisitFilter(first=SIXTH), ["boy", "guess"]),
        (VisitFilter(last=FIFTH), ["group", "siti", "noted"]),
        (VisitFilter(first=FIFTH, last=FIFTH), ["group", "siti"]),
        (VisitFilter(type=VisitorType.GROUP), ["group"]),
        (VisitFilter(purpose="loan"), ["siti"]),
        (VisitFilter(purpose="loan", type=VisitorType.GROUP), []),
        (VisitFilter(sex=Sex.FEMALE), ["group"]),
        (VisitFilter(sex=Sex.MALE), ["boy"]),
        (VisitFilter(method=Method.ESTIMATED), ["guess"]),
        (VisitFilter(words="aminah"), ["group", "siti"]),
        (VisitFilter(words=" 1001 "), ["group", "siti"]),
        (VisitFilter(words="100"), ["group"]),
        (VisitFilter(words="100%"), ["group"]),
        (VisitFilter(words="raja_"), ["group"]),
        (VisitFilter(words="_"), ["group"]),
        (VisitFilter(words="\\"), []),
        (VisitFilter(words="koran"), ["noted"]),
        (VisitFilter(words="'; DROP TABLE visits; --"), []),
        (VisitFilter(removed=True), []),
    ],
)
def test_a_filter_finds_what_it_says_and_counts_it(
    desk: Desk, some: dict[str, Visit], wanted: VisitFilter, names: list[str]
) -> None:
    by_id = {visit.id: name for name, visit in some.items()}
    found = desk.mending.find(wanted)
    seen = desk.mending.at(found.places)
    assert sorted(by_id[each.id] for each in seen) == sorted(names)
    assert (found.records, found.visits) == (len(seen), sum(each.count for each in seen))


@pytest.mark.usefixtures("some")
def test_they_stand_in_order_newest_first(desk: Desk) -> None:
    places = desk.mending.find(EVERYTHING).places
    seen = desk.mending.at(places)
    days = [each.moment.local_date for each in seen]
    assert days == sorted(days, reverse=True)
    assert desk.mending.at(places[1:3]) == seen[1:3]
    (named,) = desk.mending.at(desk.mending.find(VisitFilter(words="siti", purpose="loan")).places)
    assert named.patron_name == "Siti Aminah"
    assert desk.mending.at([99]) == []


def test_a_filter_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError) as refusal:
        desk.mending.find(VisitFilter(first=SIXTH, last=FIFTH))
    assert (refusal.value.code, refusal.value.field) == ("last_before_first", "last")


def test_forty_are_mended_and_taken_back_as_one(desk: Desk) -> None:
    chosen = [add(desk).id for _ in range(40)]
    told: list[Topic] = []
    desk.subscribe(told.append)
    assert desk.mending.change(chosen, Mend(purpose="study", method=Method.ESTIMATED)) == 40
    assert desk.mending.find(VisitFilter(purpose="study", method=Method.ESTIMATED)).records == 40
    assert desk.mending.change(chosen, Mend(purpose="study")) == 0
    assert len(desk.undo()) == 40
    assert desk.mending.find(VisitFilter(purpose="study")).records == 0
    assert len(desk.redo()) == 40
    assert desk.mending.find(VisitFilter(purpose="study")).records == 40
    assert set(told) == {Topic.VISITS}


def test_they_are_removed_with_a_reason_and_brought_back(
    desk: Desk, some: dict[str, Visit]
) -> None:
    chosen = [some[name].id for name in ("boy", "guess")]
    assert desk.mending.remove(chosen, " salah ketik ") == 2
    gone = desk.mending.at(desk.mending.find(VisitFilter(removed=True)).places)
    assert {each.id: each.note for each in gone} == dict.fromkeys(chosen, "salah ketik")
    assert desk.mending.find(EVERYTHING).records == 3
    assert desk.mending.bring_back(chosen) == 2
    assert desk.mending.find(EVERYTHING).records == 5
    desk.undo()
    assert desk.mending.find(EVERYTHING).records == 3


@pytest.mark.parametrize(
    "chosen, mend, code",
    [
        ([], Mend(purpose="study"), "none_chosen"),
        ([str(n) for n in range(MOST_AT_ONCE + 1)], Mend(purpose="study"), "too_many_chosen"),
        (["x"], Mend(), "nothing_to_change"),
    ],
)
def test_what_cannot_be_mended_is_said(
    desk: Desk, chosen: list[str], mend: Mend, code: str
) -> None:
    with pytest.raises(InputError) as refusal:
        desk.mending.change(chosen, mend)
    assert refusal.value.code == code


def test_one_that_is_gone_leaves_all_as_they_were(desk: Desk) -> None:
    visit = add(desk)
    with pytest.raises(RuleError):
        desk.mending.change([visit.id, "nobody"], Mend(purpose="study"))
    kept = desk.visits.get(visit.id)
    assert kept is not None
    assert kept.purpose == "unknown"
    assert desk.can_undo() == (True, False)


def test_a_reason_too_long_removes_nothing(desk: Desk) -> None:
    visit = add(desk)
    with pytest.raises(InputError):
        desk.mending.remove([visit.id], "x" * 501)
    assert desk.mending.find(EVERYTHING).records == 1


def test_the_history_tells_who_did_what(desk: Desk, fixed_clock: FixedClock) -> None:
    rina = desk.branch.add_staff("Rina")
    desk.branch.at_desk(rina.id)
    visit = add(desk)
    desk.branch.at_desk(None)
    desk.visits.change(visit.id, replace(VisitDraft(on=FIFTH, at=time(9, 10)), purpose="loan"))
    desk.mending.change([visit.id], Mend(purpose="study"))
    desk.undo()
    desk.mending.remove([visit.id], "dua kali")
    told = desk.mending.history(visit.id)
    assert [each.what for each in told] == [
        Happened.REMOVED,
        Happened.UNDONE,
        Happened.CHANGED,
        Happened.CHANGED,
        Happened.RECORDED,
    ]
    assert told[-1].staff_id == rina.id
    assert told[0].staff_id is None
    assert FieldChange(field="note", before=None, after="dua kali") in told[0].changes
    assert told[1].changes == (FieldChange(field="purpose", before="study", after="loan"),)
    assert told[2].changes == (FieldChange(field="purpose", before="loan", after="study"),)
    assert told[3].changes == (FieldChange(field="purpose", before="unknown", after="loan"),)
    assert told[0].at == fixed_clock.now()
    assert desk.mending.history("nobody") == []


def test_ids_are_each_mended_once() -> None:
    assert check_chosen(["a", "b", "a"]) == ("a", "b")


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=3), max_size=6))
def test_the_changes_of_a_history_lead_from_the_first_state_to_the_last(
    states: list[dict[str, int]],
) -> None:
    """Played backwards from the row, each line's `before` is the `after` of an older one."""
    row: dict[str, object] = dict.fromkeys("abc", 0)
    entries = []
    for seq, state in enumerate(states, start=1):
        overwrote = {name: row[name] for name in state if row[name] != state[name]}
        row |= state
        entries.append(
            Entry(
                seq=seq,
                at="2026-11-23T02:41:07.123Z",
                staff_id=None,
                kind="visits",
                record_id="x",
                action=Action.CHANGE,
                target=None,
                overwrote=overwrote,
                step=seq,
            )
        )
    made = {"created_at": "2026-11-23T02:41:07.123Z", "created_by": None, "batch_id": "b"}
    made |= {"batch_source": "slims", "batch_estimates": 0}
    told = history_of({**row, **made}, entries)
    assert told[-1].what is Happened.IMPORTED
    for estimates, what in ((0, Happened.COPIED), (1, Happened.ESTIMATED)):
        paper = made | {"batch_source": "paper", "batch_estimates": estimates}
        assert history_of({**row, **paper}, entries)[-1].what is what
    replayed: dict[str, object] = dict.fromkeys("abc", 0)
    for happening in reversed(told[:-1]):
        for change in happening.changes:
            assert replayed[change.field] == change.before
            replayed[change.field] = change.after
    assert replayed == row
