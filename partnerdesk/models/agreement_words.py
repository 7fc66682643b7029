"""What the fields of an agreement say for people: in its history, in comparisons, as facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.agreements import AgreementVersion
from partnerdesk.domain.journal import Entry
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.words import EN_DASH, NOTHING, day, day_range, number, say
from partnerdesk.models.condition_cells import language_words
from partnerdesk.services.labels import field_label, table_label

Names = Mapping[tuple[str, int], str]
"""What records are called, by ("contact", 7)."""

_LISTS = {
    "type": "agreement_type", "programme": "programme", "direction": "direction", "activity": "activity",
    "overflow": "overflow", "places_unit": "places_unit", "side": "side", "status": "version_status",
    "state": "document_state", "terminated_by": "ended_by",
}
_KINDS = {"sign_off": "signature_kind", "document": "document_kind", "agreement_event": "event_kind"}
_LINKS = {
    "signee_id": "contact", "unit_id": "org_unit", "own_unit_id": "org_unit", "partner_unit_id": "org_unit",
    "institution_id": "institution", "partner_id": "institution", "predecessor_id": "agreement",
    "party_id": "agreement_party",
}
_UNSAID = frozenset({
    "id", "uid", "version", "agreement_id", "version_id", "condition_id", "partnership_id", "position", "sealed",
    "made_by", "institution_id",
})
_NAMING = ("title", "n", "activity", "direction", "heads", "year", "closed", "approved_on", "approved_by", "kind",
           "day", "note", "side", "party_id")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history: when, who, what, the change itself, and why."""

    key: int
    at: datetime
    who: str
    what: str
    change: str
    why: str


def said_value(name: str, value: Any, table: str = "", names: Names | None = None) -> str:
    """A field's value as people say it; "—" for none."""
    if value is None or value == "" or value == ():
        return NOTHING
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, date):
        return day(value)
    if name in ("first_year", "last_year", "year"):
        return str(AcademicYear(int(value)))
    if name in _LINKS:
        return (names or {}).get((_LINKS[name], int(value)), NOTHING)
    if name in _LISTS:
        return say(label_of(_LISTS[name], str(value)))
    if name == "kind" and table in _KINDS:
        return say(label_of(_KINDS[table], str(value)))
    if name == "levels":
        return ", ".join(say(short_of("level", level)) for level in value)
    if name == "languages":
        return ", ".join(language_words(wanted) for wanted in value)
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 1)
    return str(value)


def validity_words(version: AgreementVersion, starts: date | None, ends: date | None) -> str:
    """How long a version holds: by years "2024/2025 – 2026/2027", by days, or from when on without end."""
    if version.first_year is not None and version.valid_from is None:
        first = str(AcademicYear(version.first_year))
        if version.open_ended or version.last_year is None:
            return _tr("from {when}, open-ended").format(when=first)
        last = str(AcademicYear(version.last_year))
        return first if first == last else f"{first} {EN_DASH} {last}"
    if version.open_ended:
        return _tr("from {when}, open-ended").format(when=day(starts)) if starts else _tr("open-ended")
    return day_range(starts, ends)


def history_lines(entries: list[Entry], names: Names) -> list[HistoryLine]:
    """The journal of an agreement as lines, newest first; what only the program knows is left out."""
    lines = []
    for place, entry in enumerate(entries):
        what, change = _told(entry, names)
        if what:
            key = entry.step.id * 1000 + len(entries) - place
            lines.append(HistoryLine(key, entry.step.at, entry.step.who, what, change, _why(entry)))
    return lines


def _why(entry: Entry) -> str:
    if entry.step.kind in ("undo", "redo"):
        said = say(entry.step.label)
        return said[:1].upper() + said[1:]
    return entry.step.reason


def _told(entry: Entry, names: Names) -> tuple[str, str]:
    thing = say(table_label(entry.table))
    if entry.before is None and entry.after is not None:
        return _tr("{thing} added").format(thing=thing), _summary(entry.table, entry.after, names)
    if entry.after is None and entry.before is not None:
        return _tr("{thing} removed").format(thing=thing), _summary(entry.table, entry.before, names)
    before, after = entry.before or {}, entry.after or {}
    shown = [name for name in after if name not in _UNSAID]
    if not shown:
        return "", ""
    fields = ", ".join(say(field_label(name)) for name in shown)
    what = fields if entry.table in ("agreement", "agreement_version") else f"{thing}: {fields}"
    return what, "; ".join(_arrow(name, before, after, entry.table, names) for name in shown)


def _arrow(name: str, before: Mapping[str, Any], after: Mapping[str, Any], table: str, names: Names) -> str:
    if name == "deleted_at":
        return _tr("moved to the trash") if after.get(name) else _tr("taken out of the trash")
    old, new = (said_value(name, side.get(name), table, names) for side in (before, after))
    return f"{old} → {new}"


def _summary(table: str, row: Mapping[str, Any], names: Names) -> str:
    named = [said_value(name, row[name], table, names) for name in _NAMING
             if row.get(name) not in (None, "", (), False)]
    if table == "agreement_party":
        named.insert(0, names.get(("institution", int(row.get("institution_id") or 0)), ""))
    return " · ".join(part for part in named if part and part != NOTHING)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Agreement", source)
