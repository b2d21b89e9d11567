"""The sessions of a file beside those that are here: which are new, where, and whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from perpudesk.branch.service import BranchService
from perpudesk.computers.imported import ImportedService
from perpudesk.computers.model import (
    MOST_WORKSTATIONS,
    ImportedSession,
    ImportedWorkstation,
    Workstation,
    WorkstationState,
)
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import UNKNOWN, Condition
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.core.ids import natural_id
from perpudesk.importing.batches import BatchService
from perpudesk.importing.identity import days_over, which_are_new
from perpudesk.importing.model import Reading, Remark, RowSession
from perpudesk.importing.uses import place_key
from perpudesk.patrons.model import Patron

TOO_MANY_NAMED = Problem(
    "too_many_named",
    "The list names {n} workstations that are not here yet, like {example}, and a branch can have "
    "{most}. Give another column to workstation, or none.",
)
MADE = Problem(
    "workstations_made",
    "Workstations that are new here: {n} ({labels}). Each is added since its first session; retire "
    "those that are not there any more.",
)
TAKEN_FOR = Problem(
    "workstations_taken_for", "Taken for workstations that are here already: {labels}."
)
OF_SESSIONS = {"computer_sessions": False, "computer_minutes": False, "device_sessions": True}
"""The indicators of which a month with sessions needs no total, and whether own devices count."""
_SHOWN = 8
_HIGHEST = 999
_ENDS_WITH = re.compile("(?<![0-9])[0-9]{1,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """The workstations that sessions name: by those names their ids, and what is new of them.

    `made` are the names of those that are new here, `taken_for` those that have another here.
    """

    ids: Mapping[str, str]
    told: Sequence[ImportedWorkstation] = ()
    made: Sequence[str] = ()
    taken_for: Sequence[str] = ()

    @property
    def since(self) -> date | None:
        """The first day of which something new is told: it holds in every month from then on."""
        return min((each.since for each in self.told), default=None)

    def remarks(self) -> Iterator[Remark]:
        """What is to be said of them before they are stored."""
        if self.made:
            params: dict[str, object] = {"n": len(self.made), "labels": _some(self.made)}
            yield Remark(problem=MADE, params=params)
        if self.taken_for:
            yield Remark(problem=TAKEN_FOR, params={"labels": _some(self.taken_for)})


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What of the sessions of a file is new: sessions, ends of earlier ones, workstations.

    `rows` is how many rows tell of the new sessions, `over` the days on which sessions are
    recorded already that may be the same.
    """

    sessions: Sequence[RowSession] = ()
    ends: Sequence[RowSession] = ()
    machines: Machines = Machines(ids={})
    rows: int = 0
    over: tuple[date, ...] = ()

    def months(self) -> dict[str, set[str]]:
        """The months of the new sessions (`2026-10`), by the indicators that they count for."""
        here = {each.local_date[:7] for each in self.sessions if not each.device}
        own = {each.local_date[:7] for each in self.sessions if each.device}
        return {indicator: own if device else here for indicator, device in OF_SESSIONS.items()}

    def counts(self) -> dict[str, int]:
        """What would be stored."""
        return {
            "sessions": sum(each.count for each in self.sessions),
            "minutes": sum(each.minutes or 0 for each in self.sessions),
            "workstations": len(self.machines.made),
            "ended": len(self.ends),
        }


class Using:
    """Holds the sessions of files against those that are here."""

    def __init__(
        self,
        branch: BranchService,
        workstations: WorkstationService,
        sessions: ImportedService,
        batches: BatchService,
    ) -> None:
        """Ask the services of their rooms."""
        self._branch = branch
        self._workstations = workstations
        self._sessions = sessions
        self._batches = batches

    def news(self, reading: Reading, by: Mapping[str, Any]) -> News:
        """What is new in a reading that was made `by` a plan.

        Raises `InputError` when the workstations would be too many.
        """
        if not reading.sessions:
            return News()
        known = self._batches.known_ids("computer_sessions", reading.source)
        # One workstation has many sessions a day: one without a time is not any other.
        new = which_are_new([each.id for each in reading.sessions], known, by_day=False)
        added = [each for each, is_new in zip(reading.sessions, new, strict=True) if is_new]
        return News(
            sessions=added,
            ends=self._ends(reading.sessions) if known else (),
            machines=self.machines(added),
            rows=sum(1 + reading.more.get(each.id, 0) for each in added),
            over=days_over(reading.sessions, added, self._sessions, reading.source, by),
        )

    def _ends(self, sessions: Iterable[RowSession]) -> list[RowSession]:
        """The sessions that came in without an end, and have one in this file."""
        endless = self._sessions.without_end()
        return [each for each in sessions if each.id in endless and each.minutes is not None]

    def machines(self, sessions: Iterable[RowSession]) -> Machines:
        """The workstations that these sessions name, known ones by label, number or former label.

        One that is new, or was here later than its first session, is told of since that day.
        Raises `InputError` when there would be too many.
        """
        first = _first_days(sessions)
        if not first:
            return Machines(ids={})
        known = self._workstations.all(retired=True)
        own = {each.id: each for each in known}
        found = {
            key: _known(label, known) or own.get(self._id(label))
            for key, (label, _) in first.items()
        }
        new = [(key, *first[key]) for key, place in found.items() if place is None]
        in_use = sum(each.state.condition is not Condition.RETIRED for each in known)
        if new and in_use + len(new) > MOST_WORKSTATIONS:
            told = {"n": number(len(new)), "example": new[0][1], "most": number(MOST_WORKSTATIONS)}
            raise InputError(TOO_MANY_NAMED, field="workstation", **told)
        made = {key: self._made(*each) for key, each in _numbered(new, known)}
        here = {key: place for key, place in found.items() if place is not None}
        since: dict[str, date] = {}
        for key, place in here.items():
            since[place.id] = min(first[key][1], since.get(place.id, date.max))
        ids = {key: each.id for key, each in made.items()}
        return Machines(
            ids={**ids, **{key: place.id for key, place in here.items()}},
            told=[*made.values(), *self._since(since)],
            made=[each.label for each in made.values()],
            taken_for=[
                f"{first[key][0]} = {place.label}"
                for key, place in here.items()
                if place.label.casefold() != first[key][0].casefold()
            ],
        )

    def _made(self, label: str, day: date, number_: int) -> ImportedWorkstation:
        made = self._id(label)
        return ImportedWorkstation(
            made, self._state_id(made, day), day, label=label, number=number_
        )

    def _id(self, label: str) -> str:
        return natural_id(self._branch.current().id, "workstation", place_key(label))

    def _state_id(self, workstation_id: str, day: date) -> str:
        branch_id = self._branch.current().id
        return natural_id(branch_id, "workstation_state", f"{workstation_id} {day.isoformat()}")

    def _since(self, first: dict[str, date]) -> Iterator[ImportedWorkstation]:
        """Of known workstations, those that were here before their history begins."""
        histories: Mapping[str, Sequence[WorkstationState]] = self._workstations.histories()
        for each, day in first.items():
            oldest = histories[each][0]
            if day < oldest.since:
                yield ImportedWorkstation(each, self._state_id(each, day), day, oldest.is_public)

    @staticmethod
    def linked(
        sessions: Iterable[RowSession], machines: Machines, people: Mapping[str, Patron]
    ) -> Iterator[ImportedSession]:
        """The sessions to add, each on its workstation and with the patron of its member number.

        What a session freezes of the patron is what cannot have changed since: the sex, and the
        age of that year.
        """
        for each in sessions:
            patron = people.get(each.number) if each.number else None
            place = machines.ids.get(place_key(each.workstation))
            who = None if patron is None else patron.id
            made = ImportedSession._make((*each[:5], place, *each[6:18], who, each.count))
            yield made if patron is None else _of_patron(made, patron)


def _of_patron(session: ImportedSession, patron: Patron) -> ImportedSession:
    """A patron's session; what the row itself says of the visitor stands."""
    then = patron.profile(date.fromisoformat(session.local_date))
    if session.sex == UNKNOWN:
        session = session._replace(sex=str(then.sex))
    if session.age_years is None and session.age_band is None:
        session = session._replace(age_years=then.age_years)
    return session


def _first_days(sessions: Iterable[RowSession]) -> dict[str, tuple[str, date]]:
    """What each workstation is called where it is named first, and the day of its first session."""
    labels: dict[str, str] = {}
    days: dict[str, str] = {}
    for each in sessions:
        if label := each.workstation:
            day = days.get(label)
            if day is None or each.local_date < day:
                days[label] = each.local_date
    found: dict[str, tuple[str, date]] = {}
    for label, day in days.items():
        key = place_key(label)
        first = labels.setdefault(key, label)
        earlier = found.get(key, (label, date.max))[1]
        found[key] = (first, min(earlier, date.fromisoformat(day)))
    return found


def _numbered(
    new: Iterable[tuple[str, str, date]], known: Iterable[Workstation]
) -> Iterator[tuple[str, tuple[str, date, int]]]:
    """New workstations with the number that their label ends with, or the lowest that is free."""
    free = set(range(1, _HIGHEST + 1)) - {each.number for each in known}
    later: list[tuple[str, str, date]] = []
    for key, label, day in new:
        found = _ENDS_WITH.search(label)
        if found is not None and int(found[0]) in free:
            free.discard(int(found[0]))
            yield key, (label, day, int(found[0]))
        else:
            later.append((key, label, day))
    for (key, label, day), lowest in zip(later, sorted(free), strict=False):
        yield key, (label, day, lowest)


def _known(label: str, known: Sequence[Workstation]) -> Workstation | None:
    """The workstation of that label, rather one that is not retired; else that of the number.

    One that is written just so goes before one that is written otherwise.
    """
    same = [each for each in known if each.label.casefold() == label.casefold()]
    if not same:
        same = [each for each in known if place_key(each.label) == place_key(label)]
    if not same and label.isdecimal() and label.isascii():
        same = [each for each in known if each.number == int(label)]
    same.sort(key=lambda each: each.state.condition is Condition.RETIRED)
    return same[0] if same else None


def _some(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:_SHOWN])
    return shown if len(labels) <= _SHOWN else f"{shown}, …"
