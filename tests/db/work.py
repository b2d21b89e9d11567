"""A working day at the desk, for tests that look at what it leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from perpudesk.branch.model import ServiceDay, Signatory, SignatoryPlace
from perpudesk.core.codes import ClosedReason, DayState, Sex, VisitorType
from perpudesk.core.ids import new_id
from perpudesk.desk import Desk
from perpudesk.importing.batches import BatchDraft
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.patrons.service import ImportedPatron
from perpudesk.visits.model import Part, VisitDraft
from perpudesk.visits.service import ImportedVisit

WALK_IN = VisitDraft(profile=Profile(sex=Sex.FEMALE, age_band="17-25"), purpose="reading")
GROUP = VisitDraft(
    type=VisitorType.GROUP,
    count=30,
    institution="SDN 1 Arut Selatan",
    parts=(Part(sex=Sex.MALE, age_band="0-11", count=12),),
)


def a_day_at_the_desk(desk: Desk) -> None:
    """Everything the services can do, once: settings, people, visits, a file, taking back."""
    _settings(desk)
    _people(desk)
    _visits(desk)
    _file(desk)
    desk.check()
    assert desk.warnings() == []
    desk.clock_is_behind()


def _settings(desk: Desk) -> None:
    today = desk.store.today()
    desk.branch.set_up(
        name="Perpustakaan Uji", zone="WIB", letterhead=["PEMERINTAH KABUPATEN"], place="Kobar"
    )
    desk.branch.set_crest(b"\x89PNG not looked at here")
    desk.branch.set_crest(None)
    desk.branch.set_signatory(
        Signatory(place=SignatoryPlace.LEFT, name="Contoh", post="Kepala", rank=None, nip=None)
    )
    someone = desk.branch.add_staff("Rahmawati")
    desk.branch.rename_staff(someone.id, "Rahmawati S.")
    desk.branch.at_desk(someone.id)
    yesterday = today - timedelta(days=1)
    for state, reason in ((DayState.CLOSED, ClosedReason.POWER), (DayState.ESTIMATED, None)):
        desk.branch.set_day(
            ServiceDay(date=yesterday, state=state, reason=reason, note=None, minutes_open=None)
        )
    desk.branch.set_day(
        ServiceDay(
            date=yesterday, state=DayState.NOT_SET, reason=None, note=None, minutes_open=None
        )
    )
    desk.branch.set_holiday(today, "Hari Jadi Kabupaten")
    desk.branch.remove_staff(someone.id)


def _people(desk: Desk) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti Aminah", member_number="A-1", birth_year=1990))
    desk.patrons.change(siti.id, PatronDraft(name="Siti Aminah", member_number="A-2"))
    budi = desk.patrons.add(PatronDraft(name="Budi", age_band="26-45"))
    desk.visits.record_patron(siti, purpose="loan")
    assert desk.visits.repeat_since(siti.id)
    assert desk.patrons.find("sity")
    desk.patrons.remove(budi.id)


def _visits(desk: Desk) -> None:
    today = desk.store.today()
    for draft in (WALK_IN, WALK_IN, GROUP):
        visit = desk.visits.record(draft)
    desk.visits.change(visit.id, VisitDraft(count=3, on=today - timedelta(days=3), at=time(8, 30)))
    desk.visits.remove(visit.id, note="salah ketik")
    for step in (desk.undo, desk.undo, desk.redo, desk.undo):
        step()
    desk.visits.today()
    desk.visits.recent()
    desk.visits.days(today.replace(day=1), today)
    desk.visits.redate_after(today)


def _file(desk: Desk) -> None:
    batch, _ = bring_in(desk, rows=20)
    desk.batches.undo(batch)
    bring_in(desk, rows=20)


def bring_in(
    desk: Desk, *, rows: int = 1, sex: Sex = Sex.FEMALE, patrons: Sequence[ImportedPatron] = ()
) -> tuple[str, list[str]]:
    """A file of visits and of `patrons`; the batch and its visits."""
    day = desk.store.today().isoformat()
    visits = [
        ImportedVisit(
            id=new_id(),
            local_date=day,
            local_hour=None,
            occurred_at=None,
            precision="day",
            type="non_member",
            institution=None,
            patron_id=None,
            sex=str(sex),
            age_years=None,
        )
        for _ in range(rows)
    ]
    draft = BatchDraft(
        source="slims",
        file_name="a.csv",
        digest=new_id(),
        seen=desk.batches.newest_change(),
        visits=visits,
        patrons=patrons,
        result={},
    )
    return desk.batches.bring_in(draft).id, [each.id for each in visits]
