"""kill -9 in the middle of saves and imports: nothing said to be safe is lost, nothing is there by half.

60 kills by default; PARTNERDESK_KILLS sets another number.
"""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.services.office import create_file
from partnerdesk.store.driver import connect
from partnerdesk.store.office import open_office
from tests.reliability.worker import BATCH
from tests.store.walks import derived, derived_anew

KILLS = int(os.environ.get("PARTNERDESK_KILLS", "60"))
WORKER = Path(__file__).with_name("worker.py")
ROWS = {"save": 4, "liar": 4, "import": 2 * BATCH, "change": 1}


class Workers:
    """Workers one after the other; the next one loads its modules while the last is killed."""

    def __init__(self, path: Path, kind: str) -> None:
        self._path, self._kind = path, kind
        self._chance = Random(kind)
        self._next = self._started()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(WORKER), str(self._path), self._kind], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(WORKER.parents[2])})

    def killed(self) -> list[str]:
        """What a worker said to be safe before it was killed at a random moment of its work."""
        worker, self._next = self._next, self._started()
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
        assert worker.stdout.readline() == "ready\n"
        timer = threading.Timer(self._chance.uniform(0.005, 0.12), worker.send_signal, (signal.SIGKILL,))
        timer.start()
        said = worker.stdout.read().split("\n")
        timer.join()
        self._gone(worker)
        assert worker.returncode == -signal.SIGKILL
        return said[:-1]

    def close(self) -> None:
        """End the worker that was to be the next."""
        self._next.kill()
        self._gone(self._next)

    @staticmethod
    def _gone(worker: subprocess.Popen[str]) -> None:
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            assert stream is not None
            stream.close()


def faults(path: Path, kind: str, said: list[str]) -> list[str]:
    """What is wrong with the office after the kill."""
    connection = connect(path)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"link {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        steps = {label: (rows, noted) for label, rows, noted in connection.execute(
            "SELECT label, rows, (SELECT count(*) FROM history h WHERE h.step_id = step.id) FROM step")}
        if kind == "change":
            last = connection.execute("SELECT remark FROM institution WHERE id = 1").fetchone()[0]
            kept = int(last.split()[1]) if last.startswith("change") else -1
            found += [f"lost {label}" for label in said if int(label.split()[1]) > kept]
        else:
            found += [f"lost {label}" for label in said if label not in steps]
            found += [f"half {label}" for label, (rows, noted) in steps.items()
                      if label.startswith(("batch", "save")) and not rows == noted == ROWS[kind]]
    finally:
        connection.close()
    return found


def whole(path: Path) -> None:
    """The office opens, and its derived rows are those of its records."""
    office = open_office(path)
    try:
        assert derived(office) == derived_anew(office)
    finally:
        office.close()


@pytest.mark.timeout(0 if KILLS > 60 else 120)
@pytest.mark.parametrize(("kind", "share"), [("save", 0.4), ("import", 0.4), ("change", 0.2)])
def test_that_nothing_said_to_be_safe_is_lost_to_a_kill(tmp_path: Path, kind: str, share: float) -> None:
    path = tmp_path / "killed.partnerdesk"
    with_home(path)
    all_said = 0
    with closing(Workers(path, kind)) as workers:
        for _ in range(round(KILLS * share)):
            said = workers.killed()
            all_said += len(said)
            assert faults(path, kind, said) == []
    whole(path)
    assert all_said > KILLS * share / 2, "hardly anything was saved between the kills"


def test_that_saying_so_before_the_commit_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "liar.partnerdesk"
    with_home(path)
    found: list[str] = []
    with closing(Workers(path, "liar")) as workers:
        for _ in range(30):
            found = faults(path, "liar", workers.killed())
            if found:
                break
    assert found[:1], "a save that was never made passed for safe"
    assert found[0].startswith("lost save")


def with_home(path: Path) -> None:
    """A new office with our own institution in it."""
    office = create_file(path)
    with office.write(text("home"), "Marta Ilves") as unit:
        unit.add(Institution(name="Northbridge", is_home=True))
    office.close()
