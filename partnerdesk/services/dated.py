"""All that has a day in an office, told as entries of a calendar: each with an id of its own that stays.

The id comes from the record, so whoever takes a second calendar over the first gets changes, not doubles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.visits import AgendaItem, Appointment, Visit, VisitPerson
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.icalendars import Entry

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

HOST = "partnerdesk"
_OWN = re.compile(rf"([a-z-]+)-([0-9a-f]{{12,64}})(?:-\d+-[12])?@{HOST}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the office is told: all, or what belongs to a project, a visit or somebody responsible.

    `stays` adds the days of stays, `personal` the names of participants and of who goes along; `since` leaves out
    what was over before.
    """

    project_id: int | None = None
    visit_id: int | None = None
    responsible: str = ""
    stays: bool = False
    personal: bool = False
    since: date | None = None

    @property
    def whole(self) -> bool:
        """Whether it is not narrowed to one project or visit."""
        return self.project_id is None and self.visit_id is None


def own_id(kind: str, uid: str) -> str:
    """The id in calendars of what comes from a record of ours."""
    return f"{kind}-{uid}@{HOST}"


def read_own(calendar_uid: str) -> tuple[str, str] | None:
    """Kind and uid of the record that an id in a calendar means, None where it is not ours."""
    match = _OWN.fullmatch(calendar_uid)
    return (match[1], match[2]) if match else None


def dated_things(reader: Reader, scope: Scope | None = None, say: Callable[[Text], str] = str) -> list[Entry]:
    """The entries of a calendar of the office, by their days; `say` puts their words into a language."""
    scope = scope or Scope()
    found: list[Entry] = []
    if scope.visit_id is None:
        found += _appointments(reader, scope, say)
        found += _plans(reader, scope, say)
    found += _visits(reader, scope, say)
    found += _followups(reader, scope)
    if scope.whole:
        found += _agreements(reader, scope, say)
        if not scope.responsible:
            found += _nominations(reader, say)
            found += _stays(reader, scope, say) if scope.stays else ()
    kept = [one for one in found if scope.since is None or one.repeats or _last(one) is None
            or (_last(one) or date.max) >= scope.since]
    return sorted(kept, key=lambda one: (one.starts_on or one.ends_on or date.max, one.begins, one.title, one.uid))


def entry_of(appointment: Appointment, say: Callable[[Text], str] = str) -> Entry:
    """An appointment in a calendar: under the id of the calendar it came from, where it came from one."""
    return Entry(
        uid=appointment.source_uid or own_id("appointment", appointment.uid), title=appointment.title,
        starts_on=appointment.starts_on, begins=appointment.begins,
        ends_on=appointment.ends_on or appointment.starts_on,
        ends=appointment.ends or appointment.begins, zone=appointment.zone if appointment.begins else "",
        repeats=appointment.repeats, place=appointment.place, note=appointment.remark, link=appointment.url,
        categories=(say(label_of("appointment_kind", appointment.kind)),))


def task_of(followup: FollowUp) -> Entry:
    """A follow-up as a task of a calendar."""
    return Entry(
        kind="task", uid=followup.source_uid or own_id("followup", followup.uid), title=followup.title,
        ends_on=followup.due_on, note=followup.remark, done_on=followup.done_on,
        state="COMPLETED" if followup.done_on else "NEEDS-ACTION")


def _last(one: Entry) -> date | None:
    return one.ends_on or one.starts_on


def _day(uid: str, title: str, day: date, kind: str, note: str = "", until: date | None = None, **more: str) -> Entry:
    return Entry(uid=uid, title=title, starts_on=day, ends_on=max(until or day, day), note=note, categories=(kind,),
                 **more)  # type: ignore[arg-type]


def _appointments(reader: Reader, scope: Scope, say: Callable[[Text], str]) -> Iterator[Entry]:
    for one in reader.find(Appointment, "starts_on", deleted_at=""):
        if _mine(one.responsible, scope) and (scope.project_id is None or one.project_id == scope.project_id):
            yield entry_of(one, say)


def _plans(reader: Reader, scope: Scope, say: Callable[[Text], str]) -> Iterator[Entry]:
    """Milestones and deliverables of projects, of a single one its tasks too."""
    projects = {one.id: one for one in reader.find(Project, deleted_at="") if not one.template
                and one.status != "rejected" and (scope.project_id is None or one.id == scope.project_id)
                and (one.archived_on is None or scope.project_id is not None)}
    points: Iterable[tuple[str, Text, Milestone | Deliverable, date | None]] = [
        *(("milestone", _MILESTONE, one, one.met_on) for one in reader.where(Milestone, "project_id", projects)),
        *(("deliverable", _DELIVERABLE, one, one.submitted_on)
          for one in reader.where(Deliverable, "project_id", projects))]
    for kind, word, point, met in points:
        project = projects[point.project_id]
        if point.due_on is not None and _mine(point.responsible or project.responsible, scope):
            name = " ".join(part for part in (point.number, point.title) if part)
            note = say(text(_MET, day=met)) if met is not None else ""
            yield _day(own_id(kind, point.uid), f"{name} ({_name(project)})", point.due_on, say(word), note)
    for task in reader.where(Task, "project_id", projects) if scope.project_id is not None else ():
        if task.starts_on is not None:
            yield _day(own_id("task", task.uid), f"{task.title} ({_name(projects[task.project_id])})", task.starts_on,
                       say(_TASK), f"{task.progress} %", task.ends_on)


def _visits(reader: Reader, scope: Scope, say: Callable[[Text], str]) -> Iterator[Entry]:
    visits = {one.id: one for one in reader.find(Visit, "starts_on", deleted_at="")
              if one.starts_on is not None and _mine(one.responsible, scope)
              and (scope.visit_id is None or one.id == scope.visit_id)
              and (scope.project_id is None or one.project_id == scope.project_id)}
    goers: dict[int, list[str]] = {}
    for person in reader.where(VisitPerson, "visit_id", visits) if scope.personal else ():
        goers.setdefault(person.visit_id, []).append(person.name)
    states = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}
    for visit in visits.values():
        assert visit.starts_on is not None
        note = "\n".join(part for part in (visit.purpose, ", ".join(goers.get(visit.id, ()))) if part)
        yield _day(own_id("visit", visit.uid), visit.title, visit.starts_on, say(_VISIT), note, visit.ends_on,
                   place=visit.city, state=states.get(visit.status, "CONFIRMED"))
    for item in reader.where(AgendaItem, "visit_id", [i for i, one in visits.items() if one.status != "cancelled"]):
        if item.day is not None:
            yield Entry(
                uid=own_id("agenda", item.uid), title=item.title, starts_on=item.day, begins=item.begins,
                ends_on=item.day, ends=item.ends or item.begins, zone=item.zone if item.begins else "",
                place=item.place, note=item.note, categories=(say(_VISIT),))


def _followups(reader: Reader, scope: Scope) -> Iterator[Entry]:
    for one in reader.find(FollowUp, "due_on", deleted_at=""):
        about_somebody = one.person_id is not None or one.stay_id is not None
        if (one.due_on is not None and _mine(one.responsible, scope) and (scope.personal or not about_somebody)
                and scope.project_id in (None, one.project_id) and scope.visit_id in (None, one.visit_id)):
            yield task_of(one)


def _agreements(reader: Reader, scope: Scope, say: Callable[[Text], str]) -> Iterator[Entry]:
    from partnerdesk.services import listing

    lines = listing.agreement_lines(reader, listing.agreement_ids(reader, ListQuery()))
    uids = {i: one.uid for i, one in reader.many(Agreement, lines).items()}
    for i, line in lines.items():
        if line.state in _OVER or not _mine(line.responsible, scope):
            continue
        name = " ".join(part for part in (line.title or str(label_of("agreement_type", line.type)), line.our_code)
                        if part)
        if line.ends_on is not None:
            yield _day(own_id("agreement-end", uids[i]), say(text(_ENDS, partner=line.partner, name=name)),
                       line.ends_on, say(_AGREEMENT))
        if line.notice_on is not None:
            yield _day(own_id("agreement-notice", uids[i]), say(text(_NOTICE, partner=line.partner, name=name)),
                       line.notice_on, say(_AGREEMENT))


def _nominations(reader: Reader, say: Callable[[Text], str]) -> Iterator[Entry]:
    from partnerdesk.services.nominations import nominations

    for one in nominations(reader):
        if one.deadline is not None and one.of("open"):
            half = f"{one.year}-{2 if one.second_half else 1}"
            yield _day(f"nomination-{one.partner.uid}-{half}@{HOST}", say(text(_NOMINATE, partner=one.partner.name)),
                       one.deadline, say(_DEADLINE))


def _stays(reader: Reader, scope: Scope, say: Callable[[Text], str]) -> Iterator[Entry]:
    stays = [one for one in reader.find(Stay, deleted_at="") if one.sending_status != "cancelled"]
    partners = {i: one.name for i, one in reader.many(
        Institution, {i for one in stays for i in (one.sending_id, one.receiving_id) if i is not None}).items()}
    people = reader.many(Person, {one.person_id for one in stays}) if scope.personal else {}
    for one in stays:
        first, last = one.actual_from or one.planned_from, one.actual_to or one.planned_to
        if first is None or (last is not None and last < first):
            continue
        out = one.direction == "out"
        partner = partners.get((one.receiving_id if out else one.sending_id) or 0, "")
        who = people[one.person_id].full_name if one.person_id in people else say(_SOMEBODY)
        title = text(_TO if out else _FROM, who=who, partner=partner)
        yield _day(own_id("stay", one.uid), say(title), first, say(_STAY), until=last)


def _mine(responsible: str, scope: Scope) -> bool:
    return not scope.responsible or responsible == scope.responsible


def _name(project: Project) -> str:
    return project.acronym or project.title


_OVER = ("expired", "terminated", "superseded")
_MILESTONE = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Milestone"))
_DELIVERABLE = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Deliverable"))
_TASK = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Task"))
_VISIT = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Visit"))
_AGREEMENT = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Agreement"))
_DEADLINE = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Deadline"))
_STAY = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Stay"))
_SOMEBODY = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Somebody"))
_MET = QT_TRANSLATE_NOOP("PartnerDesk", "Met on {day}")
_ENDS = QT_TRANSLATE_NOOP("PartnerDesk", "{name} with {partner} ends")
_NOTICE = QT_TRANSLATE_NOOP("PartnerDesk", "Last day to give notice: {name} with {partner}")
_NOMINATE = QT_TRANSLATE_NOOP("PartnerDesk", "Nominations to {partner} are due")
_TO = QT_TRANSLATE_NOOP("PartnerDesk", "{who} to {partner}")
_FROM = QT_TRANSLATE_NOOP("PartnerDesk", "{who} from {partner}")
