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
    from partnerdesk.services.prints import Print
    from partnerdesk.store.unit import Reader

EXPORTS = ("calendar", "projects", "today")
PRINTS = ("status", "portfolio", "trip", "followups")
LANES = ("partner", "country", "programme", "owner")
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


def add_print_options(one: argparse.ArgumentParser) -> None:
    """What the prints of cooperation are asked with."""
    one.add_argument("--project", metavar="ACRONYM-OR-TITLE", help="the project of a status report or timeline")
    one.add_argument("--visit", metavar="TITLE", help="the visit of a trip pack")
    one.add_argument("--responsible", metavar="NAME", default="", help="whose follow-ups")
    one.add_argument("--lanes", choices=LANES, default="", help="what the lanes of the portfolio are")
    one.add_argument("--agreements", action="store_true", help="agreements on the portfolio too")


def lacking(options: argparse.Namespace) -> str:
    """The sentence on what a print was not told, empty when nothing is missing."""
    needed = {"status": "project", "trip": "visit"}.get(options.what, "")
    if not needed or getattr(options, needed):
        return ""
    return str(text(QT_TRANSLATE_NOOP("PartnerDesk", "print {what} needs {needed}."), what=options.what,
                    needed=f"--{needed}"))


def print_cooperation(options: argparse.Namespace) -> None:
    """Make one of `PRINTS`. Raises Refused, BadFile, EnvironmentTrouble."""
    if options.what == "portfolio":
        _print_portfolio(options)
        return
    from partnerdesk.paper.jobs import print_file

    print_file(options.office, lambda reader: _job(reader, options), options.to, options.paper, options.language)


def _job(reader: "Reader", options: argparse.Namespace) -> "Print":
    from partnerdesk.services import sheet_followups, sheet_project, sheet_trip

    if options.what == "status":
        return sheet_project.status_reports([find_project(reader, options.project)])
    if options.what == "trip":
        return sheet_trip.trip_packs([find_visit(reader, options.visit)])
    return sheet_followups.followup_list(options.responsible)


def _print_portfolio(options: argparse.Namespace) -> None:
    """The timeline of all projects, or the whole plan of one, as PDF, SVG or PNG."""
    from partnerdesk.domain import clock
    from partnerdesk.domain.listing import ListQuery
    from partnerdesk.look.timeline_head import HeadWords
    from partnerdesk.models.timeline_rows import lay
    from partnerdesk.paper import timeline
    from partnerdesk.paper.jobs import start_qt
    from partnerdesk.paper.output import write_whole
    from partnerdesk.services import portfolio
    from partnerdesk.services.office import open_file
    from partnerdesk.services.wording import Voice

    ending = options.to.suffix.lower()
    if ending not in (".pdf", ".svg", ".png"):
        raise _missing(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A timeline is written as PDF, SVG or PNG, not {name}."), ending)
    start_qt()
    voice = Voice(options.language)
    office = open_file(options.office, read_only=True)
    try:
        with office.read() as reader:
            one = find_project(reader, options.project) if options.project else 0
            found = portfolio.some_projects(reader, [one]) if one else portfolio.portfolio(
                reader, ListQuery(), agreements=options.agreements)
            inside = portfolio.insides(reader, [one]) if one else {}
    finally:
        office.close()
    # closed projects say themselves how far they are, and how late
    chart = lay(found, inside, options.lanes, lambda key: bool(one) or key[0] != "project", clock.today()).chart()
    say = voice.say
    words = timeline.SheetWords(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Timeline")), voice.day(clock.today()),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Page {page} of {pages}"), page="{n}", pages="{total}"),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Done")), say(QT_TRANSLATE_NOOP("PartnerDesk", "Planned")),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Late")), say(QT_TRANSLATE_NOOP("PartnerDesk", "Milestone")),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Met")), say(QT_TRANSLATE_NOOP("PartnerDesk", "Deliverable")),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Decides the end")),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Days once agreed")))
    head = HeadWords(say(QT_TRANSLATE_NOOP("PartnerDesk", "Project")), say(QT_TRANSLATE_NOOP("PartnerDesk", "Due")))
    if ending == ".pdf":
        data = timeline.timeline_pdf(chart, head, words)
    else:
        picture = timeline.timeline_svg if ending == ".svg" else timeline.timeline_png
        data = picture(chart, head, words, 1.0)
    write_whole(options.to, data)


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
    from partnerdesk.services.dated import Scope
    from partnerdesk.services.office import open_file

    project_id = visit_id = None
    if options.project or options.visit:
        office = open_file(options.office, read_only=True)
        try:
            with office.read() as reader:
                project_id = find_project(reader, options.project) if options.project else None
                visit_id = find_visit(reader, options.visit) if options.visit else None
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


def find_visit(reader: "Reader", title: str) -> int:
    """The id of the visit with this title, the next one first. Raises Refused where there is none."""
    from partnerdesk.domain import clock
    from partnerdesk.domain.visits import Visit

    found = [one for one in reader.find(Visit, "starts_on", deleted_at="")
             if one.title.casefold() == title.casefold()]
    if not found:
        raise _missing(QT_TRANSLATE_NOOP("PartnerDesk", "There is no visit “{name}”."), title)
    coming = [one for one in found if (one.ends_on or one.starts_on or clock.today()) >= clock.today()]
    return (coming or found[::-1])[0].id


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
