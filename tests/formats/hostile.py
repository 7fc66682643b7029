"""Files that would harm a careless reader of spreadsheets: each is made by one function of a folder."""

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import xlsxwriter

_SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_END = b"</sheetData></worksheet>"
_BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
_ODS = b'<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table>'


def make_all(folder: Path) -> list[Path]:
    """Every hostile file, written into a folder."""
    made: list[Path] = []
    for name, content in _files():
        path = folder / name
        path.write_bytes(content())
        made.append(path)
    return made


def read_each(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Each file's name, what came of reading it, and the seconds of processor time it took."""
    from partnerdesk.domain.problems import BadFile
    from partnerdesk.formats.books import read_book
    from partnerdesk.formats.headers import find_header
    from partnerdesk.services.mapping import propose

    for path in sorted(folder.iterdir()):
        began = time.process_time()
        try:
            book = read_book(path)
            header = find_header(book.first)
            propose(book.first, header)
            said = f"{len(book.first.rows)} rows"
        except BadFile as error:
            said = str(error)
        yield path.name, said, time.process_time() - began


def make_dated(folder: Path) -> list[Path]:
    """Every hostile calendar and plan, written into a folder."""
    made: list[Path] = []
    for name, content in _dated():
        path = folder / name
        path.write_bytes(content())
        made.append(path)
    return made


def read_dated(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Each calendar's or plan's name, what came of reading it, and the seconds of processor time it took."""
    from datetime import date

    from partnerdesk.domain.problems import BadFile
    from partnerdesk.formats.icalendars import read_calendar
    from partnerdesk.formats.plan_parts import parts_of
    from partnerdesk.formats.plans import read_plan

    for path in sorted(folder.iterdir()):
        began = time.process_time()
        try:
            if path.suffix == ".ics":
                said = f"{len(read_calendar(path.read_bytes()).entries)} entries"
            else:
                said = f"{len(parts_of(read_plan(path, date(2026, 3, 2)).items).parts)} entries"
        except BadFile as error:
            said = str(error)
        yield path.name, said, time.process_time() - began


def _dated() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "one_line.ics", lambda: b"BEGIN:VCALENDAR" + b"x" * 10_400_000
    yield "long_line.ics", lambda: _calendar(b"SUMMARY:" + b"x" * 9_000_000)
    yield "folds.ics", lambda: b"BEGIN:VCALENDAR\r\nX-A:" + b"\r\n " * 3_000_000 + b"\r\nEND:VCALENDAR\r\n"
    yield "lines.ics", lambda: b"BEGIN:VCALENDAR\r\n" + b"X-A:1\r\n" * 1_000_000 + b"END:VCALENDAR\r\n"
    yield "events.ics", lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 350_000
    yield "properties.ics", lambda: _calendar(*[b"EXDATE:20260302T100000Z"] * 100_000)
    yield "exceptions.ics", lambda: _calendar(b"EXDATE:" + b",".join([b"20260302T100000Z"] * 500_000))
    yield "nested.ics", lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 600_000
    yield "parameters.ics", lambda: _calendar(b"DTSTART" + b";X=1" * 2_000_000 + b":20260302")
    yield "quotes.ics", lambda: _calendar(b'DTSTART;X="' + b'"a"' * 2_000_000 + b":20260302")
    yield "noise.ics", lambda: b"BEGIN:VCALENDAR\r\n" + Random(9).randbytes(6_000_000)
    yield "zeros.ics", lambda: bytes(10_000_000)
    yield "tasks.csv", lambda: b"ID,Name,Start,Finish\n" + b"1,A,2026-03-02,2026-03-03\n" * 290_000
    yield "waits.csv", lambda: b"ID,Name,Start,Finish,Predecessors\n1,A,,," + b"1;" * 60_000 + b"\n"
    yield "waiting.csv", lambda: b"ID,Name,Start,Finish,Predecessors\n" + b"".join(
        b'%d,T,,,"%s"\n' % (n, b";".join(b"%d" % one for one in range(1, n))) for n in range(1, 700))
    yield "circle.csv", lambda: b"ID,Name,Start,Finish,Predecessors\n" + b"".join(
        b"%d,T,,,%d\n" % (n, n % 4_900 + 1) for n in range(1, 4_901))
    yield "line.csv", lambda: b"Name,Start,Finish," + b"x" * 10_400_000


def _calendar(*lines: bytes) -> bytes:
    event = b"\r\n".join([b"BEGIN:VEVENT", b"DTSTART:20260302", *lines, b"END:VEVENT"])
    return b"BEGIN:VCALENDAR\r\n" + event + b"\r\nEND:VCALENDAR\r\n"


def _files() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield from _workbooks()
    yield from _lists()
    yield from _texts()
    yield from _others()


def _workbooks() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "many_cells.xlsx", lambda: _book(_rows(400_000))
    yield "last_row.xlsx", lambda: _book(_SHEET + b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>' + _END)
    yield "far_column.xlsx", lambda: _book(_SHEET + b'<row r="1"><c r="XFD1"><v>1</v></c></row>' + _END)
    yield "far_corner.xlsx", lambda: _book(
        _SHEET + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="ZZ900000"><v>1</v></c></row>' + _END
    )
    yield "blanks.xlsx", lambda: _book(_SHEET + b" " * 120_000_000 + _END)
    yield "laughs.xlsx", lambda: _book(_BILLION + _SHEET[21:] + b'<row r="1"><c r="A1"><v>&d;</v></c></row>' + _END)
    yield "nested.xlsx", lambda: _book(_SHEET + b"<a>" * 500_000 + _END)
    yield "nameless.xlsx", lambda: _book(_SHEET + b"<row><c><v>1</v></c></row>" * 350_000 + _END)
    yield "strings.xlsx", lambda: _book(_rows(3), {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 9_000_000})
    yield "many_members.xlsx", lambda: _book(_rows(3), {f"xl/media/{n}.png": b"" for n in range(6_000)})
    yield "truncated.xlsx", lambda: _book(_rows(3_000))[:-2_000]
    yield "flipped.xlsx", lambda: _flipped(_book(_rows(3_000)))
    yield "archive.xlsx", lambda: _zip({"a.txt": b"nothing"})
    yield "repeated.ods", lambda: _ods(
        b'<table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>'
        b"</table:table-row>"
    )
    yield "nested.ods", lambda: _ods(b"<text:p>" * 200_000)


def _lists() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "keys.json", lambda: json.dumps({f"k{n}": n for n in range(500_000)}).encode()
    yield "own_keys.json", lambda: json.dumps([{f"k{n}": n} for n in range(200_000)]).encode()
    yield "deep.json", lambda: b"[" * 200_000
    yield "deep_records.json", lambda: b'[{"a":' * 2_000 + b"1" + b"}]" * 2_000
    yield "long_number.json", lambda: b'[{"a": ' + b"1" * 5_000_000 + b"}]"
    yield "cut.json", lambda: json.dumps([{"name": f"University {n}"} for n in range(200_000)]).encode()[:-9]
    yield "escapes.json", lambda: b'[{"a": "' + b"\\ud800" * 1_000_000 + b'"}]'


def _texts() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "random.csv", lambda: Random(5).randbytes(24_000_000)
    yield "quotes.csv", lambda: b'"' * 12_000_000
    yield "quoted_lines.csv", lambda: b'name,"\n' * 2_000_000
    yield "rows.csv", lambda: b"a,b\n" * 5_000_000
    yield "commas.csv", lambda: b"name\n" + b"," * 12_000_000
    yield "one_line.csv", lambda: b"a" * 30_000_000
    yield "returns.csv", lambda: b"\r" * 12_000_000
    yield "nul_at_the_end.csv", lambda: b"name,country\n" * 900_000 + b"\x00"
    yield "halves.csv", lambda: b"\xff\xfe" + b"\x00\xd8" * 2_000_000
    yield "letters.csv", lambda: bytes(Random(6).choices(range(160, 256), k=4_000_000)) + b"\n"
    yield "formulas.csv", lambda: b"name,country\n" + b"=HYPERLINK(1),AT\n" * 1_000


def _others() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "page.xls", lambda: b"<html><table><tr><td>" * 100_000
    yield "laughs.xml", lambda: _BILLION + b"<a>&d;</a>"
    yield "paper.xlsx", lambda: b"%PDF-1.7\n" + b"0" * 1_000
    yield "packed.csv", lambda: gzip.compress(b"name\n" * 1_000_000)
    yield "ole.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + Random(7).randbytes(4_000_000)
    yield "ole_of_ones.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000_000
    yield "zeros.xlsx", lambda: bytes(65 * 1024 * 1024)


def _rows(n: int) -> bytes:
    return _SHEET + b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (i, i) for i in range(1, n + 1)) + _END


def _book(sheet: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook whose only sheet is this XML."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "name")
    with zipfile.ZipFile(plain) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip({**parts, "xl/worksheets/sheet1.xml": sheet, **(more or {})})


def _zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _ods(rows: bytes) -> bytes:
    content = _ODS + rows + b"</table:table></office:document-content>"
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _flipped(data: bytes) -> bytes:
    changed = bytearray(data)
    for place in Random(8).sample(range(len(data)), 40):
        changed[place] ^= 0x55
    return bytes(changed)
