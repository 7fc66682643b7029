"""The map file: found in order, or refused in one sentence."""

from pathlib import Path

import pytest

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.resources import resource_path
from partnerdesk.formats.worldfile import read_world

DATA = resource_path("world", "world.map").read_bytes()


def written(folder: Path, data: bytes) -> Path:
    path = folder / "world.map"
    path.write_bytes(data)
    return path


def test_that_the_map_of_the_program_has_three_levels_each_finer_than_the_last() -> None:
    file = read_world()
    sizes = [len(file.outlines(level)) for level in range(3)]
    assert sizes == sorted(sizes)
    assert sizes[0] < 250_000
    assert len(DATA) < 1_200_000


def test_that_a_missing_map_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"^The map file of the program is missing or damaged, [^.]*\.$"):
        read_world(tmp_path / "none.map")


@pytest.mark.parametrize("data", [b"", b"PDWORLD1", DATA[:5000], DATA[:-1], DATA + b"x", b"x" + DATA[1:],
                                  DATA[:40] + b"?" + DATA[41:], DATA[:8] + b"\xff\xff\xff\xff" + DATA[12:]])
def test_that_a_damaged_map_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadFile):
        read_world(written(tmp_path, data))


def test_that_damage_in_the_outlines_is_found_when_they_are_read(tmp_path: Path) -> None:
    start, size = read_world().spans[0]
    hurt = bytearray(DATA)
    hurt[start + size // 2] ^= 0xFF
    with pytest.raises(BadFile):
        read_world(written(tmp_path, bytes(hurt))).outlines(0)
