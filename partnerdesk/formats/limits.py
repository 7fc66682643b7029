"""How much of a file from outside is read before it is refused; generous for offices, tight for traps."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file: sizes in bytes, counts in pieces. The defaults fit some 300 MB of memory."""

    file_size: int = 64 * MEGABYTE
    list_size: int = 24 * MEGABYTE
    list_braces: int = 600_000
    member_size: int = 160 * MEGABYTE
    total_size: int = 256 * MEGABYTE
    members: int = 5_000
    ratio: int = 120
    ratio_from: int = 8 * MEGABYTE
    sheets: int = 100
    rows: int = 300_000
    columns: int = 1_000
    cells: int = 3_000_000
    cell_length: int = 131_072
    box: int = 6_000_000
    sparse_from: int = 50_000
    depth: int = 40


DEFAULT_LIMITS = Limits()
