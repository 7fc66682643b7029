"""The board of stays and who is abroad on a day, against the same questions in bare SQL."""

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from harness import Bench

from partnerdesk.domain import clock
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.models.stay_board import PAGE
from partnerdesk.services import abroad, stay_board
from partnerdesk.services.office import open_file
from partnerdesk.store import schema
from partnerdesk.store.codec import encode
from partnerdesk.store.driver import connect

STAYS = {"tiny": 600, "office": 60_000, "tenfold": 1_000_000}
LANDS = ("CL", "FR", "SG", "JP", "CN", "ZA", "DE", "SE")
_FIRST = ("SELECT stay.*, person.*, stay_fact.* FROM stay_fact JOIN stay ON stay.id = stay_id"
          " JOIN person ON person.id = person_id WHERE shown = 1 AND stay_fact.phase = {phase}"
          f" ORDER BY starts_on, stay_id LIMIT {PAGE}")
_COUNTS = "SELECT phase, COUNT(*) FROM stay_fact WHERE shown = 1 GROUP BY phase"
_AWAY = ("SELECT stay_id FROM stay_fact INDEXED BY ix_stay_fact_ends WHERE shown = 1 AND ends_on >= '{day}'"
         " AND starts_on || '' <= '{day}' AND direction = 'out' AND phase >= 2 ORDER BY country, sort_name")
_EVERY = "SELECT stay_id, starts_on, ends_on, direction, country, sort_name FROM stay_fact WHERE shown = 1"


def measure(bench: Bench) -> None:
    """The first cards, all counts, more cards, and a day's list; the controls read every stay."""
    file = bench.folder / "stays.partnerdesk"
    shutil.copy(bench.office, file)
    fill(file, STAYS[bench.size.name])
    office = open_file(file)
    raw = connect(file)
    today, small = clock.today(), bench.size.name == "tiny"
    with office.read() as reader:
        first = partial(stay_board.columns, reader, ListQuery(), dict.fromkeys(PHASES, PAGE))
        away = abroad.query_of(today)
        for act in (first, partial(stay_board.phase_counts, reader, ListQuery()),
                    partial(abroad.abroad_ids, reader, away), partial(abroad.by_country, reader, away)):
            # a statement is worded when it is asked first
            act()
        bench.compare("first cards of the board", first, "the same rows in SQL", partial(first_rows, raw),
                      goal=20 if small else 4)
        bench.compare("how many in each phase", partial(stay_board.phase_counts, reader, ListQuery()),
                      "one count in SQL", partial(rows_of, raw, _COUNTS), goal=40 if small else 2)
        more = partial(stay_board.columns, reader, ListQuery(), {Phase.CLOSED: 10 * PAGE})
        bench.compare("ten pages of one column", more, "the first cards", first, goal=4)
        bench.compare("who is abroad today", partial(abroad.abroad_ids, reader, away), "the same in SQL",
                      partial(rows_of, raw, _AWAY.format(day=today)), goal=40 if small else 3)
        bench.compare("how many abroad by country", partial(abroad.by_country, reader, away), "the same in SQL",
                      partial(rows_of, raw, _AWAY.format(day=today)), goal=40 if small else 2)
        if not small:
            bench.compare("who is abroad, sought in Python", partial(in_python, raw, today), "the same in SQL",
                          partial(rows_of, raw, _AWAY.format(day=today)), goal=3, control=True, runs=2)
    raw.close()
    office.close()


def fill(file: Path, stays: int) -> None:
    """Put so many stays into an office, over eleven years and all phases, at the engine's speed."""
    office = open_file(file)
    with office.write(Text("stays"), "Ada") as unit:
        person = unit.add(Person(given_names="Ana", family_name="Kos")).id
        partner = unit.add(Institution(name="Universidad de Chile", country="CL")).id
        template = encode(Stay(person_id=person, receiving_id=partner))
    office.close()
    raw = connect(file)
    begins = f"date('{clock.today() - timedelta(days=3650)}', '+' || (n * 7919 % 4000) || ' days')"
    own = {"id": "n", "uid": "'stay' || n", "direction": "CASE n % 3 WHEN 0 THEN 'in' ELSE 'out' END"}
    _insert(raw, "stay", {name: own.get(name) or _told(value) for name, value in template.items()}, stays)
    land = " ".join(f"WHEN {place} THEN '{code}'" for place, code in enumerate(LANDS))
    _insert(raw, "stay_fact", {
        "stay_id": "n", "partner_id": str(partner), "country": f"CASE n % {len(LANDS)} {land} END",
        "direction": own["direction"], "year": "2025", "phase": "n * 31 % 13", "counted": "1", "planned": "0",
        "starts_on": begins, "ends_on": f"date({begins}, '+' || (30 + n % 170) || ' days')", "months": "5.0",
        "terms": "1.0", "documents": "6", "documents_done": "n % 7", "documents_missing": "n % 3",
        "sort_name": "'kos ' || (n * 7919 % 10007)", "shown": str(schema.SHOWN)}, stays)
    raw.execute("ANALYZE")
    raw.close()


def first_rows(raw: Any) -> None:
    """The rows of the first cards of every column."""
    for place in range(len(PHASES)):
        rows_of(raw, _FIRST.format(phase=place))


def in_python(raw: Any, today: date) -> list[Any]:
    """The control: every stay is read."""
    day = today.isoformat()
    found = [row for row in raw.execute(_EVERY) if row[3] == "out" and row[1] <= day <= row[2]]
    return sorted(found, key=lambda row: (row[4], row[5]))


def rows_of(raw: Any, sql: str) -> Sequence[Any]:
    """The rows of a bare statement."""
    found: Sequence[Any] = raw.execute(sql).fetchall()
    return found


def _insert(raw: Any, table: str, values: dict[str, str], n: int) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    raw.execute(
        f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {n})"
        f" INSERT INTO {table} ({names}) SELECT {', '.join(values.values())} FROM count")


def _told(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
