"""Looks into zipped spreadsheets before the reader does: kind, bombs, lies and sheets of a billion cells.

The reader (calamine) lays a sheet out as one block from its first to its last cell, and the process dies
when that block is beyond memory; so the block is measured here first.
"""

import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from xml.parsers import expat

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.limits import Limits

_CHUNK = 1024 * 1024
_IRREGULAR = re.compile(rb'<(?:[A-Za-z_][\w.-]*:)?(?:c(?=[\s>/])(?! r="[A-Z])|row(?=[\s>/])(?! r="[0-9]))')
_CELL = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?(row|c)(?=[\s>/])([^>]*)>(\s*<(?:[A-Za-z_][\w.-]*:)?(?:v|is|f)(?=[\s>/]))?"
)
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{0,9})([0-9]{0,12})["']""")
_FILLED = re.compile(
    rb'<(?:[A-Za-z_][\w.-]*:)?c r="([A-Z]{1,9})([0-9]{1,12})"[^>]*>\s*<(?:[A-Za-z_][\w.-]*:)?(?:v|is|f)(?=[\s>/])'
)
_ROW = rb'<row r="'
_NUMBER = re.compile(rb'[0-9]{1,9}(?=")')
_FAR = rb'<c(?! r="[A-Z]{1,%d}[0-9]{1,%d}")[\s>/]'
_PREFIXED = re.compile(rb":c[\s>/]")
_TAG = 4096


def kind(path: Path) -> str:
    """xlsx or ods by what the archive holds; BadFile for every other kind of archive."""
    with _opened(path) as archive:
        names = set(archive.namelist())
        mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
        if "xl/workbook.bin" in names:
            raise BadFile(
                text(
                    QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is a binary workbook (.xlsb). Save it as .xlsx first."),
                    file=path.name,
                )
            )
        if b"opendocument.spreadsheet" in mimetype:
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise BadFile(locked(path))
            return "ods"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is a text document, not a spreadsheet."), file=path.name)
        )
    raise BadFile(
        text(
            QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is an archive. Unpack it and choose the spreadsheet in it."),
            file=path.name,
        )
    )


def check(path: Path, book_kind: str, limits: Limits) -> None:
    """Raise BadFile when the archive is damaged, a bomb, or holds a sheet that would not fit memory."""
    with _opened(path) as archive:
        _check_archive(archive, limits)
        try:
            for info in archive.infolist():
                if book_kind == "xlsx" and re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename, re.IGNORECASE):
                    _check_sheet(archive, info, limits)
                elif info.filename in ("xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"):
                    _check_opening(archive, info)
                    _check_whole(archive, info)
                elif book_kind == "ods" and info.filename == "content.xml":
                    with closing(_chunks(archive, info)) as chunks:
                        _OdsTable(limits).check(chunks)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise BadFile(damaged(path)) from error


def damaged(path: Path) -> Text:
    """The sentence for a file whose end is missing or whose bytes are wrong."""
    return text(
        QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is damaged or incomplete: it cannot be opened as a spreadsheet."),
        file=path.name,
    )


def locked(path: Path) -> Text:
    """The sentence for a file that asks for a password."""
    return text(
        QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is protected by a password. Save a copy without one."),
        file=path.name,
    )


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise BadFile(damaged(path)) from error
    except OSError as error:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” cannot be read."), file=path.name)) from error


def _check_archive(archive: zipfile.ZipFile, limits: Limits) -> None:
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "The file holds {count:,} parts: it is no ordinary spreadsheet."),
                count=len(infos),
            )
        )
    if len({info.filename for info in infos}) != len(infos):
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The file holds the same part twice: it is no ordinary spreadsheet."))
        )
    total = 0
    for info in infos:
        total += info.file_size
        packed = max(1, info.compress_size)
        too_dense = info.file_size > limits.ratio_from and info.file_size / packed > limits.ratio
        if info.file_size > limits.member_size or total > limits.total_size or too_dense:
            raise BadFile(
                text(
                    QT_TRANSLATE_NOOP(
                        "PartnerDesk", "The file unpacks to more than a spreadsheet can hold: it is refused."
                    )
                )
            )


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    """The unpacked bytes of one member; its checksum is verified at the end."""
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_opening(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with archive.open(info) as stream:
        if b"<!DOCTYPE" in stream.read(_TAG):
            raise BadFile(
                text(
                    QT_TRANSLATE_NOOP(
                        "PartnerDesk", "The file holds a document type definition, which no spreadsheet needs."
                    )
                )
            )


def _check_whole(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    for _ in _chunks(archive, info):
        pass


def _check_sheet(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> None:
    """Measure the block of one XLSX sheet, roughly where it is written as usual, exactly where not."""
    _check_opening(archive, info)
    with closing(_chunks(archive, info)) as chunks:
        small = _roughly(chunks, limits)
    if not small:
        with closing(_chunks(archive, info)) as chunks:
            _exactly(chunks, limits)


def _roughly(chunks: Iterator[bytes], limits: Limits) -> bool:
    """Whether the block of a sheet written as usual is certainly small; False when it has to be measured."""
    rows, last, letters, rest = 0, 0, 1, b""
    for chunk in chunks:
        chunk = rest + chunk
        cut = chunk.rfind(b"<")
        rest = chunk[cut:]
        if len(rest) > _CHUNK:
            return False
        rows += chunk.count(_ROW, 0, cut)
        last = max(last, _row_at(chunk, chunk.find(_ROW, 0, cut)), _row_at(chunk, chunk.rfind(_ROW, 0, cut)))
        if letters == 1 and _reaches_beyond(chunk, cut, 1, last):
            letters = 2
        if letters == 2 and _reaches_beyond(chunk, cut, 2, last):
            return False
    block = 10 ** len(str(last)) * (702 if letters == 2 else 26)
    return not _reaches_beyond(rest, len(rest), 2, last) and last <= 20 * rows + 1000 and block <= 1.2 * limits.box


def _row_at(chunk: bytes, place: int) -> int:
    """The number of the row that begins at `place`, 0 when none does or it has none."""
    number = _NUMBER.match(chunk, place + len(_ROW)) if place >= 0 else None
    return int(number[0]) if number else 0


def _reaches_beyond(chunk: bytes, cut: int, letters: int, last: int) -> bool:
    """Whether a cell before `cut` lies beyond columns of so many letters and rows of as many digits as `last`.

    A cell that does not begin with its place counts as such: one search answers both.
    """
    if b":" in chunk and _PREFIXED.search(chunk, 0, cut):
        return True
    return re.compile(_FAR % (letters, len(str(last)))).search(chunk, 0, cut) is not None


class _Walk:
    """Goes over every cell of a sheet that holds something and remembers how far they reach."""

    def __init__(self) -> None:
        self.last_row = self.last_column = self.cells = 0
        self._row = self._column = 0

    def over(self, chunk: bytes, final: bool) -> bytes:
        """Take the cells of `chunk`; what is left belongs before the next one."""
        cut = len(chunk) if final else chunk.rfind(b"</c>") + 4
        if cut > 4 and not _IRREGULAR.search(chunk):
            self._take_all(chunk[:cut])
            return chunk[cut:]
        done = 0
        for match in _CELL.finditer(chunk):
            if not final and match.end() > len(chunk) - _TAG:
                break
            done = match.end()
            self._take(match)
        rest = chunk[done:]
        return rest[-_CHUNK:] if len(rest) > 4 * _CHUNK else rest

    def _take_all(self, chunk: bytes) -> None:
        """The cells of a chunk that is written as usual, all at once."""
        filled = _FILLED.findall(chunk)
        if filled:
            letters = max({letters for letters, _ in filled}, key=lambda one: (len(one), one))
            self.cells += len(filled)
            self.last_row = max(self.last_row, *{int(row) for _, row in filled})
            self.last_column = max(self.last_column, _column(letters))
            self._row, self._column = int(filled[-1][1]), _column(filled[-1][0])

    def _take(self, match: re.Match[bytes]) -> None:
        reference = _REFERENCE.search(match.group(2))
        if match.group(1) == b"row":
            self._row = int(reference.group(2) or 0) if reference else self._row + 1
            self._column = 0
            return
        self._column += 1
        if reference:
            self._column, self._row = _column(reference.group(1)), int(reference.group(2) or self._row)
        if match.group(3):
            self.cells += 1
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)


def _exactly(chunks: Iterator[bytes], limits: Limits) -> None:
    """Walk over every cell that holds something; BadFile when they lie too far apart or are too many."""
    walk, rest = _Walk(), b""
    for chunk in chunks:
        rest = walk.over(rest + chunk, final=False)
        if walk.cells > limits.cells or walk.cells > limits.rows < walk.last_row:
            break
    walk.over(rest, final=True)
    refuse_block(walk.last_row, walk.last_column, walk.cells, limits)


def refuse_block(last_row: int, last_column: int, cells: int, limits: Limits) -> None:
    """Raise BadFile when a block that ends at this row and column (from 1) is too big or nearly empty."""
    if last_column > limits.columns:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} columns."), limit=limits.columns)
        )
    if last_row > limits.sparse_from and last_row > 20 * cells:
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP(
                    "PartnerDesk",
                    "The sheet reaches down to row {row:,} with only {cells:,} filled cells: delete what stands "
                    "far below the table, save and try again.",
                ),
                row=last_row,
                cells=cells,
            )
        )
    if last_row > limits.rows:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} rows."), limit=limits.rows)
        )
    if last_row * last_column > limits.box or cells > limits.cells:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} cells."), limit=limits.cells)
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number


class _OdsTable:
    """Counts the cells of an ODS file, whose repeated rows and columns unfold when it is read."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = self._column = self._last_row = self._last_column = self._cells = 0
        self._row_repeat = self._cell_repeat = 1
        self._depth = 0
        self._row_filled = False

    def check(self, chunks: Iterator[bytes]) -> None:
        """Raise BadFile when the file is no clean XML or one of its sheets is too large."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise BadFile(
                text(QT_TRANSLATE_NOOP("PartnerDesk", "The file is damaged: its content is no clean XML."))
            ) from error

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 100:
            raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "The file is nested too deeply.")))
        if name == "table:table":
            self._row = self._last_row = self._last_column = self._cells = 0
        elif name == "table:table-row":
            self._row_repeat = _repeats(attributes.get("table:number-rows-repeated"))
            self._column, self._row_filled = 0, False
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell_repeat = _repeats(attributes.get("table:number-columns-repeated"))
            self._column += self._cell_repeat
            if any(key.startswith(("office:", "table:formula")) for key in attributes):
                self._fill()
        elif name == "text:p":
            self._fill()

    def _fill(self) -> None:
        if not self._row_filled:
            self._last_row = self._row + self._row_repeat
        self._row_filled = True
        self._last_column = max(self._last_column, self._column)
        self._cells += self._cell_repeat * self._row_repeat

    def _ended(self, name: str) -> None:
        self._depth -= 1
        if name == "table:table-row":
            self._row += self._row_repeat
        elif name == "table:table":
            refuse_block(self._last_row, self._last_column, self._cells, self._limits)

    def _doctype(self, *_: object) -> None:
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP(
                    "PartnerDesk", "The file holds a document type definition, which no spreadsheet needs."
                )
            )
        )


def _repeats(value: str | None) -> int:
    return int(value) if value and value.isdigit() and len(value) < 9 else 1
