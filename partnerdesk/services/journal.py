"""Undo, redo and the history of a record, as users meet them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain.journal import Deed, Entry, Step
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class UndoState:
    """What Undo and Redo would do now; None where there is nothing."""

    undo: Step | None
    redo: Step | None


def undo_state(reader: Reader) -> UndoState:
    """The steps that Undo and Redo would take."""
    from partnerdesk.store import journal

    return UndoState(journal.next_undo(reader), journal.next_redo(reader))


def undo_deed(step: Step) -> Deed[None]:
    """Take a step back, be it the last one or an import of last week."""

    def run(unit: Unit) -> None:
        from partnerdesk.store import journal

        fresh = journal.step_by_id(unit, step.id)
        if fresh is None or fresh.state != "done":
            raise Refused(Problem("R00", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "This step has been undone already or can no longer be undone."))))
        journal.walk(unit, step.id, back=True)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "undo: {what}"), what=step.label), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Undone: {what}"), what=step.label), kind="undo")


def redo_deed(step: Step) -> Deed[None]:
    """Do an undone step again."""

    def run(unit: Unit) -> None:
        from partnerdesk.store import journal

        fresh = journal.step_by_id(unit, step.id)
        if fresh is None or fresh.state != "undone":
            raise Refused(Problem("R00", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "This step can no longer be done again."))))
        journal.walk(unit, step.id, back=False)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "redo: {what}"), what=step.label), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Done again: {what}"), what=step.label), kind="redo")


def partner_history(reader: Reader, institution_id: int, limit: int = 500) -> list[Entry]:
    """Who changed what of a partner and of the relation to it, newest first."""
    from partnerdesk.domain.partners import Member
    from partnerdesk.store import journal

    members = reader.find(Member, institution_id=institution_id)
    roots = [("partner", institution_id), *(("partnership", m.partnership_id) for m in members if m.role != "home")]
    return journal.history_of(reader, roots, limit)


def agreement_history(reader: Reader, agreement_id: int, limit: int = 500) -> list[Entry]:
    """Who changed what of an agreement, its versions and conditions, newest first."""
    from partnerdesk.store import journal

    return journal.history_of(reader, [("agreement", agreement_id)], limit)


def history_of(reader: Reader, roots: Sequence[tuple[str, int]], limit: int = 500) -> list[Entry]:
    """Who changed what of some records (kind and id each), newest first."""
    from partnerdesk.store import journal

    return journal.history_of(reader, list(roots), limit)


def recent_steps(reader: Reader, limit: int = 200, before: int | None = None) -> Sequence[Step]:
    """The office's last steps, newest first."""
    from partnerdesk.store import journal

    return journal.recent_steps(reader, limit, before)


def entries_of(reader: Reader, step: Step) -> Sequence[Entry]:
    """The rows a step touched."""
    from partnerdesk.store import journal

    return journal.entries_of_step(reader, step.id)
