"""Whole lists of people: known ones are found, others registered, and all are put on a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from perpudesk.attendance.model import ON_LIST
from perpudesk.attendance.pasting import Pasted
from perpudesk.core.codes import Sex
from perpudesk.core.errors import RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.patrons.model import Patron, PatronDraft, Profile, is_minor
from perpudesk.patrons.service import PatronService


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """How many of a list were put on it, of those without a name, and how many were `there`."""

    listed: int
    unnamed: int
    there: int


class Registrar:
    """Who is on a list that somebody brings, as the desk knows them."""

    def __init__(self, store: Store, notify: Notify, patrons: PatronService) -> None:
        """Find and register them among `patrons`."""
        self._store = store
        self._notify = notify
        self._patrons = patrons

    def known_as(self, person: Pasted) -> Patron | None:
        """The one patron who is called exactly so, unless sex or age says it is somebody else."""
        today, name = self._store.today(), person.name.casefold()
        found = [
            each for each in self._patrons.find(person.name, 20) if each.name.casefold() == name
        ]
        if len(found) != 1:
            return None
        [patron] = found
        profile = patron.profile(today)
        others = Sex.UNKNOWN not in (person.sex, profile.sex) and person.sex is not profile.sex
        years, theirs = person.age, profile.age_years
        apart = years is not None and theirs is not None and abs(years - theirs) > 1
        return None if others or apart else patron

    def enrol_people(self, people: Iterable[Pasted], enrol: Callable[..., object]) -> Put:
        """Put people on a list as one step: known patrons, new ones, and those whom no name is of.

        Nobody under 18 is kept by name without a guardian's consent, which a list does not tell.
        `enrol` puts one on the list; whoever is on it already is left out.
        """
        listed = unnamed = known = 0
        with self._store.writing(), journal.one_step(self._store):
            for each in people:
                who, is_new = self._who_of(each)
                try:
                    enrol(**who)
                except RuleError as error:
                    if error.problem is not ON_LIST:
                        raise
                    known += 1
                    continue
                listed += 1
                unnamed += is_new and "profile" in who
        self._notify(Topic.ACTIVITIES)
        return Put(listed=listed, unnamed=unnamed, there=known)

    def _who_of(self, person: Pasted) -> tuple[dict[str, Any], bool]:
        """What `enrol` is told of somebody, and whether they are new."""
        if (patron := self.known_as(person)) is not None:
            return {"patron_id": patron.id}, False
        today = self._store.today()
        draft = PatronDraft(
            name=person.name,
            sex=person.sex,
            birth_year=None if person.age is None else today.year - person.age,
            occupation=person.occupation,
        )
        if is_minor(draft, today=today):
            profile = Profile(sex=person.sex, age_years=person.age, occupation=person.occupation)
            return {"profile": profile}, True
        return {"patron_id": self._patrons.add(draft).id}, True
