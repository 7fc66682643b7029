"""The list of people as a model: its columns and what each shows of a line."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import clock
from partnerdesk.domain.people import PersonLine
from partnerdesk.domain.people_rules import age_on
from partnerdesk.domain.phases import PHASES
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look.cells import Cell, Number, Soft, TwoLine
from partnerdesk.look.words import NOTHING, day, number, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.names import short_country_name
from partnerdesk.models.phases import phase_cell, phase_chip
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import people


def _tr(source: str) -> str:
    return QCoreApplication.translate("People", source)


def person_columns() -> Sequence[Column]:
    """The columns of the list of people in their shipped order."""
    return (
        Column("name", _tr("Person"), _name, 188, "name"),
        Column("kind", _tr("Kind"), _kind, 66, "kind"),
        Column("at", _tr("Home institution"), _at, 150, "at"),
        Column("partner", _tr("Last stay at"), _partner, 156, "partner"),
        Column("phase", _tr("Phase"), _phase, 128, "phase"),
        Column("stays", _tr("Stays"), _stays, 52, "stays", right=True, shown=False),
        Column("dates", _tr("Dates of the last stay"), _dates, 168, "starts", shown=False),
        Column("local_id", _tr("Our number"), _local, 90, "local_id", shown=False),
        Column("email", _tr("E-mail"), _email, 190, "email", shown=False),
        Column("phone", _tr("Phone"), _phone, 110, shown=False),
        Column("birth", _tr("Date of birth"), _birth, 96, "birth", shown=False),
        Column("age", _tr("Age"), _age, 44, right=True, shown=False),
        Column("citizenships", _tr("Citizenships"), _citizenships, 120, shown=False),
        Column("programme", _tr("Degree programme"), _programme, 160, shown=False),
        Column("level", _tr("Level"), _level, 90, shown=False),
        Column("field", _tr("Field"), _field, 60, shown=False),
        Column("function", _tr("Function"), _function, 120, "function", shown=False),
        Column("tags", _tr("Tags"), _tags, 110, shown=False),
        Column("retention", _tr("Keep until"), _retention, 96, "retention", shown=False),
    )


def person_listing() -> Listing:
    """Where the list of people comes from."""
    return Listing("person", people.person_ids, people.person_lines, people.person_count, people.person_hits,
                   person_sentence)


def person_sentence(line: PersonLine) -> str:
    """A line as a screen reader says it."""
    phase = phase_chip(PHASES[line.phase]).word if line.phase is not None else ""
    parts = (shown_name(line), kind_words(line), line.at, line.partner, phase)
    return ", ".join(part for part in parts if part)


def shown_name(line: PersonLine) -> str:
    """The name in a list; one who was anonymised has none."""
    return line.listed_name or _tr("Anonymised person")


def second_line(line: PersonLine) -> str:
    """What stands under the name: original script, our number, e-mail."""
    original = line.name_original if line.name_original != line.listed_name else ""
    return " · ".join(part for part in (original, line.local_id, line.email) if part)


def kind_words(line: PersonLine) -> str:
    """What a person is."""
    return say(label_of("person_kind", line.kind))


def _name(line: PersonLine) -> Cell:
    return TwoLine(shown_name(line), second_line(line))


def _kind(line: PersonLine) -> Cell:
    return Soft(kind_words(line))


def _at(line: PersonLine) -> Cell:
    return TwoLine(line.at, line.programme_title) if line.at and line.programme_title else Soft(
        line.at or line.programme_title)


def _partner(line: PersonLine) -> Cell:
    if not line.partner:
        return Soft(_direction(line))
    second = " · ".join(p for p in (_direction(line), short_country_name(line.country)) if p)
    return TwoLine(line.partner, second)


def _direction(line: PersonLine) -> str:
    return say(short_of("direction", line.direction)) if line.direction else ""


def _phase(line: PersonLine) -> Cell:
    return phase_cell(line.phase)


def _stays(line: PersonLine) -> Cell:
    return Number(number(line.stays) if line.stays else NOTHING)


def _dates(line: PersonLine) -> Cell:
    return Soft(short_range(line.starts_on, line.ends_on) if line.starts_on or line.ends_on else "")


def _local(line: PersonLine) -> Cell:
    return Soft(line.local_id)


def _email(line: PersonLine) -> Cell:
    return Soft(line.email)


def _phone(line: PersonLine) -> Cell:
    return Soft(line.phone)


def _birth(line: PersonLine) -> Cell:
    return Soft(day(line.birth_date))


def _age(line: PersonLine) -> Cell:
    return Number(number(age_on(line.birth_date, clock.today())) if line.birth_date else NOTHING)


def _citizenships(line: PersonLine) -> Cell:
    return Soft(", ".join(short_country_name(code) for code in line.citizenships))


def _programme(line: PersonLine) -> Cell:
    return Soft(line.programme_title)


def _level(line: PersonLine) -> Cell:
    return Soft(say(short_of("level", line.level)) if line.level else "")


def _field(line: PersonLine) -> Cell:
    return Soft(line.field)


def _function(line: PersonLine) -> Cell:
    return Soft(line.function)


def _tags(line: PersonLine) -> Cell:
    return Soft(", ".join(line.tags))


def _retention(line: PersonLine) -> Cell:
    return Soft(day(line.retention_due))
