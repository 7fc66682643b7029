"""What is done to the plan of a project as a whole: shifted, stretched, delayed from a day on, agreed as the baseline.

Each is one step that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock, schedule
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.project_rules import end_of, frame_problems, met_day, project_problems
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task, WorkPackage
from partnerdesk.domain.schedule import Span
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import refuse_blocks
from partnerdesk.services.project_file import points_of
from partnerdesk.services.project_labels import named
from partnerdesk.services.project_plan import settle_project

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

Place = Callable[[date | None], date | None]
_SPANNED: tuple[type[Any], ...] = (Task, WorkPackage)
_DUE: tuple[type[Any], ...] = (Milestone, Deliverable)


def shift_project(project: Project, days: int) -> Deed[int]:
    """Every planned day so many days later, earlier with a minus: there and back is where it was. How many rows moved.

    What was met or submitted keeps the day on which it was, and what was agreed stays as agreed. Raises Refused.
    """

    def run(unit: Unit) -> int:
        def later(day: date | None) -> date | None:
            return schedule.moved_day(day, days)

        return _moved_whole(unit, unit.get(Project, project.id), later, later)

    when = (counted(days, QT_TRANSLATE_NOOP("PartnerDesk", "1 day later"),
                    QT_TRANSLATE_NOOP("PartnerDesk", "{n} days later")) if days >= 0
            else counted(-days, QT_TRANSLATE_NOOP("PartnerDesk", "1 day earlier"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "{n} days earlier")))
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "shift {name}: {when}"), name=named(project), when=when), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Shifted {name}: {when}"), name=named(project), when=when))


def stretch_project(project: Project, ends_on: date) -> Deed[int]:
    """Stretch or shorten a whole plan so that the project ends on another day; how many rows moved. Raises Refused.

    Its beginning stays. Tasks that would stand before what they wait for are pushed.
    """

    def run(unit: Unit) -> int:
        stored = unit.get(Project, project.id)
        start, end = stored.starts_on, end_of(stored)
        if start is None or end is None:
            raise Refused(Problem("R10", "block", "ends_on", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Only a project with a beginning and an end can be stretched"))))
        if ends_on < start:
            raise Refused(Problem("R10", "block", "ends_on", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The end lies before the beginning"))))
        before, after = (end - start).days + 1, (ends_on - start).days + 1

        def first(day: date | None) -> date | None:
            return schedule.scaled_day(day, start, before, after)

        def last(day: date | None) -> date | None:
            ends = schedule.moved_day(schedule.scaled_day(schedule.moved_day(day, 1), start, before, after), -1)
            begins = first(day)
            return ends if ends is None or begins is None else max(begins, ends)

        moved = _moved_whole(unit, stored, first, last)
        return moved + settle_project(stored).run(unit).tasks

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "stretch {name} to another end"), name=named(project)), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Stretched {name}"), name=named(project)))


def delay_project(project: Project, since: date, days: int, extend: bool = True) -> Deed[int]:
    """Insert a pause: what is to begin or due from `since` on goes later, what runs then ends later; how many rows.

    What is done keeps its days. The project is extended by the days unless `extend` is False. Raises Refused.
    """

    def run(unit: Unit) -> int:
        if days < 1:
            raise Refused(Problem("R10", "block", "days", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "A delay lasts at least one day"))))

        def later(day: date | None) -> date | None:
            return schedule.moved_day(day, days) if day is not None and day >= since else day

        stored = unit.get(Project, project.id)
        end = end_of(stored)
        if extend and end is not None and end >= since:
            unit.change(Project, stored.id, None, amended_to=schedule.moved_day(end, days))
        moved = _write_spans(unit, Task, schedule.delayed(
            [_span(one) for one in unit.find(Task, project_id=stored.id) if one.progress < 100], since, days))
        moved += _write_spans(unit, WorkPackage, schedule.delayed(
            [_span(one) for one in unit.find(WorkPackage, project_id=stored.id)], since, days))
        moved += _move_points(unit, stored.id, later, True)
        _refuse_outside(unit, stored.id)
        return moved + settle_project(stored).run(unit).tasks

    return Deed(counted(days, QT_TRANSLATE_NOOP("PartnerDesk", "delay {name} by 1 day"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "delay {name} by {n} days"), name=named(project)), run,
                counted(days, QT_TRANSLATE_NOOP("PartnerDesk", "Delayed {name} by 1 day"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Delayed {name} by {n} days"), name=named(project)))


def set_baseline(project: Project) -> Deed[int]:
    """Note the days of the plan as the ones agreed, to compare later days with; how many rows were noted."""

    def run(unit: Unit) -> int:
        unit.change(Project, project.id, None, baseline_on=clock.today())
        return _note_base(unit, project.id, lambda day: day)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "agree on the plan of {name}"), name=named(project)), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Noted the plan of {name} as agreed"), name=named(project)))


def _span(one: Task | WorkPackage) -> Span:
    return Span(one.id, one.starts_on, one.ends_on)


def _write_spans(unit: Unit, record: type[Any], spans: Mapping[int, Span]) -> int:
    return unit.change_each(record, {i: {"starts_on": one.first, "ends_on": one.last} for i, one in spans.items()})


def _move_points(unit: Unit, project_id: int, place: Place, still_open: bool) -> int:
    """Move the due days of milestones and deliverables; with `still_open` only where they are not met."""
    moved = 0
    for record in _DUE:
        some = [one for one in unit.find(record, project_id=project_id) if one.due_on is not None
                and not (still_open and met_day(one)[0] is not None)]
        moved += unit.change_each(record, {one.id: {"due_on": place(one.due_on)} for one in some})
    return moved


def _moved_whole(unit: Unit, project: Project, first: Place, last: Place) -> int:
    """Move every planned day of a project: those on which something begins, and those on which it ends or is due."""
    fields: dict[str, Any] = {"starts_on": first(project.starts_on), "ends_on": last(project.ends_on),
                              "amended_to": last(project.amended_to)}
    refuse_blocks(project_problems(replace(project, **fields)))
    moved = int(unit.change(Project, project.id, None, **fields))
    for record in _SPANNED:
        spans = {}
        for one in unit.find(record, project_id=project.id):
            begins, ends = first(one.starts_on), last(one.ends_on)
            ends = max(begins, ends) if begins is not None and ends is not None else ends
            spans[one.id] = Span(one.id, begins, ends)
        moved += _write_spans(unit, record, spans)
    return moved + _move_points(unit, project.id, last, False)


def _refuse_outside(unit: Unit, project_id: int) -> None:
    problems = frame_problems(unit.get(Project, project_id), points_of(unit, project_id))
    refuse_blocks(replace(one, field="") for one in problems)


def _note_base(unit: Unit, project_id: int, noted: Place) -> int:
    rows = 0
    for record in _SPANNED:
        rows += unit.change_each(record, {one.id: {"base_from": noted(one.starts_on), "base_to": noted(one.ends_on)}
                                          for one in unit.find(record, project_id=project_id)})
    for record in _DUE:
        rows += unit.change_each(record, {one.id: {"base_due": noted(one.due_on)}
                                          for one in unit.find(record, project_id=project_id)})
    return rows
