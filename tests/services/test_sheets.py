"""What the sheets of exchange say: the figures of the records, nobody's name where none is wanted."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.balance import BalanceTerms
from partnerdesk.domain.cohorts import Cohort, CohortMember
from partnerdesk.domain.documents import BalanceChart, Cell, FactList, PrintDocument, Prose, Table
from partnerdesk.domain.grants import GrantAward
from partnerdesk.domain.learning import LearningComponent, LearningVersion
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Transcript
from partnerdesk.services import finding, sheet_abroad, sheet_certificates, sheet_money, sheet_people, sheet_study
from partnerdesk.services.abroad import abroad_on
from partnerdesk.services.balance import balance_sheet
from partnerdesk.services.office import open_file
from partnerdesk.services.samples import make_sample
from partnerdesk.services.wording import Voice
from partnerdesk.store.unit import Reader


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sheets") / "berkeley.partnerdesk", "berkeley")


@pytest.fixture
def reader(office: Path) -> Iterator[Reader]:
    opened = open_file(office, read_only=True)
    with opened.read() as reading:
        yield reading
    opened.close()


def only(found: Any) -> PrintDocument:
    (document,) = found
    return document


def words(document: PrintDocument) -> str:
    """All that a document says."""
    return repr(document)


def tables(document: PrintDocument) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def column(table: Table, title: str) -> list[str]:
    place = [one.title for one in table.columns].index(title)
    return [row[place].text for row in table.rows]


def first_stay(reader: Reader, **wanted: Any) -> Stay:
    return next(one for one in reader.find(Stay) if all(
        (getattr(one, name) is not None) is value if isinstance(value, bool) else getattr(one, name) == value
        for name, value in wanted.items()))


def test_that_a_participant_sheet_tells_identity_stay_papers_and_studies(reader: Reader) -> None:
    version = reader.find(LearningVersion)[0]
    stay = reader.get(Stay, version.stay_id)
    person = reader.get(Person, stay.person_id)
    document = only(sheet_people.participant_sheets([stay.id]).documents(reader, Voice()))
    said = words(document)
    assert document.head.name == person.full_name
    assert all(part in said for part in (person.local_id, person.email, person.phone, "Learning agreement"))
    (checklist,) = [one for one in tables(document) if one.title == "Documents"]
    done = sum(cell in ("Received", "Checked", "Waived") for cell in column(checklist, "State"))
    assert checklist.note == f"{done} of {len(checklist.rows)}"


def test_that_the_file_of_a_person_is_not_named_after_the_person(reader: Reader) -> None:
    stay = reader.find(Stay)[0]
    for job in (sheet_people.participant_sheets([stay.id]), sheet_study.learning_agreements([stay.id]),
                sheet_study.transcripts([stay.id]), sheet_money.grant_sheets([stay.id]),
                sheet_certificates.certificates("arrival", [stay.id])):
        assert job.file_name and reader.get(Person, stay.person_id).family_name not in job.file_name


def test_that_a_cohort_list_has_a_row_for_each_member_and_sums_that_foot(reader: Reader) -> None:
    cohort = reader.find(Cohort)[0]
    members = len(reader.find(CohortMember, cohort_id=cohort.id))
    document = only(sheet_people.cohort_lists([cohort.id], phones=True).documents(reader, Voice()))
    listed = tables(document)[0]
    assert document.landscape and len(listed.rows) == members > 0
    assert column(listed, "No.") == [str(n) for n in range(1, members + 1)]
    assert column(listed, "Name") == sorted(column(listed, "Name"))
    assert "Signature" in [one.title for one in listed.columns]
    (sums,) = [block for block in document.blocks if isinstance(block, FactList)]
    for fact in sums.facts:
        assert sum(int(part.rsplit(" ", 1)[1]) for part in fact.value.split(" · ")) == members


def test_that_a_list_without_personal_data_has_none(reader: Reader) -> None:
    cohort = reader.find(Cohort)[0]
    document = only(sheet_people.cohort_lists([cohort.id], phones=True, anonymous=True).documents(reader, Voice()))
    said = words(document)
    ids = [one.stay_id for one in reader.find(CohortMember, cohort_id=cohort.id)]
    for stay in reader.many(Stay, ids).values():
        person = reader.get(Person, stay.person_id)
        assert not any(secret in said for secret in (
            person.listed_name, person.full_name, person.email, person.phone, person.local_id))


def test_that_a_learning_agreement_adds_up_and_names_who_signed(reader: Reader) -> None:
    version = next(one for one in reader.find(LearningVersion) if one.receiving_signed_on)
    document = only(sheet_study.learning_agreements([version.stay_id]).documents(reader, Voice()))
    components = reader.find(LearningComponent, version_id=version.id)
    for part, table in zip("AB", tables(document), strict=True):
        mine = [one for one in components if one.part == part]
        assert len(table.rows) == len(mine)
        assert float(table.total[3].text) == sum(one.credits or 0 for one in mine)
    assert version.receiving_signed_by in words(document) and version.receiving_signed_by


def test_that_a_changes_sheet_shows_changes_only(reader: Reader) -> None:
    version = reader.find(LearningVersion)[0]
    document = only(sheet_study.learning_changes([version.stay_id]).documents(reader, Voice()))
    assert tables(document)[0].rows == () and tables(document)[0].empty == "Nothing is changed"


def test_that_a_transcript_sums_what_was_achieved_and_recognised(reader: Reader) -> None:
    transcript = reader.find(Transcript)[0]
    document = only(sheet_study.transcripts([transcript.stay_id]).documents(reader, Voice()))
    courses = tables(document)[0]
    achieved = [float(row[2].text) for row in courses.rows if row[4].text != "not passed"]
    assert float(courses.total[2].text) == sum(achieved) > 0
    assert float(courses.total[6].text) == sum(float(row[6].text) for row in courses.rows if row[6].text)


def test_that_a_certificate_says_the_days_and_is_refused_without_them(reader: Reader) -> None:
    stay = first_stay(reader, actual_from=True, actual_to=True)
    document = only(sheet_certificates.certificates("attendance", [stay.id]).documents(reader, Voice()))
    (prose,) = [block for block in document.blocks if isinstance(block, Prose)]
    assert Voice().day(stay.actual_from) in prose.paragraphs[0] and Voice().day(stay.actual_to) in prose.paragraphs[0]
    here = first_stay(reader, actual_from=True, actual_to=False)
    assert only(sheet_certificates.certificates("arrival", [here.id]).documents(reader, Voice()))
    with pytest.raises(Refused, match="not recorded yet"):
        sheet_certificates.certificates("departure", [here.id]).documents(reader, Voice())


def test_that_a_grant_sheet_is_read_line_by_line(reader: Reader) -> None:
    award = reader.find(GrantAward)[0]
    document = only(sheet_money.grant_sheets([award.stay_id]).documents(reader, Voice()))
    calculation, payments = tables(document)[:2]
    amounts = [float(row[4].text.replace(",", "")) for row in calculation.rows]
    assert sum(amounts) == pytest.approx(award.amount) == float(calculation.total[4].text.replace(",", ""))
    assert sum(float(row[5].text.replace(",", "")) for row in payments.rows) == pytest.approx(award.amount)


def test_that_a_balance_sheet_leads_from_the_opening_to_the_balance(reader: Reader) -> None:
    terms = reader.find(BalanceTerms)[0]
    document = only(sheet_money.balances([terms.partnership_id]).documents(reader, Voice()))
    ledger = balance_sheet(reader, terms.partnership_id).ledger
    (table,), (chart,) = tables(document), [b for b in document.blocks if isinstance(b, BalanceChart)]
    assert column(table, "Balance")[0] == sheet_money.signed(ledger.opening)
    assert table.total[5] == Cell(sheet_money.signed(ledger.balance))
    counted = [bar for bar in chart.bars if not bar.planned]
    assert sum(bar.sent - bar.received for bar in counted) + ledger.opening == pytest.approx(ledger.balance)


def test_that_the_abroad_list_holds_everybody_away_that_day(reader: Reader) -> None:
    day = next(one.actual_from for one in reader.find(Stay) if one.actual_from and one.direction == "out")
    assert isinstance(day, date)
    found = abroad_on(reader, day)
    document = only(sheet_abroad.abroad_list(day).documents(reader, Voice()))
    assert found.people == sum(len(table.rows) for table in tables(document)) > 0
    nobody = only(sheet_abroad.abroad_list(date(1999, 1, 1)).documents(reader, Voice()))
    assert "Nobody is away" in words(nobody)


def test_that_a_person_is_found_by_number_or_name_and_refused_when_several_are_meant(reader: Reader) -> None:
    people = reader.find(Person)
    assert finding.find_person(reader, people[0].local_id) == people[0]
    with pytest.raises(Refused, match="no person"):
        finding.find_person(reader, "Nobody At All")
    with pytest.raises(Refused, match="may be any of"):
        finding.find_person(reader, people[0].email.rpartition("@")[2].partition(".")[0])
    with pytest.raises(Refused, match="no cohort"):
        finding.find_cohort(reader, "")
