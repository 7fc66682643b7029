"""What an import would do, as tables: its rows with their outcome, and one row's cells old beside new."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.countries import find_country
from partnerdesk.domain.headers import BY_KEY, label_of
from partnerdesk.domain.identifiers import SCHEMES
from partnerdesk.domain.identifiers import scheme as find_scheme
from partnerdesk.domain.importing import AGREEMENTS, PEOPLE, STAYS, ColumnMapping, Difference, Outcome, PlannedRow
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.words import Text
from partnerdesk.look.cells import Cell, Chip, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, number, say
from partnerdesk.models.history import value_words
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.models.names import country_name
from partnerdesk.services.labels import field_label

_CHIPS = {
    Outcome.NEW: ("success", Icon.ADD), Outcome.CHANGED: ("info", Icon.EDIT), Outcome.SAME: ("neutral", Icon.TICK),
    Outcome.REJECTED: ("danger", Icon.ENDED), Outcome.DUPLICATE: ("warn", Icon.DUPLICATE),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellPair:
    """One field of a row: what is here, and what the file says."""

    place: int
    field: str
    here: str
    file: str


def _tr(source: str) -> str:
    return QCoreApplication.translate("Plan", source)


def outcome_word(outcome: Outcome) -> str:
    """The word for what becomes of a row."""
    words = {
        Outcome.NEW: _tr("New"), Outcome.CHANGED: _tr("Changed"), Outcome.SAME: _tr("Same"),
        Outcome.REJECTED: _tr("Rejected"), Outcome.DUPLICATE: _tr("Same as?"),
    }  # fmt: skip
    return words[outcome]


def plan_model(parent: QObject) -> LinesModel[PlannedRow]:
    """An empty table of planned rows."""
    columns = (
        LineColumn(_tr("Row"), _row, 62, right=True), LineColumn(_tr("Outcome"), _outcome, 112),
        LineColumn(_tr("Record"), _partner, 230), LineColumn(_tr("What changes"), _what),
    )  # fmt: skip
    return LinesModel(columns, lambda row: row.number, row_sentence, parent)


def row_sentence(row: PlannedRow) -> str:
    """A planned row as a screen reader says it."""
    parts = (_tr("Row {n}").format(n=row.number), outcome_word(row.outcome), row.partner, what_words(row))
    return ", ".join(part for part in parts if part)


def what_words(row: PlannedRow) -> str:
    """What becomes of a row in one line: why not, what it resembles, what changes, what needs a look."""
    if row.reason is not None:
        return say(row.reason)
    if row.twin:
        return _tr("May be {name}").format(name=row.twin)
    parts = [_arrow(one) for one in row.differences]
    if row.outcome is Outcome.NEW and not parts:
        parts.append(_brings(row))
    parts += [f"{note.column}: {say(note.message)}" if note.column else say(note.message) for note in row.notes]
    return "; ".join(parts)


def _brings(row: PlannedRow) -> str:
    if "person" in row.brings or "stay" in row.brings:
        if row.brings == ("person", "stay"):
            return _tr("New person and stay")
        return _tr("New person") if "person" in row.brings else _tr("New stay")
    if row.brings == ("partner", "agreement"):
        return _tr("New partner and agreement")
    return _tr("New agreement") if row.brings == ("agreement",) else _tr("New partner")


def pairs_model(parent: QObject) -> LinesModel[CellPair]:
    """An empty table of cells, what is here beside what the file says."""
    columns = (
        LineColumn[CellPair](_tr("Field"), lambda p: Soft(p.field), 190),
        LineColumn[CellPair](_tr("Here"), lambda p: Soft(p.here), 240),
        LineColumn[CellPair](_tr("In the file"), lambda p: p.file),
    )
    return LinesModel(columns, lambda p: p.place, _pair_sentence, parent)


def difference_pairs(differences: Sequence[Difference]) -> list[CellPair]:
    """The cells that would change, old beside new."""
    return [CellPair(n, _field(one), one.before or NOTHING, one.after or NOTHING) for n, one in enumerate(differences)]


def twin_pairs(twin: Institution | Person, cells: Sequence[str], mapping: ColumnMapping) -> list[CellPair]:
    """A likely duplicate beside the row of the file, field by field; equal fields are left out."""
    own = "person" if isinstance(twin, Person) else "partner"
    made: list[CellPair] = []
    for cell, key in zip(cells, mapping.targets, strict=True):
        target = BY_KEY.get(key)
        if target is None or target.kind != own or not cell:
            continue
        stored = getattr(twin, "full_name" if target.key == "person.full_name" else target.field, "")
        if target.field == "country":
            code = find_country(cell)
            here, cell = country_name(stored), country_name(code) if code else cell
        else:
            here = value_words(target.field, stored) if stored else ""
        if here != cell:
            made.append(CellPair(len(made), say_label(key), here or NOTHING, cell))
    return made


def new_pairs(cells: Sequence[str], mapping: ColumnMapping) -> list[CellPair]:
    """What a row of the file brings in where nothing is here yet."""
    filled = [(key, cell) for cell, key in zip(cells, mapping.targets, strict=True) if key and cell]
    return [CellPair(n, say_label(key), NOTHING, cell) for n, (key, cell) in enumerate(filled)]


def say_label(key: str) -> str:
    """What a target of the mapping is called."""
    return say(label_of(key))


def _field(one: Difference) -> str:
    words = {"contact": _tr("Contact"), "alias": _tr("Other name"), "unit": _tr("Unit")}
    if one.field in words:
        return words[one.field]
    if one.field in {scheme.code for scheme in SCHEMES}:
        return say(Text(find_scheme(one.field).label))
    return say(field_label(one.field))


def _arrow(one: Difference) -> str:
    return f"{_field(one)}: {one.before or NOTHING} → {one.after or NOTHING}"


def _pair_sentence(pair: CellPair) -> str:
    return _tr("{field}: here {here}, in the file {file}").format(field=pair.field, here=pair.here, file=pair.file)


def _row(row: PlannedRow) -> Cell:
    return Number(number(row.number))


def _outcome(row: PlannedRow) -> Cell:
    kind, icon = _CHIPS[row.outcome]
    return Chip(kind, outcome_word(row.outcome), icon)


def _partner(row: PlannedRow) -> Cell:
    return TwoLine(row.partner or NOTHING, " · ".join(p for p in (country_name(row.country), row.agreement) if p))


def _what(row: PlannedRow) -> Cell:
    return Soft(what_words(row))


def kind_word(kind: str) -> str:
    """ "partners", "agreements", "people" or "stays" as the head of a group of figures."""
    words = {AGREEMENTS: _tr("Agreements"), PEOPLE: _tr("People"), STAYS: _tr("Stays")}
    return words.get(kind) or _tr("Partners")
