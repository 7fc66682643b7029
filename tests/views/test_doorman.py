"""Offices let in and out: new ones, recent ones, files that are none, offices held by a colleague."""

import pytest
from PySide6.QtWidgets import QFileDialog

from partnerdesk.bridge.files import Lock
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.welcome import Welcome


@pytest.fixture
def driven(drive):
    return drive()


def said(driven):
    return driven.window.message().accessibleName()


def test_that_a_new_office_is_made_with_its_ending_and_opened(driven, tmp_path):
    driven.house.doorman.new(tmp_path / "Our office")
    driven.qtbot.waitUntil(lambda: driven.house.desk.is_open)
    driven.settle()
    assert (tmp_path / "Our office.partnerdesk").is_file()
    assert driven.window.windowTitle() == "Our office – PartnerDesk"
    assert driven.house.partners.empty.isVisible()
    assert driven.local.recent == [tmp_path / "Our office.partnerdesk"]


def test_that_a_file_that_is_no_office_is_refused_with_a_sentence_and_nothing_opens(driven, tmp_path):
    (tmp_path / "a.partnerdesk").write_text("no office")
    driven.house.doorman.open(tmp_path / "a.partnerdesk")
    driven.settle()
    assert not driven.house.desk.is_open
    assert "a.partnerdesk" in said(driven) and said(driven).endswith(".")
    assert driven.window.page is None
    assert Lock(tmp_path / "a.partnerdesk", "Berta").take()


def test_that_a_damaged_office_is_offered_to_be_salvaged_and_opens_afterwards(driven, office_file, tmp_path):
    office_file.write_bytes(office_file.read_bytes()[:-3 * 4096])
    driven.house.doorman.open(office_file)
    driven.settle()
    assert "is damaged" in said(driven)
    dialog = driven.window.findChild(DialogShell)
    dialog.accept()
    asked, told = driven.window.findChild(QFileDialog), []
    driven.house.doorman.notice.connect(told.append)
    asked.fileSelected.emit(str(tmp_path / "saved.partnerdesk"))
    driven.qtbot.waitUntil(lambda: driven.house.desk.is_open, timeout=20000)
    driven.settle()
    asked.deleteLater()
    assert driven.house.desk.path == tmp_path / "saved.partnerdesk"
    assert "rows were brought into a new office" in said(driven)
    assert [one for one in told if one.startswith("Reading rows: ") and one.endswith(" %")]


def test_that_a_refused_file_leaves_the_open_office_open(driven, office_file, tmp_path):
    driven.open(office_file)
    (tmp_path / "a.partnerdesk").write_text("no office")
    driven.house.doorman.open(tmp_path / "a.partnerdesk")
    driven.settle()
    assert driven.house.desk.path == office_file
    assert driven.ask(lambda r: len(r.find(type(driven.house.partners.pane.institution)))) > 60


def test_that_an_office_held_by_a_colleague_opens_for_reading_and_says_by_whom(driven, office_file):
    held = Lock(office_file, "Berta Holm")
    assert held.take()
    driven.open(office_file)
    assert driven.house.desk.read_only
    assert said(driven).startswith("Berta Holm has northbridge.partnerdesk open.")
    held.release()


def test_that_closing_an_office_lets_go_of_it_and_shows_the_welcome_page(driven, office_file):
    driven.open(office_file)
    assert not Lock(office_file, "Berta").take()
    driven.house.registry.run("file.close")
    driven.settle()
    assert driven.window.findChild(Welcome).isVisible()
    other = Lock(office_file, "Berta")
    assert other.take()
    other.release()


def test_that_another_office_takes_the_place_of_the_open_one(driven, office_file, tmp_path):
    driven.open(office_file)
    driven.house.doorman.new(tmp_path / "second")
    driven.qtbot.waitUntil(lambda: driven.house.desk.path == tmp_path / "second.partnerdesk")
    driven.settle()
    assert driven.house.partners.model.rowCount() == 0
    other = Lock(office_file, "Berta")
    assert other.take()
    other.release()
    assert [path.name for path in driven.local.recent] == ["second.partnerdesk", "northbridge.partnerdesk"]
