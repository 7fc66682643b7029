"""Two programs on one office: the second reads, sees what the first writes, and takes over when it leaves."""

import subprocess
import sys

import pytest

from partnerdesk.bridge.files import Lock
from partnerdesk.domain.partners import Institution
from partnerdesk.services import partners
from partnerdesk.services.office import do, open_file
from partnerdesk.store import backup
from partnerdesk.store.restore import restore
from partnerdesk.views.failures_dialog import AnywayDialog
from partnerdesk.views.kit.editors import TextEditor
from partnerdesk.views.kit.forms import Field
from tests.bridge.test_files import HOLD, left_on_another_computer


@pytest.fixture
def colleague(office_file):
    """The office in a colleague's hands: the lock and an open file."""
    lock = Lock(office_file, "Berta Holm")
    assert lock.take()
    office = open_file(office_file)
    yield office
    office.close()
    lock.release()


def said(driven):
    bar = driven.window.message()
    return bar.accessibleName() if bar.isVisible() else ""


def wait_for(driven, done):
    driven.qtbot.waitUntil(done, timeout=10000)
    driven.settle()


def change(office, partner, **fields):
    with office.read() as reader:
        one = reader.get(Institution, partner)
    do(office, partners.change_institution(one, **fields), "Berta Holm")


def test_that_views_follow_a_colleague_without_starting_anew(drive, office_file, colleague):
    driven = drive(office_file)
    page = driven.house.partners
    resets = []
    page.model.modelReset.connect(lambda: resets.append(1))
    page.pane.show_tab("details")
    driven.settle()
    shown = page.pane.record_id
    change(colleague, shown, city="Lyon")
    wait_for(driven, lambda: driven.field("city", page.pane).text() == "Lyon")
    do(colleague, partners.new_partner(Institution(name="Aaa University", country="FR")), "Berta Holm")
    before = page.model.rowCount()
    wait_for(driven, lambda: page.model.rowCount() == before + 1)
    assert (page.pane.record_id, resets) == (shown, [])


def test_that_a_window_shows_what_another_desk_restored(drive, office_file, colleague, tmp_path):
    driven = drive(office_file)
    page = driven.house.partners
    before = page.model.rowCount()
    made = backup.make(office_file, tmp_path / "backups", backup.Wish("asked", "Berta Holm"))
    do(colleague, partners.new_partner(Institution(name="Aaa University", country="FR")), "Berta Holm")
    wait_for(driven, lambda: page.model.rowCount() == before + 1)
    page.table.select_row(0)
    driven.settle()
    lost = page.pane.record_id
    restore(made, colleague, "Berta Holm")
    wait_for(driven, lambda: page.model.rowCount() == before)
    assert page.model.row_of(lost) < 0
    assert page.pane.record_id != lost
    change(colleague, page.model.id_at(0), city="Lyon")
    heard = []
    driven.house.desk.changed.connect(lambda changes: heard.extend(changes.ids("partner")))
    wait_for(driven, lambda: page.model.id_at(0) in heard)


def test_that_the_own_steps_are_told_once(drive, office_file):
    driven = drive(office_file)
    heard = []
    driven.house.desk.changed.connect(lambda changes: heard.append(changes.step_id))
    driven.do(partners.new_partner(Institution(name="Own")))
    driven.house._failures._follower.look()
    driven.settle()
    assert len(heard) == len(set(heard)) == 1


def test_that_the_office_is_offered_when_the_colleague_has_left(drive, office_file):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(office_file)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    driven = drive(office_file)
    assert said(driven).startswith("Jonas Weil has northbridge.partnerdesk open.")
    driven.house.doorman.look_at_lock()
    assert driven.house.desk.read_only and "has closed" not in said(driven)
    holder.communicate()
    wait_for(driven, lambda: "Jonas Weil has closed northbridge.partnerdesk." in said(driven))
    driven.press("Take over", driven.window.message())
    wait_for(driven, lambda: not driven.house.desk.read_only)
    assert said(driven) == ""
    pane = driven.house.partners.pane
    pane.show_tab("details")
    driven.fill("city", "Lyon", pane)
    assert driven.ask(lambda reader: reader.get(Institution, pane.record_id)).city == "Lyon"
    assert not Lock(office_file, "Berta Holm").take()


def test_that_a_colleague_who_was_killed_has_left_too(drive, office_file):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(office_file)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    driven = drive(office_file)
    holder.kill()
    holder.communicate()
    wait_for(driven, lambda: "has closed" in said(driven))


def test_that_who_is_too_late_is_told_by_whom(drive, office_file):
    first = Lock(office_file, "Jonas Weil")
    assert first.take()
    driven = drive(office_file)
    first.release()
    wait_for(driven, lambda: "has closed" in said(driven))
    second = Lock(office_file, "Berta Holm")
    assert second.take()
    driven.press("Take over", driven.window.message())
    assert said(driven).startswith("Berta Holm has northbridge.partnerdesk open.")
    assert driven.house.desk.read_only
    second.release()


@pytest.mark.parametrize(("folder", "words"), [("Dropbox", "Dropbox copies"), ("Here", "")])
def test_that_a_copied_folder_is_warned_of(drive, office_file, folder, words):
    (office_file.parent / folder).mkdir()
    driven = drive(office_file.rename(office_file.parent / folder / office_file.name))
    assert (words in said(driven)) and (bool(said(driven)) is bool(words))
    if words:
        assert "PostgreSQL" in said(driven)
        assert not office_file.parent.joinpath(folder, office_file.name + "-wal").exists()


def test_that_the_lock_of_another_computer_can_be_lifted_after_a_warning(drive, office_file):
    left_on_another_computer(office_file)
    driven = drive(office_file)
    assert said(driven).startswith("Berta Holm has northbridge.partnerdesk open.")
    driven.press("Open for writing anyway…", driven.window.message())
    (dialog,) = driven.window.findChildren(AnywayDialog)
    assert "LAB-7" in dialog.accessibleDescription()
    driven.keys("<Esc>")
    assert driven.house.desk.read_only
    driven.press("Open for writing anyway…", driven.window.message())
    (dialog,) = driven.window.findChildren(AnywayDialog)
    driven.press("Open for writing", dialog)
    wait_for(driven, lambda: not driven.house.desk.read_only)
    assert said(driven) == ""
    assert not Lock(office_file, "Jonas Weil").take()


def test_that_no_field_of_an_office_opened_for_reading_looks_open(drive, office_file, colleague):
    driven = drive(office_file)
    for page, pane, tabs in (("partners", driven.house.partners.pane, ("overview", "details")),
                             ("agreements", None, ("overview", "parties"))):
        driven.window.go(page)
        driven.settle()
        shown = pane or driven.house.agreements.pane
        for tab in tabs:
            shown.show_tab(tab)
            driven.settle()
            fields = [one for one in shown.findChildren(Field) if one.isVisible()]
            assert fields, (page, tab)
            assert [one.label for one in fields if not one.editor.notes.locked] == [], (page, tab)
    texts = [one for one in driven.window.findChildren(TextEditor) if one.notes.locked]
    assert texts and not any(one.viewport().autoFillBackground() for one in texts)
