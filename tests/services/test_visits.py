"""What users do with visits: parts, the list, the agenda, outcomes, another like it, the trip pack, the trash."""

from datetime import date, timedelta

import pytest

from partnerdesk.domain.agreements import Agreement, Document
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Missing, Refused, Superseded
from partnerdesk.domain.projects import Project
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.visits import AgendaItem, Visit, VisitPerson, VisitPlace
from partnerdesk.services import agreements, followups, partners, trash, trip, visits
from partnerdesk.services.office import create_file, set_home
from tests.services.noting import Desk as PlainDesk

TODAY = date(2026, 3, 2)
MONDAY = date(2026, 3, 9)


class Desk(PlainDesk):
    """An office with partners in Kyoto, Osaka and Lyon."""

    def __init__(self, path):
        self.office = create_file(path)
        self.do(set_home(name="Northbridge"))
        self.kyoto = self.do(partners.new_partner(Institution(name="Kyoto University", country="JP", city="Kyoto")))
        self.osaka = self.do(partners.new_partner(Institution(name="Osaka University", country="JP")))
        self.lyon = self.do(partners.new_partner(Institution(name="Université de Lyon", country="FR")))

    def visit(self, title="Japan in March", at=(), **fields):
        made = self.do(visits.new_visit(Visit(title=title, **fields), at))
        return self.get(Visit, made)

    def file(self, visit):
        return self.ask(visits.visit_file, visit.id)

    def contact(self, at, family, **fields):
        return self.add(Contact(institution_id=at, given_names="Aiko", family_name=family, **fields))[0]

    def found(self, *filters, words=(), sort="name", down=False):
        query = ListQuery(words=words, filters=filters, sort=sort, descending=down)
        ids = self.ask(visits.visit_ids, query)
        assert self.ask(visits.visit_hits, query) == len(ids)
        lines = self.ask(visits.visit_lines, ids)
        return [lines[i].title for i in ids]


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path / "visits.partnerdesk")
    yield made
    made.office.close()


def test_that_a_new_visit_has_its_places_in_order_and_each_once(desk):
    visit = desk.visit(at=(desk.osaka, desk.kyoto, desk.osaka))
    assert [one.institution_id for one in desk.file(visit).places] == [desk.osaka, desk.kyoto]
    with pytest.raises(Refused, match="title"):
        desk.do(visits.new_visit(Visit()))


def test_that_the_form_knows_all_that_belongs_to_it(desk):
    (project,) = desk.add(Project(acronym="DATAGRID"))
    visit = desk.visit(at=(desk.kyoto,), starts_on=MONDAY, project_id=project)
    desk.contact(desk.kyoto, "Sato")
    for part in (VisitPerson(name="Ada Berg"), AgendaItem(title="Deans", day=MONDAY, begins="14:00"),
                 AgendaItem(title="Rector", day=MONDAY, begins="09:00"), Document(title="Programme")):
        desk.do(visits.add_part(visit, part))
    desk.follow("Send the draft", "visit", visit.id)
    file = desk.file(visit)
    assert [one.title for one in file.agenda] == ["Rector", "Deans"]
    assert [one.name for one in file.people] == ["Ada Berg"]
    assert [one.title for one in file.documents] == ["Programme"]
    assert [one.title for one in file.followups] == ["Send the draft"]
    assert [one.family_name for one in file.contacts[desk.kyoto]] == ["Sato"]
    assert (file.project.acronym, file.country, file.called(desk.kyoto)) == ("DATAGRID", "JP", "Kyoto University")
    with pytest.raises(Missing):
        desk.ask(visits.visit_file, visit.id + 1)


def test_that_fields_are_judged_and_not_overwritten(desk):
    visit = desk.visit(starts_on=MONDAY)
    with pytest.raises(Refused, match="before"):
        desk.do(visits.change_visit(visit, ends_on=MONDAY - timedelta(days=1)))
    desk.do(visits.change_visit(visit, ends_on=MONDAY))
    with pytest.raises(Superseded):
        desk.do(visits.change_visit(visit, title="Elsewhere"))


@pytest.mark.parametrize(("part", "said"), [
    (VisitPlace(), "Choose an institution"), (VisitPerson(), "needs a name"), (AgendaItem(), "needs a title"),
    (AgendaItem(title="Deans", begins="25:00"), "Write a time"),
])
def test_that_parts_are_judged(desk, part, said):
    with pytest.raises(Refused, match=said):
        desk.do(visits.add_part(desk.visit(), part))


def test_that_parts_are_changed_and_taken_away(desk):
    visit = desk.visit()
    desk.do(visits.add_part(visit, AgendaItem(title="Rector")))
    (item,) = desk.file(visit).agenda
    desk.do(visits.change_part(visit, item, begins="09:00"))
    (item,) = desk.file(visit).agenda
    assert item.begins == "09:00"
    with pytest.raises(Refused):
        desk.do(visits.change_part(visit, item, begins="nine"))
    desk.do(visits.remove_part(visit, item))
    assert desk.file(visit).agenda == ()
    desk.undo()
    assert desk.file(visit).agenda == (item,)


def test_that_contacts_of_the_places_join_once(desk):
    visit = desk.visit(at=(desk.kyoto, desk.osaka))
    desk.contact(desk.kyoto, "Sato", function="Dean", email="aiko@example.edu")
    desk.contact(desk.osaka, "Mori")
    desk.contact(desk.osaka, "Gone", valid_to=TODAY - timedelta(days=1))
    desk.contact(desk.lyon, "Elsewhere")
    wanted = visits.contacts_to_add(desk.file(visit))
    assert [one.family_name for one in wanted] == ["Sato", "Mori"]
    desk.do(visits.add_parts(visit, visits.people_from(wanted)))
    people = desk.file(visit).people
    assert [(one.name, one.side, one.function, one.institution_id, one.position) for one in people] == [
        ("Aiko Sato", "theirs", "Dean", desk.kyoto, 0), ("Aiko Mori", "theirs", "", desk.osaka, 1)]
    assert visits.contacts_to_add(desk.file(visit)) == []
    desk.undo()
    assert desk.file(visit).people == ()


def test_that_an_agenda_is_planned_for_places_without_a_meeting(desk):
    visit = desk.visit(at=(desk.kyoto, desk.osaka), starts_on=MONDAY)
    place = desk.file(visit).places[1]
    desk.do(visits.change_part(visit, place, day=MONDAY + timedelta(days=1), aim="Sign the renewal"))
    items = visits.agenda_to_plan(desk.file(visit), lambda land: {"JP": "Asia/Tokyo"}[land])
    assert [(one.title, one.day, one.zone, one.note) for one in items] == [
        ("Osaka University", MONDAY + timedelta(days=1), "Asia/Tokyo", "Sign the renewal"),
        ("Kyoto University", MONDAY, "Asia/Tokyo", "")]
    desk.do(visits.add_parts(visit, items[1:]))
    left = visits.agenda_to_plan(desk.file(visit), lambda land: "")
    assert [one.title for one in left] == ["Osaka University"]


def test_that_guests_are_met_where_we_are(desk):
    home = desk.ask(partners.home_institution)
    desk.do(partners.change_institution(home, country="FI"))
    guests = desk.visit(direction="in", at=(desk.kyoto,), starts_on=MONDAY)
    (meeting,) = visits.agenda_to_plan(desk.file(guests), lambda land: land)
    assert meeting.zone == "FI"
    desk.do(visits.change_visit(guests, country="SE"))
    (meeting,) = visits.agenda_to_plan(desk.file(guests), lambda land: land)
    assert meeting.zone == "SE"


def test_that_each_outcome_becomes_a_follow_up_once(desk):
    visit = desk.visit(outcomes="- Two places more\n- Send the draft\n- Two places more", responsible="Ada")
    wanted = visits.outcomes_to_follow(desk.file(visit))
    assert [(one.title, one.visit_id, one.responsible) for one in wanted] == [
        ("Two places more", visit.id, "Ada"), ("Send the draft", visit.id, "Ada")]
    desk.do(followups.add_followup(wanted[1]))
    assert [one.title for one in visits.outcomes_to_follow(desk.file(visit))] == ["Two places more"]


@pytest.mark.parametrize("days", [7, -30, 1])
def test_that_moving_a_visit_takes_its_meetings_along_and_back(desk, days):
    visit = desk.visit(at=(desk.kyoto, desk.osaka), starts_on=MONDAY, ends_on=MONDAY + timedelta(days=2))
    desk.do(visits.change_part(visit, desk.file(visit).places[0], day=MONDAY))
    desk.do(visits.add_part(visit, AgendaItem(title="Rector", day=MONDAY + timedelta(days=1))))
    before = desk.file(visit)
    desk.do(visits.shift_visit(before.visit, days))
    after = desk.file(visit)
    by = timedelta(days=days)
    assert (after.visit.starts_on, after.visit.ends_on) == (MONDAY + by, MONDAY + timedelta(days=2) + by)
    assert [one.day for one in after.places] == [MONDAY + by, None]
    assert after.agenda[0].day == MONDAY + timedelta(days=1) + by
    desk.undo()
    assert [one.day for one in desk.file(visit).agenda] == [one.day for one in before.agenda]
    assert desk.file(visit).visit.starts_on == MONDAY


def test_that_another_like_it_has_the_same_places_and_people_and_no_days(desk):
    visit = desk.visit(at=(desk.kyoto,), starts_on=MONDAY, status="held", outcomes="Much", purpose="Renewal")
    desk.do(visits.add_part(visit, VisitPerson(name="Ada Berg")))
    desk.do(visits.change_part(visit, desk.file(visit).places[0], day=MONDAY))
    made = desk.do(visits.duplicate_visit(desk.file(visit), "Japan again"))
    copy = desk.ask(visits.visit_file, made)
    assert (copy.visit.title, copy.visit.status, copy.visit.starts_on, copy.visit.outcomes, copy.visit.purpose) == (
        "Japan again", "planned", None, "", "Renewal")
    assert [(one.institution_id, one.day) for one in copy.places] == [(desk.kyoto, None)]
    assert [one.name for one in copy.people] == ["Ada Berg"]


@pytest.fixture
def some(desk):
    """Three visits: one over with outcomes, one to come with something to do, one cancelled in the archive."""
    past = desk.visit("Lyon in autumn", at=(desk.lyon,), direction="in", status="held", outcomes="A course",
                      starts_on=TODAY - timedelta(days=100), ends_on=TODAY - timedelta(days=98), kind="working")
    coming = desk.visit("Japan in March", at=(desk.osaka, desk.kyoto), starts_on=MONDAY, responsible="Ada",
                        tags=("rector",), city="Kyoto")
    away = desk.visit("Called off", country="DE", status="cancelled")
    desk.do(visits.archive_visits([away]))
    desk.follow("Book the flight", "visit", coming.id)
    desk.follow("Done", "visit", past.id, done_on=TODAY)
    return past, coming, away


def f(key, *values, op=":", negated=False):
    return Filter(key, op, values, negated)


@pytest.mark.parametrize(("asked", "wanted"), [
    ((), ["Japan in March", "Lyon in autumn"]), ((f("over", "yes"),), ["Lyon in autumn"]),
    ((f("over", "no"),), ["Japan in March"]), ((f("country", "JP"),), ["Japan in March"]),
    ((f("direction", "in"),), ["Lyon in autumn"]), ((f("status", "held"),), ["Lyon in autumn"]),
    ((f("kind", "working"),), ["Lyon in autumn"]), ((f("todo", "yes"),), ["Japan in March"]),
    ((f("todo", "no"),), ["Lyon in autumn"]), ((f("outcomes", "no"),), ["Japan in March"]),
    ((f("archived", "yes"),), ["Called off"]), ((f("starts", "30d", op="<"),), ["Japan in March"]),
    ((f("tag", "rector"),), ["Japan in March"]), ((f("responsible", "Ada", negated=True),), ["Lyon in autumn"]),
    ((f("country", "JP", negated=True),), ["Lyon in autumn"]), ((f("nonsense", "1"),), []),
])
def test_that_filters_find_visits(desk, some, asked, wanted):
    assert desk.found(*asked) == wanted


def test_that_visits_are_found_by_words_partner_and_order(desk, some):
    assert desk.found(words=("kyoto",)) == ["Japan in March"]
    assert desk.found(words=("universite",)) == ["Lyon in autumn"]
    assert desk.found(f("partner", str(desk.osaka))) == ["Japan in March"]
    assert desk.found(sort="starts") == ["Lyon in autumn", "Japan in March"]
    assert desk.found(sort="starts", down=True) == ["Japan in March", "Lyon in autumn"]
    assert desk.ask(visits.visit_count) == 2


def test_that_a_line_says_what_the_list_shows(desk, some):
    _, coming, away = some
    desk.do(visits.add_part(coming, VisitPerson(name="Ada Berg")))
    line = desk.ask(visits.visit_lines, [coming.id])[coming.id]
    assert (line.partners, line.country, line.people, line.open_followups, line.outcomes, line.archived) == (
        "Osaka University, Kyoto University", "JP", 1, 1, False, False)
    assert desk.ask(visits.visit_lines, [away.id])[away.id].archived
    assert desk.ask(visits.visit_lines, []) == {}


def test_that_a_partner_shows_its_visits_the_last_first(desk, some):
    later = desk.visit("Osaka alone", at=(desk.osaka,), starts_on=MONDAY + timedelta(days=60))
    assert [line.title for line in desk.ask(visits.visits_with, desk.osaka)] == ["Osaka alone", "Japan in March"]
    desk.do(visits.delete_visits([later]))
    assert [line.title for line in desk.ask(visits.visits_with, desk.osaka)] == ["Japan in March"]
    assert desk.ask(visits.visits_with, 9999) == []


def test_that_a_visit_goes_into_the_trash_comes_back_and_is_purged_with_all_its_parts(desk, some):
    _, coming, _ = some
    desk.do(visits.add_part(coming, Document(title="Programme")))
    desk.do(visits.delete_visits([coming]))
    assert desk.found() == ["Lyon in autumn"]
    assert desk.ask(followups.followup_lines) == []
    desk.do(trash.restore(desk.ask(trash.trash_lines)))
    assert [line.title for line in desk.ask(followups.followup_lines)] == ["Book the flight"]
    desk.do(visits.delete_visits([coming]))
    desk.do(trash.purge(desk.ask(trash.trash_lines)))
    for record in (VisitPlace, Document, FollowUp):
        left = desk.ask(lambda reader, record=record: reader.find(record))
        assert all(one.visit_id != coming.id for one in left)
    assert desk.found() == ["Lyon in autumn"]


def test_that_many_are_changed_archived_and_brought_back(desk, some):
    past, coming, _ = some
    desk.do(visits.change_many([past.id, coming.id], {"responsible": "Marta"}, 2))
    assert {desk.get(Visit, one.id).responsible for one in (past, coming)} == {"Marta"}
    desk.do(visits.archive_visits([past, coming]))
    assert desk.found() == []
    desk.do(visits.archive_visits([past, coming], back=True))
    assert len(desk.found()) == 2


def test_that_a_trip_pack_holds_hosts_country_and_what_is_open(desk, some):
    _, coming, _ = some
    agreement = desk.do(agreements.new_agreement(
        desk.get(Institution, desk.kyoto), Agreement(type="student_exchange", title="Exchange")))
    desk.follow("Renew", "agreement", agreement)
    desk.follow("Lyon", "partner", desk.lyon)
    desk.follow("Ask Osaka", "partner", desk.osaka, due_on=TODAY)
    (person,) = desk.add(Person(given_names="Ben", family_name="Beta"))
    desk.add(Stay(person_id=person, receiving_id=desk.kyoto, year=2025, direction="out", sending_status="live",
                  receiving_status="verified", planned_from=TODAY - timedelta(days=30),
                  planned_to=TODAY + timedelta(days=90)))
    pack = desk.ask(trip.trip_pack, coming.id)
    assert pack.partners == (desk.osaka, desk.kyoto)
    assert [line.title for line in pack.followups] == ["Book the flight", "Ask Osaka", "Renew"]
    (japan,) = pack.countries
    assert (japan.country, japan.partners, japan.out, japan.incoming, japan.there) == ("JP", 2, 1, 0, 1)
    assert [one.name for one in japan.here] == ["Beta, Ben"]
    assert japan.visits == ()
    assert [line.title for line in desk.ask(trip.country_facts, "FR").visits] == ["Lyon in autumn"]

