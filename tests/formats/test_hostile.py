"""Files that would harm a careless reader: each is a table or one sentence, within a modest memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.domain.problems import BadFile
from partnerdesk.formats.books import read_book
from tests.formats import hostile

resource = pytest.importorskip("resource")

_MEGABYTES = 300
_CHILD = """
import json, resource, sys
from pathlib import Path
from tests.formats import hostile
said = [(name, sentence) for name, sentence, _ in getattr(hostile, sys.argv[2])(Path(sys.argv[1]))]
status = Path("/proc/self/status")
if status.exists():
    # what getrusage says includes the peak of the process this one was started from
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(json.dumps([said, peak]))
"""


def test_that_no_hostile_file_takes_the_program_down_or_more_than_a_modest_memory(tmp_path: Path) -> None:
    paths = hostile.make_all(tmp_path)
    assert len(paths) >= 25
    said, peak = _read(tmp_path, "read_each")
    assert {name for name, _ in said} == {path.name for path in paths}
    assert [name for name, sentence in said if sentence.endswith(" rows") and name != "formulas.csv"] == []
    assert peak <= _MEGABYTES


def test_that_no_hostile_calendar_or_plan_does_either(tmp_path: Path) -> None:
    paths = hostile.make_dated(tmp_path)
    assert len(paths) >= 15
    said, peak = _read(tmp_path, "read_dated")
    assert {name for name, _ in said} == {path.name for path in paths}
    assert [name for name, sentence in said if not sentence.endswith(".")] == []
    assert peak <= _MEGABYTES


def _read(folder: Path, how: str) -> tuple[list[list[str]], float]:
    """What a process of its own says of the files in a folder, and the most memory it had in megabytes."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder), how], cwd=root, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (120, 120)),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said, peak = json.loads(done.stdout)
    return said, peak


def test_that_one_endless_word_is_not_searched_for_addresses(tmp_path: Path) -> None:
    from partnerdesk.services.importing import start_from_file

    path = tmp_path / "words.csv"
    path.write_text("name,email\n" + f"{'a' * 120_000},{'b' * 120_000}\n" * 3, encoding="utf-8")
    assert start_from_file(None, path).header.names == ("name", "email")


def test_that_a_value_of_a_list_is_no_longer_than_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps([{"name": "a" * 200_000}]), encoding="utf-8")
    with pytest.raises(BadFile, match="too long"):
        read_book(path)
