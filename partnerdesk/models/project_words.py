"""Projects in words: the chips of status and health, what a point is called, money, and how far a plan is."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task, WorkPackage
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say

_STATUS: dict[str, tuple[str, Icon]] = {
    "idea": ("neutral", Icon.DRAFT), "submitted": ("info", Icon.WAITING), "granted": ("accent", Icon.STARTS_LATER),
    "running": ("success", Icon.HOLDS), "suspended": ("warn", Icon.INTERRUPTED), "finished": ("neutral", Icon.CLOSED),
    "rejected": ("danger", Icon.REJECTED),
}
_HEALTH: dict[str, tuple[str, Icon]] = {
    "green": ("success", Icon.HOLDS), "amber": ("warn", Icon.PROBLEM), "red": ("danger", Icon.REJECTED),
}


def _tr(source: str) -> str:
    return QCoreApplication.translate("Projects", source)


def status_chip(status: str) -> Chip:
    """Where a project stands."""
    kind, icon = _STATUS.get(status, ("neutral", Icon.DASH))
    return Chip(kind, say(label_of("project_status", status)), icon)


def health_chip(health: str) -> Chip | None:
    """How a project goes; None where nothing is said."""
    if health not in _HEALTH:
        return None
    kind, icon = _HEALTH[health]
    return Chip(kind, say(label_of("project_health", health)), icon)


def project_name(project: Project) -> str:
    """What a project is called in one word or line."""
    return project.acronym or project.title or _tr("Project without a name")


def part_name(record: Task | Milestone | Deliverable | WorkPackage) -> str:
    """What a piece of the plan is called: its number and its title."""
    shown = "" if isinstance(record, Task) else record.number
    return " ".join(part for part in (shown, record.title) if part) or _tr("without a title")


def money(amount: float | None, currency: str) -> str:
    """ "1,250,000 EUR", "" where there is none."""
    if amount is None:
        return ""
    whole = float(amount).is_integer()
    return " ".join(part for part in (number(amount, 0 if whole else 2), currency) if part)


def month_of(project: Project, today: date) -> tuple[int, int] | None:
    """(month the project is in, months it has), from 1 on; None before it begins, after it or without dates."""
    ends = project.amended_to or project.ends_on
    if project.starts_on is None or ends is None or not project.starts_on <= today <= ends:
        return None
    return _months(project.starts_on, today), _months(project.starts_on, ends)


def _months(first: date, last: date) -> int:
    """How many months of a project have begun by a day."""
    return (last.year - first.year) * 12 + last.month - first.month + (last.day >= first.day)
