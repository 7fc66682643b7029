"""Units of reading and writing: records in, records out, and the journal written beside every change."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.problems import Missing, Superseded
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store import bulk, schema, statements
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
        row = self._driver().execute(statements.one(KINDS[record].table), (record_id,)).fetchone()
        if row is None:
            raise Missing
        return decode(record, row)

    def many(self, record: type[T], ids: Iterable[int]) -> dict[int, T]:
        """Records by id; ids that are gone are left out."""
        return {one.id: one for one in self.where(record, "id", ids)}  # type: ignore[attr-defined]

    def find(self, record: type[T], order: str = "id", **equals: Any) -> list[T]:
        """Records whose fields equal the given values (None means empty), in the order of a field."""
        wanted = encode_fields(record, equals)
        empty = tuple((name, value is None) for name, value in wanted.items())
        query = statements.equal(KINDS[record].table, order, empty)
        given = [value for value in wanted.values() if value is not None]
        return [decode(record, row) for row in self._driver().execute(query, given)]

    def where(self, record: type[T], field: str, values: Iterable[Any]) -> list[T]:
        """Records whose field is one of the values, by id."""
        names = statements.names_of(KINDS[record].table)
        return [decode(record, row) for row in self.columns(record, names, field, values)]

    def columns(self, record: type[Any], names: tuple[str, ...], field: str, values: Iterable[Any]) -> list[Any]:
        """Some stored values of the records whose field is one of the values, by id; for many rows at once."""
        wanted = list(dict.fromkeys(values))
        driver = self._driver()
        if len(wanted) > CHUNK and isinstance(wanted[0], int) and max(wanted) - min(wanted) == len(wanted) - 1:
            ends = min(wanted), max(wanted)
            return list(driver.execute(statements.within(KINDS[record].table.name, names, field), ends).fetchall())
        found: list[Any] = []
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start:start + CHUNK]
            found += driver.execute(statements.some(KINDS[record].table.name, names, field, len(part)), part).fetchall()
        return found

    def store_many(self, table: sa.Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows at the driver's speed, beside the journal: for rows that are noted or derived."""
        columns, places = ", ".join(map(statements.quoted, names)), ", ".join("?" * len(names))
        sql = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"
        self._driver().executemany(sql, rows)

    def count(self, record: type[Any]) -> int:
        """How many rows a record type has, deleted and archived ones included."""
        return int(self.connection.execute(sa.select(sa.func.count()).select_from(KINDS[record].table)).scalar_one())

    def _driver(self) -> Any:
        """What statements go to that are worded once and asked all the time: as records are many, it counts."""
        driver = self.connection.connection.driver_connection
        assert driver is not None
        return driver


class Unit(Reader):
    """One unit of writing: everything below one step of the journal, committed whole or not at all."""

    def __init__(self, connection: sa.Connection, label: Text, who: str, kind: str = "do", reason: str = "",
                 of_step: int | None = None) -> None:
        super().__init__(connection)
        self.label, self.who, self.kind, self.reason, self.of_step = label, who, kind, reason, of_step
        self.step_id = 0
        self.rows = 0
        self._touched: dict[str, set[int]] = defaultdict(set)
        self._born: dict[str, set[int]] = defaultdict(set)
        self._written: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._next_id: dict[str, int] = {}
        self._roots: dict[tuple[str, int], tuple[str, int]] = {}

    def add(self, record: T) -> T:
        """Store a new record; the answer carries its id and uid."""
        row = encode(record)
        kind = KINDS[type(record)]
        row["id"] = row["id"] or self._take_ids(kind.table.name, 1)
        row["uid"] = row["uid"] or secrets.token_hex(16)
        self._keep_ahead(kind.table.name, row["id"])
        self.connection.execute(statements.insert(kind.table), row)
        self._note(kind, row["id"], None, row, row)
        return replace(record, id=row["id"], uid=row["uid"])  # type: ignore[type-var]

    def add_many(self, records: Sequence[T]) -> list[int]:
        """Store many new records of one type at the driver's speed; their ids in order."""
        return self._add_batch(type(records[0]), bulk.of_records(records)) if records else []

    def add_values(self, record: type[Any], values: Sequence[Mapping[str, Any]]) -> list[int]:
        """The same for new records told by the fields in which they differ from a blank one."""
        return self._add_batch(record, bulk.of_values(record, values)) if values else []

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

    def change_many(self, record: type[Any], ids: Iterable[int], **fields: Any) -> int:
        """Set the same fields of many records at the driver's speed, whatever they hold; how many did not hold them.

        Raises Missing.
        """
        return self.change_each(record, dict.fromkeys(ids, fields))

    def change_each(self, record: type[Any], wanted: Mapping[int, Mapping[str, Any]]) -> int:
        """The same with fields of its own for each record, by id. Raises Missing."""
        kind, ids, changed = KINDS[record], list(wanted), 0
        new = {id(fields): encode_fields(record, fields) for fields in {id(f): f for f in wanted.values()}.values()}
        for start in range(0, len(ids), CHUNK):
            part = ids[start:start + CHUNK]
            rows = self.rows_of(kind.table.name, part)
            if len(rows) < len(part):
                raise Missing
            steps = [(old, {name: value for name, value in new[id(wanted[old["id"]])].items() if old[name] != value})
                     for old in rows]
            changed += self._set_many(kind, [(old, after) for old, after in steps if after])
        return changed

    def remove(self, record: type[Any], record_id: int) -> None:
        """Take a record out for good (the journal can bring it back). Raises Missing."""
        kind = KINDS[record]
        old = self._there(kind, record_id)
        self._note(kind, record_id, old, None, old)
        self._roots[kind.table.name, record_id] = self._root_of(kind, old)
        self._touch_left(kind, old)
        self.connection.execute(statements.delete(kind.table), {"wanted_id": record_id})

    def put_back(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert a row exactly as the journal remembers it."""
        kind = BY_TABLE[table]
        self.connection.execute(statements.insert(kind.table), dict(row))
        self._note(kind, row["id"], None, dict(row), row)

    def set_back(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Write stored values as the journal remembers them."""
        kind = BY_TABLE[table]
        self._set(kind, self._there(kind, row_id), dict(values))

    def set_many_back(self, table: str, steps: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
        """Write stored values of many rows, each given as it is stored now, as the journal remembers them."""
        self._set_many(BY_TABLE[table], steps)

    def remove_rows(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take many stored rows of one table out at the driver's speed; the journal can bring them back."""
        kind = BY_TABLE[table]
        self._know_roots(kind, rows)
        for row in rows:
            self._touch_left(kind, row)
            self._roots[table, row["id"]] = self._root_of(kind, row)
        self._note_rows(kind, rows, "before")
        self._driver().executemany(f"DELETE FROM {table} WHERE id = ?", [(row["id"],) for row in rows])

    def put_rows_back(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows of one table exactly as the journal remembers them."""
        kind, names = BY_TABLE[table], list(rows[0])
        places = ", ".join("?" * len(names))
        self._driver().executemany(
            f"INSERT INTO {table} ({', '.join(map(statements.quoted, names))}) VALUES ({places})",
            [tuple(row[name] for name in names) for row in rows])
        self._know_roots(kind, rows)
        self._note_rows(kind, rows, "after")

    def rows_of(self, table: str, ids: Iterable[int]) -> list[dict[str, Any]]:
        """The stored rows of up to as many ids as one statement takes, by id."""
        names, wanted = statements.names_of(BY_TABLE[table].table), list(ids)
        rows = self._driver().execute(statements.some(table, names, "id", len(wanted)), wanted)
        return [dict(zip(names, row, strict=True)) for row in rows]

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
            told = schema.step.c.id.in_(steps)
            self.connection.execute(sa.update(schema.step).where(told).values(state="dropped"))
            if root in _OF_PEOPLE or kind.table.name in _NAMING:
                # what such a step is called may name a person
                named = sa.and_(told, schema.step.c.kind.not_in(("import", "purge")))
                self.connection.execute(sa.update(schema.step).where(named).values(label=_GONE, label_values="{}"))
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
        written = self._written[root]
        return set().union(*(written[name] for name in names & written.keys()))

    def born(self, kind: str) -> frozenset[int]:
        """Ids of root records that this unit gave out: nothing can be derived from them yet."""
        return frozenset(self._born[kind])

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
            result = self.connection.execute(statements.insert(schema.step), row)
            self.step_id = int(result.lastrowid)
        return self.step_id

    def finish(self) -> None:
        """Write down how many rows the step touched."""
        if self.step_id:
            self.connection.exec_driver_sql("UPDATE step SET rows = ? WHERE id = ?", (self.rows, self.step_id))

    def _row(self, kind: Kind, row_id: int) -> dict[str, Any] | None:
        found = self._driver().execute(statements.one(kind.table), (row_id,)).fetchone()
        return None if found is None else dict(zip(statements.names_of(kind.table), found, strict=True))

    def _there(self, kind: Kind, row_id: int) -> dict[str, Any]:
        found = self._row(kind, row_id)
        if found is None:
            raise Missing
        return found

    def _set(self, kind: Kind, old: Mapping[str, Any], after: dict[str, Any]) -> None:
        before = {name: old[name] for name in after}
        values = {"wanted_id": old["id"], **after, "version": old["version"] + 1}
        self.connection.execute(statements.update(kind.table), values)
        self._note(kind, old["id"], before, after, {**old, **after})
        if any(name in kind.links for name in after):
            self._touch_left(kind, old)

    def _set_many(self, kind: Kind, steps: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> int:
        """Write and note the values that many rows of one table get; how many rows there were."""
        if not steps:
            return 0
        step_id, table = self.ensure_step(), kind.table.name
        self._know_roots(kind, [old for old, _ in steps])
        rows: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        entries = []
        for old, after in steps:
            rows[tuple(after)].append((*after.values(), old["version"] + 1, old["id"]))
            root, root_id = self._root_of(kind, {**old, **after})
            before = {name: old[name] for name in after}
            entries.append((step_id, table, old["id"], root, root_id, dump(before), dump(after)))
            self._touched[root].add(root_id)
            for name in after:
                self._written[root][f"{table}.{name}"].add(root_id)
            if any(name in kind.links for name in after):
                self._touch_left(kind, old)
        driver = self._driver()
        for names, values in rows.items():
            sets = ", ".join(f"{statements.quoted(name)} = ?" for name in (*names, "version"))
            driver.executemany(f"UPDATE {table} SET {sets} WHERE id = ?", values)
        self.store_many(
            schema.history, ("step_id", "entity", "row_id", "root", "root_id", "before", "after"), entries)
        self.rows += len(entries)
        return len(entries)

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
        self.connection.execute(statements.insert(schema.history), {
            "step_id": self.ensure_step(), "entity": table, "row_id": row_id, "root": root,
            "root_id": root_id, **self._told(kind, before, after),
        })
        self.rows += 1
        self._touched[root].add(root_id)
        for name in (table,) if before is None or after is None else [f"{table}.{name}" for name in after]:
            self._written[root][name].add(root_id)

    def _note_rows(self, kind: Kind, rows: Sequence[Mapping[str, Any]], side: str) -> None:
        """Note many rows of one table that went ("before") or came ("after")."""
        step_id, table = self.ensure_step(), kind.table.name
        entries = []
        for row in rows:
            root, root_id = self._root_of(kind, row)
            entries.append((step_id, table, row["id"], root, root_id, dump_row(kind.record, row)))
            self._touched[root].add(root_id)
            self._written[root][table].add(root_id)
        self.store_many(schema.history, ("step_id", "entity", "row_id", "root", "root_id", side), entries)
        self.rows += len(entries)

    @staticmethod
    def _told(kind: Kind, before: Any, after: Any) -> dict[str, str | None]:
        """What the journal keeps: the fields that differ, or the whole row when it comes or goes."""
        if before is not None and after is not None:
            return {"before": dump(before), "after": dump(after)}
        return {"before": None if before is None else dump_row(kind.record, before),
                "after": None if after is None else dump_row(kind.record, after)}

    def _add_batch(self, record: type[Any], batch: bulk.Batch) -> list[int]:
        kind = KINDS[record]
        ids = self._numbered(kind, batch)
        uids = batch.column("uid")
        if not all(uids):
            # one after the other, so that their index grows at its end
            mark = secrets.token_hex(12)
            batch.put("uid", [uid or f"{mark}{place:08x}" for place, uid in enumerate(uids)])
        driver = self.connection.connection.driver_connection
        bulk.insert(driver, kind.table.name, batch)
        roots, root_ids = self._roots_of(kind, batch)
        noted = bulk.Batch(batch.n, {"step_id": self.ensure_step(), "entity": kind.table.name})
        for name, values in (("row_id", ids), ("root", roots), ("root_id", root_ids)):
            noted.put(name, values)
        noted.put("after", bulk.told(record, batch))
        bulk.insert(driver, schema.history.name, noted)
        for root in set(roots):
            touched = {i for one, i in zip(roots, root_ids, strict=True) if one == root}
            self._touched[root] |= touched
            self._written[root][kind.table.name] |= touched
        self.rows += batch.n
        return ids

    def _numbered(self, kind: Kind, batch: bulk.Batch) -> list[int]:
        """Give an id to each row that brings none."""
        brought = batch.column("id")
        self._keep_ahead(kind.table.name, max(brought))
        missing = brought.count(0)
        fresh = iter(range(first := self._take_ids(kind.table.name, missing), first + missing))
        if kind.root:
            self._born[kind.root].update(range(first, first + missing))
        ids = [one or next(fresh) for one in brought]
        batch.put("id", ids)
        return ids

    def _roots_of(self, kind: Kind, batch: bulk.Batch) -> tuple[list[str], list[int]]:
        """The root of each row: names and ids."""
        if kind.root:
            return [kind.root] * batch.n, list(batch.column("id"))
        parents = [BY_TABLE[kind.links[owner]] for owner in kind.owners]
        if len(parents) == 1 and parents[0].root:
            return [parents[0].root] * batch.n, list(batch.column(kind.owner))
        owned = zip(*(batch.column(owner) for owner in kind.owners), strict=True)
        rows = [dict(zip(kind.owners, row, strict=True)) for row in owned]
        self._know_roots(kind, rows)
        found = [self._root_of(kind, row) for row in rows]
        return [root for root, _ in found], [root_id for _, root_id in found]

    def _touch_left(self, kind: Kind, old: Mapping[str, Any]) -> None:
        """A row that goes or points elsewhere can afterwards no longer lead to the records that showed it."""
        root, root_id = self._root_of(kind, old)
        self._touched[root].add(root_id)
        self._written[root][kind.table.name].add(root_id)
        if old.get("predecessor_id") is not None:
            self._touched["agreement"].add(old["predecessor_id"])
            self._written["agreement"][kind.table.name].add(old["predecessor_id"])
        if old.get("partnership_id") is not None:
            member = BY_TABLE["partnership_member"].table
            query = sa.select(member.c.institution_id).where(member.c.partnership_id == old["partnership_id"])
            partners = set(self.connection.execute(query).scalars())
            if kind.table is member:
                partners.add(old["institution_id"])
            self._touched["partner"].update(partners)
            self._written["partner"][kind.table.name].update(partners)

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
                found = self.rows_of(parent.table.name, wanted[start:start + CHUNK])
                self._know_roots(parent, found)
                for row in found:
                    self._roots[parent.table.name, row["id"]] = self._root_of(parent, row)

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


_OF_PEOPLE = ("person", "stay")
_NAMING = ("application", "followup")
_GONE = QT_TRANSLATE_NOOP("PartnerDesk", "a change of somebody whose record was purged")
