"""Nine ways in which a file goes bad, and an independent look at what is then in it."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution
from partnerdesk.domain.words import text
from partnerdesk.services.samples_big import Size, make_big_office
from partnerdesk.store import schema
from partnerdesk.store.driver import connect
from partnerdesk.store.office import open_office

PAGE = 4096
SMALL = Size(20, 40, 110)
RECORDS = tuple(sorted(name for name in schema.metadata.tables if name not in schema.DERIVED))


class Victim:
    """A small, healthy office file as bytes, with logs left by earlier moments of its life."""

    def __init__(self, folder: Path, size: Size = SMALL) -> None:
        path = make_big_office(folder / "victim.partnerdesk", size)
        self.logs: list[bytes] = []
        office = open_office(path)
        keeper = connect(path)
        keeper.execute("BEGIN")
        keeper.execute("SELECT 1 FROM step").fetchone()
        for n in range(6):
            with office.write(text(f"change {n}"), "Marta Ilves") as unit:
                unit.change(Institution, n + 2, None, remark=f"Ørsted {n} " * 9)
                unit.add(Alias(institution_id=n + 2, name=f"alias {n}"))
                unit.add(Contact(institution_id=n + 2, family_name=f"Ilves {n}", email=f"ilves{n}@example.edu"))
                unit.add(Identifier(institution_id=n + 2, scheme="local", value=f"L{n}"))
            self.logs.append(path.with_name(path.name + "-wal").read_bytes())
        keeper.close()
        office.close()
        for n in range(3):
            office = open_office(path)
            with office.write(text("later"), "Jonas Weil") as unit:
                unit.change(Institution, n + 2, None, city=f"Łódź {n}")
            office.close()
        self.path = path
        self.raw = path.read_bytes()
        self.pages = len(self.raw) // PAGE


def flipped(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    raw = bytearray(victim.raw)
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw), b""


def zeroed(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    return _with_page(victim.raw, chance.randrange(victim.pages), bytes(PAGE)), b""


def garbage(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    at = 512 * chance.randrange(len(victim.raw) // 512)
    return victim.raw[:at] + chance.randbytes(512) + victim.raw[at + 512:], b""


def swapped(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    one, other = chance.sample(range(victim.pages), 2)
    first, second = _page(victim.raw, one), _page(victim.raw, other)
    return _with_page(_with_page(victim.raw, one, second), other, first), b""


def doubled(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    one, other = chance.sample(range(victim.pages), 2)
    return _with_page(victim.raw, one, _page(victim.raw, other)), b""


def cut_off(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    return victim.raw[:chance.randrange(1, len(victim.raw))], b""


def with_tail(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    return victim.raw + chance.randbytes(chance.choice((1, 512, PAGE, 3 * PAGE))), b""


def stale_log(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    log = chance.choice(victim.logs)
    return victim.raw, log[:chance.randrange(32, len(log) + 1)]


def head_hit(victim: Victim, chance: Random) -> tuple[bytes, bytes]:
    raw = bytearray(victim.raw)
    at = chance.choice((0, 16, 17, 18, 19, 20, 21, 28, 31, 36, 43, 47, 52, 59, 63, 71, 100, 103, 105, 107))
    raw[at] = chance.randrange(256)
    return bytes(raw), b""


KINDS: dict[str, Callable[[Victim, Random], tuple[bytes, bytes]]] = {
    "flipped bit": flipped, "zeroed page": zeroed, "overwritten sector": garbage, "swapped pages": swapped,
    "page written twice": doubled, "cut off": cut_off, "garbage at the end": with_tail, "stale log": stale_log,
    "header": head_hit,
}  # fmt: skip


def place(path: Path, raw: bytes, log: bytes) -> None:
    """Write a damaged file and its log."""
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes(raw)
    if log:
        path.with_name(path.name + "-wal").write_bytes(log)


def content(path: Path, tables: tuple[str, ...] = RECORDS) -> dict[str, str] | None:
    """What a plain connection reads of each table; None where it cannot. Shares no line with the seals."""
    made = {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            for table in tables:
                key = "sha256" if table == "content" else "id"
                rows = connection.execute(f'SELECT *, typeof("{key}") FROM "{table}" NOT INDEXED').fetchall()
                made[table] = hashlib.sha256(repr(rows).encode("utf-8", "replace")).hexdigest()
    except (sqlite3.Error, UnicodeError):
        return None
    return made


def _page(raw: bytes, n: int) -> bytes:
    return raw[n * PAGE:(n + 1) * PAGE]


def _with_page(raw: bytes, n: int, page: bytes) -> bytes:
    return raw[:n * PAGE] + page + raw[(n + 1) * PAGE:]
