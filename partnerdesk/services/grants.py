"""What users do with the grant of a stay: work it out, freeze it at signature, pay it in instalments."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.grants import (
    AWARD_FIXED,
    Calculation,
    GrantAward,
    GrantLine,
    GrantPayment,
    GrantRate,
    GrantTable,
    Journey,
    calculate,
    final_problem,
    great_circle_km,
    instalments,
    line_json,
    line_of,
    money,
    payment_problems,
)
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import DONE, span_of
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stays import Override, Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks, set_fields
from partnerdesk.services.grant_tables import fitting_tables, in_order
from partnerdesk.services.stay_documents import require_kind, settle_document

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

AFTER_PAYMENT = ("recognition",)
"""Documents of the return that the last instalment does not wait for."""


@dataclass(frozen=True, slots=True)
class Grant:
    """An award with its lines as told then and its instalments; `current` where it is the one that counts."""

    award: GrantAward
    lines: tuple[GrantLine, ...]
    payments: tuple[GrantPayment, ...]
    current: bool

    @property
    def amount(self) -> Decimal:
        """What is awarded."""
        return money(self.award.amount)

    @property
    def paid(self) -> Decimal:
        """What was paid of it."""
        return sum((money(p.amount) for p in self.payments if p.paid_on is not None), Decimal("0.00"))

    @property
    def fixed(self) -> bool:
        """Whether its amounts do not change any more."""
        return self.award.status in AWARD_FIXED


@dataclass(frozen=True, slots=True)
class GrantFile:
    """All that the grant of a stay shows, on screen and on paper; calculations in the order in which they were made.

    `tables` begin with the one that fits best, `missing` names the documents the last instalment waits for.
    """

    stay: Stay
    person: Person
    host: Institution | None
    journey: Journey
    tables: tuple[GrantTable, ...]
    rates: Mapping[int, tuple[GrantRate, ...]] = field(repr=False)
    grants: tuple[Grant, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def current(self) -> Grant | None:
        """The calculation that counts: the last one that was signed, else the last."""
        return next((one for one in self.grants if one.current), None)

    @property
    def paid(self) -> Decimal:
        """What was paid by all calculations together."""
        return sum((one.paid for one in self.grants), Decimal("0.00"))

    @property
    def left(self) -> Decimal:
        """What is still to be paid; below 0 where more was paid than is due."""
        return (self.current.amount if self.current else Decimal("0.00")) - self.paid

    @property
    def problems(self) -> list[Problem]:
        """R85: what is wrong with the payments."""
        if self.current is None:
            return []
        return payment_problems(
            self.current.award, [p for one in self.grants for p in one.payments], self.missing)

    def by(self, table_id: int) -> Calculation:
        """What the grant would be by a table."""
        return calculate(self.journey, self.rates.get(table_id, ()))


def grant_file(reader: Reader, stay_id: int) -> GrantFile:
    """The grant of a stay. Raises Missing."""
    stay = reader.get(Stay, stay_id)
    institutions = reader.many(Institution, [i for i in (stay.sending_id, stay.receiving_id) if i is not None])
    host = institutions.get(stay.receiving_id or 0)
    journey = journey_of(stay, institutions.get(stay.sending_id or 0), host)
    tables = fitting_tables(reader.find(GrantTable), stay, journey.starts_on)
    awards = sorted(reader.find(GrantAward, stay_id=stay_id), key=lambda a: a.n)
    payments = reader.where(GrantPayment, "award_id", [a.id for a in awards])
    rates = reader.where(GrantRate, "table_id", [t.id for t in tables])
    counting = _counting(awards)
    return GrantFile(
        stay, reader.get(Person, stay.person_id), host, journey, tuple(tables),
        {t.id: tuple(in_order(r for r in rates if r.table_id == t.id)) for t in tables},
        tuple(_grant(one, payments, one.id == counting) for one in awards),
        missing_papers(reader.find(Document, stay_id=stay_id)))


def journey_of(stay: Stay, sending: Institution | None, receiving: Institution | None) -> Journey:
    """What the grant of a stay depends on; the distance is the one entered, else that between the two places."""
    starts, ends = span_of(stay.planned_from, stay.planned_to, stay.actual_from, stay.actual_to)
    return Journey(
        activity=stay.activity, attribute=stay.attribute, country=receiving.country if receiving else "",
        starts_on=starts, ends_on=ends, interruption_days=stay.interruption_days, green=stay.green_travel,
        fewer_opportunities=stay.fewer_opportunities,
        distance_km=stay.distance_km if stay.distance_km is not None else distance_between(sending, receiving))


def distance_between(here: Institution | None, there: Institution | None) -> int | None:
    """Kilometres by great circle between two institutions; None where the place of one is not known."""
    if here is None or there is None or None in (here.latitude, here.longitude, there.latitude, there.longitude):
        return None
    return great_circle_km((here.latitude or 0, here.longitude or 0), (there.latitude or 0, there.longitude or 0))


def missing_papers(documents: Iterable[Document]) -> tuple[str, ...]:
    """Names of the documents of the return that are not in, which the last instalment waits for (R85)."""
    return tuple(
        d.title or str(label_of("stay_document", d.kind)) for d in documents
        if d.stage == "return" and d.state not in DONE and d.kind not in AFTER_PAYMENT)


def work_out(file: GrantFile, table: GrantTable, reason: str = "") -> Deed[int]:
    """Work the grant out by a table: anew while it is not frozen, else as a new calculation beside the old (R84).

    The answer is the id of the award. Raises Refused where a day or a rate is missing.
    """

    def run(unit: Unit) -> int:
        now = grant_file(unit, file.stay.id)
        found = now.by(table.id)
        refuse_blocks(found.problems)
        last = now.grants[-1] if now.grants else None
        fields = _told(now.journey, unit.get(GrantTable, table.id), found, reason)
        if last is not None and not last.fixed:
            unit.change(GrantAward, last.award.id, None, **fields)
            return last.award.id
        n = 1 if last is None else last.award.n + 1
        award = unit.add(GrantAward(stay_id=file.stay.id, n=n, **fields))
        require_kind(unit, unit.get(Stay, file.stay.id), "grant_agreement")
        return award.id

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "work out the grant of {name}"), file), run, reason=reason)


def freeze(file: GrantFile, award: GrantAward) -> Deed[None]:
    """Fix the amounts of a calculation: the paper goes out to be signed."""

    def run(unit: Unit) -> None:
        _refuse_fixed(unit.get(GrantAward, award.id))
        unit.change(GrantAward, award.id, award.version, status="frozen")

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "freeze the grant of {name}"), file), run)


def sign(file: GrantFile, award: GrantAward, day: date) -> Deed[None]:
    """Note the signature: the amounts are fixed, instalments planned, and an earlier signed calculation is closed.

    What was paid by an earlier calculation is taken off; then one last instalment is what is left.
    """

    def run(unit: Unit) -> None:
        now = grant_file(unit, file.stay.id)
        signed = next(one for one in now.grants if one.award.id == award.id)
        if signed.award.status not in ("calculated", "frozen"):
            _refuse_fixed(signed.award)
        unit.change(GrantAward, award.id, award.version, status="signed", signed_on=day)
        settle_document(unit, file.stay.id, "grant_agreement", "checked", day)
        for other in now.grants:
            if other.award.id != award.id and other.award.status in ("signed", "paid"):
                _close(unit, other)
        percent = _first_percent(unit, signed.award)
        for n, (share, amount, final) in enumerate(instalments(signed.amount, percent, now.paid), 1):
            unit.add(GrantPayment(award_id=award.id, n=n, percent=float(share), amount=float(amount), final=final))

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "sign the grant of {name}"), file), run)


def pay(file: GrantFile, payment: GrantPayment, day: date | None, reason: str = "") -> Deed[None]:
    """Note that an instalment was paid, or (None) that it was not.

    The last one is held until the documents of the return are in (R85); with a reason it is paid all the same, and
    the reason is kept with the stay. Raises Refused.
    """

    def run(unit: Unit) -> None:
        missing = missing_papers(unit.find(Document, stay_id=file.stay.id))
        if day is not None and payment.final and missing:
            problem = final_problem(missing)
            if not reason:
                raise Refused(dataclasses.replace(problem, severity="block", fix=Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Pay all the same, with a reason"))))
            unit.add(Override(stay_id=file.stay.id, rule="R85", reason=reason, day=clock.today(), who=unit.who))
        unit.change(GrantPayment, payment.id, payment.version, paid_on=day)
        theirs = unit.find(GrantPayment, award_id=payment.award_id)
        award = unit.get(GrantAward, payment.award_id)
        if award.status in ("signed", "paid"):
            done = all(one.paid_on is not None for one in theirs)
            unit.change(GrantAward, award.id, None, status="paid" if done else "signed")

    label = QT_TRANSLATE_NOOP("PartnerDesk", "pay an instalment to {name}") if day else QT_TRANSLATE_NOOP(
        "PartnerDesk", "take back an instalment to {name}")
    return Deed(_of(label, file), run, reason=reason)


def change_payment(file: GrantFile, payment: GrantPayment, **fields: Any) -> Deed[bool]:
    """Change the day an instalment is due on, or its note."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, GrantPayment, payment.id, payment.version, fields, None)

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "change an instalment to {name}"), file), run)


def remove_award(file: GrantFile, award: GrantAward) -> Deed[None]:
    """Take a calculation away that was not frozen."""

    def run(unit: Unit) -> None:
        _refuse_fixed(unit.get(GrantAward, award.id))
        unit.remove(GrantAward, award.id)

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "remove the grant of {name}"), file), run,
                _of(QT_TRANSLATE_NOOP("PartnerDesk", "Removed the grant of {name}"), file))


def _told(journey: Journey, table: GrantTable, found: Calculation, reason: str) -> dict[str, Any]:
    return {
        "table_id": table.id, "table_name": table.name, "currency": table.currency, "starts_on": journey.starts_on,
        "ends_on": journey.ends_on, "days": found.days, "amount": float(found.amount),
        "lines": tuple(line_json(line) for line in found.lines), "calculated_on": clock.today(), "reason": reason}


def _grant(award: GrantAward, payments: Iterable[GrantPayment], current: bool) -> Grant:
    own = tuple(sorted((p for p in payments if p.award_id == award.id), key=lambda p: p.n))
    return Grant(award, tuple(line_of(kept) for kept in award.lines), own, current)


def _counting(awards: list[GrantAward]) -> int:
    """Id of the calculation that counts; 0 without any."""
    signed = [a for a in awards if a.status in ("signed", "paid")]
    return (signed or awards)[-1].id if awards else 0


def _close(unit: Unit, grant: Grant) -> None:
    """What was paid stays; what was to be paid is in the calculation that follows."""
    for payment in grant.payments:
        if payment.paid_on is None:
            unit.remove(GrantPayment, payment.id)
    unit.change(GrantAward, grant.award.id, None, status="closed")


def _first_percent(unit: Reader, award: GrantAward) -> int:
    return unit.get(GrantTable, award.table_id).first_payment_percent if award.table_id else 100


def _refuse_fixed(award: GrantAward) -> None:
    if award.status in AWARD_FIXED:
        raise Refused(Problem("R84", "block", "", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The amounts of this calculation are fixed.")), Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Work the grant out anew: the new calculation stands beside it"))))


def _of(label: str, file: GrantFile) -> Text:
    return text(label, name=f"{file.person.given_names} {file.person.family_name}".strip())
