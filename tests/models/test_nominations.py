"""Nominations in words: deadlines near and over, what is missing, states."""

from datetime import date

import pytest

from partnerdesk.domain.nominations import Nomination, Nominee
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.look.cells import Chip, Soft
from partnerdesk.models.nominations import (
    deadline_cell,
    deadline_words,
    nomination_rows,
    nomination_sentence,
    second_words,
    state_chip,
    term_words,
)

ADA = Person(given_names="Ada", family_name="Alpha")


def nominee(sending="planned", receiving="none", **more):
    missing = more.pop("missing", ())
    return Nominee(Stay(sending_status=sending, receiving_status=receiving, **more), ADA, None, (), missing)


def nomination(deadline, *nominees):
    return Nomination(Institution(name="Kyoto", country="JP"), 2026, False, nominees or (nominee(),), deadline)


@pytest.mark.usefixtures("stopped_clock")
@pytest.mark.parametrize(("deadline", "cell"), [
    (date(2026, 2, 27), ("danger", "3 days late")), (date(2026, 3, 12), ("warn", "in 10 days")),
    (date(2026, 6, 1), "1 Jun 2026"), (None, "No deadline known")])
def test_that_a_deadline_is_a_chip_when_it_is_near_or_over(deadline, cell):
    shown = deadline_cell(nomination(deadline))
    found = (shown.kind, shown.word) if isinstance(shown, Chip) else shown.words
    assert found == cell


@pytest.mark.usefixtures("stopped_clock")
def test_that_a_deadline_that_was_kept_alarms_nobody():
    one = nomination(date(2026, 2, 27), nominee("nomination", "pending"))
    assert deadline_cell(one) == Soft("27 Feb 2026")
    assert deadline_words(one) == "27 Feb 2026, 3 days ago"


def test_that_the_state_of_a_nominee_tells_what_is_to_be_done():
    assert state_chip(nominee()).word == "To send"
    assert state_chip(nominee(missing=(Text("E-mail"),))).word == "Incomplete"
    assert state_chip(nominee("nomination", "pending")).word == "Asked"
    assert state_chip(nominee("nomination", "rejected")).word == "Rejected"


def test_that_below_the_name_stands_what_is_missing_or_the_partners_comment():
    assert second_words(nominee(missing=(Text("E-mail"), Text("Term")))) == "Missing: E-mail, Term"
    assert second_words(nominee("nomination", "rejected", status_comment="No room")) == "No room"
    assert second_words(nominee(term="1/2")) == "First semester"


@pytest.mark.usefixtures("stopped_clock")
def test_that_a_nomination_is_said_in_full_and_written_with_its_counts():
    one = nomination(date(2026, 4, 1), nominee(missing=(Text("E-mail"),)), nominee("nomination", "pending"))
    assert term_words(one) == "2026/2027, first half"
    assert nomination_sentence(one) == (
        "Kyoto, 2026/2027, first half, deadline 1 Apr 2026, in 30 days, 1 to send, 1 asked, 0 rejected")
    assert nomination_rows([one])[1] == [["Kyoto", "JP", "2026/2027, first half", date(2026, 4, 1), 1, 1, 1, 0, ""]]
