"""What the overview of a stay says: the way it went, what comes next and what that needs, its days."""

from datetime import date

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.words import Text
from partnerdesk.models.stay_overview import condition_words, contact_words, day_facts, next_of, path_of
from partnerdesk.services import partners, people, stays
from partnerdesk.services.office import create_file, do, set_home


@pytest.fixture
def office(tmp_path, qapp, stopped_clock):
    office = create_file(tmp_path / "overview.partnerdesk")
    do(office, set_home(name="Northbridge"), "Ada")
    yield office
    office.close()


@pytest.fixture
def stay_id(office):
    partner, _ = do(office, partners.new_partner(Institution(name="Otago", hemisphere="s")), "Ada")
    person, _ = do(office, people.new_person(Person(given_names="Ada", family_name="Byron")), "Ada")
    with office.read() as reader:
        who, where = reader.get(Person, person), reader.get(Institution, partner)
        stay = stays.proposed_stay(reader, who, where, None, "out", 2026, "1/2")
    return do(office, stays.new_stay(who, where, stay), "Ada")[0]


def about(office, stay_id):
    with office.read() as reader:
        return stays.stay_file(reader, stay_id)


def steps(office, stay_id):
    file = about(office, stay_id)
    return {step.phase: step.state for step in path_of(file, file.stay)}


def test_that_the_way_shows_what_is_done_where_it_is_and_what_is_ahead(office, stay_id):
    assert steps(office, stay_id)[Phase.APPLIED] == "here"
    do(office, stays.nominate([stay_id], date(2026, 2, 1), "no paper yet"), "Ada")
    shown = steps(office, stay_id)
    assert (shown[Phase.SELECTED], shown[Phase.NOMINATED], shown[Phase.ACCEPTED]) == ("done", "here", "ahead")


def test_that_a_stay_that_left_the_way_says_how_it_ended(office, stay_id):
    do(office, stays.cancel([stay_id], Phase.DECLINED, "found work"), "Ada")
    shown = steps(office, stay_id)
    assert list(shown.values())[-1] == "here"
    assert list(shown)[-1] == Phase.DECLINED
    file = about(office, stay_id)
    assert next_of(file, file.stay).step == ""


def test_that_what_comes_next_says_what_it_lacks_and_which_rule_wants_it(office, stay_id):
    file = about(office, stay_id)
    following = next_of(file, file.stay)
    assert following.step == "nominate"
    assert [code for _, code in following.needs] == ["R51"]


def test_that_papers_that_are_there_are_counted_before_the_arrival(office, stay_id):
    do(office, stays.nominate([stay_id], reason="x"), "Ada")
    do(office, stays.answer([stay_id], True), "Ada")
    do(office, stays.go_live([stay_id], "signed on paper"), "Ada")
    with office.read() as reader:
        ids = [d.id for d in reader.find(Document, stay_id=stay_id)]
    made = Document(stay_id=stay_id, kind="insurance", stage="departure", mandatory=True, state="checked")

    def run(unit):
        unit.change_many(Document, ids, state="waived")
        unit.add(made)

    do(office, Deed(Text("papers"), run), "Ada")
    file = about(office, stay_id)
    following = next_of(file, file.stay)
    assert following.step == "arrive"
    assert all(code == "" for _, code in following.needs)
    assert len(following.needs) == 1


def test_that_days_and_people_are_told_where_they_are_known(office, stay_id):
    file = about(office, stay_id)
    facts = dict(day_facts(file, file.stay))
    assert facts["Planned"] == "1 Feb – 30 Jun 2026"
    assert facts["Next document due"].endswith("late")
    assert condition_words(file) == ("—", "")
    assert contact_words(None) == "—"
