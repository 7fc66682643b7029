"""What a planned row says of itself: the kinds of record it adds, by the plan and not by how they are called."""

import pytest

from partnerdesk.domain.importing import Outcome, PlannedRow
from partnerdesk.models.plan import what_words


@pytest.mark.parametrize(("brings", "words"), [
    (("partner",), "New partner"), (("agreement",), "New agreement"),
    (("partner", "agreement"), "New partner and agreement"),
])  # fmt: skip
@pytest.mark.usefixtures("qapp")
def test_that_a_new_row_says_what_it_brings(brings: tuple[str, ...], words: str) -> None:
    assert what_words(PlannedRow(4, Outcome.NEW, "University of Graz", "AT", brings=brings)) == words
