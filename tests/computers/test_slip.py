"""The slip of a ticket."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core import i18n
from perpudesk.core.errors import RuleError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.paper.document import Document
from perpudesk.paper.pdf import render
from perpudesk.paper.sizes import SLIP
from perpudesk.patrons.model import PatronDraft


def printed(document: Document) -> str:
    stream = io.BytesIO()
    assert render(document, stream, paper=SLIP) == 1
    return PdfReader(stream).pages[0].extract_text()


def test_a_slip_says_the_number_when_it_was_taken_and_how_long_it_may_take(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    i18n.use("id")
    for place in pcs:
        desk.computers.start(SessionDraft(workstation_id=place.id))
    dewi = desk.patrons.add(PatronDraft(name="Dewi Rahayu"))
    first = desk.queue.take(TicketDraft(patron_id=dewi.id))
    fixed_clock.advance(minutes=10)
    second = desk.queue.take(TicketDraft())
    outline = desk.queue.slip(second.id).outline()
    for part in ("Perpustakaan Uji", "** A-02 **", "Senin, 23 November 2026 · 09.51"):
        assert part in outline
    assert "1 orang" in outline
    assert "20 menit" in outline
    assert "Dewi" not in desk.queue.slip(first.id).outline(), "a slip is left lying about"
    text = printed(desk.queue.slip(second.id))
    assert "A-02" in text
    assert "Halaman" not in text, "a slip has no foot"


def test_who_is_next_reads_that(desk: Desk, pcs: list[Workstation]) -> None:
    ticket = desk.queue.take(TicketDraft())
    outline = desk.queue.slip(ticket.id).outline()
    assert "You are the next one." in outline
    assert "Estimated wait" not in outline
    desk.queue.call(ticket.id, pcs[0].id)
    assert "You are the next one." in desk.queue.slip(ticket.id).outline()
    assert "PRACTICE" in desk.queue.slip(ticket.id, practice=True).outline()


def test_only_who_waits_has_a_slip(desk: Desk, fixed_clock: FixedClock) -> None:
    ticket = desk.queue.take(TicketDraft())
    assert desk.queue.get(ticket.id) == ticket
    fixed_clock.moment += timedelta(minutes=1)
    desk.queue.leave(ticket.id)
    with pytest.raises(RuleError, match="not here any more"):
        desk.queue.slip(ticket.id)
