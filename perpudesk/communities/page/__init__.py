"""The page *Communities*: who they are, what they meet for, and what these meetings decide."""

from perpudesk.communities.page.page import CommunitiesPage, Services

__all__ = ["CommunitiesPage", "Services"]
