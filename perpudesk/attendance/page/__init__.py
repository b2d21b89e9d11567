"""Lists on the screen: who was there, marked by keys, taps and cards."""

from perpudesk.attendance.page.table import AttendanceTable

__all__ = ["AttendanceTable"]
