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
    suite: str
    number: int
    seen: str
    control: str


LONG = (
    Long("power loss under saves, imports and undos, both journals", "test_power.py", "PARTNERDESK_IMAGES",
         "5,000 images", 100_000, "{n:,} images: 0 lost, 0 corrupt",
         "synchronous=OFF, WAL with NORMAL, and DELETE each lose saves within 60 images"),
    Long("kill -9 while saving, importing, editing", "test_kill.py", "PARTNERDESK_KILLS", "60 kills", 1_000,
         "{n:,} kills: 0 lost, 0 partial, 0 corrupt", "a save told before its commit is found lost"),
    Long("kill -9 during backup, restore, migration, export and printing", "test_kill_safety.py",
         "PARTNERDESK_SAFETY_KILLS", "40 kills of each", 200, "{n:,} kills of each: whole old or whole new",
         "each the way one would do it without care, and pieces are found"),
    Long("full disk at every size, failure before every statement", "test_full.py", "PARTNERDESK_SIZES",
         "72 sizes, a real small disk, > 60 statements", 720,
         "{n:,} sizes: 0 wrong, the disk is named, every retry works", "a write outside a transaction is seen"),
    Long("8 programs editing 5 rows", "test_desks.py", "PARTNERDESK_EDITS", "800 edits", 200,
         "{total:,} edits: 0 lost", "without versions some of 80 are lost"),
    Long("import, check, print and backup stopped at random moments", "test_stopping.py", "PARTNERDESK_STOPS",
         "50 moments", 500, "{n:,} moments: done or not done, no thread left", "at least one must have been stopped"),
)


def measure(bench: Bench) -> None:
    """Run the long forms once, at the size of an office; at the tiny size only see that they can be run."""
    if bench.size.name == "tiny":
        _expect_all()
    if bench.size.name != "office":
        return
    for one in LONG:
        failed = int(not _passes(one.file, "-x", **{one.variable: str(one.number)}))
        bench.rows.append(Row(one.what, f"{one.number:,} times", failed, failed, failed, 0, unit="faults"))
        seen = one.seen.format(n=one.number, total=8 * one.number) if not failed else "failed"
        keep([Result(one.what, one.suite, seen, "0", one.control, not failed)])


def _expect_all() -> None:
    """Raise LookupError where pytest finds no tests, or they ask for no number; running them is the suite's work."""
    for one in LONG:
        if one.variable not in (ROOT / "tests" / "reliability" / one.file).read_text(encoding="utf-8"):
            raise LookupError(f"{one.file} does not ask for {one.variable}.")
    if not _passes(*(one.file for one in LONG), "--collect-only"):
        raise LookupError("A long form is not found.")


def _passes(*arguments: str, **environment: str) -> bool:
    """Whether pytest is content with these files of the reliability tests; what it says is printed if not."""
    files = (f"tests/reliability/{one}" if one.endswith(".py") else one for one in arguments)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--timeout", "0", *files], cwd=ROOT,
        env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if run.returncode:
        print(run.stdout[-2000:], flush=True)
    return run.returncode == 0
