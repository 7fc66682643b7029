"""The Backups page and what stands behind it, driven in the window: list, restore and back, second window, closing."""

import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from partnerdesk.domain import clock
from partnerdesk.domain.partners import Institution
from partnerdesk.services import backups, paths
from partnerdesk.services.partners import change_institution
from partnerdesk.store.backup import listed, verify
from partnerdesk.views.kit.labels import Words


@pytest.fixture
def driven(drive, office_file):
    driven = drive(office_file)
    driven.house.go("backups")
    driven.settle()
    return driven


def page_of(driven):
    return driven.window.page


def folder_of(driven):
    return paths.backup_folder(driven.house.desk.path)


def first_partner(driven):
    return driven.ask(lambda reader: reader.find(Institution, is_home=False)[0])


def rename(driven, name):
    driven.do(change_institution(first_partner(driven), name=name))


def wait_for_dialog(driven):
    driven.settle()
    driven.qtbot.waitUntil(lambda: page_of(driven).dialog is not None)
    return page_of(driven).dialog


def test_that_an_office_without_backups_says_when_one_is_made_and_offers_it(driven):
    driven.press("Back up now", page_of(driven).empty)
    driven.qtbot.waitUntil(lambda: len(page_of(driven).table.lines.lines) == 1)
    line = page_of(driven).table.current
    assert (line.backup.reason, line.backup.who, line.since, line.whole) == ("asked", "Ada", 0, True)
    verify(line.backup)


def test_that_a_restore_shows_what_would_be_lost_and_the_views_follow(driven):
    before = first_partner(driven).name
    driven.press("Back up now", page_of(driven).empty)
    rename(driven, "Universitas Nova")
    driven.qtbot.waitUntil(lambda: [li.since for li in page_of(driven).table.lines.lines] == [1])
    driven.press("Restore…")
    dialog = wait_for_dialog(driven)
    said = " ".join(words.text() for words in dialog.findChildren(Words))
    assert "would be lost: 1" in said
    assert "(Ada, " in said
    driven.press("Restore", dialog)
    driven.qtbot.waitUntil(lambda: first_partner(driven).name == before)
    driven.settle()
    assert [li.backup.reason for li in page_of(driven).table.lines.lines] == ["restore", "asked"]
    driven.house.go("partners")
    driven.settle()
    assert driven.house.partners.model.rowCount() > 10

    driven.house.go("backups")
    driven.settle()
    page_of(driven).table.select_row(0)
    driven.press("Restore…")
    driven.press("Restore", wait_for_dialog(driven))
    driven.qtbot.waitUntil(lambda: first_partner(driven).name == "Universitas Nova")


def test_that_restoring_without_a_place_for_the_backup_is_asked_about(driven, tmp_path):
    driven.press("Back up now", page_of(driven).empty)
    rename(driven, "Universitas Nova")
    kept = folder_of(driven)
    kept.rename(tmp_path / "kept")
    page_of(driven)._chosen = listed(tmp_path / "kept")[0]
    kept.write_text("no folder")
    page_of(driven)._keep_first("")
    dialog = wait_for_dialog(driven)
    assert first_partner(driven).name == "Universitas Nova"
    driven.press("Restore all the same", dialog)
    driven.qtbot.waitUntil(lambda: first_partner(driven).name != "Universitas Nova")
    kept.unlink()


def test_that_a_look_inside_is_a_second_window_for_reading_only(driven, freed):
    before = first_partner(driven).name
    driven.press("Back up now", page_of(driven).empty)
    made = page_of(driven).table.current.backup
    rename(driven, "Universitas Nova")
    driven.press("Look inside")
    windows = lambda: [w for w in driven.window.findChildren(QMainWindow) if w.isVisible()]  # noqa: E731
    driven.qtbot.waitUntil(lambda: len(windows()) == 1)
    second = windows()[0]
    driven.qtbot.waitUntil(lambda: second.desk.is_open and second.desk.idle)
    assert second.desk.read_only
    assert second.windowTitle().startswith("Backup")
    seen = []
    second.desk.ask(lambda reader: reader.find(Institution, is_home=False)[0].name, seen.append)
    driven.qtbot.waitUntil(lambda: seen == [before])
    assert driven.local.recent == [driven.house.desk.path]
    second.close()
    freed(second)
    verify(made)
    assert sorted(p.suffix for p in folder_of(driven).iterdir()) == [".json", ".partnerdesk-backup", ".seal"]


def test_that_a_second_place_that_is_not_connected_is_told(driven, tmp_path):
    driven.do(backups.choose_second_place(tmp_path / "stick"))
    driven.press("Back up now", page_of(driven).empty)
    driven.qtbot.waitUntil(lambda: page_of(driven).message.isVisible())
    assert "not connected" in page_of(driven).foot.words


def test_that_the_daily_backup_is_made_by_itself_and_once(driven):
    driven.house.keeper.look()
    driven.qtbot.waitUntil(lambda: not driven.house.keeper.under_way)
    assert [b.reason for b in listed(folder_of(driven))] == ["daily"]
    rename(driven, "Universitas Nova")
    driven.house.keeper.look()
    driven.settle()
    assert len(listed(folder_of(driven))) == 1
    with clock.fixed(clock.now() + timedelta(days=1, hours=1)):
        driven.house.keeper.look()
        driven.settle()
    assert len(listed(folder_of(driven))) == 2


def test_that_a_daily_backup_that_fails_is_told_in_the_bar(driven):
    folder_of(driven).parent.mkdir(parents=True, exist_ok=True)
    folder_of(driven).write_text("no folder")
    driven.house.keeper.look()
    driven.qtbot.waitUntil(lambda: driven.window.message().isVisible())
    folder_of(driven).unlink()


@pytest.mark.parametrize("wait", [0, 1, 3, 8, 20])
def test_that_closing_the_window_during_a_backup_leaves_a_whole_one_or_none(drive, office_file, wait):
    driven = drive(office_file)
    folder = folder_of(driven)
    driven.house.keeper.look()
    driven.qtbot.wait(wait)
    driven.leave()
    for one in listed(folder):
        verify(one)
    assert not [p for p in (folder.iterdir() if folder.exists() else ()) if ".part" in p.suffixes]
    left = [t.name for t in threading.enumerate() if t.name.startswith(("office", "background", "backup"))]
    assert left == []


def test_that_a_backup_just_made_is_the_one_chosen_and_is_looked_into_on_its_partners(driven):
    driven.press("Back up now", page_of(driven).empty)
    driven.qtbot.waitUntil(lambda: len(page_of(driven).table.lines.lines) == 1 and not page_of(driven).busy)
    rename(driven, "Universitas Nova")
    driven.press("Back up now")
    driven.qtbot.waitUntil(lambda: len(page_of(driven).table.lines.lines) == 2 and not page_of(driven).busy)
    assert page_of(driven).table.currentIndex().row() == 0
    driven.press("Look inside")
    driven.qtbot.waitUntil(lambda: any(w.isVisible() for w in driven.window.findChildren(QMainWindow)))
    other, = driven.window.findChildren(QMainWindow)
    driven.qtbot.waitUntil(lambda: other.desk.is_open and other.desk.idle)
    assert other.page.key == "partners"
    other.close()
    driven.settle()


def test_that_the_list_is_walked_by_keyboard_and_named(driven):
    driven.press("Back up now", page_of(driven).empty)
    driven.qtbot.waitUntil(lambda: page_of(driven).table.current is not None)
    model = page_of(driven).table.lines
    said = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Made by hand" in said and "Verified" in said
    page_of(driven).table.setFocus()
    driven.keys("<Return>")
    driven.qtbot.waitUntil(lambda: any(w.isVisible() for w in driven.window.findChildren(QMainWindow)))
    for window in driven.window.findChildren(QMainWindow):
        driven.qtbot.waitUntil(lambda w=window: w.desk.is_open and w.desk.idle)
        window.close()
    driven.settle()
    assert QApplication.activeWindow() is not None
