"""Attached files: in, out, undone, purged; what cannot be kept is refused before anything changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble
from partnerdesk.services import attachments, journal, partners
from partnerdesk.services.office import do
from partnerdesk.store import contents
from partnerdesk.store.driver import connect
from partnerdesk.store.office import Office, create_office

WHO = "Marta Ilves"
PAPER = b"%PDF-1.7 an agreement " * 200


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "a.partnerdesk")
    do(made, partners.new_partner(Institution(name="Uniwersytet Łódzki", country="PL")), WHO)
    yield made
    made.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Umowa 2024.pdf"
    path.write_bytes(PAPER)
    return path


def documents(office: Office) -> list[Document]:
    with office.read() as reader:
        return reader.find(Document)


def data(office: Office, document: Document) -> bytes:
    with office.read() as reader:
        return attachments.data_of(reader, document)


def kept(office: Office) -> int:
    with office.read() as reader:
        return int(reader.connection.exec_driver_sql("SELECT count(*) FROM content").scalar_one())


def attach(office: Office, path: Path, document: Document | None = None) -> Document:
    do(office, attachments.attach(document or Document(institution_id=1), path), WHO)
    return documents(office)[-1]


def test_that_a_file_comes_back_as_it_went_in(office: Office, paper: Path, tmp_path: Path) -> None:
    document = attach(office, paper)
    assert (document.title, document.file_name, document.file_size) == ("Umowa 2024", "Umowa 2024.pdf", len(PAPER))
    with office.read() as reader:
        out = attachments.copy_out(reader, document, tmp_path / "out")
        again = attachments.copy_out(reader, document, tmp_path / "out")
    assert (out.read_bytes(), again) == (PAPER, out)
    assert not out.stat().st_mode & 0o222, "a changed copy would not come back"


def test_that_equal_files_are_kept_once(office: Office, paper: Path) -> None:
    attach(office, paper)
    attach(office, paper)
    assert (len(documents(office)), kept(office)) == (2, 1)


def test_that_another_file_takes_the_place_and_undo_brings_the_first_back(office: Office, paper: Path) -> None:
    first = attach(office, paper)
    paper.write_bytes(b"the second")
    second = attach(office, paper, first)
    assert data(office, second) == b"the second"
    do(office, attachments.detach(second), WHO)
    assert documents(office)[0].sha256 == ""
    for expected in (b"the second", PAPER):
        journal_undo(office)
        assert data(office, documents(office)[0]) == expected


def journal_undo(office: Office) -> None:
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(office, journal.undo_deed(step), WHO)


def test_that_purging_leaves_no_byte_of_the_file(office: Office, paper: Path) -> None:
    attach(office, paper)
    with office.read() as reader:
        institution = reader.get(Institution, 1)
    do(office, partners.delete_partners([institution]), WHO)
    do(office, partners.purge_partner(institution), WHO)
    assert kept(office) == 0
    office.close()
    assert b"an agreement" not in office.path.read_bytes()


def test_that_a_changed_content_is_not_given_out(office: Office, paper: Path) -> None:
    document = attach(office, paper)
    other = connect(office.path)
    other.execute("UPDATE content SET data = CAST(replace(data, 'agreement', 'Agreement') AS BLOB)")
    other.close()
    with pytest.raises(EnvironmentTrouble, match="damaged"):
        data(office, document)
    with office.read() as reader:
        assert list(contents.damaged(reader)) == [document.sha256]


def test_that_a_missing_content_is_told(office: Office, paper: Path) -> None:
    document = attach(office, paper)
    with office.read() as reader:
        assert list(contents.damaged(reader)) == []
    other = connect(office.path)
    other.execute("DELETE FROM content")
    other.close()
    with pytest.raises(EnvironmentTrouble, match="missing"):
        data(office, document)
    with office.read() as reader:
        assert list(contents.damaged(reader)) == [document.sha256]


def too_large(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(attachments.LARGEST + 1)


@pytest.mark.parametrize(("make", "sentence"), [
    (Path.mkdir, "is a folder"), (Path.touch, "is empty"), (too_large, "larger than 25 MB"),
    (lambda path: None, "cannot be read"),
])  # fmt: skip
def test_that_what_cannot_be_kept_is_refused(office: Office, tmp_path: Path, make: Any, sentence: str) -> None:
    path = tmp_path / "scan"
    make(path)
    with pytest.raises(BadFile, match=sentence):
        attach(office, path)
    assert (documents(office), kept(office)) == ([], 0)
