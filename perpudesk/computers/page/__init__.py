"""The computers: who is at which, and what is done with them."""

from perpudesk.computers.page.page import ComputersPage

__all__ = ["ComputersPage"]
