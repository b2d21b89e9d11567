"""Record, mend and count visits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from perpudesk.branch.model import DayInfo, day_info
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import DayState
from perpudesk.core.errors import RuleError
from perpudesk.core.times import Period, utc_text
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.patrons.model import Patron
from perpudesk.visits import store as rows
from perpudesk.visits.model import (
    NO_VISIT,
    ImportedVisit,
    Moment,
    Today,
    Visit,
    VisitDraft,
    admit,
    moved,
    same_weekdays,
    usual_of,
)

__all__ = ["ImportedVisit", "VisitService"]


class VisitService:
    """The use cases of visits; each method is one transaction."""

    def __init__(self, store: Store, notify: Notify, branch: BranchService) -> None:
        """Serve the visits of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch

    def record(self, draft: VisitDraft) -> Visit:
        """A visit, on the disk when this returns; raises `InputError` and stores nothing."""
        tidy, moment = admit(draft, now=self._store.clock.now(), where=self._store.author.zone)
        self._store.permit([moment.local_date])
        with self._store.writing() as db:
            visit_id = rows.add(self._store, db, tidy, moment)
        return self._told(visit_id)

    def record_many(self, drafts: Sequence[tuple[VisitDraft, Moment]]) -> int:
        """Many visits whose moments are known, in one transaction; how many records."""
        with self._store.writing() as db:
            rows.add_many(self._store, db, drafts)
        self._notify(Topic.VISITS)
        return len(drafts)

    def record_patron(self, patron: Patron, *, purpose: str) -> Visit:
        """A visit of someone known by name, with the profile as it is today frozen into it."""
        return self.record(
            VisitDraft(
                profile=patron.profile(self._store.today()),
                purpose=purpose,
                type=patron.visitor_type,
                patron_id=patron.id,
            )
        )

    def give_name(self, visit_id: str, patron: Patron) -> Visit:
        """A visit that was recorded without a name becomes this patron's, profile and all."""
        visit = self.get(visit_id)
        if visit is None:
            raise RuleError(NO_VISIT)
        draft = replace(
            visit.draft(self._store.author.zone),
            profile=patron.profile(visit.moment.local_date),
            type=patron.visitor_type,
            patron_id=patron.id,
        )
        return self.change(visit_id, draft)

    def change(self, visit_id: str, draft: VisitDraft) -> Visit:
        """Mend a visit; raises `InputError`, or `RuleError` when it is not here any more."""
        found, now = self.get(visit_id), self._store.clock.now()
        before = found.moment if found else None
        tidy, moment = admit(draft, now=now, where=self._store.author.zone, before=before)
        self._store.permit([*self._day_of(visit_id), moment.local_date])
        with self._store.writing() as db:
            rows.change(self._store, db, visit_id, tidy, moment)
        return self._told(visit_id)

    def remove(self, visit_id: str, *, note: str | None = None) -> None:
        """Take a visit out of every list and total; it can be undone."""
        self._store.permit(self._day_of(visit_id))
        with self._store.writing() as db:
            rows.remove(self._store, db, visit_id, note)
        self._notify(Topic.VISITS)

    def _day_of(self, visit_id: str) -> list[date]:
        """The day of a visit, if it is here."""
        visit = self.get(visit_id)
        return [] if visit is None else [visit.moment.local_date]

    def get(self, visit_id: str) -> Visit | None:
        """The visit with that id."""
        with self._store.reading() as db:
            return rows.get(db, visit_id)

    def stands(self, visit_id: str) -> bool:
        """Whether the visit is still counted."""
        with self._store.reading() as db:
            return rows.stands(db, visit_id)

    def repeat_since(self, patron_id: str) -> datetime | None:
        """When this patron was counted within the branch's window of repeats, if so."""
        now = self._store.clock.now()
        window = timedelta(minutes=self._branch.current().repeat_minutes)
        with self._store.reading() as db:
            seen = rows.last_visit_of(db, patron_id, utc_text(now - window))
        return None if seen is None else datetime.fromisoformat(seen)

    def counted_on(self, patron_id: str, day: date) -> str | None:
        """The id of the visit that counts this patron on a day, if one does."""
        with self._store.reading() as db:
            return rows.of_patron_on(db, patron_id, day)

    def last_seen(self, patron_id: str) -> date | None:
        """The day a patron was last here."""
        with self._store.reading() as db:
            return rows.last_seen(db, patron_id)

    def recent(self, limit: int = 20) -> list[Visit]:
        """Today's last visits, newest first."""
        with self._store.reading() as db:
            return rows.recent(db, self._store.today(), limit)

    def of_day(self, day: date, limit: int = 500) -> list[Visit]:
        """The visits of a day, newest first."""
        with self._store.reading() as db:
            return rows.recent(db, day, limit)

    def page(self, offset: int, limit: int) -> list[Visit]:
        """All visits, newest first, `limit` from `offset`."""
        with self._store.reading() as db:
            return rows.page(db, offset, limit)

    def count(self) -> int:
        """How many visit records there are."""
        with self._store.reading() as db:
            return rows.count(db)

    def day_totals(self, first: date, last: date) -> dict[date, int]:
        """Visits per day from `first` to `last`, only days that have any."""
        with self._store.reading() as db:
            return rows.day_totals(db, first, last)

    def was_closed(self, day: date) -> bool:
        """Whether that day is down as closed, so that a visit of it asks first."""
        return self.days(day, day)[0].state is DayState.CLOSED

    @contextmanager
    def opening(self, day: date) -> Iterator[None]:
        """Open a closed day for what the block records: both or neither, undone as one step."""
        with self._store.writing(), journal.one_step(self._store):
            self._branch.set_state(day, DayState.OPEN_COUNTED)
            yield

    def days(self, first: date, last: date) -> list[DayInfo]:
        """What each day from `first` to `last` was: set by somebody, or by rule."""
        branch, holidays = self._branch.current(), self._branch.holidays()
        with self._store.reading() as db:
            totals, began = rows.day_totals(db, first, last), rows.first_day(db)
            was_set = self._branch.service_days(first, last)
            outages = self._branch.outages(first, last)
        return [
            day_info(
                day,
                was_set=was_set.get(day),
                visits=totals.get(day, 0),
                week=branch.opening_hours,
                holiday=holidays.get(day),
                first_record=began,
                outages=[outage for outage in outages if outage.local_date == day],
            )
            for day in Period(first, last).days()
        ]

    def first_day(self) -> date | None:
        """The day of the branch's first record."""
        with self._store.reading() as db:
            return rows.first_day(db)

    def newest_day(self) -> date | None:
        """The day of the branch's newest record."""
        with self._store.reading() as db:
            return rows.newest_day(db)

    def today(self, *, with_usual: bool = True) -> Today:
        """What the desk shows of today; without `usual` it reads this month's days only."""
        bands, now = self._branch.current().age_bands, self._here()
        day = now.date()
        with self._store.reading() as db:
            hours, cells = rows.today_counts(db, day, bands)
            return Today(
                day=day,
                total=sum(cells.values()),
                month=rows.total(db, day.replace(day=1), day),
                usual=self.usual() if with_usual else None,
                by_hour=hours,
                by_cell=cells,
            )

    def usual(self) -> float | None:
        """How many had come by this hour on the same weekday, once four such days are known."""
        now, totals = self._here(), []
        with self._store.reading() as db:
            for other in same_weekdays(now.date()):
                moment = utc_text(datetime.combine(other, now.timetz()))
                if (came := rows.total_until(db, other, moment)) is not None:
                    totals.append(came)
        return usual_of(totals)

    def institutions(self, limit: int = 200) -> list[str]:
        """Institutions that brought a group before, the last one first."""
        with self._store.reading() as db:
            return rows.institutions(db, limit)

    def dated_after(self, day: date) -> list[tuple[str, Moment]]:
        """Visits recorded here with a day after `day`: the clock was wrong then."""
        with self._store.reading() as db:
            return rows.dated_after(db, day)

    def redate_after(self, day: date, *, by: int | None = None) -> int:
        """Move the visits dated after `day` together by so many days (below 0: back); how many.

        By itself so that the newest is of `day`. They keep their times of day and the days between
        them, and are undone as one.
        """
        with self._store.writing() as db, journal.one_step(self._store):
            wrong = rows.dated_after(db, day)
            if by is None:
                newest = max((moment.local_date for _, moment in wrong), default=day)
                by = (day - newest).days
            for visit_id, moment in wrong:
                rows.redate(self._store, db, visit_id, moved(moment, by))
        self._notify(Topic.VISITS)
        return len(wrong)

    def bring_in(self, carried: Mapping[str, Any], visits: Iterable[ImportedVisit]) -> None:
        """Store the visits of a file, of which each carries its batch; whoever asks tells."""
        with self._store.writing() as db:
            rows.bring_in(db, carried, visits)

    def unnamed(self, source: str) -> list[str]:
        """Ids of the visits from files of `source` that are nobody's, and that nobody edited."""
        with self._store.reading() as db:
            return rows.unnamed(db, source)

    def say_whose(self, carried: Mapping[str, Any], whose: Iterable[tuple[str, str]]) -> None:
        """Say whose visits of earlier files are, as part of a file: pairs of visit and patron."""
        with self._store.writing() as db:
            rows.say_whose(db, carried, whose)

    def days_of_others(self, source: str, columns: str | None) -> set[date]:
        """Days with visits that came otherwise than from files of `source` read by `columns`."""
        with self._store.reading() as db:
            return rows.days_of_others(db, source, columns)

    def ids_between(self, first: date, last: date) -> dict[str, date]:
        """The ids of the visits from `first` to `last`, and their days."""
        with self._store.reading() as db:
            return rows.ids_between(db, first, last)

    def months(self) -> set[Period]:
        """The months that have visits."""
        with self._store.reading() as db:
            return rows.months(db)

    def _here(self) -> datetime:
        """Now, on the branch's own clock."""
        return self._store.clock.now().astimezone(self._store.author.zone)

    def _told(self, visit_id: str) -> Visit:
        with self._store.reading() as db:
            visit = rows.get(db, visit_id)
        assert visit is not None  # noqa: S101 - written in the transaction before
        self._notify(Topic.VISITS)
        return visit
