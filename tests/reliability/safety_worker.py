"""The process that is killed while it backs up, restores, migrates, exports or prints.

Run as a program it is a nursery: for each line "KIND OFFICE TARGET" (tab-separated) on stdin it forks a child that
does this once, and tells the child's number and, if the child came so far, its end. The modules are loaded once,
so that a kill costs no start. A KIND that ends in "!" does the same without the safeguard.
"""

import json
import os
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from partnerdesk.domain import clock
from partnerdesk.paper import jobs
from partnerdesk.services import exporting
from partnerdesk.services.samples import make_sample
from partnerdesk.store import backup, migrate, schema
from partnerdesk.store.driver import connect, dbapi
from partnerdesk.store.restore import restore_file

WHO = "Marta Ilves"


def back_up(office: Path, folder: Path) -> None:
    backup.make(office, folder, backup.Wish("daily", WHO))


def back_up_bare(office: Path, folder: Path) -> None:
    """As one would do it in three lines: the manifest, then the pages straight under the final name."""
    folder.mkdir(exist_ok=True)
    to = folder / f"bare {len(list(folder.iterdir()))}{backup.SUFFIX}"
    note = {"number": 1, "at": clock.now().isoformat(), "reason": "daily", "who": "", "office": "", "size": 0,
            "sha256": "", "schema": schema.SCHEMA_VERSION, "last_step": [0, ""], "counts": {}}
    to.with_name(to.name + backup.NOTE).write_text(json.dumps(note))
    with closing(connect(office, mode="ro")) as source, closing(dbapi.connect(str(to))) as target:
        target.execute("PRAGMA journal_mode=OFF")
        source.backup(target, pages=10)


def restore(office: Path, chosen: Path) -> None:
    restore_file(backup.read_one(chosen), office, WHO)


def restore_bare(office: Path, chosen: Path) -> None:
    """The backup copied over the office, as people do."""
    with chosen.open("rb") as source, office.open("rb+") as target:
        shutil.copyfileobj(source, target, 4096)


def bring_up_to_date(office: Path, folder: Path) -> None:
    migrate.bring_up_to_date(office, 1, folder=folder)


def migrate_bare(office: Path, folder: Path) -> None:
    """The same statements, each by itself."""
    with closing(connect(office)) as connection:
        connection.execute("PRAGMA foreign_keys=0")
        migrate.MIGRATIONS[1](connection)
        connection.execute("PRAGMA user_version=2")


def export(office: Path, target: Path) -> None:
    exporting.export_list("partners", office, target)


def export_bare(office: Path, target: Path) -> None:
    """The rows written straight into the file."""
    aside = target.with_name("aside.csv")
    exporting.export_list("partners", office, aside)
    with target.open("w", encoding="utf-8", newline="") as file:
        for line in aside.read_text(encoding="utf-8").splitlines(keepends=True):
            file.write(line)
            file.flush()


def print_pdf(office: Path, target: Path) -> None:
    jobs.print_summary(office, "Partner 1", target)


def print_bare(office: Path, target: Path) -> None:
    """Pages painted straight into the file."""
    aside = target.with_name("aside.pdf")
    jobs.print_summary(office, "Partner 1", aside)
    raw = aside.read_bytes()
    with target.open("wb", buffering=0) as file:
        for at in range(0, len(raw), 64):
            file.write(raw[at:at + 64])


ACTS: dict[str, Any] = {
    "backup": back_up, "backup!": back_up_bare, "restore": restore, "restore!": restore_bare,
    "migration": bring_up_to_date, "migration!": migrate_bare, "export": export, "export!": export_bare,
    "pdf": print_pdf, "pdf!": print_bare,
}


def warm_up() -> None:
    """Do once what children do, so that none of them has to compile the statements again."""
    with tempfile.TemporaryDirectory() as place:
        office = Path(place) / "o.partnerdesk"
        make_sample(office, "oxford")
        export(office, Path(place) / "list.csv")
        back_up(office, Path(place) / "b")
        restore(office, backup.listed(Path(place) / "b")[0].path)


def main() -> None:
    warm_up()
    for line in sys.stdin:
        kind, office, target = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            os.write(1, f"{os.getpid()}\n".encode())
            code = 1
            try:
                ACTS[kind](Path(office), Path(target))
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{status}\n".encode())


if __name__ == "__main__":
    main()
