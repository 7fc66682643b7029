"""Balance of exchange with a partner: who sent how many, in heads, months or semesters, and what it will be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from partnerdesk.domain.durations import SEMESTER_WEIGHT, YEAR_WEIGHT
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

UNITS = ("heads", "months", "terms")
YEAR_MONTHS, SEMESTER_MONTHS = 10.0, 5.0
"""How long a year and a semester are taken to be where somebody asks what they would change."""

LEAST = 0.05
"""Less than this is no imbalance: it would be written as 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceTerms:
    """How a partnership's balance is kept: `unit` is heads, months or terms (semester 1, year 2, short 0).

    `opening` is what stood when the first counted year `since` began: plus means we had sent more. `bound` is the
    imbalance up to which the office does not mind.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    partnership_id: int = 0
    unit: str = "heads"
    opening: float = 0.0
    since: int | None = None
    bound: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What went one way in one academic year: stays that count, and stays that are planned; each in all three units."""

    year: int | None = None
    direction: str = "out"
    heads: float = 0
    months: float = 0
    terms: float = 0
    planned_heads: float = 0
    planned_months: float = 0
    planned_terms: float = 0

    def counted(self, unit: str) -> float:
        """What counts, in a unit."""
        return {"heads": self.heads, "months": self.months, "terms": self.terms}[unit]

    def planned(self, unit: str) -> float:
        """What is planned, in a unit."""
        return {"heads": self.planned_heads, "months": self.planned_months, "terms": self.planned_terms}[unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Stays one might agree on: so many whole years and semesters, in one direction."""

    direction: str = "in"
    years: int = 0
    semesters: int = 0

    def weight(self, unit: str) -> float:
        """What they would add, in a unit."""
        if unit == "heads":
            return self.years + self.semesters
        if unit == "months":
            return self.years * YEAR_MONTHS + self.semesters * SEMESTER_MONTHS
        return self.years * YEAR_WEIGHT + self.semesters * SEMESTER_WEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One academic year; `balance` and `forecast` are what stands at its end. `year` None: stays without a year."""

    year: int | None
    sent: float = 0
    received: float = 0
    planned_sent: float = 0
    planned_received: float = 0
    balance: float = 0
    forecast: float = 0

    @property
    def change(self) -> float:
        """What the year did to the balance."""
        return self.sent - self.received

    @property
    def planned(self) -> float:
        """What is planned for the year would do to it."""
        return self.planned_sent - self.planned_received


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """R40: opening balance and years, from which the balance follows. Minus: they sent more, so they are behind."""

    unit: str = "heads"
    opening: float = 0
    since: int | None = None
    bound: float | None = None
    lines: tuple[LedgerLine, ...] = ()

    @property
    def sent(self) -> float:
        """All that we sent in the years counted."""
        return sum(line.sent for line in self.lines)

    @property
    def received(self) -> float:
        """All that we received in the years counted."""
        return sum(line.received for line in self.lines)

    @property
    def balance(self) -> float:
        """What stands now."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def forecast(self) -> float:
        """What will stand once all that is planned has come."""
        return self.lines[-1].forecast if self.lines else self.opening

    @property
    def beyond(self) -> bool:
        """Whether the imbalance is more than the office puts up with."""
        return self.bound is not None and abs(self.balance) > self.bound

    def after(self, *changes: WhatIf) -> float:
        """The balance once these stays have come as well."""
        return self.balance + sum(
            one.weight(self.unit) * (1 if one.direction == "out" else -1) for one in changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a partnership stands, in the unit its balance is kept in; one line of the list of all."""

    partnership_id: int
    partner_id: int
    partner: str
    country: str = ""
    title: str = ""
    unit: str = "heads"
    opening: float = 0
    since: int | None = None
    bound: float | None = None
    sent: float = 0
    received: float = 0
    planned_sent: float = 0
    planned_received: float = 0

    @property
    def balance(self) -> float:
        """What stands now."""
        return self.opening + self.sent - self.received

    @property
    def forecast(self) -> float:
        """What will stand once all that is planned has come."""
        return self.balance + self.planned_sent - self.planned_received

    @property
    def beyond(self) -> bool:
        """Whether the imbalance is more than the office puts up with."""
        return self.bound is not None and abs(self.balance) > self.bound


def ledger_of(terms: BalanceTerms, flows: Iterable[Flow]) -> Ledger:
    """The ledger of a partnership, every year from the first to the last; years before `since` are in the opening."""
    sums: dict[int | None, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for flow in flows:
        if flow.year is None or terms.since is None or flow.year >= terms.since:
            way = "sent" if flow.direction == "out" else "received"
            sums[flow.year][way] += flow.counted(terms.unit)
            sums[flow.year][f"planned_{way}"] += flow.planned(terms.unit)
    balance = forecast = terms.opening
    lines = []
    for year in _in_order(sums):
        own = sums.get(year, {})
        line = LedgerLine(year=year, **own)
        balance += line.change
        forecast += line.change + line.planned
        lines.append(LedgerLine(year=year, **own, balance=balance, forecast=forecast))
    return Ledger(unit=terms.unit, opening=terms.opening, since=terms.since, bound=terms.bound, lines=tuple(lines))


def _in_order(years: Iterable[int | None]) -> list[int | None]:
    known = [year for year in years if year is not None]
    through: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
    return ([None] if None in years else []) + through


def balance_problems(terms: BalanceTerms) -> list[Problem]:
    """What is wrong with the way a balance is kept."""
    problems = []
    if terms.unit not in UNITS:
        problems.append(Problem("R40", "block", "unit", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A balance is kept in people, months or semesters"))))
    if terms.bound is not None and terms.bound < 0:
        problems.append(Problem("R40", "block", "bound", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The imbalance that does not matter is no less than 0"))))
    return problems


def said_amount(number: float, unit: str) -> Text:
    """A number without its sign, with its unit: "11 semesters", "1 person", "4.5 months"."""
    n = round(abs(number), 1)
    whole = n == int(n)
    shown = f"{n:.0f}" if whole else f"{n:.1f}"
    one, many = _COUNTED[unit]
    return Text(one if n == 1 else many, {"n": shown})


def sentence(ledger: Ledger, changes: Iterable[WhatIf] = ()) -> Text:
    """What one can tell the partner in a meeting: "You are 11 semesters behind; this makes 23".

    Who received more of the other's people has given more, so with a balance below 0 the partner is behind.
    """
    changes = [one for one in changes if one.weight(ledger.unit)]
    stands = _behind(ledger.balance, ledger.unit)
    if not changes:
        return text(_FULL, stands=stands)
    after = ledger.after(*changes)
    if abs(after) < LEAST:
        return text(_EVENS, stands=stands)
    if after * ledger.balance > 0 and abs(ledger.balance) >= LEAST:
        n = said_amount(after, ledger.unit).values["n"]
        return text(_MAKES, stands=stands, n=n)
    turned = _THEY_WILL if after < 0 else _WE_WILL
    return text(turned, stands=stands, amount=said_amount(after, ledger.unit))


def planned_sentence(ledger: Ledger) -> Text | None:
    """What will be once all that is planned has come; None where nothing is planned."""
    if not any(line.planned_sent or line.planned_received for line in ledger.lines):
        return None
    return text(_PLANNED, stands=_behind(ledger.forecast, ledger.unit, will=True))


def _behind(balance: float, unit: str, will: bool = False) -> Text:
    if abs(balance) < LEAST:
        return Text(_WILL_EVEN if will else _EVEN)
    templates = (_YOU_WILL, _US_WILL) if will else (_YOU, _US)
    return text(templates[0] if balance < 0 else templates[1], amount=said_amount(balance, unit))


_COUNTED = {
    "heads": (QT_TRANSLATE_NOOP("PartnerDesk", "{n} person"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} people")),
    "months": (QT_TRANSLATE_NOOP("PartnerDesk", "{n} month"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} months")),
    "terms": (QT_TRANSLATE_NOOP("PartnerDesk", "{n} semester"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} semesters")),
}
_EVEN = QT_TRANSLATE_NOOP("PartnerDesk", "We are even")
_WILL_EVEN = QT_TRANSLATE_NOOP("PartnerDesk", "we will be even")
_YOU = QT_TRANSLATE_NOOP("PartnerDesk", "You are {amount} behind")
_US = QT_TRANSLATE_NOOP("PartnerDesk", "We are {amount} behind")
_YOU_WILL = QT_TRANSLATE_NOOP("PartnerDesk", "you will be {amount} behind")
_US_WILL = QT_TRANSLATE_NOOP("PartnerDesk", "we will be {amount} behind")
_FULL = QT_TRANSLATE_NOOP("PartnerDesk", "{stands}.")
_MAKES = QT_TRANSLATE_NOOP("PartnerDesk", "{stands}; this makes {n}.")
_EVENS = QT_TRANSLATE_NOOP("PartnerDesk", "{stands}; this makes us even.")
_THEY_WILL = QT_TRANSLATE_NOOP("PartnerDesk", "{stands}; after this you will be {amount} behind.")
_WE_WILL = QT_TRANSLATE_NOOP("PartnerDesk", "{stands}; after this we will be {amount} behind.")
_PLANNED = QT_TRANSLATE_NOOP("PartnerDesk", "With all that is planned {stands}.")
