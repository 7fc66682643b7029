"""How the chips of a list read."""

import pytest

from partnerdesk.domain.listing import Filter
from partnerdesk.domain.query import parse
from partnerdesk.views.filters import chip_words, partner_filters

SPECS = partner_filters(lambda: ("Marta Ilves",))


@pytest.mark.parametrize(("typed", "read"), [
    ("tier:1,2", "Tier: 1, 2"),
    ("-tier:3", "Tier: not 3"),
    ("responsible:Marta", "Responsible: Marta"),
    ("ends<90d", "Ends: within 90 days"),
    ("ends<1m", "Ends: within 1 month"),
])
def test_that_a_chip_says_its_filter_once(typed, read, qapp):
    chip, = parse(typed, [spec.key for spec in SPECS]).chips
    assert chip_words(chip, SPECS) == read


def test_that_values_keep_their_first_word_when_only_some_repeat_the_filter(qapp):
    assert chip_words(Filter("tier", ":", ("1", "unknown")), SPECS) == "Tier: Tier 1, unknown"
