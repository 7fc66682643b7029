"""The rules for documents in Settings, driven: edited in place, added, removed, restored."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from partnerdesk.domain.doc_rules import STARTING_SET, DocRule
from partnerdesk.domain.grades import GradeTable
from partnerdesk.services import journal, office
from partnerdesk.services.office import create_file
from partnerdesk.views.grade_tables import GradeTablesDialog
from partnerdesk.views.settings_page import SettingsPage


@pytest.fixture
def page(house, desk, tmp_path, qtbot):
    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    made = SettingsPage(house)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    with qtbot.waitActive(made):
        made.show()
    made.arrive()
    qtbot.waitUntil(lambda: desk.idle)
    return made


def asked(page, qtbot, question):
    answers = []
    page.house.desk.ask(question, answers.append)
    qtbot.waitUntil(lambda: bool(answers) and page.house.desk.idle)
    return answers[0]


def rules(page, qtbot):
    return asked(page, qtbot, lambda reader: reader.find(DocRule, "position"))


def keys(page, qtbot, *written):
    for one in written:
        popup = QApplication.activePopupWidget()
        at = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
        if one.startswith("<"):
            QTest.keySequence(at, QKeySequence(one[1:-1]))
        else:
            QTest.keyClicks(at, one)
        for _ in range(3):
            QTest.qWait(1)
            qtbot.waitUntil(lambda: page.house.desk.idle)


def press(page, qtbot, words):
    button = next(b for b in page.findChildren(QAbstractButton) if b.text() == words and b.isVisible())
    button.click()
    qtbot.waitUntil(lambda: page.house.desk.idle)


def at(page, kind, key):
    grid = page.rules.grid
    rule = next(r for r in grid.records.records if r.kind == kind)
    grid.setFocus()
    grid.go_to(rule.id, key)
    return grid


def test_that_the_usual_rules_are_shown_before_an_office_has_its_own(page, qtbot):
    assert page.rules.model.rowCount() == len(STARTING_SET)
    assert rules(page, qtbot) == []


def test_that_days_and_ticks_are_changed_in_the_table(page, qtbot):
    at(page, "insurance", "due_days")
    keys(page, qtbot, "<F2>", "<Ctrl+A>", "-21", "<Return>")
    at(page, "insurance", "mandatory")
    keys(page, qtbot, " ")
    now = next(r for r in rules(page, qtbot) if r.kind == "insurance")
    assert (now.due_days, now.mandatory) == (-21, False)
    assert len(rules(page, qtbot)) == len(STARTING_SET)


def test_that_a_choice_is_made_by_typing_its_beginning(page, qtbot):
    at(page, "report", "only_if")
    keys(page, qtbot, "<F2>", "there is a grant", "<Return>")
    assert next(r for r in rules(page, qtbot) if r.kind == "report").only_if == "grant"


def test_that_days_beyond_reason_stay_in_their_cell(page, qtbot):
    at(page, "report", "due_days")
    keys(page, qtbot, "<F2>", "<Ctrl+A>", "9999", "<Return>")
    assert not page.rules.flush()
    keys(page, qtbot, "<F2>", "<Ctrl+A>", "30", "<Return>")
    assert page.rules.flush()


def test_that_rules_are_added_removed_and_restored(page, qtbot):
    page.rules.grid.setFocus()
    keys(page, qtbot, "<Ctrl+N>")
    assert page.rules.grid.current.kind == "other"
    keys(page, qtbot, "<Del>")
    assert "other" not in [r.kind for r in rules(page, qtbot)]
    at(page, "cv", "kind")
    keys(page, qtbot, "<Del>")
    assert len(rules(page, qtbot)) == len(STARTING_SET) - 1
    press(page, qtbot, "Return to the usual rules")
    assert rules(page, qtbot) == []
    assert page.rules.model.rowCount() == len(STARTING_SET)
    state = asked(page, qtbot, journal.undo_state)
    page.house.desk.do(journal.undo_deed(state.undo))
    qtbot.waitUntil(lambda: page.house.desk.idle)
    assert len(rules(page, qtbot)) == len(STARTING_SET) - 1


def test_that_credits_a_semester_and_ties_are_settings(page, qtbot):
    field = page.findChild(QWidget, "learning.least") or page.binder.fields["learning.least"].editor
    field.setFocus()
    keys(page, qtbot, "<Ctrl+A>", "24", "<Tab>")
    assert asked(page, qtbot, office.settings)["learning.least"] == 24
    field.setFocus()
    keys(page, qtbot, "<Ctrl+A>", "<Del>", "<Tab>")
    assert asked(page, qtbot, office.settings)["learning.least"] == 30
    page.binder.fields["grades.tie"].edited.emit("lowest")
    assert asked(page, qtbot, office.settings)["grades.tie"] == "lowest"


def test_that_our_own_grade_tables_open_from_our_institution(page, qtbot):
    assert not any(b.text() == "Grade tables…" and b.isVisible() for b in page.findChildren(QAbstractButton))
    page.house.desk.do(office.set_home(name="Tartu Ülikool"))
    qtbot.waitUntil(lambda: page.house.desk.idle)
    press(page, qtbot, "Grade tables…")
    dialog = page.findChild(GradeTablesDialog)
    dialog.tables.add_table()
    qtbot.waitUntil(lambda: page.house.desk.idle)
    assert asked(page, qtbot, lambda reader: reader.find(GradeTable))[0].name == "All fields"
    dialog.accept()
