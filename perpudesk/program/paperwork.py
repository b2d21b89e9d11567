"""What the program's records print."""

from __future__ import annotations

from dataclasses import replace

from perpudesk.attachments.service import AttachmentService
from perpudesk.attendance.framing import house_of
from perpudesk.branch.service import BranchService
from perpudesk.core.errors import FileError
from perpudesk.paper.document import Document
from perpudesk.program.equipment import EquipmentService
from perpudesk.program.papers import (
    Handover,
    check_result,
    equipment_list,
    handover_sheet,
    story_page,
)
from perpudesk.program.service import ProgramService

STORY_KIND = "stories"
"""What attachments of a story call it."""


class ProgramPapers:
    """Documents of the program's records, in the language that is spoken here."""

    def __init__(
        self,
        branch: BranchService,
        equipment: EquipmentService,
        program: ProgramService,
        attachments: AttachmentService,
    ) -> None:
        """Print what these services know."""
        self._branch = branch
        self._equipment = equipment
        self._program = program
        self._attachments = attachments

    def equipment_list(self, *, practice: bool = False) -> Document:
        """Everything that is used, by kind."""
        house = house_of(self._branch, practice=practice)
        return equipment_list(house, self._equipment.all(), self._branch.today())

    def check_result(self, check_id: str, *, practice: bool = False) -> Document:
        """What a check found."""
        house, check = house_of(self._branch, practice=practice), self._equipment.check(check_id)
        day = check.finished_on or self._branch.today()
        return check_result(house, check, self._equipment.all(), day)

    def handover(self, handover: Handover, *, practice: bool = False) -> Document:
        """*Berita acara serah terima*; of no items, all that is used is handed over."""
        items = handover.items or tuple(self._equipment.all())
        house = house_of(self._branch, practice=practice)
        return handover_sheet(house, replace(handover, items=items))

    def story(self, story_id: str, *, practice: bool = False) -> Document:
        """A story with its first photo; raises `RuleError` where nobody agreed.

        A photo that cannot be read is left out: the story is the person's words.
        """
        stories = self._program.stories
        story = stories.to_print(story_id)
        house = house_of(self._branch, practice=practice)
        return story_page(house, story, stories.called(story), self._photo(story_id))

    def _photo(self, story_id: str) -> bytes | None:
        photos = (each for each in self._attachments.of(story_id) if each.is_photo)
        first = next(photos, None)
        try:
            return None if first is None else self._attachments.data(first)
        except FileError:
            return None
