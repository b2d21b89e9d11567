"""Invented people who are known by name, grown up and from around Pangkalan Bun."""

from __future__ import annotations

import random
from datetime import timedelta

from perpudesk.core.codes import Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import ADULT, Patron, PatronDraft

_NAMES = {
    Sex.FEMALE: (
        "Aisyah Rahmawati",
        "Siti Aminah",
        "Endang Lestari",
        "Hartini",
        "Lina Marlina",
        "Maryam",
        "Nur Hidayah",
        "Sri Wahyuni",
        "Yuliana",
        "Dewi Sartika",
        "Rina Kusuma",
        "Fitriani",
        "Kartini",
        "Ratna Sari",
        "Indah Permata",
        "Sulastri",
    ),
    Sex.MALE: (
        "Budi Santoso",
        "Dedi Kurniawan",
        "Fajar",
        "Joko Prasetyo",
        "Agus Salim",
        "Rudi Hartono",
        "Muhammad Rizki",
        "Slamet",
        "Hendra Wijaya",
        "Bambang Susilo",
        "Ahmad Fauzi",
        "Supriyadi",
        "Wahyu Nugroho",
        "Teguh",
    ),
}


def make_patrons(desk: Desk, chance: random.Random, clock: FixedClock) -> list[Patron]:
    """Who registered one after another, long enough before to be grown up now."""
    born = desk.store.today().year - ADULT
    named = sorted((name, sex) for sex, names in _NAMES.items() for name in names)
    chance.shuffle(named)
    begins = clock.moment
    people = []
    with desk.store.writing():
        for at, (name, sex) in enumerate(named, start=1):
            clock.moment = begins - timedelta(days=(len(named) + 1 - at) * 19)
            birth_year = chance.randint(born - 50, born - 2)
            work = chance.choice(("teacher", "homemaker", "entrepreneur", "farmer"))
            draft = PatronDraft(
                name=name,
                member_number=f"KTW-{at:04}",
                sex=sex,
                birth_year=birth_year,
                occupation="student" if birth_year > born - 6 else work,
                village=chance.choice(("Raja", "Mendawai", "Baru", "Sidorejo")),
            )
            people.append(desk.patrons.add(draft))
    clock.moment = begins
    return people
