"""Courses pasted from a transcript or a catalogue: tables with tabs or semicolons, and text copied out of a PDF.

The columns are told by a header row in English, German, French, Spanish or Polish, else by what stands in them.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from partnerdesk.domain import cells
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.text import fold

KEYS = ("code", "title", "credits", "grade", "passed", "day", "term")
MOST_CREDITS = 60.0
LONGEST = 4000
"""Characters of a row that are read."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TOLD = (
    ("day", _words("date datum fecha data exam prufungsdatum")),
    ("passed", _words("passed pass status bestanden valide acquis aprobado zaliczone zaliczenie superada")),
    ("grade", _words("grade grades mark marks result note noten bewertung notes resultat mention nota calificacion "
                     "ocena oceny ergebnis zensur punktzahl score")),
    ("credits", _words("ects credits credit cr cp lp leistungspunkte kreditpunkte creditpoints credite creditos "
                       "punkty pkt punkte punktow cfu kredyty ec ap")),
    ("code", _words("code codes no nr number kurzel nummer modulnummer lvnummer numero sigle codigo clave kod id "
                    "reference")),
    ("term", _words("term semester trimester semestre semestr periode period zeitraum")),
    ("title", _words("title course courses module modules modul name subject component unit titel bezeichnung kurs "
                     "lehrveranstaltung veranstaltung modulbezeichnung modultitel modulname kursname kurstitel fach "
                     "prufung intitule cours matiere ue unite libelle titulo asignatura nombre materia przedmiot "
                     "przedmiotu nazwa description enseignement leistung")),
)
_BESIDE = {"grade": _words("ects result resultat ergebnis"), "credits": _words("lp nr no")}
"""What speaks against a column where another one is named the same."""
_TOTALS = _words("total totals sum summe gesamt gesamtsumme suma razem somme srednia average durchschnitt promedio "
                 "moyenne gpa")
_FAILED = ("f", "fx", "fail", "failed", "not passed", "nicht bestanden", "nb", "n b", "non valide", "non acquis",
           "suspenso", "no presentado", "no aprobado", "ndst", "niedostateczny", "nzal", "niezaliczone", "insufficient",
           "absent", "ajourne", "defaillant", "no", "nein", "non", "nie")
_PASSED = ("passed", "pass", "bestanden", "valide", "acquis", "admis", "aprobado", "zaliczone", "yes", "ja", "oui",
           "si", "tak")
_CODE = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9./_\-]{1,19}$")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?$")
_DAY = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})$")
_GRADE = re.compile(r"(?:[A-F][+\-]?|FX|NC|MH|NP|ECTS|P|NB|TB|AB|bdb|db|dst|ndst|zal|nzal|\d{1,3}(?:[.,]\d{1,2})?L?"
                    r"|\d{1,3}(?:[.,]\d{1,2})?/\d{1,3}|30L|30 ?e ?lode|passed|pass|failed|fail|bestanden)$")
_GAP = re.compile(r"\s{2,}|\t")


@dataclass(frozen=True, slots=True)
class Course:
    """One course read from a row; `passed` None where nothing says so."""

    code: str = ""
    title: str = ""
    credits: float | None = None
    grade: str = ""
    passed: bool | None = None
    day: date | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class CourseTable:
    """What a pasted text gave: the courses, the rows left out, and whether a header named the columns."""

    courses: tuple[Course, ...]
    left_out: tuple[str, ...] = ()
    headed: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of text: its cells, and where each begins."""

    written: str
    cells: tuple[str, ...]
    starts: tuple[int, ...]


def read_courses(written: str, today: date) -> CourseTable:
    """The courses in a pasted text, in its order; sums and headings are passed over, what is not read is told."""
    lines = _lines(written)
    head = next((at for at, line in enumerate(lines[:8]) if _is_head(line.cells)), None)
    keys = _head_keys(lines[head].cells) if head is not None else []
    courses: list[Course] = []
    left_out: list[str] = []
    for at, line in enumerate(lines):
        if at == head or (head is not None and line.cells == lines[head].cells) or _is_total(line.cells):
            continue
        named = _by_head(line, lines[head], keys) if head is not None and at > head else None
        found = _course(named if named is not None else _by_shape(line.cells), today)
        if found is not None:
            courses.append(found)
        elif courses and _goes_on(line.cells):
            last = courses[-1]
            courses[-1] = Course(last.code, f"{last.title} {line.cells[0]}", last.credits, last.grade, last.passed,
                                 last.day, last.term)
        else:
            left_out.append(line.written.strip())
    return CourseTable(tuple(courses), tuple(left_out), head is not None)


def fails(grade: str) -> bool:
    """Whether a grade or a word beside it says that the course was failed."""
    return fold(grade) in _FAILED


def _lines(written: str) -> list[_Line]:
    tidy = written.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    rows = [row[:LONGEST] for row in tidy.split("\n") if row.strip()]
    for separator in ("\t", ";", "|"):
        if sum(separator in row for row in rows) * 2 > len(rows):
            return [_parted(row, separator) for row in rows if row.strip(f"{separator} -+")]
    return [_aligned(row) for row in rows]


def _parted(row: str, separator: str) -> _Line:
    inside = row.strip("| ") if separator == "|" else row
    parts = next(csv.reader([inside], delimiter=separator))
    return _Line(row, tuple(part.strip() for part in parts), tuple(range(len(parts))))


def _aligned(row: str) -> _Line:
    found, starts, at = [], [], 0
    for gap in [*_GAP.finditer(row.rstrip()), None]:
        part = row[at:gap.start() if gap else len(row)]
        if part.strip():
            found.append(part.strip())
            starts.append(at + len(part) - len(part.lstrip()))
        at = gap.end() if gap else at
    return _Line(row, tuple(found), tuple(starts))


def _key(cell: str) -> str:
    """Which column a header names, "" for none."""
    words = set(fold(cell).split())
    if not words or len(words) > 6:
        return ""
    return next((key for key, told in _TOLD if words & told), "")


def _head_keys(head: Sequence[str]) -> list[str]:
    """The key of each column. Of two grades the one that speaks of neither ECTS nor a result is the host's own, the
    other tells whether the course was passed; of two titles without a code the first is that.
    """
    keys = [_key(cell) for cell in head]
    for key in KEYS:
        places = [at for at, one in enumerate(keys) if one == key]
        other = {"grade": "passed", "title": "code"}.get(key, "")
        against = _BESIDE.get(key, frozenset())
        kept = next((at for at in places if not against & set(fold(head[at]).split())), places[0] if places else -1)
        if key == "title" and len(places) == 2 and "code" not in keys:
            kept = places[1]
        for at in places:
            if at != kept:
                keys[at] = other if other not in keys else ""
    return keys


def _is_head(found: Sequence[str]) -> bool:
    if len(found) < 2 or any(_NUMBER.match(cell) or _DAY.match(cell) for cell in found):
        return False
    keys = {_key(cell) for cell in found} - {""}
    return len(keys) >= 2 and ("title" in keys or {"code", "credits"} <= keys or {"credits", "grade"} <= keys)


def _is_total(found: Sequence[str]) -> bool:
    words = fold(" ".join(cell for cell in found if not _NUMBER.match(cell))).split()
    return bool(words) and words[0] in _TOTALS and len(words) <= 4


def _goes_on(found: Sequence[str]) -> bool:
    """Whether a row is the rest of a title that the page broke."""
    return len(found) == 1 and found[0][:1].islower()


def _by_head(line: _Line, head: _Line, keys: Sequence[str]) -> dict[str, str]:
    """The cells of a row under the names of the header; a row with gaps is placed by where its cells begin."""
    if len(line.cells) == len(head.cells) or (line.starts[:1] == (0,) and head.starts == tuple(range(len(keys)))):
        return {key: cell for key, cell in zip(keys, line.cells, strict=False) if key and cell}
    found: dict[str, str] = {}
    free = 0
    for cell, start in zip(line.cells, line.starts, strict=True):
        places = range(free, len(keys) - (len(line.cells) - len(found) - 1))
        at = min(places, key=lambda place: abs(head.starts[place] - start), default=len(keys) - 1)
        free = at + 1
        found[keys[at] or f"?{at}"] = cell
    return {key: cell for key, cell in found.items() if key in KEYS}


def _by_shape(found: Sequence[str]) -> dict[str, str]:
    """The cells of a row by what they look like; a row in one piece is taken apart first."""
    parts = [cell for cell in found if cell]
    if sum(any(c.isalpha() for c in cell) and " " in cell for cell in parts) and len(parts) <= 2:
        parts = _taken_apart(" ".join(parts))
    read: dict[str, str] = {}
    titles = [cell for cell in parts if sum(c.isalpha() for c in cell) >= 4 and not _GRADE.match(cell)]
    coded = [cell for cell in titles if not _CODE.match(cell)]
    title = max(coded or titles, key=len, default="")
    if title:
        read["title"] = title
    before = True
    for cell in parts:
        if cell == title:
            before = False
        elif before and title and _CODE.match(cell) and "code" not in read:
            read["code"] = cell
        else:
            _take(read, cell)
    return read


def _take(read: dict[str, str], cell: str) -> None:
    if _DAY.match(cell):
        read.setdefault("day", cell)
    elif _NUMBER.match(cell) and "credits" not in read and _credits(cell) is not None:
        read["credits"] = cell
    elif "grade" not in read and (_GRADE.match(cell) or ("credits" in read and len(cell) <= 20)):
        read["grade"] = cell
    elif fold(cell) in (*_FAILED, *_PASSED):
        read["passed"] = cell


def _taken_apart(row: str) -> list[str]:
    """A row with single spaces: perhaps a code, the title, and at most two figures or grades and a day."""
    tokens = row.split()
    head: list[str] = []
    tail: list[str] = []
    if len(tokens) > 2 and _CODE.match(tokens[0]) and not _DAY.match(tokens[0]):
        head.append(tokens.pop(0))
    taken = 0
    while len(tokens) > 1 and (_DAY.match(tokens[-1]) or (taken < 2 and _GRADE.match(tokens[-1]))):
        taken += not _DAY.match(tokens[-1])
        tail.insert(0, tokens.pop())
    return [*head, " ".join(tokens), *tail]


def _course(read: dict[str, str], today: date) -> Course | None:
    """The course that the named cells make; None for a row that is none."""
    title, code = read.get("title", ""), read.get("code", "")
    points, grade = _credits(read.get("credits", "")), read.get("grade", "")
    if not (title or code) or (points is None and not grade):
        return None
    said = fold(read.get("passed", ""))
    passed = False if said in _FAILED or fails(grade) else True if said else None
    return Course(code, title or code, points, grade, passed, _day(read.get("day", ""), today), read.get("term", ""))


def _credits(cell: str) -> float | None:
    try:
        value = cells.number(cell)
    except Unreadable:
        return None
    return float(value) if value is not None and 0 <= value <= MOST_CREDITS else None


def _day(cell: str, today: date) -> date | None:
    try:
        return cells.one_day(cell, "dmy", today) if cell else None
    except Unreadable:
        return None


def sum_of(courses: Iterable[Course]) -> float:
    """The credits of courses."""
    return sum(course.credits or 0.0 for course in courses)
