"""The first start on a folder: by the file beside the program, and by asking for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.paths import provision_file

if TYPE_CHECKING:
    from perpudesk.branch.form import FirstRun
    from perpudesk.desk import Desk
    from perpudesk.provision import Provision


class FirstStart(QObject):
    """Sets the branch up by the file as far as that goes."""

    refused = Signal(object)
    """The `PerpuDeskError` of a faulty file, which is left alone."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def guide(self) -> FirstRun | None:
        """What asks for everything else; None where the file has said all that is needed."""
        given = self._read()
        if given is not None and given.is_whole and self._apply(given):
            return None
        from perpudesk.branch.form import FirstRun

        guide = FirstRun(self._desk.branch, typed=None if given is None else given.identity)
        if given is not None:
            rest = given.without_identity()
            once = Qt.ConnectionType.SingleShotConnection
            guide.identified.connect(lambda: self._apply(rest), once)
        return guide

    def _read(self) -> Provision | None:
        file = provision_file()
        if not file.exists():
            return None
        from perpudesk.provision import read_provision

        try:
            return read_provision(file)
        except PerpuDeskError as error:
            self.refused.emit(error)
            return None

    def _apply(self, given: Provision) -> bool:
        from perpudesk.provision import apply, apply_to_machine

        try:
            apply(self._desk, given)
            apply_to_machine(given)
        except PerpuDeskError as error:
            self.refused.emit(error)
            return False
        return True
