"""Reads the map of the world: what lies where at once, the outlines of a level of detail when it is wanted."""

import json
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.domain.worldmap import Piece, World

MAGIC = b"PDWORLD1"
MOST = 16 * 2**20
"""No level of detail is larger than this, whatever a file says."""
_START = struct.Struct(">8sII")


@dataclass(frozen=True, slots=True)
class WorldFile:
    """A map file that was found in order: the world, and where the outlines of each level lie in the file."""

    path: Path
    world: World
    spans: tuple[tuple[int, int], ...]

    def outlines(self, level: int) -> bytes:
        """The paths of all pieces, then of all lines, as QDataStream writes them. Raises BadFile."""
        start, size = self.spans[level]
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                unpacker = zlib.decompressobj()
                found = unpacker.decompress(file.read(size), MOST)
        except (OSError, zlib.error) as error:
            raise _bad() from error
        if not unpacker.eof:
            raise _bad()
        return found


def read_world(path: Path | None = None) -> WorldFile:
    """The map that belongs to the program, or the one at `path`. Raises BadFile with one sentence."""
    path = path or _own()
    try:
        with path.open("rb") as file:
            magic, size, check = _START.unpack(file.read(_START.size))
            head = file.read(min(size, MOST))
            end = file.seek(0, 2)
        if magic != MAGIC or len(head) != size or zlib.crc32(head) != check:
            raise _bad()
        return _file(path, json.loads(head), _START.size + size, end)
    except (OSError, struct.error, ValueError, KeyError, TypeError) as error:
        raise _bad() from error


def _file(path: Path, head: dict[str, Any], start: int, end: int) -> WorldFile:
    spans = []
    for size in head["levels"]:
        spans.append((start, size))
        start += size
    if start != end:
        raise _bad()
    world = World(
        tuple(Piece(*row) for row in head["pieces"]), tuple((a, b) for a, b in head["lines"]),
        tuple((a, b) for a, b in head["touching"]), {code: (x, y) for code, (x, y) in head["places"].items()})
    return WorldFile(path, world, tuple(spans))


def _own() -> Path:
    try:
        return resource_path("world", "world.map")
    except FileNotFoundError as error:
        raise _bad() from error


def _bad() -> BadFile:
    return BadFile(Text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "The map file of the program is missing or damaged, so countries are shown as a table only.")))
