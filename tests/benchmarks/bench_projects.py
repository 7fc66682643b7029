"""500 projects with 20,000 tasks: the list found and shown, a task moved with what waits for it, a plan reckoned."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from harness import Bench, timed

from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectMember, Task, TaskLink
from partnerdesk.domain.schedule import Link, Plan, Span
from partnerdesk.domain.words import text
from partnerdesk.services import projects
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.store.driver import connect, keep_journal
from partnerdesk.store.settle import renew_all

WHO = "Marta Ilves"
TASKS = 40
PAGE = 50
MOVES, PAGES = 5, 5
START = date(2026, 1, 1)
SHAPES = {
    "by name": ListQuery(sort="name"), "by the next point": ListQuery(sort="next"),
    "that are late": ListQuery(filters=(Filter("late", values=("yes",)),), sort="next"),
    "by a word": ListQuery(words=("thing",)),
    "in trouble": ListQuery(filters=(Filter("health", values=("red",)),)),
}


def measure(bench: Bench) -> None:
    """The list, a move and a plan; the control renews all derived rows with every move."""
    path = bench.folder / "projects.partnerdesk"
    many = 500 if bench.size.runs > 1 else 20
    fill(path, many)
    office = open_file(path)
    _measure_list(bench, office)
    _measure_move(bench, office, path)
    office.close()
    _measure_plan(bench, many * TASKS)


def fill(path: Path, many: int) -> None:
    """An office of so many projects, each with a chain of tasks, ten points and four partners."""
    office = create_file(path)
    with office.write(text("fill"), WHO) as unit:
        partners = unit.add_many([Institution(name=f"University {n}", country="SE") for n in range(100)])
        ids = unit.add_many([
            Project(acronym=f"P{n:03}", title=f"About thing {n}", status="running", starts_on=START,
                    ends_on=START + timedelta(days=20 * TASKS)) for n in range(many)])
        unit.add_many([ProjectMember(project_id=one, institution_id=partners[(one * 7 + n) % 100])
                       for one in ids for n in range(4)])
        tasks = unit.add_many([
            Task(project_id=one, title=f"Task {n}", position=n, progress=50, starts_on=START + timedelta(days=20 * n),
                 ends_on=START + timedelta(days=20 * n + 19)) for one in ids for n in range(TASKS)])
        unit.add_many([TaskLink(task_id=tasks[n], before_id=tasks[n - 1]) for n in range(len(tasks)) if n % TASKS])
        for kind in (Milestone, Deliverable):
            unit.add_many([kind(project_id=one, title=f"Point {n}", due_on=START + timedelta(days=100 * n))
                           for one in ids for n in range(5)])
    office.close()


def _measure_list(bench: Bench, office: Any) -> None:
    with office.read() as reader:
        driver = reader.connection.connection.driver_connection
        limit = partial(repeated, partial(raw_page, driver))
        for name, query in SHAPES.items():
            goal = 12 if name == "in trouble" else 2.5
            bench.compare(f"first page of projects {name}", partial(repeated, partial(first_page, reader, query)),
                          "the same rows by the driver alone", limit, goal=goal)
        naive = [timed(partial(every_file, reader)) / (timed(limit) / PAGES) for _ in range(3)]
        bench.ratio("the page by reading every project whole", "the same rows by the driver alone", naive, goal=12,
                    control=bench.size.runs > 1)


def repeated(act: Any) -> None:
    for _ in range(PAGES):
        act()


def raw_page(driver: Any) -> None:
    """The ids of all projects in order, and what the first page of them shows, each asked for in one statement."""
    ids = [row[0] for row in driver.execute(
        "SELECT project_id FROM project_fact WHERE shown = 1 ORDER BY sort_name").fetchall()][:PAGE]
    places = ",".join("?" * len(ids))
    driver.execute(
        f"SELECT * FROM project JOIN project_fact ON project_id = id WHERE id IN ({places})", ids).fetchall()
    driver.execute(
        "SELECT project_id, group_concat(name, ', ') FROM project_member JOIN institution "
        f"ON institution.id = institution_id WHERE project_id IN ({places}) GROUP BY project_id", ids).fetchall()
    for table, due, met in (("milestone", "due_on", "met_on IS NULL"), ("task", "ends_on", "progress < 100"),
                            ("deliverable", "due_on", "submitted_on IS NULL")):
        for asked in (f"count(*), min({due})", "min(title)"):
            driver.execute(f"SELECT project_id, {asked} FROM {table} WHERE project_id IN ({places}) AND {met} "
                           "GROUP BY project_id", ids).fetchall()
    driver.execute(
        f"SELECT root_id, max(id) FROM history WHERE root = 'project' AND root_id IN ({places}) GROUP BY root_id",
        ids).fetchall()


def first_page(reader: Any, query: ListQuery) -> None:
    """What a list asks for: all ids in order and the lines of the first page."""
    projects.project_lines(reader, projects.project_ids(reader, query)[:PAGE])


def every_file(reader: Any) -> None:
    for one in projects.project_ids(reader, ListQuery()):
        projects.project_file(reader, one)


def _measure_move(bench: Bench, office: Any, path: Path) -> None:
    numbers = count(1)
    raw = connect(path)
    keep_journal(raw)
    limit = partial(raw_moves, raw, numbers)
    bench.compare("move a task that pushes 39", partial(moves, office, numbers), "raw commit of the same rows", limit,
                  goal=4)
    naive = [timed(partial(move_and_renew_all, office, numbers)) / (timed(limit) / MOVES) for _ in range(3)]
    bench.ratio("move it and renew all", "raw commit of the same rows", naive, goal=4, control=True)
    raw.close()


def moves(office: Any, numbers: Iterator[int]) -> None:
    for _ in range(MOVES):
        move(office, numbers)


def move(office: Any, numbers: Iterator[int]) -> None:
    """The first task of a chain a day later or back: the others go later, and are brought back by an equal shift."""
    project, first = Project(id=2, acronym="P001"), (2 - 1) * TASKS + 1
    later = START + timedelta(days=next(numbers))
    do(office, projects.move_tasks(project, {first: (later, later + timedelta(days=19))}), WHO)


def move_and_renew_all(office: Any, numbers: Iterator[int]) -> None:
    move(office, numbers)
    with office.write(text("naive"), WHO) as unit:
        unit.change(Project, 2, None, remark=f"remark {next(numbers)}")
        renew_all(unit)


def raw_moves(connection: Any, numbers: Iterator[int]) -> None:
    """The same rows by the driver alone: forty tasks read and written with their history, what is derived, its step."""
    for _ in range(MOVES):
        moved = f"2030-01-{next(numbers) % 28 + 1:02}"
        connection.execute("BEGIN IMMEDIATE")
        tasks = connection.execute("SELECT * FROM task WHERE project_id = 3").fetchall()
        ids = [row[0] for row in tasks]
        places = ",".join("?" * len(ids))
        connection.execute(f"SELECT * FROM task_link WHERE task_id IN ({places})", ids).fetchall()
        step = connection.execute(
            "INSERT INTO step (at, who, label, label_values, kind, state, reason, rows)"
            " VALUES ('2026-03-02', ?, 'move', '{}', 'do', 'done', '', 40)", (WHO,),
        ).lastrowid  # fmt: skip
        connection.executemany("UPDATE task SET starts_on = ?, ends_on = ?, version = version + 1 WHERE id = ?",
                               [(moved, moved, one) for one in ids])
        told = '{"starts_on": "2026-01-01", "ends_on": "2026-01-20"}'
        connection.executemany(
            "INSERT INTO history (step_id, entity, row_id, root, root_id, before, after)"
            " VALUES (?, 'task', ?, 'project', 3, ?, ?)", [(step, one, told, told) for one in ids])
        connection.execute("UPDATE project_fact SET next_due = ? WHERE project_id = 3", (moved,))
        connection.execute("COMMIT")


def _measure_plan(bench: Bench, many: int) -> None:
    """One plan of all tasks: what a hand that drags a bar pays for each frame."""
    spans = [Span(n, START + timedelta(days=n // 10), START + timedelta(days=n // 10 + 9)) for n in range(many)]
    links = [Link(max(0, n - 1 - n * 7919 % 300), n) for n in range(1, many)]
    plan = Plan(spans, links)
    plan = Plan({**plan.spans, **plan.settled()}.values(), links)
    pulled = plan.spans[many // 2]
    each = [timed(partial(plan.moved, [pulled.later(3)])) for _ in range(10 * bench.size.runs)]
    bench.figure("drag a task of a plan of all tasks, a frame", each, goal=16.6, percentile=0.99)
    naive = [timed(partial(reckoned_anew, spans, links)) for _ in range(3)]
    bench.figure("reckon the whole plan anew for a frame", naive, goal=16.6, percentile=0.99,
                 control=bench.size.runs > 1)


def reckoned_anew(spans: list[Span], links: list[Link]) -> None:
    Plan(spans, links).settled()
