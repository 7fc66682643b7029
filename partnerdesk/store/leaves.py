"""Which rows of a backup lie on pages that the backup before has too, byte for byte.

Such rows are what they were, so what is known of them need not be worked out again: of a large office a day changes
few pages. Only the leaves of a table's own tree count, at the same place in both files; a leaf with a row that goes
on elsewhere is taken for changed. The layout is that of https://sqlite.org/fileformat2.html, section 1.6.
"""

import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

from partnerdesk.store.carve import varint
from partnerdesk.store.driver import connect
from partnerdesk.store.ranges import LEAST, MOST, UNREADABLE

_LEAF, _INNER = 0x0D, 0x05
_DEEPEST = 20
_LARGEST_PAGE = 16384
_HEAD = 100


class Piece(NamedTuple):
    """Rows of a table by their ids, both ends included: `same` as in the file before, or to be read.

    The ends of a piece that is the same are those of the file before, where its rows are all there is between them.
    """

    same: bool
    least: int
    most: int


class _Pages:
    """The pages of a file, each read when it is asked for: mapped into memory, a bad sector would end the program."""

    def __init__(self, file: FileIO, size: int) -> None:
        self._file, self._size = file, size

    def page(self, number: int) -> bytes:
        """The page of that number, from 1. Raises ValueError where there is none, OSError."""
        self._file.seek((number - 1) * self._size)
        raw = self._file.read(self._size)
        if len(raw) < self._size:
            raise ValueError(number)
        return raw


class Compared:
    """Two files with the trees of the tables that both have, as the pages where they begin."""

    def __init__(self, now: _Pages, before: _Pages, tables: dict[str, tuple[int, int]]) -> None:
        self._now, self._before, self._tables = now, before, tables

    def pieces(self, table: str) -> list[Piece] | None:
        """All rows of a table in the order of their ids; None where the files cannot be compared."""
        if table not in self._tables:
            return None
        try:
            return self._pieces(*self._tables[table])
        except (ValueError, IndexError, struct.error, OSError):
            return None

    def _pieces(self, now_root: int, before_root: int) -> list[Piece]:
        before = [leaf[:3] for leaf in _leaves(self._before, before_root, LEAST, MOST)]
        known = {page: (least, most) for page, least, most in before}
        made: list[Piece] = []
        for page, least, most, leaf in _leaves(self._now, now_root, LEAST, MOST):
            same = page in known and leaf == self._before.page(page) and _is_whole(leaf)
            piece = Piece(same, *known[page]) if same else Piece(same, least, most)
            if made and made[-1].same is same and made[-1].most + 1 == piece.least:
                made[-1] = Piece(same, made[-1].least, piece.most)
            else:
                made.append(piece)
        return made


@contextmanager
def compared(connection: Any, path: Path, before: Path) -> Iterator[Compared | None]:
    """Compare a finished file, which `connection` sees, with the one before; None where they are of two kinds."""
    try:
        with closing(connect(before, mode="ro", immutable=True)) as other:
            declared, known = _declared(connection), _declared(other)
    except UNREADABLE:
        yield None
        return
    tables = {name: (root, known[name][0]) for name, (root, sql) in declared.items()
              if name in known and known[name][1] == sql}
    with FileIO(path) as now, FileIO(before) as then:
        size = _size_of(now.read(_HEAD), then.read(_HEAD))
        yield Compared(_Pages(now, size), _Pages(then, size), tables) if size else None


def _declared(connection: Any) -> dict[str, tuple[int, str]]:
    """Of each table where its tree begins, and how it is declared."""
    return {name: (root, sql) for name, root, sql in connection.execute(
        "SELECT name, rootpage, sql FROM sqlite_master WHERE type = 'table' AND rootpage > 1")}


def _size_of(now: bytes, then: bytes) -> int:
    """The page size of two files by their heads; 0 unless both are of one usual kind, with texts of one encoding."""
    parts = (slice(0, 18), slice(20, 21), slice(44, 48), slice(56, 60))
    size = int.from_bytes(now[16:18], "big")
    alike = len(now) == len(then) == _HEAD and all(now[part] == then[part] for part in parts)
    return size if alike and 512 <= size <= _LARGEST_PAGE and now[20] == 0 else 0


def _leaves(
    pages: _Pages, number: int, least: int, most: int, depth: int = 0
) -> Iterator[tuple[int, int, int, bytes]]:
    """The leaves below a page: number, least and last id that may lie there, bytes. Raises ValueError for no tree."""
    if number < 2 or depth > _DEEPEST:
        raise ValueError(number)
    raw = pages.page(number)
    if raw[0] == _LEAF:
        yield number, least, most, raw
        return
    if raw[0] != _INNER:
        raise ValueError(number)
    cells = int.from_bytes(raw[3:5], "big")
    for at in struct.unpack_from(f">{cells}H", raw, 12):
        last, _ = varint(raw, at + 4)
        yield from _leaves(pages, int.from_bytes(raw[at:at + 4], "big"), least, last, depth + 1)
        least = last + 1
    yield from _leaves(pages, int.from_bytes(raw[8:12], "big"), least, most, depth + 1)


def _is_whole(leaf: bytes) -> bool:
    """Whether no row of a leaf can go on elsewhere: none is about as long as a page, as its first two bytes tell."""
    long = 0x80 | (len(leaf) - 35) >> 7
    cells = int.from_bytes(leaf[3:5], "big")
    return all(leaf[at] < 0x80 or (leaf[at] < long and leaf[at + 1] < 0x80)
               for at in struct.unpack_from(f">{cells}H", leaf, 8))
