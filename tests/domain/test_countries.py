"""Countries, their codes, regions and spellings."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.countries import (
    REGIONS,
    SUBREGIONS,
    countries,
    country,
    country_name,
    country_of_alpha3,
    find_country,
    find_language,
    language_name,
    languages,
)
from partnerdesk.domain.text import fold


def test_that_every_code_of_iso_3166_and_kosovo_is_there_once() -> None:
    assert len(countries()) == 250
    assert len({each.code for each in countries()}) == 250
    assert len({each.alpha3 for each in countries()}) == 250
    assert all(len(each.code) == 2 and len(each.alpha3) == 3 for each in countries())
    assert {each.code for each in countries() if not each.numeric} == {"XK"}


def test_that_every_country_lies_in_a_region() -> None:
    assert {each.region for each in countries()} == set(REGIONS)
    assert {each.subregion for each in countries()} == set(SUBREGIONS)
    regions = Counter(each.region_label for each in countries())
    assert regions == {"Africa": 60, "Americas": 57, "Antarctica": 1, "Asia": 51, "Europe": 52, "Oceania": 29}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Suiza", "CH"), ("Deutschland", "DE"), ("USA", "US"), ("U.S.A.", "US"), ("EUA", "US"), ("EE.UU.", "US"),
        ("Holland", "NL"), ("The Netherlands", "NL"), ("Países Bajos", "NL"), ("Czech Republic", "CZ"),
        ("Czechia", "CZ"), ("República Checa", "CZ"), ("Türkiye", "TR"), ("Turkey", "TR"), ("TURQUÍA", "TR"),
        ("Royaume-Uni", "GB"), ("Reino Unido", "GB"), ("England", "GB"), ("UK", "GB"), ("U.K.", "GB"),
        ("Rosja", "RU"), ("Russian Federation", "RU"), ("Letònia", "LV"), ("Méjico", "MX"), ("Kazajistán", "KZ"),
        ("Taiwán", "TW"), ("EL", "GR"), ("gr", "GR"), ("DEU", "DE"), ("XK", "XK"), ("Kosovo * UN resolution", "XK"),
        ("Ελλάδα", "GR"), ("中国", "CN"), ("Россия", "RU"), ("Côte d'Ivoire", "CI"), ("Korea, Republic of", "KR"),
        ("Slovak Republic", "SK"), ("Österreich", "AT"), ("Oesterreich", None), ("Szwajcaria", "CH"),
        ("Germany (DE)", "DE"), ("CZ - Czech Republic", "CZ"), ("België / Belgique", "BE"), ("  France ", "FR"),
        ("FR;DE", None), ("Paris, France", "FR"), ("Georgia (USA)", None),
        ("Atlantis", None), ("", None), ("zz", None), ("-", None), ("Hong Kong", "HK"),
        ("Northern Ireland", "GB"), ("Guinea-Bissau", "GW"), ("Guinea", "GN"), ("Niger", "NE"), ("Nigeria", "NG"),
        ("Bosnia & Herzegovina", "BA"), ("RUMANÍA", "RO"), ("Viet Nam", "VN"), ("Irlanda", "IE"), ("EE", "EE"),
    ],
)  # fmt: skip
def test_that_a_country_is_found_as_offices_write_it(written: str, code: str | None) -> None:
    assert find_country(written) == code


def test_that_every_name_code_and_spelling_leads_back_to_its_country() -> None:
    for each in countries():
        for spelling in (each.code, each.alpha3, each.name, *each.spellings):
            assert find_country(spelling) == each.code, spelling


def test_that_no_spelling_belongs_to_two_countries() -> None:
    spellings = Counter(s for each in countries() for s in {fold(each.name), *each.spellings})
    assert [s for s, n in spellings.items() if n > 1] == []


@given(st.text(max_size=40))
def test_that_any_text_gives_a_known_code_or_nothing(written: str) -> None:
    found = find_country(written)
    assert found is None or country(found) is not None


def test_that_codes_and_names_are_translated_into_each_other() -> None:
    assert country_name("CI") == "Côte d’Ivoire"
    assert country_name("??") == "??"
    assert country_of_alpha3("che") == "CH"
    assert country_of_alpha3("QQQ") is None


@pytest.mark.parametrize(
    ("written", "code"),
    [("English", "en"), ("EN", "en"), ("Deutsch", "de"), ("español", "es"), ("Polski", "pl"), ("中文", "zh"),
     ("Klingon", None), ("", None)],
)  # fmt: skip
def test_that_a_language_is_found_by_code_and_name(written: str, code: str | None) -> None:
    assert find_language(written) == code


def test_that_the_languages_of_iso_639_1_have_names() -> None:
    assert len(languages()) == 183
    assert language_name("ca") == "Catalan"
    assert language_name("qq") == "qq"
