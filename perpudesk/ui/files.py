"""Asking for a file: where the last one was, with our drawings and columns that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHeaderView, QSplitter, QToolButton, QTreeView, QWidget

from perpudesk.ui import theme
from perpudesk.ui.fitting import fit
from perpudesk.ui.icons import icon
from perpudesk.ui.places import remember_folder, start_folder

_DRAWINGS = {
    "backButton": "chevron-left",
    "forwardButton": "chevron-right",
    "toParentButton": "chevron-up",
    "newFolderButton": "plus",
    "listModeButton": "more",
    "detailModeButton": "table",
}
"""Qt's own are black on any ground."""
_SIDE = 170
"""Px at 100 % of the list of places."""


class FileDialog(QFileDialog):
    """The system's dialog where it has one, else Qt's; the folder chosen is where it begins next.

    `filters` are as Qt writes them, `Pictures (*.png *.jpg)`. With `save_as`, the name that is
    offered with its ending, it asks where to put a file, and before it replaces one.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        filters: Sequence[str],
        *,
        save_as: str = "",
        folder: Path | None = None,
    ) -> None:
        """It begins in `folder`, else where a file was last looked for or put."""
        super().__init__(parent.window(), title, str(folder) if folder else start_folder())
        self.setNameFilters(filters)
        if save_as:
            self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self.setDefaultSuffix(Path(save_as).suffix.removeprefix("."))
            self.selectFile(save_as)
        else:
            self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.fileSelected.connect(remember_folder)
        self._dress()

    def ask(self) -> Path | None:
        """The file that was chosen, None when it was cancelled; the dialog is gone then."""
        chosen = self.exec() == QFileDialog.DialogCode.Accepted
        path = Path(self.selectedFiles()[0]) if chosen else None
        self.deleteLater()
        return path

    def _dress(self) -> None:
        """Make Qt's own dialog readable; a system's has none of these parts."""
        for name, drawing in _DRAWINGS.items():
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(drawing))
        tree = self.findChild(QTreeView, "treeView")
        if tree is None:
            return
        look, header = theme.current(), tree.header()
        fit(self, look.px(780), look.px(500))
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        splitter = self.findChild(QSplitter, "splitter")
        if splitter is not None:
            splitter.setSizes([look.px(_SIDE), self.width() - look.px(_SIDE)])
