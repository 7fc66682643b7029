"""Memory that a list takes above an empty window: `memory.py OFFICE ours|all [stays]` prints megabytes.

The list is that of partners, or of stays.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QTableView  # noqa: E402
from screen import application, opened_desk, show, wait_for_paint, wait_until  # noqa: E402


def main(office: str, way: str, which: str = "partners") -> None:
    """Open a list, complete, in the program's way or with all its cells in memory."""
    application()
    empty = QTableView()
    show(empty)
    wait_for_paint(lambda: True)
    before = anonymous()
    with opened_desk(Path(office)) as desk:
        from screen_list import partner_table, stay_table

        view, model = stay_table(desk) if which == "stays" else partner_table(desk)
        wait_until(lambda: desk.idle and model.hits > 0)
        if way == "all":
            from bench_table import all_lines, static_model

            listing = model.listing
            kept = static_model(all_lines(desk, listing.ids, listing.lines), model.columns)
            assert kept.rowCount() == model.hits
        wait_for_paint(lambda: desk.idle)
        print(f"{(anonymous() - before) / 1024:.1f}")
        view.close()


def anonymous() -> int:
    """Kilobytes of anonymous memory of this process."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1])
    raise LookupError("no such line")


if __name__ == "__main__":
    main(*sys.argv[1:])
