"""Spreadsheets as offices write them, made here: each row is accounted for, twice the same, undone whole."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.partners import Institution
from partnerdesk.services.importing import import_file
from partnerdesk.services.journal import undo_deed, undo_state
from partnerdesk.services.office import do, open_file

POLISH = (
    "Lp.;Uczelnia partnerska;Kraj;Kod Erasmus;Liczba wyjazdów;Liczba przyjazdów;Wydział;Ważna od;Ważna do\n"
    "1;Universidade de Évora;Portugalia;P EVORA01;2;2;Wydział Prawa;01.10.2022;30.09.2027\n"
    "2;Uniwersytet Łódzki;Polska;PL LODZ01;1;1;Wydział Chemii;2022/2023;2026/2027\nRazem;;;;3;3;;;\n"
)
WRITTEN: dict[str, tuple[str, str, int, int]] = {
    "titled.csv": (
        "Partnerhochschulen;;;;\n;;;;\nStand: 1.3.2026;;;;\nHochschule;Land;Erasmus-Code;Plätze;Laufzeit\n"
        "Universität Graz;Österreich;A  GRAZ01;2 x 5 Monate;2023-2027\n;;;;\n"
        "University of Oxford;Vereinigtes Königreich;uk  oxford01;2/10;2023/24 - 2026/27\nSumme;;;4;\n",
        "utf-8", 2, 1,
    ),
    "terms.csv": (
        "Partner;Land;Plätze;Gültig ab;Gültig bis\nUniversität Wien;Österreich;3;WS 2023/24;SS 2027\n", "cp1252", 1, 0,
    ),
    "french.csv": (
        "Établissement;Pays;Étudiants sortants;Étudiants entrants;Double diplôme;Date de signature;Fin de validité\n"
        "Université de Liège;Belgique;2;3;oui;12/03/2022;31/08/2027\nHaute École;Suisse;1;1;non;3 mars 2022;août 2027",
        "iso8859-15", 2, 0,
    ),
    "spanish.csv": (
        "UNIVERSIDAD;PAÍS;CÓDIGO;PLAZAS;MESES;ÁREA;NIVEL;IDIOMA;VIGENCIA\n"
        "Università di Bologna;Italia;I  BOLOGNA01;2;9;0421 Derecho;Grado y Máster;Italiano B1;2022-2027\n"
        'Universidade de Évora;Portugal;P EVORA01;1;10;"0111; 0112";Grado;Portugués B1;indefinida\n',
        "cp1252", 2, 0,
    ),
    "polish.csv": (POLISH, "cp1250", 2, 1),
    "polish_iso.csv": (POLISH, "iso8859-2", 2, 1),
    "american.csv": (
        "Partner Institution,Country,Type,Start Date,End Date,Slots\r\n"
        "University of Sydney,Australia,Student Exchange,9/1/2022,8/31/2027,2\r\n"
        '"National University of Singapore, NUS",Singapore,MOU,3/15/2022,12/31/2027,\r\n',
        "ascii", 2, 0,
    ),
    "mac.csv": ("Name,Country\rUniversity of Lyon,France\rUniversity of Nantes,France\r", "ascii", 2, 0),
    "mixed.csv": ("Name,Country\r\nUniversity of Lyon,France\nUniversity of Nantes,France\r", "ascii", 2, 0),
    "wide.csv": ("Name\tCountry\nUniversité de Liège\tBelgium\n", "utf-16", 1, 0),
    "wide_unmarked.csv": ("Name\tCountry\nUniversité de Liège\tBelgium\n", "utf-16-le", 1, 0),
    "quoted.csv": ('Name;Country;Remark\n"Lyon; Faculty of Law";France;"two\nlines; here"\n', "ascii", 1, 0),
    "double_names.csv": ("Name;Country;Name;Remark;Remark\nUniversity of Lyon;France;Lyon I;a;b\n", "ascii", 1, 0),
    "two_heads.csv": (
        "Partner;;Plätze;;Gültigkeit;\nName;Land;Outgoing;Incoming;von;bis\n"
        "Universität Graz;AT;2;3;1.9.2022;31.8.2027\nUniversität Linz;AT;1;1;1.9.2022;31.8.2027\n", "utf-8", 2, 0,
    ),
    "several.csv": (
        "Agreement number;Partner;Country;Erasmus code\nA1;University of Lyon / University of Nantes;France;"
        "F LYON01 / F NANTES01\nA2;University of Lille;France;F LILLE01\n", "ascii", 1, 1,
    ),
    "isced.csv": (
        "Institution;Country;ISCED;Places\nUniversity of Lyon;France;06.1;2\nUniversity of Nantes;France;061;2\n"
        "University of Lille;France;Law;2\nUniversity of Nice;France;613 - Software;2\n", "ascii", 4, 0,
    ),
    "berlin.csv": (
        "University,Erasmus Code,Places\nHumboldt,D  BERLIN13,2\nFreie Universitaet,d berlin01,2\n"
        "TU Berlin,D-BERLIN02,1\nUniversität der Künste,DBERLIN03,1\n", "utf-8", 4, 0,
    ),
    "totals.csv": (
        "University;Country;Places\nUniversity of Lyon;France;2\nTotal;;2\nTotal: 1 partner;;\nGrand total;;2\n"
        "Gesamtsumme;;2\nSuma:;;2\n", "ascii", 1, 5,
    ),
    "by_country.csv": (
        "University;City;Places\nFRANCE;;\nUniversity of Lyon;Lyon;2\nAUSTRIA;;\nUniversity of Graz;Graz;1\n",
        "ascii", 2, 2,
    ),
    "ranges.csv": (
        "University;Country;Places\nUniversity of Lyon;France;up to 3\nUniversity of Nantes;France;3-4\n"
        "University of Lille;France;n/a\nUniversity of Brest;France;unlimited\n", "ascii", 4, 0,
    ),
    "serial.csv": ("Institution;Country;End date\nTrinity College;Ireland;46630\n", "ascii", 1, 0),
    "wrapped.json": (
        json.dumps({"meta": {"n": 1}, "data": {"partners": [{"name": "University of Lyon", "country": "FR"}]}}),
        "utf-8", 1, 0,
    ),
    "rows.json": (json.dumps([["name", "country"], ["University of Lyon", "FR"]]), "utf-8-sig", 1, 0),
    "nested.json": (
        json.dumps([{"name": "Lyon", "country": "FR", "contact": {"email": "a@example.edu"}, "codes": ["F LYON01"]}]),
        "utf-8", 1, 0,
    ),
    "lines.jsonl": (
        '{"name": "University of Lyon", "country": "FR"}\n\n{"name": "University of Nantes", "country": "FR"}\n',
        "utf-8", 2, 0,
    ),
    "alone.json": ('{"name": "University of Lyon", "country": "FR"}', "utf-8", 1, 0),
}  # fmt: skip


def hold(file: Path, office: Path, partners: int, rejected: int) -> None:
    """Import twice and undo: sums equal the rows, nothing changes the second time, nothing is left."""
    result = import_file(file, office)
    seen = Counter(row.outcome for row in result.plan.rows)
    assert result.as_json()["kinds"]["partners"]["new"] == partners
    assert seen[Outcome.REJECTED] == rejected
    assert all(str(row.reason) for row in result.plan.rows if row.outcome is Outcome.REJECTED)
    assert sum(seen.values()) == len(result.plan.rows) == partners + rejected
    again = import_file(file, office, dry_run=True).as_json()
    assert (again["new"], again["changed"], again["duplicates"]) == (0, 0, 0)
    opened = open_file(office)
    with opened.read() as reader:
        assert reader.find(Institution, is_home=False)
        step = undo_state(reader).undo
    assert step is not None
    do(opened, undo_deed(step), "Marta Ilves")
    with opened.read() as reader:
        assert not reader.find(Institution, is_home=False)
    opened.close()


@pytest.mark.parametrize("name", WRITTEN)
def test_that_every_row_of_a_list_is_accounted_for(tmp_path: Path, name: str) -> None:
    written, encoding, partners, rejected = WRITTEN[name]
    file = tmp_path / name
    file.write_bytes(written.encode(encoding))
    hold(file, tmp_path / "new.partnerdesk", partners, rejected)


def merged(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Partner")
    sheet.merge_range(0, 0, 0, 3, "Unsere Partner")
    for number, row in enumerate((("Hochschule", "Land", "Plätze", "bis"), ("Universität Graz", "AT", 2, "31.8.2027"))):
        sheet.write_row(number + 2, 0, row)


def hidden(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("Empty")
    merged(book)
    kept = book.add_worksheet("Lists")
    kept.write_row(0, 0, ("a", "b"))
    kept.hide()


def dated(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("University", "Country", "Signed on", "Double degree"))
    sheet.write_row(1, 0, ("University of Lyon", "France"))
    sheet.write_number(1, 2, 44_621, book.add_format({"num_format": "dd.mm.yyyy"}))
    sheet.write_boolean(1, 3, True)


@pytest.mark.parametrize("draw", [merged, hidden, dated])
def test_that_every_row_of_a_workbook_is_accounted_for(
    tmp_path: Path, draw: Callable[[xlsxwriter.Workbook], None]
) -> None:
    file = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        draw(book)
    hold(file, tmp_path / "new.partnerdesk", 1, 0)
