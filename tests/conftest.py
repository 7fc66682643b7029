"""What every test gets: Qt without a screen, a home of its own, a clock that can stand, quiet logs."""

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from partnerdesk.domain import clock

ROOT = Path(__file__).resolve().parent.parent
STOPPED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

_home = Path(tempfile.mkdtemp(prefix="partnerdesk-test-"))


def _leave_home() -> None:
    """Move every place a program may read or write for its user into a folder of this run.

    Done while this file is loaded, before Qt or the program can have looked anywhere.
    """
    folders = {
        "HOME": "home",
        "USERPROFILE": "home",
        "APPDATA": "home/roaming",
        "LOCALAPPDATA": "home/local",
        "XDG_CONFIG_HOME": "home/.config",
        "XDG_DATA_HOME": "home/.local/share",
        "XDG_STATE_HOME": "home/.local/state",
        "XDG_CACHE_HOME": "home/.cache",
        "XDG_RUNTIME_DIR": "runtime",
    }
    for name, folder in folders.items():
        place = _home / folder
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[name] = str(place)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="en", TZ="UTC")
    if hasattr(time, "tzset"):
        time.tzset()


_leave_home()

settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_unconfigure() -> None:
    shutil.rmtree(_home, ignore_errors=True)


class _Collected(logging.Handler):
    """Keeps the lines at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_stray_log_lines(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or error in the log fails the test, unless it is marked `logs` and looks at them itself."""
    collected = _Collected()
    logging.getLogger().addHandler(collected)
    yield
    logging.getLogger().removeHandler(collected)
    if collected.lines and request.node.get_closest_marker("logs") is None:
        pytest.fail("Unexpected log lines:\n" + "\n".join(collected.lines))


@pytest.fixture
def stopped_clock() -> Iterator[datetime]:
    """The program's clock stands at 2 March 2026, 09:00 UTC; gives that moment."""
    with clock.fixed(STOPPED_AT):
        yield STOPPED_AT


@pytest.fixture(scope="session")
def inputs() -> Path:
    """The folder of real files (PARTNERDESK_INPUTS, else ../shared/inputs); skips where it is absent."""
    folder = Path(os.environ.get("PARTNERDESK_INPUTS") or ROOT.parent / "shared" / "inputs")
    if not folder.is_dir():
        pytest.skip(f"no real input files at {folder}; name their folder in PARTNERDESK_INPUTS")
    return folder
