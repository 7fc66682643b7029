"""What lies in the trash: told line by line, brought back, or taken out for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.calls import Call
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.outputs import JointOutput
from partnerdesk.domain.partners import Institution, Member
from partnerdesk.domain.people import Person
from partnerdesk.domain.projects import Project
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.visits import Appointment, Visit
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import agreements, partners, people
from partnerdesk.services.below import Row, rows_below, rows_of_people, rows_of_stays
from partnerdesk.services.deeds import purge_rows, rows_of_agreement
from partnerdesk.services.labels import table_label

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class TrashLine:
    """One record in the trash: its `kind` ("partner", "stay"), its name, what tells it apart, and when it went."""

    kind: str
    record: Any
    name: str
    about: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other line."""
        return self.kind, self.record.id


@dataclass(frozen=True, slots=True)
class _Kind:
    """How records of one type are told, brought back and purged; `rows` are all that go with a purge."""

    kind: str
    record: type[Any]
    told: Callable[[Reader, Sequence[Any]], list[tuple[str, str]]]
    restore: Callable[[Unit, Sequence[Any]], None]
    purge: Callable[[Unit, Sequence[Any]], None]
    rows: Callable[[Reader, Sequence[Any]], list[Row]]


def trash_lines(reader: Reader) -> list[TrashLine]:
    """Everything in the trash, the last deleted first."""
    from partnerdesk.store.trash import deleted_ids

    lines: list[TrashLine] = []
    for kind in _KINDS:
        found = reader.many(kind.record, deleted_ids(reader, kind.record))
        told = kind.told(reader, list(found.values()))
        lines += [TrashLine(kind.kind, record, name, about)
                  for record, (name, about) in zip(found.values(), told, strict=True)]
    return sorted(lines, key=lambda line: str(line.record.deleted_at), reverse=True)


def restore(lines: Sequence[TrashLine]) -> Deed[None]:
    """Bring records back; a partner brings the agreements that went with it, a person the stays."""

    def run(unit: Unit) -> None:
        for kind, chosen in _parted(lines):
            there = unit.many(kind.record, [one.id for one in chosen])
            gone = [one for one in there.values() if one.deleted_at]
            if gone:
                kind.restore(unit, gone)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "restore {name}"), name=_name(lines)), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Restored {name}"), name=_name(lines)))


def purge(lines: Sequence[TrashLine]) -> Deed[None]:
    """Take records out for good with all that hangs on them; this cannot be undone."""

    def run(unit: Unit) -> None:
        for kind, chosen in _parted(lines):
            left = unit.many(kind.record, [one.id for one in chosen])
            if left:
                kind.purge(unit, list(left.values()))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "purge {name}"), name=_purged_name(lines)), run, kind="purge")


def also_goes(reader: Reader, lines: Sequence[TrashLine]) -> list[tuple[Text, int]]:
    """What else a purge takes: (what it is, how many), the records chosen themselves left out."""
    from partnerdesk.store.schema import KINDS

    doomed: set[tuple[str, int]] = set()
    chosen = {(KINDS[type(line.record)].table.name, line.record.id) for line in lines}
    for kind, records in _parted(lines):
        doomed |= {(KINDS[record].table.name, i) for record, i in kind.rows(reader, records)}
    counted = Counter(table for table, _ in doomed - chosen if table in _TOLD)
    return [(table_label(table), counted[table]) for table in _TOLD if counted[table]]


_TOLD = ("agreement", "condition", "contact", "org_unit", "stay", "application", "person_contact", "task", "milestone",
         "deliverable", "agenda_item", "document")


def _tell_partners(reader: Reader, records: Sequence[Institution]) -> list[tuple[str, str]]:
    return [(one.name, one.city) for one in records]


def _tell_agreements(reader: Reader, records: Sequence[Agreement]) -> list[tuple[str, str]]:
    partner_of: dict[int, int] = {}
    for member in reader.where(Member, "partnership_id", dict.fromkeys(a.partnership_id for a in records)):
        if member.role != "home":
            partner_of.setdefault(member.partnership_id, member.institution_id)
    names = {i: one.name for i, one in reader.many(Institution, partner_of.values()).items()}
    return [(agreements.display_name(one), names.get(partner_of.get(one.partnership_id, 0), "")) for one in records]


def _tell_people(reader: Reader, records: Sequence[Person]) -> list[tuple[str, str]]:
    return [(people.named(one), one.local_id) for one in records]


def _tell_stays(reader: Reader, records: Sequence[Stay]) -> list[tuple[str, str]]:
    who = reader.many(Person, {one.person_id for one in records})
    partner = {one.id: one.receiving_id if one.direction == "out" else one.sending_id for one in records}
    names = reader.many(Institution, {i for i in partner.values() if i is not None})
    return [(people.named(who[one.person_id]), names[at].name if (at := partner[one.id]) in names else "")
            for one in records]


def _rows_of_partners(reader: Reader, records: Sequence[Institution]) -> list[Row]:
    rows: list[Row] = []
    for one in records:
        papers = partners.agreements_of(reader, one.id, deleted=True)
        rows += [row for paper in papers for row in rows_of_agreement(reader, paper.id)]
        rows += partners.rows_of_partner(reader, one.id)
    return rows


def _restore_agreements(unit: Unit, records: Sequence[Agreement]) -> None:
    agreements.restore_agreements(records).run(unit)


def _restore_stays(unit: Unit, records: Sequence[Stay]) -> None:
    who = unit.many(Person, {one.person_id for one in records})
    unit.change_many(Person, [i for i, one in who.items() if one.deleted_at], deleted_at="")
    unit.change_many(Stay, [one.id for one in records], deleted_at="")


def _purge_stays(unit: Unit, records: Sequence[Stay]) -> None:
    purge_rows(unit, rows_of_stays(unit, [one.id for one in records]))


def _purge_each(make: Callable[[Any], Deed[None]]) -> Callable[[Unit, Sequence[Any]], None]:
    def purge_all(unit: Unit, records: Sequence[Any]) -> None:
        for one in records:
            make(one).run(unit)

    return purge_all


def _simple(kind: str, record: type[Any], told: Callable[[Any], tuple[str, str]]) -> _Kind:
    """A kind of record whose rows are those it owns, and that comes back alone."""

    def back(unit: Unit, some: Sequence[Any]) -> None:
        unit.change_many(record, [one.id for one in some], deleted_at="")

    def rows(reader: Reader, some: Sequence[Any]) -> list[Row]:
        return rows_below(reader, record, [one.id for one in some])

    def purge_all(unit: Unit, some: Sequence[Any]) -> None:
        purge_rows(unit, rows(unit, some))

    return _Kind(kind, record, lambda _, some: [told(one) for one in some], back, purge_all, rows)


# in the order of purging: what goes with another record is left out when its turn comes
_KINDS = (
    _Kind("partner", Institution, _tell_partners, lambda unit, some: partners.restore_partners(some).run(unit),
          _purge_each(partners.purge_partner), _rows_of_partners),
    _Kind("agreement", Agreement, _tell_agreements, _restore_agreements, _purge_each(agreements.purge_agreement),
          lambda reader, some: [row for one in some for row in rows_of_agreement(reader, one.id)]),
    _Kind("person", Person, _tell_people, lambda unit, some: people.restore_people(some).run(unit),
          lambda unit, some: people.purge_people(some).run(unit),
          lambda reader, some: rows_of_people(reader, [one.id for one in some])),
    _Kind("stay", Stay, _tell_stays, _restore_stays, _purge_stays,
          lambda reader, some: rows_of_stays(reader, [one.id for one in some])),
    _simple("cohort", Cohort, lambda one: (one.title, str(one.year or ""))),
    _simple("call", Call, lambda one: (one.title, str(one.year or ""))),
    _simple("project", Project, lambda one: (one.acronym or one.title, one.title if one.acronym else "")),
    _simple("visit", Visit, lambda one: (one.title, one.city)),
    _simple("output", JointOutput, lambda one: (one.title, str(one.in_year or ""))),
    _simple("appointment", Appointment, lambda one: (one.title, one.place)),
    _simple("followup", FollowUp, lambda one: (one.title, one.responsible)),
)


def _parted(lines: Sequence[TrashLine]) -> list[tuple[_Kind, list[Any]]]:
    chosen = {kind.kind: [line.record for line in lines if line.kind == kind.kind] for kind in _KINDS}
    return [(kind, chosen[kind.kind]) for kind in _KINDS if chosen[kind.kind]]


def _name(lines: Sequence[TrashLine]) -> str | Text:
    if len(lines) == 1:
        return lines[0].name
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} records"), n=len(lines))


def _purged_name(lines: Sequence[TrashLine]) -> str | Text:
    """The name for the journal, which keeps it after the purge: none of a person, nor what may name one."""
    if any(line.kind in ("person", "stay", "followup") for line in lines) and len(lines) == 1:
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "1 record"))
    return _name(lines)
