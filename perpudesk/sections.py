"""The sections that other rooms bring to the settings; each loads when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perpudesk.core.i18n import tr

if TYPE_CHECKING:
    from perpudesk.access.form.section import LockSection
    from perpudesk.attendance.framing import House
    from perpudesk.backups.form.section import BackupsSection
    from perpudesk.branch.page import Part
    from perpudesk.desk import Desk


class Sections(QObject):
    """Makes them, and hands on what they ask for."""

    restore_asked = Signal(object)
    """A copy is to take the place of the records: a `Wanted` of `backups.form.restore`."""
    copied = Signal()
    """A copy of the records was made here."""
    renewed = Signal()
    """There is another copy of the records, whoever made it: what they tell is read anew."""
    lock_asked = Signal()
    """The desk is to be locked."""

    def __init__(self, desk: Desk, house: Callable[[], House], parent: QObject) -> None:
        """`house` tells whose paper a section prints on."""
        super().__init__(parent)
        self._desk, self._house = desk, house

    def all(self) -> list[Part]:
        """In the order of the settings, after those of the branch."""
        return [
            *self._computers(),
            self._activities(),
            self._targets(),
            self._privacy(),
            self._lock(),
            self._backups(),
        ]

    def _computers(self) -> list[Part]:
        from perpudesk.branch.page import Part
        from perpudesk.computers.form.limits import LimitsSection, limits_told
        from perpudesk.computers.form.workstations import WorkstationsSection, workstations_told

        branch, workstations, undo = self._desk.branch, self._desk.workstations, self._desk.undo
        return [
            Part(
                key="workstations",
                title=tr("Computers"),
                make=lambda: WorkstationsSection(workstations, today=branch.today, undo=undo),
                told=lambda: workstations_told(workstations),
            ),
            Part(
                key="limits",
                title=tr("Time at the computer"),
                make=lambda: LimitsSection(branch),
                told=lambda: limits_told(branch),
            ),
        ]

    def _activities(self) -> Part:
        from perpudesk.branch.form.activities import ActivitiesSection, activities_told
        from perpudesk.branch.page import Part

        branch = self._desk.branch
        return Part(
            key="activities",
            title=tr("Activities"),
            make=lambda: ActivitiesSection(branch),
            told=lambda: activities_told(branch),
        )

    def _targets(self) -> Part:
        from perpudesk.branch.page import Part
        from perpudesk.reports.form.targets import TargetsSection, targets_told

        totals, today = self._desk.totals, self._desk.branch.today
        return Part(
            key="targets",
            title=tr("Targets"),
            make=lambda: TargetsSection(totals, today()),
            told=lambda: targets_told(totals, today()),
        )

    def _privacy(self) -> Part:
        from perpudesk.branch.page import Part
        from perpudesk.privacy.form.section import PrivacySection, privacy_told

        desk = self._desk
        return Part(
            key="privacy",
            title=tr("People's data"),
            make=lambda: PrivacySection(desk.privacy, desk.branch, self._house),
            told=lambda: privacy_told(desk.branch),
        )

    def _lock(self) -> Part:
        from perpudesk.access.form.section import LockSection, lock_told
        from perpudesk.branch.page import Part

        access, backups = self._desk.access, self._desk.backups

        def make() -> LockSection:
            section = LockSection(access, has_sheet=lambda: backups.public_key() is not None)
            section.lock_asked.connect(self.lock_asked)
            return section

        return Part(key="lock", title=tr("Lock"), make=make, told=lambda: lock_told(access))

    def _backups(self) -> Part:
        from perpudesk.backups.form.section import BackupsSection, backups_told
        from perpudesk.branch.page import Part

        desk = self._desk

        def make() -> BackupsSection:
            section = BackupsSection(desk.backups, self._house)
            section.restore_asked.connect(self.restore_asked)
            section.made.connect(self.copied)
            self.renewed.connect(section.refresh)
            return section

        return Part(
            key="backups",
            title=tr("Backups"),
            make=make,
            told=lambda: backups_told(desk.backups),
        )
