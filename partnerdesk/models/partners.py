"""The list of partners as a model: its columns and what each shows of a line."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import clock
from partnerdesk.domain.lines import PartnerLine
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Cell, Coop, Number, Soft, TwoLine
from partnerdesk.look.words import NOTHING, day, number, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.names import country_name, short_country_name
from partnerdesk.models.states import state_cell
from partnerdesk.services import listing

_FORMS = {
    "student_exchange": "students", "faculty_exchange": "staff", "joint_research": "research",
    "curriculum_development": "curriculum", "best_practice": "practice",
}


def _tr(source: str) -> str:
    return QCoreApplication.translate("Partners", source)


def partner_columns() -> Sequence[Column]:
    """The columns of the list of partners in their shipped order."""
    return (
        Column("name", _tr("Partner"), _name, 222, "name"),
        Column("country", _tr("Country"), _country, 90, "country"),
        Column("forms", _tr("Cooperation"), _forms, 94),
        Column("state", _tr("State"), _state, 118, "state"),
        Column("ends", _tr("Ends"), _ends, 98, "ends"),
        Column("places", _tr("Places"), _places, 78, right=True),
        Column("responsible", _tr("Responsible"), _responsible, 110, "responsible", shown=False),
        Column("next", _tr("Next step"), _next, 170, shown=False),
        Column("tier", _tr("Tier"), _tier, 50, "tier", right=True, shown=False),
        Column("stage", _tr("Stage"), _stage, 90, "stage", shown=False),
        Column("city", _tr("City"), _city, 110, "city", shown=False),
        Column("agreements", _tr("Agreements"), _agreements, 90, "agreements", right=True, shown=False),
        Column("next_review", _tr("Next review"), _review, 96, "next_review", shown=False),
        Column("status", _tr("Status"), _status, 90, "status", shown=False),
    )


def partner_listing() -> Listing:
    """Where the list of partners comes from."""
    return Listing("partner", listing.partner_ids, listing.partner_lines, listing.partner_count, listing.partner_hits,
                   partner_sentence)


def partner_sentence(line: PartnerLine) -> str:
    """A line as a screen reader says it."""
    chip = state_cell(line.state)
    state = chip.word if hasattr(chip, "word") else _tr("no agreement")
    return ", ".join(part for part in (line.name, line.city, country_name(line.country), state, _ends_words(line))
                     if part and part != NOTHING)


def second_line(line: PartnerLine) -> str:
    """What stands under the name: original script, city, short name."""
    original = line.name_original if line.name_original != line.name else ""
    return " · ".join(part for part in (original, line.city, line.short_name) if part)


def next_step(line: PartnerLine, today: date) -> tuple[str, date | None]:
    """What wants doing next with a partner, and by when."""
    if line.state == "notice_window":
        return _tr("Notice by {day}"), line.notice_on
    if line.state == "expiring":
        return _tr("Renew by {day}"), line.ends_on
    if line.state in ("waiting_us", "waiting_partner", "draft"):
        return {"waiting_us": _tr("Sign the agreement"), "draft": _tr("Send the draft"),
                "waiting_partner": _tr("Remind the partner")}[line.state], None
    if line.next_review is not None:
        late = line.next_review < today
        return (_tr("Review overdue since {day}") if late else _tr("Review {day}")), line.next_review
    return "", None


def _name(line: PartnerLine) -> Cell:
    return TwoLine(line.name, second_line(line))


def _country(line: PartnerLine) -> Cell:
    return Soft(short_country_name(line.country))


def _forms(line: PartnerLine) -> Cell:
    return Coop(frozenset(_FORMS[f] for f in line.forms if f in _FORMS))


def _state(line: PartnerLine) -> Cell:
    return state_cell(line.state)


def _ends(line: PartnerLine) -> Cell:
    return Soft(_ends_words(line))


def _ends_words(line: PartnerLine) -> str:
    return _tr("open-ended") if line.open_ended else day(line.ends_on)


def _places(line: PartnerLine) -> Cell:
    if not line.places_out and not line.places_in:
        return Number(NOTHING)
    return Number(f"{number(line.places_out)} · {number(line.places_in)}")


def _responsible(line: PartnerLine) -> Cell:
    return Soft(line.responsible)


def _next(line: PartnerLine) -> Cell:
    words, due = next_step(line, clock.today())
    return Soft(words.format(day=day(due)) if due else words)


def _tier(line: PartnerLine) -> Cell:
    return Number(number(line.tier) if line.tier else NOTHING)


def _stage(line: PartnerLine) -> Cell:
    return Soft(say(label_of("stage", line.stage)) if line.stage else "")


def _city(line: PartnerLine) -> Cell:
    return Soft(line.city)


def _agreements(line: PartnerLine) -> Cell:
    return Number(number(line.agreements))


def _review(line: PartnerLine) -> Cell:
    return Soft(day(line.next_review))


def _status(line: PartnerLine) -> Cell:
    return Soft(say(label_of("institution_status", line.status)))
