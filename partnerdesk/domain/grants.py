"""Grants: dated tables of rates as data, awards calculated from them line by line, and what is paid when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantTable:
    """The rates of a programme for one call year; `source` names where they were published."""

    id: int = 0
    uid: str = ""
    version: int = 1
    name: str = ""
    programme: str = ""
    call_year: int | None = None
    currency: str = "EUR"
    valid_from: date | None = None
    valid_to: date | None = None
    first_payment_percent: int = 80
    source: str = ""
    remark: str = ""
    archived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRate:
    """One rate. `kind` is month, short-day, staff-day, travel, top-up-month, top-up-once or country.

    `region` is the group of countries it is for (empty: all); a `country` row puts the country `key` into a `region`.
    `low` to `high` are days of the stay or kilometres; `green` is the amount for green travel, in the table's currency.
    `key` names a top-up: fewer-opportunities, traineeship, green.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    table_id: int = 0
    position: int = 0
    kind: str = "month"
    region: str = ""
    key: str = ""
    low: int | None = None
    high: int | None = None
    amount: float | None = None
    green: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAward:
    """A calculation for a stay: its lines as told then, frozen once signed; `status` is calculated, frozen, signed,
    paid or closed. Each of `lines` is a JSON object with `what`, `quantity`, `unit`, `rate` and `amount`.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    stay_id: int = 0
    n: int = 1
    table_id: int | None = None
    table_name: str = ""
    currency: str = "EUR"
    status: str = "calculated"
    starts_on: date | None = None
    ends_on: date | None = None
    days: int = 0
    amount: float = 0.0
    lines: tuple[str, ...] = ()
    calculated_on: date | None = None
    signed_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPayment:
    """An instalment; `final` is held until the documents of the return are in."""

    id: int = 0
    uid: str = ""
    version: int = 1
    award_id: int = 0
    n: int = 1
    percent: float | None = None
    amount: float = 0.0
    due_on: date | None = None
    paid_on: date | None = None
    final: bool = False
    note: str = ""
