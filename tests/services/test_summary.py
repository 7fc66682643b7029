"""The partnership summary as a document: what it says, in which language, from the records of an office."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import (
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Party,
    SignOff,
)
from partnerdesk.domain.documents import Bars, Coverage, Pair, People, PrintDocument, Table
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.domain.words import Text
from partnerdesk.services.office import create_file
from partnerdesk.services.printing import find_partner
from partnerdesk.services.prints import partner_summaries
from partnerdesk.services.summary import summary
from partnerdesk.services.wording import Voice, languages, tables

MOMENT = datetime(2026, 7, 16, 10, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def july() -> Iterator[None]:
    with clock.fixed(MOMENT):
        yield


class Desk:
    """An office with one rich partner, Tsinghua, to which records can be added."""

    def __init__(self, folder: Path) -> None:
        self.office = create_file(folder / "office.partnerdesk")
        self.put(Institution(name="Northbridge University", is_home=True, country="GB"))
        self.partner = self.put(
            Institution(
                name="Tsinghua University", name_original="清华大学", short_name="THU", country="CN", city="Beijing"
            )
        )
        self.unit = self.put(OrgUnit(institution_id=1, name="Engineering"))
        self.relation = self.put(
            Partnership(
                forms=("student_exchange", "joint_research"), own_unit_id=self.unit, responsible="Marta Ilves",
                started_on=date(2008, 5, 1), tier=1, purpose="Ten exchange places a year.",
            )
        )  # fmt: skip
        self.put(Member(partnership_id=self.relation, institution_id=self.partner))
        self.put(Identifier(institution_id=self.partner, scheme="ror", value="03cve4549"))
        self.put(Identifier(institution_id=self.partner, scheme="schac", value="tsinghua.edu.cn"))
        self.put(Contact(institution_id=1, given_names="Marta", family_name="Ilves", email="m.ilves@example.edu"))

    def put(self, record: Any) -> int:
        with self.office.write(Text("add"), "Marta Ilves") as unit:
            return int(unit.add(record).id)

    def agree(
        self,
        first: int,
        last: int,
        *,
        signed: bool = True,
        code: str = "2026-001",
        kind: str = "student_exchange",
        heads: int = 8,
        direction: str = "out",
        activity: str = "student-studies",
        notice: int | None = None,
    ) -> int:
        """An agreement over academic years with one condition; the id of the condition."""
        agreement = self.put(Agreement(partnership_id=self.relation, type=kind, our_code=code))
        version = self.put(
            AgreementVersion(agreement_id=agreement, first_year=first, last_year=last, notice_months=notice)
        )
        for institution, side in ((1, "our"), (self.partner, "partner")):
            party = self.put(Party(agreement_id=agreement, institution_id=institution, side=side))
            if signed:
                self.put(SignOff(version_id=version, party_id=party, approved_on=date(first, 5, 1)))
        return self.put(Condition(version_id=version, heads=heads, direction=direction, activity=activity))

    def summary(self, voice: Voice | None = None) -> PrintDocument:
        with self.office.read() as reader:
            return summary(reader, self.partner, voice or Voice())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.office.close()


def blocks(document: PrintDocument, kind: type[Any]) -> Any:
    """The first block of a kind, also inside a pair."""
    every = [
        b for block in document.blocks for b in ((block.left, block.right) if isinstance(block, Pair) else (block,))
    ]
    return next((block for block in every if isinstance(block, kind)), None)


def strings(value: object) -> Iterator[str]:
    """Every text of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for each in fields(value):
            yield from strings(getattr(value, each.name))


def test_that_the_head_says_who_where_since_when_and_with_whom(desk: Desk) -> None:
    document = desk.summary()
    assert (document.head.name, document.head.second_name, document.head.script) == (
        "Tsinghua University", "清华大学", "zh-Hans",
    )  # fmt: skip
    assert document.head.lines == ("Beijing, China · partner since 2008 · Engineering", "Ten exchange places a year.")
    assert [(fact.label, fact.value) for fact in document.head.facts] == [
        ("ROR", "03cve4549"), ("SCHAC", "tsinghua.edu.cn"), ("Tier", "1"), ("Responsible", "Marta Ilves"),
    ]  # fmt: skip
    assert document.kind == "Partnership summary · 16 July 2026"
    assert document.foot == "Data as of 16 Jul 2026, 10:42"


def test_that_absent_forms_of_cooperation_say_none(desk: Desk) -> None:
    marks = desk.summary().blocks[0].marks  # type: ignore[union-attr]
    assert [(mark.icon, mark.present) for mark in marks] == [
        ("STUDENTS", True), ("STAFF", False), ("RESEARCH", True), ("CURRICULUM", False), ("PRACTICE", False),
    ]  # fmt: skip
    assert marks[1].word == "Faculty exchange, none"


def test_that_what_an_agreement_in_effect_grants_is_not_told_as_none(desk: Desk) -> None:
    desk.agree(2024, 2028, kind="erasmus_iia", activity="staff-teacher", code="S-1")
    desk.agree(2030, 2034, kind="double_degree", activity="student-studies", code="S-2")
    marks = desk.summary().blocks[0].marks  # type: ignore[union-attr]
    assert [mark.icon for mark in marks if mark.present] == ["STUDENTS", "STAFF", "RESEARCH"]
    assert marks[3].word == "Curriculum, none"


def test_that_an_empty_partner_has_no_empty_sections(desk: Desk) -> None:
    document = desk.summary()
    assert [type(block).__name__ for block in document.blocks] == ["Marks", "Table", "Remarks"]
    assert blocks(document, Table).empty == "No agreement yet"


def test_that_agreements_come_with_the_most_pressing_first(desk: Desk) -> None:
    desk.agree(2028, 2030, signed=False, code="2026-012")
    desk.agree(2015, 2020, code="2015-001")
    desk.agree(2025, 2026, code="2025-007", notice=12)
    desk.agree(2025, 2029, code="2025-031", kind="staff_exchange")
    rows = [[cell.text for cell in row] for row in blocks(desk.summary(), Table).rows]
    assert rows == [
        ["Student exchange", "2025-007", "2025/26 – 2026/27", "Notice due", "1 Sep 2026"],
        ["Staff exchange", "2025-031", "2025/26 – 2029/30", "In effect", "—"],
        ["Student exchange", "2026-012", "2028/29 – 2030/31", "Draft", "—"],
        ["Student exchange", "2015-001", "2015/16 – 2020/21", "Expired", "—"],
    ]


def test_that_places_are_those_agreed_by_year_and_direction(desk: Desk) -> None:
    condition = desk.agree(2024, 2026, heads=8)
    desk.put(ConditionYear(condition_id=condition, year=2025, heads=10))
    desk.agree(2024, 2026, heads=2)
    desk.agree(2026, 2030, signed=False, heads=99)
    bars = blocks(desk.summary(), Bars).bars
    assert [(bar.group, bar.label, bar.figure, bar.unit) for bar in bars] == [
        ("Out", "2023/24", "—", ""), ("Out", "2024/25", "10", "agreed"), ("Out", "2025/26", "12", "agreed"),
        ("Out", "2026/27", "10", "agreed"),
    ]  # fmt: skip


def test_that_staff_and_students_are_counted_apart(desk: Desk) -> None:
    desk.agree(2024, 2028, heads=8)
    desk.agree(2024, 2028, heads=8, direction="in")
    desk.agree(2024, 2028, heads=3, activity="staff-teacher", kind="staff_exchange")
    bars = blocks(desk.summary(), Bars).bars
    assert [(bar.group, bar.figure) for bar in bars if bar.label == "2025/26"] == [
        ("Students out", "8"), ("Students in", "8"), ("Staff out", "3"),
    ]  # fmt: skip


def test_that_coverage_shows_held_and_planned_years_and_the_gap_between(desk: Desk) -> None:
    desk.agree(2022, 2026, code="A", notice=12)
    desk.agree(2028, 2030, signed=False, code="B")
    coverage = blocks(desk.summary(), Coverage)
    assert coverage.years[:4] == ("2023/24", "2024/25", "2025/26", "2026/27")
    assert [(lane.number, [(s.start, s.end, s.kind) for s in lane.stretches]) for lane in coverage.lanes] == [
        ("", [(4, 5, "gap")]), ("A", [(0, 4, "held")]), ("B", [(5, 6, "draft")]),
    ]  # fmt: skip
    assert coverage.today == pytest.approx(2 + 318 / 365)
    assert coverage.lanes[1].notices == (3.0,)


def test_that_past_contacts_are_left_out_and_main_ones_come_first(desk: Desk) -> None:
    for name, roles, until in (
        ("Zhao", ("research",), None), ("Chen", ("incoming",), None), ("Gone", ("outgoing",), date(2020, 1, 1)),
        ("Li", ("institutional", "signee"), None),
    ):  # fmt: skip
        desk.put(Contact(institution_id=desk.partner, family_name=name, roles=roles, valid_to=until))
    people = blocks(desk.summary(), People).people
    assert [(person.name, person.role) for person in people] == [
        ("Li", "Institutional coordinator, Signs agreements"), ("Chen", "Incoming students"), ("Zhao", "Research"),
        ("Marta Ilves", "our side, responsible"),
    ]  # fmt: skip
    assert people[-1].mail == "m.ilves@example.edu"


def test_that_a_german_summary_is_german(desk: Desk) -> None:
    desk.agree(2025, 2026, code="2025-007", notice=12)
    document = desk.summary(Voice("de"))
    assert document.kind == "Partnerschaftsübersicht · 16. Juli 2026"
    assert [cell.text for cell in blocks(document, Table).rows[0]] == [
        "Studierendenaustausch", "2025-007", "2025/26 – 2026/27", "Kündigung fällig", "01.09.2026",
    ]  # fmt: skip


def test_that_no_label_stays_untranslated(desk: Desk) -> None:
    asked: set[str] = set()

    def marked(template: str) -> str:
        asked.add(template)
        return f"⟦{template}⟧"

    desk.agree(2022, 2026, notice=12)
    desk.agree(2022, 2026, activity="staff-training", direction="in")
    desk.agree(2028, 2029, signed=False, code="")
    desk.put(Identifier(institution_id=desk.partner, scheme="erasmus", value="CN TSINGHUA01"))
    desk.put(Contact(institution_id=desk.partner, family_name="Li", roles=("signee",)))
    data = {"Northbridge University", "Tsinghua University", "清华大学", "Marta Ilves", "Li", "Engineering"}
    data |= {"Ten exchange places a year.", "03cve4549", "tsinghua.edu.cn", "CN TSINGHUA01", "m.ilves@example.edu"}
    data |= {
        "zh-Hans",
        "CN",
        "en",
        "gap",
        "held",
        "draft",
        "left",
        "right",
        "plain",
        "strong",
        "quiet",
        "ROR",
        "SCHAC",
        "PIC",
    }
    for said in strings(desk.summary(Voice("en", marked))):
        rest = re.sub("⟦[^⟦⟧]*⟧|⟦.*⟧", "", said)
        for known in sorted(data, key=len, reverse=True):
            rest = rest.replace(known, "")
        rest = re.sub(r"\d+ (July|Jul|Sep) \d+|Beijing, China|2026-001|[A-Z]{4,}", "", rest)
        assert not re.search("[A-Za-z]{2}", rest), said
    for language in languages():
        if language != "en":
            assert asked <= set(tables()[language])


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_that_every_word_of_the_lists_a_summary_uses_is_known(language: str) -> None:
    table = tables()[language]
    for name in ("agreement_type", "state", "contact_role"):
        for term in vocabulary(name):
            assert table.get(term.label), term.label
    for english, said in table.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", said)), english


def test_that_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"no print in xx\. Choose one of en, de, es, fr"):
        Voice("xx")
    assert Voice("de_AT").language == "de"


@pytest.mark.parametrize("written", ["Tsinghua University", "tsinghua  UNIVERSITY", "清华大学", "THU", "03CVE4549",
                                     "https://ror.org/03cve4549", "tsinghua.edu.cn", "Qinghua"])  # fmt: skip
def test_that_a_partner_is_found_by_code_or_name(desk: Desk, written: str) -> None:
    desk.put(Institution(name="Tsinghua University Shenzhen", country="CN", city="Shenzhen"))
    desk.put(Alias(institution_id=desk.partner, name="Qinghua"))
    with desk.office.read() as reader:
        assert find_partner(reader, written) == desk.partner


def test_that_an_unknown_or_ambiguous_partner_is_refused_in_a_sentence(desk: Desk) -> None:
    desk.put(Institution(name="Tsinghua University Shenzhen", country="CN", city="Shenzhen"))
    with desk.office.read() as reader:
        for nothing in ("nowhere", "", "Northbridge University"):
            with pytest.raises(Refused, match=f"There is no partner “{nothing}”"):
                find_partner(reader, nothing)
        with pytest.raises(Refused, match=r"any of 2 partners: Tsinghua University \(Beijing, CN\); Tsinghua"):
            find_partner(reader, "tsinghua")


def test_that_a_batch_keeps_its_order_and_tells_how_far_it_is(desk: Desk) -> None:
    other = desk.put(Institution(name="National University of Singapore", country="SG"))
    told: list[tuple[int, int]] = []
    with desk.office.read() as reader:
        job = partner_summaries([other, desk.partner])
        documents = job.documents(reader, Voice(), lambda *step: told.append(step))
    assert [document.head.name for document in documents] == ["National University of Singapore", "Tsinghua University"]
    assert told == [(1, 2), (2, 2)]
