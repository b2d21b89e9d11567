"""Registering, finding and mending people on a real file."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from perpudesk.core.codes import Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.patrons.search import PatronIndex
from perpudesk.visits.model import VisitDraft

SITI = PatronDraft(
    name="Siti Aminah",
    member_number="A-01",
    sex=Sex.FEMALE,
    birth_year=2012,
    occupation="pupil",
    education="smp",
    village="Desa Pasir Panjang",
    contact="0812",
    guardian_consent=True,
    note="kursi roda",
)


def test_a_patron_is_kept_as_typed(desk: Desk, tmp_path: Path, fixed_clock: FixedClock) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    patron = desk.patrons.add(SITI)
    assert patron.draft() == SITI
    assert patron.registered_on == desk.patrons.today()
    assert told == [Topic.PATRONS]
    assert desk.patrons.get(patron.id) == patron
    assert desk.patrons.get("nobody") is None
    assert desk.patrons.by_number(" A-01 ") == patron
    assert desk.patrons.by_number("a-02") is None
    desk.close()
    with Desk(tmp_path / "data", clock=fixed_clock) as again:
        assert again.patrons.find("siti") == [patron]


def test_a_refused_patron_leaves_nothing(desk: Desk) -> None:
    for draft in (PatronDraft(name=""), PatronDraft(name="Adik", birth_year=2020)):
        with pytest.raises(InputError):
            desk.patrons.add(draft)
    assert desk.patrons.count() == 0


def test_a_number_belongs_to_one(desk: Desk) -> None:
    siti = desk.patrons.add(SITI)
    budi = desk.patrons.add(PatronDraft(name="Budi"))
    for work in (desk.patrons.add, lambda draft: desk.patrons.change(budi.id, draft)):
        with pytest.raises(InputError) as refused:
            work(PatronDraft(name="Budi", member_number="A-01"))
        assert (refused.value.code, refused.value.field) == ("number_taken", "member_number")
        assert "Siti Aminah" in refused.value.sentence()
    assert desk.patrons.change(siti.id, SITI) == siti


def test_mending_shows_in_the_search_at_once(desk: Desk) -> None:
    patron = desk.patrons.add(SITI)
    assert desk.patrons.find("siti") == [patron]
    mended = desk.patrons.change(patron.id, replace(SITI, name="Fatimah", member_number="B-7"))
    assert desk.patrons.find("siti") == desk.patrons.find("A-01") == []
    assert desk.patrons.find("fatim") == desk.patrons.find("b-7") == [mended]


def test_nobody_can_be_mended_who_is_not_there(desk: Desk) -> None:
    for work in (lambda: desk.patrons.change("nobody", SITI), lambda: desk.patrons.remove("x")):
        with pytest.raises(RuleError) as refused:
            work()
        assert refused.value.code == "no_record"
    with pytest.raises(RuleError):
        desk.patrons.bring_back("nobody")


def test_a_removed_patron_leaves_the_lists_and_no_total(desk: Desk) -> None:
    patron = desk.patrons.add(SITI)
    desk.visits.record_patron(patron, purpose="loan")
    desk.patrons.remove(patron.id)  # before any search: there is no index to mend
    assert desk.patrons.find("siti") == []
    assert desk.patrons.by_number("A-01") is None
    assert (desk.patrons.count(), desk.patrons.page(0, 10)) == (0, [])
    assert desk.visits.count() == 1
    back = desk.patrons.bring_back(patron.id)
    assert back == patron
    assert desk.patrons.find("siti") == [patron]
    desk.patrons.remove(patron.id)
    assert desk.patrons.find("siti") == []


def test_a_number_given_away_meanwhile_is_not_taken_back(desk: Desk) -> None:
    siti = desk.patrons.add(SITI)
    desk.patrons.remove(siti.id)
    budi = desk.patrons.add(PatronDraft(name="Budi", member_number="A-01"))
    with pytest.raises(InputError) as refused:
        desk.patrons.bring_back(siti.id)
    assert refused.value.code == "number_taken"
    assert desk.patrons.page(0, 10) == [budi]


def test_undo_and_redo_reach_the_search(desk: Desk) -> None:
    desk.patrons.add(SITI)
    assert len(desk.patrons.find("siti")) == 1
    desk.undo()
    assert desk.patrons.find("siti") == []
    desk.redo()
    assert len(desk.patrons.find("siti")) == 1


def test_the_list_is_by_name_and_knows_places(desk: Desk) -> None:
    people = [desk.patrons.add(PatronDraft(name=name)) for name in ("budi", "Ani", "Budi", "Citra")]
    listed = desk.patrons.page(0, 10)
    assert [each.name.casefold() for each in listed] == ["ani", "budi", "budi", "citra"]
    assert [desk.patrons.place_of(each) for each in listed] == [0, 1, 2, 3]
    assert desk.patrons.page(1, 2) == listed[1:3]
    assert desk.patrons.count() == 4
    ids = [people[3].id, "nobody", people[0].id]
    assert desk.patrons.many(ids) == [people[3], people[0]]
    assert desk.patrons.many([]) == []


def naughty_strings() -> list[str]:
    """What a hostile or unlucky person types."""
    return [
        "'; DROP TABLE patrons; --",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "%s%n{0}{name}",
        "Z̸̢͝a̴l̷g̵o̶",
        "ﷺ",
        "👨‍👩‍👧‍👦",
        "null",
        "NaN",
        "../../etc/passwd",
        "\\",
        '"',
        "_%",
    ]


@pytest.mark.parametrize("name", naughty_strings())
def test_text_is_only_ever_text(desk: Desk, name: str) -> None:
    other = desk.patrons.add(PatronDraft(name="Siti"))
    patron = desk.patrons.add(PatronDraft(name=name, member_number=name, note=name))
    assert (patron.name, patron.member_number, patron.note) == (name, name, name)
    assert patron in desk.patrons.find(name)
    assert desk.patrons.by_number(name) == patron
    assert desk.patrons.get(other.id) == other


def test_the_journal_of_a_new_patron_holds_no_name(desk: Desk) -> None:
    patron = desk.patrons.add(SITI)
    desk.visits.record(VisitDraft())
    with desk.store.reading() as db:
        lines = [dict(row) for row in db.query("SELECT * FROM journal")]
    assert patron.name not in json.dumps(lines)


def test_nobody_waits_for_the_index_and_who_came_meanwhile_is_in_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill, seen = PatronIndex.fill, []

    def slow(self: PatronIndex, people: Iterable[tuple[str, str, str | None]]) -> None:
        fill(self, people)
        if not seen:
            thread = threading.Thread(target=lambda: desk.patrons.add(PatronDraft(name="Budi")))
            thread.start()
            thread.join(timeout=10)
            seen.append(thread.is_alive())

    desk.patrons.add(PatronDraft(name="Siti"))
    monkeypatch.setattr(PatronIndex, "fill", slow)
    assert [found.name for found in desk.patrons.find("budi")] == ["Budi"]
    assert [found.name for found in desk.patrons.find("siti")] == ["Siti"]
    assert seen == [False]


@pytest.mark.parametrize("name", ["\u200b\u2060", "\u202eabc", "a\u2028b"])
def test_a_name_that_cannot_be_seen_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(InputError) as refused:
        desk.patrons.add(PatronDraft(name=name))
    assert refused.value.field == "name"
    assert desk.patrons.count() == 0


@pytest.mark.parametrize(
    "draft, field",
    [
        (PatronDraft(name="Siti", age_band="abc"), "age_band"),
        (PatronDraft(name="Siti", occupation="foo"), "occupation"),
        (PatronDraft(name="Siti", education="foo"), "education"),
    ],
)
def test_what_is_in_no_list_is_refused(desk: Desk, draft: PatronDraft, field: str) -> None:
    siti = desk.patrons.add(SITI)
    for work in (desk.patrons.add, partial(desk.patrons.change, siti.id)):
        with pytest.raises(InputError) as refused:
            work(draft)
        assert refused.value.field == field
    assert desk.patrons.page(0, 9) == [siti]
