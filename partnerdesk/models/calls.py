"""Applications to a call as a table with points to be typed, its places, and what is said of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from partnerdesk.domain.applications import points_of, points_problems
from partnerdesk.domain.calls import Application, ScorePart
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.cells import number as read_number
from partnerdesk.domain.placement import Placement, Seat
from partnerdesk.domain.quota import amount
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Cell, Chip, Meter, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, number, say
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.services.calls import CallLine
from partnerdesk.services.placing import CallFile, over

Index = QModelIndex | QPersistentModelIndex
PARTS_AT = 2
_NARROWEST, _WIDEST = 66, 96
_OFFERS = {
    "none": ("neutral", Icon.DRAFT), "placed": ("accent", Icon.SELECTED), "offered": ("info", Icon.OFFERED),
    "accepted": ("success", Icon.ACCEPTED), "declined": ("neutral", Icon.DECLINED), "waiting": ("warn", Icon.QUEUED),
    "withdrawn": ("neutral", Icon.WITHDRAWN),
}


def _tr(source: str) -> str:
    return QCoreApplication.translate("Calls", source)


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application in the table: as it stands, and whether a run would decide otherwise."""

    application: Application
    name: str
    rank: int | None
    score: float
    points: tuple[float | None, ...]
    place: str
    differs: bool

    @property
    def id(self) -> int:
        """The application's id."""
        return self.application.id


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One condition of a call: places, what is taken elsewhere, who is there, who waits."""

    seat: Seat
    placed: int
    waiting: int
    there: float
    over: bool


def application_lines(file: CallFile) -> list[ApplicationLine]:
    """The applications of a call in the order of merit, those that are out last."""
    placement = file.placement
    lines = []
    for one in file.applications.values():
        points = points_of(one.scores)
        lines.append(ApplicationLine(
            one, file.listed_name(one.id), placement.ranks.get(one.id), placement.hopefuls[one.id].score,
            tuple(points.get(part.id) for part in file.parts), file.seat_name(one.condition_id), file.differs(one)))
    return sorted(lines, key=lambda line: (line.rank is None, line.rank or 0, line.name.casefold(), line.id))


def seat_lines(placement: Placement) -> list[SeatLine]:
    """The conditions of a call by name."""
    lines = [SeatLine(seat, len(placement.filled[i].here), len(placement.filled[i].waiting),
                      placement.filled[i].taken, over(seat, placement))
             for i, seat in placement.seats.items()]
    return sorted(lines, key=lambda line: (line.seat.name.casefold(), line.seat.id))


class ApplicationsModel(LinesModel[ApplicationLine]):
    """The table; a column for each part of the score, in which points are typed.

    `scored(application id, part id, points)` when points were typed, `misread(sentence)` when they cannot be.
    """

    scored = Signal(int, int, object)
    misread = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        self._parts: tuple[ScorePart, ...] = ()
        self._locked = False
        super().__init__(_columns(()), lambda line: line.id, application_sentence, parent)

    @property
    def parts(self) -> tuple[ScorePart, ...]:
        """The parts of the score that have a column."""
        return self._parts

    def set_parts(self, parts: Sequence[ScorePart]) -> None:
        """Have a column for each of these parts."""
        if tuple(parts) == self._parts:
            return
        if self._parts:
            self.beginRemoveColumns(QModelIndex(), PARTS_AT, PARTS_AT + len(self._parts) - 1)
            self._parts, self._columns = (), _columns(())
            self._lines = [replace(line, points=()) for line in self._lines]
            self.endRemoveColumns()
        if parts:
            self.beginInsertColumns(QModelIndex(), PARTS_AT, PARTS_AT + len(parts) - 1)
            self._parts, self._columns = tuple(parts), _columns(parts)
            self._lines = [replace(line, points=(None,) * len(parts)) for line in self._lines]
            self.endInsertColumns()

    def set_locked(self, locked: bool) -> None:
        """Let points be typed or not."""
        self._locked = locked

    def part_at(self, column: int) -> ScorePart | None:
        """The part of the score that a column is for."""
        place = column - PARTS_AT
        return self._parts[place] if 0 <= place < len(self._parts) else None

    def read_points(self, written: str, part: ScorePart) -> float | None:
        """Points as they are typed; None for none. Raises Unreadable with what is wrong."""
        points = read_number(written)
        for problem in points_problems(points, part):
            raise Unreadable(problem.message)
        return None if points is None else float(points)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.part_at(index.column()) is not None and not self._locked:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole and index.isValid() and self.part_at(index.column()) is not None:
            points = self._lines[index.row()].points[index.column() - PARTS_AT]
            return "" if points is None else f"{points:g}"
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        part = self.part_at(index.column())
        if part is None or role != Qt.ItemDataRole.EditRole:
            return False
        line, place = self._lines[index.row()], index.column() - PARTS_AT
        try:
            points = self.read_points(str(value), part)
        except Unreadable as error:
            self.misread.emit(f"{line.name}: {say(error.message)}")
            return False
        if points != line.points[place]:
            kept = (*line.points[:place], points, *line.points[place + 1:])
            self._lines[index.row()] = replace(line, points=kept)
            self.dataChanged.emit(index, index)
            self.scored.emit(line.id, part.id, points)
        return True


def seats_model(parent: QObject) -> LinesModel[SeatLine]:
    """An empty table of the places of a call."""
    columns: tuple[LineColumn[SeatLine], ...] = (
        LineColumn(_tr("Place"), _seat), LineColumn(_tr("Places"), _meter, 110, right=True))
    return LinesModel(columns, lambda line: line.seat.id, seat_sentence, parent)


def places_words(seat: Seat) -> str:
    """The places of a condition, a dash where no number was agreed."""
    return NOTHING if seat.places is None else amount(seat.places)


def seat_sentence(line: SeatLine) -> str:
    """A condition as a screen reader says it."""
    words = _tr("{place}: {places} places, {taken} taken elsewhere, {placed} placed, {waiting} waiting").format(
        place=line.seat.name, places=places_words(line.seat), taken=amount(line.seat.taken), placed=line.placed,
        waiting=line.waiting)
    return f"{words}, {_tr('too many')}" if line.over else words


def offer_chip(application: Application) -> Chip:
    """What became of an application."""
    kind, icon = _OFFERS[application.offer]
    if application.by_hand and application.offer == "placed":
        return Chip(kind, _tr("By hand"), Icon.EDIT)
    return Chip(kind, short_offer(application.offer), icon)


def short_offer(offer: str) -> str:
    """The word for what became of an application, short enough for a chip."""
    return {"offered": _tr("Offered"), "accepted": _tr("Accepted"), "declined": _tr("Declined"),
            "waiting": _tr("Waiting"), "none": _tr("Open")}.get(offer) or say(label_of("offer", offer))


def application_sentence(line: ApplicationLine) -> str:
    """An application as a screen reader says it."""
    rank = _tr("rank {n}").format(n=line.rank) if line.rank is not None else ""
    points = _tr("{n} points").format(n=number(line.score, 1))
    return ", ".join(part for part in (rank, line.name, points, offer_chip(line.application).word, line.place) if part)


def call_words(line: CallLine) -> str:
    """A call in the list of calls: its title, and how many applications it has."""
    return _tr("{title} ({n})").format(title=line.call.title, n=number(line.applications))


def application_rows(lines: Sequence[ApplicationLine], file: CallFile) -> tuple[list[str], list[list[object]]]:
    """Header and rows of the table for a spreadsheet, with the reason of each."""
    head = [_tr("Rank"), _tr("Applicant"), *(part.name for part in file.parts), _tr("Score"), _tr("Offer"),
            _tr("Placed at"), _tr("Why")]
    return head, [
        [line.rank, line.name, *line.points, line.score, offer_chip(line.application).word, line.place,
         say(file.explanation(line.id))] for line in lines]


def _columns(parts: Sequence[ScorePart]) -> tuple[LineColumn[ApplicationLine], ...]:
    return (
        LineColumn(_tr("Rank"), _rank, 58, right=True), LineColumn(_tr("Applicant"), lambda line: line.name),
        *(LineColumn(part.name, _points(n), _width(part), right=True) for n, part in enumerate(parts)),
        LineColumn(_tr("Score"), _score, 60, right=True), LineColumn(_tr("Offer"), _offer, 100),
        LineColumn(_tr("Placed at"), _place))


def _width(part: ScorePart) -> int:
    """As wide as the name of a part asks for, within what leaves room for the rest."""
    return min(_WIDEST, max(_NARROWEST, 20 + 6 * len(part.name)))


def _rank(line: ApplicationLine) -> Cell:
    return Number(NOTHING if line.rank is None else number(line.rank))


def _points(place: int) -> Callable[[ApplicationLine], Cell]:
    def cell(line: ApplicationLine) -> Cell:
        points = line.points[place] if place < len(line.points) else None
        return Number(NOTHING if points is None else f"{points:g}")

    return cell


def _score(line: ApplicationLine) -> Cell:
    return Number(number(line.score, 1))


def _offer(line: ApplicationLine) -> Cell:
    return offer_chip(line.application)


def _place(line: ApplicationLine) -> Cell:
    if not line.place:
        return Soft("")
    wish = line.application.wish
    return f"{line.place} ({wish})" if wish is not None else line.place


def _seat(line: SeatLine) -> Cell:
    parts = [_tr("{n} placed").format(n=number(line.placed))]
    if line.seat.taken:
        parts.append(_tr("{n} taken elsewhere").format(n=amount(line.seat.taken)))
    if line.waiting:
        parts.append(_tr("{n} waiting").format(n=number(line.waiting)))
    return TwoLine(line.seat.name, " · ".join(parts))


def _meter(line: SeatLine) -> Cell:
    """How many of the places are gone, here and elsewhere."""
    seat = line.seat
    return Number(NOTHING) if seat.places is None else Meter(
        round(line.there), round(seat.places))
