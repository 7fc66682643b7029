"""What users do with joint outputs: say what came of working together, with which partners, and in which project."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.output_rules import doi_normal, output_problems
from partnerdesk.domain.outputs import JointOutput, OutputLine, OutputMember
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.below import rows_below
from partnerdesk.services.deeds import (
    purge_rows,
    refuse_blocks,
    set_archived,
    set_fields,
    set_fields_of_many,
    trash_mark,
)
from partnerdesk.services.project_labels import changed_text

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


def output_lines(reader: Reader, partner_id: int | None = None, ids: Sequence[int] | None = None) -> list[OutputLine]:
    """What the list shows of outputs: of all, of those of a partner, or of certain ones; the latest first."""
    from partnerdesk.store import outputs

    return outputs.output_lines(reader, partner_id, ids)


def partners_of(reader: Reader, output_id: int) -> tuple[int, ...]:
    """The institutions that have a part in an output."""
    return tuple(one.institution_id for one in reader.find(OutputMember, output_id=output_id))


def new_output(output: JointOutput, partners: Iterable[int] = ()) -> Deed[int]:
    """Note an output with the institutions that have a part in it; the answer is its id. Raises Refused."""
    output = dataclasses.replace(output, doi=doi_normal(output.doi))
    wanted = list(dict.fromkeys(partners))

    def run(unit: Unit) -> int:
        refuse_blocks(_rules(output))
        made = unit.add(output).id
        unit.add_many([OutputMember(output_id=made, institution_id=one) for one in wanted])
        return made

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new output {name}"), name=output.title), run)


def change_output(output: JointOutput, partners: Iterable[int] | None = None, **fields: Any) -> Deed[bool]:
    """Change fields of an output as the user sees it; where `partners` are given these and no others have a part."""
    if "doi" in fields:
        fields["doi"] = doi_normal(fields["doi"])
    wanted = None if partners is None else list(dict.fromkeys(partners))

    def run(unit: Unit) -> bool:
        changed = bool(fields) and set_fields(unit, JointOutput, output.id, output.version, fields, _rules)
        return (wanted is not None and _set_partners(unit, output.id, wanted)) or changed

    return Deed(changed_text(output.title, fields), run)


def change_many(ids: Sequence[int], fields: Mapping[str, Any], n: int) -> Deed[None]:
    """Set the same fields on many outputs in one step."""

    def run(unit: Unit) -> None:
        set_fields_of_many(unit, JointOutput, ids, fields, _rules)

    return Deed(counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "change 1 output"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} outputs")), run,
                counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Changed 1 output"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Changed {n} outputs")))


def archive_outputs(outputs: Sequence[JointOutput], *, back: bool = False) -> Deed[None]:
    """Put outputs out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, JointOutput, outputs, back)

    if back:
        return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "bring {name} back from the archive"), outputs), run,
                    _about(QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {name}"), outputs))
    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "archive {name}"), outputs), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Archived {name}"), outputs))


def delete_outputs(outputs: Sequence[JointOutput]) -> Deed[None]:
    """Put outputs into the trash."""

    def run(unit: Unit) -> None:
        unit.change_many(JointOutput, [one.id for one in outputs], deleted_at=trash_mark())

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), outputs), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), outputs))


def restore_outputs(outputs: Sequence[JointOutput]) -> Deed[None]:
    """Take outputs out of the trash."""

    def run(unit: Unit) -> None:
        unit.change_many(JointOutput, [one.id for one in outputs], deleted_at="")

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "restore {name}"), outputs), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Restored {name}"), outputs))


def purge_outputs(outputs: Sequence[JointOutput]) -> Deed[None]:
    """Remove outputs in the trash for good; this cannot be undone."""

    def run(unit: Unit) -> None:
        purge_rows(unit, rows_below(unit, JointOutput, [one.id for one in outputs]))

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "purge {name}"), outputs), run, kind="purge")


def _set_partners(unit: Unit, output_id: int, wanted: Sequence[int]) -> bool:
    here = {one.institution_id: one.id for one in unit.find(OutputMember, output_id=output_id)}
    fresh = [one for one in wanted if one not in here]
    gone = [member for one, member in here.items() if one not in wanted]
    for member in gone:
        unit.remove(OutputMember, member)
    unit.add_many([OutputMember(output_id=output_id, institution_id=one) for one in fresh])
    return bool(fresh or gone)


def _rules(output: JointOutput) -> list[Problem]:
    return list(output_problems(output, clock.today()))


def _about(template: str, outputs: Sequence[JointOutput]) -> Text:
    if len(outputs) == 1:
        return text(template, name=outputs[0].title)
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} outputs"), n=len(outputs)))
