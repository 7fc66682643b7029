"""The door without a window: the same deeds from a command line. Errors are one sentence; exit codes 1 and 2."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from partnerdesk import __version__, cli_cooperation, cli_exchange, cli_map, cli_safety
from partnerdesk.domain.problems import BadFile, Cancelled, PartnerDeskError
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text

REFUSED, USAGE = 1, 2
_COMMANDS = ("sample", "import", "export", "print", "place", "check", "backup", "restore", "tour")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run PartnerDesk; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in _COMMANDS:
        return _without_window(given)
    return _with_window(given)


def _with_window(given: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="partnerdesk", description="Keeps the partners and agreements of an international office in one file.",
        epilog="Commands: " + ", ".join(_COMMANDS) + ". partnerdesk COMMAND --help says more.",
    )
    parser.add_argument("file", nargs="?", type=Path, help="the office file to open")
    parser.add_argument("--version", action="version", version=f"PartnerDesk {__version__}")
    options = parser.parse_args(given)
    from partnerdesk.app import run

    return run(options.file)


def _without_window(given: list[str]) -> int:
    options = _parser().parse_args(given)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Nobody reads the answer any more; the interpreter would complain of it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except PartnerDeskError as error:
        print(f"partnerdesk: {error.message}", file=sys.stderr)
        return REFUSED
    except (KeyboardInterrupt, Cancelled):
        print("partnerdesk: stopped; nothing was changed.", file=sys.stderr)
        return REFUSED
    except OSError as error:
        name = Path(error.filename).name if isinstance(error.filename, str) else ""
        print(f"partnerdesk: {error.strerror or error}{f': {name}' if name else ''}.", file=sys.stderr)
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="partnerdesk")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_sample(commands)
    _add_import(commands)
    _add_export(commands)
    _add_print(commands)
    cli_exchange.add_place(commands)
    cli_safety.add_check(commands)
    cli_safety.add_backup(commands)
    cli_safety.add_restore(commands)
    _add_tour(commands)
    return parser


def _add_sample(commands: Any) -> None:
    one = commands.add_parser("sample", help="make a sample office")
    one.add_argument("file", type=Path)
    one.add_argument("--story", choices=("northbridge", "oxford", "berkeley"), default="northbridge")
    one.set_defaults(run=_sample)


def _add_import(commands: Any) -> None:
    one = commands.add_parser(
        "import", help="bring a spreadsheet, a calendar or a plan into an office, or make one of a folder")
    one.add_argument("file", type=Path)
    one.add_argument("--into", type=Path, required=True, metavar="OFFICE")
    one.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    one.add_argument("--json", action="store_true", help="print the counts as one object")
    one.add_argument("--sheet", help="name of the sheet, when it is not the first with data")
    one.add_argument("--direction", choices=("out", "in", "both"), help="direction of places that the file leaves open")
    one.add_argument("--rejects", type=Path, metavar="FILE.csv", help="write rejected rows with their reasons")
    cli_cooperation.add_import_options(one)
    one.set_defaults(run=_import)


def _add_export(commands: Any) -> None:
    one = commands.add_parser("export", help="write a list to a spreadsheet")
    one.add_argument("what", choices=("partners", "agreements", "stays", "cohorts", "balance", "everything",
                                      *cli_cooperation.EXPORTS, *cli_map.EXPORTS))
    one.add_argument("--from", dest="office", type=Path, required=True, metavar="OFFICE")
    one.add_argument("--to", type=Path, required=True, metavar="FILE.csv|.xlsx|.json|.ics|FOLDER")
    one.add_argument("--filter", default="", metavar="LINE", help='a search line such as "country:FR state:running"')
    one.add_argument("--year", type=cli_map.first_year, help="the academic year of the countries, all if not given")
    cli_cooperation.add_export_options(one)
    _add_paper(one)
    one.set_defaults(run=_export)


def _add_print(commands: Any) -> None:
    one = commands.add_parser("print", help="print to a PDF")
    one.add_argument("what", choices=("summary", *cli_exchange.PRINTS, *cli_cooperation.PRINTS, *cli_map.PRINTS))
    one.add_argument("--from", dest="office", type=Path, required=True, metavar="OFFICE")
    one.add_argument("--partner", metavar="CODE-OR-NAME")
    one.add_argument("--to", type=Path, required=True, metavar="FILE.pdf|.png|.svg")
    cli_exchange.add_print_options(one)
    cli_cooperation.add_print_options(one)
    cli_map.add_print_options(one)
    _add_paper(one)
    one.set_defaults(run=_print)


def _add_tour(commands: Any) -> None:
    one = commands.add_parser("tour", help="render every page as a picture and every print as PDF")
    one.add_argument("--to", type=Path, required=True, metavar="DIR")
    one.add_argument("--office", type=Path)
    one.add_argument("--size", default="1280x800")
    one.add_argument("--dark", action="store_true")
    one.add_argument("--page")
    one.add_argument("--text", type=int, default=100, metavar="PERCENT", help="size of text, 90 to 200")
    one.add_argument("--language", default="", help="language code; xx is a stretched test language")
    one.set_defaults(run=_tour)


def _add_paper(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    parser.add_argument("--language", default="en", metavar="CODE")


def _sample(options: argparse.Namespace) -> int:
    from partnerdesk.services.samples import make_sample

    make_sample(options.file, options.story)
    print(f"Made {options.file}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from partnerdesk.bridge.files import Lock
    from partnerdesk.services.everything import import_everything, is_folder_of_office
    from partnerdesk.services.importing import import_file

    if is_folder_of_office(options.file):
        left = import_everything(options.file, options.into)
        print(f"Made {options.into} with {left}")
        return 0
    if cli_cooperation.is_cooperation(options):
        cli_cooperation.import_cooperation(options)
        return 0
    lock = Lock(options.into, "command line")
    if options.into.parent.is_dir() and not lock.take():
        holder = lock.holder()
        raise BadFile(text(
            QT_TRANSLATE_NOOP("PartnerDesk", "{name} is open on another desk ({who})."),
            name=options.into.name, who=holder.who or holder.host))
    try:
        result = import_file(
            options.file, options.into, dry_run=options.dry_run, sheet=options.sheet, direction=options.direction,
            rejects=options.rejects)
    finally:
        lock.release()
    if options.json:
        print(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        print(result.sentence())
    return 0


def _export(options: argparse.Namespace) -> int:
    from partnerdesk.services.everything import export_everything
    from partnerdesk.services.exporting import export_list

    if options.what == "everything":
        left = export_everything(options.office, options.to)
        print(f"Wrote {left} to {options.to}")
        return 0
    if options.what in ("cohorts", "balance"):
        cli_exchange.export_exchange(options)
        return 0
    if options.what in cli_cooperation.EXPORTS:
        cli_cooperation.export_cooperation(options)
        return 0
    if options.what in cli_map.EXPORTS:
        cli_map.export_countries(options)
        return 0
    n = export_list(options.what, options.office, options.to, options.filter, options.language)
    what = options.what.removesuffix("s") if n == 1 else options.what
    print(f"Wrote {n} {what} to {options.to}")
    return 0


def _print(options: argparse.Namespace) -> int:
    from partnerdesk.paper.jobs import print_summary

    if missing := cli_exchange.lacking(options) or cli_cooperation.lacking(options) or cli_map.lacking(options):
        print(f"partnerdesk: {missing}", file=sys.stderr)
        return USAGE
    _without_screen()
    if options.what in cli_cooperation.PRINTS:
        cli_cooperation.print_cooperation(options)
        print(f"Wrote {options.to}")
        return 0
    if options.what in cli_map.PRINTS:
        cli_map.print_countries(options)
        print(f"Wrote {options.to}")
        return 0
    if options.what != "summary":
        cli_exchange.print_exchange(options)
        print(f"Wrote {options.to}")
        return 0
    print_summary(options.office, options.partner, options.to, options.paper, options.language)
    print(f"Wrote {options.to}")
    return 0


def _without_screen() -> None:
    """Fonts and painting need a Qt application, but no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["partnerdesk"]))


_kept: list[object] = []


def _tour(options: argparse.Namespace) -> int:
    from partnerdesk.tour import tour

    wide, _, high = options.size.partition("x")
    if not (wide.isdigit() and high.isdigit()):
        print("partnerdesk: --size is written like 1280x800.", file=sys.stderr)
        return USAGE
    return tour(options.to, options.office, (int(wide), int(high)), dark=options.dark, page=options.page,
                percent=options.text, language=options.language)
