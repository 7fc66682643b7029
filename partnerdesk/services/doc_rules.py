"""The office's rules for documents: the starting set until an office makes its own, then rows it edits."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.doc_rules import STARTING_SET, DocRule, rule_problems
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks, set_fields

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


def rules_of(reader: Reader) -> tuple[DocRule, ...]:
    """The rules in their order. Those of the starting set have ids below zero: they are not stored yet."""
    stored = reader.find(DocRule, "position")
    if stored:
        return tuple(stored)
    return _STARTING


_STARTING = tuple(dataclasses.replace(rule, id=-1 - rule.position) for rule in STARTING_SET)


def add_rule(rule: DocRule) -> Deed[int]:
    """Add a rule at the end; the answer is its id. Raises Refused."""

    def run(unit: Unit) -> int:
        refuse_blocks(rule_problems(rule))
        stored = _own(unit)
        place = 1 + max(one.position for one in stored.values())
        return unit.add(dataclasses.replace(rule, id=0, uid="", position=place)).id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add a rule for {document}"), document=_name(rule)), run)


def change_rule(rule: DocRule, **fields: Any) -> Deed[bool]:
    """Change a rule; the first change makes the starting set the office's own. Raises Refused."""

    def run(unit: Unit) -> bool:
        stored = _own(unit)
        mine = stored.get(rule.position) if rule.id < 0 else None
        record = mine or rule
        return set_fields(unit, DocRule, record.id, record.version, fields, rule_problems)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the rule for {document}"), document=_name(rule)), run)


def remove_rules(rules: tuple[DocRule, ...]) -> Deed[None]:
    """Take rules away; documents that stays already have stay. The last rule can only be put out of use."""

    def run(unit: Unit) -> None:
        stored = _own(unit)
        for rule in rules:
            unit.remove(DocRule, stored[rule.position].id if rule.id < 0 else rule.id)
        if not unit.count(DocRule):
            unit.add(dataclasses.replace(rules[-1], id=0, uid="", active=False))

    if len(rules) == 1:
        label = text(QT_TRANSLATE_NOOP("PartnerDesk", "remove the rule for {document}"), document=_name(rules[0]))
        return Deed(label, run, text(
            QT_TRANSLATE_NOOP("PartnerDesk", "Removed the rule for {document}"), document=_name(rules[0])))
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {n} rules for documents"), n=len(rules)), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {n} rules for documents"), n=len(rules)))


def restore_rules() -> Deed[None]:
    """Put the starting set in the place of the office's own rules."""

    def run(unit: Unit) -> None:
        for rule in unit.find(DocRule):
            unit.remove(DocRule, rule.id)

    return Deed(Text(QT_TRANSLATE_NOOP("PartnerDesk", "return to the usual rules for documents")), run)


def _own(unit: Unit) -> dict[int, DocRule]:
    """The stored rules by position; the starting set is stored where there are none yet."""
    if not unit.count(DocRule):
        unit.add_many(STARTING_SET)
    return {rule.position: rule for rule in unit.find(DocRule, "position")}


def _name(rule: DocRule) -> Text:
    return label_of("stay_document", rule.kind) if rule.kind else Text(
        QT_TRANSLATE_NOOP("PartnerDesk", "a document"))
