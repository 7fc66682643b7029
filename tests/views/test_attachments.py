"""A file on a document: attached by choice and drop, shown, opened with care, taken away, in the log and the form."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.partners import Institution
from partnerdesk.services import attachments, partners
from partnerdesk.services.office import create_file, do
from partnerdesk.views.attachments import FileStrip
from partnerdesk.views.children import ChildList
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.partner_children import document_spec


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    office = create_file(tmp_path / "office.partnerdesk")
    do(office, partners.new_partner(Institution(name="University of Graz", country="AT")), "Marta Ilves")
    made = Desk("Marta Ilves")
    made.adopt(office)
    yield made
    made.shut_down()


@pytest.fixture
def strip(desk: Desk, qtbot: QtBot) -> FileStrip:
    made = FileStrip(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def scan(folder: Path, name: str = "Vertrag.pdf") -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.7 " + name.encode())
    return path


def stored(desk: Desk, qtbot: QtBot) -> list[Document]:
    found: list[list[Document]] = []
    desk.ask(lambda reader: reader.find(Document), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def make_document(desk: Desk, qtbot: QtBot, path: Path) -> Document:
    desk.do(attachments.attach(Document(institution_id=1), path))
    qtbot.waitUntil(lambda: desk.idle)
    return stored(desk, qtbot)[-1]


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drop files onto a widget; whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    asked = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(4, 4).toPoint(), *asked)
    enter.ignore()
    widget.dragEnterEvent(enter)
    if enter.isAccepted():
        widget.dropEvent(QDropEvent(QPointF(4, 4), *asked))
    return enter.isAccepted()


def test_that_a_file_is_attached_replaced_and_taken_away(
    desk: Desk, strip: FileStrip, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.show_document(make_document(desk, qtbot, scan(tmp_path)))
    assert strip.open_button.isVisible()
    assert drop(strip, scan(tmp_path, "Nachtrag.pdf"))
    qtbot.waitUntil(lambda: stored(desk, qtbot)[0].file_name == "Nachtrag.pdf")
    strip.show_document(stored(desk, qtbot)[0])
    strip.remove_button.click()
    qtbot.waitUntil(lambda: not stored(desk, qtbot)[0].sha256)
    strip.show_document(stored(desk, qtbot)[0])
    assert not strip.open_button.isVisible()
    assert strip.attach_button.isVisible()
    desk.undo()
    qtbot.waitUntil(lambda: stored(desk, qtbot)[0].file_name == "Nachtrag.pdf")


def test_that_a_file_that_cannot_be_kept_says_so_at_the_place(
    desk: Desk, strip: FileStrip, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.show_document(make_document(desk, qtbot, scan(tmp_path)))
    (tmp_path / "empty.pdf").touch()
    strip.attach(tmp_path / "empty.pdf")
    qtbot.waitUntil(lambda: strip._error.isVisible())
    assert "is empty" in strip._error.text()
    assert stored(desk, qtbot)[0].file_name == "Vertrag.pdf"


def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    seen: list[Path] = []

    def take(url: QUrl) -> bool:
        seen.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return seen


def test_that_a_paper_is_opened_as_a_copy_that_goes_with_the_office(
    desk: Desk, strip: FileStrip, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = opened(monkeypatch)
    strip.show_document(make_document(desk, qtbot, scan(tmp_path)))
    strip.open_button.click()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].read_bytes() == b"%PDF-1.7 Vertrag.pdf"
    desk.close()
    assert not seen[0].exists()


def test_that_what_can_run_is_not_opened_without_asking(
    desk: Desk, strip: FileStrip, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = opened(monkeypatch)
    strip.show_document(make_document(desk, qtbot, scan(tmp_path, "form.docm")))
    strip.open_button.click()
    (dialog,) = strip.findChildren(DialogShell)
    assert dialog.isVisible()
    assert any("form.docm" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()
    qtbot.waitUntil(lambda: desk.idle)
    assert seen == []


def test_that_in_a_read_only_office_a_file_can_be_opened_but_not_changed(
    desk: Desk, strip: FileStrip, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.show_document(make_document(desk, qtbot, scan(tmp_path)))
    strip.set_locked(True)
    assert strip.open_button.isVisible()
    assert not strip.attach_button.isVisible()
    assert not strip.remove_button.isVisible()
    assert not drop(strip, scan(tmp_path, "other.pdf"))


def test_that_files_dropped_on_a_partners_documents_become_documents(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    owner: Callable[[], Institution] = lambda: Institution(id=1, name="University of Graz")  # noqa: E731
    children = ChildList(desk, SaveState(), document_spec(owner))
    qtbot.addWidget(children)
    assert drop(children, scan(tmp_path, "one.pdf"), scan(tmp_path, "two.pdf"))
    qtbot.waitUntil(lambda: len(stored(desk, qtbot)) == 2)
    assert [d.title for d in stored(desk, qtbot)] == ["one", "two"]
    children.show_records(stored(desk, qtbot), fresh=True)
    children.open_record(1)
    assert children.open_form is not None
    assert children.open_form.file_strip is not None
    assert "one.pdf" in children.open_form.file_strip._name.text()
