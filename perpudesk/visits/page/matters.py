"""What today brings beside visitors: matters of other rooms, told at the top of the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.pressing import PressPill
from perpudesk.ui.text import literal, tip


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One line of the day, whether it is late, and what opens it."""

    text: str
    late: bool = False
    open: Callable[[], object]


class MattersPill(PressPill):
    """How many matters there are; not there on a day without any. Pressed, it lists them."""

    def __init__(self, key: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._key = key
        self._matters: tuple[Matter, ...] = ()
        self.pressed.connect(self.open_menu)
        self.hide()

    def show_matters(self, matters: Sequence[Matter]) -> None:
        """Tell of these from now on."""
        self._matters = tuple(matters)
        self.setVisible(bool(matters))
        late = any(each.late for each in matters)
        count = trn(
            "{count} matter today",
            "{count} matters today",
            len(matters),
            count=number(len(matters)),
        )
        self.show_state(f"{count}  ▾", "warn" if late else "info")
        self.setAccessibleName(count)
        lines = "\n".join(each.text for each in matters)
        self.setToolTip(tip("\n".join((lines, tr("Show them ({key})", key=self._key)))))

    def open_menu(self) -> None:
        """List the matters below; Enter goes to the chosen one."""
        if not self._matters:
            return
        menu = QMenu(self)
        menu.setAccessibleName(self.accessibleName())
        menu.aboutToHide.connect(menu.deleteLater)
        for each in self._matters:
            action = menu.addAction(literal(each.text))
            action.triggered.connect(lambda _checked, matter=each: matter.open())
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
