"""Lists: opened, jumped in and sorted, against the same table with all cells in memory, and against raw SQL."""

import statistics
from functools import partial
from random import Random
from typing import Any

from harness import Bench, timed
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView
from screen import application, opened_desk, wait_for_paint, wait_until
from screen_list import dressed, partner_table

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import ListQuery
from partnerdesk.look.cells import CELL_ROLE
from partnerdesk.models.listing import ListModel
from partnerdesk.models.partners import partner_columns
from partnerdesk.services.listing import partner_ids, partner_lines
from partnerdesk.store.driver import connect

RAW = (
    "CREATE TEMP TABLE ordered AS SELECT i.id FROM institution i JOIN partner_fact p ON p.institution_id = i.id"
    " WHERE i.is_home = 0 AND i.deleted_at = '' AND i.archived_on IS NULL ORDER BY {}"
)
JUMPS = 30


def measure(bench: Bench) -> None:
    """The list of partners; the control loads all its lines before it shows one."""
    application()
    with opened_desk(bench.office) as desk:
        static = _static_model(desk)
        limit = "same table, all cells in memory"
        at_once = partial(open_static, static)
        bench.compare("open a list, rows painted", partial(open_list, desk), limit, at_once, goal=2)
        loading = partial(open_all, desk)
        bench.compare("open a list, loading all first", loading, limit, at_once, goal=2, control=True, runs=3)
        _measure_order(bench, desk)
        _measure_jumps(bench, desk, static)


def _measure_order(bench: Bench, desk: Desk) -> None:
    raw = connect(bench.office)
    for act, sort, order, goal in (
        ("list complete", "", "p.sort_name, i.id", 2.0),
        ("sorted by another column, complete", "country", "i.country, p.sort_name, i.id", 1.5),
    ):
        bench.compare(act, partial(ask, desk, sort, None), "raw ordered ids", partial(raw_order, raw, order), goal=goal)
    first = [timed(partial(ask, desk, "country", 64)) for _ in range(20)]
    bench.figure("sorted by another column, first rows", first, goal=20)
    raw.close()


def _measure_jumps(bench: Bench, desk: Desk, static: QStandardItemModel) -> None:
    rows = [Random(7).randrange(static.rowCount()) for _ in range(JUMPS * 2)]
    ours_view, model = partner_table(desk)
    wait_for_paint(lambda: model.hits == static.rowCount())
    static_view = dressed(static)
    wait_for_paint(lambda: True)
    middle, slow = [], []
    for _ in range(min(bench.size.runs, 5)):
        ours = [timed(partial(jump, ours_view, row, model)) for row in rows]
        theirs = [timed(partial(jump, static_view, row, None)) for row in rows]
        middle.append(statistics.median(ours) / statistics.median(theirs))
        slow.append(_p99(ours) / _p99(theirs))
    bench.ratio("jump in a list, p50", "same table, all cells in memory", middle, goal=1.4)
    bench.ratio("jump in a list, p99", "same table, all cells in memory", slow, goal=2)
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


def open_static(model: QStandardItemModel) -> None:
    view = dressed(model)
    wait_for_paint(lambda: True)
    view.close()
    view.deleteLater()


def open_all(desk: Desk) -> None:
    """The naive way: every line is read before the first is shown."""
    open_static(_static_model(desk))


def ask(desk: Desk, sort: str, limit: int | None) -> None:
    answers: list[Any] = []
    desk.ask(lambda reader: partner_ids(reader, ListQuery(sort=sort), limit), answers.append)
    wait_until(lambda: bool(answers))


def raw_order(connection: Any, order: str) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.ordered")
    connection.execute(RAW.format(order))


def _static_model(desk: Desk) -> QStandardItemModel:
    """The same rows as finished items of a model of Qt's own."""
    answers: list[Any] = []

    def everything(reader: Any) -> list[Any]:
        ids = partner_ids(reader, ListQuery())
        lines = {}
        for start in range(0, len(ids), 500):
            lines.update(partner_lines(reader, ids[start : start + 500]))
        return [lines[i] for i in ids]

    desk.ask(everything, answers.append)
    wait_until(lambda: bool(answers))
    columns = partner_columns()
    model = QStandardItemModel(len(answers[0]), len(columns))
    for row, line in enumerate(answers[0]):
        for place, column in enumerate(columns):
            if column.shown:
                item = QStandardItem()
                item.setData(column.cell(line), CELL_ROLE)
                model.setItem(row, place, item)
    return model


def _p99(values: list[float]) -> float:
    return sorted(values)[len(values) * 99 // 100]
