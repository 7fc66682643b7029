"""Nominations: what is missing of a person, which partner is next."""

from datetime import date

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.nominations import Nomination, Nominee, in_order, missing_data
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person
from partnerdesk.domain.stays import Stay

COMPLETE = Person(given_names="Ada", family_name="Alpha", birth_date=date(2004, 5, 6), citizenships=("EE",),
                  email="ada@example.edu", consents=("partner",))
STUDY = Enrolment(level="6", field="0421")


def missing(person=COMPLETE, stay=None, study=STUDY, languages=("en C1",), documents=()):
    return [str(word) for word in missing_data(stay or Stay(term="1/2"), person, study, languages, documents)]


def nomination(name, deadline, *statuses):
    nominees = tuple(Nominee(Stay(id=n, sending_status=sending, receiving_status=receiving), COMPLETE, STUDY)
                     for n, (sending, receiving) in enumerate(statuses, 1))
    return Nomination(Institution(name=name), 2026, False, nominees, deadline)


def test_that_nothing_is_missing_of_who_is_complete():
    assert missing() == []


def test_that_what_is_missing_is_told_in_the_order_one_would_ask():
    assert missing(Person(given_names="Ada"), Stay(), None, ()) == [
        "Full name", "Date of birth", "Citizenship", "E-mail", "Level of study", "Field of study", "Term",
        "Language level", "Consent to tell the partner"]


def test_that_staff_needs_no_level_term_or_language():
    person = Person(given_names="Ada", family_name="Alpha", kind="staff", birth_date=date(1980, 5, 6),
                    citizenships=("EE",), email="ada@example.edu", consents=("partner",))
    assert missing(person, Stay(field="0421"), None, ()) == []


def test_that_a_mandatory_paper_before_the_nomination_is_missing_until_it_is_there():
    wanted = Document(kind="records_home", stage="nomination", mandatory=True, state="required")
    later = Document(kind="insurance", stage="departure", mandatory=True, state="required")
    assert missing(documents=(wanted, later)) == ["Transcript of records from home"]


def test_that_what_is_to_be_sent_comes_by_deadline_before_what_was_rejected_and_what_was_sent():
    asked = nomination("Asked", date(2026, 1, 1), ("nomination", "pending"))
    rejected = nomination("Rejected", date(2026, 1, 1), ("nomination", "rejected"))
    late = nomination("Late", date(2026, 2, 1), ("planned", "none"))
    soon = nomination("Soon", date(2026, 4, 1), ("planned", "none"), ("nomination", "pending"))
    unknown = nomination("Unknown", None, ("planned", "none"))
    ordered = in_order([asked, unknown, rejected, soon, late])
    assert [one.partner.name for one in ordered] == ["Late", "Soon", "Unknown", "Rejected", "Asked"]


def test_that_only_who_still_has_to_be_nominated_makes_a_partner_late():
    today = date(2026, 3, 2)
    assert nomination("Late", date(2026, 2, 1), ("planned", "none")).late(today)
    assert not nomination("Sent", date(2026, 2, 1), ("nomination", "pending")).late(today)
    assert not nomination("Today", today, ("planned", "none")).late(today)
    assert nomination("Today", today).days_left(today) == 0
