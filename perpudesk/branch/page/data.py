"""Where the records are, what can be brought in, and records to practise on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QBoxLayout

from perpudesk.branch.form.section import Section
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import TextField
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Divider, Text
from perpudesk.ui.toasts import toast


class DataSection(Section):
    """The data folder, files of other programs, practice data."""

    practice_asked = Signal()
    import_asked = Signal()
    history_asked = Signal()
    export_asked = Signal()
    handover_asked = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(tr("Everything is kept in one folder of this computer."))
        self._folder = folder
        self.path = TextField(str(folder))
        self.path.setReadOnly(True)
        self.path.setAccessibleName(tr("Folder of the records"))
        self.copy = Button(tr("Copy"), self._on_copy, icon="copy")
        show = Button(tr("Open the folder"), self._on_open, icon="folder")
        self.bring_in = Button(
            tr("Bring in a file…"), self.import_asked.emit, icon="import", key="Ctrl+I"
        )
        self.history = Button(
            tr("History…"), self.history_asked.emit, icon="history", key="Shift+F9"
        )
        self.practise = Button(tr("Open practice data"), self.practice_asked.emit, icon="star")
        self.body.addSpacing(2)
        self._add(
            tr("Records on this computer"),
            tr("Backups keep it safe: see “Backups”. Never put it where it is synchronised."),
            row(self.path, self.copy, show),
        )
        self._add(
            tr("Records of other programs"),
            tr(
                "Visitor lists of SLiMS, tables of your own, monthly totals and lists of members "
                "(.csv or .xlsx) are checked and shown before they are added."
            ),
            row(self.bring_in, None),
        )
        self.export = Button(tr("Take everything along…"), self.export_asked.emit, icon="table")
        self._add(
            tr("Everything as tables"),
            tr("Open tables (CSV) that any program reads, for whoever leaves or looks further."),
            row(self.export, None),
        )
        self.handover = Button(tr("Handover sheet…"), self.handover_asked.emit, icon="print")
        self._add(
            tr("Somebody else takes over"),
            tr("What is where, what is open and what to do first, on paper for the next officer."),
            row(self.handover, None),
        )
        self._add(
            tr("Who did what"),
            tr("Everything that was made, changed or removed, with what stood there before."),
            row(self.history, None),
        )
        self._add(
            tr("Practice"),
            tr(
                "Invented records in a folder of their own, marked on every page. Nothing you do "
                "there touches the real ones."
            ),
            row(self.practise, None),
            last=True,
        )

    def _add(self, title: str, sentence: str, parts: QBoxLayout, *, last: bool = False) -> None:
        words = Text(sentence, "quiet", wrap=True)
        self.body.addLayout(column(Text(title, "label"), words, 2, parts, gap=6))
        if not last:
            self.body.addSpacing(4)
            self.body.addWidget(Divider())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))
        toast(self, tr("Copied"))

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
