"""Two people who are one: which value of each field stays, and all that belongs to either comes to the one that stays.

The other goes into the trash, and one undo brings both back as they were.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.calls import Application, Call
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks, trash_mark
from partnerdesk.services.people import judge, named, tidied

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

FIELDS = (
    "kind", "title", "given_names", "family_name", "name_original", "birth_date", "gender", "citizenships", "email",
    "phone", "esi", "local_id", "orcid", "function", "needs_support", "consents", "tags", "remark", "retention_due",
)
"""The fields of which either value can stay, in the order of the form."""
_SAME = {PersonLanguage: ("language", "skill", "level"), PersonContact: ("kind", "name", "phone", "email"),
         Enrolment: ("institution_id", "unit_id", "programme_title", "field", "level", "valid_from", "valid_to")}
"""The parts of which a second one that says the same is left behind, and what it says."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which two people differ: what stays unless somebody chooses, and all that can be chosen."""

    field: str
    stays: Any
    options: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Two people beside each other: who stays, what can be chosen, and how much comes over, by table."""

    keep: Person
    other: Person
    choices: tuple[Choice, ...]
    moves: dict[str, int]


def both(reader: Reader, first: int, second: int) -> Both:
    """Two people side by side; the one with more stays, else the older record, is to stay. Raises Missing."""
    people = [reader.get(Person, first), reader.get(Person, second)]
    stays = {one.id: len(reader.find(Stay, person_id=one.id, deleted_at="")) for one in people}
    keep, other = sorted(people, key=lambda one: (-stays[one.id], one.id))
    found = [_choice(name, getattr(keep, name), getattr(other, name)) for name in FIELDS]
    moves = {table: len(ids) for table, ids in _hanging(reader, other.id).items() if ids}
    return Both(keep, other, tuple(one for one in found if one is not None), moves)


def merge(keep: Person, other: Person, chosen: Mapping[str, Any]) -> Deed[None]:
    """Make two people one in one step: fields as chosen, everything of the other comes over, the other into the trash.

    Raises Refused where the fields go against the rules, or both applied to the same call.
    """

    def run(unit: Unit) -> None:
        from partnerdesk.store.schema import BY_TABLE

        stored = unit.get(Person, keep.id)
        merged = tidied(dataclasses.replace(stored, **chosen))
        refuse_blocks(p for p in judge(merged) if not p.field or p.field in chosen)
        _refuse_two_applications(unit, keep.id, other.id)
        for record, fields in _SAME.items():
            _leave_behind(unit, record, fields, keep.id, other.id)
        for table, ids in _hanging(unit, other.id).items():
            unit.change_many(BY_TABLE[table].record, ids, person_id=keep.id)
        unit.change(Person, other.id, other.version, deleted_at=trash_mark())
        unit.change(Person, keep.id, keep.version, **{name: getattr(merged, name) for name in chosen})

    name = named(keep)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "merge two records of {name}"), name=name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Merged two records of {name}"), name=name))


def _choice(name: str, ours: Any, theirs: Any) -> Choice | None:
    if ours == theirs:
        return None
    options = [one for one in (ours, theirs) if one not in ("", None, ())]
    if isinstance(ours, tuple):
        together = (*ours, *(one for one in theirs if one not in ours))
        options = [together, *(one for one in options if one != together)]
    if isinstance(ours, bool):
        options = [True, False]
    return Choice(name, options[0], tuple(options))


def _hanging(reader: Reader, person_id: int) -> dict[str, list[int]]:
    """The ids of all rows that lead to a person, by table."""
    from partnerdesk.store.schema import KINDS

    return {
        kind.table.name: [row[0] for row in reader.columns(kind.record, ("id",), column, [person_id])]
        for kind in KINDS.values() for column, table in kind.links.items() if table == "person"}


def _leave_behind(unit: Unit, record: type[Any], fields: tuple[str, ...], keep: int, other: int) -> None:
    """Take those parts of the other out that the one who stays has already."""
    there = {tuple(getattr(one, name) for name in fields) for one in unit.find(record, person_id=keep)}
    for one in unit.find(record, person_id=other):
        if tuple(getattr(one, name) for name in fields) in there:
            unit.remove(record, one.id)


def _refuse_two_applications(unit: Unit, keep: int, other: int) -> None:
    theirs = {one.call_id for one in unit.find(Application, person_id=other)}
    both_in = sorted(theirs & {one.call_id for one in unit.find(Application, person_id=keep)})
    if both_in:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "Both have applied to {call}")
        raise Refused(Problem("R02", "block", "", text(sentence, call=unit.get(Call, both_in[0]).title), Text(
            QT_TRANSLATE_NOOP("PartnerDesk", "Remove one of the two applications first."))))
