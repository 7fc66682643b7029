"""What hangs on a record and goes with it: everything it owns, and what only makes sense while it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

Row = tuple[type[Any], int]

# what does not belong to a record but has no meaning without it: (its record, the column that leads there)
_WITH_STAY = (("cohort_member", "stay_id"),)
_WITH_PERSON = (("application", "person_id"),)


def rows_below(reader: Reader, record: type[Any], ids: list[int]) -> list[Row]:
    """The rows of these records and all that they own, children first."""
    from partnerdesk.store.schema import KINDS

    rows: list[Row] = [(record, i) for i in ids]
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

    return [*_rows_with(reader, _WITH_STAY, ids), *rows_below(reader, Stay, ids)]


def rows_of_people(reader: Reader, ids: list[int]) -> list[Row]:
    """Everything that goes when people are purged, children first: their stays and applications too."""
    from partnerdesk.domain.people import Person
    from partnerdesk.domain.stays import Stay

    stays = sorted({i for (i,) in reader.columns(Stay, ("id",), "person_id", ids)})
    return [*_rows_with(reader, _WITH_PERSON, ids), *rows_of_stays(reader, stays), *rows_below(reader, Person, ids)]


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


def let_go_of_stays(unit: Unit, ids: list[int]) -> None:
    """Take the stays out of applications that led to them, so that they can be purged."""
    from partnerdesk.domain.calls import Application

    led = [i for (i,) in unit.columns(Application, ("id",), "stay_id", ids)]
    if led:
        unit.change_many(Application, led, stay_id=None)


def _rows_with(reader: Reader, links: tuple[tuple[str, str], ...], ids: list[int]) -> list[Row]:
    from partnerdesk.store.schema import BY_TABLE

    rows: list[Row] = []
    for table, column in links:
        record = BY_TABLE[table].record
        below = sorted({i for (i,) in reader.columns(record, ("id",), column, ids)})
        rows += rows_below(reader, record, below) if below else []
    return rows
