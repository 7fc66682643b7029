"""Printing as one call: from an office file to a PDF or a picture, or a sentence why not."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import BadFile, Cancelled, EnvironmentTrouble, Refused
from partnerdesk.domain.words import Text
from partnerdesk.paper.jobs import print_all, print_summary, start_qt
from partnerdesk.paper.page import A4
from partnerdesk.services.office import create_file
from partnerdesk.services.prints import partner_summaries
from partnerdesk.services.wording import Voice


@pytest.fixture
def office_file(qapp: QApplication, tmp_path: Path) -> Path:
    path = tmp_path / "office.partnerdesk"
    office = create_file(path)
    with office.write(Text("add"), "Marta Ilves") as unit:
        for name in ("Tsinghua University", "National University of Singapore"):
            unit.add(Institution(name=name))
    office.close()
    return path


def test_that_one_call_makes_a_pdf_or_a_picture(office_file: Path, tmp_path: Path) -> None:
    print_summary(office_file, "tsinghua", tmp_path / "one.pdf", "letter", "de")
    data = (tmp_path / "one.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.")
    assert b"/MediaBox [0 0 612.000000 792.000000]" in data
    assert b"/Lang (de)" in data
    print_summary(office_file, "tsinghua", tmp_path / "one.PNG")
    assert QImage(str(tmp_path / "one.PNG")).width() == 1240


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"partner": "nowhere"}, "There is no partner “nowhere”."),
        ({"paper": "A3"}, "There is no paper A3. Choose one of A4, Letter."),
        ({"language": "tlh"}, "There is no print in tlh. Choose one of en, de, es, fr."),
        ({"path": Path("one.docx")}, "one.docx has to end in .pdf or .png."),
    ],
)
def test_that_what_cannot_be_printed_is_refused_in_a_sentence(
    office_file: Path, tmp_path: Path, words: dict[str, object], sentence: str
) -> None:
    wanted = {"partner": "tsinghua", "path": tmp_path / "one.pdf", "paper": "A4", "language": "en", **words}
    with pytest.raises(Refused) as refused:
        print_summary(office_file, **wanted)  # type: ignore[arg-type]
    assert str(refused.value.message) == sentence
    assert not (tmp_path / "one.pdf").exists()


def test_that_what_is_no_office_is_told(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        print_summary(tmp_path / "none.partnerdesk", "x", tmp_path / "one.pdf")


def test_that_a_batch_tells_its_progress_and_can_be_stopped_at_every_step(office_file: Path, tmp_path: Path) -> None:
    from partnerdesk.services.office import open_file

    office = open_file(office_file, read_only=True)
    told: list[tuple[int, int]] = []
    print_all(office, partner_summaries([1, 2]), tmp_path / "all.pdf", A4, Voice(), lambda *step: told.append(step))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    before = (tmp_path / "all.pdf").read_bytes()
    for stop in range(1, 5):

        def cancel(done: int, total: int, last: int = stop) -> None:
            if done == last:
                raise Cancelled

        with pytest.raises(Cancelled):
            print_all(office, partner_summaries([1, 2]), tmp_path / "all.pdf", A4, Voice(), cancel)
        assert (tmp_path / "all.pdf").read_bytes() == before
    with pytest.raises(EnvironmentTrouble):
        print_all(office, partner_summaries([1]), tmp_path / "nowhere" / "all.pdf", A4, Voice())
    office.close()


def test_that_a_running_qt_is_used(qapp: QApplication) -> None:
    assert start_qt() is qapp
