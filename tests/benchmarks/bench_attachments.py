"""Attached files: kept in the office against a folder beside it, and what they cost the lists and the backups.

The figures behind the choice of the office file as their place, see `store.contents`.
"""

import os
import secrets
import shutil
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from harness import Bench, timed

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.listing import ListQuery
from partnerdesk.services.attachments import attach
from partnerdesk.services.listing import partner_ids
from partnerdesk.services.office import do, open_file
from partnerdesk.store.driver import connect, dbapi

WHO = "Marta Ilves"
SIZE = 1_000_000
FILES = 40


def measure(bench: Bench) -> None:
    """Keep scans of a megabyte; the control keeps them through the journal, as text of the record itself."""
    copy = bench.folder / "attachments.partnerdesk"
    shutil.copy(bench.office, copy)
    office = open_file(copy)
    numbers = count()
    before = [timed(partial(ask_list, office)) for _ in range(15)]
    beside = partial(keep_beside, office, bench.folder, numbers)
    bench.compare("keep a scan of 1 MB in the office", partial(keep, office, bench.folder, numbers),
                  "folder beside, fsync, and its record", beside, goal=1.5)
    naive = [timed(partial(keep_in_journal, office)) / timed(beside) for _ in range(3)]
    bench.ratio("keep it through the journal", "folder beside, fsync, and its record", naive, goal=1.5, control=True)
    for _ in range(FILES):
        keep(office, bench.folder, numbers)
    after = [timed(partial(ask_list, office)) for _ in range(15)]
    bench.ratio(f"a list of the office with {FILES} MB of scans", "without", [
        one / sorted(before)[len(before) // 2] for one in after], goal=1.2)
    office.close()
    held = [timed(partial(copied, copy, bench.folder)) / timed(partial(folder_copied, bench.folder)) for _ in range(5)]
    bench.ratio(f"back up {FILES} MB of scans in the office", "copying them as files, fsync", held, goal=1.5)


def scan(folder: Path, numbers: Any) -> Path:
    """A new file that compresses as little as a scan does."""
    path = folder / "scans" / f"{next(numbers)}.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(secrets.token_bytes(SIZE))
    return path


def keep(office: Any, folder: Path, numbers: Any) -> None:
    """Attach a new scan to a new document."""
    do(office, attach(Document(institution_id=2), scan(folder, numbers)), WHO)


def keep_beside(office: Any, folder: Path, numbers: Any) -> None:
    """What a folder beside the office would cost: the file synced, its name synced, the record committed."""
    path = scan(folder, numbers)
    kept = folder / "kept"
    kept.mkdir(exist_ok=True)
    target = kept / path.name
    with target.open("wb") as stream:
        stream.write(path.read_bytes())
        stream.flush()
        os.fsync(stream.fileno())
    handle = os.open(kept, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    with office.write(attach(Document(), path).label, WHO) as unit:
        unit.add(Document(institution_id=2, title=path.name, link=str(target)))


def keep_in_journal(office: Any) -> None:
    """The content as text of the record, and so in the history too."""
    with office.write(attach(Document(), Path("x")).label, WHO) as unit:
        unit.add(Document(institution_id=2, title="scan", note=secrets.token_hex(SIZE)))


def ask_list(office: Any) -> None:
    """The whole list of partners, as the page asks for it."""
    with office.read() as reader:
        partner_ids(reader, ListQuery())


def copied(office: Path, folder: Path) -> None:
    """The bare backup of an office with its scans."""
    target = folder / "copy.partnerdesk"
    target.unlink(missing_ok=True)
    source, made = connect(office, mode="ro"), dbapi.connect(str(target))
    source.backup(made)
    made.close()
    source.close()


def folder_copied(folder: Path) -> None:
    """The same scans copied one by one, each synced."""
    place = folder / "copied"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for path in sorted((folder / "scans").iterdir())[:FILES]:
        with (place / path.name).open("wb") as stream:
            stream.write(path.read_bytes())
            stream.flush()
            os.fsync(stream.fileno())
