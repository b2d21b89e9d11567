"""Set up the branch, keep its people and letterhead, and say what each day was."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from perpudesk.branch import store as rows
from perpudesk.branch.checks import (
    check_choice,
    check_day,
    check_dormant,
    check_forgotten,
    check_founded,
    check_holiday,
    check_letterhead,
    check_limit,
    check_minutes,
    check_population,
    check_region,
    check_repeat,
    check_retention,
    check_share,
    clean,
)
from perpudesk.branch.holidays import shipped_holidays
from perpudesk.branch.model import (
    DAY_MISSING,
    ENTRY_EXISTS,
    ENTRY_NEEDED,
    NOTE_WITHOUT_STATE,
    REASON_WITHOUT_CLOSED,
    SESSION_LIMITS,
    Branch,
    Entry,
    Holiday,
    Holidays,
    Outage,
    ServiceDay,
    Signatory,
    Staff,
    in_reading_order,
    letterhead_parts,
    slug_for,
)
from perpudesk.branch.numbering import check_pattern
from perpudesk.core.codes import AGE_SETS, UNKNOWN, BranchKind, ClosedReason, DayState
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import zone, zone_key
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store
from perpudesk.db.meta import meta, set_meta

_RULES: Mapping[str, Callable[[Any], object]] = {
    "name": partial(clean, field="name", required=True),
    "zone": lambda zone: zone_key(zone or ""),
    **{name: partial(clean, field=name) for name in ("place", "address", "phone", "email", "npp")},
    "kind": partial(check_choice, choices=BranchKind, field="kind"),
    "region_code": check_region,
    "population_served": check_population,
    "founded_year": check_founded,
    "age_set": partial(check_choice, choices=AGE_SETS, field="age_set"),
    "repeat_minutes": check_repeat,
    **{name: partial(check_limit, field=name) for name in SESSION_LIMITS},
    "forgotten_hours": check_forgotten,
    "certificate_threshold": check_share,
    "certificate_pattern": check_pattern,
    "dormant_months": check_dormant,
    "retention_months": check_retention,
    "letterhead": check_letterhead,
}
_EDITABLE = {each.name for each in dataclass_fields(Branch)} - {"id", "has_crest"}

if TYPE_CHECKING:
    from perpudesk.paper.document import Letterhead


class BranchService:
    """The use cases of the branch; each method is one transaction."""

    def __init__(
        self, store: Store, notify: Notify, *, make_secret: Callable[[], bytes] | None = None
    ) -> None:
        """Serve the branch of `store`; `make_secret` gives 32 bytes (practice data fixes them)."""
        self._store = store
        self._notify = notify
        self._make_secret = make_secret or (lambda: os.urandom(32))
        self._branch: Branch | None = None

    def find(self) -> Branch | None:
        """The branch, or None before it is set up."""
        if self._branch is None:
            with self._store.reading() as db:
                self._branch = rows.find_branch(db)
            if self._branch is not None:
                self._store.author.branch_id = self._branch.id
                self._store.author.zone = zone(self._branch.zone)
        return self._branch

    def current(self) -> Branch:
        """The branch, once it is set up."""
        branch = self.find()
        assert branch is not None, "asked for the branch before set-up"  # noqa: S101
        return branch

    def forget(self) -> None:
        """Read the branch again when it is next asked: a transaction was taken back."""
        self._branch = None

    def set_up(self, **given: Any) -> Branch:
        """Make the branch, or change only what is named.

        Fields as in `Branch`; `name` and `zone` are required the first time. Raises `InputError`
        on the field that is refused, and then nothing is stored.
        """
        known = self.find()
        checked = _checked(given, first=known is None)
        with self._store.writing() as db:
            if known is None:
                branch_id = self._store.make_id()
                self._store.author.branch_id = branch_id
                defaults = {"id": branch_id, "kind": BranchKind.DISTRICT, "letterhead": ()}
                rows.add_branch(self._store, db, {**defaults, **checked}, self._make_secret())
            elif checked:
                rows.change_branch(self._store, db, known.id, checked)
        return self._changed()

    def set_crest(self, picture: bytes | None) -> Branch:
        """Keep `picture` (PNG bytes that `paper` has read and shrunk) as the crest, or none."""
        with self._store.writing() as db:
            digest = None if picture is None else rows.keep_picture(db, picture)
            rows.change_branch(self._store, db, self.current().id, {"crest": digest})
        return self._changed()

    def crest(self) -> bytes | None:
        """The crest's PNG bytes."""
        with self._store.reading() as db:
            return rows.crest(db, self.current().id)

    def letterhead(self) -> Letterhead:
        """The kop as it is printed."""
        branch = self.current()
        government, office, address = letterhead_parts(branch)
        crest = self.crest() if branch.has_crest else None
        from perpudesk.paper.document import Letterhead  # a start need not wait for paper

        return Letterhead(government=government, office=office, address=address, crest=crest)

    def secret(self) -> bytes:
        """The key under which imported rows are known again; never shown, never exported."""
        with self._store.reading() as db:
            return rows.secret(db, self.current().id)

    def staff(self) -> list[Staff]:
        """Who may be at the desk, by name."""
        with self._store.reading() as db:
            return rows.staff(db)

    def has_pins(self) -> bool:
        """Whether anybody has a PIN: what locks is not loaded where nobody has."""
        with self._store.reading() as db:
            return rows.has_pins(db)

    def staff_names(self) -> dict[str, str]:
        """Names by id, also of those no longer at the desk: what they recorded stays theirs."""
        with self._store.reading() as db:
            return rows.staff_names(db)

    def add_staff(self, name: str) -> Staff:
        """Someone new at the desk."""
        tidy = clean(name, "staff", required=True) or ""
        with self._store.writing() as db:
            staff_id = rows.add_staff(self._store, db, tidy)
        self._notify(Topic.BRANCH)
        return Staff(id=staff_id, name=tidy)

    def rename_staff(self, staff_id: str, name: str) -> None:
        """Mend the name of someone at the desk."""
        tidy = clean(name, "staff", required=True) or ""
        with self._store.writing() as db:
            rows.rename_staff(self._store, db, staff_id, tidy)
        self._notify(Topic.BRANCH)

    def remove_staff(self, staff_id: str) -> None:
        """No longer at the desk; what they recorded stays theirs."""
        with self._store.writing() as db:
            rows.remove_staff(self._store, db, staff_id)
        if self._store.author.staff_id == staff_id:
            self.at_desk(None)
        self._notify(Topic.BRANCH)

    def bring_back_staff(self, staff_id: str) -> None:
        """At the desk again, after having been removed."""
        with self._store.writing() as db:
            rows.bring_back_staff(self._store, db, staff_id)
        self._notify(Topic.BRANCH)

    def at_desk(self, staff_id: str | None) -> None:
        """From now on this person records; remembered for the next start."""
        with self._store.writing() as db:
            set_meta(db, "at_desk", staff_id or "")
            self._store.author.staff_id = staff_id
        self._notify(Topic.BRANCH)

    def who_is_at_desk(self) -> Staff | None:
        """Who records now."""
        with self._store.reading() as db:
            staff_id = self._store.author.staff_id or meta(db, "at_desk")
            found = next((each for each in rows.staff(db) if each.id == staff_id), None)
            self._store.author.staff_id = found.id if found else None
        return found

    def signatories(self) -> list[Signatory]:
        """Who signs reports, left before right."""
        with self._store.reading() as db:
            return rows.signatories(db)

    def set_signatory(self, who: Signatory) -> None:
        """Who signs at that place; a post without a name prints a dotted line."""
        tidy = Signatory(
            place=who.place,
            name=clean(who.name, "name") or "",
            post=clean(who.post, "post") or "",
            rank=clean(who.rank, "rank"),
            nip=clean(who.nip, "nip"),
        )
        with self._store.writing() as db:
            rows.set_signatory(self._store, db, tidy)
        self._notify(Topic.BRANCH)

    def service_days(self, first: date, last: date) -> dict[date, ServiceDay]:
        """What was set for the days from `first` to `last`, both included."""
        with self._store.reading() as db:
            return rows.days(db, first, last)

    def set_day(self, day: ServiceDay) -> None:
        """Set what a day was; raises `InputError` for a future day or a stray reason."""
        self.set_days([day])

    def set_days(self, days: Sequence[ServiceDay]) -> None:
        """Set what several days were, all or none; raises `InputError` as for one."""
        tidy = [self._checked_day(day) for day in days]
        self._store.permit(day.date for day in tidy)
        with self._store.writing() as db:
            for day in tidy:
                if day.state is DayState.NOT_SET:
                    rows.clear_day(self._store, db, day.date)
                else:
                    rows.set_day(self._store, db, day)
        self._notify(Topic.DAYS)

    def _checked_day(self, day: ServiceDay) -> ServiceDay:
        check_day(day.date, today=self._store.today())
        if day.reason is not None and day.state is not DayState.CLOSED:
            raise InputError(REASON_WITHOUT_CLOSED, field="reason")
        minutes = check_minutes(day.minutes_open)
        return replace(day, note=clean(day.note, "note"), minutes_open=minutes)

    def set_state(self, day: date, state: DayState, reason: ClosedReason | None = None) -> None:
        """Set what a day was, and keep its note and its hours; raises as `set_day` does."""
        kept = self.service_days(day, day).get(day) or ServiceDay(date=day, state=state)
        self.set_day(replace(kept, state=state, reason=reason))

    def set_note(self, day: date, note: str | None) -> None:
        """Keep a note with a day that was set; a note alone does not say what the day was."""
        kept = self.service_days(day, day).get(day)
        if kept is None:
            raise RuleError(NOTE_WITHOUT_STATE)
        self.set_day(replace(kept, note=note))

    def note_outage(
        self, day: date, start: datetime, until: datetime | None, *, checked: bool
    ) -> str:
        """Note on a service day that the program was cut off; the id.

        `checked` where it ended nothing that somebody should look at.
        """
        with self._store.writing() as db:
            outage_id = rows.add_outage(self._store, db, day, start, until, checked=checked)
        self._notify(Topic.DAYS)
        return outage_id

    def outages(self, first: date, last: date) -> list[Outage]:
        """The outages that began on these days, oldest first."""
        with self._store.reading() as db:
            return rows.outages(db, first, last)

    def unchecked_outages(self) -> list[Outage]:
        """Those whose sessions nobody has looked at, newest first."""
        with self._store.reading() as db:
            return rows.unchecked_outages(db)

    def check_outage(self, outage_id: str) -> None:
        """Somebody has looked at what it ended."""
        with self._store.writing() as db:
            rows.check_outage(self._store, db, outage_id)
        self._notify(Topic.DAYS)

    def holidays(self) -> Holidays:
        """The holidays the branch keeps: the shipped ones with its own edits over them."""
        with self._store.reading() as db:
            edits = rows.holiday_edits(db)
        kept = {**shipped_holidays(), **edits}
        return {day: name for day, name in kept.items() if name is not None}

    def holiday_list(self, year: int) -> list[Holiday]:
        """The holidays of `year` by date, with the shipped ones that the branch does not keep."""
        with self._store.reading() as db:
            edits = rows.holiday_edits(db)
        shipped = shipped_holidays()
        names = {**edits, **shipped, **{day: name for day, name in edits.items() if name}}
        return [
            Holiday(date=day, name=name, shipped=day in shipped, kept=edits.get(day, name) == name)
            for day, name in sorted(names.items())
            if day.year == year and name is not None
        ]

    def add_holiday(self, day: date | None, name: str) -> None:
        """A holiday of the branch's own; raises `InputError` on what is missing."""
        if day is None:
            raise InputError(DAY_MISSING, field="date")
        self.set_holiday(day, name)

    def set_holiday(self, day: date, name: str | None) -> None:
        """Keep a day as a holiday called `name`, or (None) do not keep it."""
        check_holiday(day)
        tidy = None if name is None else clean(name, "holiday", required=True)
        self._store.permit([day])
        with self._store.writing() as db:
            rows.set_holiday(self._store, db, day, tidy)
        self._notify(Topic.DAYS)

    def entries(self, list_name: str, *, retired: bool = False) -> list[Entry]:
        """What a growing list (a key of `GROWING_LISTS`) offers, in reading order.

        With `retired` also what is offered no more, for labels of older records.
        """
        with self._store.reading() as db:
            found = rows.entries(db, list_name)
        return in_reading_order(each for each in found if retired or not each.retired)

    def add_entry(self, list_name: str, label: str, *, standard: str) -> Entry:
        """An entry of the branch's own that counts under `standard`.

        A retired entry with the same label comes back as it was: nothing is ever renamed.
        """
        tidy = clean(label, "entry", required=True) or ""
        known = self.entries(list_name, retired=True)
        same = next((each for each in known if each.label.casefold() == tidy.casefold()), None)
        if same is not None and not same.retired:
            raise InputError(ENTRY_EXISTS, field="entry", label=same.label)
        if same is not None:
            self.retire_entry(list_name, same.slug, retired=False)
            return replace(same, retired=False)
        slug = slug_for(tidy, {each.slug for each in known})
        entry = Entry(slug=slug, label=tidy, standard=standard)
        with self._store.writing() as db:
            rows.add_entry(db, list_name, entry)
        self._notify(Topic.BRANCH)
        return entry

    def retire_entry(self, list_name: str, slug: str, *, retired: bool = True) -> None:
        """Offer an entry no more, or again; what was recorded under it stays."""
        if slug == UNKNOWN:
            label = next(e.label for e in self.entries(list_name) if e.slug == slug)
            raise RuleError(ENTRY_NEEDED, label=label)
        with self._store.writing() as db:
            rows.retire_entry(db, list_name, slug, retired=retired)
        self._notify(Topic.BRANCH)

    def today(self) -> date:
        """The day on the branch's own calendar."""
        return self._store.today()

    def _changed(self) -> Branch:
        self._branch = None
        branch = self.current()
        self._notify(Topic.BRANCH)
        return branch


def _checked(given: Mapping[str, Any], *, first: bool) -> dict[str, Any]:
    """The named fields, each by its rule."""
    unknown = set(given) - _EDITABLE
    if unknown:
        raise TypeError(f"not a field of Branch: {sorted(unknown)}")
    named = {"name": None, "zone": None, **given} if first else given
    return {name: _RULES[name](value) if name in _RULES else value for name, value in named.items()}
