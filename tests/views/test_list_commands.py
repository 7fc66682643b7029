"""The commands of both lists, driven by keyboard and mouse: for no row, one, three, all; menus."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.partners import Institution
from partnerdesk.services import agreements, listing, partners
from partnerdesk.services.journal import recent_steps, undo_state
from partnerdesk.services.samples_big import Size, make_big_office
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.commands import Command

WRITING = ("new", "duplicate", "paste", "archive", "delete")


@pytest.fixture
def driven(drive, office_file):
    return drive(office_file)


@pytest.fixture(params=["partners", "agreements"])
def page(driven, request):
    driven.house.go(request.param)
    driven.settle()
    return driven.window.page


def select(driven, page, n):
    """Select the first `n` rows by keyboard."""
    page.table.setFocus()
    page.table.select_row(0)
    driven.keys(*["<Shift+Down>"] * (n - 1))
    assert page.selected_count == len(page.selected) == n
    return page.selected


def title(page, name):
    return page.house.registry.command(f"{page.key}.{name}").title


def possible(page, name):
    return page.house.registry.action(f"{page.key}.{name}").isVisible()


def run(driven, page, name):
    page.house.registry.action(f"{page.key}.{name}").trigger()
    driven.settle()


def stored(driven, page, ids):
    record = Institution if page.key == "partners" else Agreement
    found = driven.ask(lambda reader: reader.many(record, ids))
    return [found[i] for i in ids]


def toast(driven):
    shown = driven.window.toasts().current
    return shown.text if shown is not None else ""


def menu_words(menu):
    return ["—" if a.isSeparator() else a.text() for a in menu.actions() if a.isVisible()]


def open_menu(driven, page, row):
    """Click a row with the right button, as a window system reports it."""
    at = page.table.visualRect(page.model.index(row, 0)).center()
    viewport = page.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, asked)
    driven.settle()
    return QApplication.activePopupWidget()


def close_menu(driven):
    driven.keys("<Esc>")
    assert QApplication.activePopupWidget() is None


def test_that_nothing_selected_leaves_only_what_needs_no_row(driven, page):
    page.show_line("zzzzqqq")
    driven.settle()
    assert page.empty.isVisible()
    shown = {name for name in ("new", "paste", "select_all", "edit", "duplicate", "print", "copy", "archive",
                               "unarchive", "delete") if possible(page, name)}
    assert shown == {"new", "paste", "select_all"}


def test_that_one_row_is_named_without_a_number_and_three_with_theirs(driven, page):
    select(driven, page, 1)
    assert [title(page, name) for name in ("copy", "archive", "delete")] == ["Copy row", "Archive", "Delete"]
    assert possible(page, "edit") and possible(page, "duplicate")
    select(driven, page, 3)
    assert [title(page, name) for name in ("copy", "archive", "delete")] == [
        "Copy 3 rows", f"Archive 3 {page.key}", f"Delete 3 {page.key}"]
    assert not possible(page, "edit") and not possible(page, "duplicate")


@pytest.mark.parametrize("n", [1, 3])
def test_that_archiving_is_one_step_with_a_toast_that_takes_it_back(driven, page, n):
    ids = select(driven, page, n)
    following = page.model.id_at(n)
    before = driven.ask(lambda reader: recent_steps(reader, 1))[0].id
    run(driven, page, "archive")
    assert all(one.archived_on is not None for one in stored(driven, page, ids))
    assert not set(ids) & set(page.model.ids)
    assert page.selected == [following]
    assert toast(driven).startswith("Archived ") and (n == 1 or f"3 {page.key}" in toast(driven))
    assert driven.ask(lambda reader: recent_steps(reader, 1))[0].id == before + 1
    driven.press("Undo", driven.window.toasts().current)
    assert all(one.archived_on is None for one in stored(driven, page, ids))
    assert list(page.model.ids[:n]) == ids


def test_that_the_archive_gives_back_what_was_put_there(driven, page):
    ids = select(driven, page, 3)
    run(driven, page, "archive")
    page.show_line("archived:yes")
    driven.settle()
    page.table.setFocus()
    driven.keys("<Ctrl+A>")
    assert not possible(page, "archive")
    n = page.selected_count
    assert title(page, "unarchive") == f"Bring {n} {page.key} back from the archive"
    run(driven, page, "unarchive")
    assert all(one.archived_on is None for one in stored(driven, page, ids))
    assert toast(driven).startswith("Brought back ")


def test_that_archiving_again_keeps_the_day_of_the_first_time(driven, page):
    (one,) = stored(driven, page, select(driven, page, 1))
    make = page.deeds.archive
    driven.do(make([one]))
    (first,) = stored(driven, page, [one.id])
    driven.do(make([one]))
    assert stored(driven, page, [one.id]) == [first]


def test_that_drafts_are_deleted_by_the_delete_key_and_come_back_by_undo(driven, page):
    made = [draft(driven, page, n) for n in range(3)]
    page.show_line("zz-draft")
    driven.settle()
    page.table.setFocus()
    driven.keys("<Ctrl+A>")
    assert sorted(page.selected) == sorted(made)
    driven.keys("<Del>")
    assert all(one.deleted_at for one in stored(driven, page, made))
    assert toast(driven) == f"Deleted 3 {page.key}"
    assert page.model.rowCount() == 0
    driven.keys("<Ctrl+Z>")
    assert not any(one.deleted_at for one in stored(driven, page, made))
    assert sorted(page.model.ids) == sorted(made)


def draft(driven, page, n):
    if page.key == "partners":
        return driven.do(partners.new_partner(Institution(name=f"zz-draft {n}", country="SE")))
    partner = driven.ask(lambda reader: reader.get(Institution, 2))
    return driven.do(agreements.new_agreement(partner, Agreement(type="mou", title=f"zz-draft {n}")))


def test_that_what_is_signed_is_not_deleted_and_the_reason_is_said(driven):
    driven.house.go("agreements")
    driven.settle()
    page = driven.window.page
    page.show_line("state:running")
    driven.settle()
    ids = select(driven, page, 1)
    driven.keys("<Del>")
    assert not any(one.deleted_at for one in stored(driven, page, ids))
    assert driven.window.message().isVisible()


def test_that_delete_on_a_chip_takes_the_chip_and_no_record(driven, page):
    page.show_line("country:FR")
    driven.settle()
    select(driven, page, 1)
    held = list(page.model.ids)
    page.bar.chip("country:FR").setFocus()
    driven.keys("<Del>")
    assert page.query.filters == ()
    assert not any(one.deleted_at for one in stored(driven, page, held))


def test_that_ctrl_d_drafts_an_agreement_with_the_same_terms(driven):
    driven.house.go("agreements")
    driven.settle()
    page = driven.window.page
    (old,) = select(driven, page, 1)
    driven.keys("<Ctrl+D>")
    (new,) = page.selected
    assert new != old and page.pane.record_id == new
    before, after = (driven.ask(lambda reader, i=i: agreements.agreement_file(reader, i)) for i in (old, new))
    assert after.versions[-1].status == "draft" and after.partner == before.partner
    assert terms(after, after.versions[-1]) == terms(before, before.current or before.versions[-1])
    driven.keys("<Ctrl+Z>")
    assert page.model.row_of(new) < 0


def terms(file, version):
    return [(one.direction, one.activity, one.heads) for one in file.conditions_of(version.id)]


def test_that_ctrl_d_in_partners_asks_for_the_other_name(driven):
    page = driven.house.partners
    select(driven, page, 1)
    driven.keys("<Ctrl+D>")
    from partnerdesk.views.partner_new import NewPartner

    assert driven.window.findChild(NewPartner).isVisible()
    driven.keys("<Esc>")


def test_that_the_right_button_opens_the_menu_at_its_row_and_keeps_a_selection_it_is_on(driven, page):
    select(driven, page, 1)
    menu = open_menu(driven, page, 2)
    assert page.selected == [page.model.id_at(2)]
    assert "Archive" in menu_words(menu)
    close_menu(driven)
    select(driven, page, 3)
    menu = open_menu(driven, page, 1)
    assert page.selected_count == 3
    assert f"Archive 3 {page.key}" in menu_words(menu)
    close_menu(driven)


def test_that_what_is_dangerous_stands_last_behind_a_line_in_red(driven, page):
    select(driven, page, 3)
    menu = open_menu(driven, page, 0)
    assert menu_words(menu)[-2:] == ["—", f"Delete 3 {page.key}"]
    assert menu.actions()[-1].property("kind") == "danger"
    for letter in "dDeE":
        QTest.keyClick(menu, letter)
    driven.settle()
    assert not any(one.deleted_at for one in stored(driven, page, page.selected))
    if QApplication.activePopupWidget():
        close_menu(driven)
    record = next(a for a in driven.window.menu_bar().actions() if a.text() == "Record").menu()
    record.aboutToShow.emit()
    assert menu_words(record)[-2:] == ["—", f"Delete 3 {page.key}"]


@pytest.mark.parametrize("way", ["Shift+F10", "Menu"])
def test_that_the_keyboard_opens_the_menu_at_the_row_it_is_on(driven, page, way):
    select(driven, page, 1)
    page.table.select_row(4)
    driven.settle()
    if way == "Menu":
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
        QApplication.sendEvent(page.table, asked)
        driven.settle()
    else:
        driven.keys("<Shift+F10>")
    menu = QApplication.activePopupWidget()
    row = page.table.visualRect(page.model.index(4, 0))
    assert menu.pos().y() == page.table.viewport().mapToGlobal(row.bottomLeft()).y()
    close_menu(driven)
    assert page.selected == [page.model.id_at(4)]


def test_that_an_office_for_reading_has_no_command_that_writes(drive, office_file):
    driven = drive()
    driven.house.desk.open(office_file, read_only=True)
    driven.qtbot.waitUntil(lambda: driven.house.desk.is_open)
    for key in ("partners", "agreements"):
        driven.house.go(key)
        driven.settle()
        page = driven.window.page
        select(driven, page, 1)
        assert not any(possible(page, name) for name in WRITING)
        assert possible(page, "copy") and possible(page, "print")
        assert not any(b.isVisible() and b.text().startswith(("New", "Import")) for b in page.findChildren(Button))
        menu = open_menu(driven, page, 0)
        assert not {"Archive", "Delete", "Duplicate"} & set(menu_words(menu))
        assert all(a.isEnabled() for a in menu.actions() if a.isVisible() and not a.isSeparator())
        close_menu(driven)
        driven.keys("<Del>")
        select(driven, page, 3)
        assert page.bulk.isVisible()
        assert not any(field.isVisible() for field in page.bulk.form.fields.values())


def test_that_rows_never_painted_are_copied_whole(driven, page):
    page.table.setFocus()
    driven.keys("<Ctrl+A>", "<Ctrl+C>")
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == page.model.rowCount() + 1
    assert all(line.split("\t")[0] for line in lines)
    assert {line.count("\t") for line in lines} == {len(page.columns.shown()) - 1}


def test_that_copied_partners_come_back_as_rows_of_an_import(driven):
    page = driven.house.partners
    page.table.setFocus()
    select(driven, page, 3)
    names = [one.name for one in stored(driven, page, page.selected)]
    driven.keys("<Ctrl+C>")
    clip = QApplication.clipboard()
    clip.setText(clip.text().replace(names[0], "Paste College of Nowhere"))
    before = page.model.total
    driven.keys("<Ctrl+V>")
    assert driven.window.page.key == "data"
    imports = driven.house.data.imports
    assert imports.step is imports.mapping
    driven.click(imports.mapping.go_button)
    assert imports.step is imports.preview
    assert page.model.total == before
    driven.click(imports.preview.commit_button)
    assert len(driven.ask(lambda reader: reader.find(Institution, name="Paste College of Nowhere"))) == 1
    assert driven.ask(listing.partner_count) == before + 1


@pytest.fixture(scope="module")
def many_file(tmp_path_factory):
    """An office with more rows than are changed at once."""
    return make_big_office(tmp_path_factory.mktemp("many") / "many.partnerdesk", Size(1200, 1200, 0))


@pytest.fixture
def many(drive, many_file, tmp_path):
    driven = drive(Path(shutil.copy(many_file, tmp_path / "many.partnerdesk")))
    driven.house.go("partners")
    driven.settle()
    driven.window.page.table.setFocus()
    driven.keys("<Ctrl+A>")
    return driven


def test_that_all_rows_are_archived_in_the_background_as_one_step(many):
    page = many.house.partners
    ids = page.selected
    assert len(ids) == 1200 and title(page, "archive") == "Archive 1,200 partners"
    before = many.ask(lambda reader: recent_steps(reader, 1))[0].id
    page.house.registry.action("partners.archive").trigger()
    assert page.work.busy
    many.settle()
    assert toast(many) == "Archived 1,200 partners"
    assert page.model.rowCount() == 0
    assert many.ask(lambda reader: recent_steps(reader, 1))[0].id == before + 1
    many.press("Undo", many.window.toasts().current)
    assert list(page.model.ids) == ids


def test_that_stopping_leaves_all_rows_as_they_were(many):
    page = many.house.partners
    ids = page.selected
    page.house.registry.action("partners.archive").trigger()
    page.column.progress.cancelled.emit()
    many.settle()
    assert not page.work.busy and not page.column.progress.under_way
    assert list(page.model.ids) == page.selected == ids
    assert many.ask(undo_state).undo.kind == "do" and toast(many) == ""


def test_that_a_field_reads_as_shared_only_when_every_row_shares_it(many):
    page = many.house.partners
    ids = page.selected
    fields = page.bulk.form.fields
    many.do(partners.change_many(ids, {"status": "blocked"}, {"stage": "review"}, len(ids)))
    many.do(partners.change_many(ids[-1:], {}, {"stage": "proposal"}, 1))
    page.bulk.show_records(ids)
    many.settle()
    assert fields["status"].value() == "blocked"
    assert fields["stage"].value() is None


def test_that_one_change_of_all_rows_is_one_step(many):
    page = many.house.partners
    ids = page.selected
    page.bulk.form.fields["status"].edited.emit("blocked")
    many.press("Change 1,200 partners", page.bulk)
    assert {one.status for one in stored(many, page, ids)} == {"blocked"}
    assert toast(many) == "Changed 1,200 partners"
    many.keys("<Ctrl+Z>")
    assert {one.status for one in stored(many, page, ids)} != {"blocked"}


def test_that_all_rows_are_copied_although_few_were_ever_painted(many):
    many.keys("<Ctrl+C>")
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 1201
    assert len({line.split("\t")[0] for line in lines[1:]}) > 600


def test_that_a_dangerous_command_cannot_have_a_letter_for_its_key(driven):
    registry, owner = driven.house.registry, driven.window
    with pytest.raises(ValueError, match="too dangerous"):
        registry.add(Command("try", "Try", owner.update, keys=("X",), dangerous=True), owner)
    dangerous = [one for one in registry.commands() if one.dangerous]
    assert dangerous and not any(len(keys.toString()) == 1 for one in dangerous for keys in one.sequences())
