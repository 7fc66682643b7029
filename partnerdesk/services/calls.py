"""What users do with calls and the applications to them: enter, score, wish, take out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.applications import (
    KEPT,
    call_problems,
    part_problems,
    points_of,
    points_problems,
    with_points,
)
from partnerdesk.domain.calls import Application, Call, ScorePart, Wish
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.people import Enrolment, Person, PersonLanguage
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import refuse_blocks, set_fields, trash_mark

if TYPE_CHECKING:
    from partnerdesk.store.calls import Offered
    from partnerdesk.store.unit import Reader, Unit

WISHES = 5
USUAL_PART = ScorePart(name="Grades", best=100.0)

Wanted = tuple[int, str]


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call in the list of calls, with how many applications there are by what became of them."""

    call: Call
    counts: Mapping[str, int]

    @property
    def applications(self) -> int:
        """All applications."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Goal:
    """What can be wished for: a condition with its partner, as a picker shows it."""

    condition: Condition
    place: Offered


def call_lines(reader: Reader) -> list[CallLine]:
    """All calls that are not in the trash; the latest year first, those in the archive last."""
    from partnerdesk.store.calls import call_counts

    counts = call_counts(reader)
    calls = sorted(reader.find(Call, deleted_at=""),
                   key=lambda c: (c.archived_on is None, c.year or 0, str(c.closes_on or ""), c.id), reverse=True)
    return [CallLine(call, counts.get(call.id, {})) for call in calls]


def call_count(reader: Reader) -> int:
    """How many calls there are beside those in the archive and the trash."""
    from partnerdesk.store.calls import open_calls

    return open_calls(reader)


def call_named(reader: Reader, name: str) -> Call:
    """The call of that title, whatever the case. Raises Refused when there is none, or more than one."""
    wanted = " ".join(name.split()).casefold()
    found = [call for call in reader.find(Call, deleted_at="") if call.title.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "There is no call “{name}”")
    if found:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "More than one call is called “{name}”")
    titles = ", ".join(sorted(call.title for call in reader.find(Call, deleted_at="")))
    fix = text(QT_TRANSLATE_NOOP("PartnerDesk", "Calls: {titles}"), titles=titles) if titles else None
    raise Refused(Problem("R61", "block", "call", text(sentence, name=name), fix))


def parts_of(reader: Reader, call_id: int) -> tuple[ScorePart, ...]:
    """The parts of a call's score in their order."""
    return tuple(sorted(reader.find(ScorePart, call_id=call_id), key=lambda part: (part.position, part.id)))


def goals(reader: Reader, call: Call) -> list[Goal]:
    """The conditions that can be wished for in a call, by partner."""
    from partnerdesk.store.calls import open_to_wishes

    places = open_to_wishes(reader, "out", call.activity)
    conditions = reader.many(Condition, places)
    return [Goal(conditions[i], place) for i, place in places.items() if i in conditions]


def new_call(call: Call, parts: Sequence[ScorePart] = ()) -> Deed[int]:
    """Open a call; without parts of its own its score has those of the last call. The answer is its id."""

    def run(unit: Unit) -> int:
        refuse_blocks(call_problems(call))
        wanted = parts or _last_parts(unit) or (USUAL_PART,)
        refuse_blocks(problem for part in wanted for problem in part_problems(part))
        made = unit.add(call)
        for position, part in enumerate(wanted):
            unit.add(ScorePart(call_id=made.id, position=position, name=part.name, weight=part.weight, best=part.best))
        return made.id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new call {name}"), name=call.title), run)


def change_call(call: Call, **fields: Any) -> Deed[bool]:
    """Change fields of a call as the user sees it."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Call, call.id, call.version, fields, call_problems)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the call {name}"), name=call.title), run)


def delete_call(call: Call) -> Deed[None]:
    """Put a call into the trash; one that led to stays is kept. Raises Refused."""

    def run(unit: Unit) -> None:
        if any(one.stay_id for one in unit.find(Application, call_id=call.id)):
            raise Refused(Problem("R61", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Stays came from this call; put it into the archive instead"))))
        unit.change(Call, call.id, None, deleted_at=trash_mark())

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "delete the call {name}"), name=call.title), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted the call {name}"), name=call.title))


def add_part(call: Call, part: ScorePart) -> Deed[int]:
    """Add a part to the score of a call; the answer is its id."""

    def run(unit: Unit) -> int:
        refuse_blocks(part_problems(part))
        others = unit.find(ScorePart, call_id=call.id)
        position = max((one.position for one in others), default=-1) + 1
        return unit.add(dataclasses.replace(part, call_id=call.id, position=position)).id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add “{part}” to the score of {name}"), part=part.name,
                     name=call.title), run)


def change_part(call: Call, part: ScorePart, **fields: Any) -> Deed[bool]:
    """Change name, weight or best points of a part; best points below points that were given are refused."""

    def run(unit: Unit) -> bool:
        outcome = dataclasses.replace(part, **fields)
        if "best" in fields:
            _refuse_points_above(unit, outcome)
        return set_fields(unit, ScorePart, part.id, part.version, fields, part_problems)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change “{part}” in the score of {name}"), part=part.name,
                     name=call.title), run)


def remove_part(call: Call, part: ScorePart) -> Deed[None]:
    """Take a part out of the score, with the points that were given for it."""

    def run(unit: Unit) -> None:
        for one in unit.find(Application, call_id=call.id):
            unit.change(Application, one.id, None, scores=with_points(one.scores, part.id, None))
        unit.remove(ScorePart, part.id)

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "remove “{part}” from the score of {name}"), part=part.name,
                 name=call.title)
    return Deed(label, run)


def add_application(call: Call, person: Person, wishes: Sequence[Wanted] = (), **fields: Any) -> Deed[int]:
    """Enter a person's application with wishes (condition, term), best first; the answer is its id.

    Level, field, faculty and languages are taken from what is known of the person where they are not given.
    """

    def run(unit: Unit) -> int:
        return enter_application(unit, call.id, person, wishes, fields)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "application of {name}"), name=person.full_name), run)


def enter_application(
    unit: Unit, call_id: int, person: Person, wishes: Sequence[Wanted], fields: Mapping[str, Any]
) -> int:
    """Store an application inside a unit. Raises Refused for a second one of the same person."""
    if unit.find(Application, call_id=call_id, person_id=person.id):
        raise Refused(Problem("R61", "block", "person_id", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} has applied to this call already"), name=person.full_name)))
    known = what_is_known(unit, person.id)
    given = {key: value for key, value in fields.items() if value not in ("", None, ())}
    made = unit.add(Application(call_id=call_id, person_id=person.id, **{**known, **given}))
    write_wishes(unit, made.id, wishes)
    return made.id


def what_is_known(reader: Reader, person_id: int) -> dict[str, Any]:
    """Level, field, faculty and languages of a person for an application, from the latest enrolment."""
    enrolments = sorted(
        reader.find(Enrolment, person_id=person_id),
        key=lambda one: (one.valid_to is None, str(one.valid_to or ""), str(one.valid_from or ""), one.id))
    best: dict[str, str] = {}
    for spoken in reader.find(PersonLanguage, person_id=person_id):
        best[spoken.language] = max(spoken.level, best.get(spoken.language, ""))
    found: dict[str, Any] = {"languages": tuple(f"{code}={level}" if level else code for code, level in best.items())}
    if enrolments:
        last = enrolments[-1]
        found |= {"level": last.level, "field": last.field, "unit_id": last.unit_id}
    return found


def change_application(application: Application, name: str, **fields: Any) -> Deed[bool]:
    """Change level, field, faculty, languages or remark of an application."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Application, application.id, application.version, fields)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the application of {name}"), name=name), run)


def set_points(application_id: int, name: str, points: Mapping[int, float | None]) -> Deed[None]:
    """Set the points of some parts, None to take them out. Raises Refused for points outside the part."""

    def run(unit: Unit) -> None:
        write_points(unit, application_id, points)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "points of {name}"), name=name), run)


def set_points_of_many(points: Mapping[int, Mapping[int, float | None]]) -> Deed[None]:
    """Set points of many applications at once, by application and part, as a pasted block has them."""

    def run(unit: Unit) -> None:
        for application_id, own in points.items():
            write_points(unit, application_id, own)

    return Deed(counted(len(points), QT_TRANSLATE_NOOP("PartnerDesk", "points of 1 application"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "points of {n} applications")), run)


def write_points(unit: Unit, application_id: int, points: Mapping[int, float | None]) -> None:
    """Write points inside a unit."""
    scores = unit.get(Application, application_id).scores
    for part_id, value in points.items():
        refuse_blocks(points_problems(value, unit.get(ScorePart, part_id)))
        scores = with_points(scores, part_id, value)
    unit.change(Application, application_id, None, scores=scores)


def set_wishes(application: Application, name: str, wishes: Sequence[Wanted]) -> Deed[None]:
    """Put wishes (condition, term), best first, in place of those there are."""

    def run(unit: Unit) -> None:
        if application.offer in KEPT:
            raise Refused(Problem("R61", "block", "wishes", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "An offer was made; take it back before the wishes are changed"))))
        for wish in unit.find(Wish, application_id=application.id):
            unit.remove(Wish, wish.id)
        write_wishes(unit, application.id, wishes)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "wishes of {name}"), name=name), run)


def write_wishes(unit: Unit, application_id: int, wishes: Sequence[Wanted]) -> None:
    """Store wishes inside a unit, each condition once."""
    seen = dict.fromkeys(condition for condition, _ in wishes)
    terms = dict(reversed(wishes))
    for position, condition in enumerate(seen, 1):
        unit.add(Wish(application_id=application_id, position=position, condition_id=condition,
                      term=terms[condition]))


def remove_applications(applications: Sequence[Application]) -> Deed[None]:
    """Take applications with their wishes out of a call; one that led to a stay is kept. Raises Refused."""

    def run(unit: Unit) -> None:
        for application in applications:
            if application.stay_id is not None:
                raise Refused(Problem("R61", "block", "", Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "A stay came from this application; withdraw it instead"))))
            for wish in unit.find(Wish, application_id=application.id):
                unit.remove(Wish, wish.id)
            unit.remove(Application, application.id)

    n = len(applications)
    return Deed(
        counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "remove 1 application"),
                QT_TRANSLATE_NOOP("PartnerDesk", "remove {n} applications")), run,
        counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Removed 1 application"),
                QT_TRANSLATE_NOOP("PartnerDesk", "Removed {n} applications")))


def _last_parts(reader: Reader) -> tuple[ScorePart, ...]:
    calls = [call.id for call in reader.find(Call, deleted_at="")]
    return parts_of(reader, calls[-1]) if calls else ()


def _refuse_points_above(unit: Unit, part: ScorePart) -> None:
    given = [points_of(one.scores).get(part.id, 0.0) for one in unit.find(Application, call_id=part.call_id)]
    if given and max(given) > part.best:
        raise Refused(Problem("R61", "block", "best", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Somebody has {points} points in “{part}”"), points=f"{max(given):g}", part=part.name)))
