"""What users do with follow-ups: on any record, done, put off, into the trash, gone with what they are about."""

from datetime import date, timedelta

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.calls import Call
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.followup_rules import LINK_OF
from partnerdesk.domain.followups import ABOUT, FollowUp
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused, Superseded
from partnerdesk.domain.projects import Project
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.visits import Visit
from partnerdesk.services import agreements, calls, cohorts, followups, journal, partners, people, trash
from partnerdesk.store.followups import followup_lines
from tests.services.noting import Desk

TODAY = date(2026, 3, 2)


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path / "followups.partnerdesk")
    yield made
    made.office.close()


@pytest.fixture
def records(desk):
    """One record of each kind that a follow-up may be about: ids by kind."""
    partner = desk.do(partners.new_partner(Institution(name="Universidad de Chile", country="CL")))
    paper = Agreement(type="student_exchange", title="Exchange")
    agreement = desk.do(agreements.new_agreement(desk.get(Institution, partner), paper))
    person, cohort, call, project, visit = desk.add(
        Person(given_names="Ada", family_name="Berg"), Cohort(title="Autumn"), Call(title="Main round"),
        Project(acronym="DATAGRID", title="Data for grids"), Visit(title="Santiago in May"))
    (stay,) = desk.add(Stay(person_id=person, receiving_id=partner, year=2026))
    return {"partner": partner, "agreement": agreement, "person": person, "stay": stay, "cohort": cohort,
            "call": call, "project": project, "visit": visit}


def test_that_every_link_of_a_follow_up_has_its_kind_of_record():
    assert tuple(LINK_OF.values()) == ABOUT


def test_that_a_follow_up_may_be_about_any_record_and_names_it(desk, records):
    for kind, record_id in records.items():
        desk.follow(f"About {kind}", kind, record_id, due_on=TODAY)
    desk.follow("About nothing")
    found = {line.root: (line.root_id, line.about) for line in desk.ask(followups.followup_lines)}
    assert {kind: one[0] for kind, one in found.items()} == {**records, "": 0}
    assert {kind: one[1] for kind, one in found.items()} == {
        "": "", "partner": "Universidad de Chile", "agreement": "Universidad de Chile · Exchange",
        "person": "Ada Berg", "stay": "Ada Berg · Universidad de Chile", "cohort": "Autumn", "call": "Main round",
        "project": "DATAGRID", "visit": "Santiago in May"}


def test_that_the_record_it_is_about_hears_of_a_follow_up(desk, records):
    for kind, record_id in records.items():
        news = desk.news(followups.add_followup(followups.new_followup(kind, record_id, "Call")))
        assert news.ids(kind) == {record_id}
        assert len(news.ids("followup")) == 1


def test_that_one_record_shows_its_own_in_the_order_of_the_work(desk, records):
    visit = records["visit"]
    late = desk.follow("Late", "visit", visit, due_on=TODAY - timedelta(days=3))
    soon = desk.follow("Soon", "visit", visit, due_on=TODAY + timedelta(days=3))
    undated = desk.follow("Some day", "visit", visit)
    done = desk.follow("Done", "visit", visit, done_on=TODAY)
    desk.follow("Elsewhere", "partner", records["partner"])
    found = desk.ask(followups.followups_about, "visit", visit)
    assert [one.id for one in found] == [late.id, soon.id, undated.id, done.id]
    assert [one.id for one in desk.ask(followups.open_about, "visit", [visit])] == [late.id, soon.id, undated.id]


def test_that_a_title_is_wanted_and_one_record_at_most(desk, records):
    with pytest.raises(Refused, match="what is to be done"):
        desk.do(followups.add_followup(FollowUp(title=" ")))
    with pytest.raises(Refused, match="one record"):
        desk.do(followups.add_followup(FollowUp(title="Call", visit_id=records["visit"], call_id=records["call"])))
    one = desk.follow("Call", "visit", records["visit"])
    with pytest.raises(Refused):
        desk.do(followups.change_followup(one, title=""))
    with pytest.raises(Refused):
        desk.do(followups.change_followup(one, person_id=records["person"]))


def test_that_fields_are_changed_unless_somebody_else_was_faster(desk):
    one = desk.follow("Call", responsible="Ada")
    desk.do(followups.change_followup(one, due_on=TODAY))
    assert desk.get(FollowUp, one.id).due_on == TODAY
    with pytest.raises(Superseded):
        desk.do(followups.change_followup(one, due_on=None))


def test_that_things_are_ticked_off_once_and_opened_again(desk):
    one, two = desk.follow("Call"), desk.follow("Write")
    desk.do(followups.do_followups([one], TODAY - timedelta(days=4)))
    desk.do(followups.do_followups([one, two]))
    assert [desk.get(FollowUp, i.id).done_on for i in (one, two)] == [TODAY - timedelta(days=4), TODAY]
    assert desk.ask(followups.followup_lines) == []
    assert len(desk.ask(followups.followup_lines, done=True)) == 2
    desk.do(followups.reopen_followups(desk.ask(followups.followup_lines, done=True)))
    assert [line.done_on for line in desk.ask(followups.followup_lines)] == [None, None]


def test_that_putting_off_wants_a_reason_and_the_journal_keeps_it(desk):
    one = desk.follow("Call", due_on=TODAY)
    for until, reason in ((TODAY, "On leave"), (None, "On leave"), (TODAY + timedelta(days=7), " ")):
        with pytest.raises(Refused):
            desk.do(followups.snooze_followups([one], until, reason))
    desk.do(followups.snooze_followups([one], TODAY + timedelta(days=7), " On leave "))
    stored = desk.get(FollowUp, one.id)
    assert (stored.snoozed_until, stored.snooze_reason) == (TODAY + timedelta(days=7), "On leave")
    told = desk.ask(journal.history_of, [("followup", one.id)])
    assert "On leave" in [entry.step.reason for entry in told]
    desk.do(followups.wake_followups([stored]))
    assert desk.get(FollowUp, one.id).snoozed_until is None


def test_that_deleting_is_undone_and_restored(desk):
    one = desk.follow("Call")
    desk.do(followups.delete_followups([one]))
    assert desk.ask(followups.followup_lines, done=True) == []
    desk.do(trash.restore(desk.ask(trash.trash_lines)))
    assert [line.id for line in desk.ask(followups.followup_lines)] == [one.id]
    desk.do(followups.delete_followups([one]))
    desk.undo()
    assert [line.id for line in desk.ask(followups.followup_lines)] == [one.id]


def test_that_what_is_about_a_record_in_the_trash_waits_with_it(desk, records):
    one = desk.follow("Call", "cohort", records["cohort"])
    desk.do(cohorts.delete_cohorts([desk.get(Cohort, records["cohort"])]))
    assert desk.ask(followups.followup_lines) == []
    desk.undo()
    assert [line.id for line in desk.ask(followups.followup_lines)] == [one.id]


def test_that_open_ones_of_partners_come_with_those_of_their_agreements(desk, records):
    desk.follow("Partner", "partner", records["partner"])
    desk.follow("Paper", "agreement", records["agreement"])
    desk.follow("Done", "partner", records["partner"], done_on=TODAY)
    desk.follow("Visit", "visit", records["visit"])
    found = desk.ask(followups.open_with_partners, [records["partner"]])
    assert [line.title for line in found] == ["Partner", "Paper"]
    assert desk.ask(followups.open_with_partners, [records["partner"] + 999]) == []


def test_that_several_are_noted_in_one_step(desk, records):
    wanted = [followups.new_followup("visit", records["visit"], title) for title in ("One", "Two")]
    desk.do(followups.add_followups(wanted))
    desk.undo()
    assert desk.ask(followup_lines) == []
    with pytest.raises(Refused):
        desk.do(followups.add_followups([*wanted, FollowUp()]))


@pytest.mark.parametrize("kind", ["cohort", "call", "person"])
def test_that_follow_ups_go_when_what_they_are_about_is_purged(desk, records, kind):
    desk.follow("Call Ada Berg", kind, records[kind])
    kept = desk.follow("Other", "visit", records["visit"])
    if kind == "person":
        desk.follow("Ask Ada Berg", "stay", records["stay"])
        desk.do(people.delete_people([desk.get(Person, records[kind])]))
    elif kind == "cohort":
        desk.do(cohorts.delete_cohorts([desk.get(Cohort, records[kind])]))
    else:
        desk.do(calls.delete_call(desk.get(Call, records[kind])))
    desk.do(trash.purge(desk.ask(trash.trash_lines)))
    assert [one.id for one in desk.ask(lambda reader: reader.find(FollowUp))] == [kept.id]
    assert "Ada Berg" not in desk.everything_the_journal_says()


def test_that_a_purged_follow_up_is_gone_from_the_journal(desk):
    one = desk.follow("Call Ada Berg")
    desk.do(followups.delete_followups([one]))
    desk.do(trash.purge(desk.ask(trash.trash_lines)))
    assert desk.ask(lambda reader: reader.find(FollowUp)) == []
    assert "Ada Berg" not in desk.everything_the_journal_says()


def test_that_done_is_done_on_the_day_of_the_clock(desk):
    one = desk.follow("Call")
    with clock.fixed(clock.now() + timedelta(days=1)):
        desk.do(followups.do_followups([one]))
    assert desk.get(FollowUp, one.id).done_on == TODAY + timedelta(days=1)
