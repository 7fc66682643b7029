"""Invented people and their stays for a big office, some sixty thousand or a million: for benchmarks alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Condition, Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.office import do, open_file
from partnerdesk.services.samples_big import BEGINNINGS, ENDINGS, FAMILY, GIVEN

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

AT_ONCE = 50_000
_WHO = "Marta Ilves"
_YEARS = 12
_TERMS = (("1/2", 9, 150), ("2/2", 14, 160), ("1/1", 9, 300))
_BEFORE = ((Phase.CLOSED, 88), (Phase.RECOGNISED, 94), (Phase.WITHDRAWN, 97), (Phase.DECLINED, 99),
           (Phase.INTERRUPTED, 100))
_NOW = ((Phase.ABROAD, 70), (Phase.PREPARING, 82), (Phase.RETURNED, 92), (Phase.WITHDRAWN, 98), (Phase.REJECTED, 100))
_LATER = ((Phase.APPLIED, 30), (Phase.SELECTED, 55), (Phase.NOMINATED, 80), (Phase.ACCEPTED, 100))
_STATUS = {
    Phase.APPLIED: ("planned", "none"), Phase.SELECTED: ("planned", "none"),
    Phase.NOMINATED: ("nomination", "pending"), Phase.ACCEPTED: ("nomination", "verified"),
    Phase.PREPARING: ("live", "verified"), Phase.ABROAD: ("live", "verified"), Phase.RETURNED: ("live", "verified"),
    Phase.RECOGNISED: ("recognized", "verified"), Phase.CLOSED: ("recognized", "verified"),
    Phase.DECLINED: ("cancelled", "verified"), Phase.REJECTED: ("nomination", "rejected"),
    Phase.WITHDRAWN: ("cancelled", "none"), Phase.INTERRUPTED: ("cancelled", "verified"),
}
_ARRIVED = frozenset({Phase.ABROAD, Phase.RETURNED, Phase.RECOGNISED, Phase.CLOSED, Phase.INTERRUPTED})
_LEFT = frozenset({Phase.RETURNED, Phase.RECOGNISED, Phase.CLOSED})


def add_stays(path: Path, stays: int, seed: int = 1) -> None:
    """Put so many stays under the conditions of a big office, in steps; the same seed and day give the same ones."""
    office = open_file(path)
    try:
        chance = Random(seed)  # noqa: S311
        for start in range(0, stays, AT_ONCE):
            do(office, _some(min(AT_ONCE, stays - start), chance), _WHO)
    finally:
        office.close()


def _some(n: int, chance: Random) -> Deed[None]:
    """Enter `n` stays of new people, most of whom have one."""

    def run(unit: Unit) -> None:
        people = unit.add_values(Person, list(islice(_people(chance), n * 3 // 4 + 1)))
        under = [(one.id, one.partner_id, one.direction) for one in unit.find(Condition)]
        made = [_stay(people[k % len(people)], chance.choice(under), chance) for k in range(n)]
        ids = unit.add_values(Stay, made)
        unit.add_values(Document, list(_papers(zip(ids, made, strict=True), chance)))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "Sample office: {n} invented stays"), n=n), run)


def _people(chance: Random) -> Iterator[dict[str, Any]]:
    while True:
        given, number = chance.choice(GIVEN), chance.randrange(10**7)
        place = f"{chance.choice(BEGINNINGS)}{chance.choice(ENDINGS)}"
        family = f"{chance.choice(FAMILY)}-{place}" if number % 4 == 0 else place
        yield {"given_names": given, "family_name": family, "local_id": f"s{number:07}",
               "kind": "staff" if number % 9 == 0 else "student", "email": f"{given}.{number}@example.edu".lower()}


def _stay(person: int, under: tuple[int, int | None, str], chance: Random) -> dict[str, Any]:
    """A stay told by what differs from a blank one; the home institution of a big office has the id 1."""
    condition, partner, direction = under
    today = clock.today()
    year = today.year - _YEARS + 2 + chance.randrange(_YEARS)
    term, month, days = _TERMS[chance.randrange(3)]
    begins = date(year, month, 1) if month <= 12 else date(year + 1, month - 12, 1)
    begins += timedelta(days=chance.randrange(60))
    ends = begins + timedelta(days=days + chance.randrange(20))
    phase = _drawn(_LATER if begins > today else _BEFORE if ends < today else _NOW, chance.randrange(100))
    sending, receiving = _STATUS[phase]
    return {
        "person_id": person, "direction": direction, "condition_id": condition, "agreement_id": None,
        "sending_id": 1 if direction == "out" else partner, "receiving_id": partner if direction == "out" else 1,
        "programme": "erasmus-ka131" if chance.randrange(3) else "", "year": year, "term": term,
        "planned_from": begins, "planned_to": ends, "sending_status": sending, "receiving_status": receiving,
        "selected_on": None if phase == Phase.APPLIED else begins - timedelta(days=150),
        "actual_from": begins if phase in _ARRIVED else None, "actual_to": ends if phase in _LEFT else None,
        "closed_on": ends + timedelta(days=60) if phase == Phase.CLOSED else None,
        "exit": str(phase) if sending == "cancelled" else "",
    }


def _drawn(shares: tuple[tuple[Phase, int], ...], hundredth: int) -> Phase:
    return next(phase for phase, below in shares if hundredth < below)


def _papers(stays: Any, chance: Random) -> Iterator[dict[str, Any]]:
    """Two documents of each stay that has not ended."""
    for stay, told in stays:
        if told["closed_on"] is None and not told["exit"]:
            for kind, stage in (("learning_agreement", "departure"), ("arrival_certificate", "arrival")):
                yield {"stay_id": stay, "kind": kind, "stage": stage, "mandatory": True,
                       "state": "checked" if chance.randrange(4) else "required",
                       "due_on": told["planned_from"] + timedelta(days=chance.randrange(-30, 30))}
