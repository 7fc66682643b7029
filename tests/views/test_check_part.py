"""The Check tab: runs on demand and when due, can be stopped, leads to records, repairs into a new file."""

import shutil
from contextlib import closing

import pytest

from partnerdesk.services import checkup
from partnerdesk.store.driver import connect
from partnerdesk.views.check_notes import ended_badly, note_bad_end
from partnerdesk.views.check_part import CheckPart


@pytest.fixture
def path(sample_file, tmp_path):
    return shutil.copy(sample_file, tmp_path / "office.partnerdesk")


@pytest.fixture
def part(qtbot, house):
    part = CheckPart(house)
    qtbot.addWidget(part)
    part.resize(900, 600)
    part.show()
    return part


def opened(qtbot, part, path):
    part.desk.open(path)
    qtbot.waitUntil(lambda: part.desk.is_open and part.desk.idle)


def ran(qtbot, part):
    part.run_button.click()
    qtbot.waitUntil(lambda: part.desk.idle, timeout=20000)


def hurt(path):
    """A silent change behind the program's back, that the engine's own check cannot see."""
    with closing(connect(path)) as connection:
        connection.execute("UPDATE institution SET remark = 'Elsewhere' WHERE id = 3")


def test_that_a_healthy_office_has_no_findings_and_the_day_is_kept(qtbot, part, path):
    opened(qtbot, part, path)
    assert part.waits
    ran(qtbot, part)
    assert part.checked.findings == ()
    assert not part.waits
    assert part.foot.words.startswith("Last checked on")
    assert not part.repair_button.isVisible()


def test_that_a_silent_change_is_shown_and_leads_to_its_record(qtbot, part, house, path):
    hurt(path)
    opened(qtbot, part, path)
    ran(qtbot, part)
    assert [line.finding.area for line in part.table.lines.lines] == ["journal"]
    assert "remark" in str(part.table.current.finding.sentence)
    part.table.opened.emit()
    assert house.went == [("partners", 3)]
    assert part.count == 1


def test_that_a_check_within_the_week_is_not_repeated_unless_the_program_ended_badly(qtbot, part, house, path):
    opened(qtbot, part, path)
    ran(qtbot, part)
    part.desk.close()
    part.forget()
    opened(qtbot, part, path)
    assert not part.waits
    part.desk.close()
    note_bad_end(house.local, path)
    opened(qtbot, part, path)
    assert part.waits
    ran(qtbot, part)
    assert not ended_badly(house.local, path)


def test_that_a_check_can_be_stopped(qtbot, part, house, path):
    opened(qtbot, part, path)
    part.run_button.click()
    assert part.stop_button.isVisible()
    part.stop_button.click()
    qtbot.waitUntil(lambda: part.desk.idle)
    assert part.checked is None
    assert part.run_button.isVisible()


def test_that_a_hurt_office_is_repaired_into_a_new_file(qtbot, part, path, tmp_path):
    hurt(path)
    opened(qtbot, part, path)
    ran(qtbot, part)
    said = []
    part.noticed.connect(lambda kind, words: said.append((kind, words)))
    part.repair_button.click()
    new = tmp_path / "new.partnerdesk"
    part.mender.dialog.fileSelected.emit(str(new))
    qtbot.waitUntil(lambda: part.desk.idle and len(said) > 1, timeout=20000)
    assert "new.partnerdesk is made" in said[-1][1]
    assert checkup.check(new).sound
