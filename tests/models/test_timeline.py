"""The timeline's model: what is asked for, what is kept, what a drag would push, what rows say."""

from datetime import date, timedelta

import pytest

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.portfolio import AgreementHead, Insides, Portfolio, ProjectHead, Side
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task, TaskLink, WorkPackage
from partnerdesk.domain.words import Text
from partnerdesk.models.timeline import TimelineModel
from partnerdesk.models.timeline_rows import lay, package_days, progress_of, short_day
from partnerdesk.models.timeline_words import card_facts, row_sentence
from partnerdesk.services.office import create_file

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("stopped_clock")


def on(days):
    return TODAY + timedelta(days=days)


def laid(portfolio, insides=None, by="", closed=(), kept=None):
    return lay(portfolio, insides or {}, by, lambda key: key not in closed, TODAY, kept)


INSIDE = Insides(
    (WorkPackage(id=1, number="WP1"),),
    (Task(id=1, work_package_id=1, title="One", starts_on=on(-9), ends_on=on(0), progress=100),
     Task(id=2, work_package_id=1, title="Two", starts_on=on(1), ends_on=on(30)), Task(id=3, title="Loose")),
    (TaskLink(id=5, task_id=2, before_id=1),),
    (Milestone(id=1, work_package_id=1, task_id=1, number="M1", due_on=on(-3), met_on=on(-4)),
     Milestone(id=2, number="M2", due_on=on(400))),
    (Deliverable(id=1, number="1.1", due_on=on(-5)),), frozenset({1, 2}))
GREEN = ProjectHead(id=7, acronym="GREEN", title="Campus", starts_on=on(-10), ends_on=on(50), tasks=3, progress=25,
                    next_due=on(-5), responsible="Ada Berg", sides=(Side(3, "Zürich", "CH"),))


def test_that_a_point_stands_below_the_task_that_leads_to_it_and_what_belongs_to_no_package_comes_last():
    rows = laid(Portfolio((GREEN,)), {7: INSIDE}).rows
    assert [(bar.name, bar.level) for bar in rows] == [
        ("GREEN", 0), ("WP1", 1), ("One", 2), ("M1", 2), ("Two", 2), ("Loose", 1), ("M2", 1), ("1.1", 1)]
    assert [bar.words for bar in rows[2:]] == [
        "done", "met 26 Feb", "", "no dates", short_day(on(400), TODAY), "5 days late"]
    assert short_day(on(400), TODAY).endswith("2027")


def test_that_links_are_those_between_rows_that_are_shown():
    chart = laid(Portfolio((GREEN,)), {7: INSIDE}).chart()
    assert {(link.id, link.before, link.after, link.critical) for link in chart.links()} == {
        (5, 2, 4, True), (0, 2, 3, False)}
    shut = laid(Portfolio((GREEN,)), {7: INSIDE}, closed={("package", 1)}).chart()
    assert not list(shut.links())


def test_that_links_of_a_later_project_lead_to_its_own_rows():
    other = ProjectHead(id=8, acronym="SOLO", starts_on=on(0), ends_on=on(9))
    chart = laid(Portfolio((other, GREEN)), {7: INSIDE}).chart()
    assert {(link.before, link.after) for link in chart.links()} == {(3, 5), (3, 4)}


def test_that_a_closed_project_says_how_far_or_how_late_it_is():
    late = laid(Portfolio((GREEN,)), {7: INSIDE}, closed={("project", 7)}).rows
    assert len(late) == 1 and (late[0].words, late[0].tone) == ("5 days late", "danger")
    fine = ProjectHead(id=9, acronym="FINE", starts_on=on(-1), ends_on=on(9), tasks=2, progress=40)
    assert laid(Portfolio((fine,)), closed={("project", 9)}).rows[0].words == "40 %"


def test_that_what_did_not_change_is_not_laid_again():
    kept = {}
    first = laid(Portfolio((GREEN,)), {7: INSIDE}, kept=kept)
    again = laid(Portfolio((GREEN,)), {7: INSIDE}, kept=kept)
    assert all(one is other for one, other in zip(first.rows, again.rows, strict=True))
    shut = laid(Portfolio((GREEN,)), {7: INSIDE}, closed={("package", 1)}, kept=kept)
    assert len(shut.rows) == len(first.rows) - 3


def test_that_agreements_without_an_end_go_on_and_drafts_are_told_apart():
    told = Portfolio((), (AgreementHead(id=1, title="MoU", starts_on=on(-100)),
                          AgreementHead(id=2, title="Draft", draft=True),
                          AgreementHead(id=3, title="Old", starts_on=on(-99), ends_on=on(-9), ended=True)))
    rows = laid(told).rows
    assert rows[0].last == date.max.toordinal() and rows[0].words == "no end"
    assert rows[1].met and rows[1].words == "draft" and rows[2].words == "ended"
    assert all(bar.fixed for bar in rows)


def test_that_a_lane_reaches_as_far_as_what_is_in_it():
    rows = laid(Portfolio((GREEN,), (AgreementHead(id=1, title="MoU", starts_on=on(-100), ends_on=on(5),
                                                   sides=GREEN.sides),)), by="country", closed={("project", 7)}).rows
    assert rows[0].name == "Switzerland" and rows[0].span == (on(-100).toordinal(), on(50).toordinal())


def test_that_progress_is_weighed_by_days_and_packages_span_their_tasks():
    tasks = [Task(starts_on=on(0), ends_on=on(29), progress=100), Task(starts_on=on(30), ends_on=on(119))]
    assert progress_of(tasks) == pytest.approx(0.25)
    assert package_days(WorkPackage(), tasks) == (on(0), on(119))
    assert package_days(WorkPackage(starts_on=on(5)), tasks) == (on(5), None)
    assert progress_of([]) == 0 and package_days(WorkPackage(), []) == (None, None)


def test_that_a_screen_reader_and_the_card_are_told_the_facts():
    told = laid(Portfolio((GREEN,)), {7: INSIDE})
    said = row_sentence(told.rows[7], told.records[7], TODAY)
    assert said.startswith("Deliverable, 1.1") and "5 days late" in said
    assert "decides when the project ends" in row_sentence(told.rows[4], told.records[4], TODAY)
    facts = card_facts(told.rows[4], told.records[4], ["One"])
    assert "Task, 3 Mar 2026" in facts and "Waits for One" in facts


@pytest.fixture
def model(qtbot, tmp_path):
    desk = Desk("Ada")
    done = []

    def fill(unit):
        for name in ("A", "B"):
            project = unit.add(Project(acronym=name, starts_on=on(0), ends_on=on(200))).id
            tasks = [unit.add(Task(project_id=project, position=n, title=f"{name}{n}", starts_on=on(10 * n),
                                   ends_on=on(10 * n + 9))).id for n in range(3)]
            unit.add(TaskLink(before_id=tasks[0], task_id=tasks[1]))

    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    desk.do(Deed(Text("fill"), fill), lambda _: done.append(True))
    qtbot.waitUntil(lambda: bool(done) and desk.idle)
    model = TimelineModel(desk)
    model.desk = desk
    model.set_query(ListQuery())
    qtbot.waitUntil(lambda: desk.idle and len(model.chart.rows) == 8)
    yield model
    desk.shut_down()


def test_that_a_preview_shows_what_would_be_pushed(model):
    row = model.row_of(("task", model.chart.rows[1].key[1]))
    first, last = model.chart.rows[row].span
    shown, outcome = model.preview(row, (first + 5, last + 5))
    assert shown == {1: (first + 5, last + 5), 2: (first + 15, last + 15)}
    assert outcome.pushed == (model.chart.rows[2].key[1],)


def test_that_a_project_takes_its_rows_along_in_the_preview(model):
    first, last = model.chart.rows[0].span
    shown, _ = model.preview(0, (first + 7, last + 7))
    assert set(shown) == {0, 1, 2, 3}
    assert shown[3][0] == model.chart.rows[3].span[0] + 7


def test_that_certain_projects_are_shown_in_the_order_asked_for(model, qtbot):
    ids = [one.id for one in model.portfolio.projects]
    model.set_projects(ids[::-1])
    qtbot.waitUntil(lambda: model.desk.idle)
    assert [bar.name for bar in model.chart.rows if bar.shape == "project"] == ["B", "A"]


def test_that_a_change_is_followed_and_one_that_nobody_sees_waits(model, qtbot):
    changed = []
    model.changed.connect(lambda: changed.append(True))
    task = model.chart.rows[1].key[1]
    model.desk.do(Deed(Text("move"), lambda unit: unit.change(Task, task, title="Other")))
    qtbot.waitUntil(lambda: model.desk.idle)
    assert model.chart.rows[1].name == "Other"
    model.set_awake(False)
    model.desk.do(Deed(Text("move"), lambda unit: unit.change(Task, task, title="Third")))
    qtbot.waitUntil(lambda: model.desk.idle)
    assert model.chart.rows[1].name == "Other"
    model.set_awake(True)
    qtbot.waitUntil(lambda: model.desk.idle and model.chart.rows[1].name == "Third")


def test_that_closing_the_office_leaves_nothing(model, qtbot):
    model.desk.close()
    assert not model.chart.rows and not model.loaded and clock.today() == TODAY
