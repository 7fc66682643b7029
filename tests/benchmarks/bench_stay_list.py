"""The list and the board of stays in windows: opened, jumped in, sorted, searched, and shown anew after a save."""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from bench_table import all_lines, ask, jump, open_static, percentile_99
from harness import Bench, Row, timed
from screen import application, opened_desk, show, wait_for_paint, wait_until
from screen_list import dressed, shown_list

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import text
from partnerdesk.models.listing import PAGE, Listing, ListModel
from partnerdesk.models.stay_board import StayBoardModel
from partnerdesk.models.stay_list import stay_columns, stay_listing
from partnerdesk.services import stays
from partnerdesk.services.office import do, open_file
from partnerdesk.services.samples_big_stays import add_stays
from partnerdesk.services.stay_deeds import move_to
from partnerdesk.store.driver import connect, keep_journal
from partnerdesk.store.settle_stays import renew_stays
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.stay_board import StayBoard

STAYS = {"tiny": 600, "office": 60_000, "tenfold": 1_000_000}
HERE = Path(__file__).resolve().parent
WHO = "Marta Ilves"
SAVES = 25
KNOWN = 20_000
TYPED = ("berfeld", "garcia", "technical", "santon", "hochschule", "anna", "erasmus")
RAW = ("CREATE TEMP TABLE ordered AS SELECT stay_id FROM stay_fact LEFT JOIN stay ON stay.id = stay_id"
       " LEFT JOIN institution ON institution.id = partner_id WHERE shown = 1 ORDER BY {}, stay_id")
SORTS = (
    ("", "stay_fact.sort_name", 2.0), ("starts", "starts_on, sort_name", 1.5),
    ("phase", "stay_fact.phase, starts_on", 1.5), ("partner", "institution.name, sort_name", 1.5),
    ("country", "stay_fact.country, sort_name", 1.5), ("missing", "documents_missing, sort_name", 1.5),
)
INDEXED = ("", "starts", "ends", "phase")
FTS = (
    "SELECT stay_id FROM stay_fact WHERE shown = 1 AND stay_id IN"
    " (SELECT rowid FROM search_stay WHERE search_stay MATCH ?) ORDER BY sort_name LIMIT 64")


def measure(bench: Bench) -> None:
    """Stays of invented people under the conditions of the office, in all phases and twelve years."""
    application()
    file = bench.folder / "stays.partnerdesk"
    shutil.copy(bench.office, file)
    add_stays(file, STAYS[bench.size.name])
    measure_file(bench, file)


def measure_file(bench: Bench, file: Path) -> None:
    """The same with a file that has its stays."""
    with opened_desk(file) as desk:
        static = whole_model(desk)
        _measure_open(bench, desk, static)
        _measure_order(bench, desk, file)
        _measure_jumps(bench, desk, static)
        _measure_search(bench, desk, file)
        _measure_board(bench, desk)
    _measure_memory(bench, file)
    _measure_saves(bench, file)


def _measure_open(bench: Bench, desk: Desk, static: ListModel) -> None:
    limit, at_once = "same table, all lines in memory", partial(open_static, static, stay_columns())
    bench.compare("open the list of stays, rows painted", partial(open_list, desk), limit, at_once, goal=2)
    if bench.size.name != "tiny":
        bench.compare("open it, 20,000 lines read first", partial(open_read_before, desk), limit, at_once, goal=2,
                      control=True, runs=2)


def _measure_order(bench: Bench, desk: Desk, file: Path) -> None:
    raw = connect(file)
    for sort, order, goal in SORTS:
        act = f"stays by {sort or 'name'}, complete"
        bench.compare(act, partial(ask_stays, desk, sort, None), "raw ordered ids", partial(raw_order, raw, order),
                      goal=100 if bench.size.name == "tiny" else goal, runs=min(bench.size.runs, 5))
    for sort in INDEXED:
        ask_stays(desk, sort, PAGE)
        seen = [timed(partial(ask_stays, desk, sort, PAGE)) for _ in range(20)]
        bench.figure(f"stays by {sort or 'name'}, first rows", seen, goal=20)
    raw.close()


def _measure_jumps(bench: Bench, desk: Desk, static: ListModel) -> None:
    view, model = shown_list(desk, stay_listing(), stay_columns())
    wait_for_paint(lambda: model.hits == static.rowCount())
    static_view = dressed(static, stay_columns())
    wait_for_paint(lambda: True)
    middle, slow = [], []
    for run in range(min(bench.size.runs, 5)):
        rows = [Random(run).randrange(static.rowCount()) for _ in range(min(60, static.rowCount()))]
        ours = [timed(partial(jump, view, row, model)) for row in rows]
        theirs = [timed(partial(jump, static_view, row, None)) for row in rows]
        middle.append(statistics.median(ours) / statistics.median(theirs))
        slow.append(percentile_99(ours) / percentile_99(theirs))
    bench.ratio("jump in the list of stays, p50", "same table, all lines in memory", middle, goal=1.4)
    bench.ratio("jump in the list of stays, p99", "same table, all lines in memory", slow, goal=2)
    view.close()
    static_view.close()


def _measure_search(bench: Bench, desk: Desk, file: Path) -> None:
    raw = connect(file)
    large = bench.size.name == "tenfold"
    held: list[float] = []
    for sort in ("", "starts"):
        told = Told(stay_listing())
        view, model = shown_list(desk, told.listing, stay_columns(), ListQuery(sort=sort) if sort else None)
        wait_until(lambda model=model: desk.idle and model.hits > 0)  # type: ignore[misc]
        by = f"by {sort or 'name'}"
        for letters, lengths in (("one or two letters", (1, 2)), ("three letters and more", (3, 4, 5, 6))):
            seen: list[float] = []
            for word in [word[:length] for word in TYPED for length in lengths if length <= len(word)]:
                seen.append(timed(partial(type_and_paint, model, told, ListQuery((word,), sort=sort), held)))
                held += wait_until(lambda: desk.idle)
            if large and lengths[0] == 3:
                bench.figure(f"keystroke among stays {by}, {letters}", seen, goal=30)
            goal = 33 if not large else 50 if lengths[0] == 1 else 60
            bench.figure(f"keystroke among stays {by}, {letters}", seen, goal=goal, percentile=0.99)
        view.close()
    bench.figure("event loop held by keystrokes among stays", held, goal=16, percentile=0.99)
    bench.figure("event loop held by keystrokes among stays, longest", held, goal=50, percentile=1.0)
    words = [word[:4] for word in TYPED]
    bench.compare("first page of a search among stays", partial(questions, desk, words), "bare FTS5 query",
                  partial(raw_questions, raw, words), goal=3)
    raw.close()


def _measure_board(bench: Bench, desk: Desk) -> None:
    """Until the first cards and all counts are painted, and until the next page of one column is."""
    opened: list[float] = []
    more: list[float] = []
    held: list[float] = []
    for _ in range(bench.size.runs):
        board = StayBoard(desk, Registry())
        show(board)
        opened.append(timed(partial(open_board, board, held)))
        more.append(timed(partial(next_cards, board, held)))
        board.close()
        board.deleteLater()
    bench.figure("open the board, first cards and counts painted", opened[1:] or opened, goal=100)
    bench.figure("next cards of a column, painted", more[1:] or more, goal=50)
    bench.figure("event loop held by the board", held, goal=16, percentile=0.99)


def _measure_memory(bench: Bench, file: Path) -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        return
    for way, control in (("ours", False), ("all", True)):
        if control and bench.size.name != "office":
            # all cells of a million stays would take more memory than many machines have
            continue
        program = [sys.executable, str(HERE / "memory.py"), str(file), way, "stays"]
        seen = [float(subprocess.run(program, capture_output=True, text=True, check=True).stdout) for _ in range(1)]
        act = "all lines of stays in memory" if control else "memory of the complete list of stays"
        bench.rows.append(Row(act, "above an empty window", seen[0], min(seen), max(seen), 80, unit="MB",
                              control=control))


def _measure_saves(bench: Bench, file: Path) -> None:
    office = open_file(file)
    raw = connect(file)
    keep_journal(raw)
    with office.read() as reader:
        one = stays.stay_ids(reader, ListQuery(filters=(Filter("phase", ":", ("preparing",)),)), 1)[0]
    numbers = count()
    limit = partial(raw_saves, raw, one, numbers)
    bench.compare("save a field of a stay", partial(saves, office, one, numbers), "raw commit of its rows", limit,
                  goal=4)
    naive = [timed(partial(save_and_renew_many, office, one)) / (timed(limit) / SAVES) for _ in range(3)]
    bench.ratio("save a stay and renew 5,000", "raw commit of its rows", naive, goal=4, control=True)
    each = [timed(partial(save, office, one, numbers)) for _ in range(20 * bench.size.runs)]
    bench.figure("save a field of a stay", each, goal=33, percentile=0.99)
    raw.close()
    office.close()
    with opened_desk(file) as desk:
        _measure_views(bench, desk)


def _measure_views(bench: Bench, desk: Desk) -> None:
    """A card moved on: until the list of all, a list in another order and the board show it."""
    models: list[Any] = []
    views: list[Any] = []
    ids: list[int] = []
    applied = ListQuery(filters=(Filter("phase", ":", ("applied",)),), sort="starts")
    desk.ask(lambda reader: stays.stay_ids(reader, applied, 20 * bench.size.runs + 2), ids.extend)
    wait_until(lambda: bool(ids))
    for sort in ("", "partner"):
        view, model = shown_list(desk, stay_listing(), stay_columns(), ListQuery(sort=sort) if sort else None)
        views.append(view)
        models.append(model)
    board = StayBoardModel(desk)
    board.reload()
    wait_until(lambda: desk.idle and all(model.hits > 0 for model in models))
    held: list[float] = []
    each = [timed(partial(move_into, desk, one, models, board, held)) for one in ids]
    bench.figure("move a card, until three open views show it", each[2:], goal=33, percentile=0.99)
    bench.figure("event loop held by that", held, goal=16, percentile=0.99)
    bench.figure("event loop held by that, longest", held, goal=50, percentile=1.0)
    for view in views:
        view.close()


class Told:
    """A listing that keeps the first page of its last answer."""

    def __init__(self, listing: Listing) -> None:
        self.answer: list[int] | None = None
        self.query = ListQuery()
        self._ids: Callable[..., list[int]] = listing.ids
        self.listing = replace(listing, ids=self._asked)

    def _asked(self, reader: Any, query: ListQuery, limit: int | None = None, among: Any = None) -> list[int]:
        found = self._ids(reader, query, limit, among)
        if query == self.query and among is None:
            self.answer = found[:PAGE]
        return found


def type_and_paint(model: ListModel, told: Told, query: ListQuery, held: list[float]) -> None:
    """One keystroke without the pause before it; ends when its first rows are on the screen."""
    told.query, told.answer = query, None
    model.set_query(query)

    def there() -> bool:
        answer = told.answer
        return (answer is not None and list(model.ids[:len(answer)]) == answer
                and (not answer or model.line_at(0) is not None))

    held += wait_for_paint(there)


def move_into(desk: Desk, one: int, models: Sequence[ListModel], board: StayBoardModel, held: list[float]) -> None:
    """Select an applicant: both lists say so, and the board counts one more."""
    before = board.counts[Phase.SELECTED]
    told: set[int] = set()
    notes = [partial(_note, told, n) for n in range(len(models))]
    for model, note in zip(models, notes, strict=True):
        model.dataChanged.connect(note)
    # lines that are on the screen are known; those that are not cost a list nothing
    desk.do(move_to([one], Phase.SELECTED))
    known = [n for n, model in enumerate(models) if model.row_of(one) >= 0 and model.line_at(model.row_of(one))]
    held += wait_for_paint(lambda: board.counts[Phase.SELECTED] == before + 1 and told.issuperset(known))
    for model, note in zip(models, notes, strict=True):
        model.dataChanged.disconnect(note)
    wait_until(lambda: desk.idle)


def _note(told: set[int], n: int, *_: object) -> None:
    told.add(n)


def open_list(desk: Desk) -> None:
    view, model = shown_list(desk, stay_listing(), stay_columns())
    wait_for_paint(lambda: model.hits > 0 and model.line_at(0) is not None)
    view.close()
    view.deleteLater()


def open_read_before(desk: Desk) -> None:
    """The naive way, of few lines only: all are read before the first is shown."""
    open_static(whole_model(desk), stay_columns())


def open_board(board: StayBoard, held: list[float]) -> None:
    settled: list[bool] = []
    board.model.settled.connect(partial(settled.append, True))
    board.set_query(ListQuery())
    held += wait_for_paint(lambda: bool(board.model.hits) and bool(settled))


def next_cards(board: StayBoard, held: list[float]) -> None:
    """In the longest column, which in a small office may be the only one with more than its first cards."""
    counts = board.model.counts
    longest = board.model.column(max(counts, key=counts.__getitem__))
    before = len(longest.cards)
    if longest.total is None or longest.total <= before:
        raise ValueError(f"no column has more than its first {before} cards: {dict(counts)}")
    board.model.load_more(longest.phase)
    held += wait_for_paint(lambda: len(longest.cards) > before)


def ask_stays(desk: Desk, sort: str, limit: int | None) -> None:
    ask(desk, lambda reader: stays.stay_ids(reader, ListQuery(sort=sort), limit))


def questions(desk: Desk, words: list[str]) -> None:
    ask(desk, lambda reader: [stays.stay_ids(reader, ListQuery((word,)), PAGE) for word in words])


def raw_questions(connection: Any, words: list[str]) -> None:
    for word in words:
        connection.execute(FTS, (f'"{fold(word)}"*',)).fetchall()


def raw_order(connection: Any, order: str) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.ordered")
    connection.execute(RAW.format(order))


def whole_model(desk: Desk) -> ListModel:
    """The list with a line at hand for every stay, which asks for nothing; many stays share one line."""
    found: list[int] = ask(desk, lambda reader: stays.stay_ids(reader, ListQuery()))
    lines = all_lines(desk, first_ids, stays.stay_lines)
    model = ListModel(desk, stay_listing(), stay_columns())
    model.show_first(found, {one: lines[place % len(lines)] for place, one in enumerate(found)})
    return model


def first_ids(reader: Any, query: ListQuery) -> list[int]:
    return stays.stay_ids(reader, query, KNOWN)


def saves(office: Any, one: int, numbers: Iterator[int]) -> None:
    for _ in range(SAVES):
        save(office, one, numbers)


def save(office: Any, one: int, numbers: Iterator[int]) -> None:
    """The whole way of an edited field: read as a form has it, judge, write, settle, commit."""
    with office.read() as reader:
        stay = reader.find(Stay, "id", id=one)[0]
    ends = (stay.planned_from or date(2026, 1, 1)) + timedelta(days=100 + next(numbers) % 60)
    do(office, stays.change_stay(stay, planned_to=ends), WHO)


def save_and_renew_many(office: Any, one: int) -> None:
    """The naive way: facts of many other stays are derived with each save."""
    with office.write(text("naive"), WHO) as unit:
        unit.change(Stay, one, None, remark="naive")
        renew_stays(unit, stays.stay_ids(unit, ListQuery(), 5_000))


def raw_saves(connection: Any, one: int, numbers: Iterator[int]) -> None:
    """The same rows by the driver alone: the record, its step, its history, its facts."""
    names = [row[1] for row in connection.execute("PRAGMA table_info(stay_fact)")]
    for _ in range(SAVES):
        ends = (date(2026, 1, 1) + timedelta(days=100 + next(numbers) % 60)).isoformat()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE stay SET planned_to = ?, version = version + 1 WHERE id = ?", (ends, one))
        step = connection.execute(
            "INSERT INTO step (at, who, label, label_values, kind, state, reason, rows)"
            " VALUES ('2026-03-02', ?, 'change', '{}', 'do', 'done', '', 1)", (WHO,),
        ).lastrowid  # fmt: skip
        connection.execute(
            "INSERT INTO history (step_id, entity, row_id, root, root_id, before, after)"
            " VALUES (?, 'stay', ?, 'stay', ?, '{}', ?)", (step, one, one, ends),
        )  # fmt: skip
        facts = list(connection.execute("SELECT * FROM stay_fact WHERE stay_id = ?", (one,)).fetchone())
        facts[names.index("ends_on")] = ends
        connection.execute("DELETE FROM stay_fact WHERE stay_id = ?", (one,))
        connection.execute(f"INSERT INTO stay_fact VALUES ({','.join('?' * len(facts))})", facts)
        connection.execute("COMMIT")
