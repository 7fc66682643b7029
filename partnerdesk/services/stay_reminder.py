"""Reminds people of documents that are missing: as one draft to all, or as one for each with what that person owes.

Nothing is sent from here; the drafts are opened in a mail program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.stay_board import Owing
from partnerdesk.domain.stays import StayEvent
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

_SUBJECT = QT_TRANSLATE_NOOP("PartnerDesk", "Documents missing for your stay")
_TO_ALL = QT_TRANSLATE_NOOP("PartnerDesk", "Hello,")
_TO_ONE = QT_TRANSLATE_NOOP("PartnerDesk", "Hello {name},")
_SOME = QT_TRANSLATE_NOOP("PartnerDesk", "for your stay some documents have not reached us yet. Among them may be:")
_THESE = QT_TRANSLATE_NOOP("PartnerDesk", "for your stay at {partner} these documents have not reached us yet:")
_DUE = QT_TRANSLATE_NOOP("PartnerDesk", "The first of them is due on {day}.")
_END = QT_TRANSLATE_NOOP("PartnerDesk", "Kind regards")
_CLOSING = QT_TRANSLATE_NOOP(
    "PartnerDesk", "Reply to this message with the documents, or tell us when we can expect them.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be sent by hand."""

    subject: str
    body: str


def letter_to_all(lines: Sequence[Owing], office: str) -> Letter:
    """One message for everybody, which names every kind of document that somebody owes."""
    kinds = dict.fromkeys(kind for one in lines for kind in one.kinds)
    body = (str(Text(_TO_ALL)), "", str(Text(_SOME)), *_items(kinds), "", str(Text(_CLOSING)), "", str(Text(_END)),
            office)
    return Letter(str(Text(_SUBJECT)), "\n".join(body).strip() + "\n")


def letter_to_one(one: Owing, office: str) -> Letter:
    """The message to one person, which names what is missing for that stay."""
    due = ("", str(text(_DUE, day=_written(one.due_on)))) if one.due_on is not None else ()
    body = (str(text(_TO_ONE, name=one.name)), "", str(text(_THESE, partner=one.partner or "?")), *_items(one.kinds),
            *due, "", str(Text(_CLOSING)), "", str(Text(_END)), office)
    return Letter(str(Text(_SUBJECT)), "\n".join(body).strip() + "\n")


def addresses(lines: Sequence[Owing]) -> list[str]:
    """The addresses of all who have one, each once."""
    return list(dict.fromkeys(one.email for one in lines if one.email))


def write_one_for_all(path: Path, lines: Sequence[Owing], letter: Letter) -> int:
    """Write one draft in which nobody sees the others; to how many it goes. Raises EnvironmentTrouble."""
    from partnerdesk.formats.mail import write_eml

    found = addresses(lines)
    write_eml(path, "", letter.subject, letter.body, bcc=", ".join(found))
    return len(found)


def write_one_for_each(folder: Path, lines: Sequence[Owing], office: str) -> int:
    """Write a draft for each stay whose person has an address, with numbers and no names as file names; how many.

    Raises EnvironmentTrouble.
    """
    from partnerdesk.formats.mail import write_eml

    named = [one for one in lines if one.email]
    for number, one in enumerate(named, 1):
        letter = letter_to_one(one, office)
        write_eml(folder / f"reminder {number:03}.eml", one.email, letter.subject, letter.body)
    return len(named)


def note_reminders(stays: Sequence[int]) -> Deed[None]:
    """Write into the log of these stays that their people were reminded today."""

    def run(unit: Unit) -> None:
        unit.add_many([StayEvent(stay_id=one, kind="reminder", day=clock.today()) for one in stays])

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "note the reminder to {whom}"), whom=counted(
        len(stays), QT_TRANSLATE_NOOP("PartnerDesk", "1 person"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} people")))
    return Deed(label, run)


def _items(kinds: Iterable[str]) -> list[str]:
    return [f"- {label_of('stay_document', kind)}" for kind in kinds]


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
