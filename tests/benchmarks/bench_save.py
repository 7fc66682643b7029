"""Save: a field left until it is durable, against one raw commit of the same rows and their history."""

import shutil
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

from harness import Bench, timed
from screen import application, opened_desk, wait_for_paint, wait_until
from screen_list import shown_list

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.models.agreement_list import agreement_columns, agreement_listing
from partnerdesk.models.listing import ListModel
from partnerdesk.models.partners import partner_columns, partner_listing
from partnerdesk.services.listing import agreement_ids, agreement_lines, partner_ids, partner_lines
from partnerdesk.services.office import do, open_file
from partnerdesk.services.partners import change_institution
from partnerdesk.store import search
from partnerdesk.store.codec import encode
from partnerdesk.store.driver import connect, keep_journal
from partnerdesk.store.schema import KINDS, history
from partnerdesk.store.settle import renew_all, renew_partners

SAVES = 25
WHO = "Marta Ilves"


def measure(bench: Bench) -> None:
    """Saves of one field each; the control renews all derived rows with every save."""
    copy = bench.folder / "save.partnerdesk"
    shutil.copy(bench.office, copy)
    office = open_file(copy)
    raw = connect(copy)
    keep_journal(raw)
    numbers = count()
    limit = partial(raw_saves, raw, numbers)
    bench.compare("save a field", partial(saves, office, numbers), "raw commit of its rows", limit, goal=4)
    naive = [timed(partial(save_and_renew_all, office, numbers)) / (timed(limit) / SAVES) for _ in range(3)]
    bench.ratio("save a field and renew all", "raw commit of its rows", naive, goal=4, control=True)
    each = [timed(partial(save, office, numbers)) for _ in range(20 * bench.size.runs)]
    bench.figure("save a field", each, goal=33, percentile=0.99)
    raw.close()
    _measure_history(bench, office)
    office.close()
    _measure_views(bench, copy, numbers)


def _measure_history(bench: Bench, office: Any) -> None:
    """A bulk write with and without its history; both rows derived from it are written in either case."""
    many = min(5_000, 10 * bench.size.office.institutions)
    told = partial(add_many, office, many, journal=True)
    bench.compare("add many with their history", told, "without", partial(add_many, office, many), goal=1.35)
    for journal in (True, False):
        noted = [add_many(office, many, journal=journal) / many]
        bench.ratio("rows of history a row of a bulk write", "one", noted, goal=1, better="higher", control=not journal)


def add_many(office: Any, many: int, *, journal: bool = False) -> int:
    """Write so many institutions at once; how many rows the history grew by."""
    with office.write(text("bulk"), WHO) as unit:
        before = unit.connection.exec_driver_sql(f"SELECT count(*) FROM {history.name}").scalar()
        records = [Institution(name=f"Bulk University {n}", country="SE", city="Lund") for n in range(many)]
        if journal:
            unit.add_many(records)
        else:
            rows = [encode(record) for record in records]
            last = unit.connection.exec_driver_sql("SELECT max(id) FROM institution").scalar()
            for n, row in enumerate(rows, last + 1):
                row["id"], row["uid"] = n, f"{n:032x}"
            unit.store_many(KINDS[Institution].table, list(rows[0]), [tuple(row.values()) for row in rows])
            ids = range(last + 1, last + 1 + many)
            renew_partners(unit, ids)
            search.renew_partners(unit, ids)
        noted = unit.connection.exec_driver_sql(f"SELECT count(*) FROM {history.name}").scalar() - before
    return int(noted)


def _measure_views(bench: Bench, copy: Any, numbers: Iterator[int]) -> None:
    """A save until three open views show it; the control reads all three lists anew."""
    application()
    with opened_desk(copy) as desk:
        agreements, third = shown_list(desk, agreement_listing(), agreement_columns())
        wait_for_paint(lambda: third.hits > 0 and third.line_at(0) is not None)
        line = third.line_at(0)
        assert line is not None
        named = ListQuery(words=(line.partner,))
        open_views = [agreements]
        models = [third]
        for query in (named, ListQuery(words=named.words, sort="country")):
            view, model = shown_list(desk, partner_listing(), partner_columns(), query)
            wait_for_paint(partial(_there, model, line.partner_id))
            open_views.append(view)
            models.append(model)
        each = [timed(partial(save_into, desk, line, models, numbers)) for _ in range(20 * bench.size.runs)]
        bench.figure("save until three open views show it", each, goal=33, percentile=0.99)
        naive = [timed(partial(read_anew, desk)) for _ in range(3)]
        bench.figure("save and read the lists anew", naive, goal=33, percentile=0.99, control=True)
        for view in open_views:
            view.close()


def _there(model: ListModel, record_id: int) -> bool:
    row = model.row_of(record_id)
    return row >= 0 and model.line_at(row) is not None


def save_into(desk: Desk, line: Any, models: list[ListModel], numbers: Iterator[int]) -> None:
    """Change the name that all three show; ends when each has told its view and what it told is painted."""
    seen: set[int] = set()
    told = [partial(_note, seen, n) for n in range(len(models))]
    for model, note in zip(models, told, strict=True):
        model.dataChanged.connect(note)
    partner: list[Institution] = []
    desk.ask(lambda reader: reader.get(Institution, line.partner_id), partner.append)
    wait_until(lambda: bool(partner))
    desk.do(change_institution(partner[0], name=f"{line.partner} {next(numbers):06}"))
    wait_for_paint(lambda: len(seen) == len(models))
    for model, note in zip(models, told, strict=True):
        model.dataChanged.disconnect(note)


def _note(seen: set[int], n: int, *_: object) -> None:
    seen.add(n)


def read_anew(desk: Desk) -> None:
    def everything(reader: Any) -> int:
        partners, agreements = partner_ids(reader, ListQuery()), agreement_ids(reader, ListQuery())
        return len(partner_lines(reader, partners)) * 2 + len(agreement_lines(reader, agreements))

    answers: list[int] = []
    desk.ask(everything, answers.append)
    wait_until(lambda: bool(answers))


def saves(office: Any, numbers: Iterator[int]) -> None:
    for _ in range(SAVES):
        save(office, numbers)


def save(office: Any, numbers: Iterator[int]) -> None:
    """The whole way of an edited field: read as a form has it, judge, write, settle, commit."""
    with office.read() as reader:
        partner = reader.find(Institution, "id", id=2)[0]
    do(office, change_institution(partner, remark=f"remark {next(numbers)}"), WHO)


def save_and_renew_all(office: Any, numbers: Iterator[int]) -> None:
    with office.write(text("naive"), WHO) as unit:
        unit.change(Institution, 2, None, remark=f"remark {next(numbers)}")
        renew_all(unit)


def raw_saves(connection: Any, numbers: Iterator[int]) -> None:
    """The same rows by the driver alone: the record, its step, its history, its search text."""
    for _ in range(SAVES):
        remark = f"remark {next(numbers)}"
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE institution SET remark = ?, version = version + 1 WHERE id = 2", (remark,))
        step = connection.execute(
            "INSERT INTO step (at, who, label, label_values, kind, state, reason, rows)"
            " VALUES ('2026-03-02', ?, 'change', '{}', 'do', 'done', '', 1)", (WHO,),
        ).lastrowid  # fmt: skip
        connection.execute(
            "INSERT INTO history (step_id, entity, row_id, root, root_id, before, after)"
            " VALUES (?, 'institution', 2, 'partner', 2, '{}', ?)", (step, remark),
        )  # fmt: skip
        connection.execute("DELETE FROM search_partner WHERE rowid = 2")
        connection.execute("INSERT INTO search_partner (rowid, body) VALUES (2, ?)", (remark,))
        connection.execute("COMMIT")
