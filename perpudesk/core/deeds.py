"""What a line of the journal says was done, and by whom if by nobody."""

from __future__ import annotations

from enum import StrEnum

PROGRAM = "program"
"""In the place of a member of staff: nobody did it, and it is nobody's to undo."""
ERASED = "erased_"
"""Before the kind in the lines of a record that was erased."""


class Action(StrEnum):
    """What a journal line did."""

    CREATE = "create"
    CHANGE = "change"
    REMOVE = "remove"
    IMPORT = "import"
    UNDO = "undo"
    REDO = "redo"
