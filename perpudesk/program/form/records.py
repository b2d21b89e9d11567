"""The forms of partners, advocacy, media and stories."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import AdvocacyKind, Channel, Domain, Funding, PartnerKind, label
from perpudesk.core.i18n import tr
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.program.model import AdvocacyAction, Filed, MediaItem, Partner, Story
from perpudesk.program.service import Book, PartnerBook, StoryBook
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import CheckField, ChoiceField, NumberField, ParagraphField, TextField
from perpudesk.ui.money import MoneyField
from perpudesk.ui.register import RecordDialog
from perpudesk.visits.form.seek import LeaderField


def choices(codes: Iterable[StrEnum], *, empty: str = "") -> list[tuple[str, str]]:
    """Entries of a closed list for a field, perhaps with one for nothing first."""
    first = [("", empty)] if empty else []
    return first + [(str(each), label(each)) for each in codes]


def none_of(slug: str | None) -> str | None:
    """What a field without a choice says."""
    return slug or None


class PartnerDialog(RecordDialog):
    """A partner: name, kind, agreement and what it gives."""

    WIDE = 560

    def __init__(
        self, book: PartnerBook, branch: BranchService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("New partner"), tr("Change the partner"), parent=parent)
        self._book = book
        form, today = self.form, branch.today()
        form.add("name", tr("Name of the institution"), TextField())
        form.add("kind", tr("Kind of partner"), ChoiceField(choices(PartnerKind)))
        form.add("mou_number", tr("Number of the agreement"), TextField(), beside=True)
        form.add("from_on", tr("In force from"), DateField(tr("In force from"), today=today))
        until = DateField(tr("In force until"), today=today)
        form.add("until_on", tr("In force until"), until, beside=True)
        form.add("support", tr("What it gives or does"), ParagraphField(lines=3))
        form.add("note", tr("Note"), TextField())

    def show_record(self, record: Filed[Partner] | None) -> None:
        what = Partner(name="") if record is None else record.what
        self.form.fill(
            name=what.name,
            kind=str(what.kind),
            mou_number=what.mou_number,
            from_on=what.from_on,
            until_on=what.until_on,
            support=what.support,
            note=what.note,
        )

    def store(self, record: Filed[Partner] | None) -> Filed[Partner]:
        value = self.form.value
        what = Partner(
            name=value("name"),
            kind=PartnerKind(value("kind") or PartnerKind.OTHER),
            mou_number=value("mou_number"),
            from_on=value("from_on"),
            until_on=value("until_on"),
            support=value("support"),
            note=value("note"),
        )
        return self._book.add(what) if record is None else self._book.change(record.id, what)


class ActionDialog(RecordDialog):
    """An advocacy action: when, how, with whom, what came of it."""

    WIDE = 620

    def __init__(
        self, book: Book[AdvocacyAction], branch: BranchService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("New advocacy action"), tr("Change the action"), parent=parent)
        self._book, self._branch = book, branch
        form = self.form
        form.add("day", tr("Date"), DateField(tr("Date"), today=branch.today()))
        form.add("kind", tr("Kind of action"), ChoiceField(choices(AdvocacyKind)), beside=True)
        form.add("institution", tr("Institution"), TextField())
        form.add("purpose", tr("What it was about"), TextField())
        form.add("result", tr("What came of it"), ParagraphField(lines=3))
        form.add("amount", tr("Amount (Rp)"), MoneyField())
        form.add("year", tr("For the year"), NumberField(high=9998), beside=True)
        sources = choices(Funding, empty=tr("No money"))
        form.add("funding", tr("Source of money"), ChoiceField(sources), beside=True)
        form.add("document_number", tr("Number of the document"), TextField())
        form.add("note", tr("Note"), TextField(), beside=True)

    def show_record(self, record: Filed[AdvocacyAction] | None) -> None:
        what = None if record is None else record.what
        self.form.fill(
            day=what.day if what else self._branch.today(),
            kind=str(what.kind) if what else str(AdvocacyKind.AUDIENCE),
            institution=what.institution if what else "",
            purpose=what.purpose if what else "",
            result=what.result if what else "",
            amount=what.amount if what else None,
            year=what.year if what else None,
            funding=(what.funding if what else None) or "",
            document_number=what.document_number if what else "",
            note=what.note if what else "",
        )

    def store(self, record: Filed[AdvocacyAction] | None) -> Filed[AdvocacyAction]:
        value = self.form.value
        funding = none_of(value("funding"))
        what = AdvocacyAction(
            day=value("day") or self._branch.today(),
            kind=AdvocacyKind(value("kind") or AdvocacyKind.AUDIENCE),
            institution=value("institution"),
            purpose=value("purpose"),
            result=value("result"),
            amount=value("amount"),
            year=value("year"),
            funding=None if funding is None else Funding(funding),
            document_number=value("document_number"),
            note=value("note"),
        )
        return self._book.add(what) if record is None else self._book.change(record.id, what)


class MediaDialog(RecordDialog):
    """Something that was published: when, where, under which title."""

    def __init__(
        self, book: Book[MediaItem], branch: BranchService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("New media item"), tr("Change the media item"), parent=parent)
        self._book, self._branch = book, branch
        form = self.form
        form.add("day", tr("Date"), DateField(tr("Date"), today=branch.today()))
        form.add("channel", tr("Channel"), ChoiceField(choices(Channel)), beside=True)
        form.add("title", tr("Title"), TextField())
        form.add("link", tr("Link"), TextField(placeholder="https://"))
        form.add("note", tr("Note"), TextField())

    def show_record(self, record: Filed[MediaItem] | None) -> None:
        what = None if record is None else record.what
        self.form.fill(
            day=what.day if what else self._branch.today(),
            channel=str(what.channel) if what else str(Channel.FACEBOOK),
            title=what.title if what else "",
            link=what.link if what else "",
            note=what.note if what else "",
        )

    def store(self, record: Filed[MediaItem] | None) -> Filed[MediaItem]:
        value = self.form.value
        what = MediaItem(
            day=value("day") or self._branch.today(),
            channel=Channel(value("channel") or Channel.OTHER),
            title=value("title"),
            link=value("link"),
            note=value("note"),
        )
        return self._book.add(what) if record is None else self._book.change(record.id, what)


class StoryDialog(RecordDialog):
    """An impact story: before, what the library did, after; whose it is, and the consent."""

    WIDE = 680

    def __init__(
        self,
        book: StoryBook,
        patrons: PatronService,
        branch: BranchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("New story"), tr("Change the story"), parent=parent)
        self._book, self._patrons, self._branch = book, patrons, branch
        self.person = LeaderField(tr("Person (only seen here)"), patrons)
        self.person.new_asked.connect(self._on_new_patron)
        form, today = self.form, branch.today()
        form.add("title", tr("Title"), TextField(), stretch=3)
        form.add("day", tr("Date"), DateField(tr("Date"), today=today), beside=True, stretch=2)
        form.add("person_id", tr("Person (only seen here)"), self.person)
        form.add("pseudonym", tr("Called in print (pseudonym)"), TextField(), beside=True)
        domains = choices(Domain, empty=tr("Not recorded"))
        form.add("domain", tr("Field of impact"), ChoiceField(domains))
        consent = DateField(tr("Consent given on"), today=today)
        form.add("consent_on", tr("Consent given on"), consent, beside=True)
        agreed = CheckField(tr("The person agrees to be called by name"))
        form.add("named", "", agreed, hint=tr("Else the pseudonym is printed, or no name at all."))
        form.add("before", tr("Before"), ParagraphField(lines=3))
        form.add("helped", tr("What the library did"), ParagraphField(lines=3))
        form.add("after", tr("After"), ParagraphField(lines=3))
        form.add("evidence", tr("Evidence"), TextField())

    def show_record(self, record: Filed[Story] | None) -> None:
        what = Story(day=self._branch.today(), title="") if record is None else record.what
        self.form.fill(
            title=what.title,
            day=what.day,
            person_id=what.person_id,
            pseudonym=what.pseudonym,
            domain=what.domain or "",
            consent_on=what.consent_on,
            named=what.named,
            before=what.before,
            helped=what.helped,
            after=what.after,
            evidence=what.evidence,
        )

    def store(self, record: Filed[Story] | None) -> Filed[Story]:
        value = self.form.value
        domain = none_of(value("domain"))
        what = Story(
            day=value("day") or self._branch.today(),
            title=value("title"),
            person_id=value("person_id"),
            pseudonym=value("pseudonym"),
            named=value("named"),
            domain=None if domain is None else Domain(domain),
            before=value("before"),
            helped=value("helped"),
            after=value("after"),
            evidence=value("evidence"),
            consent_on=value("consent_on"),
            # Whoever takes the consent back takes all that stood on it.
            verified_on=record.what.verified_on if record and value("consent_on") else None,
            note=None if record is None else record.what.note,
        )
        return self._book.add(what) if record is None else self._book.change(record.id, what)

    def _on_new_patron(self, typed: str) -> None:
        draft = PatronDraft(name=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self)
        dialog.saved.connect(self._on_patron)
        dialog.open()

    def _on_patron(self, patron: Patron) -> None:
        self.person.choose(patron)
        self.person.setFocus()
