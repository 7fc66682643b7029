"""The Settings page: saved field by field, the office's undoable, the computer's at once."""

import base64
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from partnerdesk.look import tokens
from partnerdesk.services import office, partners
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.local import Local
from partnerdesk.views.settings_page import SettingsPage


class House:
    def __init__(self, desk, local):
        self.desk, self.local, self.registry = desk, local, Registry()

    def go(self, page, record_id=None):
        raise AssertionError(page)


@pytest.fixture
def local(tmp_path):
    return Local(tmp_path / "settings.ini")


@pytest.fixture
def made(qtbot, desk, local):
    page = SettingsPage(House(desk, local))
    qtbot.addWidget(page)
    page.resize(1088, 760)
    page.show()
    return page


@pytest.fixture
def page(qtbot, desk, made, tmp_path):
    desk.adopt(office.create_file(tmp_path / "empty.partnerdesk"))
    made.arrive()
    qtbot.waitUntil(lambda: desk.idle)
    return made


@pytest.fixture
def theme(qapp):
    yield qapp
    apply_theme(qapp, "light", 100)


def settings(qtbot, desk):
    found = []
    desk.ask(lambda reader: (office.settings(reader), partners.home_institution(reader)), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def type_into(qtbot, page, name, words):
    editor = page.binder.fields[name].editor
    editor.setFocus()
    editor.clear()
    qtbot.keyClicks(editor, words)
    editor.commit()
    qtbot.waitUntil(lambda: page.house.desk.idle)


def test_that_a_field_of_the_office_is_saved_as_it_is_left(qtbot, desk, page):
    type_into(qtbot, page, "office.name", "Northbridge")
    assert settings(qtbot, desk)[0]["office.name"] == "Northbridge"
    assert page.foot.words.startswith("Saved")


def test_that_a_setting_of_the_office_can_be_undone(qtbot, desk, page):
    type_into(qtbot, page, "office.name", "Northbridge")
    desk.undo()
    qtbot.waitUntil(lambda: desk.idle)
    page.setFocus()
    assert settings(qtbot, desk)[0]["office.name"] == ""


def test_that_people_are_one_name_a_line(qtbot, desk, page):
    field = page.binder.fields["office.people"]
    field.edited.emit("Marta Ilves\n\n  Jonas Weil \n")
    qtbot.waitUntil(lambda: desk.idle)
    assert settings(qtbot, desk)[0]["office.people"] == ["Marta Ilves", "Jonas Weil"]
    assert field.value() == "Marta Ilves\nJonas Weil"


@pytest.mark.parametrize(("typed", "stored", "shown"), [
    ("1 Oct", "10-01", "1 October"), ("15.8.2026", "08-15", "15 August"), ("2026-01-01", "01-01", "1 January")])
def test_that_the_beginning_of_years_is_read_in_every_shape(qtbot, desk, page, typed, stored, shown):
    type_into(qtbot, page, "office.year_start", typed)
    assert settings(qtbot, desk)[0]["office.year_start"] == stored
    assert page.binder.fields["office.year_start"].editor.text() == shown


def test_that_a_beginning_that_is_no_day_is_told_and_not_saved(qtbot, desk, page):
    type_into(qtbot, page, "office.year_start", "sometime")
    assert settings(qtbot, desk)[0]["office.year_start"] == "09-01"
    assert page.binder.fields["office.year_start"].editor.notes.error


def test_that_our_institution_begins_with_its_name(qtbot, desk, page):
    page.binder.fields["home.country"].edited.emit("EE")
    qtbot.waitUntil(lambda: desk.idle)
    assert settings(qtbot, desk)[1] is None
    type_into(qtbot, page, "home.name", "University of Northbridge")
    home = settings(qtbot, desk)[1]
    assert (home.name, home.country) == ("University of Northbridge", "EE")
    type_into(qtbot, page, "home.name", "")
    assert settings(qtbot, desk)[1].name == "University of Northbridge"
    assert page.binder.fields["home.name"].editor.notes.error


def test_that_a_picture_is_kept_small_and_can_be_removed(qtbot, desk, page, tmp_path):
    image = QImage(QSize(4000, 1000), QImage.Format.Format_RGB32)
    image.fill(QColor("navy"))
    image.save(str(tmp_path / "logo.png"))
    editor = page.binder.fields["office.logo"].editor
    editor.take_file(str(tmp_path / "logo.png"))
    qtbot.waitUntil(lambda: desk.idle)
    kept = QImage()
    kept.loadFromData(base64.b64decode(settings(qtbot, desk)[0]["office.logo"]))
    assert (kept.width(), kept.height()) == (900, 225)
    editor.remove()
    qtbot.waitUntil(lambda: desk.idle)
    assert settings(qtbot, desk)[0]["office.logo"] == ""


def test_that_what_is_no_picture_is_told(qtbot, desk, page, tmp_path):
    (tmp_path / "logo.png").write_text("no picture", encoding="utf-8")
    editor = page.binder.fields["office.logo"].editor
    editor.take_file(str(tmp_path / "logo.png"))
    assert editor.notes.error == "This is no picture that can be shown"
    assert settings(qtbot, desk)[0]["office.logo"] == ""


def test_that_who_works_here_is_written_beside_changes_from_now_on(qtbot, desk, local, page):
    page.fields["who"].edited.emit("Rosa Santos")
    assert desk.who == local.who == "Rosa Santos"


def test_that_theme_and_size_of_text_change_at_once(theme, local, page):
    page.fields["theme"].editor.choose("dark")
    assert (local.theme, tokens.current().dark) == ("dark", True)
    page.fields["text"].edited.emit(150)
    assert (local.text_percent, tokens.scale()) == (150, 1.5)


def test_that_the_computer_remembers_the_rest(local, page, tmp_path):
    page.fields["start"].edited.emit(False)
    page.fields["language"].edited.emit("en")
    again = Local(tmp_path / "settings.ini")
    assert (again.open_at_start, again.language) == (False, "en")


def test_that_fields_lie_below_each_other_and_none_over_another(qtbot, desk, made, sample_file, tmp_path):
    desk.adopt(office.open_file(Path(shutil.copy(sample_file, tmp_path / "full.partnerdesk"))))
    made.arrive()
    qtbot.waitUntil(lambda: desk.idle)
    qtbot.wait(50)
    for field in made.binder.fields.values():
        assert field.height() >= field.heightForWidth(field.width())


def test_that_an_office_open_for_reading_only_locks_its_fields(qtbot, desk, made, sample_file):
    desk.adopt(office.open_file(sample_file, read_only=True))
    made.arrive()
    qtbot.waitUntil(lambda: desk.idle)
    assert made.binder.fields["office.name"].editor.isReadOnly()
    assert made.fields["theme"].isEnabled()


def test_that_the_two_parts_stand_beside_each_other_where_there_is_room(page, qapp):
    name, who = page.binder.fields["office.name"], page.fields["who"]
    assert name.mapTo(page, name.rect().topLeft()).y() == who.mapTo(page, who.rect().topLeft()).y()
    page.resize(600, 700)
    qapp.processEvents()
    assert name.mapTo(page, name.rect().topLeft()).y() > who.mapTo(page, who.rect().topLeft()).y()


def test_that_everything_focusable_has_a_name(page):
    nameless = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus
                and not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))]
    assert nameless == []
    assert isinstance(QApplication.instance(), QApplication)
