"""Power failure in the middle of saves, imports and undos: nothing said to be stored is lost, nothing is broken.

5,000 images by default; PARTNERDESK_IMAGES sets another number.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.store import office as rooms
from tests.reliability.layer import possible
from tests.reliability.power import Verdict
from tests.reliability.recorded import Recorded, Recording, outcome

ROOT = Path(__file__).resolve().parents[2]
IMAGES = int(os.environ.get("PARTNERDESK_IMAGES", "5000"))

pytestmark = pytest.mark.skipif(not possible(), reason="the driver's library hides its functions here")


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of images are written and synced."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder).resolve()


def recorded_as_it_is(quick: Path, place: str, saves: int) -> Recorded:
    """A run of the program as it is; by the name of the folder it chooses the journal."""
    (quick / place).mkdir()
    return Recording(quick / place).run(saves)


def recorded(quick: Path, monkeypatch: pytest.MonkeyPatch, journal: str, synchronous: str, saves: int) -> Recorded:
    """A run of the program with this journal and this care."""
    def keep(connection: Any, **_: Any) -> str:
        mode = str(connection.execute(f"PRAGMA journal_mode={journal}").fetchone()[0])
        connection.execute(f"PRAGMA synchronous={synchronous}")
        return mode

    monkeypatch.setattr(rooms, "keep_journal", keep)
    folder = quick / f"{journal}-{synchronous}"
    folder.mkdir()
    return Recording(folder).run(saves)


def looked_at(quick: Path, run: Recorded, number: int) -> Verdict:
    folder = quick / "image"
    folder.mkdir()
    return outcome(run, folder, number, seed=1)


@pytest.mark.timeout(0 if IMAGES > 5000 else 240)
@pytest.mark.parametrize(("place", "journal"), [("Here", "wal"), ("Dropbox", "journal")])
def test_that_a_power_failure_takes_nothing_that_was_said_to_be_stored(quick: Path, place: str, journal: str) -> None:
    run = recorded_as_it_is(quick, place, 30)
    assert {event.name.rpartition("-")[2] for event in run.events if "-" in event.name} - {"shm"} == {journal}
    verdict = looked_at(quick, run, IMAGES // 2)
    assert (verdict.lost, verdict.corrupt) == (0, 0), verdict.first
    assert verdict.seen == IMAGES // 2


@pytest.mark.parametrize(("journal", "synchronous"), [("WAL", "OFF"), ("TRUNCATE", "OFF"), ("WAL", "NORMAL"),
                                                      ("DELETE", "FULL")])
def test_that_less_care_would_be_noticed(
    quick: Path, monkeypatch: pytest.MonkeyPatch, journal: str, synchronous: str
) -> None:
    run = recorded(quick, monkeypatch, journal, synchronous, 10)
    verdict = looked_at(quick, run, 60)
    assert verdict.lost + verdict.corrupt > 3, "the images show nothing of what a power failure does"


TRACED = """
import sys
from collections import Counter
from pathlib import Path
from partnerdesk.domain.partners import Institution
from partnerdesk.services import partners
from partnerdesk.services.office import create_file, do
from tests.reliability.layer import Layer
path = Path(sys.argv[1])
layer = Layer(path.parent)
with layer.on():
    office = create_file(path)
    for n in range(3):
        do(office, partners.new_partner(Institution(name=f"Partner {n}")), "Marta Ilves")
    office.close()
counts = Counter((event.name, event.what) for event in layer.events)
print(*(f"{name} {what} {n}" for (name, what), n in sorted(counts.items()) if what != "made"), sep=chr(10))
"""
CALLS = {"pwrite64": "write", "fsync": "sync", "fdatasync": "sync", "ftruncate": "cut", "unlink": "gone"}


def test_that_the_layer_misses_nothing_that_the_system_is_asked(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    path, trace = tmp_path.resolve() / "office.partnerdesk", tmp_path / "trace"
    run = subprocess.run(
        ["strace", "-f", "-y", "-e", f"trace={','.join(CALLS)},pwritev,write,rename", "-o", str(trace),
         sys.executable, "-c", TRACED, str(path)],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    if run.returncode:
        pytest.skip(f"strace is not allowed to trace here: {run.stderr[-200:]}")
    asked: Counter[str] = Counter()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"\d+ +(\w+)\((?:\d+<|\")[^>\"]*/(office\.partnerdesk[^>\"]*)[>\"].* = \d", line)
        if call and not call[2].endswith("-shm"):
            asked[f"{call[2]} {CALLS.get(call[1], call[1])}"] += 1
    noted = {line.rpartition(" ")[0]: int(line.rpartition(" ")[2]) for line in run.stdout.splitlines()}
    assert noted == asked
    assert noted["office.partnerdesk-wal write"] > 30
