"""The trip pack on paper: the brief first, then a summary of each host; what is open is on it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.documents import PrintDocument, Prose, Remarks, Table
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.visits import AgendaItem, Visit, VisitPerson, VisitPlace
from partnerdesk.domain.words import text
from partnerdesk.services import office, sheet_trip
from partnerdesk.services.office import set_home
from partnerdesk.services.wording import Voice
from partnerdesk.store.office import Office

MONDAY = date(2026, 12, 7)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Office]:
    with clock.fixed(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        made = office.create_file(tmp_path / "office.partnerdesk")
        office.do(made, set_home(name="Northbridge University", country="GB"), "Ada")
        yield made
        made.close()


@pytest.fixture
def visit(opened: Office) -> Visit:
    with opened.write(text("visit"), "Ada") as unit:
        hosts = [unit.add(Institution(name=name, country=country)).id
                 for name, country in (("清华大学", "CN"), ("Seoul National University", "KR"))]
        made = unit.add(Visit(title="East Asia", starts_on=MONDAY, ends_on=date(2026, 12, 11), purpose="Sign"))
        for place, host in enumerate(hosts):
            unit.add(VisitPlace(visit_id=made.id, position=place, institution_id=host))
            unit.add(FollowUp(title=f"Ask {host}", institution_id=host))
        unit.add(VisitPlace(visit_id=made.id, position=3, institution_id=hosts[0]))
        unit.add(VisitPerson(visit_id=made.id, side="theirs", name="Prof. Li"))
        unit.add(VisitPerson(visit_id=made.id, position=1, name="Ada Brook"))
        unit.add(AgendaItem(visit_id=made.id, day=MONDAY, begins="09:30", ends="11:00", zone="Asia/Shanghai",
                            title="Welcome", institution_id=hosts[0], place="Main hall"))
        unit.add(FollowUp(title="Book the flight", visit_id=made.id))
        unit.add(FollowUp(title="Done long ago", visit_id=made.id, done_on=MONDAY))
    return made


def pack(opened: Office, visit: Visit) -> list[PrintDocument]:
    with opened.read() as reader:
        return sheet_trip.trip_packs([visit.id]).chosen(reader).documents(reader, Voice())


def rows(document: PrintDocument, title: str) -> list[list[str]]:
    (found,) = [block for block in document.blocks if isinstance(block, Table) and block.title == title]
    return [[cell.text for cell in row] for row in found.rows]


def test_that_a_pack_is_a_brief_and_one_summary_of_each_host(opened: Office, visit: Visit) -> None:
    brief, *summaries = pack(opened, visit)
    assert brief.flows and brief.head.name == "East Asia"
    assert [one.head.name for one in summaries] == ["清华大学", "Seoul National University"]
    assert not any(one.flows for one in summaries)


def test_that_the_brief_tells_meetings_people_and_what_is_still_open(opened: Office, visit: Visit) -> None:
    brief = pack(opened, visit)[0]
    assert rows(brief, "Agenda") == [["Mon 7 Dec 2026", "09:30 – 11:00", "Welcome", "清华大学", "Main hall"]]
    assert [row[0] for row in rows(brief, "People")] == ["Ada Brook", "Prof. Li"]
    assert {row[0] for row in rows(brief, "Open follow-ups")} == {"Book the flight", "Ask 2", "Ask 3"}


def test_that_there_is_room_for_the_outcomes_until_they_are_entered(opened: Office, visit: Visit) -> None:
    assert isinstance(pack(opened, visit)[0].blocks[-1], Remarks)
    with opened.write(text("outcomes"), "Ada") as unit:
        unit.change(Visit, visit.id, None, outcomes="Eight places.\n\nA staff week.")
    last = pack(opened, visit)[0].blocks[-1]
    assert isinstance(last, Prose) and last.paragraphs == ("Eight places.", "A staff week.")


def test_that_a_visit_with_nothing_in_it_still_prints(opened: Office) -> None:
    with opened.write(text("visit"), "Ada") as unit:
        bare = unit.add(Visit(title="Somewhere"))
    (brief,) = pack(opened, bare)
    assert rows(brief, "Agenda") == [] and rows(brief, "Institutions") == []
