"""Brings a calendar into an office: events become appointments or visits, tasks follow-ups; planned, then written.

What was brought in is known again by the id its calendar gives it, so the same calendar changes nothing a second time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.appointment_rules import appointment_problems
from partnerdesk.domain.followup_rules import followup_problems
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.office import ImportBatch
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble, Problem, Refused
from partnerdesk.domain.recurrence import said as said_rule
from partnerdesk.domain.text import fold
from partnerdesk.domain.visit_rules import visit_problems
from partnerdesk.domain.visits import Appointment, Visit
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.formats.contentlines import LARGEST
from partnerdesk.formats.icalendars import CalendarFile, Entry, read_calendar
from partnerdesk.services.dated import read_own
from partnerdesk.services.deeds import trash_mark
from partnerdesk.services.labels import field_label

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

APPOINTMENT, VISIT, FOLLOWUP, OWN = "appointment", "visit", "followup", "own"
RECORDS: dict[str, type[Any]] = {APPOINTMENT: Appointment, VISIT: Visit, FOLLOWUP: FollowUp}
_RULES: dict[str, Any] = {APPOINTMENT: appointment_problems, VISIT: visit_problems, FOLLOWUP: followup_problems}
_LONGEST_TITLE = 500
_KINDS = {
    "meeting": "meeting|besprechung|termin|reunion|reunión|réunion|call|treffen",
    "event": "event|veranstaltung|evenement|événement|evento|fair|messe|conference|konferenz",
    "deadline": "deadline|frist|echeance|échéance|plazo|milestone|deliverable|abgabe",
    "holiday": "holiday|holidays|feiertag|urlaub|ferie|férié|vacances|festivo|vacation|ferien",
    "visit": "visit|besuch|visite|visita|delegation|business trip|dienstreise|trip|travel|reise",
}
_KIND_OF = {fold(word): kind for kind, words in _KINDS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of a calendar and what becomes of it: `kind` appointment, visit, followup, or own for our own dates.

    `fields` are what would be written, `changed` the names of those that differ from what is there; `notes` say what
    of it is left out.
    """

    number: int
    kind: str
    title: str
    outcome: Outcome
    when: tuple[date | None, str, date | None, str] = (None, "", None, "")
    repeats: Text | None = None
    record_id: int = 0
    version: int = 0
    fields: tuple[tuple[str, Any], ...] = ()
    changed: tuple[str, ...] = ()
    gone: bool = False
    skipped: bool = False
    notes: tuple[Text, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it would be written."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED) and not self.skipped

    @property
    def changes(self) -> Text | None:
        """What differs from the record that is there, in words."""
        if self.gone:
            return Text(QT_TRANSLATE_NOOP("PartnerDesk", "Called off: goes into the trash"))
        names = self.changed[:3]
        if not names:
            return None
        labels = [field_label(name) for name in names]
        template = ("{a}", "{a}, {b}", "{a}, {b}, {c}")[len(names) - 1]
        return text(template, **dict(zip("abc", labels, strict=False)))


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """What bringing in a calendar would do; `left` names what of the file cannot be kept, each with its count."""

    file_name: str
    sha256: str
    file: CalendarFile
    rows: tuple[EventRow, ...]
    left: tuple[tuple[Text, int], ...]
    project_id: int | None = None
    decisions: tuple[tuple[int, str], ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many entries go one way."""
        return sum(row.outcome is outcome and not row.skipped for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries go which way."""
        return {str(outcome): self.count(outcome) for outcome in Outcome}

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return any(row.writes for row in self.rows)

    @property
    def sentence(self) -> Text:
        """What would happen, in one line."""
        return text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{new} new, {changed} changed, {same} the same, {rejected} rejected"), **{
                name: self.count(outcome) for name, outcome in (
                    ("new", Outcome.NEW), ("changed", Outcome.CHANGED), ("same", Outcome.SAME),
                    ("rejected", Outcome.REJECTED))})


def plan_from_file(
    reader: Reader, path: Path, decisions: Mapping[int, str] | None = None, project_id: int | None = None
) -> CalendarPlan:
    """What importing a calendar file would do. Raises BadFile, EnvironmentTrouble.

    `decisions` say by row number what an event becomes: "appointment", "visit" or "skip".
    """
    try:
        if path.stat().st_size > LARGEST:
            # the reader refuses it by its first bytes, without the rest of it in memory
            with path.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        else:
            data = path.read_bytes()
    except OSError as error:
        raise EnvironmentTrouble(text(
            QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” cannot be read: {reason}."), file=path.name,
            reason=error.strerror or str(error))) from error
    file = read_calendar(data)
    if not file.entries:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” holds no event and no task."), file=path.name))
    return make_plan(reader, file, path.name, decisions, project_id, hashlib.sha256(data).hexdigest())


def make_plan(
    reader: Reader, file: CalendarFile, name: str, decisions: Mapping[int, str] | None = None,
    project_id: int | None = None, sha256: str = "",
) -> CalendarPlan:
    """The same for a calendar that has been read."""
    chosen = dict(decisions or {})
    planner = _Planner(reader, file, chosen, project_id)
    rows = tuple(planner.row(n, entry) for n, entry in enumerate(file.entries, 1))
    left = tuple((_what(name), n) for name, n in sorted(file.left.items(), key=lambda one: (-one[1], one[0])))
    return CalendarPlan(name, sha256, file, rows, left, project_id, tuple(sorted(chosen.items())))


def import_deed(plan: CalendarPlan) -> Deed[int]:
    """Write a plan as one step; how many entries came or changed. Raises Refused when the office changed."""

    def run(unit: Unit) -> int:
        now = make_plan(unit, plan.file, plan.file_name, dict(plan.decisions), plan.project_id, plan.sha256)
        if now.rows != plan.rows:
            raise Refused(Problem("R61", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Something changed since the rows were shown")), Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Look at them again"))))
        written = [row for row in now.rows if row.writes]
        for row in written:
            _write(unit, row)
        if written:
            note_import(unit, plan.file_name, plan.sha256, plan.counts)
        return len(written)

    n = plan.count(Outcome.NEW) + plan.count(Outcome.CHANGED)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "import {file}"), file=plan.file_name), run,
                counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Imported 1 entry of the calendar"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Imported {n} entries of the calendar")), kind="import")


def note_import(unit: Unit, file_name: str, sha256: str, counts: Mapping[str, int]) -> None:
    """Keep that a file came in, so that it stands among the imports and can be undone there."""
    unit.add(ImportBatch(file_name=file_name, sha256=sha256, day=clock.today(), counts=json.dumps(counts),
                         step_id=unit.ensure_step()))


class _Planner:
    """Knows what the office has of a calendar already."""

    def __init__(self, reader: Reader, file: CalendarFile, decisions: dict[int, str], project_id: int | None) -> None:
        self._reader, self._decisions, self._project_id = reader, decisions, project_id
        uids = [entry.uid for entry in file.entries]
        self._by_source: dict[str, dict[str, Any]] = {
            kind: {one.source_uid: one for one in reader.where(RECORDS[kind], "source_uid", uids)}
            for kind in (APPOINTMENT, FOLLOWUP)}
        own = [found for uid in uids if (found := read_own(uid)) is not None]
        self._by_uid: dict[str, dict[str, Any]] = {
            kind: {one.uid: one for one in reader.where(record, "uid", [uid for name, uid in own if name == kind])}
            for kind, record in RECORDS.items()}
        self._visits: dict[tuple[str, date | None], Visit] = {}
        for visit in reader.find(Visit, deleted_at=""):
            self._visits.setdefault((fold(visit.title), visit.starts_on), visit)

    def row(self, number: int, entry: Entry) -> EventRow:
        """What becomes of one entry."""
        kind, known = self._known(number, entry)
        notes = [_what(name) for name in entry.lost]
        title = _title(entry)
        when = (entry.starts_on or entry.ends_on, entry.begins, entry.ends_on, entry.ends)
        repeats = said_rule(entry.repeats) if entry.repeats else None
        skipped = self._decisions.get(number) == "skip"
        if kind == OWN:
            return EventRow(number, kind, title, Outcome.SAME, when, repeats, notes=(*notes, Text(_OURS)))
        if known is not None and known.deleted_at:
            return EventRow(number, kind, title, Outcome.SAME, when, repeats, known.id, notes=(*notes, Text(_TRASHED)))
        if entry.state == "CANCELLED" and entry.kind == "event":
            if known is None or kind == VISIT:
                return EventRow(number, kind, title, Outcome.SAME, when, repeats, notes=(*notes, Text(_CANCELLED)))
            return EventRow(number, kind, title, Outcome.CHANGED, when, repeats, known.id, gone=True, skipped=skipped)
        fields = _FIELDS[kind](entry)
        if known is not None:
            changed = tuple(name for name, value in fields.items()
                            if name not in _KEPT[kind] and _differs(known, name, value))
            outcome = Outcome.CHANGED if changed else Outcome.SAME
            fields = {name: fields[name] for name in changed}
            made = RECORDS[kind](**{**_as_dict(known, _FIELDS[kind](entry)), **fields})
        else:
            if kind != VISIT:
                fields["source_uid"] = entry.uid
            fields["project_id"] = self._project_id
            changed, outcome, made = (), Outcome.NEW, RECORDS[kind](**fields)
        blocks = [problem.message for problem in _RULES[kind](made) if problem.severity == "block"]
        if blocks and outcome is not Outcome.SAME:
            return EventRow(number, kind, title, Outcome.REJECTED, when, repeats, notes=(*blocks, *notes))
        record_id, version = (known.id, known.version) if known is not None else (0, 0)
        return EventRow(number, kind, title, outcome, when, repeats, record_id, version, tuple(fields.items()), changed,
                        skipped=skipped, notes=tuple(notes))

    def _known(self, number: int, entry: Entry) -> tuple[str, Any]:
        """What an entry becomes, and the record of the office that it is already."""
        own = read_own(entry.uid)
        if own is not None and own[0] in RECORDS and own[1] in self._by_uid[own[0]]:
            return own[0], self._by_uid[own[0]][own[1]]
        if own is not None and own[0] not in RECORDS and self._is_ours(*own):
            return OWN, None
        if entry.kind == "task":
            return FOLLOWUP, self._by_source[FOLLOWUP].get(entry.uid)
        known = self._by_source[APPOINTMENT].get(entry.uid)
        wanted = self._decisions.get(number, "")
        if known is not None and wanted != VISIT:
            return APPOINTMENT, known
        # a meeting of an hour within a visit is no visit of its own
        whole = not entry.begins or entry.ends_on != entry.starts_on
        if wanted == VISIT or (not wanted and whole and _kind_of(entry) == "visit"):
            return VISIT, self._visits.get((fold(_title(entry)), entry.starts_on))
        return APPOINTMENT, None

    def _is_ours(self, kind: str, uid: str) -> bool:
        """Whether a date that is told by another record comes from this office."""
        from partnerdesk.domain.agreements import Agreement
        from partnerdesk.domain.partners import Institution
        from partnerdesk.domain.projects import Deliverable, Milestone, Task
        from partnerdesk.domain.stays import Stay
        from partnerdesk.domain.visits import AgendaItem

        records: dict[str, type[Any]] = {
            "milestone": Milestone, "deliverable": Deliverable, "task": Task, "agenda": AgendaItem, "stay": Stay,
            "agreement-end": Agreement, "agreement-notice": Agreement, "nomination": Institution}
        return kind in records and bool(self._reader.find(records[kind], uid=uid))


def _differs(known: Any, name: str, value: Any) -> bool:
    stored = getattr(known, name)
    if isinstance(stored, str) and isinstance(value, str):
        # blanks at the ends of lines do not survive a calendar
        return stored.split() != value.split()
    if name == "ends_on" and stored is None:
        stored = known.starts_on
    return bool(stored != value)


def _as_dict(record: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _write(unit: Unit, row: EventRow) -> None:
    record = RECORDS[row.kind]
    if row.gone:
        unit.change(record, row.record_id, deleted_at=trash_mark())
    elif row.outcome is Outcome.CHANGED:
        unit.change(record, row.record_id, **dict(row.fields))
    else:
        unit.add(record(**dict(row.fields)))


def _appointment_fields(entry: Entry) -> dict[str, Any]:
    found = _kind_of(entry)
    kind = found if found in ("meeting", "event", "deadline", "holiday") else "meeting" if entry.begins else "event"
    moment = (entry.ends_on, entry.ends) == (entry.starts_on, entry.begins)
    return {"title": _title(entry), "kind": kind, "starts_on": entry.starts_on, "begins": entry.begins,
            "ends_on": entry.ends_on, "ends": "" if moment else entry.ends, "zone": entry.zone,
            "repeats": entry.repeats, "place": " ".join(entry.place.split()), "url": entry.link, "remark": entry.note}


def _visit_fields(entry: Entry) -> dict[str, Any]:
    place = " ".join(entry.place.split())
    return {"title": _title(entry), "starts_on": entry.starts_on, "ends_on": entry.ends_on, "city": place[:200],
            "purpose": "\n".join(part for part in (entry.note, entry.link) if part),
            "status": "planned" if entry.state == "TENTATIVE" else "confirmed"}


def _followup_fields(entry: Entry) -> dict[str, Any]:
    remark = "\n".join(part for part in (entry.note, entry.place, entry.link) if part)
    return {"title": _title(entry), "due_on": entry.ends_on, "done_on": entry.done_on, "remark": remark}


def _title(entry: Entry) -> str:
    said = " ".join(entry.title.split()) or " ".join(entry.place.split()) or " ".join(entry.note.split())
    return said[:_LONGEST_TITLE] or str(Text(_UNTITLED))


def _kind_of(entry: Entry) -> str:
    return next((kind for one in entry.categories if (kind := _KIND_OF.get(fold(one.strip()), ""))), "")


def _what(name: str) -> Text:
    """What a line or component of a calendar is called among people; its own name where that is all there is."""
    return Text(_LEFT[name]) if name in _LEFT else text("{name}", name=name)


_FIELDS: dict[str, Any] = {APPOINTMENT: _appointment_fields, VISIT: _visit_fields, FOLLOWUP: _followup_fields}
_KEPT: dict[str, frozenset[str]] = {
    APPOINTMENT: frozenset({"kind"}), VISIT: frozenset({"status", "purpose", "city"}), FOLLOWUP: frozenset()}
"""What an office may have put otherwise by now, and keeps."""
_OURS = QT_TRANSLATE_NOOP("PartnerDesk", "Comes from this office's own records and is changed there")
_TRASHED = QT_TRANSLATE_NOOP("PartnerDesk", "Lies in the trash and stays there")
_CANCELLED = QT_TRANSLATE_NOOP("PartnerDesk", "Called off, so it was left out")
_UNTITLED = QT_TRANSLATE_NOOP("PartnerDesk", "Without a title")
_LEFT = {
    "ATTENDEE": QT_TRANSLATE_NOOP("PartnerDesk", "people invited"),
    "ORGANIZER": QT_TRANSLATE_NOOP("PartnerDesk", "who invites"),
    "VALARM": QT_TRANSLATE_NOOP("PartnerDesk", "alarms"),
    "ATTACH": QT_TRANSLATE_NOOP("PartnerDesk", "attached files"),
    "RRULE": QT_TRANSLATE_NOOP("PartnerDesk", "repetitions that cannot be kept"),
    "RDATE": QT_TRANSLATE_NOOP("PartnerDesk", "additional days"),
    "EXRULE": QT_TRANSLATE_NOOP("PartnerDesk", "rules of exceptions"),
    "TZID": QT_TRANSLATE_NOOP("PartnerDesk", "time zones that are not known"),
    "CLASS": QT_TRANSLATE_NOOP("PartnerDesk", "who may see it"),
    "PRIORITY": QT_TRANSLATE_NOOP("PartnerDesk", "priority"),
    "GEO": QT_TRANSLATE_NOOP("PartnerDesk", "coordinates"),
    "COMMENT": QT_TRANSLATE_NOOP("PartnerDesk", "comments"),
    "CONTACT": QT_TRANSLATE_NOOP("PartnerDesk", "contacts"),
    "RESOURCES": QT_TRANSLATE_NOOP("PartnerDesk", "resources"),
    "RELATED-TO": QT_TRANSLATE_NOOP("PartnerDesk", "links to other entries"),
    "PERCENT-COMPLETE": QT_TRANSLATE_NOOP("PartnerDesk", "percent done"),
    "VJOURNAL": QT_TRANSLATE_NOOP("PartnerDesk", "journal entries"),
    "VFREEBUSY": QT_TRANSLATE_NOOP("PartnerDesk", "free and busy times"),
    "DTSTART": QT_TRANSLATE_NOOP("PartnerDesk", "events without a day"),
    "UID": QT_TRANSLATE_NOOP("PartnerDesk", "entries that stand twice"),
    "COLOR": QT_TRANSLATE_NOOP("PartnerDesk", "colours"),
    "DESCRIPTION": QT_TRANSLATE_NOOP("PartnerDesk", "the description of the calendar"),
    "X-WR-CALDESC": QT_TRANSLATE_NOOP("PartnerDesk", "the description of the calendar"),
    "SOURCE": QT_TRANSLATE_NOOP("PartnerDesk", "where it comes from"),
    "?": QT_TRANSLATE_NOOP("PartnerDesk", "lines that cannot be read"),
}
