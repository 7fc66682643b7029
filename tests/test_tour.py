"""The tour takes a picture of every page, also of an office in which there is nothing yet."""

import os
import subprocess
import sys

from partnerdesk.services.office import create_file
from partnerdesk.services.samples import make_sample
from partnerdesk.tour_prints import write_prints


def test_that_an_empty_office_has_pictures_of_its_pages_and_none_of_records(tmp_path):
    create_file(tmp_path / "empty.partnerdesk").close()
    words = [sys.executable, "-m", "partnerdesk", "tour", "--to", str(tmp_path / "pictures"),
             "--office", str(tmp_path / "empty.partnerdesk"), "--page", "partners"]
    done = subprocess.run(words, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    taken = {path.name for path in (tmp_path / "pictures").iterdir()}
    assert {"partners.png", "partners_none.png"} <= taken
    assert "partners_contacts.png" not in taken


def test_that_the_tour_holds_a_pdf_of_each_print_and_of_an_empty_office_only_lists(tmp_path, qapp):
    full, empty = make_sample(tmp_path / "full.partnerdesk", "northbridge"), tmp_path / "empty.partnerdesk"
    create_file(empty).close()
    made = write_prints(tmp_path, full)
    assert {path.name.removeprefix("print_") for path in made} == {f"{name}.pdf" for name in (
        "abroad", "arrivals", "places", "nominations", "balance", "grant", "cohort", "cohort_anonymous", "participant",
        "learning", "changes", "transcript", "certificate_arrival", "certificate_departure", "certificate_attendance",
        "followups", "status", "trip")}
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)
    assert [path.name for path in write_prints(tmp_path, empty)] == [
        "print_abroad.pdf", "print_arrivals.pdf", "print_places.pdf", "print_followups.pdf"]
