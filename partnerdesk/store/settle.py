"""Brings what is derived from the records up to date at the end of a unit: facts, search text, news.

Derived rows are no part of the journal: they can be made again from the records at any time.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain.collector import paused
from partnerdesk.domain.office import Setting
from partnerdesk.domain.text import fold
from partnerdesk.store import schema, search, settle_projects, settle_stays
from partnerdesk.store.derived import replace, shown
from partnerdesk.store.unit import CHUNK, Reader, Unit

_NAMES = frozenset(f"institution.{name}" for name in ("name", "name_original", "short_name", "country", "is_home"))
_PARTNER = _NAMES | {"institution", "institution.deleted_at", "institution.archived_on", "partnership_member"}
_PARTNER_TEXT = _NAMES | {
    "institution", "institution.city", "institution.website", "institution.tags", "institution_identifier",
    "institution_identifier.value", "institution_name", "institution_name.name", "contact",
    *(f"contact.{name}" for name in ("title", "given_names", "family_name", "email")),
}
_MEMBERS = frozenset({"partnership_member", "partnership_member.role"})
_FACTS = _MEMBERS | {
    "agreement", "agreement_version", "agreement_party", "agreement_party.side", "sign_off", "sign_off.approved_on",
    *(f"agreement.{name}" for name in (
        "partnership_id", "predecessor_id", "termination_effective_on", "deleted_at", "archived_on")),
    *(f"agreement_version.{name}" for name in (
        "n", "valid_from", "valid_to", "first_year", "last_year", "open_ended", "auto_renew_months", "notice_months")),
}
_AGREEMENT_TEXT = _MEMBERS | {
    "agreement", *(f"agreement.{name}" for name in (
        "title", "type", "programme", "our_code", "partner_code", "remark", "partnership_id")),
}


def settle(unit: Unit) -> None:
    """Renew the facts and search text of what was written, and spread the news to the records that show it.

    Only what depends on the written fields is renewed; `renew_all` makes everything, and a test compares the two.
    """
    with paused():
        _settle(unit)


def _settle(unit: Unit) -> None:
    moved = unit.written("partnership", _MEMBERS)
    members = {one for (one,) in unit.columns(pa.Member, ("institution_id",), "partnership_id", moved)}
    below = _agreements_below(unit, unit.touched("partnership"))
    joined = _agreements_below(unit, moved)
    named = _agreements_with(unit, unit.written("partner", _NAMES))
    renewed = renew_agreements(unit, unit.written("agreement", _FACTS) | joined | named)
    new, papers = unit.born("partner"), unit.born("agreement")
    renew_partners(unit, unit.written("partner", _PARTNER) | members, new)
    search.renew_partners(unit, unit.written("partner", _PARTNER_TEXT), new)
    search.renew_agreements(unit, unit.written("agreement", _AGREEMENT_TEXT) | joined | named, papers)
    unit.touch("agreement", below | named | renewed)
    unit.touch("partner", members | _partners_of(unit))
    settings = unit.touched("setting")
    kept = unit.many(Setting, settings)
    if len(kept) < len(settings) or any(one.key == "office.year_start" for one in kept.values()):
        _year_moved(unit)
    settle_stays.settle(unit)
    settle_projects.settle(unit)


def _year_moved(unit: Unit) -> None:
    agreements = all_ids(unit, ag.Agreement)
    renew_agreements(unit, agreements)
    unit.touch("agreement", agreements)
    unit.touch("partner", all_ids(unit, pa.Institution))


def renew_all(unit: Unit) -> None:
    """Make every derived row anew."""
    renew_agreements(unit, all_ids(unit, ag.Agreement))
    renew_partners(unit, all_ids(unit, pa.Institution))
    search.renew_partners(unit, all_ids(unit, pa.Institution))
    search.renew_agreements(unit, all_ids(unit, ag.Agreement))
    settle_stays.renew_all(unit)
    settle_projects.renew_all(unit)


def all_ids(reader: Reader, record: type[Any]) -> list[int]:
    """Every id of a record type."""
    return list(reader.connection.execute(sa.select(schema.KINDS[record].table.c.id)).scalars())


def year_start(reader: Reader) -> tuple[int, int]:
    """Month and day on which the office's academic year begins; 1 September unless set."""
    found = reader.find(Setting, key="office.year_start")
    if not found or not found[0].value:
        return 9, 1
    month, day = found[0].value.strip('"').split("-")
    return int(month), int(day)


def renew_agreements(unit: Reader, ids: Iterable[int]) -> set[int]:
    """Derive the facts of these agreements, and of those they succeed, from their records; the ids of both."""
    ids = set(ids)
    if not ids:
        return set()
    agreements = unit.many(ag.Agreement, ids)
    before = {a.predecessor_id for a in agreements.values() if a.predecessor_id} - set(agreements)
    agreements |= unit.many(ag.Agreement, before)
    wanted = ids | before
    heirs = unit.where(ag.Agreement, "predecessor_id", wanted)
    everyone = {**{h.id: h for h in heirs}, **agreements}
    parts = _Parts(unit, everyone)
    lead = _lead_partners(unit, {a.partnership_id for a in everyone.values()})
    names = {i: fold(name) for i, name in unit.columns(pa.Institution, ("id", "name"), "id", lead.values())}
    facts = {a.id: parts.facts(a) for a in everyone.values()}
    superseded = _superseded(everyone.values(), facts)
    rows = [
        {"agreement_id": a.id, "partner_id": lead.get(a.partnership_id), "version_id": facts[a.id][0],
         **{k: v.isoformat() if v else None for k, v in facts[a.id][1].items()},
         "superseded_on": superseded.get(a.id), "renew_months": facts[a.id][2],
         "sort_name": names.get(lead.get(a.partnership_id, 0), ""),
         "shown": shown(bool(a.deleted_at), a.archived_on)}
        for a in agreements.values()
    ]
    replace(unit, schema.agreement_fact, "agreement_id", wanted, rows)
    return wanted


def renew_partners(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Derive the sort name and the first partnership of these institutions; `new` ones have none to be taken away."""
    ids = set(ids)
    institutions = unit.columns(pa.Institution, ("id", "name", "is_home", "deleted_at", "archived_on"), "id", ids)
    first: dict[int, int] = {}
    for partner, partnership, role in unit.columns(pa.Member, _LINK, "institution_id", ids):
        if role != "home":
            first.setdefault(partner, partnership)
    rows = [{"institution_id": i, "partnership_id": first.get(i), "sort_name": fold(name),
             "shown": shown(bool(is_home or deleted), archived)}
            for i, name, is_home, deleted, archived in institutions]
    replace(unit, schema.partner_fact, "institution_id", ids - new, rows)


_LINK = ("institution_id", "partnership_id", "role")


class _Parts:
    """Versions, parties and sign-offs of many agreements, read in three queries."""

    def __init__(self, unit: Reader, ids: Iterable[int]) -> None:
        self._versions: dict[int, list[ag.AgreementVersion]] = defaultdict(list)
        self._parties: dict[int, list[ag.Party]] = defaultdict(list)
        self._sign_offs: dict[int, list[ag.SignOff]] = defaultdict(list)
        versions = unit.where(ag.AgreementVersion, "agreement_id", ids)
        for version in sorted(versions, key=lambda v: v.n):
            self._versions[version.agreement_id].append(version)
        for party in unit.where(ag.Party, "agreement_id", ids):
            self._parties[party.agreement_id].append(party)
        for sign_off in unit.where(ag.SignOff, "version_id", [v.id for v in versions]):
            self._sign_offs[sign_off.version_id].append(sign_off)
        self._year_start = year_start(unit)

    def facts(self, agreement: ag.Agreement) -> tuple[int | None, dict[str, date | None], int | None]:
        """Id of the version that counts (the last one approved by all, else the last), its days, its renewal."""
        versions = self._versions[agreement.id]
        if not versions:
            return None, dict.fromkeys(_DAYS), None
        signed = [v for v in versions if all(self._side(v, side) for side in ("our", "partner"))]
        version = (signed or versions)[-1]
        starts, ends = ag.span_of(version, self._year_start)
        days = {"ours_on": self._side(version, "our"), "theirs_on": self._side(version, "partner"),
                "starts_on": starts, "ends_on": ends, "notice_on": ag.notice_day(ends, version.notice_months),
                "termination_on": agreement.termination_effective_on}
        return version.id, days, version.auto_renew_months

    def _side(self, version: ag.AgreementVersion, side: str) -> date | None:
        parties = self._parties[version.agreement_id]
        return ag.completed_on(parties, self._sign_offs[version.id], version.id, side)


_DAYS = ("ours_on", "theirs_on", "starts_on", "ends_on", "notice_on", "termination_on")


def _superseded(agreements: Iterable[ag.Agreement], facts: dict[int, Any]) -> dict[int, str]:
    """The day on which the first of the signed successors took effect, by the agreement they succeed."""
    found: dict[int, str] = {}
    for heir in agreements:
        _, days, _ = facts[heir.id]
        if heir.predecessor_id and not heir.deleted_at and days["ours_on"] and days["theirs_on"]:
            day = (days["starts_on"] or max(days["ours_on"], days["theirs_on"])).isoformat()
            found[heir.predecessor_id] = min(day, found.get(heir.predecessor_id, day))
    return found


def _lead_partners(unit: Reader, partnerships: Iterable[int]) -> dict[int, int]:
    lead: dict[int, int] = {}
    for partner, partnership, role in unit.columns(pa.Member, _LINK, "partnership_id", partnerships):
        if role != "home":
            lead.setdefault(partnership, partner)
    return lead


def _partners_of(unit: Unit) -> set[int]:
    """The partners whose lines show one of the touched agreements or partnerships."""
    of = unit.columns(ag.Agreement, ("partnership_id",), "id", unit.touched("agreement"))
    partnerships = unit.touched("partnership") | {one for (one,) in of}
    return {one for (one,) in unit.columns(pa.Member, ("institution_id",), "partnership_id", partnerships)}


def _agreements_below(unit: Unit, partnerships: Iterable[int]) -> set[int]:
    table, wanted = schema.KINDS[ag.Agreement].table, list(partnerships)
    found: set[int] = set()
    for start in range(0, len(wanted), CHUNK):
        query = sa.select(table.c.id).where(table.c.partnership_id.in_(wanted[start:start + CHUNK]))
        found.update(unit.connection.execute(query).scalars())
    return found


def _agreements_with(unit: Unit, partners: Iterable[int]) -> set[int]:
    members = unit.where(pa.Member, "institution_id", partners)
    return _agreements_below(unit, {m.partnership_id for m in members})
