"""A file is replaced by all of the new one or stays what it was."""

from pathlib import Path
from typing import IO

import pytest

from partnerdesk.formats.atomic import write_atomically


def test_that_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    mode = path.stat().st_mode
    assert write_atomically(path, lambda stream: stream.write(b"newer")) == 5
    assert (path.read_bytes(), path.stat().st_mode) == (b"newer", mode)


def test_that_a_new_file_may_be_read_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_atomically(tmp_path / "made", lambda stream: stream.write(b"x"))
    assert (tmp_path / "made").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_that_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".csv")
    write_atomically(path, lambda stream: stream.write(b"x"))
    assert path.read_bytes() == b"x"


def test_that_a_writing_that_breaks_off_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")

    def broken(stream: IO[bytes]) -> None:
        stream.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, broken)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("list.csv", b"old")]
