"""The style sheet stays small: no rule for everything, no fonts."""

import re

import pytest

from partnerdesk.look import tokens
from partnerdesk.views.kit.sheet import sheet


@pytest.mark.parametrize("theme", [tokens.light(), tokens.dark()], ids=lambda theme: theme.name)
def test_that_no_rule_is_for_everything_and_none_sets_a_font(theme):
    made = sheet(theme)
    selectors = re.findall(r"([^{}]+)\{", made)
    assert selectors
    assert not [selector for selector in selectors if "*" in selector]
    assert "font" not in made


def test_that_every_colour_of_the_sheet_is_of_the_theme():
    made = sheet(tokens.dark())
    known = {
        tokens.dark().role(role).name()
        for role in ("sidebar", "line", "line2", "control", "window", "surface", "sunken", "raised")
    }
    assert set(re.findall(r"#[0-9a-f]{6}", made)) <= known
