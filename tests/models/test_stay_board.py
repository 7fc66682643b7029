"""The board as models: cards come, go and move row by row; only the first of a column are there."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.domain.stay_board import StayCard
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.models.listing import ID_ROLE
from partnerdesk.models.stay_board import PAGE, PhaseColumn, StayBoardModel
from partnerdesk.models.stay_words import card_dates, card_partner, paper_state, short_range
from partnerdesk.services.office import create_file

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("stopped_clock")


def card(stay_id: int, **more: Any) -> StayCard:
    plain: dict[str, Any] = {
        "person_id": 1, "name": f"Ana {stay_id}", "name_original": "", "kind": "student", "partner_id": 2,
        "partner": "Kyoto University", "country": "JP", "direction": "out", "phase": Phase.NOMINATED,
        "starts_on": date(2026, 8, 3), "ends_on": date(2026, 12, 12), "documents": 6, "done": 4, "missing": 0,
        "next_due": None}
    return StayCard(id=stay_id, **{**plain, **more})


@given(st.lists(st.lists(st.integers(1, 12), unique=True), min_size=1, max_size=6))
def test_that_any_cards_become_any_others_row_by_row(steps: Sequence[Sequence[int]]) -> None:
    column = PhaseColumn(Phase.NOMINATED)
    tester = QAbstractItemModelTester(column, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for ids in steps:
        staying = {column.cards[row].id: QPersistentModelIndex(column.index(row)) for row in range(column.rowCount())}
        column.set_cards([card(i, done=len(ids) % 5) for i in ids])
        assert [column.data(column.index(row), ID_ROLE) for row in range(column.rowCount())] == list(ids)
        assert all(index.isValid() == (i in ids) and (i not in ids or index.row() == list(ids).index(i))
                   for i, index in staying.items())
    del tester


def test_that_a_changed_card_is_told_of_alone(qapp: object) -> None:
    column = PhaseColumn(Phase.NOMINATED)
    column.set_cards([card(1), card(2), card(3)])
    told = QSignalSpy(column.dataChanged)
    column.set_cards([card(1), card(2, done=6), card(3)])
    assert [told.at(n)[0].row() for n in range(told.count())] == [1]


def test_that_a_column_has_more_as_long_as_the_office_has(qapp: object) -> None:
    column, root = PhaseColumn(Phase.NOMINATED), QModelIndex()
    column.set_cards([card(1), card(2)])
    assert not column.canFetchMore(root)
    column.set_total(3)
    assert column.canFetchMore(root)
    column.set_cards([card(1), card(2), card(3)])
    assert not column.canFetchMore(root)


def test_that_a_card_says_in_words_how_its_papers_stand(qapp: object) -> None:
    states = [paper_state(card(1, **more)) for more in (
        {}, {"done": 6}, {"missing": 1}, {"missing": 3, "next_due": TODAY - timedelta(days=4)},
        {"documents": 0, "done": 0})]
    assert [(one.word, one.right) for one in states] == [
        ("nothing due", "4 of 6"), ("complete", "6 of 6"), ("1 missing", "4 of 6"), ("3 missing", "4 days late"),
        ("nothing due", "")]
    assert card_partner(card(1, direction="in")) == "from Kyoto University"
    assert card_dates(card(1, kind="staff")) == "3 Aug \N{EN DASH} 12 Dec 2026 · staff"


@pytest.mark.parametrize(("start", "end", "said"), [
    (date(2026, 8, 3), date(2026, 12, 12), "3 Aug – 12 Dec 2026"),
    (date(2026, 7, 12), date(2026, 7, 30), "12 – 30 Jul 2026"),
    (date(2026, 9, 1), date(2027, 1, 31), "1 Sep 2026 – 31 Jan 2027"), (date(2026, 9, 1), None, "from 1 Sep 2026")])
def test_that_what_two_days_share_is_said_once(qapp: object, start: date, end: date | None, said: str) -> None:
    assert short_range(start, end) == said


def fill(unit: Any) -> list[int]:
    home = unit.add(Institution(name="Northbridge", is_home=True)).id
    partner = unit.add(Institution(name="Universidad de Chile", country="CL")).id
    person = unit.add(Person(given_names="Ana", family_name="Diallo")).id
    made = []
    for n in range(PAGE * 2 + 10):
        made.append(unit.add(Stay(
            person_id=person, sending_id=home, receiving_id=partner, sending_status="nomination",
            receiving_status="pending" if n % 5 else "verified", planned_from=TODAY + timedelta(days=n))).id)
    unit.add(Document(stay_id=made[1], kind="insurance", stage="departure", state="required"))
    return made


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk("Ada")
    made.adopt(create_file(tmp_path / "office.partnerdesk"))
    yield made
    qtbot.waitUntil(lambda: made.idle)
    made.shut_down()


@pytest.fixture
def stays(qtbot: QtBot, desk: Desk) -> list[int]:
    return do(qtbot, desk, fill)


@pytest.fixture
def board(qtbot: QtBot, desk: Desk, stays: list[int]) -> StayBoardModel:
    made = StayBoardModel(desk, desk)
    made.set_query(ListQuery())
    qtbot.waitUntil(lambda: desk.idle)
    return made


def do(qtbot: QtBot, desk: Desk, run: Any) -> Any:
    answers: list[Any] = []
    desk.do(Deed(Text("try"), run), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and desk.idle)
    return answers[0]


def test_that_only_the_first_cards_are_there_and_all_are_counted(board: StayBoardModel, stays: list[int]) -> None:
    column = board.column(Phase.NOMINATED)
    assert column.rowCount() == PAGE
    assert column.total == len([n for n in range(len(stays)) if n % 5])
    assert board.hits == len(stays) == sum(board.counts.values())


def test_that_more_cards_come_behind_those_that_are_there(qtbot: QtBot, desk: Desk, board: StayBoardModel) -> None:
    column = board.column(Phase.NOMINATED)
    before = [one.id for one in column.cards]
    column.fetchMore(QModelIndex())
    qtbot.waitUntil(lambda: desk.idle)
    assert [one.id for one in column.cards][:PAGE] == before
    assert column.rowCount() == column.total


def test_that_a_stay_that_goes_on_leaves_its_column_for_another_and_the_others_stay(
    qtbot: QtBot, desk: Desk, board: StayBoardModel, stays: list[int]
) -> None:
    nominated, accepted = board.column(Phase.NOMINATED), board.column(Phase.ACCEPTED)
    kept = QPersistentModelIndex(nominated.index(7))
    kept_id, went = nominated.data(nominated.index(7), ID_ROLE), QSignalSpy(nominated.rowsRemoved)
    do(qtbot, desk, lambda unit: unit.change(Stay, stays[1], None, receiving_status="verified"))
    assert nominated.row_of(stays[1]) < 0 <= accepted.row_of(stays[1])
    assert went.count() == 1
    assert nominated.data(nominated.index(kept.row()), ID_ROLE) == kept_id
    desk.undo()
    qtbot.waitUntil(lambda: desk.idle and nominated.row_of(stays[1]) >= 0)
    assert accepted.row_of(stays[1]) < 0


def test_that_a_change_elsewhere_renews_the_card_alone(
    qtbot: QtBot, desk: Desk, board: StayBoardModel, stays: list[int]
) -> None:
    column = board.column(Phase.NOMINATED)
    told = QSignalSpy(column.dataChanged)
    do(qtbot, desk, lambda unit: unit.change(Document, 1, None, state="received"))
    assert column.cards[column.row_of(stays[1])].done == 1
    assert [told.at(n)[0].row() for n in range(told.count())] == [column.row_of(stays[1])]


def test_that_changes_one_upon_the_other_are_all_seen(
    qtbot: QtBot, desk: Desk, board: StayBoardModel, stays: list[int]
) -> None:
    for n in (1, 2, 3):
        desk.do(Deed(Text("try"), lambda unit, n=n: unit.change(
            Stay, stays[n], None, planned_to=TODAY + timedelta(days=300 + n))))
    qtbot.waitUntil(lambda: desk.idle)
    cards = {one.id: one for one in board.column(Phase.NOMINATED).cards}
    assert [cards[stays[n]].ends_on for n in (1, 2, 3)] == [TODAY + timedelta(days=300 + n) for n in (1, 2, 3)]


def test_that_a_board_that_sleeps_asks_when_it_is_seen_again(
    qtbot: QtBot, desk: Desk, board: StayBoardModel, stays: list[int]
) -> None:
    board.set_awake(False)
    do(qtbot, desk, lambda unit: unit.change(Stay, stays[1], None, receiving_status="rejected"))
    assert board.column(Phase.NOMINATED).row_of(stays[1]) >= 0
    board.set_awake(True)
    qtbot.waitUntil(lambda: desk.idle)
    assert board.column(Phase.REJECTED).row_of(stays[1]) >= 0


def test_that_another_query_shows_other_stays_and_a_closed_office_none(
    qtbot: QtBot, desk: Desk, board: StayBoardModel
) -> None:
    testers = [QAbstractItemModelTester(board.column(phase)) for phase in PHASES]
    board.set_query(ListQuery(filters=(Filter("starts", "<", ("9d",)),)))
    qtbot.waitUntil(lambda: desk.idle)
    assert board.hits == 10 == sum(board.column(phase).rowCount() for phase in PHASES)
    desk.close()
    assert board.hits == 0 == sum(board.column(phase).rowCount() for phase in PHASES)
    del testers


def test_that_a_screen_reader_hears_the_whole_card(board: StayBoardModel) -> None:
    column = board.column(Phase.NOMINATED)
    said = column.data(column.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Ana Diallo, Outgoing, Universidad de Chile, from 3 Mar 2026, Nominated, 1 missing, 0 of 1"
