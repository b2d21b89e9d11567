"""From activities and records of the program to figures (domain.md, counting rules 5 to 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from perpudesk.core.codes import (
    COMMUNITY_FIELDS,
    TRAINING_TOPICS,
    UNKNOWN,
    AdvocacyKind,
    AgeBand,
    Audience,
    Basis,
    Channel,
    Domain,
    Funding,
    MeetingKind,
    MeetingRole,
    PartnerKind,
    Strategy,
    VisitorType,
)
from perpudesk.core.times import Period
from perpudesk.reports.acted import Acted, MeetingRow, PersonRow
from perpudesk.reports.model import (
    ACTED,
    ACTIVE_COMMUNITIES,
    ADVOCACY_ACTIONS,
    BUDGET_AMOUNT,
    BUDGET_GROWTH,
    COMMUNITY_MEETINGS,
    DECISIONS_DONE,
    MEDIA_ITEMS,
    MEETING_ATTENDANCES,
    PARTNERSHIPS,
    PEOPLE_TRAINED,
    PERSON_HOURS,
    STAFF_TRAINED,
    STORIES,
    TRAINING_ATTENDANCES,
    TRAINING_MEETINGS,
    TRAININGS,
    VISITS_VIA_ACTIVITIES,
    Breakdown,
    Figure,
    Indicator,
    not_counted,
)
from perpudesk.reports.tallies import (
    WEEKDAYS,
    Standards,
    basis_of,
    by_person,
    ratio_of,
    sum_of,
    tally,
)

TYPES = (VisitorType.MEMBER, VisitorType.NON_MEMBER)
COUNTED_ROLES = (MeetingRole.ORGANISED, MeetingRole.CO_ORGANISED)
"""Lending a room is not a program (PLS)."""
Meetings = dict[str, MeetingRow]


@dataclass(frozen=True, kw_only=True)
class Work:
    """The figures of activities and of the program's records over a period."""

    period: Period
    acted: Acted

    # ---------------------------------------------------------------- what is counted

    @cached_property
    def trained(self) -> Meetings:
        """Meetings of courses for the community."""
        return self._among(lambda row: row.audience == Audience.COMMUNITY)

    @cached_property
    def staff(self) -> Meetings:
        """Meetings of courses for the staff, which count under nothing else."""
        return self._among(lambda row: row.audience == Audience.STAFF)

    @cached_property
    def met(self) -> Meetings:
        """Meetings of the community that the library organised, alone or with others."""
        return self._among(lambda row: row.course_id is None and row.role in COUNTED_ROLES)

    def _among(self, wanted: Callable[[MeetingRow], bool]) -> Meetings:
        return {row.id: row for row in self.acted.meetings if wanted(row)}

    # ---------------------------------------------------------------- the figures

    def figures(self) -> tuple[Figure, ...]:
        """Every indicator of `ACTED`, without breakdowns; null while nothing can be known."""
        found = {figure.indicator: figure for figure in self._found()}
        return tuple(found.get(each.code) or not_counted(each) for each in ACTED)

    def _found(self) -> Iterator[Figure]:
        if self.acted.visits is not None:
            yield sum_of(VISITS_VIA_ACTIVITIES, self.acted.visits)
        yield from self._of_trainings()
        yield from self._of_staff()
        yield from self._of_meetings()
        yield from self._of_program()

    def _of_trainings(self) -> Iterator[Figure]:
        meetings = self.trained
        if not (meetings or self._began("trainings")):
            return
        yield sum_of(TRAININGS, len({row.course_id for row in meetings.values()}))
        yield sum_of(TRAINING_MEETINGS, len(meetings))
        counted = _counted(meetings)
        if counted or not meetings:
            yield _attendances(TRAINING_ATTENDANCES, counted)
        timed = [row for row in counted if row.minutes is not None]
        if timed or not meetings:
            hours = sum((row.minutes or 0) * (row.people or 0) for row in timed) / 60
            yield replace(_attendances(PERSON_HOURS, timed), value=_plain(hours))
        listed = [row for row in meetings.values() if row.marks]
        if listed or not meetings:
            yield sum_of(PEOPLE_TRAINED, len(self._persons(meetings)))

    def _of_staff(self) -> Iterator[Figure]:
        listed = [row for row in self.staff.values() if row.marks]
        if listed or (not self.staff and self._began("staff")):
            yield sum_of(STAFF_TRAINED, len(self._persons(self.staff)))

    def _of_meetings(self) -> Iterator[Figure]:
        meetings = self.met
        if meetings or self._began("meetings"):
            yield sum_of(COMMUNITY_MEETINGS, len(meetings))
            counted = _counted(meetings)
            if counted or not meetings:
                yield _attendances(MEETING_ATTENDANCES, counted)
            yield sum_of(ACTIVE_COMMUNITIES, len(self._communities))
        if self.acted.due:
            yield ratio_of(DECISIONS_DONE, self.acted.done, self.acted.due, Basis.COUNTED)

    def _of_program(self) -> Iterator[Figure]:
        acted = self.acted
        kinds = (
            (ADVOCACY_ACTIONS, "actions", acted.actions),
            (PARTNERSHIPS, "partners", acted.partners),
            (MEDIA_ITEMS, "media", acted.media),
            (STORIES, "stories", acted.stories),
        )
        for indicator, kind, rows in kinds:
            if rows or self._began(kind):
                yield sum_of(indicator, len(rows))
        now, before = (self._money(back) for back in (0, 1))
        if now is not None:
            yield sum_of(BUDGET_AMOUNT, now)
        if now is not None and before:
            yield ratio_of(BUDGET_GROWTH, now - before, before, Basis.COUNTED)

    def _began(self, kind: str) -> bool:
        return self.acted.began(kind, self.period.last)

    def _money(self, back: int) -> int | None:
        """What the year of the period had, or an earlier one."""
        found = self.acted.budgets.get(self.period.last.year - back)
        return None if found is None else sum(found.values())

    @cached_property
    def _communities(self) -> dict[str, str]:
        """Communities that met, and their fields."""
        rows = (row for row in self.met.values() if row.community_id is not None)
        return {str(row.community_id): row.field for row in rows}

    def _persons(self, meetings: Meetings) -> dict[str, PersonRow]:
        """Each person on a list once, as they were when they came first."""
        found: dict[str, PersonRow] = {}
        for meeting in meetings:
            for row in self._by_meeting.get(meeting, ()):
                found.setdefault(row.person, row)
        return found

    @cached_property
    def _by_meeting(self) -> dict[str, list[PersonRow]]:
        found: dict[str, list[PersonRow]] = {}
        for row in self.acted.people:
            found.setdefault(row.meeting, []).append(row)
        return found

    # ---------------------------------------------------------------- their parts

    def with_parts(
        self, figures: Iterable[Figure], bands: tuple[AgeBand, ...], standards: Standards
    ) -> tuple[Figure, ...]:
        """The figures, those of `ACTED` that were counted with their breakdowns."""
        made = dict(self._parts(bands, standards))
        return tuple(
            replace(each, by=made[each.indicator])
            if each.indicator in made and each.value is not None
            else each
            for each in figures
        )

    def _parts(
        self, bands: tuple[AgeBand, ...], standards: Standards
    ) -> Iterator[tuple[str, dict[str, Breakdown]]]:
        topics = standards.get("topic", {})
        courses = {row.course_id: row for row in self.trained.values()}.values()
        yield TRAININGS.code, _of_courses([(row, 1) for row in courses], topics)
        meetings = [(row, 1) for row in self.trained.values()]
        yield TRAINING_MEETINGS.code, {**_of_courses(meetings, topics), **_of_days(meetings)}
        people = [(row, row.people or 0) for row in self.trained.values()]
        yield (
            TRAINING_ATTENDANCES.code,
            {
                **_of_people(bands, [*self.acted.of(self.trained)], standards),
                **_of_courses(people, topics),
                **_of_days(people),
            },
        )
        persons = [*self._persons(self.trained).values()]
        yield PEOPLE_TRAINED.code, _of_people(bands, persons, standards)
        yield from self._meeting_parts(bands, standards)
        yield from self._program_parts()

    def _meeting_parts(
        self, bands: tuple[AgeBand, ...], standards: Standards
    ) -> Iterator[tuple[str, dict[str, Breakdown]]]:
        meetings = [(row, 1) for row in self.met.values()]
        yield COMMUNITY_MEETINGS.code, {**_of_gatherings(meetings), **_of_days(meetings)}
        people = [(row, row.people or 0) for row in self.met.values()]
        yield (
            MEETING_ATTENDANCES.code,
            {
                **_of_people(bands, [*self.acted.of(self.met)], standards),
                **_of_gatherings(people),
                **_of_days(people),
            },
        )
        under = standards.get("community_field", {})
        fields = [(under.get(each, each), 1) for each in self._communities.values()]
        yield ACTIVE_COMMUNITIES.code, {"community_field": _occurring(COMMUNITY_FIELDS, fields)}

    def _program_parts(self) -> Iterator[tuple[str, dict[str, Breakdown]]]:
        acted = self.acted
        actions = [(row.slug, 1) for row in acted.actions]
        yield ADVOCACY_ACTIONS.code, {"advocacy_kind": _occurring(AdvocacyKind, actions)}
        partners = [(row.kind, 1) for row in acted.partners]
        yield PARTNERSHIPS.code, {"partner_kind": _occurring(PartnerKind, partners)}
        media = [(row.slug, 1) for row in acted.media]
        yield MEDIA_ITEMS.code, {"channel": _occurring(Channel, media)}
        stories = [(row.slug, 1) for row in acted.stories]
        yield STORIES.code, {"domain": _occurring(Domain, stories)}
        money = acted.budgets.get(self.period.last.year, {}).items()
        yield BUDGET_AMOUNT.code, {"funding": _occurring(Funding, money)}


def missing_attendance(meetings: Meetings) -> list[MeetingRow]:
    """Meetings that were held, and nobody counted who came."""
    return [row for row in meetings.values() if row.people is None]


def _counted(meetings: Meetings) -> list[MeetingRow]:
    return [row for row in meetings.values() if row.people is not None]


def _attendances(indicator: Indicator, rows: Sequence[MeetingRow]) -> Figure:
    methods = {method for row in rows for method in row.methods}
    return sum_of(indicator, sum(row.people or 0 for row in rows), basis_of(methods))


def _plain(hours: float) -> float:
    """Whole hours as a whole number."""
    return int(hours) if hours == int(hours) else hours


def _of_people(
    bands: tuple[AgeBand, ...], rows: Sequence[PersonRow], standards: Standards
) -> dict[str, Breakdown]:
    counts = [row.count for row in rows]
    found = by_person(bands, rows, (), standards, types=TYPES)
    return {each.name: each.parts(counts) for each in found if each.name != "purpose"}


def _of_courses(
    pairs: Sequence[tuple[MeetingRow, int]], topics: Mapping[str, str]
) -> dict[str, Breakdown]:
    under = [(topics.get(row.topic, row.topic), count) for row, count in pairs]
    strategies = [(row.strategy, count) for row, count in pairs]
    return {
        "topic": _occurring(TRAINING_TOPICS, under),
        "strategy": _occurring(Strategy, strategies),
    }


def _of_gatherings(pairs: Sequence[tuple[MeetingRow, int]]) -> dict[str, Breakdown]:
    return {
        "meeting_kind": _occurring(MeetingKind, ((row.kind, n) for row, n in pairs)),
        "role": _occurring(MeetingRole, ((row.role, n) for row, n in pairs)),
        "domain": _occurring(Domain, ((row.domain, n) for row, n in pairs)),
        "strategy": _occurring(Strategy, ((row.strategy, n) for row, n in pairs)),
    }


def _of_days(pairs: Sequence[tuple[MeetingRow, int]]) -> dict[str, Breakdown]:
    days: list[tuple[date, int]] = [(row.day, count) for row, count in pairs]
    weekdays = sorted({day.weekday() for day, _ in days})
    return {
        "day": tally((), ((day.isoformat(), count) for day, count in days)),
        "weekday": tally(
            [WEEKDAYS[at] for at in weekdays],
            ((WEEKDAYS[day.weekday()], count) for day, count in days),
        ),
    }


def _occurring(order: Iterable[str], pairs: Iterable[tuple[str, int]]) -> Breakdown:
    """Counts in the order of a list, of the entries that occur; unknown last."""
    given = [(str(slug), count) for slug, count in pairs]
    occurs = {slug for slug, _ in given} | {UNKNOWN}
    return {slug: n for slug, n in tally(order, given).items() if slug in occurs}
