"""The one clock of the program; tests and the sample office set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """The present moment, with time zone UTC."""
    return _now()


def today() -> date:
    """Today where the user is."""
    return _now().astimezone().date()


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Stop the clock at `moment` (with time zone) for the length of a block."""
    global _now  # noqa: PLW0603
    before, _now = _now, lambda: moment
    try:
        yield
    finally:
        _now = before
