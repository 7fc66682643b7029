"""Places: used, held and free by condition and year, through new versions of a paper, divided among faculties."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, ConditionYear
from partnerdesk.domain.calls import Application, Call
from partnerdesk.domain.partners import Institution, OrgUnit
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import RECEIVING_STATUSES, SENDING_STATUSES
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.quota import Usage, totals, usage_of
from partnerdesk.domain.shares import ConditionShare
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import agreements, journal, partners, places
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"
TERMS = AgreementVersion(first_year=2024, last_year=2026)


class Paper:
    """An office with one agreement, four places out and three in, and short ways to use them."""

    def __init__(self, folder: Path) -> None:
        self.office = create_file(folder / "places.partnerdesk")
        self.home, _ = do(self.office, set_home(name="Northbridge"), WHO)
        self.partner, _ = do(self.office, partners.new_partner(Institution(name="Łódź", country="PL")), WHO)
        with self.office.read() as reader:
            host = reader.get(Institution, self.partner)
        conditions = [Condition(direction="out", heads=4), Condition(direction="in", heads=3)]
        deed = agreements.new_agreement(host, Agreement(type="student_exchange", our_code="A-1"), TERMS, conditions)
        self.id, _ = do(self.office, deed, WHO)
        self.people = iter([self.add(Person(family_name=f"No. {n}")) for n in range(30)])
        self.call = self.add(Call(title="Autumn", year=2025))

    def add(self, record: Any) -> int:
        with self.office.write(Text("add"), WHO) as unit:
            return int(unit.add(record).id)

    def act(self, deed: Any) -> Any:
        return do(self.office, deed, WHO)[0]

    def undo(self) -> None:
        with self.office.read() as reader:
            step = journal.undo_state(reader).undo
        assert step is not None
        self.act(journal.undo_deed(step))

    @property
    def file(self) -> agreements.AgreementFile:
        with self.office.read() as reader:
            return agreements.agreement_file(reader, self.id)

    @property
    def out(self) -> int:
        file = self.file
        assert file.current is not None
        return next(c.id for c in file.conditions_of(file.current.id) if c.direction == "out")

    def sign(self) -> None:
        for side in ("our", "partner"):
            file = self.file
            party = next(p for p in file.parties if p.side == side)
            self.act(agreements.sign(file.agreement, file.versions[-1], party, date(2024, 3, 1)))

    def stay(self, sending: str, receiving: str = "verified", **fields: Any) -> int:
        values = {"year": 2025, "condition_id": self.out, "agreement_id": self.id, **fields}
        return self.add(Stay(person_id=next(self.people), receiving_id=self.partner, sending_status=sending,
                             receiving_status=receiving, **values))

    def offer(self, offer: str) -> int:
        return self.add(Application(call_id=self.call, person_id=next(self.people), offer=offer,
                                    condition_id=self.out))

    def usage(self, year: int = 2025) -> Usage:
        with self.office.read() as reader:
            return places.usage(reader, [self.out], year)[self.out]

    def grid(self) -> places.Grid:
        with self.office.read() as reader:
            return places.places_grid(reader, 2025)


@pytest.fixture
def paper(tmp_path: Path, stopped_clock: Any) -> Iterator[Paper]:
    made = Paper(tmp_path)
    yield made
    made.office.close()


def test_that_two_live_one_nominated_and_one_offer_leave_nothing_of_four_places(paper: Paper) -> None:
    paper.stay("live")
    paper.stay("live")
    paper.stay("nomination", "pending")
    paper.stay("nomination", "rejected")
    paper.offer("offered")
    paper.offer("declined")
    usage = paper.usage()
    assert (usage.places, usage.used, usage.held, usage.free) == (4, 3, 1, 0)
    assert paper.usage(2026) == Usage(4, 0, 0)


@settings(max_examples=12)
@given(changes=st.lists(st.tuples(
    st.integers(0, 4), st.sampled_from(SENDING_STATUSES), st.sampled_from(RECEIVING_STATUSES)), max_size=8))
def test_that_free_used_and_held_are_the_places_after_any_changes_of_status(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str, str]]
) -> None:
    paper = Paper(tmp_path_factory.mktemp("places"))
    try:
        stays = [paper.stay("planned", "none") for _ in range(5)]
        paper.offer("offered")
        for which, sending, receiving in changes:
            with paper.office.write(Text("move"), WHO) as unit:
                unit.change(Stay, stays[which], None, sending_status=sending, receiving_status=receiving)
            usage = paper.usage()
            assert usage.free is not None
            assert usage.free + usage.used + usage.held == usage.places == 4
            with paper.office.read() as reader:
                condition = reader.get(Condition, paper.out)
                assert usage == usage_of(condition, (), 2025, reader.find(Stay), ["offered"])
    finally:
        paper.office.close()


def test_that_stays_of_an_earlier_version_use_the_places_of_the_one_in_force(paper: Paper) -> None:
    paper.sign()
    paper.stay("live")
    before = paper.out
    file = paper.file
    paper.act(agreements.new_version(file.agreement, file.versions[0]))
    assert paper.usage().used == 1
    paper.sign()
    assert paper.out != before
    paper.stay("live")
    assert paper.usage().used == 2
    assert [row.cells[0].usage.used for row in paper.grid().rows if row.direction == "out"] == [2]


def test_that_the_grid_shows_each_condition_in_each_year_and_where_no_agreement_is(paper: Paper) -> None:
    paper.sign()
    paper.stay("live", year=2026)
    grid = paper.grid()
    assert [str(year) for year in grid.years] == ["2025/2026", "2026/2027", "2027/2028", "2028/2029"]
    out, into = grid.rows
    assert (out.partner, out.code, out.direction, into.direction) == ("Łódź", "A-1", "out", "in")
    assert [cell.state for cell in out.cells] == ["covered", "covered", "outside", "outside"]
    assert [cell.red for cell in out.cells] == [False, False, True, True]
    assert [cell.usage.free for cell in out.cells] == [4, 3, None, None]


def test_that_a_draft_grants_places_that_are_not_signed(paper: Paper) -> None:
    assert {cell.state for row in paper.grid().rows for cell in row.cells[:2]} == {"unsigned"}


def test_that_totals_foot(paper: Paper) -> None:
    paper.sign()
    paper.stay("live")
    paper.offer("offered")
    rows = paper.grid().rows
    (sums,) = totals(rows).values()
    for n, total in enumerate(sums):
        assert total.used == sum(row.cells[n].usage.used for row in rows)
        assert (total.places or 0) == sum(row.cells[n].usage.places or 0 for row in rows)
    assert sums[0] == Usage(7, 1, 1)


def test_that_an_exception_of_a_year_is_seen_in_the_grid(paper: Paper) -> None:
    paper.act(agreements.set_exception(paper.file.agreement, ConditionYear(
        condition_id=paper.out, year=2025, closed=True, reason="Building")))
    assert paper.grid().rows[0].cells[0].usage.places == 0


def test_that_an_agreement_in_the_trash_grants_no_places(paper: Paper) -> None:
    paper.act(agreements.delete_agreements([paper.file.agreement]))
    assert not paper.grid().rows


def faculties(paper: Paper) -> list[int]:
    return [paper.add(OrgUnit(institution_id=paper.home, name=name)) for name in ("Arts", "Law")]


def division(paper: Paper, year: int = 2025) -> places.Division:
    with paper.office.read() as reader:
        return places.division(reader, paper.out, year)


def test_that_places_are_divided_among_our_faculties_and_no_further_than_there_are(paper: Paper) -> None:
    arts, law = faculties(paper)
    paper.act(places.set_share(division(paper), arts, 3))
    now = division(paper)
    assert ([f.name for f in now.faculties], now.given, now.left) == (["Arts", "Law"], 3, 1)
    with pytest.raises(Refused) as refused:
        paper.act(places.set_share(now, law, 2))
    assert refused.value.problems[0].code == "R31"
    paper.act(places.set_share(now, law, 1))
    with paper.office.read() as reader:
        assert places.shares(reader, [paper.out], 2025) == {paper.out: {arts: 3, law: 1}}
        assert places.shares(reader, [paper.out], 2026) == {}
    paper.undo()
    assert division(paper).given == 3


def test_that_a_new_version_keeps_how_places_were_divided(paper: Paper) -> None:
    arts, law = faculties(paper)
    paper.act(places.set_share(division(paper), arts, 3))
    paper.sign()
    file = paper.file
    paper.act(agreements.new_version(file.agreement, file.versions[0]))
    paper.sign()
    assert division(paper).given == 3
    paper.act(places.set_share(division(paper), law, 1))
    assert {k: v.heads for k, v in division(paper).shares.items()} == {arts: 3, law: 1}
    paper.act(places.set_share(division(paper), arts, None))
    assert division(paper).given == 1


def test_that_shares_go_and_come_back_with_their_condition(paper: Paper) -> None:
    arts, _ = faculties(paper)
    paper.act(places.set_share(division(paper), arts, 3))
    gone = paper.out
    condition = next(c for c in paper.file.conditions if c.id == gone)
    paper.act(agreements.remove_condition(paper.file.agreement, condition))
    with paper.office.read() as reader:
        assert not reader.find(ConditionShare)
    paper.undo()
    assert division(paper).given == 3


def test_that_a_draft_with_shares_can_be_dropped_and_purged(paper: Paper) -> None:
    arts, _ = faculties(paper)
    file = paper.file
    paper.act(agreements.new_version(file.agreement, file.versions[0]))
    paper.act(places.set_share(division(paper), arts, 3))
    file = paper.file
    paper.act(agreements.remove_version(file.agreement, next(v for v in file.versions if v.n == 2)))
    paper.act(places.set_share(division(paper), arts, 2))
    paper.act(agreements.delete_agreements([paper.file.agreement]))
    with paper.office.read() as reader:
        gone = reader.get(Agreement, paper.id)
    paper.act(agreements.purge_agreement(gone))
    with paper.office.read() as reader:
        assert not reader.find(ConditionShare)


def test_that_who_accepted_holds_the_place_until_the_nomination_uses_it(paper: Paper) -> None:
    paper.sign()
    stay = paper.stay("planned", "none", selected_on=date(2025, 2, 1))
    paper.stay("planned", "none")
    with paper.office.read() as reader:
        before = places.usage(reader, [paper.out], 2025)[paper.out]
        (row,) = [row for row in places.places_grid(reader, 2025).rows if row.condition_id == paper.out]
        condition = reader.get(Condition, paper.out)
        assert before == usage_of(condition, (), 2025, reader.find(Stay))
    assert (before.used, before.held, before.free) == (0, 1, 3)
    assert row.cells[0].usage == before
    with paper.office.write(Text("nominate"), WHO) as unit:
        unit.change_many(Stay, [stay], sending_status="nomination", receiving_status="pending")
    with paper.office.read() as reader:
        after = places.usage(reader, [paper.out], 2025)[paper.out]
    assert (after.used, after.held, after.free) == (1, 0, 3)
