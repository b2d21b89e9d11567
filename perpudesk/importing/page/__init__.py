"""The page that brings in a file: pick, check, bring in, take back."""

from perpudesk.importing.page.page import ImportPage

__all__ = ["ImportPage"]
