"""The form of a community, and of how many members it has."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.communities.model import Community, CommunityDraft, Members
from perpudesk.communities.service import CommunityService
from perpudesk.core.i18n import tr
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import ChoiceField, NumberField, TextField
from perpudesk.ui.register import RecordDialog
from perpudesk.visits.form.inputs import entry_options
from perpudesk.visits.form.seek import LeaderField

_BORN = {"yes": True, "no": False, "": None}


class CommunityDialog(RecordDialog):
    """A community: what it is called, what it does, since when, and who speaks for it."""

    WIDE = 580

    def __init__(
        self,
        communities: CommunityService,
        patrons: PatronService,
        branch: BranchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("New community"), tr("Change the community"), parent=parent)
        self._communities, self._patrons, self._branch = communities, patrons, branch
        self.contact = LeaderField(tr("Contact (a name)"), patrons)
        self.contact.new_asked.connect(self._on_new_patron)
        form = self.form
        form.add("name", tr("Name"), TextField(), stretch=2)
        form.add("field", tr("Field"), ChoiceField(), beside=True)
        form.add("contact_id", tr("Contact (a name)"), self.contact)
        founded = TextField(placeholder="2019, 03-2019, 17-03-2019")
        form.add("founded", tr("Founded"), founded)
        born = [("", tr("Not recorded")), ("yes", tr("Yes")), ("no", tr("No"))]
        form.add("born_here", tr("Born in the library?"), ChoiceField(born), beside=True)
        ended = DateField(tr("Not active any more since"), today=branch.today())
        form.add("ended_on", tr("Not active any more since"), ended)
        form.add("note", tr("Note"), TextField())

    def show_record(self, record: Community | None) -> None:
        what = CommunityDraft(name="") if record is None else record.draft()
        fields = self._branch.entries("community_fields", retired=True)
        choice = self.form.field("field").widget
        assert isinstance(choice, ChoiceField)  # noqa: S101 - it was added so
        choice.set_options(entry_options(fields, what.field), value=what.field)
        born = {value: slug for slug, value in _BORN.items()}[what.born_here]
        self.form.fill(
            name=what.name,
            contact_id=what.contact_id,
            founded="" if what.founded is None else "-".join(reversed(what.founded.split("-"))),
            born_here=born,
            ended_on=what.ended_on,
            note=what.note,
        )

    def store(self, record: Community | None) -> Community:
        value = self.form.value
        draft = CommunityDraft(
            name=value("name"),
            field=value("field") or "unknown",
            contact_id=value("contact_id"),
            founded=value("founded"),
            born_here=_BORN[value("born_here") or ""],
            ended_on=value("ended_on"),
            note=value("note"),
        )
        if record is None:
            return self._communities.add(draft)
        return self._communities.change(record.id, draft)

    def _on_new_patron(self, typed: str) -> None:
        draft = PatronDraft(name=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self)
        dialog.saved.connect(self._on_patron)
        dialog.open()

    def _on_patron(self, patron: Patron) -> None:
        self.contact.choose(patron)
        self.contact.setFocus()


class MembersDialog(RecordDialog):
    """How many members a community has on a day, women and men."""

    def __init__(
        self, communities: CommunityService, branch: BranchService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Members"), tr("Members"), parent=parent)
        self._communities, self._branch = communities, branch
        form = self.form
        form.add("day", tr("Counted on"), DateField(tr("Counted on"), today=branch.today()))
        form.add("female", tr("Women"), NumberField(high=99_999))
        form.add("male", tr("Men"), NumberField(high=99_999), beside=True)
        form.add("unknown", tr("Not recorded"), NumberField(high=99_999), beside=True)

    def show_record(self, record: Community | None) -> None:
        assert record is not None  # noqa: S101 - only of a community that is there
        self.set_title(tr("Members: {name}", name=record.name))
        last = record.members
        self.form.fill(
            day=self._branch.today(),
            female=last.female if last else None,
            male=last.male if last else None,
            unknown=(last.unknown or None) if last else None,
        )

    def store(self, record: Community | None) -> Community:
        assert record is not None  # noqa: S101 - as above
        value = self.form.value
        members = Members(
            day=value("day") or self._branch.today(),
            female=value("female") or 0,
            male=value("male") or 0,
            unknown=value("unknown") or 0,
        )
        return self._communities.count_members(record.id, members)
