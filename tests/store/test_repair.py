"""Repair changes nothing in a healthy office; in a hurt one it mends what it can and says what it did."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.partners import Alias, Institution
from partnerdesk.domain.problems import BadFile, Cancelled
from partnerdesk.domain.words import text
from partnerdesk.services.checkup import ended_badly
from partnerdesk.services.samples import make_sample
from partnerdesk.store import seals
from partnerdesk.store.checkup import Sealed, look
from partnerdesk.store.driver import connect
from partnerdesk.store.office import open_office
from partnerdesk.store.repair import repair
from partnerdesk.store.salvage import salvage
from tests.store.walks import Walk

HEAD = 100


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "sample.partnerdesk", "northbridge")


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.partnerdesk"
    copy.write_bytes(sample.read_bytes())
    return copy


def areas(path: Path, sealed: Sealed | None = None) -> list[str]:
    return [one.area for one in look(path, sealed)]


def hurt(path: Path, *statements: str) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=0")
        for sql in statements:
            connection.execute(sql)


def sealed(path: Path, *, exact: bool = True) -> Sealed:
    with closing(connect(path, mode="ro")) as connection:
        return Sealed(seals.take(connection), exact)


def differences(one: Path, other: Path) -> list[Any]:
    with closing(connect(other, mode="ro")) as connection:
        return list(seals.compare(sealed(one).seal, connection))


@pytest.mark.parametrize("seed", range(6))
def test_that_a_healthy_office_comes_out_of_a_repair_byte_for_byte(tmp_path: Path, seed: int) -> None:
    walk = Walk(tmp_path, seed)
    walk.steps(40)
    walk.office.close()
    path, new = walk.office.path, tmp_path / "new.partnerdesk"
    before = path.read_bytes()
    made = repair(path, new)
    assert (made.found, made.done, made.left) == ((), (), ())
    assert path.read_bytes() == before, "the office itself was touched"
    assert new.read_bytes()[HEAD:] == before[HEAD:], "only counters in the head may differ"
    assert differences(path, new) == []


@pytest.mark.parametrize("seed", range(3))
def test_that_even_a_salvage_loses_nothing_of_a_healthy_office(tmp_path: Path, seed: int) -> None:
    walk = Walk(tmp_path, seed)
    walk.steps(40)
    walk.office.close()
    new = tmp_path / "new.partnerdesk"
    made = salvage(walk.office.path, new)
    assert (made.lost, made.cut, made.left_out, made.doubtful) == (0, [], [], [])
    assert {one.table for one in differences(walk.office.path, new)} <= {"sqlite_sequence", "sqlite_master"}
    assert look(new) == []


@pytest.mark.parametrize(
    ("statements", "area"),
    [(("UPDATE partner_fact SET sort_name = 'x' WHERE institution_id = 4",), "derived"),
     (("DELETE FROM search_partner WHERE rowid = 4",), "derived"),
     (("UPDATE institution SET name = 'Another' WHERE id = 4",), "journal"),
     (("DELETE FROM contact WHERE id = 2",), "journal"),
     (("UPDATE contact SET valid_from = '2026-13-45' WHERE id = 2",), "types"),
     (("UPDATE institution SET is_home = 'x' WHERE id = 4",), "types"),
     (("UPDATE contact SET institution_id = 99999 WHERE id = 2",), "links"),
     (("UPDATE history SET \"after\" = '{' WHERE id = 5",), "journal"),
     (("UPDATE step SET rows = rows + 1 WHERE id = 1",), "journal"),
     (("DROP INDEX ix_institution_country",), "structure"),
     (("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'institution'",), "file")],
)
def test_that_each_hurt_is_named_and_mended(
    path: Path, tmp_path: Path, statements: tuple[str, ...], area: str
) -> None:
    assert areas(path) == []
    hurt(path, *statements)
    before = path.read_bytes()
    assert area in areas(path)
    made = repair(path, tmp_path / "new.partnerdesk")
    assert made.done
    assert all("kept as it was found" in str(one.sentence) for one in made.left)
    assert areas(tmp_path / "new.partnerdesk") == []
    assert path.read_bytes() == before


def test_that_a_removed_record_comes_back_from_the_journal(path: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.partnerdesk"
    whole.write_bytes(path.read_bytes())
    hurt(path, "DELETE FROM contact WHERE id = 2", "UPDATE contact SET valid_from = 'never' WHERE id = 3")
    new = tmp_path / "new.partnerdesk"
    repair(path, new)
    assert {one.table for one in differences(whole, new)} <= {"sqlite_sequence", "sqlite_master"}


def test_that_a_seal_proves_whether_a_record_or_its_history_is_right(path: Path, tmp_path: Path) -> None:
    backup = sealed(path, exact=False)
    whole = tmp_path / "whole.partnerdesk"
    whole.write_bytes(path.read_bytes())
    hurt(path, "UPDATE institution SET city = 'Elsewhere' WHERE id = 4")
    made = repair(path, tmp_path / "new.partnerdesk", backup)
    assert made.salvaged is not None
    assert made.salvaged.proved == [("institution", 4)]
    assert made.left == ()
    assert {one.table for one in differences(whole, tmp_path / "new.partnerdesk")} <= {
        "sqlite_sequence", "sqlite_master"}
    without = repair(path, tmp_path / "without.partnerdesk")
    assert [(one.table, one.row_id) for one in without.left] == [("institution", 4)]


def test_that_who_did_a_step_is_told_by_the_seal_of_the_last_backup(path: Path) -> None:
    backup = sealed(path, exact=False)
    office = open_office(path)
    with office.write(text("later"), "Marta Ilves") as unit:
        unit.change(Institution, 4, None, city="Later")
        unit.remove(Alias, unit.find(Alias)[0].id)
    office.close()
    assert areas(path, backup) == [], "what was done since is no damage"
    hurt(path, "UPDATE step SET who = 'Nobody' WHERE id = 1")
    assert areas(path) == []
    assert areas(path, backup) == ["seal"]


def test_that_a_backup_of_another_line_says_nothing(path: Path, tmp_path: Path) -> None:
    walk = Walk(tmp_path, 1)
    walk.office.close()
    assert areas(path, sealed(walk.office.path, exact=False)) == []


def test_that_an_unclean_end_is_seen_before_the_office_is_opened_again(path: Path) -> None:
    assert not ended_badly(path)
    office = open_office(path)
    with office.write(text("more"), "Marta Ilves") as unit:
        unit.add(Institution(name="More"))
    assert ended_badly(path), "as it is left by a kill"
    office.close()
    assert not ended_badly(path)


def test_that_a_salvage_says_how_far_it_is_in_rows_and_in_pages(path: Path, tmp_path: Path) -> None:
    raw = bytearray(path.read_bytes())
    with closing(connect(path, mode="ro")) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'history'").fetchone()[0]
    raw[(root - 1) * 4096:root * 4096] = b"g" * 4096
    path.write_bytes(raw)
    told: dict[str, list[tuple[int, int]]] = {}
    salvage(path, tmp_path / "new.partnerdesk", lambda done, total, what: told.setdefault(
        str(what), []).append((done, total)))
    assert list(told) == ["Reading rows", "Searching loose pages", "Making lists and search"]
    for steps in told.values():
        assert steps == sorted(steps)
        assert all(0 < done <= total for done, total in steps)


def test_that_a_repair_over_a_file_is_refused_and_a_stopped_one_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="already a file"):
        repair(path, path)

    def stop(done: int, total: int, what: object) -> None:
        if str(what) == "Reading rows":
            raise Cancelled

    hurt(path, "DELETE FROM contact WHERE id = 2")
    with pytest.raises(Cancelled):
        repair(path, tmp_path / "new.partnerdesk", None, stop)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("new")] == []
