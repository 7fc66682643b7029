"""Lists: opened, jumped in and sorted, against the same table with all lines in memory, and against raw SQL."""

import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from harness import Bench, Row, timed
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView
from screen import application, opened_desk, wait_for_paint, wait_until
from screen_list import dressed, partner_table

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import ListQuery
from partnerdesk.look.cells import CELL_ROLE
from partnerdesk.models.listing import Column, ListModel
from partnerdesk.models.partners import partner_columns, partner_listing
from partnerdesk.services.listing import partner_ids, partner_lines
from partnerdesk.store.driver import connect

RAW = (
    "CREATE TEMP TABLE ordered AS SELECT i.id FROM institution i JOIN partner_fact p ON p.institution_id = i.id"
    " WHERE i.is_home = 0 AND i.deleted_at = '' AND i.archived_on IS NULL ORDER BY {}"
)
JUMPS = 30
Ids = Callable[[Any, ListQuery], list[int]]
Lines = Callable[[Any, list[int]], dict[int, Any]]
HERE = Path(__file__).resolve().parent


def measure(bench: Bench) -> None:
    """The list of partners; the control loads all its lines before it shows one."""
    application()
    with opened_desk(bench.office) as desk:
        static = whole_model(desk)
        limit = "same table, all lines in memory"
        at_once = partial(open_static, static)
        bench.compare("open a list, rows painted", partial(open_list, desk), limit, at_once, goal=2)
        loading = partial(open_all, desk)
        bench.compare("open a list, loading all first", loading, limit, at_once, goal=2, control=True, runs=3)
        _measure_order(bench, desk)
        _measure_jumps(bench, desk, static)
    _measure_memory(bench)


def _measure_order(bench: Bench, desk: Desk) -> None:
    raw = connect(bench.office)
    for act, sort, order, goal in (
        ("list complete", "", "p.sort_name, i.id", 2.0),
        ("sorted by another column, complete", "country", "i.country, p.sort_name, i.id", 1.5),
    ):
        whole = partial(ask_partners, desk, sort, None)
        bench.compare(act, whole, "raw ordered ids", partial(raw_order, raw, order), goal=goal)
    first = [timed(partial(ask_partners, desk, "country", 64)) for _ in range(20)]
    bench.figure("sorted by another column, first rows", first, goal=20)
    raw.close()


def _measure_jumps(bench: Bench, desk: Desk, static: ListModel) -> None:
    rows = [Random(7).randrange(static.rowCount()) for _ in range(min(JUMPS * 2, static.rowCount()))]
    ours_view, model = partner_table(desk)
    wait_for_paint(lambda: model.hits == static.rowCount())
    static_view = dressed(static)
    wait_for_paint(lambda: True)
    middle, slow = [], []
    for _ in range(min(bench.size.runs, 5)):
        ours = [timed(partial(jump, ours_view, row, model)) for row in rows]
        theirs = [timed(partial(jump, static_view, row, None)) for row in rows]
        middle.append(statistics.median(ours) / statistics.median(theirs))
        slow.append(percentile_99(ours) / percentile_99(theirs))
    bench.ratio("jump in a list, p50", "same table, all lines in memory", middle, goal=1.4)
    bench.ratio("jump in a list, p99", "same table, all lines in memory", slow, goal=2)
    ours_view.close()
    static_view.close()


def jump(view: QTableView, row: int, model: ListModel | None) -> None:
    view.scrollTo(view.model().index(row, 0), QTableView.ScrollHint.PositionAtTop)
    top = model.row_of if model is not None else None
    wait_for_paint(lambda: top is None or model is None or model.line_at(row) is not None)


def open_list(desk: Desk) -> None:
    view, model = partner_table(desk)
    wait_for_paint(lambda: model.hits > 0 and model.line_at(0) is not None)
    view.close()
    view.deleteLater()


def open_static(model: ListModel, columns: Sequence[Column] = ()) -> None:
    view = dressed(model, columns)
    wait_for_paint(lambda: True)
    view.close()
    view.deleteLater()


def open_all(desk: Desk) -> None:
    """The naive way: every line is read before the first is shown."""
    open_static(whole_model(desk))


def ask_partners(desk: Desk, sort: str, limit: int | None) -> None:
    ask(desk, lambda reader: partner_ids(reader, ListQuery(sort=sort), limit))


def ask(desk: Desk, question: Callable[[Any], Any]) -> Any:
    """What the office answers, in the worker as everywhere."""
    answers: list[Any] = []
    desk.ask(question, answers.append)
    wait_until(lambda: bool(answers))
    return answers[0]


def raw_order(connection: Any, order: str) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.ordered")
    connection.execute(RAW.format(order))


def _measure_memory(bench: Bench) -> None:
    """Anonymous memory of a complete list above an empty window; the control keeps all cells, as Qt's own would."""
    if not Path("/proc/self/smaps_rollup").exists():
        return
    for way, control in (("ours", False), ("all", True)):
        if control and bench.size.office.institutions < 30_000:
            continue
        program = [sys.executable, str(HERE / "memory.py"), str(bench.office), way]
        seen = [float(subprocess.run(program, capture_output=True, text=True, check=True).stdout) for _ in range(3)]
        act = "list with all cells in memory" if control else "memory of a complete list"
        bench.rows.append(Row(act, "above an empty window", sorted(seen)[1], min(seen), max(seen), 80, unit="MB",
                              control=control))


def all_lines(desk: Desk, ids: Ids = partner_ids, lines: Lines = partner_lines) -> list[Any]:
    """Every line of a list, in its order."""

    def everything(reader: Any) -> list[Any]:
        found = ids(reader, ListQuery())
        known: dict[int, Any] = {}
        for start in range(0, len(found), 500):
            known.update(lines(reader, found[start : start + 500]))
        return [known[i] for i in found]

    rows: list[Any] = ask(desk, everything)
    return rows


def whole_model(desk: Desk) -> ListModel:
    """The list with all its lines at hand, which asks for nothing; it is painted as ours is."""
    lines = all_lines(desk)
    model = ListModel(desk, partner_listing(), partner_columns())
    model.show_first([line.id for line in lines], {line.id: line for line in lines})
    return model


def static_model(lines: list[Any], columns: Sequence[Column]) -> QStandardItemModel:
    """The same rows as finished items of a model of Qt's own."""
    model = QStandardItemModel(len(lines), len(columns))
    for row, line in enumerate(lines):
        for place, column in enumerate(columns):
            if column.shown:
                item = QStandardItem()
                item.setData(column.cell(line), CELL_ROLE)
                model.setItem(row, place, item)
    return model


def percentile_99(values: list[float]) -> float:
    """The time that one of a hundred exceeds."""
    return sorted(values)[len(values) * 99 // 100]
