"""The calendar of stays as lanes: groups by name, stays by their first day, only those of the stretch."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.models.listing import ID_ROLE, LINE_ROLE
from partnerdesk.models.stay_calendar import GROUP_ROLE, StayCalendarModel
from partnerdesk.services.office import create_file

TODAY = date(2026, 3, 2)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
pytestmark = pytest.mark.usefixtures("stopped_clock")


def fill(unit: Any) -> None:
    home = unit.add(Institution(name="Northbridge", is_home=True)).id
    partners = [unit.add(Institution(name=name, country=land)).id for name, land in (
        ("Uppsala universitet", "SE"), ("Universidad de Chile", "CL"), ("Lunds universitet", "SE"), ("Nowhere", ""))]
    person = unit.add(Person(given_names="Ana", family_name="Diallo")).id
    for n in range(40):
        begins = TODAY + timedelta(days=35 * (n - 20))
        unit.add(Stay(person_id=person, sending_id=home, receiving_id=partners[n % 4], planned_from=begins,
                      planned_to=begins + timedelta(days=60) if n % 7 else None))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made, answers = Desk("Ada"), []
    made.adopt(create_file(tmp_path / "office.partnerdesk"))
    made.do(Deed(Text("fill"), fill), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and made.idle)
    yield made
    qtbot.waitUntil(lambda: made.idle)
    made.shut_down()


@pytest.fixture
def lanes(qtbot: QtBot, desk: Desk) -> StayCalendarModel:
    made = StayCalendarModel(desk, desk)
    made.set_stretch(FIRST, LAST, "country")
    made.set_query(ListQuery())
    qtbot.waitUntil(lambda: desk.idle)
    return made


def told(lanes: StayCalendarModel) -> list[str | int]:
    """The rows: names of groups, ids of stays."""
    rows = [lanes.index(row, 0) for row in range(lanes.rowCount())]
    return [index.data() if index.data(GROUP_ROLE) is not None else index.data(ID_ROLE) for index in rows]


def within(desk: Desk, qtbot: QtBot) -> dict[int, Stay]:
    answers: list[list[Stay]] = []
    desk.ask(lambda reader: reader.find(Stay), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return {one.id: one for one in answers[0] if one.planned_from and one.planned_to
            and one.planned_from <= LAST and one.planned_to >= FIRST}


def test_that_groups_come_by_name_with_the_unknown_last_and_stays_by_their_first_day(
    qtbot: QtBot, desk: Desk, lanes: StayCalendarModel
) -> None:
    stays = within(desk, qtbot)
    rows = told(lanes)
    assert [row for row in rows if isinstance(row, str)] == ["Chile", "Sweden", "No country"]
    found = [row for row in rows if isinstance(row, int)]
    assert sorted(found) == sorted(stays)
    assert lanes.stays == len(stays)
    for group in lanes.groups:
        begins = [stays[one].planned_from for one in group.stays]
        assert begins == sorted(begins, key=lambda day: day or date.max)


def test_that_partners_can_be_the_groups(qtbot: QtBot, desk: Desk, lanes: StayCalendarModel) -> None:
    lanes.set_stretch(FIRST, LAST, "partner")
    qtbot.waitUntil(lambda: desk.idle)
    assert [row for row in told(lanes) if isinstance(row, str)] == [
        "Lunds universitet", "Nowhere", "Universidad de Chile", "Uppsala universitet"]


def test_that_a_group_closes_and_opens_again(lanes: StayCalendarModel) -> None:
    tester = QAbstractItemModelTester(lanes)
    before = told(lanes)
    lanes.toggle(0)
    assert told(lanes)[:2] == ["Chile", "Sweden"]
    assert lanes.row_of(lanes.groups[0].stays[0]) == -1
    lanes.toggle(0)
    assert told(lanes) == before
    assert [lanes.row_of(row) for row in before if isinstance(row, int)] == [
        place for place, row in enumerate(before) if isinstance(row, int)]
    del tester


def test_that_cards_are_fetched_when_they_are_looked_at(qtbot: QtBot, desk: Desk, lanes: StayCalendarModel) -> None:
    index = lanes.index(1, 0)
    assert index.data(LINE_ROLE) is None
    qtbot.waitUntil(lambda: lanes.index(1, 0).data(LINE_ROLE) is not None)
    assert lanes.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Ana Diallo, Outgoing, Universidad")
    assert lanes.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == f"Chile, {len(lanes.groups[0].stays)} stays"


def test_that_filters_and_changes_are_followed(qtbot: QtBot, desk: Desk, lanes: StayCalendarModel) -> None:
    lanes.set_query(ListQuery(filters=(Filter("country", ":", ("CL",)),)))
    qtbot.waitUntil(lambda: desk.idle)
    stays = list(lanes.groups[0].stays)
    assert told(lanes) == ["Chile", *stays]
    desk.do(Deed(Text("try"), lambda unit: unit.change(Stay, stays[0], None, planned_to=date(2025, 12, 31),
                                                       planned_from=date(2025, 12, 1))))
    qtbot.waitUntil(lambda: desk.idle and told(lanes) == ["Chile", *stays[1:]])
    lanes.set_awake(False)
    desk.undo()
    qtbot.waitUntil(lambda: desk.idle)
    assert told(lanes) == ["Chile", *stays[1:]]
    lanes.set_awake(True)
    qtbot.waitUntil(lambda: told(lanes) == ["Chile", *stays])
    desk.close()
    assert lanes.rowCount() == 0
