"""Names made short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.names import initials, shortened


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Nowak", "AN"),
        ("Ana Maria Nowak", "AN"),
        ("Universidad de Sevilla", "US"),
        ("Oxford", "O"),
        ("élan vital", "ÉV"),
        ("清华大学", "清"),
        ("(née) Nowak", "N"),
        ("ßmart", "ß"),
        (" ", ""),
    ],
)
def test_that_initials_are_the_first_and_the_last(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(max_size=40))
def test_that_initials_are_two_at_most(name: str) -> None:
    assert len(initials(name)) <= 2


@pytest.mark.parametrize(
    ("name", "longest", "short"),
    [
        ("University of Oxford", 30, "University of Oxford"),
        ("University of Oxford", 14, "University of…"),
        ("University of Oxford", 12, "University…"),
        ("Universitätsbibliothek", 10, "Universit…"),
    ],
)
def test_that_a_long_name_is_cut_at_a_word(name: str, longest: int, short: str) -> None:
    assert shortened(name, longest) == short


@given(st.text(max_size=60), st.integers(2, 50))
def test_that_a_shortened_name_fits(name: str, longest: int) -> None:
    assert len(shortened(name, longest)) <= longest
