"""The page *Laporan*: choose a month, see its pages, print or save them."""

from perpudesk.reports.page.page import ReportsPage

__all__ = ["ReportsPage"]
