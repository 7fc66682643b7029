"""The columns of the board and the sums beside it, against what the stays themselves say."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.cohorts import Cohort, CohortMember
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import EXITS, PHASES, Phase
from partnerdesk.domain.stay_board import ENDED, StayCard
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import office, stay_board
from partnerdesk.store.office import Office
from partnerdesk.store.stay_board import first_ids

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("stopped_clock")
WAYS = (("planned", "none"), ("nomination", "pending"), ("nomination", "verified"), ("nomination", "rejected"),
        ("live", "verified"), ("recognized", "verified"), ("cancelled", "none"))
KINDS = ("learning_agreement", "insurance", "transcript")


def fill(unit: Any) -> None:
    chance = Random(7)
    home = unit.add(Institution(name="Northbridge", is_home=True)).id
    partners = [unit.add(Institution(name=f"Partner in {land}", country=land)).id for land in ("CL", "FR", "SG")]
    people = [unit.add(Person(given_names="Ana", family_name=f"Diallo {n}", email=f"ana{n}@example.edu",
                              kind="staff" if n % 5 == 0 else "student")).id for n in range(30)]
    cohort = unit.add(Cohort(title="Engineering")).id
    for n in range(90):
        sending, receiving = chance.choice(WAYS)
        out, partner = chance.random() < 0.6, chance.choice(partners)
        begins = TODAY + timedelta(days=chance.randint(-300, 300)) if chance.random() < 0.9 else None
        arrived = sending == "live" and chance.random() < 0.6 and begins is not None
        stay = unit.add(Stay(
            person_id=chance.choice(people), direction="out" if out else "in", sending_id=home if out else partner,
            receiving_id=partner if out else home, sending_status=sending, receiving_status=receiving,
            planned_from=begins, planned_to=begins + timedelta(days=120) if begins else None,
            actual_from=begins if arrived else None, selected_on=TODAY if chance.random() < 0.5 else None,
            actual_to=begins + timedelta(days=100) if arrived and begins and chance.random() < 0.5 else None,
            deleted_at="2026-01-01" if n % 17 == 0 else "", archived_on=TODAY if n % 19 == 0 else None)).id
        for kind in KINDS:
            unit.add(Document(stay_id=stay, kind=kind, stage="return" if kind == "transcript" else "departure",
                              state=chance.choice(("required", "received", "waived")),
                              due_on=TODAY + timedelta(days=chance.randint(-20, 20))))
        if n % 3 == 0:
            unit.add(CohortMember(cohort_id=cohort, stay_id=stay))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = office.create_file(Path(tmp_path_factory.mktemp("board")) / "office.partnerdesk")
    office.do(made, Deed(Text("fill"), fill), "Ada")
    yield made
    made.close()


QUERIES = {
    "all": ListQuery(), "country": ListQuery(filters=(Filter("country", ":", ("CL",)),)),
    "out": ListQuery(filters=(Filter("direction", ":", ("out",)),)),
    "staff": ListQuery(filters=(Filter("kind", ":", ("staff",)),)),
    "cohort": ListQuery(filters=(Filter("cohort", ":", ("1",)),)),
    "missing": ListQuery(filters=(Filter("missing", ":", ("yes",)),)),
    "late": ListQuery(filters=(Filter("late", ":", ("yes",)), Filter("country", ":", ("FR",), True))),
    "words": ListQuery(words=("dial", "3")), "archived": ListQuery(filters=(Filter("archived", ":", ("yes",)),)),
    "phase": ListQuery(filters=(Filter("phase", ":", ("exits",)),)), "nothing": ListQuery(words=("zzz",)),
}


def cards_of(opened: Office, query: ListQuery) -> dict[Phase, list[StayCard]]:
    with opened.read() as reader:
        found = stay_board.columns(reader, query, dict.fromkeys(PHASES, 1000))
    return {phase: [found.cards[i] for i in ids] for phase, ids in found.ids.items()}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_that_counts_are_those_of_the_columns(opened: Office, query: ListQuery) -> None:
    with opened.read() as reader:
        counts = stay_board.phase_counts(reader, query)
    assert counts == {phase: len(cards) for phase, cards in cards_of(opened, query).items() if cards}


def test_that_every_stay_not_put_away_has_one_card_in_the_column_of_its_phase(opened: Office) -> None:
    columns = cards_of(opened, ListQuery())
    with opened.read() as reader:
        shown = {s.id for s in reader.find(Stay) if not s.deleted_at and s.archived_on is None}
    assert sorted(card.id for cards in columns.values() for card in cards) == sorted(shown)
    assert all(card.phase == phase for phase, cards in columns.items() for card in cards)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_that_a_column_begins_with_what_begins_first_or_ended_last(opened: Office, query: ListQuery) -> None:
    for phase, cards in cards_of(opened, query).items():
        keys = [(card.starts_on or date.min, card.id) for card in cards]
        assert keys == sorted(keys, reverse=phase in ENDED), phase


def test_that_a_shorter_column_is_the_beginning_of_the_longer_one(opened: Office) -> None:
    whole = cards_of(opened, ListQuery())
    with opened.read() as reader:
        short = stay_board.columns(reader, ListQuery(), {Phase.NOMINATED: 3})
    assert list(short.ids[Phase.NOMINATED]) == [card.id for card in whole[Phase.NOMINATED][:3]]


@pytest.mark.parametrize("words", [("dial",), ("diallo", "1"), ("zzz",)])
def test_that_columns_walked_in_search_of_words_are_those_read_at_once(
    opened: Office, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    query, lengths = ListQuery(words=words), dict.fromkeys(PHASES, 4)
    with opened.read() as reader:
        at_once = first_ids(reader, query, lengths, TODAY)
        monkeypatch.setattr("partnerdesk.store.stay_board.MANY", -1)
        assert first_ids(reader, query, lengths, TODAY) == at_once


def test_that_known_cards_are_not_read_again(opened: Office) -> None:
    with opened.read() as reader:
        first = stay_board.columns(reader, ListQuery(), {Phase.NOMINATED: 5})
        known = frozenset(first.ids[Phase.NOMINATED][:4])
        again = stay_board.columns(reader, ListQuery(), {Phase.NOMINATED: 5}, known)
    assert set(again.cards) == {first.ids[Phase.NOMINATED][4]}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_that_sums_add_up_from_the_cards(opened: Office, query: ListQuery) -> None:
    cards = [card for column in cards_of(opened, query).values() for card in column]
    with opened.read() as reader:
        sums = stay_board.stay_sums(reader, query)
    assert sums.stays == len(cards) == sum(sums.phases.values())
    assert sums.directions == Counter(card.direction for card in cards)
    assert dict(sums.countries) == Counter(card.country for card in cards)
    assert [n for _, n in sums.countries] == sorted((n for _, n in sums.countries), reverse=True)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_that_documents_sought_are_those_missing_on_the_cards(opened: Office, query: ListQuery) -> None:
    rest = (Phase.CLOSED, *EXITS)
    cards = [card for phase, column in cards_of(opened, query).items() if phase not in rest for card in column]
    with opened.read() as reader:
        sums, owing = stay_board.stay_sums(reader, query), stay_board.owing(reader, query)
    assert sum(one.missing for one in sums.sought) == sum(card.missing for card in cards)
    assert sums.people == len({card.person_id for card in cards if card.missing})
    assert {one.stay_id for one in owing} == {card.id for card in cards if card.missing}
    due = {card.id: card.next_due for card in cards}
    assert all(one.due_on == due[one.stay_id] and one.email.endswith("@example.edu") for one in owing)


def test_that_a_card_is_late_from_the_day_after_its_first_missing_document_is_due(opened: Office) -> None:
    cards = [card for column in cards_of(opened, ListQuery()).values() for card in column]
    late = [card for card in cards if card.late_by(TODAY)]
    assert late
    assert all(card.missing and card.next_due is not None and card.next_due < TODAY for card in late)
    assert not any(card.late_by(TODAY) for card in cards if not card.missing)
