"""What a table is about, of those that may be logs of computer use."""

from __future__ import annotations

import pytest

from perpudesk.importing.columns import find_head
from perpudesk.importing.fields import What
from perpudesk.importing.guessing import guess_columns, guess_what


@pytest.mark.parametrize(
    "lines, what, columns",
    [
        (
            ("Komputer;Mulai;Selesai", "PC 1;2025-10-06 09:00;2025-10-06 10:00"),
            What.SESSIONS,
            {"workstation": 0, "start": 1, "end": 2},
        ),
        (
            ("No;Tanggal;No. PC;Nama;Jam Masuk;Jam Keluar;Keperluan;Ket", "1;6-10-25;3;A;9.00;;;"),
            What.SESSIONS,
            {"workstation": 2, "date": 1, "start": 4, "end": 5, "purpose": 6, "note": 7},
        ),
        (
            ("workstation,start_time,end_time,minutes,member_id".replace(",", ";"), "1;2;3;4;5"),
            What.SESSIONS,
            {"workstation": 0, "start": 1, "end": 2, "duration": 3, "member": 4},
        ),
        (
            ("Login;Logout", "2025-10-06 09:00;2025-10-06 10:00"),
            What.SESSIONS,
            {"start": 0, "end": 1},
        ),
        (
            ("PC;Login time;Duration (minutes);Total", "1;2025-10-06 09:00;60;5000"),
            What.SESSIONS,
            {"workstation": 0, "start": 1, "duration": 2},
        ),
        (
            ("Tanggal;Nama;Jam Masuk;Jam Keluar", "6-10-25;Siti;9.00;10.00"),
            What.VISITS,
            {"date": 0, "time": 2, "name": 1},
        ),
        (
            ("Tanggal;Nama;Komputer", "6-10-25;Siti;v"),
            What.VISITS,
            {"date": 0, "name": 1},
        ),
        (("Tanggal;Jumlah", "6-10-25;22"), What.VISITS, {"date": 0, "count": 1}),
    ],
)
def test_logs_are_told_from_visits(
    lines: tuple[str, ...], what: What, columns: dict[str, int]
) -> None:
    head = find_head([line.split(";") for line in lines])
    assert head is not None
    assert guess_what(head) is what
    assert guess_columns(head, what) == columns


@pytest.mark.parametrize(
    "row, columns",
    [
        ("PC 1;2025-10-06 09:00;2025-10-06 10:00;P", {"start": 1, "end": 2, "sex": 3}),
        ("2025-10-06 09:00;PC 1", {"start": 0}),
    ],
)
def test_times_are_found_where_titles_say_nothing(row: str, columns: dict[str, int]) -> None:
    head = find_head([row.split(";")] * 3)
    assert head is not None
    assert head.bare
    assert guess_columns(head, What.SESSIONS) == columns
