"""Small files that would unpack to something large, and how dearly each is refused.

    python -m tests.attack.bombs FOLDER

Prints, as JSON, of each: the code it is refused with, seconds, and megabytes beyond what was in
use before it.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
import zipfile
import zlib
from pathlib import Path

from PIL import Image

from perpudesk.core.errors import PerpuDeskError
from perpudesk.desk import Desk
from perpudesk.paper.kop import read_crest_file
from perpudesk.trainings.model import CourseDraft
from tests.attack.readers import SLIMS, workbook

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>%s]><worksheet>&z;</worksheet>" % b"".join(
    b"<!ENTITY %c '&%c;&%c;&%c;&%c;'>" % (at, at - 1, at - 1, at - 1, at - 1)
    for at in range(ord("b"), ord("z") + 1)
)
_MEGA = 1 << 20


def rebuilt(path: Path, name: str, content: bytes, times: int = 1) -> Path:
    """A workbook with one of its parts another, so many times over."""
    start = path.parents[1] / "start.xlsx"
    start.write_bytes(workbook(SLIMS))
    with zipfile.ZipFile(start) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        with new.open(name, "w", force_zip64=True) as stream:
            for _ in range(times):
                stream.write(content)
    return path


def overlapping(path: Path) -> Path:
    """A zip whose thousand entries are one and the same megabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(SHEET, bytes(8 * _MEGA))
        first = made.filelist[0]
        for at in range(1_000):
            twin = zipfile.ZipInfo(f"xl/worksheets/sheet{at + 2}.xml")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, field, getattr(first, field))
            made.filelist.append(twin)
            made.NameToInfo[twin.filename] = twin
    return path


def nested(path: Path) -> Path:
    """A zip in a zip in a zip."""
    inner = path.parents[1] / "inner.zip"
    inner.write_bytes(workbook(SLIMS))
    for _ in range(20):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.write(inner, "xl/workbook.xml")
        inner.write_bytes(path.read_bytes())
    return path


def lying(path: Path) -> Path:
    """A part that says that it is small."""
    rebuilt(path, SHEET, bytes(_MEGA), 200)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            if int.from_bytes(data[place + at : place + at + 4], "little") > 100 * _MEGA:
                data[place + at : place + at + 4] = (500).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def build(folder: Path) -> None:
    """What somebody may choose as a list, and as a picture."""
    rebuilt(folder / "zeros.xlsx", SHEET, bytes(_MEGA), 400)
    rebuilt(folder / "strings.xlsx", "xl/sharedStrings.xml", b"<si/>" * 200_000, 200)
    rebuilt(folder / "rows.xlsx", SHEET, b"<row><c/></row>" * 70_000, 100)
    rebuilt(folder / "laughs.xlsx", SHEET, LAUGHS)
    overlapping(folder / "overlapping.xlsx")
    nested(folder / "nested.xlsx")
    lying(folder / "lying.xlsx")
    with (folder / "line.csv").open("wb") as stream:
        for _ in range(300):
            stream.write(b"a" * _MEGA)
    Image.new("1", (20_000, 20_000)).save(folder / "wide.png")
    comment(folder / "comment.png")


def comment(path: Path) -> None:
    """A picture of eight dots with fifty packed megabytes of comment."""
    chunk = zlib.compress(bytes(50 * _MEGA))
    start = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\0\0\0\0"
    text = b"zTXtk\0\0" + chunk
    path.write_bytes(
        start
        + zlib.crc32(start[12:]).to_bytes(4, "big")
        + (len(text) - 4).to_bytes(4, "big")
        + text
        + zlib.crc32(text).to_bytes(4, "big")
    )


def main(folder: Path) -> dict[str, tuple[str, float, float]]:
    """Try each; its code, seconds and megabytes."""
    told = {}
    (folder / "bombs").mkdir()
    maker = multiprocessing.get_context("spawn").Process(target=build, args=(folder / "bombs",))
    maker.start()  # what making them takes is not what reading them takes
    maker.join()
    with Desk(folder / "data") as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        course = desk.trainings.add(CourseDraft(title="Email"))
        first = folder / "first.xlsx"
        first.write_bytes(workbook(SLIMS))
        desk.importing.look(first)  # loads what reads them
        readers = {
            "list": desk.importing.look,
            "crest": read_crest_file,
            "attachment": lambda path: desk.attachments.add("courses", course.id, path),
        }
        for path in sorted((folder / "bombs").iterdir()):
            kinds = ("crest", "attachment") if path.suffix == ".png" else ("list",)
            for kind in kinds:
                before, begun = _peak(), time.perf_counter()
                try:
                    readers[kind](path)
                    code = ""
                except PerpuDeskError as error:
                    code = error.code
                spent = time.perf_counter() - begun
                told[f"{path.name} as {kind}"] = (code, spent, _peak() - before)
    return told


def _peak() -> float:
    """The most megabytes that were ever in use."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
