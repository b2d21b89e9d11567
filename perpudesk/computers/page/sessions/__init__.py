"""All computer sessions of all years."""

from perpudesk.computers.page.sessions.page import SessionsPage

__all__ = ["SessionsPage"]
