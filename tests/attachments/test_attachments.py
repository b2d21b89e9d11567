"""Photos and documents in a real folder."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from perpudesk.attachments.model import MOST_DOCUMENT, MOST_PHOTO, PHOTO_SIDE
from perpudesk.core.errors import FileError, RuleError
from perpudesk.desk import Desk

ORIENTATION, GPS = 0x0112, 0x8825
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def photo(path: Path, *, size: tuple[int, int] = (60, 40), **save: object) -> Path:
    Image.new("RGB", size, "red").save(path, **save)  # type: ignore[arg-type]
    return path


def test_a_photo_is_kept_upright_and_without_its_place(desk: Desk, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turned by 90°
    exif.get_ifd(GPS)[2] = (6.0, 10.0, 30.0)
    file = photo(tmp_path / "foto.JPG", exif=exif.tobytes())
    made = desk.attachments.add("meetings", "m", file)
    kept = Image.open(io.BytesIO(desk.attachments.data(made)))
    assert kept.size == (40, 60)
    assert dict(kept.getexif()) == {}
    assert (made.file_name, made.is_photo, made.stored_as) == (
        "foto.JPG",
        True,
        f"{made.digest}.jpg",
    )
    file.unlink()
    assert desk.attachments.path(made).exists()


def test_a_large_photo_is_scaled_down(desk: Desk, tmp_path: Path) -> None:
    made = desk.attachments.add("meetings", "m", photo(tmp_path / "besar.png", size=(4000, 1000)))
    kept = Image.open(io.BytesIO(desk.attachments.data(made)))
    assert kept.size == (PHOTO_SIDE, PHOTO_SIDE // 4)


def test_a_document_is_kept_as_it_is(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "Undangan.pdf"
    file.write_bytes(PDF)
    made = desk.attachments.add("meetings", "m", file)
    again = desk.attachments.add("meetings", "n", file)
    assert desk.attachments.data(made) == PDF
    assert desk.attachments.path(again) == desk.attachments.path(made)
    assert not made.is_photo
    assert [each.id for each in desk.attachments.of("m")] == [made.id]


def test_what_is_removed_can_be_undone(desk: Desk, tmp_path: Path) -> None:
    made = desk.attachments.add("meetings", "m", photo(tmp_path / "a.webp"))
    desk.attachments.remove(made.id)
    assert desk.attachments.of("m") == []
    with pytest.raises(RuleError):
        desk.attachments.remove(made.id)
    desk.undo()
    assert desk.attachments.data(desk.attachments.get(made.id))


def refused(desk: Desk, file: Path) -> FileError:
    with pytest.raises(FileError) as caught:
        desk.attachments.add("meetings", "m", file)
    assert desk.attachments.of("m") == []
    assert file.name in caught.value.sentence()
    return caught.value


@pytest.mark.parametrize(
    "name, data, code",
    [
        ("catatan.txt", b"x", "attachment_kind"),
        ("virus.exe", b"MZ", "attachment_kind"),
        ("foto", b"x", "attachment_kind"),
        ("kosong.jpg", b"", "attachment_empty"),
        ("bukan.jpg", b"%PDF-1.4", "attachment_no_photo"),
        ("rusak.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "attachment_no_photo"),
        ("bukan.pdf", b"\xff\xd8\xff", "attachment_no_document"),
        ("bukan.docx", b"%PDF-", "attachment_no_document"),
    ],
)
def test_what_cannot_be_attached_says_why(
    desk: Desk, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert refused(desk, file).code == code


@pytest.mark.parametrize("name, most", [("60.jpg", MOST_PHOTO), ("60.pdf", MOST_DOCUMENT)])
def test_a_file_that_is_too_large_is_not_read(
    desk: Desk, tmp_path: Path, name: str, most: int
) -> None:
    file = tmp_path / name
    with file.open("wb") as stream:
        stream.truncate(60 * 1024 * 1024)
    assert refused(desk, file).code == "attachment_too_large"
    with file.open("wb") as stream:
        stream.truncate(most)
    assert refused(desk, file).code != "attachment_too_large"


def test_a_photo_cut_short_is_no_photo(desk: Desk, tmp_path: Path) -> None:
    file = photo(tmp_path / "potong.jpg", size=(400, 300))
    file.write_bytes(file.read_bytes()[:-200])
    assert refused(desk, file).code == "attachment_no_photo"


@pytest.mark.parametrize("side", [11_000, 20_000])
def test_a_bomb_is_not_unpacked(desk: Desk, tmp_path: Path, side: int) -> None:
    file = tmp_path / "bom.png"
    Image.new("1", (side, side)).save(file)
    assert refused(desk, file).code == "attachment_too_wide"


def test_a_file_that_is_gone_says_so(desk: Desk, tmp_path: Path) -> None:
    assert refused(desk, tmp_path / "hilang.jpg").code == "attachment_unreadable"
    folder = tmp_path / "map.jpg"
    folder.mkdir()
    assert refused(desk, folder).code in ("attachment_unreadable", "attachment_empty")
