"""What users do with cohorts: who belongs to them, who leads them, how far their papers are."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.cohort_rules import cohort_problems, leader_problems, room_problems
from partnerdesk.domain.cohorts import Cohort, CohortLeader, CohortLine, CohortMember
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.lines import StayLine
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people_rules import person_key
from partnerdesk.domain.phases import PHASES
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import (
    refuse_blocks,
    set_archived,
    set_fields,
    set_fields_of_many,
    trash_mark,
)
from partnerdesk.services.stay_documents import DocumentMatrix, document_matrix
from partnerdesk.services.stay_file import phase_now
from partnerdesk.services.stays import stay_ids, stay_lines

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_MEMBERS = (QT_TRANSLATE_NOOP("PartnerDesk", "1 member"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} members"))


@dataclass(frozen=True, slots=True)
class CohortFile:
    """Everything a cohort's form shows; `members` in the order of their names."""

    cohort: Cohort
    leaders: tuple[CohortLeader, ...]
    members: tuple[StayLine, ...]
    papers: DocumentMatrix
    partner: Institution | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the rules say of the cohort as a whole."""
        return tuple(room_problems(self.cohort, len(self.members)))


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasted lines mean: stays that were found, and the lines nobody was found for, with the reason."""

    stays: tuple[int, ...]
    missed: tuple[tuple[str, Text], ...]


def cohort_file(reader: Reader, cohort_id: int) -> CohortFile:
    """All that belongs to one cohort. Raises Missing."""
    cohort = reader.get(Cohort, cohort_id)
    ids = member_stays(reader, cohort_id)
    lines = stay_lines(reader, ids)
    partners = reader.many(Institution, [cohort.partner_id] if cohort.partner_id else ())
    return CohortFile(
        cohort, tuple(reader.find(CohortLeader, cohort_id=cohort_id)), tuple(lines[i] for i in ids if i in lines),
        document_matrix(reader, ids), partners.get(cohort.partner_id or 0))


def member_stays(reader: Reader, cohort_id: int) -> list[int]:
    """The stays of a cohort in the order of names, archived ones too."""
    found = stay_ids(reader, ListQuery(filters=(Filter("cohort", values=(str(cohort_id),)),), sort="name"))
    members = {i for (i,) in reader.columns(CohortMember, ("stay_id",), "cohort_id", [cohort_id])}
    return [*found, *sorted(members - set(found))]


def cohort_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the cohorts a query finds, in its order, of all or of those `among`."""
    from partnerdesk.store import cohorts

    return cohorts.cohort_ids(reader, query, clock.today(), limit, among)


def cohort_lines(reader: Reader, ids: Sequence[int]) -> dict[int, CohortLine]:
    """What the list shows of these cohorts."""
    from partnerdesk.store import cohorts

    return cohorts.cohort_lines(reader, ids)


def cohort_hits(reader: Reader, query: ListQuery) -> int:
    """How many cohorts a query finds."""
    return len(cohort_ids(reader, query))


def cohort_count(reader: Reader) -> int:
    """How many cohorts the office has."""
    from partnerdesk.store import cohorts

    return cohorts.cohort_count(reader)


def new_cohort(cohort: Cohort, stays: Sequence[int] = ()) -> Deed[int]:
    """Add a cohort with these stays; the answer is its id."""

    def run(unit: Unit) -> int:
        refuse_blocks(cohort_problems(cohort))
        made = unit.add(cohort).id
        unit.add_many([CohortMember(cohort_id=made, stay_id=stay) for stay in dict.fromkeys(stays)])
        return made

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new cohort {name}"), name=cohort.title), run)


def change_cohort(cohort: Cohort, **fields: Any) -> Deed[bool]:
    """Change fields of a cohort as the user sees it."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Cohort, cohort.id, cohort.version, fields, cohort_problems)

    return Deed(_changed(cohort.title, fields), run)


def change_many(ids: Sequence[int], fields: Mapping[str, Any], n: int) -> Deed[None]:
    """Set the same fields on many cohorts in one step."""

    def run(unit: Unit) -> None:
        set_fields_of_many(unit, Cohort, ids, fields, cohort_problems)

    return Deed(counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "change 1 cohort"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} cohorts")), run)


def add_leader(cohort: Cohort, leader: CohortLeader) -> Deed[int]:
    """Let somebody lead a cohort; the answer is the id."""
    leader = dataclasses.replace(leader, cohort_id=cohort.id)

    def run(unit: Unit) -> int:
        refuse_blocks(leader_problems(leader))
        return int(unit.add(leader).id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add a leader to {name}"), name=cohort.title), run)


def change_leader(cohort: Cohort, leader: CohortLeader, **fields: Any) -> Deed[bool]:
    """Change fields of a leader."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, CohortLeader, leader.id, leader.version, fields, leader_problems)

    return Deed(_changed(cohort.title, fields), run)


def remove_leader(cohort: Cohort, leader: CohortLeader) -> Deed[None]:
    """Take a leader away."""

    def run(unit: Unit) -> None:
        unit.remove(CohortLeader, leader.id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a leader from {name}"), name=cohort.title), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed a leader from {name}"), name=cohort.title))


def add_members(cohort: Cohort, stays: Iterable[int]) -> Deed[int]:
    """Put stays into a cohort, those there already left alone; how many came new."""
    wanted = list(dict.fromkeys(stays))

    def run(unit: Unit) -> int:
        here = {i for (i,) in unit.columns(CohortMember, ("stay_id",), "cohort_id", [cohort.id])}
        fresh = [stay for stay in wanted if stay not in here]
        unit.add_many([CohortMember(cohort_id=cohort.id, stay_id=stay) for stay in fresh])
        return len(fresh)

    who = counted(len(wanted), *_MEMBERS)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add {who} to {name}"), who=who, name=cohort.title), run)


def remove_members(cohort: Cohort, stays: Iterable[int]) -> Deed[int]:
    """Take stays out of a cohort; the stays themselves remain. How many went."""
    going = set(stays)

    def run(unit: Unit) -> int:
        found = [one for one in unit.find(CohortMember, cohort_id=cohort.id) if one.stay_id in going]
        for one in found:
            unit.remove(CohortMember, one.id)
        return len(found)

    who = counted(len(going), *_MEMBERS)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "take {who} out of {name}"), who=who, name=cohort.title), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Took {who} out of {name}"), who=who, name=cohort.title))


def archive_cohorts(cohorts: Sequence[Cohort], *, back: bool = False) -> Deed[None]:
    """Put cohorts out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, Cohort, cohorts, back)

    if back:
        return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "bring {name} back from the archive"), cohorts), run,
                    _about(QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {name}"), cohorts))
    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "archive {name}"), cohorts), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Archived {name}"), cohorts))


def delete_cohorts(cohorts: Sequence[Cohort]) -> Deed[None]:
    """Put cohorts into the trash; the stays of their members remain."""

    def run(unit: Unit) -> None:
        unit.change_many(Cohort, [one.id for one in cohorts], deleted_at=trash_mark())

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), cohorts), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), cohorts))


def find_members(reader: Reader, cohort: Cohort, pasted: str) -> Pasted:
    """The stays meant by lines of numbers, addresses or names; of several stays the one that fits the cohort best."""
    from partnerdesk.store.people import every_person

    lines = [said for raw in pasted.splitlines() if (said := raw.split("\t")[0].strip(" ;,"))]
    names = ("id", "family_name", "given_names", "local_id", "esi", "email", "deleted_at")
    by_mark: dict[str, set[int]] = defaultdict(set)
    words = {word for said in lines for word in fold(said).split()}
    for person, family, given, number, esi, email, deleted in every_person(reader, names) if lines else ():
        if deleted:
            continue
        by_mark[fold(number)].add(person)
        by_mark[email.casefold()].add(person)
        by_mark[esi.casefold()].add(person)
        # the order of the words of a name is worked out only where one of them is asked for
        if words.intersection(fold(family or given).split()):
            by_mark[person_key(family, given)].add(person)
    meant: list[tuple[str, int | Text]] = []
    for said in lines:
        marks = (fold(said), said.casefold(), person_key(said, ""))
        people = next((by_mark[mark] for mark in marks if mark and by_mark.get(mark)), set())
        meant.append((said, next(iter(people)) if len(people) == 1 else _MANY if people else _NOBODY))
    best = _best_stays(reader, cohort, {who for _, who in meant if isinstance(who, int)})
    stays = dict.fromkeys(best[who] for _, who in meant if isinstance(who, int) and who in best)
    missed = [(said, _NO_STAY if isinstance(who, int) else who) for said, who in meant
              if not isinstance(who, int) or who not in best]
    return Pasted(tuple(stays), tuple(missed))


_NOBODY = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Nobody here has this number, e-mail or name"))
_MANY = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Several people have this name"))
_NO_STAY = Text(QT_TRANSLATE_NOOP("PartnerDesk", "This person has no stay"))


def _best_stays(reader: Reader, cohort: Cohort, people: set[int]) -> dict[int, int]:
    """Of each person the stay that fits a cohort best: its way, year and partner, else the one least far along."""

    def fit(one: Stay) -> tuple[bool, bool, bool, int, int]:
        partner = one.receiving_id if one.direction == "out" else one.sending_id
        return (not cohort.direction or one.direction == cohort.direction,
                cohort.year is None or one.year == cohort.year,
                cohort.partner_id is None or partner == cohort.partner_id, -PHASES.index(phase_now(one)), one.id)

    best: dict[int, Stay] = {}
    for stay in reader.where(Stay, "person_id", sorted(people)):
        known = best.get(stay.person_id)
        if not stay.deleted_at and (known is None or fit(stay) > fit(known)):
            best[stay.person_id] = stay
    return {person: stay.id for person, stay in best.items()}


def _changed(name: str, fields: Mapping[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only), name=name)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {name}"), name=name)


def _about(template: str, cohorts: Sequence[Cohort]) -> Text:
    if len(cohorts) == 1:
        return text(template, name=cohorts[0].title)
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} cohorts"), n=len(cohorts)))
