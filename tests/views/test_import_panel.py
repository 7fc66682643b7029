"""The Import tab: what is shown before anything is written is exactly what is written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.formats.books import read_book
from partnerdesk.services import listing, office, partners
from partnerdesk.views.data_files import Saver
from partnerdesk.views.import_panel import ImportPart
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.local import Local

LIST = """Our partners;;;
;;;
Hochschule;Land;Stadt;E-Mail
Universität Wien;AT;Wien;info@example.edu
Univerza v Lubljani;SI;Ljubljana;
Total;;;
"""


class House:
    def __init__(self, desk, local):
        self.desk, self.local, self.registry = desk, local, Registry()

    def go(self, page, record_id=None):
        raise AssertionError(page)


@pytest.fixture
def desk(qtbot, tmp_path):
    desk = Desk("Marta Ilves")
    desk.adopt(office.create_file(tmp_path / "office.partnerdesk"))
    deed = partners.new_partner(Institution(name="Univerza v Ljubljani", country="SI", city="Ljubljana"))
    desk.do(deed)
    yield desk
    qtbot.waitUntil(lambda: desk.idle)
    desk.shut_down()


@pytest.fixture
def part(qtbot, desk, tmp_path):
    part = ImportPart(House(desk, Local(tmp_path / "settings.ini")))
    qtbot.addWidget(part)
    part.resize(1088, 700)
    part.show()
    part.set_awake(True)
    qtbot.waitUntil(lambda: desk.idle)
    return part


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "partner.csv"
    path.write_bytes(LIST.encode("cp1252"))
    return path


def rest(qtbot, part):
    qtbot.waitUntil(lambda: part.desk.idle and not part.busy, timeout=10000)


def read(qtbot, part, path):
    part.import_file(path)
    rest(qtbot, part)


def plan(qtbot, part, path):
    read(qtbot, part, path)
    part.mapping.go_button.click()
    rest(qtbot, part)
    return part.preview.plan


def count(qtbot, desk):
    found = []
    desk.ask(listing.partner_count, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_that_a_file_shows_how_it_is_read_and_what_its_columns_mean(qtbot, part, file):
    read(qtbot, part, file)
    assert part.step is part.mapping
    shown = {name: field.value() for name, field in part.mapping.fields.items()}
    assert shown == {"header": 2, "encoding": "cp1252", "delimiter": ";", "kind": "partners"}
    assert [(row.name, row.picker.value()) for row in part.mapping.rows] == [
        ("Hochschule", "partner.name"), ("Land", "partner.country"), ("Stadt", "partner.city"),
        ("E-Mail", "contact.email")]


def test_that_another_encoding_is_seen_at_once(qtbot, part, file):
    read(qtbot, part, file)
    sample = part.mapping.rows[0].sample
    assert sample.startswith("Universität Wien")
    part.mapping.fields["encoding"].edited.emit("cp1250" if "cp1250" in read_book(file).encodings else "mac_roman")
    rest(qtbot, part)
    assert part.step is part.mapping
    assert part.mapping.start.book.encoding != "cp1252"


def test_that_the_header_row_can_be_chosen(qtbot, part, file):
    read(qtbot, part, file)
    part.mapping.fields["header"].edited.emit(0)
    rest(qtbot, part)
    assert part.mapping.rows[0].name == "Our partners"


def test_that_a_column_can_be_given_another_meaning(qtbot, part, file):
    read(qtbot, part, file)
    part.mapping.rows[2].picker.edited.emit("partner.name")
    assert [row.picker.value() for row in part.mapping.rows][:3] == [None, "partner.country", "partner.name"]


def test_that_places_ask_for_their_direction(qtbot, part, tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("Name;Country;Places\nUniversität Wien;AT;4\n", encoding="utf-8")
    read(qtbot, part, path)
    assert part.mapping.fields["places.direction"].value() == "out"
    part.mapping.fields["places.direction"].edited.emit("both")
    part.mapping.go_button.click()
    rest(qtbot, part)
    assert len(part.preview.plan.agreements[0].draft.conditions) == 2


def test_that_the_plan_tells_what_becomes_of_each_row_and_writes_nothing(qtbot, part, desk, file):
    made = plan(qtbot, part, file)
    assert part.step is part.preview
    assert [row.outcome for row in made.rows] == [Outcome.NEW, Outcome.DUPLICATE, Outcome.REJECTED]
    assert part.preview.figures[Outcome.NEW].accessibleName().startswith("New: 1")
    assert count(qtbot, desk) == 1


def test_that_going_back_writes_nothing(qtbot, part, desk, file):
    plan(qtbot, part, file)
    part.preview.back_button.click()
    assert part.step is part.mapping
    part.mapping.given_up.emit()
    assert part.step is part.begin_page
    assert count(qtbot, desk) == 1


def test_that_the_plan_is_what_is_committed_and_one_step_to_undo(qtbot, part, desk, file):
    plan(qtbot, part, file)
    said = []
    desk.said.connect(said.append)
    part.preview.commit_button.click()
    rest(qtbot, part)
    assert count(qtbot, desk) == 2
    assert str(said[0]) == "Imported partner.csv: 1 new, 0 changed"
    assert part.step is part.begin_page
    assert [line.counts["new"] for line in part.begin_page.table.lines.lines] == [1]
    desk.undo()
    rest(qtbot, part)
    assert count(qtbot, desk) == 1


def test_that_a_duplicate_is_set_side_by_side_and_settled(qtbot, part, desk, file):
    plan(qtbot, part, file)
    part.preview.table.select_row(1)
    rest(qtbot, part)
    pairs = [(p.here, p.file) for p in part.preview.pairs.lines.lines]
    assert pairs == [("Univerza v Ljubljani", "Univerza v Lubljani")]
    part.preview.new_button.click()
    rest(qtbot, part)
    assert part.preview.plan.count(Outcome.NEW) == 2
    part.preview.same_button.click()
    rest(qtbot, part)
    assert part.preview.plan.count(Outcome.NEW) == 1
    assert part.preview.plan.count(Outcome.DUPLICATE) == 0
    part.preview.commit_button.click()
    rest(qtbot, part)
    assert count(qtbot, desk) == 2


def test_that_the_same_file_again_changes_nothing(qtbot, part, desk, file):
    plan(qtbot, part, file)
    part.preview.commit_button.click()
    rest(qtbot, part)
    plan(qtbot, part, file)
    assert not part.preview.commit_button.isVisible()
    assert part.preview.foot.words == "The office already holds all of this."


def test_that_rejects_are_saved_with_their_reasons(qtbot, part, file, tmp_path):
    plan(qtbot, part, file)
    part.preview.rejects_button.click()
    saver = part.findChild(Saver)
    saver.save(str(tmp_path / "rejects.csv"))
    saver.dialog.hide()
    rest(qtbot, part)
    head, *rows = read_book(tmp_path / "rejects.csv").first.rows
    assert head[:3] == ["Row", "Result", "Reason"]
    assert [row[1] for row in rows] == ["likely duplicate", "rejected"]


def test_that_an_office_changed_meanwhile_is_not_overwritten(qtbot, part, desk, file):
    plan(qtbot, part, file)
    desk.do(partners.new_partner(Institution(name="Aarhus Universitet")))
    rest(qtbot, part)
    told = []
    part.noticed.connect(lambda kind, words: told.append((kind, words)))
    part.preview.commit_button.click()
    rest(qtbot, part)
    assert told[0][0] == "danger"
    assert "has changed since this preview" in told[0][1]
    assert count(qtbot, desk) == 2


def test_that_a_cancelled_import_leaves_the_office_as_it_was(qtbot, part, desk, tmp_path):
    path = tmp_path / "many.csv"
    rows = "".join(f"Institution number {n};AT;Wien\n" for n in range(3000))
    path.write_text("Name;Country;City\n" + rows, encoding="utf-8")
    plan(qtbot, part, path)
    part.preview.commit_button.click()
    part.progress.cancelled.emit()
    rest(qtbot, part)
    assert count(qtbot, desk) == 1
    assert part.step is part.preview


def test_that_rows_are_pasted_from_the_clipboard(qtbot, part, desk):
    QGuiApplication.clipboard().setText("Name\tCountry\nUniversität Wien\tAT\n")
    part.paste()
    rest(qtbot, part)
    assert part.step is part.mapping
    assert "delimiter" not in part.mapping.fields
    part.mapping.go_button.click()
    rest(qtbot, part)
    part.preview.commit_button.click()
    rest(qtbot, part)
    assert count(qtbot, desk) == 2


def test_that_an_empty_clipboard_is_told(qtbot, part):
    QGuiApplication.clipboard().setText("")
    told = []
    part.noticed.connect(lambda kind, words: told.append(kind))
    part.paste()
    assert told == ["info"]
    assert part.step is part.begin_page


def test_that_a_file_that_is_no_table_is_told_in_one_sentence(qtbot, part, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    told = []
    part.noticed.connect(lambda kind, words: told.append((kind, words)))
    read(qtbot, part, path)
    assert [kind for kind, _ in told] == ["danger"]
    assert part.step is part.begin_page


def test_that_the_columns_are_told_by_keyboard(qtbot, part, file):
    read(qtbot, part, file)
    picker = part.mapping.rows[3].picker
    picker.setFocus()
    qtbot.keyClick(picker, Qt.Key.Key_Delete)
    assert part.mapping.mapping.targets[3] == ""


def test_that_a_changed_cell_is_shown_old_beside_new(qtbot, part, desk, tmp_path):
    path = tmp_path / "changed.csv"
    path.write_text("Name;Country;City;Website\nUniverza v Ljubljani;SI;Ljubljana;uni-lj.si\n", encoding="utf-8")
    made = plan(qtbot, part, path)
    assert made.rows[0].outcome is Outcome.CHANGED
    assert [(p.field, p.here, p.file) for p in part.preview.pairs.lines.lines] == [("Website", "—", "uni-lj.si")]


def test_that_what_was_brought_in_is_there(qtbot, part, desk, file):
    plan(qtbot, part, file)
    part.preview.commit_button.click()
    rest(qtbot, part)
    found = []
    desk.ask(lambda reader: [c.email for c in reader.find(Contact)], found.extend)
    rest(qtbot, part)
    assert found == ["info@example.edu"]


def test_that_a_list_of_people_is_shown_as_such_and_can_be_read_as_partners(qtbot, part, tmp_path):
    file = tmp_path / "registrar.csv"
    file.write_text("Student ID;Last name;First name;Date of birth\nS-1;Kos;Ida;31.02.2001\n", encoding="utf-8")
    read(qtbot, part, file)
    shown = part.mapping
    assert shown.fields["kind"].value() == "people"
    assert [row.picker.value() for row in shown.rows] == [
        "person.local_id", "person.family_name", "person.given_names", "person.birth_date"]
    shown.fields["kind"].edited.emit("partners")
    assert shown.mapping.kind == "partners"
    shown.fields["kind"].edited.emit("people")
    assert next(row.picker.value() for row in shown.rows) == "person.local_id"
    shown.go_button.click()
    qtbot.waitUntil(lambda: part.step is part.preview)
    (row,) = part.preview.plan.rows
    assert row.partner == "Kos, Ida" and len(row.notes) == 1
