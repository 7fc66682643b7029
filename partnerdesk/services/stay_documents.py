"""The papers of stays: asked for by the rules, requested, received, checked, rejected or waived, alone and in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.doc_rules import DocRule, due_day, fitting, stage_place
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.phases import DONE
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import attachments
from partnerdesk.services.deeds import set_fields
from partnerdesk.services.doc_rules import rules_of
from partnerdesk.services.stay_cases import cases_of

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

OPEN = ("required", "requested")
STATES = ("required", "requested", "received", "checked", "rejected", "waived")
WITH_REASON = ("rejected", "waived")


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """One document of one stay in the matrix."""

    document_id: int
    state: str
    due_on: date | None
    mandatory: bool
    late: bool


@dataclass(frozen=True, slots=True)
class DocumentMatrix:
    """Stays by documents: `columns` are (stage, kind) in the order of stages, `cells` by stay and column."""

    columns: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[int, tuple[str, str]], DocumentCell]

    def cell(self, stay_id: int, column: tuple[str, str]) -> DocumentCell | None:
        """What a stay has of a document; None where it needs none."""
        return self.cells.get((stay_id, column))

    def done(self, stay_id: int) -> tuple[int, int]:
        """How many documents of a stay are there, and how many it needs."""
        mine = [cell for column in self.columns if (cell := self.cells.get((stay_id, column))) is not None]
        return sum(cell.state in DONE for cell in mine), len(mine)


def require_documents(unit: Unit, stay: Stay, before: Stay | None = None) -> int:
    """Give a stay the documents that the rules ask for; how many came new.

    With `before`, the stay as it was: due days that followed from it move along, those set by hand stay, and what
    is asked for no more goes where nothing was done about it. An ended stay is left alone.
    """
    return require_many(unit, [stay], {stay.id: before} if before is not None else {})


def require_kind(unit: Unit, stay: Stay, kind: str) -> int:
    """Give a stay one document, where the rules ask for it now; how many came new."""
    (case,) = cases_of(unit, [stay])
    held = {(d.stage, d.kind) for d in unit.find(Document, stay_id=stay.id, kind=kind)}
    made = [_asked(stay, rule, due_day(rule, case)) for rule in fitting(rules_of(unit), case)
            if rule.kind == kind and (rule.stage, kind) not in held]
    unit.add_many(made)
    return len(made)


def require_many(unit: Unit, stays: Sequence[Stay], before: Mapping[int, Stay | None] | None = None) -> int:
    """The same for many stays."""
    stays = [stay for stay in stays if stay.sending_status != "cancelled" and stay.closed_on is None]
    older = {i: one for i, one in (before or {}).items() if one is not None}
    rules = rules_of(unit)
    both = cases_of(unit, [*stays, *older.values()])
    cases = dict(zip((stay.id for stay in stays), both, strict=False))
    were = dict(zip(older, both[len(stays):], strict=True))
    held: dict[int, dict[tuple[str, str], Document]] = defaultdict(dict)
    for document in unit.where(Document, "stay_id", cases):
        held[document.stay_id or 0].setdefault((document.stage, document.kind), document)
    made: list[Document] = []
    moved: dict[tuple[date | None, bool], list[int]] = defaultdict(list)
    for stay in stays:
        due = {(r.stage, r.kind): (r, due_day(r, cases[stay.id])) for r in fitting(rules, cases[stay.id])}
        old = {(r.stage, r.kind): due_day(r, were[stay.id]) for r in fitting(rules, were[stay.id])} \
            if stay.id in were else {}
        made += [_asked(stay, rule, day) for key, (rule, day) in due.items() if key not in held[stay.id]]
        for key, document in held[stay.id].items():
            if _let_go(document, due.get(key), key in old):
                unit.remove(Document, document.id)
            elif (to := _moves_to(document, due.get(key), key in old, old.get(key))) is not None:
                moved[to].append(document.id)
    for (day, mandatory), ids in moved.items():
        unit.change_many(Document, ids, due_on=day, mandatory=mandatory)
    unit.add_many(made)
    return len(made)


def require_again(stay_ids: Sequence[int]) -> Deed[int]:
    """Ask once more for the documents of stays, after their rules or people changed; how many came new."""

    def run(unit: Unit) -> int:
        return require_many(unit, list(unit.many(Stay, stay_ids).values()))

    return Deed(Text(QT_TRANSLATE_NOOP("PartnerDesk", "ask for documents by the rules")), run)


def set_state(documents: Sequence[Document], state: str, reason: str = "", name: str = "") -> Deed[int]:
    """Put documents into a state; rejecting and waiving need a reason. How many changed. Raises Refused."""
    ids = [document.id for document in documents]

    def run(unit: Unit) -> int:
        return _set_states(unit, list(unit.many(Document, ids).values()), state, reason)

    what: object = document_name(documents[0]) if len(documents) == 1 else text(
        QT_TRANSLATE_NOOP("PartnerDesk", "{n} documents"), n=len(documents))
    return Deed(_marked(what, state, name), run, reason=reason)


def set_state_of_stays(stay_ids: Sequence[int], stage: str, kind: str, state: str, reason: str = "") -> Deed[int]:
    """The same for one document of many stays, at any stage where `stage` is empty; those without it are left alone."""

    def run(unit: Unit) -> int:
        found = [d for d in unit.where(Document, "stay_id", stay_ids) if d.kind == kind and stage in ("", d.stage)]
        return _set_states(unit, found, state, reason)

    name = text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} stays"), n=len(stay_ids))
    return Deed(_marked(label_of("stay_document", kind), state, name), run, reason=reason)


def add_document(document: Document, name: str = "") -> Deed[int]:
    """Add a document that no rule asks for; the answer is its id."""

    def run(unit: Unit) -> int:
        return unit.add(document).id

    label = QT_TRANSLATE_NOOP("PartnerDesk", "add {document} to the stay of {name}")
    return Deed(text(label, document=document_name(document), name=name), run)


def change_document(document: Document, name: str = "", **fields: Any) -> Deed[bool]:
    """Change a document; a state set this way follows the same rules. Raises Refused."""

    def run(unit: Unit) -> bool:
        state = fields.get("state", document.state)
        if state != document.state:
            _need_reason(state, str(fields.get("note", document.note)))
            fields.update({k: v for k, v in _days(document, state).items() if k not in fields})
        return set_fields(unit, Document, document.id, document.version, fields, None)

    label = QT_TRANSLATE_NOOP("PartnerDesk", "change {document} of {name}")
    return Deed(text(label, document=document_name(document), name=name), run)


def remove_documents(documents: Sequence[Document], name: str = "") -> Deed[None]:
    """Take documents away from a stay."""

    def run(unit: Unit) -> None:
        for document in documents:
            unit.remove(Document, document.id)

    what: object = document_name(documents[0]) if len(documents) == 1 else text(
        QT_TRANSLATE_NOOP("PartnerDesk", "{n} documents"), n=len(documents))
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {what} of {name}"), what=what, name=name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {what} of {name}"), what=what, name=name))


def receive_file(document: Document, path: Path) -> Deed[int]:
    """Keep a file with a document, which has come with it; a new one (id 0) is made. The answer is its id."""
    kept = attachments.attach(document, path)

    def run(unit: Unit) -> int:
        document_id = kept.run(unit)
        now = unit.get(Document, document_id)
        if now.state not in ("received", "checked"):
            unit.change(Document, document_id, None, state="received", **_days(now, "received"))
        return document_id

    return Deed(kept.label, run)


def fitting_document(file_name: str, documents: Iterable[Document]) -> Document | None:
    """The document that a file's name speaks of, one that is still wanted first; None where none does."""
    words = set(fold(Path(file_name).stem).split())
    best: tuple[int, bool, Document] | None = None
    for document in documents:
        named = {word for word in fold(str(document_name(document))).split() if len(word) > 2} - _SMALL
        hits = len(named & words)
        rank = (hits, document.state not in DONE, document)
        if hits and (best is None or rank[:2] > best[:2]):
            best = rank
    return best[2] if best is not None else None


def document_matrix(reader: Reader, stay_ids: Sequence[int]) -> DocumentMatrix:
    """The documents of stays as a table of stays by documents."""
    today = clock.today().isoformat()
    names = ("id", "stay_id", "stage", "kind", "state", "due_on", "mandatory")
    cells: dict[tuple[int, tuple[str, str]], DocumentCell] = {}
    kinds = {term.code: at for at, term in enumerate(vocabulary("stay_document"))}
    for row_id, stay_id, stage, kind, state, due, mandatory in reader.columns(Document, names, "stay_id", stay_ids):
        late = bool(due) and due < today and state not in DONE
        cells.setdefault((stay_id, (stage, kind)), DocumentCell(
            row_id, state, date.fromisoformat(due) if due else None, bool(mandatory), late))
    columns = sorted({column for _, column in cells}, key=lambda c: (stage_place(c[0]), kinds.get(c[1], 99), c[1]))
    return DocumentMatrix(tuple(columns), cells)


def document_name(document: Document) -> Text:
    """What a document is called."""
    return Text("{name}", {"name": document.title}) if document.title else label_of("stay_document", document.kind)


def settle_document(unit: Unit, stay_id: int, kind: str, state: str, day: date | None) -> None:
    """Let a document follow from what was recorded elsewhere: the signed agreement, the transcript.

    Going back to open leaves one with a file, a rejected and a waived one as they are.
    """
    for document in unit.find(Document, stay_id=stay_id, kind=kind):
        back = state in OPEN
        if document.state == state or document.state == "waived" or (back and (document.sha256 or document.link)):
            continue
        unit.change(Document, document.id, None, state=state, received_on=None if back else day)


_SMALL = frozenset(("the", "and", "from", "home", "for", "copy", "other", "document"))


def _asked(stay: Stay, rule: DocRule, day: date | None) -> Document:
    return Document(stay_id=stay.id, stage=rule.stage, kind=rule.kind, mandatory=rule.mandatory, state="required",
                    due_on=day)


Wanted = tuple[DocRule, date | None] | None


def _let_go(document: Document, wanted: Wanted, was_asked: bool) -> bool:
    """Whether a document that was asked for is so no longer, and nothing was done about it."""
    untouched = document.state == "required" and not (document.sha256 or document.note or document.link)
    return wanted is None and was_asked and untouched


def _moves_to(
    document: Document, wanted: Wanted, was_asked: bool, old_due: date | None
) -> tuple[date | None, bool] | None:
    """The other due day of an open document that follows its rule, and whether it is mandatory."""
    if wanted is None or document.state not in OPEN:
        return None
    rule, day = wanted
    follows = document.due_on is None or (was_asked and document.due_on == old_due)
    return (day, rule.mandatory) if follows and day != document.due_on else None


def _set_states(unit: Unit, documents: Sequence[Document], state: str, reason: str) -> int:
    _need_reason(state, reason)
    more = {"note": reason} if reason else {}
    groups: dict[date | None, list[int]] = defaultdict(list)
    for document in documents:
        groups[_days(document, state).get("received_on", document.received_on)].append(document.id)
    return sum(unit.change_many(Document, ids, state=state, received_on=day, **more) for day, ids in groups.items())


def _days(document: Document, state: str) -> dict[str, Any]:
    if state in ("received", "checked"):
        return {"received_on": document.received_on or clock.today()}
    return {"received_on": None} if state in OPEN else {}


def _need_reason(state: str, reason: str) -> None:
    if state in WITH_REASON and not reason.strip():
        raise Refused(Problem("R58", "block", "note", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Rejecting or waiving a document needs a reason"))))


def _marked(what: object, state: str, name: object) -> Text:
    values = {"what": what, "state": label_of("document_state", state), "name": name}
    if not name:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "set {what} to {state}"), **values)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "set {what} of {name} to {state}"), **values)
