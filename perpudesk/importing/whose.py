"""Whose the visits of a file are: members known here, and those whose names are to be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN
from perpudesk.core.errors import InputError
from perpudesk.db.connection import Store
from perpudesk.importing.batches import BatchService
from perpudesk.importing.identity import of_that_day
from perpudesk.importing.members import is_name, patron_id
from perpudesk.importing.model import Preview, Reading, RowVisit
from perpudesk.importing.store import patron_ids, taken_out
from perpudesk.patrons.model import Patron, PatronDraft, admit
from perpudesk.patrons.service import ImportedPatron, PatronService
from perpudesk.visits.service import ImportedVisit


class Whose:
    """Finds the patrons of visits by their member numbers."""

    def __init__(
        self, store: Store, branch: BranchService, patrons: PatronService, batches: BatchService
    ) -> None:
        """Find them among the patrons of `store`."""
        self._store = store
        self._branch = branch
        self._patrons = patrons
        self._batches = batches

    def members(self) -> dict[str, Patron]:
        """Everybody with a member number."""
        everybody = self._patrons.page(0, self._patrons.count())
        return {each.member_number: each for each in everybody if each.member_number}

    def newcomers(self, reading: Reading, here: Collection[str]) -> dict[str, str]:
        """Names by the member numbers of those whom the file names and nobody here knows."""
        key, today = self._branch.secret(), self._store.today()
        with self._store.reading() as db:
            unwanted, people = taken_out(db), patron_ids(db)
        return {
            number: name
            for number, name in reading.names.items()
            if number not in here
            and unwanted.isdisjoint((number, patron_id(number, key)))
            and patron_id(number, key) not in people
            and _can_be_kept(name, number, today)
        }

    def unnamed(self, reading: Reading, source: str, numbers: Collection[str]) -> dict[str, str]:
        """Visits that are here without a patron, with the member number that the file tells."""
        told = {
            of_that_day(visit.id): visit.number
            for visit in reading.visits
            if visit.number in reading.names and visit.number in numbers
        }
        unnamed = self._batches.unnamed(source) if told else ()
        return {each: told[day] for each in unnamed if (day := of_that_day(each)) in told}

    def patrons_of(self, whose: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Visits with their patrons' ids; runs inside the transaction, as `_linked` does."""
        members = self.members() if whose else {}
        for visit_id, number in whose.items():
            if (patron := members.get(number)) is not None:
                yield visit_id, patron.id

    def new_patrons(self, newcomers: Mapping[str, str]) -> Iterator[ImportedPatron]:
        key, today = self._branch.secret(), self._store.today().isoformat()
        for number, name in newcomers.items():
            yield ImportedPatron(patron_id(number, key), name, number, today)

    def people(self, preview: Preview) -> dict[str, Patron]:
        """Those of the file whom member numbers tell for sure, once the patrons are stored."""
        if not (preview.added or preview.sessions):
            return {}
        self._patrons.forget_index()
        numbers = preview.reading.names if preview.reading else {}
        return {number: who for number, who in self.members().items() if number in numbers}

    def linked(self, preview: Preview) -> Iterator[ImportedVisit]:
        """The visits to add, each with the patron who has its member number.

        What the visit freezes of the patron is what cannot have changed since it was made: the
        sex, and the age of that year. Runs inside the transaction, after the patrons are stored.
        """
        people = self.people(preview)
        for visit in preview.added:
            patron = people.get(visit.number)
            if patron is None:
                yield ImportedVisit(*visit[:-1], None)
            else:
                yield _of_patron(visit, patron)


def _of_patron(visit: RowVisit, patron: Patron) -> ImportedVisit:
    """A patron's visit; what the row itself says of the visitor stands."""
    then = patron.profile(date.fromisoformat(visit.local_date))
    told = ImportedVisit(*visit[:-1], patron.id)
    if told.sex == UNKNOWN:
        told = told._replace(sex=str(then.sex))
    if told.age_years is None and told.age_band is None:
        told = told._replace(age_years=then.age_years)
    return told


def _can_be_kept(name: str, number: str, today: date) -> bool:
    """Whether somebody can be kept under this name and number."""
    if not is_name(name, number):
        return False
    try:
        admit(PatronDraft(name=name, member_number=number), today=today)
    except InputError:
        return False
    return True
