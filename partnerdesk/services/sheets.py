"""What every printed sheet has in common: who prints, how it is named, its foot, and a few cells and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.documents import Block, Cell, Column, Fact, Head, PrintDocument
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import DONE
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.domain.years import AcademicYear
from partnerdesk.services.gathering import House, house_of
from partnerdesk.services.wording import EN_DASH, NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

SCRIPTS = {"CN": "zh-Hans", "SG": "zh-Hans", "TW": "zh-Hant", "HK": "zh-Hant", "JP": "ja", "KR": "ko"}

NAMED = 6
"""How many people a note names of those who are left out."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes the documents of one print: the house that prints, and the voice it speaks in."""

    house: House
    voice: Voice

    @classmethod
    def of(cls, reader: Reader, voice: Voice) -> Printer:
        """The printer of an office."""
        return cls(house_of(reader), voice)

    def sheet(
        self, what: str, head: Head, blocks: Iterable[Block], *, title: str = "", landscape: bool = False,
        notes: Iterable[str] = (),
    ) -> PrintDocument:
        """A document that flows over pages; `what` is its kind as a plain label, `notes` stand in its foot."""
        say, kind = self.voice.say, self.voice.say(what)
        as_of = say(QT_TRANSLATE_NOOP("PartnerDesk", "Data as of {moment}"), moment=self.voice.moment(clock.now()))
        return PrintDocument(
            title=title or kind, kind=f"{kind} · {self.voice.long_day(self.house.today)}",
            letterhead=self.house.letterhead, head=head, blocks=tuple(blocks), foot=" · ".join((as_of, *notes)),
            language=self.voice.language, more=say(QT_TRANSLATE_NOOP("PartnerDesk", "+ {count} more")),
            page_of=say(QT_TRANSLATE_NOOP("PartnerDesk", "Page {page} of {pages}")), flows=True, landscape=landscape)

    def column(self, title: str, share: float, align: str = "left", voice: str = "plain") -> Column:
        """A column with its title in the reader's language."""
        return Column(self.voice.say(title) if title else "", share, align, voice)  # type: ignore[arg-type]

    def fact(self, label: str, value: object) -> Fact:
        """A fact with its label in the reader's language; nothing is a dash."""
        return Fact(self.voice.say(label), str(value) if value not in (None, "") else NOTHING)

    def code(self, vocabulary: str, code: str) -> str:
        """The word for a code; nothing is a dash."""
        return self.voice.say(label_of(vocabulary, code)) if code else NOTHING

    def days(self, first: date | None, last: date | None) -> str:
        """ "1 Sep 2026 – 30 Jan 2027"; a dash where both are missing."""
        if first is None and last is None:
            return NOTHING
        shown = (self.voice.day(day) if day else "" for day in (first, last))
        return f" {EN_DASH} ".join(shown).strip()

    def year(self, year: int | None) -> str:
        """ "2026/27" of the first calendar year."""
        return self.voice.year(AcademicYear(year, self.house.southern)) if year is not None else NOTHING

    def yes_no(self, value: bool) -> str:
        """Yes or no."""
        return self.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "yes") if value
                              else QT_TRANSLATE_NOOP("PartnerDesk", "no"))

    def state(self, state: str) -> Cell:
        """The state of a document as icon and word."""
        return Cell(self.code("document_state", state), "HOLDS" if state in DONE else "")

    def number(self, value: float | None) -> str:
        """A number without needless decimals, as the reader writes it; a dash for none."""
        return NOTHING if value is None else self.voice.figure(value)


def person_head(person: Person, lines: tuple[str, ...] = (), facts: tuple[Fact, ...] = ()) -> Head:
    """A head about a person, with the name in its own script below."""
    country = person.citizenships[0] if person.citizenships else ""
    return Head(person.full_name or person.name_original, person.name_original if person.full_name else "",
                SCRIPTS.get(country, ""), lines, facts)


def place_of(institution: Institution | None, voice: Voice) -> str:
    """Name, city and country of an institution; a dash for none."""
    if institution is None:
        return NOTHING
    parts = (institution.name, institution.city, voice.country(institution.country))
    return ", ".join(part for part in parts if part)
