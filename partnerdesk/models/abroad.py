"""Who is away on a day as a list: its columns and what each shows of a person."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.abroad import AbroadLine
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Cell, Soft, TwoLine
from partnerdesk.look.words import NOTHING, day, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.names import short_country_name
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import abroad


def _tr(source: str) -> str:
    return QCoreApplication.translate("Abroad", source)


def abroad_columns() -> Sequence[Column]:
    """The columns in their order."""
    return (
        Column("country", _tr("Country"), _country, 92, "country"),
        Column("name", _tr("Name"), _name, 136, "name"),
        Column("partner", _tr("Partner"), _partner, 150, "partner"),
        Column("reach", _tr("Phone and e-mail"), _reach, 168),
        Column("call", _tr("In an emergency"), _call, 140),
        Column("days", _tr("From and until"), _days, 122, "ends"),
    )


def copied_columns() -> Sequence[Column]:
    """The same for a spreadsheet: a column for each thing."""
    def plainly(key: str, title: str, words: Callable[[AbroadLine], str]) -> Column:
        return Column(key, title, words, 0)

    return (
        plainly("country", _tr("Country"), lambda line: short_country_name(line.country)),
        plainly("name", _tr("Name"), lambda line: line.name),
        plainly("kind", _tr("Kind"), lambda line: say(label_of("person_kind", line.kind))),
        plainly("partner", _tr("Partner"), lambda line: line.partner),
        plainly("city", _tr("City"), lambda line: line.city),
        plainly("phone", _tr("Phone"), lambda line: line.phone),
        plainly("email", _tr("E-mail"), lambda line: line.email),
        plainly("call_name", _tr("In an emergency"), _called),
        plainly("call_phone", _tr("Phone in an emergency"), lambda line: line.call_phone),
        plainly("from", _tr("From"), lambda line: line.starts_on.isoformat() if line.starts_on else ""),
        plainly("until", _tr("Until"), lambda line: line.ends_on.isoformat() if line.ends_on else ""),
    )


def abroad_listing() -> Listing:
    """Where the list comes from."""
    return Listing("stay", abroad.abroad_ids, abroad.abroad_lines, abroad.abroad_count, abroad.abroad_hits,
                   abroad_sentence)


def abroad_sentence(line: AbroadLine) -> str:
    """A person as a screen reader says it."""
    call = " ".join(part for part in (line.call_name, line.call_phone) if part)
    parts = (_full_name(line), short_country_name(line.country), line.partner, line.city, line.phone, line.email,
             _tr("in an emergency {whom}").format(whom=call) if call else "",
             short_range(line.starts_on, line.ends_on), "" if line.arrived else _tr("not arrived yet"))
    return ", ".join(part for part in parts if part and part != NOTHING)


def _full_name(line: AbroadLine) -> str:
    return " ".join(part for part in (line.name, line.name_original) if part) or NOTHING


def _country(line: AbroadLine) -> Cell:
    return Soft(short_country_name(line.country) or NOTHING)


def _name(line: AbroadLine) -> Cell:
    kind = say(label_of("person_kind", line.kind))
    return TwoLine(_full_name(line), kind if line.arrived else f"{kind} · {_tr('not arrived yet')}")


def _partner(line: AbroadLine) -> Cell:
    return TwoLine(line.partner or NOTHING, line.city)


def _reach(line: AbroadLine) -> Cell:
    return TwoLine(line.phone or line.email or NOTHING, line.email if line.phone else "")


def _called(line: AbroadLine) -> str:
    return f"{line.call_name} ({line.call_relation})" if line.call_relation else line.call_name


def _call(line: AbroadLine) -> Cell:
    if not line.call_name and not line.call_phone:
        return Soft(_tr("nobody entered"))
    return TwoLine(line.call_phone or _called(line), _called(line) if line.call_phone else "")


def _days(line: AbroadLine) -> Cell:
    return TwoLine(day(line.starts_on), _tr("until {day}").format(day=day(line.ends_on)))
