"""Who holds an office: a colleague's lock stands, one that was left behind does not."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.bridge.files import Lock, lock_possible

HOLD = """
import sys
from pathlib import Path
from partnerdesk.bridge.files import Lock
lock = Lock(Path(sys.argv[1]), "Jonas Weil")
print("held" if lock.take() else "refused", flush=True)
sys.stdin.read()
lock.release()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.partnerdesk"


def held_elsewhere(path: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_that_a_colleague_who_has_it_open_is_named(path: Path) -> None:
    other = held_elsewhere(path)
    lock = Lock(path, "Marta Ilves")
    assert not lock.take()
    assert (lock.holder().who, lock.holder().host) == ("Jonas Weil", socket.gethostname())
    other.communicate()
    assert lock.take()
    lock.release()
    assert list(path.parent.iterdir()) == []


def test_that_an_idle_colleague_is_never_pushed_out(path: Path) -> None:
    other = held_elsewhere(path)
    long_ago = 1_000_000_000
    for file in path.parent.iterdir():
        os.utime(file, (long_ago, long_ago))
    assert not Lock(path, "Marta Ilves").take()
    other.communicate()


def test_that_the_lock_of_a_program_that_was_killed_is_taken_over(path: Path) -> None:
    other = held_elsewhere(path)
    other.kill()
    other.wait()
    for stream in (other.stdin, other.stdout):
        assert stream is not None
        stream.close()
    assert path.with_name(path.name + ".lock").exists()
    lock = Lock(path, "Marta Ilves")
    assert lock.take()
    assert json.loads(path.with_name(path.name + ".holder").read_text("utf-8"))["who"] == "Marta Ilves"
    lock.release()


def test_that_an_old_empty_lock_is_taken_over_and_a_fresh_one_is_not(path: Path) -> None:
    file = path.with_name(path.name + ".lock")
    file.touch()
    assert not Lock(path, "Marta Ilves").take(), "it may be that of a colleague who is just opening"
    os.utime(file, (1_000_000_000, 1_000_000_000))
    lock = Lock(path, "Marta Ilves")
    assert lock.take()
    lock.release()


def test_that_a_lock_is_free_when_its_holder_has_left_or_died(path: Path) -> None:
    lock = Lock(path, "Marta Ilves")
    assert lock.free
    for leave in ("communicate", "kill"):
        other = held_elsewhere(path)
        assert not lock.free
        getattr(other, leave)()
        other.communicate()
        assert lock.free
    (path.with_name(path.name + ".lock")).write_text("1\npartnerdesk\nother-host\n\n\n")
    assert not lock.free


def test_that_a_lock_of_another_computer_stands(path: Path) -> None:
    path.with_name(path.name + ".lock").write_text("1\npartnerdesk\nother-host\n\n\n")
    lock = Lock(path, "Marta Ilves")
    assert not lock.take()
    assert lock.holder().host == "other-host"


def test_that_giving_free_without_holding_leaves_the_holders_note(path: Path) -> None:
    mine = Lock(path, "Marta Ilves")
    assert mine.take()
    other = Lock(path, "Jonas Weil")
    assert not other.take()
    other.release()
    assert other.holder().who == "Marta Ilves"
    mine.release()


def test_that_no_lock_is_tried_in_a_folder_that_cannot_be_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lock_possible(path)
    monkeypatch.setattr(os, "access", lambda folder, mode: False)
    assert not lock_possible(path)


def left_on_another_computer(path: Path) -> None:
    """What a program on another computer leaves beside an office that it has open."""
    path.with_name(path.name + ".lock").write_text("4711\npython\nLAB-7\n")
    note = {"who": "Berta Holm", "host": "LAB-7", "since": "2026-03-02T08:12+00:00"}
    path.with_name(path.name + ".holder").write_text(json.dumps(note), encoding="utf-8")


def test_that_a_lock_of_another_computer_stands_until_it_is_lifted_by_a_user(path: Path) -> None:
    left_on_another_computer(path)
    lock = Lock(path, "Marta Ilves")
    assert not lock.take()
    assert (lock.foreign, lock.free, lock.holder().who) == (True, False, "Berta Holm")
    assert lock.wrest()
    assert lock.holder().who == "Marta Ilves"
    lock.release()
    assert list(path.parent.iterdir()) == []


def test_that_a_lock_of_this_computer_cannot_be_wrested(path: Path) -> None:
    other = held_elsewhere(path)
    lock = Lock(path, "Marta Ilves")
    assert not lock.foreign
    assert not lock.wrest()
    other.communicate()
