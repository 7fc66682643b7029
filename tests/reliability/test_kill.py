"""A program killed while it saves or imports loses nothing it has acknowledged and leaves nothing half written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("PARTNERDESK_KILLS", "60"))

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked, which this system cannot do"),
    pytest.mark.timeout(max(120, 4 * KILLS)),
]


def killed(kind: str, kills: int, folder: Path, *more: str) -> dict[str, int]:
    script = Path(__file__).with_name("kills.py")
    done = subprocess.run(
        [sys.executable, str(script), kind, str(kills), str(folder), *more], capture_output=True, text=True, check=True,
        cwd=script.parent.parent.parent, env={**os.environ, "PYTHONPATH": str(script.parent.parent.parent)})
    return json.loads(done.stdout)


def test_that_no_acknowledged_save_is_lost_when_the_program_is_killed(tmp_path):
    told = killed("saves", KILLS // 2, tmp_path)
    assert told["kills"] == KILLS // 2
    assert told["acknowledged"] > told["kills"], "too few saves came through for this to mean anything"
    assert (told["lost"], told["partial"], told["corrupt"]) == (0, 0, 0)


def test_that_a_killed_import_is_there_whole_or_not_at_all(tmp_path):
    told = killed("imports", KILLS - KILLS // 2, tmp_path)
    assert told["kills"] == KILLS - KILLS // 2
    assert 0 < told["acknowledged"] < told["kills"], "every kill came too late or too early"
    assert (told["partial"], told["corrupt"]) == (0, 0)


def test_that_a_program_which_acknowledges_too_early_is_caught(tmp_path):
    assert killed("saves", 12, tmp_path, "--lying")["lost"] > 0
