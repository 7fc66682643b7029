"""What a row would store: the partner, and the agreement with its places, drafted from the row's facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partnerdesk.domain import isced
from partnerdesk.domain.cells import Heads, Span
from partnerdesk.domain.cellwords import Fields, Wanted
from partnerdesk.domain.headers import BY_KEY
from partnerdesk.domain.identifiers import country_of_erasmus_code
from partnerdesk.domain.importing import ACTIVITY, DIRECTION, TYPE, ColumnMapping, Note
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import read_term
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.importing_cells import Facts
from partnerdesk.services.matching import Code

GENERAL_ADDRESS = QT_TRANSLATE_NOOP("PartnerDesk", "General address")

_INSTITUTION_FIELDS = (
    "name", "name_original", "short_name", "region", "city", "street", "postcode", "website", "factsheet_url",
    "catalogue_url", "latitude", "longitude", "tags", "remark",
)  # fmt: skip
_AGREEMENT_KEYS = {key for key in BY_KEY if key.startswith(("agreement.", "places."))} - {"places.own_unit"}
_CONTACT_KEYS = {key for key in BY_KEY if key.startswith("contact.")}
_CODE_KEYS = {key for key in BY_KEY if key.startswith("code.")}
_CHARTER_KEYS = {"partner.charter_from": "charter_from", "partner.charter_to": "charter_to"}
_INSTITUTION_KEYS = {f"partner.{name}": name for name in _INSTITUTION_FIELDS}
_LEVEL_FLAGS = {"level_short": "5", "level_bachelor": "6", "level_master": "7", "level_doctoral": "8"}
_TITLES = re.compile(
    r"^(?:(?:prof|dr|mag|mgr|ing|inż|hab|ir|phd|mr|mrs|ms|miss|herr|frau|mme|m|mlle|sr|sra|dott|dott\.ssa|dña|d|"
    r"dipl|univ|assoc|asst|pani|pan|lic)\.?(?:\s*-\s*)?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A person or an address to write to."""

    title: str = ""
    given_names: str = ""
    family_name: str = ""
    function: str = ""
    email: str = ""
    phone: str = ""

    @property
    def mark(self) -> str:
        """What tells it from the partner's other contacts."""
        return self.email.casefold() or fold(f"{self.given_names} {self.family_name}") or fold(self.function)


@dataclass(slots=True)
class PartnerDraft:
    """A partner as a row tells it; only what the row says is set in `fields`."""

    fields: dict[str, Any]
    codes: tuple[Code, ...] = ()
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    contacts: tuple[ContactDraft, ...] = ()
    responsible: str = ""

    @property
    def name(self) -> str:
        """The name, "" when the row gives none."""
        return str(self.fields.get("name", ""))


@dataclass(slots=True)
class AgreementDraft:
    """An agreement as one or more rows tell it: what stays, the terms, who signed when, and the places."""

    stays: dict[str, Any]
    terms: dict[str, Any]
    concluded_on: date | None
    own_unit: str
    partner_unit: str
    conditions: list[dict[str, Any]] = field(default_factory=list)
    said_type: bool = False
    uid: str = ""

    @property
    def identity(self) -> tuple[Any, ...]:
        """What an agreement is recognised by within a partner: its number, else what it is about."""
        fields = {code for condition in self.conditions for code in condition.get("fields", ())}
        notes = {fold(condition.get("field_note", "")) for condition in self.conditions}
        return identity(self.stays, fields, notes, self.own_unit, self.partner_unit)

    @property
    def period(self) -> tuple[Any, ...]:
        """The days and years it runs; the day of its conclusion where nothing else is known."""
        return period(self.terms, self.concluded_on)


def identity(
    stays: Mapping[str, Any], fields: set[str], notes: set[str], own_unit: str, partner_unit: str
) -> tuple[Any, ...]:
    """The key of an agreement among a partner's, the same for a draft and for a stored one."""
    if code := fold(stays.get("our_code", "")):
        return "our", code
    if code := fold(stays.get("partner_code", "")):
        return "partner", code
    about = tuple(sorted(fields)) or tuple(sorted(notes - {""}))
    return (
        "about", stays.get("type", ""), fold(stays.get("programme", "")), fold(stays.get("title", "")), about,
        fold(own_unit), fold(partner_unit),
    )  # fmt: skip


def period(terms: Mapping[str, Any], concluded_on: date | None) -> tuple[Any, ...]:
    """When an agreement runs, to tell it from an earlier or later one about the same."""
    days = tuple(terms.get(name) for name in ("valid_from", "valid_to", "first_year", "last_year"))
    return days if any(day is not None for day in days) else (concluded_on,)


def partner_draft(facts: Facts) -> PartnerDraft:
    """The partner of a row."""
    values = facts.values
    fields: dict[str, Any] = {}
    codes: tuple[Code, ...] = ()
    for key, value in values.items():
        if key in _INSTITUTION_KEYS:
            fields[_INSTITUTION_KEYS[key]] = value
        elif key in _CODE_KEYS:
            codes += value
        elif key in _CHARTER_KEYS:
            name = _CHARTER_KEYS[key]
            day = value.ends if name == "charter_to" else value.starts
            if day is not None:
                fields[name] = day
    if "latitude" in fields and "longitude" in fields:
        fields["geo_precision"] = "exact"
    country = values.get("partner.country") or _country_of(codes)
    if country:
        fields["country"] = country
    alias = values.get("partner.alias")
    unit = values.get("partner.unit", "")
    return PartnerDraft(
        fields, tuple(dict.fromkeys(codes)) if len(codes) > 1 else codes, tuple(alias.split("\n")) if alias else (),
        (unit,) if unit else (), _contacts(values), values.get("partner.responsible", ""),
    )  # fmt: skip


def has_agreement(facts: Facts) -> bool:
    """Whether a row says anything of an agreement or of places, besides which of our units it is about."""
    if _AGREEMENT_KEYS.isdisjoint(facts.values):
        return False
    return any(facts.values[key] is not False for key in _AGREEMENT_KEYS & facts.values.keys())


def agreement_draft(facts: Facts, mapping: ColumnMapping, partner: PartnerDraft) -> AgreementDraft:
    """The agreement of a row."""
    values = facts.values
    stays = {
        name: values[key]
        for name in ("our_code", "partner_code", "title", "programme", "location", "remark")
        if (key := f"agreement.{name}") in values
    }
    stays["type"] = _type(values, mapping, partner)
    if programme := stays.get("programme"):
        stays["programme"] = read_term("programme", programme) or programme
    remarks = [stays.get("remark", "")]
    if status := values.get("agreement.status"):
        remarks.append(str(text(QT_TRANSLATE_NOOP("PartnerDesk", "Status: {status}"), status=status)))
    conditions = _conditions(facts, mapping)
    own_unit = values.get("places.own_unit", "")
    if remark := "\n".join(line for line in remarks if line):
        stays["remark"] = remark
    concluded = values.get("agreement.concluded_on")
    return AgreementDraft(
        stays, _terms(values), concluded.starts if concluded else None, own_unit,
        partner.units[0] if partner.units else "", conditions, "agreement.type" in values,
        values.get("agreement.uid", ""),
    )  # fmt: skip


def ends_first(terms: Mapping[str, Any]) -> bool:
    """Whether the end of a validity lies before its beginning (R10)."""
    first, last = terms.get("valid_from"), terms.get("valid_to")
    begun, ended = terms.get("first_year"), terms.get("last_year")
    return bool(first and last and last < first) or bool(begun and ended and ended < begun)


def unknown_fields(draft: AgreementDraft) -> list[str]:
    """Codes of subject areas that ISCED-F 2013 does not know; they are kept as they stand."""
    codes = [code for condition in draft.conditions for code in condition.get("fields", ())]
    return [code for code in dict.fromkeys(codes) if not isced.known(code)]


def field_notes(draft: AgreementDraft) -> list[Note]:
    """One note for each subject area that is not in ISCED-F 2013."""
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "ISCED-F 2013 does not know {code}; it is kept as it stands")
    return [Note("", text(sentence, code=code)) for code in unknown_fields(draft)]


def _country_of(codes: tuple[Code, ...]) -> str | None:
    return next((found for _, value, _ in codes if (found := country_of_erasmus_code(value))), None)


def _contacts(values: Mapping[str, Any]) -> tuple[ContactDraft, ...]:
    if _CONTACT_KEYS.isdisjoint(values):
        return ()
    mails: list[str] = list(values.get("contact.email", ()))
    names = _names(values)
    function = values.get("contact.function", "")
    phone = values.get("contact.phone", "")
    if not (mails or names or phone):
        return ()
    if len(names) > 1 and len(names) != len(mails):
        names = [("", "", " / ".join(" ".join(part for part in name if part) for name in names))]
    made: list[ContactDraft] = []
    for place in range(max(len(names), len(mails), 1)):
        title, given, family = names[place] if place < len(names) else ("", "", "")
        role = function or ("" if given or family else GENERAL_ADDRESS)
        mail = mails[place] if place < len(mails) else ""
        made.append(ContactDraft(title, given, family, role, mail, phone if place == 0 else ""))
    return tuple(made)


def _names(values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Title, given names and family name of each person a row names."""
    if "contact.family_name" in values or "contact.given_names" in values:
        return [("", values.get("contact.given_names", ""), values.get("contact.family_name", ""))]
    written = values.get("contact.name", "")
    return [_parted(name) for raw in re.split(r"\s*[;/|\n]\s*", written) if (name := raw.strip())]


def _parted(name: str) -> tuple[str, str, str]:
    match = _TITLES.match(name)
    title = match[0].strip(" -") if match else ""
    rest = name[match.end() :] if match else name
    if rest.count(",") == 1:
        family, given = (part.strip() for part in rest.split(","))
        return title, given, family
    given, _, family = rest.rpartition(" ")
    return title, given, family


def _type(values: Mapping[str, Any], mapping: ColumnMapping, partner: PartnerDraft) -> str:
    if values.get("agreement.double_degree"):
        return "double_degree"
    chosen = values.get("agreement.type") or mapping.constant(TYPE)
    if chosen:
        return str(chosen)
    programme = fold(values.get("agreement.programme", ""))
    if "erasmus" in programme or programme.startswith("ka1"):
        return "erasmus_iia"
    staff = {"places.staff", "places.staff_out", "places.staff_in"} & values.keys()
    students = {"places.heads", "places.heads_out", "places.heads_in"} & values.keys()
    if (staff and not students) or str(values.get("places.activity", "")).startswith("staff"):
        return "staff_exchange" if not any(scheme == "erasmus" for scheme, _, _ in partner.codes) else "erasmus_iia"
    coded = any(scheme == "erasmus" for scheme, _, _ in partner.codes)
    return "erasmus_iia" if coded and not programme else "student_exchange"


def _terms(values: Mapping[str, Any]) -> dict[str, Any]:
    begun: Span = values.get("agreement.valid_from") or Span()
    ended: Span = values.get("agreement.valid_to") or Span()
    years: Span = values.get("agreement.years") or Span()
    starts = begun.starts or years.starts or ended.starts
    ends = ended.ends or begun.ends or years.ends
    first = begun.first_year if begun.first_year is not None else years.first_year
    first = ended.first_year if first is None and starts is None else first
    last = ended.last_year if ended.last_year is not None else begun.last_year
    last = years.last_year if last is None and ends is None else last
    terms: dict[str, Any] = {
        "valid_from": starts, "valid_to": ends, "first_year": None if starts else first,
        "last_year": None if ends else last,
        "notice_months": values.get("agreement.notice_months"),
        "auto_renew_months": values.get("agreement.auto_renew_months"),
    }  # fmt: skip
    terms = {name: value for name, value in terms.items() if value is not None}
    if ended.open_ended or years.open_ended or values.get("agreement.open_ended"):
        terms["open_ended"] = True
    return terms


def _conditions(facts: Facts, mapping: ColumnMapping) -> list[dict[str, Any]]:
    values = facts.values
    about = _about(values)
    made: list[dict[str, Any]] = []
    activity = values.get("places.activity") or mapping.constant(ACTIVITY)
    for direction in ("out", "in"):
        heads: Heads | None = values.get(f"places.heads_{direction}")
        if heads is not None and heads.heads:
            made.append({"direction": direction, "activity": activity, **_counted(heads, about)})
    plain = values.get("places.heads")
    if plain is not None or (not made and any(_is_about(key) for key in values)):
        for direction in _directions(values.get("places.direction") or mapping.constant(DIRECTION)):
            made.append({"direction": direction, "activity": activity, **_counted(plain, about)})
    for key in ("staff_out", "staff_in", "staff"):
        staff: Heads | None = values.get(f"places.{key}")
        if staff is not None and staff.heads:
            side = key.removeprefix("staff").removeprefix("_")
            chosen = side or values.get("places.direction") or mapping.constant(DIRECTION)
            for direction in _directions(chosen):
                counted = _counted(staff, about)
                counted.pop("months", None)
                made.append({"direction": direction, "activity": "staff-teacher", **counted})
    return made


def _is_about(key: str) -> bool:
    return key.startswith("places.") and key not in (
        "places.own_unit", "places.heads_out", "places.heads_in", "places.staff", "places.staff_out", "places.staff_in",
    )  # fmt: skip


def _directions(chosen: str) -> tuple[str, ...]:
    return ("out", "in") if chosen == "both" else (chosen,)


def _counted(heads: Heads | None, about: Mapping[str, Any]) -> dict[str, Any]:
    counted = dict(about)
    if heads is not None:
        counted["heads"] = heads.heads
        if heads.months is not None:
            counted["months"] = heads.months
    if counted.get("months") is not None:
        counted["months"] = float(counted["months"])
    return counted


def _about(values: Mapping[str, Any]) -> dict[str, Any]:
    """What all places of a row have in common: levels, fields, languages, months, years, terms."""
    levels = set(values.get("places.levels", ()))
    levels |= {level for name, level in _LEVEL_FLAGS.items() if values.get(f"places.{name}")}
    about: dict[str, Any] = {"levels": tuple(sorted(levels))} if levels else {}
    fields: Fields | None = values.get("places.fields")
    notes = [values.get("places.field_note", "")]
    if fields is not None:
        found = isced.find(fields.note) if not fields.codes else None
        codes = fields.codes or ((found.code,) if found else ())
        about |= {"fields": codes} if codes else {}
        notes.insert(0, fields.note)
    if note := "; ".join(part for part in dict.fromkeys(notes) if part):
        about["field_note"] = note
    wanted: Wanted | None = values.get("places.languages")
    if wanted is not None:
        about |= {"languages": wanted.languages} if wanted.languages else {}
        about |= {"selection_note": wanted.note} if wanted.note else {}
    for name in ("months", "days", "other_terms"):
        if f"places.{name}" in values:
            about[name] = values[f"places.{name}"]
    if "places.year" in values:
        about |= {"first_year": values["places.year"], "last_year": values["places.year"]}
    return about
