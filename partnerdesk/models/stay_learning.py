"""The components of one table of a learning agreement as a grid, with what is changed in a version of changes."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain import cells
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.learning import FORM_FIELDS, LearningComponent, LearningVersion, component_problems
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.look.cells import Cell, Chip, Number, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.edit_grid import EditModel, GridColumn


class ComponentsModel(EditModel[LearningComponent]):
    """A row a component. What was signed in an earlier version is only paired here, not rewritten."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((
            GridColumn("code", _tr("Code"), 76, "text"),
            GridColumn("title", _tr("Title"), 118, "text", grows=True),
            GridColumn("term", _tr("Term"), 56, "text", spare=True),
            GridColumn("credits", _tr("Credits"), 64, "text", right=True),
            GridColumn("pair", _tr("Pair"), 50, "text", right=True, spare=True),
            GridColumn("change", _tr("Change"), 112, "told"),
        ), parent)
        self._version = LearningVersion()

    def set_version(self, version: LearningVersion) -> None:
        """Say which version the rows are of."""
        self._version = version

    def words_of(self, record: LearningComponent, key: str) -> str:
        if key == "credits":
            return credit_words(record.credits)
        if key == "pair":
            return "" if record.pair is None else number(record.pair)
        if key == "change":
            return {"inserted": _tr("Added"), "deleted": _tr("Deleted")}.get(record.change, "")
        return str(getattr(record, key))

    def cell_of(self, record: LearningComponent, key: str) -> Cell:
        words = self.words_of(record, key)
        if key in ("credits", "pair"):
            return Number(words)
        if key == "change" and words:
            kind, icon = ("success", Icon.ADD) if record.change == "inserted" else ("danger", Icon.REMOVE)
            return Chip(kind, words, icon)
        return Soft(words) if key in ("code", "term") else words

    def read_cell(self, record: LearningComponent, key: str, written: str) -> dict[str, Any]:
        if key == "credits":
            value = cells.number(written)
            return {"credits": None if value is None else float(value)}
        if key == "pair":
            value = cells.number(written) if written else None
            if value is not None and (value != int(value) or not 0 < value < 1000):
                raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no number of a pair"),
                                      what=written[:40]))
            return {"pair": None if value is None else int(value)}
        return {key: written}

    def open_cell(self, record: LearningComponent, key: str) -> bool:
        if record.change == "deleted":
            return False
        return self._version.kind != "change" or record.change == "inserted" or key not in FORM_FIELDS

    def struck(self, record: LearningComponent) -> bool:
        return record.change == "deleted"

    def warning(self, record: LearningComponent, key: str) -> tuple[str, str] | None:
        wanted = "reason_code" if key == "change" else key
        return next(((p.severity, say(p.message)) for p in component_problems(record) if p.field == wanted), None)


def credit_words(credits: float | None) -> str:
    """Credits as they are written; "" where they are not known."""
    if credits is None:
        return ""
    return number(credits, 0 if float(credits).is_integer() else 1 if float(credits * 10).is_integer() else 2)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Learning", source)
