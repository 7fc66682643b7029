"""The words of the sheets of exchange: nothing that a sheet asks for stays English in another language."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.grants import GrantAward
from partnerdesk.domain.learning import LearningVersion
from partnerdesk.domain.measures import members
from partnerdesk.domain.projects import Project
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Transcript
from partnerdesk.domain.visits import Visit
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.services import (
    sheet_abroad,
    sheet_arrivals,
    sheet_certificates,
    sheet_country,
    sheet_followups,
    sheet_money,
    sheet_nomination,
    sheet_people,
    sheet_places,
    sheet_project,
    sheet_study,
    sheet_trip,
)
from partnerdesk.services.balance import standings
from partnerdesk.services.nominations import nominations
from partnerdesk.services.office import create_file, open_file
from partnerdesk.services.prints import Print
from partnerdesk.services.samples import make_sample
from partnerdesk.services.wording import Voice, languages, tables
from partnerdesk.store.unit import Reader

OTHERS = [one for one in languages() if one != "en"]
LISTS = (
    "phase", "term", "level", "document_state", "stay_document", "activity", "programme", "sending_status",
    "receiving_status", "person_kind", "person_contact_kind", "stay_event_kind", "cohort_kind", "doc_stage", "la_part",
    "la_reason", "recognition_decision", "grant_status", "balance_unit", "direction", "places_unit",
    "project_kind", "project_role", "project_status", "project_health", "visit_kind", "visit_status",
)  # fmt: skip


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Reader]]:
    """A full office, and one in which there is nothing."""
    folder = tmp_path_factory.mktemp("words")
    full = open_file(make_sample(folder / "northbridge.partnerdesk", "northbridge"), read_only=True)
    empty: Path = folder / "empty.partnerdesk"
    create_file(empty).close()
    bare = open_file(empty, read_only=True)
    with full.read() as one, bare.read() as other:
        yield [one, other]
    full.close()
    bare.close()


def every_print(reader: Reader) -> Iterator[Print]:
    stays = reader.find(Stay)
    some = [one.id for one in stays][:40]
    for direction in ("out", "in"):
        yield sheet_abroad.abroad_list(date(2026, 10, 15), direction, ("student", "pupil", "staff"))
        yield sheet_abroad.abroad_list(date(1999, 1, 1), direction)
    yield sheet_arrivals.arrivals_list(date(2026, 8, 20))
    yield sheet_arrivals.arrivals_list(date(1999, 8, 20))
    for which in ("", *sheet_places.WHICH):
        yield sheet_places.places_list(None, None, sheet_places.filter_labels("", "out", "student-studies", which))
    yield sheet_places.places_list(1990)
    yield sheet_nomination.nomination_lists([one.key for one in nominations(reader)])
    yield sheet_money.balances([one.partnership_id for one in standings(reader)])
    yield sheet_money.grant_sheets([*dict.fromkeys(one.stay_id for one in reader.find(GrantAward)), *some[:3]])
    yield sheet_people.participant_sheets(some)
    for anonymous in (False, True):
        yield sheet_people.cohort_lists([one.id for one in reader.find(Cohort)], phones=True, anonymous=anonymous)
    agreed = [*dict.fromkeys(one.stay_id for one in reader.find(LearningVersion)), *some[:3]]
    yield sheet_study.learning_agreements(agreed)
    yield sheet_study.learning_changes(agreed)
    yield sheet_study.transcripts([*dict.fromkeys(one.stay_id for one in reader.find(Transcript)), *some[:3]])
    yield sheet_project.status_reports([one.id for one in reader.find(Project)])
    yield sheet_trip.trip_packs([one.id for one in reader.find(Visit)]).chosen(reader)
    for codes in (("FR",), ("TV",), members("154"), members("035")):
        yield sheet_country.country_briefs(codes)
    yield sheet_country.countries_list(2025)
    for responsible in ("", "Marta Ilves"):
        yield sheet_followups.followup_list(responsible)
    for kind in sheet_certificates.KINDS:
        yield sheet_certificates.certificates(kind, [one.id for one in stays if one.actual_from and one.actual_to])


def test_that_every_label_of_every_sheet_is_known_in_every_language(readers: list[Reader]) -> None:
    asked: set[str] = set()

    def record(template: str) -> str:
        asked.add(template)
        return template

    for reader in readers:
        for job in every_print(reader):
            job.documents(reader, Voice("en", record))
            if job.title:
                asked.add(job.title)
    assert len(asked) > 200
    for language in OTHERS:
        missing = {label for label in asked if re.search("[a-z]{2}", label)} - set(tables()[language])
        assert not missing, (language, missing)


@pytest.mark.parametrize("language", OTHERS)
def test_that_every_word_of_the_lists_that_sheets_use_is_known(language: str) -> None:
    for name in LISTS:
        missing = [term.label for term in vocabulary(name) if term.label not in tables()[language]]
        assert not missing, name


def test_that_all_languages_know_the_same_labels_with_the_same_values() -> None:
    first, *others = (tables()[language] for language in OTHERS)
    for other in others:
        assert set(other) == set(first)
    for table in (first, *others):
        for english, said in table.items():
            assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", said)), english
