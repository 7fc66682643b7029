"""The list of agreements as a model: its columns and what each shows of a line."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.lines import AgreementLine
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look.cells import Cell, Number, Soft, TwoLine
from partnerdesk.look.words import NOTHING, day, number, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.names import short_country_name
from partnerdesk.models.states import state_cell
from partnerdesk.services import listing


def _tr(source: str) -> str:
    return QCoreApplication.translate("Agreements", source)


def agreement_columns() -> Sequence[Column]:
    """The columns of the list of agreements in their shipped order."""
    return (
        Column("partner", _tr("Partner"), _partner, 222, "partner"),
        Column("type", _tr("Kind"), _type, 170, "type"),
        Column("state", _tr("State"), _state, 122, "state"),
        Column("ends", _tr("Ends"), _ends, 102, "ends"),
        Column("places", _tr("Places"), _places, 74, right=True),
        Column("notice", _tr("Notice by"), _notice, 86, "notice", shown=False),
        Column("starts", _tr("Starts"), _starts, 86, "starts", shown=False),
        Column("country", _tr("Country"), _country, 90, "country", shown=False),
        Column("programme", _tr("Programme"), _programme, 150, "programme", shown=False),
        Column("partner_code", _tr("Partner's number"), _partner_code, 110, "partner_code", shown=False),
        Column("version", _tr("Version"), _version, 64, right=True, shown=False),
        Column("responsible", _tr("Responsible"), _responsible, 110, "responsible", shown=False),
    )


def agreement_listing() -> Listing:
    """Where the list of agreements comes from."""
    return Listing("agreement", listing.agreement_ids, listing.agreement_lines, listing.agreement_count,
                   listing.agreement_hits, agreement_sentence)


def agreement_sentence(line: AgreementLine) -> str:
    """A line as a screen reader says it."""
    state = say(label_of("state", line.state))
    parts = (kind_words(line), line.our_code, line.partner, state, _ends_words(line))
    return ", ".join(part for part in parts if part and part != NOTHING)


def kind_words(line: AgreementLine) -> str:
    """The title of an agreement, else its kind."""
    return line.title or say(short_of("agreement_type", line.type))


def _partner(line: AgreementLine) -> Cell:
    return TwoLine(line.partner, " · ".join(p for p in (short_country_name(line.country), line.our_code) if p))


def _type(line: AgreementLine) -> Cell:
    return Soft(kind_words(line))


def _state(line: AgreementLine) -> Cell:
    return state_cell(line.state)


def _ends(line: AgreementLine) -> Cell:
    return Soft(_ends_words(line))


def _ends_words(line: AgreementLine) -> str:
    return _tr("open-ended") if line.open_ended else day(line.ends_on)


def _places(line: AgreementLine) -> Cell:
    if not line.places_out and not line.places_in:
        return Number(NOTHING)
    return Number(f"{number(line.places_out)} · {number(line.places_in)}")


def _notice(line: AgreementLine) -> Cell:
    return Soft(day(line.notice_on))


def _starts(line: AgreementLine) -> Cell:
    return Soft(day(line.starts_on))


def _country(line: AgreementLine) -> Cell:
    return Soft(short_country_name(line.country))


def _programme(line: AgreementLine) -> Cell:
    return Soft(say(short_of("programme", line.programme)) if line.programme else "")


def _partner_code(line: AgreementLine) -> Cell:
    return Soft(line.partner_code)


def _version(line: AgreementLine) -> Cell:
    return Number(_tr("{n} of {of}").format(n=line.n, of=line.versions))


def _responsible(line: AgreementLine) -> Cell:
    return Soft(line.responsible)
