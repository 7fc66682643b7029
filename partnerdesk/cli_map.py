"""The verbs of the command line about countries: their numbers as a list, the brief of some, the map as a file."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.domain.years import AcademicYear

if TYPE_CHECKING:
    from partnerdesk.services.countries import MapFacts

EXPORTS = ("countries",)
PRINTS = ("country", "map")


def add_print_options(one: argparse.ArgumentParser) -> None:
    """What prints about countries are asked with."""
    one.add_argument("--country", metavar="CODE[,CODE]", help="the country or countries of a brief; a name will do")
    one.add_argument("--measure", default="stays", metavar="NAME", help="what the map counts, such as balance")
    one.add_argument("--sheet", choices=("A4", "A3"), default="A4", help="how large the map is")


def lacking(options: argparse.Namespace) -> str:
    """The sentence on what a print was not told, empty when nothing is missing."""
    if options.what != "country" or options.country:
        return ""
    return str(text(QT_TRANSLATE_NOOP("PartnerDesk", "print {what} needs {needed}."), what="country",
                    needed="--country"))


def first_year(written: str) -> int:
    """The calendar year in which the academic year begins, written 2025/2026, 25/26 or 2025."""
    try:
        return AcademicYear.parse(written).first
    except Refused as error:
        raise argparse.ArgumentTypeError(str(error.message)) from error


def export_countries(options: argparse.Namespace) -> None:
    """Write every measure of every country. Raises Refused, BadFile, EnvironmentTrouble."""
    from partnerdesk.services.exporting_countries import export_countries as export

    n = export(options.office, options.to, options.year, options.language)
    sys.stdout.write(f"Wrote {n} countries to {options.to}\n")


def print_countries(options: argparse.Namespace) -> None:
    """Make one of `PRINTS`. Raises Refused, BadFile, EnvironmentTrouble."""
    if options.what == "map":
        _print_map(options)
        return
    from partnerdesk.paper.jobs import print_file
    from partnerdesk.services.sheet_country import country_briefs

    codes = _codes(options.country)
    print_file(options.office, lambda _: country_briefs(codes), options.to, options.paper, options.language)


def _codes(written: str) -> tuple[str, ...]:
    from partnerdesk.domain.countries import find_country

    whole = find_country(written)
    if whole is not None:
        return (whole,)
    found = []
    for part in written.split(","):
        code = find_country(part)
        if code is None:
            raise Refused(Problem("C10", "block", "country", text(
                QT_TRANSLATE_NOOP("PartnerDesk", "There is no country “{name}”."), name=part.strip())))
        found.append(code)
    return tuple(found)


def _print_map(options: argparse.Namespace) -> None:
    from partnerdesk.domain import clock
    from partnerdesk.look import tokens
    from partnerdesk.look.words import day
    from partnerdesk.look.worldshapes import shape
    from partnerdesk.models.map import Asked, Lens
    from partnerdesk.paper.output import write_whole
    from partnerdesk.paper.worldmap import MapSheet, write_map
    from partnerdesk.services.countries import map_facts
    from partnerdesk.services.wording import Voice

    ending = options.to.suffix.lower()
    if ending not in (".pdf", ".svg", ".png"):
        raise Refused(Problem("P05", "block", "to", text(
            QT_TRANSLATE_NOOP("PartnerDesk", "{name} has to end in .pdf, .svg or .png."), name=options.to.name)))
    facts: MapFacts = _read(options, map_facts)
    known = {one.key for one in facts.table.measures}
    if options.measure not in known:
        raise Refused(Problem("C11", "block", "measure", text(
            QT_TRANSLATE_NOOP("PartnerDesk", "There is no measure {name}. Choose one of {known}."),
            name=options.measure, known=", ".join(sorted(known)))))
    voice, t = Voice(options.language), tokens.paper()
    year = options.year if options.year is not None else facts.table.year
    lens = Lens(facts, Asked(options.measure, year))
    names = {code: voice.country(code) for code in facts.table.codes if code}
    sheet = MapSheet(shape(facts.choices), lens.values(t, names), lens.title, day(clock.today()), lens.legend(t))
    write_whole(options.to, write_map(sheet, ending, options.sheet, voice.language))


def _read(options: argparse.Namespace, question: Any) -> Any:
    from partnerdesk.services.office import open_file

    office = open_file(options.office, read_only=True)
    try:
        with office.read() as reader:
            return question(reader)
    finally:
        office.close()
