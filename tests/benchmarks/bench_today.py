"""The day's work of a large office: its first rows, all of it, the figures at its head and a month of its calendar."""

import shutil
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from harness import Bench, timed

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import state_of
from partnerdesk.domain.projects import Milestone, Project, Task
from partnerdesk.domain.words import text
from partnerdesk.models.today import TodayModel
from partnerdesk.services import agenda, today
from partnerdesk.services.office import open_file
from partnerdesk.services.samples_big_stays import add_stays
from partnerdesk.store.agreements import all_facts
from partnerdesk.store.driver import connect

WHO = "Marta Ilves"
STAYS = {"tiny": 60, "office": 2_000, "tenfold": 2_000}
TASKS, PROJECTS = 40, 500
COPIES = {"tiny": (1, 1), "office": (9, 29), "tenfold": (0, 29)}
"""How often the agreements and the stays of the office are copied: 60,000 of each in the end."""
_FAR = 1_000_000
_LIMIT = (
    "SELECT agreement_id, ends_on FROM agreement_fact WHERE ends_on >= ? AND shown = 1 ORDER BY ends_on LIMIT 60",
    "SELECT agreement_id FROM agreement_fact WHERE notice_on >= ? AND shown = 1 ORDER BY notice_on LIMIT 60",
    "SELECT agreement_id FROM agreement_fact WHERE ours_on IS NULL AND ends_on >= ? AND shown = 1",
    "SELECT stay_id, min(due_on) FROM stay_fact JOIN document USING (stay_id) WHERE shown = 1 AND phase IN (2, 3, 4)"
    " AND document.due_on >= ? GROUP BY stay_id",
    "SELECT stay_id FROM stay_fact WHERE shown = 1 AND phase IN (1, 5, 6) AND ends_on >= ?",
    "SELECT id FROM milestone WHERE due_on >= ? AND met_on IS NULL LIMIT 60",
    "SELECT project_id, count(*) FROM task WHERE ends_on >= ? AND progress < 100 GROUP BY project_id")


def measure(bench: Bench) -> None:
    """First rows and all rows against the bare statements; the control judges every agreement in Python."""
    path = bench.folder / "today.partnerdesk"
    fill(bench, path)
    office, raw = open_file(path), connect(path)
    model, day = TodayModel(), clock.today()
    with office.read() as reader:
        limit = partial(_bare, raw, day.isoformat())

        def first() -> None:
            model.set_work(today.first_work(reader))

        first()
        tiny = bench.size.runs == 1
        many = [timed(first) for _ in range(bench.size.runs * 3)]
        bench.figure("the first rows of the day's work, in the list's model", many, goal=2000 if tiny else 50)
        bench.compare("the first rows", partial(today.first_work, reader), "the bare statements", limit,
                      goal=100 if tiny else 2.5)
        bench.compare("all of the day's work", partial(today.day_work, reader), "the bare statements", limit,
                      goal=500 if tiny else 40)
        bench.compare("the figures at its head", partial(today.beside, reader), "the bare statements", limit,
                      goal=500 if tiny else 12)
        month = partial(agenda.agenda, reader, day.replace(day=1), day.replace(day=1) + timedelta(days=41))
        bench.compare("six weeks of the calendar", month, "the bare statements", limit, goal=100 if tiny else 2)
        bench.compare("every agreement judged in Python", partial(_judged, reader, day), "the bare statements", limit,
                      goal=500 if tiny else 2.5, control=not tiny, runs=3)
    raw.close()
    office.close()


def fill(bench: Bench, path: Path) -> None:
    """An office with so many stays, agreements and tasks."""
    shutil.copy(bench.office, path)
    add_stays(path, STAYS[bench.size.name])
    projects = 5 if bench.size.runs == 1 else PROJECTS
    begin = clock.today() - timedelta(days=10 * TASKS)
    office = open_file(path)
    with office.write(text("fill"), WHO) as unit:
        ids = unit.add_many([Project(acronym=f"P{n:03}", status="running", responsible=WHO) for n in range(projects)])
        unit.add_many([Task(project_id=one, title=f"Task {n}", progress=100 if n < TASKS // 2 - 1 else 20,
                            starts_on=begin + timedelta(days=20 * n), ends_on=begin + timedelta(days=20 * n + 19))
                       for one in ids for n in range(TASKS)])
        unit.add_many([Milestone(project_id=one, title=f"Point {n}", due_on=begin + timedelta(days=100 * n),
                                 met_on=begin if n < 4 else None) for one in ids for n in range(8)])
    office.close()
    raw = connect(path)
    agreements, stays = COPIES[bench.size.name]
    for n in range(1, agreements + 1):
        _copy(raw, n, {"agreement": "id", "agreement_fact": "agreement_id"})
    for n in range(1, stays + 1):
        _copy(raw, n, {"stay": "id", "stay_fact": "stay_id", "document": "id"}, "stay_id")
    raw.execute("ANALYZE")
    raw.close()


def _copy(raw: Any, n: int, tables: dict[str, str], link: str = "agreement_id") -> None:
    """Every row of some tables once more, other agreements with other ends, beside the journal."""
    changed = {"id": f"id + {n * _FAR}", link: f"{link} + {n * _FAR}", "uid": f"uid || '-{n}'"}
    if link == "agreement_id":
        changed |= {"ends_on": f"date(ends_on, '{n * 37 - 150} days')",
                    "notice_on": f"date(ends_on, '{n * 37 - 330} days')", "programme": f"'programme {n}'"}
    for table, key in tables.items():
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        told = ", ".join(changed.get(name, name) for name in names)
        raw.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {told} FROM {table} WHERE {key} < {_FAR}")


def _bare(raw: Any, day: str) -> None:
    for statement in _LIMIT:
        raw.execute(statement, (day,)).fetchall()


def _judged(reader: Any, day: date) -> int:
    """The control: the state of every agreement, from its facts."""
    return sum(state_of(facts, day) == "expiring" for _, facts in all_facts(reader).values())
