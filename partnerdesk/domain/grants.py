"""Grants: dated tables of rates as data, awards calculated from them line by line, and what is paid when."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import asin, cos, radians, sin, sqrt

from partnerdesk.domain.durations import SHORT, days_360
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text


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

MONTH_DAYS = 30
SHORT_ACTIVITIES = ("student-short", "doctoral-short", "bip")
STAFF_FULL_DAYS, STAFF_LATER_PERCENT = 14, 70
EARTH_KM = 6371.0088
RATE_KINDS = ("month", "short-day", "staff-day", "travel", "top-up-month", "top-up-once", "country")
TOP_UPS = ("fewer-opportunities", "traineeship", "green")
AWARD_FIXED = ("frozen", "signed", "paid", "closed")
"""Awards whose amounts do not change any more (R84)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What of a stay its grant depends on; days as they were, else as planned."""

    activity: str = "student-studies"
    attribute: str = "long-term"
    country: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    interruption_days: int = 0
    distance_km: int | None = None
    green: bool = False
    fewer_opportunities: bool = False

    @property
    def paid_as(self) -> str:
        """Which rates hold: of staff, of a short stay, or by the month."""
        if self.activity.startswith("staff"):
            return "staff"
        short = self.attribute in SHORT or self.activity in SHORT_ACTIVITIES
        return "short" if short else "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLine:
    """One line of a calculation: `quantity` of `unit` (months, days, once) at `rate`, which is `amount`."""

    what: Text
    quantity: Decimal
    unit: str
    rate: Decimal
    amount: Decimal

    @property
    def of(self) -> Text | None:
        """Where the rate comes from: "a thirtieth of 570.00", "70 % of 160.00"; None where it is in the table."""
        if "of" not in self.what.values:
            return None
        return Text(_SHARE if "percent" in self.what.values else _THIRTIETH, self.what.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """A grant worked out line by line; `problems` say what could not be."""

    days: int = 0
    lines: tuple[GrantLine, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))


def calendar_days(first: date, last: date) -> int:
    """Days from `first` to `last`, both counted, as the calendar has them; 0 when last is before first."""
    return max((last - first).days + 1, 0)


def paid_days(journey: Journey) -> int:
    """Days a grant is paid for: by the month 30 to each month (R80), else as the calendar has them; without breaks."""
    if journey.starts_on is None or journey.ends_on is None:
        return 0
    count = days_360 if journey.paid_as == "month" else calendar_days
    return max(count(journey.starts_on, journey.ends_on) - journey.interruption_days, 0)


def great_circle_km(here: tuple[float, float], there: tuple[float, float]) -> int:
    """R83: whole kilometres between two places given as (latitude, longitude) in degrees."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, one)) for one in (here, there))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_KM * asin(min(1.0, sqrt(half))))


def calculate(journey: Journey, rates: Iterable[GrantRate]) -> Calculation:
    """R80-R83: the grant of a stay by the rates of a table, line by line."""
    rates = sorted(rates, key=lambda one: (one.position, one.id))
    if journey.starts_on is None or journey.ends_on is None:
        return Calculation(problems=(_trouble("starts_on", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A grant needs the first and last day of the stay"))),))
    days = paid_days(journey)
    region = region_of(journey.country, rates)
    makers = {"month": _by_month, "short": _by_short_day, "staff": _by_staff_day}
    lines, problems = makers[journey.paid_as](days, region, rates)
    lines += [*_top_ups(journey, days, region, rates), *_travel(journey, region, rates)]
    return Calculation(days=days, lines=tuple(lines), problems=tuple(problems))


def region_of(country: str, rates: Iterable[GrantRate]) -> str:
    """The group of countries that a table puts a country into; "" where it tells none."""
    return next((r.region for r in rates if r.kind == "country" and country and r.key == country), "")


def instalments(
    amount: Decimal, first_percent: int, paid: Decimal = Decimal(0)
) -> tuple[tuple[Decimal, Decimal, bool], ...]:
    """Percent, amount and whether it is the last, of each instalment: 80 and 20, or the rest where some was paid.

    The last one takes what rounding leaves; it is below 0 where more was paid than is due.
    """
    if paid or not 0 < first_percent < 100:
        rest = amount - paid
        share = (100 * rest / amount).quantize(_CENT, ROUND_HALF_UP) if amount else Decimal(100)
        return ((share, rest, True),)
    first = _cents(amount * first_percent / 100)
    return (Decimal(first_percent), first, False), (Decimal(100 - first_percent), amount - first, True)


def payment_problems(
    award: GrantAward, payments: Iterable[GrantPayment], missing: Sequence[str] = ()
) -> list[Problem]:
    """R85: more paid than awarded; the last instalment paid while documents of the return (`missing`) are not in."""
    payments = list(payments)
    paid = sum((money(p.amount) for p in payments if p.paid_on is not None), Decimal(0))
    problems = []
    if paid > money(award.amount):
        problems.append(Problem("R85", "warn", "amount", text(
            QT_TRANSLATE_NOOP("PartnerDesk", "{paid} is paid, but {award} is awarded"),
            paid=f"{paid:,.2f}", award=f"{money(award.amount):,.2f}")))
    if missing and any(p.final and p.paid_on is not None for p in payments):
        problems.append(final_problem(missing))
    return problems


def final_problem(missing: Sequence[str]) -> Problem:
    """R85: why the last instalment is held; `missing` are names of documents."""
    return Problem("R85", "warn", "paid_on", text(
        QT_TRANSLATE_NOOP("PartnerDesk", "The last instalment is held until these are in: {documents}"),
        documents=", ".join(missing)))


def table_problems(table: GrantTable) -> list[Problem]:
    """What is wrong with a table of rates."""
    problems = []
    if not table.name.strip():
        problems.append(_trouble("name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A table of grants needs a name"))))
    if not 0 < table.first_payment_percent <= 100:
        problems.append(_trouble("first_payment_percent", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The first instalment is between 1 and 100 percent"))))
    if table.valid_from and table.valid_to and table.valid_to < table.valid_from:
        problems.append(_trouble("valid_to", Text(QT_TRANSLATE_NOOP("PartnerDesk", "It ends before it begins"))))
    return problems


def rate_problems(rate: GrantRate) -> list[Problem]:
    """What is wrong with one rate."""
    problems = []
    if rate.kind not in RATE_KINDS:
        problems.append(_trouble("kind", Text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no such kind of rate"))))
    if rate.low is not None and rate.high is not None and rate.high < rate.low:
        problems.append(_trouble("high", Text(QT_TRANSLATE_NOOP("PartnerDesk", "It ends before it begins"))))
    if any(number is not None and number < 0 for number in (rate.amount, rate.green)):
        problems.append(_trouble("amount", Text(QT_TRANSLATE_NOOP("PartnerDesk", "An amount is no less than 0"))))
    if rate.kind == "country" and not (rate.key and rate.region):
        problems.append(Problem("R80", "warn", "key", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A country is put into a group: both have to be told"))))
    return problems


def money(stored: float) -> Decimal:
    """An amount as stored, exact to the cent."""
    return Decimal(str(stored)).quantize(_CENT, ROUND_HALF_UP)


def line_json(line: GrantLine) -> str:
    """A line as it is kept with the award."""
    return json.dumps({
        "what": line.what.template, "values": {k: str(v) for k, v in line.what.values.items()},
        "quantity": str(line.quantity), "unit": line.unit, "rate": str(line.rate), "amount": str(line.amount)})


def line_of(kept: str) -> GrantLine:
    """The line of an award as it was told then."""
    told = json.loads(kept)
    return GrantLine(what=Text(told["what"], dict(told.get("values", {}))), quantity=Decimal(told["quantity"]),
                     unit=told["unit"], rate=Decimal(told["rate"]), amount=Decimal(told["amount"]))


_CENT, _FINE = Decimal("0.01"), Decimal("0.0001")
_Found = tuple[list[GrantLine], list[Problem]]


def _by_month(days: int, region: str, rates: Sequence[GrantRate]) -> _Found:
    rate = _rate("month", region, rates)
    if rate is None:
        return [], [_no_rate(Text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has no rate per month")), region)]
    return _monthly(days, rate, QT_TRANSLATE_NOOP("PartnerDesk", "Months"), QT_TRANSLATE_NOOP(
        "PartnerDesk", "Further days")), []


def _monthly(days: int, rate: GrantRate, months_words: str, days_words: str) -> list[GrantLine]:
    """Whole months at the rate, and the days that are left at a thirtieth of it each."""
    amount = money(rate.amount or 0)
    months, rest = divmod(days, MONTH_DAYS)
    lines = []
    if months:
        lines.append(_line(Text(months_words), months, "months", amount))
    if rest:
        what = text(days_words, of=f"{amount:,.2f}")
        lines.append(GrantLine(what=what, quantity=Decimal(rest), unit="days",
                               rate=_trimmed(amount / MONTH_DAYS), amount=_cents(rest * amount / MONTH_DAYS)))
    return lines


def _by_short_day(days: int, region: str, rates: Sequence[GrantRate]) -> _Found:
    bands = _of_region("short-day", region, rates)
    if not bands:
        return [], [_no_rate(Text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has no rate for short stays")), region)]
    return _banded(days, bands), []


def _by_staff_day(days: int, region: str, rates: Sequence[GrantRate]) -> _Found:
    """R82: the full rate for the first 14 days, 70 % for those that follow, unless the table has bands of its own."""
    bands = _of_region("staff-day", region, rates)
    if not bands:
        return [], [_no_rate(Text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has no daily rate for staff")), region)]
    if any(one.low is not None or one.high is not None for one in bands):
        return _banded(days, bands), []
    full = money(bands[0].amount or 0)
    first, later = min(days, STAFF_FULL_DAYS), max(days - STAFF_FULL_DAYS, 0)
    lines = [_line(text(_DAYS, low=1, high=first), first, "days", full)] if first else []
    if later:
        what = text(_DAYS, low=STAFF_FULL_DAYS + 1, high=days, percent=STAFF_LATER_PERCENT, of=f"{full:,.2f}")
        lines.append(_line(what, later, "days", _trimmed(full * STAFF_LATER_PERCENT / 100)))
    return lines, []


def _banded(days: int, bands: Iterable[GrantRate]) -> list[GrantLine]:
    """The days that lie in each band at its own rate."""
    lines = []
    for band in sorted(bands, key=lambda one: one.low or 1):
        low, high = band.low or 1, min(days, band.high or days)
        if high >= low:
            lines.append(_line(text(_DAYS, low=low, high=high), high - low + 1, "days", money(band.amount or 0)))
    return lines


def _top_ups(journey: Journey, days: int, region: str, rates: Sequence[GrantRate]) -> list[GrantLine]:
    holds = {"fewer-opportunities": journey.fewer_opportunities, "green": journey.green,
             "traineeship": journey.activity == "student-traineeship"}
    lines: list[GrantLine] = []
    for key in TOP_UPS:
        if not holds[key]:
            continue
        name = Text(TOP_UP_NAMES[key])
        monthly = [r for r in _of_region("top-up-month", region, rates) if r.key == key]
        if monthly and journey.paid_as == "month":
            lines += _monthly(days, monthly[0], TOP_UP_NAMES[key], TOP_UP_NAMES[key])
        for once in (r for r in _of_region("top-up-once", region, rates) if r.key == key):
            if (once.low or 0) <= days <= (days if once.high is None else once.high):
                lines.append(_line(name, 1, "once", money(once.amount or 0)))
                break
    return lines


def _travel(journey: Journey, region: str, rates: Sequence[GrantRate]) -> list[GrantLine]:
    """R83: the band that the distance lies in; the amount for green travel where it is and the table has one."""
    distance = journey.distance_km
    if distance is None:
        return []
    for band in _of_region("travel", region, rates):
        if (band.low or 0) <= distance <= (distance if band.high is None else band.high):
            green = journey.green and band.green is not None
            words = _GREEN_TRAVEL if green else _TRAVEL
            rate = money((band.green if green else band.amount) or 0)
            return [_line(text(words, km=f"{distance:,}"), 1, "once", rate)]
    return []


def _of_region(kind: str, region: str, rates: Iterable[GrantRate]) -> list[GrantRate]:
    """The rates of a kind for a group of countries; where the group has none those for all."""
    found = [r for r in rates if r.kind == kind and r.amount is not None]
    return [r for r in found if r.region == region] or [r for r in found if not r.region]


def _rate(kind: str, region: str, rates: Iterable[GrantRate]) -> GrantRate | None:
    return next(iter(_of_region(kind, region, rates)), None)


def _line(what: Text, quantity: int, unit: str, rate: Decimal) -> GrantLine:
    return GrantLine(what=what, quantity=Decimal(quantity), unit=unit, rate=rate, amount=_cents(quantity * rate))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _trimmed(rate: Decimal) -> Decimal:
    """A rate with two digits where that is exact, else with four."""
    return _cents(rate) if _cents(rate) == rate else rate.quantize(_FINE, ROUND_HALF_UP)


def _trouble(field: str, message: Text) -> Problem:
    return Problem("R80", "block", field, message)


def _no_rate(message: Text, region: str) -> Problem:
    fix = QT_TRANSLATE_NOOP("PartnerDesk", "Add it to the table for group {region}, or for all")
    whole = QT_TRANSLATE_NOOP("PartnerDesk", "Add it to the table")
    return Problem("R80", "block", "table_id", message, text(fix, region=region) if region else Text(whole))


TOP_UP_NAMES = {
    "fewer-opportunities": QT_TRANSLATE_NOOP("PartnerDesk", "Top-up for fewer opportunities"),
    "traineeship": QT_TRANSLATE_NOOP("PartnerDesk", "Top-up for a traineeship"),
    "green": QT_TRANSLATE_NOOP("PartnerDesk", "Top-up for green travel"),
}
_DAYS = QT_TRANSLATE_NOOP("PartnerDesk", "Days {low} to {high}")
_TRAVEL = QT_TRANSLATE_NOOP("PartnerDesk", "Travel, {km} km")
_GREEN_TRAVEL = QT_TRANSLATE_NOOP("PartnerDesk", "Green travel, {km} km")
_THIRTIETH = QT_TRANSLATE_NOOP("PartnerDesk", "a thirtieth of {of}")
_SHARE = QT_TRANSLATE_NOOP("PartnerDesk", "{percent} % of {of}")
