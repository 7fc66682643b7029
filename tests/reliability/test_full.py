"""The disk runs full at every size, and a deed fails at each of its statements: the old state stays, whole.

72 sizes by default; PARTNERDESK_SIZES sets another number, which are closer to each other in the same range.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.services import agreements, journal, partners
from partnerdesk.services.importing import import_file
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.store.driver import connect
from partnerdesk.store.unit import Reader
from tests.reliability.layer import Layer, possible
from tests.reliability.power import content

SIZES = int(os.environ.get("PARTNERDESK_SIZES", "72"))
WHO = "Marta Ilves"
LARGEST, PLENTY = 262_800, 4_000_000


def state(path: Path) -> str:
    """The content, after a look at the whole file."""
    connection = connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        return content(connection)
    finally:
        connection.close()


def save(office: Any, n: int) -> None:
    do(office, partners.new_partner(Institution(name=f"Partner {n}", remark="r" * 3000)), WHO)


class Filled:
    """Saves into an office until its disk is full, and once more when there is room again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: list[str] = []
        self.wrong: list[str] = []

    def until_full(self, make_room: Callable[[], None], label: str) -> None:
        office = open_file(self.path)
        for n in range(400):
            before = state(self.path)
            try:
                save(office, n)
            except EnvironmentTrouble as trouble:
                self.told.append(str(trouble.message))
                if state(self.path) != before:
                    self.wrong.append(f"{label}: something was stored although it was refused")
                break
        else:
            self.wrong.append(f"{label}: the disk never was full")
        make_room()
        try:
            save(office, 999)
        except EnvironmentTrouble as trouble:
            self.wrong.append(f"{label}: the retry failed: {trouble.message}")
        office.close()
        state(self.path)


@pytest.mark.skipif(not possible(), reason="the driver's library hides its functions here")
@pytest.mark.parametrize("journal_folder", ["Here", "Dropbox"])
def test_that_a_disk_that_is_full_at_any_size_takes_nothing(tmp_path: Path, journal_folder: str) -> None:
    folder = tmp_path.resolve() / journal_folder
    folder.mkdir()
    path = folder / "office.partnerdesk"
    mount = next(one for one in path.parents if one.is_mount())
    layer = Layer(folder)
    layer.recording = False
    with layer.on():
        for n in range(SIZES // 2):
            path.unlink(missing_ok=True)
            layer.room = None
            create_file(path).close()
            layer.room = 512 + n * LARGEST // (SIZES // 2)
            filled = Filled(path)
            filled.until_full(lambda: setattr(layer, "room", PLENTY), f"{layer.room} bytes")
            assert filled.wrong == []
            assert f"The disk {mount} is full." in filled.told[0]


DISK = 3 * 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of three megabytes, where the system lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small file system can only be made by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_that_a_real_small_disk_takes_nothing_either(small_disk: Path) -> None:
    path, ballast = small_disk / "office.partnerdesk", small_disk / "ballast"
    for n in range(8):
        path.unlink(missing_ok=True)
        create_file(path).close()
        left = DISK - path.stat().st_size
        ballast.write_bytes(bytes(left - 220_000 + n * 18_000))
        filled = Filled(path)
        filled.until_full(ballast.unlink, f"ballast {n}")
        assert filled.wrong == []
        assert f"The disk {small_disk} is full." in filled.told[0]


@pytest.mark.skipif(not possible(), reason="the driver's library hides its functions here")
def test_that_an_import_into_a_full_disk_is_taken_back_whole(tmp_path: Path) -> None:
    path = tmp_path.resolve() / "office.partnerdesk"
    sheet = tmp_path / "partners.csv"
    sheet.write_text("\n".join(["Name;Country", *(f"Universidad {n};ES" for n in range(80))]), encoding="utf-8")
    create_file(path).close()
    layer = Layer(path.parent)
    layer.recording = False
    with layer.on():
        before = state(path)
        for n in range(100):
            layer.room = 2_000 + n * 12_000
            try:
                import_file(sheet, path)
            except EnvironmentTrouble as trouble:
                assert "is full" in str(trouble.message)
                layer.room = None
                assert state(path) == before
                continue
            break
        layer.room = None
        assert state(path) != before
        assert n > 5, "hardly any disk was too small"


class Overheard:
    """A driver of which each statement is told before it runs."""

    def __init__(self, driver: Any, hear: Callable[[], None]) -> None:
        self._driver, self._hear = driver, hear

    def execute(self, *given: Any) -> Any:
        self._hear()
        return self._driver.execute(*given)

    def executemany(self, *given: Any) -> Any:
        self._hear()
        return self._driver.executemany(*given)


class Stumble:
    """Lets the nth statement from now on fail as a disk would, whether it goes by the engine or straight to the driver.
    """

    def __init__(self, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        self.seen = 0
        sa.event.listen(office._engine, "before_cursor_execute", self.hear)
        straight = Reader._driver
        monkeypatch.setattr(Reader, "_driver", lambda reader: Overheard(straight(reader), self.hear))

    def hear(self, *_: Any) -> None:
        self.seen += 1
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise OSError(28, "No space left on device")


def deeds(office: Any) -> list[Deed[Any]]:
    with office.read() as reader:
        one = reader.find(Institution, name="First")[0]
        step = journal.undo_state(reader).undo
    assert step is not None
    return [
        partners.new_partner(Institution(name="Another")),
        partners.change_institution(one, city="Lyon"),
        agreements.new_agreement(one, Agreement(type="student_exchange")),
        partners.delete_partners([one]),
        partners.change_many([one.id], {"city": "Nice"}, {}, 1),
        journal.undo_deed(step),
    ]


def test_that_a_failure_before_any_statement_of_a_deed_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.partnerdesk"
    office = create_file(path)
    do(office, partners.new_partner(Institution(name="First")), WHO)
    stumble = Stumble(office, monkeypatch)
    tried = 0
    for deed in deeds(office):
        before = state(path)
        for n in range(200):
            stumble.left = n
            try:
                do(office, deed, WHO)
            except (EnvironmentTrouble, OSError):
                tried += 1
                stumble.left = None
                assert state(path) == before, f"{deed.label}: statement {n}"
                continue
            break
        stumble.left = None
        assert state(path) != before, f"{deed.label} did nothing in the end"
        with office.read() as reader:
            step = journal.undo_state(reader).undo
        if step is not None:
            do(office, journal.undo_deed(step), WHO)
    office.close()
    assert tried > 60


def test_that_a_deed_without_a_transaction_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "office.partnerdesk"
    create_file(path).close()
    before = state(path)
    connection = connect(path)
    connection.execute("INSERT INTO institution (uid, name) SELECT 'u', 'half' WHERE 0")
    connection.execute("INSERT INTO step (at, who, label, label_values, kind, state, reason, rows)"
                       " VALUES ('2026', 'x', 'half', '{}', 'do', 'done', '', 1)")
    connection.close()
    assert state(path) != before
