"""Import of a spreadsheet: read, matched, planned and committed, against csv and executemany into the same tables."""

import csv
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random
from xml.etree import ElementTree
from zipfile import ZipFile

from harness import Bench
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.formats.books import read_book
from partnerdesk.formats.writing import write_table
from partnerdesk.services.importing import import_file
from partnerdesk.services.office import create_file
from partnerdesk.store.driver import connect, keep_journal

HEADER = ("Name", "Country", "City", "Erasmus code", "Website")
STEMS = ("Alder", "Birken", "Cedar", "Dorn", "Elm", "Fels", "Gar", "Holm", "Iser", "Kirch", "Lin", "Mar", "Oster")
COUNTRIES = (("PL", "PL"), ("SE", "S"), ("PT", "P"), ("BE", "B"), ("CZ", "CZ"), ("LT", "LT"), ("ES", "E"))
WHO = "Marta Ilves"
NOTHING = (
    "latitude", "longitude", "charter_from", "charter_to", "founded", "successor_id", "verified_on", "archived_on",
)  # fmt: skip


def measure(bench: Bench) -> None:
    """A list of new partners into an empty office; the control stores them one deed-like unit each."""
    table = bench.folder / "partners.csv"
    write_list(table, bench.size.imported)
    empty = bench.folder / "empty.partnerdesk"
    create_file(empty).close()
    fresh = bench.folder / "import.partnerdesk"
    renew = partial(start_anew, empty, fresh)
    limit = partial(raw_import, table, fresh)
    name = "csv and executemany, same indexes"
    act = f"import {bench.size.imported:,} rows"
    runs = min(bench.size.runs, 3)
    bench.compare(act, partial(import_file, table, fresh), name, limit, goal=3, before=renew, runs=runs)
    few = bench.folder / "few.csv"
    write_list(few, min(bench.size.imported, 500))
    one_by_one = partial(import_one_by_one, few, fresh)
    bench.compare("import row by row", one_by_one, name, partial(raw_import, few, fresh), goal=3, control=True,
                  before=renew, runs=2)  # fmt: skip
    workbooks(bench, table)


def workbooks(bench: Bench, table: Path) -> None:
    """The same list as a workbook: read and written, against calamine and XlsxWriter alone."""
    with table.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    book, bare = bench.folder / "list.xlsx", bench.folder / "bare.xlsx"
    write_table(book, head, rows)
    runs = min(bench.size.runs, 7)
    said = f"a workbook of {len(rows):,} rows"
    bench.compare(f"read {said}", partial(read_book, book), "calamine", partial(read_alone, book), goal=1.3, runs=runs)
    bench.compare(f"write {said}", partial(write_table, book, head, rows), "XlsxWriter",
                  partial(write_alone, bare, head, rows), goal=1.5, runs=runs)  # fmt: skip
    bench.compare("read it by its XML", partial(read_naively, book), "calamine", partial(read_alone, book), goal=1.3,
                  control=True, runs=2)  # fmt: skip


def read_alone(path: Path) -> None:
    """What calamine takes to hand out all cells."""
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def write_alone(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """What XlsxWriter takes when it is handed strings."""
    book = Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate((head, *rows)):
        for index, cell in enumerate(row):
            sheet.write_string(number, index, cell)
    book.close()


def read_naively(path: Path) -> None:
    """The naive way: the sheet's XML as one tree."""
    with ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert [[cell.get("r") for cell in row] for row in tree.iter()]


def start_anew(empty: Path, fresh: Path) -> None:
    """An empty office at `fresh`, without the log of the one before it."""
    for rest in fresh.parent.glob(f"{fresh.name}*"):
        rest.unlink()
    shutil.copy(empty, fresh)


def write_list(path: Path, rows: int) -> None:
    """Partners with names that differ, a country each, and an Erasmus code."""
    chance = Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for n in range(rows):
            country, code = chance.choice(COUNTRIES)
            place = f"{chance.choice(STEMS)}{chance.choice(STEMS).lower()} {n}"
            school = f"{code:<3}{_letters(n)}"
            writer.writerow((f"University of {place}", country, place, school, f"https://p{n}.example.edu"))


def _letters(n: int) -> str:
    """Five letters and two digits, as Erasmus codes end; another one for every number."""
    word = ""
    rest = n // 99
    for _ in range(5):
        word, rest = chr(ord("A") + rest % 26) + word, rest // 26
    return f"{word}{n % 99 + 1:02}"


def raw_import(table: Path, office: Path) -> None:
    """The same rows, codes, history and search text by the driver, nothing matched and nothing judged."""
    connection = connect(office)
    keep_journal(connection)
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    known = [row[1] for row in connection.execute("PRAGMA table_info(institution)")]
    blank = dict.fromkeys(known, "") | dict.fromkeys(NOTHING)
    sql = f"INSERT INTO institution ({', '.join(known)}) VALUES ({', '.join('?' * len(known))})"
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO step (id, at, who, label, label_values, kind, state, reason, rows)"
        " VALUES (1, '2026-03-02', '', 'import', '{}', 'import', 'done', '', 0)"
    )
    records = (
        blank | {"id": n, "uid": f"i{n}", "version": 1, "name": row[0], "country": row[1], "city": row[2],
                 "website": row[4], "is_home": 0, "status": "active", "hemisphere": "n", "tags": "[]"}
        for n, row in enumerate(rows, 1)
    )  # fmt: skip
    connection.executemany(sql, (tuple(record[name] for name in known) for record in records))
    connection.executemany(
        "INSERT INTO institution_identifier (uid, version, institution_id, scheme, value, preferred)"
        " VALUES (?, 1, ?, 'erasmus', ?, 0)", ((f"c{n}", n, row[3]) for n, row in enumerate(rows, 1)),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO history (step_id, entity, row_id, root, root_id, after)"
        " VALUES (1, 'institution', ?, 'partner', ?, ?)", ((n, n, str(row)) for n, row in enumerate(rows, 1)),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO search_partner (rowid, body) VALUES (?, ?)",
        ((n, " ".join(row).lower()) for n, row in enumerate(rows, 1)),
    )
    connection.execute("COMMIT")
    connection.close()


def import_one_by_one(table: Path, path: Path) -> None:
    """The naive way: a transaction for every row."""
    from partnerdesk.services.office import open_file

    office = open_file(path)
    with table.open(newline="", encoding="utf-8") as file:
        for row in list(csv.reader(file))[1:]:
            with office.write(text("naive"), WHO) as unit:
                unit.add(Institution(name=row[0], country=row[1], city=row[2], website=row[4]))
    office.close()
