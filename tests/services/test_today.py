"""What wants doing, found in an office: each kind when its day is near, gone when it is done."""

from datetime import date, timedelta

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Document, Party, SignOff
from partnerdesk.domain.calls import Application, Call
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.grants import GrantAward, GrantPayment
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Contact, Institution, Member, Partnership
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Transcript
from partnerdesk.domain.visits import Visit
from partnerdesk.domain.words import Text
from partnerdesk.services import journal, today
from tests.services.noting import Desk

TODAY = date(2026, 3, 2)


def on(days):
    return TODAY + timedelta(days=days)


class Office(Desk):
    """A desk with our own institution and one partner."""

    def __init__(self, path):
        super().__init__(path)
        self.home = self.ask(lambda reader: reader.find(Institution, is_home=True))[0].id
        (self.chile,) = self.add(Institution(name="Universidad de Chile", country="CL"))
        (self.bond,) = self.add(Partnership(responsible="Jonas Weil"))
        self.add(Member(partnership_id=self.bond, institution_id=self.chile),
                 Member(partnership_id=self.bond, institution_id=self.home, role="home"))
        (self.ada,) = self.add(Person(given_names="Ada", family_name="Berg"))

    def paper(self, ours=None, theirs=None, **terms):
        (paper,) = self.add(Agreement(partnership_id=self.bond, type="student_exchange", our_code="26-1",
                                      predecessor_id=terms.pop("predecessor_id", None)))
        self.add(AgreementVersion(agreement_id=paper, **terms))
        version = self.ask(lambda reader: reader.find(AgreementVersion, agreement_id=paper))[0].id
        for side, institution, day in (("our", self.home, ours), ("partner", self.chile, theirs)):
            (party,) = self.add(Party(agreement_id=paper, institution_id=institution, side=side))
            if day:
                self.add(SignOff(version_id=version, party_id=party, approved_on=day))
        return paper

    def signed(self, ends, **terms):
        return self.paper(on(-900), on(-900), status="approved", valid_from=on(-900), valid_to=ends, **terms)

    def stay(self, direction="out", **fields):
        sides = {"sending_id": self.home, "receiving_id": self.chile}
        if direction == "in":
            sides = {"sending_id": self.chile, "receiving_id": self.home}
        (stay,) = self.add(Stay(person_id=self.ada, direction=direction, year=2025, term="1/1", **sides, **fields))
        return stay

    def change(self, record, record_id, **fields):
        self.do(Deed(Text("change"), lambda unit: unit.change(record, record_id, None, **fields)))

    def work(self, who=""):
        return self.ask(lambda reader: today.day_work(reader, who))

    def listed(self, who=""):
        return [item.key for item in self.work(who).items]

    def item(self, key):
        return next(item for item in self.work().items if item.key == key)


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Office(tmp_path / "today.partnerdesk")
    yield made
    made.office.close()


LIVE = {"sending_status": "live", "receiving_status": "verified"}
AWAY = {**LIVE, "actual_from": on(-100), "planned_from": on(-100)}


def test_that_an_office_without_anything_wants_nothing(desk):
    assert desk.listed() == []


def test_that_an_agreement_that_ends_within_18_months_is_found_and_whose_it_is(desk):
    paper = desk.signed(on(540))
    assert desk.item(f"agreement-ends:{paper}").who == "Jonas Weil"


def test_that_another_agreement_of_the_kind_that_goes_on_longer_takes_the_end_off_the_list(desk):
    desk.signed(on(100))
    longer = desk.signed(on(700))
    assert desk.listed() == []
    desk.change(Agreement, longer, archived_on=TODAY)
    assert len(desk.listed()) == 1


def test_that_a_successor_takes_the_end_of_an_agreement_off_the_list(desk):
    old = desk.signed(on(100))
    new = desk.paper(predecessor_id=old, valid_from=on(101), valid_to=on(900))
    assert desk.listed() == [f"agreement-draft:{new}"]


def test_that_a_notice_day_stands_in_place_of_the_end(desk):
    paper = desk.signed(on(200), notice_months=5)
    (key,) = desk.listed()
    assert key.startswith(f"agreement-notice:{paper}:")


def test_that_an_approval_that_is_missing_for_a_month_is_overdue(desk):
    paper = desk.paper(ours=on(-40), status="sent", valid_from=on(30), valid_to=on(900))
    work = desk.work()
    assert [item.key for item in work.of("overdue")] == [f"agreement-sign:{paper}"]


def test_that_people_to_nominate_are_counted_with_the_partners_deadline(desk):
    desk.add(Factsheet(institution_id=desk.chile, year=2025, nominate_first=on(5)))
    for _ in range(2):
        desk.stay(selected_on=on(-10), planned_from=on(150), planned_to=on(300))
    item = desk.item(f"nominate:{desk.chile}:2025:1")
    assert (item.n, item.when) == (2, on(5))


def test_that_nominations_from_a_partner_want_an_answer(desk):
    desk.stay("in", sending_status="nomination", receiving_status="pending", nominated_on=on(-7),
              planned_from=on(150), planned_to=on(300))
    assert desk.listed() == [f"incoming:{desk.chile}"]


def test_that_a_partner_is_asked_only_when_its_weeks_are_over(desk):
    stay = desk.stay(sending_status="nomination", receiving_status="pending", nominated_on=on(-7),
                     planned_from=on(150), planned_to=on(300))
    assert desk.listed() == []
    desk.change(Stay, stay, nominated_on=on(-60))
    assert desk.listed() == [f"nominated:{desk.chile}"]


def test_that_offers_without_an_answer_are_counted_by_call(desk):
    (call,) = desk.add(Call(title="Main round", answer_by=on(3)))
    desk.add(Application(call_id=call, person_id=desk.ada, offer="offered"))
    assert desk.item(f"offers:{call}").n == 1


def test_that_papers_before_a_near_departure_are_named(desk):
    stay = desk.stay(**LIVE, planned_from=on(20), planned_to=on(200))
    (paper,) = desk.add(Document(stay_id=stay, stage="departure", kind="insurance", state="required", due_on=on(5)))
    assert str(desk.item(f"departure-papers:{stay}").what) == "Insurance proof: Ada Berg"
    desk.change(Document, paper, state="received")
    assert desk.listed() == []


def test_that_an_arrival_is_recorded_in_place(desk):
    stay = desk.stay(**LIVE, planned_from=on(-3), planned_to=on(100))
    (paper,) = desk.add(Document(stay_id=stay, stage="departure", kind="insurance", state="required", mandatory=True))
    item = desk.item(f"arrival:{stay}")
    with pytest.raises(Refused):
        desk.do(today.fix(item))
    desk.change(Document, paper, state="received")
    desk.do(today.fix(item))
    assert desk.get(Stay, stay).actual_from == on(-3)
    assert f"arrival:{stay}" not in desk.listed()


def test_that_a_transcript_is_asked_for_and_then_to_be_decided_on(desk):
    stay = desk.stay(**AWAY, planned_to=on(-60), actual_to=on(-60))
    assert desk.listed() == [f"transcripts:{desk.chile}"]
    desk.add(Transcript(stay_id=stay, received_on=on(-40)))
    assert desk.listed() == [f"recognition:{desk.chile}"]


def test_that_the_last_instalment_is_found_when_somebody_is_back(desk):
    stay = desk.stay(**AWAY, planned_to=on(100))
    (award,) = desk.add(GrantAward(stay_id=stay, status="signed", amount=100))
    (payment,) = desk.add(GrantPayment(award_id=award, amount=20, final=True))
    assert desk.listed() == []
    desk.change(Stay, stay, actual_to=on(-60), planned_to=on(-60))
    assert f"payment:{payment}" in desk.listed()


def test_that_a_milestone_is_met_in_place(desk):
    (project,) = desk.add(Project(acronym="GREENCAMP", status="running"))
    (point,) = desk.add(Milestone(project_id=project, number="M3", title="Pilot", due_on=on(-2)))
    desk.do(today.fix(desk.item(f"milestone:{point}")))
    assert (desk.get(Milestone, point).met_on, desk.listed()) == (TODAY, [])


def test_that_late_tasks_of_a_project_are_one_line(desk):
    (project,) = desk.add(Project(acronym="GREENCAMP", status="running"))
    desk.add(Task(project_id=project, title="Second", ends_on=on(-2)),
             Task(project_id=project, title="First", ends_on=on(-9)),
             Task(project_id=project, title="Finished", ends_on=on(-20), progress=100))
    item = desk.item(f"tasks:{project}")
    assert (item.n, item.when, "First" in str(item.why)) == (2, on(-9), True)


def test_that_projects_which_are_over_or_only_copied_want_nothing(desk):
    for fields in ({"status": "finished"}, {"status": "running", "template": True}):
        (project,) = desk.add(Project(acronym="OLD", **fields))
        desk.add(Deliverable(project_id=project, title="Report", due_on=on(-2)))
    assert desk.listed() == []


def test_that_a_visit_is_prepared_before_and_written_up_after(desk):
    before, after, written = desk.add(
        Visit(title="Beijing", starts_on=on(10), ends_on=on(12)),
        Visit(title="Lund", starts_on=on(-12), ends_on=on(-9)),
        Visit(title="Kyiv", starts_on=on(-12), ends_on=on(-9), outcomes="Agreed"))
    assert desk.listed() == [f"outcomes:{after}", f"visit:{before}"]
    assert written not in [item.root_id for item in desk.work().items]


def test_that_a_follow_up_is_ticked_off_in_place_and_comes_back_by_undo(desk):
    (one,) = desk.add(FollowUp(title="Call", due_on=on(1)))
    desk.do(today.fix(desk.item(f"followup:{one}")))
    assert desk.listed() == []
    desk.do(journal.undo_deed(desk.ask(journal.undo_state).undo))
    assert desk.listed() == [f"followup:{one}"]


def test_that_contacts_of_more_than_a_year_ago_are_confirmed_in_place(desk):
    (one,) = desk.add(Contact(institution_id=desk.chile, family_name="Soto", confirmed_on=on(-400)))
    desk.do(today.fix(desk.item(f"contact:{one}")))
    assert desk.listed() == []


def test_that_what_is_put_off_stands_aside_and_is_taken_up_again(desk):
    (project,) = desk.add(Project(acronym="GREENCAMP", status="running"))
    (point,) = desk.add(Milestone(project_id=project, title="Pilot", due_on=on(-2)))
    item = desk.item(f"milestone:{point}")
    desk.do(today.snooze([item], on(7), "The partner is on holiday", "Ada"))
    work = desk.work()
    assert (work.items, work.aside[0][1].reason) == ((), "The partner is on holiday")
    desk.do(today.snooze([item], on(9), "Until the strike is over", "Ada"))
    assert desk.work().aside[0][1].until == on(9)
    desk.do(today.wake([item]))
    assert desk.listed() == [item.key]


def test_that_a_follow_up_is_put_off_in_its_own_record(desk):
    (one,) = desk.add(FollowUp(title="Call", due_on=on(1)))
    desk.do(today.snooze([desk.item(f"followup:{one}")], on(7), "Later", "Ada"))
    assert desk.get(FollowUp, one).snoozed_until == on(7)
    assert [item.key for item, _ in desk.work().aside] == [f"followup:{one}"]


def test_that_nothing_is_put_off_without_a_reason_or_until_today(desk):
    (one,) = desk.add(FollowUp(title="Call", due_on=on(1)))
    item = desk.item(f"followup:{one}")
    for until, reason in ((on(7), " "), (TODAY, "x"), (None, "x")):
        with pytest.raises(Refused):
            desk.do(today.snooze([item], until, reason))


def test_that_the_first_page_says_that_there_is_more(desk):
    (project,) = desk.add(Project(acronym="GREENCAMP", status="running"))
    desk.add(*(Milestone(project_id=project, title=f"M{n}", due_on=on(n)) for n in range(9)))
    first = desk.ask(lambda reader: today.first_work(reader, limit=4))
    assert (first.more, [item.when for item in first.items]) == (True, [on(n) for n in range(4)])
    assert len(desk.work().items) == 9


def test_that_the_work_of_one_person_is_found_by_name(desk):
    desk.signed(on(100))
    (theirs,) = desk.add(FollowUp(title="Call", due_on=on(1), responsible="Ada"))
    assert desk.listed("Ada") == [f"followup:{theirs}"]
    assert len(desk.listed("Jonas Weil")) == 1
    assert desk.listed("Nobody") == []


def test_that_the_counters_count_what_their_lists_show(desk):
    from partnerdesk.domain.query import parse
    from partnerdesk.services import listing, stays

    stay = desk.stay(**LIVE, planned_from=on(20), planned_to=on(200))
    desk.add(Document(stay_id=stay, stage="departure", kind="insurance", state="required", due_on=on(-5)))
    desk.stay("in", **LIVE, planned_from=on(20), planned_to=on(200))
    desk.signed(on(50))
    found = {one.key: one for one in desk.ask(today.beside).counters}
    keys = ("direction", "starts", "phase", "missing", "late", "ends", "state")
    assert found["papers"].beside == desk.ask(
        lambda reader: stays.stay_hits(reader, parse(today.MISSING, keys).listing())) == 1
    assert found["arriving"].n == desk.ask(
        lambda reader: stays.stay_hits(reader, parse(today.ARRIVING, keys).listing())) == 1
    assert found["ending"].n == desk.ask(
        lambda reader: listing.agreement_hits(reader, parse(today.ENDING, keys).listing())) == 1


def test_that_an_office_never_backed_up_says_so(desk):
    path = desk.office.path
    work = desk.ask(lambda reader: today.day_work(reader, "", path))
    assert [item.key for item in work.items] == ["backup"]


def test_that_a_bare_office_is_not_asked_for_a_backup(tmp_path, stopped_clock):
    bare = Desk(tmp_path / "bare.partnerdesk")
    path = bare.office.path
    assert bare.ask(lambda reader: today.day_work(reader, "", path)).items == ()
    bare.office.close()


def test_that_an_item_about_a_record_names_where_it_is_dealt_with(desk):
    paper = desk.signed(on(100))
    item = desk.item(f"agreement-ends:{paper}")
    assert (item.root, item.root_id) == ("agreement", paper)
