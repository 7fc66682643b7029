"""What the lists of partners and of agreements show of a record: one line each, and nothing they do without.

A room of their own, as the first rows are on the screen before any record is needed.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    """One line of the list of partners. `state` and `ends_on` are those of the leading agreement."""

    id: int
    name: str
    name_original: str
    short_name: str
    city: str
    country: str
    status: str
    forms: tuple[str, ...]
    tier: int | None
    stage: str
    responsible: str
    next_review: date | None
    state: str
    ends_on: date | None
    open_ended: bool
    notice_on: date | None
    agreements: int
    places_out: int
    places_in: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """One line of the list of agreements."""

    id: int
    partner_id: int
    partner: str
    country: str
    type: str
    title: str
    programme: str
    our_code: str
    partner_code: str
    n: int
    versions: int
    state: str
    starts_on: date | None
    ends_on: date | None
    open_ended: bool
    by_years: bool
    notice_on: date | None
    places_out: int
    places_in: int
    responsible: str
    archived: bool
