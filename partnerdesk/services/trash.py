"""What lies in the trash: told line by line, brought back, or taken out for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution, Member
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import agreements, listing, partners
from partnerdesk.services.deeds import rows_of_agreement
from partnerdesk.services.labels import table_label

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class TrashLine:
    """One record in the trash: "partner" or "agreement", its name, what tells it apart, and when it went."""

    kind: str
    record: Institution | Agreement
    name: str
    about: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other line."""
        return self.kind, self.record.id


def trash_lines(reader: Reader) -> list[TrashLine]:
    """Everything in the trash, the last deleted first."""
    institutions, papers = listing.trash(reader)
    partner_of: dict[int, int] = {}
    for member in reader.where(Member, "partnership_id", dict.fromkeys(a.partnership_id for a in papers)):
        if member.role != "home":
            partner_of.setdefault(member.partnership_id, member.institution_id)
    names = {i: one.name for i, one in reader.many(Institution, partner_of.values()).items()}
    lines = [TrashLine("partner", one, one.name, one.city) for one in institutions]
    lines += [TrashLine("agreement", one, agreements.display_name(one),
                        names.get(partner_of.get(one.partnership_id, 0), "")) for one in papers]
    return sorted(lines, key=lambda line: line.record.deleted_at, reverse=True)


def restore(lines: Sequence[TrashLine]) -> Deed[None]:
    """Bring records back; a partner brings the agreements that went with it."""

    def run(unit: Unit) -> None:
        institutions, papers = _parted(lines)
        if institutions:
            partners.restore_partners(institutions).run(unit)
        back = [paper for paper in papers if unit.get(Agreement, paper.id).deleted_at]
        if back:
            agreements.restore_agreements(back).run(unit)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "restore {name}"), name=_name(lines)), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Restored {name}"), name=_name(lines)))


def purge(lines: Sequence[TrashLine]) -> Deed[None]:
    """Take records out for good with all that hangs on them; this cannot be undone."""

    def run(unit: Unit) -> None:
        institutions, papers = _parted(lines)
        for institution in institutions:
            partners.purge_partner(institution).run(unit)
        for paper in papers:
            if paper.id in unit.many(Agreement, (paper.id,)):
                agreements.purge_agreement(paper).run(unit)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "purge {name}"), name=_name(lines)), run, kind="purge")


def also_goes(reader: Reader, lines: Sequence[TrashLine]) -> list[tuple[Text, int]]:
    """What else a purge takes: (what it is, how many), the records chosen themselves left out."""
    from partnerdesk.store.schema import KINDS

    institutions, papers = _parted(lines)
    doomed = {("institution", one.id) for one in institutions} | {("agreement", one.id) for one in papers}
    chosen = set(doomed)
    for institution in institutions:
        papers += partners.agreements_of(reader, institution.id, deleted=True)
        doomed |= {(KINDS[kind].table.name, i) for kind, i in partners.rows_of_partner(reader, institution.id)}
    for paper in papers:
        doomed |= {(KINDS[kind].table.name, i) for kind, i in rows_of_agreement(reader, paper.id)}
    counted = Counter(table for table, _ in doomed - chosen if table in _TOLD)
    return [(table_label(table), counted[table]) for table in _TOLD if counted[table]]


_TOLD = ("agreement", "condition", "contact", "org_unit", "document")


def _parted(lines: Sequence[TrashLine]) -> tuple[list[Institution], list[Agreement]]:
    institutions = [line.record for line in lines if isinstance(line.record, Institution)]
    return institutions, [line.record for line in lines if isinstance(line.record, Agreement)]


def _name(lines: Sequence[TrashLine]) -> str | Text:
    if len(lines) == 1:
        return lines[0].name
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} records"), n=len(lines))
