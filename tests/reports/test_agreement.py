"""Screen, JSON, CSV, XLSX and PDF say the same, and longer periods are what their months say."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from perpudesk.attendance.model import Headcount, MeetingDraft, Schedule
from perpudesk.branch.model import USUAL_WEEK, DayInfo
from perpudesk.communities.model import CommunityDraft, DecisionDraft, GatheringDraft
from perpudesk.computers.model import SessionDraft
from perpudesk.core.codes import (
    UNKNOWN,
    AdvocacyKind,
    Audience,
    Channel,
    Domain,
    EquipmentKind,
    Funding,
    MeetingRole,
    Method,
    Paper,
    Sex,
)
from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk
from perpudesk.paper.pdf import render
from perpudesk.patrons.model import Patron, PatronDraft, Profile
from perpudesk.program.inventory import EquipmentDraft
from perpudesk.program.model import AdvocacyAction, MediaItem, Partner, Story
from perpudesk.reports.counting import WhenRow, figures_of
from perpudesk.reports.model import (
    ACTED,
    INDICATORS,
    LENT,
    VISITS,
    Figure,
    change,
    mismatches,
    ratio,
    shown,
)
from perpudesk.reports.page.tables import ComparisonTable
from perpudesk.reports.periodic.tables import ROWS
from perpudesk.trainings.model import CourseDraft, Series
from perpudesk.ui import theme
from perpudesk.visits.model import Part, VisitDraft
from tests.reports.makes import BRANCH, days, records, when, who

PRINTED = ("visits", "computer_sessions", "computer_minutes")
PERIODS = ("2026-10", "2026-Q3", "2026")


@pytest.fixture
def library(desk: Desk) -> Desk:
    """A year with visits of all kinds, guesses, named people, and online users of some months."""
    chance = random.Random(7)
    people = [
        desk.patrons.add(PatronDraft(name=name, sex=Sex.FEMALE, birth_year=1990))
        for name in ("Siti", "Aminah", "Dewi")
    ]
    day = date(2026, 1, 5)
    while day < date(2026, 11, 20):
        for _ in range(chance.randrange(1, 4)):
            desk.visits.record(
                VisitDraft(
                    on=day,
                    at=time(8 + chance.randrange(6), 5),
                    count=chance.randrange(1, 400),
                    method=chance.choice((Method.COUNTED, Method.COUNTED, Method.ESTIMATED)),
                    profile=Profile(
                        sex=chance.choice(list(Sex)), age_years=chance.choice((None, 9, 20, 61))
                    ),
                    purpose=chance.choice(("reading", "loan", UNKNOWN)),
                )
            )
        desk.visits.record(VisitDraft(on=day, at=time(9, 0), patron_id=chance.choice(people).id))
        day += timedelta(days=chance.randrange(4, 11))
    for month in (2, 8, 10):
        desk.totals.type_total("online_users", Period.of(2026, month), 100 * month)
    lend(desk, chance)
    act(desk, chance, people)
    return desk


def lend(desk: Desk, chance: random.Random) -> None:
    """Three computers and their use: counted, guessed, forgotten, and totals of days."""
    clock = desk.store.clock
    now, desk.store.clock = clock.now(), FixedClock(datetime(2026, 1, 2, 2, 0, tzinfo=UTC))
    pcs = [each.id for each in desk.workstations.add_many(3)]
    desk.store.clock = FixedClock(now)
    drafts = []
    for day in range(0, 320, 3):
        start = datetime(2026, 1, 5, 1, 30, tzinfo=UTC) + timedelta(days=day)
        if start.weekday() < 5:
            drafts += [
                SessionDraft(
                    workstation_id=pc,
                    start=start,
                    end=start + timedelta(minutes=chance.choice((5, 61, 200, 900))),
                    method=chance.choice(list(Method)),
                    profile=Profile(sex=chance.choice(list(Sex))),
                    purpose=chance.choice(("study", "health", UNKNOWN)),
                )
                for pc in chance.sample(pcs, 2)
            ]
    drafts.append(SessionDraft(device=True, start=drafts[0].start, end=drafts[0].end))
    desk.session_mending.record_many(drafts)
    desk.session_mending.enter_total(date(2026, 10, 8), {Sex.FEMALE: 4, Sex.UNKNOWN: 2})


def act(desk: Desk, chance: random.Random, people: list[Patron]) -> None:
    """Courses, meetings of a community, and the program's records, in each month."""
    club = desk.communities.add(CommunityDraft(name="Klub TI", field="it"))
    staff = desk.branch.add_staff("Rina")
    for month in range(1, 11):
        day = date(2026, month, 6)
        course = desk.trainings.add(
            CourseDraft(
                title=f"Kursus {month}",
                topic=chance.choice(("business", "health", UNKNOWN)),
                audience=Audience.STAFF if month == 5 else Audience.COMMUNITY,
            )
        ).id
        for each in people:
            desk.trainings.enrol(course, patron_id=each.id)
        desk.trainings.enrol(course, profile=Profile(sex=Sex.MALE, age_band="17-25"))
        desk.trainings.enrol(course, staff_id=staff.id)
        series = Series(first=day, weekdays=frozenset({1}), count=2)
        first, second = desk.trainings.plan_series(course, series, start=time(9), minutes=95)
        desk.attendance.mark_all(first, present=True)
        guessed = Headcount(
            count=chance.randrange(5, 40),
            parts=(Part(sex=Sex.FEMALE, age_band="26-45", count=4),),
            method=chance.choice(list(Method)),
        )
        desk.attendance.set_headcount(second, guessed)
        if month % 3 == 0:
            desk.attendance.set_count_visits(first, on=True)
        met = desk.gatherings.plan(
            GatheringDraft(
                meeting=MeetingDraft(schedule=Schedule(day=day, start=time(13)), title="Temu"),
                community_id=club.id,
                role=chance.choice(list(MeetingRole)),
                domain=chance.choice((None, *Domain)),
            )
        )
        desk.attendance.set_headcount(met.id, Headcount(count=month))
        due = DecisionDraft(text="Beli rak", due_on=date(2026, month, 20))
        desk.decisions.tick(desk.decisions.add(met.id, due).id, done=chance.random() < 0.5)
        program = desk.program
        kind = chance.choice(list(AdvocacyKind))
        program.actions.add(AdvocacyAction(day=day, kind=kind, institution="Desa"))
        program.media.add(
            MediaItem(day=day, channel=chance.choice(list(Channel)), title=f"Berita {month}")
        )
        program.stories.add(
            Story(
                day=day,
                title=f"Cerita {month}",
                before="a",
                helped="b",
                after="c",
                consent_on=day,
                verified_on=day,
            )
        )
    desk.program.partners.add(Partner(name="Telkom", from_on=date(2026, 1, 1)))
    for year, amount in ((2024, 80), (2025, 100), (2026, 150)):
        desk.program.budgets.put(year, Funding.APBD, amount * 1_000_000)
    desk.equipment.add(EquipmentDraft(name="Printer", kind=EquipmentKind.PRINTER))


@pytest.mark.parametrize("code", PERIODS)
def test_five_ways_of_reading_agree_to_the_digit(
    library: Desk, qapp: QApplication, tmp_path: Path, code: str
) -> None:
    theme.apply(qapp)
    period = Period.parse(code)
    figures = library.reports.figures(period)
    from_json = json.loads(json.dumps(library.reports.as_json(figures)))["figures"]
    values = {each["indicator"]: each["value"] for each in from_json}
    parts = {
        (each["indicator"], dimension, key): count
        for each in from_json
        for dimension, counts in each.get("by", {}).items()
        for key, count in counts.items()
    }
    library.reports.write_csv([figures], tmp_path / "figures.csv")
    assert dict(_csv(tmp_path / "figures.csv", parts=False)) == values
    assert dict(_csv(tmp_path / "figures.csv", parts=True)) == parts
    library.reports.write_xlsx([figures], tmp_path / "figures.xlsx")
    totals, breakdowns = _xlsx(tmp_path / "figures.xlsx")
    assert breakdowns == parts
    for each, value in values.items():  # Excel keeps fifteen digits of a ratio
        assert totals[each] == (value if value is None else pytest.approx(value, rel=1e-15))
    told = dict(_screen(library, period))
    printed = _pdf(library, period)
    for indicator in INDICATORS.values():
        text = shown(indicator, values[indicator.code])
        assert told[indicator.code].rstrip("*‡") == text
        if indicator in (*ROWS, *LENT, *ACTED):
            assert text in printed
    for (code_, dimension, _), count in parts.items():
        if code_ in PRINTED and dimension in ("sex", "workstation"):
            assert f"{count:,}".replace(",", ".") in printed


def _csv(path: Path, *, parts: bool) -> Iterator[tuple[object, float | None]]:
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            value = float(row["value"]) if row["value"] else None
            key = (row["indicator"], row["dimension"], row["key"])
            if not row["dimension"] and not parts:
                yield row["indicator"], value
            elif row["dimension"] not in ("", "ratio") and parts:
                yield key, value


def _xlsx(path: Path) -> tuple[dict[str, float | None], dict[tuple[str, str, str], int]]:
    names = {
        "Jenis kelamin": "sex",
        "Usia": "age",
        "Tujuan": "purpose",
        "Jenis pengunjung": "type",
        "Pekerjaan": "occupation",
        "Pendidikan": "education",
        "Hari": "weekday",
        "Jam": "hour",
        "Tanggal": "day",
        "Hari dan jam": "weekday_hour",
        "Komputer": "workstation",
        "Cara berakhir": "end",
        "Asal menit": "duration",
        "Topik": "topic",
        "Strategi": "strategy",
        "Jenis pertemuan": "meeting_kind",
        "Peran perpustakaan": "role",
        "Bidang dampak": "domain",
        "Bidang komunitas": "community_field",
        "Jenis advokasi": "advocacy_kind",
        "Jenis mitra": "partner_kind",
        "Saluran": "channel",
        "Sumber dana": "funding",
    }
    first, *others = openpyxl.load_workbook(path).worksheets
    totals = {row[3]: row[5] for row in first.iter_rows(min_row=2, values_only=True)}
    parts = {
        (row[3], names[sheet.title], row[5]): row[6]
        for sheet in others
        for row in sheet.iter_rows(min_row=2, values_only=True)
    }
    return totals, parts


def _screen(desk: Desk, period: Period) -> Iterator[tuple[str, str]]:
    rows = ComparisonTable(desk.papers.comparison(period, period.before())).table.rows
    for place, code in enumerate(INDICATORS):  # every one of them, since there is all of it
        yield code, rows.index(place, 1).data()


def _pdf(desk: Desk, period: Period) -> str:
    stream = io.BytesIO()
    render(desk.reports.report(period), stream, paper=Paper.A4)
    return " ".join(page.extract_text() for page in pypdf.PdfReader(stream).pages)


SESSION = st.tuples(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from([0, 1, 45, 700, 730])
)
VISIT = st.tuples(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(1, 50),
    st.booleans(),
    st.integers(0, 2),
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(visits=st.lists(VISIT, max_size=14), sessions=st.lists(SESSION, max_size=8))
def test_a_year_is_the_sum_of_its_months_where_they_add_up_and_computed_where_not(
    visits: list[tuple[date, int, bool, int]],
    sessions: list[tuple[date, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clock = FixedClock(datetime(2027, 1, 4, 2, 0, tzinfo=UTC))
    with Desk(tmp_path_factory.mktemp("year"), clock=clock) as desk:
        desk.branch.set_up(
            name="Perpusda Contoh", zone="WIB", place="Pangkalan Bun", opening_hours=USUAL_WEEK
        )
        desk.session_mending.record_many([_session(day, minutes) for day, minutes in sessions])
        people = [desk.patrons.add(PatronDraft(name=f"Orang {at}")).id for at in range(2)]
        for day, count, guessed, who_ in visits:
            method = Method.ESTIMATED if guessed else Method.COUNTED
            known = people[who_] if who_ < len(people) else None
            desk.visits.record(
                VisitDraft(on=day, count=1 if known else count, method=method, patron_id=known)
            )
        year = desk.reports.figures(Period.parse("2026"))
        months = [desk.reports.figures(month) for month in Period.parse("2026").months()]
        for code, indicator in INDICATORS.items():
            values = [month.value(indicator) for month in months]
            counted = [value for value in values if value is not None]
            whole = year.get(indicator)
            if code == "computer_minutes" and whole.value is None:
                assert not sum(counted), code  # nobody knows the minutes of any session
            elif indicator.additive:
                assert whole.value == (sum(counted) if counted else None), code
            elif indicator.ratio:
                nums = sum(month.get(indicator).num or 0 for month in months)
                dens = sum(month.get(indicator).den or 0 for month in months)
                assert whole.value == ratio(nums, dens), code
            elif indicator.stock:
                assert whole.value == values[-1], code
            elif code == "unique_patrons":
                named = {who_ for _, _, _, who_ in visits if who_ < len(people)}
                assert whole.value == (len(named) or None), code
            else:
                assert whole.value is None, code


def _session(day: date, minutes: int) -> SessionDraft:
    start = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)
    return SessionDraft(start=start, end=start + timedelta(minutes=minutes))


# ---------------------------------------------------------------- what libraries published


def test_the_four_quarters_of_tuban_are_its_year() -> None:
    """2019: 52,987 + 45,705 + 43,968 + 36,662 = 179,322 visits."""
    quarters = (52_987, 45_705, 43_968, 36_662)
    rows = [when(f"2019-{3 * at + 1:02}-07", count, hour=None) for at, count in enumerate(quarters)]
    year = figures_of(BRANCH, Period.parse("2019"), _open(rows), records(rows))
    assert year.value(VISITS) == 179_322
    for place, count in enumerate(quarters):
        quarter = Period.of(2019, 3 * place + 1, 3)
        mine = [row for row in rows if quarter.first <= row.day <= quarter.last]
        found = figures_of(BRANCH, quarter, _open(mine), records(mine))
        assert found.value(VISITS) == count


def _open(rows: list[WhenRow]) -> list[DayInfo]:
    return [
        day
        for row in rows
        for day in days(visits={row.day.day: row.count}, month=Period.month_of(row.day))
    ]


def test_the_misprint_of_kalimantan_barat_is_caught() -> None:
    """Men 1,206 + 1,261 + 150 and women 2,660 + 3,530 + 200 are not 8,980: 3,530 was 3,503."""
    men, women = 1_206 + 1_261 + 150, 2_660 + 3_530 + 200
    printed = Figure(
        indicator="visits",
        unit="visits",
        value=8_980,
        basis=figures_of(BRANCH, Period.parse("2023-Q1"), (), records()).get(VISITS).basis,
        by={"sex": {"male": men, "female": women, UNKNOWN: 0}},
    )
    (wrong,) = mismatches(printed)
    assert (wrong.parts, wrong.value) == (9_007, 8_980)
    mended = {"male": men, "female": women - 3_530 + 3_503, UNKNOWN: 0}
    assert sum(mended.values()) == 8_980


def test_our_own_parts_always_add_up() -> None:
    rows = [when("2026-10-05", 9), when("2026-10-06", 4, None)]
    found = figures_of(
        BRANCH, Period.parse("2026-10"), _open(rows), records(rows, [who(9, sex="female"), who(4)])
    )
    assert mismatches(found.get(VISITS)) == ()


def test_purbalingga_lost_visits() -> None:
    assert round((change(25_217, 27_534) or 0) * 100, 1) == -8.4
