"""The main job from a new partner to its printed summary, by keyboard and mouse, undone and done again."""

import re
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from partnerdesk.domain.agreements import Agreement, State
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.services.agreements import agreement_file
from partnerdesk.services.journal import undo_state
from partnerdesk.views.printing import PrintWindow

DERIVED = ("step", "history", "sqlite_sequence", "search_")
NAME = "Nordlys Universitet"


def contents(path):
    """Every row of every table that holds what users enter; the journal and the indexes are left out."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as office:
        tables = [row[0] for row in office.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted(map(repr, office.execute(f'SELECT * FROM "{table}"')))
            for table in tables if not table.startswith(DERIVED)
        }


@pytest.fixture
def driven(drive, office_file, stopped_clock):
    return drive(office_file)


def add_partner(driven):
    driven.keys("<Ctrl+N>", NAME, "<Tab>", "Denmark", "<Return>", "<Tab>", "Aarhus", "<Return>")
    return driven.house.partners.pane


def add_contact(driven, pane):
    driven.tab(pane.tabs, "contacts")
    driven.press("Add a contact", pane)
    driven.fill("given_names", "Astrid", pane)
    driven.fill("family_name", "Holm", pane)
    driven.fill("email", "astrid.holm@example.edu", pane)


def add_agreement(driven):
    driven.house.partners.table.setFocus()
    driven.keys("<Ctrl+Shift+N>")
    pane = driven.house.agreements.pane
    assert QApplication.focusWidget().objectName() == "first_year"
    driven.fill("first_year", "2025/26", pane)
    driven.fill("last_year", "2028/29", pane)
    return pane


def add_conditions(driven, pane):
    driven.tab(pane.tabs, "conditions")
    for heads in ("3", "2"):
        driven.press("Add condition", pane)
        grid = pane.sections.conditions.grid
        grid.setFocus()
        column = next(n for n, c in enumerate(grid.model().columns) if c.key == "heads")
        grid.setCurrentIndex(grid.model().index(grid.model().rowCount() - 1, column))
        driven.keys(heads, "<Return>")


def approve_both(driven, pane):
    driven.tab(pane.tabs, "parties")
    for _ in range(2):
        driven.press("Record approval", pane)
        driven.keys("<Return>")


def write_summary(driven, folder):
    driven.keys("<Ctrl+P>")
    preview = driven.window.findChild(PrintWindow)
    driven.qtbot.waitUntil(lambda: preview.document is not None)
    driven.press("Save PDF", preview)
    dialog = preview.findChild(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(folder / "summary.pdf"))
    dialog.accept()
    driven.settle()
    preview.close()
    driven.settle()
    return folder / "summary.pdf"


def steps_back(driven):
    """Press Ctrl+Z until nothing is left of this day's work; how many steps that were."""
    taken = 0
    driven.house.window.page.table.setFocus()
    while "Sample" not in str(driven.ask(undo_state).undo.label):
        driven.keys("<Ctrl+Z>")
        taken += 1
        assert taken < 40
    return taken


def steps_forward(driven):
    taken = 0
    driven.house.window.page.table.setFocus()
    while driven.ask(undo_state).redo is not None:
        driven.keys("<Ctrl+Y>")
        taken += 1
        assert taken < 40
    return taken


def test_that_the_main_job_runs_through_and_all_of_it_is_taken_back_and_done_again(driven, office_file, tmp_path):
    before = contents(office_file)
    partner_pane = add_partner(driven)
    partner = partner_pane.institution
    assert (partner.name, partner.country, partner.city) == (NAME, "DK", "Aarhus")
    add_contact(driven, partner_pane)
    contacts = driven.ask(lambda r: r.find(Contact, institution_id=partner.id))
    assert [(c.given_names, c.family_name, c.email) for c in contacts] == [
        ("Astrid", "Holm", "astrid.holm@example.edu")]
    pane = add_agreement(driven)
    add_conditions(driven, pane)
    approve_both(driven, pane)
    agreement_id = pane.record_id
    file = driven.ask(lambda r: agreement_file(r, agreement_id))
    assert [c.heads for c in file.conditions] == [3, 2]
    assert pane.work.about.state == State.IN_EFFECT
    written = write_summary(driven, tmp_path)
    assert len(re.findall(rb"/Type\s*/Page\b", written.read_bytes())) == 1
    after = contents(office_file)
    assert after != before

    taken = steps_back(driven)
    assert taken >= 9
    assert contents(office_file) == before
    assert driven.house.agreements.model.row_of(agreement_id) < 0
    assert steps_forward(driven) == taken
    assert contents(office_file) == after


def test_that_undo_goes_on_after_a_restart(drive, office_file, stopped_clock):
    before = contents(office_file)
    first = drive(office_file)
    pane = add_partner(first)
    add_contact(first, pane)
    partner_id = pane.record_id
    first.leave()
    again = drive(office_file)
    assert again.house.partners.model.row_of(partner_id) >= 0
    assert steps_back(again) >= 2
    assert contents(office_file) == before
    assert again.house.partners.model.row_of(partner_id) < 0
    assert again.ask(lambda r: r.find(Institution, name=NAME)) == []
    assert again.ask(lambda r: r.count(Agreement)) == 153
    assert QApplication.activeWindow() is again.window
