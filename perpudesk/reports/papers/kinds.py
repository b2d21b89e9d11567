"""Which papers there are beside the report."""

from __future__ import annotations

from enum import StrEnum

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.times import Period, PeriodKind

OF_A_YEAR = Problem("of_a_year", "Pasal 15 asks for a whole year. Write one like 2026.")


class PaperKind(StrEnum):
    """A paper beside the report."""

    COMPARISON = "comparison"
    DAYS = "days"
    VISITS = "visits"
    TPBIS = "tpbis"
    PASAL15 = "pasal15"

    def check(self, period: Period) -> None:
        """Raise `InputError` (field `period`) for a period that this paper is not made of."""
        if self is PaperKind.PASAL15 and period.kind is not PeriodKind.YEAR:
            raise InputError(OF_A_YEAR, field="period")
