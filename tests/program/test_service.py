"""The program's records on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core.codes import AdvocacyKind, Channel, Domain, Funding, PartnerKind
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.program.model import AdvocacyAction, MediaItem, Partner, Story
from perpudesk.reports.letter import Letter
from perpudesk.visits.model import VisitDraft

TODAY = date(2026, 11, 23)
OCTOBER = Period.parse("2026-10")
STORY = Story(day=TODAY, title="Toko daring", before="a", helped="b", after="c")


@pytest.fixture
def closed(desk: Desk) -> Desk:
    """October is closed, and who changes it is refused."""
    desk.visits.record(VisitDraft(on=date(2026, 10, 5)))
    desk.closings.close(OCTOBER, Letter())
    desk.ask_before(lambda _question: False)
    return desk


def test_a_partner_is_kept_and_warned_of(desk: Desk) -> None:
    partner = Partner(
        name="Telkom",
        kind=PartnerKind.COMPANY,
        mou_number="041/2026",
        from_on=date(2026, 1, 1),
        until_on=date(2026, 12, 31),
        support="Internet\nPelatih",
        note="Bu Ani",
    )
    made = desk.program.partners.add(partner)
    assert made.what == partner
    other = desk.program.partners.add(Partner(name="SMKN 1"))
    assert [each.what.name for each in desk.program.partners.all()] == ["SMKN 1", "Telkom"]
    assert [each.id for each in desk.program.partners.ending_soon(TODAY)] == [made.id]
    assert len(desk.program.partners.valid_on(TODAY)) == 2
    desk.program.partners.change(made.id, replace(partner, until_on=None))
    assert desk.program.partners.ending_soon(TODAY) == []
    desk.undo()
    desk.program.partners.remove(other.id)
    with pytest.raises(RuleError):
        desk.program.partners.get(other.id)
    desk.undo()
    assert desk.program.partners.get(other.id).what.from_on == TODAY


def test_actions_and_media_are_kept(desk: Desk) -> None:
    action = AdvocacyAction(
        day=TODAY,
        kind=AdvocacyKind.BUDGET,
        institution="DPRD",
        purpose="Anggaran buku",
        result="Disetujui",
        amount=75_000_000,
        year=2027,
        funding=Funding.APBD,
        document_number="12/2026",
        note="x",
    )
    assert desk.program.actions.add(action).what == action
    item = MediaItem(
        day=TODAY, channel=Channel.FACEBOOK, title="Kelas", link="https://contoh.id", note="x"
    )
    made = desk.program.media.add(item)
    assert [each.what for each in desk.program.media.all()] == [item]
    assert desk.program.media.change(made.id, item).what == item
    with pytest.raises(InputError):
        desk.program.media.add(replace(item, title=""))
    assert len(desk.program.media.all()) == 1


def test_a_story_leaves_only_with_consent(desk: Desk) -> None:
    sari = desk.patrons.add(PatronDraft(name="Sari"))
    stories = desk.program.stories
    made = stories.add(
        replace(STORY, person_id=sari.id, pseudonym="Bu S.", domain=Domain.ECONOMY, evidence="Foto")
    )
    with pytest.raises(RuleError, match="no consent"):
        stories.to_print(made.id)
    with pytest.raises(InputError):
        stories.verify(made.id)
    agreed = stories.change(made.id, replace(made.what, consent_on=TODAY))
    assert stories.to_print(made.id) == agreed.what
    assert stories.called(agreed.what) == "Bu S."
    assert stories.person(agreed.what) == "Sari"
    named = stories.change(made.id, replace(agreed.what, named=True))
    assert stories.called(named.what) == "Sari"
    assert stories.verify(made.id).what.counts
    assert not stories.verify(made.id, verified=False).what.counts
    assert stories.person(STORY) is None
    with pytest.raises(InputError) as refused:
        stories.add(replace(STORY, person_id="nobody"))
    assert refused.value.field == "person_id"


def test_a_budget_has_one_amount_for_a_year_and_source(desk: Desk) -> None:
    budgets = desk.program.budgets
    budgets.put(2025, Funding.APBD, 100)
    budgets.put(2026, Funding.APBD, 150)
    budgets.put(2026, Funding.VILLAGE, 50)
    budgets.put(2026, Funding.APBD, 160)
    assert [(each.year, each.total) for each in budgets.years()] == [(2025, 100), (2026, 210)]
    budgets.put(2026, Funding.VILLAGE, None)
    assert budgets.years()[-1].total == 160
    desk.undo()
    assert budgets.years()[-1].total == 210
    with pytest.raises(InputError) as refused:
        budgets.put(2026, Funding.CSR, 10**15)
    assert refused.value.field == "amount"
    with pytest.raises(InputError):
        budgets.put(20, Funding.CSR, 1)


def test_what_a_closed_month_counts_asks_before_it_changes(closed: Desk) -> None:
    program, day = closed.program, date(2026, 10, 6)
    action = AdvocacyAction(day=day, kind=AdvocacyKind.MOU, institution="Desa")
    agreed = replace(STORY, day=day, consent_on=day, verified_on=day)
    for change in (
        lambda: program.actions.add(action),
        lambda: program.media.add(MediaItem(day=day, channel=Channel.RADIO, title="Siaran")),
        lambda: program.stories.add(agreed),
        lambda: program.partners.add(Partner(name="Desa", from_on=day)),
        lambda: program.budgets.put(2025, Funding.APBD, 5),
    ):
        with pytest.raises(RuleError) as refused:
            change()
        assert refused.value.code == "left_closed"
    program.stories.add(replace(agreed, verified_on=None))
    program.partners.add(Partner(name="Desa"))
    program.budgets.put(2024, Funding.APBD, 5)
    assert not closed.closings.revisions(OCTOBER)[0].altered
    closed.ask_before(lambda _question: True)
    program.actions.add(action)
    assert closed.closings.revisions(OCTOBER)[0].altered
