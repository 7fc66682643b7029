"""The columns of exported stays: who, where, when, how far, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain.lines import StayLine
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.services import stays
from partnerdesk.services.exporting_rows import Column

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

Country = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay with its person and its line of the list."""

    stay: Stay
    person: Person
    line: StayLine


def stay_rows(reader: Reader, ids: Sequence[int]) -> list[StayRow]:
    """Stays ready to be written, in this order."""
    lines = stays.stay_lines(reader, ids)
    records = reader.many(Stay, ids)
    people = reader.many(Person, {one.person_id for one in records.values()})
    return [StayRow(records[i], people[records[i].person_id], lines[i]) for i in ids if i in lines]


def stay_columns(country: Country) -> list[Column]:
    """The columns of the list of stays."""
    return [
        Column("Family name", lambda r: r.person.family_name), Column("Given names", lambda r: r.person.given_names),
        Column("Original name", lambda r: r.person.name_original),
        Column("Our number of the person", lambda r: r.person.local_id), Column("E-mail", lambda r: r.person.email),
        Column("Kind of person", lambda r: _word("person_kind", r.person.kind)),
        Column("Direction", lambda r: _word("direction", r.stay.direction)),
        Column("Partner", lambda r: r.line.partner), Column("Country", lambda r: country(r.line.country)),
        Column("Phase", lambda r: _word("phase", r.line.phase)),
        Column("Status, sending side", lambda r: _word("sending_status", r.stay.sending_status)),
        Column("Status, receiving side", lambda r: _word("receiving_status", r.stay.receiving_status)),
        Column("Programme", lambda r: _word("programme", r.stay.programme)),
        Column("Activity", lambda r: _word("activity", r.stay.activity)),
        Column("Duration", lambda r: _word("attribute", r.stay.attribute)),
        Column("Academic year", lambda r: _year(r.stay.year)), Column("Term", lambda r: _word("term", r.stay.term)),
        Column("Level", lambda r: _word("level", r.stay.level_nominated)), Column("ISCED", lambda r: r.stay.field),
        Column("Planned from", lambda r: r.stay.planned_from), Column("Planned until", lambda r: r.stay.planned_to),
        Column("Arrived on", lambda r: r.stay.actual_from), Column("Left on", lambda r: r.stay.actual_to),
        Column("Days of interruption", lambda r: r.stay.interruption_days or None),
        Column("Months", lambda r: round(r.line.months, 2) if r.line.months else None),
        Column("Nominated on", lambda r: r.stay.nominated_on), Column("Answered on", lambda r: r.stay.answered_on),
        Column("Documents in", lambda r: r.line.documents_done),
        Column("Documents wanted", lambda r: r.line.documents),
        Column("Documents missing", lambda r: r.line.documents_missing),
        Column("Next document due", lambda r: r.line.next_due),
        Column("Counts in the balance", lambda r: r.stay.counts_in_balance),
        Column("Grant number", lambda r: r.stay.grant_number),
        Column("Teaching hours", lambda r: r.stay.teaching_hours),
        Column("Reason of the end", lambda r: r.stay.cancel_reason), Column("Tags", lambda r: "; ".join(r.stay.tags)),
        Column("Remark", lambda r: r.stay.remark), Column("Put away on", lambda r: r.stay.archived_on),
        Column("Record ID", lambda r: r.stay.uid),
    ]  # fmt: skip


def _word(vocabulary: str, code: str) -> str:
    return str(label_of(vocabulary, code)) if code else ""


def _year(first: int | None) -> str:
    return str(AcademicYear(first)) if first is not None else ""
