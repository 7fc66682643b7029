"""Reads rows straight from the pages of a damaged SQLite file, when the way to them through the file is broken.

A page says of itself whether it holds rows of a table, but not of which table: that is told by the rows, from how
many columns they have, what kind of value stands in each, and the uid that the journal knows. The layout is that of
https://sqlite.org/fileformat2.html, sections 1.6 and 2.1.
"""

import mmap
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from partnerdesk.store.ranges import Row, lenient

_LEAF = 0x0D
_KINDS = (0x02, 0x05, 0x0A, 0x0D)
_MAGIC = b"SQLite format 3\x00"
_SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
_USUAL = 4096
_MOST_BYTES = 1 << 30
_TOLD_AFTER = 256
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Raw = bytes | mmap.mmap


@contextmanager
def mapped(path: Path) -> Iterator[Raw]:
    """The bytes of a file that nobody has open, of which only what is looked at comes into memory."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            yield b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
            yield raw


def rows_of(path: Path, looked: Callable[[int, int], None] | None = None) -> Iterator[Row]:
    """Every row (id, values) on a page that looks like one of a table's; an INTEGER PRIMARY KEY comes as None.

    `looked` hears now and then how many pages of how many were looked at.
    """
    with mapped(path) as raw:
        size = page_size(raw)
        pages = len(raw) // size
        for page in range(pages):
            start = page * size
            at = start + (100 if start == 0 else 0)
            if raw[at] == _LEAF:
                yield from _page(raw, start, at, size)
            if looked is not None and (page + 1) % _TOLD_AFTER == 0:
                looked(page + 1, pages)


def page_size(raw: Raw) -> int:
    """The page size of a file, whatever its header says: at twice the right one half of the pages are passed over."""
    found = {size: pages_at(raw, size) for size in _SIZES}
    most = max(found.values())
    return max((size for size in _SIZES if found[size] >= 0.75 * most), default=_USUAL) if most else _USUAL


def pages_at(raw: Raw, size: int) -> int:
    """How many pages of that size begin as the pages of a tree do; the first one, with the header, is not looked at."""
    return sum(_begins(raw, start, size) for start in range(size, len(raw) - size + 1, size))


def mend_header(path: Path, application_id: int, version: int) -> None:
    """Write the first 100 bytes of a copy anew, as those of a file without a log that is as long as it is."""
    with mapped(path) as raw:
        size = page_size(raw)
        pages = len(raw) // size
    head = bytearray(100)
    head[:16] = _MAGIC
    struct.pack_into(">HBBBBBB", head, 16, 1 if size == 65536 else size, 1, 1, 0, 64, 32, 32)
    struct.pack_into(">III", head, 24, 1, pages, 0)
    struct.pack_into(">II", head, 40, 1, 4)
    struct.pack_into(">II", head, 56, 1, version)
    struct.pack_into(">I", head, 68, application_id)
    struct.pack_into(">II", head, 92, 1, 3_040_000)
    with path.open("rb+") as file:
        file.write(head)
        file.truncate(pages * size)


def _begins(raw: Raw, start: int, size: int) -> bool:
    cells, content = int.from_bytes(raw[start + 3:start + 5], "big"), int.from_bytes(raw[start + 5:start + 7], "big")
    return raw[start] in _KINDS and 8 + 2 * cells <= (content or 65536) <= size


def _page(raw: Raw, start: int, at: int, size: int) -> Iterator[Row]:
    cells = int.from_bytes(raw[at + 3:at + 5], "big")
    if at + 8 + 2 * cells > start + size:
        return
    for n in range(cells):
        cell = int.from_bytes(raw[at + 8 + 2 * n:at + 10 + 2 * n], "big")
        if not 8 <= cell < size - 3:
            continue
        try:
            row = _cell(raw, start, cell, size)
        except (IndexError, ValueError, struct.error):
            continue
        if row is not None:
            yield row


def _cell(raw: Raw, start: int, cell: int, size: int) -> Row | None:
    length, at = varint(raw, start + cell)
    row_id, at = varint(raw, at)
    if not 2 <= length <= _MOST_BYTES:
        return None
    local = _local(length, size)
    if at + local > start + size:
        return None
    payload = raw[at:at + local]
    if local < length:
        payload += _overflow(raw, int.from_bytes(raw[at + local:at + local + 4], "big"), length - local, size)
    values = _record(payload)
    return None if values is None else (row_id, *values)


def _local(length: int, size: int) -> int:
    """How many bytes of a row lie on the page itself."""
    if length <= size - 35:
        return length
    least = (size - 12) * 32 // 255 - 23
    share = least + (length - least) % (size - 4)
    return share if share <= size - 35 else least


def _overflow(raw: Raw, page: int, left: int, size: int) -> bytes:
    parts: list[bytes] = []
    while left > 0:
        start = (page - 1) * size
        if page < 2 or start + size > len(raw) or len(parts) > len(raw) // size:
            raise ValueError(page)
        page = int.from_bytes(raw[start:start + 4], "big")
        parts.append(raw[start + 4:start + 4 + min(left, size - 4)])
        left -= len(parts[-1])
    return b"".join(parts)


def _record(payload: bytes) -> list[object] | None:
    """The values of a record; None when it does not hold what its head says."""
    head, at = varint(payload, 0)
    if not at <= head <= len(payload):
        return None
    kinds = []
    while at < head:
        kind, at = varint(payload, at)
        kinds.append(kind)
    values: list[object] = []
    for kind in kinds:
        n = _length(kind)
        part = payload[at:at + n]
        if len(part) != n:
            return None
        values.append(_value(kind, part))
        at += n
    return values if at == len(payload) else None


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == 7 else _INTEGERS.get(kind, 0)


def _value(kind: int, part: bytes) -> object:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", part)[0])
    if kind < 7:
        return int.from_bytes(part, "big", signed=True)
    if kind in (10, 11):
        raise ValueError(kind)
    return lenient(part) if kind % 2 else part


def varint(raw: Raw, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for n in range(8):
        byte = raw[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    value = value << 8 | raw[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9
