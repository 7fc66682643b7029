"""Units of reading and writing: records in, records out, and the journal written beside every change."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.problems import Missing, Superseded
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store import schema
from partnerdesk.store.codec import decode, dump, dump_row, encode, encode_fields
from partnerdesk.store.schema import BY_TABLE, KINDS, Kind

T = TypeVar("T")
CHUNK = 500


class Reader:
    """One unit of reading; records are found by type. `connection` is for the store's own rooms only."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def get(self, record: type[T], record_id: int) -> T:
        """The record with this id. Raises Missing."""
        row = self.connection.execute(_by_id(KINDS[record].table), {"wanted_id": record_id}).first()
        if row is None:
            raise Missing
        return decode(record, row)

    def many(self, record: type[T], ids: Iterable[int]) -> dict[int, T]:
        """Records by id; ids that are gone are left out."""
        return {one.id: one for one in self.where(record, "id", ids)}  # type: ignore[attr-defined]

    def find(self, record: type[T], order: str = "id", **equals: Any) -> list[T]:
        """Records whose fields equal the given values (None means empty), in the order of a field."""
        table = KINDS[record].table
        wanted = encode_fields(record, equals)
        query = _equal(table, order, tuple((name, value is None) for name, value in wanted.items()))
        return [decode(record, row) for row in self.connection.execute(query, wanted)]

    def where(self, record: type[T], field: str, values: Iterable[Any]) -> list[T]:
        """Records whose field is one of the values, by id."""
        wanted = list(dict.fromkeys(values))
        query = _among(KINDS[record].table, field)
        found: list[T] = []
        for start in range(0, len(wanted), CHUNK):
            rows = self.connection.execute(query, {"wanted": wanted[start:start + CHUNK]})
            found += [decode(record, row) for row in rows]
        return found

    def columns(self, record: type[Any], names: tuple[str, ...], field: str, values: Iterable[Any]) -> list[Any]:
        """Some stored values of the records whose field is one of the values, by id; for many rows at once."""
        wanted = list(dict.fromkeys(values))
        driver = self.connection.connection.driver_connection
        assert driver is not None
        found: list[Any] = []
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start:start + CHUNK]
            found += driver.execute(_some(KINDS[record].table.name, names, field, len(part)), part).fetchall()
        return found

    def store_many(self, table: sa.Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows at the driver's speed, beside the journal: for rows that are noted or derived."""
        sql = f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))}) VALUES ({', '.join('?' * len(names))})"
        driver = self.connection.connection.driver_connection
        assert driver is not None
        driver.executemany(sql, rows)

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
        self._written: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._next_id: dict[str, int] = {}
        self._roots: dict[tuple[str, int], tuple[str, int]] = {}

    def add(self, record: T) -> T:
        """Store a new record; the answer carries its id and uid."""
        row = encode(record)
        kind = KINDS[type(record)]
        row["id"] = row["id"] or self._take_ids(kind.table.name, 1)
        row["uid"] = row["uid"] or secrets.token_hex(16)
        self._keep_ahead(kind.table.name, row["id"])
        self.connection.execute(_insert(kind.table), row)
        self._note(kind, row["id"], None, row, row)
        return replace(record, id=row["id"], uid=row["uid"])  # type: ignore[type-var]

    def add_many(self, records: Sequence[T]) -> list[int]:
        """Store many new records of one type at the driver's speed; their ids in order."""
        if not records:
            return []
        kind = KINDS[type(records[0])]
        rows = [encode(record) for record in records]
        nameless = [row for row in rows if not row["id"]]
        self._keep_ahead(kind.table.name, max(row["id"] for row in rows))
        first = self._take_ids(kind.table.name, len(nameless))
        for place, row in enumerate(nameless):
            row["id"] = first + place
        named = secrets.token_hex(16 * len(rows))
        for place, row in enumerate(rows):
            row["uid"] = row["uid"] or named[32 * place:32 * place + 32]
        self.store_many(kind.table, list(rows[0]), [tuple(row.values()) for row in rows])
        self._note_many(kind, rows)
        return [row["id"] for row in rows]

    def change(self, record: type[Any], record_id: int, version: int | None = None, **fields: Any) -> bool:
        """Set fields of a record; False when they already hold. Raises Missing, Superseded.

        `version` is the one the user saw; None says the change stands on whatever is there.
        """
        kind = KINDS[record]
        old = self._there(kind, record_id)
        new = encode_fields(record, fields)
        after = {name: value for name, value in new.items() if old[name] != value}
        if not after:
            return False
        if version is not None and old["version"] != version:
            raise self._superseded(kind, old)
        self._set(kind, old, after)
        return True

    def remove(self, record: type[Any], record_id: int) -> None:
        """Take a record out for good (the journal can bring it back). Raises Missing."""
        kind = KINDS[record]
        old = self._there(kind, record_id)
        self._note(kind, record_id, old, None, old)
        self._roots[kind.table.name, record_id] = self._root_of(kind, old)
        self._touch_left(kind, old)
        self.connection.execute(_delete(kind.table), {"wanted_id": record_id})

    def put_back(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert a row exactly as the journal remembers it."""
        kind = BY_TABLE[table]
        self.connection.execute(_insert(kind.table), dict(row))
        self._note(kind, row["id"], None, dict(row), row)

    def set_back(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Write stored values as the journal remembers them."""
        kind = BY_TABLE[table]
        self._set(kind, self._there(kind, row_id), dict(values))

    def row(self, table: str, row_id: int) -> dict[str, Any] | None:
        """The stored row, or None."""
        return self._row(BY_TABLE[table], row_id)

    def forget(self, rows: Iterable[tuple[type[Any], int]]) -> None:
        """Blank what the journal remembers of rows that this unit took out, and of all that ever hung on a root
        among them; the steps that touched them can no longer be walked.
        """
        history = schema.history.c
        for record, row_id in rows:
            kind = KINDS[record]
            root, root_id = self._roots[kind.table.name, row_id]
            mine = sa.and_(history.root == root, history.root_id == root_id)
            if not kind.root:
                mine = sa.and_(mine, history.entity == kind.table.name, history.row_id == row_id)
            steps = sa.select(history.step_id).where(mine)
            self.connection.execute(
                sa.update(schema.step).where(schema.step.c.id.in_(steps)).values(state="dropped"))
            self.connection.execute(sa.update(schema.history).where(mine).values(before=None, after=None))

    def touched(self, kind: str) -> frozenset[int]:
        """Ids of the root records of a kind that this unit has touched so far."""
        return frozenset(self._touched[kind])

    def touch(self, kind: str, ids: Iterable[int]) -> None:
        """Say that records look different although none of their own rows changed."""
        self._touched[kind].update(ids)

    def written(self, root: str, names: frozenset[str]) -> set[int]:
        """Ids of root records of which one of the named things was written.

        A name is a table ("contact": a row came or went) or a field ("institution.name": it was changed).
        """
        return {root_id for root_id, seen in self._written[root].items() if not names.isdisjoint(seen)}

    def changes(self) -> Changes:
        """The news of this unit."""
        news = {kind: frozenset(ids) for kind, ids in self._touched.items() if ids}
        return Changes(self.step_id, self.label, news, self.kind)

    def ensure_step(self) -> int:
        """The id of this unit's step, which is written when the first change is."""
        if not self.step_id:
            if self.kind in ("do", "import"):
                self.connection.exec_driver_sql("UPDATE step SET state = 'dropped' WHERE state = 'undone'")
            row = {"at": clock.now().isoformat(timespec="milliseconds"), "who": self.who,
                   "label": self.label.template, "label_values": dump(self.label.values), "kind": self.kind,
                   "state": "done", "of_step": self.of_step, "reason": self.reason, "rows": 0}
            result = self.connection.execute(_insert(schema.step), row)
            self.step_id = int(result.lastrowid)
        return self.step_id

    def finish(self) -> None:
        """Write down how many rows the step touched."""
        if self.step_id:
            self.connection.exec_driver_sql("UPDATE step SET rows = ? WHERE id = ?", (self.rows, self.step_id))

    def _row(self, kind: Kind, row_id: int) -> dict[str, Any] | None:
        found = self.connection.execute(_by_id(kind.table), {"wanted_id": row_id}).mappings().first()
        return dict(found) if found else None

    def _there(self, kind: Kind, row_id: int) -> dict[str, Any]:
        found = self._row(kind, row_id)
        if found is None:
            raise Missing
        return found

    def _set(self, kind: Kind, old: Mapping[str, Any], after: dict[str, Any]) -> None:
        before = {name: old[name] for name in after}
        self.connection.execute(_update(kind.table), {"wanted_id": old["id"], **after, "version": old["version"] + 1})
        self._note(kind, old["id"], before, after, {**old, **after})
        if any(name in kind.links for name in after):
            self._touch_left(kind, old)

    def _take_ids(self, table: str, n: int) -> int:
        first = self._known_next(table)
        self._next_id[table] = first + n
        return first

    def _keep_ahead(self, table: str, used: int) -> None:
        """New ids come after those that records brought along."""
        if used >= self._known_next(table):
            self._next_id[table] = used + 1

    def _known_next(self, table: str) -> int:
        if table not in self._next_id:
            last = self.connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
            self._next_id[table] = int(last or 0) + 1
        return self._next_id[table]

    def _note(self, kind: Kind, row_id: int, before: Any, after: Any, row: Mapping[str, Any]) -> None:
        root, root_id = self._root_of(kind, row)
        table = kind.table.name
        self.connection.execute(_insert(schema.history), {
            "step_id": self.ensure_step(), "entity": table, "row_id": row_id, "root": root,
            "root_id": root_id, **self._told(kind, before, after),
        })
        self.rows += 1
        self._touched[root].add(root_id)
        seen = self._written[root][root_id]
        if before is None or after is None:
            seen.add(table)
        else:
            seen.update(f"{table}.{name}" for name in after)

    @staticmethod
    def _told(kind: Kind, before: Any, after: Any) -> dict[str, str | None]:
        """What the journal keeps: the fields that differ, or the whole row when it comes or goes."""
        if before is not None and after is not None:
            return {"before": dump(before), "after": dump(after)}
        return {"before": None if before is None else dump_row(kind.record, before),
                "after": None if after is None else dump_row(kind.record, after)}

    def _note_many(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        step_id = self.ensure_step()
        table = kind.table.name
        self._know_roots(kind, rows)
        entries = []
        roots: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            root, root_id = self._root_of(kind, row)
            entries.append((step_id, table, row["id"], root, root_id, dump_row(kind.record, row)))
            roots[root].add(root_id)
        for root, ids in roots.items():
            self._touched[root] |= ids
            written = self._written[root]
            for root_id in ids:
                written[root_id].add(table)
        self.store_many(schema.history, ("step_id", "entity", "row_id", "root", "root_id", "after"), entries)
        self.rows += len(rows)

    def _touch_left(self, kind: Kind, old: Mapping[str, Any]) -> None:
        """A row that goes or points elsewhere can afterwards no longer lead to the records that showed it."""
        root, root_id = self._root_of(kind, old)
        self._touched[root].add(root_id)
        self._written[root][root_id].add(kind.table.name)
        if old.get("predecessor_id") is not None:
            self._touched["agreement"].add(old["predecessor_id"])
            self._written["agreement"][old["predecessor_id"]].add(kind.table.name)
        if old.get("partnership_id") is not None:
            member = BY_TABLE["partnership_member"].table
            query = sa.select(member.c.institution_id).where(member.c.partnership_id == old["partnership_id"])
            partners = set(self.connection.execute(query).scalars())
            if kind.table is member:
                partners.add(old["institution_id"])
            self._touched["partner"].update(partners)
            for partner in partners:
                self._written["partner"][partner].add(kind.table.name)

    def _root_of(self, kind: Kind, row: Mapping[str, Any]) -> tuple[str, int]:
        if kind.root:
            return kind.root, int(row["id"])
        owner = next(name for name in kind.owners if row[name] is not None)
        parent = BY_TABLE[kind.links[owner]]
        if parent.root:
            return parent.root, int(row[owner])
        key = (parent.table.name, int(row[owner]))
        if key not in self._roots:
            self._roots[key] = self._root_of(parent, self._there(parent, key[1]))
        return self._roots[key]

    def _know_roots(self, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> None:
        """Read in few queries the parents that many rows have, where they are no roots themselves."""
        for owner in kind.owners:
            parent = BY_TABLE[kind.links[owner]]
            if parent.root:
                continue
            asked = {row[owner] for row in rows if row[owner] is not None}
            wanted = [i for i in asked if (parent.table.name, i) not in self._roots]
            for start in range(0, len(wanted), CHUNK):
                query = _among(parent.table, "id")
                found = self.connection.execute(query, {"wanted": wanted[start:start + CHUNK]}).mappings().all()
                self._know_roots(parent, found)  # type: ignore[arg-type]
                for row in found:
                    self._roots[parent.table.name, row["id"]] = self._root_of(parent, row)  # type: ignore[arg-type]

    def _superseded(self, kind: Kind, old: Mapping[str, Any]) -> Superseded:
        root, root_id = self._root_of(kind, old)
        last = self.connection.execute(
            sa.select(schema.step.c.who).join_from(schema.history, schema.step)
            .where(schema.history.c.root == root, schema.history.c.root_id == root_id,
                   schema.history.c.entity == kind.table.name, schema.history.c.row_id == old["id"])
            .order_by(schema.history.c.id.desc()).limit(1)
        ).first()
        who = last.who if last else "?"
        sentence = text(QT_TRANSLATE_NOOP("PartnerDesk", "{who} changed this record while it was open here."), who=who)
        return Superseded(sentence, kind.table.name, old["id"])


def _quoted(name: str) -> str:
    return f'"{name}"'


@cache
def _by_id(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).where(table.c.id == sa.bindparam("wanted_id"))


@cache
def _among(table: sa.Table, field: str) -> sa.Select[Any]:
    return sa.select(table).where(table.c[field].in_(sa.bindparam("wanted", expanding=True))).order_by(table.c.id)


@cache
def _some(table: str, names: tuple[str, ...], field: str, n: int) -> str:
    marks = ",".join("?" * n)
    return f'SELECT {", ".join(map(_quoted, names))} FROM {table} WHERE {_quoted(field)} IN ({marks}) ORDER BY id'


@cache
def _equal(table: sa.Table, order: str, fields: tuple[tuple[str, bool], ...]) -> sa.Select[Any]:
    """Rows whose fields equal parameters of the same names; with True instead: are empty."""
    wanted = (table.c[name].is_(None) if empty else table.c[name] == sa.bindparam(name) for name, empty in fields)
    return sa.select(table).where(*wanted).order_by(table.c[order], table.c.id)


@cache
def _insert(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


@cache
def _update(table: sa.Table) -> sa.Update:
    return sa.update(table).where(table.c.id == sa.bindparam("wanted_id"))


@cache
def _delete(table: sa.Table) -> sa.Delete:
    return sa.delete(table).where(table.c.id == sa.bindparam("wanted_id"))
