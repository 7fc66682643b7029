"""Partner institutions and the relation to them: records of who, how to reach them, and what for."""

from dataclasses import dataclass
from datetime import date

from partnerdesk.domain.lines import PartnerLine as PartnerLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A university, school or other organisation; `is_home` marks our own."""

    id: int = 0
    uid: str = ""
    version: int = 1
    name: str = ""
    name_original: str = ""
    short_name: str = ""
    org_type: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    street: str = ""
    postcode: str = ""
    website: str = ""
    catalogue_url: str = ""
    factsheet_url: str = ""
    latitude: float | None = None
    longitude: float | None = None
    geo_precision: str = ""
    is_home: bool = False
    status: str = "active"
    hemisphere: str = "n"
    charter_from: date | None = None
    charter_to: date | None = None
    founded: int | None = None
    successor_id: int | None = None
    grading_note: str = ""
    tags: tuple[str, ...] = ()
    remark: str = ""
    source: str = ""
    verified_on: date | None = None
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A code of an institution in a scheme of `domain.identifiers`; several per scheme are allowed."""

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int = 0
    scheme: str = ""
    value: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name of an institution: alias, former name, translation or acronym."""

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int = 0
    kind: str = "alias"
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgUnit:
    """A faculty, department, school or centre; `parent_id` makes the tree, which has no loops."""

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int = 0
    parent_id: int | None = None
    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    isced: str = ""
    email: str = ""
    active_from: date | None = None
    active_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person to write to at an institution, with the roles the office uses them for."""

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int = 0
    unit_id: int | None = None
    title: str = ""
    given_names: str = ""
    family_name: str = ""
    function: str = ""
    roles: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    language: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    confirmed_on: date | None = None
    preferred: bool = False
    remark: str = ""

    @property
    def full_name(self) -> str:
        """Title, given names and family name in reading order."""
        return " ".join(part for part in (self.title, self.given_names, self.family_name) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """The relation and its purpose; an office with one per partner never has to know the word."""

    id: int = 0
    uid: str = ""
    version: int = 1
    code: str = ""
    title: str = ""
    kind: str = "bilateral"
    forms: tuple[str, ...] = ()
    own_unit_id: int | None = None
    responsible: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    stage: str = "active"
    tier: int | None = None
    purpose: str = ""
    goals: str = ""
    next_review: date | None = None
    tags: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An institution's part in a partnership."""

    id: int = 0
    uid: str = ""
    version: int = 1
    partnership_id: int = 0
    institution_id: int = 0
    unit_id: int | None = None
    role: str = "partner"
