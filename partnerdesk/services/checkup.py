"""Check, repair and salvage of an office file, as users meet them: findings with names, and reports in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.backups import Backup
from partnerdesk.domain.findings import AREAS, Finding, damaged
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import BadFile, NewerFile, NoOffice, PartnerDeskError
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services import paths
from partnerdesk.services.labels import table_label

if TYPE_CHECKING:
    from partnerdesk.store.checkup import Sealed
    from partnerdesk.store.repair import Repaired
    from partnerdesk.store.salvage import Salvaged

Progress = Callable[[int, int, Text], None]
EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the findings, the names of the records they are about, the backup it was compared with."""

    name: str
    findings: tuple[Finding, ...]
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    backup: str = ""

    @property
    def sound(self) -> bool:
        """Whether the file is whole; what breaks a rule of the trade leaves it so."""
        return not damaged(self.findings)

    def place(self, finding: Finding) -> str:
        """Where a finding is: the record's name, else table and row, else the file."""
        known = self.names.get((finding.root, finding.root_id))
        if known:
            return known
        return _row_words(finding) or self.name

    def lines(self) -> list[str]:
        """The findings as lines of text."""
        if not self.findings:
            return [str(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is sound."), name=self.name))]
        return [f"{AREAS[one.area]}: {self.place(one)}: {one.sentence} {one.advice}" for one in self.findings]

    def as_json(self) -> list[dict[str, Any]]:
        """The findings as objects."""
        return [{"area": one.area, "severity": one.severity, "table": one.table, "row": one.row_id, "record": one.root,
                 "id": one.root_id, "message": str(one.sentence), "remedy": one.remedy} for one in self.findings]


@dataclass(frozen=True, slots=True)
class Report:
    """What a repair or salvage did, in sentences: done, still to be looked at, and where lost rows still are."""

    target: Path
    done: tuple[Text, ...]
    left: tuple[Finding, ...] = ()
    elsewhere: tuple[Text, ...] = ()

    def lines(self) -> list[str]:
        """The report as lines of text."""
        return [str(line) for line in (*self.done, *self.elsewhere)] + [
            f"{_row_words(one)}: {one.sentence}" for one in self.left]


def check(path: Path, backups: Sequence[Path] | None = None, progress: Progress | None = None) -> Checked:
    """Check an office that may be open; `backups` are the folders whose newest seal it is compared with, the
    office's own when None.

    Raises BadFile for what is no office, EnvironmentTrouble, Cancelled by `progress`.
    """
    from partnerdesk.store.checkup import look
    from partnerdesk.store.office import tidy

    _expect_file(path)
    sealed, name = _newest_seal(path, backups)
    found = look(path, sealed, progress)
    names: dict[tuple[str, int], str] = {}
    if not any(one.area in ("file", "structure") for one in found):
        rules, names = _with_rules(path, found)
        found += rules
    tidy(path)
    return Checked(path.name, tuple(found), names, name)


def check_backup(path: Path, progress: Progress | None = None) -> Checked:
    """Check a backup against the seal beside it, to the row."""
    from partnerdesk.store import seals
    from partnerdesk.store.checkup import Sealed, look

    _expect_file(path)
    seal = path.with_name(path.name + seals.SUFFIX)
    sealed = Sealed(seals.read(seal)) if seal.exists() else None
    return Checked(path.name, tuple(look(path, sealed, progress)), {}, seal.name if sealed else "")


def repair(path: Path, target: Path, backups: Sequence[Path] | None = None, progress: Progress | None = None) -> Report:
    """Repair an office into a new file; a healthy one is copied as it is. Raises BadFile, EnvironmentTrouble."""
    from partnerdesk.store.repair import repair as run

    _expect_file(path)
    made = run(path, target, _newest_seal(path, backups)[0], progress)
    done = made.done or (Text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "There was nothing to repair. The new file is a copy of the office.")),)
    return Report(target, done, made.left, _elsewhere(made, path, backups))


def salvage(
    path: Path, target: Path, backups: Sequence[Path] | None = None, progress: Progress | None = None
) -> Report:
    """Bring what can be read of a damaged office into a new one. Raises BadFile, EnvironmentTrouble."""
    from partnerdesk.store.repair import told_of
    from partnerdesk.store.salvage import salvage as run

    _expect_file(path)
    made = run(path, target, progress)
    return Report(target, told_of(made), (), _where_lost_rows_are(made, path, backups))


def ended_badly(path: Path) -> bool:
    """Whether the office was not closed properly: its log is still there. To be asked before it is opened."""
    logs = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return any(log.exists() and log.stat().st_size > 0 for log in logs)


def due(last: str, now: datetime) -> bool:
    """Whether the weekly check is due; `last` is the ISO moment of the one before, "" for none."""
    try:
        age = now - datetime.fromisoformat(last)
    except (ValueError, TypeError):
        return True
    return not timedelta(0) <= age < EVERY


def _row_words(finding: Finding) -> str:
    """The row a finding is about as users call it, "Contact 10"; "" when it is about the file."""
    if not finding.table:
        return ""
    label = str(table_label(finding.table))
    return f"{label} {finding.row_id}" if finding.row_id else label


def _expect_file(path: Path) -> None:
    """Raise BadFile for what is not there or no office, and for one of a newer version, of which much would be lost."""
    from partnerdesk.store.office import inspect

    if not path.is_file():
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is not there."), name=path.name))
    try:
        inspect(path, only_read=True)
    except (NewerFile, NoOffice):
        raise
    except PartnerDeskError:  # what is wrong with it is for the check to say
        pass


def _newest_seal(path: Path, folders: Iterable[Path] | None) -> tuple[Sealed | None, str]:
    """The seal of the newest backup that this office came from, whose seal can be read, and that backup's name."""
    from partnerdesk.store import seals
    from partnerdesk.store.backup import seal_of
    from partnerdesk.store.checkup import Sealed

    for one in _not_taken_back(path, _backups(path, folders)):
        try:
            return Sealed(seals.read(seal_of(one)), exact=False), one.path.name
        except (OSError, BadFile):
            continue
    return None, ""


def _not_taken_back(path: Path, known: list[Backup]) -> list[Backup]:
    """The backups whose last step the office still has; what a restore took back says nothing about it any more."""
    from partnerdesk.store.backup import holds
    from partnerdesk.store.driver import DatabaseError, connect

    with suppress(DatabaseError, UnicodeError), closing(connect(path, mode="ro")) as connection:
        return [one for one in known if not one.last_step.id or holds(connection, one.last_step)]
    return known


def _backups(path: Path, folders: Iterable[Path] | None) -> list[Backup]:
    """The backups of an office, the newest first; its own and those from before it was moved when None is given."""
    from partnerdesk.store.backup import from_before, listed
    from partnerdesk.store.driver import DatabaseError, connect

    if folders is not None:
        found = [one for folder in folders for one in listed(folder) if one.office in ("", path.name)]
        return sorted(found, key=lambda one: (one.number, one.at), reverse=True)
    own = paths.backup_folder(path)
    known = listed(own)
    with suppress(DatabaseError), closing(connect(path, mode="ro")) as connection:
        known += from_before(own, connection)
    return known


def _with_rules(path: Path, found: Sequence[Finding]) -> tuple[list[Finding], dict[tuple[str, int], str]]:
    """What breaks a rule so that it blocks, and the names of all records that findings are about."""
    from partnerdesk.services import quality
    from partnerdesk.services.office import open_file

    rules: list[Finding] = []
    names: dict[tuple[str, int], str] = {}
    try:
        office = open_file(path, read_only=True)
    except PartnerDeskError:
        return rules, names
    try:
        with office.read() as reader:
            names = _names(reader, found)
            for one in quality.findings(reader) if not found else ():
                if one.severity == "block":
                    root = "partner" if one.kind == "home" else one.kind
                    rules.append(Finding("rules", "block", one.sentence, "open", "", 0, root, one.record_id))
                    names[root, one.record_id] = one.name
    except ValueError:  # a value that cannot be read is a finding already
        pass
    finally:
        office.close()
    return rules, names


def _names(reader: Any, found: Iterable[Finding]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {"partner": set(), "agreement": set()}
    for one in found:
        if one.root in wanted:
            wanted[one.root].add(one.root_id)
    partners = reader.columns(Institution, ("id", "name"), "id", wanted["partner"])
    agreements = reader.columns(Agreement, ("id", "title", "our_code"), "id", wanted["agreement"])
    names = {("partner", i): str(name) for i, name in partners}
    return names | {("agreement", i): str(title or code) for i, title, code in agreements}


def _elsewhere(made: Repaired, path: Path, backups: Sequence[Path] | None) -> tuple[Text, ...]:
    return _where_lost_rows_are(made.salvaged, path, backups) if made.salvaged is not None else ()


def _where_lost_rows_are(made: Salvaged, path: Path, folders: Sequence[Path] | None) -> tuple[Text, ...]:
    """Which backups hold rows that could not be read, the newest first."""
    from partnerdesk.store import seals
    from partnerdesk.store.backup import seal_of

    lost = {tally.table: tally.gaps for tally in made.tallies.values() if tally.lost}
    said: list[Text] = []
    for one in _backups(path, folders) if lost else ():
        try:
            seal = seals.read(seal_of(one))
        except (OSError, BadFile):
            continue
        n = sum(_held(seal.sheets[table].ids(), gaps) for table, gaps in lost.items() if table in seal.sheets)
        if n:
            said.append(counted(n, _HELD_ONE, _HELD_MANY, name=one.path.name))
    return tuple(said)


_HELD_ONE = QT_TRANSLATE_NOOP("PartnerDesk", "The backup {name} holds 1 row of the parts that could not be read.")
_HELD_MANY = QT_TRANSLATE_NOOP("PartnerDesk", "The backup {name} holds {n} rows of the parts that could not be read.")


def _held(ids: Iterable[int], gaps: Sequence[tuple[int, int]]) -> int:
    return sum(any(least <= one <= most for least, most in gaps) for one in ids)
