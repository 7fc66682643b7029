"""Grade tables, and how a grade is carried from one to another by the percentiles of those who passed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from partnerdesk.domain.cells import Unreadable, flag, number
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

Tie = Literal["best", "middle", "lowest"]
TIES: tuple[Tie, ...] = ("best", "middle", "lowest")
MOST_PERCENT = 1_000_000.0
"""Shares may come as counts of students; only how they stand to each other matters."""
LEAST_YEARS = 2
"""Years a table has to cover so that its shares can be trusted (ECTS Users' Guide 2015, annex 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTable:
    """The grades an institution gave over some years in a field and level, best first; `years` says which."""

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int = 0
    name: str = ""
    field: str = ""
    level: str = ""
    first_year: int | None = None
    last_year: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """One grade with its share among all who passed, in per cent; a failing one has no share that counts."""

    id: int = 0
    uid: str = ""
    version: int = 1
    table_id: int = 0
    position: int = 0
    label: str = ""
    percent: float = 0.0
    passing: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """A passing grade with its place among all who passed: from `low` to `high` per cent, the best at 0."""

    label: str
    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """Its share in per cent."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the points of a host's grade fall on a grade at home."""

    label: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Conversion:
    """A grade at home for one of a host, the grades it overlaps with, and those between which it was a tie."""

    grade: str
    share: Share
    overlaps: tuple[Overlap, ...]
    tied: tuple[str, ...]
    tie: Tie

    @property
    def method(self) -> Text:
        """The sentence that says how the grade was found."""
        values = {"grade": self.share.label, "low": plain(self.share.low), "high": plain(self.share.high),
                  "found": self.grade, "points": ", ".join(
                      f"{plain(one.points)} {ARROW} {one.label}" for one in self.overlaps)}
        if not self.tied:
            return text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "{grade} stands for {low}–{high} % of those who passed, counted from the best; "
                "its points at home: {points}; the largest part falls on {found}."), **values)
        return text(_TIE_SENTENCES[self.tie], **values, tied=", ".join(self.tied))


ARROW = "→"
_TIE_SENTENCES: dict[Tie, str] = {
    "best": QT_TRANSLATE_NOOP(
        "PartnerDesk", "{grade} stands for {low}–{high} % of those who passed, counted from the best; its points at "
        "home: {points}; {tied} fit equally, and the office takes the best: {found}."),
    "middle": QT_TRANSLATE_NOOP(
        "PartnerDesk", "{grade} stands for {low}–{high} % of those who passed, counted from the best; its points at "
        "home: {points}; {tied} fit equally, and the office takes the middle: {found}."),
    "lowest": QT_TRANSLATE_NOOP(
        "PartnerDesk", "{grade} stands for {low}–{high} % of those who passed, counted from the best; its points at "
        "home: {points}; {tied} fit equally, and the office takes the lowest: {found}."),
}


def shares(rows: Iterable[GradeRow]) -> list[Share]:
    """The passing grades, best first, over 0 to 100 per cent; empty where no passing grade was ever given."""
    passing = [(row.label, Fraction(str(row.percent))) for row in sorted(rows, key=lambda r: (r.position, r.id))
               if row.passing]
    whole = sum((percent for _, percent in passing), Fraction(0))
    if whole <= 0:
        return []
    found, at = [], Fraction(0)
    for label, percent in passing:
        end = at + percent * 100 / whole
        found.append(Share(label, at, end))
        at = end
    return found


def convert(
    host: Iterable[GradeRow], home: Iterable[GradeRow], grade: str, tie: Tie = "best"
) -> Conversion | None:
    """The grade at home that overlaps most with a grade of the host (R90); None where the tables do not tell.

    Of grades that overlap equally the office's setting takes the best, the middle (of an even number the better of
    the two) or the lowest. A grade that nobody got is where it stands between its neighbours.
    """
    wanted = fold_grade(grade)
    share = next((one for one in shares(host) if fold_grade(one.label) == wanted), None)
    ours = [one for one in shares(home) if one.width > 0]
    if share is None or not ours or not wanted:
        return None
    overlaps = [Overlap(one.label, min(one.high, share.high) - max(one.low, share.low)) for one in ours]
    touching = [one for one in overlaps if one.points > 0 or (not share.width and one.points == 0)]
    most = max(one.points for one in touching)
    best = [one.label for one in touching if one.points == most]
    place = {"best": 0, "middle": (len(best) - 1) // 2, "lowest": len(best) - 1}[tie]
    return Conversion(best[place], share, tuple(one for one in touching if one.points > 0),
                      tuple(best) if len(best) > 1 else (), tie)


def fold_grade(grade: str) -> str:
    """A grade as it is compared: "1,70" and "1.7" are the same, "A+" and "A" are not."""
    tidy = "".join(grade.split()).replace(",", ".").casefold()
    try:
        return f"{float(tidy):g}" if tidy.replace(".", "", 1).isdigit() else tidy
    except ValueError:
        return tidy


def failing(rows: Iterable[GradeRow]) -> tuple[str, ...]:
    """The grades with which a course is failed."""
    return tuple(row.label for row in rows if not row.passing)


def table_problems(table: GradeTable, rows: Sequence[GradeRow]) -> Iterator[Problem]:
    """What speaks against converting with a table."""
    if table.first_year is not None and table.last_year is not None:
        covered = table.last_year - table.first_year + 1
        if covered < 1:
            yield Problem("R90", "block", "last_year", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The last year is before the first")))
        elif covered < LEAST_YEARS:
            yield Problem("R90", "warn", "last_year", text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "A grade table covers {n} years at least"), n=LEAST_YEARS))
    total = sum((Fraction(str(row.percent)) for row in rows if row.passing), Fraction(0))
    if rows and total <= 0:
        yield Problem("R90", "warn", "percent", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "No passing grade has a share, so nothing can be converted")))
    elif rows and abs(total - 100) > 1:
        yield Problem("R90", "info", "percent", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The passing grades have {n} % together; they are taken as the whole"), n=plain(total)))


def row_problems(row: GradeRow) -> Iterator[Problem]:
    """What is wrong with one grade of a table."""
    if not row.label.strip():
        yield Problem("R90", "block", "label", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A grade needs a name")))
    if not 0 <= row.percent <= MOST_PERCENT:
        yield Problem("R90", "block", "percent", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A share is 0 % or more")))


def read_rows(written: str) -> tuple[list[GradeRow], list[str]]:
    """Grades pasted as a table: the grade, its share or count, and perhaps whether it passes; and what is not read."""
    rows: list[GradeRow] = []
    left_out = []
    for line in written.splitlines():
        cells = [cell.strip() for cell in line.replace(";", "\t").split("\t") if cell.strip()]
        if len(cells) == 1:
            cells = line.rsplit(None, 1)
        row = _row(cells, len(rows))
        if row is not None:
            rows.append(row)
        elif line.strip() and rows:
            left_out.append(line.strip())
    return rows, left_out


def plain(value: Fraction) -> str:
    """Per cent as they are written: "12.5", "33.3"."""
    return f"{round(float(value), 1):g}"


def _row(cells: Sequence[str], place: int) -> GradeRow | None:
    if len(cells) < 2 or fold(cells[0]) in ("total", "sum", "summe", "gesamt", "suma", "somme"):
        return None
    try:
        percent = number(cells[1])
        passing = flag(cells[2]) if len(cells) > 2 else True
    except Unreadable:
        return None
    if percent is None or not 0 <= percent <= MOST_PERCENT:
        return None
    return GradeRow(position=place, label=cells[0][:20], percent=float(percent), passing=passing is not False)
