"""What users do with balances: see who owes whom, set how one is kept, ask what more stays would change."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.balance import (
    BalanceTerms,
    Ledger,
    Standing,
    WhatIf,
    balance_problems,
    ledger_of,
    planned_sentence,
    sentence,
)
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution, Member, Partnership
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks
from partnerdesk.services.listing import this_year

if TYPE_CHECKING:
    from partnerdesk.domain.years import AcademicYear
    from partnerdesk.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """All that the balance with a partner shows, on screen and on paper; `partners` begins with the first."""

    partnership: Partnership
    partners: tuple[Institution, ...]
    terms: BalanceTerms
    ledger: Ledger
    year: AcademicYear

    @property
    def name(self) -> str:
        """Whom it is with."""
        return self.partners[0].name if self.partners else self.partnership.title

    def sentence(self, *changes: WhatIf) -> Text:
        """What one can tell the partner in a meeting."""
        return sentence(self.ledger, changes)

    @property
    def planned(self) -> Text | None:
        """What will be once all that is planned has come; None where nothing is planned."""
        return planned_sentence(self.ledger)


def standings(reader: Reader) -> list[Standing]:
    """How every partnership stands, the largest imbalance first."""
    from partnerdesk.store import balance

    return sorted(balance.standings(reader), key=lambda one: -abs(one.balance))


def balance_sheet(reader: Reader, partnership_id: int) -> BalanceSheet:
    """The balance of one partnership. Raises Missing."""
    return balance_sheets(reader, (partnership_id,))[0]


def balance_sheets(reader: Reader, partnership_ids: Sequence[int]) -> list[BalanceSheet]:
    """The balances of some partnerships, in their order, read in few questions. Raises Missing."""
    from partnerdesk.store import balance

    kept = {one.partnership_id: one for one in reader.where(BalanceTerms, "partnership_id", partnership_ids)}
    flows = balance.flows(reader, partnership_ids)
    year = this_year(reader)
    sheets = []
    for wanted in partnership_ids:
        members = [m.institution_id for m in reader.find(Member, partnership_id=wanted) if m.role != "home"]
        institutions = reader.many(Institution, members)
        terms = kept.get(wanted, BalanceTerms(partnership_id=wanted))
        partners = tuple(institutions[i] for i in members if i in institutions)
        sheets.append(BalanceSheet(reader.get(Partnership, wanted), partners, terms,
                                   ledger_of(terms, flows.get(wanted, ())), year))
    return sheets


def balances_with(reader: Reader, institution_id: int) -> list[BalanceSheet]:
    """The balances of every partnership with a partner."""
    found = [m.partnership_id for m in reader.find(Member, institution_id=institution_id) if m.role != "home"]
    return balance_sheets(reader, found)


def set_terms(sheet: BalanceSheet, **fields: Any) -> Deed[bool]:
    """Set in what a balance is kept (`unit`), its `opening`, the first year counted (`since`), its `bound`, a `note`.

    Raises Refused, Superseded.
    """

    def run(unit: Unit) -> bool:
        outcome = dataclasses.replace(sheet.terms, **fields)
        refuse_blocks(balance_problems(outcome))
        if not sheet.terms.id and not unit.find(BalanceTerms, partnership_id=sheet.partnership.id):
            unit.add(dataclasses.replace(outcome, partnership_id=sheet.partnership.id))
            return True
        there = unit.find(BalanceTerms, partnership_id=sheet.partnership.id)[0]
        return unit.change(BalanceTerms, there.id, sheet.terms.version if sheet.terms.id else None, **fields)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change how the balance with {name} is kept"),
                     name=sheet.name), run)
