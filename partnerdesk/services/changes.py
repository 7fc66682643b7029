"""The office's journal as the Data page tells it: whose record an entry is about, imports with their counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.agreements import Agreement, AgreementVersion
from partnerdesk.domain.journal import Entry, Step
from partnerdesk.domain.office import ImportBatch, Setting
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import journal
from partnerdesk.services.agreements import display_name

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

UNDOABLE = ("do", "import")
_OWNERS = {"institution_id": "institution", "agreement_id": "agreement", "version_id": "agreement_version"}

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
    if entry.table in ("institution", "agreement"):
        return entry.table, entry.row_id
    row = entry.after or entry.before or {}
    for field, table in _OWNERS.items():
        if row.get(field):
            return table, int(row[field])
    return entry.table, entry.row_id


def _names(reader: Reader, owners: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Text]:
    from partnerdesk.store.schema import BY_TABLE

    wanted: dict[str, set[int]] = defaultdict(set)
    for table, row_id in owners:
        wanted[table].add(row_id)
    names: dict[tuple[str, int], Text] = {}
    for table, ids in wanted.items():
        records: dict[int, Any] = reader.many(BY_TABLE[table].record, ids)
        names.update(((table, i), name) for i, name in _named(reader, records).items())
    return names


def _named(reader: Reader, records: dict[int, Any]) -> dict[int, Text]:
    """Names of records by their id: their own, else that of the institution or agreement they belong to."""
    names: dict[int, Text] = {}
    up: dict[str, dict[int, int]] = defaultdict(dict)
    for record_id, record in records.items():
        if isinstance(record, Institution):
            names[record_id] = text("{name}", name=record.name)
        elif isinstance(record, Agreement):
            names[record_id] = text("{name}", name=display_name(record))
        elif isinstance(record, Setting):
            names[record_id] = _SETTINGS.get(record.key, Text(record.key))
        else:
            for field in _OWNERS:
                if owner := getattr(record, field, None):
                    up[field][record_id] = owner
                    break
    kinds: Sequence[tuple[str, type[Any]]] = (
        ("institution_id", Institution), ("agreement_id", Agreement), ("version_id", AgreementVersion))
    for field, kind in kinds:
        if up[field]:
            above = _named(reader, reader.many(kind, up[field].values()))
            names.update((i, above.get(owner, Text(""))) for i, owner in up[field].items())
    return names
