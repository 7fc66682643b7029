"""What users do with partner institutions, their codes, names, units, contacts, and the relation to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import clock
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.rules import contact_problems, identifier_problems, institution_problems, unit_problems
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.below import rows_below, rows_with
from partnerdesk.services.deeds import (
    batched,
    purge_rows,
    refuse_blocks,
    rows_of_agreement,
    set_archived,
    set_fields,
    set_fields_of_many,
    trash_mark,
)

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_OUR_INSTITUTION = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Our institution"))

CHILDREN: dict[type[Any], str] = {
    Identifier: "institution_id", Alias: "institution_id", OrgUnit: "institution_id", Contact: "institution_id",
}


@dataclass(frozen=True, slots=True)
class PartnerFile:
    """Everything a partner's form shows."""

    institution: Institution
    identifiers: tuple[Identifier, ...]
    aliases: tuple[Alias, ...]
    units: tuple[OrgUnit, ...]
    contacts: tuple[Contact, ...]
    partnerships: tuple[Partnership, ...]
    documents: tuple[ag.Document, ...]
    factsheets: tuple[Factsheet, ...] = ()


def partner_file(reader: Reader, institution_id: int) -> PartnerFile:
    """All that belongs to one institution. Raises Missing."""
    institution = reader.get(Institution, institution_id)
    members = reader.find(Member, institution_id=institution_id)
    partnerships = reader.many(Partnership, [m.partnership_id for m in members if m.role != "home"])
    return PartnerFile(
        institution,
        tuple(reader.find(Identifier, institution_id=institution_id)),
        tuple(reader.find(Alias, institution_id=institution_id)),
        tuple(reader.find(OrgUnit, institution_id=institution_id)),
        tuple(reader.find(Contact, institution_id=institution_id)),
        tuple(partnerships.values()),
        tuple(reader.find(ag.Document, institution_id=institution_id)),
        tuple(reversed(reader.find(Factsheet, "year", institution_id=institution_id))),
    )


def home_institution(reader: Reader) -> Institution | None:
    """Our own institution, when it has been entered."""
    homes = [i for i in reader.find(Institution, is_home=True) if not i.deleted_at]
    return homes[0] if homes else None


def ensure_home(unit: Unit) -> Institution:
    """Our own institution, made with the office's name when it has not been entered: papers need our side."""
    found = home_institution(unit)
    if found is not None:
        return found
    from partnerdesk.services.office import settings

    return unit.add(Institution(is_home=True, name=settings(unit)["office.name"] or str(_OUR_INSTITUTION)))


def new_partner(
    institution: Institution, identifiers: Sequence[Identifier] = (), aliases: Sequence[Alias] = (),
    partnership: Partnership | None = None,
) -> Deed[int]:
    """Add a partner with its codes and other names; the answer is its id."""

    def run(unit: Unit) -> int:
        refuse_blocks(institution_problems(institution))
        made = unit.add(institution)
        for identifier in identifiers:
            add_identifier(unit, dataclasses.replace(identifier, institution_id=made.id))
        for alias in aliases:
            unit.add(dataclasses.replace(alias, institution_id=made.id))
        if partnership is not None:
            unit.add(Member(partnership_id=unit.add(partnership).id, institution_id=made.id))
        return made.id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new partner {name}"), name=institution.name), run)


def change_institution(institution: Institution, **fields: Any) -> Deed[bool]:
    """Change fields of an institution as the user sees it."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Institution, institution.id, institution.version, fields, institution_problems)

    return Deed(_changed(institution.name, fields), run)


def change_partnership(institution: Institution, partnership: Partnership | None, **fields: Any) -> Deed[int]:
    """Change the relation to a partner; where none exists yet, one is made. The answer is its id."""

    def run(unit: Unit) -> int:
        if partnership is None:
            made = ensure_partnership(unit, institution.id)
            unit.change(Partnership, made.id, None, **fields)
            return made.id
        set_fields(unit, Partnership, partnership.id, partnership.version, fields)
        return partnership.id

    return Deed(_changed(institution.name, fields), run)


def new_partnership(institution: Institution, title: str) -> Deed[int]:
    """Start a second or third partnership with a partner."""

    def run(unit: Unit) -> int:
        made = unit.add(Partnership(title=title, started_on=clock.today()))
        unit.add(Member(partnership_id=made.id, institution_id=institution.id))
        return made.id

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "new partnership with {name}"), name=institution.name)
    return Deed(label, run)


def ensure_partnership(unit: Unit, institution_id: int) -> Partnership:
    """The first partnership of an institution, made when there is none."""
    for member in unit.find(Member, institution_id=institution_id):
        if member.role != "home":
            return unit.get(Partnership, member.partnership_id)
    made = unit.add(Partnership())
    unit.add(Member(partnership_id=made.id, institution_id=institution_id))
    return made


def add_child(institution: Institution, record: Identifier | Alias | OrgUnit | Contact | ag.Document) -> Deed[int]:
    """Add a code, name, unit, contact or document to an institution; the answer is its id."""
    record = dataclasses.replace(record, institution_id=institution.id)

    def run(unit: Unit) -> int:
        if isinstance(record, Identifier):
            return add_identifier(unit, record).id
        if isinstance(record, Contact):
            refuse_blocks(contact_problems(record))
        if isinstance(record, OrgUnit):
            refuse_blocks(unit_problems(record, unit.find(OrgUnit, institution_id=institution.id)))
        return int(unit.add(record).id)

    what = _noun(type(record))
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add {what} to {name}"), what=what, name=institution.name), run)


def change_child(
    institution: Institution, record: Identifier | Alias | OrgUnit | Contact | ag.Document, **fields: Any
) -> Deed[bool]:
    """Change a code, name, unit, contact or document of an institution."""

    def run(unit: Unit) -> bool:
        if isinstance(record, Identifier):
            outcome = dataclasses.replace(record, **fields)
            refuse_blocks(identifier_problems(outcome, _same_code(unit, outcome)))
            return unit.change(Identifier, record.id, record.version, **fields)
        if isinstance(record, OrgUnit):
            others = unit.find(OrgUnit, institution_id=institution.id)
            refuse_blocks(unit_problems(dataclasses.replace(record, **fields), others))
        rules = contact_problems if isinstance(record, Contact) else None
        return set_fields(unit, type(record), record.id, record.version, fields, rules)

    return Deed(_changed(institution.name, fields), run)


def remove_child(
    institution: Institution, record: Identifier | Alias | OrgUnit | Contact | ag.Document
) -> Deed[None]:
    """Take a code, name, unit, contact or document away from an institution."""

    def run(unit: Unit) -> None:
        if isinstance(record, OrgUnit) and unit.find(OrgUnit, parent_id=record.id):
            sentence = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Move or remove the units below it first."))
            raise Refused(Problem("R00", "block", "", sentence))
        unit.remove(type(record), record.id)

    what = _noun(type(record))
    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {what} from {name}"), what=what, name=institution.name)
    done = text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {what} from {name}"), what=what, name=institution.name)
    return Deed(label, run, done)


def add_identifier(unit: Unit, identifier: Identifier) -> Identifier:
    """Store a code after checking its form and that no other institution has it (R01)."""
    refuse_blocks(identifier_problems(identifier, _same_code(unit, identifier)))
    return unit.add(identifier)


def delete_partners(institutions: Sequence[Institution]) -> Deed[None]:
    """Put partners and their draft agreements into the trash. Approved agreements hold a partner (R18)."""

    def run(unit: Unit) -> None:
        mark = trash_mark()
        for some in batched(institutions):
            papers = _agreements_with(unit, some)
            refuse_any_approved(unit, papers)
            unit.change_many(ag.Agreement, papers, deleted_at=mark)
            unit.change_many(Institution, [one.id for one in some], deleted_at=mark)

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), institutions), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), institutions))


def archive_partners(institutions: Sequence[Institution], *, back: bool = False) -> Deed[None]:
    """Put partners out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, Institution, institutions, back)

    if back:
        return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "bring {name} back from the archive"), institutions), run,
                    _about(QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {name}"), institutions))
    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "archive {name}"), institutions), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Archived {name}"), institutions))


def restore_partners(institutions: Sequence[Institution]) -> Deed[None]:
    """Take partners out of the trash, with the agreements that went with them."""

    def run(unit: Unit) -> None:
        for institution in institutions:
            for agreement in agreements_of(unit, institution.id, deleted=True):
                if agreement.deleted_at == institution.deleted_at:
                    unit.change(ag.Agreement, agreement.id, None, deleted_at="")
            unit.change(Institution, institution.id, None, deleted_at="")

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "restore {name}"), institutions), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Restored {name}"), institutions))


def change_many(ids: Sequence[int], fields: Mapping[str, Any], relation: Mapping[str, Any], n: int) -> Deed[None]:
    """Set the same fields on many partners in one step: of the institution and of the relation to it."""
    def run(unit: Unit) -> None:
        if fields:
            set_fields_of_many(unit, Institution, ids, fields, institution_problems)
        if relation:
            for some in batched(ids):
                unit.change_many(Partnership, _ensure_partnerships(unit, some), **relation)

    return Deed(counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "change 1 partner"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} partners")), run,
                counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Changed 1 partner"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Changed {n} partners")))


def purge_partner(institution: Institution) -> Deed[None]:
    """Remove a partner in the trash for good, with all that hangs on it; this cannot be undone."""

    def run(unit: Unit) -> None:
        doomed: list[tuple[type[Any], int]] = []
        agreements = agreements_of(unit, institution.id, deleted=True)
        for agreement in agreements:
            refuse_approved(unit, agreement, institution.name)
            doomed += rows_of_agreement(unit, agreement.id)
        _refuse_named_by_stays(unit, institution)
        purge_rows(unit, [*doomed, *rows_of_partner(unit, institution.id, {a.id for a in agreements})])

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "purge {name}"), name=institution.name)
    return Deed(label, run, kind="purge")


def rows_of_partner(
    unit: Reader, institution_id: int, going: Collection[int] = ()
) -> list[tuple[type[Any], int]]:
    """Everything that goes when an institution is purged, children first; `going` are agreements that go too."""
    from partnerdesk.domain.balance import BalanceTerms
    from partnerdesk.domain.grades import GradeTable

    rows: list[tuple[type[Any], int]] = []
    rows += [(ag.Document, d.id) for d in unit.find(ag.Document, institution_id=institution_id)]
    rows += [(Contact, c.id) for c in unit.find(Contact, institution_id=institution_id)]
    for member in unit.find(Member, institution_id=institution_id):
        rows.append((Member, member.id))
        others = [m for m in unit.find(Member, partnership_id=member.partnership_id) if m.id != member.id]
        papers = unit.find(ag.Agreement, partnership_id=member.partnership_id)
        if all(m.role == "home" for m in others) and all(a.id in going for a in papers):
            terms = unit.find(BalanceTerms, partnership_id=member.partnership_id)
            rows += [*((Member, m.id) for m in others), *((BalanceTerms, t.id) for t in terms),
                     (Partnership, member.partnership_id)]
    kinds: tuple[type[Any], ...] = (Factsheet, GradeTable)
    for record in kinds:
        rows += rows_below(unit, record, [one.id for one in unit.find(record, institution_id=institution_id)])
    units = unit.find(OrgUnit, institution_id=institution_id)
    rows += [(OrgUnit, u.id) for u in _leaves_first(units)]
    rows += [(Alias, a.id) for a in unit.find(Alias, institution_id=institution_id)]
    rows += [(Identifier, i.id) for i in unit.find(Identifier, institution_id=institution_id)]
    return [*rows_with(unit, Institution, [institution_id]), *rows, (Institution, institution_id)]


def agreements_of(reader: Reader, institution_id: int, *, deleted: bool = False) -> list[ag.Agreement]:
    """A partner's agreements, those in the trash left out or included."""
    members = reader.find(Member, institution_id=institution_id)
    found = reader.where(ag.Agreement, "partnership_id", [m.partnership_id for m in members if m.role != "home"])
    return [a for a in found if deleted or not a.deleted_at]


def refuse_approved(unit: Reader, agreement: ag.Agreement, name: str) -> None:
    """Raise Refused when an agreement has an approved version: it is archived, never deleted (R18)."""
    refuse_any_approved(unit, {agreement.id: name})


def refuse_any_approved(unit: Reader, names: Mapping[int, str]) -> None:
    """Raise Refused when one of many agreements (ids and how to call them) has an approved version (R18)."""
    versions = unit.columns(ag.AgreementVersion, ("agreement_id", "status"), "agreement_id", names)
    held = next((agreement_id for agreement_id, status in versions if status == "approved"), None)
    if held is not None:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{name} has an approved agreement and cannot be deleted.")
        raise Refused(Problem(
            "R18", "block", "", text(sentence, name=names[held]),
            Text(QT_TRANSLATE_NOOP("PartnerDesk", "Archive it instead."))))


def _refuse_named_by_stays(unit: Reader, institution: Institution) -> None:
    """A stay would no longer say where it was. Raises Refused."""
    from partnerdesk.domain.stays import Stay

    ends = ("sending_id", "receiving_id")
    named = {i for end in ends for (i,) in unit.columns(Stay, ("id",), end, (institution.id,))}
    if named:
        raise Refused(Problem("R18", "block", "", text(
            QT_TRANSLATE_NOOP("PartnerDesk", "{name} is where stays were, and so remains in the trash."),
            name=institution.name), Text(QT_TRANSLATE_NOOP("PartnerDesk", "Purge these stays first"))))


def _agreements_with(unit: Reader, institutions: Sequence[Institution]) -> dict[int, str]:
    """Ids of the agreements with these partners that are not in the trash, each with the partner's name."""
    names = {one.id: one.name for one in institutions}
    members = unit.columns(Member, ("partnership_id", "institution_id", "role"), "institution_id", names)
    partners = {partnership: names[one] for partnership, one, role in members if role != "home"}
    papers = unit.columns(ag.Agreement, ("id", "partnership_id", "deleted_at"), "partnership_id", partners)
    return {paper: partners[partnership] for paper, partnership, deleted in papers if not deleted}


def _ensure_partnerships(unit: Unit, institution_ids: Sequence[int]) -> list[int]:
    """The first partnership of each institution, made where there is none."""
    members = unit.columns(Member, ("institution_id", "partnership_id", "role"), "institution_id", institution_ids)
    first: dict[int, int] = {}
    for institution, partnership, role in members:
        if role != "home":
            first.setdefault(institution, partnership)
    return [first.get(one) or ensure_partnership(unit, one).id for one in institution_ids]


def _same_code(unit: Reader, identifier: Identifier) -> list[Identifier]:
    found = unit.find(Identifier, scheme=identifier.scheme, value=identifier.value)
    return [i for i in found if i.institution_id != identifier.institution_id]


def _leaves_first(units: Sequence[OrgUnit]) -> list[OrgUnit]:
    left, ordered = list(units), []
    while left:
        parents = {u.parent_id for u in left}
        leaves = [u for u in left if u.id not in parents] or left
        ordered += leaves
        left = [u for u in left if u not in leaves]
    return ordered


_NOUNS: dict[type[Any], str] = {
    Identifier: QT_TRANSLATE_NOOP("PartnerDesk", "a code"), Alias: QT_TRANSLATE_NOOP("PartnerDesk", "a name"),
    OrgUnit: QT_TRANSLATE_NOOP("PartnerDesk", "a unit"), Contact: QT_TRANSLATE_NOOP("PartnerDesk", "a contact"),
    ag.Document: QT_TRANSLATE_NOOP("PartnerDesk", "a document"),
}


def _noun(record: type[Any]) -> Text:
    return Text(_NOUNS[record])


def _changed(name: str, fields: Mapping[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only), name=name)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {name}"), name=name)


def _about(template: str, institutions: Sequence[Institution]) -> Text:
    if len(institutions) == 1:
        return text(template, name=institutions[0].name)
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} partners"), n=len(institutions)))
