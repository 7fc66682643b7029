"""The Learning agreement tab of a stay, driven: tables by keys and paste, pairs, signatures, changes with reasons."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.learning import LearningComponent, LearningVersion, completed_on
from partnerdesk.domain.stays import Stay
from partnerdesk.services import learning, office
from partnerdesk.views.stay_learning import LearningTab
from tests.services.papers_of_stays import done, found, write
from tests.views.sections_of_stays import Shown

pytestmark = pytest.mark.usefixtures("stopped_clock")
SIGNED = (("student", date(2026, 2, 1)), ("sending", date(2026, 2, 2)), ("receiving", date(2026, 2, 9)))


@pytest.fixture
def make(qtbot, tmp_path):
    shown = []

    def show(**more):
        one = Shown(qtbot, tmp_path, LearningTab, **more)
        shown.append(one)
        return one

    yield show
    for one in shown:
        one.leave()


def agreed(office):
    done(office, learning.new_version(1))
    version = found(office, LearningVersion)[0]
    for part, code, title, credits in (("A", "CS1", "Algorithms", 24.0), ("A", "CS2", "Logic", 6.0),
                                       ("B", "MT1", "Algoritmid", 24.0)):
        done(office, learning.add_component(version, LearningComponent(
            part=part, code=code, title=title, credits=credits)))


def complete(office):
    agreed(office)
    version = found(office, LearningVersion)[0]
    for side, day in SIGNED:
        done(office, learning.sign(version, side, day))


def changing(office):
    complete(office)
    done(office, learning.new_version(1))


def components(shown, n=1):
    version = shown.found(LearningVersion, n=n)[0]
    return sorted(shown.found(LearningComponent, version_id=version.id), key=lambda c: c.position)


def grid(shown, part="A"):
    return shown.section.tables[part].grid


def titles(shown, part="A"):
    return [one.title for one in grid(shown, part).records.records]


def fill(shown, name, words):
    editor = next(w for w in shown.window.findChildren(QWidget, name) if w.isVisible())
    editor.setFocus()
    shown.keys("<Ctrl+A>", words or "<Del>", "<Tab>")


def test_that_an_agreement_is_begun_and_filled_with_keys_alone(make):
    shown = make()
    assert shown.section.tables["A"].isHidden()
    shown.press("Begin the agreement")
    grid(shown).setFocus()
    shown.keys("<Ctrl+N>", "<F2>", "Algorithms", "<Tab>", "30", "<Return>")
    one = components(shown)[0]
    assert (one.part, one.title, one.credits) == ("A", "Algorithms", 30.0)
    assert shown.section.sums.text() == "Studied at the host 30 · recognised at home 0"
    assert shown.section.problems.sentences == []


def test_that_credits_are_added_up_while_they_are_typed(make):
    shown = make(prepare=agreed)
    assert shown.section.sums.text() == "Studied at the host 30 · recognised at home 24"
    grid(shown).setFocus()
    grid(shown).go_to(components(shown)[1].id, "credits")
    shown.keys("<F2>", "<Ctrl+A>", "4,5", "<Return>")
    assert shown.section.sums.text() == "Studied at the host 28.5 · recognised at home 24"
    assert "28.5 credits are fewer than the 30 of a stay this long" in shown.section.problems.sentences


def test_that_the_office_sets_how_many_credits_a_semester_has(make):
    def few(made):
        agreed(made)
        done(made, office.change_settings(learning_least=18, learning_most=24))

    shown = make(prepare=few)
    assert "30 credits are more than the 24 of a stay this long" in shown.section.problems.sentences


def test_that_a_pasted_table_is_told_first_and_comes_in_one_step(make):
    shown = make(prepare=agreed)
    shown.paste(grid(shown), "Code\tTitle\tECTS\nX1\tEthics\t3\nX2\tLaw\t5")
    assert shown.section.paste_bar.isVisible()
    assert len(components(shown)) == 3
    shown.press("Paste")
    assert titles(shown) == ["Algorithms", "Logic", "Ethics", "Law"]
    shown.undo()
    assert titles(shown) == ["Algorithms", "Logic"]


def test_that_one_pasted_value_fills_the_cell(make):
    shown = make(prepare=agreed)
    grid(shown).go_to(components(shown)[0].id, "title")
    shown.paste(grid(shown), "Data structures")
    assert titles(shown)[0] == "Data structures"


def test_that_what_holds_no_course_is_said(make):
    shown = make(prepare=agreed)
    shown.paste(grid(shown), "hello;there\nnothing;here")
    assert shown.section.paste_bar.isVisible()
    assert not shown.offered("Paste")
    shown.press("Cancel pasting")
    assert shown.section.paste_bar.isHidden()


def test_that_chosen_courses_of_both_tables_become_a_pair(make):
    shown = make(prepare=agreed)
    grid(shown).setFocus()
    grid(shown).select_row(0)
    grid(shown, "B").setFocus()
    grid(shown, "B").select_row(0)
    shown.press("Pair the chosen courses")
    assert [c.pair for c in components(shown)] == [1, None, 1]
    assert shown.section.problems.sentences == ["Nothing at home stands for Logic"]


def test_that_a_pair_may_be_typed_as_its_number(make):
    shown = make(prepare=agreed)
    grid(shown).setFocus()
    grid(shown).go_to(components(shown)[1].id, "pair")
    shown.keys("<F2>", "x", "<Return>")
    assert not shown.work.clean
    shown.keys("<F2>", "<Ctrl+A>", "7", "<Return>")
    assert components(shown)[1].pair == 7


def test_that_the_third_signature_locks_the_version_and_offers_a_change(make):
    shown = make(prepare=agreed)
    for side, _ in SIGNED:
        fill(shown, f"{side}_signed_on", "1 March 2026")
    assert completed_on(shown.found(LearningVersion)[0]) == date(2026, 3, 1)
    assert shown.found(Document, kind="learning_agreement")[0].state == "checked"
    assert not shown.offered("Add course")
    grid(shown).setFocus()
    shown.keys("<Del>", "<F2>", "x", "<Return>")
    assert titles(shown) == ["Algorithms", "Logic"]
    shown.press("Change the agreement")
    assert [v.n for v in shown.found(LearningVersion)] == [1, 2]
    assert shown.section.version.n == 2


def test_that_a_deleted_course_stays_struck_with_its_reason_and_can_be_kept(make):
    shown = make(prepare=changing)
    grid(shown).setFocus()
    grid(shown).go_to(components(shown, 2)[1].id, "title")
    shown.keys("<Del>")
    logic = components(shown, 2)[1]
    assert logic.change == "deleted"
    assert grid(shown).records.struck(logic)
    fill(shown, "reason", "Taught in French now")
    assert components(shown, 2)[1].reason == "Taught in French now"
    shown.press("Keep this course")
    assert components(shown, 2)[1].change == ""


def test_that_a_signed_course_is_replaced_by_one_to_be_typed(make):
    shown = make(prepare=changing)
    grid(shown).setFocus()
    grid(shown).go_to(components(shown, 2)[1].id, "title")
    shown.keys("<F2>", "x", "<Return>")
    assert titles(shown) == ["Algorithms", "Logic"]
    shown.press("Replace this course")
    shown.keys("<F2>", "Ethics", "<Return>")
    assert [(c.title, c.change) for c in components(shown, 2) if c.part == "A"] == [
        ("Algorithms", ""), ("Logic", "deleted"), ("Ethics", "inserted")]
    assert shown.section.sums.text() == "Studied at the host 30 · recognised at home 24"


def test_that_only_the_changes_can_be_shown(make):
    shown = make(prepare=changing)
    grid(shown).setFocus()
    grid(shown).go_to(components(shown, 2)[1].id, "title")
    shown.keys("<Del>")
    shown.press("Changes only")
    assert titles(shown) == ["Logic"]
    assert shown.section.tables["B"].isHidden()
    shown.press("Changes only")
    assert titles(shown) == ["Algorithms", "Logic"]


def test_that_an_earlier_version_can_be_looked_at(make):
    shown = make(prepare=changing)
    one = shown.found(LearningVersion, n=1)[0]
    shown.section._segments.chosen.emit(str(one.id))
    assert shown.section.version.n == 1
    assert shown.section.locked
    assert not shown.offered("Change the agreement")


def test_that_the_version_begun_last_can_be_taken_away(make):
    shown = make(prepare=changing)
    shown.press("Remove this version")
    assert [v.n for v in shown.found(LearningVersion)] == [1]
    assert shown.section.version.n == 1


def test_that_a_recognised_stay_can_only_be_read(make):
    def recognised(made):
        agreed(made)
        write(made, lambda unit: unit.change(Stay, 1, None, sending_status="recognized"))

    shown = make(prepare=recognised)
    assert not shown.offered("Add course")
    grid(shown).setFocus()
    shown.keys("<Del>")
    assert titles(shown) == ["Algorithms", "Logic"]
