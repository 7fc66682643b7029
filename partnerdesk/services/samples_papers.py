"""The agreements of a sample office: terms in chains, versions, sign-offs, conditions, log and documents."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from partnerdesk.domain.agreements import (
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Document,
    Event,
    Party,
    SignOff,
)
from partnerdesk.domain.partners import Partnership
from partnerdesk.services.agreements import seal
from partnerdesk.services.samples_people import Card
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_terms import UNSIGNED, Moment, Term, terms_of

TYPES = {
    "exchange": "student_exchange", "iia": "erasmus_iia", "staff": "staff_exchange", "mou": "mou",
    "research": "research", "double": "double_degree", "cotutelle": "cotutelle", "intent": "letter_of_intent",
    "traineeship": "traineeship", "consortium": "consortium",
}  # fmt: skip
_PROGRAMMES = {"iia": "erasmus-ka131", "exchange": "bilateral", "staff": "bilateral", "traineeship": "turing"}
_ACTIVITIES = {
    "sms": "student-studies", "smp": "student-traineeship", "sta": "staff-teacher", "stt": "staff-training",
    "short": "student-short", "doc": "doctoral-short", "bip": "bip", "res": "research-stay", "coil": "virtual",
}  # fmt: skip
_STAFF = frozenset({"sta", "stt"})
_OURS_IN = "en B2"


@dataclass(slots=True)
class Paper:
    """One agreement to be: a term of a strand, and the paper it follows."""

    key: str
    strand: Mapping[str, Any]
    term: Term
    partnership: Partnership
    partners: list[Card]
    told_year: int
    follows: "Paper | None" = None
    id: int = 0
    signed: tuple[date, date] | None = None
    """Our day and theirs; where only one side has signed, that day twice."""
    made_on: date = date.min
    """The day the paper was drafted."""


def papers_of(
    told: Mapping[str, Any], partnership: Partnership, partners: list[Card], pile: Pile, moment: Moment
) -> list[Paper]:
    """All papers of one partnership, each after those it follows."""
    chains: list[list[Paper]] = []
    for place, strand in enumerate(told["agreements"]):
        chance = pile.chance(f"{told['key']}/{place}")
        chain: list[Paper] = []
        for n, term in enumerate(terms_of(strand, told["since"], moment, chance)):
            before = chain[-1] if chain else None
            chain.append(Paper(f"{told['key']}/{place}/{n}", strand, term, partnership, partners, moment.year, before))
        chains.append(chain)
    for chain in chains:
        first = chain[0]
        if "heir" in first.strand:
            chains[first.strand["heir"]][0].follows = first
        elif first.term.wanted in UNSIGNED:
            first.follows = next((c[-1] for c in chains if c is not chain and c[0].strand["type"]
                                  == first.strand["type"]), None)
    return [paper for chain in chains for paper in chain]


def sign_all(papers: Sequence[Paper], pile: Pile, moment: Moment) -> None:
    """Choose for each paper the days on which the two sides approved it."""
    for paper in papers:
        chance = pile.chance(f"{paper.key}/signed")
        wanted, starts = paper.term.wanted, paper.term.starts
        if wanted == "draft":
            paper.made_on = moment.today - timedelta(days=chance.randint(4, 40))
            continue
        if wanted in UNSIGNED or starts > moment.today:
            last = moment.today - timedelta(days=chance.randint(10, 35))
        else:
            last = min(starts - timedelta(days=chance.randint(12, 120)), moment.today - timedelta(days=12))
        first = last if wanted in UNSIGNED else last - timedelta(days=chance.randint(3, 32))
        paper.signed = (first, last) if chance.random() < 0.5 else (last, first)
        paper.made_on = first - timedelta(days=chance.randint(30, 70))


def put_papers(papers: Sequence[Paper], pile: Pile, home: Card, moment: Moment) -> None:
    """Store the papers, the older before the newer, numbered within the year in which they were made."""
    numbers: dict[int, int] = {}
    for paper in sorted(papers, key=lambda p: (p.made_on, p.key)):
        chance = pile.chance(paper.key)
        year = paper.made_on.year
        numbers[year] = numbers.get(year, 0) + chance.randint(1, 9)
        _put_paper(paper, pile, home, moment, f"{year}-{numbers[year]:03}", chance)


def _put_paper(paper: Paper, pile: Pile, home: Card, moment: Moment, code: str, chance: Random) -> None:
    strand, wanted = paper.strand, paper.term.wanted
    short = paper.partners[0].institution.short_name
    notice_on, effective_on = _termination(paper.term, moment)
    paper.id = pile.put(Agreement(
        partnership_id=paper.partnership.id, type=TYPES[strand["type"]],
        programme=strand.get("programme", _PROGRAMMES.get(strand["type"], "")), title=strand.get("title", ""),
        partner_code=f"{short}-{paper.made_on:%y}/{chance.randint(10, 399)}" if chance.random() < 0.6 else "",
        our_code=code, languages=("en",), predecessor_id=paper.follows.id if paper.follows else None,
        location="Filing room, cabinet " + chance.choice("ABCD") if wanted not in UNSIGNED else "",
        terminated_by=chance.choice(("us", "partner", "both")) if effective_on else "", termination_notice_on=notice_on,
        termination_effective_on=effective_on), paper.key).id
    parties = _put_parties(paper, pile, home)
    versions = _put_versions(paper, pile, home, moment)
    _put_sign_offs(paper, pile, home, parties, versions)
    _put_log(paper, pile, notice_on)
    _put_document(paper, pile, code)


def _termination(term: Term, moment: Moment) -> tuple[date | None, date | None]:
    if term.wanted == "terminating":
        return moment.today - timedelta(days=55), moment.september(1) - timedelta(days=1)
    if term.wanted == "terminated" and term.over is not None:
        effective = term.over.replace(year=term.over.year - 1) - timedelta(days=1)
        return effective - timedelta(days=210), effective
    return None, None


def _put_parties(paper: Paper, pile: Pile, home: Card) -> list[Party]:
    unit = home.units.get(paper.strand.get("unit", ""))
    parties = [Party(agreement_id=paper.id, institution_id=home.institution.id, side="our",
                     unit_id=unit.id if unit else paper.partnership.own_unit_id, signee_id=home.signee.id)]
    parties += [Party(agreement_id=paper.id, institution_id=card.institution.id, signee_id=card.signee.id)
                for card in paper.partners]
    return [pile.put(party, f"{paper.key}/{party.institution_id}") for party in parties]


def _put_versions(paper: Paper, pile: Pile, home: Card, moment: Moment) -> list[AgreementVersion]:
    """Version 1, and where the story tells of one a second that is being negotiated."""
    wanted = paper.term.wanted
    signed = wanted not in UNSIGNED
    second = bool(paper.strand.get("v2")) and wanted != "before"
    status = "approved" if signed else "draft" if wanted == "draft" else "replaced" if second else "sent"
    versions = [_put_version(paper, pile, home, 1, status, paper.made_on)]
    if second:
        versions.append(_put_version(paper, pile, home, 2, "negotiation", moment.today - timedelta(days=50)))
    return versions


def _put_version(paper: Paper, pile: Pile, home: Card, n: int, status: str, made_on: date) -> AgreementVersion:
    term, strand = paper.term, paper.strand
    version = AgreementVersion(
        agreement_id=paper.id, n=n, status=status, made_on=made_on, made_by=paper.partnership.responsible,
        valid_from=None if term.by_years else term.starts, valid_to=None if term.by_years else term.ends,
        first_year=term.starts.year if term.by_years else None,
        last_year=term.over.year - 1 if term.by_years and term.over else None, open_ended=term.over is None,
        auto_renew_months=strand.get("renew") if term.wanted != "before" else None,
        notice_months=strand.get("notice"),
        reason="The partner asks for one more place each way" if n > 1 else "")
    number = len(pile.all(AgreementVersion)) + 1
    conditions = _conditions(paper, home, number, more=n - 1)
    if status == "approved":
        version = dataclasses.replace(version, sealed=seal(version, conditions))
    made = pile.put(version, f"{paper.key}/v{n}")
    for condition in conditions:
        stored = pile.put(condition, f"{paper.key}/v{n}/{condition.position}")
        _put_exceptions(paper, pile, stored)
    return made


def _conditions(paper: Paper, home: Card, version_id: int, more: int) -> list[Condition]:
    """The rows of the grid: each place of the story gives one row out and one in; older papers gave fewer."""
    less = 1 if paper.term.wanted == "before" else 0
    units = {unit.isced: unit.id for unit in paper.partners[0].units.values()}
    places = count()
    conditions = []
    for place in paper.strand.get("places", ()):
        kind, out, back, amount, fields, levels, language = place
        isced = tuple(fields.split())
        for direction, heads in (("out", out), ("in", back)):
            if not heads:
                continue
            conditions.append(Condition(
                version_id=version_id, position=next(places), direction=direction, activity=_ACTIVITIES[kind],
                partner_id=paper.partners[0].institution.id,
                own_unit_id=_unit_for(isced, home, paper.partnership.own_unit_id),
                partner_unit_id=next((units[f] for f in isced if f in units), None),
                heads=max(1, heads - less * (1 + heads // 6)) + more, blended=kind == "bip",
                months=None if kind in _STAFF else float(amount), days=amount if kind in _STAFF else None,
                levels=tuple(levels.split()), fields=isced,
                languages=(language,) if direction == "out" else (_OURS_IN,)))
    return conditions


def _unit_for(fields: tuple[str, ...], home: Card, otherwise: int | None) -> int | None:
    """The home unit of the first field: the one whose own code is the longest beginning of it."""
    fitting = [unit for unit in home.units.values() if fields and unit.isced and fields[0].startswith(unit.isced)]
    return max(fitting, key=lambda unit: len(unit.isced)).id if fitting else otherwise


def _put_exceptions(paper: Paper, pile: Pile, condition: Condition) -> None:
    year_of = paper.told_year
    for written in paper.strand.get("except", ()):
        offset, direction, heads, reason = written.split("|")
        year = year_of + int(offset)
        day = date(year, 9, 1)
        within = paper.term.starts <= day and (paper.term.over is None or day < paper.term.over)
        if direction != condition.direction or not within or condition.position > 1:
            continue
        closed = heads == "closed"
        pile.put(ConditionYear(condition_id=condition.id, year=year, heads=None if closed else int(heads),
                               closed=closed, reason=reason), f"{paper.key}/{condition.id}/{year}")


def _put_sign_offs(
    paper: Paper, pile: Pile, home: Card, parties: list[Party], versions: list[AgreementVersion]
) -> None:
    if paper.signed is None:
        return
    wanted, version = paper.term.wanted, versions[-1] if paper.term.wanted in UNSIGNED else versions[0]
    kind = "ewp" if paper.strand["type"] == "iia" and paper.term.wanted != "before" else "paper"
    by = [home.signee.full_name, *(card.signee.full_name for card in paper.partners)]
    for party, name in zip(parties, by, strict=True):
        ours = party.side == "our"
        if wanted == ("waiting_us" if ours else "waiting_partner"):
            continue
        pile.put(SignOff(version_id=version.id, party_id=party.id, approved_on=paper.signed[0 if ours else 1],
                         approved_by=name, kind=kind), f"{paper.key}/{party.id}")


def _put_log(paper: Paper, pile: Pile, notice_on: date | None) -> None:
    events: list[tuple[str, date | None, str]] = []
    if paper.term.wanted != "draft":
        events.append(("sent", paper.made_on + timedelta(days=10), "Draft sent to the partner"))
    if paper.signed and paper.term.wanted not in UNSIGNED:
        events.append(("received", min(paper.signed) - timedelta(days=6), "Agreed text came back"))
        events.append(("approved", max(paper.signed), "Both copies filed"))
    elif paper.signed and paper.term.wanted == "waiting_partner":
        events.append(("reminded", paper.signed[0] + timedelta(days=8), "Asked when their legal office will be done"))
    if notice_on:
        events.append(("terminated", notice_on, "Notice given in writing"))
    for kind, day, note in events:
        pile.put(Event(agreement_id=paper.id, kind=kind, day=day, note=note), f"{paper.key}/{kind}")


def _put_document(paper: Paper, pile: Pile, code: str) -> None:
    if paper.term.wanted == "before":
        return
    signed = paper.signed is not None and paper.term.wanted not in UNSIGNED
    if not signed and not paper.signed:
        return
    pile.put(Document(
        agreement_id=paper.id, kind="signed_agreement", title=f"Signed copy of {code}",
        state="received" if signed else "requested",
        received_on=max(paper.signed) + timedelta(days=3) if signed and paper.signed else None,
        due_on=None if signed or not paper.signed else paper.signed[0] + timedelta(days=60)), paper.key)
