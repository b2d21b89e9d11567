"""The front desk of an Indonesian library branch and its monthly report."""

__version__ = "0.1.0"
RELEASED = "2026-11-23"
"""Day of this release: a clock that says an earlier day is wrong."""
