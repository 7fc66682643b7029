"""The columns of exported lists: headers that the import knows again, and what each says of a record.

Every value is written so that reading it back gives what is stored; what could not be read back is left to
columns that the import passes over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from partnerdesk.domain import cellwords, identifiers
from partnerdesk.domain.agreements import AgreementLine, AgreementVersion, Condition
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.headers import CODE_SCHEMES
from partnerdesk.domain.partners import Contact, PartnerLine
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.services.importing_stored import StoredAgreement, StoredPartner

Value = str | int | float | bool | date | None
Country = Callable[[str], str]

_SCHEME_HEADERS = {
    "erasmus": "Erasmus code", "pic": "PIC", "oid": "OID", "ror": "ROR", "schac": "SCHAC",
    "erasmus-charter": "Charter number", "ukprn": "UKPRN", "ipeds": "IPEDS ID", "local": "Our code",
}  # fmt: skip
_WORDS = {
    "erasmus_iia": "Inter-institutional agreement", "double_degree": "Double degree",
    "consortium": "Project consortium",
    "traineeship": "Traineeship", "research": "Research agreement", "cotutelle": "Cotutelle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, and what it says of a row."""

    title: str
    value: Callable[[Any], Value]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner with its line of the list, ready to be written."""

    stored: StoredPartner
    line: PartnerLine | None = None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement, its partner and its line; `places` are the conditions that this row tells in columns."""

    partner: StoredPartner
    stored: StoredAgreement
    line: AgreementLine
    places: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition of an agreement."""

    agreement: AgreementRow
    condition: Condition
    own_unit: str
    partner_unit: str


def partner_columns(rows: Sequence[PartnerRow], country: Country) -> list[Column]:
    """The columns of the list of partners; schemes and further names as many as these rows need."""
    made = [
        _of("Name", "name"), _of("Original name", "name_original"), _of("Short name", "short_name"),
        *_alias_columns(rows), *_place_columns(country), _of("Region", "region"), _of("Street", "street"),
        _of("Postcode", "postcode"), *_code_columns(r.stored for r in rows), _of("Website", "website"),
        _of("Factsheet", "factsheet_url"), _of("Course catalogue", "catalogue_url"), _of("Latitude", "latitude"),
        _of("Longitude", "longitude"), _of("Charter start", "charter_from"), _of("Charter end", "charter_to"),
        Column("Given name", lambda r: _contact(r).given_names),
        Column("Family name", lambda r: _contact(r).family_name),
        Column("Contact: function", lambda r: _contact(r).function),
        Column("Contact: e-mail", lambda r: _contact(r).email), Column("Contact phone", lambda r: _contact(r).phone),
        Column("Responsible", lambda r: r.stored.partnership.responsible if r.stored.partnership else ""),
        Column("Tags", lambda r: "; ".join(r.stored.institution.tags)), _of("Remark", "remark"),
        Column("Tier", lambda r: r.line.tier), Column("Phase", lambda r: _word("stage", r.line.stage)),
        Column("Forms of cooperation", lambda r: "; ".join(str(label_of("cooperation_form", f)) for f in r.line.forms)),
        Column("Agreements", lambda r: r.line.agreements), Column("State", lambda r: _word("state", r.line.state)),
        Column("Last day", lambda r: r.line.ends_on), Column("Granted out", lambda r: r.line.places_out),
        Column("Granted in", lambda r: r.line.places_in), Column("Next review", lambda r: r.line.next_review),
        _of("Put away on", "archived_on"),
    ]  # fmt: skip
    return made


def agreement_columns(rows: Sequence[AgreementRow], country: Country) -> list[Column]:
    """The columns of the list of agreements, the partner's codes among them."""
    partners = [Column(c.title, _of_partner(c.value)) for c in (
        _of("Partner", "name"), *_place_columns(country), *_code_columns(r.partner for r in rows))]
    return [
        _stays("Agreement number", "our_code"), _stays("Partner agreement number", "partner_code"), *partners,
        Column("Agreement type", lambda r: _said("agreement_type", r.stored.agreement.type, cellwords.agreement_type)),
        _stays("Agreement title", "title"), _stays("Programme", "programme"),
        Column("State", lambda r: _word("state", r.line.state)),
        Column("Last day", lambda r: None if r.line.open_ended else r.line.ends_on),
        Column("Notice by", lambda r: r.line.notice_on), Column("Version", lambda r: r.stored.version.n),
        Column("Valid from", lambda r: starts(r.stored.version)),
        Column("Valid until", lambda r: ends(r.stored.version)),
        Column("Open-ended", lambda r: True if r.stored.version.open_ended else None),
        Column("Renewal months", lambda r: r.stored.version.auto_renew_months),
        Column("Notice months", lambda r: r.stored.version.notice_months),
        Column("Signed on", lambda r: r.stored.concluded_on), Column("Faculty", lambda r: r.stored.own_unit),
        Column("Partner faculty", lambda r: r.stored.partner_unit), *_places_columns(),
        Column("Summary", lambda r: summary(r.stored.conditions)), _stays("File location", "location"),
        _stays("Agreement remark", "remark"), Column("Responsible", lambda r: r.line.responsible),
        _stays("Record ID", "uid"),
    ]  # fmt: skip


def condition_columns() -> list[Column]:
    """The columns of the sheet of conditions."""
    return [
        Column("Agreement number", lambda r: r.agreement.stored.agreement.our_code),
        Column("Partner", lambda r: r.agreement.partner.institution.name),
        Column("Direction", lambda r: _word("direction", r.condition.direction)),
        Column("Activity", lambda r: _word("activity", r.condition.activity)),
        Column("Places", lambda r: r.condition.heads),
        Column("Counted in", lambda r: _word("places_unit", r.condition.places_unit)),
        Column("Months", lambda r: _number(r.condition.months)), Column("Days", lambda r: r.condition.days),
        Column("Levels", lambda r: _levels(r.condition)), Column("ISCED", lambda r: ", ".join(r.condition.fields)),
        Column("Subject area description", lambda r: r.condition.field_note),
        Column("Languages", lambda r: ", ".join(r.condition.languages)),
        Column("First year", lambda r: _year(r.condition.first_year)),
        Column("Last year", lambda r: _year(r.condition.last_year)),
        Column("Faculty", lambda r: r.own_unit), Column("Partner faculty", lambda r: r.partner_unit),
        Column("Selection", lambda r: r.condition.selection_note), Column("Terms", lambda r: r.condition.other_terms),
    ]  # fmt: skip


def rows_of(row: AgreementRow) -> Iterator[AgreementRow]:
    """The rows that one agreement takes: one, or as many as tell its places where it has no number to go by."""
    pairs = _pairs(row.stored.conditions)
    if len(pairs) == 1:
        yield replace(row, places=pairs[0])
    elif pairs and not (row.stored.agreement.our_code or row.stored.agreement.partner_code):
        yield from (replace(row, places=pair) for pair in pairs)
    else:
        yield row


def summary(conditions: Sequence[Condition]) -> str:
    """All conditions in one cell: "Out 4 Studies, 5 months; In 4 Studies, 5 months"."""
    said = []
    for condition in conditions:
        heads = "" if condition.heads is None else f" {condition.heads}"
        parts = [f"{short_of('direction', condition.direction)}{heads} {short_of('activity', condition.activity)}"]
        if condition.months:
            parts.append(f"{_number(condition.months)} months")
        said.append(", ".join([*parts, *condition.fields]))
    return "; ".join(said)


def starts(version: AgreementVersion) -> Value:
    """The beginning of a validity: its day, else its academic year."""
    return version.valid_from or _year(version.first_year)


def ends(version: AgreementVersion) -> Value:
    """The end of a validity: its day, else its academic year."""
    return version.valid_to or _year(version.last_year)


def _of(title: str, field: str) -> Column:
    return Column(title, lambda r: getattr(r.stored.institution, field))


def _stays(title: str, field: str) -> Column:
    return Column(title, lambda r: getattr(r.stored.agreement, field))


def _of_partner(value: Callable[[Any], Value]) -> Callable[[Any], Value]:
    return lambda r: value(PartnerRow(r.partner))


def _place_columns(country: Country) -> list[Column]:
    return [
        _of("Country code", "country"), Column("Country", lambda r: country(r.stored.institution.country)),
        _of("City", "city"),
    ]  # fmt: skip


def _alias_columns(rows: Sequence[PartnerRow]) -> list[Column]:
    most = max((len(row.stored.aliases) for row in rows), default=0)
    return [Column("Other name" if n == 0 else f"Other name ({n + 1})", _alias(n)) for n in range(most)]


def _alias(n: int) -> Callable[[Any], Value]:
    return lambda r: r.stored.aliases[n].name if n < len(r.stored.aliases) else ""


def _code_columns(partners: Iterator[StoredPartner]) -> list[Column]:
    """A column for each scheme in use, and one for codes that the import would not take for what they are."""
    used: set[str] = set()
    for partner in partners:
        used |= {one.scheme if _reads_back(one) else "" for one in partner.identifiers}
    made = [Column(_SCHEME_HEADERS[scheme], _codes(scheme)) for scheme in CODE_SCHEMES if scheme in used]
    return [*made, Column("Other codes", _other_codes)] if "" in used else made


def _reads_back(one: Any) -> bool:
    return one.scheme in _SCHEME_HEADERS and ";" not in one.value and identifiers.check(one.scheme, one.value) is None


def _codes(scheme: str) -> Callable[[Any], Value]:
    return lambda r: "; ".join(i.value for i in r.stored.identifiers if i.scheme == scheme and _reads_back(i))


def _other_codes(row: Any) -> Value:
    others = [i for i in row.stored.identifiers if not _reads_back(i)]
    return "; ".join(f"{identifiers.scheme(i.scheme).label}: {i.value}" for i in others)


def _contact(row: Any) -> Contact:
    """The contact to write to: the preferred one, else the first with an address."""
    named = [c for c in row.stored.contacts if c.email or c.given_names or c.family_name]
    return next((c for c in named if c.preferred), next((c for c in named if c.email), Contact()))


def _places_columns() -> list[Column]:
    return [
        Column("Places outgoing", lambda r: _heads(r, "out")), Column("Places incoming", lambda r: _heads(r, "in")),
        Column("Activity", _about(lambda c: _said("activity", c.activity, cellwords.activity))),
        Column("Months", _about(lambda c: _number(c.months))), Column("Days", _about(lambda c: c.days)),
        Column("Levels", _about(_levels)), Column("ISCED", _about(lambda c: ", ".join(c.fields))),
        Column("Subject area description", _about(lambda c: c.field_note)),
        Column("Languages", _about(lambda c: ", ".join(c.languages))), Column("Terms", _about(lambda c: c.other_terms)),
    ]  # fmt: skip


def _about(value: Callable[[Condition], Value]) -> Callable[[Any], Value]:
    """What a row's places have in common; where the directions differ, the summary alone tells it."""

    def common(row: AgreementRow) -> Value:
        said = {value(condition) for condition in row.places}
        return said.pop() if len(said) == 1 else None

    return common


def _heads(row: AgreementRow, direction: str) -> int | None:
    return next((c.heads for c in row.places if c.direction == direction), None)


def _pairs(conditions: Sequence[Condition]) -> list[tuple[Condition, ...]]:
    """Conditions grouped into rows of one activity, at most one in each direction; [] where that cannot be."""
    groups: dict[str, dict[str, Condition]] = {}
    for condition in conditions:
        if not condition.heads or not _in_columns(condition):
            return []
        sides = groups.setdefault(condition.activity, {})
        if condition.direction in sides:
            return []
        sides[condition.direction] = condition
    return [tuple(sides.values()) for sides in groups.values()]


def _in_columns(c: Condition) -> bool:
    """Whether the import reads a condition's columns as they are stored."""
    try:
        fields = cellwords.fields(", ".join(c.fields))
        wanted = cellwords.languages(", ".join(c.languages))
        return (
            bool(_said("activity", c.activity, cellwords.activity))
            and cellwords.levels(_levels(c)) == tuple(sorted(c.levels))
            and (fields is None or (fields.codes == c.fields and not fields.note))
            and (wanted is None or (wanted.languages == c.languages and not wanted.note))
        )
    except Unreadable:
        return False


def _said(vocabulary: str, code: str, read: Callable[[str], str | None]) -> str:
    """The word for a code that the import reads as that code: its label, a shorter word, itself, or none."""
    for word in (str(label_of(vocabulary, code)), str(short_of(vocabulary, code)), _WORDS.get(code, ""), code):
        try:
            if read(word) == code:
                return word
        except Unreadable:
            continue
    return ""


def _levels(condition: Condition) -> str:
    return ", ".join(condition.levels)


def _word(vocabulary: str, code: str) -> str:
    return str(label_of(vocabulary, code)) if code else ""


def _number(value: float | None) -> Value:
    return int(value) if value is not None and value.is_integer() else value


def _year(first: int | None) -> Value:
    return None if first is None else str(AcademicYear(first))


def cells(columns: Sequence[Column], row: object) -> list[Value]:
    """The cells of one row; empty texts are empty cells."""
    return [None if (value := column.value(row)) == "" else value for column in columns]


def unit_names(units: Mapping[int, str], condition: Condition) -> tuple[str, str]:
    """Names of our unit and the partner's that a condition is for."""
    return units.get(condition.own_unit_id or 0, ""), units.get(condition.partner_unit_id or 0, "")
