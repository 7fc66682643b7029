"""Every kind of spreadsheet becomes plain rows, and every trap one sentence."""

import codecs
import json
import os
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.problems import BadFile
from partnerdesk.formats.books import book_from_text, read_book
from partnerdesk.formats.limits import Limits

SHEET = "xl/worksheets/sheet1.xml"


def test_that_a_workbook_gives_whole_numbers_text_days_and_flags_as_they_are(workbook: Callable[..., Path]) -> None:
    book = read_book(workbook([["code", "places", "share", "on"], ["0086", 86, 1.5, True]]))
    assert book.kind == "xlsx"
    assert book.first.rows == [["code", "places", "share", "on"], ["0086", 86, 1.5, True]]


def test_that_cells_without_content_are_none_among_text_numbers_and_days(workbook: Callable[..., Path]) -> None:
    only_text = [["name", "city"], ["Graz", None], [None, "Wien"]]
    of_all_kinds = [["name", "places", "on"], ["Graz", None, True], [None, 3, None], ["Wien", 1e18, None]]
    book = read_book(workbook(only_text, of_all_kinds))
    assert [sheet.rows for sheet in book.sheets] == [only_text, of_all_kinds]
    assert [type(row[1]) for row in book.sheets[1].rows] == [str, type(None), int, float]


def test_that_an_empty_first_sheet_is_passed_over(workbook: Callable[..., Path]) -> None:
    book = read_book(workbook([], [["name"], ["Universität Graz"]]))
    assert [sheet.is_empty for sheet in book.sheets] == [True, False]
    assert book.first.rows[1] == ["Universität Graz"]


def test_that_leading_blank_rows_keep_their_numbers(workbook: Callable[..., Path]) -> None:
    book = read_book(workbook([[], [], ["", "name"], ["", "Universität Graz"]]))
    assert book.first.rows[3][1] == "Universität Graz"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "Universität Łódź"),
        ("utf-8-sig", "Universität Łódź"),
        ("utf-16", "Universität Łódź"),
        ("utf-16-le", "Hochschule für Technik"),
        ("cp1252", "Universidad de Málaga, España – Günther & Cie"),
        ("cp1250", "Politechnika Śląska w Gliwicach, Wydział Chemii"),
        ("cp1250", "Univerzita Karlova, Přírodovědecká fakulta, Česká republika"),
        ("iso8859_2", "Uniwersytet Łódzki, Wydział Filologiczny, Śląsk"),
        ("cp1251", "Московский государственный университет"),
        ("mac_roman", "Université de Liège, École supérieure, été"),
        ("iso8859_15", "Université de Liège, bourse 100 €"),
        ("cp1254", "Boğaziçi Üniversitesi, İstanbul, Eskişehir"),
    ],
)
def test_that_a_text_file_is_read_in_the_encoding_of_its_office(tmp_path: Path, encoding: str, words: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f'name;land\n"{words}";1\nabc;2\n'.encode(encoding))
    book = read_book(path)
    assert book.first.rows[1][0] == words
    assert book.encoding is not None


def test_that_a_wrong_guess_can_be_overruled(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("name;x\nÈeská;1\n".encode("cp1252"))
    assert read_book(path, encoding="cp1250").first.rows[1][0] == "Česká"
    assert "cp1250" in read_book(path).encodings
    with pytest.raises(BadFile, match="choose another encoding"):
        read_book(path, encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("Partner, as of 2024\na;b\nx, y;2\nz, q;3\n", ";"),
        ("a\tb\nx, y\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("name,levels\nGraz,bachelor;master\nLinz,bachelor;master\n", ","),
        ('"a","b"\n"x;y","2"\n', ","),
        ("sep=;\na;b\n1;2\n", ";"),
        ("only\none\n", ","),
    ],
)
def test_that_the_delimiter_is_found_by_how_evenly_it_parts(tmp_path: Path, content: str, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    assert read_book(path).delimiter == delimiter


def test_that_the_line_in_which_excel_names_its_delimiter_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("sep=;\na;b\n1;2\n", encoding="utf-8")
    assert read_book(path).first.rows == [["a", "b"], ["1", "2"]]


def test_that_a_quotation_mark_left_open_does_not_swallow_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = "".join(f"Partner {n};AT\n" for n in range(200))
    path.write_text(f'name;country\n"Angewandte Wien;AT\n{rows}', encoding="utf-8")
    assert len(read_book(path).first.rows) == 202


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(
    lambda s: f"v{s.strip()}"
)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=8), st.sampled_from(";,\t|"))
def test_that_what_the_csv_writer_wrote_comes_back(rows: list[tuple[str, ...]], delimiter: str) -> None:
    import csv
    import io

    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    from partnerdesk.formats.delimited import find_delimiter, parsed

    assert find_delimiter(stream.getvalue()) == delimiter
    assert [tuple(row) for row in parsed(stream.getvalue(), Limits()).rows] == [("a", "b", "c"), *rows]


def test_that_json_lists_become_tables_with_dotted_names(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    records = [{"name": "A", "at": {"lat": 1.5}, "kinds": ["x", "y"]}, {"name": "B", "more": None}]
    for shape in (records, {"count": 2, "results": records}):
        path.write_text(json.dumps(shape), encoding="utf-8")
        rows = read_book(path).first.rows
        assert rows[0] == ["name", "at.lat", "kinds", "more"]
        assert rows[1][:3] == ["A", 1.5, "x; y"]


def test_that_rows_copied_from_a_spreadsheet_are_a_book_too() -> None:
    book = book_from_text("name\tcountry\r\nGraz, Uni\tAT\r\n")
    assert book.first.rows == [["name", "country"], ["Graz, Uni", "AT"]]


def test_that_real_lists_come_in_whole_with_the_right_letters(inputs: Path) -> None:
    expected = {
        "eche/EUC_Consolidated_Table_2007_2013.xls": (4919, "JOAN CAPÓ"),
        "eche/eche_2023-11-14.xlsx": (5639, "PAEDAGOGISCHE HOCHSCHULE NIEDERÖSTERREICH"),
        "eche/eche_2024-04-08.xlsx": (5633, "Pädagogische Hochschule Vorarlberg"),
        "eche/eche_2024-06_cp1252_semicolon.csv": (5914, "Pädagogische Hochschule Vorarlberg"),
        "partner_lists/upc_fib_mobilitat.json": (203, "Itä-Suomen Yliopisto"),
        "partner_lists/wroclaw_agreements.csv": (31, "Växjö"),
    }
    for name, (count, words) in expected.items():
        rows = read_book(inputs / name).first.rows
        assert len(rows) == count, name
        assert any(words in str(cell) for row in rows for cell in row), name
    days = [row[-1] for row in read_book(inputs / "eche/eche_2024-04-08.xlsx").first.rows[2:9]]
    assert days == [date(2029, 12, 31)] * 7


def _refusal(path: Path, **choices: object) -> str:
    before = path.read_bytes() if path.is_file() and os.access(path, os.R_OK) else b""
    with pytest.raises(BadFile) as refused:
        read_book(path, **choices)  # type: ignore[arg-type]
    if before:
        assert path.read_bytes() == before
    sentence = str(refused.value)
    assert sentence.endswith(".") and "\n" not in sentence
    return sentence


def test_that_a_truncated_workbook_is_refused(workbook: Callable[..., Path], tmp_path: Path) -> None:
    whole = workbook([["name"], *[[f"Partner {n}"] for n in range(500)]]).read_bytes()
    for share in (0.1, 0.5, 0.9, 0.999):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[: int(len(whole) * share)])
        assert "damaged" in _refusal(path)


def test_that_one_cell_in_the_last_row_is_refused(altered: Callable[..., Path]) -> None:
    def moved(data: bytes) -> bytes:
        return (
            data.replace(b'<row r="2"', b'<row r="1048576"')
            .replace(b'r="A2"', b'r="A1048576"')
            .replace(b'r="B2"', b'r="B1048576"')
        )

    assert "1,048,576" in _refusal(altered({SHEET: moved}))


@pytest.mark.parametrize("reference", [b"XFD1048576", b"xfd1048576", b"XFD2", b"ZZ900000", b"A0001048576"])
def test_that_a_cell_far_out_does_not_cost_memory(altered: Callable[..., Path], reference: bytes) -> None:
    _refusal(altered({SHEET: lambda data: data.replace(b'r="B2"', b'r="%s"' % reference)}))


def test_that_a_far_cell_written_in_an_unusual_way_is_found_too(altered: Callable[..., Path]) -> None:
    for before, after in (
        (b'<c r="B2"', b'<c t="n" r = "XFD1048576"'),
        (b'<c r="B2"', b"<c r='XFD1048576'"),
        (b'<c r="B2"', b'<x:c r="XFD1048576"'),
        (b'<row r="2"', b"<row r='1048576'"),
    ):
        _refusal(altered({SHEET: lambda data, b=before, a=after: data.replace(b, a).replace(b'r="A2"', b"")}))


def test_that_styled_but_empty_cells_far_below_do_no_harm(altered: Callable[..., Path]) -> None:
    far = b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    book = read_book(altered({SHEET: lambda data: data.replace(b"</sheetData>", far)}))
    assert len(book.first.rows) == 2


def test_that_a_zip_bomb_is_refused(altered: Callable[..., Path]) -> None:
    assert "unpacks" in _refusal(altered({}, {"xl/sharedStrings2.xml": bytes(64 * 1024 * 1024)}))
    assert "parts" in _refusal(altered({}, {f"xl/part{n}.xml": b"x" for n in range(5100)}))


def test_that_a_document_type_definition_is_refused(altered: Callable[..., Path]) -> None:
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    for part in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"):
        sentence = _refusal(altered({part: lambda data: data.replace(b"?>", b"?>" + lol, 1)}))
        assert "document type" in sentence


def test_that_a_spreadsheet_with_a_password_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(_ole({"EncryptedPackage": b"x" * 5000}))
    assert "password" in _refusal(path)
    path.write_bytes(_ole({"Workbook": struct.pack("<HH", 0x2F, 4) + b"abcd" + bytes(5000)}))
    assert "password" in _refusal(path)


def test_that_an_old_workbook_with_a_cell_far_out_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "far.xls"
    cell = struct.pack("<HHHHHd", 0x203, 14, 65_535, 60_000, 0, 1.0)
    path.write_bytes(_ole({"Workbook": struct.pack("<HH", 0x809, 0) + cell + bytes(5000)}))
    _refusal(path)
    size = struct.pack("<HHIIHHH", 0x200, 14, 0, 0xFFFFFFF, 0, 0xFFFF, 0)
    path.write_bytes(_ole({"Workbook": size + bytes(5000)}))
    _refusal(path)


def test_that_files_of_other_kinds_are_named(tmp_path: Path, altered: Callable[..., Path]) -> None:
    cases = {
        "posing.xlsx": (b'<?xml version="1.0"?><Workbook xmlns="x"/>', "XML"),
        "page.xls": (b"<html><table><tr><td>x</td></tr></table></html>", "web page"),
        "paper.csv": (b"%PDF-1.7\n", "PDF"),
        "picture.xlsx": (b"\x89PNG\r\n\x1a\n", "picture"),
        "nul.csv": (b"name;country\nGr\x00az;AT\n", "NUL"),
        "late.csv": (b"name;country\n" + b"Graz;AT\n" * 200_000 + b"\x00", "NUL"),
        "empty.csv": (b"", "empty"),
        "blank.csv": (b"\n\n;;\n", "no table"),
        "noise.xlsx": (bytes(range(256)) * 40, "no spreadsheet"),
        "half.json": (b'[{"name": "Gra', "JSON"),
        "deep.json": (b"[" * 200_000, "deeply"),
        "none.json": (b'{"a": 1}', "no list"),
    }
    for name, (content, words) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert words in _refusal(path), name


def test_that_other_archives_are_named(tmp_path: Path) -> None:
    for member, words in (("word/document.xml", "text document"), ("xl/workbook.bin", ".xlsx"), ("a.txt", "archive")):
        path = tmp_path / "other.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, b"x")
        assert words in _refusal(path)


def test_that_folders_missing_and_locked_files_are_told(tmp_path: Path) -> None:
    assert "folder" in _refusal(tmp_path)
    assert "no file" in _refusal(tmp_path / "missing.xlsx")
    locked = tmp_path / "locked.csv"
    locked.write_text("a;b\n")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        assert "permission" in _refusal(locked)


def test_that_too_large_files_and_tables_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("a;b\n" + "1;2\n" * 50, encoding="utf-8")
    assert "larger" in _refusal(path, limits=Limits(file_size=100))
    assert "rows" in _refusal(path, limits=Limits(rows=20))
    assert "cells" in _refusal(path, limits=Limits(cells=20))
    path.write_text(";" * 2000 + "\n1", encoding="utf-8")
    assert "columns" in _refusal(path)
    path.write_text("x" * 200_000 + "\n", encoding="utf-8")
    assert "too long" in _refusal(path)
    path.write_bytes(b";" * 3_000_000)
    assert "too long" in _refusal(path)


def test_that_repeated_cells_of_an_ods_are_counted_before_they_unfold(tmp_path: Path) -> None:
    def ods(rows: str) -> Path:
        path = tmp_path / "table.ods"
        spaces = " ".join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
        )
        content = (
            f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>"
        )
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
            archive.writestr("content.xml", content)
        return path

    cell = '<table:table-cell office:value-type="string"><text:p>Graz</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    filler = f'<table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'
    assert read_book(ods(f"<table:table-row>{cell}{cell}</table:table-row>{filler}")).first.rows == [["Graz", "Graz"]]
    many = cell.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16000"')
    _refusal(ods(f"<table:table-row>{many}</table:table-row>"))
    _refusal(ods(f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'))


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["x.csv", "x.xlsx", "x.json", "x.xls"]))
def test_that_any_bytes_are_a_table_or_a_clean_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", codecs.BOM_UTF16_LE, b"[{"):
        path.write_bytes(start + data)
        try:
            book = read_book(path)
        except BadFile:
            continue
        assert book.first.rows


def _ole(streams: dict[str, bytes]) -> bytes:
    """A minimal compound file ([MS-CFB]) with streams of at least 4096 bytes."""
    size = 512
    data, directory, fat = b"", [("Root Entry", 5, 0xFFFFFFFE, 0)], [0xFFFFFFFD]
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        sectors = -(-len(content) // size)
        first = len(fat)
        fat += [first + n + 1 for n in range(sectors - 1)] + [0xFFFFFFFE]
        data += content.ljust(sectors * size, b"\0")
        directory.append((name, 2, first, len(content)))
    entries = b""
    for name, kind, first, length in directory:
        written = name.encode("utf-16-le") + b"\0\0"
        entries += written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1) + bytes(48)
        entries += struct.pack("<IQ", first, length)
    entries = entries.ljust(size, b"\0")
    where = len(fat)
    fat.append(0xFFFFFFFE)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(size, b"\xff")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack(
            "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, where, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
        )
    )
    return head[:76].ljust(76, b"\0") + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + table + data + entries
