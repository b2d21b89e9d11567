"""A training of five hundred people and twenty meetings: opened, and a mark made in it."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from perpudesk.core.codes import Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk, founded
from perpudesk.patrons.model import PatronDraft
from perpudesk.trainings.model import CourseDraft, Series
from perpudesk.trainings.page import TrainingsPage
from perpudesk.trainings.page.deeds import Services
from perpudesk.ui import theme
from tests.benchmarks.bench import Row, tell, timed

PEOPLE, MEETINGS, ROUNDS = 500, 20, 40
MONDAYS, FIRST = frozenset({0}), date(2026, 7, 6)


def taught(desk: Desk) -> tuple[str, str]:
    """The large training, of whose last meeting nobody is marked yet, and a small one."""
    desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    small, large = (desk.trainings.add(CourseDraft(title=title)).id for title in ("Satu", "Besar"))
    for course, first, count in ((small, date(2026, 11, 23), 1), (large, FIRST, MEETINGS)):
        series = Series(first=first, weekdays=MONDAYS, count=count)
        desk.trainings.plan_series(course, series, start=time(9))
    with desk.store.writing():
        drafts = (
            PatronDraft(name=f"Nama {at:03}", sex=Sex.FEMALE, birth_year=1990)
            for at in range(PEOPLE)
        )
        people = [desk.patrons.add(draft).id for draft in drafts]
        desk.attendance.enrol_many(large, people)
        *held, last = desk.meetings.of_course(large)
        for meeting in held:
            desk.attendance.mark_all(meeting.id, present=True)
        desk.meetings.hold(last.id)
    return large, small


def shown(desk: Desk) -> tuple[QMainWindow, TrainingsPage]:
    """The page in a window that hears of changes as the program's own does."""
    services = Services(
        trainings=desk.trainings,
        meetings=desk.meetings,
        patrons=desk.patrons,
        branch=desk.branch,
        workstations=desk.workstations,
        papers=desk.training_papers,
    )
    page = TrainingsPage(
        services,
        desk.attendance,
        desk.after_training,
        undo=desk.undo,
        redo=desk.redo,
        practice=lambda: False,
    )
    desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(1166, 768)
    window.show()
    QApplication.processEvents()
    return window, page


def opening(page: TrainingsPage, large: str, small: str) -> list[float]:
    """How long it takes until the large one is read and shown."""
    taken = []
    for _ in range(ROUNDS):
        page.courses.choose(small)
        QApplication.processEvents()
        taken.append(timed(lambda: page.courses.choose(large)))
        QApplication.processEvents()
    return taken


def marking(desk: Desk, page: TrainingsPage) -> list[float]:
    """What a mark takes from the key to the painted sign, without its commit."""
    grid, kept = page.attendance.grid, desk.attendance.mark
    commits: list[float] = []

    def mark(meeting_id: str, participant_id: str, present: bool | None) -> None:
        commits.append(timed(lambda: kept(meeting_id, participant_id, present)))

    desk.attendance.mark = mark  # type: ignore[method-assign]
    grid.go_to(meeting_id=grid.meetings[-1].id)
    grid.setCurrentIndex(grid.rows.index(0, grid.currentIndex().column()))

    def press() -> None:
        QTest.keyClick(grid, Qt.Key.Key_Space)
        QApplication.processEvents()

    return [timed(press) - commits[-1] for _ in range(ROUNDS)]


def main(folder: str) -> None:
    """The rows."""
    application = QApplication(["lists"])
    theme.apply(application)
    clock = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    with founded(Path(folder, "data"), clock=clock) as desk:
        large, small = taught(desk)
        window, page = shown(desk)
        opened, marked = opening(page, large, small), marking(desk, page)
        window.close()
    about = f"{PEOPLE} participants × {MEETINGS} meetings"
    tell(
        [
            Row(
                what=f"A training of {about} opened",
                value=median(opened) * 1e3,
                bar=30,
                unit="ms",
                how=f"read, counted and handed to the grid, before its paint; median of {ROUNDS}",
            ),
            Row(
                what="A mark in it, beyond the commit",
                value=median(marked) * 1e3,
                bar=16,
                unit="ms",
                how="from Space to the painted sign, with the figures beside it, less what "
                f"`AttendanceService.mark` takes; median of {ROUNDS}",
            ),
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
