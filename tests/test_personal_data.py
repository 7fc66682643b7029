"""Nothing personal leaves the office by the way: not in logs of mistakes, not in the names of files proposed."""

import logging
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from partnerdesk.app import LastResort, build, where
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Missing
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import nominations, people
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.services.sheet_certificates import certificates
from partnerdesk.services.sheet_money import grant_sheets
from partnerdesk.services.sheet_people import participant_sheets, sheets_of_people
from partnerdesk.services.sheet_study import learning_agreements, learning_changes, transcripts
from partnerdesk.views.local import Local

PERSON = Person(
    given_names="Quillana", family_name="Zephyrine", name_original="Зефирина", email="quillana@example.edu",
    phone="+44 1632 960001", birth_date=date(2001, 4, 2), local_id="ZQ-4711", remark="came with a guitar")
TELLING = ("Quillana", "Zephyrine", "Зефирина", "quillana@", "960001", "2001", "4711", "guitar")


def names_nobody(told: str) -> None:
    assert [word for word in TELLING if word.casefold() in told.casefold()] == []


def key_error() -> None:
    {}[PERSON]  # type: ignore[index]


def type_error() -> None:
    raise TypeError(f"cannot change {PERSON!r}")


def chained() -> None:
    try:
        type_error()
    except TypeError as error:
        raise RuntimeError(PERSON.full_name) from error


def refused_by_the_engine() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE person (name TEXT CHECK (name = ''))"))
        connection.execute(sa.text("INSERT INTO person VALUES (:name)"), {"name": PERSON.full_name})


def refused_by_the_driver() -> None:
    sqlite3.connect(":memory:").execute(f"SELECT '{PERSON.full_name}' FROM {PERSON.family_name}")


@pytest.mark.parametrize("wrong", [key_error, type_error, chained, refused_by_the_engine, refused_by_the_driver])
def test_that_a_mistake_is_told_by_its_kind_and_place_and_not_by_whom_it_was_about(wrong: Callable[[], None]) -> None:
    try:
        wrong()
    except Exception as error:
        told = where(error)
        assert any(word.casefold() in f"{error} {error!r} {error.__cause__!r}".casefold() for word in TELLING)
    assert "test_personal_data.py" in told
    names_nobody(told)


@pytest.mark.logs
def test_that_a_mistake_in_the_window_is_shown_and_logged_and_not_written_elsewhere(
    qapp: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    house = build(Local(tmp_path / "settings.ini"))
    resort = LastResort(house)
    try:
        type_error()
    except TypeError as error:
        resort.unexpected(TypeError, error, error.__traceback__)
    assert "TypeError" in caplog.text and house.window.message().isVisibleTo(house.window)
    names_nobody(caplog.text + "".join(capsys.readouterr()))
    house.desk.shut_down()
    house.window.deleteLater()


@pytest.mark.logs
def test_that_deeds_on_a_person_leave_no_line_in_the_log(
    tmp_path: Path, stopped_clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    office = create_file(tmp_path / "office.partnerdesk")
    with caplog.at_level(logging.DEBUG):
        made, _ = do(office, people.new_person(PERSON), "Marta Ilves")
        with office.read() as reader:
            stored = reader.get(Person, made)
        do(office, people.change_person(stored, email="other@example.edu"), "Marta Ilves")
        with pytest.raises(Missing), office.write(Text("lost"), "Marta Ilves") as unit:
            unit.change(Stay, 4711, None, remark=PERSON.full_name)
        office.close()
        open_file(tmp_path / "office.partnerdesk").close()
    names_nobody(caplog.text)


def test_that_files_proposed_for_prints_of_people_are_named_after_their_kind() -> None:
    prints = [participant_sheets([1]), sheets_of_people([1]), grant_sheets([1]), learning_agreements([1]),
              learning_changes([1]), transcripts([1]),
              *(certificates(kind, [1]) for kind in ("arrival", "departure", "attendance"))]
    assert all(one.file_name for one in prints)


def test_that_a_nomination_list_is_named_after_the_partner_alone(tmp_path: Path, stopped_clock: Any) -> None:
    from partnerdesk.domain.nominations import Nomination, Nominee
    from partnerdesk.domain.partners import Institution

    one = Nomination(Institution(id=1, name="Kyoto University"), 2026, False,
                     (Nominee(Stay(id=1, person_id=1), PERSON, None),))
    names_nobody(nominations.file_name(one, ".xlsx"))
