"""The agreement pane on a real office: fields saved when left, the grid, approvals, versions, conflicts."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, ConditionYear, Party
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.services import agreements, office, partners
from partnerdesk.services.agreements import agreement_file
from partnerdesk.views.agreement_new import NewAgreement
from partnerdesk.views.agreement_pane import TABS, AgreementPane
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.kit.style import apply_theme

TERMS = AgreementVersion(first_year=2025, last_year=2027, notice_months=6)
CONDITIONS = (Condition(heads=3, months=5.0), Condition(direction="in", heads=2, months=5.0))


@pytest.fixture
def desk(qtbot, tmp_path, stopped_clock):
    made = Desk("Ada")
    made.bug.connect(lambda error: pytest.fail(repr(error)))
    made.open(tmp_path / "o.partnerdesk", new=True)
    qtbot.waitUntil(lambda: made.is_open and made.idle)
    yield made
    made.shut_down()


class Room:
    """The pane, the office behind it, and what is in the file."""

    def __init__(self, qtbot, desk):
        self.qtbot, self.desk = qtbot, desk
        self.do(office.set_home(name="Northbridge University"))
        self.partner = self.do(partners.new_partner(Institution(name="Uppsala universitet")))
        institution = self.ask(lambda r: r.get(Institution, self.partner))
        self.do(partners.add_child(institution, Contact(family_name="Berg", given_names="Eva", roles=("signee",))))
        self.id = self.do(agreements.new_agreement(
            institution, Agreement(type="student_exchange", our_code="2025-001"), TERMS, CONDITIONS))
        self.pane = AgreementPane(desk)
        qtbot.addWidget(self.pane)
        self.pane.resize(520, 900)
        with qtbot.waitActive(self.pane):
            self.pane.show()
        self.pane.show_record(self.id)
        self.settle()

    @property
    def file(self):
        return self.ask(lambda r: agreement_file(r, self.id))

    def settle(self):
        self.qtbot.waitUntil(lambda: self.desk.idle)

    def do(self, deed, desk=None):
        answers = []
        (desk or self.desk).do(deed, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers) and self.desk.idle)
        return answers[0]

    def ask(self, question):
        answers = []
        self.desk.ask(question, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def field(self, name):
        """The editor of that name in the tab shown."""
        found = self.pane.sections.section(self.pane.tab).findChild(QWidget, name)
        assert found is not None, name
        return found

    def type(self, name, words):
        editor = self.field(name)
        editor.setFocus()
        editor.selectAll()
        self.qtbot.keyClicks(editor, words)
        return editor

    def tab_on(self):
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        self.settle()

    def sign_all(self):
        for party in self.file.parties:
            file = self.file
            self.do(agreements.sign(file.agreement, file.versions[-1], party, date(2026, 2, 1), by="Dean"))


@pytest.fixture
def room(qtbot, desk):
    return Room(qtbot, desk)


def test_that_a_field_is_saved_when_it_is_left(room):
    room.type("title", "Engineering exchange")
    room.tab_on()
    assert room.file.agreement.title == "Engineering exchange"
    assert room.pane.head.title.text() == "Engineering exchange"
    assert room.pane.foot.state == "saved"


def test_that_fields_left_in_quick_succession_are_all_saved(room):
    for name, words in (("title", "A"), ("our_code", "B-1"), ("partner_code", "C-1")):
        room.type(name, words)
        room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    room.settle()
    kept = room.file.agreement
    assert (kept.title, kept.our_code, kept.partner_code) == ("A", "B-1", "C-1")
    assert room.pane.foot.state == "saved"


def test_that_a_refused_end_stays_with_its_reason_and_the_file_as_it_was(room):
    room.type("last_year", "2020/21")
    room.tab_on()
    editor = room.field("last_year")
    assert editor.text() == "2020/2021"
    assert "before" in editor.notes.error
    assert room.pane.foot.state == "refused"
    assert room.file.versions[0].last_year == 2027
    room.type("last_year", "2028/29")
    room.tab_on()
    assert (room.file.versions[0].last_year, editor.notes.error, room.pane.foot.state) == (2028, "", "saved")


def test_that_a_year_that_is_none_is_said_under_its_field(room):
    room.type("first_year", "soon")
    room.tab_on()
    assert room.field("first_year").notes.error
    assert room.file.versions[0].first_year == 2025


def test_that_a_refresh_leaves_what_is_being_typed_alone(room):
    editor = room.type("title", "Half a ti")
    editor.setCursorPosition(4)
    room.do(agreements.change_agreement(room.file.agreement, remark="From elsewhere"))
    assert (editor.text(), editor.cursorPosition(), editor.hasFocus()) == ("Half a ti", 4, True)
    assert room.field("remark").toPlainText() == "From elsewhere"


def test_that_a_change_of_other_fields_by_somebody_else_is_no_conflict(room):
    stale = room.file.agreement
    room.type("title", "Mine")
    room.pane.set_awake(False)
    room.do(agreements.change_agreement(stale, remark="Theirs"))
    room.tab_on()
    kept = room.file.agreement
    assert (kept.title, kept.remark) == ("Mine", "Theirs")
    assert room.pane.whose.isHidden()


@pytest.mark.parametrize(("answer", "kept"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_that_the_same_field_changed_twice_asks_whose_holds(room, answer, kept):
    stale = room.file.agreement
    room.type("title", "Mine")
    room.pane.set_awake(False)
    room.do(agreements.change_agreement(stale, title="Theirs"))
    room.tab_on()
    room.pane.set_awake(True)
    room.settle()
    assert room.pane.whose.isVisible()
    assert room.field("title").text() == "Mine"
    assert room.file.agreement.title == "Theirs"
    own = next(b for b in room.pane.whose.findChildren(Button) if b is not room.pane.whose.second)
    room.qtbot.mouseClick(own if answer == "mine" else room.pane.whose.second, Qt.MouseButton.LeftButton)
    room.settle()
    assert (room.file.agreement.title, room.field("title").text()) == (kept, kept)
    assert room.pane.whose.isHidden()


def test_that_years_can_be_turned_into_days_and_back(room):
    segments = room.pane.sections.overview.findChild(Segmented)
    segments.setFocus()
    room.qtbot.keyClick(segments, Qt.Key.Key_Right)
    room.settle()
    version = room.file.versions[0]
    assert (version.first_year, version.valid_from, version.valid_to) == (None, date(2025, 9, 1), date(2028, 8, 31))


def test_that_a_cell_is_typed_over_and_tab_goes_to_the_next(room):
    room.pane.show_tab("conditions")
    grid = room.pane.sections.conditions.grid
    grid.go_to(room.file.conditions[0].id, "heads")
    grid.setFocus()
    room.qtbot.keyClicks(grid, "7")
    assert grid.state() == QAbstractItemView.State.EditingState
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    room.settle()
    assert room.file.conditions[0].heads == 7
    column = grid.currentIndex().column()
    assert room.pane.sections.conditions.model.columns[column].key == "months"
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_that_a_cell_that_cannot_be_read_is_not_saved_and_says_so(room):
    room.pane.show_tab("conditions")
    grid = room.pane.sections.conditions.grid
    grid.go_to(room.file.conditions[0].id, "heads")
    grid.setFocus()
    room.qtbot.keyClicks(grid, "m")
    room.qtbot.keyClicks(QApplication.focusWidget(), "any")
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: grid.state() != QAbstractItemView.State.EditingState)
    room.settle()
    assert room.pane.foot.state == "refused"
    assert not room.pane.flush()
    assert room.file.conditions[0].heads == 3


def test_that_a_picker_opens_over_a_cell_with_the_letters_typed(room):
    room.pane.show_tab("conditions")
    grid = room.pane.sections.conditions.grid
    first = room.file.conditions[0].id
    grid.go_to(first, "activity")
    grid.setFocus()
    room.qtbot.keyClicks(grid, "t")
    popup = grid.popup
    room.qtbot.keyClicks(popup.search, "raineeship")
    room.qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    room.settle()
    assert room.file.conditions[0].activity == "student-traineeship"


def test_that_a_condition_is_added_and_removed_by_keys_and_comes_back_by_undo(room):
    room.pane.show_tab("conditions")
    grid = room.pane.sections.conditions.grid
    grid.setFocus()
    room.qtbot.keyClick(grid, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert len(room.file.conditions) == 3
    assert grid.currentIndex().row() == 2
    room.qtbot.keyClick(grid, Qt.Key.Key_Delete)
    room.settle()
    assert len(room.file.conditions) == 2
    room.desk.undo()
    room.qtbot.waitUntil(lambda: room.desk.idle and len(room.pane.sections.conditions.model.conditions) == 3)


def test_that_rows_from_a_spreadsheet_are_planned_dry_and_pasted_as_one_step(room):
    room.pane.show_tab("conditions")
    tab = room.pane.sections.conditions
    QApplication.clipboard().setText("Direction\tPlaces\tLevels\nout\t4\tMaster\nin\t5\tBachelor\n")
    tab.grid.setFocus()
    room.qtbot.keyClick(tab.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tab.paste_bar.isVisible()
    assert len(room.file.conditions) == 2
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    room.settle()
    assert [(c.direction, c.heads) for c in room.file.conditions[2:]] == [("out", 4), ("in", 5)]
    room.desk.undo()
    room.qtbot.waitUntil(lambda: room.desk.idle and len(tab.model.conditions) == 2)


def test_that_an_exception_of_one_year_is_typed_under_the_strip(room):
    room.pane.show_tab("conditions")
    editor = room.pane.sections.conditions.exceptions
    room.qtbot.keyClick(editor.strip, Qt.Key.Key_Right)
    assert editor.strip.year == 2026
    heads = editor.form.findChild(QLineEdit, "heads")
    heads.setFocus()
    room.qtbot.keyClicks(heads, "1")
    room.tab_on()
    (exception,) = room.file.exceptions
    assert (exception.year, exception.heads) == (2026, 1)
    assert heads.text() == "1"
    editor.forget_year()
    room.settle()
    assert room.file.exceptions == ()
    assert heads.text() == ""


def approve(room, card):
    room.qtbot.mouseClick(card.approve, Qt.MouseButton.LeftButton)
    room.qtbot.mouseClick(card.form.record, Qt.MouseButton.LeftButton)
    room.settle()


def test_that_both_approvals_put_the_agreement_into_effect_and_lock_its_terms(room):
    room.pane.show_tab("parties")
    cards = list(room.pane.sections.parties.cards.values())
    approve(room, cards[0])
    assert room.pane.work.about.state == "waiting_partner"
    approve(room, cards[1])
    assert room.pane.work.about.state == "in_effect"
    assert room.pane.work.sealed
    assert room.pane.sections.conditions.model.locked
    room.pane.show_tab("overview")
    assert not room.field("first_year").isVisible()
    assert "locked" in room.pane.lock.accessibleName()


def test_that_locked_conditions_are_seen_without_scrolling_and_open_ones_keep_all_their_columns(room):
    room.pane.resize(392, 900)
    grid = room.pane.sections.conditions.grid
    room.pane.show_tab("conditions")
    room.settle()
    assert not any(grid.isColumnHidden(n) for n in range(grid.model().columnCount()))
    room.sign_all()
    room.settle()
    room.qtbot.waitUntil(lambda: not grid.horizontalScrollBar().isVisible())
    titles = [grid.model().headerData(n, Qt.Orientation.Horizontal) for n in range(grid.model().columnCount())
              if not grid.isColumnHidden(n)]
    assert titles == ["Direction", "Activity", "Places", "Months"]
    assert grid.horizontalHeader().length() == grid.viewport().width()
    assert grid.columnWidth(3) >= grid.horizontalHeader().sectionSizeHint(3)
    for wide in range(360, 620, 13):
        room.pane.resize(wide, 900)
        room.qtbot.waitUntil(lambda: grid.horizontalHeader().length() == grid.viewport().width())
        assert not grid.horizontalScrollBar().isVisible(), wide


def test_that_an_approval_needs_a_day(room):
    room.pane.show_tab("parties")
    card = next(iter(room.pane.sections.parties.cards.values()))
    room.qtbot.mouseClick(card.approve, Qt.MouseButton.LeftButton)
    card.form.day.clear()
    room.qtbot.mouseClick(card.form.record, Qt.MouseButton.LeftButton)
    assert card.form.day.notes.error
    assert room.file.sign_offs == ()


def test_that_the_signee_is_picked_from_the_partners_contacts(room):
    room.pane.show_tab("parties")
    card = list(room.pane.sections.parties.cards.values())[1]
    picker = card.findChild(QWidget, "signee_id")
    picker.setFocus()
    room.qtbot.keyClicks(picker, "b")
    room.qtbot.keyClick(QApplication.activePopupWidget().search, Qt.Key.Key_Return)
    room.settle()
    signees = room.ask(lambda r: [p.signee_id for p in r.find(Party, agreement_id=room.id)])
    assert signees[1] is not None
    assert picker.text() == "Eva Berg"


def test_that_an_approved_version_is_changed_by_a_new_one_that_is_then_shown(room):
    room.sign_all()
    room.pane.new_version()
    room.qtbot.keyClicks(QApplication.focusWidget(), "One more place")
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    room.settle()
    assert room.pane.work.version.n == 2
    assert room.pane.work.version.reason == "One more place"
    assert not room.pane.sections.conditions.model.locked
    model = room.pane.sections.conditions.model
    model.setData(model.index(0, 2), "4")
    room.settle()
    room.pane.show_tab("versions")
    assert room.pane.sections.versions.compare.summary.text() == "Lines that differ: 1"


def test_that_renewing_drafts_the_years_that_follow(room):
    room.sign_all()
    opened = []
    room.pane.open_agreement.connect(opened.append)
    room.pane.renew_agreement()
    assert (room.pane.renewal.first.value(), room.pane.renewal.last.value()) == (2028, 2030)
    room.qtbot.mouseClick(room.pane.renewal.verb, Qt.MouseButton.LeftButton)
    room.settle()
    heir = room.ask(lambda r: agreement_file(r, opened[0]))
    assert heir.agreement.predecessor_id == room.id
    assert (heir.versions[0].first_year, heir.versions[0].last_year, len(heir.conditions)) == (2028, 2030, 2)


def test_that_an_agreement_is_ended_early_and_the_end_taken_back(room):
    room.sign_all()
    room.pane.end_agreement()
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    room.settle()
    assert room.pane.work.about.state == "terminating"
    room.pane.take_back_end()
    room.settle()
    assert room.pane.work.about.state == "in_effect"


def test_that_an_approved_agreement_cannot_be_deleted_and_the_menu_does_not_offer_it(room):
    assert room.pane.registry.command("agreement.delete").possible
    room.sign_all()
    assert not room.pane.registry.command("agreement.delete").possible
    assert room.pane.registry.command("agreement.archive").possible


def test_that_documents_and_log_entries_are_added_and_changed(room):
    room.pane.show_tab("log")
    log = room.pane.sections.log
    room.qtbot.mouseClick(log.add_document_button, Qt.MouseButton.LeftButton)
    room.settle()
    room.type("link", "https://example.org/a.pdf")
    room.tab_on()
    (document,) = room.file.documents
    assert document.link == "https://example.org/a.pdf"
    room.qtbot.mouseClick(log.add_event_button, Qt.MouseButton.LeftButton)
    room.settle()
    assert [e.kind for e in room.file.events] == ["sent"]


def test_that_the_history_says_who_changed_which_field_from_what_to_what(room):
    room.type("notice_months", "9")
    room.tab_on()
    room.pane.show_tab("history")
    room.settle()
    first = room.pane.sections.history.table.lines.lines[0]
    assert "Ada" in first.sentence
    assert "Notice (months)" in first.sentence
    assert "6 → 9" in first.sentence


def test_that_a_new_agreement_is_a_draft_at_once(room):
    made = []
    starter = NewAgreement(room.desk, room.pane)
    starter.made.connect(made.append)
    starter.draft(room.ask(lambda r: r.get(Institution, room.partner)))
    room.settle()
    room.pane.show_record(made[0])
    room.settle()
    assert room.pane.work.about.state == "draft"
    assert room.pane.work.version.first_year is None


def test_that_an_agreement_in_the_trash_or_gone_leaves_an_empty_pane(room):
    room.do(agreements.delete_agreements([room.file.agreement]))
    room.do(agreements.purge_agreement(room.file.agreement))
    room.pane.work.ask()
    room.settle()
    assert room.pane.record_id is None


def test_that_everything_that_takes_the_keyboard_has_a_name(room):
    nameless = []
    for tab in TABS:
        room.pane.show_tab(tab)
        room.settle()
        for widget in room.pane.findChildren(QWidget):
            reached = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if reached and not (widget.accessibleName() or getattr(widget, "text", str)()):
                nameless.append((tab, type(widget).__name__, widget.objectName()))
    assert nameless == []


def test_that_nothing_is_clipped_at_double_size_in_the_narrowest_pane(room, qapp):
    apply_theme(qapp, "dark", 200)
    try:
        room.pane.resize(680, 900)
        for tab in TABS:
            section = room.pane.sections.section(tab)
            room.pane.show_tab(tab)
            room.settle()
            assert (room.pane.width(), section.widget().width() <= room.pane.width()) == (680, True), tab
    finally:
        apply_theme(qapp, "light", 100)


def test_that_places_of_the_grid_and_of_the_list_are_the_same(room):
    from partnerdesk.services import listing

    condition = room.file.conditions[0]
    room.do(agreements.set_exception(room.file.agreement, ConditionYear(condition_id=condition.id, year=2025, heads=9)))
    line = room.ask(lambda r: listing.agreement_lines(r, [room.id])[room.id])
    model = room.pane.sections.conditions.model
    assert (line.places_out, line.places_in) == (model.places("out", 2025), model.places("in", 2025)) == (9, 2)


def test_that_a_log_entry_is_changed_and_removed_and_comes_back_by_undo(room):
    agreement = room.file.agreement
    entry = room.do(agreements.log_event(agreement, "sent", date(2025, 3, 1), "By post"))
    room.pane.show_tab("log")
    log = room.pane.sections.log
    log.events.choose(entry)
    note = log.findChildren(QLineEdit, "note")[-1]
    assert note.text() == "By post"
    note.setText("By courier")
    note.commit()
    room.settle()
    assert [e.note for e in room.file.events] == ["By courier"]
    log.remove_entry.click()
    room.settle()
    assert not room.file.events
    room.desk.undo()
    room.settle()
    assert [e.note for e in room.file.events] == ["By courier"]


def test_that_what_erasmus_misses_in_a_condition_leads_to_its_cell(room):
    room.do(agreements.change_agreement(room.file.agreement, programme="erasmus-ka131"))
    room.pane.show_tab("conditions")
    tab = room.pane.sections.conditions
    tab.grid.select_row(0)
    room.settle()
    assert "Erasmus wants a language of instruction" in tab.problems.sentences
    tab.problems.fix_wanted.emit(tab.problems.sentences.index("Erasmus wants a language of instruction"))
    assert tab.model.columns[tab.grid.currentIndex().column()].key == "languages"


def test_that_another_paper_with_the_same_places_can_be_opened(room, qtbot):
    institution = room.ask(lambda r: r.get(Institution, room.partner))
    twin = room.do(agreements.new_agreement(
        institution, Agreement(type="student_exchange", our_code="2025-002"), TERMS, CONDITIONS))
    for agreement_id in (twin, room.id):
        file = room.ask(lambda r, one=agreement_id: agreement_file(r, one))
        for party in file.parties:
            room.do(agreements.sign(file.agreement, file.versions[0], party, date(2025, 9, 1), by="Dean"))
    room.pane.show_tab("conditions")
    tab = room.pane.sections.conditions
    tab.grid.select_row(0)
    room.settle()
    (at,) = [n for n, said in enumerate(tab.problems.sentences) if "2025-002" in said]
    with qtbot.waitSignal(room.pane.open_agreement) as told:
        tab.problems.fix_wanted.emit(at)
    assert told.args == [twin]


def test_that_the_foot_says_saved_when_a_document_has_been_added(room):
    room.pane.show_tab("log")
    room.qtbot.mouseClick(room.pane.sections.log.add_document_button, Qt.MouseButton.LeftButton)
    room.settle()
    said = [one.text() for one in room.pane.findChildren(QLabel) if one.isVisible()]
    assert [words.split()[0] for words in said if words.startswith("Save")] == ["Saved"]
