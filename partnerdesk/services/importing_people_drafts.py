"""Makes drafts of people, studies and stays out of the facts of one row of a registrar's list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partnerdesk.domain.cells_people import TermCell
from partnerdesk.domain.importing import ACTIVITY, PERSON_KIND, STAY_DIRECTION, ColumnMapping, Difference, Outcome
from partnerdesk.domain.people import Enrolment, Person, PersonContact
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import read_term
from partnerdesk.domain.years import AcademicYear, MonthDay
from partnerdesk.services.importing_cells import Facts

_OWN = ("local_id", "esi", "orcid", "name_original", "title", "birth_date", "gender", "citizenships", "email", "phone",
        "function", "tags", "remark")
_PARTNER_KEYS = ("stay.partner_code", "stay.partner")
_STAY_KEYS = (*_PARTNER_KEYS, "stay.year", "stay.term", "stay.starts", "stay.ends", "stay.activity", "stay.programme")
_ACTIVITIES = {"staff": "staff-teacher", "pupil": "school-exchange"}


@dataclass(slots=True)
class PersonDraft:
    """A person as a row tells it; only what the row says is set in `fields`."""

    fields: dict[str, Any]

    @property
    def family(self) -> str:
        """The family name, "" when the row gives none."""
        return str(self.fields.get("family_name", ""))

    @property
    def given(self) -> str:
        """The given names."""
        return str(self.fields.get("given_names", ""))

    @property
    def born(self) -> str:
        """The day of birth as ISO text."""
        day = self.fields.get("birth_date")
        return day.isoformat() if isinstance(day, date) else ""

    @property
    def name(self) -> str:
        """The name as a list has it."""
        listed = ", ".join(part for part in (self.family, self.given) if part)
        return listed or str(self.fields.get("name_original", ""))


@dataclass(slots=True)
class StayDraft:
    """A stay as a row tells it: what is written of the partner, and the fields the row says."""

    written: str
    coded: str
    fields: dict[str, Any]

    @property
    def direction(self) -> str:
        """out or in."""
        return str(self.fields["direction"])


@dataclass(slots=True)
class PersonRecord:
    """A person of the file; `ref` is its id in the office, or below zero for a new one."""

    ref: int
    draft: PersonDraft
    rows: list[int]
    outcome: Outcome = Outcome.NEW
    differences: list[Difference] = field(default_factory=list)
    stored: Person | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    studies: list[dict[str, Any]] = field(default_factory=list)
    new_studies: list[dict[str, Any]] = field(default_factory=list)
    study_changes: list[tuple[Enrolment, dict[str, Any]]] = field(default_factory=list)
    calls: list[dict[str, str]] = field(default_factory=list)
    new_calls: list[dict[str, str]] = field(default_factory=list)
    call_changes: list[tuple[PersonContact, dict[str, str]]] = field(default_factory=list)


@dataclass(slots=True)
class StayRecord:
    """A stay of the file and, when it is there already, what differs; `partner_id` is the other side."""

    person: PersonRecord
    partner_id: int
    partner: str
    fields: dict[str, Any]
    rows: list[int]
    outcome: Outcome = Outcome.NEW
    differences: list[Difference] = field(default_factory=list)
    stored: Stay | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    def is_same(self, partner_id: int, fields: Mapping[str, Any]) -> bool:
        """Whether a row means this stay: same partner and way, and the same time as far as both tell it."""
        if partner_id != self.partner_id or fields["direction"] != self.fields["direction"]:
            return False
        return same_time(self.fields, fields)


def same_time(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two stays lie in the same year and term, or overlap in days."""
    for name in ("year", "term"):
        if one.get(name) and other.get(name) and one[name] != other[name]:
            return False
    if one.get("year") and other.get("year"):
        return True
    starts, ends = one.get("planned_from"), one.get("planned_to")
    begins, stops = other.get("planned_from"), other.get("planned_to")
    if starts and begins:
        return bool(begins <= (ends or starts) and starts <= (stops or begins))
    return True


def person_draft(facts: Facts, mapping: ColumnMapping) -> PersonDraft:
    """The person of a row."""
    values = facts.values
    fields = {name: values[key] for name in _OWN if (key := f"person.{name}") in values}
    family, given = _names(values)
    if family:
        fields["family_name"] = family
    if given:
        fields["given_names"] = given
    fields["kind"] = values.get("person.kind") or mapping.constant(PERSON_KIND)
    return PersonDraft(fields)


def study_of(facts: Facts) -> dict[str, Any]:
    """What a row says of a study, {} for nothing; `at` is the institution as it is written."""
    values = facts.values
    study: dict[str, Any] = {}
    if title := values.get("study.programme_title"):
        study["programme_title"] = title
    if year := values.get("study.year_of_study"):
        study["year_of_study"] = year
    areas = values.get("study.field")
    if areas is not None and areas.codes:
        study["field"] = areas.codes[0]
    levels = values.get("study.level") or ()
    if levels:
        study["level"] = max(levels)
    if at := values.get("study.at"):
        study["at"] = at
    return study


def call_of(facts: Facts) -> dict[str, str]:
    """Whom a row says to call, {} for nobody."""
    values = facts.values
    name, phone = values.get("call.name", ""), values.get("call.phone", "")
    if not name and not phone:
        return {}
    return {"name": name or phone, "phone": phone}


def stay_draft(facts: Facts, mapping: ColumnMapping, kind: str, year_start: MonthDay) -> StayDraft | None:
    """The stay of a row; None where the row tells of none."""
    values = facts.values
    if not any(key in values for key in _STAY_KEYS):
        return None
    fields: dict[str, Any] = {"direction": values.get("stay.direction") or mapping.constant(STAY_DIRECTION)}
    if "stay.direction" in values and fields["direction"] == "both":
        fields["direction"] = "out"
    fields["activity"] = values.get("stay.activity") or _ACTIVITIES.get(kind) or mapping.constant(ACTIVITY)
    starts, ends = values.get("stay.starts"), values.get("stay.ends")
    if starts is not None and starts.starts:
        fields["planned_from"] = starts.starts
    last = (ends.ends if ends is not None else None) or (starts.ends if starts is not None else None)
    if last:
        fields["planned_to"] = last
    term: TermCell | None = values.get("stay.term")
    if term is not None:
        fields["term"] = term.term
    year = values.get("stay.year") or (term.year if term is not None else None)
    if year is None and fields.get("planned_from"):
        year = AcademicYear.of(fields["planned_from"], start=year_start).first
    if year is not None:
        fields["year"] = year
    if programme := values.get("stay.programme"):
        fields["programme"] = read_term("programme", programme) or programme
    written = [str(values[key]) for key in _PARTNER_KEYS if values.get(key)]
    return StayDraft(values.get("stay.partner", ""), values.get("stay.partner_code", ""), fields) if written else (
        StayDraft("", "", fields))


def _names(values: Mapping[str, Any]) -> tuple[str, str]:
    """Family name and given names of a row, out of one column or of two."""
    family = str(values.get("person.family_name", ""))
    given = str(values.get("person.given_names", ""))
    whole = str(values.get("person.full_name", ""))
    if family or not whole:
        return family, given
    if given:
        # beside a column of first names "Name" is the family name
        rest = whole.replace(given, " ").strip(" ,") if given in whole else whole
        return " ".join(rest.split()), given
    if whole.count(",") == 1:
        parted = [part.strip() for part in whole.split(",")]
        return parted[0], parted[1]
    first, _, last = whole.rpartition(" ")
    return last, first
