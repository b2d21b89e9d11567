"""Read a file, say what an import of it would do, do it in one step, and take it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN
from perpudesk.core.errors import FileError, InputError, Problem
from perpudesk.core.files import replacing
from perpudesk.core.i18n import tr
from perpudesk.core.ids import digest_id
from perpudesk.core.paths import as_text
from perpudesk.db.connection import Store
from perpudesk.importing import slims
from perpudesk.importing.batches import Batch, BatchDraft, BatchService
from perpudesk.importing.dates import IN_FUTURE
from perpudesk.importing.identity import of_that_day, which_are_new
from perpudesk.importing.model import Preview, Reading, Remark, RowVisit, again, counts_of
from perpudesk.importing.reading import Given, first_words, read_table, take
from perpudesk.importing.store import taken_out
from perpudesk.importing.summary import summary
from perpudesk.importing.workbook import Report
from perpudesk.patrons.model import Patron, PatronDraft, admit
from perpudesk.patrons.service import ImportedPatron, PatronService
from perpudesk.visits.service import ImportedVisit

OTHER_SHEETS = Problem(
    "other_sheets",
    "Only the first sheet with such a list is read. Not read: {sheets}. Save each as a file of its "
    "own to bring it in.",
)
OVER_ITSELF = Problem(
    "rejects_over_list", "{path} is the list itself. Choose another name for the refused rows."
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet program take text for a formula."""


def _no_report(done: int, total: int) -> None:
    """Nobody is waiting."""


class ImportService:
    """The use cases of files of other programs; each that writes is one transaction."""

    def __init__(
        self, store: Store, branch: BranchService, patrons: PatronService, batches: BatchService
    ) -> None:
        """Bring files into the records of `store`, through the services that keep them."""
        self._store = store
        self._branch = branch
        self._patrons = patrons
        self._batches = batches

    def preview(self, path: Path, *, names: bool = False, report: Report = _no_report) -> Preview:
        """What an import of the file would do; everything is read and checked, nothing stored.

        With `names` the members that the file names become patrons, and the visits
        that are here without a patron become theirs. `report(done, total)` tells the progress;
        what it raises ends the reading. Raises `FileError`.
        """
        given, seen = take(path), self._batches.newest_change()
        before = self._batches.same_file(slims.SOURCE, given.digest)
        if before is not None and _says_the_same(before, names=names):
            return Preview(
                source=slims.SOURCE,
                path=path,
                digest=given.digest,
                seen=seen,
                counts=again(before.result),
                same_as=before.id,
            )
        reading = self._read(given, report)
        known = self._batches.known_ids("visits", slims.SOURCE)
        new = which_are_new([visit.id for visit in reading.visits], known)
        added = [visit for visit, is_new in zip(reading.visits, new, strict=True) if is_new]
        found = Preview(
            source=slims.SOURCE,
            path=path,
            digest=given.digest,
            seen=seen,
            reading=reading,
            added=added,
            counts=counts_of(reading, len(added)),
        )
        return self.named(found) if names else found

    def named(self, preview: Preview) -> Preview:
        """The same preview, with the members it names to become patrons."""
        assert preview.reading is not None  # noqa: S101 - only what was read has names
        members = self._members()
        newcomers = self._newcomers(preview.reading, members)
        whose = self._whose(preview.reading, preview.source, {*members, *newcomers})
        told = {"names": True, "patrons": len(newcomers), "named": len(whose)}
        counts = {**preview.counts, **told}
        return replace(preview, newcomers=newcomers, whose=whose, counts=counts)

    def unnamed(self, preview: Preview) -> Preview:
        """The same preview, without names."""
        counts = {**preview.counts, "names": False, "patrons": 0, "named": 0}
        return replace(preview, newcomers={}, whose={}, counts=counts)

    def commit(self, preview: Preview) -> Batch | None:
        """Store what the preview says, in one transaction; None if there is nothing new in it.

        Raises `RuleError` if another import came or went meanwhile: then preview again.
        """
        if preview.nothing_new:
            return None
        return self._batches.bring_in(
            BatchDraft(
                source=preview.source,
                file_name=as_text(preview.path.name),
                digest=preview.digest,
                seen=preview.seen,
                visits=self._linked(preview),
                whose=self._patrons_of(preview.whose),
                patrons=self._new_patrons(preview.newcomers),
                result=preview.counts,
            )
        )

    def result(self, preview: Preview, batch: Batch | None) -> dict[str, Any]:
        """What came of it, for programs: `batch` (null if nothing was stored) and the counts."""
        return {"batch": None if batch is None else batch.id, **preview.counts}

    def sentences(self, preview: Preview, batch: Batch | None) -> list[str]:
        """What came of it, for people; without a batch, what would come of it.

        The rows that are no visits are named also where the file came in before.
        """
        if preview.reading is None and (preview.counts["refused"] or preview.counts["left_out"]):
            preview = replace(preview, reading=self._read(take(preview.path), _no_report))
        return summary(preview, batch.id if batch else None)

    def write_rejects(self, preview: Preview, path: Path) -> int:
        """Write the refused rows with their row numbers and reasons as CSV; how many.

        A cell that a spreadsheet program would take for a formula gets an apostrophe before it;
        mended and brought in again, the file needs no other change. Each header of a joined list
        stands above its rows. Where no row was refused nothing is written.
        """
        if path.resolve() == preview.path.resolve():
            raise FileError(OVER_ITSELF, path=str(path))
        reading = preview.reading or self._read(take(preview.path), _no_report)
        if not reading.refused:
            return 0
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        ours = (tr("Row"), tr("Column"), tr("Reason"))
        for header, rows in groupby(reading.refused, key=attrgetter("header")):
            writer.writerow(map(_harmless, (*ours, *header)))
            for each in rows:
                cells = (str(each.row), each.column, each.sentence(), *each.cells)
                writer.writerow(map(_harmless, cells))
        with replacing(path) as stream:
            stream.write(text.getvalue().encode("utf-8-sig"))
        return len(reading.refused)

    def _read(self, given: Given, report: Report) -> Reading:
        path = str(given.path)
        table = read_table(given, slims.is_header, report)
        if table is None:
            found = first_words(given)
            raise FileError(slims.NOT_VISITOR_LIST, path=path, found=found, **slims.WANTED)
        if title := slims.twice(table.rows):
            raise FileError(slims.TWICE, path=path, column=title)
        reading = slims.read(
            table.rows,
            key=self._branch.secret(),
            where=self._store.author.zone,
            now=self._store.clock.now(),
            report=report,
        )
        if not table.other_sheets:
            return reading
        remark = Remark(problem=OTHER_SHEETS, params={"sheets": ", ".join(table.other_sheets)})
        return replace(reading, remarks=(remark, *reading.remarks))

    def _members(self) -> dict[str, Patron]:
        """Everybody with a member number."""
        everybody = self._patrons.page(0, self._patrons.count())
        return {each.member_number: each for each in everybody if each.member_number}

    def _newcomers(self, reading: Reading, members: Collection[str]) -> dict[str, str]:
        """Names by the member numbers of those whom the file names and nobody here knows."""
        key, today = self._branch.secret(), self._store.today()
        with self._store.reading() as db:
            unwanted = taken_out(db)
        return {
            number: name
            for number, name in reading.names.items()
            if number not in members
            and unwanted.isdisjoint((number, _patron_id(number, key)))
            and _is_name(name, number, today)
        }

    def _whose(self, reading: Reading, source: str, numbers: Collection[str]) -> dict[str, str]:
        """Visits that are here without a patron, with the member number that the file tells."""
        told = {
            of_that_day(visit.id): visit.number
            for visit in reading.visits
            if visit.number in reading.names and visit.number in numbers
        }
        unnamed = self._batches.unnamed(source) if told else ()
        return {each: told[day] for each in unnamed if (day := of_that_day(each)) in told}

    def _patrons_of(self, whose: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Visits with their patrons' ids; runs inside the transaction, as `_linked` does."""
        members = self._members() if whose else {}
        for visit_id, number in whose.items():
            if (patron := members.get(number)) is not None:
                yield visit_id, patron.id

    def _new_patrons(self, newcomers: Mapping[str, str]) -> Iterator[ImportedPatron]:
        key, today = self._branch.secret(), self._store.today().isoformat()
        for number, name in newcomers.items():
            yield ImportedPatron(_patron_id(number, key), name, number, today)

    def _linked(self, preview: Preview) -> Iterator[ImportedVisit]:
        """The visits to add, each with the patron who has its member number.

        What the visit freezes of the patron is what cannot have changed since it was made: the
        sex, and the age of that year. Runs inside the transaction, after the patrons are stored.
        """
        self._patrons.forget_index()
        numbers = preview.reading.names if preview.reading else {}
        members = {number: who for number, who in self._members().items() if number in numbers}
        for visit in preview.added:
            patron = members.get(visit.number)
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


def _patron_id(number: str, key: bytes) -> str:
    """The id that a member number gives its patron, on every station of the branch."""
    said = f"patron\x1f{number}".encode("utf-8", "surrogatepass")
    return digest_id(blake2b(said, digest_size=16, key=key).digest())


def _says_the_same(before: Batch, *, names: bool) -> bool:
    """Whether reading the same bytes again would change nothing.

    It would if names are asked for now and were not then, or if a date that had not come yet then
    may have come now.
    """
    result = before.result
    return IN_FUTURE.code not in result["reasons"] and (result["names"] or not names)


def _is_name(name: str, number: str, today: date) -> bool:
    """Whether somebody can be kept under this name: a barcode typed for a name is none."""
    if not any(map(str.isalpha, name)) or name == number:
        return False
    try:
        admit(PatronDraft(name=name, member_number=number), today=today)
    except InputError:
        return False
    return True


def _harmless(cell: str) -> str:
    """`cell` as text for every spreadsheet program."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
