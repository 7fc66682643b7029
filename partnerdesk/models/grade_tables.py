"""The grades of one table as a grid: name, share, whether it passes, and where it ends counted from the best."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain import cells
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.grades import GradeRow, plain, row_problems, shares
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.look.cells import Cell, Number, Soft
from partnerdesk.look.words import number, say
from partnerdesk.models.edit_grid import EditModel, GridColumn


class GradesModel(EditModel[GradeRow]):
    """A row a grade, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((
            GridColumn("label", _tr("Grade"), 90, "text", grows=True),
            GridColumn("percent", _tr("Share (%)"), 88, "text", right=True),
            GridColumn("passing", _tr("Passes"), 70, "tick"),
            GridColumn("reach", _tr("From the best"), 120, "told", right=True),
        ), parent)

    def words_of(self, record: GradeRow, key: str) -> str:
        if key == "percent":
            return number(record.percent, 0 if float(record.percent).is_integer() else 2)
        if key == "passing":
            return _tr("Yes") if record.passing else _tr("No")
        if key == "reach":
            held = [row for row in self.records if row.passing]
            found = shares(self.records)
            at = next((at for at, row in enumerate(held) if row.id == record.id), None)
            if at is None or at >= len(found):
                return ""
            return _tr("{low}–{high} %").format(low=plain(found[at].low), high=plain(found[at].high))
        return record.label

    def cell_of(self, record: GradeRow, key: str) -> Cell:
        words = self.words_of(record, key)
        if key in ("percent", "reach"):
            return Number(words)
        return Soft(words) if key == "passing" else words

    def stale(self, record: GradeRow) -> bool:
        return True

    def read_cell(self, record: GradeRow, key: str, written: str) -> dict[str, Any]:
        if key == "percent":
            value = cells.number(written)
            if value is None:
                raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "A share is 0 % or more")))
            return {"percent": float(value)}
        if key == "passing":
            return {"passing": cells.flag(written) is not False}
        return {"label": written}

    def warning(self, record: GradeRow, key: str) -> tuple[str, str] | None:
        return next(((p.severity, say(p.message)) for p in row_problems(record) if p.field == key), None)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Grades", source)
