"""Repairs an office into a new file, and leaves a healthy one as it is.

What only the engine or the program derived (indexes, search, facts) is made again in a copy. Where records
themselves are hurt, everything readable goes into a new office by way of `store.salvage`.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partnerdesk.domain.findings import Finding
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted
from partnerdesk.store import files, search
from partnerdesk.store.checkup import MOST, Sealed, look
from partnerdesk.store.driver import connect, dbapi
from partnerdesk.store.faults import told
from partnerdesk.store.office import open_office
from partnerdesk.store.salvage import Salvaged, salvage
from partnerdesk.store.seals import Seal
from partnerdesk.store.settle import renew_all

Progress = Callable[[int, int, Text], None]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was found before, what was done, and what is still to be looked at; a salvage's own report if there was
    one. `done` is empty when there was nothing to repair: the new file is then a plain copy.
    """

    found: tuple[Finding, ...]
    done: tuple[Text, ...]
    left: tuple[Finding, ...]
    salvaged: Salvaged | None = None


def repair(path: Path, target: Path, sealed: Sealed | None = None, progress: Progress | None = None) -> Repaired:
    """Repair the office at `path` into a new file. Raises BadFile when `target` is taken, EnvironmentTrouble."""
    files.expect_free(target)
    found = look(path, sealed, progress)
    try:
        return _repaired(path, target, found, progress, sealed.seal if sealed is not None else None)
    except BaseException:
        files.remove(target)
        raise


def _repaired(
    path: Path, target: Path, found: list[Finding], progress: Progress | None, seal: Seal | None
) -> Repaired:
    areas = {finding.area for finding in found}
    if any(finding.remedy == "salvage" or finding.area in ("types", "links", "journal") for finding in found):
        report = salvage(path, target, progress, seal)
        doubts = _doubts(report)
        return Repaired(tuple(found), told_of(report), (*look(target, None, progress), *doubts), report)
    with told():
        files.copy(path, target)
    done: list[Text] = []
    if areas & {"index", "derived"}:
        _make_derived(target)
        done.append(Text(QT_TRANSLATE_NOOP("PartnerDesk", "Indexes, lists and search were made again.")))
    left = look(target, None, progress) if done else found
    return Repaired(tuple(found), tuple(done), tuple(left))


def _make_derived(target: Path) -> None:
    """Make indexes, search tables and derived rows anew; none of it is part of the journal."""
    with told(), closing(connect(target)) as connection:
        _drop_search(connection)
        connection.execute("REINDEX")
    office = open_office(target)
    try:
        label = Text(QT_TRANSLATE_NOOP("PartnerDesk", "repair the office"))
        with office.write(label, "", kind="repair") as unit:
            search.create(unit.connection)
            renew_all(unit)
    finally:
        office.close()


def _drop_search(connection: Any) -> None:
    """Take the search tables out, also where the engine cannot read them well enough to drop them."""
    for name in search.TABLES.values():
        try:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        except dbapi.DatabaseError:
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute("DELETE FROM sqlite_master WHERE name = ?", (name,))
            connection.execute("PRAGMA writable_schema=RESET")
            for part in ("data", "idx", "content", "docsize", "config"):
                connection.execute(f"DROP TABLE IF EXISTS {name}_{part}")


def _doubts(report: Salvaged) -> tuple[Finding, ...]:
    """The records to be looked at, because nothing says whether they or their history are right."""
    said = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Its history said something else. It is kept as it was found."))
    return tuple(Finding("journal", "warn", said, "open", *key) for key in report.doubtful[:MOST])


def told_of(report: Salvaged) -> tuple[Text, ...]:
    """What a salvage brought, in sentences."""
    told_by_journal = sum(tally.told for tally in report.tallies.values())
    said = [_count(report.kept, "brought")]
    for n, what in ((told_by_journal, "told"), (len(report.cut), "cut"), (len(report.left_out), "left out"),
                    (len(report.proved), "proved"), (len(report.doubtful), "doubtful"), (report.lost, "lost")):
        if n:
            said.append(_count(n, what))
    return tuple(said)


def _count(n: int, what: str) -> Text:
    return counted(n, *_COUNTS[what])


_COUNTS = {
    "brought": (QT_TRANSLATE_NOOP("PartnerDesk", "1 row was brought into a new office."),
                QT_TRANSLATE_NOOP("PartnerDesk", "{n} rows were brought into a new office.")),
    "told": (QT_TRANSLATE_NOOP("PartnerDesk", "1 of them was told by the journal."),
             QT_TRANSLATE_NOOP("PartnerDesk", "{n} of them were told by the journal.")),
    "cut": (QT_TRANSLATE_NOOP("PartnerDesk", "1 link that led nowhere was cut."),
            QT_TRANSLATE_NOOP("PartnerDesk", "{n} links that led nowhere were cut.")),
    "left out": (QT_TRANSLATE_NOOP("PartnerDesk", "1 row without its record was left out."),
                 QT_TRANSLATE_NOOP("PartnerDesk", "{n} rows without their record were left out.")),
    "proved": (
        QT_TRANSLATE_NOOP("PartnerDesk", "1 record was put right by its history, as the last backup proves."),
        QT_TRANSLATE_NOOP("PartnerDesk", "{n} records were put right by their history, as the last backup proves.")),
    "doubtful": (
        QT_TRANSLATE_NOOP("PartnerDesk", "1 record has a hole in its history and is kept as it was found."),
        QT_TRANSLATE_NOOP("PartnerDesk", "{n} records have a hole in their history and are kept as they were found.")),
    "lost": (QT_TRANSLATE_NOOP("PartnerDesk", "1 row could not be read."),
             QT_TRANSLATE_NOOP("PartnerDesk", "{n} rows could not be read.")),
}
