"""The page that brings in a file: pick it, see what it would do, do it, take it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr, trc
from perpudesk.core.topics import Topic
from perpudesk.importing.batches import Batch, BatchService
from perpudesk.importing.columns import Plan
from perpudesk.importing.guide import Looked
from perpudesk.importing.model import Preview
from perpudesk.importing.page.check import CheckView
from perpudesk.importing.page.columns import ColumnsView
from perpudesk.importing.page.pick import PickView
from perpudesk.importing.page.told import ToldView, WorkView
from perpudesk.importing.page.words import how_many, leaves
from perpudesk.importing.service import ImportService
from perpudesk.ui import background
from perpudesk.ui.background import Job
from perpudesk.ui.files import FileDialog
from perpudesk.ui.messages import confirm, show_error
from perpudesk.ui.page import Page
from perpudesk.ui.toasts import toast


class ImportPage(Page):
    """A guide in three steps; reading and storing run beside the window."""

    topics = frozenset({Topic.VISITS})

    def __init__(
        self,
        importing: ImportService,
        batches: BatchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("import", tr("Bring in a file"), parent=parent)
        self._importing = importing
        self._batches = batches
        self._job: Job | None = None
        self._looked: Looked | None = None
        self._preview: Preview | None = None
        self._batch: Batch | None = None
        self.pick = PickView(batches.made_at)
        self.columns = ColumnsView()
        self.check = CheckView()
        self.work = WorkView()
        self.told = ToldView()
        self._stack = QStackedWidget()
        for view in (self.pick, self.columns, self.check, self.work, self.told):
            self._stack.addWidget(view)
        self.body.addWidget(self._stack, 1)
        self.setAcceptDrops(True)
        self._connect()
        self._go(self.pick)

    def _connect(self) -> None:
        self.pick.asked.connect(self._on_choose)
        self.pick.undo_asked.connect(self._on_undo_earlier)
        self.work.cancel_asked.connect(self._on_cancel)
        self.columns.check_asked.connect(self._on_check)
        self.columns.other_asked.connect(self._on_choose)
        self.check.other_asked.connect(self._on_choose)
        self.check.columns_asked.connect(self._on_columns)
        self.check.names_toggled.connect(self._on_names)
        self.check.doubles_toggled.connect(self._on_doubles)
        self.check.rejects_asked.connect(self._on_rejects)
        self.check.commit_asked.connect(self._on_commit)
        self.told.undo_asked.connect(self._on_undo_this)
        self.told.rejects_asked.connect(self._on_rejects)
        self.told.other_asked.connect(self._on_choose)
        self.add_key("Ctrl+O", tr("Choose a file"), self._on_choose)
        self.add_key("Ctrl+Enter", tr("Bring it in"), self._on_commit_key)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._on_commit_key)
        self.add_key_use("Del", tr("Undo the chosen import"))
        self.add_key_use(tr("Esc"), tr("Stop reading, or go back to the start"))

    def refresh(self) -> None:
        """Read the earlier imports again."""
        self.pick.earlier.show_batches(self._batches.standing())

    def open_file(self, path: Path) -> None:
        """Read a file beside the window and show what it would do; nothing while one is read."""
        if self._job is None:
            self.pick.show_error("")
            self._begin(tr("Reading {file}", file=path.name), can_cancel=True)
            self._run(lambda report: self._look(path, report), self._on_looked)

    def _look(self, path: Path, report: background.Report) -> Looked | Preview:
        """What a file is; a list that is known as it is, is read at once."""
        looked = self._importing.look(path)
        if looked.head is not None:
            return looked
        return self._importing.preview(path, known=looked.what, report=report)

    def _on_looked(self, found: Looked | Preview) -> None:
        self._preview = None
        if isinstance(found, Looked):
            self._looked = found
            self.columns.show_table(found, lambda what: self._importing.plan(found, what))
            self._go(self.columns)
        else:
            self._looked = None
            self._on_read(found)

    def _on_check(self, plan: Plan) -> None:
        """Read the whole file by what was said of its columns."""
        looked = self._looked
        if looked is None or self._job is not None:
            return
        self._begin(tr("Reading {file}", file=looked.path.name), can_cancel=True)
        self._run(
            lambda report: self._importing.preview(
                looked.path, looked=looked, plan=plan, report=report
            ),
            self._on_read,
        )

    def _on_columns(self) -> None:
        """Back to the columns, as they were chosen."""
        self._preview = None
        self._go(self.columns if self._looked is not None else self.pick)

    def _run(self, work: background.Work, succeeded: Callable[[Any], object]) -> None:
        self._job = background.run(
            self,
            work,
            succeeded=succeeded,
            failed=self._on_failed,
            progressed=self.work.show_progress,
            cancelled=self._on_columns,
            ended=self._on_ended,
        )

    def _begin(self, title: str, *, can_cancel: bool) -> None:
        """Show what is done; what cannot be stopped holds the records, and every page waits."""
        self.work.begin(title, can_cancel=can_cancel)
        if not can_cancel:
            self.holding = tr("One moment: the records are being written. Then the desk can go on.")
        self._go(self.work)

    def _go(self, view: QWidget) -> None:
        """Show a step."""
        self._stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        if self.isVisible():
            view.setFocus()
        steps = {
            self.pick: tr("1 of 3 · Choose"),
            self.columns: tr("1 of 3 · Columns"),
            self.check: tr("2 of 3 · Check"),
            self.told: tr("3 of 3 · Done"),
        }
        tone = "ok" if view is self.told else "info"
        self.header.set_status(*([(steps[view], tone)] if view in steps else []))

    def _on_ended(self) -> None:
        self._job, self.holding = None, ""

    def _on_start(self) -> None:
        """Back to the first step."""
        self._looked = self._preview = self._batch = None
        self._go(self.pick)

    def _on_failed(self, error: PerpuDeskError) -> None:
        """Say why; what was chosen of the columns stays."""
        if self._looked is not None and self._preview is None:
            self._go(self.columns)
            self.columns.show_error(error)
        else:
            self._on_start()
            self.pick.show_error(error.sentence())

    def _on_read(self, preview: Preview) -> None:
        self._preview = preview
        self.check.show_preview(preview)
        self._go(self.check)

    def _on_names(self, wanted: bool) -> None:
        """Find out who would become a patron; the rows are read already."""
        preview = self._preview
        if preview is None or self._job is not None:
            return
        named = self._importing.named if wanted else self._importing.unnamed
        self._run(lambda _report: named(preview), self._on_named)

    def _on_doubles(self, wanted: bool) -> None:
        """Take what stands in the list, or here, already, or leave it; all of it is read."""
        if self._preview is not None and self._job is None:
            taken = self._importing.with_doubles if wanted else self._importing.without_doubles
            self._preview = taken(self._preview)
            self.check.show_preview(self._preview)

    def _on_named(self, preview: Preview) -> None:
        self._preview = preview
        self.check.show_names(preview)

    def _on_commit_key(self) -> None:
        step = self._stack.currentWidget()
        if step is self.check and self.check.commit.isVisible():
            self._on_commit()
        elif step is self.columns:
            self.columns.check.click()

    def _on_commit(self) -> None:
        preview = self._preview
        if preview is None or self._job is not None:
            return
        agreed = self.check.add_to_existing.value()
        if preview.over and not agreed:
            self.check.ask_to_add()
            return
        self._begin(tr("Bringing in {file}", file=preview.path.name), can_cancel=False)
        self._run(
            lambda _report: self._importing.commit(preview, add_to_existing=agreed),
            self._on_committed,
        )

    def _on_committed(self, batch: Batch) -> None:
        assert self._preview is not None  # noqa: S101 - what was brought in was looked at
        self._batch = batch
        self._preview = self._preview.without_rows()
        self.told.show_result(self._preview, batch)
        self._go(self.told)

    def _on_undo_this(self) -> None:
        if self._batch is not None:
            self._undo(self._batch)

    def _on_undo_earlier(self, batch: Batch) -> None:
        """Ask first: what was mended by hand since would be lost with it."""
        detail = leaves(batch.source, how_many(batch.result))
        question = tr("Undo the import of {file}?", file=batch.file_name)
        if confirm(self, question, action=tr("Undo this import"), detail=detail):
            self._undo(batch)

    def _undo(self, batch: Batch) -> None:
        if self._job is None:
            self._begin(tr("Undoing {file}", file=batch.file_name), can_cancel=False)
            self._run(lambda _report: self._batches.undo(batch.id), self._on_undone)

    def _on_undone(self, batch: Batch) -> None:
        self._on_start()
        toast(self, tr("The import of {file} was undone.", file=batch.file_name))

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_choose(self) -> None:
        if self._job is not None:
            return
        tables, every = trc("files", "Tables"), tr("All files")
        filters = [f"{tables} (*.xlsx *.csv *.txt *.tsv)", f"{every} (*)"]
        path = FileDialog(self, tr("Choose a file"), filters).ask()
        if path is not None:
            self.open_file(path)

    def _on_rejects(self) -> None:
        preview = self._preview
        if preview is None:
            return
        name, folder = tr("{file} - refused.csv", file=preview.path.stem), preview.path.parent
        path = FileDialog(self, tr("Save"), ["CSV (*.csv)"], save_as=name, folder=folder).ask()
        if path is None:
            return
        try:
            self._importing.write_rejects(preview, path)
        except PerpuDeskError as error:
            show_error(self, error)
        else:
            toast(self, tr("Saved as {path}", path=str(path)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what can be stopped, and otherwise goes back; nothing stored is touched."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._job is not None:
            if self.work.cancel.isVisible():
                self._on_cancel()
        elif self._stack.currentWidget() is self.check:
            self._on_columns()
        else:
            self._on_start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._job is None and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)


def _dropped(event: QDropEvent) -> Path | None:
    """The one file that is held over the page."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
