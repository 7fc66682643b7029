"""The trip pack on paper: the visit with its agenda, the countries and hosts, what is open, a summary of each host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.documents import (
    Block,
    Cell,
    Fact,
    FactList,
    Head,
    PrintDocument,
    Prose,
    Remarks,
    Table,
)
from partnerdesk.domain.visits import AgendaItem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.domain.years import AcademicYear
from partnerdesk.services import summary
from partnerdesk.services.prints import Print
from partnerdesk.services.sheet_followups import followup_table
from partnerdesk.services.sheets import Printer
from partnerdesk.services.trip import CountryFacts, TripPack, trip_pack
from partnerdesk.services.visits import VisitFile
from partnerdesk.services.wording import EN_DASH, NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_BRIEF = QT_TRANSLATE_NOOP("PartnerDesk", "Trip pack")


def trip_packs(visit_ids: Sequence[int]) -> Print:
    """The packs of these visits: a brief each, followed by the summaries of the partners it leads to."""
    return Print(tuple(visit_ids), _gather, QT_TRANSLATE_NOOP("PartnerDesk", "Trip packs"), "Trip pack", _choose)


def _choose(reader: Reader, visit_ids: Sequence[Any]) -> tuple[Sequence[Any], Text | None]:
    """A place for each document: (visit, 0) is its brief, (visit, partner) a summary that goes with it."""
    found: list[tuple[int, int]] = []
    for visit in visit_ids:
        found += [(visit, 0), *((visit, partner) for partner in trip_pack(reader, visit).partners)]
    return found, None


def _gather(reader: Reader, voice: Voice, about: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    for visit, partner in about:
        if partner:
            yield summary.summary(reader, partner, voice)
        else:
            yield trip_brief(printer, trip_pack(reader, visit))


def trip_brief(printer: Printer, pack: TripPack) -> PrintDocument:
    """The first document of a pack, over as many pages as it needs."""
    file, say = pack.file, printer.voice.say
    blocks: list[Block] = [_agenda(printer, file), _hosts(printer, file), _people(printer, file)]
    for land in pack.countries:
        blocks += _country(printer, land)
    blocks.append(followup_table(printer, pack.followups, say(QT_TRANSLATE_NOOP("PartnerDesk", "Open follow-ups"))))
    outcomes = tuple(line.strip() for line in file.visit.outcomes.splitlines() if line.strip())
    title = say(QT_TRANSLATE_NOOP("PartnerDesk", "Outcomes"))
    blocks.append(Prose(outcomes, title) if outcomes else Remarks(title))
    return printer.sheet(_BRIEF, _head(printer, file), blocks, title=f"{say(_BRIEF)} {EN_DASH} {file.visit.title}")


def _head(printer: Printer, file: VisitFile) -> Head:
    visit, fact = file.visit, printer.fact
    where = ", ".join(part for part in (visit.city, printer.voice.country(file.country)) if part)
    project = file.project
    facts = [
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "When"), printer.days(visit.starts_on, visit.ends_on)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Where"), where),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Status"), printer.code("visit_status", visit.status)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Responsible"), visit.responsible),
    ]
    if project is not None:
        facts.append(fact(QT_TRANSLATE_NOOP("PartnerDesk", "Project"), project.acronym or project.title))
    lines = (printer.code("visit_kind", visit.kind) if visit.kind else "", visit.purpose)
    return Head(visit.title, lines=tuple(one for one in lines if one), facts=tuple(facts))


def _agenda(printer: Printer, file: VisitFile) -> Table:
    c, say = printer.column, printer.voice.say
    rows, before = [], None
    for one in file.agenda:
        day = f"{printer.voice.weekday(one.day)} {printer.voice.day(one.day)}" if one.day else NOTHING
        rows.append((Cell(day if one.day != before else ""), Cell(_times(one)), Cell(one.title),
                     Cell(file.called(one.institution_id) or NOTHING),
                     Cell(" · ".join(part for part in (one.place, one.note) if part) or NOTHING)))
        before = one.day
    zones = list(dict.fromkeys(one.zone for one in file.agenda if one.zone))
    note = say(QT_TRANSLATE_NOOP("PartnerDesk", "Times of {zone}"), zone=", ".join(zones)) if zones else ""
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Agenda")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Day"), 0.17, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Time"), 0.13), c(QT_TRANSLATE_NOOP("PartnerDesk", "What"), 0.28),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "With"), 0.2), c(QT_TRANSLATE_NOOP("PartnerDesk", "Place"), 0.22)),
        tuple(rows), note=note, empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "No meeting is entered yet")))


def _times(one: AgendaItem) -> str:
    return f" {EN_DASH} ".join(part for part in (one.begins, one.ends) if part) or NOTHING


def _hosts(printer: Printer, file: VisitFile) -> Table:
    c, say = printer.column, printer.voice.say
    rows = tuple(
        (Cell(file.called(one.institution_id)), Cell(printer.voice.country(file.land(one.institution_id))),
         Cell(printer.voice.day(one.day)), Cell(one.aim or NOTHING)) for one in file.places)
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Institutions")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Institution"), 0.34, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Country"), 0.16), c(QT_TRANSLATE_NOOP("PartnerDesk", "Day"), 0.14),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "What for"), 0.36)),
        rows, empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "No institution is entered yet")))


def _people(printer: Printer, file: VisitFile) -> Table:
    c, say = printer.column, printer.voice.say
    rows = tuple(
        (Cell(one.name), Cell(one.function or NOTHING), Cell(file.called(one.institution_id) or NOTHING),
         Cell(one.phone or NOTHING), Cell(one.email or NOTHING))
        for one in sorted(file.people, key=lambda one: one.side != "ours"))
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "People")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.2, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Function"), 0.2),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Institution"), 0.22), c(QT_TRANSLATE_NOOP("PartnerDesk", "Phone"), 0.16),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"), 0.22)),
        rows, empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "Nobody is entered yet")))


def _country(printer: Printer, land: CountryFacts) -> list[Block]:
    """A country in figures, our people there now, and the last visits."""
    voice, say, c = printer.voice, printer.voice.say, printer.column
    year = voice.year(AcademicYear(land.year, printer.house.southern))
    facts = (
        (QT_TRANSLATE_NOOP("PartnerDesk", "Partners"), land.partners),
        (QT_TRANSLATE_NOOP("PartnerDesk", "Agreements in effect"), land.agreements),
        (QT_TRANSLATE_NOOP("PartnerDesk", "Outgoing"), land.out),
        (QT_TRANSLATE_NOOP("PartnerDesk", "Incoming"), land.incoming),
        (QT_TRANSLATE_NOOP("PartnerDesk", "Our people there now"), land.there),
    )
    blocks: list[Block] = [FactList(voice.country(land.country), tuple(Fact(say(label), str(n)) for label, n in facts),
                                    year, 5)]
    if land.here:
        blocks.append(Table(
            say(QT_TRANSLATE_NOOP("PartnerDesk", "Our people there now")),
            (c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.34, "left", "strong"),
             c(QT_TRANSLATE_NOOP("PartnerDesk", "Partner"), 0.4), c(QT_TRANSLATE_NOOP("PartnerDesk", "Until"), 0.26)),
            tuple((Cell(one.name), Cell(one.partner), Cell(voice.day(one.ends_on))) for one in land.here),
            note=say(QT_TRANSLATE_NOOP("PartnerDesk", "+ {count} more"), count=land.there - len(land.here))
            if land.there > len(land.here) else ""))
    if land.visits:
        blocks.append(Table(
            say(QT_TRANSLATE_NOOP("PartnerDesk", "Last visits")),
            (c(QT_TRANSLATE_NOOP("PartnerDesk", "What"), 0.4, "left", "strong"),
             c(QT_TRANSLATE_NOOP("PartnerDesk", "When"), 0.3), c(QT_TRANSLATE_NOOP("PartnerDesk", "Status"), 0.3)),
            tuple((Cell(one.title), Cell(printer.days(one.starts_on, one.ends_on)),
                   Cell(printer.code("visit_status", one.status))) for one in land.visits)))
    return blocks
