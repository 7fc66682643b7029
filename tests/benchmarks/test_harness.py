"""The benchmarks run: once, in the smallest size, so that none is found broken when figures are wanted."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.fixture
def harness(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(HERE))
    import harness

    return harness


def test_that_a_goal_that_is_missed_is_said(harness) -> None:
    row = harness.Row("act", "limit", measured=1.4, least=1.0, most=2.0, goal=1.15)
    assert not row.as_it_should
    assert "NO" in harness.table([row])


def test_that_a_control_that_reaches_its_goal_is_said(harness) -> None:
    row = harness.Row("act", "limit", measured=1.0, least=1.0, most=2.0, goal=1.15, control=True)
    assert not row.as_it_should
    assert "REACHED" in harness.table([row])


def test_that_a_rate_has_to_be_higher_than_its_goal(harness) -> None:
    rate = harness.Row("act", "limit", measured=0.9, least=0.8, most=1.0, goal=0.95, better="higher")
    assert not rate.reached


def test_that_a_ratio_is_the_middle_of_neighbours(harness, tmp_path: Path) -> None:
    bench = harness.Bench(harness.SIZES["tiny"], tmp_path, tmp_path / "none")
    row = bench.ratio("act", "limit", [3.0, 1.0, 2.0], goal=2.0)
    assert (row.measured, row.least, row.most, row.as_it_should) == (2.0, 1.0, 3.0, True)


@pytest.mark.timeout(300)
def test_that_every_benchmark_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE), "--size", "tiny"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert "0 benchmarks broken" in done.stdout, done.stdout + done.stderr
