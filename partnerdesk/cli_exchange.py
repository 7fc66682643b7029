"""The verbs of the command line about exchange: prints of stays, cohorts and balances, and placing a call."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.cli_map import first_year
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print
    from partnerdesk.store.unit import Reader

PRINTS = ("participant", "cohort", "abroad", "nominations", "balance", "certificate", "places", "arrivals")
_NEEDS = {"participant": ("person",), "cohort": ("cohort",), "summary": ("partner",)}
_MISSING = QT_TRANSLATE_NOOP("PartnerDesk", "print {what} needs {needed}.")


def add_print_options(one: argparse.ArgumentParser) -> None:
    """What the prints of exchange are asked with."""
    one.add_argument("--on", type=_day, metavar="DATE",
                     help="the day of the abroad list or the first of the arrivals, today if not given")
    one.add_argument("--year", type=first_year,
                     help="the first academic year of the places, or that of the map; the present one if not given")
    one.add_argument("--cohort", metavar="TITLE")
    one.add_argument("--person", metavar="NUMBER-OR-NAME")
    one.add_argument("--kind", choices=("arrival", "departure", "attendance"), default="attendance",
                     help="which certificate")
    one.add_argument("--incoming", action="store_true", help="who is here instead of who is away")
    one.add_argument("--phones", action="store_true", help="a column of phone numbers on the cohort list")
    one.add_argument("--anonymous", action="store_true", help="a cohort list without personal data")


def add_place(commands: Any) -> None:
    """The verb that runs the placement of a call."""
    one = commands.add_parser("place", help="place the applicants of a call and say why")
    one.add_argument("office", type=Path, metavar="OFFICE")
    one.add_argument("--call", required=True, metavar="TITLE")
    one.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    one.add_argument("--json", action="store_true", help="print everybody with the reasons as one object")
    one.set_defaults(run=_place)


def lacking(options: argparse.Namespace) -> str:
    """The sentence on what a print was not told, empty when nothing is missing."""
    if options.what == "certificate":
        return "" if options.person or options.cohort else str(
            text(_MISSING, what=options.what, needed="--person or --cohort"))
    missing = [f"--{one}" for one in _NEEDS.get(options.what, ()) if not getattr(options, one)]
    return str(text(_MISSING, what=options.what, needed=missing[0])) if missing else ""


def print_exchange(options: argparse.Namespace) -> None:
    """Make one of `PRINTS`. Raises Refused, BadFile, EnvironmentTrouble."""
    from partnerdesk.paper.jobs import print_file

    note = print_file(options.office, lambda reader: _job(reader, options), options.to, options.paper, options.language)
    if note is not None:
        sys.stderr.write(f"{note}\n")


def export_exchange(options: argparse.Namespace) -> None:
    """Write cohorts or balances to a spreadsheet. Raises Refused, BadFile, EnvironmentTrouble."""
    from partnerdesk.services.exporting_exchange import export_tables

    n = export_tables(options.what, options.office, options.to)
    what = {"cohorts": "cohort", "balance": "balance"}[options.what]
    sys.stdout.write(f"Wrote {n} {what if n == 1 else what + 's'} to {options.to}\n")


def _job(reader: "Reader", options: argparse.Namespace) -> "Print":
    from partnerdesk.domain import clock
    from partnerdesk.services import (
        finding,
        sheet_abroad,
        sheet_arrivals,
        sheet_certificates,
        sheet_money,
        sheet_people,
        sheet_places,
    )

    what = options.what
    if what == "participant":
        return sheet_people.participant_sheets(finding.stays_of(reader, finding.find_person(reader, options.person)))
    if what == "cohort":
        cohort = finding.find_cohort(reader, options.cohort)
        return sheet_people.cohort_lists([cohort.id], phones=options.phones, anonymous=options.anonymous)
    if what == "abroad":
        return sheet_abroad.abroad_list(options.on or clock.today(), "in" if options.incoming else "out")
    if what == "arrivals":
        return sheet_arrivals.arrivals_list(options.on or clock.today())
    if what == "places":
        return sheet_places.places_list(options.year)
    if what == "nominations":
        return _nominations(reader, options.partner)
    if what == "balance":
        return sheet_money.balances(_balances(reader, options.partner))
    return sheet_certificates.certificates(options.kind, _certified(reader, options))


def _nominations(reader: "Reader", partner: str | None) -> "Print":
    from partnerdesk.services.nominations import nominations
    from partnerdesk.services.printing import find_partner
    from partnerdesk.services.sheet_nomination import nomination_lists

    found = nominations(reader, find_partner(reader, partner) if partner else None)
    if not found:
        raise Refused(Problem("P11", "block", "partner", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "There is nobody to nominate."))))
    return nomination_lists([one.key for one in found])


def _balances(reader: "Reader", partner: str | None) -> list[int]:
    from partnerdesk.services.balance import standings
    from partnerdesk.services.finding import partnerships_with

    if partner:
        return partnerships_with(reader, partner)
    found = [one.partnership_id for one in standings(reader)]
    if not found:
        raise Refused(Problem("P11", "block", "partner", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "There is no balance with any partner yet."))))
    return found


def _certified(reader: "Reader", options: argparse.Namespace) -> list[int]:
    """The stays a certificate is wanted for: of a person or of a cohort."""
    from partnerdesk.domain.cohorts import CohortMember
    from partnerdesk.services import finding

    if options.person:
        return finding.stays_of(reader, finding.find_person(reader, options.person))
    cohort = finding.find_cohort(reader, options.cohort)
    return [one.stay_id for one in reader.find(CohortMember, cohort_id=cohort.id)]


def _place(options: argparse.Namespace) -> int:
    from partnerdesk.bridge.files import Lock
    from partnerdesk.domain.problems import BadFile
    from partnerdesk.services.office import open_file
    from partnerdesk.services.placing import place_call, sentence_of, summary_of

    lock = Lock(options.office, "command line")
    if not options.dry_run and not lock.take():
        holder = lock.holder()
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is open on another desk ({who})."),
                           name=options.office.name, who=holder.who or holder.host))
    try:
        office = open_file(options.office, read_only=options.dry_run)
        try:
            run = place_call(office, options.call, dry_run=options.dry_run)
            told = json.dumps(summary_of(run), ensure_ascii=False) if options.json else str(sentence_of(run))
        finally:
            office.close()
    finally:
        lock.release()
    sys.stdout.write(told + "\n")
    return 0


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written} is no day; write it like 2026-10-01") from None
