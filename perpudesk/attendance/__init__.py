"""Meetings, who is on their lists, and who came."""
