"""J9 and J12 in the window: guests are answered, welcomed and certified; staff go, teach, and bring something home."""

from datetime import date, timedelta

import pytest
import shiboken6

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition
from partnerdesk.domain.documents import Prose, Table
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person
from partnerdesk.domain.stays import Stay
from partnerdesk.services import agreements, partners, people, places, stays
from partnerdesk.services.agreements import agreement_file
from partnerdesk.services.office import create_file, do, set_home
from partnerdesk.views.agreement_fields import Fact
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.printing import PrintWindow

WHO = "Marta Ilves"
GUESTS = (("Ada", "Alpha", "7"), ("Ben", "Beta", "7"), ("Cem", "Gamma", "6"), ("Dea", "Delta", "7"))


class Office:
    """An office whose partner in Lyon may send two guests of master level and receive one of our teachers."""

    def __init__(self, path):
        self.year = clock.today().year
        self.file = create_file(path)
        self.do(set_home(name="Northbridge"))
        self.partner = self.get(Institution, self.do(partners.new_partner(Institution(name="Lyon", country="FR"))))
        terms = AgreementVersion(first_year=self.year - 2, last_year=self.year + 2)
        conditions = [
            Condition(direction="in", heads=2, levels=("7",)),
            Condition(direction="out", activity="staff-teacher", heads=1, days=5)]
        made = self.do(agreements.new_agreement(self.partner, Agreement(type="student_exchange"), terms, conditions))
        file = self.read(agreement_file, made)
        for side in ("our", "partner"):
            for party in (p for p in file.parties if p.side == side):
                self.do(agreements.sign(file.agreement, file.versions[0], party, date(self.year - 2, 1, 15)))
        self.agreement = made
        self.places = {one.direction: one.id for one in file.conditions}

    def do(self, deed):
        return do(self.file, deed, WHO)[0]

    def read(self, question, *given):
        with self.file.read() as reader:
            return question(reader, *given)

    def get(self, record, record_id):
        return self.read(lambda reader: reader.get(record, record_id))

    def person(self, given, family, level="", **fields):
        record = Person(given_names=given, family_name=family, **fields)
        return self.get(Person, self.do(people.new_person(record, Enrolment(level=level) if level else None)))

    def guest(self, given, family, level, days):
        begins = clock.today() + timedelta(days=days)
        stay = Stay(direction="in", condition_id=self.places["in"], agreement_id=self.agreement, level_nominated=level,
                    year=self.year, planned_from=begins, planned_to=begins + timedelta(days=120))
        made = self.do(stays.new_stay(self.person(given, family, level), self.partner, stay))
        self.do(stays.nominate([made], reason="As the partner wrote"))
        return made


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "lyon.partnerdesk")
    yield office
    office.file.close()


def shown(drive, office):
    office.file.close()
    driven = drive(office.file.path)
    driven.local.keep_note("stays/mode", "list")
    driven.house.go("stays")
    driven.settle()
    return driven


def page_of(driven, key="stays"):
    driven.house.go(key)
    driven.settle()
    return driven.window.page


def dialog(driven):
    driven.settle()
    return next(one for one in driven.window.findChildren(DialogShell) if one.isVisible())


def choose(driven, page, ids):
    page.table.clearSelection()
    flags = page.table.selectionModel().SelectionFlag
    for one in ids:
        page.table.selectionModel().select(page.model.index(page.model.row_of(one), 0), flags.Select | flags.Rows)
    driven.settle()
    assert set(page.selected) == set(ids)


@pytest.fixture
def preview():
    """Finds the print window that was opened; closes them all at the end."""
    seen = []

    def find(driven):
        driven.settle()
        window = next(one for one in driven.window.findChildren(PrintWindow) if one not in seen)
        seen.append(window)
        driven.qtbot.waitUntil(lambda: window.document is not None)
        return window

    yield find
    for window in filter(shiboken6.isValid, seen):
        window.close()


def stored(driven, ids):
    return driven.ask(lambda reader: reader.many(Stay, ids))


def test_that_guests_are_answered_against_the_places_and_welcomed_and_certified(drive, office, preview):
    ids = [office.guest(*guest, days=-3) for guest in GUESTS]
    driven = shown(drive, office)
    page = page_of(driven)

    choose(driven, page, ids[2:])
    driven.press("Record rejection", page)
    asked = dialog(driven)
    assert "4 of 2 places used, 2 after this" in asked.weighed_words
    driven.fill("comment", "No room in this half year", asked)
    driven.press("Record rejection", asked)
    assert {(one.receiving_status, one.status_comment) for one in stored(driven, ids[2:]).values()} == {
        ("rejected", "No room in this half year")}

    choose(driven, page, ids[:2])
    driven.press("Record acceptance", page)
    asked = dialog(driven)
    assert asked.weighed_words.endswith("2 of 2 places used, as before")
    driven.press("Record acceptance", asked)
    usage = driven.ask(lambda reader: places.usage(reader, [office.places["in"]], office.year))
    assert (usage[office.places["in"]].used, usage[office.places["in"]].free) == (2, 0)

    abroad = page_of(driven, "abroad")
    abroad.show_day(clock.today() - timedelta(days=3))
    assert driven.house.registry.run("abroad.print_arrivals")
    (table,) = [block for block in preview(driven).document.blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.rows] == ["Alpha, Ada", "Beta, Ben"]
    assert {"Buddy", "Room", "Arrived"} < {column.title for column in table.columns}

    page = page_of(driven)
    choose(driven, page, ids[:2])
    driven.do(stays.go_live(ids[:2], "Signed on paper"))
    driven.press("Record arrival", page)
    driven.press("Record arrival", dialog(driven))
    held = dialog(driven)
    driven.fill("reason", "Brought the documents along", held)
    driven.press("Go on", held)
    assert {one.actual_from for one in stored(driven, ids[:2]).values()} == {clock.today() - timedelta(days=3)}
    assert driven.house.registry.run("stays.print_arrival")
    window = preview(driven)
    said = set()
    for _ in range(2):
        said |= {p for block in window.document.blocks if isinstance(block, Prose) for p in block.paragraphs}
        window._go_forward()
        driven.settle()
    assert all(any(name in words for words in said) for name in ("Ada Alpha", "Ben Beta"))


def test_that_a_nomination_that_does_not_fit_its_condition_is_named_before_it_is_accepted(drive, office):
    ids = [office.guest(*GUESTS[2], days=30)]
    driven = shown(drive, office)
    page_of(driven).stay_deeds.begin("accept", ids)
    asked = dialog(driven)
    assert "1 of 2 places used, as before" in asked.weighed_words
    assert "Cem Gamma: The condition is not for this level" in asked.weighed_words
    asked.reject()


def test_that_a_teacher_goes_with_a_programme_of_work_and_brings_a_practice_home(drive, office):
    person = office.person("Ivo", "Marsh", kind="staff")
    begins = clock.today() + timedelta(days=20)
    stay = office.do(stays.new_stay(person, office.partner, Stay(
        activity="staff-teacher", programme="erasmus-ka131", condition_id=office.places["out"], year=office.year,
        agreement_id=office.agreement, planned_from=begins, planned_to=begins + timedelta(days=6))))
    driven = shown(drive, office)
    page = page_of(driven)
    page.show_record(stay)
    driven.settle()

    (granted,) = [one.words for one in page.pane.findChildren(Fact) if one.isVisible() and "places used" in one.words]
    assert granted.split("\n") == ["0 of 1 places used, 1 free", "7 of 5 days, more than agreed"]
    page.pane.show_tab("stay")
    driven.settle()
    driven.fill("teaching_hours", "6", page.pane)
    driven.fill("work_programme", "Two lectures on rivers, one seminar", page.pane)
    now = stored(driven, [stay])[stay]
    assert (now.teaching_hours, now.work_programme) == (6, "Two lectures on rivers, one seminar")

    def said():
        driven.settle()
        return [str(p.message) for p in page.pane.work.about.problems if p.code == "R55"]

    assert said() == ["At least 8 hours are to be taught"]
    driven.fill("teaching_hours", "8", page.pane)
    assert said() == []
    driven.fill("practice", "Feedback cards after each lecture", page.pane)
    driven.field("practice_adopted", page.pane).click()
    driven.settle()
    now = stored(driven, [stay])[stay]
    assert (now.practice, now.practice_adopted) == ("Feedback cards after each lecture", True)
