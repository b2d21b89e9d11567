"""Partners, advocacy, budgets, media and stories: kept, mended, found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Generic, Protocol, TypeVar

from perpudesk.core.codes import Funding
from perpudesk.core.errors import RuleError
from perpudesk.core.money import check_rupiah
from perpudesk.core.times import Period, months_from
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.patrons.service import PatronService
from perpudesk.program.model import (
    CONSENT_MISSING,
    NO_FILED,
    AdvocacyAction,
    Filed,
    MediaItem,
    Partner,
    Story,
    YearMoney,
    admit_action,
    admit_media,
    admit_partner,
    admit_story,
    check_year,
)
from perpudesk.program.store import records as rows

D = TypeVar("D")


class Admit(Protocol[D]):
    """The rules over one kind of record."""

    def __call__(self, what: D, /, *, today: date) -> D:
        """The record as it may be stored; raises `InputError`."""
        ...


class Book(Generic[D]):
    """The use cases of one kind of record; each is one transaction and one step of undo."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        shelf: rows.Shelf[D],
        admit: Admit[D],
        days: Callable[[D], Iterable[date]],
    ) -> None:
        """Keep records on a `shelf`; `days` are those on which one is counted."""
        self._store = store
        self._notify = notify
        self._shelf = shelf
        self._admit = admit
        self._days = days

    def all(self) -> list[Filed[D]]:
        """All of them, in the order of their list."""
        with self._store.reading() as db:
            return self._shelf.all(db)

    def get(self, record_id: str) -> Filed[D]:
        """The one with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = self._shelf.get(db, record_id)
        if found is None:
            raise RuleError(NO_FILED)
        return found

    def add(self, what: D) -> Filed[D]:
        """A new one; raises `InputError` on the field that is refused."""
        tidy = self._admit(what, today=self._store.today())
        self._store.permit(self._days(tidy))
        with self._step() as db:
            record_id = self._shelf.add(self._store, db, tidy)
        return self._told(record_id)

    def change(self, record_id: str, what: D) -> Filed[D]:
        """Write one anew; raises `InputError`."""
        before = self.get(record_id).what
        tidy = self._admit(what, today=self._store.today())
        if tidy != before:
            self._store.permit([*self._days(before), *self._days(tidy)])
        with self._step() as db:
            self._shelf.change(self._store, db, record_id, tidy)
        return self._told(record_id)

    def remove(self, record_id: str) -> None:
        """Take one out of every list and total; it can be undone."""
        self._store.permit(self._days(self.get(record_id).what))
        with self._step() as db:
            self._shelf.remove(self._store, db, record_id)
        self._notify(Topic.PROGRAM)

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _told(self, record_id: str) -> Filed[D]:
        self._notify(Topic.PROGRAM)
        return self.get(record_id)


class PartnerBook(Book[Partner]):
    """Institutions that work with the library."""

    def __init__(self, store: Store, notify: Notify) -> None:
        """Keep the partners of `store`."""
        super().__init__(store, notify, rows.PARTNERS, admit_partner, self._months)

    def _months(self, partner: Partner) -> list[date]:
        """Each month of which it is counted on the last day, by its first."""
        last = min(partner.until_on or date.max, self._store.today())
        return [month.first for month in months_from(partner.from_on or last, last)]

    def valid_on(self, day: date) -> list[Filed[Partner]]:
        """Those whose cooperation is in force on a day."""
        return [each for each in self.all() if each.what.valid_on(day)]

    def ending_soon(self, day: date) -> list[Filed[Partner]]:
        """Those whose agreement ends within two months, the soonest first."""
        found = [each for each in self.all() if each.what.ends_soon(day)]
        return sorted(found, key=lambda each: each.what.until_on or date.max)


class StoryBook(Book[Story]):
    """Impact stories: a draft, then with consent, then verified."""

    def __init__(self, store: Store, notify: Notify, patrons: PatronService) -> None:
        """Keep the stories of `store`, about people of `patrons`."""
        days = _days_of_story
        super().__init__(store, notify, rows.STORIES, admit_story, days)
        self._patrons = patrons

    def person(self, story: Story) -> str | None:
        """The name of the person as the screen has it; None where nobody is known."""
        patron = None if story.person_id is None else self._patrons.get(story.person_id)
        return None if patron is None else patron.name

    def called(self, story: Story) -> str | None:
        """What the person is called outside: by name only where they agreed, else a pseudonym."""
        return self.person(story) if story.named else story.pseudonym

    def to_print(self, story_id: str) -> Story:
        """The story, if it may leave the screen; raises `RuleError` where nobody agreed."""
        found = self.get(story_id).what
        if not found.may_leave:
            raise RuleError(CONSENT_MISSING, title=found.title)
        return found

    def verify(self, story_id: str, *, verified: bool = True) -> Filed[Story]:
        """Somebody has looked whether it is true, today; or takes that back."""
        found = self.get(story_id).what
        day = self._store.today() if verified else None
        return self.change(story_id, replace(found, verified_on=day))


class BudgetBook:
    """What each year had, by source."""

    def __init__(self, store: Store, notify: Notify) -> None:
        """Keep the budgets of `store`."""
        self._store = store
        self._notify = notify

    def years(self) -> list[YearMoney]:
        """All years of which something is known, the earliest first."""
        with self._store.reading() as db:
            return rows.budgets(db)

    def put(self, year: int, funding: Funding, amount: int | None) -> None:
        """What a year had from a source; None: nobody knows. Raises `InputError`."""
        check_year(year, today=self._store.today())
        tidy = check_rupiah(amount, field="amount")
        self._store.permit(_months_told(year))
        with self._store.writing() as db, journal.one_step(self._store):
            rows.put_budget(self._store, db, year, funding, tidy)
        self._notify(Topic.PROGRAM)

    def forget(self, year: int) -> None:
        """Nobody knows what a year had, from any source."""
        self._store.permit(_months_told(year))
        with self._store.writing(), journal.one_step(self._store):
            for source in Funding:
                self.put(year, source, None)
        self._notify(Topic.PROGRAM)


class ProgramService:
    """The program's own records, by kind."""

    def __init__(self, store: Store, notify: Notify, patrons: PatronService) -> None:
        """Serve the records of `store`."""
        book = partial(Book, store, notify)
        self.partners = PartnerBook(store, notify)
        self.actions: Book[AdvocacyAction] = book(rows.ACTIONS, admit_action, _day_of)
        self.media: Book[MediaItem] = book(rows.MEDIA, admit_media, _day_of)
        self.stories = StoryBook(store, notify, patrons)
        self.budgets = BudgetBook(store, notify)


def _months_told(year: int) -> list[date]:
    """The months whose report tells what a year had: its own, and those of the next."""
    years = (Period.parse(str(each)) for each in (year, year + 1))
    return [month.first for period in years for month in period.months()]


def _day_of(what: AdvocacyAction | MediaItem) -> list[date]:
    return [what.day]


def _days_of_story(story: Story) -> list[date]:
    return [] if story.verified_on is None else [story.verified_on]
