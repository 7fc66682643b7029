"""Errors of disk and file as sentences, and an office file that is taken away while it is open."""

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import text
from partnerdesk.store.driver import dbapi
from partnerdesk.store.faults import sentence_for, told
from partnerdesk.store.office import create_office, open_office


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "Shared"
    folder.mkdir()
    create_office(folder / "office.partnerdesk").close()
    return folder / "office.partnerdesk"


def save(office: Any, name: str) -> None:
    with office.write(text("one"), "Marta Ilves") as unit:
        unit.add(Institution(name=name))


def names(path: Path) -> list[str]:
    office = open_office(path, read_only=True)
    with office.read() as reader:
        found = [one.name for one in reader.find(Institution)]
    office.close()
    return found


@pytest.mark.parametrize(("error", "words"), [
    (dbapi.OperationalError("database or disk is full"), "is full"),
    (OSError(errno.ENOSPC, "No space left on device"), "is full"),
    (dbapi.OperationalError("attempt to write a readonly database"), "write protection"),
    (PermissionError(errno.EACCES, "Permission denied"), "the right to"),
    (dbapi.OperationalError("access permission denied"), "the right to"),
    (dbapi.OperationalError("unable to open database file"), "folder is gone"),
    (OSError(errno.EIO, "Input/output error"), "did not answer"),
])
def test_that_an_error_says_what_happened_and_what_to_do(error: Exception, words: str) -> None:
    assert words in str(sentence_for(error))


def test_that_a_full_disk_is_named_where_the_office_is_known(path: Path) -> None:
    error = dbapi.OperationalError("database or disk is full")
    mount = next(one for one in path.parents if one.is_mount())
    assert f"The disk {mount} is full." in str(sentence_for(error, path))
    with pytest.raises(EnvironmentTrouble, match="The disk is full"), told():
        raise error


def test_that_a_mistake_of_the_program_is_no_trouble_of_the_disk() -> None:
    assert sentence_for(dbapi.OperationalError("no such column: x")) is None
    with pytest.raises(dbapi.OperationalError), told():
        raise dbapi.OperationalError("no such column: x")


def test_that_nothing_is_saved_into_a_folder_that_is_gone_and_the_retry_works(path: Path) -> None:
    office = open_office(path)
    away = path.parent.rename(path.parent.with_name("Elsewhere"))
    with pytest.raises(EnvironmentTrouble, match="no longer in"):
        save(office, "Lost")
    away.rename(path.parent)
    save(office, "Kept")
    office.close()
    assert names(path) == ["Kept"]


def test_that_a_folder_that_goes_in_the_midst_of_a_save_is_noticed(path: Path) -> None:
    office = open_office(path)
    with pytest.raises(EnvironmentTrouble, match="no longer in"), office.write(text("one"), "Marta Ilves") as unit:
        unit.add(Institution(name="Lost"))
        path.parent.rename(path.parent.with_name("Elsewhere"))
    path.parent.with_name("Elsewhere").rename(path.parent)
    office.close()
    assert names(path) == []


def test_that_a_file_put_in_the_place_of_the_office_is_not_written_to(path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(path, tmp_path / "other"))
    office = open_office(path)
    before = other.read_bytes()
    other.replace(path)
    with pytest.raises(EnvironmentTrouble, match="Another file"):
        save(office, "Lost")
    assert path.read_bytes() == before
    office.close()
