"""The papers of a stay from preparing to recognised, in the real window: what a coordinator does, seen in the file."""

from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.grades import GradeTable
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.learning import LearningComponent, LearningVersion
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine
from partnerdesk.domain.words import Text
from partnerdesk.services import learning, stay_documents
from partnerdesk.views.kit.dialogs import DialogShell

COURSES = "Code\tTitle\tECTS\nX1\tUrban planning\t10\nX2\tStatistics\t12\nX3\tLanguage\t8"
MARKS = "Code;Title;Credits;Grade\nX1;Urban planning;10;A\nX2;Statistics;12;C\nX3;Language;8;F\n"


@pytest.fixture
def driven(drive, office_file, stopped_clock):
    driven = drive(office_file, (1600, 900))
    driven.house.go("stays")
    driven.settle()
    return driven


def outgoing(driven, fits):
    """The first outgoing stay for studies that fits, opened; the pane."""
    def question(reader):
        graded = {table.institution_id for table in reader.find(GradeTable)}
        return [s.id for s in reader.find(Stay, direction="out", activity="student-studies")
                if s.receiving_id in graded and fits(s)]

    found = driven.ask(question)
    driven.house.go("stays", found[0])
    driven.settle()
    return driven.house.window.page_named("stays").pane


def tab(driven, pane, key):
    pane.show_tab(key)
    driven.settle()
    return pane.part(key)


def paste(driven, grid, written):
    QGuiApplication.clipboard().setText(written)
    grid.setFocus()
    driven.keys("<Ctrl+V>")


def records(driven, record, **equals):
    return driven.ask(lambda reader: reader.find(record, **equals))


def test_that_departure_is_prepared_with_papers_and_a_signed_agreement(driven):
    pane = outgoing(driven, lambda s: s.sending_status == "nomination" and s.receiving_status == "verified")
    stay = pane.stay.id
    for version in records(driven, LearningVersion, stay_id=stay):
        for side in ("student", "sending", "receiving"):
            driven.do(learning.sign(version, side, None))
        driven.do(learning.remove_version(version))
    for document in records(driven, Document, stay_id=stay):
        driven.do(stay_documents.remove_documents([document]))

    papers = tab(driven, pane, "documents")
    driven.press("Ask by the rules", papers)
    kinds = {d.kind for d in records(driven, Document, stay_id=stay)}
    assert {"learning_agreement", "insurance", "emergency_contact"} <= kinds
    assert papers.problems.sentences
    grid = papers.stages["departure"].grid
    grid.setFocus()
    grid.go_to(records(driven, Document, stay_id=stay, kind="insurance")[0].id, "state")
    driven.keys("<F2>", "received", "<Return>")
    assert records(driven, Document, stay_id=stay, kind="insurance")[0].state == "received"

    study = tab(driven, pane, "learning")
    driven.press("Begin the agreement", study)
    paste(driven, study.tables["A"].grid, COURSES)
    driven.press("Paste", study)
    assert study.sums.text() == "Studied at the host 30 · recognised at home 0"
    for side in ("student", "sending", "receiving"):
        driven.fill(f"{side}_signed_on", "1 Mar 2026", study)
    assert study.locked
    assert records(driven, Document, stay_id=stay, kind="learning_agreement")[0].state == "checked"
    assert driven.ask(lambda reader: learning.first_signed_on(reader, stay)) == date(2026, 3, 1)


def test_that_an_agreement_is_changed_during_the_stay_with_reasons(driven):
    pane = outgoing(driven, lambda s: s.actual_from is not None and s.actual_to is None)
    study = tab(driven, pane, "learning")
    first = records(driven, LearningVersion, stay_id=pane.stay.id)[0]
    driven.press("Change the agreement", study)
    second = records(driven, LearningVersion, stay_id=pane.stay.id, n=2)[0]
    before = records(driven, LearningComponent, version_id=first.id)
    grid = study.tables["A"].grid
    grid.setFocus()
    grid.select_row(0)
    driven.press("Replace this course", study)
    driven.keys("<F2>", "Another course", "<Return>")
    driven.press("Changes only", study)
    assert [one.change for one in grid.records.records] == ["deleted", "inserted"]
    now = records(driven, LearningComponent, version_id=second.id)
    assert [c.reason_code for c in now if c.change] == ["not-available", "substitute"]
    assert records(driven, LearningComponent, version_id=first.id) == before


def test_that_a_transcript_is_pasted_converted_and_recognised(driven):
    pane = outgoing(driven, lambda s: s.actual_from is not None and s.sending_status == "live")
    stay = pane.stay.id
    assert records(driven, Transcript, stay_id=stay) == []
    driven.do(Deed(Text("back"), lambda unit: unit.change(Stay, stay, None, actual_to=date(2026, 2, 27))))
    marks = tab(driven, pane, "transcript")
    paste(driven, marks.grid, MARKS)
    driven.press("Paste", marks)
    assert marks.sums.text() == "Achieved 22 · recognised 0 · not decided 2"
    driven.press("Convert grades", marks)
    driven.press("Recognise all", marks)
    assert marks.sums.text() == "Achieved 22 · recognised 22"
    (transcript,) = records(driven, Transcript, stay_id=stay)
    lines = records(driven, TranscriptLine, transcript_id=transcript.id)
    held = {line.title: records(driven, Recognition, line_id=line.id) for line in lines}
    assert held["Language"] == []
    assert [(r.grade, r.decision, bool(r.method)) for r in (*held["Urban planning"], *held["Statistics"])] == [
        ("First", "recognised", True), ("Upper second", "recognised", True)]
    marks.grid.setFocus()
    marks.grid.select_row(0)
    driven.settle()
    assert marks.method.text().startswith("A stands for 0–10 % of those who passed")


def test_that_a_document_of_many_stays_is_set_at_once(driven):
    page = driven.house.window.page_named("stays")
    held = [d for d in records(driven, Document, kind="insurance") if d.state == "required"][:3]
    ids = [d.stay_id for d in held]
    page.stay_deeds.begin("document", ids)
    driven.settle()
    dialog = next(one for one in driven.window.findChildren(DialogShell) if one.isVisible())
    driven.press("Set a document", dialog)
    driven.field("document", dialog).setFocus()
    driven.keys("insurance", "<Return>")
    dialog.fields["state"].set_value("waived")
    driven.press("Set a document", dialog)
    assert dialog.isVisible()
    driven.fill("note", "Covered by the office", dialog)
    driven.press("Set a document", dialog)
    now = [d for d in records(driven, Document, kind="insurance") if d.stay_id in ids]
    assert {(d.state, d.note) for d in now} == {("waived", "Covered by the office")}
    driven.house.desk.undo()
    driven.settle()
    assert {d.state for d in records(driven, Document, kind="insurance") if d.stay_id in ids} == {"required"}
