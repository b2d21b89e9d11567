"""The desk: where a librarian lives."""

from perpudesk.visits.page.desk import VisitsPage

__all__ = ["VisitsPage"]
