"""What users do with joint outputs: say what came of working together, with which partners, and in which project."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.output_rules import doi_normal, output_problems
from partnerdesk.domain.outputs import JointOutput, OutputLine, OutputMember
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks, set_fields, trash_mark
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


def delete_outputs(outputs: Sequence[JointOutput]) -> Deed[None]:
    """Put outputs into the trash."""

    def run(unit: Unit) -> None:
        unit.change_many(JointOutput, [one.id for one in outputs], deleted_at=trash_mark())

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), outputs), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), outputs))


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
