"""Who is away on a day: what somebody has to know to reach them, and those who are to be called for them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class AbroadLine:
    """One person on one day. `country` and `city` are the partner's; `arrived` whether the arrival is recorded, or the
    person is only expected to be there; `call_*` the first emergency contact.
    """

    id: int
    person_id: int
    name: str
    name_original: str
    kind: str
    direction: str
    country: str
    partner: str
    city: str
    phone: str
    email: str
    call_name: str
    call_relation: str
    call_phone: str
    starts_on: date | None
    ends_on: date | None
    arrived: bool


@dataclass(frozen=True, slots=True)
class AbroadGroup:
    """All who are in a country on a day, by name; "" where the country is not known."""

    country: str
    lines: tuple[AbroadLine, ...]


@dataclass(frozen=True, slots=True)
class AbroadList:
    """Who is away on a day, by country in the order of their names in English; `direction` is out or in."""

    day: date
    direction: str
    groups: tuple[AbroadGroup, ...]

    @property
    def people(self) -> int:
        """How many are away."""
        return sum(len(group.lines) for group in self.groups)
