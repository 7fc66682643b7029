"""The list of visits as a model, and visits in words: status, days, meetings, time zones."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.visits import AgendaItem, Visit, VisitLine
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look.cells import Cell, Chip, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import EN_DASH, NOTHING, day, number, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.names import country_name, short_country_name
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import visits

_STATUS: dict[str, tuple[str, Icon]] = {
    "planned": ("neutral", Icon.DRAFT), "confirmed": ("accent", Icon.STARTS_LATER), "held": ("success", Icon.HOLDS),
    "cancelled": ("neutral", Icon.ENDED),
}
_CHIEF = {
    "DE": "Europe/Berlin", "ES": "Europe/Madrid", "PT": "Europe/Lisbon", "CN": "Asia/Shanghai",
    "NZ": "Pacific/Auckland", "MY": "Asia/Kuala_Lumpur", "CL": "America/Santiago",
}


def _tr(source: str) -> str:
    return QCoreApplication.translate("Visits", source)


def visit_columns() -> Sequence[Column]:
    """The columns of the list of visits in their shipped order."""
    return (
        Column("name", _tr("Visit"), _name, 220, "name"),
        Column("dates", _tr("Dates"), _dates, 150, "starts"),
        Column("where", _tr("Where"), _where, 116, "country"),
        Column("status", _tr("Status"), _status, 108, "status"),
        Column("todo", _tr("To do"), _todo, 56, right=True),
        Column("kind", _tr("Kind"), _kind, 130, "kind", shown=False),
        Column("direction", _tr("Direction"), _direction, 84, "direction", shown=False),
        Column("people", _tr("People"), _people, 60, right=True, shown=False),
        Column("responsible", _tr("Responsible"), _responsible, 120, "responsible", shown=False),
        Column("outcomes", _tr("Outcomes"), _outcomes, 90, shown=False),
    )


def visit_listing() -> Listing:
    """Where the list of visits comes from."""
    return Listing("visit", visits.visit_ids, visits.visit_lines, visits.visit_count, visits.visit_hits,
                   visit_sentence)


def visit_sentence(line: VisitLine) -> str:
    """A line as a screen reader says it."""
    to_do = _tr("{n} to do").format(n=number(line.open_followups)) if line.open_followups else ""
    parts = (line.title, line.partners, _days(line), country_name(line.country), status_chip(line.status).word, to_do)
    return ", ".join(part for part in parts if part)


def status_chip(status: str) -> Chip:
    """Where a visit stands."""
    kind, icon = _STATUS.get(status, ("neutral", Icon.DASH))
    return Chip(kind, say(label_of("visit_status", status)), icon)


def way_icon(direction: str) -> Icon:
    """Whether we go there or they come here."""
    return Icon.OUT if direction == "out" else Icon.IN


def days_words(visit: Visit | VisitLine) -> str:
    """The days of a visit; one day is not said twice."""
    if visit.starts_on is not None and visit.starts_on == visit.ends_on:
        return day(visit.starts_on)
    return short_range(visit.starts_on, visit.ends_on) if visit.starts_on or visit.ends_on else ""


def times_words(item: AgendaItem) -> str:
    """ "09:00–10:30", "09:00", or nothing for a meeting without a time."""
    return f"{item.begins}{EN_DASH}{item.ends}" if item.begins and item.ends else item.begins


def zone_name(zone: str) -> str:
    """A time zone by its city: "Tokyo"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def zones_by_country() -> dict[str, tuple[str, ...]]:
    """The time zones of each country, by its code."""
    found: dict[str, list[str]] = {}
    for zone, country in _zone_countries().items():
        found.setdefault(country, []).append(zone)
    return {country: tuple(sorted(zones)) for country, zones in found.items()}


def zone_of(country: str) -> str:
    """The time zone of a country that has one only, or where nearly all of its universities are; else ""."""
    zones = zones_by_country().get(country, ())
    return zones[0] if len(zones) == 1 else _CHIEF.get(country, "")


def zone_countries() -> dict[str, str]:
    """The country of each time zone that people know by a city."""
    return dict(_zone_countries())


@cache
def _zone_countries() -> dict[str, str]:
    from zoneinfo import available_timezones

    from babel.core import get_global

    known = available_timezones()
    return {str(zone): str(country) for zone, country in get_global("zone_territories").items()
            if zone in known and "/" in zone and not zone.startswith(("Etc/", "SystemV/"))}


def day_head(value: date | None) -> str:
    """The head above the meetings of one day."""
    return day(value) if value is not None else _tr("Without a day")


def _name(line: VisitLine) -> Cell:
    return TwoLine(line.title, line.partners)


def _dates(line: VisitLine) -> Cell:
    return Soft(_days(line))


def _days(line: VisitLine) -> str:
    return days_words(line)


def _where(line: VisitLine) -> Cell:
    land = short_country_name(line.country)
    return TwoLine(line.city, land) if line.city and land else Soft(line.city or land)


def _status(line: VisitLine) -> Cell:
    return status_chip(line.status)


def _todo(line: VisitLine) -> Cell:
    return Number(number(line.open_followups) if line.open_followups else NOTHING)


def _kind(line: VisitLine) -> Cell:
    return Soft(say(label_of("visit_kind", line.kind)))


def _direction(line: VisitLine) -> Cell:
    return Soft(say(short_of("direction", line.direction)))


def _people(line: VisitLine) -> Cell:
    return Number(number(line.people) if line.people else NOTHING)


def _responsible(line: VisitLine) -> Cell:
    return Soft(line.responsible)


def _outcomes(line: VisitLine) -> Cell:
    return Soft(_tr("Written down") if line.outcomes else "")
