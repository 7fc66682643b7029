"""What hangs on a record and goes with it: everything it owns, and what only makes sense while it is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

Row = tuple[type[Any], int]

# what does not belong to a record but has no meaning without it: (its table, the column that leads there)
_WITH = {
    "institution": (("project_member", "institution_id"), ("visit_place", "institution_id"),
                    ("output_member", "institution_id")),
    "person": (("application", "person_id"),),
    "stay": (("cohort_member", "stay_id"),),
}


def rows_below(reader: Reader, record: type[Any], ids: list[int]) -> list[Row]:
    """The rows of these records, all that they own and what has no meaning without them, children first."""
    from partnerdesk.store.schema import KINDS

    rows: list[Row] = [*rows_with(reader, record, ids), *((record, i) for i in ids)]
    table = KINDS[record].table.name
    for kind in KINDS.values():
        for column in kind.owners if ids else ():
            if kind.links.get(column) == table:
                below = sorted({i for (i,) in reader.columns(kind.record, ("id",), column, ids)})
                rows = [*rows_below(reader, kind.record, below), *rows] if below else rows
    return rows


def rows_of_stays(reader: Reader, ids: list[int]) -> list[Row]:
    """Everything that goes when stays are purged, children first: papers, grants, log, places in cohorts."""
    from partnerdesk.domain.stays import Stay

    return rows_below(reader, Stay, ids)


def rows_of_people(reader: Reader, ids: list[int]) -> list[Row]:
    """Everything that goes when people are purged, children first: their stays and applications too."""
    from partnerdesk.domain.people import Person
    from partnerdesk.domain.stays import Stay

    stays = sorted({i for (i,) in reader.columns(Stay, ("id",), "person_id", ids)})
    rows = [*rows_with(reader, Person, ids), *rows_of_stays(reader, stays), *rows_below(reader, Person, ids)]
    return list(dict.fromkeys(rows))


def followups_about(reader: Reader, rows: list[Row]) -> list[Row]:
    """The follow-ups about any of these records."""
    from partnerdesk.domain.followups import FollowUp
    from partnerdesk.store.schema import KINDS

    ids: dict[str, set[int]] = {}
    for record, i in rows:
        ids.setdefault(KINDS[record].table.name, set()).add(i)
    links = ((link, ids[table]) for link, table in KINDS[FollowUp].links.items() if table in ids)
    found = {i for link, some in links for (i,) in reader.columns(FollowUp, ("id",), link, some)}
    return [(FollowUp, i) for i in sorted(found)]


def rows_with(reader: Reader, record: type[Any], ids: list[int]) -> list[Row]:
    """What only names the part of these records in something, such as a place in a cohort, children first."""
    from partnerdesk.store.schema import BY_TABLE, KINDS

    rows: list[Row] = []
    for other, column in _WITH.get(KINDS[record].table.name, ()) if ids else ():
        kind = BY_TABLE[other].record
        below = sorted({i for (i,) in reader.columns(kind, ("id",), column, ids)})
        rows += rows_below(reader, kind, below) if below else []
    return rows


def let_go(unit: Unit, doomed: Collection[Row]) -> None:
    """Empty the links of other records that lead to rows which are about to go."""
    from partnerdesk.store.schema import KINDS

    going: dict[str, set[int]] = defaultdict(set)
    for record, i in doomed:
        going[KINDS[record].table.name].add(i)
    for kind in KINDS.values():
        for column, table in kind.links.items():
            if not going.get(table) or not kind.table.c[column].nullable:
                continue
            led = {i for (i,) in unit.columns(kind.record, ("id",), column, going[table])}
            left = sorted(led - going.get(kind.table.name, set()))
            if left:
                unit.change_many(kind.record, left, **{column: None})
