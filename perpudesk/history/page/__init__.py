"""The page *Riwayat*: who did what, found, read and printed."""

from perpudesk.history.page.page import HistoryPage

__all__ = ["HistoryPage"]
