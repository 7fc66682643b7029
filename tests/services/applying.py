"""A small office with partners, places and applicants, for tests of calls and nominations."""

from datetime import date

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition
from partnerdesk.domain.calls import Application, Call, ScorePart
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person, PersonLanguage
from partnerdesk.services import agreements, calls, offers, partners, people, placing
from partnerdesk.services.agreements import agreement_file
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"
TERMS = AgreementVersion(first_year=2024, last_year=2028)
GRADES = ScorePart(name="Grades", weight=60, best=100)
TALK = ScorePart(name="Interview", weight=40, best=20)


class Desk:
    """The office with short ways to deal with it."""

    def __init__(self, path):
        self.office = create_file(path)
        self.do(set_home(name="Northbridge"))
        self.seats = {}
        self.people = {}
        self.call_id = 0

    def do(self, deed):
        return do(self.office, deed, WHO)[0]

    def read(self, question, *given):
        with self.office.read() as reader:
            return question(reader, *given)

    def get(self, record, record_id):
        return self.read(lambda reader: reader.get(record, record_id))

    def all(self, record, **equals):
        return self.read(lambda reader: reader.find(record, **equals))

    def seat(self, name, heads, country="JP", **terms):
        """A partner with one condition of an agreement that both sides signed."""
        partner = self.get(Institution, self.do(partners.new_partner(Institution(name=name, country=country))))
        condition = Condition(direction="out", heads=heads, **terms)
        paper = self.do(agreements.new_agreement(partner, Agreement(type="student_exchange"), TERMS, [condition]))
        file = self.read(agreement_file, paper)
        for side in ("our", "partner"):
            for party in (p for p in file.parties if p.side == side):
                self.do(agreements.sign(file.agreement, file.versions[0], party, date(2024, 3, 1)))
        self.seats[name] = file.conditions[0].id
        return self.seats[name]

    def call(self, **fields):
        self.call_id = self.do(calls.new_call(Call(**{"title": "Autumn", "year": 2026, **fields}), (GRADES, TALK)))
        return self.get(Call, self.call_id)

    def applicant(self, name, grades, talk, *wishes, level="6", field="0421", languages=("en C1",)):
        given, _, family = name.partition(" ")
        person = self.do(people.new_person(
            Person(given_names=given, family_name=family), Enrolment(level=level, field=field)))
        record = self.get(Person, person)
        for spoken in languages:
            language, reached = spoken.split()
            self.do(people.add_part(record, PersonLanguage(language=language, level=reached)))
        made = self.do(calls.add_application(self.get(Call, self.call_id), self.get(Person, person),
                                             [(self.seats[w], "") for w in wishes]))
        parts = self.read(calls.parts_of, self.call_id)
        self.do(calls.set_points(made, name, dict(zip((p.id for p in parts), (grades, talk), strict=True))))
        self.people[name] = made
        return made

    def application(self, name):
        return self.get(Application, self.people[name])

    @property
    def file(self):
        return self.read(placing.call_file, self.call_id)

    def run(self):
        return self.do(placing.run_deed(self.read(placing.plan_run, self.call_id)))

    def stands(self):
        """What was written: by name the offer and the place."""
        file = self.file
        return {name: (file.applications[i].offer, file.seat_name(file.applications[i].condition_id))
                for name, i in self.people.items()}

    def offer(self, *names):
        return self.do(offers.offer_places([self.application(name) for name in names]))

    def accept(self, *names):
        return self.do(offers.accept_offers([self.application(name) for name in names]))
