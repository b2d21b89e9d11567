"""A power cut, as far as the records can tell."""

from __future__ import annotations

from perpudesk.desk import Desk


def cut(desk: Desk) -> None:
    """Lose the process as a power cut does: nothing is said to the store."""
    desk.store.close()
    desk._guard.release()
