from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from perpudesk.core.codes import Method
from perpudesk.core.i18n import speaking
from perpudesk.reports.model import VISITS_PER_OPEN_DAY, Figures
from perpudesk.reports.workbook import figures_workbook
from tests.reports.makes import figures, when, who

LABELS = {"purpose": {"=1+1": "=cmd|' /C calc'!A0", "reading": "Reading"}, "occupation": {}}


def book(*many: Figures) -> Workbook:
    with speaking("en"):
        data = figures_workbook(many, {**LABELS, "education": {}})
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture
def october() -> Figures:
    people = [who(3, sex="female", purpose="reading"), who(2, purpose="=1+1")]
    return figures([when("2026-10-05", 5)], people)


def test_the_first_sheet_has_the_totals_as_real_numbers(october: Figures) -> None:
    sheet = book(october).worksheets[0]
    assert (sheet.title, sheet.freeze_panes) == ("Figures", "A2")
    rows = {row[3]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["visits"][:6] == ("October 2026", "2026-10", "Visits", "visits", "visits", 5)
    assert rows["completeness_sex"][5:8] == (0.6, 3, 5)
    assert rows["online_users"][5] is None  # not counted is empty, not 0


def test_each_dimension_has_a_sheet_with_a_header_that_stays(october: Figures) -> None:
    found = book(october)
    assert found.sheetnames[1:3] == ["Sex", "Age"]
    assert all(sheet.freeze_panes == "A2" for sheet in found.worksheets)
    sexes = {row[5]: row[6] for row in found["Sex"].iter_rows(min_row=2, values_only=True)}
    assert sexes == {"female": 3, "male": 0, "unknown": 2}
    days = {row[5]: row[4] for row in found["Date"].iter_rows(min_row=2, values_only=True)}
    assert days == {"2026-10-05": datetime(2026, 10, 5), "unknown": "Not recorded"}  # noqa: DTZ001 - a day


def test_no_two_columns_are_called_alike(october: Figures) -> None:
    for sheet in book(october).worksheets:
        titles = [cell.value for cell in sheet[1]]
        assert len(set(titles)) == len(titles)


def test_numbers_read_back_to_the_last_digit() -> None:
    whens = [when(f"2026-10-{day:02}", 56 + (day < 8)) for day in range(1, 13)]
    found = figures(whens)
    rows = {row[3]: row for row in book(found).worksheets[0].iter_rows(values_only=True)}
    assert rows["visits_per_open_day"][5] == found.get(VISITS_PER_OPEN_DAY).value == 679 / 12


def test_every_unit_has_a_name_in_both_languages() -> None:
    for lang, said in (("en", "visits per day"), ("id", "kunjungan per hari")):
        with speaking(lang):
            data = figures_workbook([figures()], {})
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        units = [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert said in units
        assert not [unit for unit in units if "_" in str(unit)]


def test_no_entry_is_a_formula(october: Figures) -> None:
    cells = [cell for row in book(october)["Purpose"].iter_rows(min_row=2) for cell in row]
    named = [cell for cell in cells if str(cell.value).startswith("=")]
    assert len(named) == 2
    assert {cell.data_type for cell in named} == {"s"}


def test_the_same_figures_are_the_same_bytes(october: Figures) -> None:
    one, two = (figures_workbook([october], {**LABELS, "education": {}}) for _ in range(2))
    assert one == two


def test_periods_stand_below_one_another_and_empty_ones_have_no_parts(october: Figures) -> None:
    nothing = figures()
    found = book(october, nothing)
    assert found.worksheets[0].max_row == 2 * len(october.figures) + 1
    assert book(nothing).sheetnames == ["Figures"]


def test_estimates_say_so() -> None:
    guessed = figures([when("2026-10-05", 5, method=Method.ESTIMATED)])
    rows = book(guessed).worksheets[0].iter_rows(min_row=2, values_only=True)
    assert next(rows)[8] == "Estimated"
