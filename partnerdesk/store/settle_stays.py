"""Brings what is derived of people and stays up to date at the end of a unit: facts, search text, news."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import calls as ca
from partnerdesk.domain import cohorts as co
from partnerdesk.domain import partners as pa
from partnerdesk.domain import people as pe
from partnerdesk.domain import stays as st
from partnerdesk.domain.countries import country_name
from partnerdesk.domain.durations import months_of, terms_of
from partnerdesk.domain.phases import DONE, PHASES, STAGES, Phase, counts, phase_of, span_of, stage_of
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of
from partnerdesk.store import schema, search
from partnerdesk.store.derived import replace, shown
from partnerdesk.store.unit import Reader, Unit

_PERSON_NAMES = frozenset(f"person.{name}" for name in ("given_names", "family_name", "name_original"))
_PERSON = _PERSON_NAMES | {"person", "person.deleted_at", "person.archived_on", "enrolment",
                           "enrolment.institution_id", "enrolment.valid_to"}
_PERSON_TEXT = _PERSON_NAMES | {"person", "enrolment", "enrolment.programme_title", *(
    f"person.{name}" for name in ("email", "local_id", "esi", "tags", "citizenships", "phone"))}
_PERSON_REACH = frozenset({"person.phone", "person.email", "person.kind", "person_contact", *(
    f"person_contact.{name}" for name in ("kind", "name", "relation", "phone"))})
_PLACES = frozenset(f"stay.{name}" for name in (
    "person_id", "direction", "sending_id", "receiving_id", "agreement_id"))
_PAPERS = frozenset({"document", "document.state", "document.due_on", "document.stage"})
_STAY = _PLACES | _PAPERS | {"stay", *(f"stay.{name}" for name in (
    "year", "term", "attribute", "sending_status", "receiving_status", "phase", "selected_on", "planned_from",
    "planned_to", "actual_from", "actual_to", "interruption_days", "counts_in_balance", "closed_on", "exit",
    "deleted_at", "archived_on"))}
_STAY_TEXT = _PLACES | {"stay", *(f"stay.{name}" for name in ("programme", "activity", "grant_number", "tags"))}
_INSTITUTION = frozenset({"institution", "institution.name", "institution.name_original", "institution.short_name",
                          "institution.city", "institution.country"})

_MEMBERS = frozenset({"partnership_member", "partnership_member.role"})

_OF_PERSON = ("id", "given_names", "family_name", "name_original", "archived_on", "deleted_at")
_OF_STAY = (
    "id", "person_id", "direction", "sending_id", "receiving_id", "agreement_id", "year", "term", "attribute",
    "sending_status", "receiving_status", "phase", "selected_on", "planned_from", "planned_to", "actual_from",
    "actual_to", "interruption_days", "counts_in_balance", "closed_on", "exit", "archived_on", "deleted_at")


def settle(unit: Unit) -> None:
    """Renew what depends on the people, stays, partners and agreements written, and spread the news."""
    named = unit.written("person", _PERSON_NAMES)
    theirs = _stays_of(unit, "person_id", named)
    moved = _stays_at(unit, unit.written("partner", _INSTITUTION))
    joined = _stays_at(unit, _members_written(unit))
    under = _stays_of(unit, "agreement_id", unit.written("agreement", frozenset({"agreement.partnership_id"})))
    stays = unit.written("stay", _STAY)
    renew_stays(unit, stays | theirs | moved | joined | under, unit.born("stay"))
    people = _people_of(unit, unit.written("stay", _PLACES | {"stay", "stay.deleted_at", "stay.planned_from",
                                                              "stay.actual_from"}))
    renew_people(unit, unit.written("person", _PERSON) | people, unit.born("person"))
    write_people(unit, unit.written("person", _PERSON_TEXT), unit.born("person"))
    write_stays(unit, unit.written("stay", _STAY_TEXT) | theirs | moved, unit.born("stay"))
    reach = _stays_of(unit, "person_id", unit.written("person", _PERSON_REACH))
    unit.touch("stay", theirs | moved | joined | under | reach)
    unit.touch("person", _people_of(unit, unit.touched("stay")))
    unit.touch("cohort", _cohorts_of(unit, unit.touched("stay")))
    unit.touch("agreement", _agreements_of(unit, unit.touched("stay")))


def renew_all(unit: Unit) -> None:
    """Make every derived row of people and stays anew."""
    people = _every(unit, pe.Person)
    stays = _every(unit, st.Stay)
    renew_stays(unit, stays)
    renew_people(unit, people)
    write_people(unit, people)
    write_stays(unit, stays)


def renew_people(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Derive sort name, home and stays of these people; `new` ones have none to be taken away."""
    ids = set(ids)
    if not ids:
        return
    homes: dict[int, int | None] = {}
    for person, institution, ends in sorted(
            unit.columns(pe.Enrolment, ("person_id", "institution_id", "valid_to"), "person_id", ids),
            key=lambda row: row[2] or "9999"):
        homes[person] = institution if institution is not None else homes.get(person)
        del ends
    stays: dict[int, list[tuple[str, int]]] = defaultdict(list)
    names = ("person_id", "id", "planned_from", "actual_from", "deleted_at")
    for person, stay, planned, actual, deleted in unit.columns(st.Stay, names, "person_id", ids):
        if not deleted:
            stays[person].append((actual or planned or "", stay))
    rows = [{"person_id": i, "institution_id": homes.get(i), "sort_name": _sort_name(family, given, original),
             "stays": len(stays[i]), "last_stay_id": max(stays[i])[1] if stays[i] else None,
             "shown": shown(bool(deleted), archived)}
            for i, given, family, original, archived, deleted in unit.columns(pe.Person, _OF_PERSON, "id", ids)]
    replace(unit, schema.person_fact, "person_id", ids - new, rows)


def renew_stays(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Derive the facts of these stays from them, their documents, people, partners and agreements."""
    ids = set(ids)
    if not ids:
        return
    stored = [dict(zip(_OF_STAY, row, strict=True)) for row in unit.columns(st.Stay, _OF_STAY, "id", ids)]
    around = _Around(unit, stored)
    replace(unit, schema.stay_fact, "stay_id", ids - new, [around.fact(one) for one in stored])


class _Around:
    """What the facts of many stays need besides the stays, read in a few queries."""

    def __init__(self, unit: Reader, stays: list[dict[str, Any]]) -> None:
        people = {one["person_id"] for one in stays}
        self._names = {i: _sort_name(family, given, original) for i, given, family, original, *_ in unit.columns(
            pe.Person, _OF_PERSON, "id", people)}
        partners = {partner_of(one) for one in stays} - {None}
        self._countries = dict(unit.columns(pa.Institution, ("id", "country"), "id", partners))
        self._partnerships = dict(unit.columns(
            ag.Agreement, ("id", "partnership_id"), "id", {one["agreement_id"] for one in stays} - {None}))
        self._first: dict[int, int] = {}
        for partner, partnership, role in unit.columns(
                pa.Member, ("institution_id", "partnership_id", "role"), "institution_id", partners):
            if role != "home":
                self._first.setdefault(partner, partnership)
        self._documents: dict[int, list[tuple[str, str, str | None]]] = defaultdict(list)
        for stay, stage, state, due in unit.columns(
                ag.Document, ("stay_id", "stage", "state", "due_on"), "stay_id", {one["id"] for one in stays}):
            self._documents[stay].append((stage, state, due))

    def fact(self, stay: dict[str, Any]) -> dict[str, Any]:
        """The derived row of one stay."""
        partner = partner_of(stay)
        phase = phase_of(
            stay["sending_status"], stay["receiving_status"], selected=bool(stay["selected_on"]),
            arrived=bool(stay["actual_from"]), left=bool(stay["actual_to"]), closed=bool(stay["closed_on"]),
            exit=stay["exit"], by_hand=stay["phase"])
        starts, ends = span_of(*(_day(stay[n]) for n in ("planned_from", "planned_to", "actual_from", "actual_to")))
        used = counts(stay["sending_status"], stay["receiving_status"])
        counted = used and bool(stay["counts_in_balance"])
        return {
            "stay_id": stay["id"], "partner_id": partner,
            "partnership_id": self._partnerships.get(stay["agreement_id"]) or self._first.get(partner or 0),
            "country": self._countries.get(partner, ""), "direction": stay["direction"], "year": stay["year"],
            "phase": PHASES.index(phase), "counted": int(counted),
            "planned": int(stay["sending_status"] == "planned" and bool(stay["counts_in_balance"])
                           and stay["receiving_status"] != "rejected"),
            "starts_on": starts.isoformat() if starts else None, "ends_on": ends.isoformat() if ends else None,
            "months": months_of(starts, ends, stay["interruption_days"]),
            "terms": terms_of(stay["term"], stay["attribute"]), **self._papers(stay["id"], phase),
            "sort_name": self._names.get(stay["person_id"], ""),
            "shown": shown(bool(stay["deleted_at"]), stay["archived_on"]),
        }

    def _papers(self, stay_id: int, phase: Phase) -> dict[str, Any]:
        papers = self._documents.get(stay_id, [])
        reached = STAGES.index(stage_of(phase))
        open_now = [(stage, due) for stage, state, due in papers if state not in DONE]
        missing = [due for stage, due in open_now if stage not in STAGES or STAGES.index(stage) <= reached]
        return {"documents": len(papers), "documents_done": len(papers) - len(open_now),
                "documents_missing": len(missing), "next_due": min((due for due in missing if due), default=None)}


def partner_of(stay: dict[str, Any]) -> int | None:
    """The institution on the other side."""
    found: int | None = stay["receiving_id"] if stay["direction"] == "out" else stay["sending_id"]
    return found


def write_people(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Write the search text of these people anew."""
    ids = set(ids)
    more: dict[int, list[str]] = defaultdict(list)
    for person, title in unit.columns(pe.Enrolment, ("person_id", "programme_title"), "person_id", ids):
        more[person].append(title)
    names = ("id", "given_names", "family_name", "name_original", "email", "phone", "local_id", "esi", "tags",
             "citizenships")
    texts = {i: fold(" ".join((*words, *more[i]))) for i, *words in unit.columns(pe.Person, names, "id", ids)}
    search.write(unit, "person", ids - new, texts)


def write_stays(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Write the search text of these stays anew, the names of person and partner included."""
    ids = set(ids)
    names = ("id", "person_id", "direction", "sending_id", "receiving_id", "programme", "activity", "grant_number",
             "tags")
    stays = [dict(zip(names, row, strict=True)) for row in unit.columns(st.Stay, names, "id", ids)]
    people = {i: " ".join(words) for i, *words in unit.columns(
        pe.Person, ("id", "given_names", "family_name", "name_original", "local_id"), "id",
        {one["person_id"] for one in stays})}
    partners = {i: " ".join((*words, country, country_name(country))) for i, country, *words in unit.columns(
        pa.Institution, ("id", "country", "name", "name_original", "short_name", "city"), "id",
        {partner_of(one) for one in stays} - {None})}
    texts = {
        one["id"]: fold(" ".join((
            people.get(one["person_id"], ""), partners.get(partner_of(one) or 0, ""),
            str(label_of("programme", one["programme"])), str(label_of("activity", one["activity"])),
            one["grant_number"], one["tags"])))
        for one in stays
    }
    search.write(unit, "stay", ids - new, texts)


def _sort_name(family: str, given: str, original: str) -> str:
    return fold(f"{family} {given}".strip() or original)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _members_written(unit: Unit) -> set[int]:
    """The institutions that came into a partnership or left one."""
    met = unit.written("partnership", _MEMBERS)
    came = {i for (i,) in unit.columns(pa.Member, ("institution_id",), "partnership_id", met)}
    return came | unit.written("partner", _MEMBERS)


def _every(reader: Reader, record: type[Any]) -> list[int]:
    return list(reader.connection.execute(sa.select(schema.KINDS[record].table.c.id)).scalars())


def _stays_of(unit: Reader, field: str, ids: Iterable[int]) -> set[int]:
    return {i for (i,) in unit.columns(st.Stay, ("id",), field, ids)}


def _stays_at(unit: Reader, partners: Iterable[int]) -> set[int]:
    wanted = set(partners)
    return _stays_of(unit, "receiving_id", wanted) | _stays_of(unit, "sending_id", wanted)


def _people_of(unit: Reader, stays: Iterable[int]) -> set[int]:
    return {i for (i,) in unit.columns(st.Stay, ("person_id",), "id", stays)}


def _cohorts_of(unit: Reader, stays: Iterable[int]) -> set[int]:
    return {i for (i,) in unit.columns(co.CohortMember, ("cohort_id",), "stay_id", stays)}


def _agreements_of(unit: Reader, stays: Iterable[int]) -> set[int]:
    found = {i for (i,) in unit.columns(st.Stay, ("agreement_id",), "id", stays)}
    return {i for i in found if i is not None}


def spread(reader: Reader, touched: dict[str, set[int]]) -> None:
    """Add what shows something of a record another desk touched: stays of people, people and cohorts of stays."""
    stays = set(touched.get("stay", ()))
    stays |= _stays_of(reader, "person_id", touched.get("person", ()))
    stays |= _stays_at(reader, touched.get("partner", ()))
    called = {i for (i,) in reader.columns(ca.Application, ("person_id",), "call_id", touched.get("call", ()))}
    for kind, ids in (("stay", stays), ("person", _people_of(reader, stays) | called),
                      ("cohort", _cohorts_of(reader, stays))):
        if ids:
            touched.setdefault(kind, set()).update(ids)


