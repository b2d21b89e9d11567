"""The page *Anggota*: everyone who is known by name, found while typing."""

from perpudesk.patrons.page.page import PatronsPage

__all__ = ["PatronsPage"]
