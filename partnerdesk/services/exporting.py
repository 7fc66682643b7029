"""Writes the lists of an office to spreadsheets that can be worked with, and brought in again without change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.countries import country_name
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import OrgUnit
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.query import parse
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import listing
from partnerdesk.services.exporting_people import person_columns, person_rows
from partnerdesk.services.exporting_projects import project_rows, project_sheets
from partnerdesk.services.exporting_rows import (
    AgreementRow,
    Column,
    ConditionRow,
    PartnerRow,
    agreement_columns,
    cells,
    condition_columns,
    partner_columns,
    rows_of,
    unit_names,
)
from partnerdesk.services.exporting_stays import stay_columns, stay_rows
from partnerdesk.services.importing_stored import StoredAgreement, stored_partners
from partnerdesk.services.people import person_ids
from partnerdesk.services.projects import project_ids
from partnerdesk.services.stays import stay_ids

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

What = Literal["partners", "agreements", "people", "stays", "projects"]
Progress = Callable[[int, int, Text], None]

KEYS: dict[str, tuple[str, ...]] = {
    "partners": ("country", "city", "status", "tier", "stage", "responsible", "forms", "tag", "state", "ends",
                 "covered", "archived", "contact", "review"),
    "agreements": ("country", "type", "programme", "state", "archived", "ends", "starts", "notice", "responsible",
                   "tier", "direction", "activity", "field", "partner"),
    "people": ("kind", "citizenship", "tag", "level", "field", "at", "home", "partner", "country", "direction", "phase",
               "year", "abroad", "programme", "activity", "missing", "cohort", "stay", "minor", "guardian", "emergency",
               "support", "archived", "retention", "email"),
    "stays": ("country", "direction", "phase", "year", "starts", "ends", "abroad", "missing", "late", "due", "partner",
              "cohort", "person", "kind", "programme", "activity", "attribute", "term", "sending", "receiving",
              "agreement", "condition", "tag", "archived"),
    "projects": ("status", "kind", "programme", "role", "responsible", "health", "running", "late", "quiet", "next",
                 "starts", "ends", "review", "partner", "country", "lead", "partnership", "field", "tag", "template",
                 "archived"),
}  # fmt: skip
"""What a search line can filter each list by."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet ready to be written."""

    title: str
    columns: tuple[str, ...]
    rows: list[list[Any]]


def export_list(
    what: str, office_path: Path, to_path: Path, filter_line: str = "", language: str = "en"
) -> int:
    """Write a list of an office to a .csv, .xlsx or .json file; the number of records written.

    Raises BadFile, EnvironmentTrouble, Refused.
    """
    from partnerdesk.services.office import open_file

    query = parse(filter_line, KEYS[what]).listing()
    office = open_file(office_path, read_only=True)
    try:
        with office.read() as reader:
            return export_query(reader, what, query, to_path, language)
    finally:
        office.close()


def export_job(what: str, query: ListQuery, path: Path, language: str = "en") -> Callable[[Any, Progress], int]:
    """What the desk runs beside its lane to export the list on the screen; it can be cancelled until it writes."""

    def run(office: Any, progress: Progress) -> int:
        with office.read() as reader:
            return export_query(reader, what, query, path, language, progress)

    return run


def export_query(
    reader: Reader, what: str, query: ListQuery, path: Path, language: str = "en", progress: Progress | None = None
) -> int:
    """Write the records that a query finds, in its order; the number of records."""
    ids = _IDS[what](reader, query)
    tables = tables_of(reader, what, ids, language, progress)
    write_tables(path, tables)
    return len(ids)


def tables_of(
    reader: Reader, what: str, ids: Sequence[int], language: str = "en", progress: Progress | None = None
) -> list[Table]:
    """The sheets that tell these records: the list itself, and the conditions of agreements."""
    country = _countries(language)
    if what == "partners":
        partners = _partner_rows(reader, ids, progress)
        return [_table("Partners", partner_columns(partners, country), partners)]
    if what == "people":
        people = [row for some in _parts(ids, progress) for row in person_rows(reader, some)]
        return [_table("People", person_columns(country), people)]
    if what == "stays":
        stays = [row for some in _parts(ids, progress) for row in stay_rows(reader, some)]
        return [_table("Stays", stay_columns(country), stays)]
    if what == "projects":
        projects = [row for some in _parts(ids, progress) for row in project_rows(reader, some)]
        return [_table(*sheet) for sheet in project_sheets(projects, country)]
    agreements = _agreement_rows(reader, ids, progress)
    rows = [row for agreement in agreements for row in rows_of(agreement)]
    return [
        _table("Agreements", agreement_columns(rows, country), rows),
        _table("Conditions", condition_columns(), _condition_rows(reader, agreements)),
    ]


_IDS: dict[str, Callable[[Reader, ListQuery], list[int]]] = {
    "partners": listing.partner_ids, "agreements": listing.agreement_ids, "people": person_ids,
    "stays": stay_ids, "projects": project_ids}


def write_tables(path: Path, tables: Sequence[Table]) -> None:
    """Write sheets to a file; a format of one table gets the first. Raises Refused, EnvironmentTrouble."""
    from partnerdesk.formats.writing import Page, write_pages

    write_pages(path, [Page(table.title, table.columns, table.rows) for table in tables])


def write_rows(path: Path, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Write any one table, such as the findings on the quality page; the number of rows."""
    write_tables(path, [Table(title, tuple(columns), [list(row) for row in rows])])
    return len(rows)


def _table(title: str, columns: Sequence[Column], rows: Sequence[Any]) -> Table:
    return Table(title, tuple(c.title for c in columns), [cells(columns, row) for row in rows])


def _partner_rows(reader: Reader, ids: Sequence[int], progress: Progress | None) -> list[PartnerRow]:
    rows: list[PartnerRow] = []
    for some in _parts(ids, progress):
        stored, lines = stored_partners(reader, some), listing.partner_lines(reader, some)
        rows += [PartnerRow(stored[i], lines[i]) for i in some]
    return rows


def _agreement_rows(reader: Reader, ids: Sequence[int], progress: Progress | None) -> list[AgreementRow]:
    rows: list[AgreementRow] = []
    for some in _parts(ids, progress):
        lines = listing.agreement_lines(reader, some)
        partners = stored_partners(reader, dict.fromkeys(line.partner_id for line in lines.values()))
        found: dict[int, StoredAgreement] = {
            one.agreement.id: one for partner in partners.values() for one in partner.agreements}
        rows += [AgreementRow(partners[lines[i].partner_id], found[i], lines[i]) for i in some if i in found]
    return rows


def _condition_rows(reader: Reader, agreements: Sequence[AgreementRow]) -> list[ConditionRow]:
    every: list[tuple[AgreementRow, Condition]] = [(row, c) for row in agreements for c in row.stored.conditions]
    wanted = {unit for _, c in every for unit in (c.own_unit_id, c.partner_unit_id) if unit is not None}
    units = {i: unit.name for i, unit in reader.many(OrgUnit, wanted).items()}
    return [ConditionRow(row, condition, *unit_names(units, condition)) for row, condition in every]


def _parts(ids: Sequence[int], progress: Progress | None) -> Sequence[Sequence[int]]:
    parts = [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
    return parts if progress is None else _Told(parts, len(ids), progress)


class _Told(list[Sequence[int]]):
    """Parts of a list that tell how far the reading has come."""

    def __init__(self, parts: Sequence[Sequence[int]], total: int, progress: Progress) -> None:
        super().__init__(parts)
        self._total, self._progress = total, progress

    def __iter__(self) -> Any:
        done = 0
        for part in super().__iter__():
            self._progress(done, self._total, Text(QT_TRANSLATE_NOOP("PartnerDesk", "Reading the list")))
            yield part
            done += len(part)


def _countries(language: str) -> Callable[[str], str]:
    code = language.replace("_", "-").split("-")[0].casefold()
    if code in ("", "en"):
        return country_name
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(code).territories
    except (UnknownLocaleError, ValueError) as error:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "There are no country names in {language}.")
        raise Refused(Problem("F02", "block", "language", text(sentence, language=language))) from error
    return lambda country: names.get(country) or country_name(country)
