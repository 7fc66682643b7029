"""kill -9 during backup, restore, migration, export and printing: whole old or whole new, each with its control.

40 kills each by default; PARTNERDESK_SAFETY_KILLS sets another number.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.words import text
from partnerdesk.store import backup
from partnerdesk.store.driver import DatabaseError, connect
from partnerdesk.store.office import create_office

KILLS = int(os.environ.get("PARTNERDESK_SAFETY_KILLS", "40"))
WORKER = Path(__file__).with_name("safety_worker.py")
FIXTURE = Path(__file__).parent.parent / "store" / "fixtures" / "schema_1.partnerdesk"
WATCHED = ("export!", "pdf!")
ROWS, PAPERS = 500, 4000
pytestmark = [pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed"),
              pytest.mark.timeout(0 if KILLS > 40 else 120)]


class Nursery:
    """Forks children that do one thing each and are killed while they do it."""

    def __init__(self) -> None:
        self._chance = Random("safety")
        env = {**os.environ, "PYTHONPATH": str(WORKER.parents[2]), "QT_QPA_PLATFORM": "offscreen"}
        self._process = subprocess.Popen([sys.executable, str(WORKER)], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True, bufsize=1, env=env)

    def done(self, kind: str, office: Path, target: Path) -> float:
        """Let a child finish; the seconds it took."""
        start = time.perf_counter()
        self._begin(kind, office, target)
        assert self._line() == "0", "the child failed by itself"
        return time.perf_counter() - start

    def killed(self, kind: str, office: Path, target: Path, within: float) -> bool:
        """Kill a child at a random moment of its work; False when it had finished before."""
        child = self._begin(kind, office, target)
        ended = threading.Event()
        watch = target if kind in WATCHED else None
        killer = threading.Thread(target=_kill, args=(child, self._chance.uniform(0, within), watch, ended))
        killer.start()
        status = int(self._line())
        ended.set()
        killer.join()
        assert status in (0, signal.SIGKILL)
        return status == signal.SIGKILL

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _begin(self, kind: str, office: Path, target: Path) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{kind}\t{office}\t{target}\n")
        self._process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _kill(child: int, after: float, watch: Path | None, ended: threading.Event) -> None:
    """Kill a child after that time, or as soon as a watched file changes, whose writing is short."""
    if watch is None:
        ended.wait(after)
    else:
        size = watch.stat().st_size
        while watch.stat().st_size == size and not ended.is_set():
            pass
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with closing(Nursery()) as made:
        yield made


def filled(path: Path, mark: str, rows: int = ROWS) -> Path:
    """An office whose partners all bear one mark."""
    office = create_office(path)
    with office.write(text("fill"), "Marta Ilves") as unit:
        unit.add_many([Institution(name=f"Partner {n}", remark=f"{mark} " + "r" * 150) for n in range(rows)])
    office.close()
    return path


def run(nursery: Nursery, kind: str, office: Path, target: Path, fault: Callable[[], str],
        before: Callable[[], None] | None = None, kills: int = KILLS) -> list[str]:
    """Kill that often and collect what was wrong afterwards; at least a third of the kills have to hit."""
    if before is not None:
        before()
    within = nursery.done(kind, office, target)
    hits, found = 0, []
    for _ in range(kills):
        if before is not None:
            before()
        hit = nursery.killed(kind, office, target, within)
        hits += hit
        within *= 1.1 if hit else 0.8
        wrong = fault()
        if wrong:
            found.append(wrong)
            if kind.endswith("!"):
                break
    assert found or hits > kills / 3, "hardly a kill came in time"
    return found


def mark_of(path: Path) -> str:
    """The one mark that all partners of an office bear, or what is wrong with it."""
    try:
        with closing(connect(path)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            links = connection.execute("PRAGMA foreign_key_check").fetchall()
            marks = {row[0] for row in connection.execute("SELECT substr(remark, 1, 1) FROM institution")}
            n = connection.execute("SELECT count(*) FROM institution").fetchone()[0]
    except DatabaseError as error:
        return f"unreadable: {error}"
    if found != ["ok"] or links:
        return f"damaged: {found} {links}"
    return marks.pop() if len(marks) == 1 and n == ROWS else f"mixed: {marks} {n}"


@pytest.mark.parametrize("kind", ["backup", "backup!"])
def test_that_a_backup_is_whole_or_not_there(nursery: Nursery, tmp_path: Path, kind: str) -> None:
    office, folder = filled(tmp_path / "o.partnerdesk", "A"), tmp_path / "backups"

    def fault() -> str:
        for one in backup.listed(folder):
            try:
                backup.verify(one)
                if kind == "backup" and not one.noted:
                    return "a backup without its manifest"
                with closing(connect(one.path, mode="ro", immutable=True)) as connection:
                    n = connection.execute("SELECT count(*) FROM institution").fetchone()[0]
                if n != ROWS:
                    return f"{n} rows"
            except (PartnerDeskError, DatabaseError) as error:
                return str(error)
            backup.remove(one)
        return "" if mark_of(office) == "A" else mark_of(office)

    found = run(nursery, kind, office, folder, fault)
    assert bool(found) == kind.endswith("!"), found
    if not found:
        backup.make(office, folder, backup.Wish("daily"))
        assert fault() == ""


@pytest.mark.parametrize("kind", ["restore", "restore!"])
def test_that_a_restored_office_is_the_old_or_the_new(nursery: Nursery, tmp_path: Path, kind: str) -> None:
    office = filled(tmp_path / "o.partnerdesk", "A")
    other = filled(tmp_path / "other.partnerdesk", "B")
    old, new = (backup.make(one, tmp_path / "backups", backup.Wish("asked")) for one in (office, other))
    seen: set[str] = set()

    def put_back() -> None:
        for end in ("-wal", "-shm"):
            office.with_name(office.name + end).unlink(missing_ok=True)
        shutil.copyfile(old.path, office)
        with closing(connect(office)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")

    def fault() -> str:
        mark = mark_of(office)
        seen.add(mark)
        return "" if mark in ("A", "B") else mark

    found = run(nursery, kind, office, new.path, fault, put_back)
    assert bool(found) == kind.endswith("!"), found
    assert "A" in seen or found


@pytest.mark.parametrize("kind", ["migration", "migration!"])
def test_that_a_migrated_office_is_of_the_old_schema_or_the_new(
    nursery: Nursery, tmp_path: Path, kind: str
) -> None:
    model, office, folder = tmp_path / "model", tmp_path / "o.partnerdesk", tmp_path / "backups"
    shutil.copyfile(FIXTURE, model)
    with closing(connect(model)) as connection:
        partner = connection.execute("SELECT min(id) FROM institution").fetchone()[0]
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO document (uid, version, institution_id, kind, title, state, link, note) "
            "VALUES (?, 1, ?, 'other', 'Paper', 'wanted', '', ?)", [(f"u{n}", partner, "n" * 60)
                                                                     for n in range(PAPERS)])
        connection.execute("COMMIT")

    def put_back() -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            office.with_name(office.name + end).unlink(missing_ok=True)
        shutil.copyfile(model, office)
        shutil.rmtree(folder, ignore_errors=True)

    def fault() -> str:
        try:
            with closing(connect(office)) as connection:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                columns = len(connection.execute("PRAGMA table_info(document)").fetchall())
                papers = connection.execute("SELECT count(*) FROM document").fetchone()[0]
                tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
                sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except DatabaseError as error:
            return str(error)
        state = (version, columns, papers, "content" in tables, "document_new" in tables, sound)
        if state == (4, 21, PAPERS, True, False, "ok"):
            if kind == "migration":
                for one in backup.listed(folder):
                    backup.verify(one)
                return "" if backup.listed(folder) else "migrated without a backup"
            return ""
        return "" if state == (1, 12, PAPERS, False, False, "ok") else repr(state)

    found = run(nursery, kind, office, folder, fault, put_back)
    assert bool(found) == kind.endswith("!"), found


@pytest.mark.parametrize("kind", ["export", "export!"])
def test_that_an_exported_list_is_the_old_or_the_new(nursery: Nursery, tmp_path: Path, kind: str) -> None:
    office, target = filled(tmp_path / "o.partnerdesk", "A", 400), tmp_path / "list.csv"
    nursery.done("export", office, target)
    new = target.read_bytes()
    assert new.count(b"\n") > 400

    def fault() -> str:
        raw = target.read_bytes()
        return "" if raw in (b"old", new) else f"{len(raw)} of {len(new)} bytes"

    found = run(nursery, kind, office, target, fault, lambda: target.write_bytes(b"old") and None)
    assert bool(found) == kind.endswith("!"), found


@pytest.mark.parametrize("kind", ["pdf", "pdf!"])
def test_that_a_printed_file_is_the_old_or_the_new(nursery: Nursery, tmp_path: Path, kind: str) -> None:
    office, target = filled(tmp_path / "o.partnerdesk", "A", 20), tmp_path / "summary.pdf"

    def fault() -> str:
        raw = target.read_bytes()
        whole = raw.startswith(b"%PDF") and raw.rstrip().endswith(b"%%EOF") and b"startxref" in raw
        return "" if raw == b"old" or whole else f"a piece of {len(raw)} bytes"

    found = run(nursery, kind, office, target, fault, lambda: target.write_bytes(b"old") and None)
    assert bool(found) == kind.endswith("!"), found
