"""Two versions of an agreement side by side: term by term and condition by condition, with what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.agreements import AgreementVersion, Condition
from partnerdesk.look.words import NOTHING, say
from partnerdesk.models.agreement_words import said_value, validity_words
from partnerdesk.models.agreements import Dossier
from partnerdesk.models.condition_cells import exception_words, words_of
from partnerdesk.services.labels import field_label

Difference = Literal["same", "changed", "added", "removed"]

_TERMS = ("auto_renew_months", "notice_months")
_CELLS = ("heads", "months", "days", "levels", "fields", "languages", "blended")
_NOTES = ("places_unit", "overflow", "field_note", "selection_note", "other_terms", "own_unit_id", "partner_unit_id")


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One line of a comparison: what it is about, what either side says, and how they differ."""

    label: str
    left: str
    right: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class CompareGroup:
    """The lines of the terms, or of one condition."""

    title: str
    lines: tuple[CompareLine, ...]

    @property
    def differs(self) -> int:
        """How many lines differ."""
        return sum(1 for line in self.lines if line.difference != "same")


def compare(about: Dossier, left: AgreementVersion, right: AgreementVersion) -> list[CompareGroup]:
    """All terms and conditions of two versions; conditions are paired by what they grant places for."""
    terms = [_line(_tr("Validity"), *(validity_words(v, *about.span(v)) for v in (left, right)))]
    terms += [_line(say(field_label(name)), *(said_value(name, getattr(v, name)) for v in (left, right)))
              for name in _TERMS]
    groups = [CompareGroup(_tr("Terms"), tuple(terms))]
    for mine, theirs in _pairs(about.file.conditions_of(left.id), about.file.conditions_of(right.id)):
        shown = mine or theirs
        assert shown is not None
        title = " · ".join((words_of(shown, "direction"), words_of(shown, "activity")))
        groups.append(CompareGroup(title, tuple(_condition_lines(about, mine, theirs))))
    return groups


def _pairs(
    left: Sequence[Condition], right: Sequence[Condition]
) -> list[tuple[Condition | None, Condition | None]]:
    """Conditions that stand for the same thing beside each other, first by all marks, then by fewer."""
    rest_left, rest_right = list(left), list(right)
    found: dict[int, Condition] = {}
    for marks in (("direction", "activity", "fields", "levels"), ("direction", "activity", "fields"),
                  ("direction", "activity")):
        for mine in list(rest_left):
            same = [c for c in rest_right if all(getattr(c, m) == getattr(mine, m) for m in marks)]
            if same:
                found[mine.id] = same[0]
                rest_left.remove(mine)
                rest_right.remove(same[0])
    pairs: list[tuple[Condition | None, Condition | None]] = [(c, found.get(c.id)) for c in left]
    return pairs + [(None, c) for c in rest_right]


def _condition_lines(about: Dossier, left: Condition | None, right: Condition | None) -> list[CompareLine]:
    lines = []
    for key in ("years", *_CELLS):
        label = _tr("Years") if key == "years" else say(field_label(key))
        both = [words_of(c, key) or (_tr("all years") if key == "years" else NOTHING) if c else ""
                for c in (left, right)]
        lines.append(_line(label, *both))
    for key in _NOTES:
        both = [said_value(key, getattr(c, key), names=about.names) if c else "" for c in (left, right)]
        lines.append(_line(say(field_label(key)), *both))
    shown = [", ".join(exception_words(e) for e in about.file.exceptions if e.condition_id == c.id) or NOTHING
             if c else "" for c in (left, right)]
    lines.append(_line(_tr("Exceptions"), *shown))
    empty = ("", NOTHING)
    return [line for line in lines if not (line.left in empty and line.right in empty)]


def _line(label: str, left: str, right: str) -> CompareLine:
    if left == right:
        difference: Difference = "same"
    elif left in ("", NOTHING):
        difference = "added"
    elif right in ("", NOTHING):
        difference = "removed"
    else:
        difference = "changed"
    return CompareLine(label, left or NOTHING, right or NOTHING, difference)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Agreement", source)
