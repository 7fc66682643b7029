"""Finds the person, cohort or balance meant by a number or name on the command line, or says why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from partnerdesk.domain import clock
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Member
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.printing import find_partner

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

T = TypeVar("T")
NAMED = 4
_NONE = {
    "person": QT_TRANSLATE_NOOP("PartnerDesk", "There is no person “{written}”."),
    "cohort": QT_TRANSLATE_NOOP("PartnerDesk", "There is no cohort “{written}”."),
}
_MANY = QT_TRANSLATE_NOOP("PartnerDesk", "“{written}” may be any of {count}: {names}.")


def find_person(reader: Reader, written: str) -> Person:
    """The person meant by our number, the European Student Identifier or a name. Raises Refused."""
    wanted = written.strip()
    people = [one for field in ("local_id", "esi") for one in reader.where(Person, field, (wanted,))] if wanted else []
    people = [one for one in people if not one.deleted_at] or _by_words(reader, wanted)
    return _only("person", written, people, [f"{one.full_name} ({one.local_id})" for one in people])


def find_cohort(reader: Reader, written: str) -> Cohort:
    """The cohort of that title, or of a title that begins so. Raises Refused."""
    wanted = fold(written)
    every = [one for one in reader.find(Cohort, "title") if not one.deleted_at]
    found = [one for one in every if fold(one.title) == wanted] or [
        one for one in every if wanted and fold(one.title).startswith(wanted)]
    return _only("cohort", written, found, [one.title for one in found])


def stays_of(reader: Reader, person: Person) -> list[int]:
    """The stays of a person, those left out that are in the trash. Raises Refused where there is none."""
    found = [one.id for one in reader.find(Stay, person_id=person.id) if not one.deleted_at]
    if not found:
        raise Refused(Problem("P07", "block", "person", text(
            QT_TRANSLATE_NOOP("PartnerDesk", "{name} has no stay."), name=person.full_name)))
    return found


def partnerships_with(reader: Reader, written: str) -> list[int]:
    """The partnerships with the partner meant. Raises Refused."""
    partner = find_partner(reader, written)
    return [one.partnership_id for one in reader.find(Member, institution_id=partner) if one.role != "home"]


def _by_words(reader: Reader, written: str) -> list[Person]:
    """People whose search text holds all the words; those whose name is just these words before others."""
    from partnerdesk.store.people import person_ids

    words = tuple(fold(written).split())
    if not words:
        return []
    people = list(reader.many(Person, person_ids(reader, ListQuery(words=words), clock.today())).values())
    exact = [one for one in people if fold(one.full_name) == fold(written) or fold(one.listed_name) == fold(written)]
    return exact or people


def _only(what: str, written: str, found: Sequence[T], names: Iterable[str]) -> T:
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(Problem("P08", "block", what, text(_NONE[what], written=written)))
    shown = sorted(names)
    told = "; ".join(shown[:NAMED]) + ("; …" if len(shown) > NAMED else "")
    raise Refused(Problem("P09", "block", what, text(_MANY, written=written, count=len(found), names=told)))
