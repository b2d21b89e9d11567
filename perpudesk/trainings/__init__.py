"""Courses for the community and for staff."""
