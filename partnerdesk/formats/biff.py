"""Looks into old binary .xls files before the reader does: passwords and sheets beyond memory.

Only what is needed of the OLE container ([MS-CFB]) and of the record stream ([MS-XLS] 2.1): where a
workbook's stream lies, and the row and column of each cell record.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats import zips
from partnerdesk.formats.limits import Limits

_END = 0xFFFFFFFA
_CELLS = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6))
_DIMENSIONS, _MULRK, _FILEPASS, _BOF, _EOF = 0x0200, 0x00BD, 0x002F, 0x0809, 0x000A


def check(path: Path, limits: Limits) -> None:
    """Raise BadFile when the file is locked, is no workbook, or its cells lie too far apart."""
    data = path.read_bytes()
    try:
        stream = _workbook(data, path)
        _check_records(stream, path, limits)
    except (struct.error, IndexError, ValueError, MemoryError) as error:
        raise BadFile(zips.damaged(path)) from error


def _workbook(data: bytes, path: Path) -> bytes:
    """The bytes of the stream that holds the workbook."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise BadFile(zips.damaged(path))
    size = 1 << shift
    table = _sector_table(data, size)
    directory = b"".join(_chain(data, struct.unpack_from("<I", data, 48)[0], table, size))
    entries = {_name(directory, at): at for at in range(0, len(directory) - 127, 128)}
    if "EncryptedPackage" in entries:
        raise BadFile(zips.locked(path))
    at = entries.get("Workbook", entries.get("Book"))
    if at is None:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is no spreadsheet."), file=path.name))
    start, length = struct.unpack_from("<II", directory, at + 116)
    if length < struct.unpack_from("<I", data, 56)[0]:
        return _small_stream(data, directory, entries, table, size, start, length)
    return b"".join(_chain(data, start, table, size))[:length]


def _name(directory: bytes, at: int) -> str:
    length = min(64, struct.unpack_from("<H", directory, at + 64)[0])
    return directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")


def _sector_table(data: bytes, size: int) -> list[int]:
    """The file allocation table, from the header's list and the chain that continues it."""
    places = list(struct.unpack_from("<109I", data, 76))
    following, guard = struct.unpack_from("<I", data, 68)[0], len(data) // size + 1
    while following < _END and guard:
        block = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        places.extend(block[:-1])
        following, guard = block[-1], guard - 1
    table: list[int] = []
    for place in places:
        if place < _END and (place + 2) * size <= len(data) + size:
            sector = data[(place + 1) * size : (place + 2) * size].ljust(size, b"\xff")
            table.extend(struct.unpack(f"<{size // 4}I", sector))
    return table


def _chain(data: bytes, sector: int, table: list[int], size: int, offset: int = 1) -> Iterator[bytes]:
    """The sectors from `sector` on; a loop or an end outside the file is damage (ValueError)."""
    left = len(data) // size + 2
    while sector < _END:
        left -= 1
        if left < 0 or sector >= len(table):
            raise ValueError("chain of sectors")
        yield data[(sector + offset) * size : (sector + offset + 1) * size]
        sector = table[sector]


def _small_stream(
    data: bytes, directory: bytes, entries: dict[str, int], table: list[int], size: int, start: int, length: int
) -> bytes:
    """A stream kept in the 64-byte sectors of the root entry."""
    root = struct.unpack_from("<I", directory, entries["Root Entry"] + 116)[0]
    container = b"".join(_chain(data, root, table, size))
    packed = b"".join(_chain(data, struct.unpack_from("<I", data, 60)[0], table, size))
    small = list(struct.unpack(f"<{len(packed) // 4}I", packed))
    return b"".join(_chain(container, start, small, 64, offset=0))[:length]


def _check_records(stream: bytes, path: Path, limits: Limits) -> None:
    at, last_row, last_column, cells = 0, 0, 0, 0
    unpack = struct.Struct("<HH").unpack_from
    end = len(stream) - 3
    while at < end:
        kind, length = unpack(stream, at)
        if kind in _CELLS or kind == _MULRK:
            row, column = unpack(stream, at + 4)
            cells += 1
            if kind == _MULRK:
                column = struct.unpack_from("<H", stream, at + 2 + length)[0]
                cells += length // 6
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
        elif kind == _FILEPASS:
            raise BadFile(zips.locked(path))
        elif kind == _DIMENSIONS and length >= 14:
            _check_dimensions(stream, at + 4, limits)
        elif kind == _EOF:
            zips.refuse_block(last_row, last_column, cells, limits)
            last_row = last_column = cells = 0
        at += 4 + length
    zips.refuse_block(last_row, last_column, cells, limits)


def _check_dimensions(stream: bytes, at: int, limits: Limits) -> None:
    """The reader sets aside room for the stated block, so a lie here would cost memory, too."""
    first_row, end_row, first_column, end_column = struct.unpack_from("<IIHH", stream, at)
    if (end_row - first_row) * (end_column - first_column) > 4 * limits.box:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} cells."), limit=limits.box)
        )
