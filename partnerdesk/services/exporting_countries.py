"""Writes the numbers of every country and territory to a spreadsheet: one row each, one column a measure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.countries import country
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.services.countries import country_table
from partnerdesk.services.exporting import Table, write_tables
from partnerdesk.services.wording import Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_HEAD = (
    QT_TRANSLATE_NOOP("PartnerDesk", "Code"), QT_TRANSLATE_NOOP("PartnerDesk", "Country"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Region"), QT_TRANSLATE_NOOP("PartnerDesk", "Subregion"),
)


def countries_table(reader: Reader, year: int | None = None, language: str = "en") -> Table:
    """Every code of ISO 3166-1 and XK with every measure, in an academic year or (None) in all; what has no country
    stands in a last row where there is any.
    """
    table, voice = country_table(reader), Voice(language)
    rows: list[list[Any]] = []
    for code in table.codes:
        known = country(code)
        where = [str(Text(known.region_label)), str(Text(known.subregion_label))] if known is not None else ["", ""]
        rows.append([code, voice.country(code) if code else "", *where,
                     *(table.number(one.key, code, year) for one in table.measures)])
    return Table("Countries", (*(str(Text(one)) for one in _HEAD), *(one.title for one in table.measures)), rows)


def export_countries(office_path: Path, to_path: Path, year: int | None = None, language: str = "en") -> int:
    """Write `countries_table` of an office to a .csv, .xlsx or .json file; the number of rows.

    Raises BadFile, EnvironmentTrouble, Refused.
    """
    from partnerdesk.services.office import open_file

    office = open_file(office_path, read_only=True)
    try:
        with office.read() as reader:
            table = countries_table(reader, year, language)
    finally:
        office.close()
    write_tables(to_path, [table])
    return len(table.rows)
