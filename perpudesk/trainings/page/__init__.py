"""The page *Pelatihan*: courses, their lists, and what they print."""

from perpudesk.trainings.page.page import TrainingsPage

__all__ = ["TrainingsPage"]
