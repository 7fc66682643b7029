"""The search finds what people type, with or without the letters their keyboard lacks."""

from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution
from partnerdesk.services import listing, partners
from partnerdesk.services.office import create_file, do
from partnerdesk.store.search import match_text

WHO = "Marta Ilves"
WANTED = {
    "Uniwersytet Łódzki": ("lodz", "łódzki", "UNIWERSYTET"), "Syddansk Universitet Ørsted": ("orsted", "ørst"),
    "Universität Straßburg": ("strassburg", "straß", "universitat"), "Işık Üniversitesi": ("isik", "ışık"),
    "Sveučilište u Đakovu": ("dakovu", "đakovu", "sveuciliste"), "清华大学": ("清华", "清华大学"),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = create_file(tmp_path_factory.mktemp("search") / "search.partnerdesk")
    for name in WANTED:
        do(made, partners.new_partner(Institution(name=name)), WHO)
    yield made
    made.close()


def found(office: Any, *words: str, without: tuple[str, ...] = ()) -> set[str]:
    with office.read() as reader:
        ids = listing.partner_ids(reader, ListQuery(words=words, without=without))
        return {reader.get(Institution, i).name for i in ids}


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in WANTED.items() for word in words])
def test_that_a_name_is_found_by_the_letters_people_have(office: Any, name: str, word: str) -> None:
    assert found(office, word) == {name} if word not in ("UNIWERSYTET", "universitat") else name in found(office, word)


def test_that_all_words_must_be_there_and_none_that_must_not(office: Any) -> None:
    assert found(office, "uni", "lodz") == {"Uniwersytet Łódzki"}
    assert "Uniwersytet Łódzki" not in found(office, "uni", without=("lodz",))
    assert found(office, "lodz", "orsted") == set()


def test_that_codes_other_names_and_people_lead_to_a_partner_until_they_go(tmp_path: Path) -> None:
    office = create_file(tmp_path / "a.partnerdesk")
    made, _ = do(office, partners.new_partner(
        Institution(name="Berfeld", tags=("alps",)), [Identifier(scheme="erasmus", value="PL LODZ01")],
        [Alias(name="Alma")]), WHO)
    with office.read() as reader:
        one = reader.get(Institution, made)
    do(office, partners.add_child(one, Contact(family_name="Nowak", email="ana.nowak@example.edu")), WHO)
    for word in ("PL LODZ01", "pllodz01", "alma", "nowak", "ana.nowak@example.edu", "alps"):
        assert found(office, word) == {"Berfeld"}, word
    with office.read() as reader:
        contact = reader.get(Contact, 1)
    do(office, partners.remove_child(one, contact), WHO)
    assert found(office, "nowak") == set()
    do(office, partners.change_institution(one, name="Nordhafen"), WHO)
    assert found(office, "berfeld") == set()
    assert found(office, "nordh") == {"Nordhafen"}
    office.close()


@pytest.mark.parametrize("typed", ['"', "AND", "a* OR b", "NEAR(", "-", "body:x", "^", "'); DROP TABLE step; --", "*"])
def test_that_nothing_typed_is_taken_for_a_command_of_the_engine(office: Any, typed: str) -> None:
    found(office, typed)
    found(office, without=(typed,))


def test_that_words_are_folded_and_taken_as_beginnings() -> None:
    assert match_text(["Łódź uni", "Ø"]) == '"lodz uni"* AND "o"*'
    assert match_text(["  ", "-"]) == ""
