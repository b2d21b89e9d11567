"""What the first run and *Pengaturan* both show."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.form.live import LiveForm
from perpudesk.ui.forms import Form


class Editor(QWidget):
    """Forms over one matter of the branch; each field is stored when it is left."""

    entered = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, *forms: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms = forms
        forms[-1].submitted.connect(self.entered)

    def refresh(self) -> None:
        """Show what is stored; a subclass says what."""

    def focus_first(self) -> None:
        """Go to the first field."""
        self._forms[0].focus_first()

    def keep_all(self) -> bool:
        """Store what is being typed; False when a field is refused."""
        live = (form for form in self._forms if isinstance(form, LiveForm))
        return not [form for form in live if not form.keep_all()]
