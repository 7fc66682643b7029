"""Everything out and in again from the window: told when done, stopped when wanted, refused with a sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.bridge.desk import Desk
from partnerdesk.services.office import open_file
from partnerdesk.services.samples import make_sample
from partnerdesk.views.everything import Everything, WorkDialog


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = make_sample(tmp_path_factory.mktemp("sample") / "Berkeley.partnerdesk", "berkeley")
    return path


@pytest.fixture
def work(sample: Path, qtbot: QtBot) -> Iterator[Everything]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    desk = Desk("Marta Ilves")
    desk.adopt(open_file(sample))
    yield Everything(desk, window)
    desk.shut_down()


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path, file: Path | None = None) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file or ""), ""))


@pytest.mark.usefixtures("stopped_clock")
def test_that_everything_goes_out_and_comes_in_as_an_office(
    work: Everything, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path)
    for expected in (1, 2):
        with qtbot.waitSignal(work.told) as told:
            work.ask_out()
        assert told.args[0] == "info"
        assert len(list(tmp_path.iterdir())) == expected, "an earlier folder was written over"
    folder = min(tmp_path.iterdir(), key=lambda p: len(p.name))
    choose(monkeypatch, folder, tmp_path / "again")
    with qtbot.waitSignal(work.made) as made:
        work.ask_in()
    assert made.args == [tmp_path / "again.partnerdesk"]
    open_file(tmp_path / "again.partnerdesk").close()
    assert not work.parent().findChildren(WorkDialog) or not work.parent().findChildren(WorkDialog)[0].isVisible()


def test_that_stopping_leaves_nothing_behind(work: Everything, qtbot: QtBot, tmp_path: Path) -> None:
    work.take_out(tmp_path / "out")
    (dialog,) = [d for d in work.parent().findChildren(WorkDialog) if d.isVisible()]
    dialog.reject()
    qtbot.waitUntil(lambda: work._ticket is None)
    assert [p.name for p in tmp_path.iterdir()] in ([], ["out"]), "half a folder was left"


@pytest.mark.parametrize("case", ["no such folder", "taken"])
def test_that_what_cannot_be_is_told_in_a_sentence(
    work: Everything, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    if case == "taken":
        with qtbot.waitSignal(work.told):
            work.take_out(tmp_path / "out")
        (tmp_path / "there.partnerdesk").touch()
        choose(monkeypatch, tmp_path / "out", tmp_path / "there.partnerdesk")
    else:
        choose(monkeypatch, tmp_path, tmp_path / "new.partnerdesk")
    with qtbot.waitSignal(work.told) as told:
        work.ask_in()
    assert told.args[0] == "danger"
    assert told.args[1].endswith(".")
