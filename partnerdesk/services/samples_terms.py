"""When the agreements of a sample office run: a strand of a story becomes terms that follow each other.

Stories count in academic years from the year that the office is preparing on the day the sample is made,
and the states that depend on near days are placed around that very day, so a sample looks alive whenever
it is made. The same day gives the same terms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from partnerdesk.domain.dates import add_months

YEARLY = frozenset({"exchange", "iia", "staff", "double", "cotutelle", "traineeship"})
UNSIGNED = frozenset({"draft", "waiting_us", "waiting_partner"})
_LEAD_DAYS = 90
_SHOWN_YEARS = 5
_NEAR = {"notice": (15, 80), "expiring": (100, 170), "expired": (-250, -150)}


@dataclass(frozen=True, slots=True)
class Moment:
    """The day a sample is made, and the academic year it is told from (first calendar year)."""

    today: date
    year: int

    def september(self, offset: int) -> date:
        """The first day of the academic year `offset` years from the told one."""
        return date(self.year + offset, 9, 1)

    def day(self, written: str) -> date:
        """The day of "+1-03-12": 12 March of the calendar year after the first one of the told year."""
        offset, month, of_month = written[:2], written[3:5], written[6:8]
        return date(self.year + int(offset), int(month), int(of_month))


@dataclass(frozen=True, slots=True)
class Term:
    """One agreement of a strand: it runs from `starts` until the day before `over` (None is open-ended)."""

    starts: date
    over: date | None
    wanted: str
    yearly: bool

    @property
    def by_years(self) -> bool:
        """Whether whole academic years say it."""
        return self.yearly and self.over is not None and {self.starts.month, self.over.month} == {9}

    @property
    def ends(self) -> date | None:
        """The last day."""
        return self.over - timedelta(days=1) if self.over else None


def moment_of(today: date) -> Moment:
    """The year that is told changes at the beginning of June, when offices prepare the next one."""
    ahead = today + timedelta(days=_LEAD_DAYS)
    return Moment(today, ahead.year if ahead.month >= 9 else ahead.year - 1)


def terms_of(strand: Mapping[str, Any], since: int, moment: Moment, chance: Random) -> list[Term]:
    """The terms of a strand, oldest first; the last one is what the story asks for."""
    yearly = strand["type"] in YEARLY
    last = _last_term(strand, yearly, moment, chance)
    if "before" in strand:
        first, until = strand["before"]
        return [Term(moment.september(first), moment.september(until + 1), "before", yearly), last]
    terms = [last]
    if "from" in strand or last.over is None:
        return terms
    months = 12 * int(strand["term"])
    begun = date(since, 9, 1)
    while terms[0].starts > moment.september(-_SHOWN_YEARS) and terms[0].starts >= add_months(begun, 12):
        starts = max(add_months(terms[0].starts, -months), begun)
        terms.insert(0, Term(starts, terms[0].starts, "before", yearly))
    return terms


def _last_term(strand: Mapping[str, Any], yearly: bool, moment: Moment, chance: Random) -> Term:
    end, years = strand["end"], int(strand.get("term", 0))
    month, of_month = (9, 1) if yearly else (chance.randint(3, 10), chance.randint(2, 27))
    if isinstance(end, int):
        over = date(moment.year + end + 1, month, of_month)
        starts = date(moment.year + strand["from"], month, of_month) if "from" in strand else None
        return Term(starts or add_months(over, -12 * years), over, "running", yearly)
    if end in _NEAR:
        over = _near(end, strand.get("notice"), moment.today, chance)
        return Term(add_months(over, -12 * years), over, end, yearly)
    starts = date(moment.year + strand.get("from", -2), month, of_month)
    if end in UNSIGNED and not yearly:
        starts = _first_of_month(moment.today + timedelta(days=45))
    if end == "open":
        return Term(starts, None, end, yearly)
    over = add_months(starts, 12 * years) if "from" in strand else moment.september(_COMPUTED_END[end])
    return Term(starts if "from" in strand else add_months(over, -12 * years), over, end, yearly)


_COMPUTED_END = {"terminating": 3, "terminated": 0}


def _near(end: str, notice_months: int | None, today: date, chance: Random) -> date:
    """A first of a month on which an agreement is over, so that the state asked for holds today.

    For "notice" it is the day of notice that lies near; the end of an academic year is preferred.
    """
    earliest, latest = (today + timedelta(days=days) for days in _NEAR[end])
    months = [_first_of_month(earliest)]
    while (following := add_months(months[-1], 1)) <= latest:
        months.append(following)
    overs = [add_months(month, (notice_months or 0) if end == "notice" else 0) for month in months]
    return next((over for over in overs if end == "notice" and over.month == 9), chance.choice(overs))


def _first_of_month(day: date) -> date:
    """The first of a month on or after a day."""
    return day if day.day == 1 else add_months(day.replace(day=1), 1)
