"""Years of a branch's records in the real schema, and the lists it would bring from SLiMS."""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from perpudesk import RELEASED
from perpudesk.branch.model import USUAL_WEEK, Signatory, SignatoryPlace
from perpudesk.core.ids import new_id
from perpudesk.core.times import Period, utc_text
from perpudesk.desk import Desk

Row = dict[str, Any]
A_YEAR = 36_000
SESSIONS = 15_000
"""Computer sessions of a year."""
COMPUTERS = 8
PATRONS = 20_000
_HERE = ZoneInfo("Asia/Jakarta")
_FIRST = "Agus Aisyah Budi Dedi Dewi Eko Endang Fajar Fitri Hadi Indah Joko Lestari Maya Muhammad"
_LAST = "Aminah Hidayat Kurniawan Lestari Nugroho Prasetyo Putra Rahmawati Santoso Sari Wibowo"
_TYPES = ("member", "non_member", "non_member", "non_member")
_BANDS = ("0-11", "12-16", "17-25", "26-45", "46+", None)
_PURPOSES = ("reading", "loan", "computer", "study", "other", "unknown")


def today() -> date:
    """The day after the last record."""
    return max(datetime.now(_HERE).date(), date.fromisoformat(RELEASED))


def last_month() -> Period:
    """The month that is over."""
    return Period.month_of(today()).before()


def make_years(folder: Path, years: int) -> None:
    """A branch with `years` × 36,000 visits and 15,000 sessions up to yesterday, closed clean."""
    chance = random.Random(1)
    with Desk(folder) as desk:
        desk.branch.set_up(
            name="Perpustakaan Uji",
            zone="WIB",
            place="Pangkalan Bun",
            letterhead=[
                "PEMERINTAH KABUPATEN CONTOH",
                "DINAS PERPUSTAKAAN DAN KEARSIPAN",
                "Jalan Contoh No. 1, Pangkalan Bun 74112",
            ],
            opening_hours=USUAL_WEEK,
        )
        desk.branch.set_crest(_picture())
        for place in SignatoryPlace:
            desk.branch.set_signatory(
                Signatory(place=place, name="Contoh, S.Sos.", post="Kepala", rank=None, nip=None)
            )
        maker = {
            "branch_id": desk.branch.current().id,
            "station_id": desk.store.author.station_id,
            "revision": 1,
        }
        with desk.store.writing() as db:
            people = list(_people(chance, maker))
            _insert(db.conn, "patrons", people)
            ids = [row["id"] for row in people]
            _insert(db.conn, "visits", _visits(chance, maker, ids, years))
            computers = list(_computers(maker))
            _insert(db.conn, "workstations", computers)
            places = [row["id"] for row in computers]
            _insert(db.conn, "workstation_states", _states(maker, places, years))
            _insert(db.conn, "computer_sessions", _sessions(chance, maker, ids, places, years))


def _people(chance: random.Random, maker: Row) -> Iterator[Row]:
    first, last = _FIRST.split(), _LAST.split()
    now = utc_text(datetime.now(UTC))
    for number in range(1, PATRONS + 1):
        words = [chance.choice(first), *chance.sample(last, chance.randint(0, 2))]
        yield {
            **maker,
            "id": new_id(),
            "created_at": now,
            "name": " ".join(words),
            "member_number": f"62{number:06}",
            "sex": chance.choice(("female", "male")),
            "birth_year": chance.randint(1950, 2005),
            "registered_on": now[:10],
        }


def _visits(chance: random.Random, maker: Row, people: list[str], years: int) -> Iterator[Row]:
    total, days = A_YEAR * years, years * 365
    begin = today() - timedelta(days=days)
    for number in range(total):
        day = begin + timedelta(days=number * days // total)
        moment = datetime.combine(day, time(8 + chance.randrange(8), chance.randrange(60)), _HERE)
        text = utc_text(moment)
        kind = chance.choice(_TYPES)
        yield {
            **maker,
            "id": new_id(),
            "created_at": text,
            "local_date": day.isoformat(),
            "local_hour": moment.hour,
            "occurred_at": text,
            "precision": "time",
            "type": kind,
            "count": 1,
            "sex": chance.choice(("female", "female", "male", "male", "unknown")),
            "age_band": chance.choice(_BANDS),
            "occupation": chance.choice(("pupil", "student", "civil_servant", "unknown")),
            "purpose": chance.choice(_PURPOSES),
            "patron_id": chance.choice(people) if kind == "member" else None,
        }


def _computers(maker: Row) -> Iterator[Row]:
    for number in range(1, COMPUTERS + 1):
        row = {"id": new_id(), "created_at": utc_text(datetime.now(UTC))}
        yield {**maker, **row, "label": f"PC {number}", "number": number}


def _states(maker: Row, places: list[str], years: int) -> Iterator[Row]:
    """All of them in good order since the first day, each broken for a week of the last year."""
    begin, now = today() - timedelta(days=years * 365), utc_text(datetime.now(UTC))
    for at, place in enumerate(places):
        broke = today() - timedelta(days=300 - 30 * at)
        for day, condition in (
            (begin, "good"),
            (broke, "minor_damage"),
            (broke + timedelta(days=7), "good"),
        ):
            yield {
                **maker,
                "id": new_id(),
                "created_at": now,
                "workstation_id": place,
                "local_date": day.isoformat(),
                "condition": condition,
                "is_public": 1,
            }


def _sessions(
    chance: random.Random, maker: Row, people: list[str], places: list[str], years: int
) -> Iterator[Row]:
    """One in fifty moved, one in fifty was cut off, one in twenty was on an own device."""
    total, days = SESSIONS * years, years * 365
    begin = today() - timedelta(days=days)
    for number in range(total):
        day = begin + timedelta(days=number * days // total)
        start = datetime.combine(day, time(8 + chance.randrange(7), chance.randrange(60)), _HERE)
        end = start + timedelta(minutes=chance.randrange(3, 60), seconds=chance.randrange(60))
        device, kind = chance.random() < 0.05, chance.choice(_TYPES)
        moved, cut = not device and number % 50 == 7, number % 50 == 9
        until = utc_text(start + (end - start) / 2)
        move = {"workstation_id": chance.choice(places), "until": until, "paused_ms": 0}
        yield {
            **maker,
            "id": new_id(),
            "created_at": utc_text(start),
            "local_date": day.isoformat(),
            "local_hour": start.hour,
            "precision": "time",
            "device": int(device),
            "workstation_id": None if device else chance.choice(places),
            "started_at": utc_text(start),
            "limit_minutes": 30,
            "ended_at": utc_text(end),
            "end_reason": "interrupted" if cut else chance.choice(("done", "time_up")),
            "end_estimated": int(cut),
            "moves": json.dumps([move]) if moved else None,
            "type": kind,
            "sex": chance.choice(("female", "female", "male", "male", "unknown")),
            "age_band": chance.choice(_BANDS),
            "occupation": chance.choice(("pupil", "student", "civil_servant", "unknown")),
            "purpose": chance.choice(("study", "business", "government", "leisure", "unknown")),
            "patron_id": chance.choice(people) if kind == "member" else None,
        }


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Put the rows in, each with the journal line of its creation."""
    seq = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
    numbered = [{**row, "seq": seq + place} for place, row in enumerate(rows, start=1)]
    lines = [
        {
            "seq": row["seq"],
            "at": row["created_at"],
            "local_date": row.get("local_date", row["created_at"][:10]),
            "station_id": row["station_id"],
            "kind": table,
            "record_id": row["id"],
            "action": "create",
        }
        for row in numbered
    ]
    for name, found in (("journal", lines), (table, numbered)):
        columns, marks = ", ".join(found[0]), ", ".join(f":{each}" for each in found[0])
        connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", found)


def slims_rows(many: int) -> list[list[str]]:
    """A visitor list as SLiMS writes it, sorted by member; some rows are the same twice."""
    chance, rows = random.Random(2), []
    begin = datetime.combine(today(), time(8)) - timedelta(days=3 * 365)
    for number in range(many):
        member = f"62{chance.randrange(5_000):06}" if chance.random() < 0.4 else ""
        moment = begin + timedelta(days=number % 1_000, seconds=chance.randrange(8 * 3600))
        rows.append(
            [
                member,
                f"{chance.choice(_FIRST.split())} {chance.choice(_LAST.split())}",
                "Umum" if member else "NON-MEMBER",
                chance.choice(("", "SMAN 1", "Dinas Pendidikan")),
                "Ruang Baca",
                f"{moment:%Y-%m-%d %H:%M:%S}",
            ]
        )
    rows[-1] = rows[0]
    return sorted(rows)


def write_slims(path: Path, rows: list[list[str]]) -> None:
    """The list as CSV, with the header that SLiMS gives it in Indonesian."""
    header = ["ID Anggota", "Nama Pengunjung", "Tipe Keanggotaan", "Institusi", "Nama Ruangan"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*header, "Tanggal Kunjungan"], *rows])


def write_own(path: Path, rows: Iterable[list[str]]) -> None:
    """The same visits as a library might keep them itself: dates as they are spoken, L and P."""
    chance = random.Random(4)
    purposes = ("Membaca", "Pinjam", "Internet", "Belajar", "")
    jobs = ("Pelajar", "Mahasiswa", "PNS", "Petani", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        own = csv.writer(file, delimiter=";")
        own.writerow(["Tanggal", "JK", "Usia", "Pekerjaan", "Keperluan", "No. Anggota", "Asal"])
        for row in rows:
            day = f"{row[5][8:10]}-{row[5][5:7]}-{row[5][:4]} {row[5][11:16]}"
            age = str(chance.randrange(8, 60))
            who = [chance.choice("LP"), age, chance.choice(jobs), chance.choice(purposes)]
            own.writerow([day, *who, row[0], row[3]])


def write_log(path: Path, many: int) -> None:
    """A log of so many uses of eight computers, as a program on each of them may write it."""
    chance, begin = random.Random(5), datetime.combine(today(), time(8)) - timedelta(days=3 * 365)
    purposes = ("Belajar", "Game", "Email", "Lowongan", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        log = csv.writer(file, delimiter=";")
        log.writerow(
            ["Komputer", "Mulai", "Selesai", "Durasi", "JK", "Usia", "Keperluan", "No. Anggota"]
        )
        for number in range(many):
            start = begin + timedelta(days=number % 1_000, seconds=chance.randrange(8 * 3600))
            took = chance.randrange(7_200)
            end = start + timedelta(seconds=took)
            member = f"62{chance.randrange(5_000):06}" if chance.random() < 0.4 else ""
            row = [f"PC {number % 8 + 1}", f"{start:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%d %H:%M:%S}"]
            who = [chance.choice("LP"), str(chance.randrange(8, 60)), chance.choice(purposes)]
            log.writerow([*row, str(took // 60), *who, member])


def _picture(size: int = 256) -> bytes:
    """A grey picture of `size` px, as PNG."""
    line = b"\0" + bytes(n * 255 // size for n in range(size))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(line * size))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")
