"""How follow-ups read in lists."""

from datetime import date, timedelta

import pytest

from partnerdesk.domain.followups import FollowUp, FollowUpLine
from partnerdesk.models.followups import count_words, due_words, followup_words, laters

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(("due", "wanted"), [
    (None, ""), (-9, "9 days late"), (-1, "1 day late"), (0, "today"), (1, "tomorrow"), (2, "4 Mar 2026"),
])
def test_that_a_day_near_is_said_as_people_say_it(stopped_clock, due, wanted):
    day = None if due is None else TODAY + timedelta(days=due)
    assert due_words(FollowUp(due_on=day), TODAY) == wanted


def test_that_a_line_says_what_is_late_who_and_what_it_is_about(stopped_clock):
    line = FollowUpLine(title="Call", responsible="Ada", due_on=TODAY - timedelta(days=2), about="Kyoto University")
    words = followup_words(line, TODAY)
    assert (words.lead, words.rest, words.late, words.done) == ("2 days late", "Ada · Kyoto University", True, False)
    assert words.sentence == "Call, 2 days late, Ada · Kyoto University"
    assert followup_words(FollowUp(title="Call"), TODAY).sentence == "Call"


def test_that_what_was_put_off_says_why_and_what_is_done_when(stopped_clock):
    put_off = FollowUp(title="Call", due_on=TODAY - timedelta(days=2), snoozed_until=TODAY + timedelta(days=3),
                       snooze_reason="On leave")
    words = followup_words(put_off, TODAY)
    assert (words.lead, words.rest, words.late) == ("Put off until 5 Mar 2026", "On leave", False)
    back = followup_words(put_off, TODAY + timedelta(days=3))
    assert back.late and back.rest == ""
    done = followup_words(FollowUp(title="Call", done_on=TODAY, due_on=TODAY - timedelta(days=2)), TODAY)
    assert (done.lead, done.late, done.done) == ("Done on 2 Mar 2026", False, True)


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 8), date(2027, 12, 31), date(2028, 1, 31)])
def test_that_days_to_put_off_until_lie_ahead_and_the_week_begins_on_monday(day):
    found = [later.until for later in laters(day)]
    assert all(until > day for until in found)
    assert found[1].weekday() == 0 and (found[1] - day).days <= 7
    assert found[3] > found[2] or day.day > 28


def test_that_only_what_is_to_be_done_is_counted():
    assert count_words([FollowUp(), FollowUp(done_on=TODAY)]) == "1"
    assert count_words([FollowUp(done_on=TODAY)]) == ""
