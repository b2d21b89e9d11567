"""Takes the pictures of the documentation from the running program: `python -m tests.screenshots`.

The data are invented and the clock stands still: taken again, the pictures are the same.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from perpudesk.__main__ import main as perpudesk
from perpudesk.backups.store import newest_seq, note
from perpudesk.computers.booking import ReservationDraft, ReservationKind
from perpudesk.computers.model import SessionDraft
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core.codes import Condition, Sex, VisitorType
from perpudesk.core.i18n import tr
from perpudesk.core.times import FixedClock
from perpudesk.db.meta import set_meta
from perpudesk.demo import make_demo
from perpudesk.desk import Desk, opened
from perpudesk.patrons.model import Profile
from perpudesk.visits.model import Part, VisitDraft
from tests.screen import ROOT, Program, Screen, screen
from tests.shown import NOW, stand_still

IMAGES = ROOT / "docs" / "images"
MODULE = "tests.shown"
SETUP = (
    *("--name", "Perpusda Kotawaringin Barat", "--sign-left", "Drs. H. Contoh, M.Si."),
    *("Kepala Dinas", "Pembina Tingkat I", "19700101 199503 1 001"),
    *("--sign-right", "Rina Contoh, A.Md.", "Petugas Pelaporan"),
)
PURPOSES = {"reading": 9, "loan": 5, "computer": 4, "study": 3}
BANDS = {"0-11": 5, "12-16": 5, "17-25": 6, "26-45": 4, "46+": 1}
LETTERHEAD = (
    "PEMERINTAH KABUPATEN KOTAWARINGIN BARAT\nDINAS PERPUSTAKAAN DAN KEARSIPAN\nJl. Contoh 1"
)


def main() -> int:
    """Take them all."""
    stand_still()
    with tempfile.TemporaryDirectory() as name, screen() as on:
        folder = Path(name)
        os.environ["PERPUDESK_SETTINGS"] = str(folder / "settings")
        records = make_records(folder)
        first_run(on, folder / "new")
        pages(on, records, visitor_list(folder))
        report(records, folder)
    return 0


def make_records(folder: Path) -> Path:
    """Two years of a library, and this morning."""
    records = folder / "records"
    make_demo(records, years=2, until=date(2026, 11, 22), seed=17)  # has days to show
    perpudesk(["--data", str(records), "setup", *SETUP, "--crest", str(crest(folder))])
    clock = FixedClock(NOW)
    with opened(records, clock=clock) as desk:
        with desk.store.writing() as db:
            set_meta(db, "practice", "0")  # nobody practises in these pictures
        this_morning(desk, clock)
        at_the_computers(desk, clock)
        desk.backups.make()
        with desk.store.writing() as db:  # no stick is plugged into whoever takes the pictures
            stick = "/media/rina/FLASHDISK/PerpuDesk"
            note(db, stick, at=desk.store.now(), seq=newest_seq(db), away=True)
    for month in ("2026-07", "2026-08", "2026-09"):
        perpudesk(["--data", str(records), "close", month, "--number", f"041/{month[5:]}/Perpus"])
    return records


def this_morning(desk: Desk, clock: FixedClock) -> None:
    """Forty-seven people between eight o'clock and now: taps, members, a class."""
    chance = random.Random(4)
    clock.moment = datetime(2026, 11, 23, 1, 2, tzinfo=UTC)
    step = (NOW - clock.moment) / 36
    for at in range(36):
        clock.moment += step - timedelta(seconds=chance.randrange(20))
        purpose = chance.choices(list(PURPOSES), list(PURPOSES.values()))[0]
        if at in (13, 27, 33):
            name = ("Hartini", "Joko", "Siti")[(13, 27, 33).index(at)]
            desk.visits.record_patron(desk.patrons.find(name)[0], purpose=purpose)
        elif at == 29:
            desk.visits.record(class_of_twelve())
        else:
            sex = chance.choice((Sex.FEMALE, Sex.MALE))
            band = chance.choices(list(BANDS), list(BANDS.values()))[0]
            desk.visits.record(VisitDraft(profile=Profile(sex=sex, age_band=band), purpose=purpose))
    clock.moment = NOW


def at_the_computers(desk: Desk, clock: FixedClock) -> None:
    """Eight computers, a power cut that was recovered from, two who wait, a class."""
    desk.workstations.add_many(2)
    places = [each for each in desk.workstations.all() if each.state.is_public]

    def sit(place: int, ago: float, *, name: str = "", band: str = "17-25", sex: Sex) -> None:
        clock.moment = NOW - timedelta(minutes=ago)
        draft = SessionDraft(
            workstation_id=places[place].id, profile=Profile(sex=sex, age_band=band)
        )
        if name:
            who = desk.patrons.find(name)[0]
            profile = who.profile(desk.store.today())
            draft = replace(draft, profile=profile, type=who.visitor_type, patron_id=who.id)
        desk.computers.start(draft)

    for place in (0, 1, 2):
        sit(place, 66 - place, sex=Sex.FEMALE)
    clock.moment = NOW - timedelta(minutes=49)
    desk.recovery.beat()
    clock.moment = NOW - timedelta(minutes=31)
    desk.recovery.recover()
    sit(2, 36, band="12-16", sex=Sex.MALE)
    sit(1, 27, sex=Sex.FEMALE)
    sit(0, 12, name="Budi", sex=Sex.MALE)
    clock.moment = NOW - timedelta(minutes=9)
    for sex in (Sex.FEMALE, Sex.MALE):
        desk.queue.take(TicketDraft(profile=Profile(sex=sex, age_band="26-45")))
    sit(4, 4, name="Siti", sex=Sex.FEMALE)
    clock.moment = NOW
    desk.workstations.set_condition(places[5].id, Condition.MINOR_DAMAGE, note="Papan ketik")
    desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.CLASS,
            title="Email UMKM",
            start=NOW - timedelta(minutes=11, seconds=7),
            end=NOW + timedelta(minutes=138, seconds=53),
            workstation_ids=(places[6].id, places[7].id),
        )
    )


def class_of_twelve() -> VisitDraft:
    """A class with its teacher."""
    parts = (
        Part(sex=Sex.FEMALE, age_band="0-11", count=6),
        Part(sex=Sex.MALE, age_band="0-11", count=5),
    )
    return VisitDraft(
        type=VisitorType.GROUP,
        count=12,
        institution="SDN 2 Raja",
        purpose="reading",
        parts=parts,
    )


def crest(folder: Path) -> Path:
    """A shield with a book, of no place on earth."""
    picture = Image.new("RGB", (480, 540), "white")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(40, 40), (440, 40), (440, 300), (240, 510), (40, 300)], "#222", "#222")
    pen.polygon([(62, 62), (418, 62), (418, 292), (240, 480), (62, 292)], "white")
    pen.polygon([(110, 170), (236, 200), (236, 360), (110, 330)], "#222")
    pen.polygon([(370, 170), (244, 200), (244, 360), (370, 330)], "#222")
    for top in (215, 245, 275):
        pen.line([(130, top), (216, top + 20)], "white", 7)
        pen.line([(350, top), (264, top + 20)], "white", 7)
    path = folder / "crest.png"
    picture.save(path)
    return path


def visitor_list(folder: Path) -> Path:
    """What the SLiMS of a library may have left, with some of its traps."""
    chance = random.Random(5)
    names = ("Aisyah", "Budi Santoso", "Siti Aminah", "Fajar", "Maryam", "Teguh", "Kartini")
    header = "ID Anggota,Nama Pengunjung,Tipe Keanggotaan,Institusi,Nama Ruangan,Tanggal Kunjungan"
    lines = [header]
    for at in range(238):
        who = chance.randrange(len(names))
        moment = datetime(2024, 8, 1, 8, 3) + timedelta(hours=9 * at, minutes=chance.randrange(60))  # noqa: DTZ001
        member = f"KTW-{who + 1:04},{names[who]},Umum,,Ruang Baca"
        guest = "NON-MEMBER,Tamu,NON-MEMBER,SMPN 1 Arut Selatan,Ruang Baca"
        lines.append(f"{chance.choice((member, member, guest))},{moment:%Y-%m-%d %H:%M:%S}")
    lines[60] = "KTW-0003,Siti Aminah,Umum,,Ruang Baca,2024-13-23 09:10:00"
    lines[119] = "KTW-0002,<b>Budi</b>,Umum,,Ruang Baca,kemarin"
    lines[171] = "KTW-0005,Maryam,Umum,,Ruang Baca,2034-10-04 10:00:00"
    lines.append(",,,,,")
    lines.append("Total,238,,,,")
    path = folder / "visitor_list.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def first_run(on: Screen, folder: Path) -> None:
    """The guide, where the letterhead is seen as it will be printed."""
    with Program(on, folder, module=MODULE) as program:
        program.wait_until("first-run")
        on.wait_for_window("PerpuDesk")
        on.type("Perpusda Kotawaringin Barat")
        on.press("ctrl+Return", "ctrl+Return")
        on.type(LETTERHEAD)
        save(on, "first-run")
        on.press("alt+F4")
        program.ended()


def pages(on: Screen, records: Path, visitors: Path) -> None:
    """Every page of the window."""
    with Program(on, records, module=MODULE) as program:
        program.wait_until("ready")
        on.wait_for_window("PerpuDesk")
        on.press("alt+1")
        on.still(quiet=2.0)  # until it tells what today brings
        save(on, "desk")
        on.press("ctrl+k")
        on.wait_for_window(tr("Service days"))
        on.press(*["Left"] * 17)  # to the day that was estimated
        save(on, "days")
        on.press("Escape")
        on.wait_for_window("PerpuDesk")
        on.press("F3")
        save(on, "computers")
        on.press("4")
        save(on, "computers-start")
        on.press("Escape", "ctrl+m", "Down", "Down")
        save(on, "patrons")
        on.press("F4")
        save(on, "trainings")
        on.press("F5", "Down")
        save(on, "communities")
        on.press("F6", "alt+4")
        save(on, "program")
        on.press("ctrl+j")
        save(on, "agenda")
        on.press("F7")
        save(on, "reports")
        on.press("F8")
        save(on, "graph")
        on.press("ctrl+f")
        save(on, "find")
        on.press("ctrl+l")
        save(on, "paper")
        what_is_kept(on)
        on.press("ctrl+i", "ctrl+o")
        on.wait_for_window(tr("Choose a file"))
        on.type(f"{visitors}\n", every=8)
        on.wait_for_window("PerpuDesk")
        save(on, "import")
        on.press("alt+F4")
        on.still()
        on.press("Return")  # whoever sits at a computer goes home
        program.ended()


def what_is_kept(on: Screen) -> None:
    """The settings, the history, and the help over it."""
    on.press("F9", "Down")
    save(on, "settings")
    on.press("End", "Up")
    save(on, "backups")
    on.press("shift+F9")
    save(on, "history")
    on.press("F1", "slash")
    on.type("flashdisk")
    save(on, "help")
    on.press("Escape", "Escape")
    on.wait_for_window("PerpuDesk")


def report(records: Path, folder: Path) -> None:
    """The first page of a month, as it is printed."""
    path = folder / "report.pdf"
    words = ["--data", str(records), "report", "2026-10", "--output", str(path)]
    subprocess.run([sys.executable, "-m", MODULE, *words], cwd=ROOT, check=True)
    document = pypdfium2.PdfDocument(path)
    page = document[0].render(scale=1.7).to_pil()
    document.close()
    keep(page, "report")


def save(on: Screen, name: str) -> None:
    """The screen, once it has come to rest."""
    keep(on.still(quiet=1.2), name)


def keep(picture: Image.Image, name: str) -> None:
    """A picture of 256 colours: half the size, and nobody sees it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    path = IMAGES / f"{name}.png"
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    sys.exit(main())
