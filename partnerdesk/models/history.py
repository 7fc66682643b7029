"""The history of a record in words: who, when, what, from what to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.journal import Entry
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.look.words import NOTHING, day, say
from partnerdesk.models.names import country_name, language_name
from partnerdesk.services.labels import field_label, table_label

_HIDDEN = {"id", "uid", "version", "sealed", "position", "institution_id", "agreement_id", "partnership_id",
           "version_id", "party_id", "condition_id"}
_TERMS = {
    "status": "institution_status", "stage": "stage", "forms": "cooperation_form", "roles": "contact_role",
    "type": "agreement_type", "programme": "programme", "direction": "direction", "activity": "activity",
    "levels": "level", "side": "side", "terminated_by": "ended_by", "overflow": "overflow",
    "places_unit": "places_unit", "org_type": "org_type", "hemisphere": "hemisphere", "level": "level",
    "gender": "gender", "consents": "consent", "skill": "language_skill", "attribute": "attribute", "term": "term",
    "sending_status": "sending_status", "receiving_status": "receiving_status", "phase": "phase", "exit": "phase",
    "level_nominated": "level", "level_departed": "level", "offer": "offer", "person_kind": "person_kind",
    "anchor": "doc_anchor", "only_if": "doc_condition", "part": "la_part", "reason_code": "la_reason",
    "decision": "recognition_decision", "unit": "balance_unit",
}

_OF_TABLE = {
    ("agreement_version", "status"): "version_status", ("agreement_event", "kind"): "event_kind",
    ("document", "kind"): "document_kind", ("document", "state"): "document_state",
    ("sign_off", "kind"): "signature_kind", ("org_unit", "kind"): "unit_kind",
    ("document", "stage"): "doc_stage", ("doc_rule", "stage"): "doc_stage", ("doc_rule", "kind"): "stay_document",
    ("person", "kind"): "person_kind", ("person_contact", "kind"): "person_contact_kind",
    ("person_language", "level"): "cefr", ("stay_event", "kind"): "stay_event_kind",
    ("cohort", "kind"): "cohort_kind", ("grant_rate", "kind"): "grant_rate_kind",
    ("grant_award", "status"): "grant_status", ("partnership", "kind"): "partnership_kind",
    ("institution_name", "kind"): "alias_kind",
    ("visit", "kind"): "visit_kind", ("visit", "status"): "visit_status", ("visit_person", "side"): "visit_side",
    ("appointment", "kind"): "appointment_kind", ("project", "kind"): "project_kind",
    ("project", "status"): "project_status", ("project", "our_role"): "project_role",
    ("project", "health"): "project_health", ("project_member", "role"): "project_role",
    ("task_link", "kind"): "link_kind", ("deliverable", "kind"): "deliverable_kind",
    ("deliverable", "dissemination"): "dissemination", ("risk", "state"): "risk_state",
    ("joint_output", "kind"): "output_kind",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history: a step's head (`field` empty) or below it a changed field, or a row that came or went
    (`before` empty).
    """

    who: str
    at: datetime
    what: str
    reason: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


def told(entries: Sequence[Entry]) -> list[Told]:
    """The entries as lines, newest step first, each step's fields below its head."""
    lines: list[Told] = []
    step_id = None
    for entry in entries:
        step = entry.step
        if step.id != step_id:
            step_id = step.id
            lines.append(Told(step.who, step.at, say(step.label), step.reason))
        if entry.table == "partnership_member" and entry.before is None:
            continue
        if entry.before is None or entry.after is None:
            lines.append(_row_told(entry))
        else:
            lines += [Told(step.who, step.at, "", "", *change) for change in changes_of(entry)]
    return lines


def _row_told(entry: Entry) -> Told:
    """A row that came or went, as "Contact added: Jun Wang"."""
    row = entry.after if entry.after is not None else entry.before
    template = _tr("{thing} added") if entry.after is not None else _tr("{thing} removed")
    name = _row_name(row, entry.table) if row is not None else ""
    return Told(entry.step.who, entry.step.at, "", "", template.format(thing=say(table_label(entry.table))), "",
                "" if name == _tr("new") else name)


def changes_of(entry: Entry) -> list[tuple[str, str, str]]:
    """(field, from, to) of one entry in words; a new or removed row is told by its filled fields."""
    table = say(table_label(entry.table))
    if entry.before is not None and entry.after is not None:
        return [(_field(table, name), value_words(name, entry.before.get(name), entry.table),
                 value_words(name, value, entry.table))
                for name, value in entry.after.items() if name not in _HIDDEN]
    row = entry.after if entry.after is not None else entry.before
    if row is None:
        return []
    name = _row_name(row, entry.table)
    return [(table, NOTHING, name)] if entry.after is not None else [(table, name, NOTHING)]


def value_words(name: str, value: Any, table: str = "") -> str:
    """A stored value as a person reads it."""
    if value is None or value == "" or value == ():
        return NOTHING
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(value_words(name, one, table) for one in value)
    if name == "country":
        return country_name(str(value))
    if name == "language":
        return language_name(str(value))
    if name in ("first_year", "last_year", "year"):
        return f"{value}/{int(value) + 1}"
    known = _OF_TABLE.get((table, name)) or _TERMS.get(name)
    if known == "document_kind" and vocabulary(known).term(str(value)) is None:
        known = "stay_document"
    return say(label_of(known, str(value))) if known else str(value)


def _field(table: str, name: str) -> str:
    return f"{table}: {say(field_label(name))}" if table else say(field_label(name))


def _row_name(row: Mapping[str, Any], table: str) -> str:
    if table in ("contact", "person"):
        return " ".join(p for p in (row.get("given_names", ""), row.get("family_name", "")) if p) or NOTHING
    if table == "sign_off":
        return day(row.get("approved_on"))
    if table == "condition":
        parts = (value_words("direction", row.get("direction")), value_words("activity", row.get("activity")),
                 value_words("heads", row.get("heads")))
        return ", ".join(part for part in parts if part != NOTHING)
    for key in ("name", "title", "value", "our_code", "label", "type", "kind", "note"):
        if row.get(key):
            return value_words(key, row[key], table)
    return _tr("new")


def _tr(source: str) -> str:
    return QCoreApplication.translate("History", source)
