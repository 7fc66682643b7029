"""What the tables of a project's form are: their columns, the further fields of a row, and what a new row begins as."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.partners import OrgUnit
from partnerdesk.domain.projects import (
    Deliverable,
    Milestone,
    ProjectMember,
    ProjectPerson,
    Risk,
    WorkPackage,
)
from partnerdesk.domain.text import fold
from partnerdesk.models.edit_grid import GridColumn, Kind
from partnerdesk.models.project_grid import PartColumn, TaskRow, read_waits, wait_words
from partnerdesk.views.agreement_fields import ParsedEditor, term_options
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import LineEditor, TextEditor
from partnerdesk.views.kit.picker import Option, Reply
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.numberfield import NumberEditor
from partnerdesk.views.partner_children import as_tree
from partnerdesk.views.project_table import Detail, TableSpec
from partnerdesk.views.project_work import ProjectWork

_PICKED = ("institution", "package", "task")


def _tr(source: str) -> str:
    return QCoreApplication.translate("ProjectForm", source)


def package_spec(work: ProjectWork) -> TableSpec:
    """Work packages."""
    columns = (
        _column("number", _tr("No."), 62, "text"),
        _column("title", _tr("Work package"), 116, "text", grows=True),
        _column("starts_on", _tr("From"), 110, "spanned"),
        _column("ends_on", _tr("Until"), 118, "spanned"),
        _column("lead_id", _tr("Lead"), 130, "institution", spare=True),
        _column("responsible", _tr("Responsible"), 120, "text", spare=True),
    )
    details = (
        Detail("lead_id", lambda: _institutions(work)), Detail("responsible", LineEditor),
        Detail("objectives", TextEditor, "wide"),
    )
    return TableSpec("packages", _tr("Work packages"), _tr("Add a work package"),
                     _tr("No work packages yet. A small project needs none."), columns, details,
                     lambda: work.file.packages, lambda: WorkPackage(
                         number=_next("WP", work.file.packages), title=_tr("New work package")))


def task_spec(work: ProjectWork) -> TableSpec:
    """Tasks, what they wait for among their columns."""
    columns = (
        _column("row", _tr("#"), 40, "row"),
        _column("title", _tr("Task"), 122, "text", grows=True),
        _column("starts_on", _tr("From"), 98, "day"),
        _column("ends_on", _tr("Until"), 98, "day"),
        _column("waits", _tr("After"), 62, "waits", spare=True),
        _column("progress", _tr("Done"), 66, "percent"),
        _column("work_package_id", _tr("Work package"), 108, "package", spare=True),
        _column("responsible", _tr("Responsible"), 120, "text", spare=True),
        _column("institution_id", _tr("Institution"), 130, "institution", spare=True),
    )
    details = (
        Detail("waits", lambda: _waits(work), label=_tr("After, as in 2 or 3SS+5")),
        Detail("work_package_id", lambda: _packages(work)), Detail("responsible", LineEditor),
        Detail("institution_id", lambda: _institutions(work)), Detail("remark", TextEditor, "wide"),
    )
    return TableSpec("tasks", _tr("Tasks"), _tr("Add a task"), _tr("No tasks yet."), columns, details,
                     lambda: work.tasks, lambda: TaskRow(title=_tr("New task")))


def milestone_spec(work: ProjectWork) -> TableSpec:
    """Milestones."""
    columns = (
        _column("number", _tr("No."), 62, "text"),
        _column("title", _tr("Milestone"), 120, "text", grows=True),
        _column("due_on", _tr("Due"), 112, "day"),
        _column("met_on", _tr("Met on"), 134, "done"),
        _column("work_package_id", _tr("Work package"), 108, "package", spare=True),
        _column("task_id", _tr("After task"), 84, "task", spare=True),
        _column("responsible", _tr("Responsible"), 120, "text", spare=True),
    )
    details = (
        Detail("work_package_id", lambda: _packages(work)), Detail("task_id", lambda: _tasks(work)),
        Detail("responsible", LineEditor), Detail("verification", TextEditor, "wide"),
        Detail("remark", TextEditor, "wide"),
    )
    return TableSpec("milestones", _tr("Milestones"), _tr("Add a milestone"), _tr("No milestones yet."), columns,
                     details, lambda: work.file.milestones,
                     lambda: Milestone(number=_next("M", work.file.milestones), title=_tr("New milestone")))


def deliverable_spec(work: ProjectWork) -> TableSpec:
    """Deliverables."""
    columns = (
        _column("number", _tr("No."), 62, "text"),
        _column("title", _tr("Deliverable"), 120, "text", grows=True),
        _column("kind", _tr("Kind"), 66, "term:deliverable_kind", spare=True),
        _column("due_on", _tr("Due"), 112, "day"),
        _column("submitted_on", _tr("Submitted"), 134, "done"),
        _column("dissemination", _tr("Seen by"), 66, "term:dissemination", spare=True),
        _column("work_package_id", _tr("Work package"), 108, "package", spare=True),
        _column("institution_id", _tr("Institution"), 130, "institution", spare=True),
        _column("responsible", _tr("Responsible"), 120, "text", spare=True),
    )
    details = (
        Detail("kind", lambda: PickerField(term_options("deliverable_kind"), required=True)),
        Detail("dissemination", lambda: PickerField(term_options("dissemination"), required=True)),
        Detail("work_package_id", lambda: _packages(work)), Detail("task_id", lambda: _tasks(work)),
        Detail("institution_id", lambda: _institutions(work)), Detail("responsible", LineEditor),
        Detail("edition", LineEditor), Detail("remark", TextEditor, "wide"),
    )
    return TableSpec("deliverables", _tr("Deliverables"), _tr("Add a deliverable"), _tr("No deliverables yet."),
                     columns, details, lambda: work.file.deliverables,
                     lambda: Deliverable(number=_next("D", work.file.deliverables), title=_tr("New deliverable")))


def member_spec(work: ProjectWork, chosen: Callable[[], int | None]) -> TableSpec:
    """Institutions that take part; which ones is chosen when one is added. `chosen` is the one of the current row."""
    columns = (
        _column("institution_id", _tr("Institution"), 132, "told-institution", grows=True),
        _column("role", _tr("Role"), 98, "term:project_role"),
        _column("effort", _tr("Months"), 70, "amount"),
        _column("budget", _tr("Budget"), 88, "amount"),
        _column("contact", _tr("Contact"), 130, "text", spare=True),
    )
    details = (Detail("unit_id", lambda: _units(work, chosen)), Detail("contact", LineEditor))
    return TableSpec("members", _tr("Partners"), _tr("Add a partner"), _tr("No partners yet."), columns, details,
                     lambda: work.file.members, ProjectMember, "role")


def person_spec(work: ProjectWork) -> TableSpec:
    """People with their hours."""
    columns = (
        _column("name", _tr("Name"), 118, "text", grows=True),
        _column("role", _tr("Role"), 96, "text"),
        _column("hours", _tr("Planned"), 72, "amount"),
        _column("worked", _tr("Worked"), 72, "amount"),
        _column("institution_id", _tr("Institution"), 130, "institution", spare=True),
        _column("email", _tr("E-mail"), 150, "text", spare=True),
        _column("valid_from", _tr("From"), 98, "day", spare=True),
        _column("valid_to", _tr("Until"), 98, "day", spare=True),
    )
    details = (
        Detail("institution_id", lambda: _institutions(work)), Detail("email", LineEditor),
        Detail("valid_from", LenientDateField), Detail("valid_to", LenientDateField),
    )
    return TableSpec("people", _tr("People"), _tr("Add a person"), _tr("Nobody yet."), columns, details,
                     lambda: work.file.people, lambda: ProjectPerson(name=_tr("New person")), "name")


def risk_spec(work: ProjectWork) -> TableSpec:
    """Risks with likelihood, impact and what follows from both."""
    columns = (
        _column("title", _tr("Risk"), 112, "text", grows=True),
        _column("likelihood", _tr("Likely"), 60, "scale"),
        _column("impact", _tr("Impact"), 66, "scale"),
        _column("weight", _tr("Weight"), 112, "weight"),
        _column("state", _tr("State"), 78, "term:risk_state"),
        _column("review_on", _tr("Look again"), 98, "day", spare=True),
        _column("responsible", _tr("Responsible"), 120, "text", spare=True),
        _column("response", _tr("Response"), 170, "text", spare=True),
    )
    details = (
        Detail("likelihood", NumberEditor, label=_tr("Likelihood, 1 to 5")),
        Detail("impact", NumberEditor, label=_tr("Impact, 1 to 5")),
        Detail("review_on", LenientDateField), Detail("responsible", LineEditor),
        Detail("response", TextEditor, "wide"),
    )
    return TableSpec("risks", _tr("Risks"), _tr("Add a risk"), _tr("No risks yet."), columns, details,
                     lambda: work.file.risks, lambda: Risk(title=_tr("New risk")))


def _column(key: str, title: str, width: int, value: str, *, grows: bool = False, spare: bool = False) -> PartColumn:
    kind: Kind = "text"
    if value in ("row", "weight") or value.startswith("told-"):
        kind = "told"
    elif value in _PICKED or value.startswith("term:"):
        kind = "choice"
    right = value in ("amount", "percent", "scale", "row")
    return PartColumn(GridColumn(key, title, width, kind, right, grows, spare), value.removeprefix("told-"))


def _next(letter: str, records: Sequence[Any]) -> str:
    """The number after the last one: WP4, M3."""
    taken = [int(tail) for one in records if one.number.startswith(letter)
             and (tail := one.number[len(letter):].split(".")[0]).isdecimal()]
    return f"{letter}{max(taken, default=0) + 1}"


def _institutions(work: ProjectWork) -> QWidget:
    return _picker(lambda: [(i, name, "") for i, name in work.names.institutions.items()])


def _packages(work: ProjectWork) -> QWidget:
    return _picker(lambda: [(i, name, "") for i, name in work.names.packages.items()])


def _tasks(work: ProjectWork) -> QWidget:
    return _picker(lambda: [(i, name, str(n)) for n, (i, name) in enumerate(work.names.tasks, start=1)])


def _units(work: ProjectWork, chosen: Callable[[], int | None]) -> QWidget:
    """The units of the institution in the current row, asked for when they are wanted."""

    def provide(typed: str, reply: Reply) -> None:
        words = fold(typed).split()

        def question(reader: Any) -> list[Option]:
            found = as_tree(reader.find(OrgUnit, institution_id=chosen()))
            return [Option(one.id, one.name, one.code) for one in found
                    if all(word in fold(f"{one.name} {one.code}") for word in words)]

        work.desk.ask(question, reply, key="pick a unit")

    return PickerField(provide, label_of=lambda unit: work.names.units.get(unit, ""), placeholder=_tr("None"))


def _waits(work: ProjectWork) -> QWidget:
    return ParsedEditor(lambda written: read_waits(written, work.names), lambda held: wait_words(held, work.names))


def _picker(found: Callable[[], Sequence[tuple[int, str, str]]]) -> QWidget:
    def provide(typed: str, reply: Reply) -> None:
        options = [Option(*one) for one in found()]
        words = typed.casefold().split()
        reply([one for one in options if all(word in one.label.casefold() for word in words)])

    def named(value: Any) -> str:
        return next((name for i, name, _ in found() if i == value), "")

    return PickerField(provide, label_of=named, placeholder=_tr("None"))
