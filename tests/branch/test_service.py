"""Setting up, lists, people, days and holidays on a real file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from perpudesk.branch.holidays import shipped_holidays
from perpudesk.branch.model import USUAL_WEEK, ServiceDay, Signatory, SignatoryPlace
from perpudesk.core.codes import GROWING_LISTS, BranchKind, ClosedReason, DayState, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.i18n import speaking
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.visits.model import VisitDraft

TODAY = date(2026, 11, 23)
NATAL = date(2026, 12, 25)
PNG = b"\x89PNG\r\n\x1a\n not looked at here"


def test_a_folder_knows_no_branch_until_it_is_set_up(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        assert desk.branch.find() is None
        for field, given in (("name", {"zone": "WIB"}), ("zone", {"name": "Perpusda"})):
            with pytest.raises(InputError) as refused:
                desk.branch.set_up(**given)
            assert refused.value.field == field
            assert desk.branch.find() is None
        branch = desk.branch.set_up(name=" Perpusda ", zone="wita")
        assert (branch.name, branch.zone) == ("Perpusda", "Asia/Makassar")
        assert branch.kind is BranchKind.DISTRICT
        assert len(desk.branch.secret()) == 32
    with Desk(tmp_path / "data", clock=fixed_clock) as again:
        assert again.branch.find() == branch


def test_set_up_again_changes_only_what_is_named(desk: Desk) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    before = desk.branch.current()
    after = desk.branch.set_up(
        kind=BranchKind.VILLAGE,
        place=" Pangkalan Bun ",
        region_code="62.01",
        population_served=270_400,
        opening_hours=USUAL_WEEK,
        letterhead=("PEMERINTAH", " ", "DINAS "),
        age_set="full",
        ask_occupation=True,
        repeat_minutes=0,
    )
    assert (after.id, after.name, after.zone) == (before.id, before.name, before.zone)
    assert (after.kind, after.place, after.region_code) == ("village", "Pangkalan Bun", "62.01")
    assert (after.population_served, after.opening_hours) == (270_400, USUAL_WEEK)
    assert (after.letterhead, after.age_set) == (("PEMERINTAH", "DINAS"), "full")
    assert (after.ask_occupation, after.repeat_minutes) == (True, 0)
    assert told == [Topic.BRANCH]
    assert desk.branch.set_up() == after


@pytest.mark.parametrize(
    "field, value",
    [
        ("name", ""),
        ("name", "\u200b"),
        ("kind", "zzz"),
        ("age_set", "zzz"),
        ("letterhead", ["x"] * 9),
        ("name", "x" * 10_000),
        ("zone", "Asia/Atlantis"),
        ("address", "x" * 201),
        ("email", "a\x00b"),
        ("region_code", "Kobar"),
        ("population_served", 10**9),
        ("repeat_minutes", -1),
        ("letterhead", ("x" * 201,)),
    ],
)
def test_a_refused_field_changes_nothing(desk: Desk, field: str, value: object) -> None:
    before = desk.branch.current()
    with pytest.raises(InputError) as refused:
        desk.branch.set_up(place="Tempat", **{field: value})
    assert refused.value.field == field
    assert desk.branch.current() == before


def test_a_field_of_no_branch_is_our_own_mistake(desk: Desk) -> None:
    with pytest.raises(TypeError):
        desk.branch.set_up(crest=PNG)


def test_the_crest_is_kept_once_and_can_go(desk: Desk) -> None:
    assert desk.branch.crest() is None
    assert desk.branch.letterhead().crest is None
    assert desk.branch.set_crest(PNG).has_crest
    desk.branch.set_crest(None)
    desk.branch.set_crest(PNG)
    assert desk.branch.crest() == PNG
    assert desk.branch.letterhead().crest == PNG
    assert not desk.branch.set_crest(None).has_crest
    assert desk.branch.crest() is None


def test_the_kop_is_made_of_the_lines(desk: Desk) -> None:
    assert desk.branch.letterhead().office == "Perpustakaan Uji"
    desk.branch.set_up(letterhead=("PEMERINTAH KABUPATEN X", "DINAS Y", "Jalan Contoh 1"))
    kop = desk.branch.letterhead()
    assert (kop.government, kop.office) == (("PEMERINTAH KABUPATEN X",), "DINAS Y")
    assert kop.address == ("Jalan Contoh 1",)


def test_staff_come_are_mended_and_go(desk: Desk) -> None:
    rina = desk.branch.add_staff(" Rina ")
    adi = desk.branch.add_staff("Adi")
    assert [who.name for who in desk.branch.staff()] == ["Adi", "Rina"]
    desk.branch.rename_staff(adi.id, "Adi Putra")
    desk.branch.at_desk(rina.id)
    assert desk.branch.who_is_at_desk() == rina
    desk.branch.remove_staff(adi.id)
    assert desk.branch.who_is_at_desk() == rina
    desk.branch.remove_staff(rina.id)
    assert desk.branch.who_is_at_desk() is None
    assert desk.branch.staff() == []
    desk.branch.bring_back_staff(adi.id)
    assert [who.name for who in desk.branch.staff()] == ["Adi Putra"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\nb"])
def test_staff_need_a_name_that_can_be_read(desk: Desk, name: str) -> None:
    rina = desk.branch.add_staff("Rina")
    for work in (desk.branch.add_staff, lambda text: desk.branch.rename_staff(rina.id, text)):
        with pytest.raises(InputError) as refused:
            work(name)
        assert refused.value.field == "staff"
    assert desk.branch.staff() == [rina]


def test_nobody_can_be_renamed_who_is_not_there(desk: Desk) -> None:
    with pytest.raises(RuleError):
        desk.branch.rename_staff("nobody", "Rina")


def test_who_is_at_the_desk_is_remembered_and_stands_on_records(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpusda", zone="WIB")
        rina = desk.branch.add_staff("Rina")
        desk.branch.at_desk(rina.id)
    with Desk(tmp_path / "data", clock=fixed_clock) as again:
        assert again.branch.who_is_at_desk() == rina
        again.visits.record(VisitDraft(profile=Profile(sex=Sex.MALE)))
        with again.store.reading() as db:
            assert [row["created_by"] for row in db.query("SELECT * FROM visits")] == [rina.id]


def test_a_signatory_is_one_for_each_place(desk: Desk) -> None:
    left = Signatory(place=SignatoryPlace.LEFT, name=" Drs. H. Contoh ", post="Kepala", nip=" 1 ")
    desk.branch.set_signatory(Signatory(place=SignatoryPlace.RIGHT, name="Rina", post=""))
    desk.branch.set_signatory(left)
    desk.branch.set_signatory(left)
    first, second = desk.branch.signatories()
    assert (first.place, first.name, first.nip) == ("left", "Drs. H. Contoh", "1")
    assert (second.place, second.name, second.rank) == ("right", "Rina", None)
    with pytest.raises(InputError) as refused:
        desk.branch.set_signatory(Signatory(place=SignatoryPlace.LEFT, name="A", post="x" * 121))
    assert refused.value.field == "post"
    assert desk.branch.signatories() == [first, second]


def test_a_day_is_set_mended_and_left_to_the_rule_again(desk: Desk) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    shut = ServiceDay(
        date=TODAY, state=DayState.CLOSED, reason=ClosedReason.POWER, note=" gardu ", minutes_open=0
    )
    desk.branch.set_day(shut)
    kept = desk.branch.service_days(TODAY, TODAY)[TODAY]
    assert (kept.state, kept.reason, kept.note) == ("closed", "power", "gardu")
    assert kept.minutes_open == 0
    desk.branch.set_day(ServiceDay(date=TODAY, state=DayState.ESTIMATED))
    assert desk.branch.service_days(TODAY, TODAY)[TODAY].reason is None
    for _ in range(2):  # a second time there is nothing to forget
        desk.branch.set_day(ServiceDay(date=TODAY, state=DayState.NOT_SET))
        assert desk.branch.service_days(TODAY, TODAY) == {}
    desk.branch.set_day(shut)
    assert desk.branch.service_days(date(2026, 1, 1), date(2026, 12, 31)).keys() == {TODAY}
    assert set(told) == {Topic.DAYS}


def test_a_note_stays_with_its_day_whatever_the_day_becomes(desk: Desk) -> None:
    with pytest.raises(RuleError) as refused:
        desk.branch.set_note(TODAY, "gardu")
    assert refused.value.code == "note_without_state"
    desk.branch.set_state(TODAY, DayState.CLOSED, ClosedReason.POWER)
    desk.branch.set_note(TODAY, "gardu")
    desk.branch.set_state(TODAY, DayState.ESTIMATED)
    (day,) = desk.branch.service_days(TODAY, TODAY).values()
    assert (day.state, day.reason, day.note) == (DayState.ESTIMATED, None, "gardu")


def test_leaving_a_day_to_the_rule_twice_is_one_entry(desk: Desk) -> None:
    desk.branch.set_day(ServiceDay(date=TODAY, state=DayState.ESTIMATED))
    desk.branch.set_day(ServiceDay(date=TODAY, state=DayState.NOT_SET))
    desk.branch.set_day(ServiceDay(date=TODAY, state=DayState.NOT_SET))
    desk.undo()
    assert desk.branch.service_days(TODAY, TODAY)[TODAY].state is DayState.ESTIMATED


@pytest.mark.parametrize(
    "day, code",
    [
        (ServiceDay(date=date(2026, 11, 24), state=DayState.CLOSED), "future_day"),
        (ServiceDay(date=date(1900, 1, 1), state=DayState.CLOSED), "early_day"),
        (
            ServiceDay(date=TODAY, state=DayState.ESTIMATED, reason=ClosedReason.POWER),
            "reason_without_closed",
        ),
        (ServiceDay(date=TODAY, state=DayState.CLOSED, note="x" * 501), "text_too_long"),
    ],
)
def test_impossible_days_are_refused(desk: Desk, day: ServiceDay, code: str) -> None:
    with pytest.raises(InputError) as refused:
        desk.branch.set_day(day)
    assert refused.value.code == code
    assert desk.branch.service_days(date(1900, 1, 1), date(2100, 1, 1)) == {}


@pytest.mark.parametrize("day", [date(900, 1, 1), date(3000, 1, 1)])
def test_a_holiday_of_no_year_of_ours_is_refused(desk: Desk, day: date) -> None:
    for name in ("Libur", None):
        with pytest.raises(InputError) as refused:
            desk.branch.set_holiday(day, name)
        assert refused.value.field == "date"


def test_a_day_is_open_for_no_more_minutes_than_it_has(desk: Desk) -> None:
    day = ServiceDay(date=desk.store.today(), state=DayState.OPEN_COUNTED, minutes_open=5_000)
    with pytest.raises(InputError) as refused:
        desk.branch.set_day(day)
    assert refused.value.field == "minutes_open"


def test_the_shipped_holidays_are_a_list_to_be_mended(desk: Desk) -> None:
    assert desk.branch.holidays()[NATAL] == shipped_holidays()[NATAL]
    own = date(2026, 10, 3)
    desk.branch.set_holiday(NATAL, None)
    desk.branch.add_holiday(own, " Hari jadi ")
    kept = desk.branch.holidays()
    assert NATAL not in kept
    assert kept[own] == "Hari jadi"
    listed = {each.date: each for each in desk.branch.holiday_list(2026)}
    assert list(listed) == sorted(listed)
    assert (listed[NATAL].kept, listed[NATAL].shipped) == (False, True)
    assert (listed[own].kept, listed[own].shipped, listed[own].name) == (True, False, "Hari jadi")
    assert all(day.year == 2026 for day in listed)
    desk.branch.set_holiday(NATAL, listed[NATAL].name)
    assert desk.branch.holidays()[NATAL] == shipped_holidays()[NATAL]
    desk.branch.set_holiday(own, None)
    assert own not in {each.date for each in desk.branch.holiday_list(2026)}


def test_a_shipped_holiday_can_have_another_name(desk: Desk) -> None:
    desk.branch.set_holiday(NATAL, "Natal dan cuti bersama")
    found = next(each for each in desk.branch.holiday_list(2026) if each.date == NATAL)
    assert (found.name, found.kept, found.shipped) == ("Natal dan cuti bersama", True, True)


def test_a_holiday_needs_a_day_and_a_name(desk: Desk) -> None:
    for day, name, field in ((None, "Libur", "date"), (TODAY, " ", "holiday")):
        with pytest.raises(InputError) as refused:
            desk.branch.add_holiday(day, name)
        assert refused.value.field == field
    assert TODAY not in desk.branch.holidays()


@pytest.mark.parametrize("list_name", sorted(GROWING_LISTS))
def test_a_list_offers_the_standard_entries(desk: Desk, list_name: str) -> None:
    with speaking("en"):
        entries = desk.branch.entries(list_name)
    standard = GROWING_LISTS[list_name]
    assert {each.slug: each.label for each in entries} == standard
    assert entries[-1].slug == "unknown"
    assert not any(each.own or each.retired for each in entries)


def test_an_entry_of_ones_own_counts_under_a_standard_one(desk: Desk) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    entry = desk.branch.add_entry("purposes", " Baca koran ", standard="reading")
    assert (entry.slug, entry.label, entry.standard) == ("baca_koran", "Baca koran", "reading")
    offered = desk.branch.entries("purposes")
    assert [each.slug for each in offered[-3:]] == ["baca_koran", "other", "unknown"]
    assert entry in offered
    assert told == [Topic.BRANCH]
    visit = desk.visits.record(VisitDraft(purpose=entry.slug))
    assert visit.purpose == "baca_koran"
    patron = desk.patrons.add(
        PatronDraft(
            name="Siti",
            occupation=desk.branch.add_entry("occupations", "Tukang", standard="labourer").slug,
        )
    )
    assert patron.occupation == "tukang"


def test_an_entry_is_retired_comes_back_and_is_never_doubled(desk: Desk) -> None:
    entry = desk.branch.add_entry("purposes", "Baca koran", standard="reading")
    with pytest.raises(InputError) as refused:
        desk.branch.add_entry("purposes", "BACA KORAN", standard="other")
    assert (refused.value.code, refused.value.field) == ("entry_exists", "entry")
    desk.branch.retire_entry("purposes", entry.slug)
    assert entry not in desk.branch.entries("purposes")
    kept = [each for each in desk.branch.entries("purposes", retired=True) if each.retired]
    assert [each.slug for each in kept] == [entry.slug]
    assert desk.branch.add_entry("purposes", "baca koran", standard="other") == entry
    assert entry in desk.branch.entries("purposes")
    other = desk.branch.add_entry("purposes", "Baca-koran", standard="reading")
    assert other.slug == "baca_koran_2"


def test_what_stands_for_not_recorded_stays(desk: Desk) -> None:
    with pytest.raises(RuleError) as refused:
        desk.branch.retire_entry("occupations", "unknown")
    assert refused.value.code == "entry_needed"
    desk.branch.retire_entry("occupations", "herder")
    assert "herder" not in {each.slug for each in desk.branch.entries("occupations")}


@pytest.mark.parametrize("label", ["", " ", "x" * 61, "a\tb"])
def test_an_entry_needs_a_name_that_fits(desk: Desk, label: str) -> None:
    with pytest.raises(InputError) as refused:
        desk.branch.add_entry("educations", label, standard="sma")
    assert refused.value.field == "entry"
    assert len(desk.branch.entries("educations")) == len(GROWING_LISTS["educations"])


def test_the_day_is_the_branchs_own(desk: Desk, fixed_clock: FixedClock) -> None:
    fixed_clock.advance(hours=15)
    assert desk.branch.today() == date(2026, 11, 24)
