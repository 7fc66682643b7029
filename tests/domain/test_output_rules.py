"""The rules for joint outputs."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from partnerdesk.domain.output_rules import doi_normal, output_problems
from partnerdesk.domain.outputs import JointOutput

TODAY = date(2027, 6, 1)


@pytest.mark.parametrize("written", ["10.1234/abc(1)", " doi: 10.1234/abc(1)", "https://doi.org/10.1234/abc(1)",
                                     "http://dx.doi.org/10.1234/abc(1) "])
def test_that_a_doi_is_stored_without_its_address(written: str) -> None:
    assert doi_normal(written) == "10.1234/abc(1)"


@pytest.mark.parametrize(("fields", "field", "severity"), [
    ({"title": " "}, "title", "block"), ({"doi": "abc"}, "doi", "block"), ({"in_year": 1850}, "in_year", "block"),
    ({"in_year": 2038}, "in_year", "block"), ({"adopted_on": date(2027, 6, 2)}, "adopted_on", "block"),
    ({"in_year": 2026, "happened_on": date(2027, 1, 1)}, "in_year", "warn"),
])  # fmt: skip
def test_that_what_cannot_be_is_told_at_its_field(fields: dict[str, Any], field: str, severity: str) -> None:
    whole = JointOutput(title="Paper", doi="10.1234/abc", in_year=2037)
    assert not list(output_problems(whole, TODAY))
    (problem,) = output_problems(replace(whole, **fields), TODAY)
    assert (problem.field, problem.severity) == (field, severity)
