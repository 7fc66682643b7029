"""Rules that judge a paper by its programme and by its sister papers; all only warn or inform."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partnerdesk.domain.agreements import Agreement, Condition
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

LANGUAGE_FOR = ("student-studies", "staff-teacher")


@dataclass(frozen=True, slots=True)
class Granted:
    """Places that another agreement in effect grants: what it is called, its paper and one of its conditions."""

    name: str
    agreement: Agreement
    condition: Condition


def erasmus_problems(agreement: Agreement, condition: Condition) -> Iterator[Problem]:
    """R16: what Erasmus wants of a condition: subject areas of four digits, a language for studies and teaching."""
    if not agreement.programme.startswith("erasmus") and agreement.type != "erasmus_iia":
        return
    short = [code for code in condition.fields if len(code) < 4]
    if short:
        yield Problem("R16", "warn", "fields", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Erasmus wants subject areas of four digits, not {codes}"), codes=", ".join(short)),
            Text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter the field")))
    if condition.activity in LANGUAGE_FOR and not condition.languages:
        yield Problem("R16", "warn", "languages", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Erasmus wants a language of instruction")),
            Text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter the language")))


def twin_problems(agreement: Agreement, condition: Condition, others: Sequence[Granted]) -> Iterator[Problem]:
    """R20: another paper in effect with the same partner grants the same places."""
    for other in others:
        if _kind(other.agreement, other.condition) == _kind(agreement, condition):
            yield Problem("R20", "warn", "fields", text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "{other} grants the same places at the same time"), other=other.name),
                Text(QT_TRANSLATE_NOOP("PartnerDesk", "Open it")), {"agreement": other.agreement.id})


def _kind(agreement: Agreement, condition: Condition) -> tuple[object, ...]:
    return (agreement.type, agreement.programme, condition.direction, condition.activity, condition.own_unit_id,
            condition.levels, condition.fields, condition.field_note)
