"""People who take part in exchange, of any side: students, staff and pupils, and whom to call for them.

No field on health, religion or ethnicity, ever; `needs_support` says that support is needed, without why.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A participant. `gender` is an ISO 5218 digit or empty, `citizenships` are ISO 3166-1 alpha-2 codes.

    `kind` is student, staff or pupil; `esi` the European Student Identifier; `local_id` the number in our own
    student or staff records; `anonymised_on` the day on which all that tells who it is was taken away.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    kind: str = "student"
    title: str = ""
    given_names: str = ""
    family_name: str = ""
    name_original: str = ""
    birth_date: date | None = None
    gender: str = ""
    citizenships: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    esi: str = ""
    local_id: str = ""
    orcid: str = ""
    function: str = ""
    needs_support: bool = False
    consents: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    remark: str = ""
    retention_due: date | None = None
    anonymised_on: date | None = None
    archived_on: date | None = None
    deleted_at: str = ""

    @property
    def full_name(self) -> str:
        """Given names and family name in reading order."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)

    @property
    def listed_name(self) -> str:
        """The name as it stands in a list: family name first."""
        return ", ".join(part for part in (self.family_name, self.given_names) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonContact:
    """Whom to call for a person: `kind` is emergency or guardian; a guardian consents on `consent_on`."""

    id: int = 0
    uid: str = ""
    version: int = 1
    person_id: int = 0
    kind: str = "emergency"
    name: str = ""
    relation: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    consent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLanguage:
    """What a person can do in a language: `language` is ISO 639-1, `level` CEFR, `skill` empty for all."""

    id: int = 0
    uid: str = ""
    version: int = 1
    person_id: int = 0
    language: str = ""
    skill: str = ""
    level: str = ""
    certificate: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """Where a person studies or works: `level` is EQF, `field` ISCED-F 2013; no end means still."""

    id: int = 0
    uid: str = ""
    version: int = 1
    person_id: int = 0
    institution_id: int | None = None
    unit_id: int | None = None
    programme_title: str = ""
    field: str = ""
    level: str = ""
    year_of_study: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One line of the list of people. `direction`, `partner` and `phase` are those of the last stay, `phase` its
    place in `PHASES`; `at` is where the person studies or works.
    """

    id: int = 0
    kind: str = ""
    title: str = ""
    given_names: str = ""
    family_name: str = ""
    name_original: str = ""
    birth_date: date | None = None
    gender: str = ""
    citizenships: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    local_id: str = ""
    esi: str = ""
    function: str = ""
    tags: tuple[str, ...] = ()
    needs_support: bool = False
    retention_due: date | None = None
    at: str = ""
    at_home: bool = False
    programme_title: str = ""
    field: str = ""
    level: str = ""
    stays: int = 0
    last_stay_id: int | None = None
    direction: str = ""
    partner: str = ""
    country: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    phase: int | None = None
    anonymised: bool = False
    archived: bool = False

    @property
    def listed_name(self) -> str:
        """The name as it stands in a list: family name first."""
        return ", ".join(part for part in (self.family_name, self.given_names) if part) or self.name_original
