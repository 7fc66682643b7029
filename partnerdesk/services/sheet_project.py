"""The status report of a project: how it goes and why, its plan, what is due and decided, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.dates import add_months
from partnerdesk.domain.documents import (
    Block,
    Cell,
    Fact,
    Head,
    Pair,
    PrintDocument,
    Remarks,
    Strip,
    StripLane,
    StripPoint,
    Table,
)
from partnerdesk.domain.project_rules import Point, end_of, met_day
from partnerdesk.domain.projects import Task, WorkPackage
from partnerdesk.domain.schedule import days_late
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted
from partnerdesk.services.prints import Print
from partnerdesk.services.project_file import ProjectFile, project_file
from partnerdesk.services.sheets import Printer
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

AHEAD_DAYS = 90
GRAVEST = 3
LINE = 110
"""How many letters of running text a line of the page holds."""
MARKS = 12
_STATUS = QT_TRANSLATE_NOOP("PartnerDesk", "Project status report")
_LIGHTS = {"green": "HOLDS", "amber": "PROBLEM", "red": "ENDED", "": "DRAFT"}
_NO_LIGHT = QT_TRANSLATE_NOOP("PartnerDesk", "Not judged")


def status_reports(ids: Sequence[int]) -> Print:
    """The status reports of these projects."""
    return Print(tuple(ids), _gather, QT_TRANSLATE_NOOP("PartnerDesk", "Project status reports"))


def _gather(reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (status_report(printer, project_file(reader, one)) for one in ids)


def status_report(printer: Printer, file: ProjectFile) -> PrintDocument:
    """One project on one page."""
    project, today = file.project, printer.house.today
    blocks: list[Block] = [_light(printer, file)]
    if project.decisions.strip():
        blocks.append(_decisions(printer, file))
    strip = _strip(printer, file, today)
    if strip.lanes:
        blocks.append(strip)
    blocks += [_due(printer, file, today), _risks(printer, file),
               Pair(_points(printer, file, today), _partners(printer, file), 0.34),
               Remarks(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Remarks")))]
    name = project.acronym or project.title
    made = printer.sheet(_STATUS, _head(printer, file), blocks, title=f"{printer.voice.say(_STATUS)} – {name}")
    return replace(made, flows=False)


def _head(printer: Printer, file: ProjectFile) -> Head:
    project, fact = file.project, printer.fact
    lines = (printer.code("project_kind", project.kind) if project.kind else "",
             _programme(printer, project.programme),
             project.grant_number)
    facts = (
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Status"), printer.code("project_status", project.status)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Runs"), printer.days(project.starts_on, end_of(project))),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Our role"), printer.code("project_role", project.our_role)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Lead institution"), file.name_of(project.lead_id)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Responsible"), project.responsible),
        _money(printer, file),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Work done"), f"{file.progress} %" if file.tasks else ""),
    )
    name = " – ".join(part for part in (project.acronym, project.title) if part)
    said = " · ".join(part for part in lines if part)
    return Head(name, lines=tuple(part for part in (said, project.summary) if part), facts=facts)


def _programme(printer: Printer, written: str) -> str:
    """A programme of the short list in the reader's words, any other as it is written."""
    return printer.code("programme", written) if written in vocabulary("programme") else written


def _money(printer: Printer, file: ProjectFile) -> Fact:
    """ "120,000 of 210,000 EUR (57 %)": what of our budget is spent, or of the whole where ours is not known."""
    project, voice = file.project, printer.voice
    budget = project.own_budget if project.own_budget is not None else project.budget
    label = QT_TRANSLATE_NOOP("PartnerDesk", "Our budget used") if project.own_budget is not None else (
        QT_TRANSLATE_NOOP("PartnerDesk", "Budget used"))
    if budget is None or project.spent is None:
        whole = f"{voice.money(budget).removesuffix('.00').removesuffix(',00')} {project.currency}" if budget else ""
        return printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Budget"), whole.strip())
    amounts = [voice.money(one).removesuffix(".00").removesuffix(",00") for one in (project.spent, budget)]
    share = f" ({round(100 * project.spent / budget)} %)" if budget else ""
    said = voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "{spent} of {budget}"), spent=amounts[0], budget=amounts[1])
    return printer.fact(label, f"{said} {project.currency}{share}")


def _light(printer: Printer, file: ProjectFile) -> Table:
    health, say = file.health, printer.voice.say
    word = say(label_of("project_health", health.light)) if health.light else say(_NO_LIGHT)
    reasons = [say(reason) for reason in health.reasons]
    rows = [(Cell(word, _LIGHTS[health.light]), Cell(reasons[0])), *((Cell(""), Cell(one)) for one in reasons[1:])]
    return Table(say(QT_TRANSLATE_NOOP("PartnerDesk", "How it goes")),
                 (printer.column("", 0.22, "left", "strong"), printer.column("", 0.78)), tuple(rows))


def _decisions(printer: Printer, file: ProjectFile) -> Table:
    asked = [part for line in file.project.decisions.splitlines() for part in wrap(line, LINE)]
    return Table(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Decisions asked for")), (printer.column("", 1.0),),
                 tuple((Cell(one),) for one in asked))


def _strip(printer: Printer, file: ProjectFile, today: date) -> Strip:
    """Work packages as lanes with their points, or the tasks where there are none."""
    first, last = file.span
    title = printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Timeline"))
    if first is None or last is None or last <= first:
        return Strip(title, (), ())
    days = (last - first).days + 1

    def at(day: date, over: int = 0) -> float:
        return min(1.0, max(0.0, ((day - first).days + over) / days))

    lanes = []
    for package in (*file.packages, None):
        tasks = [one for one in file.tasks if one.work_package_id == (package.id if package else None)]
        points = [one for one in file.points if one.work_package_id == (package.id if package else None)]
        if package is None and not tasks and not points:
            continue
        begins, ends = _span(package, tasks)
        lanes.append(StripLane(
            package.title if package else printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Without work package")),
            at(begins) if begins else None, at(ends, 1) if ends else None, _done(tasks),
            tuple(StripPoint(at(one.due_on), _sign(one, today)) for one in points if one.due_on is not None),
            package.number if package else ""))
    return Strip(title, _marks(printer, first, last, at), tuple(lanes), at(today) if first <= today <= last else None,
                 printer.days(first, last))


def _span(package: WorkPackage | None, tasks: Sequence[Task]) -> tuple[date | None, date | None]:
    """The days of a work package, else those that its tasks take."""
    begins = package.starts_on if package else None
    ends = package.ends_on if package else None
    return (begins or min((one.starts_on for one in tasks if one.starts_on), default=None),
            ends or max((one.ends_on for one in tasks if one.ends_on), default=None))


def _done(tasks: Sequence[Task]) -> float:
    weighed = [((one.ends_on - one.starts_on).days + 1 if one.starts_on and one.ends_on else 1, one.progress)
               for one in tasks]
    whole = sum(days for days, _ in weighed)
    return sum(days * progress for days, progress in weighed) / whole / 100 if whole else 0.0


def _marks(printer: Printer, first: date, last: date, at: Callable[[date], float]) -> tuple[tuple[float, str], ...]:
    """The beginnings of months, quarters or years, as many as a strip has room for."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((n for n in (1, 3, 6, 12) if months / n <= MARKS), 12 * max(1, months // (12 * MARKS) + 1))
    day = add_months(date(first.year, 1, 1), step * ((first.month - 1) // step + 1) if first.day > 1 else
                     step * -(-(first.month - 1) // step))
    found = []
    while day <= last:
        if day >= first:
            found.append((at(day), str(day.year) if day.month == 1 or step >= 12 else printer.voice.month(day)))
        day = add_months(day, step)
    return tuple(found)


def _sign(point: Point, today: date) -> str:
    if met_day(point)[0] is not None:
        return "HOLDS"
    return "PROBLEM" if days_late(point.due_on, None, today) else "MILESTONE"


def _due(printer: Printer, file: ProjectFile, today: date) -> Table:
    """What is late, then what is due within the next days: points and tasks."""
    say = printer.voice.say
    soon = today + timedelta(days=AHEAD_DAYS)
    rows: list[tuple[date, tuple[Cell, ...]]] = []
    for point in file.points:
        if met_day(point)[0] is None and point.due_on is not None and point.due_on <= soon:
            rows.append((point.due_on, (Cell(point.number), Cell(point.title), Cell(point.responsible or NOTHING),
                                        Cell(printer.voice.day(point.due_on)), _when(printer, point.due_on, today))))
    for task in file.tasks:
        if task.progress < 100 and task.ends_on is not None and task.ends_on <= soon:
            done = say(QT_TRANSLATE_NOOP("PartnerDesk", "{title} ({n} % done)"), title=task.title, n=task.progress)
            rows.append((task.ends_on, (Cell(""), Cell(done), Cell(task.responsible or NOTHING),
                                        Cell(printer.voice.day(task.ends_on)), _when(printer, task.ends_on, today))))
    rows.sort(key=lambda row: row[0])
    c = printer.column
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Late, and due in the next {n} days"), n=AHEAD_DAYS),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "No."), 0.07), c("", 0.43, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Responsible"), 0.18), c(QT_TRANSLATE_NOOP("PartnerDesk", "Due"), 0.14),
         c("", 0.18)),
        tuple(row for _, row in rows),
        empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "Nothing is late, and nothing is due in these days")))


def _when(printer: Printer, due: date, today: date) -> Cell:
    late = days_late(due, None, today)
    if late:
        return Cell(printer.voice.say(counted(late, QT_TRANSLATE_NOOP("PartnerDesk", "1 day late"),
                                              QT_TRANSLATE_NOOP("PartnerDesk", "{n} days late"))), "PROBLEM")
    left = (due - today).days
    words = Text(QT_TRANSLATE_NOOP("PartnerDesk", "today")) if not left else counted(
        left, QT_TRANSLATE_NOOP("PartnerDesk", "in 1 day"), QT_TRANSLATE_NOOP("PartnerDesk", "in {n} days"))
    return Cell(printer.voice.say(words), "SOON")


def _points(printer: Printer, file: ProjectFile, today: date) -> Table:
    """How many milestones and deliverables are met, late and still to come."""
    say, rows = printer.voice.say, []
    for title, points in ((QT_TRANSLATE_NOOP("PartnerDesk", "Milestones"), file.milestones),
                          (QT_TRANSLATE_NOOP("PartnerDesk", "Deliverables"), file.deliverables)):
        met = sum(met_day(one)[0] is not None for one in points)
        late = sum(met_day(one)[0] is None and bool(days_late(one.due_on, None, today)) for one in points)
        rows.append((Cell(say(title)), Cell(str(met)), Cell(str(late)), Cell(str(len(points) - met - late))))
    c = printer.column
    return Table(say(QT_TRANSLATE_NOOP("PartnerDesk", "Points of the plan")),
                 (c("", 0.4, "left", "strong"), c(QT_TRANSLATE_NOOP("PartnerDesk", "Met"), 0.2, "right"),
                  c(QT_TRANSLATE_NOOP("PartnerDesk", "Late"), 0.2, "right"),
                  c(QT_TRANSLATE_NOOP("PartnerDesk", "To come"), 0.2, "right")), tuple(rows))


def _risks(printer: Printer, file: ProjectFile) -> Table:
    say, c = printer.voice.say, printer.column
    gravest = sorted((one for one in file.risks if one.state == "open"), key=lambda one: -one.weight)[:GRAVEST]
    return Table(say(QT_TRANSLATE_NOOP("PartnerDesk", "Gravest risks")),
                 (c("", 0.48, "left", "strong"), c(QT_TRANSLATE_NOOP("PartnerDesk", "Response"), 0.42),
                  c(QT_TRANSLATE_NOOP("PartnerDesk", "Weight"), 0.1, "right")),
                 tuple((Cell(one.title), Cell(one.response), Cell(str(one.weight))) for one in gravest),
                 empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "No open risk")))


def _partners(printer: Printer, file: ProjectFile) -> Table:
    say, c = printer.voice.say, printer.column
    rows = []
    for member in file.members:
        rows.append((Cell(file.name_of(member.institution_id)), Cell(printer.code("project_role", member.role)),
                     Cell(printer.number(member.effort))))
    return Table(say(QT_TRANSLATE_NOOP("PartnerDesk", "Partners")),
                 (c("", 0.56, "left", "strong"), c(QT_TRANSLATE_NOOP("PartnerDesk", "Role"), 0.24),
                  c(QT_TRANSLATE_NOOP("PartnerDesk", "Person-months"), 0.2, "right")),
                 tuple(rows), empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "No partner is entered")))
