"""What was counted on paper: sheets typed in, months estimated from sampled days, blank sheets.

A sheet is one batch: its visits carry it, and undoing it takes back the visits and gives its days
the state they had.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from perpudesk.branch.model import DayInfo, ServiceDay
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import DayState, Method
from perpudesk.core.times import Period
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import batches, journal
from perpudesk.db.batches import Batch
from perpudesk.db.connection import Store
from perpudesk.db.meta import meta, set_meta
from perpudesk.visits import store as rows
from perpudesk.visits import typical
from perpudesk.visits.finding import PAPER
from perpudesk.visits.model import VisitDraft, admit
from perpudesk.visits.service import VisitService
from perpudesk.visits.tally import (
    Doubt,
    Sheet,
    doubts_of,
    next_day,
    sheet_from,
    sheet_json,
    state_after,
    typed_total,
    visits_of,
)
from perpudesk.visits.typical import Estimate, visits_of_estimate

if TYPE_CHECKING:
    from perpudesk.paper.document import Document
    from perpudesk.visits.blanks import BlankKind

_DRAFT = "paper_draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A sheet, or the estimate of a month, that stands in the records."""

    batch_id: str
    first: date
    """Its day, or the first day of its month."""
    visits: int
    method: Method
    sheet: Sheet | None
    """As it was typed; None for an estimate."""


def _never(_day: date) -> bool:
    """No month is closed."""
    return False


class SheetService:
    """The use cases of paper; each that writes is one transaction."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        branch: BranchService,
        visits: VisitService,
        *,
        is_closed: Callable[[date], bool] = _never,
    ) -> None:
        """Copy paper into `store`; `is_closed` tells whether the month of a day is closed."""
        self._store, self._notify = store, notify
        self._branch, self._visits = branch, visits
        self._is_closed = is_closed

    def draft(self) -> Sheet:
        """The sheet that was being typed when the page was left, the window or the power lost."""
        with self._store.reading() as db:
            kept = meta(db, _DRAFT)
        try:
            return sheet_from(json.loads(kept or ""))
        except (ValueError, KeyError, TypeError):  # none, or of another version of the program
            return Sheet()

    def keep(self, sheet: Sheet) -> None:
        """Keep the sheet that is being typed; no list and no total knows of it."""
        with self._store.writing() as db:
            set_meta(db, _DRAFT, json.dumps(sheet_json(sheet), ensure_ascii=False))

    def next_day(self, after: date | None = None) -> date | None:
        """The day of this month or the last whose sheet comes next; None when all have numbers."""
        this = Period.month_of(self._store.today())
        days = self._visits.days(this.before().first, self._store.today())
        week = self._branch.current().opening_hours
        return next_day(days, week, after=after, first_record=self._visits.first_day())

    def doubts(self, sheet: Sheet) -> tuple[Doubt, ...]:
        """What to ask about before the sheet is stored; raises `InputError` as `save` does."""
        self._admitted(visits_of(sheet))
        day = self._day(sheet)
        stored = sum(each.first == day.date for each in self.stored() if each.sheet)
        return doubts_of(sheet, day, sheets=stored, month_closed=self._is_closed(day.date))

    def save(self, sheet: Sheet, *, keep_draft: bool = False) -> Stored:
        """Store the sheet as one step; raises `InputError`, storing nothing.

        The draft was this sheet, unless `keep_draft` says that it is of another one.
        """
        drafts = visits_of(sheet)
        day, typed = self._day(sheet), typed_total(sheet)
        state = state_after(sheet, day, typed)
        set_to = [] if state is None else [(day.date, state)]
        result = {"day": day.date.isoformat(), "sheet": sheet_json(sheet)}
        with self._store.writing() as db:
            batch = self._store_batch(drafts, set_to, day.date.isoformat(), result)
            if not keep_draft:
                set_meta(db, _DRAFT, "")
        self._tell()
        return _stored(batch)

    def take_back(self, batch_id: str) -> Stored:
        """Undo a sheet or an estimate, at any time; raises `RuleError` when it cannot be."""
        with self._store.writing() as db:
            batch = batches.take_back(self._store, db, batch_id)
        self._tell()
        return _stored(batch)

    def stored(self) -> list[Stored]:
        """The sheets and estimates that stand, the last one first."""
        with self._store.reading() as db:
            return [_stored(each) for each in batches.standing(db) if each.source == PAPER]

    def month(self, period: Period) -> list[DayInfo]:
        """The days of a month that may be sampled or estimated."""
        return self._visits.days(period.first, period.last)

    def estimate(
        self, period: Period, *, sampled: Collection[date], left_out: Collection[date] = ()
    ) -> Estimate:
        """What the sampled days say of a month; raises `RuleError`, and stores nothing anyway."""
        return typical.estimate(
            self.month(period),
            self._branch.current().opening_hours,
            today=self._store.today(),
            sampled=sampled,
            left_out=left_out,
        )

    def roles(self, period: Period) -> dict[date, typical.Role]:
        """What each day of a month can be for its estimate."""
        week, today = self._branch.current().opening_hours, self._store.today()
        return {day.date: typical.role_of(day, week, today) for day in self.month(period)}

    def save_estimate(self, period: Period, found: Estimate) -> Stored:
        """Store an estimate as one step: visits on its days, which are estimated from then on."""
        set_to = [(day, DayState.ESTIMATED) for day, _ in found.shares]
        month = period.first.isoformat()[:7]
        result = {
            "month": month,
            "sampled": [day.isoformat() for day in found.sampled],
            "open_days": found.open_days,
            "total": found.total,
        }
        batch = self._store_batch(visits_of_estimate(found), set_to, month, result)
        self._tell()
        return _stored(batch)

    def is_closed(self, day: date) -> bool:
        """Whether the month of the day is closed, so that a change of it must be asked about."""
        return self._is_closed(day)

    def blank(self, kind: BlankKind, *, pages: int = 1, practice: bool = False) -> Document:
        """Blank sheets of this branch, to be printed; raises `InputError` bad_pages."""
        from perpudesk.visits.blanks import Blank, blank_sheet

        branch = self._branch.current()
        blank = Blank(
            library=branch.name,
            letterhead=self._branch.letterhead(),
            bands=branch.age_bands,
            purposes=self._branch.entries("purposes"),
            computer_purposes=self._branch.entries("computer_purposes"),
            practice=practice,
        )
        return blank_sheet(kind, blank, pages=pages)

    def _day(self, sheet: Sheet) -> DayInfo:
        assert sheet.day is not None  # noqa: S101 - what has visits has a day
        return self._visits.days(sheet.day, sheet.day)[0]

    def _admitted(self, drafts: Sequence[VisitDraft]) -> list[tuple[VisitDraft, Any]]:
        now, where = self._store.clock.now(), self._store.author.zone
        return [admit(draft, now=now, where=where) for draft in drafts]

    def _store_batch(
        self,
        drafts: Sequence[VisitDraft],
        set_to: Sequence[tuple[date, DayState]],
        name: str,
        result: Mapping[str, Any],
    ) -> Batch:
        admitted = self._admitted(drafts)
        with self._store.writing() as db, journal.one_step(self._store):
            batch_id, carried = batches.begin(
                self._store, db, source=PAPER, file_name=name, digest=""
            )
            rows.add_of_batch(self._store, db, carried, admitted)
            method = drafts[0].method if drafts else Method.COUNTED
            visits = sum(draft.count for draft in drafts)
            counts = {"added": len(drafts), "visits": visits, "method": str(method)}
            batches.finish(db, batch_id, {**counts, **result})
            batch = next(each for each in batches.standing(db) if each.id == batch_id)
            if set_to:
                self._branch.set_days(self._set(set_to))
        return batch

    def _set(self, set_to: Sequence[tuple[date, DayState]]) -> list[ServiceDay]:
        """The days as they are set now, with what was noted of them."""
        if not set_to:
            return []
        kept = self._branch.service_days(set_to[0][0], set_to[-1][0])
        return [
            replace(kept.get(day) or ServiceDay(date=day, state=state), state=state, reason=None)
            for day, state in set_to
        ]

    def _tell(self) -> None:
        self._notify(Topic.VISITS)
        self._notify(Topic.DAYS)


def _stored(batch: Batch) -> Stored:
    result = batch.result
    first = result["day"] if "sheet" in result else f"{result['month']}-01"
    return Stored(
        batch_id=batch.id,
        first=date.fromisoformat(first),
        visits=result["visits"],
        method=Method(result["method"]),
        sheet=sheet_from(result["sheet"]) if "sheet" in result else None,
    )
