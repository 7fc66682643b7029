"""The report for whoever helps, and the log: figures and places in the program, nobody's data."""

import json
import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from partnerdesk.app import LastResort, where
from partnerdesk.services import support
from partnerdesk.store import schema
from partnerdesk.views.support import SupportDialog


def entered(driven):
    """Every longer word that anybody has entered in the office."""
    words = set()
    with driven.house.desk._office.read() as reader:
        for table in schema.metadata.sorted_tables:
            for row in reader.connection.execute(table.select()):
                for value in row:
                    if isinstance(value, str) and len(value) > 6 and table.name not in ("history", "step"):
                        words.add(value)
    return {word for word in words if any(letter.isupper() for letter in word)}


def test_that_the_report_is_copied_and_names_nobody(drive, office_file):
    driven = drive(office_file)
    driven.house.registry.run("help.support")
    driven.settle()
    dialog = driven.window.findChild(SupportDialog)
    driven.press("Copy", dialog)
    copied = QGuiApplication.clipboard().text()
    for part in ("PartnerDesk: ", "Qt: ", "SQLite: ", "journal_mode: wal", "rows of institution: 6", "place: local"):
        assert part in copied
    words = entered(driven)
    assert len(words) > 300
    assert [word for word in words if word in copied] == []
    assert office_file.stem not in copied and str(office_file.parent) not in copied
    assert driven.local.who + " " not in copied and Path.home().name + "/" not in copied
    driven.press("Close", dialog)


def test_that_two_offices_are_told_apart_by_a_mark_only(tmp_path):
    one, other = (support.shortened(tmp_path / "Anna Berg" / name) for name in ("a.partnerdesk", "b.partnerdesk"))
    assert one != other and "Anna" not in one


@pytest.mark.logs
def test_that_a_mistake_of_the_program_is_logged_without_what_was_entered(drive, office_file, caplog):
    driven = drive(office_file)
    LastResort(driven.house)

    def wrong(_):
        return json.loads('{"Anna Berg": ')["Anna Berg"]

    with caplog.at_level(logging.WARNING):
        driven.house.desk.ask(wrong, print)
        driven.settle()
    assert driven.bugs and "Anna" not in caplog.text
    assert "JSONDecodeError" in caplog.text and "test_support.py" in caplog.text
    driven.bugs.clear()


def test_that_the_place_of_a_mistake_is_told_without_the_users_folders():
    try:
        {}["Anna Berg"]
    except KeyError as error:
        told = where(error)
    assert told.startswith("KeyError\n") and "views/test_support.py" in told
    assert "Anna" not in told and str(Path(__file__).parents[2]) not in told
