"""What single cells of a library's own tables say: numbers, ages, months, and words for slugs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from perpudesk.core.codes import (
    AGE_SETS,
    COMPUTER_PURPOSES,
    EDUCATIONS,
    OCCUPATIONS,
    PURPOSES,
    TRAINING_TOPICS,
    UNKNOWN,
    Sex,
    VisitorType,
)
from perpudesk.core.errors import Problem
from perpudesk.core.i18n import LANGUAGES, speaking, tr
from perpudesk.core.times import Period
from perpudesk.importing.dates import DayOrder, day_of, month_numbers
from perpudesk.importing.fields import plain
from perpudesk.importing.identity import tidy
from perpudesk.patrons.model import OLDEST

_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,'  ])[0-9]{3})(?:\1[0-9]{3})*(?:[.,]0{1,2})?")
_PEOPLE = re.compile(r" *(?:orang|org|pemustaka|pengunjung|people|persons?|visitors?|visits?)\.?$")
_WHOLE = re.compile(r"([0-9]+)(?:[.,]0{1,2})?")
_YEARS = re.compile(r"([0-9]{1,3})(?:[.,]0+)?(?: *(?:tahun|thn|th|years?|yrs?)\.?)?")
_BAND = re.compile(r"([0-9]{1,3}) *(?:-|–|—|s/?d\.?|sampai|to) *([0-9]{1,3})")
_OPEN_BAND = re.compile(r"(?:(?:>=|≥) *([0-9]{1,3})|> *([0-9]{1,3})|([0-9]{1,3}) *(?:\+|ke atas))")
_AGE_UNIT = re.compile(r" *(?:tahun|thn|th|years?|yrs?)\.?$")
_BANDS = {band.slug for bands in AGE_SETS.values() for band in bands}

_MONTH_FIRST = re.compile(r"([a-z]{3,10})\.?(?:[ '\-/.,]+([0-9]{4}|[0-9]{2}))?", re.IGNORECASE)
_YEAR_MONTH = re.compile(
    r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2})(?:[ T]00:00(?::00)?)?)?"
)
_MONTH_YEAR = re.compile(r"(?:0?1[-/.])?([0-9]{1,2})[-/. ]([0-9]{4})")
_SHORT = re.compile(r"([0-9]{1,2})[-/.' ]([0-9]{2})")
_YEAR_INSIDE = re.compile(r"(?<![0-9])(19[4-9][0-9]|20[0-9]{2})(?![0-9])")

DATED = re.compile(
    r"(?:[a-z']+, *)?[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[a-z]{3,9})\.?[-/. ,]+[0-9]{2,4}(?:[ T,].*)?",
    re.IGNORECASE,
)
"""A date as a table writes it; whether it is one is not asked."""

_SEXES = {
    Sex.FEMALE: "f female woman women girl p pr perempuan w wanita putri cewek 0 2",
    Sex.MALE: "m male man men boy l lk laki laki-laki laki2 pria putra cowok 1",
}
_TYPES = {
    VisitorType.MEMBER: "member|anggota|members|anggota perpustakaan",
    VisitorType.NON_MEMBER: "non-member|non member|not a member|bukan anggota|non anggota"
    "|non-anggota|nonanggota|umum|tamu|guest",
    VisitorType.GROUP: "group|rombongan|kelompok|kunjungan rombongan",
}
_MORE = {
    "pupil": "siswa|siswi|siswa/siswi|pelajar|murid|pelajar/siswa|school pupil",
    "student": "mahasiswa|mahasiswi|mahasiswa/i|university student",
    "teacher": "guru|tenaga pendidik|pendidik",
    "civil_servant": "pns|asn|pegawai negeri|pegawai negeri sipil|pppk",
    "military_police": "tni|polri|tni/polri|tni / polri|polisi",
    "private_employee": "swasta|karyawan|karyawan swasta|pegawai swasta|karyawan/swasta",
    "entrepreneur": "wiraswasta|wirausaha|umkm|pengusaha|wiraswasta/umkm",
    "homemaker": "ibu rumah tangga|irt|mengurus rumah tangga|housewife",
    "farmer": "petani|pekebun|tani",
    "labourer": "buruh|buruh harian",
    "trader": "pedagang|dagang",
    "retired": "pensiun|pensiunan|purnawirawan",
    "unemployed": "tidak bekerja|belum bekerja|belum/tidak bekerja|tidak kerja|-",
    "none": "tidak sekolah|belum sekolah|tidak/belum sekolah|paud|tk|paud/tk",
    "sd": "sd|mi|sd/mi|sekolah dasar|sd/sederajat",
    "smp": "smp|mts|smp/mts|sltp|smp/sederajat",
    "sma": "sma|smk|ma|sma/smk|slta|sma/smk/ma|smu|sma/sederajat",
    "s1": "s1|s-1|sarjana|strata 1",
    "s2": "s2|s-2|magister|pascasarjana",
    "s3": "s3|s-3|doktor",
    "reading": "membaca|baca|baca buku|membaca buku|baca di tempat",
    "loan": "pinjam|meminjam|kembali|mengembalikan|pinjam buku|pinjam/kembali|meminjam buku",
    "computer": "komputer|internet|komputer & internet|komputer dan internet|wifi",
    "study": "belajar|tugas|mengerjakan tugas|belajar/tugas|belajar kelompok",
    "training": "pelatihan|kursus",
    "meeting": "pertemuan|rapat",
    "business": "usaha|umkm|usaha/umkm|bisnis|jualan|toko online",
    "job_search": "mencari kerja|cari kerja|lowongan|lowongan kerja|melamar kerja|lamaran kerja",
    "government": "layanan pemerintah|layanan publik|bpjs|dukcapil|pajak|administrasi",
    "health": "kesehatan",
    "communication": "komunikasi|email|e-mail|surel|media sosial|medsos|chat|zoom",
    "ict_information_literacy": "tik|ti|it|ict|literasi digital|literasi informasi|komputer dasar"
    "|teknologi informasi|komputer|internet|literasi informasi dan tik",
    "marketing_service": "pemasaran|pelayanan prima|pemasaran dan pelayanan prima|marketing",
    "advocacy_mobilisation": "advokasi|mobilisasi sosial|advokasi dan mobilisasi sosial|advocacy",
    "craft": "kerajinan|kriya|kerajinan tangan|keterampilan|handicraft|crafts",
    "agriculture": "pertanian|perkebunan|peternakan|perikanan|tani|farming",
    "other": "lainnya|lain-lain|lain|dll|others",
    "leisure": "hiburan|game|games|main game|bermain|youtube|film|musik|menonton",
}
_UNKNOWN = {"", "-", "–", "?", "n/a", "na", "null", "none", "tidak diketahui", "tidak dicatat"}


def whole_number(text: str) -> int | None:
    """The whole number of a cell: `57`, `57,0`, `7 orang`, `1.234` and `1,234` for 1234; else None.

    A count has no decimals, so a mark before three digits can only part thousands. What a
    spreadsheet program has taken for a decimal (`1.23` for 1.230) is no whole number.
    """
    said = _PEOPLE.sub("", text.strip().casefold())
    if _GROUPED.fullmatch(said) is not None:
        said = re.sub(r"[.,]0{1,2}$", "", said)
        return int(re.sub(r"[^0-9]", "", said))
    found = _WHOLE.fullmatch(said)
    return int(found[1][:19]) if found is not None else None


def both(female: str, male: str) -> str:
    """The count of a row that says only women and men; as it stands where one is no number."""
    if "" in (female, male):
        return ""
    one, other = whole_number(female), whole_number(male)
    return female if one is None else male if other is None else str(one + other)


def parts_thousands(text: str) -> bool:
    """Whether a mark in a number was taken to part thousands."""
    return _GROUPED.fullmatch(_PEOPLE.sub("", text.strip().casefold())) is not None


def thousands_mark(texts: Iterable[str]) -> str:
    """What parts thousands in these cells: as one proves that can be read only so, else the first.

    `1.234,00` and `1.234.567` prove the dot, `1,5` that the comma begins decimals; empty for none.
    """
    first = ""
    for text in texts:
        said = _PEOPLE.sub("", text.strip().casefold())
        if (found := _GROUPED.fullmatch(said)) is not None:
            rest = re.sub(r"[0-9]", "", said)
            if len(rest) > 1:
                return found[1]
            first = first or found[1]
        elif (decimal := _DECIMAL.fullmatch(said)) is not None:
            return "." if decimal[1] == "," else ","
    return first


def mark_in(text: str) -> str:
    """The mark that parts the thousands of a number, empty for none."""
    found = _GROUPED.fullmatch(_PEOPLE.sub("", text.strip().casefold()))
    return "" if found is None else found[1]


_DECIMAL = re.compile(r"[0-9]+([.,])(?:[0-9]{1,2}|[0-9]{4,})")
_TICKS = {"v", "✓", "✔", "√", "y", "ya", "yes", "true", "*", "•", "●"}
_NO_TICKS = {"false", "tidak", "no", "-", "–"}


def ticked(text: str) -> bool | None:
    """Whether a cell is ticked, `v` or TRUE; None for what is no tick, and no empty one either."""
    said = text.strip().casefold()
    return True if said in _TICKS else False if said in _NO_TICKS else None


def is_value(cell: str) -> bool:
    """Whether a cell is a date or a number rather than a title."""
    said = tidy(cell)
    if not said:
        return False
    return whole_number(said) is not None or DATED.fullmatch(said) is not None or names_month(said)


def age_of(text: str) -> tuple[int | None, str | None] | None:
    """Years, or a band of a set that is in use; None where a cell says neither."""
    said = text.strip().casefold()
    if (found := _YEARS.fullmatch(said)) is not None:
        years = int(found[1])
        return (years, None) if years <= OLDEST else None
    said = _AGE_UNIT.sub("", said)
    slug = ""
    if (found := _BAND.fullmatch(said)) is not None:
        slug = f"{int(found[1])}-{int(found[2])}"
    elif (found := _OPEN_BAND.fullmatch(said)) is not None:
        slug = f"{int(found[1] or found[3])}+" if not found[2] else f"{int(found[2]) + 1}+"
    return (None, slug) if slug in _BANDS else None


def sex_of(text: str) -> Sex | None:
    """The sex that a cell names; None where it names none that is known."""
    said = plain(text).replace(" ", "")
    if said in _UNKNOWN:
        return Sex.UNKNOWN
    return next((sex for sex, words in _SEXES.items() if said in words.split()), None)


def type_of(text: str) -> VisitorType | None:
    """The type of visitor that a cell names."""
    said = plain(text)
    if said in _UNKNOWN:
        return VisitorType.UNKNOWN
    return next((each for each, words in _TYPES.items() if said in words.split("|")), None)


def month_of(text: str, year: int | None = None) -> Period | None:
    """The month of a title or cell: `2022-12`, `2023-1`, `Des-22`, `Januari 2023`, `01/2023`.

    A spreadsheet may have made a day of it, its first or its last. A month without a year is one
    of `year`; None for what is no month.
    """
    said = " ".join(text.split())
    if (found := _YEAR_MONTH.fullmatch(said)) is not None:
        month = _month(int(found[1]), int(found[2]))
        edges = (1, month.last.day) if month is not None else ()
        return month if found[3] is None or int(found[3]) in edges else None
    if (found := _MONTH_YEAR.fullmatch(said)) is not None:
        return _month(int(found[2]), int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(said)) is not None:
        number = month_numbers().get(found[1].casefold())
        if number is None:
            return None
        said_year = found[2]
        if said_year is None:
            return None if year is None else _month(year, number)
        return _month(int(said_year) if len(said_year) == 4 else 2000 + int(said_year), number)
    return None


def month_told_by(text: str, today: date) -> Period | None:
    """The month of a cell that can only be a month, if it writes it as a day or as `03/25`."""
    if (found := _SHORT.fullmatch(text)) is not None and int(found[2]) > 12:
        return _month(2000 + int(found[2]), int(found[1]))
    day = day_of(text.removesuffix(" 00:00:00"), DayOrder(month_first=None), today)
    return None if isinstance(day, Problem) else Period.month_of(day)


def names_month(text: str) -> bool:
    """Whether a title or cell names a month, with a year or without."""
    return month_of(text, 2000) is not None


def lacks_year(text: str) -> bool:
    """Whether a month is named without its year."""
    return names_month(text) and month_of(text) is None


def year_in(texts: Iterable[str]) -> int | None:
    """The one year that these texts name, if they name one and no other."""
    found = {int(year) for text in texts for year in _YEAR_INSIDE.findall(text)}
    return found.pop() if len(found) == 1 else None


def _month(year: int, month: int) -> Period | None:
    return Period.of(year, month) if 1 <= month <= 12 and 1000 <= year < 9999 else None


class Vocabulary:
    """Words for the entries of a list that grows: standard ones in both languages, and its own."""

    def __init__(self, standard: Mapping[str, str], own: Mapping[str, str]) -> None:
        """`standard` are English labels by slug, `own` what the branch calls its entries."""
        self._labels = own
        self._slugs = dict.fromkeys(_UNKNOWN, UNKNOWN)
        for slug, text in standard.items():
            for said in (slug, *_MORE.get(slug, "").split("|")):
                self._slugs.setdefault(plain(said), slug)
            for lang in LANGUAGES:
                with speaking(lang):
                    self._slugs.setdefault(plain(tr(text)), slug)
        for slug, text in own.items():
            self._slugs[plain(text)] = slug
            self._slugs[plain(slug)] = slug

    def label(self, slug: str) -> str:
        """What an entry is called."""
        return self._labels.get(slug, slug)

    def slug(self, text: str) -> str | None:
        """The entry that a cell names; None where it names none."""
        return self._slugs.get(plain(text))


STANDARDS = {
    "occupation": OCCUPATIONS,
    "education": EDUCATIONS,
    "purpose": PURPOSES,
    "computer_purpose": COMPUTER_PURPOSES,
    "training_topic": TRAINING_TOPICS,
}
"""The lists that grow, by the field that names an entry of them."""
