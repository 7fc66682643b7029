"""The list of projects as a model: its columns and what each shows of a line."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import clock
from partnerdesk.domain.projects import ProjectLine
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Cell, Chip, Figures, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, counted, day, near, number, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.project_words import health_chip, money, status_chip
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import projects


def _tr(source: str) -> str:
    return QCoreApplication.translate("Projects", source)


def project_columns() -> Sequence[Column]:
    """The columns of the list of projects in their shipped order."""
    return (
        Column("name", _tr("Project"), _name, 186, "name"),
        Column("status", _tr("Status"), _status, 103, "status"),
        Column("progress", _tr("Progress"), _progress, 71, "progress", right=True),
        Column("due", _tr("Next point"), _due, 126, "next"),
        Column("health", _tr("Health"), _health, 147, "health"),
        Column("ends", _tr("Ends"), _ends, 96, "ends", shown=False),
        Column("partners", _tr("Partners"), _partners, 190, "partners", shown=False),
        Column("kind", _tr("Kind"), _kind, 140, "kind", shown=False),
        Column("programme", _tr("Programme"), _programme, 120, "programme", shown=False),
        Column("role", _tr("Our role"), _role, 100, "role", shown=False),
        Column("responsible", _tr("Responsible"), _responsible, 130, "responsible", shown=False),
        Column("starts", _tr("Starts"), _starts, 92, "starts", shown=False),
        Column("dates", _tr("Dates"), _dates, 178, "starts", shown=False),
        Column("tasks", _tr("Tasks"), _tasks, 56, "tasks", right=True, shown=False),
        Column("late", _tr("Late"), _late, 60, "late", right=True, shown=False),
        Column("budget", _tr("Budget"), _budget, 120, "budget", right=True, shown=False),
        Column("active", _tr("Last activity"), _active, 96, "active", shown=False),
    )


def project_listing() -> Listing:
    """Where the list of projects comes from."""
    return Listing("project", projects.project_ids, projects.project_lines, projects.project_count,
                   projects.project_hits, project_sentence)


def project_sentence(line: ProjectLine) -> str:
    """A line as a screen reader says it."""
    chip = health_chip(line.health)
    parts = (line.acronym, line.title, status_chip(line.status).word, chip.word if chip is not None else "",
             _tr("{n} % done").format(n=number(line.progress)) if line.tasks else "", late_words(line), due_words(line))
    return ", ".join(part for part in parts if part)


def late_words(line: ProjectLine) -> str:
    """How many points are due and not met."""
    return counted(line.late, _tr("1 point late"), _tr("{n} points late")) if line.late else ""


def due_words(line: ProjectLine) -> str:
    """The next thing that is due, and when."""
    if line.next_due is None:
        return ""
    when = near(line.next_due)
    return _tr("{what}, {when}").format(what=line.next_title, when=when) if line.next_title else when


def _name(line: ProjectLine) -> Cell:
    name, second = (line.acronym, line.title) if line.acronym else (line.title, line.partners)
    return TwoLine(name or _tr("Project without a name"), second)


def _status(line: ProjectLine) -> Cell:
    if line.template:
        return Chip("neutral", _tr("Template"), Icon.DUPLICATE)
    return status_chip(line.status)


def _progress(line: ProjectLine) -> Cell:
    return Number(_tr("{n} %").format(n=number(line.progress)) if line.tasks else NOTHING)


def _due(line: ProjectLine) -> Cell:
    if line.next_due is None:
        return Soft(NOTHING)
    late = line.next_due < clock.today()
    when = near(line.next_due) if late or (line.next_due - clock.today()).days < 100 else day(line.next_due)
    return TwoLine(line.next_title, when) if line.next_title else Soft(when)


def _health(line: ProjectLine) -> Cell:
    return health_chip(line.health) or Soft(NOTHING)


def _ends(line: ProjectLine) -> Cell:
    return Soft(day(line.ends_on))


def _starts(line: ProjectLine) -> Cell:
    return Soft(day(line.starts_on))


def _dates(line: ProjectLine) -> Cell:
    return Soft(short_range(line.starts_on, line.ends_on) if line.starts_on or line.ends_on else "")


def _partners(line: ProjectLine) -> Cell:
    return Soft(line.partners)


def _kind(line: ProjectLine) -> Cell:
    return Soft(say(label_of("project_kind", line.kind)) if line.kind else "")


def _programme(line: ProjectLine) -> Cell:
    return Soft(say(label_of("programme", line.programme)) if line.programme else "")


def _role(line: ProjectLine) -> Cell:
    return Soft(say(label_of("project_role", line.our_role)) if line.our_role else "")


def _responsible(line: ProjectLine) -> Cell:
    return Soft(line.responsible)


def _tasks(line: ProjectLine) -> Cell:
    return Number(number(line.tasks) if line.tasks else NOTHING)


def _late(line: ProjectLine) -> Cell:
    return Figures(number(line.late), role="danger") if line.late else Number(NOTHING)


def _budget(line: ProjectLine) -> Cell:
    return Number(money(line.budget, line.currency) or NOTHING)


def _active(line: ProjectLine) -> Cell:
    return Soft(day(line.active_on))
