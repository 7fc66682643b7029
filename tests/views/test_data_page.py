"""The Data page: quality, journal and trash follow the office and lead back to its records."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from partnerdesk.domain.journal import Step
from partnerdesk.domain.partners import Institution
from partnerdesk.formats.books import read_book
from partnerdesk.services import journal, listing, office, partners
from partnerdesk.views.data_files import Saver
from partnerdesk.views.data_page import DataPage
from partnerdesk.views.kit.emptyview import EmptyView


@pytest.fixture
def page(qtbot, house):
    page = DataPage(house)
    qtbot.addWidget(page)
    page.resize(1088, 760)
    page.show()
    page.arrive()
    return page


@pytest.fixture
def empty(qtbot, desk, page, tmp_path):
    desk.adopt(office.create_file(tmp_path / "empty.partnerdesk"))
    qtbot.waitUntil(lambda: desk.idle)
    return page


@pytest.fixture
def full(qtbot, desk, page, sample_file, tmp_path):
    desk.adopt(office.open_file(Path(shutil.copy(sample_file, tmp_path / "full.partnerdesk"))))
    qtbot.waitUntil(lambda: desk.idle)
    return page


def rest(qtbot, desk):
    qtbot.waitUntil(lambda: desk.idle, timeout=10000)


def do(qtbot, desk, deed):
    made = []
    desk.do(deed, made.append)
    rest(qtbot, desk)
    return made[0] if made else None


def new_partner(qtbot, desk, name, **fields):
    made = do(qtbot, desk, partners.new_partner(Institution(name=name, **fields)))
    found = []
    desk.ask(lambda reader: reader.get(Institution, made), found.append)
    rest(qtbot, desk)
    return found[0]


def test_that_an_empty_office_says_so_on_every_tab(qtbot, desk, empty):
    for key in ("quality", "import", "changes", "trash"):
        empty.show_tab(key)
        rest(qtbot, desk)
        assert [view.isVisible() for view in empty.findChildren(EmptyView)].count(True) == 1, key


def test_that_a_finding_leads_to_its_record(qtbot, desk, house, full):
    assert full.quality.count == len(full.quality.findings) > 10
    full.quality.table.select_row(2)
    finding = full.quality.table.current
    qtbot.keyClick(full.quality.table, Qt.Key.Key_Return)
    assert house.went == [("partners", finding.record_id)]


def test_that_a_group_shows_its_findings_alone(qtbot, desk, empty):
    new_partner(qtbot, desk, "Universidad de Chile")
    qtbot.waitUntil(lambda: empty.quality.count == 3)
    empty.quality.groups.setCurrentIndex(empty.quality.groups.model().index(2, 0))
    assert [f.group for f in empty.quality.table.lines.lines] == ["contacts"]


def test_that_findings_follow_a_change_without_moving_the_selection(qtbot, desk, empty):
    new_partner(qtbot, desk, "Universidad de Chile")
    qtbot.waitUntil(lambda: empty.quality.count == 3)
    empty.quality.table.select_row(1)
    chosen = empty.quality.table.current
    new_partner(qtbot, desk, "Aarhus Universitet")
    qtbot.waitUntil(lambda: empty.quality.count == 6)
    assert empty.quality.table.current == chosen


def test_that_a_hidden_page_asks_nothing_until_it_is_seen(qtbot, desk, empty):
    empty.show_tab("changes")
    rest(qtbot, desk)
    empty.leave()
    new_partner(qtbot, desk, "Universidad de Chile")
    assert len(empty.changes.steps.lines.lines) == 0
    empty.arrive()
    rest(qtbot, desk)
    assert len(empty.changes.steps.lines.lines) == 1


def test_that_findings_are_saved_as_a_spreadsheet(qtbot, desk, full, tmp_path):
    full.quality.export()
    saver = full.quality.findChild(Saver)
    saver.save(str(tmp_path / "quality.csv"))
    saver.dialog.hide()
    rest(qtbot, desk)
    assert len(read_book(tmp_path / "quality.csv").first.rows) == full.quality.count + 1
    assert full.message.isVisible()


def test_that_a_step_is_told_field_by_field_and_undone(qtbot, desk, empty):
    made = new_partner(qtbot, desk, "Universidad de Chile", city="Santiago")
    do(qtbot, desk, partners.change_institution(made, city="Valparaíso"))
    empty.show_tab("changes")
    rest(qtbot, desk)
    part = empty.changes
    part.steps.select_row(0)
    rest(qtbot, desk)
    change = part.fields.lines.lines[0]
    assert (change.about, change.before, change.after) == ("Universidad de Chile", "Santiago", "Valparaíso")
    part.undo_button.click()
    rest(qtbot, desk)
    found = []
    desk.ask(lambda reader: reader.get(Institution, made.id).city, found.append)
    rest(qtbot, desk)
    assert found == ["Santiago"]
    states = [step.state for step in part.steps.lines.lines]
    assert "undone" in states


def test_that_a_refused_undo_is_told_and_changes_nothing(qtbot, desk, empty):
    made = new_partner(qtbot, desk, "Universidad de Chile", city="Santiago")
    do(qtbot, desk, partners.change_institution(made, city="Valparaíso"))
    empty.show_tab("changes")
    rest(qtbot, desk)
    empty.changes.steps.select_row(1)
    rest(qtbot, desk)
    empty.changes.undo_button.click()
    rest(qtbot, desk)
    assert empty.message.isVisible()
    assert "can no longer be undone" in empty.message.accessibleName()


def test_that_older_steps_come_when_the_end_is_reached(qtbot, desk, empty):
    made = new_partner(qtbot, desk, "Universidad de Chile")
    for n in range(205):
        desk.do(partners.change_institution(Institution(id=made.id, name=made.name, version=n + 1), remark=str(n)))
    rest(qtbot, desk)
    empty.show_tab("changes")
    rest(qtbot, desk)
    model = empty.changes.steps.lines
    assert len(model.lines) == 200
    model.fetchMore(model.index(-1, -1))
    rest(qtbot, desk)
    steps: list[Step] = list(model.lines)
    assert len(steps) == 206
    assert [s.id for s in steps] == sorted((s.id for s in steps), reverse=True)


def test_that_the_trash_restores_and_purges(qtbot, desk, empty):
    one, two = new_partner(qtbot, desk, "Universidad de Chile"), new_partner(qtbot, desk, "Aarhus Universitet")
    do(qtbot, desk, partners.delete_partners([one, two]))
    empty.show_tab("trash")
    rest(qtbot, desk)
    part = empty.trash
    assert part.count == 2
    part.table.select_row(0)
    part.restore_button.click()
    rest(qtbot, desk)
    assert part.count == 1
    part.empty_button.click()
    rest(qtbot, desk)
    assert part.dialog is not None
    assert part.dialog.windowTitle().startswith("Purge ")
    part.dialog.accept()
    rest(qtbot, desk)
    assert part.count is None
    left = []
    desk.ask(listing.partner_count, left.append)
    rest(qtbot, desk)
    assert left == [1]


def test_that_cancelling_a_purge_keeps_everything(qtbot, desk, empty):
    do(qtbot, desk, partners.delete_partners([new_partner(qtbot, desk, "Universidad de Chile")]))
    empty.show_tab("trash")
    rest(qtbot, desk)
    empty.trash.purge_button.click()
    rest(qtbot, desk)
    empty.trash.dialog.reject()
    rest(qtbot, desk)
    assert empty.trash.count == 1


def test_that_a_list_is_exported_as_it_is_filtered(qtbot, desk, full, tmp_path):
    class Listed(QWidget):
        key, title = "partners", "Partners"

        class model:
            query = listing_query("country:FR")

    listed = Listed()
    qtbot.addWidget(listed)
    saver = full.export_list(listed)
    saver.save(str(tmp_path / "french.xlsx"))
    saver.dialog.hide()
    rest(qtbot, desk)
    head, *rows = read_book(tmp_path / "french.xlsx").first.rows
    assert {row[head.index("Country code")] for row in rows} == {"FR"}


def nameless(widget):
    """Visible widgets that take the keyboard and have no name."""
    return [w for w in widget.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))]


def listing_query(line):
    from partnerdesk.domain.query import parse

    return parse(line, ["country"]).listing()


def test_that_a_closed_office_leaves_nothing_behind(qtbot, desk, full):
    for key in ("changes", "trash", "quality"):
        full.show_tab(key)
        rest(qtbot, desk)
    desk.close()
    assert not full.changes.steps.lines.lines
    assert not full.quality.findings
    assert full.quality.count is None


def test_that_everything_focusable_has_a_name(qtbot, desk, full):
    for key in ("quality", "import", "changes", "trash"):
        full.show_tab(key)
        rest(qtbot, desk)
        assert nameless(full) == []


def test_that_undo_of_a_whole_import_is_offered_where_it_was_made(qtbot, desk, empty, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Name;Country\nUniversidad de Chile;CL\n", encoding="utf-8")
    empty.import_file(file)
    rest(qtbot, desk)
    empty.imports.mapping.go_button.click()
    rest(qtbot, desk)
    empty.imports.preview.commit_button.click()
    rest(qtbot, desk)
    assert empty.imports.begin_page.undo_button.isVisible()
    empty.imports.begin_page.undo_button.click()
    rest(qtbot, desk)
    left = []
    desk.ask(listing.partner_count, left.append)
    desk.ask(journal.undo_state, lambda state: left.append(state.undo))
    rest(qtbot, desk)
    assert left == [0, None]
