"""The page *Pengaturan*: everything about the branch, this machine and its lists."""

from perpudesk.branch.page.page import Part, SettingsPage

__all__ = ["Part", "SettingsPage"]
