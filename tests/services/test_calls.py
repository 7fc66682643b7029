"""A call from its first application to the stays that come of it."""

import pytest

from partnerdesk.domain.applications import points_of
from partnerdesk.domain.calls import Application, Call, ScorePart, Wish
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.services import calls, changes, journal, offers, people, placing, trash
from partnerdesk.services.journal import undo_deed, undo_state
from tests.services.applying import Desk


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path / "calls.partnerdesk")
    made.seat("Kyoto", 1)
    made.seat("Lyon", 1, country="FR", languages=("fr B2",))
    made.seat("Porto", 2, country="PT", levels=("6",), fields=("04",))
    made.call()
    yield made
    made.office.close()


@pytest.fixture
def three(desk):
    desk.applicant("Ada Alpha", 90, 18, "Kyoto", "Porto")
    desk.applicant("Ben Beta", 80, 16, "Kyoto", "Lyon", "Porto")
    desk.applicant("Cem Gamma", 70, 14, "Kyoto")
    return desk


def test_that_a_run_is_written_as_it_was_shown_and_taken_back_in_one_step(three):
    run = three.read(placing.plan_run, three.call_id)
    assert run.counts == {"placed": 2, "waiting": 1, "none": 0, "kept": 0, "out": 0}
    assert three.do(placing.run_deed(run)) == 3
    assert three.stands() == {
        "Ada Alpha": ("placed", "Kyoto"), "Ben Beta": ("placed", "Porto"), "Cem Gamma": ("waiting", "")}
    assert three.application("Ben Beta").wish == 3
    three.do(undo_deed(three.read(undo_state).undo))
    assert set(three.stands().values()) == {("none", "")}


def test_that_a_second_run_changes_nothing(three):
    three.run()
    again = three.read(placing.plan_run, three.call_id)
    assert again.changes == ()
    assert three.do(placing.run_deed(again)) == 0


def test_that_a_run_is_refused_when_something_changed_since_it_was_shown(three):
    run = three.read(placing.plan_run, three.call_id)
    three.do(offers.withdraw([three.application("Ada Alpha")]))
    with pytest.raises(Refused, match="changed since"):
        three.do(placing.run_deed(run))


def test_that_the_sentence_of_a_person_is_made_of_what_the_agreement_says(three):
    said = str(three.file.explanation(three.people["Ben Beta"]))
    assert said == ("Wish 1 Kyoto is full (1 of 1, last placed 90.0 points); "
                    "wish 2 Lyon asks for B2 in French, has none; wish 3 Porto: placed.")


def test_that_an_accepted_offer_makes_a_selected_stay_that_uses_the_condition(three):
    three.run()
    three.offer("Ada Alpha")
    (stay_id,) = three.accept("Ada Alpha")
    stay = three.get(Stay, stay_id)
    assert (stay.condition_id, stay.year, stay.direction) == (three.seats["Kyoto"], 2026, "out")
    assert stay.selected_on is not None
    assert stay.field == "0421"
    assert three.application("Ada Alpha").stay_id == stay_id


def test_that_who_was_offered_a_place_keeps_it_when_somebody_better_comes(three):
    three.run()
    three.offer("Ada Alpha")
    three.applicant("Zoe Zeta", 100, 20, "Kyoto")
    three.run()
    assert three.stands()["Zoe Zeta"] == ("waiting", "")
    assert three.stands()["Ada Alpha"] == ("offered", "Kyoto")


def test_that_a_withdrawn_place_goes_to_the_next_with_the_reason(three):
    three.run()
    file = three.file
    after = offers.aftermath(file, [three.people["Ada Alpha"]])
    assert [str(after.said(move)) for move in after.moves] == [
        "Moves from Porto to Kyoto (wish 1), where a place is free now."]
    three.do(offers.withdraw([three.application("Ada Alpha")]))
    three.run()
    assert three.stands()["Ben Beta"] == ("placed", "Kyoto")


def test_that_a_declined_offer_frees_its_place(three):
    three.run()
    three.offer("Ada Alpha")
    three.do(offers.decline_offers([three.application("Ada Alpha")]))
    three.run()
    assert three.stands()["Ada Alpha"] == ("declined", "")
    assert three.stands()["Ben Beta"] == ("placed", "Kyoto")


def test_that_who_withdraws_after_accepting_leaves_a_cancelled_stay(three):
    three.run()
    three.offer("Ada Alpha")
    (stay_id,) = three.accept("Ada Alpha")
    three.do(offers.withdraw([three.application("Ada Alpha")]))
    assert (three.get(Stay, stay_id).sending_status, three.get(Stay, stay_id).exit) == ("cancelled", "withdrawn")


def test_that_a_place_by_hand_is_kept_by_every_run(three):
    three.do(offers.place_by_hand(three.application("Cem Gamma"), "Cem Gamma", three.seats["Kyoto"]))
    three.run()
    assert three.stands() == {
        "Ada Alpha": ("placed", "Porto"), "Ben Beta": ("placed", "Porto"), "Cem Gamma": ("placed", "Kyoto")}


def test_that_placing_over_a_soft_quota_needs_a_reason_and_is_said(three):
    three.run()
    with pytest.raises(Refused, match="is full: 1 of 1"):
        three.do(offers.place_by_hand(three.application("Cem Gamma"), "Cem", three.seats["Kyoto"]))
    three.do(offers.place_by_hand(three.application("Cem Gamma"), "Cem", three.seats["Kyoto"], "Kyoto agreed by mail"))
    three.offer("Ada Alpha")
    run = three.read(placing.plan_run, three.call_id)
    assert run.over == [three.seats["Kyoto"]]


def test_that_nobody_goes_over_a_hard_quota_whatever_the_reason(desk):
    hard = desk.seat("Seoul", 1, country="KR", overflow="hard")
    desk.applicant("Ada Alpha", 90, 18, "Seoul")
    desk.applicant("Ben Beta", 80, 16, "Seoul")
    desk.run()
    with pytest.raises(Refused, match="is full"):
        desk.do(offers.place_by_hand(desk.application("Ben Beta"), "Ben", hard, "please"))


def test_that_somebody_can_be_placed_where_nobody_wished_to_go(three):
    seoul = three.seat("Seoul", 1, country="KR")
    three.do(offers.place_by_hand(three.application("Cem Gamma"), "Cem", seoul))
    assert three.stands()["Cem Gamma"] == ("placed", "Seoul")
    assert str(three.file.explanation(three.people["Cem Gamma"])).endswith("placed at Seoul by the office.")


def test_that_stays_of_the_year_take_their_places_first(three):
    three.run()
    three.offer("Ada Alpha")
    three.accept("Ada Alpha")
    other = three.do(calls.new_call(Call(title="Late", year=2026)))
    person = three.get(Person, three.application("Cem Gamma").person_id)
    made = three.do(calls.add_application(three.get(Call, other), person, [(three.seats["Kyoto"], "")]))
    file = three.read(placing.call_file, other)
    assert str(file.explanation(made)) == "Wish 1 Kyoto is full (1 of 1, all promised before); on the waiting list."


def test_that_points_outside_their_part_are_refused(three):
    part = three.all(ScorePart, call_id=three.call_id)[0]
    with pytest.raises(Refused, match="gives from 0 to 100"):
        three.do(calls.set_points(three.people["Ada Alpha"], "Ada", {part.id: 101}))


def test_that_a_part_is_taken_out_with_its_points(three):
    part = three.all(ScorePart, call_id=three.call_id)[0]
    three.do(calls.remove_part(three.get(Call, three.call_id), part))
    assert set(points_of(three.application("Ada Alpha").scores)) == {part.id + 1}


def test_that_best_points_stay_above_what_was_given(three):
    part = three.all(ScorePart, call_id=three.call_id)[0]
    with pytest.raises(Refused, match="Somebody has 90 points"):
        three.do(calls.change_part(three.get(Call, three.call_id), part, best=50.0))


def test_that_a_person_applies_once(three):
    person = three.get(Person, three.application("Ada Alpha").person_id)
    with pytest.raises(Refused, match="has applied"):
        three.do(calls.add_application(three.get(Call, three.call_id), person))


def test_that_wishes_are_put_in_place_of_those_there_are_each_once(three):
    seats = three.seats
    one = three.application("Ada Alpha")
    three.do(calls.set_wishes(one, "Ada", [(seats["Porto"], ""), (seats["Kyoto"], "1/2"), (seats["Porto"], "")]))
    wishes = three.all(Wish, application_id=one.id)
    told = [(w.position, w.condition_id, w.term) for w in wishes]
    assert told == [(1, seats["Porto"], ""), (2, seats["Kyoto"], "1/2")]


def test_that_a_new_call_has_the_score_of_the_last_one(three):
    made = three.do(calls.new_call(Call(title="Spring", year=2026)))
    assert [part.name for part in three.read(calls.parts_of, made)] == ["Grades", "Interview"]


def test_that_a_call_that_led_to_stays_is_not_deleted(three):
    three.run()
    three.offer("Ada Alpha")
    three.accept("Ada Alpha")
    with pytest.raises(Refused, match="archive"):
        three.do(calls.delete_call(three.get(Call, three.call_id)))


def test_that_the_list_of_calls_counts_what_became_of_applications(three):
    three.run()
    (line,) = three.read(calls.call_lines)
    assert line.counts == {"placed": 2, "waiting": 1}
    assert line.applications == 3


def test_that_a_call_is_found_by_its_title_and_a_wrong_one_says_which_there_are(three):
    assert three.read(calls.call_named, "  AUTUMN ").id == three.call_id
    with pytest.raises(Refused) as refused:
        three.read(calls.call_named, "Spring")
    assert str(refused.value.problems[0].fix) == "Calls: Autumn"


def test_that_a_placement_is_given_out_with_its_reasons_as_plain_values(three):
    run = placing.place_call(three.office, "Autumn")
    told = placing.summary_of(run)
    assert told["counts"]["placed"] == 2
    assert [one["rank"] for one in told["applications"]] == [1, 2, 3]
    assert told["applications"][1]["placed_at"] == "Porto"
    assert three.stands()["Ada Alpha"] == ("placed", "Kyoto")


def test_that_a_dry_run_writes_nothing(three):
    placing.place_call(three.office, "Autumn", dry_run=True)
    assert {one.offer for one in three.all(Application)} == {"none"}


def test_that_a_deleted_call_lies_in_the_trash_with_its_applications_until_it_is_purged(three):
    three.do(calls.delete_call(three.get(Call, three.call_id)))
    (line,) = three.read(trash.trash_lines)
    assert (line.kind, line.name, line.about) == ("call", "Autumn", "2026")
    assert three.read(calls.call_lines) == []
    three.do(trash.restore([line]))
    assert len(three.read(calls.call_lines)) == 1
    three.do(calls.delete_call(three.get(Call, three.call_id)))
    three.do(trash.purge(three.read(trash.trash_lines)))
    assert (three.all(Application), three.all(Wish), three.all(ScorePart)) == ([], [], [])


def test_that_the_journal_names_the_person_of_an_application_and_the_call_of_its_score(three):
    def rows():
        with three.office.read() as reader:
            (step, *_) = journal.recent_steps(reader)
            return {(row.entry.table, str(row.about)) for row in changes.touched_rows(reader, step)}

    three.run()
    assert ("application", "Ada Alpha") in rows()
    three.do(calls.add_part(three.get(Call, three.call_id), ScorePart(name="Essay")))
    assert rows() == {("score_part", "Autumn")}
    three.offer("Ada Alpha")
    three.accept("Ada Alpha")
    assert ("stay", "Ada Alpha") in rows()


def test_that_a_purged_person_leaves_no_name_in_the_journal_of_a_call(three):
    three.run()
    person = three.get(Person, three.application("Ben Beta").person_id)
    three.do(offers.place_by_hand(three.application("Ben Beta"), "Ben Beta", three.seats["Kyoto"], "agreed"))
    three.do(people.delete_people([person]))
    three.do(people.purge_people([three.get(Person, person.id)]))
    with three.office.read() as reader:
        said = [f"{step.label} {step.reason}" for step in journal.recent_steps(reader, 100)]
    assert not any("Ben" in each or "Beta" in each for each in said)
    assert any("Cem Gamma" in each for each in said)
