"""Close a month, print its revisions again, and tell whether a code is theirs."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from perpudesk.core.codes import Paper
from perpudesk.core.errors import FileError, Problem, RuleError
from perpudesk.core.formats import month_name
from perpudesk.core.i18n import tr
from perpudesk.core.rights import Right
from perpudesk.core.times import Period
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store
from perpudesk.paper.document import Document
from perpudesk.reports import store as rows
from perpudesk.reports.closing import (
    NOT_FIGURES,
    Claim,
    Closing,
    Difference,
    MonthState,
    canonical,
    check_code,
    check_news,
    check_over,
    differences,
    read_figures,
    shown_code,
)
from perpudesk.reports.export import figures_json
from perpudesk.reports.letter import Letter, Notes, check_letter, check_notes, next_number
from perpudesk.reports.periodic import Reported, build
from perpudesk.reports.periodic.changes import change_sentence
from perpudesk.reports.service import ReportService

CHANGED_MEANWHILE = Problem(
    "closing_overtaken",
    "Records of {month} were changed while it was being closed. Look at it and close it again.",
)
UNKNOWN_CODE = Problem(
    "unknown_code",
    "No closed month of this library has the check code {code}. The paper, or the file, says "
    "something else than what was closed here.",
)
OTHER_MONTH = Problem("other_month", "The code {code} is of {other}, not of {month}.")
OTHER_BRANCH = Problem(
    "other_branch", "The code {code} is of another library, so it cannot be compared here."
)
NO_REVISION = Problem(
    "no_revision", "{month} has no revision {n}. Its revisions: {known}. Ask for one of them."
)
NEVER_CLOSED = Problem("never_closed", "{month} has not been closed yet, so it has no revision.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A revision that was made, and what it says otherwise than the one before."""

    closing: Closing
    changes: tuple[Difference, ...]


class ClosingService:
    """The use cases of closed months; each method is one transaction."""

    def __init__(self, store: Store, notify: Notify, reports: ReportService) -> None:
        """Serve the closed months of `store`."""
        self._store = store
        self._notify = notify
        self._reports = reports

    def state(self, month: Period) -> MonthState:
        """How far a month is."""
        return self._reports.state(month)

    def revisions(self, month: Period) -> list[Closing]:
        """Every revision of a month, oldest first."""
        with self._store.reading() as db:
            return rows.closings(db, month)

    def revision(self, month: Period, edition: int) -> Closing:
        """One of them; raises `RuleError` when there is none of that number."""
        known = self.revisions(month)
        name = month_name(month.first)
        if not known:
            raise RuleError(NEVER_CLOSED, month=name)
        found = next((each for each in known if each.edition == edition), None)
        if found is None:
            numbers = ", ".join(str(each.edition) for each in known)
            raise RuleError(NO_REVISION, month=name, n=edition, known=numbers)
        return found

    def standing(self, period: Period, edition: int | None = None) -> Closing | None:
        """The revision whose pages are printed for a period: that of `edition`, else what holds.

        None for a period that is not a closed and unchanged month. Raises `RuleError` when there
        is no revision of that number.
        """
        if edition is not None:
            return self.revision(period, edition)
        state = self.state(period) if period.length == 1 else None
        return state.closing if state is not None and state.is_final else None

    def print_of(self, closing: Closing, paper: Paper) -> bytes:
        """The PDF of a revision, byte for byte as it was when the month was closed."""
        with self._store.reading() as db:
            return rows.print_of(db, closing, paper)

    # ---------------------------------------------------------------- closing

    def letter(self, month: Period) -> Letter:
        """What the letter of a month would say: the last revision's, or what follows others'."""
        shown = self._reports.reported(month)
        today = self._store.today()
        last = shown.state.closing
        with self._store.reading() as db:
            number = next_number(rows.letters(db, 2), month, today)
        return Letter(
            number=last.letter.number if last else number,
            place=(last.letter.place if last else shown.branch.place) or "",
            day=today,
            notes=shown.notes,
            signatories=shown.signatories,
        )

    def keep_notes(self, month: Period, notes: Notes) -> None:
        """Keep what is being typed; raises `InputError` on `obstacles` or `follow_up`."""
        with self._store.writing() as db:
            rows.keep_notes(db, month, check_notes(notes))
        self._notify(Topic.CLOSINGS)

    def close(self, month: Period, letter: Letter, *, practice: bool = False) -> Closed:
        """Make the next revision of a month and keep its pages; may take a second, on any thread.

        Raises `InputError` on a field of the letter, and `RuleError` for a month that is not over,
        has no records, or says nothing new.
        """
        self._store.require(Right.PRINT)
        today = self._store.today()
        check_over(month, today=today)
        checked = check_letter(letter, month, today=today)
        draft = self._draft(month, checked, practice=practice)
        assert draft.closing is not None  # noqa: S101 - that is what a draft is made for
        document = build(draft)
        prints = {paper: _rendered(document, paper) for paper in Paper}
        with self._store.writing() as db:
            if self._overtaken(draft):
                raise RuleError(CHANGED_MEANWHILE, month=month_name(month.first))
            closing = rows.add_closing(self._store, db, draft.closing, prints)
            rows.keep_notes(db, month, closing.letter.notes)
        self._notify(Topic.CLOSINGS)
        return Closed(closing=closing, changes=draft.state.changes)

    def result(self, closed: Closed) -> dict[str, Any]:
        """What came of a closing as plain values, in the shape that other programs read."""
        closing, letter = closed.closing, closed.closing.letter
        return {
            "period": closing.month.code,
            "revision": closing.edition,
            "code": shown_code(closing.code),
            "number": letter.number or None,
            "place": letter.place or None,
            "date": None if letter.day is None else letter.day.isoformat(),
            "changes": [asdict(each) for each in closed.changes],
        }

    def sentences(self, closed: Closed) -> list[str]:
        """What came of a closing, for a person at a prompt."""
        closing = closed.closing
        said = tr(
            "{month} is closed: revision {n}, check code {code}.",
            month=month_name(closing.month.first),
            n=closing.edition,
            code=shown_code(closing.code),
        )
        since = tr("Changed since revision {n}:", n=closing.edition - 1)
        told = self.change_sentences(closed.changes)
        return [said, *([since, *(f"  {each}" for each in told)] if told else [])]

    def changes(self, month: Period) -> tuple[Difference, ...]:
        """What a further revision would say otherwise than the last one."""
        return self._since_last(self._reports.reported(month)).changes

    def _since_last(self, shown: Reported) -> MonthState:
        """The state of a month with every difference, also those no record of it made."""
        last = shown.state.closing
        if last is None:
            return shown.state
        return replace(shown.state, changes=differences(last.plain, figures_json(shown.figures)))

    def _draft(self, month: Period, letter: Letter, *, practice: bool) -> Reported:
        """The month as its next revision would have it."""
        shown = self._reports.reported(month, practice=practice)
        state = self._since_last(shown)
        plain = figures_json(shown.figures)
        check_news(state, letter, plain)
        figures = canonical(plain)
        closing = Closing(
            month=month,
            edition=state.edition + 1,
            letter=letter,
            figures=figures,
            code=check_code(figures),
        )
        return replace(shown, signatories=letter.signatories, closing=closing, state=state)

    def _overtaken(self, draft: Reported) -> bool:
        """Whether the month is not what was drafted any more."""
        now = self._reports.reported(draft.period)
        assert draft.closing is not None  # noqa: S101 - that is what a draft is made for
        same = canonical(figures_json(now.figures)) == draft.closing.figures
        return not same or now.state.edition != draft.state.edition

    # ---------------------------------------------------------------- comparing

    def verify(
        self, claim: Claim, *, month: Period | None = None, figures: str = ""
    ) -> list[Closing]:
        """The revisions that a code is of; raises `RuleError` when it is of none.

        With canonical `figures` only revisions of those.
        """
        shown = shown_code(claim.code)
        if claim.branch_id not in ("", self._store.author.branch_id):
            raise RuleError(OTHER_BRANCH, code=shown)
        with self._store.reading() as db:
            found = rows.with_code(db, claim.code)
        fitting = [
            each
            for each in found
            if claim.fits(each) and month in (None, each.month) and figures in ("", each.figures)
        ]
        if month is not None and found and month not in [each.month for each in found]:
            other, name = month_name(found[0].month.first), month_name(month.first)
            raise RuleError(OTHER_MONTH, code=shown, other=other, month=name)
        if not fitting:
            raise RuleError(UNKNOWN_CODE, code=shown)
        return fitting

    def verify_file(self, path: Path, *, month: Period | None = None) -> list[Closing]:
        """The revisions whose figures a JSON file holds; raises `FileError`, `RuleError`."""
        try:
            text = _decoded(path.read_bytes())
        except UnicodeDecodeError as error:
            raise FileError(NOT_FIGURES, path=str(path)) from error
        figures = read_figures(text, name=str(path))
        return self.verify(Claim(code=check_code(figures)), month=month, figures=figures)

    def verified(self, closing: Closing) -> str:
        """That a code is of this revision, and whether it still says what holds."""
        name = month_name(closing.month.first)
        said = tr(
            "{code} is of {month}, revision {n}.",
            code=shown_code(closing.code),
            month=name,
            n=closing.edition,
        )
        state = self.state(closing.month)
        if state.edition != closing.edition:
            return f"{said} " + tr("Revision {n} has taken its place.", n=state.edition)
        if not state.is_final:
            return f"{said} " + tr("Records of the month were changed since.")
        return f"{said} " + tr("Nothing was changed since.")

    def change_sentences(self, changes: Iterable[Difference]) -> list[str]:
        """Differences in words, a line each."""
        labels = self._reports.labels()
        return [change_sentence(each, labels) for each in changes]

    # ---------------------------------------------------------------- who writes into them

    @contextmanager
    def watching(self) -> Iterator[list[MonthState]]:
        """Finds the closed months that the block changed: they are in the list when it ends."""
        found: list[MonthState] = []
        with self._store.reading() as db:
            closed = rows.closed_months(db)
        before = [state for state in map(self.state, closed) if state.is_final]
        yield found
        found += [state for state in before if not self.state(state.month).is_final]

    def altered_sentences(self, altered: Iterable[MonthState]) -> list[str]:
        """That these closed months, as they were before, are not what they were any more."""
        return [
            tr(
                "{month} was closed (revision {n}) and is changed now: close it again.",
                month=month_name(each.month.first),
                n=each.edition,
            )
            for each in altered
        ]

    def would_alter_sentences(self, closed: Iterable[MonthState]) -> list[str]:
        """That these closed months would not be what they are any more."""
        return [
            tr(
                "{month} is closed (revision {n}) and would be changed by this.",
                month=month_name(each.month.first),
                n=each.edition,
            )
            for each in closed
        ]

    def final_among(self, days: Iterable[date]) -> list[MonthState]:
        """The closed and unchanged months that some of these days belong to, by month."""
        months = sorted({Period.month_of(day) for day in days})
        return [state for state in map(self.state, months) if state.is_final]

    def question(self, days: Iterable[date]) -> str:
        """What to ask before these days are changed; nothing where no closed month is touched."""
        touched = self.final_among(days)
        if not touched:
            return ""
        follows = tr("The report will be “changed” and want a new revision. Go on?")
        return " ".join((*map(_is_closed, touched), follows))


def _is_closed(state: MonthState) -> str:
    name = month_name(state.month.first)
    return tr("{month} is closed (revision {n}).", month=name, n=state.edition)


def _decoded(data: bytes) -> str:
    """A text as UTF-8, or as UTF-16 with its mark, which is how PowerShell writes `>`."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if marked else "utf-8-sig")


def _rendered(document: Document, paper: Paper) -> bytes:
    from perpudesk.paper.pdf import render  # its library loads with the first report

    stream = io.BytesIO()
    render(document, stream, paper=paper)
    return stream.getvalue()
