"""The day's work as rows: heads with their things, changed in place, in words with days as people write them."""

from datetime import date, timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from partnerdesk.domain.followups import Snooze
from partnerdesk.domain.today import KINDS, Item, work_of
from partnerdesk.domain.words import Text, text
from partnerdesk.look.cells import CELL_ROLE
from partnerdesk.models.today import ROW_ROLE, HeadRow, TaskRow, TodayModel, today_table
from partnerdesk.models.today_words import ICONS, fix_words, greeting, item_when, item_why, target_of

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("stopped_clock", "qapp")


def thing(key, days=0, kind="followup", **fields):
    when = None if days is None else TODAY + timedelta(days=days)
    return Item(key=key, kind=kind, what=text("{name}", name=f"Do {key}"), why=Text("Because"), when=when, **fields)


def shown(model):
    rows = [model.index(row).data(ROW_ROLE) for row in range(model.rowCount())]
    return [row.word if isinstance(row, HeadRow) else row.what for row in rows]


@pytest.fixture
def model():
    made = TodayModel()
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def test_that_things_stand_beneath_the_head_of_their_urgency(model):
    model.set_work(work_of([thing("a", 40), thing("b", -1), thing("c", 2)], [], TODAY))
    assert shown(model) == ["Overdue", "Do b", "This week", "Do c", "Later", "Do a"]


def test_that_a_group_without_anything_has_no_head(model):
    model.set_work(work_of([thing("a", 40)], [], TODAY))
    assert shown(model) == ["Later", "Do a"]


def test_that_what_is_done_leaves_without_a_reset(model, qtbot):
    model.set_work(work_of([thing("a", -3), thing("b", -1), thing("c", 2)], [], TODAY))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_work(work_of([thing("a", -3), thing("c", 2), thing("d", 3)], [], TODAY))
    assert shown(model) == ["Overdue", "Do a", "This week", "Do c", "Do d"]


def test_that_other_words_of_the_same_thing_change_its_row(model, qtbot):
    model.set_work(work_of([thing("a", -3)], [], TODAY))
    with qtbot.waitSignal(model.dataChanged):
        model.set_work(work_of([thing("a", -3, who="Ada")], [], TODAY))


def test_that_what_was_put_off_is_shown_when_its_group_is_opened(model):
    off = Snooze(key="a", until=TODAY + timedelta(days=9), reason="On holiday")
    model.set_work(work_of([thing("a", -3), thing("b", 1)], [off], TODAY))
    assert shown(model) == ["This week", "Do b", "Put off"]
    model.toggle_aside()
    assert shown(model)[-1] == "Do a"
    row = model.index(model.rowCount() - 1).data(ROW_ROLE)
    assert (row.why, row.fix) == ("Put off until 11 Mar 2026 · On holiday", "Take up")


def test_that_every_kind_has_an_icon_and_every_row_a_sentence(model):
    assert set(ICONS) == set(KINDS)
    model.set_work(work_of([thing(f"{kind} {n}", n * 20 - 60, kind) for n, kind in enumerate(KINDS)], [], TODAY))
    for row in range(model.rowCount()):
        assert model.index(row).data(11)  # Qt.ItemDataRole.AccessibleTextRole
        assert model.index(row).data(CELL_ROLE) is None


@pytest.mark.parametrize(("days", "words"), [
    (-9, "9 days late"), (0, "today"), (1, "tomorrow"), (4, "Fri 6 Mar"), (47, "in 47 days"), (None, "")])
def test_that_a_day_is_told_as_near_as_it_is(days, words):
    assert item_when(thing("a", days), TODAY) == words


def test_that_housekeeping_says_since_when():
    assert item_when(thing("a", -20, "contact"), TODAY) == "since 10 Feb 2026"


def test_that_days_within_words_are_written_as_people_write_them():
    inner = text("until {day}", day=date(2026, 5, 1))
    item = Item(key="a", kind="followup", what=Text("a"), why=text("{one} · {day}", one=inner, day=TODAY))
    assert item_why(item) == "until 1 May 2026 · 2 Mar 2026"


def test_that_an_item_leads_to_its_record_its_list_or_its_page():
    assert target_of(thing("a", root="agreement", root_id=7)).record_id == 7
    assert target_of(thing("a", root="partner", root_id=7, line="phase:returned")).page == "stays"
    assert target_of(thing("a", page="backups")).page == "backups"


def test_that_the_greeting_takes_the_first_name():
    assert greeting("Marta Ilves") == "Good morning, Marta"
    assert greeting("") == "Good morning"


def test_that_buttons_have_short_words():
    assert all(0 < len(word) <= 10 for word in fix_words().values())


def test_that_rows_for_a_file_keep_days_as_days():
    head, rows = today_table([thing("a", -3, who="Ada")], TODAY)
    assert (len(head), rows) == (5, [["Overdue", TODAY - timedelta(days=3), "Do a", "Because", "Ada"]])


def test_that_a_task_row_is_late_only_when_it_is_overdue(model):
    model.set_work(work_of([thing("a", -3), thing("b", -3, "contact")], [], TODAY))
    rows = [model.index(row).data(ROW_ROLE) for row in range(model.rowCount())]
    assert [row.late for row in rows if isinstance(row, TaskRow)] == [True, False]
