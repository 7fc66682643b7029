"""Reminders of missing documents: drafts that name no one else and no one in their file names."""

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.people import Person
from partnerdesk.domain.stay_board import Owing
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.domain.words import Text
from partnerdesk.services import office, stay_reminder
from partnerdesk.store.office import Office

LINES = (
    Owing(stay_id=1, name="Ana Diallo", email="ana@example.edu", partner="Uppsala universitet",
          kinds=("insurance", "learning_agreement"), due_on=date(2026, 3, 9)),
    Owing(stay_id=2, name="Leo Brandt", email="leo@example.edu", partner="", kinds=("insurance",), due_on=None),
    Owing(stay_id=3, name="Maja Lindholm", email="", partner="", kinds=("transcript",), due_on=None),
)


def read(path: Path) -> tuple[dict[str, str], str]:
    message = message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body()
    assert body is not None
    return dict(message.items()), body.get_content().replace("\r\n", "\n")


def test_that_one_draft_to_all_hides_them_from_each_other(tmp_path: Path) -> None:
    letter = stay_reminder.letter_to_all(LINES, "Northbridge")
    assert stay_reminder.write_one_for_all(tmp_path / "reminder.eml", LINES, letter) == 2
    head, body = read(tmp_path / "reminder.eml")
    assert head["Bcc"] == "ana@example.edu, leo@example.edu"
    assert "To" not in head
    assert "- Insurance proof\n" in body
    assert body.count("Insurance proof") == 1
    assert "Diallo" not in body


def test_that_a_draft_for_each_names_what_that_person_owes_and_its_file_nobody(tmp_path: Path) -> None:
    assert stay_reminder.write_one_for_each(tmp_path, LINES, "Northbridge") == 2
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["reminder 001.eml", "reminder 002.eml"]
    head, body = read(files[0])
    assert head["To"] == "ana@example.edu"
    assert "Hello Ana Diallo," in body
    assert "Uppsala universitet" in body
    assert "9 March 2026" in body
    assert "Learning agreement" in body
    assert "Learning agreement" not in read(files[1])[1]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Office]:
    made = office.create_file(tmp_path / "office.partnerdesk")
    yield made
    made.close()


def test_that_a_reminder_is_noted_in_the_log_of_each_stay(opened: Office) -> None:
    def fill(unit: Office) -> list[int]:
        person = unit.add(Person(family_name="Diallo")).id  # type: ignore[attr-defined]
        return [unit.add(Stay(person_id=person)).id for _ in range(2)]  # type: ignore[attr-defined]

    stays, _ = office.do(opened, Deed(Text("fill"), fill), "Ada")
    office.do(opened, stay_reminder.note_reminders(stays), "Ada")
    with opened.read() as reader:
        assert [(one.stay_id, one.kind) for one in reader.find(StayEvent)] == [(i, "reminder") for i in stays]
