"""The sums beside the board and the reminder that is written from them."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.cohorts import Cohort, CohortMember
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.domain.words import Text
from partnerdesk.services.office import create_file
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.stay_reminder import ReminderDialog
from partnerdesk.views.stay_summary import StaySummary, SumRows

TODAY = date(2026, 3, 2)
LANDS = ("CL", "CL", "CL", "FR", "FR", "SG", "JP", "CN", "ZA")
pytestmark = pytest.mark.usefixtures("stopped_clock")


def fill(unit):
    """Nine outgoing stays in seven countries, of which three lack a document, one of them too late."""
    home = unit.add(Institution(name="Northbridge", is_home=True)).id
    partners = {land: unit.add(Institution(name=f"University of {land}", country=land)).id for land in set(LANDS)}
    cohort = unit.add(Cohort(title="Engineering 2026", kind="intake", capacity=12)).id
    made = []
    for n, land in enumerate(LANDS):
        person = unit.add(Person(given_names="Ana", family_name=f"Diallo {n}",
                                 email=f"ana{n}@example.edu" if n else "")).id
        made.append(unit.add(Stay(
            person_id=person, sending_id=home, receiving_id=partners[land], sending_status="nomination",
            receiving_status="pending" if n % 2 else "verified", planned_from=TODAY + timedelta(days=60))).id)
        if n < 3:
            unit.add(Document(stay_id=made[-1], kind="insurance" if n else "learning_agreement", stage="departure",
                              state="required", due_on=TODAY + timedelta(days=10 * (n - 1) + 5)))
        if n < 4:
            unit.add(CohortMember(cohort_id=cohort, stay_id=made[-1]))
    return made


@pytest.fixture
def stays(qtbot, qapp, desk, tmp_path):
    apply_theme(qapp, "light", 100)
    answers = []
    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    desk.do(Deed(Text("fill"), fill), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and desk.idle)
    return answers[0]


@pytest.fixture
def pane(qtbot, desk, stays):
    made = StaySummary(desk)
    qtbot.addWidget(made)
    made.resize(248, 800)
    with qtbot.waitActive(made):
        made.show()
    made.set_query(ListQuery())
    qtbot.waitUntil(lambda: made.sums.stays == len(stays))
    return made


def rows(pane, name):
    found = next(one for one in pane.findChildren(SumRows) if one.accessibleName().startswith(name))
    return found, [(row.word, row.n, row.role) for row in found.rows]


def test_that_the_sums_name_four_countries_and_add_up_the_others(pane):
    _, found = rows(pane, "By country")
    assert [(word, n) for word, n, _ in found[:2]] == [("Chile", 3), ("France", 2)]
    assert len(found) == 5
    assert found[-1][:2] == ("2 others", 2)
    assert sum(n for _, n, _ in found) == len(LANDS)
    assert [(word, n) for word, n, _ in rows(pane, "By phase")[1]] == [("Nominated", 4), ("Accepted", 5)]


def test_that_a_kind_of_document_is_red_when_one_is_late_else_amber(pane):
    assert rows(pane, "Missing documents")[1] == [
        ("Insurance proof", 2, "warn"), ("Learning agreement", 1, "danger")]


def test_that_a_line_that_is_chosen_asks_for_its_filter(pane):
    wanted = []
    pane.filter_wanted.connect(wanted.append)
    countries, found = rows(pane, "By country")
    step = countries.height() // len(found)
    QTest.mouseClick(countries, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(9, step + 5))
    countries.setFocus()
    QTest.keyClick(countries, Qt.Key.Key_Down)
    QTest.keyClick(countries, Qt.Key.Key_Up)
    QTest.keyClick(countries, Qt.Key.Key_Return)
    assert wanted == ["country:FR", "country:CL"]
    QTest.mouseClick(countries, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(9, 4 * step + 5))
    assert len(wanted) == 2


def test_that_a_cohort_names_itself_with_its_places(pane, qtbot):
    pane.set_title("Outgoing")
    pane.set_query(ListQuery(filters=(Filter("cohort", ":", ("1",)),)))
    qtbot.waitUntil(lambda: pane.sums.stays == 4)
    words = [one.text() for one in pane.findChildren(type(pane.title_label))]
    assert "Engineering 2026" in words
    assert "Intake" in words
    assert "out, of 12 places" in words
    pane.set_query(ListQuery())
    qtbot.waitUntil(lambda: pane.sums.stays == len(LANDS))
    assert pane.title_label.text() == "Outgoing"


def test_that_changes_are_added_up_anew(pane, qtbot, desk, stays):
    desk.do(Deed(Text("try"), lambda unit: unit.change(Stay, stays[1], None, receiving_status="verified")))
    qtbot.waitUntil(lambda: [n for _, n, _ in rows(pane, "By phase")[1]] == [3, 6])
    desk.close()
    assert pane.sums.stays == 0


def test_that_the_reminder_says_whom_it_reaches_and_is_copied_saved_and_noted(pane, qtbot, desk, stays, tmp_path):
    button = next(one for one in pane.findChildren(Button) if one.text() == "Remind 3 people")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = pane.findChild(ReminderDialog)
    qtbot.waitUntil(lambda: "Insurance proof" in dialog.letter.toPlainText())
    copy = next(one for one in dialog.findChildren(Button) if one.text() == "Copy the addresses")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "ana1@example.edu; ana2@example.edu"
    dialog.letter.setPlainText("Send us the papers")
    dialog.save_to_all(tmp_path / "reminder.eml")
    qtbot.waitUntil(lambda: (tmp_path / "reminder.eml").exists() and desk.idle)
    written = (tmp_path / "reminder.eml").read_text()
    assert "Send us the papers" in written
    assert "ana2@example.edu" in written
    dialog.save_for_each(tmp_path)
    qtbot.waitUntil(lambda: (tmp_path / "reminder 002.eml").exists() and desk.idle)
    answers = []
    desk.ask(lambda reader: sorted(one.stay_id for one in reader.find(StayEvent)), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0] == stays[1:3]
    dialog.reject()
