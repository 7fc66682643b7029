"""The commands that keep an office safe, for the command line."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text

REFUSED, USAGE = 1, 2
WHO = "command line"


def add_check(commands: Any) -> None:
    """Declare `check OFFICE`."""
    one = commands.add_parser("check", help="check an office file and list what its data lacks, or repair it")
    one.add_argument("office", type=Path)
    one.add_argument("--json", action="store_true")
    one.add_argument("--repair", action="store_true", help="write a repaired office to the file named with --to")
    one.add_argument("--to", type=Path, metavar="NEW", help="the file to make; the office itself is only read")
    one.add_argument("--backups", type=Path, action="append", metavar="DIR",
                     help="compare with the newest backup in this folder, not in the office's own")
    one.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Check an office, or repair it into a new file."""
    from partnerdesk.services import checkup, quality

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
    lacking = quality.report(options.office)
    told = {**lacking.as_json(), "sound": True, "damage": [], "checks": checked.as_json()}
    _say(options, told, lacking.lines())
    return 0


def add_backup(commands: Any) -> None:
    """Declare `backup OFFICE --to`."""
    one = commands.add_parser("backup", help="make a verified backup of an office, which may be open")
    one.add_argument("office", type=Path)
    one.add_argument("--to", type=Path, required=True, metavar="FILE|FOLDER")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=backup)


def backup(options: argparse.Namespace) -> int:
    """Back an office up."""
    from partnerdesk.services.backups import back_up_file

    made = back_up_file(options.office, options.to, WHO)
    told = {"file": str(made.path), "size": made.size, "sha256": made.sha256, "rows": dict(made.counts)}
    _say(options, told, [f"Backed up {options.office.name} to {made.path}"])
    return 0


def add_restore(commands: Any) -> None:
    """Declare `restore BACKUP --into`."""
    one = commands.add_parser("restore", help="bring an office back to what a backup holds, after a backup of it")
    one.add_argument("backup", type=Path)
    one.add_argument("--into", type=Path, required=True, metavar="OFFICE")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=restore)


def restore(options: argparse.Namespace) -> int:
    """Restore a backup into an office that nobody has open."""
    from partnerdesk.bridge.files import Lock
    from partnerdesk.services.backups import restore_file

    lock = Lock(options.into, WHO)
    if options.into.parent.is_dir() and not lock.take():
        holder = lock.holder()
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is open on another desk ({who})."),
                           name=options.into.name, who=holder.who or holder.host))
    try:
        before, moved = restore_file(options.backup, options.into, WHO)
    finally:
        lock.release()
    lines = [f"Restored {options.backup.name} into {options.into}"]
    if before is not None:
        lines.append(f"What was there before is kept in {before.path}")
    if moved is not None:
        lines.append(f"The damaged file lies now at {moved}")
    told = {"file": str(options.into), "before": str(before.path) if before else None,
            "moved": str(moved) if moved else None}
    _say(options, told, lines)
    return 0


def _say(options: argparse.Namespace, as_json: dict[str, Any], lines: list[str]) -> None:
    sys.stdout.write((json.dumps(as_json, ensure_ascii=False) if options.json else "\n".join(lines)) + "\n")
