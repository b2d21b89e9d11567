"""What may be reserved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from perpudesk.computers.booking import (
    Reservation,
    ReservationDraft,
    ReservationKind,
    admit,
)
from perpudesk.core import i18n
from perpudesk.core.codes import Condition
from perpudesk.core.errors import InputError
from tests.computers.made import NOW, after, kept, pc

ONE, TWO, STAFF = pc(1), pc(2), pc(3, is_public=False)
BROKEN = pc(4, condition=Condition.MINOR_DAMAGE)
JAKARTA = ZoneInfo("Asia/Jakarta")


def draft(start: float = 30, end: float = 90, **more: Any) -> ReservationDraft:
    given: dict[str, Any] = {
        "kind": ReservationKind.CLASS,
        "title": "Email",
        "workstation_ids": ("pc1",),
        **more,
    }
    return ReservationDraft(start=after(start), end=after(end), **given)


def admitted(
    given: ReservationDraft,
    *others: Reservation,
    before: Reservation | None = None,
) -> ReservationDraft:
    known = (ONE, TWO, STAFF, BROKEN)
    return admit(given, now=NOW, where=JAKARTA, known=known, others=others, before=before)


def refused(given: ReservationDraft, *others: Reservation) -> tuple[str, str, str]:
    with pytest.raises(InputError) as raised:
        admitted(given, *others)
    return raised.value.code, raised.value.field, raised.value.sentence()


def test_a_class_has_a_title_and_a_person_none() -> None:
    tidy = admitted(draft(title=" Email  ", patron_id="p1", note=" "))
    assert (tidy.title, tidy.patron_id, tidy.note) == ("Email", None, None)
    person = admitted(draft(kind=ReservationKind.PERSON, title="Email", patron_id="p1"))
    assert (person.title, person.patron_id) == (None, "p1")
    assert refused(draft(title="  "))[:2] == ("class_title_missing", "title")
    assert refused(draft(title="x" * 121))[:2] == ("text_too_long", "title")


def test_the_workstations_come_once_and_in_their_order() -> None:
    assert admitted(draft(workstation_ids=("pc2", "pc1", "pc2"))).workstation_ids == ("pc1", "pc2")


@pytest.mark.parametrize(
    "ids, code",
    [((), "none_kept"), (("pc1", "gone"), "kept_gone"), (("pc3",), "cannot_be_kept")],
)
def test_only_workstations_of_the_public_can_be_kept(ids: tuple[str, ...], code: str) -> None:
    assert refused(draft(workstation_ids=ids))[:2] == (code, "workstations")


def test_what_is_broken_now_may_be_repaired_by_then() -> None:
    assert admitted(draft(workstation_ids=("pc4",))).workstation_ids == ("pc4",)


@pytest.mark.parametrize(
    "start, end, code, field",
    [
        (30, 30, "kept_backward", "end"),
        (30, 20, "kept_backward", "end"),
        (30, 30 + 24 * 60 + 1, "kept_too_long", "end"),
        (367 * 24 * 60, 367 * 24 * 60 + 60, "kept_too_far", "on"),
        (-24 * 60, -24 * 60 + 60, "kept_in_past", "on"),
        (-60, -1, "kept_in_past", "end"),
        (-60, 0, "kept_in_past", "end"),
        (-90 * 366 * 24 * 60, -90 * 366 * 24 * 60 + 60, "early_day", "on"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(
    start: float, end: float, code: str, field: str
) -> None:
    assert refused(draft(start, end, kind=ReservationKind.PERSON))[:2] == (code, field)


def test_a_class_that_was_held_can_be_entered_afterwards() -> None:
    assert admitted(draft(-24 * 60, -24 * 60 + 90)).start == after(-24 * 60)
    assert refused(draft(-90 * 366 * 24 * 60, -90 * 366 * 24 * 60 + 60))[:2] == ("early_day", "on")


def test_a_class_that_has_begun_today_can_be_entered_while_it_goes_on() -> None:
    assert admitted(draft(-60, 1)).start == after(-60)
    assert admitted(draft(30, 30 + 24 * 60)).end == after(30 + 24 * 60), "a whole day"


def test_the_sentence_says_what_is_wrong_in_the_branchs_own_time() -> None:
    i18n.use("id")
    assert "10.11" in refused(draft(30, 20))[2]
    person = ReservationKind.PERSON
    assert "22 November 2026" in refused(draft(-24 * 60, -23 * 60, kind=person))[2]


def test_a_workstation_is_kept_once_at_a_time() -> None:
    other = kept(ONE, TWO, start=60, end=120, title="Menulis")
    code, field, sentence = refused(draft(30, 61, workstation_ids=("pc1", "pc2")), other)
    assert (code, field) == ("kept_already", "workstations")
    for part in ("PC 1", "10:41", "11:41", "Menulis"):
        assert part in sentence
    assert admitted(draft(30, 60), other), "one may end as the other begins"
    assert admitted(draft(120, 180), other)
    assert admitted(draft(30, 300, workstation_ids=("pc4",)), other)


def test_what_has_begun_can_be_mended_when_it_is_over() -> None:
    person = ReservationKind.PERSON
    over = kept(ONE, start=-24 * 60, end=-24 * 60 + 90)
    mended = admitted(draft(-24 * 60, -24 * 60 + 60, kind=person), before=over)
    assert mended.end - mended.start == timedelta(minutes=60)
    with pytest.raises(InputError, match="not after"):
        admitted(draft(-24 * 60, -24 * 60, kind=person), before=over)
    coming = kept(ONE, start=30, end=60)
    with pytest.raises(InputError, match="is over"):
        admitted(draft(-60, -30, kind=person), before=coming)


def test_a_reservation_tells_for_whom_it_is() -> None:
    assert kept(ONE, start=0, end=1).whom == "Email"
    assert kept(ONE, start=0, end=1, title=None, name="Budi").whom == "Budi"
    i18n.use("en")
    assert kept(ONE, start=0, end=1, title=None).whom == "a person"


def test_it_goes_on_from_its_start_until_before_its_end() -> None:
    given = kept(ONE, start=0, end=10)
    assert [given.goes_on(after(at)) for at in (-1, 0, 9.9, 10)] == [False, True, True, False]


def test_it_can_be_typed_again() -> None:
    given = kept(ONE, TWO, start=30, end=60)
    again = given.draft()
    assert (again.title, again.start, again.workstation_ids) == ("Email", after(30), ("pc1", "pc2"))
    assert admitted(again) == again


def test_what_a_class_had_stays_although_it_was_retired_since() -> None:
    gone = pc(4, condition=Condition.RETIRED)
    over = kept(gone, start=-24 * 60, end=-24 * 60 + 90)
    mended = draft(-24 * 60, -24 * 60 + 60, workstation_ids=(gone.id,))
    known = (ONE, gone)
    tidy = admit(mended, now=NOW, where=JAKARTA, known=known, others=(), before=over)
    assert tidy.workstation_ids == (gone.id,)
    with pytest.raises(InputError, match="not a computer for the public"):
        admit(mended, now=NOW, where=JAKARTA, known=known, others=())
