"""Numbers by country: each agrees with the list behind it and with a count of its own, and nothing is dropped."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.measures import NOWHERE
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.query import parse
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import countries, listing, office, projects, stays
from partnerdesk.services.exporting import KEYS
from partnerdesk.services.samples import make_sample
from partnerdesk.store.office import Office
from partnerdesk.store.unit import Reader, Unit

HITS = {"partners": listing.partner_hits, "agreements": listing.agreement_hits, "stays": stays.stay_hits,
        "projects": projects.project_hits}


def lose(unit: Unit) -> None:
    """A partner without a country, whom somebody visits."""
    partner = unit.add(Institution(name="Somewhere")).id
    person = unit.add(Person(given_names="Ana", family_name="Diallo")).id
    unit.add(Stay(person_id=person, receiving_id=partner, year=2025, sending_status="live",
                  receiving_status="verified"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Path(tmp_path_factory.mktemp("countries")) / "office.partnerdesk"
    make_sample(made)
    return made


@pytest.fixture(scope="module")
def opened(path: Path) -> Iterator[Office]:
    found = office.open_file(path)
    office.do(found, Deed(Text("lose"), lose), "Ada")
    yield found
    found.close()


def test_that_every_number_is_what_the_list_behind_it_finds(opened: Office) -> None:
    with opened.read() as reader:
        table = countries.country_table(reader)
        for measure in table.measures:
            if measure.diverging:
                continue
            for code in table.codes:
                n = table.number(measure.key, code, None)
                if n or code in ("FR", "DE"):
                    assert found(reader, measure.page, measure.line_of([code], None)) == n, (measure.key, code)
            if measure.yearly:
                for year in table.years:
                    n = table.number(measure.key, "FR", year)
                    assert found(reader, measure.page, measure.line_of(["FR"], year)) == n


def found(reader: Reader, page: str, line: str) -> int:
    query: ListQuery = parse(line, KEYS[page]).listing()
    return HITS[page](reader, query)


def test_that_every_country_agrees_with_a_count_of_its_own(opened: Office, path: Path) -> None:
    """Counted again from the stored rows, without what lists derive."""
    with opened.read() as reader:
        table = countries.country_table(reader)
    raw = sqlite3.connect(path)
    partners = dict(raw.execute(
        "SELECT country, count(*) FROM institution WHERE is_home = 0 AND deleted_at = '' AND archived_on IS NULL "
        "GROUP BY country"))
    went = dict(raw.execute(
        "SELECT coalesce(i.country, ''), count(*) FROM stay s LEFT JOIN institution i ON i.id = s.receiving_id "
        "WHERE s.direction = 'out' AND s.deleted_at = '' AND s.archived_on IS NULL AND s.receiving_status <> "
        "'rejected' AND (s.sending_status IN ('nomination', 'live', 'recognized') OR s.closed_on IS NOT NULL OR "
        "(s.sending_status = 'cancelled' AND (s.exit = 'interrupted' OR (s.exit = '' AND s.actual_from IS NOT "
        "NULL)))) GROUP BY 1"))
    raw.close()
    for code in table.codes:
        assert table.number("partners", code, None) == partners.get(code, 0), code
        assert table.number("out", code, None) == went.get(code, 0), code


def test_that_regions_and_what_has_no_country_add_up_to_the_whole(opened: Office) -> None:
    with opened.read() as reader:
        table = countries.country_table(reader)
    for measure in table.measures:
        for year in (None, *table.years):
            assert sum(table.by_region(measure.key, year).values()) == table.whole(measure.key, year)
    assert table.number("out", NOWHERE, None) >= 1
    assert table.number("partners", NOWHERE, None) == 1


def test_that_balance_is_what_went_out_less_what_came_in(opened: Office) -> None:
    with opened.read() as reader:
        table = countries.country_table(reader)
    for code in table.codes:
        for year in (None, *table.years):
            assert table.number("balance", code, year) == (
                table.number("out", code, year) - table.number("in", code, year))
            assert table.number("stays", code, year) == (
                table.number("out", code, year) + table.number("in", code, year))


def test_that_a_sheet_tells_all_that_there_is_in_a_country(opened: Office) -> None:
    with opened.read() as reader:
        sheet = countries.country_sheet(reader, ["FR"])
        table = sheet.table
    assert sheet.title == "France"
    assert len(sheet.partners) == table.number("partners", "FR", None)
    assert {one.line.country for one in sheet.partners} == {"FR"}
    assert len(sheet.agreements) == table.number("agreements", "FR", None)
    assert len(sheet.there_now) == table.number("abroad", "FR", None)
    assert sheet.fields and all(len(code) == 2 for code, _ in sheet.fields)
    assert sheet.contacts and all(partner in {one.line.name for one in sheet.partners} for _, partner in sheet.contacts)


def test_that_a_country_without_partners_has_one_gap(opened: Office) -> None:
    with opened.read() as reader:
        sheet = countries.country_sheet(reader, ["TV"])
    assert [str(gap) for gap in sheet.gaps] == ["No partner yet"]


def test_that_what_has_no_country_can_be_looked_at_too(opened: Office) -> None:
    with opened.read() as reader:
        sheet = countries.country_sheet(reader, [NOWHERE])
    assert [one.line.name for one in sheet.partners] == ["Somewhere"]
    assert "No agreement in effect for outgoing students" in [str(gap) for gap in sheet.gaps]


def test_that_a_region_is_called_by_its_name() -> None:
    from partnerdesk.domain.measures import members

    assert str(countries.area_title(members("155"))) == "Western Europe"
    assert countries.area_title(["FR", "CH"]) == "France, Switzerland"
    assert countries.about("FR") == ("France", "Western Europe")
    assert countries.about("QQ") == ("QQ", "")


def test_that_the_map_knows_partners_with_a_place_and_our_own(opened: Office) -> None:
    with opened.read() as reader:
        facts = countries.map_facts(reader)
    assert facts.home is not None and facts.home_country == "GB"
    assert {pin.country for pin in facts.pins} <= set(facts.table.codes)
    assert facts.choices == {}


def test_that_an_office_says_whose_a_piece_of_land_is(tmp_path: Path) -> None:
    made = office.create_file(tmp_path / "office.partnerdesk")
    office.do(made, office.change_settings(map_choices={"taiwan": "CN"}), "Ada")
    with made.read() as reader:
        assert countries.map_facts(reader).choices == {"taiwan": "CN"}
    made.close()
