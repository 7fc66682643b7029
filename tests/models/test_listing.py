"""The model of the lists: rows come, go and move without a reset; selection and scroll stay."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Agreement, Condition
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution, PartnerLine
from partnerdesk.domain.words import text
from partnerdesk.look.cells import Soft
from partnerdesk.models.listing import ID_ROLE, LINE_ROLE, PAGE, Column, Listing, ListModel
from partnerdesk.services import agreements, listing, partners
from partnerdesk.services.office import create_file

WHO = "Marta Ilves"
COLUMNS = (Column("name", "Name", lambda line: Soft(str(line)), 100, "name"), Column("x", "X", lambda _: Soft("x"), 9))


class QuickDesk(QObject):
    """A desk that answers at once from a list in memory."""

    changed = Signal(object)
    opened = Signal()
    closed = Signal()
    is_open = True

    def __init__(self) -> None:
        super().__init__()
        self.now: list[int] = []
        self.asked_lines: list[list[int]] = []

    def ask(self, question: Any, answer: Any, **_: Any) -> None:
        answer(question(self))


def ids_of(reader: QuickDesk, _: ListQuery, limit: int | None, among: Sequence[int] | None = None) -> list[int]:
    found = reader.now if among is None else [i for i in reader.now if i in among]
    return found if limit is None else found[:limit]


def lines_of(reader: QuickDesk, ids: Sequence[int]) -> dict[int, str]:
    reader.asked_lines.append(list(ids))
    return {i: f"line {i}" for i in ids}


QUICK = Listing("partner", ids_of, lines_of, lambda desk: len(desk.now), lambda desk, query: len(desk.now), str)
rows = st.lists(st.integers(1, 60), unique=True, max_size=60)


def quick(now: Sequence[int] = ()) -> tuple[QuickDesk, ListModel]:
    desk = QuickDesk()
    desk.now = list(now)
    model = ListModel(desk, QUICK, COLUMNS)  # type: ignore[arg-type]
    return desk, model


@pytest.mark.usefixtures("qapp")
def test_that_a_row_opened_while_another_list_is_on_its_way_is_no_row_of_that_list() -> None:
    desk, model = quick([1, 2, 3])
    model.reload(first=False)
    waiting: list[Any] = []
    desk.ask = lambda question, answer, **_: waiting.append((question, answer))  # type: ignore[method-assign]
    model.set_query(ListQuery(("two",)))
    model.hold(1)
    desk.now = [2]
    for question, answer in waiting:
        answer(question(desk))
    assert list(model.ids) == [2]
    model.hold(2)
    desk.now, held = [3], list(waiting)
    model.reload(first=False)
    for question, answer in waiting[len(held):]:
        answer(question(desk))
    assert set(model.ids) == {2, 3}


@pytest.mark.usefixtures("qapp")
@given(st.lists(rows, min_size=1, max_size=6), st.sets(st.integers(1, 60)))
def test_that_any_list_turns_into_any_other_without_a_reset(lists: list[list[int]], touched: set[int]) -> None:
    desk, model = quick()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    resets = QSignalSpy(model.modelReset)
    for now in lists:
        desk.now = now
        desk.changed.emit(Changes(1, text("x"), {"partner": frozenset(touched | {0})}))
        model.reload(first=False)
        assert list(model.ids) == now
        assert [model.row_of(i) for i in now] == list(range(len(now)))
        assert [model.index(row, 0).data(ID_ROLE) for row in range(len(now))] == now
    assert resets.count() == 0


@pytest.mark.usefixtures("qapp")
@given(rows, rows, st.data())
def test_that_rows_that_stay_in_order_keep_their_persistent_index(
    before: list[int], extra: list[int], data: st.DataObject
) -> None:
    desk, model = quick(before)
    model.reload(first=False)
    staying = [i for i in before if data.draw(st.booleans())]
    marks = {i: model.index(model.row_of(i), 0) for i in staying}
    persistent = {i: QPersistentModelIndex(mark) for i, mark in marks.items()}
    after = list(staying)
    for one in extra:
        if one not in before:
            after.insert(data.draw(st.integers(0, len(after))), one)
    desk.now = after
    model.reload(first=False)
    assert list(model.ids) == after
    if len(before) + len(extra) <= 60:
        assert all(mark.isValid() and mark.data(ID_ROLE) == i for i, mark in persistent.items())


@pytest.mark.usefixtures("qapp")
@given(st.lists(st.integers(1, 60), unique=True, min_size=2, max_size=40), st.data())
def test_that_a_held_record_stays_where_it_is_until_it_is_let_go(before: list[int], data: st.DataObject) -> None:
    desk, model = quick(before)
    model.reload(first=False)
    held = data.draw(st.sampled_from(before))
    model.hold(held)
    rest = [i for i in before if i != held]
    gone = data.draw(st.booleans())
    desk.now = rest if gone else data.draw(st.permutations(before))
    desk.changed.emit(Changes(1, text("x"), {"partner": frozenset({held})}))
    if gone:
        assert list(model.ids) == before
    assert held in model.ids
    model.hold(None)
    assert list(model.ids) == list(desk.now)


@pytest.mark.usefixtures("qapp")
def test_that_a_list_nobody_sees_waits_until_it_is_seen() -> None:
    desk, model = quick([1, 2])
    model.reload(first=False)
    model.set_awake(False)
    desk.now = [3]
    desk.changed.emit(Changes(1, text("x"), {"partner": frozenset({3})}))
    assert list(model.ids) == [1, 2]
    model.set_awake(True)
    assert list(model.ids) == [3]


@pytest.mark.usefixtures("qapp")
def test_that_news_of_other_kinds_are_not_asked_about() -> None:
    desk, model = quick([1, 2])
    model.reload(first=False)
    asked = len(desk.asked_lines)
    desk.now = [2, 1]
    desk.changed.emit(Changes(1, text("x"), {"agreement": frozenset({1})}))
    assert (list(model.ids), len(desk.asked_lines)) == ([1, 2], asked)


def test_that_lines_are_fetched_by_pages_as_they_are_asked_for(qtbot: QtBot) -> None:
    desk, model = quick(range(1, 1001))
    model.reload(first=False)
    assert desk.asked_lines == [list(range(1, PAGE + 1))]
    desk.asked_lines.clear()
    assert model.index(0, 0).data() == "line 1"
    assert model.index(500, 0).data() is None
    assert model.index(501, 1).data() is None
    qtbot.waitUntil(lambda: bool(desk.asked_lines))
    assert [len(ids) for ids in desk.asked_lines] == [PAGE]
    assert model.index(500, 0).data() == "line 501"
    assert model.index(500, 0).data(LINE_ROLE) == "line 501"
    assert model.index(500, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "line 501"


# acceptance: two lists and a form on one office


class Form(QObject):
    """What a form does: asks again for its record when the news names it."""

    def __init__(self, desk: Desk, institution_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, institution_id
        self.shown: list[Institution] = []
        desk.changed.connect(self.hear)

    @Slot(object)
    def hear(self, changes: Changes) -> None:
        if self._id in changes.ids("partner"):
            self._desk.ask(lambda reader: reader.get(Institution, self._id), self.shown.append, key=(self, "form"))


class Opened:
    """Partners in two tables with different orders, agreements in a third, and a form of one partner."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.asked: list[list[int]] = []
        column = (Column("name", "Name", lambda line: Soft(_said(line)), 200, "name"),)
        kinds = (
            Listing("partner", listing.partner_ids, self._lines, listing.partner_count, listing.partner_hits, str),
            Listing("partner", listing.partner_ids, listing.partner_lines, listing.partner_count,
                    listing.partner_hits, str),
            Listing("agreement", listing.agreement_ids, listing.agreement_lines, listing.agreement_count,
                    listing.agreement_hits, str))
        self.models = [ListModel(desk, kind, column) for kind in kinds]
        self.testers = [QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Warning)
                        for m in self.models]
        self.models[1].set_query(ListQuery(sort="country"))
        self.models[0].reload()
        self.models[2].reload()
        self.views = [QTableView() for _ in self.models]
        for view, model in zip(self.views, self.models, strict=True):
            qtbot.addWidget(view)
            view.setModel(model)
            view.resize(300, 400)
            view.show()
        self.form = Form(desk, 60)
        self.wait()
        self.resets = [QSignalSpy(m.modelReset) for m in self.models]
        self.layouts = [QSignalSpy(m.layoutChanged) for m in self.models]
        self.inserted = [QSignalSpy(m.rowsInserted) for m in self.models]
        self.removed = [QSignalSpy(m.rowsRemoved) for m in self.models]
        self.form.shown.clear()
        self.told = [QSignalSpy(m.dataChanged) for m in self.models]
        self.asked.clear()

    def _lines(self, reader: Any, ids: Sequence[int]) -> dict[int, PartnerLine]:
        self.asked.append(list(ids))
        return listing.partner_lines(reader, ids)

    def wait(self) -> None:
        """Until the desk is idle and every row that is seen has its line."""

        def at_rest() -> bool:
            return self.desk.idle and all(map(self.painted, self.models, self.views))

        self.qtbot.waitUntil(at_rest)

    def painted(self, model: ListModel, view: QTableView) -> bool:
        last = view.rowAt(view.viewport().height() - 1)
        rows = range(max(view.rowAt(0), 0), (last if last >= 0 else model.rowCount() - 1) + 1)
        return all(model.line_at(row) is not None for row in rows)

    def select(self, view: int, record_id: int) -> None:
        model = self.models[view]
        index = model.index(model.row_of(record_id), 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.views[view].selectionModel().setCurrentIndex(index, flags)
        self.views[view].scrollTo(index, QTableView.ScrollHint.PositionAtCenter)

    def selected(self, view: int) -> list[int]:
        return [index.data(ID_ROLE) for index in self.views[view].selectionModel().selectedRows()]

    def scrolled(self) -> list[int]:
        return [view.verticalScrollBar().value() for view in self.views]


def _said(line: Any) -> str:
    return line.name if isinstance(line, PartnerLine) else line.partner


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    office = create_file(tmp_path / "two lists.partnerdesk")
    with office.write(text("fill"), WHO) as unit:
        unit.add_many([Institution(name=f"Partner {n:04}", country=("PL", "DE", "FR")[n % 3]) for n in range(300)])
        unit.add(Institution(name="Northbridge", is_home=True))
    desk = Desk(WHO)
    desk.adopt(office)
    for n in range(40, 80):
        with office.read() as reader:
            one = reader.get(Institution, n)
        desk.do(agreements.new_agreement(one, Agreement(type="mou"), None, [Condition(heads=1)]))
    yield Opened(qtbot, desk)
    desk.shut_down()


def record(opened: Opened, record_id: int) -> Institution:
    found: list[Institution] = []
    opened.desk.ask(lambda reader: reader.get(Institution, record_id), found.append)
    opened.wait()
    return found[0]


def test_that_a_save_renews_its_rows_in_two_lists_and_a_form_by_id_alone(opened: Opened) -> None:
    one = record(opened, 60)
    for view in range(3):
        opened.select(view, 60 if view < 2 else 21)
    opened.wait()
    chosen, scrolled = [opened.selected(view) for view in range(3)], opened.scrolled()
    assert all(scrolled[:2])
    opened.asked.clear()
    before = [spy.count() for spy in opened.told[:2]]
    opened.desk.do(partners.change_institution(one, short_name="P60"))
    opened.wait()
    assert opened.asked == [[60]], "only the changed id was read"
    assert opened.models[0].line_at(opened.models[0].row_of(60)).short_name == "P60"
    assert opened.models[1].line_at(opened.models[1].row_of(60)).short_name == "P60"
    assert [form.short_name for form in opened.form.shown] == ["P60"]
    assert [spy.count() for spy in (*opened.resets, *opened.layouts, *opened.inserted, *opened.removed)] == [0] * 12
    assert [spy.count() - n for spy, n in zip(opened.told, before, strict=False)] == [1, 1]
    assert ([opened.selected(view) for view in range(3)], opened.scrolled()) == (chosen, scrolled)


def test_that_a_new_name_moves_one_row_and_the_agreements_line_follows(opened: Opened) -> None:
    one = record(opened, 60)
    opened.select(0, 100)
    opened.desk.do(partners.change_institution(one, name="Partner 0000 A"))
    opened.wait()
    assert opened.models[0].row_of(60) == 1
    assert opened.selected(0) == [100]
    assert [(spy.count()) for spy in (opened.inserted[0], opened.removed[0])] == [1, 1]
    assert [spy.count() for spy in opened.resets] == [0, 0, 0]
    agreement = next(i for i in opened.models[2].ids if opened.models[2].line_at(opened.models[2].row_of(i)) and
                     opened.models[2].line_at(opened.models[2].row_of(i)).partner_id == 60)
    assert opened.models[2].line_at(opened.models[2].row_of(agreement)).partner == "Partner 0000 A"
    assert opened.models[2].row_of(agreement) == 0


def test_that_rows_come_and_go_with_deeds_and_their_undo(opened: Opened) -> None:
    before = [list(model.ids) for model in opened.models]
    opened.select(0, 200)
    opened.desk.do(partners.new_partner(Institution(name="Partner 0100 A", country="DE")))
    opened.desk.do(partners.delete_partners([record(opened, 60)]))
    opened.wait()
    assert opened.models[0].row_of(302) == 100
    assert opened.models[0].row_of(60) == -1
    assert (opened.models[0].hits, opened.models[0].total, opened.models[2].hits) == (300, 300, 39)
    opened.desk.undo()
    opened.desk.undo()
    opened.wait()
    assert [list(model.ids) for model in opened.models] == before
    assert opened.selected(0) == [200]
    assert [spy.count() for spy in opened.resets] == [0, 0, 0]


def test_that_a_filtered_list_lets_a_record_go_that_no_longer_fits(opened: Opened) -> None:
    model = opened.models[0]
    model.set_query(ListQuery(filters=(Filter("country", ":", ("PL",)),)))
    opened.wait()
    some = model.ids[5]
    opened.desk.do(partners.change_institution(record(opened, some), country="SE"))
    opened.wait()
    assert model.row_of(some) == -1
    assert (model.hits, model.total) == (99, 300)
    opened.desk.undo()
    opened.wait()
    assert model.row_of(some) == 5


def test_that_a_step_of_hundreds_of_records_does_not_reset_either(opened: Opened) -> None:
    opened.desk.do(partners.change_many(range(1, 301, 2), {"country": "SE"}, {}, 150))
    opened.wait()
    assert list(opened.models[1].ids)[150:] == list(range(1, 301, 2))
    opened.desk.undo()
    opened.wait()
    assert [spy.count() for spy in opened.resets] == [0, 0, 0]


def test_that_the_lists_empty_themselves_when_the_office_is_closed(opened: Opened) -> None:
    opened.desk.close()
    assert [model.rowCount() for model in opened.models] == [0, 0, 0]
