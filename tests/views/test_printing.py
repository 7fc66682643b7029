"""The print window: what it shows is what is saved, one partner at a time, all of them together."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.documents import Cell, Column, Head, Letterhead, PrintDocument, Table
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import Text
from partnerdesk.look import tokens
from partnerdesk.services.office import create_file
from partnerdesk.services.partners import change_institution
from partnerdesk.services.prints import Print, partner_summaries
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.local import Local
from partnerdesk.views.printing import PrintWindow, SheetView

NAMES = ("Tsinghua University", "University of Oxford", "Universidad de Sevilla")


@pytest.fixture
def desk(qtbot, tmp_path):
    office = create_file(tmp_path / "office.partnerdesk")
    with office.write(Text("add"), "Marta Ilves") as unit:
        for name in NAMES:
            unit.add(Institution(name=name))
    desk = Desk("Marta Ilves")
    desk.adopt(office)
    yield desk
    qtbot.waitUntil(lambda: desk.idle)
    desk.shut_down()


@pytest.fixture
def open_window(qtbot, desk, tmp_path):
    def opened(ids=(1, 2, 3)):
        window = PrintWindow(desk, Local(tmp_path / "settings.ini"), partner_summaries(ids))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: window.document is not None and desk.idle)
        return window

    return opened


def sheet(window) -> SheetView:
    return window.findChild(SheetView)


def button(window, text) -> QPushButton:
    return next(each for each in window.findChildren(QPushButton) if each.text() == text)


def press(qtbot, window, key, desk):
    qtbot.keyClick(window, key)
    qtbot.waitUntil(lambda: desk.idle)


def test_that_page_down_walks_the_documents_and_stops_at_the_last(qtbot, desk, open_window):
    window = open_window()
    seen = [window.document.head.name]
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_PageDown, desk)
        seen.append(window.document.head.name)
    assert seen == [*NAMES, NAMES[-1]]
    assert window.windowTitle() == "Universidad de Sevilla – Partnership summary"


def test_that_language_and_paper_change_the_page_and_are_remembered(qtbot, desk, open_window):
    window = open_window((1,))
    window._choose_language("de")
    window._choose_paper("Letter")
    qtbot.waitUntil(lambda: window.document.language == "de")
    assert sheet(window).page.paper.name == "Letter"
    window.close()
    again = open_window((1,))
    assert (again.document.language, sheet(again).page.paper.name) == ("de", "Letter")


def test_that_a_change_elsewhere_shows_in_the_preview(qtbot, desk, open_window):
    window = open_window((1,))
    with desk._office.read() as reader:
        institution = reader.get(Institution, 1)
    desk.do(change_institution(institution, name="Tsinghua"))
    qtbot.waitUntil(lambda: window.document.head.name == "Tsinghua")


def test_that_saving_writes_all_partners_and_says_so(qtbot, desk, open_window, tmp_path):
    window = open_window()
    window.save_pdf(tmp_path / "all.pdf")
    assert not button(window, "Print").isEnabled()
    qtbot.waitUntil(lambda: desk.idle)
    assert b"/Count 3\n" in (tmp_path / "all.pdf").read_bytes()
    assert window.findChild(MessageBar).accessibleName() == "Saved all.pdf."
    assert button(window, "Print").isEnabled()


def test_that_a_file_that_cannot_be_written_is_told_in_the_window(qtbot, desk, open_window, tmp_path):
    window = open_window((1,))
    for save, name in ((window.save_pdf, "a.pdf"), (window.save_png, "a.png")):
        with qtbot.captureExceptions() as escaped:
            save(tmp_path / "nowhere" / name)
            qtbot.waitUntil(lambda: desk.idle)
        assert escaped == []
        bar = window.findChild(MessageBar)
        assert (bar.kind, bar.accessibleName().startswith(f"{name} could not be written")) == ("danger", True)


def test_that_the_picture_saved_is_the_page_shown(qtbot, open_window, tmp_path):
    window = open_window((2,))
    window.save_png(tmp_path / "page.png")
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_that_a_printer_gets_every_partner(qtbot, desk, open_window, tmp_path):
    window = open_window()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    window.print_to(printer)
    qtbot.waitUntil(lambda: desk.idle)
    assert b"/Count 3\n" in Path(tmp_path / "printed.pdf").read_bytes()
    assert window.findChild(MessageBar).accessibleName() == "Sent to the printer."


@pytest.mark.parametrize("theme", [tokens.light, tokens.dark])
def test_that_the_paper_is_white_in_every_theme(qtbot, open_window, theme):
    before = tokens.current()
    tokens.set_current(theme())
    window = open_window((1,))
    image = sheet(window).grab().toImage()
    middle = image.pixelColor(image.width() // 2, image.height() - 60)
    tokens.set_current(before)
    assert middle == QColor("white")


@pytest.mark.parametrize("zoom", ["page", "width", "full"])
def test_that_the_zoom_needs_no_sideways_scrolling(qtbot, open_window, zoom):
    window = open_window((1,))
    sheet(window).set_zoom(zoom)
    area = window.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)
    assert (area.verticalScrollBar().maximum() > 0) is (zoom != "page")


def test_that_everything_that_takes_the_focus_has_a_name(qtbot, open_window):
    window = open_window()
    unnamed = [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.isVisible()
        and not (each.accessibleName() or getattr(each, "text", str)())
    ]  # fmt: skip
    assert [each for each in unnamed if not each.parent().inherits("QComboBoxPrivateContainer")] == []


def test_that_escape_closes_and_frees_the_window(qtbot, desk, tmp_path):
    window = PrintWindow(desk, Local(tmp_path / "settings.ini"), partner_summaries((1,)))
    window.show()
    qtbot.waitUntil(lambda: window.document is not None and desk.idle)
    with qtbot.waitSignal(window.destroyed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)


def many_pages(reader, voice, about):
    rows = tuple((Cell(f"Row {n}"),) for n in range(120))
    for name in about:
        yield PrintDocument(name, name, Letterhead("Office"), Head(name), (
            Table("Rows", (Column("Name", 1.0),), rows),), "foot", flows=True)


def test_that_the_pages_of_each_document_are_walked_and_back(qtbot, desk, tmp_path):
    window = PrintWindow(desk, Local(tmp_path / "settings.ini"), Print(("One", "Two"), many_pages))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.document is not None and desk.idle)
    said = [window._count.text()]
    for key in [Qt.Key.Key_PageDown] * 5 + [Qt.Key.Key_PageUp] * 3:
        press(qtbot, window, key, desk)
        said.append(window._count.text())
    assert said == [
        "1 of 2 · page 1 of 3", "1 of 2 · page 2 of 3", "1 of 2 · page 3 of 3", "2 of 2 · page 1 of 3",
        "2 of 2 · page 2 of 3", "2 of 2 · page 3 of 3", "2 of 2 · page 2 of 3", "2 of 2 · page 1 of 3",
        "1 of 2 · page 3 of 3"]
    window.save_pdf(tmp_path / "both.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "both.pdf").exists() and desk.idle)
