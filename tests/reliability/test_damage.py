"""Damaged files in nine kinds: every change of content is found, and what can be read comes into a new office.

2,000 files by default; PARTNERDESK_DAMAGED sets another number.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from partnerdesk.services.samples_big import Size, make_big_office
from partnerdesk.store import checkup, journal_check, seals
from partnerdesk.store.driver import connect
from partnerdesk.store.ranges import UNREADABLE
from partnerdesk.store.salvage import Salvaged, salvage
from tests.reliability.damage import KINDS, PAGE, RECORDS, Victim, content, place

DAMAGED = int(os.environ.get("PARTNERDESK_DAMAGED", "2000"))
WEIGHTS = {"flipped bit": 3, "garbage at the end": 0.5, "cut off": 0.5}
SHARE = DAMAGED / (len(KINDS) - len(WEIGHTS) + sum(WEIGHTS.values()))


@dataclass
class Tally:
    """Of the damaged files of a kind: all, those whose content changed, and who noticed."""

    files: int = 0
    changed: int = 0
    engine: int = 0
    journal: int = 0
    found: int = 0
    missed: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Victim:
    return Victim(tmp_path_factory.mktemp("victim"))


def tally(victim: Victim, kind: str, path: Path, files: int) -> Tally:
    """Damage a file again and again in one way, and ask all who could notice."""
    with closing(connect(victim.path, mode="ro")) as connection:
        sealed = checkup.Sealed(seals.take(connection))
    whole = content(victim.path)
    chance, made = Random(kind), Tally()
    for n in range(files):
        place(path, *KINDS[kind](victim, chance))
        made.files += 1
        if content(path) == whole:
            continue
        made.changed += 1
        engine, journal, seal = noticed(path, sealed)
        made.engine += engine
        made.journal += engine or journal
        made.found += engine or seal
        if not (engine or seal):
            made.missed.append(n)
    return made


def noticed(path: Path, sealed: checkup.Sealed) -> tuple[bool, bool, bool]:
    """Whether the engine's check, the journal and the seal notice something; the last two are not asked in vain."""
    try:
        with closing(connect(path, mode="ro")) as connection:
            if any(checkup.pages(connection)):
                return True, True, True
            return False, any(checkup.journal(connection)), any(checkup.against_seal(connection, sealed))
    except UNREADABLE:
        return True, True, True


@pytest.mark.timeout(0 if DAMAGED > 2000 else 120)
@pytest.mark.parametrize("kind", KINDS)
def test_that_every_change_of_content_is_found(victim: Victim, kind: str, tmp_path: Path) -> None:
    made = tally(victim, kind, tmp_path / "hurt.partnerdesk", round(SHARE * WEIGHTS.get(kind, 1)))
    assert made.missed == [], f"content changed and nobody noticed: {kind}, files {made.missed}"
    if kind == "garbage at the end":
        assert made.changed == 0, "what lies behind the last page belongs to nobody"
    else:
        assert made.changed >= made.files // 10, "hardly any of the files was hurt where it counts"


def test_that_the_engines_own_check_finds_only_a_part_and_the_journal_nearly_all(
    victim: Victim, tmp_path: Path
) -> None:
    flips = tally(victim, "flipped bit", tmp_path / "hurt.partnerdesk", 120)
    assert flips.changed - flips.engine >= flips.changed // 4, "the control finds as much as the seals do"
    assert flips.journal >= 0.9 * flips.changed


def test_that_a_healthy_file_and_one_with_a_longer_tail_have_no_findings(victim: Victim, tmp_path: Path) -> None:
    with closing(connect(victim.path, mode="ro")) as connection:
        sealed = checkup.Sealed(seals.take(connection))
    assert checkup.look(victim.path, sealed) == []
    assert checkup.look(victim.path, checkup.Sealed(sealed.seal, exact=False)) == []
    longer = tmp_path / "longer.partnerdesk"
    place(longer, victim.raw + bytes(PAGE), b"")
    assert not any(one.area == "seal" for one in checkup.look(longer, sealed))


def rows(path: Path, table: str) -> dict[int, tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return {row[0]: row[1:] for row in connection.execute(f'SELECT rowid, * FROM "{table}"')}


def share_kept(before: Path, after: Path) -> float:
    """The share of rows of all tables of records, the journal included, that are there and equal."""
    total = same = 0
    for table in RECORDS:
        old, new = rows(before, table), rows(after, table)
        total += len(old)
        same += sum(new.get(one) == row for one, row in old.items())
    return same / total


def agrees(path: Path) -> None:
    """The salvaged office is whole, and its records are what its journal says."""
    assert checkup.look(path) == []
    with closing(connect(path, mode="ro")) as connection:
        assert list(journal_check.against_records(connection, journal_check.account_of(connection))) == []


def broken_pages(raw: bytes, chance: Random, n: int) -> bytes:
    made = bytearray(raw)
    for page in chance.sample(range(1, len(raw) // PAGE), n):
        made[page * PAGE:(page + 1) * PAGE] = chance.randbytes(PAGE)
    return bytes(made)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_big_office(tmp_path_factory.mktemp("large") / "large.partnerdesk", Size(500, 900, 2800))


@pytest.mark.parametrize("seed", [1, 2])
def test_that_salvage_brings_999_of_1000_rows_out_of_a_file_with_garbage_pages(
    large: Path, tmp_path: Path, seed: int
) -> None:
    hurt, new = tmp_path / "hurt.partnerdesk", tmp_path / "new.partnerdesk"
    raw = broken_pages(large.read_bytes(), Random(seed), 5)
    hurt.write_bytes(raw)
    salvage(hurt, new)
    assert share_kept(large, new) >= 0.999
    assert hurt.read_bytes() == raw, "the damaged file was written to"
    agrees(new)


def test_that_entries_of_a_run_are_written_again_where_the_whole_journal_lies_on_loose_pages(
    large: Path, tmp_path: Path
) -> None:
    nameless, hurt, new = (tmp_path / f"{name}.partnerdesk" for name in ("nameless", "hurt", "new"))
    nameless.write_bytes(large.read_bytes())
    with closing(sqlite3.connect(nameless)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'history'")
        connection.commit()
    hurt.write_bytes(broken_pages(nameless.read_bytes(), Random(1), 20))
    made = salvage(hurt, new)
    assert made.tallies["history"].read == 0 < made.tallies["history"].told
    assert share_kept(large, new) >= 0.999
    agrees(new)


def root_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]) - 1


def without_head(raw: bytes, _: Path) -> bytes:
    return bytes(100) + raw[100:]


def without_first_page(raw: bytes, _: Path) -> bytes:
    return Random(5).randbytes(PAGE) + raw[PAGE:]


def without_root_of_history(raw: bytes, path: Path) -> bytes:
    at = root_of(path, "history") * PAGE
    return raw[:at] + Random(6).randbytes(PAGE) + raw[at + PAGE:]


def without_root_of_conditions(raw: bytes, path: Path) -> bytes:
    at = root_of(path, "condition") * PAGE
    return raw[:at] + bytes(PAGE) + raw[at + PAGE:]


def with_wrong_page_size(raw: bytes, _: Path) -> bytes:
    return raw[:16] + (1024).to_bytes(2, "big") + raw[18:]


@pytest.mark.parametrize("spoil", [
    without_head, without_first_page, without_root_of_history, without_root_of_conditions, with_wrong_page_size])
def test_that_salvage_finds_rows_whose_way_through_the_file_is_gone(
    large: Path, tmp_path: Path, spoil: Callable[[bytes, Path], bytes]
) -> None:
    hurt, new = tmp_path / "hurt.partnerdesk", tmp_path / "new.partnerdesk"
    hurt.write_bytes(spoil(large.read_bytes(), large))
    salvage(hurt, new)
    assert share_kept(large, new) >= 0.999
    agrees(new)


def test_that_every_kind_of_damage_leaves_an_office_that_opens_or_an_honest_refusal(
    tmp_path: Path,
) -> None:
    # large enough that half of the file holds hundreds of rows beside the empty tables
    victim = Victim(tmp_path, Size(40, 80, 220))
    hurt, new = tmp_path / "hurt.partnerdesk", tmp_path / "new.partnerdesk"
    kept = []
    for kind, spoil in KINDS.items():
        chance = Random(f"salvage {kind}")
        for _ in range(2):
            place(hurt, *spoil(victim, chance))
            if kind == "cut off" and hurt.stat().st_size < len(victim.raw) // 2:
                continue
            made: Salvaged = salvage(hurt, new)
            agrees(new)
            kept.append(made.kept)
            for end in ("", "-wal", "-shm"):
                new.with_name(new.name + end).unlink(missing_ok=True)
    assert min(kept) >= 1000
