"""What is attached to a record: a strip of photos and names of documents, with + and Delete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from perpudesk.attachments.model import DOCUMENTS, PHOTOS, Attachment
from perpudesk.attachments.service import AttachmentService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.files import FileDialog
from perpudesk.ui.icons import icon
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text, literal
from perpudesk.ui.told import PageToasts

ADD_KEY = "Alt+F"
_SIDE = 72
"""Px at 100 % of a thumbnail."""


class Attached(QWidget):
    """The files of one record; Enter opens one in the system's own program."""

    changed = Signal()

    def __init__(
        self,
        attachments: AttachmentService,
        record_kind: str,
        *,
        undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._attachments, self._kind, self._undo = attachments, record_kind, undo
        self._record_id: str | None = None
        self._files: list[Attachment] = []
        self.toasts = PageToasts(self, self._on_undo)
        self.list = _Strip()
        self.list.setAccessibleName(tr("Photos and documents"))
        self.list.opened.connect(self._on_open)
        self.list.removed.connect(self._on_remove)
        self.add = Button(tr("Photo or document"), self.ask, icon="plus", key=ADD_KEY)
        QShortcut(QKeySequence(ADD_KEY), self).activated.connect(self.ask)
        self.none = Text(tr("No photo or document yet."), "small")
        head = row(Text(tr("Photos and documents"), "label"), None, self.add)
        self.setLayout(column(head, self.none, self.list, gap=6))

    def show_of(self, record_id: str | None) -> None:
        """Show the files of this record, or of none."""
        self._record_id = record_id
        self.setEnabled(record_id is not None)
        self._files = [] if record_id is None else self._attachments.of(record_id)
        self.list.clear()
        side = theme.current().px(_SIDE)
        for each in self._files:
            shown = (
                _thumbnail(self._attachments.path(each), side) if each.is_photo else icon("file")
            )
            entry = QListWidgetItem(shown, literal(each.file_name))
            entry.setToolTip(literal(each.file_name))
            self.list.addItem(entry)
        self.none.setVisible(not self._files)
        self.list.setVisible(bool(self._files))

    def ask(self) -> None:
        """Choose a file and attach it."""
        ends = " ".join(f"*{suffix}" for suffix in (*sorted(PHOTOS), *DOCUMENTS))
        kinds = [tr("Photos and documents ({ends})", ends=ends)]
        path = FileDialog(self, tr("Photo or document"), kinds).ask()
        if path is not None:
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Copy a file into the records, or say why not."""
        if self._record_id is None:
            return
        record_id = self._record_id
        self._do(
            lambda: self._attachments.add(self._kind, record_id, path),
            tr("Attached: {name}.", name=path.name),
        )

    def _on_open(self, at: int) -> None:
        path = self._attachments.path(self._files[at])
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_remove(self, at: int) -> None:
        found = self._files[at]
        said = tr("Removed: {what}.", what=found.file_name)
        self._do(lambda: self._attachments.remove(found.id), said)

    def _on_undo(self) -> None:
        self._do(self._undo, "")

    def _do(self, work: Callable[[], object], said: str) -> None:
        try:
            work()
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self.show_of(self._record_id)
        if said:
            self.toasts.say(said, tr("Undo"), self._on_undo, "Ctrl+Z")
        self.changed.emit()


class _Strip(QListWidget):
    """Thumbnails beside each other; Enter opens, Delete removes."""

    opened = Signal(int)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        side = theme.current().px(_SIDE)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + 24, side + 30))
        self.setFixedHeight(side + 52)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentRow()
        if at >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(at)
        elif at >= 0 and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(at)
        else:
            super().keyPressEvent(event)


def _thumbnail(path: Path, side: int) -> QIcon:
    picture = QPixmap(str(path))
    if picture.isNull():
        return icon("file")
    keep = Qt.AspectRatioMode.KeepAspectRatio
    smooth = Qt.TransformationMode.SmoothTransformation
    return QIcon(picture.scaled(side, side, keep, smooth))
