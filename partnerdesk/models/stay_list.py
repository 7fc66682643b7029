"""The list of stays as a model: its columns and what each shows of a line."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import clock
from partnerdesk.domain.lines import StayLine
from partnerdesk.domain.phases import PATH, Phase
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import Cell, Figures, Number, Soft, TwoLine
from partnerdesk.look.words import NOTHING, day, day_range, number, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.names import short_country_name
from partnerdesk.models.phases import phase_chip
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import stays


def _tr(source: str) -> str:
    return QCoreApplication.translate("Stays", source)


def stay_columns() -> Sequence[Column]:
    """The columns of the list of stays in their shipped order."""
    return (
        Column("name", _tr("Person"), _name, 126, "name"),
        Column("partner", _tr("Partner"), _partner, 128, "partner", grows=True),
        Column("phase", _tr("Phase"), _phase, 110, "phase"),
        Column("starts", _tr("Dates"), _dates, 184, "starts"),
        Column("documents", _tr("Documents"), _documents, 104, "missing", right=True),
        Column("direction", _tr("Direction"), _direction, 74, "direction", shown=False),
        Column("country", _tr("Country"), _country, 90, "country", shown=False),
        Column("year", _tr("Year"), _year, 92, "year", shown=False),
        Column("term", _tr("Term"), _term, 136, "term", shown=False),
        Column("programme", _tr("Programme"), _programme, 150, "programme", shown=False),
        Column("activity", _tr("Activity"), _activity, 130, "activity", shown=False),
        Column("kind", _tr("Kind"), _kind, 66, "kind", shown=False),
        Column("months", _tr("Months"), _months, 62, "months", right=True, shown=False),
        Column("ends", _tr("Ends"), _ends, 96, "ends", shown=False),
        Column("due", _tr("Next document due"), _due, 110, "due", shown=False),
        Column("sending", _tr("Sending side"), _sending, 100, shown=False),
        Column("receiving", _tr("Receiving side"), _receiving, 100, shown=False),
    )


def stay_listing() -> Listing:
    """Where the list of stays comes from."""
    return Listing("stay", stays.stay_ids, stays.stay_lines, stays.stay_count, stays.stay_hits, stay_sentence)


def stay_sentence(line: StayLine) -> str:
    """A line as a screen reader says it."""
    dates = day_range(line.starts_on, line.ends_on) if line.starts_on or line.ends_on else ""
    parts = (line.name, _direction_words(line), line.partner, phase_chip(line.phase).word, dates,
             papers_words(line))
    return ", ".join(part for part in parts if part and part != NOTHING)


def papers_words(line: StayLine) -> str:
    """How the documents of a stay stand: "2 missing", "5 of 6"."""
    if line.documents_missing:
        return _tr("{n} missing").format(n=number(line.documents_missing))
    if not line.documents:
        return NOTHING
    return _tr("{n} of {all}").format(n=number(line.documents_done), all=number(line.documents))


def _name(line: StayLine) -> Cell:
    original = line.name_original if line.name_original != line.name else ""
    return TwoLine(line.name or _tr("Anonymised person"), original or _kind_words(line))


def _partner(line: StayLine) -> Cell:
    second = " · ".join(p for p in (_direction_words(line), short_country_name(line.country)) if p)
    return TwoLine(line.partner or NOTHING, second)


def _phase(line: StayLine) -> Cell:
    return phase_chip(line.phase)


def _dates(line: StayLine) -> Cell:
    year = AcademicYear(line.year, line.southern).short if line.year is not None else ""
    second = " · ".join(part for part in (_term_words(line), year) if part)
    return TwoLine(short_range(line.starts_on, line.ends_on), second)


def _documents(line: StayLine) -> Cell:
    late = line.next_due is not None and line.next_due < clock.today() and line.phase in _UNDER_WAY
    words = papers_words(line)
    return Figures(words, _tr("late"), "danger") if late and line.documents_missing else Number(words)


_UNDER_WAY = frozenset(str(phase) for phase in PATH if phase != Phase.CLOSED)


def _direction(line: StayLine) -> Cell:
    return Soft(_direction_words(line))


def _direction_words(line: StayLine) -> str:
    return say(short_of("direction", line.direction))


def _country(line: StayLine) -> Cell:
    return Soft(short_country_name(line.country))


def _year(line: StayLine) -> Cell:
    return Soft(_year_words(line))


def _year_words(line: StayLine) -> str:
    return str(AcademicYear(line.year, line.southern)) if line.year is not None else ""


def _term(line: StayLine) -> Cell:
    return Soft(_term_words(line))


def _term_words(line: StayLine) -> str:
    return say(label_of("term", line.term)) if line.term else ""


def _programme(line: StayLine) -> Cell:
    return Soft(say(short_of("programme", line.programme)) if line.programme else "")


def _activity(line: StayLine) -> Cell:
    return Soft(say(short_of("activity", line.activity)))


def _kind(line: StayLine) -> Cell:
    return Soft(_kind_words(line))


def _kind_words(line: StayLine) -> str:
    return say(label_of("person_kind", line.kind))


def _months(line: StayLine) -> Cell:
    return Number(number(line.months, 1) if line.months else NOTHING)


def _ends(line: StayLine) -> Cell:
    return Soft(day(line.ends_on))


def _due(line: StayLine) -> Cell:
    return Soft(day(line.next_due))


def _sending(line: StayLine) -> Cell:
    return Soft(say(label_of("sending_status", line.sending_status)))


def _receiving(line: StayLine) -> Cell:
    return Soft(say(label_of("receiving_status", line.receiving_status)))
