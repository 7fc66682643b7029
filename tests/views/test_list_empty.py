from PySide6.QtWidgets import QApplication

from partnerdesk.services import office
from partnerdesk.views.kit.buttons import Button


def primaries(window):
    return [b.text() for b in window.findChildren(Button) if b.isVisible() and b.property("kind") == "primary"]


def test_that_an_empty_office_offers_one_primary_button_and_begins_with_it(drive, tmp_path):
    path = tmp_path / "new.partnerdesk"
    office.create_file(path).close()
    desk = drive(path)
    for page in ("partners", "agreements", "backups"):
        desk.window.go(page)
        desk.settle()
        assert len(primaries(desk.window)) == 1, page
        assert QApplication.focusWidget().property("kind") == "primary", page


def test_that_the_head_has_the_primary_button_where_there_are_rows(drive, office_file):
    desk = drive(office_file)
    assert primaries(desk.window) == ["New partner"]
    desk.house.show_filtered("partners", "zurch")
    desk.settle()
    assert primaries(desk.window) == ["New partner"]


def test_that_without_an_office_the_keyboard_begins_on_a_new_one(drive):
    desk = drive()
    desk.window.show_welcome()
    desk.settle()
    assert QApplication.focusWidget().objectName() == "new"
