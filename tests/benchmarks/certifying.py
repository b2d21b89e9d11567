"""Three hundred certificates in one file: asked of the desk, drawn, and written."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.core.times import FixedClock
from perpudesk.desk import founded
from perpudesk.paper.kop import CREST_SIDE, read_crest
from perpudesk.patrons.model import PatronDraft
from perpudesk.trainings.model import CourseDraft
from tests.benchmarks.bench import Row, answer, program, tell

PEOPLE, MEETINGS, ROUNDS = 300, 4, 5
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ONE_FILE = """
import json, resource, sys, time
begin = time.monotonic()
from pathlib import Path
from perpudesk.desk import opened
from perpudesk.paper.pdf import write_file
with opened(Path(sys.argv[1])) as desk:
    document = desk.training_papers.certificates(sys.argv[2])
pages = write_file(document, Path(sys.argv[3]), paper="a4")
assert pages == int(sys.argv[4])
taken = time.monotonic() - begin
print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
HOW = (
    "in a process of its own: the program loaded, the desk opened, the certificates of a training "
    "of four meetings asked of it and written as one file, with a kop, a crest of 600 × 600 and a "
    "QR code each; median of five"
)


def taught(data: Path) -> str:
    """A training that is over, with a certificate for everybody; its id."""
    with founded(data, clock=FixedClock(NOW)) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", place="Pangkalan Bun")
        desk.branch.set_crest(read_crest(crest()))
        course = desk.trainings.add(CourseDraft(title="Email dan toko daring untuk UMKM"))
        days = [date(2026, 10, 5) + timedelta(weeks=week) for week in range(MEETINGS)]
        drafts = [MeetingDraft(schedule=Schedule(day=day, minutes=120)) for day in days]
        meetings = desk.meetings.plan(drafts, course_id=course.id)
        people = [
            desk.patrons.add(PatronDraft(name=f"Siti Rahmawati Kusumawardhani {at}")).id
            for at in range(PEOPLE)
        ]
        desk.attendance.enrol_many(course.id, people)
        for meeting in meetings:
            desk.attendance.mark_all(meeting, present=True)
        assert desk.training_papers.certify(course.id) == PEOPLE
        return course.id


def crest() -> bytes:
    """A picture of the largest size that is kept."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (CREST_SIDE, CREST_SIDE), "white")
    drawing = ImageDraw.Draw(image)
    for reach in range(20, CREST_SIDE // 2, 18):
        drawing.ellipse((reach, reach, CREST_SIDE - reach, CREST_SIDE - reach), outline="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def main(folder: str) -> None:
    """The rows."""
    data, file = Path(folder, "data"), Path(folder, "certificates.pdf")
    course_id = taught(data)
    words = (data, course_id, file, PEOPLE)
    seconds, megabytes = zip(
        *(answer(program(ONE_FILE, *words)) for _ in range(ROUNDS)), strict=True
    )
    tell(
        [
            Row(
                what=f"{PEOPLE} certificates in one PDF, cold",
                value=median(seconds),
                bar=5,
                unit="s",
                ours=f"a file of {file.stat().st_size / 1e6:.2g} MB",
                how=HOW,
            ),
            Row(
                what=f"Memory for {PEOPLE} certificates",
                value=median(megabytes),
                bar=150,
                unit="MB",
                how="the most that the same process ever had in use",
            ),
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
