"""Reads the journal and walks it backwards and forwards: history of a record, undo, redo."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain.journal import Entry, Step
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store import schema
from partnerdesk.store.codec import decode_fields, fill_row
from partnerdesk.store.schema import BY_TABLE
from partnerdesk.store.unit import CHUNK, Reader, Unit

_WALKABLE = ("do", "import")


def next_undo(reader: Reader) -> Step | None:
    """The step that Undo would take back."""
    return _one_step(reader, schema.step.c.state == "done", schema.step.c.id.desc())


def next_redo(reader: Reader) -> Step | None:
    """The step that Redo would do again: the one undone last."""
    return _one_step(reader, schema.step.c.state == "undone", schema.step.c.of_step.desc())


def step_by_id(reader: Reader, step_id: int) -> Step | None:
    """One step of the journal."""
    row = reader.connection.execute(sa.select(schema.step).where(schema.step.c.id == step_id)).first()
    return _step(row) if row else None


def recent_steps(reader: Reader, limit: int = 200, before: int | None = None) -> list[Step]:
    """The newest steps first, optionally those before an id."""
    query = sa.select(schema.step).order_by(schema.step.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(schema.step.c.id < before)
    return [_step(row) for row in reader.connection.execute(query)]


def history_of(reader: Reader, roots: Iterable[tuple[str, int]], limit: int = 500) -> list[Entry]:
    """What happened to these root records ("partner", 3) and all that hangs on them, newest first."""
    where = sa.or_(sa.false(), *(sa.and_(schema.history.c.root == r, schema.history.c.root_id == i) for r, i in roots))
    return _entries(reader, where, limit)


def entries_of_step(reader: Reader, step_id: int, limit: int = 500) -> list[Entry]:
    """The rows a step touched, newest first."""
    return _entries(reader, schema.history.c.step_id == step_id, limit)


def walk(unit: Unit, step_id: int, *, back: bool) -> None:
    """Take a step back, or do it again. Raises Refused when its rows are no longer as the step left them."""
    rows = unit.connection.execute(
        sa.select(schema.history).where(schema.history.c.step_id == step_id)
        .order_by(schema.history.c.id.desc() if back else schema.history.c.id)
    ).all()
    unit.connection.exec_driver_sql("PRAGMA defer_foreign_keys=1")
    for together in _together(rows):
        if len(together) > 1:
            _set_together(unit, together, back)
            continue
        (row,) = together
        here, there = _here_and_there(row, back)
        _expect(unit, row, unit.row(row.entity, row.row_id), here)
        _apply(unit, row, here, there)
    unit.connection.execute(
        sa.update(schema.step).where(schema.step.c.id == step_id)
        .values(state="undone" if back else "done", of_step=unit.ensure_step())
    )


def _together(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """The rows in their order, runs of one table that all changed, came or went as far as one statement takes them."""
    run: list[Any] = []
    seen: set[int] = set()
    for row in rows:
        if run and (len(run) == CHUNK or _sort_of(row) != _sort_of(run[0]) or row.row_id in seen):
            yield run
            run, seen = [], set()
        run.append(row)
        seen.add(row.row_id)
    if run:
        yield run


def _sort_of(row: Any) -> tuple[str, bool, bool]:
    return row.entity, row.before is None, row.after is None


def _set_together(unit: Unit, rows: Sequence[Any], back: bool) -> None:
    """Give many rows of one table back what they held, take them out, or put them back."""
    table = rows[0].entity
    stored = {one["id"]: one for one in unit.rows_of(table, [row.row_id for row in rows])}
    pairs = [_here_and_there(row, back) for row in rows]
    for row, (here, _) in zip(rows, pairs, strict=True):
        _expect(unit, row, stored.get(row.row_id), here)
    if pairs[0][0] is None:
        unit.put_rows_back(table, [there for _, there in pairs if there is not None])
    elif pairs[0][1] is None:
        unit.remove_rows(table, [stored[row.row_id] for row in rows])
    else:
        unit.set_many_back(table, [(stored[row.row_id], there or {}) for row, (_, there) in zip(
            rows, pairs, strict=True)])


def _here_and_there(row: Any, back: bool) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    before, after = _values(row)
    return (after, before) if back else (before, after)


def _apply(unit: Unit, row: Any, here: dict[str, Any] | None, there: dict[str, Any] | None) -> None:
    if here is None and there is not None:
        unit.put_back(row.entity, there)
    elif there is None:
        unit.remove(BY_TABLE[row.entity].record, row.row_id)
    else:
        unit.set_back(row.entity, row.row_id, there)


def _expect(unit: Unit, row: Any, stored: dict[str, Any] | None, expected: dict[str, Any] | None) -> None:
    if expected is None:
        if stored is None:
            return
    elif stored is not None and all(stored[k] == v for k, v in expected.items() if k != "version"):
        return
    raise _declined(unit, row)


def _declined(unit: Unit, row: Any) -> Refused:
    last = unit.connection.execute(
        sa.select(schema.step).join_from(schema.step, schema.history)
        .where(schema.history.c.root == row.root, schema.history.c.root_id == row.root_id,
               schema.history.c.entity == row.entity, schema.history.c.row_id == row.row_id)
        .order_by(schema.history.c.id.desc()).limit(1)
    ).first()
    if last is None:
        sentence = text(QT_TRANSLATE_NOOP("PartnerDesk", "This can no longer be undone."))
    else:
        step = _step(last)
        sentence = text(
            QT_TRANSLATE_NOOP("PartnerDesk", "This can no longer be undone: {who} changed it since ({what})."),
            who=step.who, what=step.label)
    return Refused(Problem("R00", "block", "", sentence))


def _one_step(reader: Reader, where: sa.ColumnElement[bool], order: sa.ColumnElement[Any]) -> Step | None:
    query = sa.select(schema.step).where(schema.step.c.kind.in_(_WALKABLE), where).order_by(order).limit(1)
    row = reader.connection.execute(query).first()
    return _step(row) if row else None


def _entries(reader: Reader, where: sa.ColumnElement[bool], limit: int) -> list[Entry]:
    query = (
        sa.select(schema.step, schema.history.c.entity, schema.history.c.row_id, schema.history.c.before,
                  schema.history.c.after)
        .join_from(schema.history, schema.step, schema.history.c.step_id == schema.step.c.id)
        .where(where).order_by(schema.history.c.id.desc()).limit(limit)
    )
    return [_entry(row) for row in reader.connection.execute(query)]


def _entry(row: Any) -> Entry:
    record = BY_TABLE[row.entity].record
    before, after = _values(row)
    return Entry(_step(row), row.entity, row.row_id,
                 decode_fields(record, before) if before is not None else None,
                 decode_fields(record, after) if after is not None else None)


def _step(row: Any) -> Step:
    label = Text(row.label, {k: _unsaid(v) for k, v in json.loads(row.label_values).items()})
    return Step(row.id, datetime.fromisoformat(row.at), row.who, label, row.kind, row.state, row.reason, row.rows)


def _unsaid(value: Any) -> Any:
    if isinstance(value, dict) and "text" in value:
        return Text(value["text"], {k: _unsaid(v) for k, v in value["values"].items()})
    return value


def _values(row: Any) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """What a row of the history held before and after, whole where the record came or went."""
    before, after = (json.loads(value) if value is not None else None for value in (row.before, row.after))
    record = BY_TABLE[row.entity].record
    if before is None and after is not None:
        return None, fill_row(record, after)
    if after is None and before is not None:
        return fill_row(record, before), None
    return before, after
