"""The table of lines: row by row, never a reset, with what Qt asks of a model."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester

from partnerdesk.look.cells import CELL_ROLE, Number
from partnerdesk.models.lines import LineColumn, LinesModel


@dataclass(frozen=True)
class Line:
    key: int
    words: str = ""


def made() -> LinesModel[Line]:
    columns = (
        LineColumn("Word", lambda line: line.words),
        LineColumn("N", lambda line: Number(str(line.key)), 50, True),
    )
    return LinesModel(columns, lambda line: line.key, lambda line: f"line {line.key}")


@pytest.fixture
def model(qapp: QObject) -> LinesModel[Line]:
    return made()


def shown(model: LinesModel[Line]) -> list[str]:
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


@given(st.lists(st.lists(st.integers(0, 9), unique=True), min_size=1, max_size=6))
def test_that_any_lines_follow_any_lines_without_a_reset(qapp: QObject, rounds: list[list[int]]) -> None:
    model = made()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    for keys in rounds:
        model.set_lines([Line(key) for key in keys])
        assert shown(model) == [str(key) for key in keys]
    assert not resets
    del tester


def test_that_lines_that_stay_only_change_in_place(model: LinesModel[Line]) -> None:
    model.set_lines([Line(1, "a"), Line(2, "b"), Line(3, "c")])
    heard: list[str] = []
    model.rowsInserted.connect(lambda *_: heard.append("inserted"))
    model.rowsRemoved.connect(lambda *_: heard.append("removed"))
    model.dataChanged.connect(lambda first, last, roles: heard.append(f"changed {first.row()}"))
    model.set_lines([Line(1, "a"), Line(2, "new"), Line(3, "c")])
    assert heard == ["changed 1"]


def test_that_a_cell_comes_with_its_plain_words_and_its_side(model: LinesModel[Line]) -> None:
    model.set_lines([Line(7, "seven")])
    index = model.index(0, 1)
    assert index.data(CELL_ROLE) == Number("7")
    assert index.data() == "7"
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "line 7"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Word"


def test_that_more_is_asked_for_once(model: LinesModel[Line]) -> None:
    asked: list[int] = []
    model.more_wanted.connect(lambda: asked.append(1))
    assert not model.canFetchMore(QModelIndex())
    model.set_more(True)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked == [1]
    assert not model.canFetchMore(QModelIndex())


def test_that_a_line_is_found_by_its_key(model: LinesModel[Line]) -> None:
    model.set_lines([Line(4), Line(2)])
    assert (model.row_of(2), model.row_of(9)) == (1, -1)
    assert model.line_at(5) is None
