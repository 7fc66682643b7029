"""Eight programs on one file at once: no edit of one is lost under an edit of another."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.services.office import create_file, open_file
from tests.reliability.desks import ROWS
from tests.reliability.test_full import state

DESKS = 8
EDITS = int(os.environ.get("PARTNERDESK_EDITS", "100"))
PROGRAM = Path(__file__).with_name("desks.py")


def worked_on(path: Path, edits: int, *more: str) -> tuple[int, int]:
    """How many edits were made in all, and how many of them the office shows."""
    office = create_file(path)
    with office.write(text("rows"), "Marta Ilves") as unit:
        unit.add_many([Institution(name=f"Partner {n}", remark="0") for n in range(ROWS)])
    office.close()
    desks = [
        subprocess.Popen([sys.executable, str(PROGRAM), str(path), f"Desk {n}", str(edits), *more],
                         stdin=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(PROGRAM.parents[2])})
        for n in range(DESKS)]
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write(b"go\n")
        desk.stdin.flush()
    for desk in desks:
        desk.communicate()
        assert desk.returncode == 0
    office = open_file(path)
    with office.read() as reader:
        shown = sum(int(one.remark.split()[0]) for one in reader.find(Institution))
    office.close()
    state(path)
    return DESKS * edits, shown


@pytest.mark.parametrize("folder", ["Here", "Dropbox"])
def test_that_no_edit_is_lost_among_eight_desks(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    edits = EDITS if folder == "Here" else EDITS // 10
    made, shown = worked_on(tmp_path / folder / "office.partnerdesk", edits)
    assert shown == made


def test_that_edits_are_lost_where_nobody_looks_at_versions(tmp_path: Path) -> None:
    made, shown = worked_on(tmp_path / "office.partnerdesk", 10, "careless")
    assert shown < made
