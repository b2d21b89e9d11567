"""Read a file, say what an import of it would do, and do it in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from perpudesk.branch.service import BranchService
from perpudesk.computers.imported import ImportedService
from perpudesk.computers.rules import longest_of
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.errors import FileError, Problem, RuleError
from perpudesk.core.paths import as_text
from perpudesk.core.times import Period, months_from
from perpudesk.db.batches import CHANGED_MEANWHILE
from perpudesk.db.connection import Store
from perpudesk.importing import against, guide, rejects
from perpudesk.importing.batches import Batch, BatchDraft, BatchService
from perpudesk.importing.columns import Plan, give
from perpudesk.importing.doubles import ActivitiesHere, named
from perpudesk.importing.enrolling import lines_of
from perpudesk.importing.fields import What
from perpudesk.importing.guide import Here, Looked
from perpudesk.importing.held import held, new_communities
from perpudesk.importing.identity import days_over, which_are_new
from perpudesk.importing.model import Preview, Reading, RowActivity, again, counts_of
from perpudesk.importing.reading import Given, take
from perpudesk.importing.store import (
    community_names,
    patron_ids,
    recorded_activities,
    remember,
    remembered,
    taken_out,
)
from perpudesk.importing.summary import summary
from perpudesk.importing.using import OF_SESSIONS, Using
from perpudesk.importing.whose import Whose
from perpudesk.importing.words import STANDARDS, Vocabulary
from perpudesk.importing.workbook import Report
from perpudesk.patrons.service import PatronService
from perpudesk.totals.service import TotalsService
from perpudesk.visits.service import VisitService

OVER_ITSELF = Problem(
    "rejects_over_list", "{path} is the list itself. Choose another name for the refused rows."
)


def _no_report(done: int, total: int) -> None:
    """Nobody is waiting."""


class ImportService:
    """The use cases of files of other programs; each that writes is one transaction."""

    def __init__(
        self,
        store: Store,
        branch: BranchService,
        patrons: PatronService,
        *,
        visits: VisitService,
        totals: TotalsService,
        batches: BatchService,
        workstations: WorkstationService,
        sessions: ImportedService,
        copy_first: Callable[[], object],
    ) -> None:
        """Bring files into the records of `store`, through the services that keep them."""
        self._store = store
        self._branch = branch
        self._whose = Whose(store, branch, patrons, batches)
        self._using = Using(branch, workstations, sessions, batches)
        self._visits = visits
        self._sessions = sessions
        self._totals = totals
        self._batches = batches
        self._copy_first = copy_first

    def look(self, path: Path, wanted: Sequence[str] = ()) -> Looked:
        """What a file is, by its beginning; `wanted` are titles that its header must have.

        Raises `FileError` for what is no list.
        """
        looked = guide.look(path, wanted)
        kept = self._remembered(looked)
        return looked if kept is None else replace(looked, what=What(kept["what"]))

    def plan(
        self, looked: Looked, what: What | None = None, given: Sequence[tuple[str, str]] = ()
    ) -> Plan:
        """How a table is to be read: as given, as it was before, as its titles and cells say.

        `given` are pairs of a field and the title or letter of its column. Raises `InputError`.
        """
        assert looked.head is not None  # noqa: S101 - a list that is known needs no plan
        kept, what = self._remembered(looked), what or looked.what
        plan = guide.guess(looked, what)
        if kept is not None and kept["what"] == what:
            wide = len(looked.head.titles)
            columns = {code: at for code, at in kept["columns"].items() if at < wide}
            plan = replace(plan, columns=columns, remembered=kept["name"])
        columns = give(looked.head, what, plan.columns, given, as_text(looked.path.name))
        return replace(plan, columns=columns, one_each=("count", "") in given)

    def _remembered(self, looked: Looked) -> dict[str, Any] | None:
        if looked.head is None:
            return None
        with self._store.reading() as db:
            return remembered(db, looked.head.signature)

    def preview(
        self,
        path: Path,
        *,
        names: bool = False,
        looked: Looked | None = None,
        plan: Plan | None = None,
        known: What = What.SLIMS,
        report: Report = _no_report,
    ) -> Preview:
        """What an import of the file would do; everything is read and checked, nothing stored.

        It is read by `plan` as `looked` found it, else as the list that is `known`. With `names`
        the members that the file names become patrons, and the visits that are here without a
        patron become theirs. `report(done, total)` tells the progress; what it raises ends the
        reading.
        Raises `FileError`, and `InputError` for a missing field.
        """
        given, seen = take(path), self._batches.newest_change()
        asked = against.asked(looked, plan, known)
        before = self._batches.same_file(asked["source"], given.digest)
        if before is not None and against.says_the_same(before, asked, names=names):
            return Preview(
                source=asked["source"],
                path=path,
                digest=given.digest,
                seen=seen,
                counts=again(before.result),
                same_as=before.id,
                read_again=lambda: self._read(take(path), looked, plan, known, _no_report)[0],
            )
        reading, here = self._read(given, looked, plan, known, report)
        found = self._checked(reading, given, seen, asked, here)
        if looked is not None and looked.head is not None and plan is not None:
            kept = {"what": plan.what, "columns": dict(plan.columns), "name": as_text(path.name)}
            found = replace(found, signature=looked.head.signature, remember=kept)
        return self.named(found) if names else found

    def _read(
        self,
        given: Given,
        looked: Looked | None,
        plan: Plan | None,
        known: What,
        report: Report,
    ) -> tuple[Reading, Here]:
        """All that a file says, and what was known when it was read."""
        here = self._here()
        if looked is None or looked.head is None or plan is None:
            return guide.read_known(given, known, here, report), here
        return guide.read(given, looked, plan, here, report), here

    def _checked(
        self, reading: Reading, given: Given, seen: int, asked: Mapping[str, Any], here: Here
    ) -> Preview:
        """What of a reading is new, and what must be said of it beside what is here."""
        known = self._batches.known_ids("visits", reading.source) if reading.visits else ()
        new = which_are_new([visit.id for visit in reading.visits], known)
        added = [visit for visit, is_new in zip(reading.visits, new, strict=True) if is_new]
        rows = sum(visit.id not in reading.seconds for visit in added)
        news = self._using.news(reading, asked)
        over = news.over or days_over(reading.visits, added, self._visits, reading.source, asked)
        months = {"visits": {visit.local_date[:7] for visit in added}, **news.months()}
        told = (*news.machines.remarks(), *against.beside(reading.source, months, over, here))
        reading = replace(reading, remarks=(*reading.remarks, *told))
        activities = self._new_activities(reading.activities)
        rows += news.rows + len(reading.totals) + len(reading.patrons) + len(activities)
        counts = counts_of(reading, rows)
        if reading.source in against.LOGS:
            counts |= news.counts()
        if "columns" in asked:
            counts |= {
                "columns": asked["columns"],
                "estimated": asked["estimated"],
                "visits": sum(visit.count for visit in added),
                "patrons": len(reading.patrons),
                "days_with_records": len(over),
            }
        return Preview(
            source=reading.source,
            path=given.path,
            digest=given.digest,
            seen=seen,
            reading=reading,
            added=added,
            sessions=news.sessions,
            ends=news.ends,
            machines=news.machines.made,
            months=self._months_since(news.machines.since),
            totals=reading.totals,
            patrons=reading.patrons,
            activities=activities,
            communities=tuple(new_communities(activities, self._communities()).values()),
            counts=counts,
            over=() if reading.source == What.SLIMS else over,
        )

    def _new_activities(self, activities: Sequence[RowActivity]) -> list[RowActivity]:
        """Those that no file of their kind brought before."""
        known = self._batches.known_ids("meetings", What.ACTIVITIES) if activities else ()
        return [each for each in activities if each.id not in known]

    def _communities(self) -> dict[str, str]:
        """The ids of communities by their plain names; the older of two goes first."""
        with self._store.reading() as db:
            return {named(name): id_ for id_, name in community_names(db).items()}

    def with_doubles(self, preview: Preview) -> Preview:
        """The same preview, with the activities that stand in the list, or here, already."""
        read = preview.reading
        assert read is not None  # noqa: S101 - only what was read has doubles
        apart = {id(aside) for aside, _ in read.doubles}
        wanted = [activity for _, activity in read.doubles]
        reading = replace(
            read,
            activities=[*read.activities, *wanted],
            doubles=(),
            left_out=[each for each in read.left_out if id(each) not in apart],
        )
        return self._of_activities(preview, reading, [*preview.activities, *wanted], read)

    def without_doubles(self, preview: Preview) -> Preview:
        """The same preview, without them again."""
        read = preview.apart
        assert read is not None  # noqa: S101 - only with them it can be without them
        return self._of_activities(preview, read, self._new_activities(read.activities), None)

    def _of_activities(
        self,
        preview: Preview,
        reading: Reading,
        activities: Sequence[RowActivity],
        apart: Reading | None,
    ) -> Preview:
        counts = {**preview.counts, **counts_of(reading, len(activities))}
        made = tuple(new_communities(activities, self._communities()).values())
        return replace(
            preview,
            reading=reading,
            activities=activities,
            communities=made,
            counts=counts,
            apart=apart,
        )

    def _months_since(self, day: date | None) -> set[date]:
        """The first days of the months from a day on, to this one."""
        months = () if day is None else months_from(day, self._store.today())
        return {month.first for month in months}

    def named(self, preview: Preview) -> Preview:
        """The same preview, with the members it names to become patrons."""
        assert preview.reading is not None  # noqa: S101 - only what was read has names
        members = self._whose.members()
        newcomers = self._whose.newcomers(preview.reading, members)
        whose = self._whose.unnamed(preview.reading, preview.source, {*members, *newcomers})
        told = {"names": True, "patrons": len(newcomers), "named": len(whose)}
        counts = {**preview.counts, **told}
        return replace(preview, newcomers=newcomers, whose=whose, counts=counts)

    def unnamed(self, preview: Preview) -> Preview:
        """The same preview, without names."""
        counts = {**preview.counts, "names": False, "patrons": 0, "named": 0}
        return replace(preview, newcomers={}, whose={}, counts=counts)

    def commit(self, preview: Preview, *, add_to_existing: bool = False) -> Batch | None:
        """Store what the preview says, in one transaction; None if there is nothing new in it.

        The records are copied first.

        Raises `RuleError` if another import came or went meanwhile: then preview again; and where
        days of a library's own table have records already, unless they are to be added to.
        """
        if preview.nothing_new:
            return None
        if not add_to_existing and (refusal := against.refusal(preview)) is not None:
            raise refusal
        self._store.permit(preview.days())
        self._copy_first()
        with self._store.writing() as db:
            self._check_totals(preview)
            machines = self._using.machines(preview.sessions)
            if preview.remember:
                remember(db, preview.signature, preview.remember)
            return self._batches.bring_in(
                BatchDraft(
                    source=preview.source,
                    file_name=as_text(preview.path.name),
                    digest=preview.digest,
                    seen=preview.seen,
                    visits=self._whose.linked(preview),
                    whose=self._whose.patrons_of(preview.whose),
                    machines=machines.told,
                    sessions=self._using.linked(
                        preview.sessions, machines, self._whose.people(preview)
                    ),
                    ends=[(e.id, e.ended_at or "", e.end_reason or "") for e in preview.ends],
                    patrons=[*preview.patrons, *self._whose.new_patrons(preview.newcomers)],
                    totals=preview.totals,
                    held=held(preview.activities, self._communities(), self._branch.current().id),
                    result=preview.counts,
                )
            )

    def _check_totals(self, preview: Preview) -> None:
        """Raise `RuleError` when a month has got visits or a total since it was looked at."""
        if not preview.totals:
            return
        finer_months = self._finer()
        known = {(each.indicator, each.month) for each in self._totals.every()}
        for each in preview.totals:
            finer = each.month in finer_months.get(each.indicator, ())
            if finer or (each.indicator, each.month) in known:
                raise RuleError(CHANGED_MEANWHILE)

    def result(self, preview: Preview, batch: Batch | None) -> dict[str, Any]:
        """What came of it, for programs: `batch` (null if nothing was stored) and the counts."""
        return {"batch": None if batch is None else batch.id, **preview.counts}

    def sentences(self, preview: Preview, batch: Batch | None) -> list[str]:
        """What came of it, for people; without a batch, what would come of it.

        The rows that are no visits are named also where the file came in before.
        """
        if preview.reading is None and (preview.counts["refused"] or preview.counts["left_out"]):
            preview = replace(preview, reading=preview.whole())
        return summary(preview, batch.id if batch else None)

    def people_of(self, path: Path) -> str:
        """The people of a file as lines to be put on a list; raises `FileError`."""
        return lines_of(path, today=self._store.today())

    def write_rejects(self, preview: Preview, path: Path) -> int:
        """Write the refused rows as CSV; how many, and nothing where there are none.

        Raises `FileError`.
        """
        if path.resolve() == preview.path.resolve():
            raise FileError(OVER_ITSELF, path=str(path))
        reading = preview.whole()
        return rejects.write(reading, path) if reading.refused else 0

    def _here(self) -> Here:
        """What a reader must know of this library."""
        with self._store.reading() as db:
            unwanted, people = taken_out(db), patron_ids(db)
            recorded = recorded_activities(db)
        return Here(
            key=self._branch.secret(),
            where=self._store.author.zone,
            now=self._store.clock.now(),
            today=self._store.today(),
            branch=self._branch.current().name,
            words={code: self._vocabulary(code) for code in STANDARDS},
            members=self._whose.members(),
            unwanted=unwanted,
            people=people,
            totals=self._totals.every(),
            totals_out=self._totals.taken_out(),
            finer=self._finer(),
            activities=ActivitiesHere(
                recorded={(day, named(title)) for day, title in recorded},
                known=self._batches.known_ids("meetings", What.ACTIVITIES),
                begun=self._branch.current().founded_year,
            ),
            longest=longest_of(self._branch.current()),
        )

    def _finer(self) -> dict[str, set[Period]]:
        """By indicator the months that have finer records than a total of theirs."""
        sessions = {device: self._sessions.months(device=device) for device in (False, True)}
        of_sessions = {code: sessions[device] for code, device in OF_SESSIONS.items()}
        return {"visits": self._visits.months(), **of_sessions}

    def _vocabulary(self, code: str) -> Vocabulary:
        entries = self._branch.entries(f"{code}s", retired=True)
        return Vocabulary(STANDARDS[code], {each.slug: each.label for each in entries})
