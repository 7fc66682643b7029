"""Nominations: what a partner has to be told of each person and what of it is missing, and which partner is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.people import Enrolment, Person
from partnerdesk.domain.phases import DONE
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text

OPEN, ASKED, REJECTED = "open", "asked", "rejected"


@dataclass(frozen=True, slots=True)
class Nominee:
    """One stay in a nomination with what is missing; `state` is open (not sent), asked, or rejected."""

    stay: Stay
    person: Person
    enrolment: Enrolment | None
    languages: tuple[str, ...] = ()
    missing: tuple[Text, ...] = ()

    @property
    def state(self) -> str:
        """Whether the nomination is still to be sent, waits for an answer, or was rejected."""
        if self.stay.sending_status == "planned":
            return OPEN
        return REJECTED if self.stay.receiving_status == "rejected" else ASKED


@dataclass(frozen=True, slots=True)
class Nomination:
    """All that is to be told, or was told, to one partner for one half of an academic year.

    `deadline` is the partner's by its factsheet, `contact` whom nominations go to.
    """

    partner: Institution
    year: int
    second_half: bool
    nominees: tuple[Nominee, ...]
    deadline: date | None = None
    contact: Contact | None = None

    @property
    def key(self) -> tuple[int, int, bool]:
        """What tells it from all others."""
        return self.partner.id, self.year, self.second_half

    def of(self, state: str) -> tuple[Nominee, ...]:
        """Those in a state."""
        return tuple(one for one in self.nominees if one.state == state)

    @property
    def missing(self) -> int:
        """How many of those who are not nominated yet lack something."""
        return sum(bool(one.missing) for one in self.of(OPEN))

    def days_left(self, today: date) -> int | None:
        """Days until the deadline, below nothing when it is over; None where none is known."""
        return None if self.deadline is None else (self.deadline - today).days

    def late(self, today: date) -> bool:
        """Whether somebody should have been nominated already."""
        left = self.days_left(today)
        return left is not None and left < 0 and bool(self.of(OPEN))


def in_order(nominations: Iterable[Nomination]) -> list[Nomination]:
    """What is to be sent by deadline, so that late ones are first; then who was rejected; then what was sent."""
    def rank(one: Nomination) -> tuple[int, bool, date, str, int, bool]:
        stage = 0 if one.of(OPEN) else 1 if one.of(REJECTED) else 2
        return stage, one.deadline is None, one.deadline or date.max, one.partner.name, one.year, one.second_half

    return sorted(nominations, key=rank)


def missing_data(
    stay: Stay, person: Person, enrolment: Enrolment | None, languages: Iterable[str], documents: Iterable[Document]
) -> tuple[Text, ...]:
    """What a nomination cannot do without and is not there, in the order in which one would ask for it."""
    student = person.kind != "staff"
    wanted = (
        (person.family_name and person.given_names, _NAME), (person.birth_date, _BORN),
        (person.citizenships, _CITIZEN), (person.email, _EMAIL),
        (stay.level_nominated or (enrolment and enrolment.level) or not student, _LEVEL),
        (stay.field or (enrolment and enrolment.field), _FIELD), (stay.term or not student, _TERM),
        (tuple(languages) or not student, _LANGUAGE), ("partner" in person.consents, _CONSENT))
    found = [Text(sentence) for there, sentence in wanted if not there]
    return (*found, *(label_of("stay_document", one.kind) for one in documents
                      if one.stage == "nomination" and one.mandatory and one.state not in DONE))


_NAME = QT_TRANSLATE_NOOP("PartnerDesk", "Full name")
_BORN = QT_TRANSLATE_NOOP("PartnerDesk", "Date of birth")
_CITIZEN = QT_TRANSLATE_NOOP("PartnerDesk", "Citizenship")
_EMAIL = QT_TRANSLATE_NOOP("PartnerDesk", "E-mail")
_LEVEL = QT_TRANSLATE_NOOP("PartnerDesk", "Level of study")
_FIELD = QT_TRANSLATE_NOOP("PartnerDesk", "Field of study")
_TERM = QT_TRANSLATE_NOOP("PartnerDesk", "Term")
_LANGUAGE = QT_TRANSLATE_NOOP("PartnerDesk", "Language level")
_CONSENT = QT_TRANSLATE_NOOP("PartnerDesk", "Consent to tell the partner")
