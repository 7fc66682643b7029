"""Where the state of an agreement is derived: the one room that decides what is in effect, late or over.

A room of its own, as a list of partners shows states before the papers themselves are wanted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

EXPIRY_HORIZON_DAYS = 180
NOTICE_HORIZON_DAYS = 90


class State(StrEnum):
    """The derived state of an agreement, most pressing for the office first."""

    NOTICE_WINDOW = "notice_window"
    EXPIRING = "expiring"
    TERMINATING = "terminating"
    IN_EFFECT = "in_effect"
    WAITING_US = "waiting_us"
    WAITING_PARTNER = "waiting_partner"
    FUTURE = "future"
    DRAFT = "draft"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"


STATES = tuple(State)
RUNNING = (State.NOTICE_WINDOW, State.EXPIRING, State.TERMINATING, State.IN_EFFECT)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the state of an agreement depends on, besides today.

    `ours_on` and `theirs_on` are the days on which a side was complete; `superseded_on` is the day a
    successor took effect; `ends_on` None means open-ended or not given; `renew_months` says by how much
    the agreement prolongs itself each time it runs out.
    """

    ours_on: date | None = None
    theirs_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    notice_on: date | None = None
    termination_on: date | None = None
    superseded_on: date | None = None
    renew_months: int | None = None


def rolled(facts: Facts, today: date) -> Facts:
    """The facts with the end (and the notice day) of the period that a signed, self-renewing agreement is in."""
    if not facts.renew_months or facts.ends_on is None or facts.ends_on >= today:
        return facts
    if facts.ours_on is None or facts.theirs_on is None:
        return facts
    over = facts.ends_on + timedelta(days=1)
    behind = (today.year - over.year) * 12 + today.month - over.month
    times = max(1, behind // facts.renew_months)
    while months_before(over, -times * facts.renew_months) <= today:
        times += 1
    months = times * facts.renew_months
    notice = months_before(facts.notice_on, -months) if facts.notice_on else None
    return replace(facts, ends_on=months_before(over, -months) - timedelta(days=1), notice_on=notice)


def state_of(facts: Facts, today: date) -> State:
    """The one state of an agreement on a day: total over every combination of dates and sign-offs."""
    if facts.termination_on is not None and facts.termination_on <= today:
        return State.TERMINATED
    facts = rolled(facts, today)
    if facts.ours_on is None or facts.theirs_on is None:
        return _unsigned(facts, today)
    if facts.superseded_on is not None and facts.superseded_on <= today:
        return State.SUPERSEDED
    if facts.ends_on is not None and facts.ends_on < today:
        return State.EXPIRED
    if facts.starts_on is not None and facts.starts_on > today:
        return State.FUTURE
    if facts.termination_on is not None:
        return State.TERMINATING
    return _running(facts, today)


def _unsigned(facts: Facts, today: date) -> State:
    if facts.ends_on is not None and facts.ends_on < today:
        return State.EXPIRED
    if facts.ours_on is None and facts.theirs_on is None:
        return State.DRAFT
    return State.WAITING_PARTNER if facts.theirs_on is None else State.WAITING_US


def _running(facts: Facts, today: date) -> State:
    notice_until = today + timedelta(days=NOTICE_HORIZON_DAYS)
    if facts.notice_on is not None and today <= facts.notice_on <= notice_until:
        return State.NOTICE_WINDOW
    if facts.ends_on is not None and facts.ends_on <= today + timedelta(days=EXPIRY_HORIZON_DAYS):
        return State.EXPIRING
    return State.IN_EFFECT


def leading(states: Iterable[State]) -> State | None:
    """Of the states of a partner's agreements the one to show for the partner."""
    return min(states, key=STATES.index, default=None)


def months_before(day: date, months: int) -> date:
    """The day `months` months earlier, at the month's last day where the day does not exist."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
