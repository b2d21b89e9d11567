"""Certificates as they are printed of a training."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from perpudesk.attendance.model import Schedule
from perpudesk.core import i18n
from perpudesk.trainings.certificates import certificates_document
from tests.attendance.papers import COURSE, HOUSE, NAMES, meeting, person, printed, sheet, words

GIVEN = date(2026, 11, 30)
PEOPLE = tuple(
    person(at, name, certificate_number=f"{at + 1:03}/SERT/XI/2026", certified_on=GIVEN)
    for at, name in enumerate(NAMES)
)
SHEET = sheet(
    PEOPLE,
    tuple(meeting(at) for at in range(4)),
    *((of, who, True) for of in range(3) for who in range(5)),
    (3, 0, True),
)


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("en")


@pytest.mark.parametrize("paper", ["a4", "f4"])
def test_each_has_a_sheet_with_name_number_hours_and_dates(paper: str) -> None:
    reader = printed(certificates_document(HOUSE, COURSE, SHEET, PEOPLE), paper=paper)
    texts = words(reader)
    assert len(texts) == len(PEOPLE)
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    for at, text in enumerate(texts):
        for part in (
            "SERTIFIKAT",
            f"Nomor: {at + 1:03}/SERT/XI/2026",
            "Email dan toko daring",
            "Perpusda Kotawaringin Barat di Aula, 9–30 November 2026",
            "Pangkalan Bun, 30 November 2026",
            "Rina Marlina",
            "Rusliansyah",
        ):
            assert part in text, part
    assert NAMES[0] in texts[0]
    assert NAMES[2] in texts[2]
    assert NAMES[3] in texts[3]
    assert "hadir pada 4 dari 4 pertemuan, seluruhnya 8 jam" in texts[0]
    assert "hadir pada 3 dari 4 pertemuan, seluruhnya 6 jam" in texts[1]


def told(**changes: object) -> str:
    house, activity = HOUSE, COURSE
    for name, value in changes.items():
        if hasattr(house, name) and name != "place":
            house = replace(house, **{name: value})  # type: ignore[arg-type]
        else:
            activity = replace(activity, **{name: value})  # type: ignore[arg-type]
    return certificates_document(house, activity, SHEET, PEOPLE[:1]).outline()


def test_who_held_it_and_who_signs() -> None:
    assert "oleh Dinas Provinsi di Aula" in told(by="Dinas Provinsi")
    assert told(signatories=()).count("sign:") == 1
    left, right = HOUSE.signatories
    for one in (left, right):
        alone = told(signatories=(one,))
        assert alone.count("sign:") == 1
        assert f"Pangkalan Bun, 30 November 2026 | {one.post} | **{one.name}**" in alone
    assert "watermark: PRAKTIK" in told(practice=True)


def test_meetings_in_many_places_are_where_the_training_is() -> None:
    moved = meeting(1, schedule=Schedule(day=date(2026, 11, 16), place="Balai Desa"))
    some = sheet(PEOPLE, (meeting(0), moved), (0, 0, True))
    bare = replace(COURSE, place=None, minutes=None)
    assert "di Aula" in certificates_document(HOUSE, COURSE, some, PEOPLE[:1]).outline()
    outline = certificates_document(HOUSE, bare, some, PEOPLE[:1]).outline()
    assert "oleh Perpusda Kotawaringin Barat, 9–16 November 2026" in outline


def test_before_a_number_is_given_its_place_is_dotted() -> None:
    draft = replace(PEOPLE[0], certificate_number=None, certified_on=None, name=None)
    outline = certificates_document(HOUSE, COURSE, SHEET, [draft]).outline()
    assert "Nomor: …" in outline
    assert "** …" in outline
    assert "Pangkalan Bun, …" in outline
    assert "seal" not in outline
