"""One door for every kind of spreadsheet: tells the kind by content and hands back plain rows.

CSV, TSV, XLSX, XLS, ODS and JSON lists all become a `Book` of `Sheet`s; whatever is wrong with a file
becomes one `BadFile` with one sentence, before it can cost time or memory.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from partnerdesk.formats.sheets import Cell, Row, Sheet

__all__ = ["Book", "Cell", "Row", "Sheet", "book_from_text", "read_book"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (
        b"%PDF",
        text(
            QT_TRANSLATE_NOOP("PartnerDesk", "This is a PDF. Save the table as a spreadsheet (.xlsx) or as CSV first.")
        ),
    ),
    (b"\x89PNG", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a picture, not a spreadsheet."))),
    (b"\xff\xd8\xff", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a picture, not a spreadsheet."))),
    (b"GIF8", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a picture, not a spreadsheet."))),
    (b"SQLite format 3\x00", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a database, not a spreadsheet."))),
    (b"\x1f\x8b", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a compressed file. Unpack it first."))),
    (b"7z\xbc\xaf", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a compressed file. Unpack it first."))),
    (b"Rar!", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a compressed file. Unpack it first."))),
    (b"{\\rtf", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is a text document, not a spreadsheet."))),
)


@dataclass(frozen=True, slots=True)
class Book:
    """What was read from `path`. `encoding` and `delimiter` are None where the kind has none.

    `encodings` are the other encodings the bytes could be in, likeliest first, for a drop-down.
    """

    path: Path
    kind: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[Sheet, ...]
    sha256: str
    encodings: tuple[str, ...] = ()

    @property
    def first(self) -> Sheet:
        """The first sheet that holds anything."""
        return next(sheet for sheet in self.sheets if not sheet.is_empty)


def read_book(
    path: Path | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Book:
    """Read the spreadsheet at `path`; raises BadFile with one sentence when it cannot be used.

    `encoding` and `delimiter` overrule what is found in a CSV file and mean nothing elsewhere.
    """
    path = Path(path)
    head, sha256 = _inspected(path, limits)
    kind = _kind(path, head)
    found_encoding: str | None = None
    found_delimiter: str | None = None
    encodings: tuple[str, ...] = ()
    sheets: Sequence[Sheet]
    if kind in ("xlsx", "xls", "ods"):
        from partnerdesk.formats import workbooks

        sheets = workbooks.read(path, kind, limits)
    elif kind == "json":
        from partnerdesk.formats import lists

        sheets = lists.read(path, limits)
    else:
        from partnerdesk.formats import delimited

        table = delimited.read(path, encoding, delimiter, limits)
        sheets = (Sheet(path.stem, table.rows),)
        found_encoding, found_delimiter, encodings = table.encoding, table.delimiter, table.encodings
        kind = "tsv" if found_delimiter == "\t" else "csv"
    if all(sheet.is_empty for sheet in sheets):
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” holds no table."), file=path.name))
    return Book(path, kind, found_encoding, found_delimiter, tuple(sheets), sha256, encodings)


def book_from_text(pasted: str, limits: Limits = DEFAULT_LIMITS) -> Book:
    """What was copied from a spreadsheet (tab-separated text) as a Book of one sheet."""
    from partnerdesk.formats import delimited

    data = pasted.encode("utf-8", "replace")
    if len(data) > limits.file_size:
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "The copied text is larger than {size} MB."),
                size=limits.file_size // MEGABYTE,
            )
        )
    table = delimited.parsed(pasted, limits)
    sheet = Sheet("", table.rows)
    if sheet.is_empty:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "What was copied holds no table.")))
    return Book(Path(), "tsv", None, table.delimiter, (sheet,), hashlib.sha256(data).hexdigest())


def _inspected(path: Path, limits: Limits) -> tuple[bytes, str]:
    """The first bytes and the SHA-256 of a file that may be read; BadFile for any other."""
    try:
        if path.is_dir():
            raise BadFile(
                text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is a folder, not a spreadsheet."), file=path.name)
            )
        if path.exists() and not path.is_file():
            raise BadFile(
                text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is a device, not a spreadsheet."), file=path.name)
            )
        with path.open("rb") as stream:
            size = path.stat().st_size
            if size == 0:
                raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is empty."), file=path.name))
            if size > limits.file_size:
                raise BadFile(
                    text(
                        QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is larger than {size} MB."),
                        file=path.name,
                        size=limits.file_size // MEGABYTE,
                    )
                )
            head = stream.read(4096)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no file “{file}”."), file=path.name)) from error
    except PermissionError as error:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” may not be read: permission is missing."), file=path.name)
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” cannot be read: {reason}."), file=path.name, reason=reason)
        ) from error
    return head, digest


def _kind(path: Path, head: bytes) -> str:
    """What the file is by its content: xlsx, xls, ods, json or text; BadFile for the rest."""
    for magic, sentence in _FOREIGN:
        if head.startswith(magic):
            raise BadFile(sentence)
    if head.startswith(b"PK\x03\x04"):
        from partnerdesk.formats import zips

        return zips.kind(path)
    if head.startswith(_OLE):
        return "xls"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<":
        raise BadFile(_marked_up(path, start.lower()))
    if start[:1] in (b"{", b"[") and (path.suffix.lower() not in (".csv", ".tsv", ".txt")):
        return "json"
    if path.suffix.lower() in (".xlsx", ".xls", ".ods", ".xlsm") and b"\x00" in head:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is no spreadsheet, or it is damaged."), file=path.name)
        )
    return "text"


def _marked_up(path: Path, start: bytes) -> Text:
    if b"<html" in start or b"<table" in start or start.startswith(b"<!doctype html"):
        return text(
            QT_TRANSLATE_NOOP(
                "PartnerDesk", "“{file}” is a web page, not a spreadsheet. Open it and save it as .xlsx."
            ),
            file=path.name,
        )
    return text(
        QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is an XML file, not a spreadsheet. Open it and save it as .xlsx."),
        file=path.name,
    )
