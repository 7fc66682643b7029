"""Writes calendars, projects and the day's work to files: iCalendar, or a table where the name asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.today import Item
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.atomic import write_atomically
from partnerdesk.formats.icalendars import Entry, write_calendar
from partnerdesk.services.dated import HOST, Scope, dated_things
from partnerdesk.services.exporting import Table, write_tables

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

Say = Callable[[Text], str]
ENDING = ".ics"


def calendar_job(path: Path, scope: Scope, say: Say = str) -> Callable[[Any, Any], int]:
    """What the desk runs beside its lane to export a calendar; its answer is how many entries there are."""

    def run(office: Any, _: Any) -> int:
        with office.read() as reader:
            return write_dated(reader, path, scope, say)

    return run


def write_dated(reader: Reader, path: Path, scope: Scope, say: Say = str) -> int:
    """Write all dated things of a scope to .ics, or to a table; how many. Raises EnvironmentTrouble, Refused."""
    return _written(path, dated_things(reader, scope, say), say, _office_name(reader))


def write_projects(reader: Reader, path: Path, say: Say = str) -> int:
    """Write the projects: to a table a line each, to .ics their milestones, deliverables, visits and appointments."""
    from partnerdesk.services.projects import project_ids, project_lines

    ids = project_ids(reader, ListQuery())
    if path.suffix.lower() == ENDING:
        entries = {entry.uid: entry for i in ids for entry in dated_things(reader, Scope(project_id=i), say)}
        _write(path, entries.values(), _office_name(reader))
        return len(entries)
    lines = project_lines(reader, ids)
    rows = [[one.acronym, one.title, say(label_of("project_kind", one.kind)), one.programme,
             say(label_of("project_status", one.status)), one.responsible, one.partners, one.starts_on, one.ends_on,
             one.budget, one.currency, one.tasks, one.progress, one.late, one.next_due, one.next_title]
            for one in (lines[i] for i in ids if i in lines)]
    write_tables(path, [Table(say(Text(_PROJECTS)), tuple(say(Text(one)) for one in _PROJECT_COLUMNS), rows)])
    return len(rows)


def write_today(reader: Reader, path: Path, office: Path | None = None, who: str = "", say: Say = str) -> int:
    """Write what wants doing: to a table a line each, to .ics as tasks. Raises EnvironmentTrouble, Refused."""
    from partnerdesk.services.today import day_work

    items = day_work(reader, who, office).items
    if path.suffix.lower() == ENDING:
        _write(path, [_task(item, say) for item in items], _office_name(reader))
    else:
        rows = [[item.when, say(item.what), say(item.why), item.who] for item in items]
        write_tables(path, [Table(say(Text(_TODAY)), tuple(say(Text(one)) for one in _TODAY_COLUMNS), rows)])
    return len(items)


def export_dated(what: str, office_path: Path, to_path: Path, scope: Scope | None = None) -> int:
    """Write the calendar, the projects or the day's work of an office file; how many lines or entries.

    Raises BadFile, EnvironmentTrouble, Refused.
    """
    from partnerdesk.services.office import open_file

    office = open_file(office_path, read_only=True)
    try:
        with office.read() as reader:
            if what == "calendar":
                return write_dated(reader, to_path, scope or Scope())
            if what == "projects":
                return write_projects(reader, to_path)
            return write_today(reader, to_path, office_path, (scope or Scope()).responsible)
    finally:
        office.close()


def _written(path: Path, entries: list[Entry], say: Say, name: str) -> int:
    if path.suffix.lower() == ENDING:
        _write(path, entries, name)
        return len(entries)
    rows = [[one.starts_on or one.ends_on, one.ends_on, one.begins, one.ends, one.zone, one.title, one.place,
             ", ".join(one.categories) or say(Text(_FOLLOWUP)), one.link, one.note, one.uid] for one in entries]
    write_tables(path, [Table(say(Text(_CALENDAR)), tuple(say(Text(one)) for one in _COLUMNS), rows)])
    return len(rows)


def _write(path: Path, entries: Iterable[Entry], name: str) -> None:
    data = write_calendar(entries, clock.now(), name)
    try:
        write_atomically(path, lambda stream: stream.write(data))
    except OSError as error:
        raise EnvironmentTrouble(text(
            QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” cannot be written: {reason}."), file=path.name,
            reason=error.strerror or str(error))) from error


def _task(item: Item, say: Say) -> Entry:
    return Entry(kind="task", uid=f"today-{item.key}@{HOST}", title=say(item.what), ends_on=item.when,
                 note=say(item.why), state="NEEDS-ACTION")


def _office_name(reader: Reader) -> str:
    from partnerdesk.services.office import settings

    return str(settings(reader)["office.name"])


_CALENDAR = QT_TRANSLATE_NOOP("PartnerDesk", "Calendar")
_PROJECTS = QT_TRANSLATE_NOOP("PartnerDesk", "Projects")
_TODAY = QT_TRANSLATE_NOOP("PartnerDesk", "Today")
_FOLLOWUP = QT_TRANSLATE_NOOP("PartnerDesk", "Follow-up")
_COLUMNS = (
    QT_TRANSLATE_NOOP("PartnerDesk", "Day"), QT_TRANSLATE_NOOP("PartnerDesk", "Until"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Begins"), QT_TRANSLATE_NOOP("PartnerDesk", "Ends"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Time zone"), QT_TRANSLATE_NOOP("PartnerDesk", "Title"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Place"), QT_TRANSLATE_NOOP("PartnerDesk", "Kind"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Link"), QT_TRANSLATE_NOOP("PartnerDesk", "Note"),
    QT_TRANSLATE_NOOP("PartnerDesk", "ID in calendars"),
)
_PROJECT_COLUMNS = (
    QT_TRANSLATE_NOOP("PartnerDesk", "Acronym"), QT_TRANSLATE_NOOP("PartnerDesk", "Title"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Kind"), QT_TRANSLATE_NOOP("PartnerDesk", "Programme"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Status"), QT_TRANSLATE_NOOP("PartnerDesk", "Responsible"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Partners"), QT_TRANSLATE_NOOP("PartnerDesk", "From"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Until"), QT_TRANSLATE_NOOP("PartnerDesk", "Budget"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Currency"), QT_TRANSLATE_NOOP("PartnerDesk", "Tasks"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Progress in %"), QT_TRANSLATE_NOOP("PartnerDesk", "Late"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Next due"), QT_TRANSLATE_NOOP("PartnerDesk", "What is due next"),
)
_TODAY_COLUMNS = (
    QT_TRANSLATE_NOOP("PartnerDesk", "Day"), QT_TRANSLATE_NOOP("PartnerDesk", "What"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Why"), QT_TRANSLATE_NOOP("PartnerDesk", "Responsible"),
)
