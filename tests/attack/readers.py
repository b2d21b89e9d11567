"""Every reader of bytes that come from outside, and files that it takes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from PIL import Image

from perpudesk.backups import restoring, sealing
from perpudesk.backups.model import Why
from perpudesk.backups.sticks import is_stick_of, name_stick
from perpudesk.core.settings import Settings, read_settings, write_settings
from perpudesk.core.times import FixedClock, Period
from perpudesk.db.erased import erased_ids
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.leaving.service import unpack
from perpudesk.paper.kop import read_crest_file
from perpudesk.provision import read_provision
from perpudesk.reports.letter import Letter
from perpudesk.trainings.model import CourseDraft
from perpudesk.updates.model import read_manifest
from perpudesk.visits.model import VisitDraft

KEY = bytes(range(32))
Reader = Callable[[Path], object]

VISITS = """Tanggal,L,P,Jumlah,Keterangan
2026-03-02,12,15,27,ramai
2026-03-03,8,9,17,"hujan, sepi"
2026-03-04,0,0,0,
"""
SLIMS = """ID Anggota,Nama Pengunjung,Tipe Keanggotaan,Institusi,Nama Ruangan,Tanggal Kunjungan
M-001,Siti Aminah,Umum,SDN 1,,2026-03-02 08:15:00
,Budi,,Umum,,2026-03-02 09:00:00
"""
LIBKI = """id,username,client_name,session_id,action,anonymous_when,notes,created_on
1,siti,PC-1,abc,LOGIN,,,2026-03-02 08:00:00
2,siti,PC-1,abc,LOGOUT,,,2026-03-02 08:30:00
"""
ACTIVITIES = """Tanggal,Judul,Jenis,Peserta,L,P
02-03-2026,Pelatihan Email,Pelatihan,20,8,12
05-03-2026,Rembuk Warga,Pertemuan,,,
"""
PEOPLE = """Nama,JK,Umur,Pekerjaan
Siti Aminah,P,34,Guru
Budi,L,28,Petani
"""
PROVISION = """[branch]
name = "Perpustakaan Uji"
zone = "WIB"
kind = "village"
[hours]
monday = "08:00-15:00"
[desk]
staff = ["Rina"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A reader, and files that it takes."""

    name: str
    seeds: Mapping[str, bytes]
    read: Reader


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LISTS = {
    "visits": (What.VISITS, VISITS),
    "members": (What.SLIMS, SLIMS),
    "log": (What.LIBKI, LIBKI),
    "activities": (What.ACTIVITIES, ACTIVITIES),
}


def tables(name: str, text: str) -> dict[str, bytes]:
    """The same table as every kind of file that is read."""
    return {f"{name}.csv": text.encode(), f"{name}.xlsx": workbook(text)}


def workbook(text: str) -> bytes:
    """The same table as an Excel file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(text.splitlines()):
            sheet.write_row(at, 0, line.split(","))
    return stream.getvalue()


def picture(kind: str) -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "#336699").save(stream, kind)
    return stream.getvalue()


def document() -> bytes:
    """A small package as office programs write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


@contextmanager
def targets(folder: Path) -> Iterator[list[Target]]:
    """Every reader, over records in a folder that it may look at."""
    clock = FixedClock(datetime(2026, 10, 5, 2, 41, 7, tzinfo=UTC))
    with Desk(folder / "records", clock=clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.visits.record(VisitDraft())
        clock.advance(days=49)
        desk.backups.take_key(KEY)
        yield [
            *_lists(desk),
            *_files(desk),
            *_copies(desk, folder / "copies"),
            *_exported(desk, folder / "exported"),
            *_told(folder / "told"),
        ]


def _lists(desk: Desk) -> Iterator[Target]:
    """Tables that libraries bring along."""
    for name, (what, text) in LISTS.items():

        def read(path: Path, what: What = what) -> None:
            if what in (What.SLIMS, What.LIBKI):
                desk.importing.preview(path, known=what, names=True)
                return
            looked = desk.importing.look(path)
            plan = looked.head and desk.importing.plan(looked, what)
            desk.importing.preview(path, looked=looked, plan=plan, known=what, names=True)

        yield Target(name=f"list of {name}", seeds=tables(name, text), read=read)
    yield Target(
        name="list of people", seeds=tables("people", PEOPLE), read=desk.importing.people_of
    )


def _files(desk: Desk) -> Iterator[Target]:
    """Files that are kept beside the records, or printed."""
    course = desk.trainings.add(CourseDraft(title="Email"))
    pictures = {"photo.jpg": picture("JPEG"), "photo.png": picture("PNG")}
    yield Target(
        name="attachment",
        seeds={**pictures, "paper.docx": document(), "paper.pdf": PDF},
        read=lambda path: desk.attachments.add("courses", course.id, path),
    )
    yield Target(name="crest", seeds=pictures, read=read_crest_file)


def _copies(desk: Desk, folder: Path) -> Iterator[Target]:
    """Copies of the records, on sticks that were elsewhere."""
    plain = desk.backups.make(folder, why=Why.ASKED).path.read_bytes()
    sealed = desk.backups.make(folder, why=Why.ASKED, sealed=True).path.read_bytes()
    yield Target(name="copy", seeds={"copy.db": plain}, read=restoring.look)
    yield Target(
        name="sealed copy",
        seeds={"copy.pdbak": sealed},
        read=lambda path: restoring.look(path, key=KEY),
    )
    yield Target(
        name="head of a sealed copy", seeds={"copy.pdbak": sealed[:600]}, read=sealing.header_of
    )


def _exported(desk: Desk, folder: Path) -> Iterator[Target]:
    """The open tables of everything."""
    desk.leaving.export(folder, "Perpustakaan Uji", names=True)

    def read(path: Path) -> None:
        spoilt = folder / path.name
        whole = spoilt.read_bytes()
        spoilt.write_bytes(path.read_bytes())
        made = path.with_name("made.db")
        made.unlink(missing_ok=True)
        try:
            unpack(folder, made)
        finally:
            spoilt.write_bytes(whole)

    whole = {each.name: each.read_bytes() for each in folder.glob("*.[cj]s*")}
    yield Target(name="export", seeds=whole, read=read)
    closed = desk.closings.close(Period.parse("2026-10"), Letter())
    yield Target(
        name="figures of a report",
        seeds={"figures.json": closed.closing.figures.encode()},
        read=desk.closings.verify_file,
    )


def _told(folder: Path) -> Iterator[Target]:
    """What a machine, a stick or an office tells the program."""
    folder.mkdir()
    note = name_stick(folder, "b") / "perpudesk-stick.json"
    write_settings(Settings(last_folder="/x"), folder)
    settings = (folder / "settings.json").read_bytes()
    yield Target(
        name="set-up file", seeds={"perpudesk.toml": PROVISION.encode()}, read=read_provision
    )
    yield Target(
        name="settings",
        seeds={"settings.json": settings},
        read=lambda path: read_settings(path.parent),
    )
    yield Target(
        name="erased names",
        seeds={"erased.txt": b"01a218bb-aedd-7677-a318-84cdb41d3759\n" * 3},
        read=lambda path: erased_ids(path.parent),
    )

    def ask(path: Path) -> None:
        note.write_bytes(path.read_bytes())
        is_stick_of(folder, "b")

    yield Target(name="note of a stick", seeds={note.name: note.read_bytes()}, read=ask)
    update = {
        "version": "9.0.0",
        "system": "linux",
        "files": {"a/b": {"size": 3, "sha256": "0" * 64}},
    }
    yield Target(
        name="list of an update",
        seeds={"update.json": json.dumps(update).encode()},
        read=lambda path: read_manifest(path.read_bytes()),
    )
