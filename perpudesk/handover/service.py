"""How the branch stands, asked of every room that knows a part of it; reads only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from perpudesk.access.service import AccessService
from perpudesk.agenda.model import Entry
from perpudesk.agenda.service import AgendaService
from perpudesk.backups.service import BackupService
from perpudesk.communities.decisions import DecisionService
from perpudesk.communities.model import Decision
from perpudesk.handover.model import WEEKS, Copied, Handover, Unfinished, nameless, unfinished
from perpudesk.patrons.service import PatronService
from perpudesk.reports.closing import MonthState
from perpudesk.reports.periodic.checks import looks, wrongs
from perpudesk.reports.service import ReportService


class HandoverService:
    """One use case: what the next officer must know."""

    def __init__(
        self,
        reports: ReportService,
        backups: BackupService,
        access: AccessService,
        *,
        agenda: AgendaService,
        decisions: DecisionService,
        patrons: PatronService,
    ) -> None:
        """Ask these."""
        self._reports, self._backups, self._access = reports, backups, access
        self._agenda, self._decisions, self._patrons = agenda, decisions, patrons

    def now(self) -> Handover:
        """How the branch stands at this moment."""
        today = self._backups.today()
        states, older = unfinished(map(self._reports.state, self._reports.months()))
        decisions = self._decisions.open()
        coming = self._agenda.between(today, today + timedelta(weeks=WEEKS))
        names = self._names() if decisions or coming else []

        def hide(text: str) -> str:
            return nameless(text, names)

        return Handover(
            on=today,
            zone=self._backups.zone,
            folder=self._backups.folder,
            copied=self._copied(),
            locked=self._access.in_use(),
            keepers=tuple(self._access.keepers()),
            months=tuple(map(self._unfinished, states)),
            older=tuple(older),
            decisions=tuple(_decision(each, hide) for each in decisions),
            coming=tuple(_entry(each, hide) for each in coming if each.stands),
        )

    def _names(self) -> list[str]:
        return [each.name for each in self._patrons.page(0, self._patrons.count())]

    def _unfinished(self, state: MonthState) -> Unfinished:
        shown = self._reports.reported(state.month)
        return Unfinished(state=state, wrongs=wrongs(shown), looks=looks(shown))

    def _copied(self) -> Copied:
        standing = self._backups.standing()
        newest = self._backups.copies(Path(standing.place)) if standing.away else []
        return Copied(
            here=standing.here,
            away=standing.away,
            own_folder=self._backups.own_folder,
            place=standing.place,
            sealed=newest[0].sealed if newest else None,
            has_sheet=self._backups.public_key() is not None,
        )


def _decision(each: Decision, hide: Callable[[str], str]) -> Decision:
    """Without the person it is for; an office is no person."""
    office = each.owner_office
    return replace(
        each,
        text=hide(each.text),
        meeting=hide(each.meeting),
        owner=None if office is None else hide(office),
        owner_office=None,
        owner_id=None,
        note=None,
    )


def _entry(each: Entry, hide: Callable[[str], str]) -> Entry:
    place = each.schedule.place
    schedule = replace(each.schedule, place=None if place is None else hide(place))
    return replace(each, title=hide(each.title), schedule=schedule)
