"""An office as files on the disk: the file itself and the logs that the engine keeps beside it."""

from contextlib import closing
from pathlib import Path

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.store.driver import connect

LOGS = ("-wal", "-shm", "-journal")
"""What the engine adds to a file's name for its logs."""


def expect_folder(path: Path) -> None:
    """Raise BadFile when the folder that a file is to lie in is not there."""
    if not path.parent.is_dir():
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "The folder {name} does not exist."),
                           name=str(path.parent)))


def expect_free(path: Path) -> None:
    """Raise BadFile when a new file cannot have this path: it is taken, or its folder is not there."""
    if path.exists():
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "There is already a file named {name}."), name=path.name))
    expect_folder(path)


def remove(path: Path) -> None:
    """Take a file away that nobody has open, and its logs."""
    for end in ("", *LOGS):
        path.with_name(path.name + end).unlink(missing_ok=True)


def copy(path: Path, to: Path, *, immutable: bool = False) -> None:
    """Copy a file by the engine, which keeps to the locks of whoever has it open. Raises the driver's DatabaseError."""
    with closing(connect(path, mode="ro", immutable=immutable)) as source, closing(connect(to, mode="rwc")) as target:
        source.backup(target)
