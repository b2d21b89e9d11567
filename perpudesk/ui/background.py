"""Long work beside the window: what it returns or raises comes back on the window's thread."""

from __future__ import annotations

import contextvars
import gc
import sys
import time
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from perpudesk.core.errors import PerpuDeskError

Report = Callable[[int, int], None]
Work = Callable[[Report], Any]

_PAUSE = 0.05
"""Seconds between two reports of progress that reach the window."""

_running: set[Job] = set()


class Cancelled(Exception):  # noqa: N818 - not an error: the person no longer wants it
    """Raised in the work, by its own report of progress, after `Job.cancel`."""


class Job(QObject):
    """One piece of work. Connect to what you need; `ended` comes last, whatever happened.

    After its owner is gone it tells nothing more.
    """

    succeeded = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """The `PerpuDeskError` it raised. Anything else goes to `sys.excepthook`: it is our bug."""
    progressed = Signal(int, int)
    """How many of how many are done; of 0 when nobody knows."""
    cancelled = Signal()
    """It has stopped because it was asked to."""
    ended = Signal()
    """It is over."""
    _posted = Signal(str, object)

    def __init__(self, owner: QObject, work: Work) -> None:
        super().__init__()
        self._owner, self._work = owner, work
        self._context = contextvars.copy_context()  # the language spoken where it was begun
        self._stop = Event()
        self._told_at = 0.0
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask it to stop at its next report of progress."""
        self._stop.set()

    def _run(self) -> None:
        """Do the work; runs in the worker thread."""
        try:
            told: tuple[str, object] = ("succeeded", self._context.run(self._work, self._report))
        except Cancelled:
            told = ("cancelled", None)
        except PerpuDeskError as error:
            told = ("failed", error)
        except BaseException as error:  # noqa: BLE001 - raised again where the window is
            told = ("broken", error)
        self._posted.emit(*told)

    def _report(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done < total and now - self._told_at < _PAUSE:
            return  # a window cannot show more, and a queue of 100,000 would stop it
        self._told_at = now
        self._posted.emit("progressed", (done, total))

    def _on_posted(self, what: str, value: Any) -> None:
        alive = isValid(self._owner)
        if what == "progressed":
            if alive:
                self.progressed.emit(*value)
            return
        _running.discard(self)
        if what == "broken":
            sys.excepthook(type(value), value, value.__traceback__)
        if not alive:
            return
        if what == "succeeded":
            self.succeeded.emit(value)
        elif what == "failed":
            self.failed.emit(value)
        elif what == "cancelled":
            self.cancelled.emit()
        self.ended.emit()

    def show_failure(self, error: PerpuDeskError) -> None:
        """Show the error in a box over the owner's window: where nothing better is said."""
        from perpudesk.ui.messages import show_error  # only where it is needed

        show_error(self._owner if isinstance(self._owner, QWidget) else None, error)


class _Task(QRunnable):
    """What the thread pool runs; belongs to the pool."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job._run()  # noqa: SLF001 - two halves of one thing


def run(
    owner: QObject,
    work: Work,
    *,
    succeeded: Callable[[Any], object] | None = None,
    failed: Callable[[PerpuDeskError], object] | None = None,
    progressed: Callable[[int, int], object] | None = None,
    cancelled: Callable[[], object] | None = None,
    ended: Callable[[], object] | None = None,
) -> Job:
    """Begin `work(report)` in another thread, in the language of the caller.

    The slots (bound methods of `owner`) are called on this thread; without `failed` an error is
    shown in a box. `report(done, total)` tells the
    progress and raises `Cancelled` once the job was cancelled.
    """
    job = Job(owner, work)
    for signal, slot in (
        (job.succeeded, succeeded),
        (job.failed, failed or job.show_failure),
        (job.progressed, progressed),
        (job.cancelled, cancelled),
        (job.ended, ended),
    ):
        if slot is not None:
            signal.connect(slot)
    _running.add(job)
    QThreadPool.globalInstance().start(_Task(job))
    return job


def collect_garbage() -> None:
    """Free what only Python's collector can, as soon as enough has gathered.

    To be called on the window's thread every few seconds, with `gc` disabled: by itself the
    collector runs wherever memory is asked for, and a widget freed in a worker thread brings the
    program down.
    """
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return


def finish(seconds: float = 30.0) -> bool:
    """Cancel what runs and wait for it, at the end of the program; False if it takes longer."""
    for job in tuple(_running):
        job.cancel()
    return QThreadPool.globalInstance().waitForDone(round(seconds * 1000))
