"""What every deed shares: setting fields under the record's own rules, deleting into the trash, purging.

Services name the store's units only in annotations, so that a window can be painted before the store is loaded.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import (
    Agreement,
    AgreementVersion,
    Condition,
    Document,
    Event,
    Party,
    SignOff,
)
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.services.below import followups_about, let_go, rows_below

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

Rule = Callable[[Any], Iterable[Problem]]
T = TypeVar("T")
AT_ONCE = 500


def set_fields(
    unit: Unit, record: type[Any], record_id: int, version: int | None, fields: Mapping[str, Any],
    rules: Rule | None = None,
) -> bool:
    """Change fields of a record after its rules have judged the outcome; False when nothing differs.

    Only problems of the changed fields block, so that an old record stays editable under a new rule.
    Raises Refused, Superseded, Missing.
    """
    if rules is not None:
        outcome = dataclasses.replace(unit.get(record, record_id), **fields)
        refuse_blocks(p for p in rules(outcome) if not p.field or p.field in fields)
    return unit.change(record, record_id, version, **fields)


def refuse_blocks(problems: Iterable[Problem]) -> None:
    """Raise Refused with the problems that block; warnings pass."""
    blocks = [p for p in problems if p.severity == "block"]
    if blocks:
        raise Refused(*blocks)


def set_fields_of_many(
    unit: Unit, record: type[Any], ids: Iterable[int], fields: Mapping[str, Any], rules: Rule
) -> None:
    """Change the same fields of many records after their rules have judged each outcome. Raises Refused, Missing."""
    for some in batched(ids):
        outcomes = (dataclasses.replace(one, **fields) for one in unit.many(record, some).values())
        refuse_blocks(p for one in outcomes for p in rules(one) if not p.field or p.field in fields)
        unit.change_many(record, some, **fields)


def set_archived(unit: Unit, record: type[Any], records: Iterable[Any], back: bool) -> None:
    """Put records into the archive or take them out; those that are there already keep their day."""
    for some in batched(records):
        stored = unit.columns(record, ("id", "archived_on"), "id", [one.id for one in some])
        wanted = [one for one, day in stored if bool(day) == back]
        unit.change_many(record, wanted, archived_on=None if back else clock.today())


def batched(things: Iterable[T]) -> Iterator[list[T]]:
    """Things in lists of as many as one statement of the store takes."""
    rest = iter(things)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def trash_mark() -> str:
    """What `deleted_at` holds: the moment, the same for all that goes in one deed."""
    return clock.now().isoformat(timespec="milliseconds")


def purge_rows(unit: Unit, doomed: Iterable[tuple[type[Any], int]]) -> None:
    """Take rows (record type, id; children first) out for good, what the journal remembers of them included.

    Follow-ups about any of them go too, and links of other records that lead to them are emptied.
    """
    doomed = list(doomed)
    doomed = list(dict.fromkeys((*followups_about(unit, doomed), *doomed)))
    let_go(unit, doomed)
    for record, row_id in doomed:
        unit.remove(record, row_id)
    unit.forget(doomed)


def rows_of_agreement(unit: Reader, agreement_id: int) -> list[tuple[type[Any], int]]:
    """Everything that goes when an agreement is purged, children first."""
    rows: list[tuple[type[Any], int]] = [(Document, d.id) for d in unit.find(Document, agreement_id=agreement_id)]
    rows += [(Event, e.id) for e in unit.find(Event, agreement_id=agreement_id)]
    for version in unit.find(AgreementVersion, agreement_id=agreement_id):
        rows += rows_of_version(unit, version.id)
    rows += [(Party, p.id) for p in unit.find(Party, agreement_id=agreement_id)]
    return [*rows, (Agreement, agreement_id)]


def rows_of_version(unit: Reader, version_id: int) -> list[tuple[type[Any], int]]:
    """Everything that goes with a version of an agreement, children first."""
    rows: list[tuple[type[Any], int]] = [(SignOff, s.id) for s in unit.find(SignOff, version_id=version_id)]
    conditions = [one.id for one in unit.find(Condition, version_id=version_id)]
    return [*rows, *rows_below(unit, Condition, conditions), (AgreementVersion, version_id)]
