"""A small office for tests of the papers of stays: one student who goes to Lyon, one guest from there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import journal
from partnerdesk.services.office import do
from partnerdesk.store.office import Office
from partnerdesk.store.unit import Reader, Unit

WHO = "Marta Ilves"
HOME, LYON, TOKYO = 1, 2, 3
STAY = Stay(person_id=1, direction="out", sending_id=HOME, receiving_id=LYON, programme="erasmus-ka131",
            activity="student-studies", year=2026, term="1/2", field="0613", planned_from=date(2026, 9, 15),
            planned_to=date(2027, 1, 31))


def write(office: Office, act) -> object:
    """Do something in one writing unit of its own."""
    with office.write(Text("test"), WHO) as unit:
        return act(unit)


def fill(office: Office) -> Stay:
    """Put institutions, a person and a stay into an empty office; the stay."""

    def run(unit: Unit) -> Stay:
        unit.add(Institution(name="Tartu Ülikool", country="EE", is_home=True))
        unit.add(Institution(name="Université de Lyon", country="FR"))
        unit.add(Institution(name="University of Tokyo", country="JP"))
        unit.add(Person(given_names="Liis", family_name="Tamm", birth_date=date(2004, 5, 3), citizenships=("EE",)))
        return unit.add(STAY)

    return write(office, run)


def done(office: Office, deed):
    """Do a deed; its answer."""
    return do(office, deed, WHO)[0]


def found(office: Office, record, **equals):
    """Records of a type."""
    with office.read() as reader:
        return reader.find(record, **equals)


@contextmanager
def reading(office: Office) -> Iterator[Reader]:
    """A reader."""
    with office.read() as reader:
        yield reader


def undo(office: Office) -> None:
    """Take the last step back."""
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    do(office, journal.undo_deed(step), WHO)
