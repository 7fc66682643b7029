"""The tour takes a picture of every page, also of an office in which there is nothing yet."""

import os
import subprocess
import sys

from partnerdesk.services.office import create_file


def test_that_an_empty_office_has_pictures_of_its_pages_and_none_of_records(tmp_path):
    create_file(tmp_path / "empty.partnerdesk").close()
    words = [sys.executable, "-m", "partnerdesk", "tour", "--to", str(tmp_path / "pictures"),
             "--office", str(tmp_path / "empty.partnerdesk"), "--page", "partners"]
    done = subprocess.run(words, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    taken = {path.name for path in (tmp_path / "pictures").iterdir()}
    assert {"partners.png", "partners_none.png"} <= taken
    assert "partners_contacts.png" not in taken
