"""Runs the benchmarks and prints their table: `python tests/benchmarks [--size office] [--only save search]`.

Sizes: tiny only shows that all of them run, office is an office as large as they are, tenfold ten times that.
"""

import argparse
import importlib
import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from harness import SIZES, Bench, Row, table  # noqa: E402


def main(arguments: list[str]) -> int:
    """Measure; exit code 1 when a benchmark broke, or a goal or control is not as it should be."""
    names = [path.stem.removeprefix("bench_") for path in sorted(HERE.glob("bench_*.py"))]
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, action="append", help="office and tenfold when none is named")
    parser.add_argument("--only", choices=names, nargs="+", default=names)
    chosen = parser.parse_args(arguments)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores", flush=True)
    broken = 0
    rows: list[Row] = []
    for size in chosen.size or ["office", "tenfold"]:
        measured, failures = _measure(size, chosen.only)
        print(f"\n{_heading(size)}\n\n{table(measured)}", flush=True)
        rows += measured
        broken += failures
    missed = [row for row in rows if not row.as_it_should]
    print(f"\n{len(rows) - len(missed)} of {len(rows)} rows as they should be, {broken} benchmarks broken.")
    return int(bool(missed or broken))


def _measure(size_name: str, names: list[str]) -> tuple[list[Row], int]:
    from partnerdesk.services.samples_big import make_big_office

    size = SIZES[size_name]
    rows: list[Row] = []
    failures = 0
    with tempfile.TemporaryDirectory(prefix="partnerdesk-bench-") as folder:
        office = make_big_office(Path(folder) / "measured.partnerdesk", size.office)
        for name in names:
            print(f"  {size_name}: {name}", flush=True)
            own = Path(folder) / name
            own.mkdir()
            bench = Bench(size, own, office)
            try:
                importlib.import_module(f"bench_{name}").measure(bench)
            except Exception:
                traceback.print_exc()
                failures += 1
            rows += bench.rows
    return rows, failures


def _heading(size_name: str) -> str:
    size = SIZES[size_name]
    return (
        f"{size.office.institutions:,} institutions, {size.office.agreements:,} agreements, "
        f"{size.office.conditions:,} conditions, {size.imported:,} imported rows"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
