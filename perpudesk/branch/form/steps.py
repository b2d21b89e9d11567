"""The pages of the first run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.form.editor import Editor
from perpudesk.branch.form.fields import LANGUAGE_NAMES, kind_field, zone_field, zone_hint
from perpudesk.branch.form.hours import HoursEditor
from perpudesk.branch.form.kop import KopEditor
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.signatories import SignatoriesEditor
from perpudesk.branch.form.staff import StaffEditor
from perpudesk.branch.model import USUAL_WEEK
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import BranchKind
from perpudesk.core.i18n import N_, language, tr
from perpudesk.core.times import ZONES
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import column
from perpudesk.ui.text import Text

Typed = dict[str, Any]


class Step(QWidget):
    """One page: what it asks, and storing it."""

    entered = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, branch: BranchService, title: str, sentence: str) -> None:
        super().__init__()
        self.branch, self.title, self.sentence = branch, title, sentence

    def begin(self) -> None:
        """Show what is stored, the focus in the first field."""

    def keep(self) -> bool:
        """Store what was typed; False, and a sentence at the field, where it is refused."""
        raise NotImplementedError


class EditorStep(Step):
    """One of the editors that *Pengaturan* shows too."""

    def __init__(self, branch: BranchService, title: str, sentence: str, editor: Editor) -> None:
        super().__init__(branch, title, sentence)
        self.editor = editor
        self.setLayout(column(editor))

    def begin(self) -> None:
        self.editor.refresh()
        self.editor.focus_first()

    def keep(self) -> bool:
        return self.editor.keep_all()


class IdentityStep(Step):
    """Language, name, kind and zone: the desk works with these."""

    language_chosen = Signal(str)
    """Another language is wanted, by its code."""

    def __init__(self, branch: BranchService, typed: Typed | None = None) -> None:
        """`typed` is what the fields held before the language changed."""
        super().__init__(
            branch,
            tr("Which library is this?"),
            tr("The desk works after this page. Everything can be changed later, in Settings."),
        )
        known = branch.find()
        self.form = Form(enter_submits=True)
        self.languages = ChipGroup(tr("Language"), LANGUAGE_NAMES, value=language())
        self.form.add("language", "Bahasa · Language", self.languages)
        self.form.add("name", tr("Name of the library"), TextField())
        self.form.add("kind", tr("Kind"), kind_field())
        zones = zone_field(known.zone if known else None)
        self.form.add("zone", tr("Time zone"), zones, hint=zone_hint())
        start = {"name": "", "kind": str(BranchKind.DISTRICT), "zone": _zone_of_machine()}
        if known is not None:
            start = {"name": known.name, "kind": str(known.kind), "zone": known.zone}
        self.form.fill(**{**start, **(typed or {})})
        self.setLayout(column(self.form))
        self.languages.chosen.connect(self.language_chosen)
        self.form.submitted.connect(self.entered)

    def begin(self) -> None:
        self.form.field("name").widget.setFocus()

    def keep(self) -> bool:
        return self.form.attempt(self._keep)

    def _keep(self) -> None:
        value = self.form.value
        kind = BranchKind(value("kind"))
        self.branch.set_up(name=value("name"), kind=kind, zone=value("zone"))

    def typed(self) -> Typed:
        """What the fields hold, to be shown again in another language."""
        return {name: self.form.value(name) for name in ("name", "kind", "zone")}


class PlaceStep(Step):
    """Where the library is, and when it is open."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(
            branch,
            tr("Where is it, and when is it open?"),
            tr(
                "The place stands above the date on reports. Days outside these hours count as "
                "closed."
            ),
        )
        self.form = LiveForm(lambda name, value: branch.set_up(**{name: value}))
        self.form.add("place", tr("Place"), TextField(), hint=tr("Such as: Pangkalan Bun"))
        address = TextField()
        self.form.add("address", tr("Address"), address, beside=True, stretch=2)
        self.hours = HoursEditor(lambda week: branch.set_up(opening_hours=week), live=False)
        hours = Text(tr("Opening hours"), "label")
        self.setLayout(column(self.form, 6, hours, self.hours, gap=10))

    def begin(self) -> None:
        branch = self.branch.current()
        self.form.show_kept(place=branch.place or "", address=branch.address or "")
        if branch.opening_hours is None:
            self.hours.offer_week(USUAL_WEEK)
        else:
            self.hours.show_week(branch.opening_hours)
        self.form.focus_first()

    def keep(self) -> bool:
        form, hours = self.form.keep_all(), self.hours.keep()
        return form and hours


class KopStep(EditorStep):
    """What stands at the head of every report."""

    def __init__(self, branch: BranchService) -> None:
        sentence = tr("This is how it will be printed at the head of reports.")
        super().__init__(branch, tr("The letterhead (kop surat)"), sentence, KopEditor(branch))


class SignatoriesStep(EditorStep):
    """Who signs."""

    def __init__(self, branch: BranchService) -> None:
        sentence = tr("An empty post or name is printed as a dotted line, to be filled in by hand.")
        editor = SignatoriesEditor(branch)
        super().__init__(branch, tr("Who signs the reports?"), sentence, editor)
        editor.entered.connect(self.entered)


class StaffStep(EditorStep):
    """Who is at the desk."""

    def __init__(self, branch: BranchService) -> None:
        sentence = tr("Each record says who made it. Names stay on this computer.")
        super().__init__(branch, tr("Who is at the desk?"), sentence, StaffEditor(branch))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKind:
    """A page in the list at the left; `name` is to be translated."""

    name: str
    icon: str
    make: Callable[[BranchService], Step]


STEPS = (
    StepKind(name=N_("Library"), icon="library", make=IdentityStep),
    StepKind(name=N_("Hours, place"), icon="clock", make=PlaceStep),
    StepKind(name=N_("Letterhead"), icon="paper", make=KopStep),
    StepKind(name=N_("Signatures"), icon="edit", make=SignatoriesStep),
    StepKind(name=N_("Staff"), icon="visitor", make=StaffStep),
)


def _zone_of_machine() -> str:
    """The zone that the machine's clock is set to, if it is one of ours; else WIB."""
    offset = datetime.now(UTC).astimezone().utcoffset() or timedelta()
    by_hours = dict(zip((7, 8, 9), ZONES, strict=True))
    return by_hours.get(round(offset.total_seconds() / 3600), next(iter(ZONES)))
