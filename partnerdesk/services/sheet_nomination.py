"""The nomination list that goes to a partner, as a printed document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.documents import Cell, Fact, Head, PrintDocument, Signatures, Table
from partnerdesk.domain.nominations import OPEN, Nomination, Nominee
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.services.nominations import nomination_sheet
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import SCRIPTS, Printer, place_of
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_TITLE = QT_TRANSLATE_NOOP("PartnerDesk", "Nomination list")


def nomination_lists(keys: Sequence[tuple[int, int, bool]]) -> Print:
    """The lists of these nominations: partner, first calendar year of the academic year, whether its second half."""
    return Print(tuple(keys), _gather, QT_TRANSLATE_NOOP("PartnerDesk", "Nomination lists"))


def _gather(reader: Reader, voice: Voice, keys: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (nomination_list(printer, nomination_sheet(reader, *key).nomination) for key in keys)


def nomination_list(printer: Printer, nomination: Nomination) -> PrintDocument:
    """Who is nominated to a partner, with the deadline, on its side."""
    say, partner = printer.voice.say, nomination.partner
    half = QT_TRANSLATE_NOOP("PartnerDesk", "second half") if nomination.second_half else QT_TRANSLATE_NOOP(
        "PartnerDesk", "first half")
    contact = nomination.contact
    facts = (
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Academic year"),
                     f"{printer.year(nomination.year)}, {say(half)}"),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Deadline"), printer.voice.day(nomination.deadline)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "To"), contact.full_name if contact else ""),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"), contact.email if contact else ""))
    head = Head(partner.name, partner.name_original if partner.name_original != partner.name else "",
                SCRIPTS.get(partner.country, ""), (place_of(partner, printer.voice),), facts)
    people = nomination.of(OPEN) or nomination.nominees
    c = printer.column
    table = Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Nominated")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "No."), 0.04, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.17, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Date of birth"), 0.1),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Citizenship"), 0.11), c(QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"), 0.2),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Degree programme"), 0.13),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Level"), 0.09), c(QT_TRANSLATE_NOOP("PartnerDesk", "Languages"), 0.09),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Term"), 0.12)),
        tuple(_row(printer, one, n) for n, one in enumerate(people, 1)))
    signing = Signatures((Fact(say(QT_TRANSLATE_NOOP("PartnerDesk", "For the sending institution")), ""),))
    return printer.sheet(_TITLE, head, (table, signing), title=f"{partner.name} – {say(_TITLE)}", landscape=True)


def _row(printer: Printer, one: Nominee, n: int) -> tuple[Cell, ...]:
    person, stay, study = one.person, one.stay, one.enrolment
    countries = ", ".join(printer.voice.country(code) for code in person.citizenships)
    return (
        Cell(str(n)), Cell(person.listed_name or person.name_original), Cell(printer.voice.day(person.birth_date)),
        Cell(countries or NOTHING), Cell(person.email or NOTHING),
        Cell((study.programme_title if study else "") or NOTHING),
        Cell(printer.code("level", stay.level_nominated)), Cell(", ".join(one.languages) or NOTHING),
        Cell(printer.code("term", stay.term)))
