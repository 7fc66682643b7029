"""The long forms of the reliability tests; their outcomes go into tests/reliability/README.md.

Each runs its test file with a number from the environment; the negative controls are in the same files, so a file
passes only when its safeguard held and its control showed losses.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from harness import Bench, Row

from tests.reliability.results import Result, keep

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Long:
    """One long form: which tests, which variable sets their number, and how the table tells it."""

    what: str
    file: str
    variable: str
    tiny: int
    suite: str
    number: int
    seen: str
    control: str


LONG = (
    Long("power loss under saves, imports and undos, both journals", "test_power.py", "PARTNERDESK_IMAGES", 60,
         "5,000 images", 100_000, "{n:,} images: 0 lost, 0 corrupt",
         "synchronous=OFF, WAL with NORMAL, and DELETE each lose saves within 60 images"),
    Long("kill -9 while saving, importing, editing", "test_kill.py", "PARTNERDESK_KILLS", 60, "60 kills", 1_000,
         "{n:,} kills: 0 lost, 0 partial, 0 corrupt", "a save told before its commit is found lost"),
    Long("full disk at every size, failure before every statement", "test_full.py", "PARTNERDESK_SIZES", 4,
         "72 sizes, a real small disk, > 60 statements", 720,
         "{n:,} sizes: 0 wrong, the disk is named, every retry works", "a write outside a transaction is seen"),
    Long("8 programs editing 5 rows", "test_desks.py", "PARTNERDESK_EDITS", 10, "800 edits", 200,
         "{total:,} edits: 0 lost", "without versions some of 80 are lost"),
    Long("import, check, print and backup stopped at random moments", "test_stopping.py", "PARTNERDESK_STOPS", 8,
         "50 moments", 500, "{n:,} moments: done or not done, no thread left", "at least one must have been stopped"),
)


def measure(bench: Bench) -> None:
    """Run the long forms once, at the size of an office; at the tiny size only see that they run."""
    if bench.size.name == "tenfold":
        return
    results = []
    for one in LONG:
        number = one.tiny if bench.size.name == "tiny" else one.number
        failed = _failed(one, number)
        bench.rows.append(Row(one.what, f"{number:,} times", failed, failed, failed, 0, unit="faults"))
        seen = one.seen.format(n=number, total=8 * number) if not failed else "failed"
        results.append(Result(one.what, one.suite, seen, "0", one.control, not failed))
    if bench.size.name == "office":
        keep(results)


def _failed(one: Long, number: int) -> int:
    """1 when a test of the file failed, else 0."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "--timeout", "0", f"tests/reliability/{one.file}"], cwd=ROOT,
        env={**os.environ, one.variable: str(number)}, capture_output=True, text=True, check=False)
    if run.returncode:
        print(run.stdout[-2000:], flush=True)
    return int(run.returncode != 0)
