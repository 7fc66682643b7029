"""A card of the board carried by a real pointer to another column, and taken back by a key."""

import pytest

from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import Phase
from partnerdesk.services.stay_board import columns, phase_counts

pytestmark = pytest.mark.timeout(300)


def in_phase(office, phase):
    with office.reader() as reader:
        return list(columns(reader, ListQuery(), {phase: 1000}).ids[phase])


def test_that_a_card_carried_to_another_column_changes_its_phase_and_undo_takes_it_back(start, northbridge):
    program, office = start(northbridge.path), northbridge
    program.come_up()
    program.come_to_front()
    program.keys("ctrl+7")
    switch = program.until(lambda: [one for one in program.look()["things"]
                                    if one["label"].startswith("How stays are shown")], "the switch is in sight")[0]
    program.click_at(switch["place"], 0.1)
    source = program.wait_for("Applied", kind="CardList")["place"]
    target = program.wait_for("Selected", kind="CardList")["place"]
    with office.reader() as reader:
        before = phase_counts(reader, ListQuery())
    first = in_phase(office, Phase.APPLIED)[0]
    program.carry((source[0] + 60, source[1] + 50), (target[0] + 60, target[1] + 200))
    program.until(lambda: first in in_phase(office, Phase.SELECTED), "the card has come to its new column")
    with office.reader() as reader:
        after = phase_counts(reader, ListQuery())
    assert after == {**before, Phase.APPLIED: before[Phase.APPLIED] - 1, Phase.SELECTED: before[Phase.SELECTED] + 1}
    program.keys("ctrl+z")
    program.until(lambda: in_phase(office, Phase.APPLIED)[0] == first, "the card is back")
