"""The lists against plain loops over the records: states in SQL, filters, orders, places."""

from datetime import date, timedelta
from functools import cmp_to_key
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import RUNNING, STATES, Agreement, Condition, ConditionYear, Facts, places_in, rolled
from partnerdesk.domain.agreements import state_of as state_of
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Contact, Institution, Member, Partnership
from partnerdesk.domain.text import fold
from partnerdesk.services import listing, trash
from partnerdesk.store import listing as sql
from partnerdesk.store import schema
from partnerdesk.store.agreements import facts_for
from partnerdesk.store.driver import connect
from tests.store.walks import Walk

days = st.none() | st.dates(date(2024, 1, 1), date(2029, 1, 1))
some_facts = st.builds(Facts, days, days, days, days, days, days, days, st.none() | st.sampled_from((0, 1, 7, 12, 24)))


@given(some_facts, st.dates(date(2024, 6, 1), date(2028, 6, 1)))
@settings(max_examples=400)
def test_that_the_state_in_sql_is_the_one_of_the_domain(facts: Facts, today: date) -> None:
    now = rolled(facts, today)
    assert _in_sql(facts, today) == (
        STATES.index(state_of(facts, today)), state_of(facts, today) in RUNNING, now.ends_on, now.notice_on)


def _in_sql(facts: Facts, today: date) -> tuple[int, bool, date | None, date | None]:
    from sqlalchemy.dialects import sqlite

    expressions = (sql.rank(today), sql.running(today), sql.ends_on(today), sql.notice_on(today))
    query = sa.select(*expressions).select_from(schema.agreement_fact)
    said = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    connection = _memory()
    connection.execute("DELETE FROM agreement_fact")
    stored = [day.isoformat() if day else None for day in (
        facts.ours_on, facts.theirs_on, facts.starts_on, facts.ends_on, facts.notice_on, facts.termination_on,
        facts.superseded_on)]
    connection.execute("INSERT INTO agreement_fact VALUES (1, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, '', 1)",
                       (*stored, facts.renew_months))
    rank, running, ends, notice = connection.execute(said).fetchone()
    return rank, bool(running), date.fromisoformat(ends) if ends else None, (
        date.fromisoformat(notice) if notice else None)


_kept: list[Any] = []


def _memory() -> Any:
    if not _kept:
        connection = connect(Path(":memory:"), mode="memory")
        connection.execute(str(sa.schema.CreateTable(schema.agreement_fact)))
        _kept.append(connection)
    return _kept[0]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from tests.conftest import STOPPED_AT

    with clock.fixed(STOPPED_AT):
        made = Walk(tmp_path_factory.mktemp("lists"), 7)
        made.steps(500)
        yield made
    made.office.close()


class Oracle:
    """All records of an office in memory, and the lists worked out by loops."""

    def __init__(self, reader: Any) -> None:
        self.reader, self.today = reader, clock.today()
        self.institutions = {i.id: i for i in reader.find(Institution)}
        self.members = reader.find(Member)
        self.partnerships = {p.id: p for p in reader.find(Partnership)}
        self.agreements = {a.id: a for a in reader.find(Agreement)}
        self.facts = {i: facts_for(reader, i) for i in self.agreements}
        self.year = listing.this_year(reader)
        month, day = self.year_start()
        self.first_day = date(self.year.first, month, day)
        self.last_day = date(self.year.first + 1, month, day) - timedelta(days=1)

    def year_start(self) -> tuple[int, int]:
        from partnerdesk.store.settle import year_start

        return year_start(self.reader)

    def relation(self, institution: Institution) -> Partnership:
        mine = [m for m in self.members if m.institution_id == institution.id and m.role != "home"]
        return self.partnerships[mine[0].partnership_id] if mine else Partnership(stage="", tier=None)

    def partner_of(self, agreement: Agreement) -> Institution | None:
        found = [m for m in self.members if m.partnership_id == agreement.partnership_id and m.role != "home"]
        return self.institutions[found[0].institution_id] if found else None

    def papers(self, institution: Institution) -> list[Agreement]:
        return [a for a in self.agreements.values() if not a.deleted_at and a.archived_on is None
                and (lead := self.partner_of(a)) is not None and lead.id == institution.id]

    def state(self, agreement: Agreement) -> Any:
        return state_of(self.facts[agreement.id][1], self.today)

    def end(self, agreement: Agreement) -> date | None:
        return rolled(self.facts[agreement.id][1], self.today).ends_on

    def lead(self, institution: Institution) -> Agreement | None:
        return min(self.papers(institution), default=None,
                   key=lambda a: (STATES.index(self.state(a)), self.end(a) or date.max))

    def granted(self, agreement: Agreement, direction: str) -> int:
        version_id, facts = self.facts[agreement.id]
        if facts.starts_on is not None and facts.starts_on > self.last_day:
            return 0
        if facts.ends_on is not None and facts.ends_on < self.first_day and not facts.renew_months:
            return 0
        conditions = [c for c in self.reader.find(Condition, version_id=version_id or 0) if c.direction == direction]
        return sum(places_in(c, self.reader.find(ConditionYear, condition_id=c.id), self.year.first) or 0
                   for c in conditions)

    def partners(self) -> list[Institution]:
        return [i for i in self.institutions.values() if not i.is_home and not i.deleted_at and i.archived_on is None]

    def papers_shown(self) -> list[Agreement]:
        return [a for a in self.agreements.values() if not a.deleted_at and a.archived_on is None]

    def partner_name(self, agreement: Agreement) -> str:
        lead = self.partner_of(agreement)
        return fold(lead.name) if lead else ""


def in_order(records: list[Any], key: Any, name: Any, descending: bool = False) -> list[int]:
    """Ids by a key, empty ones last, then by name and id."""

    def compare(a: Any, b: Any) -> int:
        x, y = key(a), key(b)
        if (x in (None, "")) != (y in (None, "")):
            return 1 if x in (None, "") else -1
        if x not in (None, "") and x != y:
            return (-1 if x < y else 1) * (-1 if descending else 1)
        return -1 if (name(a), a.id) < (name(b), b.id) else 1

    return [one.id for one in sorted(records, key=cmp_to_key(compare))]


@pytest.mark.parametrize("descending", [False, True])
def test_that_partners_stand_in_the_order_asked_for(walk: Walk, descending: bool) -> None:
    with walk.office.read() as reader:
        o = Oracle(reader)
        keys = {
            "country": lambda i: i.country, "city": lambda i: i.city, "tier": lambda i: o.relation(i).tier,
            "stage": lambda i: o.relation(i).stage, "responsible": lambda i: o.relation(i).responsible,
            "agreements": lambda i: len(o.papers(i)), "ends": lambda i: o.end(lead) if (lead := o.lead(i)) else None,
            "state": lambda i: STATES.index(o.state(lead)) if (lead := o.lead(i)) else 99,
        }
        for sort, key in keys.items():
            found = listing.partner_ids(reader, ListQuery(sort=sort, descending=descending))
            assert found == in_order(o.partners(), key, lambda i: fold(i.name), descending), sort
            assert listing.partner_ids(reader, ListQuery(sort=sort, descending=descending), 3) == found[:3]
            assert listing.partner_ids(reader, ListQuery(sort=sort), None, found[1:3]) == [
                i for i in listing.partner_ids(reader, ListQuery(sort=sort)) if i in found[1:3]]


@pytest.mark.parametrize("descending", [False, True])
def test_that_agreements_stand_in_the_order_asked_for(walk: Walk, descending: bool) -> None:
    with walk.office.read() as reader:
        o = Oracle(reader)
        keys = {
            "our_code": lambda a: a.our_code, "programme": lambda a: a.programme, "ends": o.end,
            "state": lambda a: STATES.index(o.state(a)), "starts": lambda a: o.facts[a.id][1].starts_on,
            "notice": lambda a: rolled(o.facts[a.id][1], o.today).notice_on,
            "country": lambda a: lead.country if (lead := o.partner_of(a)) else "",
        }
        for sort, key in keys.items():
            found = listing.agreement_ids(reader, ListQuery(sort=sort, descending=descending))
            assert found == in_order(o.papers_shown(), key, o.partner_name, descending), sort


def test_that_filters_of_partners_keep_what_a_loop_keeps(walk: Walk) -> None:
    with walk.office.read() as reader:
        o = Oracle(reader)
        contacts = {c.institution_id for c in reader.find(Contact)}
        running = {i.id for i in o.partners() if any(o.state(a) in RUNNING for a in o.papers(i))}
        kept = {
            Filter("country", ":", ("pl", "DE")): lambda i: i.country in ("PL", "DE"),
            Filter("country", ":", ("-",)): lambda i: not i.country,
            Filter("tier", ":", ("1",)): lambda i: o.relation(i).tier == 1,
            Filter("tag", ":", ('"q"',)): lambda i: '"q"' in i.tags,
            Filter("tag", ":", ("a b",)): lambda i: "a b" in i.tags,
            Filter("state", ":", ("draft", "expired")): lambda i: (lead := o.lead(i)) is not None and o.state(
                lead) in ("draft", "expired"),
            Filter("state", ":", ("none",)): lambda i: o.lead(i) is None,
            Filter("covered", ":", ("yes",)): lambda i: i.id in running,
            Filter("covered", ":", ("no",)): lambda i: i.id not in running,
            Filter("contact", ":", ("no",)): lambda i: i.id not in contacts,
            Filter("nonsense", ":", ("x",)): lambda i: False,
        }
        for one, keeps in kept.items():
            for negated in (False, True):
                asked = Filter(one.key, one.op, one.values, negated)
                expected = {i.id for i in o.partners() if bool(keeps(i)) is not negated}
                assert set(listing.partner_ids(reader, ListQuery(filters=(asked,)))) == expected, asked


def test_that_filters_of_agreements_keep_what_a_loop_keeps(walk: Walk) -> None:
    with walk.office.read() as reader:
        o = Oracle(reader)
        soon = o.today + timedelta(days=400)
        kept = {
            Filter("state", ":", ("running",)): lambda a: o.state(a) in RUNNING,
            Filter("ends", "<", ("400d",)): lambda a: (e := o.end(a)) is not None and o.today <= e <= soon,
            Filter("ends", ">", ("400d",)): lambda a: (e := o.end(a)) is not None and e >= soon,
            Filter("ends", ":", ("2027",)): lambda a: (e := o.end(a)) is not None and e.year == 2027,
            Filter("programme", ":", ("erasmus",)): lambda a: a.programme == "erasmus",
            Filter("partner", ":", ("2",)): lambda a: (lead := o.partner_of(a)) is not None and lead.id == 2,
        }
        for one, keeps in kept.items():
            for negated in (False, True):
                asked = Filter(one.key, one.op, one.values, negated)
                expected = {a.id for a in o.papers_shown() if bool(keeps(a)) is not negated}
                assert set(listing.agreement_ids(reader, ListQuery(filters=(asked,)))) == expected, asked


QUESTIONS = (
    ListQuery(), ListQuery(sort="country", descending=True), ListQuery(words=("a",)), ListQuery(words=("nothing",)),
    ListQuery(words=("un",), without=("a",)), ListQuery(filters=(Filter("state", ":", ("running",)),)),
    ListQuery(filters=(Filter("country", ":", ("DE",)), Filter("archived", ":", ("yes",)))),
)


@pytest.mark.parametrize("query", QUESTIONS)
def test_that_a_list_finds_as_many_as_it_shows(walk: Walk, query: ListQuery) -> None:
    with walk.office.read() as reader:
        assert listing.partner_hits(reader, query) == len(listing.partner_ids(reader, query))
        assert listing.agreement_hits(reader, query) == len(listing.agreement_ids(reader, query))


def test_that_places_of_lines_are_those_of_the_conditions(walk: Walk) -> None:
    with walk.office.read() as reader:
        o = Oracle(reader)
        papers = listing.agreement_lines(reader, list(o.agreements))
        for a in o.papers_shown():
            assert (papers[a.id].places_out, papers[a.id].places_in) == (o.granted(a, "out"), o.granted(a, "in"))
        lines = listing.partner_lines(reader, list(o.institutions))
        for i in o.partners():
            running = [a for a in o.papers(i) if o.state(a) in RUNNING]
            assert lines[i.id].places_out == sum(o.granted(a, "out") for a in running)
            assert lines[i.id].agreements == len(o.papers(i))
        assert any(line.places_out for line in lines.values())


def test_that_random_days_find_the_same_as_a_filter_by_hand() -> None:
    chance = Random(3)
    for _ in range(50):
        n, unit = chance.randint(1, 40), chance.choice("dwmy")
        day = sql.day_of(f"{n}{unit}", date(2026, 3, 31))
        assert day is not None and day > date(2026, 3, 31)
    assert sql.day_of("1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert sql.day_of("nonsense", date(2026, 1, 1)) is None


def test_that_the_trash_holds_what_was_deleted_the_last_first(walk: Walk) -> None:
    with walk.office.read() as reader:
        lines = trash.trash_lines(reader)
        gone = {line.record.id for line in lines if line.kind == "partner"}
        assert gone == {i.id for i in reader.find(Institution) if i.deleted_at}
        marks = [line.record.deleted_at for line in lines]
        assert marks == sorted(marks, reverse=True)
        assert listing.partner_count(reader) == len(Oracle(reader).partners())
        assert listing.agreement_count(reader) == len(Oracle(reader).papers_shown())
