"""All widgets of the kit on four pages, to be looked at beside the mockups.

python -m tests.ui.gallery [--scheme dark] [--scale 1.5] [--size 1024x600] [--page forms]
                           [--save picture.png]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from PySide6.QtCore import QBuffer, QIODevice, QSizeF, QTimer
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QStackedWidget, QWidget

from perpudesk.core import i18n
from perpudesk.core.errors import InputError, Problem
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.calendar import DateField, MonthView
from perpudesk.ui.cards import Banner, Card, EmptyState
from perpudesk.ui.fields import (
    CheckField,
    ChoiceField,
    NumberField,
    ParagraphField,
    Stepper,
    TextField,
)
from perpudesk.ui.forms import Field, Form, FormDialog
from perpudesk.ui.keys_sheet import KeysSheet
from perpudesk.ui.layout import CARD_GAP, Beside, Scroll, boxed, column, row
from perpudesk.ui.marks import HourBars, KeyHint, Pill, Stat
from perpudesk.ui.messages import CrashBox, confirm
from perpudesk.ui.page import KeyUse, Page
from perpudesk.ui.preview import Preview
from perpudesk.ui.rail import Rail, RailLine
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Divider, Text
from perpudesk.ui.toasts import toast

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
BAD_NAME = Problem("bad_name", "The name is too long. Write at most {most} letters.")
PURPOSES = (
    *(("reading", "Membaca"), ("loans", "Pinjam/kembali"), ("computer", "Komputer & internet")),
    *(("study", "Belajar/tugas"), ("training", "Pelatihan"), ("meeting", "Pertemuan")),
    ("other", "Lainnya"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A row to show."""

    at: str
    who: str
    purpose: str
    count: int


VISITS = tuple(
    Visit(at=at, who=who, purpose=purpose, count=count)
    for at, who, purpose, count in (
        ("09.41", "P · 17–25", "Membaca", 1),
        ("09.40", "P · 0–11", "Membaca", 1),
        ("09.38", "Budi Santoso", "Komputer", 1),
        ("09.31", "SDN 2 Raja", "Rombongan", 12),
        ("09.30", "L · 26–45", "Pinjam", 1),
        ("09.22", "P · 26–45", "Membaca", 1),
        ("09.20", "<b>Siti</b> Aminah", "Komputer", 1),
    )
)


def visit_columns() -> list[Column]:
    return [
        Column(title="Jam", text=lambda visit: visit.at),
        Column(title="Siapa", text=lambda visit: visit.who, width=REST),
        Column(title="Tujuan", text=lambda visit: visit.purpose),
        Column(title="n", text=lambda visit: str(visit.count), align="right"),
        Column(title="", text=lambda _: "Ubah", kind="link", key="edit"),
    ]


class DeskPage(Page):
    """The parts of the desk."""

    def __init__(self) -> None:
        super().__init__("desk", "Meja Depan")
        self.header.set_status(("● Buka · dihitung", "ok"))
        self.header.set_now(TODAY, NOW, "WIB")
        self.add_key("Ctrl+G", "Mencatat rombongan", self._on_group)
        self.add_key_use("Q W E R T Y", "Perempuan, menurut umur")
        self.add_key_use("1 2 3 4 5 6", "Laki-laki, menurut umur")
        left = boxed(column(_scan_card(), _tap_card(), _today_card(), None, gap=CARD_GAP))
        self.body.addWidget(Scroll(Beside(left, _recent_card(), shares=(5, 2))))

    def _on_group(self) -> None:
        toast(self, "Rombongan dicatat.", action="Batalkan", key="Ctrl+Z", slot=self.refresh)


def _scan_card() -> Card:
    card = Card()
    scan = TextField(placeholder="Pindai, atau ketik nama / nomor")
    line = row(
        Field("Pindai kartu atau ketik nama anggota", scan),
        Field("Jumlah orang", Stepper("Jumlah orang")),
        Button("Rombongan…", key="Ctrl+G"),
        Button("Salin dari kertas…"),
        gap=12,
    )
    line.setStretch(0, 1)
    card.add(line)
    return card


def _tap_card() -> Card:
    card = Card(marked=True)
    card.add(Text("Tujuan kunjungan (berlaku untuk ketukan berikutnya)", "caption"))
    card.add(ChipGroup("Tujuan kunjungan", PURPOSES, value="reading"))
    grid = QGridLayout()
    for place, key in enumerate("QWERTY"):
        cell = Card()
        cell.body.setContentsMargins(10, 8, 10, 8)
        cell.add(row(Text("17–25", "label"), None, KeyHint(key)))
        cell.add(row(Text("muda", "small"), None, Text(str(place), "figure")))
        grid.addWidget(cell, 0, place)
    card.add(grid)
    return card


def _today_card() -> Card:
    card = Card()
    today, usual, month = (
        Stat("Hari ini", role="display"),
        Stat("Biasanya sampai jam ini"),
        Stat("Bulan ini"),
    )
    today.show_value("47", unit="kunjungan")
    usual.show_value("41", delta="▲ 15%", tone="ok")
    month.show_value("1.284")
    bars = HourBars()
    bars.show_hours({8: 12, 9: 35, **dict.fromkeys(range(10, 16), 0)}, now=9)
    card.add(row(today, usual, month, bars, gap=24))
    return card


def _recent_card() -> Card:
    card = Card("Baru dicatat")
    card.add_header(Button("Batalkan", icon="undo", key="Ctrl+Z"))
    table = TableView("Baru dicatat", visit_columns())
    table.show_rows(VISITS)
    card.add(table, 1)
    card.add(
        Text(
            "Nama hanya tersimpan di komputer ini dan terhapus otomatis setelah 12 bulan; "
            "angkanya tetap.",
            "small",
            wrap=True,
        )
    )
    return card


class FormsPage(Page):
    """Fields, errors, dialogs and the month."""

    def __init__(self) -> None:
        super().__init__("forms", "Formulir")
        self.header.set_title("Formulir", "semua isian")
        self.header.set_now(TODAY, NOW, "WIB")
        banner = Banner("Listrik padam 08.52–09.10.", "3 sesi ditutup pada 08.52 (perkiraan).")
        banner.add_action("Periksa 3 sesi", self._on_confirm)
        banner.add_action("Sudah benar", self._on_dialog, primary=True)
        self.form = _form()
        fields = Card("Isian", role="heading")
        fields.add_header(Pill("Pertemuan 3 · 23 Nov", "info"))
        fields.add(Scroll(self.form), 1)
        month = MonthView(TODAY)
        month.grid.set_today(TODAY, TODAY)
        open_days = {TODAY.replace(day=at): ("buka", "ok") for at in range(2, 23)}
        closed = {TODAY.replace(day=at): ("tutup", "neutral") for at in (1, 8, 15, 22)}
        month.grid.set_marks(open_days | closed | {TODAY.replace(day=19): ("kira", "warn")})
        side = Card("Hari layanan")
        side.add(month)
        side.add(Divider())
        side.add(row(*(Button(text, kind=kind) for text, kind in _KINDS)))
        side.add(row(Button("Mati"), Button("Cetak", kind="primary", icon="print", key="Ctrl+P")))
        side.findChildren(Button)[-2].setEnabled(False)
        side.add_stretch()
        self.body.addWidget(banner)
        self.body.addWidget(Scroll(Beside(fields, side, shares=(3, 2))), 1)
        self._dialog = FormDialog("Anggota baru", _form(), parent=self)

    def _on_confirm(self) -> None:
        confirm(self, "Hapus nama Siti Aminah?", action="Hapus nama", detail="Tidak bisa kembali.")

    def _on_dialog(self) -> None:
        self._dialog.open()


_KINDS = (("Biasa", "plain"), ("Utama", "primary"), ("Hapus", "danger"), ("Ubah", "link"))


def _form() -> Form:
    form = Form()
    form.add("name", "Nama", TextField("Siti " * 3), hint="Boleh kosong.")
    form.add("born", "Tanggal lahir", DateField("Tanggal lahir", today=TODAY), beside=True)
    form.add("sex", "Jenis kelamin", ChoiceField((("f", "Perempuan"), ("m", "Laki-laki"))))
    form.add("age", "Umur", NumberField(17, low=0, high=120), beside=True, stretch=0)
    form.add("kind", "Tujuan", ChipGroup("Tujuan", PURPOSES[:4], value="loans"))
    form.add("note", "Catatan", ParagraphField("Listrik padam 23 Okt.", lines=2))
    form.add("counts", "", CheckField("Hitung kunjungan ini", True))
    form.add_stretch()
    form.show_error(InputError(BAD_NAME, field="name", most=200))
    return form


class TablesPage(Page):
    """A long table, and an empty place."""

    def __init__(self) -> None:
        super().__init__("tables", "Anggota")
        self.header.set_status(("4 dipakai", "ok"), ("1 kosong", "neutral"), ("2 kelas", "info"))
        self.header.set_now(TODAY, NOW, "WIB")
        card = Card("Riwayat")
        card.add_header(Button("Simpan CSV", icon="table"))
        card.add_header(Button("Impor…", kind="primary", icon="import"))
        table = TableView("Riwayat", [*visit_columns()[:4], *_state_columns()])
        table.show_window(_visits, 360_000)
        table.selectRow(2)
        card.add(table)
        empty = Card()
        empty.add(EmptyState("Belum ada anggota.", "Anggota baru", self._on_new, icon="members"))
        empty.set_edge("warn")
        stats = Card()
        for caption, value, delta, tone in (
            ("Kunjungan Oktober", "4.812", "▲ 6,4%", "ok"),
            ("Peserta pelatihan", "218", "▼ 3,1%", "error"),
        ):
            stat = Stat(caption)
            stat.show_value(value, delta=delta, tone=tone)
            stats.add(stat)
        stats.set_edge("ok")
        side = boxed(column(stats, empty, gap=CARD_GAP))
        self.body.addWidget(Scroll(Beside(card, side, shares=(5, 2))))

    def _on_new(self) -> None:
        CrashBox(self, "Traceback (most recent call last):\n  …").exec()


def _visits(offset: int, limit: int) -> list[Visit]:
    return [
        Visit(at=f"{at % 24:02}.{at % 60:02}", who=f"Tamu {at}", purpose="Membaca", count=at % 9)
        for at in range(offset, offset + limit)
    ]


def _state_columns() -> list[Column]:
    tones = ("ok", "warn", "error", "info", "neutral")
    return [
        Column(
            title="Keadaan",
            text=lambda visit: tones[visit.count % 5],
            kind="pill",
            tone=lambda visit: tones[visit.count % 5],
        ),
        Column(title="", text=lambda _: "Ubah", kind="link", key="edit"),
    ]


class ReportPage(Page):
    """A list of months, the pages, and what to check."""

    def __init__(self) -> None:
        super().__init__("report", "Laporan")
        self.header.set_status(("Sementara · belum ditutup", "warn"))
        self.header.set_now(TODAY, NOW, "WIB")
        months = Card()
        periods = (("month", "Bulan"), ("quarter", "Triwulan"), ("year", "Tahun"))
        months.add(ChipGroup("Periode", periods, value="month"))
        table = TableView(
            "Bulan",
            [
                Column(title="", text=lambda month: month, kind="strong", width=REST),
                Column(title="", text=lambda _: "berjalan", kind="pill", tone=lambda _: "warn"),
            ],
        )
        table.horizontalHeader().hide()
        table.show_rows(["November 2026", "Oktober 2026", "September 2026"])
        table.selectRow(1)
        months.add(table)
        preview = Preview()
        preview.add_tool(Button("Cetak", kind="primary", key="Ctrl+P"))
        preview.add_tool(Button("Simpan PDF"))
        preview.add_tool(Button("CSV"))
        preview.add_tool(None)
        preview.add_tool(ChipGroup("Kertas", (("a4", "A4"), ("f4", "F4")), value="f4", wrap=False))
        preview.show_pdf(sample_pdf(3))
        checks = Card("Periksa sebelum menutup")
        checks.add(Text("22 hari buka sudah berstatus", wrap=True))
        checks.add_stretch()
        self.body.addWidget(Scroll(Beside(months, preview, checks, shares=(3, 6, 3))))


def sample_pdf(pages: int, wide: float = 215, tall: float = 330) -> bytes:
    """A PDF of so many pages of this size in millimetres, each with its number in large."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(QSizeF(wide, tall), QPageSize.Unit.Millimeter, "", exact))
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.setFont(theme.current().font(theme.Size.DISPLAY, bold=True))
        painter.drawText(2000, 3000, f"Halaman {page + 1}")
        painter.fillRect(2000, 4000, 4000, 1500, theme.current().colour("primary"))
    painter.end()
    return bytes(buffer.data().data())


class Gallery(QWidget):
    """The window: rail and pages."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("PerpuDesk")
        self.rail = Rail("PerpuDesk", "Perpusda Kotawaringin Barat")
        self.rail.set_practice(True)
        self.stack = QStackedWidget()
        self.pages: dict[str, Page] = {}
        kinds: tuple[tuple[Callable[[], Page], str, str], ...] = (
            (DeskPage, "desk", "F2"),
            (FormsPage, "computer", "F3"),
            (TablesPage, "members", "Ctrl+M"),
            (ReportPage, "report", "F7"),
        )
        for make, icon, hint in kinds:
            page = make()
            self.pages[page.key] = page
            self.stack.addWidget(page)
            self.rail.add_page(page.key, page.title, icon, hint)
        for label, icon, hint in (
            ("Pelatihan", "training", "F4"),
            ("Komunitas", "community", "F5"),
            ("Program", "program", "F6"),
            ("Agenda", "agenda", "Ctrl+J"),
            ("Pengaturan", "settings", "F9"),
        ):
            self.rail.add_page(label, label, icon, hint)
        self.rail.set_lines(
            (
                RailLine(icon="visitor", text="Petugas: Rina"),
                RailLine(icon="check", text="Semua tersimpan 09.41"),
                RailLine(icon="warning", text="Cadangan: 3 hari lalu", alarm=True),
            )
        )
        self.rail.chosen.connect(self.show_page)
        self.setLayout(row(self.rail, self.stack, gap=0))
        self.show_page("desk")

    def show_page(self, key: str) -> None:
        if key in self.pages:
            self.stack.setCurrentWidget(self.pages[key])
            self.rail.set_current(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.fit_window(self.width())

    def show_keys(self) -> KeysSheet:
        page = self.pages["desk"]
        window = (KeyUse(keys="F1", text="Bantuan"), KeyUse(keys="Ctrl+/", text="Tombol"))
        sheet = KeysSheet(self, ((page.title, page.key_uses()), ("Di mana saja", window)))
        sheet.show()
        return sheet


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scheme", default="light")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--page", default="desk")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--save")
    args = parser.parse_args()
    i18n.use(args.lang)
    app = QApplication(sys.argv[:1])
    theme.apply(app, scheme=args.scheme, scale=args.scale)
    gallery = Gallery()
    gallery.resize(*(int(side) for side in args.size.split("x")))
    gallery.show_page(args.page)
    gallery.show()
    if args.page == "desk":
        toast(gallery, "Satu kunjungan dicatat.", action="Batalkan", key="Ctrl+Z")
    if args.save:
        QTimer.singleShot(400, lambda: (gallery.grab().save(args.save), app.quit()))
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
