"""Copying from paper: the page where sheets are typed in."""

from perpudesk.visits.page.paper.page import PaperPage

__all__ = ["PaperPage"]
