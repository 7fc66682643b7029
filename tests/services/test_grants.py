"""The grant of a stay: worked out, frozen at signature, worked out anew beside, paid, held; tables as data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.grants import GrantRate, GrantTable, Journey, calculate
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Override, Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import grant_tables as tables
from partnerdesk.services import grants, journal, partners
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"
TABLE = GrantTable(name="Erasmus+ 2025", programme="erasmus-ka131", call_year=2025)


class Grants:
    """An office with one stay from 15 September to 14 February, and short ways to deal with its grant."""

    def __init__(self, folder: Path) -> None:
        self.office = create_file(folder / "grants.partnerdesk")
        home, _ = do(self.office, set_home(name="Northbridge", latitude=51.752, longitude=-1.256), WHO)
        host, _ = do(self.office, partners.new_partner(
            Institution(name="Tsinghua", country="CN", latitude=39.908, longitude=116.397)), WHO)
        person = self.add(Person(family_name="Kos", given_names="Ida"))
        self.stay = self.add(Stay(
            person_id=person, sending_id=home, receiving_id=host, programme="erasmus-ka131",
            planned_from=date(2025, 9, 15), planned_to=date(2026, 2, 14), distance_km=5))
        self.table = self.act(tables.add_table(TABLE, [GrantRate(kind="month", amount=570.0)]))

    def add(self, record: Any) -> int:
        with self.office.write(Text("add"), WHO) as unit:
            return int(unit.add(record).id)

    def change(self, **fields: Any) -> None:
        with self.office.write(Text("change"), WHO) as unit:
            unit.change(Stay, self.stay, None, **fields)

    def act(self, deed: Any) -> Any:
        return do(self.office, deed, WHO)[0]

    def undo(self) -> None:
        with self.office.read() as reader:
            step = journal.undo_state(reader).undo
        assert step is not None
        self.act(journal.undo_deed(step))

    @property
    def file(self) -> grants.GrantFile:
        with self.office.read() as reader:
            return grants.grant_file(reader, self.stay)

    @property
    def kept(self) -> tables.TableFile:
        with self.office.read() as reader:
            return next(t for t in tables.table_files(reader) if t.table.id == self.table)

    def work_out(self, reason: str = "") -> int:
        return int(self.act(grants.work_out(self.file, self.kept.table, reason)))

    def sign(self, day: date = date(2025, 8, 1)) -> None:
        self.act(grants.sign(self.file, self.file.grants[-1].award, day))

    def told(self) -> list[tuple[int, str, float, list[tuple[float, bool, bool]]]]:
        return [(g.award.n, g.award.status, g.award.amount, [(p.amount, p.final, bool(p.paid_on)) for p in g.payments])
                for g in self.file.grants]


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Grants]:
    made = Grants(tmp_path)
    yield made
    made.office.close()


def test_that_a_grant_is_worked_out_line_by_line_and_kept_as_told(office: Grants) -> None:
    office.work_out()
    (grant,) = office.file.grants
    assert (grant.award.amount, grant.award.days, grant.award.status) == (2850.0, 150, "calculated")
    assert grant.current
    assert [(str(line.what), line.quantity, line.rate, line.amount) for line in grant.lines] == [
        ("Months", Decimal(5), Decimal("570.00"), Decimal("2850.00"))]


def test_that_a_calculation_is_made_anew_until_it_is_frozen(office: Grants) -> None:
    office.work_out()
    office.change(interruption_days=8)
    office.work_out()
    assert office.told() == [(1, "calculated", 2698.0, [])]
    office.act(grants.freeze(office.file, office.file.grants[0].award))
    office.work_out("Longer")
    assert [(n, status) for n, status, *_ in office.told()] == [(1, "frozen"), (2, "calculated")]
    with pytest.raises(Refused):
        office.act(grants.remove_award(office.file, office.file.grants[0].award))
    office.act(grants.remove_award(office.file, office.file.grants[1].award))
    assert len(office.file.grants) == 1


def test_that_signing_fixes_the_amounts_whatever_becomes_of_the_table(office: Grants) -> None:
    office.work_out()
    office.sign()
    assert office.told() == [(1, "signed", 2850.0, [(2280.0, False, False), (570.0, True, False)])]
    office.act(tables.change_rate(office.kept.table, office.kept.rates[0], amount=600.0))
    assert office.file.grants[0].award.amount == 2850.0
    office.work_out("New rates")
    assert [(n, amount) for n, _, amount, _ in office.told()] == [(1, 2850.0), (2, 3000.0)]
    assert office.file.current is not None and office.file.current.award.n == 1
    with pytest.raises(Refused):
        office.act(grants.sign(office.file, office.file.grants[0].award, date(2025, 9, 1)))


def test_that_a_later_calculation_takes_off_what_was_paid(office: Grants) -> None:
    office.work_out()
    office.sign()
    office.act(grants.pay(office.file, office.file.grants[0].payments[0], date(2025, 9, 1)))
    office.change(actual_from=date(2025, 9, 15), actual_to=date(2025, 12, 14))
    office.work_out("Came back early")
    office.sign(date(2026, 1, 10))
    assert office.told() == [
        (1, "closed", 2850.0, [(2280.0, False, True)]), (2, "signed", 1710.0, [(-570.0, True, False)])]
    assert office.file.left == Decimal("-570.00")
    assert [p.code for p in office.file.problems] == ["R85"]


def test_that_the_last_instalment_is_held_until_the_papers_of_the_return_are_in(office: Grants) -> None:
    paper = office.add(Document(stay_id=office.stay, stage="return", kind="transcript", state="required"))
    office.add(Document(stay_id=office.stay, stage="return", kind="recognition", state="required"))
    office.work_out()
    office.sign()
    last = office.file.grants[0].payments[1]
    assert office.file.missing == ("Transcript of records",)
    with pytest.raises(Refused) as refused:
        office.act(grants.pay(office.file, last, date(2026, 3, 1)))
    assert refused.value.problems[0].code == "R85"
    office.act(grants.pay(office.file, last, date(2026, 3, 1), "Host has burnt down"))
    with office.office.read() as reader:
        assert [(o.rule, o.reason) for o in reader.find(Override)] == [("R85", "Host has burnt down")]
    assert [p.code for p in office.file.problems] == ["R85"]
    office.undo()
    with office.office.write(Text("in"), WHO) as unit:
        unit.change(Document, paper, None, state="checked")
    for payment in office.file.grants[0].payments:
        office.act(grants.pay(office.file, payment, date(2026, 3, 2)))
    assert (office.file.left, office.file.grants[0].award.status) == (Decimal("0.00"), "paid")
    assert not office.file.problems
    office.act(grants.pay(office.file, office.file.grants[0].payments[1], None))
    assert office.file.grants[0].award.status == "signed"


def test_that_a_missing_rate_refuses_with_what_to_do(office: Grants) -> None:
    office.act(tables.remove_rates(office.kept.table, office.kept.rates))
    with pytest.raises(Refused) as refused:
        office.work_out()
    assert str(refused.value.problems[0].fix) == "Add it to the table"


def test_that_the_distance_is_that_entered_else_that_of_the_great_circle(office: Grants) -> None:
    assert office.file.journey.distance_km == 5
    office.change(distance_km=None)
    assert office.file.journey.distance_km is not None
    assert abs(office.file.journey.distance_km - 8180) < 60


def test_that_everything_about_a_grant_can_be_undone(office: Grants) -> None:
    office.work_out()
    before = office.told()
    office.sign()
    office.act(grants.change_payment(office.file, office.file.grants[0].payments[0], due_on=date(2025, 10, 1)))
    office.undo()
    office.undo()
    assert office.told() == before
    office.undo()
    assert office.told() == []


def test_that_news_of_a_grant_come_to_the_stay(office: Grants) -> None:
    _, news = do(office.office, grants.work_out(office.file, office.kept.table), WHO)
    assert news.ids("stay") == {office.stay}


def test_that_the_table_to_begin_with_has_the_published_figures_and_leaves_the_national_ones_open() -> None:
    table, rates = tables.starting_table()
    assert (table.first_payment_percent, table.currency, bool(table.source)) == (80, "EUR", True)
    winter = Journey(starts_on=date(2025, 9, 15), ends_on=date(2026, 2, 14), distance_km=612, green=True)
    assert [str(p.message) for p in calculate(winter, rates).problems] == ["The table has no rate per month"]
    filled = [replace(r, amount=570.0) if r.kind == "month" else r for r in rates]
    assert calculate(winter, filled).amount == Decimal("3267.00")


def test_that_tables_can_be_begun_copied_archived_and_removed_while_unused(office: Grants) -> None:
    office.act(tables.add_starting_table())
    office.work_out()
    with pytest.raises(Refused) as refused:
        office.act(tables.remove_table(office.kept.table))
    assert str(refused.value.problems[0].fix) == "Archive it instead"
    copy = office.act(tables.copy_table(office.kept, "Erasmus+ 2026", 2026))
    office.act(tables.archive_table(office.kept.table))
    with office.office.read() as reader:
        files = tables.table_files(reader)
        assert [(f.table.name, len(f.rates), f.awards) for f in files] == [
            ("Erasmus+ 2026", 1, 0), ("Erasmus+ 2025", 14, 0), ("Erasmus+ 2025", 1, 1)]
        made = reader.get(GrantTable, copy)
    office.act(tables.remove_table(made))
    with office.office.read() as reader:
        assert not reader.find(GrantRate, table_id=copy)


def test_that_the_table_of_the_programme_and_call_comes_first() -> None:
    stay = Stay(programme="erasmus-ka131")
    old, new = replace(TABLE, id=1, call_year=2024), replace(TABLE, id=2)
    other, gone = GrantTable(id=3, programme="turing", call_year=2026), replace(TABLE, id=4, archived_on=date.max)
    assert [t.id for t in tables.fitting_tables([other, gone, old, new], stay, date(2025, 9, 15))] == [2, 1, 3]
    dated = replace(old, valid_from=date(2024, 6, 1), valid_to=date(2026, 7, 31))
    late = replace(new, valid_from=date(2025, 10, 1))
    assert [t.id for t in tables.fitting_tables([late, dated], stay, date(2025, 9, 15))] == [1, 2]


def test_that_wrong_tables_and_rates_are_refused(office: Grants) -> None:
    for deed in (tables.add_table(replace(TABLE, name=" ")), tables.change_table(office.kept.table, name=""),
                 tables.add_rate(office.kept.table, GrantRate(low=3, high=2)),
                 tables.change_rate(office.kept.table, office.kept.rates[0], amount=-1.0)):
        with pytest.raises(Refused):
            office.act(deed)
    rate = office.act(tables.add_rate(office.kept.table, GrantRate(kind="travel", low=10, high=99, amount=28.0)))
    assert [(r.id, r.position) for r in office.kept.rates][-1] == (rate, 1)
