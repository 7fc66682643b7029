"""The office's journal as the Data page tells it: whose record an entry is about, imports with their counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.journal import Entry, Step
from partnerdesk.domain.office import ImportBatch
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import journal
from partnerdesk.services.agreements import display_name

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

UNDOABLE = ("do", "import")

_SETTINGS = {
    "office.name": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Name of the office")),
    "office.unit": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Department or unit")),
    "office.address": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Address of the office")),
    "office.logo": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Picture of the letterhead")),
    "office.people": Text(QT_TRANSLATE_NOOP("PartnerDesk", "People who are responsible")),
    "office.year_start": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Beginning of academic years")),
    "office.paper": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Paper")),
    "grades.tie": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Grades that fit equally")),
    "learning.least": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Fewest credits a semester")),
    "learning.most": Text(QT_TRANSLATE_NOOP("PartnerDesk", "Most credits a semester")),
}


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """One entry of a step with the name of what it is about, empty where that is gone."""

    entry: Entry
    about: Text


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import: the batch, its step, and how many records of all kinds went which way."""

    batch: ImportBatch
    step: Step | None
    counts: dict[str, int]


def undoable(step: Step) -> bool:
    """Whether a step can still be taken back, as far as the journal tells."""
    return step.kind in UNDOABLE and step.state == "done"


def touched_rows(reader: Reader, step: Step) -> list[TouchedRow]:
    """What a step changed, in the order in which it happened, each with the name of its record."""
    entries = list(reversed(journal.entries_of(reader, step)))
    owners = [_owner(entry) for entry in entries]
    names = _names(reader, owners)
    return [TouchedRow(entry, names.get(owner, Text(""))) for entry, owner in zip(entries, owners, strict=True)]


def batches(reader: Reader) -> list[BatchLine]:
    """The imports of the office, the last first."""
    from partnerdesk.store.journal import step_by_id

    found = sorted(reader.find(ImportBatch), key=lambda one: one.id, reverse=True)
    return [BatchLine(one, step_by_id(reader, one.step_id) if one.step_id else None, _counts(one)) for one in found]


def _counts(batch: ImportBatch) -> dict[str, int]:
    loaded = json.loads(batch.counts) if batch.counts else {}
    return {name: int(value) for name, value in loaded.items() if isinstance(value, int)}


def _owner(entry: Entry) -> tuple[str, int]:
    """Table and id of the record that an entry is about, as far as the entry itself tells."""
    row = entry.after or entry.before or {}
    above = None if entry.table in _NAMED else _above(entry.table, row.get)
    return above or (entry.table, entry.row_id)


def _above(table: str, value: Callable[[str], Any]) -> tuple[str, int] | None:
    """Table and id of what a row belongs to: its person first, else its owner; None where the row does not tell."""
    from partnerdesk.store.schema import BY_TABLE

    kind = BY_TABLE[table]
    for column in ("person_id", *kind.owners):
        if column in kind.links and value(column):
            return kind.links[column], int(value(column))
    return None


def _names(reader: Reader, owners: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Text]:
    """Names of records by table and id: their own, else that of the record they belong to."""
    from partnerdesk.store.schema import BY_TABLE

    wanted: dict[str, set[int]] = defaultdict(set)
    for table, row_id in owners:
        wanted[table].add(row_id)
    names: dict[tuple[str, int], Text] = {}
    up: dict[tuple[str, int], tuple[str, int]] = {}
    for table, ids in wanted.items():
        records: dict[int, Any] = reader.many(BY_TABLE[table].record, ids)
        for i, record in records.items():
            if table in _NAMED:
                names[table, i] = _NAMED[table](record)
            elif above := _above(table, partial(_field, record)):
                up[table, i] = above
    if up:
        found = _names(reader, up.values())
        names.update((key, found.get(above, Text(""))) for key, above in up.items())
    return names


def _field(record: Any, name: str) -> Any:
    return getattr(record, name, None)


def _said(name: str) -> Text:
    return text("{name}", name=name)


_NAMED: dict[str, Callable[[Any], Text]] = {
    "institution": lambda one: _said(one.name), "agreement": lambda one: _said(display_name(one)),
    "person": lambda one: _said(one.full_name or one.name_original), "call": lambda one: _said(one.title),
    "cohort": lambda one: _said(one.title), "grant_table": lambda one: _said(one.name),
    "project": lambda one: _said(one.acronym or one.title), "visit": lambda one: _said(one.title),
    "followup": lambda one: _said(one.title), "appointment": lambda one: _said(one.title),
    "joint_output": lambda one: _said(one.title),
    "setting": lambda one: _SETTINGS.get(one.key, Text(one.key)),
}
