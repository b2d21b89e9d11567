"""Invented records of the program: what it gave, who helps, what was paid, said and told."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from perpudesk.core.codes import (
    AdvocacyKind,
    Channel,
    Condition,
    Domain,
    EquipmentKind,
    Funding,
    PartnerKind,
)
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron
from perpudesk.program.inventory import EquipmentDraft, ItemState
from perpudesk.program.model import AdvocacyAction, MediaItem, Partner, Story

_MILLION = 1_000_000
_EQUIPMENT = (
    ("Laptop fasilitator", EquipmentKind.LAPTOP, "Perpustakaan Nasional", 9_500_000),
    ("Proyektor aula", EquipmentKind.PROJECTOR, "Perpustakaan Nasional", 7_200_000),
    ("Pencetak warna", EquipmentKind.PRINTER, "APBD", 3_100_000),
    ("Modem dan antena", EquipmentKind.MODEM, "Desa Sukamaju", 1_250_000),
    ("UPS ruang komputer", EquipmentKind.UPS, "APBD", 1_800_000),
)
_BUDGETS = (
    (Funding.APBD, (118, 141, 156, 189)),
    (Funding.APBN, (0, 0, 35, 35)),
    (Funding.VILLAGE, (12, 15, 18, 21)),
)
_ACTIONS = (
    (8, AdvocacyKind.AUDIENCE, "Bupati Kotawaringin Barat", "Laporan hasil pelatihan"),
    (30, AdvocacyKind.PROPOSAL, "Bappeda", "Usulan tiga komputer dan internet"),
    (75, AdvocacyKind.BUDGET, "DPRD Komisi A", "Anggaran tahun depan"),
)
_MEDIA = (
    (5, Channel.INSTAGRAM, "Pelatihan email untuk UMKM dibuka"),
    (21, Channel.RADIO, "Siaran: perpustakaan yang melatih"),
    (48, Channel.NEWSPAPER, "Dari ruang baca ke toko daring"),
)


def make_program(
    desk: Desk, chance: random.Random, people: list[Patron], clock: FixedClock, until: date
) -> None:
    """What the program keeps, up to `until`."""
    clock.moment = datetime.combine(until, time(8), UTC)
    with desk.store.writing():
        _make_equipment(desk, until)
        _make_partners(desk, until)
        for funding, amounts in _BUDGETS:
            for back, amount in enumerate(reversed(amounts)):
                if amount:
                    desk.program.budgets.put(until.year - back, funding, amount * _MILLION)
        for days, kind, institution, purpose in _ACTIONS:
            day = until - timedelta(days=days)
            desk.program.actions.add(
                AdvocacyAction(day=day, kind=kind, institution=institution, purpose=purpose)
            )
        for days, channel, title in _MEDIA:
            desk.program.media.add(
                MediaItem(day=until - timedelta(days=days), channel=channel, title=title)
            )
        _make_stories(desk, chance, people, until)


def _make_equipment(desk: Desk, until: date) -> None:
    given = f"{until.year - 2}-03"
    for at, (name, kind, source, price) in enumerate(_EQUIPMENT, start=1):
        item = desk.equipment.add(
            EquipmentDraft(
                name=name,
                kind=kind,
                code=f"INV/{at:03}",
                source=source,
                program="TPBIS" if "Nasional" in source else None,
                price=price,
                received=given,
                place="Ruang komputer",
            )
        )
        if kind is EquipmentKind.PRINTER:
            worn = ItemState(
                since=until - timedelta(days=40),
                condition=Condition.MINOR_DAMAGE,
                note="Tinta merah tersumbat",
            )
            desk.equipment.set_condition(item.id, worn)


def _make_partners(desk: Desk, until: date) -> None:
    begun = until - timedelta(days=300)
    for name, kind, number, ends, support in (
        ("Telkom Pangkalan Bun", PartnerKind.COMPANY, "041/PKS", 24, "Internet 50 Mbps"),
        ("Desa Sukamaju", PartnerKind.VILLAGE, "12/MoU", 430, "Transport peserta pelatihan"),
        ("SMKN 1 Pangkalan Bun", PartnerKind.SCHOOL, None, None, "Siswa sebagai pelatih"),
    ):
        desk.program.partners.add(
            Partner(
                name=name,
                kind=kind,
                mou_number=number,
                from_on=begun,
                until_on=None if ends is None else until + timedelta(days=ends),
                support=support,
            )
        )


def _make_stories(desk: Desk, chance: random.Random, people: list[Patron], until: date) -> None:
    """A draft, one with consent, and one that was verified."""
    told = chance.choice(people)
    shop = desk.program.stories.add(
        Story(
            day=until - timedelta(days=20),
            title="Keripik singkong sampai ke Surabaya",
            person_id=told.id,
            pseudonym="Ibu S.",
            domain=Domain.ECONOMY,
            before="Menjual keripik di depan rumah, sepuluh bungkus sehari.",
            helped="Ikut pelatihan email dan toko daring, lalu berlatih di komputer perpustakaan.",
            after="Menerima pesanan dari tiga kota dan mempekerjakan dua tetangga.",
            evidence="Foto toko daring, wawancara 12 menit",
            consent_on=until - timedelta(days=15),
        )
    )
    desk.program.stories.verify(shop.id)
    desk.program.stories.add(
        Story(
            day=until - timedelta(days=12),
            title="Beasiswa dari ruang baca",
            pseudonym="R., 18 tahun",
            domain=Domain.EDUCATION,
            before="Tidak tahu ada beasiswa.",
            helped="Petugas menunjukkan laman dan membantu mengisi formulir.",
            after="Kuliah di Palangka Raya sejak Agustus.",
            consent_on=until - timedelta(days=9),
        )
    )
    desk.program.stories.add(
        Story(
            day=until - timedelta(days=3),
            title="Kebun yang dibaca",
            domain=Domain.ECONOMY,
            before="Panen gagal dua kali.",
        )
    )
