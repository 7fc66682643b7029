"""The verbs of the command line about cooperation: calendars, projects, the day's work out; calendars and plans in."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.problems import BadFile, Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text

if TYPE_CHECKING:
    from partnerdesk.domain.journal import Deed
    from partnerdesk.services.dated import Scope
    from partnerdesk.store.unit import Reader

EXPORTS = ("calendar", "projects", "today")
PLANS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")


def add_export_options(one: argparse.ArgumentParser) -> None:
    """What the exports of dated things are asked with."""
    one.add_argument("--project", metavar="ACRONYM-OR-TITLE", help="the calendar of one project")
    one.add_argument("--visit", metavar="TITLE", help="the calendar of one visit")
    one.add_argument("--responsible", metavar="NAME", default="", help="the calendar or the day's work of somebody")
    one.add_argument("--stays", action="store_true", help="the days of stays in the calendar too")
    one.add_argument("--personal", action="store_true", help="with the names of participants and of who goes along")


def add_import_options(one: argparse.ArgumentParser) -> None:
    """What the import of a plan is asked with."""
    one.add_argument("--project", metavar="ACRONYM-OR-TITLE",
                     help="the project that a calendar or plan is for; a plan without one becomes a new project")
    one.add_argument("--plan", action="store_true", help="the spreadsheet is the plan of a project")


def is_cooperation(options: argparse.Namespace) -> bool:
    """Whether a file to import is a calendar, or a plan."""
    return bool(options.file.suffix.lower() == ".ics" or options.plan
                or (options.project and options.file.suffix.lower() in PLANS))


def export_cooperation(options: argparse.Namespace) -> None:
    """Write one of `EXPORTS`. Raises Refused, BadFile, EnvironmentTrouble."""
    from partnerdesk.services.exporting_calendar import export_dated

    n = export_dated(options.what, options.office, options.to, _scope(options))
    one, many = {"calendar": ("entry", "entries"), "projects": ("project", "projects"),
                 "today": ("thing to do", "things to do")}[options.what]
    if options.what == "projects" and options.to.suffix.lower() == ".ics":
        one, many = "entry", "entries"
    sys.stdout.write(f"Wrote {n} {one if n == 1 else many} to {options.to}\n")


def _scope(options: argparse.Namespace) -> "Scope":
    from partnerdesk.domain.visits import Visit
    from partnerdesk.services.dated import Scope
    from partnerdesk.services.office import open_file

    project_id = visit_id = None
    if options.project or options.visit:
        office = open_file(options.office, read_only=True)
        try:
            with office.read() as reader:
                project_id = find_project(reader, options.project) if options.project else None
                if options.visit:
                    wanted = options.visit.casefold()
                    visit_id = next((one.id for one in reader.find(Visit, "starts_on", deleted_at="")
                                     if one.title.casefold() == wanted), None)
                    if visit_id is None:
                        raise _missing(QT_TRANSLATE_NOOP("PartnerDesk", "There is no visit “{name}”."), options.visit)
        finally:
            office.close()
    return Scope(project_id, visit_id, options.responsible, options.stays, options.personal)


def find_project(reader: "Reader", name: str) -> int:
    """The id of the project with this acronym or title. Raises Refused where there is none."""
    from partnerdesk.domain.projects import Project

    wanted = name.casefold()
    found = [one for one in reader.find(Project, deleted_at="") if not one.template]
    for field in ("acronym", "title"):
        for one in found:
            if str(getattr(one, field)).casefold() == wanted:
                return one.id
    raise _missing(QT_TRANSLATE_NOOP("PartnerDesk", "There is no project “{name}”."), name)


def import_cooperation(options: argparse.Namespace) -> None:
    """Bring a calendar or a plan into an office. Raises Refused, BadFile, EnvironmentTrouble."""
    from partnerdesk.bridge.files import Lock
    from partnerdesk.services.backups import back_up_before
    from partnerdesk.services.office import do, open_file

    lock = Lock(options.into, "command line")
    if not options.dry_run and not lock.take():
        holder = lock.holder()
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is open on another desk ({who})."),
                           name=options.into.name, who=holder.who or holder.host))
    try:
        office = open_file(options.into, read_only=options.dry_run)
        try:
            with office.read() as reader:
                deed, said, writes = _planned(reader, options)
            if writes and not options.dry_run:
                back_up_before(office, "import", "command line")
                do(office, deed, "command line")
        finally:
            office.close()
    finally:
        lock.release()
    sys.stdout.write(said + ("\nNothing was written\n" if options.dry_run and not options.json else "\n"))


def _planned(reader: "Reader", options: argparse.Namespace) -> "tuple[Deed[Any], str, bool]":
    """The deed of an import, what it says of itself, and whether it writes anything."""
    from partnerdesk.services import importing_calendar, importing_plan_file

    project_id = find_project(reader, options.project) if options.project else None
    path: Path = options.file
    if path.suffix.lower() == ".ics":
        plan = importing_calendar.plan_from_file(reader, path, project_id=project_id)
        said = json.dumps(plan.counts) if options.json else str(plan.sentence)
        return importing_calendar.import_deed(plan), said, plan.writes
    project_plan = importing_plan_file.plan_from_file(reader, path, project_id)
    said = json.dumps(project_plan.counts) if options.json else str(project_plan.sentence)
    return importing_plan_file.import_deed(project_plan), said, project_plan.writes


def _missing(template: str, name: str) -> Refused:
    return Refused(Problem("P11", "block", "", text(template, name=name)))
