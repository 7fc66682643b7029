"""Writes the lists that are no lists of records to spreadsheets: cohorts with their members, balances with partners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.countries import country_name
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.domain.years import AcademicYear
from partnerdesk.services.balance import standings
from partnerdesk.services.exporting import Table, write_tables
from partnerdesk.services.sheet_people import members_of
from partnerdesk.services.stay_file import phase_now

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_COHORTS = (
    QT_TRANSLATE_NOOP("PartnerDesk", "Cohort"), QT_TRANSLATE_NOOP("PartnerDesk", "Kind"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Academic year"), QT_TRANSLATE_NOOP("PartnerDesk", "From"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Until"), QT_TRANSLATE_NOOP("PartnerDesk", "Capacity"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Members"), QT_TRANSLATE_NOOP("PartnerDesk", "Record ID"),
)
_MEMBERS = (
    QT_TRANSLATE_NOOP("PartnerDesk", "Cohort"), QT_TRANSLATE_NOOP("PartnerDesk", "Number"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Family name"), QT_TRANSLATE_NOOP("PartnerDesk", "Given names"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Direction"), QT_TRANSLATE_NOOP("PartnerDesk", "Partner"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Country"), QT_TRANSLATE_NOOP("PartnerDesk", "From"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Until"), QT_TRANSLATE_NOOP("PartnerDesk", "Phase"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Documents in"), QT_TRANSLATE_NOOP("PartnerDesk", "Documents wanted"),
)
_BALANCES = (
    QT_TRANSLATE_NOOP("PartnerDesk", "Partner"), QT_TRANSLATE_NOOP("PartnerDesk", "Country"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Partnership"), QT_TRANSLATE_NOOP("PartnerDesk", "Counted in"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Opening balance"), QT_TRANSLATE_NOOP("PartnerDesk", "Sent"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Received"), QT_TRANSLATE_NOOP("PartnerDesk", "Balance"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Planned out"), QT_TRANSLATE_NOOP("PartnerDesk", "Planned in"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Forecast"),
)


def cohort_tables(reader: Reader) -> list[Table]:
    """The cohorts, and on a second sheet their members."""
    cohorts, members = [], []
    for cohort in reader.find(Cohort, "title"):
        if cohort.deleted_at:
            continue
        about = members_of(reader, cohort.id)
        year = str(AcademicYear(cohort.year)) if cohort.year is not None else ""
        cohorts.append([cohort.title, str(label_of("cohort_kind", cohort.kind)), year, cohort.starts_on,
                        cohort.ends_on, cohort.capacity, len(about.stays), cohort.uid])
        for stay in about.stays:
            person, out = about.people[stay.person_id], stay.direction == "out"
            partner = about.institutions.get((stay.receiving_id if out else stay.sending_id) or 0)
            done, wanted = about.papers.done(stay.id)
            members.append([
                cohort.title, person.local_id, person.family_name, person.given_names,
                str(label_of("direction", stay.direction)), partner.name if partner else "",
                country_name(partner.country) if partner else "", stay.actual_from or stay.planned_from,
                stay.actual_to or stay.planned_to, str(label_of("phase", str(phase_now(stay)))), done, wanted])
    return [_table("Cohorts", _COHORTS, cohorts), _table("Members", _MEMBERS, members)]


def balance_tables(reader: Reader) -> list[Table]:
    """How every partnership stands, the largest imbalance first."""
    rows = [[one.partner, country_name(one.country), one.title, str(label_of("balance_unit", one.unit)), one.opening,
             one.sent, one.received, one.balance, one.planned_sent, one.planned_received, one.forecast]
            for one in standings(reader)]
    return [_table("Balances", _BALANCES, rows)]


TABLES: dict[str, Callable[[Reader], list[Table]]] = {"cohorts": cohort_tables, "balance": balance_tables}


def export_tables(what: str, office_path: Path, to_path: Path) -> int:
    """Write one of `TABLES` of an office to a .csv, .xlsx or .json file; the number of rows of its first sheet.

    Raises BadFile, EnvironmentTrouble, Refused.
    """
    from partnerdesk.services.office import open_file

    office = open_file(office_path, read_only=True)
    try:
        with office.read() as reader:
            tables = TABLES[what](reader)
    finally:
        office.close()
    write_tables(to_path, tables)
    return len(tables[0].rows)


def _table(title: str, columns: Sequence[str], rows: list[list[Any]]) -> Table:
    return Table(title, tuple(str(Text(one)) for one in columns), rows)
