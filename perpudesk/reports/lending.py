"""From computer sessions, classes and queue tickets to figures (domain.md, counting rule 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from perpudesk.branch.model import DayInfo, Week, open_minutes
from perpudesk.computers.model import usable_at_end_of, usable_on
from perpudesk.core.codes import (
    COMPUTER_PURPOSES,
    UNKNOWN,
    AgeBand,
    Basis,
    DayState,
    EndReason,
    Method,
    Precision,
    VisitorType,
)
from perpudesk.core.times import Period
from perpudesk.reports.lent import (
    GOING_ON,
    LEFT,
    SERVED,
    ClassRow,
    Lent,
    Place,
    SessionRow,
    TicketRow,
)
from perpudesk.reports.model import (
    AVAILABLE_MINUTES,
    CLASS_MINUTES,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    DEVICE_SESSIONS,
    LENT,
    MINUTES_PER_SESSION,
    QUEUE_NO_SHOWS,
    QUEUE_TICKETS,
    WAITING_MINUTES_PER_TICKET,
    WORKSTATIONS,
    Breakdown,
    Figure,
    Indicator,
    not_counted,
)
from perpudesk.reports.tallies import (
    WEEKDAYS,
    Dimension,
    Standards,
    basis_of,
    by_moment,
    by_person,
    hour_of,
    ratio_of,
    sum_of,
    tally,
    weekday_of,
)

TYPES = (VisitorType.MEMBER, VisitorType.NON_MEMBER)
"""Groups come to classes, not to sessions."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """The figures of the computers over a period; `days` are those of it that have come."""

    period: Period
    days: Sequence[DayInfo]
    week: Week | None
    lent: Lent

    # ---------------------------------------------------------------- what is known

    @cached_property
    def _here(self) -> list[SessionRow]:
        return [row for row in self.lent.sessions if not row.device]

    @cached_property
    def _own(self) -> list[SessionRow]:
        return [row for row in self.lent.sessions if row.device]

    @cached_property
    def _timed(self) -> list[SessionRow]:
        """Those of them whose minutes are known."""
        return [row for row in self._here if row.duration != UNKNOWN]

    @cached_property
    def _counted_days(self) -> list[date]:
        return [day.date for day in self.days if day.state is DayState.OPEN_COUNTED]

    @cached_property
    def _places(self) -> list[Place]:
        """The workstations that the branch had in the period, by number."""
        first, last = self.period.first, self.period.last
        return [each for each in self.lent.places.values() if each.was_there(first, last)]

    @cached_property
    def is_known(self) -> bool:
        """Whether use was recorded, would have been, or is known as a total of a month."""
        return bool(self.lent.sessions or self.lent.classes) or self._recorded

    @cached_property
    def _recorded(self) -> bool:
        """Whether use was recorded, or would have been: a day was counted that had a computer.

        What nobody typed beside a total of a month is unknown, and not 0 (counting rule 2).
        """
        sessions = {row.precision for row in self.lent.sessions}
        known = sessions | {row.precision for row in self.lent.classes}
        if self.lent.tickets or known - {Precision.MONTH}:
            return True
        return any(each.was_there(day, day) for day in self._counted_days for each in self._places)

    @cached_property
    def _available(self) -> list[tuple[date, Place, int]]:
        """For how many minutes the public could use each workstation on each day (PM4)."""
        used = {row.day for row in self._here if row.precision is not Precision.MONTH}
        used |= {row.day for row in self.lent.classes if row.precision is not Precision.MONTH}
        found = []
        for day in self.days:
            if minutes := self._minutes_open(day, used=day.date in used):
                usable = (each for each in self._places if usable_on(each.states, day.date))
                found += [(day.date, each, minutes) for each in usable]
        return found

    def _minutes_open(self, day: DayInfo, *, used: bool) -> int:
        """How long a day was open; one that nobody set was as ever where computers were used."""
        if day.state is DayState.NOT_SET and used:
            hours = None if self.week is None else self.week[day.date.weekday()]
            return 0 if hours is None else hours.minutes
        return open_minutes(day, self.week)

    # ---------------------------------------------------------------- the figures

    def figures(self) -> tuple[Figure, ...]:
        """Every indicator of `LENT`, without breakdowns; null while nothing can be known."""
        found = {figure.indicator: figure for figure in (*self._sums(), *self._ratios())}
        return tuple(found.get(each.code) or not_counted(each) for each in LENT)

    def _sums(self) -> Iterable[Figure]:
        if self._places:
            last = self.period.last
            usable = sum(usable_at_end_of(each.states, last) for each in self._places)
            yield sum_of(WORKSTATIONS, usable)
        minutes = sum(minutes for _, _, minutes in self._available)
        if self._places and (minutes or not any(map(_was_open, self.days))):
            yield sum_of(AVAILABLE_MINUTES, minutes)
        if self.is_known:
            yield _sessions(COMPUTER_SESSIONS, self._here)
        if self._recorded or self._own:
            yield _sessions(DEVICE_SESSIONS, self._own)
        if self._recorded or self.lent.classes:
            yield _class_minutes(self.lent.classes)
        if self._minutes_known:
            yield sum_of(COMPUTER_MINUTES, sum(map(_minutes, self._timed)), _basis(self._timed))
        if self.lent.tickets:
            yield sum_of(QUEUE_TICKETS, sum(row.count for row in self.lent.tickets))
            yield sum_of(QUEUE_NO_SHOWS, sum(row.no_shows for row in self.lent.tickets))

    @property
    def _minutes_known(self) -> bool:
        """Whether minutes have a sum: none of no session, unknown of sessions that have none."""
        return self.is_known and bool(self._timed or not sum(row.count for row in self._here))

    def _ratios(self) -> Iterable[Figure]:
        if self._minutes_known:
            rows = [row for row in self._timed if row.count]
            minutes, count = sum(map(_minutes, rows)), sum(row.count for row in rows)
            yield ratio_of(MINUTES_PER_SESSION, minutes, count, _basis(rows))
            yield self._rate()
        if self.lent.tickets:
            served = [row for row in self.lent.tickets if row.outcome == SERVED]
            waited, count = sum(row.minutes for row in served), sum(row.count for row in served)
            yield ratio_of(WAITING_MINUTES_PER_TICKET, waited, count, basis_of(set()))

    def _rate(self) -> Figure:
        """Of days, not of months known as one number: nobody knows what could be used then."""
        rows = [row for row in self._timed if row.precision is not Precision.MONTH]
        held = [row for row in self.lent.classes if row.precision is not Precision.MONTH]
        used = sum(map(_minutes, rows)) + sum(row.minutes for row in held)
        available = sum(minutes for _, _, minutes in self._available)
        return ratio_of(COMPUTER_USE_RATE, used, available, _basis(rows))

    # ---------------------------------------------------------------- their parts

    def with_parts(
        self, figures: Iterable[Figure], bands: tuple[AgeBand, ...], standards: Standards
    ) -> tuple[Figure, ...]:
        """The figures, those of `LENT` that were counted with their breakdowns."""
        made = dict(self._parts(bands, standards))
        return tuple(
            replace(each, by=made[each.indicator])
            if each.indicator in made and each.value is not None
            else each
            for each in figures
        )

    def _parts(
        self, bands: tuple[AgeBand, ...], standards: Standards
    ) -> Iterable[tuple[str, dict[str, Breakdown]]]:
        sessions, minutes = self._sessions_parts(bands, standards, device=False)
        yield COMPUTER_SESSIONS.code, {**sessions, "workstation": self._sessions_by_place()}
        yield COMPUTER_MINUTES.code, {**minutes, "workstation": self._minutes_by_place()}
        yield DEVICE_SESSIONS.code, self._sessions_parts(bands, standards, device=True)[0]
        held = [row.minutes for row in self.lent.classes]
        classes = by_moment((), self.lent.classes)[:2]
        yield (
            CLASS_MINUTES.code,
            {
                "workstation": self._by_place((r.place, r.minutes) for r in self.lent.classes),
                **{each.name: each.parts(held) for each in classes},
            },
        )
        yield AVAILABLE_MINUTES.code, self._available_parts()
        yield QUEUE_TICKETS.code, _ticket_parts(self.lent.tickets)

    def _sessions_parts(
        self, bands: tuple[AgeBand, ...], standards: Standards, *, device: bool
    ) -> tuple[dict[str, Breakdown], dict[str, Breakdown]]:
        """The breakdowns of sessions and of their minutes, on own devices or on computers."""
        users = [row for row in self.lent.users if row.device is device]
        rows = self._own if device else self._here
        spots = [row for row in self.lent.spots if row.device is device]
        ends = [UNKNOWN if row.end == GOING_ON else row.end for row in spots]
        of_users = by_person(
            bands, users, COMPUTER_PURPOSES, standards, purpose_list="computer_purpose", types=TYPES
        )
        of_rows = (
            *by_moment(self._counted_days, rows),
            Dimension(name="weekday_hour", order=_WEEKDAY_HOURS, keys=_moments(rows), grows=True),
            Dimension(name="duration", order=tuple(Method), keys=[row.duration for row in rows]),
        )
        of_spots = (Dimension(name="end", order=tuple(EndReason), keys=ends),)
        sessions: dict[str, Breakdown] = {}
        minutes: dict[str, Breakdown] = {}
        for dimensions, found in ((of_users, users), (of_rows, rows), (of_spots, spots)):
            counts = [row.count for row in found]
            used = [row.minutes for row in found]
            sessions |= {each.name: each.parts(counts) for each in dimensions}
            minutes |= {each.name: each.parts(used) for each in dimensions}
        return sessions, minutes

    def _sessions_by_place(self) -> Breakdown:
        rows = (row for row in self.lent.spots if not row.device)
        return self._by_place((row.place, row.count) for row in rows)

    def _minutes_by_place(self) -> Breakdown:
        """The minutes of a session that moved stand where they were spent."""
        rows = (row for row in self.lent.spots if not row.device and not row.moved)
        stayed = ((row.place, row.minutes) for row in rows)
        return self._by_place((*stayed, *((row.place, row.minutes) for row in self.lent.stays)))

    def _by_place(self, pairs: Iterable[tuple[str | None, int]]) -> Breakdown:
        counts: Counter[str] = Counter()
        for place, count in pairs:
            known = self.lent.places.get(place or "")
            counts[UNKNOWN if known is None else known.slug] += count
        return tally((each.slug for each in self._places), counts.items())

    def _available_parts(self) -> dict[str, Breakdown]:
        found = [(day, place.slug, minutes) for day, place, minutes in self._available]
        slugs = [each.slug for each in self._places]
        return {
            "workstation": tally(slugs, ((slug, minutes) for _, slug, minutes in found)),
            "day": tally((), ((day.isoformat(), minutes) for day, _, minutes in found)),
            "weekday": tally(
                sorted({WEEKDAYS[day.weekday()] for day, _, _ in found}, key=WEEKDAYS.index),
                ((WEEKDAYS[day.weekday()], minutes) for day, _, minutes in found),
            ),
        }


_WEEKDAY_HOURS = tuple(f"{weekday}_{hour:02}" for weekday in WEEKDAYS for hour in range(24))


def _moments(rows: Iterable[SessionRow]) -> list[str]:
    """Keys of the dimension `weekday_hour`: `monday_09`."""
    return [UNKNOWN if row.hour is None else f"{weekday_of(row)}_{hour_of(row)}" for row in rows]


def _minutes(row: SessionRow) -> int:
    return row.minutes


def _basis(rows: Iterable[SessionRow]) -> Basis:
    """An end that is a guess makes its minutes one, however the session was counted."""
    return basis_of({row.duration for row in rows})


def _sessions(indicator: Indicator, rows: Sequence[SessionRow]) -> Figure:
    methods = {row.method for row in rows if row.count}
    return sum_of(indicator, sum(row.count for row in rows), basis_of(methods))


def _class_minutes(rows: Sequence[ClassRow]) -> Figure:
    methods = {row.method for row in rows}
    return sum_of(CLASS_MINUTES, sum(row.minutes for row in rows), basis_of(methods))


def _ticket_parts(rows: Sequence[TicketRow]) -> dict[str, Breakdown]:
    dates = {row.day for row in rows}
    weekdays = sorted({WEEKDAYS[day.weekday()] for day in dates}, key=WEEKDAYS.index)
    return {
        "outcome": tally((SERVED, LEFT), ((row.outcome, row.count) for row in rows)),
        "day": tally((), ((row.day.isoformat(), row.count) for row in rows)),
        "weekday": tally(weekdays, ((WEEKDAYS[row.day.weekday()], row.count) for row in rows)),
    }


def _was_open(day: DayInfo) -> bool:
    return day.state not in (DayState.CLOSED, DayState.NOT_SET)
