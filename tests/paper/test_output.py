"""Files and pictures: whole or not at all, searchable, with their fonts, the same for the same data."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter

from partnerdesk.domain.documents import PrintDocument
from partnerdesk.domain.problems import Cancelled, EnvironmentTrouble
from partnerdesk.paper.output import page_image, pages_of, pdf_bytes, to_pdf, to_png, to_printer
from partnerdesk.paper.page import A4, LETTER
from tests.paper.conftest import Maker


def poppler(tool: str, *words: str) -> str:
    """What a tool of poppler says; skips where it is not installed."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} of poppler-utils is not installed")
    return subprocess.run([tool, *words], check=True, capture_output=True, timeout=60).stdout.decode()


def written(documents: list[PrintDocument], folder: Path) -> str:
    path = folder / "out.pdf"
    to_pdf(documents, path)
    return str(path)


def test_that_the_text_of_a_pdf_can_be_found(make: Maker, tmp_path: Path) -> None:
    text = poppler("pdftotext", written([make()], tmp_path), "-")
    assert "清华大学" in text
    for words in ("Tsinghua University", "International Office", "1 Sep 2026", "2026-003", "03cve4549"):
        assert words in text


@pytest.mark.parametrize(
    ("second", "script"),
    [
        ("西安交通大学 人民大学 黄龙青马", "zh-Hans"),
        ("國立臺灣大學", "zh-Hant"),
        ("Московский университет", ""),
        ("مدينة الطلبة", ""),
        ("מכללת", ""),
        ("ธรรมศาสตร์", ""),
        ("서울대학교", "ko"),
        ("Đại học Quốc gia Hà Nội", ""),
    ],
)
def test_that_names_in_other_scripts_can_be_found(renamed: Maker, tmp_path: Path, second: str, script: str) -> None:
    text = poppler("pdftotext", written([renamed("Partner", second, script)], tmp_path), "-")
    for mark in "\u200e\u200f\u202a\u202b\u202c":
        text = text.replace(mark, "")
    assert second in text


def test_that_every_font_is_embedded_and_tells_its_characters(renamed: Maker, tmp_path: Path) -> None:
    lines = poppler("pdffonts", written([renamed("Office", "大学 جامعة")], tmp_path)).splitlines()[2:]
    assert {"InterPaper-Regular", "InterPaper-Medium", "InterPaper-SemiBold"} <= {line.split()[0] for line in lines}
    assert all(line[-26:].split()[:3] == ["yes", "no", "yes"] for line in lines), lines


@pytest.mark.parametrize(("paper", "size"), [(A4, "595 x 842 pts (A4)"), (LETTER, "612 x 792 pts (letter)")])
def test_that_a_pdf_has_one_page_of_its_paper_and_says_what_it_is(make: Maker, tmp_path: Path, paper, size) -> None:  # type: ignore[no-untyped-def]
    to_pdf([make(40, 40)], tmp_path / "one.pdf", paper)
    facts = poppler("pdfinfo", str(tmp_path / "one.pdf"))
    assert "Pages:           1\n" in facts
    assert size in facts
    assert "Title:           Tsinghua University – Partnership summary" in facts
    assert "Creator:         PartnerDesk" in facts


def test_that_a_batch_has_a_page_and_a_bookmark_for_each(make: Maker, tmp_path: Path) -> None:
    documents = [make(name=f"Partner {number}") for number in range(30)]
    path = written(documents, tmp_path)
    assert "Pages:           30\n" in poppler("pdfinfo", path)
    for number in (1, 30):
        text = poppler("pdftotext", "-f", str(number), "-l", str(number), path, "-")
        assert f"Partner {number - 1}\n" in text
    data = Path(path).read_bytes()
    assert data.count("Partner 7 – Partnership summary".encode("utf-16-be").hex().encode()) == 1
    assert b"/PageMode /UseOutlines" in data


def test_that_the_same_data_give_the_same_file(make: Maker, stopped_clock: object) -> None:
    documents = [make(), make(40)]
    first = pdf_bytes(documents)
    assert pdf_bytes(documents) == first
    assert b"/CreationDate (D:20260302090000" in first


def test_that_cancelling_a_batch_leaves_what_was_there(make: Maker, tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        if (done, total) == (3, 5):
            raise Cancelled

    path = tmp_path / "batch.pdf"
    path.write_bytes(b"before")
    with pytest.raises(Cancelled):
        to_pdf([make()] * 5, path, progress=cancel)
    assert [each.name for each in tmp_path.iterdir()] == ["batch.pdf"]
    assert path.read_bytes() == b"before"


def test_that_a_place_that_cannot_be_written_is_told_in_a_sentence(make: Maker, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble, match=r"^one\.pdf could not be written: .+\.$"):
        to_pdf([make()], tmp_path / "nowhere" / "one.pdf")
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(EnvironmentTrouble):
        to_pdf([make()], tmp_path / "taken.pdf")
    assert [each.name for each in tmp_path.iterdir()] == ["taken.pdf"]


def test_that_a_picture_is_the_page_in_the_wanted_size(make: Maker, tmp_path: Path) -> None:
    to_png(make(), tmp_path / "one.png", dots_per_inch=96)
    image = QImage(str(tmp_path / "one.png"))
    assert (image.width(), image.height()) == (794, 1123)
    assert image.pixelColor(2, 2) == QColor("white")


def test_that_preview_and_pdf_come_from_the_same_pages(make: Maker) -> None:
    document = make()
    assert pages_of(document)[0].items == pages_of(document)[0].items
    assert page_image(pages_of(document)[0]) == page_image(pages_of(document)[0])


def test_that_a_printer_gets_a_page_for_each_document(make: Maker, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    to_printer([make(), make(40)], printer)
    assert "Pages:           2\n" in poppler("pdfinfo", str(tmp_path / "printed.pdf"))


def test_that_the_letterhead_carries_a_logo_and_survives_a_broken_one(make: Maker) -> None:
    document = make()
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QByteArray()
    from PySide6.QtCore import QBuffer

    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    for logo, red in ((bytes(data.data()), True), (b"<svg", False), (b"no picture", False)):
        shown = page_image(pages_of(replace(document, letterhead=replace(document.letterhead, logo=logo)))[0])
        assert (shown.pixelColor(70, 60) == QColor("red")) is red
