"""What the disk or the file refuses is told once, kept in the form, tried again, and asked about on leaving."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.store.office import open_office
from partnerdesk.views.failures_dialog import UnsavedDialog
from tests.reliability.layer import Layer, possible

READ_ONLY, PERMISSION, IO_ERROR = 8, 3, 10


@pytest.fixture
def layer(office_file: Path) -> Iterator[Layer]:
    if not possible():
        pytest.skip("the driver's library hides its functions here")
    layer = Layer(office_file.parent.resolve())
    layer.recording = False
    with layer.on():
        yield layer


@pytest.fixture
def driven(drive, layer, office_file):
    driven = drive(office_file.resolve())
    driven.house.partners.pane.show_tab("details")
    driven.settle()
    yield driven
    if driven.window is not None:
        driven.house.desk.retry()
        driven.settle()


def bar(driven):
    return driven.window.message()


def said(driven):
    return bar(driven).accessibleName() if bar(driven).isVisible() else ""


def city(path):
    office = open_office(path, read_only=True)
    with office.read() as reader:
        found = {one.city for one in reader.find(Institution)}
    office.close()
    return found


def stored(driven, words):
    return driven.ask(lambda reader: any(one.city == words for one in reader.find(Institution)))


class Trouble:
    """Ways in which saving fails, and how each is mended."""

    def __init__(self, layer, path):
        self.layer, self.path = layer, path

    def full(self):
        self.layer.room = 0

    def denied(self):
        self.layer.refuse = PERMISSION

    def read_only(self):
        self.layer.refuse = READ_ONLY

    def broken(self):
        self.layer.refuse = IO_ERROR

    def vanished(self):
        self.path.parent.rename(self.path.parent.with_name("away"))

    def mend(self):
        self.layer.room = self.layer.refuse = None
        if not self.path.parent.exists():
            self.path.parent.with_name("away").rename(self.path.parent)


WAYS = {
    "full": "is full",
    "denied": "the right to",
    "read_only": "write protection",
    "broken": "did not answer",
    "vanished": "no longer in",
}


@pytest.fixture
def trouble(layer, office_file):
    made = Trouble(layer, office_file.resolve())
    yield made
    made.mend()


@pytest.mark.parametrize(("way", "words"), WAYS.items())
def test_that_a_refused_save_stays_in_the_form_and_is_saved_by_retry(driven, trouble, way, words):
    pane = driven.house.partners.pane
    getattr(trouble, way)()
    driven.fill("city", "Lyon")
    assert said(driven).startswith("Not saved:") and words in said(driven)
    assert driven.field("city").text() == "Lyon"
    assert driven.house.desk.unsaved == 1 and not pane.flush()
    driven.press("Retry", bar(driven))
    assert said(driven).startswith("Not saved:"), "the retry cannot have worked"
    trouble.mend()
    assert not stored(driven, "Lyon")
    driven.press("Retry", bar(driven))
    assert stored(driven, "Lyon")
    assert (said(driven), driven.house.desk.unsaved, pane.flush()) == ("", 0, True)


def test_that_nothing_is_told_and_asked_where_nothing_is_refused(driven, trouble):
    driven.fill("city", "Lyon")
    assert stored(driven, "Lyon")
    assert (said(driven), driven.house.desk.unsaved) == ("", 0)
    driven.window.close()
    driven.qtbot.waitUntil(lambda: not driven.window.isVisible())


def test_that_the_full_disk_is_named(driven, trouble):
    trouble.full()
    driven.fill("city", "Lyon")
    mount = next(one for one in trouble.path.parents if one.is_mount())
    assert f"The disk {mount} is full." in said(driven)


def test_that_several_refused_fields_share_one_bar_and_one_retry(driven, trouble):
    trouble.full()
    driven.fill("city", "Lyon")
    driven.fill("short_name", "XYZ")
    driven.fill("city", "Nice")
    assert driven.house.desk.unsaved == 2, "the later city stands for both"
    trouble.mend()
    driven.press("Retry", bar(driven))
    assert stored(driven, "Nice") and not stored(driven, "Lyon")
    assert said(driven) == ""
    assert driven.field("short_name").text() == "XYZ"
    assert driven.ask(lambda reader: any(i.short_name == "XYZ" for i in reader.find(Institution)))


def test_that_what_was_typed_survives_a_walk_to_another_record(driven, trouble):
    page = driven.house.partners
    first = page.pane.record_id
    trouble.full()
    driven.fill("city", "Lyon")
    page.show_record(driven.ask(lambda reader: max(i.id for i in reader.find(Institution) if i.id != first)))
    driven.settle()
    assert page.pane.record_id != first
    trouble.mend()
    driven.press("Retry", bar(driven))
    assert driven.ask(lambda reader: reader.get(Institution, first).city) == "Lyon"
    assert driven.field("city").text() != "Lyon"


def asked(driven):
    """The question, when it has come."""
    def shown():
        return [one for one in driven.window.findChildren(UnsavedDialog) if one.isVisible()]

    driven.qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


@pytest.mark.parametrize(("button", "kept"), [("Save", True), ("Discard", False)])
def test_that_closing_asks_and_does_as_it_is_told(driven, trouble, button, kept):
    trouble.full()
    driven.fill("city", "Lyon")
    driven.window.close()
    assert driven.window.isVisible()
    driven.press("Cancel", asked(driven))
    assert driven.window.isVisible() and driven.house.desk.unsaved == 1
    trouble.mend()
    driven.window.close()
    driven.press(button, asked(driven))
    driven.qtbot.waitUntil(lambda: not driven.window.isVisible())
    driven.house.desk.shut_down()
    assert ("Lyon" in city(trouble.path)) is kept


def test_that_save_on_closing_asks_again_while_the_disk_is_still_full(driven, trouble):
    trouble.full()
    driven.fill("city", "Lyon")
    driven.window.close()
    driven.press("Save", asked(driven))
    asked(driven)
    trouble.mend()
    driven.press("Save", asked(driven))
    driven.qtbot.waitUntil(lambda: not driven.window.isVisible())


def test_that_leaving_the_office_asks_too(driven, trouble, tmp_path):
    trouble.full()
    driven.fill("city", "Lyon")
    driven.house.registry.run("file.close")
    assert driven.house.desk.is_open
    trouble.mend()
    driven.press("Save", asked(driven))
    driven.settle()
    assert not driven.house.desk.is_open
    assert "Lyon" in city(trouble.path)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be taken away there")
def test_that_an_undo_that_the_disk_refuses_can_be_tried_again(driven, trouble):
    driven.fill("city", "Lyon")
    trouble.vanished()
    driven.house.desk.undo()
    driven.settle()
    assert "no longer in" in said(driven)
    trouble.mend()
    driven.press("Retry", bar(driven))
    assert not stored(driven, "Lyon")
