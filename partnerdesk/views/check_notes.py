"""What this computer remembers of the checks of an office: when the last one was, and an unclean end since."""

from pathlib import Path

from partnerdesk.services import paths
from partnerdesk.views.local import Local


def last_check(local: Local, path: Path) -> str:
    """The ISO moment of the last check, "" for none."""
    return local.note(_key(path))


def note_check(local: Local, path: Path, moment: str) -> None:
    """An office has been checked, also after an unclean end."""
    local.keep_note(_key(path), moment)
    local.keep_note(_key(path) + " badly", "")


def note_bad_end(local: Local, path: Path) -> None:
    """Remember that an office was not closed properly, until it has been checked."""
    local.keep_note(_key(path) + " badly", "yes")


def ended_badly(local: Local, path: Path) -> bool:
    """Whether an office is remembered as not closed properly."""
    return bool(local.note(_key(path) + " badly"))


def _key(path: Path) -> str:
    return f"check {paths.backup_folder(path).name}"
