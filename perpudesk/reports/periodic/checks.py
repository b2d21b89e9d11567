"""What to look at before a month is printed, in words, and where each can be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from perpudesk.computers.finding import Lack, SessionFilter
from perpudesk.core.codes import UNKNOWN, DayState
from perpudesk.core.formats import date_short, number, percent
from perpudesk.core.i18n import tr, trn
from perpudesk.reports.acting import Work, missing_attendance
from perpudesk.reports.counting import OPEN_STATES
from perpudesk.reports.model import (
    AVAILABLE_MINUTES,
    CLASS_MINUTES,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    Breakdown,
    mismatches,
    ratio,
)
from perpudesk.reports.periodic.quality import dates_of
from perpudesk.reports.periodic.reported import Reported

_TIMES = 10
"""So many times the usual is likelier a slip of the finger than a busy day."""
_DAYS_TO_KNOW = 4
"""So many days with visits it takes to know what is usual (ours)."""


class Verdict(StrEnum):
    """In order, worth a look, or to be mended first."""

    GOOD = "good"
    LOOK = "look"
    MEND = "mend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at, and where to mend it, if anywhere.

    On a `day` (`on_paper`: its sheet; `agenda`: what is planned on it), with the `signatories`,
    among the `sessions` that a filter finds, or on the `board` of computers.
    """

    verdict: Verdict
    text: str
    day: date | None = None
    on_paper: bool = False
    agenda: bool = False
    signatories: bool = False
    sessions: SessionFilter | None = None
    board: bool = False

    @property
    def leads(self) -> bool:
        """Whether there is a place to mend it."""
        return bool(self.day or self.signatories or self.sessions or self.board)


def checks(reported: Reported) -> tuple[Check, ...]:
    """Everything worth knowing of a month before it is printed."""
    return (
        *_days(reported),
        *_outliers(reported),
        _signatories(reported),
        *_visits(reported),
        *_sessions(reported),
        *_use(reported),
        *_activities(reported),
    )


def wrongs(reported: Reported) -> tuple[str, ...]:
    """What is to be mended before a month is closed, in words."""
    return tuple(each.text for each in checks(reported) if each.verdict is Verdict.MEND)


def looks(reported: Reported) -> tuple[str, ...]:
    """What is worth a look and hinders nothing, in words."""
    return tuple(each.text for each in checks(reported) if each.verdict is Verdict.LOOK)


def _days(reported: Reported) -> Iterator[Check]:
    if unset := reported.days_that_were(DayState.NOT_SET):
        text = trn(
            "{count} day has no state: {dates}",
            "{count} days have no state: {dates}",
            len(unset),
            count=number(len(unset)),
            dates=dates_of(unset),
        )
        yield Check(verdict=Verdict.MEND, text=text, day=unset[0].date)
    else:
        opened = sum(reported.figures.days[state] for state in OPEN_STATES)
        text = trn(
            "{count} open day has its state",
            "{count} open days have their state",
            opened,
            count=number(opened),
        )
        yield Check(verdict=Verdict.GOOD, text=text)
    if uncounted := reported.days_that_were(DayState.OPEN_NOT_COUNTED):
        text = tr("{dates}: open, not counted", dates=dates_of(uncounted))
        yield Check(verdict=Verdict.LOOK, text=text, day=uncounted[0].date, on_paper=True)
    if estimated := reported.days_that_were(DayState.ESTIMATED):
        text = tr("{dates}: estimated", dates=dates_of(estimated))
        yield Check(verdict=Verdict.LOOK, text=text, day=estimated[0].date)


def _outliers(reported: Reported) -> Iterator[Check]:
    """Days with ten times the visits of a usual one, which is the middle one of the others."""
    busy = [day for day in reported.days if day.visits]
    for day in busy:
        others = [each.visits for each in busy if each is not day]
        if len(others) < _DAYS_TO_KNOW or day.visits < _TIMES * (usual := median(others)):
            continue
        text = tr(
            "{day}: {count} visits, {usual} are usual",
            day=date_short(day.date),
            count=number(day.visits),
            usual=number(usual, int(usual % 1 > 0)),
        )
        yield Check(verdict=Verdict.LOOK, text=text, day=day.date)


def _signatories(reported: Reported) -> Check:
    if sum(bool(each.name) for each in reported.signatories) < 2:
        text = tr("Who signs is not filled in yet")
        return Check(verdict=Verdict.MEND, text=text, signatories=True)
    return Check(verdict=Verdict.GOOD, text=tr("Both signatories are filled in"))


def _visits(reported: Reported) -> Iterator[Check]:
    figure = reported.visits
    if not figure.value:
        return
    if wrong := [each for every in reported.figures.figures for each in mismatches(every)]:
        text = tr(
            "The parts add up to {parts}, not to {total}",
            parts=number(wrong[0].parts),
            total=number(wrong[0].value),
        )
        yield Check(verdict=Verdict.MEND, text=text)
    else:
        yield Check(verdict=Verdict.GOOD, text=tr("Parts and totals agree"))
    total = int(figure.value)
    if unknown := figure.by["sex"][UNKNOWN]:
        text = trn(
            "{count} visit without sex ({share}%)",
            "{count} visits without sex ({share}%)",
            unknown,
            count=number(unknown),
            share=percent(ratio(unknown, total)),
        )
        yield Check(verdict=Verdict.LOOK, text=text)
    if unknown := figure.by["age"][UNKNOWN]:
        text = trn(
            "{count} visit without age ({share}%)",
            "{count} visits without age ({share}%)",
            unknown,
            count=number(unknown),
            share=percent(ratio(unknown, total)),
        )
        yield Check(verdict=Verdict.LOOK, text=text)


def _sessions(reported: Reported) -> Iterator[Check]:
    """Computer sessions without an end, without minutes, or ended by a cut nobody looked at."""
    open_ones, forgotten = reported.unsettled.going_on, reported.unsettled.forgotten
    if open_ones and not reported.is_running:
        text = trn(
            "{count} computer session still goes on",
            "{count} computer sessions still go on",
            open_ones,
            count=number(open_ones),
        )
        yield Check(verdict=Verdict.MEND, text=text, board=True)
    if forgotten:
        text = trn(
            "{count} forgotten session has no minutes",
            "{count} forgotten sessions have no minutes",
            forgotten,
            count=number(forgotten),
        )
        wanted = _of_period(reported, Lack.FORGOTTEN)
        yield Check(verdict=Verdict.LOOK, text=text, sessions=wanted)
    cut = [day for day in reported.days if not all(each.checked for each in day.outages)]
    if cut:
        text = tr("{dates}: nobody checked yet what a power cut ended", dates=dates_of(cut))
        yield Check(verdict=Verdict.LOOK, text=text, board=True)


def _of_period(reported: Reported, lack: Lack) -> SessionFilter:
    return SessionFilter(first=reported.period.first, last=reported.period.last, lack=lack)


def _use(reported: Reported) -> Iterator[Check]:
    """Days of which nobody said what they were, or said something else than their use does."""
    used, available = _minutes_by_day(reported)
    sessions = reported.figures.get(COMPUTER_SESSIONS).by.get("day", {})
    unset = [
        day
        for day in reported.days_that_were(DayState.NOT_SET)
        if sessions.get(day.date.isoformat()) or used[day.date.isoformat()]
    ]
    if unset:
        text = tr("{dates}: computers were used, the day has no state", dates=dates_of(unset))
        yield Check(verdict=Verdict.LOOK, text=text, day=unset[0].date)
    beyond = [
        day
        for day in reported.days
        if day not in unset and used[day.date.isoformat()] > available.get(day.date.isoformat(), 0)
    ]
    if beyond:
        text = tr("{dates}: computers were used longer than it was open", dates=dates_of(beyond))
        yield Check(verdict=Verdict.LOOK, text=text, day=beyond[0].date)


def _activities(reported: Reported) -> Iterator[Check]:
    """Meetings nobody said anything of, and those held of which nobody counted who came."""
    if unsaid := reported.acted.unsaid:
        text = tr(
            "{dates}: nobody said whether the meeting was held",
            dates=", ".join(dict.fromkeys(map(date_short, unsaid))),
        )
        yield Check(verdict=Verdict.LOOK, text=text, day=unsaid[0], agenda=True)
    work = Work(period=reported.period, acted=reported.acted)
    lacking = missing_attendance({**work.trained, **work.staff, **work.met})
    if lacking:
        days = sorted(row.day for row in lacking)
        text = tr(
            "{dates}: a meeting without attendance, not even a headcount",
            dates=", ".join(dict.fromkeys(map(date_short, days))),
        )
        yield Check(verdict=Verdict.LOOK, text=text, day=days[0], agenda=True)


def _minutes_by_day(reported: Reported) -> tuple[Counter[str], Breakdown]:
    """How long computers were used on each day, and how long they could be."""
    used: Counter[str] = Counter()
    for each in (COMPUTER_MINUTES, CLASS_MINUTES):
        used.update(reported.figures.get(each).by.get("day", {}))
    return used, reported.figures.get(AVAILABLE_MINUTES).by.get("day", {})
