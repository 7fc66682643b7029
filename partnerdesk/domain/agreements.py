"""Agreements: the paper, its versions, who signs, what it grants; and where its state is derived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.domain.lines import AgreementLine as AgreementLine
from partnerdesk.domain.states import EXPIRY_HORIZON_DAYS as EXPIRY_HORIZON_DAYS
from partnerdesk.domain.states import NOTICE_HORIZON_DAYS as NOTICE_HORIZON_DAYS
from partnerdesk.domain.states import RUNNING as RUNNING
from partnerdesk.domain.states import STATES as STATES
from partnerdesk.domain.states import Facts as Facts
from partnerdesk.domain.states import State as State
from partnerdesk.domain.states import leading as leading
from partnerdesk.domain.states import months_before as months_before
from partnerdesk.domain.states import rolled as rolled
from partnerdesk.domain.states import state_of as state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What stays the same over all versions of a paper."""

    id: int = 0
    uid: str = ""
    version: int = 1
    partnership_id: int = 0
    type: str = ""
    programme: str = ""
    title: str = ""
    our_code: str = ""
    partner_code: str = ""
    languages: tuple[str, ...] = ()
    location: str = ""
    confidential: bool = False
    remark: str = ""
    predecessor_id: int | None = None
    terminated_by: str = ""
    termination_notice_on: date | None = None
    termination_effective_on: date | None = None
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementVersion:
    """The terms as agreed at one time. `status` is draft, sent, negotiation, approved or replaced.

    Validity is given by days, or by academic years (first calendar year of each), or open-ended.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    agreement_id: int = 0
    n: int = 1
    label: str = ""
    status: str = "draft"
    valid_from: date | None = None
    valid_to: date | None = None
    first_year: int | None = None
    last_year: int | None = None
    open_ended: bool = False
    auto_renew_months: int | None = None
    notice_months: int | None = None
    made_on: date | None = None
    made_by: str = ""
    reason: str = ""
    sealed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side that has to sign: an institution, on `our` or the `partner` side."""

    id: int = 0
    uid: str = ""
    version: int = 1
    agreement_id: int = 0
    institution_id: int = 0
    unit_id: int | None = None
    side: str = "partner"
    signee_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A party's approval of one version."""

    id: int = 0
    uid: str = ""
    version: int = 1
    version_id: int = 0
    party_id: int = 0
    approved_on: date | None = None
    approved_by: str = ""
    kind: str = "paper"
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Places in one direction for one kind of activity; `direction` is seen from our office: out or in.

    `first_year`/`last_year` are first calendar years of academic years; None means the agreement's.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    version_id: int = 0
    position: int = 0
    direction: str = "out"
    activity: str = "student-studies"
    partner_id: int | None = None
    own_unit_id: int | None = None
    partner_unit_id: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    heads: int | None = None
    months: float | None = None
    days: int | None = None
    places_unit: str = "heads"
    blended: bool = False
    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    field_note: str = ""
    languages: tuple[str, ...] = ()
    selection_note: str = ""
    other_terms: str = ""
    overflow: str = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionYear:
    """An exception of one academic year: other numbers, or closed, with the reason."""

    id: int = 0
    uid: str = ""
    version: int = 1
    condition_id: int = 0
    year: int = 0
    heads: int | None = None
    months: float | None = None
    closed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An entry of an agreement's log: sent, received, reminded, approved, amended, terminated, reverted."""

    id: int = 0
    uid: str = ""
    version: int = 1
    agreement_id: int = 0
    kind: str = ""
    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper that belongs to a partner, an agreement, a person, a stay, a project or a visit, with its state.

    `state` is required, requested, received, checked, rejected or waived (`note` then says why); one of a stay is
    wanted at its `stage`, and a `mandatory` one holds the stay back there. `link` says where it lies elsewhere; a file
    kept in the office has a name, its size in bytes and the SHA-256 of what is in it.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int | None = None
    agreement_id: int | None = None
    person_id: int | None = None
    stay_id: int | None = None
    project_id: int | None = None
    visit_id: int | None = None
    stage: str = ""
    mandatory: bool = False
    kind: str = ""
    title: str = ""
    state: str = "received"
    due_on: date | None = None
    received_on: date | None = None
    link: str = ""
    note: str = ""
    file_name: str = ""
    file_size: int = 0
    sha256: str = ""


def span_of(version: AgreementVersion, year_start: tuple[int, int] = (9, 1)) -> tuple[date | None, date | None]:
    """First and last day of a version's validity; academic years begin on `year_start` (month, day)."""
    starts, ends = version.valid_from, version.valid_to
    if starts is None and version.first_year is not None:
        starts = date(version.first_year, *year_start)
    if ends is None and version.last_year is not None:
        ends = date(version.last_year + 1, *year_start) - timedelta(days=1)
    return starts, None if version.open_ended else ends


def completed_on(
    parties: Iterable[Party], sign_offs: Iterable[SignOff], version_id: int, side: str
) -> date | None:
    """The day on which every party of a side had approved a version; None while one is missing."""
    on = {s.party_id: s.approved_on for s in sign_offs if s.version_id == version_id}
    days = [on.get(party.id) for party in parties if party.side == side]
    signed = [day for day in days if day is not None]
    return max(signed) if days and len(signed) == len(days) else None


def notice_day(ends_on: date | None, notice_months: int | None) -> date | None:
    """The last day to tell the partner that the agreement is to end when it runs out (R14).

    An agreement that ends on 31 August is over on 1 September; notice counts back from then.
    """
    if ends_on is None or not notice_months:
        return None
    return months_before(ends_on + timedelta(days=1), notice_months)


def places_in(condition: Condition, exceptions: Iterable[ConditionYear], year: int) -> int | None:
    """Heads a condition grants in the academic year beginning in `year`; None when it does not apply."""
    if condition.first_year is not None and year < condition.first_year:
        return None
    if condition.last_year is not None and year > condition.last_year:
        return None
    for exception in exceptions:
        if exception.year == year:
            if exception.closed:
                return 0
            return condition.heads if exception.heads is None else exception.heads
    return condition.heads
