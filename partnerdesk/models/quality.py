"""The findings about an office's data as a table."""

from collections.abc import Hashable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.words import Text
from partnerdesk.look.cells import Cell, Chip, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.services.quality import GROUPS, Finding


def _tr(source: str) -> str:
    return QCoreApplication.translate("Quality", source)


def quality_model(parent: QObject) -> LinesModel[Finding]:
    """An empty table of findings."""
    columns = (
        LineColumn(_tr("Record"), _record, 250),
        LineColumn(_tr("What is the matter"), _matter),
        LineColumn(_tr("Weight"), _weight, 100),
    )
    return LinesModel(columns, finding_key, finding_sentence, parent)


def sentence_words(finding: Finding) -> str:
    """What is the matter, its days as people write them."""
    values = {k: day(v) if isinstance(v, date) else v for k, v in finding.sentence.values.items()}
    return say(Text(finding.sentence.template, values))


def finding_key(finding: Finding) -> Hashable:
    """What tells a finding from the others."""
    return finding.code, finding.kind, finding.record_id, str(finding.sentence)


def finding_sentence(finding: Finding) -> str:
    """A finding as a screen reader says it."""
    parts = (finding.name, sentence_words(finding), weight_chip(finding).word, say(finding.fix))
    return ", ".join(part for part in parts if part)


def kind_word(finding: Finding) -> str:
    """What the record is."""
    words = {"partner": _tr("Partner"), "agreement": _tr("Agreement"), "person": _tr("Person"),
             "home": _tr("Our own institution")}
    return words[finding.kind]


def weight_chip(finding: Finding) -> Chip:
    """How grave it is, as icon, word and colour."""
    if finding.severity == "block":
        return Chip("danger", _tr("Wrong"), Icon.PROBLEM)
    if finding.severity == "warn":
        return Chip("warn", _tr("Check"), Icon.NOTICE)
    if finding.group == "people":
        return Chip("info", _tr("Perhaps"), Icon.INFO)
    return Chip("info", _tr("Missing") if finding.code.startswith("Q") else _tr("To do"), Icon.INFO)


def quality_rows(findings: Sequence[Finding]) -> tuple[list[str], list[list[str]]]:
    """Header and rows for a spreadsheet."""
    head = [_tr("Group"), _tr("Record"), _tr("Kind"), _tr("What is the matter"), _tr("What to do"), _tr("Weight"),
            _tr("Rule")]
    rows = [[say(GROUPS[f.group]), f.name, kind_word(f), sentence_words(f), say(f.fix), weight_chip(f).word, f.code]
            for f in findings]
    return head, rows


def _record(finding: Finding) -> Cell:
    name, _, rest = finding.name.partition(" · ")
    return TwoLine(name, " · ".join(part for part in (kind_word(finding), rest) if part))


def _matter(finding: Finding) -> Cell:
    return TwoLine(sentence_words(finding), say(finding.fix))


def _weight(finding: Finding) -> Cell:
    return weight_chip(finding)
