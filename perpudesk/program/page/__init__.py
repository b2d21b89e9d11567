"""The page *Program*: what was given, who helps, what was asked, paid, told."""

from perpudesk.program.page.page import Part, ProgramPage

__all__ = ["Part", "ProgramPage"]
