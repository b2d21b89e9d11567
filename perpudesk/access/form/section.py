"""*Kunci* in the settings: roles, PINs, and when the lock closes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.access.form.lock import PinDialog
from perpudesk.access.model import LOCK_KEY, Keeper
from perpudesk.access.service import MOST_MINUTES, AccessService
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.section import Section
from perpudesk.core.codes import Role, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Banner
from perpudesk.ui.fields import ChoiceField, NumberField
from perpudesk.ui.layout import row
from perpudesk.ui.messages import show_error
from perpudesk.ui.text import Text

MINUTES = "minutes"


class LockSection(Section):
    """A line for everybody: what they are, and their PIN."""

    lock_asked = Signal()
    """Lock now."""

    def __init__(self, access: AccessService, *, has_sheet: Callable[[], bool]) -> None:
        super().__init__(
            tr(
                "Where several people share the desk, each has a PIN. An officer records and mends "
                "today; the head also prints, mends earlier days and sees the history; an admin "
                "does everything. Without any PIN nothing is locked."
            )
        )
        self._access, self._has_sheet = access, has_sheet
        self.lines: dict[str, KeeperLine] = {}
        self._people = QVBoxLayout()
        self._people.setSpacing(8)
        self.warning = Banner(tone="warn", icon="warning")
        self.nobody = Text(tr("Name the staff first, in “Staff”."), "quiet", wrap=True)
        self.form = LiveForm(self._keep)
        self.form.add(
            MINUTES,
            tr("Lock after so many minutes without a key or a click"),
            NumberField(low=0, high=MOST_MINUTES),
            hint=tr("0 never does. {key} locks at once.", key=LOCK_KEY),
        )
        self.lock = Button(tr("Lock now"), self.lock_asked.emit, icon="lock", key=LOCK_KEY)
        self.body.addWidget(self.nobody)
        self.body.addLayout(self._people)
        self.body.addWidget(self.warning)
        self.body.addWidget(self.form)
        self.body.addLayout(row(self.lock, None))

    def refresh(self) -> None:
        keepers = self._access.keepers()
        if [each.id for each in keepers] != list(self.lines):
            for line in self.lines.values():
                self._people.removeWidget(line)
                line.hide()
                line.deleteLater()
            self.lines = {each.id: KeeperLine(self, self._access, each) for each in keepers}
            for line in self.lines.values():
                self._people.addWidget(line)
        for each in keepers:
            self.lines[each.id].show_keeper(each)
        in_use = self._access.in_use()
        self.nobody.setVisible(not keepers)
        self.form.setVisible(in_use)
        self.lock.setVisible(in_use)
        lost = in_use and not self._has_sheet()
        self.warning.setVisible(lost)
        if lost:
            self.warning.show_message(
                tr(
                    "There is no recovery sheet: an admin who forgets the PIN is locked out for "
                    "good. Make it in “Backups”."
                )
            )
        self.form.show_kept(minutes=self._access.minutes())

    def _keep(self, _name: str, value: Any) -> None:
        self._access.set_minutes(value)

    def attempt(self, work: Callable[[], object]) -> None:
        """Do it, or say why not; then show what is stored."""
        try:
            work()
        except PerpuDeskError as error:
            show_error(self, error)
        self.refresh()


class KeeperLine(QWidget):
    """Somebody's role and PIN."""

    def __init__(self, section: LockSection, access: AccessService, who: Keeper) -> None:
        super().__init__(section)
        self._section, self._access, self._who = section, access, who
        self.name = Text(who.name, "label")
        self.role = ChoiceField([(str(each), label(each)) for each in Role])
        self.role.setAccessibleName(tr("Role of {name}", name=who.name))
        self.role.activated.connect(self._on_role)
        self.pin = Button(tr("Set a PIN…"), self._on_pin, icon="lock")
        words = tr("Take the PIN of {name} away", name=who.name)
        self.drop = Button("", self._on_drop, kind="ghost", icon="trash", name=words)
        line = row(self.name, self.role, self.pin, self.drop)
        line.setStretchFactor(self.name, 1)
        self.setLayout(line)

    def show_keeper(self, who: Keeper) -> None:
        """Show them as they are stored."""
        self._who = who
        self.name.setText(who.name)
        self.role.set_value(str(who.role))
        self.pin.set_label(tr("Another PIN…") if who.has_pin else tr("Set a PIN…"))
        self.drop.setVisible(who.has_pin)

    def _on_role(self) -> None:
        role = Role(self.role.value() or self._who.role)
        if role is not self._who.role:
            self._section.attempt(partial(self._access.set_role, self._who.id, role))

    def _on_pin(self) -> None:
        dialog = PinDialog(self._access, self._who, parent=self)
        dialog.accepted.connect(self._section.refresh)
        dialog.open()

    def _on_drop(self) -> None:
        self._section.attempt(partial(self._access.drop_pin, self._who.id))


def lock_told(access: AccessService) -> str:
    """A few words for the list of the settings."""
    if not access.in_use():
        return tr("not used")
    minutes = access.minutes()
    return tr("after {n} min", n=minutes) if minutes else tr("by key")
