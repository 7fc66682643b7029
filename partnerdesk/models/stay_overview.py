"""What the overview of a stay says: how far it is, what it needs next, its days, its people and its condition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import clock
from partnerdesk.domain.learning import first_completed_on
from partnerdesk.domain.partners import Contact
from partnerdesk.domain.phases import EXITS, PATH, Phase, span_of
from partnerdesk.domain.quota import Usage
from partnerdesk.domain.stay_rules import step_problems
from partnerdesk.domain.stay_status import derived_phase, earns_credits, next_step
from partnerdesk.domain.stay_terms import deadline_of
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.words import NOTHING, counted, day, near, number, say
from partnerdesk.models.condition_cells import sentence
from partnerdesk.models.stay_words import short_range
from partnerdesk.services.labels import field_label
from partnerdesk.services.stay_file import ConditionChoice
from partnerdesk.services.stays import StayFile
from partnerdesk.services.versions import display_name


@dataclass(frozen=True, slots=True)
class PathStep:
    """One phase on the way: `state` is done, here or ahead; `when` the day it was reached, where that is known."""

    phase: Phase
    word: str
    state: str
    when: str


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: the key of the deed, "" for none, and what it needs (sentence, rule that misses it or "")."""

    step: str
    needs: tuple[tuple[str, str], ...]


def _tr(source: str) -> str:
    return QCoreApplication.translate("Stay", source)


def path_of(about: StayFile, stay: Stay) -> list[PathStep]:
    """The phases of the way, as far as the stay went, and how it ended where it left the way."""
    now = derived_phase(stay)
    days: dict[Phase, date | None] = {
        Phase.SELECTED: stay.selected_on, Phase.NOMINATED: stay.nominated_on, Phase.ACCEPTED: stay.answered_on,
        Phase.PREPARING: first_completed_on(about.learning), Phase.ABROAD: stay.actual_from,
        Phase.RETURNED: stay.actual_to, Phase.CLOSED: stay.closed_on}
    path = [phase for phase in PATH if phase != Phase.RECOGNISED or earns_credits(stay) or now == phase]
    at = path.index(now) if now not in EXITS else _reached(stay)
    found = []
    for place, phase in enumerate(path):
        state = "done" if place < at or (place == at and now in EXITS) else "here" if place == at else "ahead"
        when = days.get(phase) if state != "ahead" else None
        found.append(PathStep(phase, say(label_of("phase", phase)), state, day(when) if when else ""))
    if now in EXITS:
        found = [*found[:at + 1], PathStep(now, say(label_of("phase", now)), "here", "")]
    return found


def _reached(stay: Stay) -> int:
    """How far on its way a stay was that has ended."""
    for phase, there in ((Phase.ABROAD, stay.actual_from), (Phase.NOMINATED, stay.nominated_on),
                         (Phase.SELECTED, stay.selected_on)):
        if there is not None:
            return PATH.index(phase)
    return 0


def next_of(about: StayFile, stay: Stay) -> Next:
    """The deed that comes next and what is needed for it."""
    step = next_step(stay)
    if not step or step == "ask_again":
        return Next(step, ())
    today = clock.today()
    needs = [(say(p.message), "R51" if p.field == "receiving_id" else p.code)
             for p in step_problems(stay, step, about.around, today) if p.severity == "block"]
    if step == "go_live" and about.around.signed:
        needs.append((_tr("The first learning agreement is signed by all three"), ""))
    if step == "arrive":
        there = sum(d.stage == "departure" and d.mandatory for d in about.documents) - sum(
            d.stage == "departure" and d.mandatory and d.state not in ("received", "checked", "waived")
            for d in about.documents)
        if there:
            needs.append((counted(there, _tr("1 document is there"), _tr("{n} documents are there")), ""))
    return Next(step, tuple(needs))


def day_facts(about: StayFile, stay: Stay) -> Iterator[tuple[str, str]]:
    """Labels and days that count for the stay now."""
    if stay.actual_from or stay.actual_to:
        yield _tr("As it is"), short_range(stay.actual_from, stay.actual_to)
    yield _tr("Planned"), short_range(stay.planned_from, stay.planned_to)
    deadline = deadline_of(stay.term, about.factsheet)
    if deadline is not None and stay.sending_status == "planned":
        yield _tr("Nominate by"), _counted(deadline)
    if stay.nominated_on is not None:
        yield say(field_label("nominated_on")), day(stay.nominated_on)
    if stay.answered_on is not None:
        yield say(field_label("answered_on")), day(stay.answered_on)
    due = [d.due_on for d in about.documents if d.due_on is not None and d.state in ("required", "requested")]
    if due and stay.sending_status != "cancelled":
        yield _tr("Next document due"), _counted(min(due))
    if stay.closed_on is not None:
        yield say(field_label("closed_on")), day(stay.closed_on)


def _counted(when: date) -> str:
    return _tr("{day}, {near}").format(day=day(when), near=near(when))


def condition_words(about: StayFile) -> tuple[str, str]:
    """The condition a stay uses with its agreement, and how its places stand in the year."""
    choice = next((c for c in about.choices if c.condition.id == about.stay.condition_id), None)
    if choice is None:
        return (display_name(about.agreement), "") if about.agreement is not None else (NOTHING, "")
    words = _tr("{condition} · {agreement}").format(
        condition=sentence(choice.condition), agreement=display_name(choice.agreement))
    return words, "\n".join(part for part in (_places_words(choice.usage), _days_words(about.stay, choice)) if part)


def _places_words(used: Usage | None) -> str:
    if used is None or used.places is None:
        return ""
    free = used.free or 0
    places = _tr("{used} of {places} places used, {free} free") if free >= 0 else _tr(
        "{used} of {places} places used, more than there are")
    return places.format(used=number(used.used), places=number(used.places), free=number(max(free, 0)))


def _days_words(stay: Stay, choice: ConditionChoice) -> str:
    """How many days a stay takes of those that its condition grants, where it counts days, as for staff."""
    granted = choice.condition.days
    begins, ends = span_of(stay.planned_from, stay.planned_to, stay.actual_from, stay.actual_to)
    if granted is None or begins is None or ends is None or ends < begins:
        return ""
    days = (ends - begins).days + 1 - stay.interruption_days
    words = _tr("{days} of {granted} days") if days <= granted else _tr("{days} of {granted} days, more than agreed")
    return words.format(days=number(days), granted=number(granted))


def contact_words(contact: Contact | None) -> str:
    """A coordinator with e-mail and phone."""
    if contact is None:
        return NOTHING
    name = contact.full_name or contact.function
    return "\n".join(part for part in (name, contact.email, contact.phone) if part)


def to_call_words(about: StayFile) -> str:
    """Whom to call for the person."""
    found: Sequence[str] = [" · ".join(part for part in (c.name, c.relation, c.phone) if part) for c in about.to_call]
    return "\n".join(found) or NOTHING
