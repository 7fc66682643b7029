"""A delegation by a real pointer and real keys: planned with its host, its outcome written down, followed up, done."""

import pytest

from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.visits import Visit, VisitPlace

TITLE, OUTCOME = "Spring delegation", "Two places more"
pytestmark = pytest.mark.timeout(300)


def plan(program, office):
    """Ctrl+N, a title, a host by a few letters, the days."""
    program.keys("ctrl+n")
    program.until(lambda: program.things("title", focus=True), "the cursor is in the title")
    program.type(TITLE)
    program.keys("Tab", "Down")
    program.type("tsinghua")
    program.until(lambda: any(w["kind"] == "popup" for w in program.seen["windows"]), "partners are offered")
    program.keys("Return", "Escape")
    program.fill("starts_on", "9 Mar 2027", window="New visit")
    program.fill("ends_on", "11 Mar 2027", window="New visit")
    program.click("Add visit")
    visit, = program.until(lambda: office.find(Visit, title=TITLE), "the visit is in the file")
    place, = office.find(VisitPlace, visit_id=visit.id)
    assert office.find(Institution, id=place.institution_id)[0].name == "Tsinghua University"
    return visit


def test_that_a_delegation_is_planned_held_and_followed_up_by_hand(start, northbridge):
    program, office = start(northbridge.path), northbridge
    program.come_to_front()
    program.click("Visits", kind="cell")
    program.until(lambda: program.things("New visit"), "the visits are shown")
    visit = plan(program, office)
    program.until(lambda: program.things(TITLE), "it is shown in the form")
    program.click("overview", kind="tab")
    program.keys("Right", "Right", "Right", "Right")
    program.fill("outcomes", OUTCOME, kind="TextEditor")
    program.click(OUTCOME, kind="ChildRow")
    todo, = program.until(lambda: office.find(FollowUp, visit_id=visit.id), "it is to be followed up")
    assert todo.title == OUTCOME
    program.click("outcomes", kind="tab")
    program.keys("Right", "Right")
    row = program.wait_for(OUTCOME, kind="FollowUpRow")
    program.click_at(row["place"], at=0.04)
    program.until(lambda: office.find(FollowUp, visit_id=visit.id)[0].done_on, "it is done", things=False)
    program.keys("ctrl+z")
    program.until(lambda: not office.find(FollowUp, visit_id=visit.id)[0].done_on, "it is to be done again",
                  things=False)
    assert program.quit() == 0
