"""Units of reading and writing: records in, records out, and the journal written beside every change."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.problems import Missing, Superseded
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store import schema
from partnerdesk.store.codec import decode, encode, encode_fields
from partnerdesk.store.schema import BY_TABLE, KINDS, Kind

T = TypeVar("T")
CHUNK = 500


class Reader:
    """One unit of reading; records are found by type. `connection` is for the store's own rooms only."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def get(self, record: type[T], record_id: int) -> T:
        """The record with this id. Raises Missing."""
        found = self.many(record, (record_id,)).get(record_id)
        if found is None:
            raise Missing
        return found

    def many(self, record: type[T], ids: Iterable[int]) -> dict[int, T]:
        """Records by id; ids that are gone are left out."""
        return {one.id: one for one in self.where(record, "id", ids)}  # type: ignore[attr-defined]

    def find(self, record: type[T], order: str = "id", **equals: Any) -> list[T]:
        """Records whose fields equal the given values (None means empty), in the order of a field."""
        table = KINDS[record].table
        wanted = encode_fields(record, equals)
        query = sa.select(table).where(*(table.c[n].is_(None) if v is None else table.c[n] == v
                                         for n, v in wanted.items()))
        return [decode(record, row) for row in self.connection.execute(query.order_by(table.c[order], table.c.id))]

    def where(self, record: type[T], field: str, values: Iterable[Any]) -> list[T]:
        """Records whose field is one of the values, by id."""
        table = KINDS[record].table
        wanted = list(dict.fromkeys(values))
        found: list[T] = []
        for start in range(0, len(wanted), CHUNK):
            query = sa.select(table).where(table.c[field].in_(wanted[start:start + CHUNK])).order_by(table.c.id)
            found += [decode(record, row) for row in self.connection.execute(query)]
        return found

    def count(self, record: type[Any]) -> int:
        """How many rows a record type has, deleted and archived ones included."""
        return int(self.connection.execute(sa.select(sa.func.count()).select_from(KINDS[record].table)).scalar_one())


class Unit(Reader):
    """One unit of writing: everything below one step of the journal, committed whole or not at all."""

    def __init__(self, connection: sa.Connection, label: Text, who: str, kind: str = "do", reason: str = "",
                 of_step: int | None = None) -> None:
        super().__init__(connection)
        self.label, self.who, self.kind, self.reason, self.of_step = label, who, kind, reason, of_step
        self.step_id = 0
        self.rows = 0
        self._touched: dict[str, set[int]] = defaultdict(set)
        self._next_id: dict[str, int] = {}
        self._roots: dict[tuple[str, int], tuple[str, int]] = {}

    def add(self, record: T) -> T:
        """Store a new record; the answer carries its id and uid."""
        row = encode(record)
        kind = KINDS[type(record)]
        row["id"] = row["id"] or self._take_ids(kind.table.name, 1)
        row["uid"] = row["uid"] or uuid.uuid4().hex
        self.connection.execute(sa.insert(kind.table), row)
        self._note(kind, row["id"], None, row, row)
        return replace(record, id=row["id"], uid=row["uid"])  # type: ignore[type-var]

    def add_many(self, records: Sequence[T]) -> list[int]:
        """Store many new records of one type at the driver's speed; their ids in order."""
        if not records:
            return []
        kind = KINDS[type(records[0])]
        first = self._take_ids(kind.table.name, len(records))
        rows = []
        for place, record in enumerate(records):
            row = encode(record)
            row["id"] = row["id"] or first + place
            row["uid"] = row["uid"] or uuid.uuid4().hex
            rows.append(row)
        self._execute_many(kind.table, rows)
        self._note_many(kind, rows)
        return [row["id"] for row in rows]

    def change(self, record: type[Any], record_id: int, version: int | None = None, **fields: Any) -> bool:
        """Set fields of a record; False when they already hold. Raises Missing, Superseded.

        `version` is the one the user saw; None says the change stands on whatever is there.
        """
        kind = KINDS[record]
        old = self._row(kind, record_id)
        if old is None:
            raise Missing
        new = encode_fields(record, fields)
        after = {name: value for name, value in new.items() if old[name] != value}
        if not after:
            return False
        if version is not None and old["version"] != version:
            raise self._superseded(kind, record_id, after)
        before = {name: old[name] for name in after}
        table = kind.table
        self.connection.execute(
            sa.update(table).where(table.c.id == record_id).values(**after, version=old["version"] + 1)
        )
        self._note(kind, record_id, before, after, {**old, **after})
        if any(name in kind.links or name == kind.owner for name in after):
            self._touch(*self._root_of(kind, old))
        return True

    def remove(self, record: type[Any], record_id: int) -> None:
        """Take a record out for good (the journal can bring it back). Raises Missing."""
        kind = KINDS[record]
        old = self._row(kind, record_id)
        if old is None:
            raise Missing
        self._note(kind, record_id, old, None, old)
        self._touch_partners_of(old)
        self.connection.execute(sa.delete(kind.table).where(kind.table.c.id == record_id))

    def put_back(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert a row exactly as the journal remembers it."""
        kind = BY_TABLE[table]
        self.connection.execute(sa.insert(kind.table), dict(row))
        self._note(kind, row["id"], None, dict(row), row)

    def set_back(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Write stored values as the journal remembers them."""
        kind = BY_TABLE[table]
        old = self._row(kind, row_id)
        if old is None:
            raise Missing
        self.connection.execute(sa.update(kind.table).where(kind.table.c.id == row_id)
                                .values(**values, version=old["version"] + 1))
        self._note(kind, row_id, {name: old[name] for name in values}, dict(values), {**old, **values})

    def row(self, table: str, row_id: int) -> dict[str, Any] | None:
        """The stored row, or None."""
        return self._row(BY_TABLE[table], row_id)

    def forget(self, rows: Iterable[tuple[type[Any], int]]) -> None:
        """Blank what the journal remembers of rows that are purged; their steps can no longer be walked."""
        for record, row_id in rows:
            mine = sa.and_(schema.history.c.entity == KINDS[record].table.name, schema.history.c.row_id == row_id)
            steps = sa.select(schema.history.c.step_id).where(mine)
            self.connection.execute(
                sa.update(schema.step).where(schema.step.c.id.in_(steps)).values(state="dropped"))
            self.connection.execute(sa.update(schema.history).where(mine).values(before=None, after=None))

    def touched(self, kind: str) -> frozenset[int]:
        """Ids of the root records of a kind that this unit has touched so far."""
        return frozenset(self._touched[kind])

    def touch(self, kind: str, ids: Iterable[int]) -> None:
        """Say that records look different although none of their own rows changed."""
        self._touched[kind].update(ids)

    def changes(self) -> Changes:
        """The news of this unit."""
        news = {kind: frozenset(ids) for kind, ids in self._touched.items() if ids}
        return Changes(self.step_id, self.label, news, self.kind)

    def ensure_step(self) -> int:
        """The id of this unit's step, which is written when the first change is."""
        if not self.step_id:
            if self.kind in ("do", "import"):
                self.connection.execute(
                    sa.update(schema.step).where(schema.step.c.state == "undone").values(state="dropped")
                )
            row = {"at": clock.now().isoformat(timespec="milliseconds"), "who": self.who,
                   "label": self.label.template, "label_values": _dump(self.label.values), "kind": self.kind,
                   "state": "done", "of_step": self.of_step, "reason": self.reason, "rows": 0}
            result = self.connection.execute(sa.insert(schema.step), row)
            self.step_id = int(result.lastrowid)
        return self.step_id

    def finish(self) -> None:
        """Write down how many rows the step touched."""
        if self.step_id:
            self.connection.execute(
                sa.update(schema.step).where(schema.step.c.id == self.step_id).values(rows=self.rows)
            )

    def _row(self, kind: Kind, row_id: int) -> dict[str, Any] | None:
        found = self.connection.execute(sa.select(kind.table).where(kind.table.c.id == row_id)).mappings().first()
        return dict(found) if found else None

    def _take_ids(self, table: str, n: int) -> int:
        if table not in self._next_id:
            last = self.connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
            self._next_id[table] = int(last or 0) + 1
        first = self._next_id[table]
        self._next_id[table] += n
        return first

    def _execute_many(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        names = list(rows[0])
        sql = f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))}) VALUES ({', '.join('?' * len(names))})"
        driver = self.connection.connection.driver_connection
        assert driver is not None
        driver.executemany(sql, [tuple(row.values()) for row in rows])

    def _note(self, kind: Kind, row_id: int, before: Any, after: Any, row: Mapping[str, Any]) -> None:
        root, root_id = self._root_of(kind, row)
        self.connection.execute(sa.insert(schema.history), {
            "step_id": self.ensure_step(), "entity": kind.table.name, "row_id": row_id, "root": root,
            "root_id": root_id, "before": _dump(before), "after": _dump(after),
        })
        self.rows += 1
        self._touch(root, root_id)

    def _note_many(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        step_id = self.ensure_step()
        name = kind.table.name
        entries = []
        for row in rows:
            root, root_id = self._root_of(kind, row)
            entries.append({"step_id": step_id, "entity": name, "row_id": row["id"], "root": root,
                            "root_id": root_id, "before": None, "after": _dump(row)})
            self._touched[root].add(root_id)
        self._execute_many(schema.history, entries)
        self.rows += len(rows)

    def _touch(self, root: str, root_id: int) -> None:
        self._touched[root].add(root_id)

    def _touch_partners_of(self, row: Mapping[str, Any]) -> None:
        """A row that goes can afterwards no longer lead to the partners whose lines show it."""
        if "partnership_id" in row:
            member = BY_TABLE["partnership_member"].table
            query = sa.select(member.c.institution_id).where(member.c.partnership_id == row["partnership_id"])
            self._touched["partner"].update(self.connection.execute(query).scalars())

    def _root_of(self, kind: Kind, row: Mapping[str, Any]) -> tuple[str, int]:
        if kind.root:
            return kind.root, int(row["id"])
        owner = next(name for name in kind.owner.split("|") if row[name] is not None)
        parent = BY_TABLE[kind.links[owner]]
        if parent.root:
            return parent.root, int(row[owner])
        key = (parent.table.name, int(row[owner]))
        if key not in self._roots:
            above = self._row(parent, key[1])
            if above is None:
                raise Missing
            self._roots[key] = self._root_of(parent, above)
        return self._roots[key]

    def _superseded(self, kind: Kind, record_id: int, wanted: Mapping[str, Any]) -> Superseded:
        last = self.connection.execute(
            sa.select(schema.step.c.who, schema.step.c.at).join_from(schema.history, schema.step)
            .where(schema.history.c.entity == kind.table.name, schema.history.c.row_id == record_id)
            .order_by(schema.history.c.id.desc()).limit(1)
        ).first()
        who = last.who if last else "?"
        sentence = text(QT_TRANSLATE_NOOP("PartnerDesk", "{who} changed this record while it was open here."), who=who)
        return Superseded(sentence, kind.table.name, record_id)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _dump(value: Any) -> str | None:
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_said)


def _said(value: Any) -> Any:
    if isinstance(value, Text):
        return {"text": value.template, "values": value.values}
    return str(value)

