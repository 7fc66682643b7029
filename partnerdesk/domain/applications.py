"""Applications: the points and languages they carry, the score that ranks them, and what must hold of them."""

from collections.abc import Iterable, Mapping, Sequence

from partnerdesk.domain.calls import Application, Call, ScorePart
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

KEPT = ("offered", "accepted")
OUT = ("declined", "withdrawn")
BEST = 100.0
PRECISION = 6

Order = tuple[float, ...]


def points_of(scores: Iterable[str]) -> dict[int, float]:
    """Points by the id of the score part, of entries "7=85.5"; what does not read so is left out."""
    found = {}
    for entry in scores:
        part, _, points = entry.partition("=")
        try:
            found[int(part)] = float(points)
        except ValueError:
            continue
    return found


def with_points(scores: Iterable[str], part_id: int, points: float | None) -> tuple[str, ...]:
    """The entries with the points of one part set, or taken out for None; in the order of the parts' ids."""
    found = {**points_of(scores)}
    found.pop(part_id, None)
    if points is not None:
        found[part_id] = points
    return tuple(f"{part}={points:g}" for part, points in sorted(found.items()))


def languages_of(entries: Iterable[str]) -> dict[str, str]:
    """CEFR levels by ISO 639-1 code, of entries "fr=B1"; the level is empty where none was given."""
    found: dict[str, str] = {}
    for entry in entries:
        code, _, level = entry.partition("=")
        found[code] = max(level, found.get(code, ""))
    return found


def score_of(points: Mapping[int, float], parts: Sequence[ScorePart]) -> float:
    """The weighted score out of 100: each part as a share of its best points; a part without points counts 0."""
    weights = sum(part.weight for part in parts)
    if weights <= 0:
        return 0.0
    reached = sum(part.weight * _share(points, part) for part in parts)
    return round(BEST * reached / weights, PRECISION)


def order_of(points: Mapping[int, float], parts: Sequence[ScorePart]) -> Order:
    """What applicants are compared by, the higher the better: the score, then each part's share in their order.

    Who is equal in all of it goes in the order in which applications were entered.
    """
    return (score_of(points, parts), *(round(_share(points, part), PRECISION) for part in parts))


def missing_parts(points: Mapping[int, float], parts: Sequence[ScorePart]) -> list[ScorePart]:
    """The parts of the score for which there are no points yet."""
    return [part for part in parts if part.id not in points]


def points_problems(points: float | None, part: ScorePart) -> list[Problem]:
    """Points lie between nothing and the best of their part."""
    if points is None or 0 <= points <= part.best:
        return []
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{part} gives from 0 to {best} points")
    return [Problem("R61", "block", "scores", text(sentence, part=part.name, best=f"{part.best:g}"))]


def part_problems(part: ScorePart) -> list[Problem]:
    """A part has a name, best points above nothing and no negative weight."""
    found = []
    if not part.name.strip():
        found.append(Problem("R61", "block", "name", _PART_NAME))
    if part.best <= 0:
        found.append(Problem("R61", "block", "best", _PART_BEST))
    if part.weight < 0:
        found.append(Problem("R61", "block", "weight", _PART_WEIGHT))
    return found


def call_problems(call: Call) -> list[Problem]:
    """A call has a title and a year, and does not close before it opens."""
    found = []
    if not call.title.strip():
        found.append(Problem("R61", "block", "title", _CALL_TITLE))
    if call.year is None:
        found.append(Problem("R61", "block", "year", _CALL_YEAR))
    if call.opens_on and call.closes_on and call.closes_on < call.opens_on:
        found.append(Problem("R61", "block", "closes_on", _CALL_ENDS))
    return found


def awaits(application: Application) -> bool:
    """Whether a run of the placement decides about an application: nobody placed it by hand, nothing is promised."""
    return not application.by_hand and application.offer not in (*KEPT, *OUT)


def _share(points: Mapping[int, float], part: ScorePart) -> float:
    return points.get(part.id, 0.0) / part.best if part.best > 0 else 0.0


_PART_NAME = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Give the part of the score a name"))
_PART_BEST = Text(QT_TRANSLATE_NOOP("PartnerDesk", "The best points are more than 0"))
_PART_WEIGHT = Text(QT_TRANSLATE_NOOP("PartnerDesk", "A weight is 0 or more"))
_CALL_TITLE = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Give the call a title"))
_CALL_YEAR = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Choose the academic year of the call"))
_CALL_ENDS = Text(QT_TRANSLATE_NOOP("PartnerDesk", "A call closes after it opens"))
