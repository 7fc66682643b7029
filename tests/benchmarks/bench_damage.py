"""Damage: what check, seals and salvage find and bring back, in the long form, and what a seal costs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from harness import Bench

from partnerdesk.store import checkup, seals
from partnerdesk.store.driver import connect
from partnerdesk.store.salvage import salvage
from tests.reliability import results
from tests.reliability.damage import KINDS, RECORDS, Victim
from tests.reliability.test_damage import Tally, broken_pages, share_kept, tally

FILES = {"tiny": 90, "office": 4_500}
GARBAGE = 40


def measure(bench: Bench) -> None:
    """All at the size of an office; tenfold only what a seal and a check cost."""
    with closing(connect(bench.office, mode="ro")) as connection:
        seal, read = partial(seals.take, connection), partial(read_all, connection)
        bench.compare("seal every row", seal, "read every row", read, goal=3)
        bench.compare("check a whole office", partial(checkup.look, bench.office), "seal every row", seal, goal=15,
                      runs=3)
    if bench.size.name in FILES:
        _find(bench, FILES[bench.size.name])
        _bring_back(bench)


def _find(bench: Bench, files: int) -> None:
    """Every change of content of files damaged in nine kinds; the control is the engine's own check."""
    victim = Victim(bench.folder)
    each = files // len(KINDS)
    tallies = {kind: tally(victim, kind, bench.folder / "hurt.partnerdesk", each) for kind in KINDS}
    changed, found = _sum(tallies, "changed"), _sum(tallies, "found")
    engine, journal = _sum(tallies, "engine"), _sum(tallies, "journal")
    flips = tallies["flipped bit"]
    bench.ratio("changes of content found by check and seal", f"{changed:,} changed of {files:,} files",
                [found / changed], goal=1, better="higher")
    bench.ratio("found by check and journal, without a backup", "the same", [journal / changed], goal=0.95,
                better="higher")
    bench.ratio("flipped bits found by the engine's check alone", f"{flips.changed:,} changed",
                [flips.engine / flips.changed], goal=1, better="higher", control=True)
    _keep(bench, results.Result(
        "damaged files in 9 kinds", "2,000 files", f"{files:,} files, {changed:,} with other content: {found:,} found",
        "all", f"the engine's check alone: {engine:,}; of flipped bits {flips.engine} of {flips.changed}",
        found == changed and engine < changed))


def _bring_back(bench: Bench) -> None:
    """The share of rows of all tables that comes out of a file with 40 garbage pages; the control reads plainly."""
    raw = bench.office.read_bytes()
    garbage = min(GARBAGE, max(1, len(raw) // 4096 // 200))
    shares, plain = [], []
    for seed in range(3):
        hurt, new = bench.folder / f"hurt {seed}.partnerdesk", bench.folder / f"new {seed}.partnerdesk"
        hurt.write_bytes(broken_pages(raw, Random(seed), garbage))
        salvage(hurt, new)
        shares.append(share_kept(bench.office, new))
        plain.append(read_plainly(hurt) / read_plainly(bench.office))
    with closing(connect(bench.office, mode="ro")) as connection:
        rows = seals.take(connection).rows
    bench.ratio(f"rows salvaged past {garbage} garbage pages", f"{rows:,} rows", shares, goal=0.999, better="higher")
    bench.ratio("rows read up to the first garbage page", f"{rows:,} rows", plain, goal=0.999, better="higher",
                control=True)
    _keep(bench, results.Result(
        "salvage past garbage pages", "2 files of 22,000 rows, 5 pages",
        f"{rows:,} rows, {garbage} pages, 3 files: {min(shares):.2%} to {max(shares):.2%} of the rows, equal",
        ">= 99.9 %", f"read plainly: {min(plain):.1%} to {max(plain):.1%}", min(shares) >= 0.999 > max(plain)))


def _keep(bench: Bench, result: results.Result) -> None:
    """Only the long form goes into the table."""
    if bench.size.name == "office":
        results.keep([result])


def read_plainly(path: Path) -> int:
    """How many rows a plain query of each table reads before it fails."""
    n = 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for table in RECORDS:
            with suppress(sqlite3.Error):
                for _ in _rows(connection, table):
                    n += 1
    return n


def read_all(connection: Any) -> None:
    """Every row of every table of records by the driver alone."""
    for table in RECORDS:
        cursor = connection.execute(f'SELECT rowid, * FROM "{table}"')
        while cursor.fetchmany(2000):
            pass


def _rows(connection: Any, table: str) -> Iterator[Any]:
    yield from connection.execute(f'SELECT * FROM "{table}"')


def _sum(tallies: dict[str, Tally], what: str) -> int:
    return sum(int(getattr(one, what)) for one in tallies.values())
