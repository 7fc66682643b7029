"""Certificates of arrival, departure and attendance: one page each, for one stay or a whole cohort at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.documents import Fact, Head, PrintDocument, Prose, Signatures
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import NAMED, Printer, place_of
from partnerdesk.services.stay_file import StayFile, stay_file
from partnerdesk.services.wording import Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

KINDS = {
    "arrival": QT_TRANSLATE_NOOP("PartnerDesk", "Certificate of arrival"),
    "departure": QT_TRANSLATE_NOOP("PartnerDesk", "Certificate of departure"),
    "attendance": QT_TRANSLATE_NOOP("PartnerDesk", "Certificate of attendance"),
}
_SENTENCES = {
    "arrival": QT_TRANSLATE_NOOP(
        "PartnerDesk", "This is to certify that {name}{born}, of {home}, arrived at {host} on {first} for a stay of "
        "the kind “{activity}”, planned until {last}."),
    "departure": QT_TRANSLATE_NOOP(
        "PartnerDesk", "This is to certify that {name}{born}, of {home}, ended a stay of the kind “{activity}” at "
        "{host} and left on {last}."),
    "attendance": QT_TRANSLATE_NOOP(
        "PartnerDesk", "This is to certify that {name}{born}, of {home}, took part in a stay of the kind “{activity}” "
        "at {host} from {first} to {last}."),
}
_BORN = QT_TRANSLATE_NOOP("PartnerDesk", ", born on {day}")
_HOURS = QT_TRANSLATE_NOOP("PartnerDesk", "The stay included {hours} hours of teaching.")

_WANTED = {"arrival": ("actual_from",), "departure": ("actual_to",), "attendance": ("actual_from", "actual_to")}
_ALL_LEFT = QT_TRANSLATE_NOOP("PartnerDesk", "The days that this certificate says are not recorded yet: {names}.")
_SOME_LEFT = QT_TRANSLATE_NOOP(
    "PartnerDesk", "Left out because the days that this certificate says are not recorded yet ({n}): {names}.")


def certificates(kind: str, stay_ids: Sequence[int]) -> Print:
    """Certificates of a kind ("arrival", "departure", "attendance") for these stays."""
    return Print(tuple(stay_ids), partial(_gather, kind), KINDS[kind], KINDS[kind], partial(_choose, kind))


def _gather(kind: str, reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (certificate(kind, printer, stay_file(reader, one)) for one in ids)


def _choose(kind: str, reader: Reader, ids: Sequence[Any]) -> tuple[Sequence[Any], Text | None]:
    """The stays whose days are recorded, and who is left out without them. Raises Refused where nobody has any."""
    stays = reader.many(Stay, ids)
    left = [one for one in ids if any(getattr(stays[one], field) is None for field in _WANTED[kind])]
    if not left:
        return ids, None
    people = reader.many(Person, {stays[one].person_id for one in left})
    names = [people[stays[one].person_id].full_name or people[stays[one].person_id].name_original for one in left]
    shown = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
    if len(left) == len(ids):
        raise Refused(Problem("P06", "block", _WANTED[kind][0], text(_ALL_LEFT, names=shown)))
    return [one for one in ids if one not in set(left)], text(_SOME_LEFT, n=len(left), names=shown)


def certificate(kind: str, printer: Printer, file: StayFile) -> PrintDocument:
    """A certificate, signed by the host. Raises Refused where the day it certifies is not known."""
    stay, say = file.stay, printer.voice.say
    _refuse_without_days(kind, file)
    first, last = stay.actual_from or stay.planned_from, stay.actual_to or stay.planned_to
    sentence = say(
        _SENTENCES[kind], name=file.name, born=_born(file.person, say, printer),
        home=place_of(file.sending, printer.voice), host=place_of(file.receiving, printer.voice),
        activity=printer.code("activity", stay.activity), first=printer.voice.day(first),
        last=printer.voice.day(last))
    words = [sentence]
    if kind == "attendance" and stay.teaching_hours:
        words.append(say(_HOURS, hours=printer.voice.figure(stay.teaching_hours)))
    signing = Signatures((
        Fact(say(QT_TRANSLATE_NOOP("PartnerDesk", "Place and date")), ""),
        Fact(say(QT_TRANSLATE_NOOP("PartnerDesk", "Signature and stamp of the receiving institution")), "")))
    head = Head(say(KINDS[kind]), lines=(printer.house.letterhead.office,))
    return printer.sheet(KINDS[kind], head, (Prose(tuple(words), large=True), signing),
                         title=f"{say(KINDS[kind])} – {file.name}")


def _born(person: Person, say: Callable[..., str], printer: Printer) -> str:
    return say(_BORN, day=printer.voice.day(person.birth_date)) if person.birth_date else ""


def _refuse_without_days(kind: str, file: StayFile) -> None:
    stay = file.stay
    for field in _WANTED[kind]:
        if getattr(stay, field) is None:
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "The arrival of {name} is not recorded yet") \
                if field == "actual_from" else QT_TRANSLATE_NOOP(
                    "PartnerDesk", "The departure of {name} is not recorded yet")
            raise Refused(Problem("P06", "block", field, text(sentence, name=file.name)))
