"""The slip of a ticket: the number to keep in hand, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from perpudesk.core.formats import clock_text, date_full, number
from perpudesk.core.i18n import language, tr, trn
from perpudesk.paper.document import Document, Note, Spacer
from perpudesk.paper.forms import Large


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What stands on it; who holds it does not.

    `taken` is on the branch's own clock; `minutes` is the wait as it was estimated, if it was.
    """

    library: str
    code: str
    taken: datetime
    ahead: int
    minutes: int | None
    practice: bool = False


def slip_document(slip: Slip) -> Document:
    """One small sheet (`paper.sizes.SLIP`)."""
    when = f"{date_full(slip.taken.date())} · {clock_text(slip.taken)}"
    return Document(
        title=f"{slip.code} · {slip.library}",
        language=language(),
        blocks=(
            Large(
                above=(slip.library, tr("Queue for the computers")),
                text=slip.code,
                below=(when, "", *_wait(slip)),
            ),
            Spacer(millimetres=4),
            Note(text=_rule()),
        ),
        watermark=tr("PRACTICE") if slip.practice else None,
    )


def _wait(slip: Slip) -> tuple[str, ...]:
    if not slip.ahead:
        first = tr("You are the next one.")
    else:
        first = trn(
            "{shown} person is before you.",
            "{shown} people are before you.",
            slip.ahead,
            shown=number(slip.ahead),
        )
    if not slip.minutes:
        return (first,)
    about = trn(
        "Estimated wait: {shown} minute.",
        "Estimated wait: {shown} minutes.",
        slip.minutes,
        shown=number(slip.minutes),
    )
    return first, about


def _rule() -> str:
    return tr(
        "The wait is an estimate and can change. If your number is called while you are away, come "
        "to the desk: you wait again behind whoever is there."
    )
