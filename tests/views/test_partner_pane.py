"""The partner's form: saved field by field, refusals kept where they were typed, and whose value holds."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.services import partners
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.links import web_address


@pytest.fixture
def driven(drive, office_file):
    return drive(office_file)


@pytest.fixture
def pane(driven):
    pane = driven.house.partners.pane
    pane.show_tab("details")
    driven.settle()
    return pane


def stored(driven, pane):
    return driven.ask(lambda r: r.get(Institution, pane.record_id))


def test_that_a_field_is_saved_when_it_is_left(driven, pane):
    driven.fill("city", "Lindesnes", pane)
    assert stored(driven, pane).city == "Lindesnes"
    assert "Saved" in pane.foot.accessibleName() or pane.foot.findChildren(type(pane.foot)) == []


def test_that_a_refused_field_keeps_what_was_typed_and_says_why(driven, pane):
    name = stored(driven, pane).name
    driven.fill("name", "", pane)
    field = driven.field("name", pane)
    assert field.text() == ""
    assert field.notes.error
    assert not pane.flush()
    assert stored(driven, pane).name == name
    driven.fill("city", "Elsewhere", pane)
    assert field.text() == "" and field.notes.error
    driven.fill("name", "A good name", pane)
    assert stored(driven, pane).name == "A good name"
    assert not field.notes.error and pane.flush()


def test_that_words_being_typed_are_not_overwritten_by_a_change_from_elsewhere(driven, pane):
    field = driven.field("city", pane)
    field.setFocus()
    driven.keys("<Ctrl+A>", "Half a wo")
    record = stored(driven, pane)
    driven.do(partners.change_institution(record, short_name="XYZ"))
    assert field.text() == "Half a wo"
    assert driven.field("short_name", pane).text() == "XYZ"


def test_that_a_value_that_somebody_else_changed_meanwhile_asks_whose_holds(driven, pane):
    field = driven.field("city", pane)
    field.setFocus()
    driven.keys("<Ctrl+A>", "Mine")
    pane.set_awake(False)
    driven.do(partners.change_institution(stored(driven, pane), city="Theirs"))
    driven.keys("<Tab>")
    pane.set_awake(True)
    driven.settle()
    bar = next(one for one in pane.findChildren(MessageBar) if one.isVisible())
    assert stored(driven, pane).city == "Theirs"
    driven.press("Keep mine", bar)
    assert stored(driven, pane).city == "Mine"
    assert not bar.isVisible()


def test_that_a_new_contact_is_typed_through_without_a_pause(driven, pane):
    driven.tab(pane.tabs, "contacts")
    driven.press("Add a contact", pane)
    form = pane.child_list("contacts").open_form
    driven.keys("Astrid", "<Tab>", "Holm", "<Tab>", "Dr.", "<Tab>", "Dean", "<Tab>")
    assert pane.child_list("contacts").open_form is form
    found = driven.ask(lambda r: r.find(Contact, institution_id=pane.record_id, family_name="Holm"))
    assert [(c.given_names, c.title, c.function) for c in found] == [("Astrid", "Dr.", "Dean")]


def test_that_a_web_address_opens_over_https_alone(driven, pane, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toString())) or True)
    pane.show_tab("overview")
    driven.fill("website", "http://example.edu/about", pane)
    driven.field("website", pane).actions()[-1].trigger()
    assert opened == ["https://example.edu/about"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("example.edu", "https://example.edu"),
        ("https://example.edu/a?b=c", "https://example.edu/a?b=c"),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("mailto:ada@example.edu", None),
        ("https://user:secret@example.edu", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_that_only_addresses_of_the_web_are_opened(written, address):
    assert web_address(written) == (QUrl(address) if address else None)
