"""What users do with visits and delegations: where, who, which meetings, what came of it, and the list of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.projects import Project
from partnerdesk.domain.visit_rules import (
    agenda_order,
    agenda_problems,
    clash_problems,
    days_problems,
    outcome_lines,
    person_problems,
    place_problems,
    standing_problems,
    visit_problems,
)
from partnerdesk.domain.visits import AgendaItem, Visit, VisitLine, VisitPerson, VisitPlace
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import (
    refuse_blocks,
    set_archived,
    set_fields,
    set_fields_of_many,
    trash_mark,
)
from partnerdesk.services.followups import followups_about, new_followup
from partnerdesk.services.office import settings
from partnerdesk.services.partners import home_institution

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

Part = VisitPlace | VisitPerson | AgendaItem | Document
_NOUNS: dict[type[Any], str] = {
    VisitPlace: QT_TRANSLATE_NOOP("PartnerDesk", "a place"),
    VisitPerson: QT_TRANSLATE_NOOP("PartnerDesk", "somebody"),
    AgendaItem: QT_TRANSLATE_NOOP("PartnerDesk", "a meeting"),
    Document: QT_TRANSLATE_NOOP("PartnerDesk", "a document"),
}


@dataclass(frozen=True, slots=True)
class VisitFile:
    """Everything a visit's form shows; places and meetings in the order of the journey.

    `institutions` are all that are named, `contacts` those of the places, by institution; `office` are the people
    of our own office, `home` is our institution.
    """

    visit: Visit
    places: tuple[VisitPlace, ...]
    people: tuple[VisitPerson, ...]
    agenda: tuple[AgendaItem, ...]
    documents: tuple[Document, ...]
    followups: tuple[FollowUp, ...]
    institutions: Mapping[int, Institution]
    contacts: Mapping[int, tuple[Contact, ...]]
    project: Project | None = None
    office: tuple[str, ...] = ()
    home: Institution | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the rules say of the visit as a whole."""
        return (*standing_problems(self.visit, clock.today()), *days_problems(self.visit, self.places, self.agenda),
                *clash_problems(self.agenda))

    @property
    def country(self) -> str:
        """Where it goes or comes from: the visit's own country, else that of the first place."""
        return self.visit.country or next((self.land(one.institution_id) for one in self.places), "")

    def called(self, institution_id: int | None) -> str:
        """The name of an institution that is named here."""
        found = self.institutions.get(institution_id or 0)
        return found.name if found is not None else ""

    def met_in(self, institution_id: int | None) -> str:
        """The country in which an institution is met: its own, or where we receive it."""
        if self.visit.direction == "in":
            return self.visit.country or (self.home.country if self.home is not None else "")
        return self.land(institution_id) or self.country

    def land(self, institution_id: int | None) -> str:
        """The country of an institution that is named here."""
        found = self.institutions.get(institution_id or 0)
        return found.country if found is not None else ""


def visit_file(reader: Reader, visit_id: int) -> VisitFile:
    """All that belongs to one visit. Raises Missing."""
    visit = reader.get(Visit, visit_id)
    places = sorted(reader.find(VisitPlace, visit_id=visit_id),
                    key=lambda one: (one.day or date.max, one.position, one.id))
    people = sorted(reader.find(VisitPerson, visit_id=visit_id), key=lambda one: (one.position, one.id))
    agenda = sorted(reader.find(AgendaItem, visit_id=visit_id), key=agenda_order)
    visited = [one.institution_id for one in places]
    also = {one.institution_id for one in people} | {one.institution_id for one in agenda}
    named = {*visited, *(one for one in also if one is not None)}
    contacts: dict[int, list[Contact]] = {}
    for one in reader.where(Contact, "institution_id", visited):
        contacts.setdefault(one.institution_id, []).append(one)
    projects = reader.many(Project, [visit.project_id] if visit.project_id else ())
    return VisitFile(
        visit, tuple(places), tuple(people), tuple(agenda), tuple(reader.find(Document, visit_id=visit_id)),
        followups_about(reader, "visit", visit_id), reader.many(Institution, named),
        {i: tuple(some) for i, some in contacts.items()}, projects.get(visit.project_id or 0),
        tuple(settings(reader)["office.people"]), home_institution(reader))


def visit_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the visits a query finds, in its order, of all or of those `among`."""
    from partnerdesk.store import visits

    return visits.visit_ids(reader, query, clock.today(), limit, among)


def visit_lines(reader: Reader, ids: Sequence[int]) -> dict[int, VisitLine]:
    """What the list shows of these visits."""
    from partnerdesk.store import visits

    return visits.visit_lines(reader, ids)


def visit_hits(reader: Reader, query: ListQuery) -> int:
    """How many visits a query finds."""
    from partnerdesk.store import visits

    return visits.visit_hits(reader, query, clock.today())


def visit_count(reader: Reader) -> int:
    """How many visits the office has."""
    from partnerdesk.store import visits

    return visits.visit_count(reader)


def visits_with(reader: Reader, institution_id: int) -> list[VisitLine]:
    """The visits to or from an institution, the last first."""
    from partnerdesk.store import visits

    ids = visits.visits_with(reader, institution_id)
    lines = visits.visit_lines(reader, ids)
    return [lines[i] for i in ids if i in lines]


def new_visit(visit: Visit, institutions: Sequence[int] = ()) -> Deed[int]:
    """Add a visit to or from these institutions; the answer is its id."""

    def run(unit: Unit) -> int:
        refuse_blocks(visit_problems(visit))
        made = unit.add(visit).id
        places = [VisitPlace(visit_id=made, position=n, institution_id=i)
                  for n, i in enumerate(dict.fromkeys(institutions))]
        unit.add_many(places)
        return made

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new visit {name}"), name=visit.title), run)


def change_visit(visit: Visit, **fields: Any) -> Deed[bool]:
    """Change fields of a visit as the user sees it."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Visit, visit.id, visit.version, fields, visit_problems)

    return Deed(_changed(visit, fields), run)


def change_many(ids: Sequence[int], fields: Mapping[str, Any], n: int) -> Deed[None]:
    """Set the same fields on many visits in one step."""

    def run(unit: Unit) -> None:
        set_fields_of_many(unit, Visit, ids, fields, visit_problems)

    return Deed(counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "change 1 visit"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} visits")), run)


def shift_visit(visit: Visit, days: int) -> Deed[None]:
    """Move a visit by days, with the days of its places and meetings."""

    def run(unit: Unit) -> None:
        unit.change(Visit, visit.id, visit.version, starts_on=_later(visit.starts_on, days),
                    ends_on=_later(visit.ends_on, days))
        for record in (VisitPlace, AgendaItem):
            parts: list[Any] = unit.find(record, visit_id=visit.id)
            unit.change_each(record, {one.id: {"day": _later(one.day, days)} for one in parts if one.day is not None})

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "move {name} to other days"), name=visit.title), run)


def add_part(visit: Visit, record: Part) -> Deed[int]:
    """Add a place, somebody, a meeting or a document to a visit; the answer is its id."""

    def run(unit: Unit) -> int:
        return int(unit.add(_placed(unit, visit, record)).id)

    label = QT_TRANSLATE_NOOP("PartnerDesk", "add {what} to {name}")
    return Deed(text(label, what=Text(_NOUNS[type(record)]), name=visit.title), run)


def add_parts(visit: Visit, records: Sequence[Part]) -> Deed[list[int]]:
    """Add several of one kind in one step; the answers are their ids."""

    def run(unit: Unit) -> list[int]:
        return [int(unit.add(_placed(unit, visit, one)).id) for one in records]

    what: object = Text(_NOUNS[type(records[0])]) if len(records) == 1 else text(
        QT_TRANSLATE_NOOP("PartnerDesk", "{n} entries"), n=len(records))
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add {what} to {name}"), what=what, name=visit.title), run)


def change_part(visit: Visit, record: Part, **fields: Any) -> Deed[bool]:
    """Change a place, somebody, a meeting or a document of a visit."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, type(record), record.id, record.version, fields, _problems_of)

    return Deed(_changed(visit, fields), run)


def remove_part(visit: Visit, record: Part) -> Deed[None]:
    """Take a place, somebody, a meeting or a document away from a visit."""

    def run(unit: Unit) -> None:
        unit.remove(type(record), record.id)

    what = Text(_NOUNS[type(record)])
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {what} from {name}"), what=what, name=visit.title), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {what} from {name}"), what=what, name=visit.title))


def people_from(contacts: Sequence[Contact]) -> list[VisitPerson]:
    """Contacts of partners as people of their side."""
    return [VisitPerson(side="theirs", name=one.full_name, function=one.function, institution_id=one.institution_id,
                        email=one.email, phone=one.phone) for one in contacts]


def contacts_to_add(file: VisitFile) -> list[Contact]:
    """The contacts of the places who do not take part yet, those no longer there left out."""
    here = {(one.institution_id, one.name) for one in file.people}
    today = clock.today()
    return [one for place in file.places for one in file.contacts.get(place.institution_id, ())
            if one.full_name and (one.institution_id, one.full_name) not in here
            and (one.valid_to is None or one.valid_to >= today)]


def agenda_to_plan(file: VisitFile, zone_of: Callable[[str], str]) -> list[AgendaItem]:
    """A meeting for each place that has none yet, on its day, in the zone that `zone_of` gives for a country."""
    met = {one.institution_id for one in file.agenda}
    return [AgendaItem(title=file.called(place.institution_id), day=place.day or file.visit.starts_on,
                       institution_id=place.institution_id, zone=zone_of(file.met_in(place.institution_id)),
                       note=place.aim)
            for place in file.places if place.institution_id not in met]


def outcomes_to_follow(file: VisitFile) -> list[FollowUp]:
    """Each outcome that is no follow-up of the visit yet, as one."""
    known = {one.title for one in file.followups}
    return [new_followup("visit", file.visit.id, line, responsible=file.visit.responsible)
            for line in dict.fromkeys(outcome_lines(file.visit.outcomes)) if line not in known]


def duplicate_visit(file: VisitFile, title: str) -> Deed[int]:
    """Add a visit to the same places with the same people; days and outcomes are left open. The answer is its id."""
    fresh = dataclasses.replace(
        file.visit, id=0, uid="", version=1, title=title, status="planned", starts_on=None, ends_on=None, outcomes="",
        archived_on=None, deleted_at="")

    def run(unit: Unit) -> int:
        refuse_blocks(visit_problems(fresh))
        made = unit.add(fresh).id
        for place in file.places:
            unit.add(dataclasses.replace(place, id=0, uid="", version=1, visit_id=made, day=None))
        for person in file.people:
            unit.add(dataclasses.replace(person, id=0, uid="", version=1, visit_id=made))
        return made

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "duplicate {name}"), name=file.visit.title), run)


def archive_visits(visits: Sequence[Visit], *, back: bool = False) -> Deed[None]:
    """Put visits out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, Visit, visits, back)

    if back:
        return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "bring {name} back from the archive"), visits), run,
                    _about(QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {name}"), visits))
    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "archive {name}"), visits), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Archived {name}"), visits))


def delete_visits(visits: Sequence[Visit]) -> Deed[None]:
    """Put visits into the trash; their follow-ups wait there with them."""

    def run(unit: Unit) -> None:
        unit.change_many(Visit, [one.id for one in visits], deleted_at=trash_mark())

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), visits), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), visits))


def _placed(unit: Unit, visit: Visit, record: Part) -> Part:
    """A part as it is stored: of this visit, behind those there are."""
    own: dict[str, Any] = {"visit_id": visit.id}
    if not isinstance(record, Document):
        there: list[Any] = unit.find(type(record), visit_id=visit.id)
        own["position"] = max((one.position for one in there), default=-1) + 1
    record = dataclasses.replace(record, **own)
    refuse_blocks(_problems_of(record))
    return record


def _problems_of(record: Part) -> list[Problem]:
    if isinstance(record, VisitPlace):
        return list(place_problems(record))
    if isinstance(record, VisitPerson):
        return list(person_problems(record))
    return list(agenda_problems(record)) if isinstance(record, AgendaItem) else []


def _later(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day is not None else None


def _changed(visit: Visit, fields: Mapping[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only),
                    name=visit.title)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {name}"), name=visit.title)


def _about(template: str, visits: Sequence[Visit]) -> Text:
    if len(visits) == 1:
        return text(template, name=visits[0].title)
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} visits"), n=len(visits)))
