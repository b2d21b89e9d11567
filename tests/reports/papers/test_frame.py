from __future__ import annotations

import pytest

from perpudesk.core.times import Period
from perpudesk.reports.closing import Closing, MonthState, Standing
from perpudesk.reports.letter import Letter
from perpudesk.reports.papers.frame import Head, framed
from tests.reports.makes import BRANCH, OCTOBER

CLOSING = Closing(month=OCTOBER, edition=2, letter=Letter(), figures="{}", code="00000000")


def state(standing: Standing, closing: Closing | None = None) -> MonthState:
    return MonthState(month=Period.parse("2026-10"), standing=standing, closing=closing)


OPEN = state(Standing.READY)
CLOSED, CHANGED = state(Standing.CLOSED, CLOSING), state(Standing.CHANGED, CLOSING)


@pytest.mark.parametrize(
    "months, head, foot",
    [
        ((), None, "Recap · October 2026 · PerpuDesk"),
        ((CLOSED,), None, "Recap · October 2026 · revision 2 · PerpuDesk"),
        ((CLOSED, CLOSED), None, "Recap · October 2026 · all months closed · PerpuDesk"),
        ((OPEN,), "Provisional · month not closed", "Recap · October 2026 · provisional · Perpu"),
        ((CHANGED,), "Provisional · changed since revision 2", "Recap · October 2026 · prov"),
        ((CLOSED, OPEN), "Provisional · not all months closed", "Recap · October 2026 · prov"),
    ],
)
def test_a_paper_says_how_far_its_months_are(
    months: tuple[MonthState, ...], head: str | None, foot: str
) -> None:
    paper = framed(
        Head(branch=BRANCH, months=months), name="Recap", period="October 2026", blocks=()
    )
    assert paper.provisional == head
    assert paper.footer.startswith(foot)
