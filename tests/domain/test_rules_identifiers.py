"""What the rules say about the codes of an institution (R01)."""

import pytest

from partnerdesk.domain.identifiers import SCHEMES, UNIQUE_SCHEMES
from partnerdesk.domain.partners import Identifier
from partnerdesk.domain.rules import identifier_problems


def code(scheme: str, value: str, institution: int = 1) -> Identifier:
    return Identifier(institution_id=institution, scheme=scheme, value=value)


@pytest.mark.parametrize("scheme", sorted(UNIQUE_SCHEMES))
def test_that_no_two_institutions_share_a_code_that_is_unique(scheme: str) -> None:
    example = next(each.example for each in SCHEMES if each.code == scheme)
    problems = list(identifier_problems(code(scheme, example), [code(scheme, example, 2)]))
    assert [(p.code, p.severity, p.field) for p in problems] == [("R01", "block", "value")]
    assert example in str(problems[0].message)


@pytest.mark.parametrize("scheme", sorted({each.code for each in SCHEMES} - UNIQUE_SCHEMES))
def test_that_other_codes_may_be_shared(scheme: str) -> None:
    example = next(each.example for each in SCHEMES if each.code == scheme)
    assert not list(identifier_problems(code(scheme, example), [code(scheme, example, 2)]))


def test_that_a_code_of_its_own_is_no_problem() -> None:
    assert not list(identifier_problems(code("ror", "052gg0110")))


def test_that_a_mistyped_code_is_told_with_its_fix_beside_a_shared_one() -> None:
    problems = list(identifier_problems(code("ror", "052gg0111"), [code("ror", "052gg0111", 2)]))
    assert [(p.code, p.field) for p in problems] == [("I01", "value"), ("R01", "value")]
    assert problems[0].fix is not None


def test_that_an_empty_code_is_refused_once() -> None:
    assert [p.code for p in identifier_problems(code("pic", "  "))] == ["R00"]
