"""The commands that keep an office safe, for the command line."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

REFUSED, USAGE = 1, 2


def add_check(commands: Any) -> None:
    """Declare `check OFFICE`."""
    one = commands.add_parser("check", help="check an office file and list what its data lacks, or repair it")
    one.add_argument("office", type=Path)
    one.add_argument("--json", action="store_true")
    one.add_argument("--repair", action="store_true", help="write a repaired office to the file named with --to")
    one.add_argument("--to", type=Path, metavar="NEW", help="the file to make; the office itself is only read")
    one.add_argument("--backups", type=Path, action="append", default=[], metavar="DIR",
                     help="compare with the newest backup in this folder")
    one.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Check an office, or repair it into a new file."""
    from partnerdesk.services import checkup
    from partnerdesk.services.quality import check_file

    if options.repair != (options.to is not None):
        sys.stderr.write("partnerdesk: --repair and --to NEW go together.\n")
        return USAGE
    if options.repair:
        report = checkup.repair(options.office, options.to, options.backups)
        _say(options, {"file": str(options.to), "done": report.lines()}, report.lines())
        return 0
    checked = checkup.check(options.office, options.backups)
    if not checked.sound:
        damage = {"file": checked.name, "sound": False, "damage": checked.lines(), "checks": checked.as_json()}
        _say(options, damage, checked.lines())
        return REFUSED
    quality = check_file(options.office)
    _say(options, {**quality.as_json(), "checks": checked.as_json()}, quality.lines())
    return 0


def _say(options: argparse.Namespace, as_json: dict[str, Any], lines: list[str]) -> None:
    sys.stdout.write((json.dumps(as_json, ensure_ascii=False) if options.json else "\n".join(lines)) + "\n")
