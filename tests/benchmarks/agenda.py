"""A month with two hundred entries: read from every room and painted."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from perpudesk.agenda.page import AgendaPage
from perpudesk.attendance.framing import house_of
from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.communities.model import GatheringDraft
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk, founded
from perpudesk.trainings.model import CourseDraft
from perpudesk.ui import theme
from tests.benchmarks.bench import Row, interleaved, tell, timed

ENTRIES, ROUNDS, BAR = 200, 40, 50
FIRST, DAYS = date(2026, 11, 1), 30


def fill(desk: Desk) -> None:
    """Half of them trainings of ten courses, half activities, spread over every day."""
    desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    with desk.store.writing():
        courses = [desk.trainings.add(CourseDraft(title=f"Pelatihan {at}")).id for at in range(10)]
        for at in range(ENTRIES):
            day = FIRST + timedelta(days=at % DAYS)
            place = f"Ruang {at % 7}"
            schedule = Schedule(day=day, start=time(8 + at // DAYS), minutes=60, place=place)
            draft = MeetingDraft(schedule=schedule, title=f"Kegiatan {at}")
            if at % 2:
                desk.trainings.plan_meeting(courses[at // DAYS], draft)
            else:
                desk.gatherings.plan(GatheringDraft(meeting=draft))


def main(folder: str) -> None:
    """The row."""
    application = QApplication(["agenda"])
    theme.apply(application)
    clock = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    with founded(Path(folder, "data"), clock=clock) as desk:
        fill(desk)
        page = AgendaPage(desk.agenda, lambda: house_of(desk.branch, practice=False))
        page.resize(1166, 720)
        page.show()
        application.processEvents()
        month = desk.agenda.month(FIRST)
        texts = [each.words() for day in month.entries.values() for each in day]
        assert len(texts) >= ENTRIES

        def ours() -> float:
            def show() -> None:
                page.refresh()
                page.grid.repaint()

            return timed(show)

        def raw() -> float:
            picture = QPixmap(1166, 720)

            def draw() -> None:
                with desk.store.reading() as db:
                    list(db.query("SELECT * FROM meetings WHERE local_date >= '2026-10-26'"))
                painter = QPainter(picture)
                for at, text in enumerate(texts):
                    painter.drawText(10 + at % 7 * 160, 20 + at // 7 * 20, text)
                painter.end()

            return timed(draw)

        found = interleaved({"ours": ours, "raw": raw}, ROUNDS)
        page.close()
    mine, theirs = median(found["ours"]) * 1e3, median(found["raw"]) * 1e3
    tell(
        [
            Row(
                what=f"A month of {ENTRIES} entries shown",
                value=mine,
                bar=BAR,
                unit="ms",
                ours=f"{mine / theirs:.2g} ×",
                against=f"{theirs:.3g} ms",
                how="`AgendaPage.refresh` and its paint: meetings, classes, holidays and hours "
                "read, ordered, clashes found; against one SELECT of the same rows and the same "
                f"texts drawn with `drawText`, by turns; median of {ROUNDS}",
            )
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
