"""The page *Agenda*: the month over all activities."""

from perpudesk.agenda.page.page import AgendaPage

__all__ = ["AgendaPage"]
