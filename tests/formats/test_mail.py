"""Messages written as drafts."""

from email import message_from_bytes
from email.policy import default

import pytest

from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.formats.mail import write_eml


def read(path):
    return message_from_bytes(path.read_bytes(), policy=default)


def test_that_a_draft_has_address_subject_text_and_files(tmp_path):
    path = tmp_path / "draft.eml"
    write_eml(path, "in@example.edu", "Żółw – nominations", "Dear Ms Łódź,\n\nhello\n", (("list.csv", b"a;b\n"),))
    draft = read(path)
    assert (draft["To"], draft["Subject"], draft["X-Unsent"]) == ("in@example.edu", "Żółw – nominations", "1")
    assert draft.get_body().get_content().splitlines() == ["Dear Ms Łódź,", "", "hello"]
    (part,) = draft.iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == ("list.csv", b"a;b\n")


def test_that_line_breaks_in_a_subject_add_no_header(tmp_path):
    write_eml(tmp_path / "draft.eml", "", "Nominations\r\nBcc: all@example.edu", "text")
    draft = read(tmp_path / "draft.eml")
    assert draft["Bcc"] is None
    assert draft["To"] is None
    assert draft["Subject"] == "Nominations Bcc: all@example.edu"


def test_that_a_place_that_cannot_be_written_to_is_said(tmp_path):
    with pytest.raises(EnvironmentTrouble, match="cannot be written"):
        write_eml(tmp_path / "none" / "draft.eml", "", "s", "b")
