"""What lists of activities call their kinds, and what the library's part in them was."""

from __future__ import annotations

import re

from perpudesk.core.codes import Audience, MeetingKind, MeetingRole
from perpudesk.importing.fields import plain

Kind = Audience | MeetingKind
"""A training for an audience, else a meeting of the community."""

_STAFFED = r"(?:staff?\b|pustakawan|petugas|pegawai|pengelola|librarians?)"
_CLASS = (
    r"(?<!kunjungan )(?<!murid )(?<!pelajar )(?<!siswa )\bkelas\b(?! (?:[0-9]|[ivx]+\b))"
    r"|(?<!visit of a )\bclass(?:es)?\b(?! (?:visit|[0-9]))"
)
"""`Kelas Menjahit` is taught; `Kunjungan siswa kelas 4` and `Class visit` are no training."""
_TAUGHT = (
    r"(?:pelatihan|training|kursus|course|workshop|lokakarya|bimtek|bimbingan teknis|diklat"
    rf"|{_CLASS})"
)
_TRAINING = re.compile(_TAUGHT)
_OF_STAFF = re.compile(
    rf"{_TAUGHT}(?: (?:bagi|untuk|para|for|of|internal))* {_STAFFED}|\b{_STAFFED} {_TAUGHT}"
)
"""`Bimtek bagi pengelola` is for them; `Pelatihan oleh petugas BPS` is by them."""
_MEETINGS = (
    (
        MeetingKind.STAKEHOLDER_MEETING,
        re.compile(
            r"stakeholder|pemangku|\brapat\b|\brakor\b|koordinasi|audiensi|\bfgd\b|musyawarah"
            r"|\brembuk"
        ),
    ),
    (
        MeetingKind.PEER_LEARNING,
        re.compile(r"peer|\bplm\b|belajar bersama|berbagi|sharing|studi banding|saling belajar"),
    ),
    (
        MeetingKind.COMMUNITY_ACTIVITY,
        re.compile(
            r"kegiatan|activit|community|pelibatan|masyarakat|komunitas|pertemuan|lomba|festival"
            r"|baza+r|pameran|sosialisasi|seminar|talk ?show|bedah buku|dongeng|story ?telling"
            r"|event|acara|\bnobar\b|pentas|literasi|diskusi|perayaan|peringatan"
        ),
    ),
)
_ROLES = {
    MeetingRole.ORGANISED: "organised|organized|organiser|organizer|own|library|penyelenggara"
    "|sendiri|mandiri|perpustakaan|diselenggarakan sendiri|menyelenggarakan|pelaksana|tuan rumah"
    "|diselenggarakan perpustakaan|diselenggarakan oleh perpustakaan|oleh perpustakaan"
    "|dilaksanakan sendiri|dilaksanakan perpustakaan|dilaksanakan oleh perpustakaan|host|hosted",
    MeetingRole.CO_ORGANISED: "co-organised|co-organized|co organised|co_organised|coorganised"
    "|joint|bersama|kerja sama|kerjasama|kolaborasi|mitra|bermitra|diselenggarakan bersama"
    "|bekerja sama|bekerjasama|berkolaborasi|penyelenggara bersama",
    MeetingRole.ROOM_ONLY: "room only|room-only|room_only|room|venue|venue only|tempat|tempat saja"
    "|ruang|ruang saja|ruangan saja|hanya tempat|hanya ruang|hanya meminjamkan ruang"
    "|meminjamkan ruang|pinjam ruang|pinjam tempat|peminjaman ruang|fasilitator tempat",
}
_BY_WORD = {plain(word): role for role, words in _ROLES.items() for word in words.split("|")}

_WITH = re.compile(
    r"(?:(?:be)?kerja ?sama|(?:ber)?kolaborasi|bermitra|bersama|co-?organi[sz]ed) "
    r"(?:dengan|with) .+"
)
"""`Bekerja sama dengan Dinas Kesehatan`: whoever it was with."""


def kind_of(text: str) -> Kind | None:
    """What kind of activity words name; None for those that name none.

    Of the words of both languages the most particular decides: a training first, and then one of
    the staff.
    """
    said = plain(text)
    if said in (each.value.replace("_", " ") for each in MeetingKind):
        return MeetingKind(said.replace(" ", "_"))
    if _TRAINING.search(said):
        return Audience.STAFF if _OF_STAFF.search(said) else Audience.COMMUNITY
    if said in ("staf", "staff"):
        return Audience.STAFF
    return next((kind for kind, words in _MEETINGS if words.search(said)), None)


def role_of(text: str) -> MeetingRole | None:
    """What the library's part was; None for words that name none."""
    said = plain(text)
    return MeetingRole.CO_ORGANISED if _WITH.fullmatch(said) else _BY_WORD.get(said)
