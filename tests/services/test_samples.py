"""The sample offices: the same every time, true where they speak of real institutions, alive on any day."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from partnerdesk.domain import clock, countries, identifiers, isced
from partnerdesk.domain.agreements import (
    STATES,
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Document,
    Event,
    Party,
    SignOff,
    State,
    state_of,
)
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.rules import (
    agreement_problems,
    condition_problems,
    contact_problems,
    identifier_problems,
    institution_problems,
    paper_problems,
    unit_problems,
    version_problems,
    year_problems,
)
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.services.agreements import agreement_file, seal_of
from partnerdesk.services.office import settings
from partnerdesk.services.samples import STORIES, make_sample, pile_of, read_story
from partnerdesk.services.samples_big import Size, make_big_office
from partnerdesk.services.samples_terms import moment_of
from partnerdesk.store.office import open_office
from partnerdesk.store.unit import Reader

KINDS = (Institution, Identifier, Alias, OrgUnit, Contact, Partnership, Member, Agreement, AgreementVersion, Party,
         SignOff, Condition, ConditionYear, Event, Document)  # fmt: skip
DAYS = ("2026-07-16", "2026-11-24", "2027-02-28", "2027-06-02", "2027-06-03", "2028-02-29", "2029-12-31")


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    office = open_office(path, read_only=True)
    try:
        with office.read() as reader:
            yield reader
    finally:
        office.close()


def states(reader: Reader) -> Counter[State]:
    agreements = reader.find(Agreement)
    return Counter(state_of(agreement_file(reader, a.id).facts, clock.today()) for a in agreements)


@pytest.fixture(scope="module")
def northbridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with clock.fixed(at("2026-11-24")):
        path = make_sample(tmp_path_factory.mktemp("samples") / "northbridge.partnerdesk")
        with reading(path) as reader:
            yield reader


def test_that_the_same_day_tells_the_same_story(tmp_path: Path) -> None:
    told = []
    for n in range(2):
        with clock.fixed(at("2026-11-24")):
            path = make_sample(tmp_path / f"{n}.partnerdesk", "northbridge")
        with reading(path) as reader:
            told.append([reader.find(kind) for kind in KINDS])
    assert told[0] == told[1]


def test_that_another_day_changes_dates_but_no_identity() -> None:
    piles = []
    for day in ("2026-11-24", "2027-11-24"):
        with clock.fixed(at(day)):
            piles.append(pile_of("oxford", read_story("oxford")))
    early, late = ({a.uid for a in pile.all(Contact)} for pile in piles)
    assert early == late
    assert piles[0].all(AgreementVersion) != piles[1].all(AgreementVersion)


@pytest.mark.parametrize("day", DAYS)
def test_that_every_state_is_shown_on_any_day(day: str, tmp_path: Path) -> None:
    with clock.fixed(at(day)):
        path = make_sample(tmp_path / "office.partnerdesk")
        with reading(path) as reader:
            found = states(reader)
    assert set(found) == set(STATES)
    assert found[State.IN_EFFECT] > 60
    assert found[State.EXPIRED] < 10


@pytest.mark.parametrize("story", STORIES)
def test_that_no_rule_finds_anything_to_block(story: str, tmp_path: Path) -> None:
    path = make_sample(tmp_path / "office.partnerdesk", story)
    with reading(path) as reader:
        found = list(_problems(reader))
    assert found == []


def _problems(reader: Reader) -> Iterator[object]:
    units = reader.find(OrgUnit)
    versions = {v.id: v for v in reader.find(AgreementVersion)}
    conditions = {c.id: c for c in reader.find(Condition)}
    for institution in reader.find(Institution):
        yield from institution_problems(institution)
    for identifier in reader.find(Identifier):
        same = reader.find(Identifier, scheme=identifier.scheme, value=identifier.value)
        yield from identifier_problems(identifier, [s for s in same if s.id != identifier.id])
    for contact in reader.find(Contact):
        yield from contact_problems(contact)
    for unit in units:
        yield from unit_problems(unit, [u for u in units if u.institution_id == unit.institution_id])
    for agreement in reader.find(Agreement):
        yield from agreement_problems(agreement)
        yield from paper_problems([v for v in versions.values() if v.agreement_id == agreement.id],
                                  reader.find(Party, agreement_id=agreement.id))
    for version in versions.values():
        yield from version_problems(version)
    for condition in conditions.values():
        yield from condition_problems(condition, versions[condition.version_id])
    for exception in reader.find(ConditionYear):
        yield from year_problems(exception, conditions[exception.condition_id])


def test_that_partners_come_from_all_over_the_world(northbridge: Reader) -> None:
    partners = [i for i in northbridge.find(Institution) if not i.is_home]
    assert len(partners) >= 60
    assert len({p.country for p in partners}) >= 30
    regions = {country.region for p in partners if (country := countries.country(p.country))}
    assert regions == {"002", "009", "019", "142", "150"}
    scripts = {"清华大学", "Универзитет у Београду", "جامعة القاهرة", "จุฬาลงกรณ์มหาวิทยาลัย", "京都大学", "서울대학교"}
    assert scripts <= {p.name_original for p in partners}


def test_that_codes_are_written_the_normal_way_and_fit_the_country(northbridge: Reader) -> None:
    country = {i.id: i.country for i in northbridge.find(Institution)}
    for one in northbridge.find(Identifier):
        assert identifiers.normal(one.scheme, one.value) == one.value
        if one.scheme == "erasmus":
            assert identifiers.country_of_erasmus_code(one.value) == country[one.institution_id]


def test_that_every_partner_has_a_relation_people_and_a_paper(northbridge: Reader) -> None:
    relations = {m.institution_id: m.partnership_id for m in northbridge.find(Member) if m.role != "home"}
    papers = {a.partnership_id for a in northbridge.find(Agreement)}
    people = Counter(c.institution_id for c in northbridge.find(Contact))
    for partner in northbridge.find(Institution):
        if not partner.is_home:
            assert 2 <= people[partner.id] <= 4, partner.name
            assert relations[partner.id] in papers, partner.name


def test_that_purposes_are_sentences_and_no_two_alike(northbridge: Reader) -> None:
    purposes = [p.purpose for p in northbridge.find(Partnership)]
    assert len(set(purposes)) == len(purposes)
    assert all(40 <= len(p) <= 400 and p.endswith(".") for p in purposes)
    tsinghua = next(i for i in northbridge.find(Institution) if i.short_name == "THU")
    assert any("energy" in p for p in purposes) and tsinghua.name_original == "清华大学"


@pytest.mark.parametrize("story", STORIES)
def test_that_nobody_real_can_be_written_to(story: str, tmp_path: Path) -> None:
    path = make_sample(tmp_path / "office.partnerdesk", story)
    with reading(path) as reader:
        emails = [c.email for c in reader.find(Contact)]
    assert emails and len(set(emails)) == len(emails)
    assert all(e.endswith("@example.edu") and e.isascii() for e in emails)


def test_that_renewals_form_chains_without_overlap(northbridge: Reader) -> None:
    files = {a.id: agreement_file(northbridge, a.id) for a in northbridge.find(Agreement)}
    links = [(files[f.agreement.predecessor_id], f) for f in files.values() if f.agreement.predecessor_id]
    assert len(links) > 40
    for before, after in links:
        assert before.facts.starts_on and after.facts.starts_on
        assert before.facts.starts_on < after.facts.starts_on
        assert before.agreement.partnership_id == after.agreement.partnership_id


def test_that_days_of_a_paper_follow_each_other(northbridge: Reader) -> None:
    today = clock.today()
    versions = {v.id: v for v in northbridge.find(AgreementVersion)}
    for one in northbridge.find(SignOff):
        made = versions[one.version_id].made_on
        assert one.approved_on is not None and made is not None
        assert made < one.approved_on <= today
    assert all(e.day is not None and e.day <= today for e in northbridge.find(Event))
    assert all(v.made_on is not None and v.made_on <= today for v in versions.values())


def test_that_approved_versions_are_sealed_and_open_ones_are_not(northbridge: Reader) -> None:
    for version in northbridge.find(AgreementVersion):
        assert version.sealed == (seal_of(northbridge, version) if version.status == "approved" else "")
    second = [v for v in northbridge.find(AgreementVersion) if v.n == 2]
    assert len(second) >= 3 and {v.status for v in second} == {"negotiation"}


def test_that_conditions_use_known_fields_and_words(northbridge: Reader) -> None:
    conditions = northbridge.find(Condition)
    assert len(conditions) > 300
    assert {c.direction for c in conditions} == {"out", "in"}
    assert len({c.activity for c in conditions}) >= 7
    assert all(isced.known(f) for c in conditions for f in c.fields)
    assert any(y.closed for y in northbridge.find(ConditionYear))
    assert any(y.heads for y in northbridge.find(ConditionYear))


@pytest.mark.parametrize("story", STORIES)
def test_that_every_code_is_a_word_of_its_vocabulary(story: str, tmp_path: Path) -> None:
    used: dict[str, tuple[type[Any], str]] = {
        "agreement_type": (Agreement, "type"), "programme": (Agreement, "programme"),
        "ended_by": (Agreement, "terminated_by"), "activity": (Condition, "activity"), "level": (Condition, "levels"),
        "version_status": (AgreementVersion, "status"), "signature_kind": (SignOff, "kind"), "side": (Party, "side"),
        "document_kind": (Document, "kind"), "document_state": (Document, "state"), "event_kind": (Event, "kind"),
        "stay_document": (Document, "kind"),
        "cooperation_form": (Partnership, "forms"), "stage": (Partnership, "stage"), "member_role": (Member, "role"),
        "partnership_kind": (Partnership, "kind"), "contact_role": (Contact, "roles"), "alias_kind": (Alias, "kind"),
        "unit_kind": (OrgUnit, "kind"), "institution_status": (Institution, "status"),
        "geo_precision": (Institution, "geo_precision"), "org_type": (Institution, "org_type"),
    }
    path = make_sample(tmp_path / "office.partnerdesk", story)
    with reading(path) as reader:
        for name, (kind, field) in used.items():
            values = [getattr(record, field) for record in reader.find(kind)
                      if (name == "stay_document") is (getattr(record, "stay_id", None) is not None)
                      or kind is not Document or field != "kind"]
            codes = {code for value in values for code in (value if isinstance(value, tuple) else (value,))}
            assert codes - {""} <= set(vocabulary(name).codes), name


def test_that_six_academic_years_are_covered(northbridge: Reader) -> None:
    years: Counter[int] = Counter()
    for version in northbridge.find(AgreementVersion, status="approved"):
        if version.first_year is not None and version.last_year is not None:
            years.update(range(version.first_year, version.last_year + 1))
    assert all(years[year] >= 30 for year in range(2021, 2027))


def test_that_oxford_and_tsinghua_do_research_and_exchange_students_and_faculty(tmp_path: Path) -> None:
    path = make_sample(tmp_path / "oxford.partnerdesk", "oxford")
    with reading(path) as reader:
        home, partner = reader.find(Institution)
        (relation,) = reader.find(Partnership)
        programmes = {a.programme for a in reader.find(Agreement)}
        named = settings(reader)["office.name"]
    assert (home.name, home.is_home, partner.name_original) == ("University of Oxford", True, "清华大学")
    assert set(relation.forms) == {"joint_research", "faculty_exchange", "student_exchange"}
    assert named == "University of Oxford"
    assert not any("erasmus" in p for p in programmes)


def test_that_berkeley_and_singapore_do_research_and_exchange_students(tmp_path: Path) -> None:
    path = make_sample(tmp_path / "berkeley.partnerdesk", "berkeley")
    with reading(path) as reader:
        home, partner = reader.find(Institution)
        (relation,) = reader.find(Partnership)
        codes = {i.value for i in reader.find(Identifier, scheme="ror")}
    assert (home.short_name, partner.short_name) == ("UCB", "NUS")
    assert set(relation.forms) == {"joint_research", "student_exchange"}
    assert codes == {"01an7q238", "01tgyzw49"}


def test_that_a_sample_is_one_step_with_a_name(tmp_path: Path) -> None:
    path = make_sample(tmp_path / "office.partnerdesk")
    with reading(path) as reader:
        steps = reader.connection.execute(sa.text("SELECT who, label, label_values, rows FROM step")).all()
    ((who, label, values, rows),) = steps
    assert (who, label.format(**json.loads(values))) == ("Marta Ilves", "Sample office: Northbridge")
    assert rows > 2000


def test_that_a_taken_path_and_an_unknown_story_are_refused(tmp_path: Path) -> None:
    taken = tmp_path / "mine.partnerdesk"
    taken.write_text("mine")
    with pytest.raises(BadFile):
        make_sample(taken)
    assert taken.read_text() == "mine"
    with pytest.raises(BadFile):
        make_sample(tmp_path / "new.partnerdesk", "atlantis")
    assert not (tmp_path / "new.partnerdesk").exists()


@given(st.dates(date(2024, 1, 1), date(2070, 12, 31)), st.sampled_from(sorted(STORIES)))
@settings_of(max_examples=25)
def test_that_a_story_can_be_told_on_any_day(day: date, story: str) -> None:
    with clock.fixed(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        pile = pile_of(story, read_story(story))
    for agreement in pile.all(Agreement):
        assert agreement.predecessor_id is None or 0 < agreement.predecessor_id < agreement.id
        assert not list(agreement_problems(agreement))
    for version in pile.all(AgreementVersion):
        assert not list(version_problems(version))
        assert version.made_on is not None and version.made_on < day


def test_that_the_told_year_changes_in_june() -> None:
    day = at("2027-06-02").date()
    assert moment_of(day).year == 2026
    assert moment_of(day + timedelta(days=1)).year == 2027


def test_that_a_big_office_has_the_size_asked_for_and_is_the_same_twice(tmp_path: Path) -> None:
    size = Size(60, 120, 400)
    told = []
    with clock.fixed(at("2026-11-24")):
        for n in range(2):
            with reading(make_big_office(tmp_path / f"{n}.partnerdesk", size, seed=3)) as reader:
                told.append([reader.find(kind) for kind in KINDS])
                assert list(_problems(reader)) == []
                assert len(states(reader)) >= 5
                assert [reader.count(k) for k in (Institution, Agreement, Condition)] == [61, 120, 400]
    assert told[0] == told[1]


def test_that_ten_times_a_size_keeps_its_proportions() -> None:
    assert dataclasses.astuple(Size().times(10)) == (30_000, 60_000, 200_000)
