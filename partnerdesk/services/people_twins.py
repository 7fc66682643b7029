"""Finds who may be the same person: by identifier, by our number, by e-mail, by name and birth, by likeness."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain.people import Person
from partnerdesk.domain.people_rules import esi_normal, person_key
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

LIKE, ALIKE = 88.0, 60.0
_FEW = 20
COLUMNS = ("id", "family_name", "given_names", "name_original", "birth_date", "esi", "local_id", "email", "deleted_at")
"""What tells people apart, as the index wants it."""
_SAME_ESI = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Same European Student Identifier"))
_SAME_NUMBER = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Same number of ours"))
_OTHER_NAME = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Same number of ours, another name"))
_SAME_EMAIL = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Same e-mail"))
_SAME_BIRTH = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Same name and date of birth"))
_SAME_NAME = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Same name"))
_LIKE_NAME = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Similar name and same date of birth"))


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who may be the same: a `certain` one has the same number, or name and birth; `why` says it."""

    person_id: int
    certain: bool
    why: Text
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one person; `number` is ours, folded."""

    person_id: int
    key: str
    born: str
    name: str
    number: str


class PersonIndex:
    """People by what tells them apart; built for lists of many thousands, where every question is a look-up."""

    def __init__(self) -> None:
        self._by_esi: dict[str, int] = {}
        self._by_number: dict[str, int] = {}
        self._by_email: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        self._by_birth: dict[str, list[_Known]] = defaultdict(list)
        self._known: dict[int, _Known] = {}

    @classmethod
    def of_office(cls, reader: Reader) -> PersonIndex:
        """The index of all people of an office that are not in the trash."""
        from partnerdesk.store.people import every_person

        made = cls()
        for person_id, family, given, original, born, esi, number, email, deleted in every_person(reader, COLUMNS):
            if not deleted:
                made.add(person_id, family, given or original, born or "", esi, number, email)
        return made

    def add(self, ref: int, family: str, given: str, born: str, esi: str, number: str, email: str) -> None:
        """Know one more person; `ref` is an id, or a number below zero of one who is not in the office yet."""
        name = " ".join(part for part in (given, family) if part)
        known = _Known(ref, person_key(family, given), born, name, _number(number))
        self._known[ref] = known
        if esi:
            self._by_esi.setdefault(esi.casefold(), ref)
        if number:
            self._by_number.setdefault(_number(number), ref)
        if email:
            self._by_email[email.casefold()].append(ref)
        if known.key:
            self._by_name[known.key].append(known)
        if born:
            self._by_birth[born].append(known)

    def name_of(self, ref: int) -> str:
        """How a known person is called."""
        return self._known[ref].name

    def find(self, family: str, given: str, born: str, esi: str, number: str, email: str) -> Twin | None:
        """The person meant, or the likeliest one; None for somebody new."""
        return next(iter(self.all(family, given, born, esi, number, email)), None)

    def all(
        self, family: str, given: str, born: str, esi: str, number: str, email: str, names_alone: bool = False
    ) -> list[Twin]:
        """Everybody who may be meant, the surest first; with `names_alone` also those of the same name."""
        found: dict[int, Twin] = {}
        asked = _Known(0, person_key(family, given), born, "", _number(number))
        if esi and (ref := self._by_esi.get(esi_normal(esi).casefold())) is not None:
            self._note(found, ref, True, _SAME_ESI)
        if asked.number and (ref := self._by_number.get(asked.number)) is not None:
            fits = _may_be_one(asked, self._known[ref])
            self._note(found, ref, fits, _SAME_NUMBER if fits else _OTHER_NAME)
        if asked.key:
            self._add_named(found, asked, bool(esi), names_alone)
        for ref in self._by_email.get(email.casefold(), ()) if email else ():
            self._note(found, ref, False, _SAME_EMAIL)
        if born and asked.key:
            self._add_like(found, asked)
        return sorted(found.values(), key=lambda twin: not twin.certain)

    def _add_named(self, found: dict[int, Twin], asked: _Known, numbered: bool, names_alone: bool) -> None:
        for known in self._by_name.get(asked.key, ()):
            apart = bool(asked.number and known.number and asked.number != known.number)
            if asked.born and known.born == asked.born:
                self._note(found, known.person_id, not apart, _SAME_BIRTH)
            elif names_alone or not (apart or numbered or asked.number or (asked.born and known.born)):
                self._note(found, known.person_id, False, _SAME_NAME)

    def _add_like(self, found: dict[int, Twin], asked: _Known) -> None:
        near = [known for known in self._by_birth.get(asked.born, ()) if known.person_id not in found
                and not (asked.number and known.number)]
        if not near:
            return
        from rapidfuzz import fuzz

        for known in near:
            if fuzz.ratio(asked.key, known.key, score_cutoff=LIKE):
                self._note(found, known.person_id, False, _LIKE_NAME)

    def _note(self, found: dict[int, Twin], ref: int, certain: bool, why: Text) -> None:
        if ref not in found:
            found[ref] = Twin(ref, certain, why, self._known[ref].name)


def twins(reader: Reader, person: Person) -> list[Twin]:
    """Who in the office may be this person, the surest first; the person itself left out.

    Only those who share a number, an address, a day of birth or words of the name are looked at.
    """
    from partnerdesk.domain.listing import ListQuery
    from partnerdesk.services.people import person_ids
    from partnerdesk.store.people import people_near, some_people

    born = person.birth_date.isoformat() if person.birth_date is not None else ""
    near = set(people_near(reader, person.esi, person.local_id, person.email, born))
    words = tuple(f"{person.given_names} {person.family_name}".split())
    near.update(person_ids(reader, ListQuery(words), _FEW) if words else ())
    index = PersonIndex()
    for person_id, family, given, original, birth, esi, number, email, deleted in some_people(reader, COLUMNS, near):
        if not deleted:
            index.add(person_id, family, given or original, birth or "", esi, number, email)
    found = index.all(person.family_name, person.given_names, born, person.esi, person.local_id, person.email, True)
    return [one for one in found if one.person_id != person.id]


def _may_be_one(asked: _Known, known: _Known) -> bool:
    """Whether two with one number are one person: same birth, a name that is alike or missing."""
    if not asked.key or not known.key or asked.key == known.key or (asked.born and asked.born == known.born):
        return True
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(asked.key, known.key) >= ALIKE


def _number(written: str) -> str:
    return fold(written).replace(" ", "")
