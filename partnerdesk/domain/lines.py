"""What the lists of partners, agreements and stays show of a record: one line each, and nothing they do without.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine:
    """One line of the list of stays; `phase` is one of `domain.phases.PHASES`, days are actual or else planned.

    `southern` says that the host's academic year lies inside a calendar year.
    """

    id: int
    person_id: int
    name: str
    name_original: str
    kind: str
    partner_id: int
    partner: str
    country: str
    direction: str
    phase: str
    sending_status: str
    receiving_status: str
    programme: str
    activity: str
    attribute: str
    year: int | None
    term: str
    starts_on: date | None
    ends_on: date | None
    months: float
    documents: int
    documents_done: int
    documents_missing: int
    next_due: date | None
    archived: bool
    southern: bool = False
