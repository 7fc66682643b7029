"""What the data of an office lacks: everything that could be put right, as a list and as a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.office import change_settings
from partnerdesk.services.quality_rules import RULES, Finding, different_pairs, everything, pair_of_uids

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

__all__ = ["GROUPS", "SEVERITIES", "Finding", "Report", "counts", "findings", "not_the_same", "report"]

GROUPS: dict[str, Text] = {
    "codes": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Codes of institutions")),
    "agreements": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Incomplete agreements")),
    "conditions": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Places and years")),
    "gaps": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Years without agreement")),
    "twice": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Agreements entered twice")),
    "twins": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Partners entered twice")),
    "people": Text(QT_TRANSLATE_NOOP("PartnerDesk", "People entered twice")),
    "fields": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Unknown subject areas")),
    "partners": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Incomplete partners")),
    "contacts": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Incomplete contacts")),
    "stale": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Contacts to confirm")),
}
"""The groups of findings in the order in which they are shown."""

SEVERITIES = ("block", "warn", "info")
_PARTNERS = (QT_TRANSLATE_NOOP("PartnerDesk", "1 partner"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} partners"))
_AGREEMENTS = (QT_TRANSLATE_NOOP("PartnerDesk", "1 agreement"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} agreements"))
_THINGS = (QT_TRANSLATE_NOOP("PartnerDesk", "1 thing to look at"),
           QT_TRANSLATE_NOOP("PartnerDesk", "{n} things to look at"))
_ORDER = {group: place for place, group in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True)
class Report:
    """What an office whose file is whole holds, and what its data lacks."""

    name: str
    partners: int
    agreements: int
    findings: tuple[Finding, ...]

    def lines(self) -> list[str]:
        """The report as lines of text."""
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{name} is sound: {partners}, {agreements}, {things}.")
        made = [str(text(sentence, name=self.name, partners=counted(self.partners, *_PARTNERS),
                         agreements=counted(self.agreements, *_AGREEMENTS),
                         things=counted(len(self.findings), *_THINGS)))]
        group = ""
        for finding in self.findings:
            if finding.group != group:
                group = finding.group
                n = sum(one.group == group for one in self.findings)
                made.append(f"{GROUPS[group]} ({n})")
            made.append(f"  {finding.name}: {finding.sentence}")
        return made

    def as_json(self) -> dict[str, Any]:
        """The report as one object."""
        return {
            "file": self.name, "partners": self.partners, "agreements": self.agreements,
            "counts": dict(Counter(one.group for one in self.findings)),
            "findings": [
                {"code": one.code, "severity": one.severity, "group": one.group, "kind": one.kind, "id": one.record_id,
                 "name": one.name, "message": str(one.sentence), "fix": str(one.fix)} for one in self.findings],
        }  # fmt: skip


def not_the_same(finding: Finding) -> Deed[None]:
    """Remember that the two partners or people of a finding are different ones; it is not shown again."""

    def run(unit: Unit) -> None:
        record: type[Any] = Person if finding.kind == "person" else Institution
        pair = pair_of_uids(unit.get(record, finding.record_id).uid, unit.get(record, finding.other_id).uid)
        known = [list(one) for one in different_pairs(unit)]
        if list(pair) not in known:
            change_settings(quality_different=sorted([*known, list(pair)])).run(unit)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "tell {name} apart"), name=finding.name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is no longer taken for another"), name=finding.name))


def report(path: Path) -> Report:
    """What the data of an office file lacks. Raises BadFile for what is no office, EnvironmentTrouble."""
    from partnerdesk.services import listing
    from partnerdesk.services.office import open_file

    office = open_file(path, read_only=True)
    try:
        with office.read() as reader:
            return Report(path.name, listing.partner_count(reader), listing.agreement_count(reader),
                          tuple(findings(reader)))
    finally:
        office.close()


def findings(reader: Reader) -> list[Finding]:
    """All that could be put right today, by group, the gravest first, then by name."""
    data = everything(reader, clock.today())
    found = {(f.code, f.kind, f.record_id, str(f.sentence)): f for rule in RULES for f in rule(data)}
    return sorted(found.values(), key=lambda f: (_ORDER[f.group], SEVERITIES.index(f.severity), fold(f.name), f.code))


def counts(found: Sequence[Finding]) -> dict[str, int]:
    """How many findings each group has, in the order of the groups; groups without any are left out."""
    numbers = Counter(one.group for one in found)
    return {group: numbers[group] for group in GROUPS if numbers[group]}
