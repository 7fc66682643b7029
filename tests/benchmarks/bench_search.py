"""Search: a keystroke until the rows it finds are painted, and the question behind it against bare FTS5."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from harness import Bench, timed
from PySide6.QtCore import QTimer
from screen import application, opened_desk, wait_for_paint, wait_until
from screen_list import shown_list

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.text import fold
from partnerdesk.models.agreement_list import agreement_columns, agreement_listing
from partnerdesk.models.listing import PAGE, ListModel
from partnerdesk.models.partners import partner_columns, partner_listing
from partnerdesk.services.listing import partner_ids
from partnerdesk.store.driver import connect

TYPED = ("universidad", "berfeld", "technical", "sanmark", "goldton university", "hochschule", "ó")
FTS = (
    "SELECT i.id FROM institution i JOIN partner_fact p ON p.institution_id = i.id WHERE i.is_home = 0"
    " AND i.deleted_at = '' AND i.archived_on IS NULL"
    " AND i.id IN (SELECT rowid FROM search_partner WHERE search_partner MATCH ?) ORDER BY p.sort_name LIMIT 64"
)


def measure(bench: Bench) -> None:
    """Words typed letter by letter into both lists; the control folds and compares every record."""
    application()
    with opened_desk(bench.office) as desk:
        words = [word[:length] for word in TYPED for length in range(1, min(len(word), 6) + 1)]
        raw = connect(bench.office)
        limit = partial(raw_questions, raw, words)
        bench.compare("first page of a search", partial(questions, desk, words), "bare FTS5 query", limit, goal=3)
        naive = partial(compared_in_python, desk, words[:4])
        shorter = partial(raw_questions, raw, words[:4])
        bench.compare("search in Python", naive, "bare FTS5 query", shorter, goal=3, control=True, runs=3)
        raw.close()
        _measure_keystrokes(bench, desk)


def _measure_keystrokes(bench: Bench, desk: Desk) -> None:
    """Short words, which find most of the list, and longer ones apart, in both lists; the control searches in the
    thread that paints.
    """
    held: list[float] = []
    for name, listing, columns in (
        ("partners", partner_listing(), partner_columns()),
        ("agreements", agreement_listing(), agreement_columns()),
    ):
        view, model = shown_list(desk, listing, columns)
        wait_for_paint(partial(_has_lines, model))
        for letters, lengths in (("one or two letters", (1, 2)), ("three letters and more", (3, 4, 5, 6))):
            seen = _typed(bench, desk, view, model, lengths, held)
            bench.figure(f"keystroke to rows painted, {name}, {letters}", seen, goal=33, percentile=0.99)
        view.close()
    bench.figure("event loop held by a keystroke", held, goal=16, percentile=0.99)
    bench.figure("event loop held by a keystroke, longest", held, goal=50, percentile=1.0)
    naive: list[float] = []
    view, model = shown_list(desk, partner_listing(), partner_columns())
    wait_for_paint(partial(_has_lines, model))
    for _ in range(3):
        naive += type_in_the_window(view, desk)
    bench.figure("event loop held by a search in the window", naive, goal=16, percentile=1.0, control=True)
    view.close()


def _has_lines(model: ListModel) -> bool:
    return model.hits > 0 and model.line_at(0) is not None


def _typed(
    bench: Bench, desk: Desk, view: Any, model: ListModel, lengths: Sequence[int], held: list[float]
) -> list[float]:
    """Seconds of each keystroke that makes a word so long."""
    seen = []
    for _ in range(min(bench.size.runs, 4)):
        for word in (typed[:length] for typed in TYPED for length in lengths if length <= len(typed)):
            seen.append(timed(partial(type_and_paint, view, model, desk, word, held)))
            wait_until(lambda: desk.idle)
    return seen


def type_in_the_window(view: Any, desk: Desk) -> list[float]:
    """The naive way: the words are looked for by the thread that paints."""
    lines: list[Any] = []
    desk.ask(lambda reader: reader.find(Institution), lines.extend)
    wait_until(lambda: bool(lines))
    found: list[Any] = []

    def look() -> None:
        found.append([one.id for word in TYPED for one in lines if fold(word) in fold(one.name)])

    QTimer.singleShot(0, view, look)
    return wait_until(lambda: bool(found))


def type_and_paint(view: Any, model: ListModel, desk: Desk, word: str, held: list[float]) -> None:
    """One keystroke without the pause before it; ends when its rows are on the screen."""
    settled: list[bool] = []
    model.settled.connect(partial(settled.append, True))
    model.set_query(ListQuery(words=(word,)))
    held += wait_for_paint(lambda: bool(settled) and (model.hits == 0 or model.line_at(0) is not None)
    )
    model.settled.disconnect()


def questions(desk: Desk, words: list[str]) -> None:
    def all_of_them(reader: Any) -> list[list[int]]:
        return [partner_ids(reader, ListQuery(words=(word,)), PAGE) for word in words]

    _ask(desk, all_of_them)


def raw_questions(connection: Any, words: list[str]) -> None:
    for word in words:
        connection.execute(FTS, (f'"{fold(word)}"*',)).fetchall()


def compared_in_python(desk: Desk, words: list[str]) -> None:
    def read_all(reader: Any) -> list[int]:
        return [one.id for word in words for one in reader.find(Institution) if fold(word) in fold(one.name)]

    _ask(desk, read_all)


def _ask(desk: Desk, question: Any) -> None:
    answers: list[Any] = []
    desk.ask(question, answers.append)
    wait_until(lambda: bool(answers))
