"""The office's rules for documents as a grid: which document, when, for whom, and whether it holds a stay back."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain import cells
from partnerdesk.domain.doc_rules import DocRule
from partnerdesk.domain.vocab import label_of, read_term, short_of
from partnerdesk.look.cells import Cell, Number, Soft
from partnerdesk.look.words import number, say
from partnerdesk.models.edit_grid import EditModel, GridColumn

LISTS = {
    "kind": "stay_document", "stage": "doc_stage", "anchor": "doc_anchor", "only_if": "doc_condition",
    "direction": "direction", "person_kind": "person_kind", "programme": "programme", "activity": "activity",
}
"""The short list that each column with a choice chooses from."""


class RulesModel(EditModel[DocRule]):
    """A row a rule; an empty choice fits every stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((
            GridColumn("kind", _tr("Document"), 188, "choice", grows=True),
            GridColumn("stage", _tr("Stage"), 132, "choice"),
            GridColumn("mandatory", _tr("Must be there"), 102, "tick"),
            GridColumn("due_days", _tr("Days"), 62, "text", right=True),
            GridColumn("anchor", _tr("Counted from"), 148, "choice"),
            GridColumn("only_if", _tr("Only where"), 148, "choice"),
            GridColumn("direction", _tr("Direction"), 88, "choice"),
            GridColumn("person_kind", _tr("For"), 82, "choice"),
            GridColumn("activity", _tr("Activity"), 112, "choice"),
            GridColumn("programme", _tr("Programme"), 120, "choice"),
            GridColumn("active", _tr("In use"), 72, "tick"),
        ), parent)

    def words_of(self, record: DocRule, key: str) -> str:
        value = getattr(record, key)
        if key in ("mandatory", "active"):
            return _tr("Yes") if value else _tr("No")
        if key == "due_days":
            return number(value)
        if not value:
            return ""
        short = key in ("activity", "programme", "direction")
        return say(short_of(LISTS[key], value) if short else label_of(LISTS[key], value))

    def cell_of(self, record: DocRule, key: str) -> Cell:
        words = self.words_of(record, key)
        if key == "due_days":
            return Number(words)
        if not words and key in ("direction", "person_kind", "activity", "programme"):
            return Soft(_tr("Any"))
        return words if key == "kind" else Soft(words)

    def typed_words(self, record: DocRule, key: str) -> str:
        return str(record.due_days) if key == "due_days" else self.words_of(record, key)

    def read_cell(self, record: DocRule, key: str, written: str) -> dict[str, Any]:
        if key == "due_days":
            return {key: int(cells.number(written.replace("−", "-")) or 0)}
        if key in ("mandatory", "active"):
            return {key: cells.flag(written) is not False}
        return {key: read_term(LISTS[key], written) or ""}

    def struck(self, record: DocRule) -> bool:
        return not record.active


def _tr(source: str) -> str:
    return QCoreApplication.translate("Rules", source)
