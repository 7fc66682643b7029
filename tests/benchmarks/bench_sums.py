"""Sums over stays: the balances of all partners and the grid of places, against one bare sum over the same stays."""

import shutil
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from harness import Bench, timed

from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import balance, places
from partnerdesk.services.office import open_file
from partnerdesk.store import schema
from partnerdesk.store.codec import encode
from partnerdesk.store.driver import connect

STAYS = {"tiny": 600, "office": 60_000, "tenfold": 1_000_000}
YEARS = 12
_SUMS = (
    "SELECT partnership_id, SUM(CASE direction WHEN 'out' THEN counted ELSE 0 END),"
    " SUM(CASE direction WHEN 'in' THEN counted ELSE 0 END), SUM(planned) FROM stay_fact"
    " WHERE shown != 0 AND partnership_id > 0 GROUP BY partnership_id")
_USED = (
    "SELECT condition_id, year, COUNT(*) FROM stay WHERE condition_id > 0 AND year BETWEEN 2025 AND 2028"
    " AND sending_status IN ('nomination', 'live', 'recognized') AND receiving_status != 'rejected'"
    " AND deleted_at = '' GROUP BY condition_id, year")
_GRANTED = (
    "SELECT condition.*, agreement_fact.*, institution.name FROM condition JOIN agreement_fact USING (version_id)"
    " JOIN institution ON institution.id = agreement_fact.partner_id")


def measure(bench: Bench) -> None:
    """All balances, one balance, the grid, the places of some conditions; the controls read every stay."""
    file = bench.folder / "sums.partnerdesk"
    shutil.copy(bench.office, file)
    fill(file, STAYS[bench.size.name])
    office = open_file(file)
    raw = connect(file)
    with office.read() as reader:
        found = balance.standings(reader)
        ask = partial(balance.standings, reader)
        bench.compare("balances of all partners", ask, "one sum in SQL", partial(rows_of, raw, _SUMS), goal=4)
        balance.balance_sheet(reader, found[0].partnership_id)
        each = [timed(partial(balance.balance_sheet, reader, one.partnership_id)) for one in found[:50]]
        bench.figure("the balance of one partner", each, goal=16, percentile=0.95)
        grid = partial(places.places_grid, reader)
        # what is the same for any number of conditions weighs more than a few of them
        goal = 100 if bench.size.name == "tiny" else 5
        bench.compare("grid of places", grid, "one count in SQL, conditions read", partial(grid_limit, raw), goal=goal)
        ids = [row.condition_id for row in places.places_grid(reader).rows[:800]]
        each = [timed(partial(places.usage, reader, ids, 2026)) for _ in range(20)]
        bench.figure("the places of 800 conditions in a year", each, goal=100)
        if bench.size.name != "tiny":
            bench.compare("balances summed in Python", partial(in_python, raw), "one sum in SQL",
                          partial(rows_of, raw, _SUMS), goal=4, control=True, runs=2)
    raw.close()
    office.close()


def fill(file: Path, stays: int) -> None:
    """Put so many stays under the conditions of an office, at the engine's speed and beside the journal."""
    office = open_file(file)
    with office.write(Text("stays"), "Ada") as unit:
        person = unit.add(Person(family_name="Kos")).id
        template = encode(Stay(person_id=person, sending_status="live", receiving_status="verified", term="1/2"))
    office.close()
    raw = connect(file)
    raw.execute(
        "CREATE TEMP TABLE pick AS SELECT ROW_NUMBER() OVER () - 1 AS k, condition.id AS condition_id, direction,"
        " agreement_id, partner_fact.institution_id AS partner_id, partner_fact.partnership_id AS partnership_id"
        " FROM condition JOIN agreement_fact USING (version_id)"
        " JOIN partner_fact ON partner_fact.institution_id = agreement_fact.partner_id")
    given = {
        "id": "n", "uid": "'stay' || n", "direction": "direction", "agreement_id": "agreement_id",
        "condition_id": "condition_id", "year": f"2016 + n % {YEARS}", "receiving_id": "partner_id",
        "sending_status": "CASE n % 6 WHEN 0 THEN 'planned' ELSE 'live' END"}
    _insert(raw, "stay", {name: given.get(name) or _told(value) for name, value in template.items()}, stays)
    fact = {
        "stay_id": "n", "partner_id": "partner_id", "partnership_id": "partnership_id", "country": "''",
        "direction": "direction", "year": f"2016 + n % {YEARS}", "phase": "4", "counted": "n % 6 != 0",
        "planned": "n % 6 = 0", "months": "5.0", "terms": "1.0", "documents": "0", "documents_done": "0",
        "documents_missing": "0", "sort_name": "'kos'", "shown": str(schema.SHOWN)}
    _insert(raw, "stay_fact", fact, stays)
    raw.execute("ANALYZE")
    raw.close()


def grid_limit(raw: Any) -> None:
    """What the grid of places cannot do without."""
    rows_of(raw, _USED)
    rows_of(raw, _GRANTED)


def in_python(raw: Any) -> Counter[Any]:
    """The control: every stay is read."""
    found: Counter[Any] = Counter()
    names = "partnership_id, year, direction, counted, planned, months, terms"
    for partnership, _, direction, *numbers in raw.execute(f"SELECT {names} FROM stay_fact WHERE shown != 0"):
        found[partnership, direction] += numbers[0]
        found[partnership, direction, "planned"] += numbers[1]
    return found


def rows_of(raw: Any, sql: str) -> Sequence[Any]:
    """The rows of a bare statement."""
    found: Sequence[Any] = raw.execute(sql).fetchall()
    return found


def _insert(raw: Any, table: str, values: dict[str, str], n: int) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    raw.execute(
        f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {n})"
        f" INSERT INTO {table} ({names}) SELECT {', '.join(values.values())} FROM count"
        " JOIN pick ON pick.k = (n * 7919) % (SELECT COUNT(*) FROM pick)")


def _told(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
