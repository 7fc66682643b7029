"""An office as an open folder that any program can read, and back again, equal.

In the folder: `tables/` for people and spreadsheets (CSV, one per kind of record), `records/` for programs (the same
with exact values, JSON lines), `files/` with what is attached, `codes.csv` with the words behind codes, a README that
explains all columns, and `office.json`, which says what belongs to the folder and proves it with SHA-256.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk import __version__
from partnerdesk.domain import clock
from partnerdesk.domain.filenames import clean_name
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

if TYPE_CHECKING:
    from partnerdesk.store.everything import Sheet
    from partnerdesk.store.unit import Reader

Progress = Callable[[int, int, Text], None]
MANIFEST = "office.json"
_FORMAT = 1
_WRITING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Writing the folder"))
_READING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Reading the folder"))


@dataclass(frozen=True, slots=True)
class Totals:
    """What was written or brought in: records of all kinds, steps of the journal, attached files."""

    records: int
    steps: int
    files: int

    def __str__(self) -> str:
        """As counted words: "3 records, 1 step and 0 files"."""
        named = ((self.records, "record"), (self.steps, "step"), (self.files, "file"))
        records, steps, files = (f"{n} {name if n == 1 else name + 's'}" for n, name in named)
        return f"{records}, {steps} and {files}"


def export_everything(office: Path, folder: Path, progress: Progress | None = None) -> Totals:
    """Write everything of an office file into a new folder. Raises BadFile, EnvironmentTrouble, Cancelled."""
    from partnerdesk.store.office import open_office

    opened = open_office(office, read_only=True)
    try:
        with opened.read() as reader:
            return write_everything(reader, folder, progress)
    finally:
        opened.close()


def write_everything(reader: Reader, folder: Path, progress: Progress | None = None) -> Totals:
    """Write everything a reading unit sees into a new or empty folder: whole or not at all.

    `progress` may raise Cancelled. Raises BadFile when the folder holds something, EnvironmentTrouble.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} is there already and not an empty folder."), name=folder.name))
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        totals = _Writer(reader, part, progress).run()
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise EnvironmentTrouble(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} cannot be written: {reason}."), name=folder.name,
            reason=error.strerror or str(error))) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return totals


def import_everything(folder: Path, office: Path, progress: Progress | None = None) -> Totals:
    """Make a new office file of such a folder; it holds what the old one held, history included.

    Raises BadFile when the folder is not whole or was changed, or the office is there already.
    """
    from partnerdesk.store.everything import make_office

    about = _manifest(folder)
    reader = _Back(folder, about, progress)
    make_office(office, reader.sheets(), reader.contents())
    return Totals(*(about["totals"][name] for name in ("records", "steps", "files")))


def is_folder_of_office(path: Path) -> bool:
    """Whether a folder was written by `export_everything`."""
    return (path / MANIFEST).is_file()


class _Writer:
    """One export under way."""

    def __init__(self, reader: Reader, folder: Path, progress: Progress | None) -> None:
        self._reader, self._folder, self._progress = reader, folder, progress
        self._done = 0
        self._files: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def run(self) -> Totals:
        """Write all parts; what there is of each."""
        from partnerdesk.services.everything_words import codes, readme
        from partnerdesk.store.everything import sheets

        explained = []
        for place in ("tables", "records", "files"):
            (self._folder / place).mkdir()
        for sheet in sheets(self._reader):
            self._write_sheet(sheet)
            explained.append((sheet.table, sheet.columns, sheet.links, self._counts[sheet.table]))
        files = self._write_files()
        self._put("codes.csv", "\ufeff" + codes())
        self._put("README.md", readme(explained, clock.today(), __version__))
        steps = self._counts["step"]
        records = sum(n for table, n in self._counts.items() if table not in ("step", "history"))
        from partnerdesk.store.schema import SCHEMA_VERSION

        about = {
            "format": _FORMAT, "program": __version__, "schema": SCHEMA_VERSION, "written": clock.now().isoformat(),
            "totals": {"records": records, "steps": steps, "files": files}, "rows": self._counts, "files": self._files,
        }
        (self._folder / MANIFEST).write_text(json.dumps(about, indent=1, ensure_ascii=False), encoding="utf-8")
        return Totals(records, steps, files)

    def _write_sheet(self, sheet: Sheet) -> None:
        from partnerdesk.formats.writing import write_table

        exact = self._folder / "records" / f"{sheet.table}.jsonl"
        with exact.open("w", encoding="utf-8", newline="\n") as stream:
            rows = write_table(
                self._folder / "tables" / f"{sheet.table}.csv", sheet.columns, self._twice(sheet, stream.write))
        self._counts[sheet.table] = rows
        for path in (exact, self._folder / "tables" / f"{sheet.table}.csv"):
            self._note(path)

    def _twice(self, sheet: Sheet, write: Callable[[str], int]) -> Iterator[Sequence[Any]]:
        """The rows on their way into the CSV file, each also written exactly."""
        for row in sheet.rows:
            write(json.dumps(list(row), ensure_ascii=False) + "\n")
            self._done += 1
            if self._progress is not None and self._done % 200 == 1:
                self._progress(self._done, 0, _WRITING)
            yield row

    def _write_files(self) -> int:
        from partnerdesk.domain.agreements import Document
        from partnerdesk.store.everything import contents

        names = {one.sha256: clean_name(one.file_name) for one in self._reader.find(Document) if one.sha256}
        count = 0
        for digest, data in contents(self._reader):
            place = self._folder / "files" / digest
            place.mkdir()
            path = place / names.get(digest, "earlier file")
            path.write_bytes(data)
            self._note(path)
            count += 1
            if self._progress is not None:
                self._progress(self._done, 0, _WRITING)
        return count

    def _put(self, name: str, words: str) -> None:
        path = self._folder / name
        path.write_text(words, encoding="utf-8", newline="")
        self._note(path)

    def _note(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._files[path.relative_to(self._folder).as_posix()] = hashlib.file_digest(stream, "sha256").hexdigest()
            with contextlib.suppress(OSError):
                os.fsync(stream.fileno())


class _Back:
    """The way back: every file is proved before a line of it is believed."""

    def __init__(self, folder: Path, about: dict[str, Any], progress: Progress | None) -> None:
        self._folder, self._about, self._progress = folder, about, progress
        self._done = 0

    def sheets(self) -> Iterator[Sheet]:
        """The tables with their exact rows."""
        from partnerdesk.store.everything import Sheet as Made
        from partnerdesk.store.schema import metadata

        for table in self._about["rows"]:
            path = self._proved(f"records/{table}.jsonl")
            if table not in metadata.tables:
                raise _changed(table)
            columns = tuple(column.name for column in metadata.tables[table].columns)
            yield Made(table, columns, {}, self._rows(path, len(columns)))

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """What is in the attached files."""
        for name in self._about["files"]:
            if name.startswith("files/"):
                data = self._proved(name).read_bytes()
                yield hashlib.sha256(data).hexdigest(), data

    def _rows(self, path: Path, width: int) -> Iterable[Sequence[Any]]:
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                if len(row) != width:
                    raise _changed(path.name)
                self._done += 1
                if self._progress is not None and self._done % 200 == 1:
                    self._progress(self._done, sum(self._about["rows"].values()), _READING)
                yield row

    def _proved(self, name: str) -> Path:
        path = self._folder / name
        try:
            if ".." in Path(name).parts or Path(name).is_absolute():
                raise _changed(name)
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise _changed(name) from error
        if digest != self._about["files"].get(name):
            raise _changed(name)
        return path


def _manifest(folder: Path) -> dict[str, Any]:
    from partnerdesk.store.schema import SCHEMA_VERSION

    try:
        about = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known = about["format"] == _FORMAT and about["schema"] == SCHEMA_VERSION
        whole = {"records", "steps", "files"} <= set(about["totals"]) and isinstance(about["files"], dict)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} is not a folder that PartnerDesk wrote."), name=folder.name)) from error
    if not known:
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} was written by another version of PartnerDesk. Bring it in with that one."),
            name=folder.name))
    if not whole:
        raise _changed(MANIFEST)
    return dict(about)


def _changed(name: str) -> BadFile:
    return BadFile(text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "{name} is missing from the folder or was changed since it was written."), name=name))
