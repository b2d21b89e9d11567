"""Ids of records that will be merged."""

from __future__ import annotations

import hashlib
import uuid

from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.ids import digest_id, natural_id, new_id

BRANCH = "0199f3a2-0000-7000-8000-000000000001"


def test_new_ids_are_uuid7_unlike_each_other_and_in_the_order_of_time() -> None:
    made = [new_id() for _ in range(2_000)]
    assert len(set(made)) == len(made)
    assert all(uuid.UUID(each).version == 7 for each in made)
    assert all(uuid.UUID(each).variant == uuid.RFC_4122 for each in made)
    stamps = [uuid.UUID(each).int >> 80 for each in made]
    assert stamps == sorted(stamps)


def test_two_stations_make_the_same_natural_id() -> None:
    day = natural_id(BRANCH, "service_days", "2026-11-23")
    assert day == natural_id(BRANCH, "service_days", "2026-11-23")
    assert uuid.UUID(day).version == 5
    others = [
        natural_id(BRANCH, "holidays", "2026-11-23"),
        natural_id(BRANCH, "service_days", "2026-11-24"),
        natural_id(new_id(), "service_days", "2026-11-23"),
    ]
    assert day not in others


@given(row=st.binary())
def test_a_digest_is_kept_but_for_six_bits(row: bytes) -> None:
    digest = hashlib.sha256(row).digest()
    made = uuid.UUID(digest_id(digest))
    assert made.version == 8
    assert made.variant == uuid.RFC_4122
    mask = (1 << 128) - 1 & ~(0xF << 76) & ~(0b11 << 62)
    assert made.int & mask == int.from_bytes(digest[:16]) & mask
    assert str(made) == digest_id(digest)
