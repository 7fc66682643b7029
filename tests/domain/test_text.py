"""Spellings made comparable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.text import acronym, fold, name_key, squeezed

EUROPEAN = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x52F, exclude_categories=("Cn", "Cs", "Lm", "Sk")),
    max_size=40,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("University of Oxford", "university of oxford"),
        ("  A\xa0 BADEN01 ", "a baden01"),
        ("Politechnika Łódzka", "politechnika lodzka"),
        ("Københavns Universitet", "kobenhavns universitet"),
        ("Đà Nẵng", "da nang"),
        ("Straße", "strasse"),
        ("Háskóli Íslands, Þingvellir", "haskoli islands thingvellir"),
        ("Sabancı Üniversitesi", "sabanci universitesi"),
        ("İSTANBUL ÜNİVERSİTESİ", "istanbul universitesi"),
        ("Ærø Œuvre", "aero oeuvre"),
        ("King's College", "kings college"),
        ("Queen’s University", "queens university"),
        ("Università dell'Aquila", "universita dell aquila"),
        ("Col·legi", "collegi"),
        ("ＴＯＫＹＯ　大学", "tokyo 大学"),
        ("清华大学", "清华大学"),
        ("МОСКОВСКИЙ", "московскии"),
        ("Τεχνολογίας", "τεχνολογιασ"),
        ("Saint-Étienne (FR)", "saint etienne fr"),
        ("มหาวิทยาลัย", "มหาวิทยาลัย"),
        ("", ""),
        (" – ", ""),
    ],
)
def test_that_folding_leaves_what_is_compared(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=40))
def test_that_folding_twice_changes_nothing_more(s: str) -> None:
    assert fold(fold(s)) == fold(s)


@given(EUROPEAN)
def test_that_composed_and_decomposed_spellings_fold_alike(s: str) -> None:
    assert fold(unicodedata.normalize("NFC", s)) == fold(unicodedata.normalize("NFD", s))


@given(EUROPEAN)
def test_that_capitals_do_not_matter(s: str) -> None:
    assert fold(s.upper()) == fold(s.lower())


@given(st.text(max_size=40))
def test_that_a_folded_text_has_single_spaces_only(s: str) -> None:
    folded = fold(s)
    assert folded == " ".join(folded.split())


@pytest.mark.parametrize(
    "names",
    [
        ("Universität zu Köln", "Universitat Koln", "University of Koeln", "Univ. Köln"),
        ("Universita' degli Studi di Padova", "Università di Padova", "University of Padova"),
        ("FH Joanneum Gesellschaft mbH", "Fh Joanneum"),
        ("Technische Universität Wien", "Technical University Wien"),
        ("Aarhus Universitet", "Århus University"),
        ("Universidad de las Palmas", "Universidad de Las Palmas"),
    ],
)
def test_that_spellings_of_one_institution_share_a_key(names: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Miami University", "University of Miami"),
        ("University of Washington", "Washington University"),
        ("Universität Wien", "Technische Universität Wien"),
        ("Université Lyon 1", "Université Lyon 2"),
        ("University of York", "York St John University"),
    ],
)
def test_that_different_institutions_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(max_size=40))
def test_that_a_key_is_empty_only_for_an_empty_name(s: str) -> None:
    assert bool(name_key(s)) == bool(fold(s))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("National University of Singapore", "NUS"),
        ("Massachusetts Institute of Technology", "MIT"),
        ("Universidad de Sevilla", "US"),
        ("Oxford", ""),
        ("清华大学", ""),
        ("", ""),
    ],
)
def test_that_an_acronym_takes_the_words_that_count(name: str, letters: str) -> None:
    assert acronym(name) == letters


def test_that_squeezing_keeps_letters_as_written() -> None:
    assert squeezed(" A\xa0 BADEN01\u3000") == "A BADEN01"
