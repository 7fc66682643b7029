"""What a check of the office file found, as a table."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.findings import AREAS, Finding
from partnerdesk.look.cells import Cell, Chip, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.models.lines import LineColumn, LinesModel


def _tr(source: str) -> str:
    return QCoreApplication.translate("Check", source)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding and the name of the place where it is."""

    finding: Finding
    place: str


def findings_model(parent: QObject) -> LinesModel[FindingLine]:
    """An empty table of what a check found."""
    columns = (
        LineColumn(_tr("Where"), _where, 250),
        LineColumn(_tr("What is the matter"), _matter),
        LineColumn(_tr("Weight"), _weight, 100),
    )
    return LinesModel(columns, _key, _sentence, parent)


def weight_chip(finding: Finding) -> Chip:
    """How grave it is, as icon, word and colour."""
    if finding.area == "rules":
        return Chip("warn", _tr("Check"), Icon.NOTICE)
    if finding.severity == "block":
        return Chip("danger", _tr("Damage"), Icon.PROBLEM)
    return Chip("warn", _tr("Repair"), Icon.NOTICE)


def _where(line: FindingLine) -> Cell:
    return TwoLine(line.place, say(AREAS[line.finding.area]))


def _matter(line: FindingLine) -> Cell:
    return TwoLine(say(line.finding.sentence), say(line.finding.advice))


def _weight(line: FindingLine) -> Cell:
    return weight_chip(line.finding)


def _key(line: FindingLine) -> Hashable:
    one = line.finding
    return one.area, one.table, one.row_id, str(one.sentence)


def _sentence(line: FindingLine) -> str:
    return ", ".join((line.place, say(line.finding.sentence), weight_chip(line.finding).word))
