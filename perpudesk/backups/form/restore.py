"""Choose a copy, read what is in it and what would be lost, and ask to have it put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.backups import restoring
from perpudesk.backups.model import Copy, Facts
from perpudesk.backups.sticks import folder_on
from perpudesk.backups.telling import counted, reason, when, whose
from perpudesk.backups.words import key_of
from perpudesk.core.errors import FileError, InputError, PerpuDeskError, Problem
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.core.settings import read_settings
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import CheckField, ParagraphField
from perpudesk.ui.files import FileDialog
from perpudesk.ui.fitting import fit
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import CARD_GAP, column, fill, row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text
from perpudesk.ui.volumes import plugged_in

if TYPE_CHECKING:
    from perpudesk.backups.service import BackupService

NOT_MEANT = Problem("not_meant", "Tick this if the records of another library are meant.")
_MEGA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The copy that is to take the place of the records."""

    path: Path
    key: bytes | None
    other_branch: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What was found in a copy: its facts or why it cannot be had, and what would be lost."""

    path: Path
    facts: Facts | None = None
    lost: Mapping[str, int] | None = None
    error: PerpuDeskError | None = None


class RestoreDialog(QDialog):
    """The copies that are found, newest first; looking at one changes nothing."""

    wanted = Signal(object)
    """A `Wanted`: somebody read what would be lost and asks for it all the same."""

    def __init__(self, backups: BackupService, *, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._backups = backups
        self._ours = backups.facts_here()
        self._path: Path | None = None
        self._looked: _Looked | None = None
        self._turn = 0
        self.setWindowTitle(tr("Restore from a backup"))
        self.table = TableView(
            tr("Backups"),
            self._columns(),
            identity=lambda copy: copy.path,
            empty=tr("No backup was found here. Plug in the stick, or choose a file."),
        )
        self.table.row_selected.connect(self._on_selected)
        self.table.setMinimumHeight(theme.current().px(120))
        self.facts = Text("", "label", wrap=True)
        self.counts = Text("", "quiet", wrap=True)
        self.lost = Text("", "error", wrap=True)
        self.form = Form()
        self.form.add(
            "words",
            tr("Words of the recovery sheet"),
            ParagraphField(lines=3),
            hint=tr("All 17 words, with spaces between them; capitals and numbers do not matter."),
        )
        self.form.add("other", "", CheckField(tr("It is another library's, and that is meant")))
        self.other = Button(tr("Another file…"), self._on_other, icon="folder")
        self.again = Button(tr("Look again"), self._find, icon="search")
        kind = "danger" if self._ours.branch_id else "primary"
        self.restore = Button(tr("Restore"), self._on_restore, kind=kind, key="Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # the second is that of the number pad
            QShortcut(QKeySequence(keys), self).activated.connect(self.restore.click)
        close = Button(tr("Cancel"), self.reject, key=tr("Esc"))
        box = column(
            Text(self.windowTitle(), "heading"),
            Text(self._sentence(), "quiet", wrap=True),
            self.table,
            column(self.facts, self.counts, self.lost, self.form, gap=6),
            row(self.other, self.again, None, close, self.restore),
            gap=CARD_GAP,
        )
        box.setStretch(2, 1)
        box.setContentsMargins(20, 16, 20, 16)
        fill(self, box)
        self._show(None)
        look = theme.current()
        fit(self, look.px(840), look.px(560))

    def open(self) -> None:
        """Show it, and look for copies."""
        super().open()
        self._find()

    def _sentence(self) -> str:
        if self._ours.branch_id:
            return tr("What stands here now is kept as a backup first, so this can be undone.")
        return tr(
            "The desk goes on here with the records of the backup. Plug in the stick, and have the "
            "recovery sheet at hand."
        )

    def _columns(self) -> Sequence[Column]:
        zone = self._backups.zone if self._ours.branch_id else None
        return (
            Column(title=tr("Made"), text=lambda copy: when(copy.made_at, zone)),
            Column(title=tr("Why"), text=reason),
            Column(title=tr("Folder"), text=lambda copy: str(copy.path.parent), width=REST),
            Column(
                title=tr("Size"),
                text=lambda copy: tr("{n} MB", n=number(copy.size / _MEGA, 1)),
                align="right",
            ),
            Column(
                title=tr("Sealed"),
                text=lambda copy: tr("sealed") if copy.sealed else tr("not sealed"),
                kind="quiet",
            ),
        )

    # ---------------------------------------------------------------- finding

    def _find(self) -> None:
        background.run(self, lambda _report: self._found(), succeeded=self._on_found)

    def _found(self) -> list[Copy]:
        places = [self._backups.own_folder]
        if chosen := read_settings().backup_folder:
            places.append(Path(chosen))
        places += [folder_on(volume.root) for volume in plugged_in()]
        found = [copy for place in dict.fromkeys(places) for copy in self._backups.copies(place)]
        return sorted(found, key=lambda copy: copy.made_at, reverse=True)

    def _on_found(self, found: list[Copy]) -> None:
        """The newest is looked at, unless somebody chose already."""
        self.table.show_rows(found)
        if found and self._path is None:
            self.table.select(found[0].path)

    def _on_other(self) -> None:
        kinds = [tr("Backups (*.db *.pdbak)")]
        path = FileDialog(self, tr("Another file…"), kinds).ask()
        if path is not None:
            self.look(path)

    def _on_selected(self, copy: Copy) -> None:
        self.look(copy.path)

    # ---------------------------------------------------------------- looking

    def look(self, path: Path) -> None:
        """Read what is in a copy, beside the window."""
        self._path = path
        self._turn += 1
        self._show(None)
        background.run(
            self,
            lambda _report: self._read(path, None),
            succeeded=partial(self._on_read, self._turn),
        )

    def _read(self, path: Path, key: bytes | None) -> _Looked:
        try:
            restoring.refuse_records(path, self._backups.folder)
            facts = restoring.look(path, key=key)
        except PerpuDeskError as error:
            return _Looked(path=path, error=error)
        return _Looked(path=path, facts=facts, lost=self._backups.changed_after(facts))

    def _on_read(self, turn: int, looked: _Looked) -> None:
        if turn == self._turn:  # nothing else was looked at since, and nothing is being proved
            self._show(looked)

    def _show(self, looked: _Looked | None) -> None:
        self._looked = looked
        facts = None if looked is None else looked.facts
        self.form.clear_errors()
        self.facts.setText(whose(facts) if facts else "")
        self.counts.setText(counted(facts.counts) if facts else "")
        self.lost.setText(self._lost(looked))
        for text in (self.facts, self.counts, self.lost):
            text.setVisible(bool(text.text()))
        sealed = looked is not None and facts is not None and looked.path.suffix == ".pdbak"
        self.form.field("words").setVisible(sealed)
        self.form.field("other").setVisible(facts is not None and self._is_others(facts))
        self.restore.setEnabled(facts is not None)

    def _is_others(self, facts: Facts) -> bool:
        return self._ours.branch_id not in ("", facts.branch_id)

    def _lost(self, looked: _Looked | None) -> str:
        if looked is None:
            return ""
        if looked.error is not None:
            return looked.error.sentence()
        if what := counted(looked.lost or {}):
            return tr("Made or changed here since, and not in it: {what}.", what=what)
        if looked.facts is not None and self._is_others(looked.facts):
            return tr("These are the records of another library.")
        return ""

    # ---------------------------------------------------------------- asking

    def _on_restore(self) -> None:
        looked = self._looked
        if looked is None or looked.facts is None or self._path is None:
            return
        key: list[bytes | None] = [None]

        def read_words() -> None:
            key[0] = key_of(self.form.value("words")) if looked.path.suffix == ".pdbak" else None
            if self._is_others(looked.facts or self._ours) and not self.form.value("other"):
                raise InputError(NOT_MEANT, field="other")

        if not self.form.attempt(read_words):
            return
        self.restore.setEnabled(False)
        self._turn += 1
        background.run(
            self,
            lambda _report: self._read(looked.path, key[0]),
            succeeded=partial(self._on_proved, key[0]),
        )

    def _on_proved(self, key: bytes | None, looked: _Looked) -> None:
        """It was opened and tested as it will be put back; a wrong key is said at its field."""
        self.restore.setEnabled(True)
        if looked.error is not None:
            if isinstance(looked.error, FileError) and key is not None:
                self.form.field("words").set_error(looked.error.sentence())
                self.form.field("words").widget.setFocus()
            else:
                self.lost.setText(looked.error.sentence())
                self.lost.show()
            return
        other = bool(self.form.typed()["other"])
        self.accept()
        self.wanted.emit(Wanted(path=looked.path, key=key, other_branch=other))
