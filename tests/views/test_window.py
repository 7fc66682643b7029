"""The window as a whole: keys, names, room for words, narrow shapes, going about, closing."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton, QWidget

from partnerdesk.look.words import PseudoTranslator
from partnerdesk.services import office, partners
from partnerdesk.views.kit.labels import ShortWords
from partnerdesk.views.kit.palette import Palette
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.kit.toast import Toast

TABS = {"partners": ("overview", "papers", "contacts", "details", "units", "history"),
        "agreements": ("overview", "conditions", "parties", "versions", "log", "history")}


def shown_parts(driven):
    """Every page, and every tab of the pages with a form, one after the other."""
    for plan in driven.window.plans:
        page = driven.window.page_named(plan.key)
        driven.house.go(plan.key)
        driven.settle()
        if plan.key in TABS:
            page.table.select_row(0)
            driven.settle()
        for key in TABS.get(plan.key, ("",)):
            if key:
                page.pane.show_tab(key)
                driven.settle()
            yield f"{plan.key} {key}", page


def nameless(root):
    for one in root.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.focusProxy() is None:
            named = one.accessibleName() or (isinstance(one, QAbstractButton) and one.text())
            if not named:
                yield f"{type(one).__name__} {one.objectName()} in {type(one.parentWidget()).__name__}"


def clipped(root):
    """Labels and buttons in sight that are smaller than their words."""
    for one in root.findChildren(QLabel) + root.findChildren(QPushButton):
        if not one.isVisible() or isinstance(one, ShortWords) or not one.text():
            continue
        if isinstance(one, QLabel) and one.wordWrap():
            needs = one.heightForWidth(one.width())
            if one.height() + 1 < needs:
                yield f"{one.text()!r} is {one.height()} high and needs {needs}"
        elif one.width() + 1 < one.minimumSizeHint().width() or one.height() + 1 < one.minimumSizeHint().height():
            yield f"{type(one).__name__} {one.text()!r}: {one.size().toTuple()} of {one.minimumSizeHint().toTuple()}"


def menu_actions(menu):
    for action in menu.actions():
        if action.menu() is not None:
            yield from menu_actions(action.menu())
        elif not action.isSeparator():
            yield action


def test_that_no_two_commands_share_their_keys(drive, office_file):
    driven = drive(office_file)
    driven.house.make_all_pages()
    assert driven.house.registry.collisions() == []


def test_that_everything_the_keyboard_reaches_has_a_name(drive, office_file):
    driven = drive(office_file)
    found = {f"{part}: {one}" for part, page in shown_parts(driven) for one in nameless(driven.window)}
    assert found == set()


@pytest.mark.parametrize("size", [(1280, 800), (720, 540)])
def test_that_no_words_are_cut_off_at_double_size(drive, office_file, qapp, size):
    driven = drive(office_file, size)
    apply_theme(qapp, "light", 200)
    driven.settle()
    found = {f"{part}: {one}" for part, page in shown_parts(driven) for one in clipped(driven.window)}
    driven.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    apply_theme(qapp, "light", 100)
    assert found == set()


@pytest.mark.parametrize("size", [(1280, 800), (720, 540)])
def test_that_a_language_half_as_long_again_has_room(drive, office_file, qapp, size):
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    try:
        driven = drive(office_file, size)
        found = {f"{part}: {one}" for part, page in shown_parts(driven) for one in clipped(driven.window)}
        driven.leave()
    finally:
        qapp.removeTranslator(translator)
    assert found == set()


def test_that_the_smallest_window_shows_list_and_form_in_turns(drive, office_file):
    driven = drive(office_file, (720, 540))
    page = driven.house.partners
    assert driven.window.size().toTuple() == (720, 540)
    assert page.stacked and page.table.isVisible() and not page.pane.isVisible()
    page.table.setFocus()
    driven.keys("<Down>", "<Down>", "<Return>")
    assert page.pane.isVisible() and not page.table.isVisible()
    assert page.pane.record_id == page.selected[0]
    driven.press("Back to the list")
    assert page.table.isVisible() and not page.pane.isVisible()


def test_that_a_window_made_wide_again_shows_both(drive, office_file):
    driven = drive(office_file, (720, 540))
    driven.window.resize(1280, 800)
    driven.settle()
    assert driven.house.partners.table.isVisible() and driven.house.partners.pane.isVisible()


def test_that_the_welcome_page_leads_to_the_sample_office(drive):
    driven = drive()
    assert driven.window.page is None
    driven.press("Look at the sample office")
    driven.qtbot.waitUntil(lambda: driven.house.desk.is_open, timeout=20000)
    driven.settle()
    assert driven.window.page is driven.house.partners
    assert driven.house.partners.model.rowCount() > 60


def test_that_menus_hold_commands_and_nothing_else(drive, office_file):
    driven = drive(office_file)
    driven.house.make_all_pages()
    known = {driven.house.registry.action(c.id) for c in driven.house.registry.commands()}
    for plan in driven.window.plans:
        driven.house.go(plan.key)
        for top in driven.window.menu_bar().actions():
            if not top.isVisible():
                continue
            top.menu().aboutToShow.emit()
            actions = [a for a in menu_actions(top.menu()) if not a.data()]
            assert actions
            assert all(action in known for action in actions), [a.text() for a in actions if a not in known]


def test_that_ctrl_k_finds_a_partner_and_opens_it(drive, office_file):
    driven = drive(office_file)
    driven.house.go("agreements")
    driven.keys("<Ctrl+K>", "tsinghua")
    palette = driven.window.findChild(Palette)
    assert palette is not None
    driven.keys("<Return>")
    assert driven.window.page is driven.house.partners
    assert driven.house.partners.pane.institution.name == "Tsinghua University"


def test_that_alt_left_and_right_walk_through_what_was_seen(drive, office_file):
    driven = drive(office_file)
    page = driven.house.partners
    page.table.setFocus()
    first = page.pane.record_id
    driven.keys("<Down>")
    second = page.pane.record_id
    driven.keys("<Ctrl+3>")
    assert driven.window.page is driven.house.agreements
    driven.house.window.back()
    driven.settle()
    while driven.window.page is not page:
        driven.house.window.back()
        driven.settle()
    assert page.pane.record_id == second
    driven.house.window.back()
    driven.settle()
    assert page.pane.record_id == first
    driven.house.window.forward()
    driven.settle()
    assert page.pane.record_id == second


def test_that_the_page_and_the_window_come_back_at_the_next_start(drive, office_file):
    driven = drive(office_file)
    driven.house.go("agreements")
    driven.leave()
    again = drive(office_file)
    assert again.window.page is again.house.agreements
    assert again.local.shape("window") is not None


def test_that_a_page_is_left_although_a_field_is_refused(drive, office_file):
    driven = drive(office_file)
    page = driven.house.partners
    page.pane.show_tab("details")
    driven.fill("name", "", page.pane)
    driven.house.go("agreements")
    driven.settle()
    assert driven.window.page is driven.house.agreements
    driven.house.go("partners")
    driven.settle()
    assert driven.field("name", page.pane).text() == ""
    driven.fill("name", "Anew", page.pane)


def test_that_closing_asks_about_what_was_refused_and_about_nothing_else(drive, office_file):
    driven = drive(office_file)
    pane = driven.house.partners.pane
    pane.show_tab("details")
    driven.fill("name", "", pane)
    assert not driven.window.close()
    driven.press("Go back to it")
    assert driven.window.isVisible()
    driven.fill("name", "A name again", pane)
    driven.window.close()
    driven.qtbot.waitUntil(lambda: not driven.window.isVisible())


def test_that_what_is_being_typed_when_the_window_closes_is_saved(drive, office_file):
    driven = drive(office_file)
    pane = driven.house.partners.pane
    partner = pane.record_id
    pane.show_tab("details")
    field = driven.field("city", pane)
    field.setFocus()
    driven.keys("<Ctrl+A>", "Typed last")
    driven.leave()
    again = drive(office_file)
    assert again.ask(lambda r: r.get(partners.Institution, partner)).city == "Typed last"


def test_that_a_closed_window_leaves_no_thread_and_no_widget(drive, office_file, freed):
    before = {thread.ident for thread in threading.enumerate()}
    driven = drive(office_file)
    parts = [driven.window, *driven.house.window.pages]
    for _ in shown_parts(driven):
        pass
    driven.leave()
    for part in parts:
        freed(part)
    assert {thread.ident for thread in threading.enumerate()} <= before
    assert not [one for one in QApplication.topLevelWidgets() if shiboken6.isValid(one) and one.isVisible()]


def test_that_deleting_shows_a_toast_whose_undo_brings_the_record_back(drive, office_file):
    driven = drive(office_file)
    page = driven.house.partners
    gone = driven.do(partners.new_partner(partners.Institution(name="Chalmers anew", country="SE")))
    row = page.model.row_of(gone)
    after = page.model.id_at(row + 1)
    page.table.setFocus()
    page.table.select_row(row)
    driven.settle()
    driven.keys("<Del>")
    assert page.model.row_of(gone) < 0
    assert page.selected == [after]
    toast = driven.window.findChild(Toast)
    driven.press("Undo", toast)
    assert page.model.row_of(gone) == row


def test_that_pasted_rows_go_to_the_import(drive, office_file, monkeypatch):
    driven = drive(office_file)
    taken = []
    monkeypatch.setattr(driven.house.data, "import_text", taken.append)
    QApplication.clipboard().setText("Name\tCountry\nNordlys\tDK")
    driven.house.partners.table.setFocus()
    driven.keys("<Ctrl+V>")
    assert taken == ["Name\tCountry\nNordlys\tDK"]
    assert driven.window.page is driven.house.data


def test_that_an_office_for_reading_only_can_be_looked_at_but_not_written(drive, office_file):
    from partnerdesk.bridge.files import Lock

    other = Lock(office_file, "Berta")
    assert other.take()
    try:
        driven = drive(office_file)
        assert "Berta" in driven.window.message().accessibleName()
        pane = driven.house.partners.pane
        pane.show_tab("details")
        driven.settle()
        fields = [*pane.overview.binder.fields.values()]
        assert fields and all(field.editor.notes.locked for field in fields)
        driven.house.partners.table.setFocus()
        before = driven.house.partners.model.rowCount()
        driven.keys("<Del>")
        assert driven.house.partners.model.rowCount() == before
        assert not driven.house.registry.command("partners.new").possible
        assert not driven.house.registry.command("edit.undo").possible
        driven.leave()
    finally:
        other.release()


def test_that_the_names_of_our_people_are_offered_as_soon_as_they_are_entered(drive, office_file):
    driven = drive(office_file)
    driven.do(office.change_settings(**{"office.people": ["Ada Byron"]}))
    assert list(driven.house.people()) == ["Ada Byron"]


def test_that_a_file_dropped_on_the_window_begins_an_import(drive, office_file, monkeypatch, tmp_path):
    driven = drive(office_file)
    taken = []
    monkeypatch.setattr(driven.house.data, "import_file", taken.append, raising=False)
    driven.window.dropped.emit(str(tmp_path / "list.csv"))
    assert [path.name for path in taken] == ["list.csv"]


def test_that_the_row_menu_opens_on_the_row(drive, office_file):
    driven = drive(office_file)
    table = driven.house.partners.table
    table.customContextMenuRequested.emit(QPoint(20, 20))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Delete" in [action.text() for action in menu.actions()]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
