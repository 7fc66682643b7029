"""Learning agreements: what is to be studied away and what it stands for at home, in versions signed by three."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from partnerdesk.domain.durations import months_of
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

PARTS = ("A", "B", "C", "D")
LOW, HIGH = 30.0, 35.0
"""R59: credits a semester that a learning agreement usually has, until an office sets others."""
SIDES = ("student", "sending", "receiving")
TOLERANCE = 0.005
MOST = 120.0
FORM_FIELDS = ("part", "code", "title", "term", "credits")
"""What of a component stands in the signed form, so that it changes by a deletion and an insertion only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningVersion:
    """One version of a stay's learning agreement; `kind` is before or change; three signatures make it complete."""

    id: int = 0
    uid: str = ""
    version: int = 1
    stay_id: int = 0
    n: int = 1
    kind: str = "before"
    made_on: date | None = None
    student_signed_on: date | None = None
    sending_signed_on: date | None = None
    sending_signed_by: str = ""
    sending_position: str = ""
    receiving_signed_on: date | None = None
    receiving_signed_by: str = ""
    receiving_position: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningComponent:
    """A line of a version. `part` is the table it stands in: A (at the host), B (recognised at home), C (virtual) or
    D (blended, doctoral).

    Components of A and B with the same `pair` stand for each other. `change` is empty, inserted or deleted, with the
    reason as a code of `la_reason` and in words.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    version_id: int = 0
    position: int = 0
    part: str = "A"
    code: str = ""
    title: str = ""
    term: str = ""
    credits: float | None = None
    scheme: str = "ects"
    pair: int | None = None
    auto_recognised: bool = True
    conditions: str = ""
    description: str = ""
    change: str = ""
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Credits of the components that hold in a version: `away` of tables A and D, `home` of B, `virtual` of C."""

    away: float = 0.0
    home: float = 0.0
    virtual: float = 0.0

    @property
    def studied(self) -> float:
        """All that is studied for the host, on site and virtually."""
        return self.away + self.virtual


@dataclass(frozen=True, slots=True)
class Pairing:
    """Components of the host and those at home that they stand for; one side is empty where nothing answers it."""

    key: int | None
    away: tuple[LearningComponent, ...]
    home: tuple[LearningComponent, ...]


def holding(components: Iterable[LearningComponent]) -> list[LearningComponent]:
    """The components that hold, without those deleted."""
    return [c for c in components if c.change != "deleted"]


def totals(components: Iterable[LearningComponent]) -> Totals:
    """The credits of each table; a deleted component counts nothing."""
    sums = dict.fromkeys(PARTS, 0.0)
    for one in holding(components):
        sums[one.part] = sums.get(one.part, 0.0) + (one.credits or 0.0)
    return Totals(sums["A"] + sums["D"], sums["B"], sums["C"])


def credits_of(components: Iterable[LearningComponent], part: str) -> float:
    """The credits of one table."""
    return sum(c.credits or 0.0 for c in holding(components) if c.part == part)


def signed_on(version: LearningVersion, side: str) -> date | None:
    """The day on which a side ("student", "sending", "receiving") signed."""
    days = (version.student_signed_on, version.sending_signed_on, version.receiving_signed_on)
    return dict(zip(SIDES, days, strict=True))[side]


def completed_on(version: LearningVersion) -> date | None:
    """The day of the last of the three signatures; None while one is missing."""
    days = [signed_on(version, side) for side in SIDES]
    return None if None in days else max(day for day in days if day is not None)


def first_completed_on(versions: Iterable[LearningVersion]) -> date | None:
    """The first day on which a version had all three signatures."""
    days = [day for day in map(completed_on, versions) if day is not None]
    return min(days, default=None)


def in_force(versions: Iterable[LearningVersion]) -> LearningVersion | None:
    """The version that holds: the last complete one, or the last of all while none is."""
    ordered = sorted(versions, key=lambda v: v.n)
    complete = [v for v in ordered if completed_on(v) is not None]
    return complete[-1] if complete else ordered[-1] if ordered else None


def semesters(term: str, starts: date | None = None, ends: date | None = None) -> float:
    """How many semesters a stay takes: "1/1" two, "1/2" one, a trimester two thirds.

    A stay without a term is counted by its months, five to the semester, and as one where these are not known.
    """
    of = term.partition("/")[2]
    if of.isdigit() and int(of):
        return 2 / int(of)
    months = months_of(starts, ends)
    return months / 5 if months else 1.0


def credit_problems(total: float, terms: float, low: float = LOW, high: float = HIGH) -> Iterator[Problem]:
    """R59: what is studied away has neither too few nor too many credits for the semesters it takes."""
    least, most = low * terms, high * terms
    values = {"credits": plain_credits(total), "least": plain_credits(least), "most": plain_credits(most)}
    if total and total < least - TOLERANCE:
        yield Problem("R59", "warn", "credits", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{credits} credits are fewer than the {least} of a stay this long"), **values))
    elif total > most + TOLERANCE:
        yield Problem("R59", "warn", "credits", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{credits} credits are more than the {most} of a stay this long"), **values))


def pairings(components: Iterable[LearningComponent]) -> list[Pairing]:
    """Components of the tables at the host (A, C, D) and of B that stand for each other; single ones at the end."""
    held: dict[int, list[LearningComponent]] = {}
    single = []
    for one in holding(components):
        if one.pair is None:
            single.append(one)
        else:
            held.setdefault(one.pair, []).append(one)
    found = [_pairing(key, held[key]) for key in sorted(held)]
    return found + [_pairing(None, [one]) for one in single]


def pairing_problems(components: Sequence[LearningComponent]) -> Iterator[Problem]:
    """What at the host is recognised as nothing, and what at home nothing stands for."""
    if not credits_of(components, "B"):
        return
    found = pairings(components)
    away = [p.away[0].title for p in found if p.away and not p.home]
    home = [p.home[0].title for p in found if p.home and not p.away]
    if away:
        yield Problem("R59", "info", "pair", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Nothing at home stands for {titles}"), titles=", ".join(away)))
    if home:
        yield Problem("R59", "info", "pair", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Nothing at the host stands for {titles}"), titles=", ".join(home)))


def component_problems(component: LearningComponent) -> Iterator[Problem]:
    """What is wrong with one component."""
    if component.credits is not None and not 0 <= component.credits <= MOST:
        yield Problem("R59", "block", "credits", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A component has 0 to {n} credits"), n=int(MOST)))
    if component.part not in PARTS:
        yield Problem("R59", "block", "part", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A component stands in table A, B, C or D")))
    if component.change and not component.reason_code and component.part != "B":
        yield Problem("R59", "warn", "reason_code", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A change needs a reason")))


def next_version(
    last: LearningVersion, components: Iterable[LearningComponent], made_on: date
) -> tuple[LearningVersion, list[LearningComponent]]:
    """A version of changes that starts from the last: what held there, without signatures and marks.

    Components come as new ones (id 0), to be put below the version once that has an id.
    """
    version = LearningVersion(
        stay_id=last.stay_id, n=last.n + 1, kind="change", made_on=made_on, sending_signed_by=last.sending_signed_by,
        sending_position=last.sending_position, receiving_signed_by=last.receiving_signed_by,
        receiving_position=last.receiving_position)
    kept = sorted(holding(components), key=lambda c: (c.position, c.id))
    return version, [replace(c, id=0, uid="", version=1, version_id=0, position=place, change="", reason_code="",
                             reason="") for place, c in enumerate(kept)]


def changes_only(components: Iterable[LearningComponent]) -> list[LearningComponent]:
    """What a version of changes changes: deleted and inserted components, by table and in their order."""
    marked = [c for c in components if c.change]
    return sorted(marked, key=lambda c: (c.part, c.change != "deleted", c.position, c.id))


def next_pair(components: Iterable[LearningComponent]) -> int:
    """A number no pair of these components has."""
    return 1 + max((c.pair or 0 for c in components), default=0)


def plain_credits(value: float) -> str:
    """Credits as they are written: "30", "7.5"."""
    return f"{round(value, 2):g}"


def _pairing(key: int | None, components: Sequence[LearningComponent]) -> Pairing:
    home = tuple(c for c in components if c.part == "B")
    return Pairing(key, tuple(c for c in components if c.part != "B"), home)
