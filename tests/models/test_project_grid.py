"""Cells of a project's tables: what is typed is read, what cannot be is said, what tasks wait for is told by rows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.projects import Milestone, Risk, Task, TaskLink, WorkPackage
from partnerdesk.look.cells import Chip
from partnerdesk.models.edit_grid import PROBLEM_ROLE, GridColumn
from partnerdesk.models.project_grid import (
    KINDS,
    PartColumn,
    PartModel,
    PlanNames,
    TaskRow,
    Wait,
    read_waits,
    rows_of_tasks,
    task_of,
    wait_words,
)

NAMES = PlanNames({7: "Tsinghua University"}, {3: "WP1 Coordination"}, {},
                  ((11, "Study"), (12, "Design"), (13, "Pilot")))


def model(**values):
    made = PartModel([PartColumn(GridColumn(key, key, 80, "text"), value) for key, value in values.items()])
    made.set_names(NAMES)
    return made


@given(st.lists(st.builds(Wait, st.sampled_from([11, 12, 13]), st.sampled_from(KINDS), st.integers(-999, 999)),
                unique_by=lambda one: one.before_id))
def test_that_what_a_task_waits_for_is_read_back_as_it_is_written(waits):
    assert read_waits(wait_words(waits, NAMES), NAMES) == tuple(sorted(waits))


@pytest.mark.parametrize(("written", "waits"), [
    ("", ()), ("1", (Wait(11),)), ("1; 3 ss + 5d", (Wait(11), Wait(13, "SS", 5))), ("2ff-3", (Wait(12, "FF", -3),)),
])
def test_that_dependencies_are_typed_as_numbers_of_tasks(written, waits):
    assert read_waits(written, NAMES) == waits


@pytest.mark.parametrize(("written", "said"), [
    ("9", "There is no task 9"), ("after 2", "is no dependency"), ("2XX", "is no dependency")])
def test_that_a_dependency_that_cannot_be_is_refused_with_the_reason(written, said):
    with pytest.raises(Unreadable, match=said):
        read_waits(written, NAMES)


def test_that_tasks_carry_what_they_wait_for_and_can_stand_alone_again():
    task = Task(id=12, title="Design", progress=40)
    (row,) = rows_of_tasks([task], [TaskLink(id=1, task_id=12, before_id=11, lag=2)])
    assert row.waits == (Wait(11, "FS", 2),) and task_of(row) == task
    assert model(waits="waits").words_of(row, "waits") == "1FS+2"


def test_that_progress_is_a_whole_number_of_percent():
    cells = model(progress="percent")
    assert cells.read_cell(Task(), "progress", "60 %") == {"progress": 60}
    for wrong in ("101", "-1", "2.5", "much"):
        with pytest.raises(Unreadable):
            cells.read_cell(Task(), "progress", wrong)


def test_that_a_work_package_without_days_shows_those_of_its_tasks_in_brackets():
    made = PartModel([PartColumn(GridColumn("starts_on", "From", 90, "text"), "spanned")])
    made.set_names(PlanNames(spans={(3, "starts_on"): date(2026, 3, 1)}))
    package = WorkPackage(id=3)
    assert made.words_of(package, "starts_on") == "(1 Mar 2026)"
    assert made.typed_words(package, "starts_on") == ""
    assert made.words_of(WorkPackage(id=3, starts_on=date(2026, 5, 2)), "starts_on") == "2 May 2026"


def test_that_a_name_is_read_by_its_words_or_its_number_and_another_refused():
    cells = model(work_package_id="package", institution_id="institution", task_id="task")
    assert cells.read_cell(Task(), "work_package_id", "wp1") == {"work_package_id": 3}
    assert cells.read_cell(Task(), "institution_id", "tsinghua university") == {"institution_id": 7}
    assert cells.read_cell(Milestone(), "task_id", "2") == {"task_id": 12}
    assert cells.read_cell(Task(), "work_package_id", "") == {"work_package_id": None}
    with pytest.raises(Unreadable):
        cells.read_cell(Task(), "institution_id", "Nowhere")


def test_that_the_weight_of_a_risk_is_said_in_a_word_beside_its_colour():
    cells = model(weight="weight")
    chips = [cells.cell_of(Risk(likelihood=n, impact=n), "weight") for n in (2, 3, 4)]
    assert [(one.kind, one.word) for one in chips if isinstance(one, Chip)] == [
        ("neutral", "4 low"), ("warn", "9 medium"), ("danger", "16 high")]


def test_that_what_a_rule_says_of_a_row_stands_in_its_cell():
    made = PartModel([PartColumn(GridColumn("due_on", "Due", 90, "text"), "day")])
    made.set_names(PlanNames(problems={("Milestone", 5, "due_on"): ("warn", "M1 is 3 days late")}))
    made.become([Milestone(id=5, title="x", due_on=date(2026, 1, 1))], False)
    assert made.index(0, 0).data(PROBLEM_ROLE) == ("warn", "M1 is 3 days late")


def test_that_rows_are_told_to_have_changed_when_only_what_they_refer_to_did(qtbot):
    made = PartModel([PartColumn(GridColumn("waits", "Waits for", 90, "text"), "waits")])
    rows = [TaskRow(id=12, title="Design", waits=(Wait(11),))]
    made.set_names(NAMES)
    made.become(rows, False)
    made.set_names(PlanNames(tasks=((12, "Design"), (11, "Study"))))
    with qtbot.waitSignal(made.dataChanged):
        made.become(rows, False)
    assert made.index(0, 0).data() == "2"
