"""The Grant tab of a stay in the window: worked out, signed, paid, held until the papers are in, all undone."""

import shutil
from datetime import date

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.grants import GrantAward, GrantRate, GrantTable
from partnerdesk.domain.stays import Override, Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import grant_tables, grants
from partnerdesk.services.office import do, open_file
from partnerdesk.services.stays import change_stay

DAYS = {"planned_from": date(2025, 9, 15), "planned_to": date(2026, 2, 14), "actual_from": None, "actual_to": None,
        "interruption_days": 0, "fewer_opportunities": False, "green_travel": False, "distance_km": 5}


@pytest.fixture
def stay_id(office_file):
    """A stay of 150 counted days, a table with 570 a month, and a transcript that is still wanted."""
    office = open_file(office_file)
    with office.read() as reader:
        others = grant_tables.table_files(reader)
        granted = {award.stay_id for award in reader.find(GrantAward)}
        stay = next(s for s in reader.find(Stay) if s.direction == "out" and s.sending_status == "live"
                    and s.activity == "student-studies" and s.attribute == "long-term" and s.id not in granted)
        papers = [d.id for d in reader.find(Document, stay_id=stay.id)]
    for one in others:
        do(office, grant_tables.archive_table(one.table), "Ada")
    do(office, grant_tables.add_table(GrantTable(name="Erasmus+ 2025"), [GrantRate(kind="month", amount=570.0)]), "Ada")
    with office.write(Text("days"), "Ada") as unit:
        unit.change(Stay, stay.id, None, **DAYS)
        for paper in papers:
            unit.remove(Document, paper)
        unit.add(Document(stay_id=stay.id, stage="return", kind="transcript", state="required"))
    office.close()
    return stay.id


@pytest.fixture
def driven(drive, office_file, stay_id):
    driven = drive(office_file)
    driven.house.go("stays", stay_id)
    driven.settle()
    pane = driven.window.page.detail
    driven.tab(pane.tabs, "grant")
    driven.settle()
    return driven


def tab_of(driven):
    found = driven.window.page.detail.findChildren(object)
    return next(one for one in found if type(one).__name__ == "GrantTab")


def told(driven, stay_id):
    file = driven.ask(lambda reader: grants.grant_file(reader, stay_id))
    return [(g.award.n, g.award.status, g.award.amount, [bool(p.paid_on) for p in g.payments]) for g in file.grants]


def test_that_a_grant_is_worked_out_signed_and_paid_in_the_tab(driven, stay_id):
    tab = tab_of(driven)
    assert tab.preview.text() == "By this table 2,850.00 EUR"
    driven.press("Work it out", tab)
    assert told(driven, stay_id) == [(1, "calculated", 2850.0, [])]
    assert [row.amount for row in tab.lines.lines.lines] == ["2,850.00", "2,850.00"]
    driven.press("Record signature", tab)
    assert told(driven, stay_id) == [(1, "signed", 2850.0, [False, False])]
    driven.fill("paid_on", "1 Sep 2025", tab)
    assert told(driven, stay_id) == [(1, "signed", 2850.0, [True, False])]
    tab.lines.setFocus()
    driven.keys("<Ctrl+Z>", "<Ctrl+Z>", "<Ctrl+Z>")
    assert told(driven, stay_id) == []
    driven.keys("<Ctrl+Y>")
    assert told(driven, stay_id) == [(1, "calculated", 2850.0, [])]


def test_that_the_last_instalment_waits_for_the_papers_unless_a_reason_is_given(driven, stay_id):
    tab = tab_of(driven)
    driven.press("Work it out", tab)
    driven.press("Record signature", tab)
    tab.payments.select_row(1)
    driven.settle()
    driven.fill("paid_on", "1 Mar 2026", tab)
    assert "Transcript of records" in driven.field("paid_on", tab).notes.error
    assert told(driven, stay_id) == [(1, "signed", 2850.0, [False, False])]
    tab.pay_reason.setText("The host is closed")
    driven.fill("paid_on", "2 Mar 2026", tab)
    assert told(driven, stay_id) == [(1, "signed", 2850.0, [False, True])]
    assert [o.reason for o in driven.ask(lambda reader: reader.find(Override, stay_id=stay_id)) if o.rule == "R85"] == [
        "The host is closed"]
    assert any("Transcript of records" in sentence for sentence in tab.problems.sentences)


def test_that_a_signed_grant_is_worked_out_anew_beside_itself(driven, stay_id):
    tab = tab_of(driven)
    driven.press("Work it out", tab)
    driven.press("Freeze the amounts", tab)
    stored = driven.ask(lambda reader: reader.get(Stay, stay_id))
    driven.do(change_stay(stored, "Ida Kos", interruption_days=8))
    assert tab.preview.text() == "By this table 2,698.00 EUR"
    tab.reason.setText("A break")
    driven.press("Work it out", tab)
    assert [(n, status, amount) for n, status, amount, _ in told(driven, stay_id)] == [
        (1, "frozen", 2850.0), (2, "calculated", 2698.0)]
    assert tab.grant.award.n == 2
    tab.calculations.select_row(0)
    driven.settle()
    assert [row.amount for row in tab.lines.lines.lines] == ["2,850.00", "2,850.00"]


def test_that_an_office_without_tables_says_where_they_are_entered(drive, sample_file, tmp_path):
    file = shutil.copy(sample_file, tmp_path / "plain.partnerdesk")
    office = open_file(file)
    with office.read() as reader:
        granted = {award.stay_id for award in reader.find(GrantAward)}
        stay = next(one.id for one in reader.find(Stay) if one.id not in granted)
        tables = grant_tables.table_files(reader)
    for one in tables:
        do(office, grant_tables.archive_table(one.table), "Ada")
    office.close()
    driven = drive(file)
    driven.house.go("stays", stay)
    driven.settle()
    driven.tab(driven.window.page.detail.tabs, "grant")
    assert tab_of(driven).preview.text() == "There is no table of grants yet. Enter one under Settings."
