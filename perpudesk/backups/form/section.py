"""*Cadangan* in the settings: the last copies, the recovery sheet, sticks, and putting back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QMenu, QWidget

from perpudesk.attendance.framing import House
from perpudesk.backups.form.restore import RestoreDialog
from perpudesk.backups.form.sheet import SheetMaking
from perpudesk.backups.model import Age, Copy, Standing, Why
from perpudesk.backups.sticks import name_stick
from perpudesk.backups.telling import when
from perpudesk.branch.form.section import Section
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.ui import background
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import TextField
from perpudesk.ui.layout import column, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.messages import confirm, show_error
from perpudesk.ui.text import Divider, Text, literal
from perpudesk.ui.toasts import toast
from perpudesk.ui.volumes import Volume, plugged_in

if TYPE_CHECKING:
    from perpudesk.backups.service import BackupService

_TONES = {Age.GOOD: "ok", Age.OLD: "warn", Age.TOO_OLD: "error"}


class BackupsSection(Section):
    """What a librarian does about copies; all of it also happens by itself."""

    restore_asked = Signal(object)
    """A `Wanted` copy is to take the place of the records."""
    made = Signal()
    """There is another copy, or another place for them."""

    def __init__(self, backups: BackupService, house: Callable[[], House]) -> None:
        super().__init__(
            tr(
                "A copy is made every half hour, before files come in and when the program is "
                "closed, and tested. It stays on this computer: keep one on a stick, too."
            )
        )
        self._backups, self._house = backups, house
        self._making: SheetMaking | None = None
        self._working = False
        self.state = Pill()
        self.here, self.away = Text("", wrap=True), Text("", wrap=True)
        self.now = Button(tr("Back up now"), self._on_now, kind="primary", icon="copy")
        self.sheet = Button(tr("Make the sheet…"), self._on_sheet, icon="print")
        self.stick = Button(tr("Name a stick…"), self._on_stick, icon="backup")
        self.folder = TextField()
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName(tr("Another folder for backups"))
        self.choose = Button(tr("Choose…"), self._on_choose, icon="folder")
        self.forget = Button(tr("None"), self._on_forget, kind="link")
        self.back = Button(tr("Restore from a backup…"), self._on_back, icon="history")
        self._sheet_told = Text("", "quiet", wrap=True)
        self.body.addLayout(
            column(
                row(Text(tr("Last backups"), "label"), self.state, None),
                self.here,
                self.away,
                2,
                row(self.now, None),
                gap=6,
            )
        )
        self._add(tr("Recovery sheet"), self._sheet_told, row(self.sheet, None))
        told = tr(
            "A stick that was named once is recognised when it is plugged in, and gets a sealed "
            "copy: whoever finds it can read nothing."
        )
        self._add(tr("Backup stick"), Text(told, "quiet", wrap=True), row(self.stick, None))
        told = tr("A folder on another disk, or one that the office keeps. It may be left empty.")
        self._add(
            tr("Another folder for backups"),
            Text(told, "quiet", wrap=True),
            row(self.folder, self.choose, self.forget),
        )
        told = tr("After a mistake, or on a new computer. What stands here is kept first.")
        self._add(tr("Restore"), Text(told, "quiet", wrap=True), row(self.back, None))

    def _add(self, title: str, words: Text, parts: QBoxLayout) -> None:
        self.body.addSpacing(4)
        self.body.addWidget(Divider())
        self.body.addLayout(column(Text(title, "label"), words, 2, parts, gap=6))

    def refresh(self) -> None:
        standing = self._backups.standing()
        zone = self._backups.zone
        never = tr("none yet")
        here = never if standing.here is None else when(standing.here, zone)
        away = never if standing.away is None else f"{when(standing.away, zone)} · {standing.place}"
        self.here.setText(tr("On this computer: {when}", when=here))
        self.away.setText(tr("Away from it: {when}", when=away))
        self.state.show_state(age_told(standing), _TONES[standing.age])
        has_key = self._backups.public_key() is not None
        self.sheet.set_label(tr("A new sheet…") if has_key else tr("Make the sheet…"))
        self._sheet_told.setText(
            tr("There is one. Its words open the sealed copies, and nothing else does.")
            if has_key
            else tr(
                "17 words on paper that open sealed copies. A stick is used once it is printed."
            )
        )
        self.stick.setEnabled(has_key)
        folder = read_settings().backup_folder
        self.folder.set_value(folder)
        self.forget.setVisible(bool(folder))

    # ---------------------------------------------------------------- copies

    def _on_now(self) -> None:
        if self._working:  # a button that is switched off would lose the focus
            return
        self._working = True
        background.run(
            self,
            lambda _report: self._make_all(),
            succeeded=self._on_made,
            failed=self._on_failed,
            ended=self._on_ended,
        )

    def _make_all(self) -> list[Copy]:
        """Here, and in the other folder where there is one."""
        made = [self._backups.make(why=Why.ASKED)]
        folder = read_settings().backup_folder
        if folder:
            sealed = self._backups.public_key() is not None
            made.append(self._backups.make(Path(folder), why=Why.ASKED, sealed=sealed))
        return made

    def _on_made(self, made: list[Copy]) -> None:
        toast(self, tr("Backup made: {path}", path=str(made[-1].path.parent)))

    def _on_failed(self, error: PerpuDeskError) -> None:
        show_error(self, error)

    def _on_ended(self) -> None:
        self._working = False
        self._changed()

    def _changed(self) -> None:
        self.refresh()
        self.made.emit()

    # ---------------------------------------------------------------- the sheet

    def _on_sheet(self) -> None:
        question = tr("Is a new sheet to take the place of the old one?")
        detail = tr("Copies that were sealed so far still need the old words: keep that sheet.")
        has_key = self._backups.public_key() is not None
        if has_key and not confirm(self, question, action=tr("New sheet"), detail=detail):
            return
        self._making = SheetMaking(self._backups, self._house(), over=self)
        self._making.kept.connect(self._changed)
        self._making.begin()

    # ---------------------------------------------------------------- places

    def _on_stick(self) -> None:
        background.run(self, lambda _report: plugged_in(), succeeded=self._on_sticks)

    def _on_sticks(self, found: list[Volume]) -> None:
        """Offer what is plugged in; a disk shown elsewhere can be chosen as a folder."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for volume in found:
            entry = menu.addAction(literal(f"{volume.name} ({volume.root})"))
            entry.triggered.connect(lambda _on=False, root=volume.root: self.name(root))
        if not found:
            menu.addAction(tr("No stick is plugged in.")).setEnabled(False)
        menu.popup(self.stick.mapToGlobal(self.stick.rect().bottomLeft()))

    def name(self, root: Path) -> None:
        """Make a stick the branch's own, and a first copy on it."""
        try:
            folder = name_stick(root, self._backups.facts_here().branch_id)
        except PerpuDeskError as error:
            show_error(self, error)
            return
        background.run(
            self,
            lambda _report: [self._backups.make(folder, why=Why.ASKED, sealed=True)],
            succeeded=self._on_made,
            failed=self._on_failed,
            ended=self._on_ended,
        )

    def _on_choose(self) -> None:
        title = tr("Another folder for backups")
        if folder := QFileDialog.getExistingDirectory(self.window(), title, self.folder.value()):
            self.take_folder(folder)

    def _on_forget(self) -> None:
        self.take_folder("")

    def take_folder(self, folder: str) -> None:
        """Copy into this folder too from now on; into none where it is empty."""
        try:
            change_settings(backup_folder=folder)
        except PerpuDeskError as error:
            show_error(self, error)
        self._changed()

    # ---------------------------------------------------------------- putting back

    def _on_back(self) -> None:
        dialog = restore_dialog(self._backups, self)
        dialog.wanted.connect(self.restore_asked)
        dialog.open()


def restore_dialog(backups: BackupService, over: QWidget) -> RestoreDialog:
    """The dialog that chooses what is put in the place of the records."""
    dialog = RestoreDialog(backups, parent=over)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def age_told(standing: Standing) -> str:
    """How safe the records are, in a word or two."""
    if standing.away is None:
        return tr("only on this computer")
    told = {
        Age.GOOD: tr("safe"),
        Age.OLD: tr("older than 7 days"),
        Age.TOO_OLD: tr("older than 14 days"),
    }
    return told[standing.age]


def backups_told(backups: BackupService) -> str:
    """A few words for the list of the settings."""
    return age_told(backups.standing())
