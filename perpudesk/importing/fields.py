"""What the tables that libraries keep themselves are about, and what their columns are called.

Titles are compared without case, `_` and what stands around them, in Indonesian and English, and
as SLiMS and INLISLite write them. What a person keeps to themselves is never read, whatever the
table is about (domain.md, People's data).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from perpudesk.core.i18n import N_
from perpudesk.importing.identity import tidy


class What(StrEnum):
    """What a file is; also the source of its batch."""

    SLIMS = "slims-visitors"
    VISITS = "visits"
    SESSIONS = "computer-sessions"
    LIBKI = "libki"
    TOTALS = "monthly-totals"
    PATRONS = "patrons"
    ACTIVITIES = "activities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that a column can say: its code, what it is called, and its usual titles."""

    code: str
    label: str
    titles: tuple[str, ...] = ()
    needed: bool = False


def _field(code: str, label: str, titles: str = "", *, needed: bool = False) -> Field:
    known = tuple(each.strip() for each in titles.split("|") if each.strip())
    return Field(code=code, label=label, titles=known, needed=needed)


_MEMBER = _field(
    "member",
    N_("Member number"),
    "member|member id|member no|member number|memberno|id anggota|no anggota|no. anggota|noanggota"
    "|nomor anggota|nomor kartu|no kartu|kode anggota|barcode",
)
_SEX = _field(
    "sex", N_("Sex"), "sex|gender|jenis kelamin|jns kelamin|kelamin|jk|j/k|l/p|p/l|lk/pr|sex id"
)
_FEMALE = _field("female", N_("Female"), "female|women|girls|f|perempuan|wanita|putri|p|pr")
_MALE = _field(
    "male", N_("Male"), "male|men|boys|m|laki-laki|laki - laki|laki laki|pria|putra|l|lk"
)
_OCCUPATION = "occupation|job|profession|pekerjaan|profesi|kategori"
_EDUCATION = _field(
    "education",
    N_("Education"),
    "education|pendidikan|pendidikan terakhir|jenjang|jenjang pendidikan",
)
_AGE = _field(
    "age",
    N_("Age"),
    "age|age group|age band|years|usia|umur|kelompok usia|kelompok umur|rentang usia"
    "|golongan umur|usia (tahun)|umur (tahun)",
)
_PURPOSE = _field(
    "purpose",
    N_("Purpose"),
    "purpose|reason for visit|tujuan|keperluan|tujuan kunjungan|maksud|maksud kunjungan|kegiatan",
)
_TYPES = (
    "type|visitor type|type of visitor|tipe|tipe pengunjung|jenis pengunjung"
    "|status anggota|keanggotaan|tipe keanggotaan|membership type|jenis kunjungan"
)
_NOTE = _field("note", N_("Note"), "note|notes|remark|remarks|keterangan|ket|catatan")
_COUNT = (
    "count|visits|visitors|jumlah|jml|jumlah pengunjung|jml pengunjung|jumlah kunjungan"
    "|jml kunjungan|total|total kunjungan|total pengunjung|banyaknya|kunjungan|pengunjung"
)

FIELDS: Mapping[What, tuple[Field, ...]] = {
    What.VISITS: (
        _field(
            "date",
            N_("Date"),
            "date|visit date|date of visit|datetime|date time|timestamp|createdate|checkin date"
            "|tanggal|tgl|hari/tanggal|hari, tanggal|tanggal kunjungan|tgl kunjungan"
            "|tanggal berkunjung|waktu kunjungan|tanggal/waktu|waktu",
            needed=True,
        ),
        _field(
            "time",
            N_("Time"),
            "time|time of arrival|hour|jam|pukul|jam kunjungan|jam masuk|jam datang|waktu masuk",
        ),
        _field("count", N_("Count"), _COUNT),
        _FEMALE,
        _MALE,
        _SEX,
        _AGE,
        _field("occupation", N_("Occupation"), _OCCUPATION),
        _EDUCATION,
        _PURPOSE,
        _field("type", N_("Type of visitor"), f"{_TYPES}|status"),
        _MEMBER,
        _field("name", N_("Name"), "name|visitor name|full name|nama|nama pengunjung|nama lengkap"),
        _field(
            "institution",
            N_("Institution"),
            "institution|school|institusi|instansi|asal|asal instansi|asal sekolah|sekolah|lembaga"
            "|nama instansi|nama sekolah|nama lembaga|asal lembaga|nama institusi|asal institusi",
        ),
        _NOTE,
    ),
    What.SESSIONS: (
        _field(
            "workstation",
            N_("Workstation"),
            "workstation|computer|computer name|computer no|pc|pc name|pc no|pc number|no pc"
            "|nomor pc|nama pc|komputer|no komputer|no. komputer|nomor komputer|nama komputer"
            "|unit komputer|terminal|client|client name|host|hostname|machine|machine name",
        ),
        _field("date", N_("Date"), "date|tanggal|tgl|hari/tanggal|hari, tanggal|tanggal pemakaian"),
        _field(
            "start",
            N_("Start"),
            "start|started|started at|start time|start date|session start|begin|begin time|login"
            "|log in|login time|logon|logon time|time in|mulai|jam mulai|waktu mulai|pukul mulai"
            "|masuk|jam masuk|waktu masuk|jam|pukul|waktu|time",
            needed=True,
        ),
        _field(
            "end",
            N_("End"),
            "end|ended|ended at|end time|end date|session end|finish|finished|stop|logout|log out"
            "|logout time|logoff|logoff time|time out|selesai|jam selesai|waktu selesai"
            "|pukul selesai|keluar|jam keluar|waktu keluar|berakhir",
        ),
        _field(
            "duration",
            N_("Duration"),
            "duration|minutes|minutes used|time used|length|session length|durasi|lama"
            "|lama pemakaian|lama pakai|lama penggunaan|lamanya|menit|jumlah menit|total menit"
            "|durasi pemakaian|waktu pakai",
        ),
        _SEX,
        _AGE,
        _PURPOSE,
        _MEMBER,
        _field("occupation", N_("Occupation"), _OCCUPATION),
        _EDUCATION,
        _field("type", N_("Type of visitor"), _TYPES),
        _field(
            "count", N_("Count"), "count|sessions|jumlah|jml|jumlah sesi|jumlah pemakai|pemakai"
        ),
        _NOTE,
    ),
    What.TOTALS: (
        _field("month", N_("Month"), "month|period|bulan|bln|periode|bulan/tahun|bulan tahun"),
        _field("year", N_("Year"), "year|tahun|thn"),
        _field("count", N_("Count"), f"{_COUNT}|value|nilai|angka"),
        _FEMALE,
        _MALE,
        _field("indicator", N_("Indicator"), "indicator|indikator|uraian|jenis data|dataelement"),
    ),
    What.PATRONS: (
        _field(
            "name",
            N_("Name"),
            "name|member name|full name|fullname|nama|nama anggota|nama lengkap",
            needed=True,
        ),
        _MEMBER,
        _SEX,
        _field(
            "birth_date",
            N_("Date or year of birth"),
            "birth date|birthdate|date of birth|dateofbirth|dob|birth year|year of birth"
            "|tanggal lahir|tgl lahir|tgl. lahir|tahun lahir",
        ),
        _field(
            "occupation",
            N_("Occupation"),
            f"{_OCCUPATION}|member type|member type name|membership type|tipe anggota"
            "|jenis anggota|tipe keanggotaan",
        ),
        _EDUCATION,
        _field("village", N_("Village"), "village|desa|kelurahan|desa/kelurahan|kelurahan/desa"),
        _field("contact", N_("Contact")),
        _field(
            "registered",
            N_("Registered"),
            "register date|registered|registration date|date registered|tanggal daftar|tgl daftar"
            "|tanggal pendaftaran|tgl pendaftaran|tanggal registrasi|tgl registrasi"
            "|tanggal bergabung|tgl. pendaftaran",
        ),
    ),
    What.ACTIVITIES: (
        _field(
            "date",
            N_("Date"),
            "date|event date|activity date|start date|tanggal|tgl|hari/tanggal|hari, tanggal"
            "|tanggal kegiatan|tgl kegiatan|tanggal pelaksanaan|tgl pelaksanaan|waktu"
            "|waktu pelaksanaan|waktu kegiatan|hari/tgl|hari dan tanggal",
            needed=True,
        ),
        _field(
            "title",
            N_("Activity"),
            "title|activity|activity name|name of activity|activity title|event|event name|program"
            "|training|training title|judul|judul kegiatan|nama kegiatan|kegiatan|uraian kegiatan"
            "|nama acara|acara|nama pelatihan|judul pelatihan|pelatihan|tema|tema kegiatan|name"
            "|nama|uraian",
            needed=True,
        ),
        _field(
            "kind",
            N_("Kind of activity"),
            "kind|type|category|activity type|type of activity|kind of activity|event type|jenis"
            "|jenis kegiatan|tipe|tipe kegiatan|kategori|kategori kegiatan|bentuk kegiatan|bentuk",
        ),
        _field(
            "topic",
            N_("Topic"),
            "topic|subject|theme|topik|bidang|materi|bidang kegiatan|topik pelatihan",
        ),
        _field(
            "participants",
            N_("Participants"),
            "participants|number of participants|attendance|attendees|total participants|peserta"
            "|jumlah peserta|jml peserta|total peserta|kehadiran|hadir|jumlah hadir"
            "|jumlah yang hadir|jumlah kehadiran|banyak peserta",
        ),
        _FEMALE,
        _MALE,
        _field(
            "role",
            N_("Role of the library"),
            "role|role of the library|library role|peran|peran perpustakaan|penyelenggara"
            "|peran perpus",
        ),
        _field(
            "community",
            N_("Community"),
            "community|group|komunitas|nama komunitas|kelompok|kelompok masyarakat|sasaran"
            "|kelompok sasaran",
        ),
        _NOTE,
    ),
}
"""The fields of each kind of table, in the order in which they are asked."""

_NEVER = re.compile(
    r"\bn\.?i\.?k\b|\bktp\b|\bkk\b|kartu keluarga|identitas|identity|\bibu\b|mother|maiden|agama"
    r"|religi|passw|\bpin\b|sandi|\bfoto\b|photo|image|gambar|\bpaspor|passport|\bsim\b"
)
"""Titles of columns that are never read: numbers of identity cards, family cards, mothers' names,
religion, passwords, pictures."""


def plain(title: str) -> str:
    """A title as titles are compared."""
    return tidy(title).replace("_", " ").strip(" :.*").casefold()


def is_never(title: str) -> bool:
    """Whether a column of that title is never read."""
    return _NEVER.search(plain(title)) is not None


_BRACKETED = re.compile(r"\([^)]*\)|\[[^]]*\]")
_PER_DAY = re.compile(r" *(?:/|\bper) *(?:hari|day)\b")
_PARTING = re.compile(r"[^\w/&-]+")
_HOW_MANY = frozenset(
    {"banyak", "banyaknya", "count", "jlh", "jmlh", "jml", "jumlah", "number", "total"}
)
_OF_WHOM = frozenset(
    {
        *("attendance", "hadir", "kehadiran", "kunjungan", "orang", "org", "pemustaka"),
        *("pengunjung", "people", "persons", "visitors", "visits"),
    }
)
_TAKING_PART = frozenset({"attendees", "participants", "peserta"})
_BESIDE = frozenset(
    {
        *("dan", "daily", "day", "harian", "of", "per", "perpustakaan", "seluruh", "semua"),
        *("the", "yang", "&", "-"),
    }
)
"""Words of a title beside those that make it a count."""


def _words(title: str) -> list[str]:
    """The words of a title without what stands in brackets, marks and how often it is counted."""
    said = _PER_DAY.sub("", _BRACKETED.sub(" ", plain(title)))
    return [word for word in _PARTING.split(said) if word]


def says_how_many(title: str) -> bool:
    """Whether a title itself says that numbers stand below it: `Jumlah`, `Total kunjungan`."""
    return not _HOW_MANY.isdisjoint(_words(title))


def _counts(words: Sequence[str], whom: frozenset[str]) -> bool:
    """Whether words say nothing but how many have come, as `whom` calls those."""
    known = _HOW_MANY | whom
    return not known.isdisjoint(words) and known.union(_BESIDE).issuperset(words)


def field_of(what: What, title: str) -> str | None:
    """The field that a column of that title usually holds.

    `Jml. Pemustaka (orang)` is a count like `Jumlah`, and `Jumlah L` or `Pengunjung L` are men; of
    activities `Peserta` counts so too.
    """
    said = plain(title)
    if not said or is_never(title):
        return None
    words = _words(title)
    for known in (said, " ".join(words)):
        for each in FIELDS[what]:
            if known in each.titles:
                return each.code
    if what is What.PATRONS:
        return None
    whom = _OF_WHOM | _TAKING_PART if what is What.ACTIVITIES else _OF_WHOM
    if _counts(words, whom):
        return "participants" if what is What.ACTIVITIES else "count"
    core = " ".join(word for word in words if word not in _HOW_MANY | whom)
    parts = (each for each in FIELDS[what] if each.code in ("female", "male"))
    return next((each.code for each in parts if core in each.titles), None)


def codes(what: What) -> Sequence[str]:
    """The codes of the fields of a kind of table."""
    return [each.code for each in FIELDS[what]]
