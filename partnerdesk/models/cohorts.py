"""The list of cohorts as a model, and the papers of one as a table of people by documents."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from partnerdesk.domain.cohorts import CohortLine
from partnerdesk.domain.lines import StayLine
from partnerdesk.domain.phases import DONE
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import CELL_ROLE, Cell, Chip, Meter, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, day, number, say
from partnerdesk.models.listing import Column, Listing
from partnerdesk.models.stay_documents import state_chip
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import cohorts
from partnerdesk.services.stay_documents import DocumentCell, DocumentMatrix

Index = QModelIndex | QPersistentModelIndex


def _tr(source: str) -> str:
    return QCoreApplication.translate("Cohorts", source)


def cohort_columns() -> Sequence[Column]:
    """The columns of the list of cohorts in their shipped order."""
    return (
        Column("name", _tr("Cohort"), _name, 214, "name"),
        Column("kind", _tr("Kind"), _kind, 130, "kind"),
        Column("year", _tr("Year"), _year, 94, "year"),
        Column("members", _tr("Members"), _members, 88, "members", right=True),
        Column("papers", _tr("Documents"), _papers, 120, "missing"),
        Column("dates", _tr("Dates"), _dates, 168, "starts", shown=False),
        Column("partner", _tr("Partner"), _partner, 160, "partner", shown=False),
        Column("direction", _tr("Direction"), _direction, 84, shown=False),
        Column("programme", _tr("Programme"), _programme, 110, "programme", shown=False),
        Column("leaders", _tr("Leaders"), _leaders, 150, shown=False),
    )


def cohort_listing() -> Listing:
    """Where the list of cohorts comes from."""
    return Listing("cohort", cohorts.cohort_ids, cohorts.cohort_lines, cohorts.cohort_count, cohorts.cohort_hits,
                   cohort_sentence)


def cohort_sentence(line: CohortLine) -> str:
    """A line as a screen reader says it."""
    parts = (line.title, say(label_of("cohort_kind", line.kind)), _year_words(line), member_words(line),
             paper_words(line))
    return ", ".join(part for part in parts if part)


def member_words(line: CohortLine) -> str:
    """How many members there are, of how many there is room for."""
    if line.capacity is None:
        return number(line.members)
    return _tr("{n} of {capacity}").format(n=number(line.members), capacity=number(line.capacity))


def paper_words(line: CohortLine) -> str:
    """How far the papers of the members are."""
    if not line.documents:
        return _tr("none wanted")
    if line.missing:
        return _tr("{n} missing").format(n=number(line.missing))
    return _tr("{done} of {all}").format(done=number(line.done), all=number(line.documents))


def _name(line: CohortLine) -> Cell:
    return TwoLine(line.title, " · ".join(part for part in (line.partner, line.leaders) if part))


def _kind(line: CohortLine) -> Cell:
    return Soft(say(label_of("cohort_kind", line.kind)))


def _year_words(line: CohortLine) -> str:
    return str(AcademicYear(line.year)) if line.year is not None else ""


def _year(line: CohortLine) -> Cell:
    return Soft(_year_words(line))


def _members(line: CohortLine) -> Cell:
    if line.capacity is None:
        return Number(number(line.members) if line.members else NOTHING)
    return Meter(line.members, line.capacity)


def _papers(line: CohortLine) -> Cell:
    if line.missing:
        return Chip("danger", paper_words(line), Icon.MISSING)
    return Soft(paper_words(line)) if line.documents else Soft(NOTHING)


def _dates(line: CohortLine) -> Cell:
    return Soft(short_range(line.starts_on, line.ends_on) if line.starts_on or line.ends_on else "")


def _partner(line: CohortLine) -> Cell:
    return Soft(line.partner)


def _direction(line: CohortLine) -> Cell:
    return Soft(say(short_of("direction", line.direction)) if line.direction else "")


def _programme(line: CohortLine) -> Cell:
    return Soft(say(label_of("programme", line.programme)) if line.programme else "")


def _leaders(line: CohortLine) -> Cell:
    return Soft(line.leaders)


class PapersModel(QAbstractTableModel):
    """People by documents: the first column names the person, each other one shows the state of a document."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: tuple[StayLine, ...] = ()
        self._papers = DocumentMatrix((), {})

    @property
    def members(self) -> tuple[StayLine, ...]:
        """The stays of the rows."""
        return self._members

    @property
    def papers(self) -> DocumentMatrix:
        """The documents."""
        return self._papers

    def show(self, members: Sequence[StayLine], papers: DocumentMatrix) -> None:
        """Show other people or documents; where only states changed, the rows stay as they are."""
        ids = [one.id for one in members]
        same = ids == [one.id for one in self._members] and papers.columns == self._papers.columns
        if same:
            self._members, self._papers = tuple(members), papers
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(papers.columns)))
            return
        self.beginResetModel()
        self._members, self._papers = tuple(members), papers
        self.endResetModel()

    def document_at(self, row: int, column: int) -> DocumentCell | None:
        """The document of a cell, None where none is wanted or the cell names the person."""
        if column < 1 or not 0 <= row < len(self._members):
            return None
        return self._papers.cell(self._members[row].id, self._papers.columns[column - 1])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._members)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._papers.columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _tr("Person") if section == 0 else self._word(section)
        if role == Qt.ItemDataRole.ToolTipRole and section:
            stage, _ = self._papers.columns[section - 1]
            return f"{self._word(section)} · {say(label_of('doc_stage', stage))}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        member = self._members[index.row()]
        if index.column() == 0:
            done, wanted = self._papers.done(member.id)
            second = _tr("{done} of {all}").format(done=number(done), all=number(wanted)) if wanted else ""
            if role == CELL_ROLE:
                return TwoLine(member.name, second)
            return f"{member.name}, {second}" if role in _WORDS else None
        cell = self.document_at(index.row(), index.column())
        if role == CELL_ROLE:
            return Soft("") if cell is None else _paper_chip(cell)
        return self._sentence(member, index.column(), cell) if role in _WORDS else None

    def _word(self, section: int) -> str:
        return say(label_of("stay_document", self._papers.columns[section - 1][1]))

    def _sentence(self, member: StayLine, column: int, cell: DocumentCell | None) -> str:
        if cell is None:
            return f"{member.name}, {self._word(column)}: {_tr('not wanted')}"
        due = _tr("due {day}").format(day=day(cell.due_on)) if cell.due_on and cell.state not in DONE else ""
        late = _tr("late") if cell.late else ""
        must = _tr("must be there") if cell.mandatory else ""
        words = ", ".join(part for part in (state_chip(cell.state).word, due, late, must) if part)
        return f"{member.name}, {self._word(column)}: {words}"


_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def _paper_chip(cell: DocumentCell) -> Chip:
    """The state of a document; one that is late is pressing whatever its state."""
    chip = state_chip(cell.state)
    return Chip("danger", chip.word, Icon.MISSING) if cell.late else chip
