"""Balances with partners: what counts, how one is kept, the list of all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.balance import BalanceTerms, WhatIf
from partnerdesk.domain.partners import Institution, Member
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused, Superseded
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import balance, journal, partners
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


class Exchange:
    """An office with two partners, and short ways to send people there and back."""

    def __init__(self, folder: Path) -> None:
        self.office = create_file(folder / "balance.partnerdesk")
        do(self.office, set_home(name="Northbridge"), WHO)
        self.partners = [int(do(self.office, partners.new_partner(Institution(name=name)), WHO)[0])
                         for name in ("Leiden", "Aarhus")]
        with self.office.write(Text("person"), WHO) as unit:
            self.person = unit.add(Person(family_name="Kos")).id
            for partner in self.partners:
                partners.ensure_partnership(unit, partner)

    def stays(self, direction: str, n: int, at: int = 0, **fields: Any) -> None:
        side = "receiving_id" if direction == "out" else "sending_id"
        values: dict[str, Any] = {"year": 2025, "term": "1/2", "sending_status": "live", "receiving_status": "verified",
                                  side: self.partners[at], **fields}
        with self.office.write(Text("stays"), WHO) as unit:
            unit.add_many([Stay(person_id=self.person, direction=direction, **values)
                           for _ in range(n)])

    def sheet(self, at: int = 0) -> balance.BalanceSheet:
        with self.office.read() as reader:
            return balance.balances_with(reader, self.partners[at])[0]

    def standings(self) -> list[tuple[str, float, float]]:
        with self.office.read() as reader:
            return [(one.partner, one.balance, one.forecast) for one in balance.standings(reader)]

    def act(self, deed: Any) -> Any:
        return do(self.office, deed, WHO)[0]

    def undo(self) -> None:
        with self.office.read() as reader:
            step = journal.undo_state(reader).undo
        assert step is not None
        self.act(journal.undo_deed(step))


@pytest.fixture
def exchange(tmp_path: Path, stopped_clock: Any) -> Iterator[Exchange]:
    made = Exchange(tmp_path)
    yield made
    made.office.close()


def test_that_103_sent_and_114_received_are_11_behind_and_six_years_more_23(exchange: Exchange) -> None:
    exchange.stays("out", 103, year=2024)
    exchange.stays("in", 114)
    exchange.act(balance.set_terms(exchange.sheet(), unit="terms"))
    sheet = exchange.sheet()
    assert (sheet.ledger.sent, sheet.ledger.received, sheet.ledger.balance) == (103, 114, -11)
    assert str(sheet.sentence(WhatIf(direction="in", years=6))) == "You are 11 semesters behind; this makes 23."
    assert sheet.ledger.after(WhatIf(direction="in", years=11)) == -33


def test_that_only_what_counts_counts(exchange: Exchange) -> None:
    exchange.stays("out", 2)
    exchange.stays("out", 1, counts_in_balance=False)
    exchange.stays("out", 1, sending_status="cancelled")
    exchange.stays("out", 1, receiving_status="rejected")
    exchange.stays("out", 3, sending_status="planned", receiving_status="none")
    exchange.stays("out", 4, deleted_at="2026-01-01")
    ledger = exchange.sheet().ledger
    assert (ledger.balance, ledger.forecast) == (2, 5)
    assert exchange.standings() == [("Leiden", 2, 5)]


def test_that_the_list_begins_with_the_largest_imbalance(exchange: Exchange) -> None:
    exchange.stays("out", 2)
    exchange.stays("in", 5, at=1)
    assert [name for name, *_ in exchange.standings()] == ["Aarhus", "Leiden"]


def test_that_the_list_and_the_ledger_agree_in_every_unit_and_from_every_year_on(exchange: Exchange) -> None:
    for year in (2022, 2023, 2024, 2025, None):
        exchange.stays("out", 2, year=year, term="1/1")
        exchange.stays("in", 3, year=year, sending_status="planned", receiving_status="none")
        exchange.stays("in", 1, year=year, attribute="short-term-blended")
    for unit in ("heads", "months", "terms"):
        for since in (None, 2023, 2026):
            exchange.act(balance.set_terms(exchange.sheet(), unit=unit, since=since, opening=1.5))
            ledger = exchange.sheet().ledger
            assert exchange.standings() == [("Leiden", ledger.balance, ledger.forecast)]


def test_that_how_a_balance_is_kept_is_judged_and_can_be_undone(exchange: Exchange) -> None:
    with pytest.raises(Refused):
        exchange.act(balance.set_terms(exchange.sheet(), bound=-1.0))
    sheet = exchange.sheet()
    exchange.act(balance.set_terms(sheet, opening=-4.0))
    exchange.act(balance.set_terms(exchange.sheet(), bound=3.0))
    assert exchange.sheet().ledger.beyond
    with pytest.raises(Superseded):
        late = replace(exchange.sheet(), terms=replace(exchange.sheet().terms, version=1))
        exchange.act(balance.set_terms(late, note="late"))
    exchange.undo()
    exchange.undo()
    assert exchange.sheet().ledger.balance == 0
    assert exchange.standings() == []


def test_that_news_of_a_balance_come_to_the_partner_and_the_partnership(exchange: Exchange) -> None:
    sheet = exchange.sheet()
    _, news = do(exchange.office, balance.set_terms(sheet, opening=2.0), WHO)
    assert sheet.partnership.id in news.ids("partnership")


def test_that_a_partnership_of_several_is_told_by_its_first_partner(exchange: Exchange) -> None:
    with exchange.office.write(Text("join"), WHO) as unit:
        unit.add(Member(partnership_id=exchange.sheet().partnership.id, institution_id=exchange.partners[1]))
    exchange.stays("out", 1)
    assert exchange.standings() == [("Leiden", 1, 1)]
    assert exchange.sheet().name == "Leiden"


def test_that_a_purged_partner_takes_its_balance_along(exchange: Exchange) -> None:
    sheet = exchange.sheet()
    exchange.act(balance.set_terms(sheet, opening=2.0))
    exchange.act(partners.delete_partners(sheet.partners))
    with exchange.office.read() as reader:
        gone = reader.get(Institution, exchange.partners[0])
    assert exchange.standings() == []
    exchange.act(partners.purge_partner(gone))
    with exchange.office.read() as reader:
        assert not reader.find(BalanceTerms)


def test_that_stays_from_before_the_partnership_count_once_there_is_one(exchange: Exchange) -> None:
    made, _ = do(exchange.office, partners.new_partner(Institution(name="Turku")), WHO)
    exchange.partners.append(made)
    exchange.stays("in", 2, at=2)
    assert exchange.standings() == []
    with exchange.office.write(Text("meet"), WHO) as unit:
        met = partners.ensure_partnership(unit, made)
    assert exchange.standings() == [("Turku", -2, -2)]
    with exchange.office.write(Text("part"), WHO) as unit:
        for member in unit.find(Member, partnership_id=met.id):
            unit.remove(Member, member.id)
    with exchange.office.read() as reader:
        assert balance.balance_sheet(reader, met.id).ledger.lines == ()
