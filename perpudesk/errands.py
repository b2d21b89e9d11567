"""Windows of one room that a page of another asks for; each loads when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from perpudesk.core.errors import RuleError
from perpudesk.core.i18n import tr
from perpudesk.core.rights import Right
from perpudesk.ui.toasts import toast

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from perpudesk.attendance.framing import House
    from perpudesk.desk import Desk
    from perpudesk.leaving.service import Exported
    from perpudesk.patrons.model import Patron
    from perpudesk.patrons.page import PatronsPage
    from perpudesk.ui.page import Page


def house(desk: Desk) -> House:
    """Whose paper it is, for whatever is printed."""
    from perpudesk.attendance.framing import house_of

    return house_of(desk.branch, practice=desk.practice)


def show_held(desk: Desk, page: PatronsPage, patron: Patron) -> None:
    """The sheet of what is held on one person."""
    from perpudesk.privacy.form.person import held_dialog

    held_dialog(desk.privacy, house(desk), patron, page.card.facts(patron), over=page).open()


def print_cards(desk: Desk, page: PatronsPage, patron: Patron) -> None:
    """Cards of one person or of all who have a number."""
    from perpudesk.privacy.form.cards import CardsDialog

    patrons = desk.patrons
    on = patrons.today()
    CardsDialog(house(desk), patron, patrons.numbered, on=on, parent=page).open()


def ask_to_erase(desk: Desk, page: PatronsPage, patron: Patron) -> None:
    """Ask before a name goes for good; who may not is told at once."""
    from perpudesk.privacy.form.person import EraseDialog

    try:
        desk.store.require(Right.ERASE)
    except RuleError as refused:
        toast(page, refused.sentence())
        return
    dialog = EraseDialog(desk.privacy, patron, parent=page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.erased.connect(lambda: toast(page, tr("Erased for good. No count changed.")))
    dialog.open()


def print_guide(desk: Desk, over: QWidget) -> None:
    """The two-page quick guide."""
    from perpudesk.handover.form import guide_dialog

    guide_dialog(house(desk), over=over).open()


def hand_over(desk: Desk, page: Page) -> None:
    """The sheet for the next officer."""
    from perpudesk.handover.form import handover_dialog

    handover_dialog(house(desk), desk.handover.now(), over=page).open()


def export(desk: Desk, page: Page) -> None:
    """Everything as open tables."""
    from perpudesk.leaving.form.export import ExportDialog

    branch = desk.branch.current().name

    def write(target: Path, names: bool) -> Exported:
        return desk.leaving.export(target, branch, names=names, practice=desk.practice)

    def told(done: Exported) -> None:
        toast(page, tr("Saved as {path}", path=str(done.folder)))

    dialog = ExportDialog(write, f"perpudesk-{desk.branch.today()}", parent=page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.exported.connect(told)
    dialog.open()
