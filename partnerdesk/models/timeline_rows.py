"""From projects and agreements to the rows of a timeline: what is below what, what stands beside each bar."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale

from partnerdesk.domain.portfolio import AgreementHead, Insides, Portfolio, ProjectHead
from partnerdesk.domain.projects import Deliverable, Milestone, Task, WorkPackage
from partnerdesk.domain.schedule import days_late
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.timeaxis import short_month
from partnerdesk.look.timeline import Bar, Chart, Key, Link, LinkTree, Section, Span, Tone, joined, reach_of
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.names import country_name

Grouping = Literal["", "partner", "country", "programme", "owner"]
Record = ProjectHead | AgreementHead | WorkPackage | Task | Milestone | Deliverable | str


@dataclass(slots=True)
class Block:
    """Rows that are laid together, with their records and with links counted from the first of them."""

    rows: list[Bar] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tree: LinkTree = field(default_factory=lambda: LinkTree(()))
    reach: Span | None = None

    def put(self, bar: Bar, record: Record) -> int:
        """Add a row; its place."""
        self.rows.append(bar)
        self.records.append(record)
        return len(self.rows) - 1

    def done(self) -> "Block":
        """The block with its links laid into their tree."""
        self.tree, self.reach = LinkTree(self.links), reach_of(self.rows)
        return self


Blocks = dict[tuple[int, int], tuple[object, Block]]
"""Blocks of projects by (id, level), each with what it was made of, so that only what changed is laid again."""


@dataclass(slots=True)
class Laid:
    """The rows from the top with the record of each."""

    today: int
    rows: list[Bar] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def add(self, block: Block) -> None:
        """Put a block below what is there."""
        self.sections.append(Section(len(self.rows), block.tree, block.reach))
        self.rows += block.rows
        self.records += block.records

    def chart(self) -> Chart:
        """What is painted."""
        return Chart(self.rows, self.today, self.sections)


def lay(
    portfolio: Portfolio, insides: Mapping[int, Insides], by: Grouping, is_open: Callable[[Key], bool], today: date,
    kept: Blocks | None = None,
) -> Laid:
    """The rows of a portfolio, in lanes by partner, country, programme or owner, or one project after the other.

    `kept` remembers the blocks of projects from one time to the next.
    """
    laid, layer = Laid(today.toordinal()), _Layer(insides, is_open, today, {} if kept is None else kept)
    if not by:
        layer.put(laid, portfolio.projects, portfolio.agreements, 0)
        return laid
    for key, name, projects, agreements in grouped(portfolio, by):
        count = counted(len(projects) + len(agreements), _tr("1 line"), _tr("{n} lines"))
        bar = Bar(key=("group", key), shape="group", name=name, more=count, open=is_open(("group", key)))
        reach = joined([*(_span(*_days(one)) for one in projects),
                        *(_span(one.starts_on, one.ends_on) for one in agreements)])
        if reach is not None:
            bar = replace(bar, first=reach[0], last=reach[1])
        laid.add(Block([bar], [name], reach=reach))
        if bar.open:
            layer.put(laid, projects, agreements, 1)
    return laid


class _Layer:
    """Lays projects and agreements block by block, taking those that are as they were."""

    def __init__(self, insides: Mapping[int, Insides], is_open: Callable[[Key], bool], today: date, kept: Blocks,
                 ) -> None:
        self._insides, self._is_open, self._today, self._kept = insides, is_open, today, kept

    def put(self, laid: Laid, projects: Sequence[ProjectHead], agreements: Sequence[AgreementHead],
            level: int) -> None:
        for project in projects:
            laid.add(self._project(project, level))
        if agreements:
            block = Block()
            for agreement in agreements:
                _put_agreement(block, agreement, self._today, level)
            laid.add(block.done())

    def _project(self, project: ProjectHead, level: int) -> Block:
        inside = self._insides.get(project.id)
        opened = self._is_open(("project", project.id))
        packages = inside.packages if inside is not None and opened else ()
        made_of = (project, inside and id(inside), opened, self._today, QLocale().name(),
                   tuple(self._is_open(("package", one.id)) for one in packages))
        found = self._kept.get((project.id, level))
        if found is not None and found[0] == made_of:
            return found[1]
        block = Block()
        _put_project(block, project, inside, self._is_open, self._today, level)
        self._kept[project.id, level] = made_of, block.done()
        return block


def grouped(
    portfolio: Portfolio, by: Grouping
) -> Iterator[tuple[str, str, list[ProjectHead], list[AgreementHead]]]:
    """Of each lane its key, its name, its projects and agreements; what belongs nowhere comes last."""
    names: dict[str, str] = {}
    projects: dict[str, list[ProjectHead]] = defaultdict(list)
    agreements: dict[str, list[AgreementHead]] = defaultdict(list)
    for project in portfolio.projects:
        for key, name in _lanes(project, by):
            names[key] = name
            projects[key].append(project)
    for agreement in portfolio.agreements:
        for key, name in _lanes(agreement, by):
            names[key] = name
            agreements[key].append(agreement)
    for key in sorted(names, key=lambda one: (not one, fold(names[one]))):
        yield key, names[key], projects[key], agreements[key]


def short_day(day: date | None, today: date) -> str:
    """ "31 May", with its year where it is not this one: two days of the same month can stand one above the other."""
    return "" if day is None else _short_day(day, day.year != today.year, QLocale().name())


@lru_cache(maxsize=16_384)
def _short_day(day: date, far: bool, _: str) -> str:
    words = f"{day.day} {short_month(day)}"
    return f"{words} {day.year}" if far else words


@lru_cache(maxsize=1024)
def _figure(percent: int, _: str) -> str:
    return number(percent)


def late_words(days: int) -> str:
    """ "13 days late"."""
    return counted(days, _tr("1 day late"), _tr("{n} days late"))


def name_of(record: Record) -> str:
    """What a record is called beside its bar."""
    if isinstance(record, str):
        return record
    if isinstance(record, ProjectHead):
        return record.acronym or record.title or _tr("Project without a name")
    if isinstance(record, AgreementHead):
        return record.title or say(label_of("agreement_type", record.type))
    if isinstance(record, Task):
        return record.title or _tr("Task without a name")
    return f"{record.number} {record.title}".strip() or _tr("Without a name")


def lateness(record: Record, today: date) -> int:
    """By how many days something due has passed without being done."""
    if isinstance(record, Task):
        return 0 if record.progress >= 100 else days_late(record.ends_on, None, today)
    if isinstance(record, Milestone):
        return 0 if record.met_on else days_late(record.due_on, None, today)
    if isinstance(record, Deliverable):
        return 0 if record.submitted_on else days_late(record.due_on, None, today)
    if isinstance(record, ProjectHead):
        return days_late(record.next_due, None, today)
    return 0


def _lanes(one: ProjectHead | AgreementHead, by: Grouping) -> list[tuple[str, str]]:
    if by == "partner":
        found = {str(side.id): side.name for side in one.sides}
        return list(found.items()) or [("", _tr("No partner"))]
    if by == "country":
        found = {side.country: country_name(side.country) for side in one.sides if side.country}
        return list(found.items()) or [("", _tr("No country"))]
    if by == "programme":
        return [(one.programme, say(label_of("programme", one.programme)) if one.programme else _tr("No programme"))]
    return [(one.responsible, one.responsible or _tr("Nobody responsible"))]


def _put_project(laid: Block, project: ProjectHead, inside: Insides | None, is_open: Callable[[Key], bool],
                 today: date, level: int) -> None:
    key: Key = ("project", project.id)
    first, last = _days(project)
    opened = is_open(key)
    base = _span(project.starts_on, project.ends_on) if project.amended_to else None
    words, tone = _project_words(project, opened, today)
    laid.put(Bar(
        key=key, shape="project", name=name_of(project), more=project.title if project.acronym else "", level=level,
        first=_ordinal(first), last=_ordinal(last), base=base, words=words, tone=tone, fixed=False,
        due=short_day(last, today), owner=project.responsible,
        open=opened if _holds(project, inside) else None), project)
    if opened and inside is not None:
        _Inside(laid, inside, is_open, today, level + 1).put()


def _holds(project: ProjectHead, inside: Insides | None) -> bool:
    """Whether there is anything below a project."""
    if inside is None:
        return bool(project.tasks or project.open_points)
    return bool(inside.packages or inside.tasks or inside.milestones or inside.deliverables)


def _project_words(project: ProjectHead, opened: bool, today: date) -> tuple[str, Tone]:
    """What stands beside a project; once it is open its tasks speak for it."""
    if _days(project) == (None, None):
        return _tr("no dates"), "muted"
    late = 0 if opened else lateness(project, today)
    if late:
        return late_words(late), "danger"
    told = project.tasks and not opened
    return (_tr("{percent} %").format(percent=number(project.progress)) if told else ""), ""


def _put_agreement(laid: Block, agreement: AgreementHead, today: date, level: int) -> None:
    until = short_day(agreement.ends_on, today)
    words = _tr("no end") if agreement.starts_on and not agreement.ends_on else ""
    if agreement.draft:
        words = _tr("draft")
    elif agreement.ended:
        words = _tr("ended")
    elif not agreement.starts_on and not agreement.ends_on:
        words = _tr("no dates")
    # one without an end is shown to go on beyond what can be seen
    last = agreement.ends_on or (date.max if agreement.starts_on and not agreement.draft else None)
    laid.put(Bar(
        key=("agreement", agreement.id), shape="agreement", name=name_of(agreement),
        more=agreement.sides[0].name if agreement.sides else "", level=level, first=_ordinal(agreement.starts_on),
        last=_ordinal(last), met=agreement.draft, words=words, tone="muted", due=until, owner=agreement.responsible,
        fixed=True), agreement)


class _Inside:
    """Puts the rows of one project: each package with its tasks and points, then what belongs to none."""

    def __init__(self, laid: Block, inside: Insides, is_open: Callable[[Key], bool], today: date, level: int) -> None:
        self._laid, self._inside, self._is_open, self._today, self._level = laid, inside, is_open, today, level
        self._at: dict[Key, int] = {}
        self._tasks: dict[int | None, list[Task]] = defaultdict(list)
        self._points: dict[int | None, list[Milestone | Deliverable]] = defaultdict(list)
        known = {package.id for package in inside.packages}
        for task in inside.tasks:
            self._tasks[task.work_package_id if task.work_package_id in known else None].append(task)
        for point in self._all_points():
            self._points[point.work_package_id if point.work_package_id in known else None].append(point)

    def put(self) -> None:
        for package in self._inside.packages:
            self._put_package(package)
        self._put_all(None, self._level)
        for link in self._inside.links:
            self._link(link.id, ("task", link.before_id), ("task", link.task_id), link.kind)
        for point in self._all_points():
            if point.task_id is not None:
                self._link(0, ("task", point.task_id), (_kind(point), point.id), "FS")

    def _all_points(self) -> tuple[Milestone | Deliverable, ...]:
        return (*self._inside.milestones, *self._inside.deliverables)

    def _link(self, link_id: int, before: Key, after: Key, kind: str) -> None:
        one, other = self._at.get(before), self._at.get(after)
        if one is not None and other is not None:
            critical = {before[1], after[1]} <= self._inside.critical and after[0] == "task"
            self._laid.links.append(Link(link_id, one, other, kind, critical))

    def _put_package(self, package: WorkPackage) -> None:
        key: Key = ("package", package.id)
        tasks, points = self._tasks[package.id], self._points[package.id]
        first, last = package_days(package, tasks)
        base = _span(package.base_from, package.base_to)
        below = bool(tasks or points)
        words = "" if first or last or below else _tr("no dates")
        self._laid.put(Bar(
            key=key, shape="package", name=name_of(package), level=self._level, first=_ordinal(first),
            last=_ordinal(last), done=progress_of(tasks), base=base, words=words, tone="muted",
            due=short_day(last, self._today), owner=package.responsible, open=self._is_open(key) if below else None,
            # without days of its own it goes where its tasks go
            fixed=package.starts_on is None and package.ends_on is None), package)
        if below and self._is_open(key):
            self._put_all(package.id, self._level + 1)

    def _put_all(self, package: int | None, level: int) -> None:
        after: dict[int | None, list[Milestone | Deliverable]] = defaultdict(list)
        tasks = self._tasks[package]
        here = {task.id for task in tasks}
        for point in self._points[package]:
            after[point.task_id if point.task_id in here else None].append(point)
        for task in tasks:
            self._at["task", task.id] = self._laid.put(self._task_bar(task, level), task)
            for point in after[task.id]:
                self._put_point(point, level)
        for point in after[None]:
            self._put_point(point, level)

    def _put_point(self, point: Milestone | Deliverable, level: int) -> None:
        self._at[_kind(point), point.id] = self._laid.put(self._point_bar(point, level), point)

    def _task_bar(self, task: Task, level: int) -> Bar:
        late, today = lateness(task, self._today), self._today
        words, tone = self._task_words(task, late)
        return Bar(key=("task", task.id), shape="task", name=name_of(task), level=level,
                   first=_ordinal(task.starts_on), last=_ordinal(task.ends_on), done=task.progress / 100,
                   base=_span(task.base_from, task.base_to), late=late, critical=task.id in self._inside.critical,
                   words=words, tone=tone, due=short_day(task.ends_on, today), owner=task.responsible)

    def _point_bar(self, point: Milestone | Deliverable, level: int) -> Bar:
        late, met = lateness(point, self._today), met_on(point)
        due = short_day(point.due_on, self._today)
        words, tone = self._point_words(point, late)
        return Bar(key=(_kind(point), point.id), shape=_kind(point), name=name_of(point), level=level,
                   first=_ordinal(point.due_on), last=_ordinal(point.due_on), late=late,
                   base=_span(point.base_due, point.base_due),
                   met=met is not None, words=words, tone=tone, due=due, owner=point.responsible)

    def _task_words(self, task: Task, late: int) -> tuple[str, Tone]:
        if task.starts_on is None and task.ends_on is None:
            return _tr("no dates"), "muted"
        if task.progress >= 100:
            return _tr("done"), "muted"
        if late:
            return late_words(late), "danger"
        if task.ends_on is None:
            return _tr("no end"), "muted"
        until = _tr("{percent} %, until {day}").format(
            percent=_figure(task.progress, QLocale().name()), day=short_day(task.ends_on, self._today))
        return (until if task.progress else ""), ""

    def _point_words(self, point: Milestone | Deliverable, late: int) -> tuple[str, Tone]:
        met = met_on(point)
        if met is not None:
            said = _tr("submitted {day}") if isinstance(point, Deliverable) else _tr("met {day}")
            return said.format(day=short_day(met, self._today)), "muted"
        if late:
            return late_words(late), "danger"
        return (short_day(point.due_on, self._today), "") if point.due_on else (_tr("no date"), "muted")


def package_days(package: WorkPackage, tasks: Sequence[Task]) -> tuple[date | None, date | None]:
    """The days of a work package, those of its tasks where it has none of its own."""
    if package.starts_on or package.ends_on:
        return package.starts_on, package.ends_on
    days = [day for task in tasks for day in (task.starts_on, task.ends_on) if day is not None]
    return min(days, default=None), max(days, default=None)


def progress_of(tasks: Iterable[Task]) -> float:
    """How much of the task days is done, 0 to 1; without days each task counts alike."""
    weighed = [(max(1, (t.ends_on - t.starts_on).days + 1) if t.starts_on and t.ends_on else 1, t.progress)
               for t in tasks]
    whole = sum(days for days, _ in weighed)
    return sum(days * percent for days, percent in weighed) / (100 * whole) if whole else 0.0


def met_on(point: Milestone | Deliverable) -> date | None:
    """When a milestone was met, or a deliverable handed in."""
    return point.met_on if isinstance(point, Milestone) else point.submitted_on


def _kind(point: Milestone | Deliverable) -> Literal["milestone", "deliverable"]:
    return "milestone" if isinstance(point, Milestone) else "deliverable"


def _days(project: ProjectHead) -> tuple[date | None, date | None]:
    return project.starts_on, project.amended_to or project.ends_on


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


def _span(first: date | None, last: date | None) -> Span | None:
    one, other = first or last, last or first
    return None if one is None or other is None else (one.toordinal(), max(one, other).toordinal())


def _tr(words: str) -> str:
    return QCoreApplication.translate("Timeline", words)
