"""What is said of a paper because of its programme and its sisters."""

from partnerdesk.domain.agreements import Agreement, Condition
from partnerdesk.domain.paper_rules import Granted, erasmus_problems, twin_problems

IIA = Agreement(id=1, type="erasmus_iia", programme="erasmus-ka131")
FULL = Condition(activity="student-studies", fields=("0312",), languages=("en B2",))


def test_that_erasmus_wants_four_digits_and_a_language_for_studies_and_teaching():
    bare = Condition(activity="staff-teacher", fields=("031", "0312"))
    assert [(p.code, p.field) for p in erasmus_problems(IIA, bare)] == [("R16", "fields"), ("R16", "languages")]
    assert not list(erasmus_problems(IIA, FULL))
    assert not list(erasmus_problems(IIA, Condition(activity="staff-training", fields=("0312",))))


def test_that_other_programmes_want_neither():
    assert not list(erasmus_problems(Agreement(programme="bilateral", type="student_exchange"),
                                     Condition(fields=("03",))))


def test_that_the_same_places_in_another_paper_lead_to_that_paper():
    other = Granted("2024-007", Agreement(id=7, type="erasmus_iia", programme="erasmus-ka131"), FULL)
    (found,) = twin_problems(IIA, FULL, [other])
    assert (found.code, found.values) == ("R20", {"agreement": 7})


def test_that_places_in_the_other_direction_are_no_twins():
    back = Condition(direction="in", activity="student-studies", fields=("0312",), languages=("en B2",))
    assert not list(twin_problems(IIA, back, [Granted("x", IIA, FULL)]))
