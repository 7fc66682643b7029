"""Save: a field left until it is durable, against one raw commit of the same rows and their history."""

import shutil
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

from harness import Bench, timed

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.services.office import do, open_file
from partnerdesk.services.partners import change_institution
from partnerdesk.store.driver import connect, keep_journal
from partnerdesk.store.settle import renew_all

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
    office.close()


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
