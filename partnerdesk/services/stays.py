"""What users do with stays: find, enter, change, put away; how they go on is in `stay_deeds`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.lines import StayLine as StayLine
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person
from partnerdesk.domain.phases import COUNTED
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stay_rules import day_problems, overlap_problems
from partnerdesk.domain.stay_status import change_problems, pair_problems
from partnerdesk.domain.stay_terms import term_span, year_of
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import batched, refuse_blocks, set_archived, set_fields, trash_mark
from partnerdesk.services.partners import ensure_home, ensure_partnership
from partnerdesk.services.people import named
from partnerdesk.services.stay_around import arounds
from partnerdesk.services.stay_cases import FIELDS
from partnerdesk.services.stay_deeds import accept_warning as accept_warning
from partnerdesk.services.stay_deeds import answer as answer
from partnerdesk.services.stay_deeds import arrive as arrive
from partnerdesk.services.stay_deeds import ask_again as ask_again
from partnerdesk.services.stay_deeds import cancel as cancel
from partnerdesk.services.stay_deeds import close as close
from partnerdesk.services.stay_deeds import extend as extend
from partnerdesk.services.stay_deeds import go_live as go_live
from partnerdesk.services.stay_deeds import interrupt as interrupt
from partnerdesk.services.stay_deeds import leave as leave
from partnerdesk.services.stay_deeds import move_to as move_to
from partnerdesk.services.stay_deeds import nominate as nominate
from partnerdesk.services.stay_deeds import recognise as recognise
from partnerdesk.services.stay_deeds import reopen as reopen
from partnerdesk.services.stay_deeds import select as select
from partnerdesk.services.stay_deeds import take_back_acceptance as take_back_acceptance
from partnerdesk.services.stay_documents import require_many
from partnerdesk.services.stay_file import StayFile as StayFile
from partnerdesk.services.stay_file import phase_now as phase_now
from partnerdesk.services.stay_file import stay_file as stay_file

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_USUAL = {"staff": "staff-teacher", "pupil": "school-exchange"}
_STATUS = frozenset({"sending_status", "receiving_status"})


def stay_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the stays a query finds, in its order, of all or of those `among`."""
    from partnerdesk.store import stays

    return stays.stay_ids(reader, query, clock.today(), limit, among)


def stay_lines(reader: Reader, ids: Sequence[int]) -> dict[int, StayLine]:
    """What the list shows of these stays."""
    from partnerdesk.store import stays

    return stays.stay_lines(reader, ids)


def stay_hits(reader: Reader, query: ListQuery) -> int:
    """How many stays a query finds."""
    from partnerdesk.store import stays

    return stays.stay_hits(reader, query, clock.today())


def stay_count(reader: Reader) -> int:
    """How many stays the office has."""
    from partnerdesk.store import stays

    return stays.stay_count(reader)


def partner_names(reader: Reader) -> list[tuple[int, str]]:
    """The partners that stays can be filtered by, by name."""
    found = [(one.id, one.name) for one in reader.find(Institution, "name", is_home=False) if not one.deleted_at]
    return sorted(found, key=lambda one: fold(one[1]))


def cohort_names(reader: Reader) -> list[tuple[int, str]]:
    """The cohorts that stays can be filtered by, the latest first."""
    found = [one for one in reader.find(Cohort) if not one.deleted_at]
    found.sort(key=lambda one: (-(one.year or 0), fold(one.title)))
    return [(one.id, one.title) for one in found]


def new_stay(person: Person, partner: Institution | None, stay: Stay) -> Deed[int]:
    """Enter a stay of a person at (or from) a partner; the answer is its id."""

    def run(unit: Unit) -> int:
        return enter_stay(unit, person.id, partner.id if partner is not None else None, stay)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new stay of {name}"), name=named(person)), run)


def enter_stay(unit: Unit, person_id: int, partner_id: int | None, stay: Stay) -> int:
    """Store a new stay inside a unit, with the documents its rules ask for; our own institution is its other side.
    The answer is its id. Raises Refused.
    """
    ours = ensure_home(unit).id
    sides = (ours, partner_id) if stay.direction == "out" else (partner_id, ours)
    made = dataclasses.replace(
        stay, person_id=person_id, sending_id=stay.sending_id or sides[0], receiving_id=stay.receiving_id or sides[1])
    others = [one for one in unit.find(Stay, person_id=person_id) if not one.deleted_at]
    refuse_blocks([*day_problems(made), *pair_problems(made), *overlap_problems(made, others)])
    if partner_id is not None and made.counts_in_balance:
        # a balance is kept with a partnership, so a stay that counts begins one
        ensure_partnership(unit, partner_id)
    stored = unit.add(made)
    require_many(unit, [stored])
    return stored.id


def proposed_stay(
    reader: Reader, person: Person, partner: Institution | None, condition: Condition | None, direction: str,
    year: int | None = None, term: str = "1/2",
) -> Stay:
    """A stay as it will most likely be: the days of the term at the host, what the condition says, what is studied."""
    from partnerdesk.services.partners import home_institution

    host = partner if direction == "out" else home_institution(reader)
    southern = host is not None and host.hemisphere == "s"
    year = year if year is not None else year_of(clock.today(), southern) + 1
    sheets = reader.find(Factsheet, institution_id=host.id, year=year) if host is not None else []
    begins, ends = term_span(year, term, southern, sheets[-1] if sheets else None)
    enrolments = reader.find(Enrolment, person_id=person.id)
    study = next((e for e in reversed(enrolments) if e.valid_to is None or e.valid_to >= clock.today()), None)
    made = Stay(
        person_id=person.id, direction=direction, year=year, term=term, planned_from=begins, planned_to=ends,
        level_nominated=study.level if study is not None else "", field=study.field if study is not None else "",
        activity=_USUAL.get(person.kind, "student-studies"))
    return dataclasses.replace(made, **condition_fields(reader, condition)) if condition is not None else made


def condition_fields(reader: Reader, condition: Condition | None) -> dict[str, Any]:
    """What a stay takes from the condition it uses: agreement, programme, activity."""
    if condition is None:
        return {"condition_id": None}
    terms = reader.get(AgreementVersion, condition.version_id)
    agreement = reader.get(Agreement, terms.agreement_id)
    return {"condition_id": condition.id, "agreement_id": agreement.id, "programme": agreement.programme,
            "activity": condition.activity,
            "attribute": "short-term-blended" if condition.blended else "long-term"}


def change_stay(stay: Stay, name: str = "", **fields: Any) -> Deed[bool]:
    """Change fields of a stay as the user sees them; `name` says of whom in the menu of undo."""

    def run(unit: Unit) -> bool:
        before = unit.get(Stay, stay.id)
        others = [one for one in unit.find(Stay, person_id=before.person_id) if one.id != stay.id]
        changed = set_fields(unit, Stay, stay.id, stay.version, fields, _Rules(before, others, fields))
        if changed and not FIELDS.isdisjoint(fields):
            require_many(unit, [unit.get(Stay, stay.id)], {stay.id: before})
        return changed

    return Deed(_changed(name, fields), run)


def set_condition(stay: Stay, condition_id: int | None, name: str = "") -> Deed[bool]:
    """Let a stay use a condition, with the agreement, programme and activity it stands for."""

    def run(unit: Unit) -> bool:
        condition = unit.get(Condition, condition_id) if condition_id is not None else None
        return bool(change_stay(stay, name, **condition_fields(unit, condition)).run(unit))

    return Deed(_changed(name, {"condition_id": condition_id}), run)


def set_partner(stay: Stay, partner_id: int | None, name: str = "") -> Deed[bool]:
    """Let a planned stay be at (or from) another partner; agreement, condition and the people there go with it."""
    side = "receiving" if stay.direction == "out" else "sending"
    fields = {f"{side}_id": partner_id, f"{side}_unit_id": None, "agreement_id": None, "condition_id": None,
              "host_contact_id": None}

    def run(unit: Unit) -> bool:
        return bool(change_stay(stay, name, **fields).run(unit))

    return Deed(_changed(name, {f"{side}_id": partner_id}), run)


def change_many(ids: Sequence[int], fields: Mapping[str, Any]) -> Deed[None]:
    """Set the same fields on many stays in one step."""

    def run(unit: Unit) -> None:
        for some in batched(ids):
            before = unit.many(Stay, some)
            around = arounds(unit, list(before.values()))
            after = {i: dataclasses.replace(one, **fields) for i, one in before.items()}
            refuse_blocks(p for i, one in after.items() for p in _Rules(before[i], around[i].others, fields)(one)
                          if not p.field or p.field in fields)
            unit.change_many(Stay, list(before), **fields)
            if not FIELDS.isdisjoint(fields):
                require_many(unit, list(after.values()), before)

    return Deed(counted(len(ids), QT_TRANSLATE_NOOP("PartnerDesk", "change 1 stay"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} stays")), run,
                counted(len(ids), QT_TRANSLATE_NOOP("PartnerDesk", "Changed 1 stay"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Changed {n} stays")))


def log_event(stay: Stay, kind: str, day: date, note: str = "", name: str = "") -> Deed[int]:
    """Write an entry into the log of a stay."""

    def run(unit: Unit) -> int:
        return unit.add(StayEvent(stay_id=stay.id, kind=kind, day=day, note=note)).id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add to the log of {name}"), name=_whose(name)), run)


def change_event(event: StayEvent, name: str = "", **fields: Any) -> Deed[bool]:
    """Change an entry of the log."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, StayEvent, event.id, event.version, fields, None)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the log of {name}"), name=_whose(name)), run)


def remove_event(event: StayEvent, name: str = "") -> Deed[None]:
    """Take an entry out of the log."""

    def run(unit: Unit) -> None:
        unit.remove(StayEvent, event.id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a log entry of {name}"), name=_whose(name)), run)


def archive_stays(stays: Sequence[Stay], *, back: bool = False) -> Deed[None]:
    """Put stays out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, Stay, stays, back)

    if back:
        return Deed(_about(stays, QT_TRANSLATE_NOOP("PartnerDesk", "bring {what} back from the archive")), run,
                    _about(stays, QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {what}")))
    return Deed(_about(stays, QT_TRANSLATE_NOOP("PartnerDesk", "archive {what}")), run,
                _about(stays, QT_TRANSLATE_NOOP("PartnerDesk", "Archived {what}")))


def delete_stays(stays: Sequence[Stay]) -> Deed[None]:
    """Put planned and cancelled stays into the trash; one that was nominated can only be cancelled or archived."""

    def run(unit: Unit) -> None:
        mark = trash_mark()
        for some in batched(stays):
            if any(stay.sending_status in COUNTED for stay in some):
                raise Refused(Problem("R18", "block", "", Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "A stay that was nominated cannot be deleted.")),
                    Text(QT_TRANSLATE_NOOP("PartnerDesk", "Cancel it or put it into the archive."))))
            unit.change_many(Stay, [stay.id for stay in some], deleted_at=mark)

    return Deed(_about(stays, QT_TRANSLATE_NOOP("PartnerDesk", "delete {what}")), run,
                _about(stays, QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {what}")))


class _Rules:
    """What is judged of a changed stay: how it follows from the one before, its days, the person's other stays.

    What is said of another field is no reason to refuse this change, except of the two statuses, which hang together.
    """

    def __init__(self, before: Stay, others: Iterable[Stay], fields: Mapping[str, Any]) -> None:
        self._before, self._others, self._fields = before, others, fields

    def __call__(self, after: Stay) -> list[Problem]:
        found = [*change_problems(self._before, after), *day_problems(after), *overlap_problems(after, self._others)]
        if not _STATUS & self._fields.keys():
            return found
        return [dataclasses.replace(p, field="") if p.field in _STATUS else p for p in found]


def _changed(name: str, fields: Mapping[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only),
                    name=_whose(name))
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change the stay of {name}"), name=_whose(name))


def _whose(name: str) -> str | Text:
    return name or Text(QT_TRANSLATE_NOOP("PartnerDesk", "a participant"))


def _about(stays: Sequence[Stay], template: str) -> Text:
    what = counted(len(stays), QT_TRANSLATE_NOOP("PartnerDesk", "1 stay"),
                   QT_TRANSLATE_NOOP("PartnerDesk", "{n} stays"))
    return text(template, what=what)
