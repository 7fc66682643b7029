"""Transcripts: pasted, paired with the learning agreement, converted, decided."""

from dataclasses import replace
from datetime import date

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.coursetable import read_courses
from partnerdesk.domain.grades import GradeRow, GradeTable
from partnerdesk.domain.learning import LearningComponent, LearningVersion
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine, outcome
from partnerdesk.services import grades, stay_documents, transcripts
from partnerdesk.services import office as offices
from partnerdesk.services.transcripts import Tables
from partnerdesk.store.office import create_office
from tests.services.papers_of_stays import HOME, LYON, WHO, done, fill, found, reading, undo, write

pytestmark = pytest.mark.usefixtures("stopped_clock")
PASTED = "Code\tTitle\tECTS\tGrade\nCS1\tAlgorithms\t6\tB\nCS2\tLogic\t4.5\tC\nCS3\tLaw\t3\tF\n"


def rows(*told):
    return tuple(GradeRow(position=at, label=label, percent=float(percent), passing=passing)
                 for at, (label, percent, passing) in enumerate((*one, True)[:3] for one in told))


HOST = rows(("A", 10), ("B", 25), ("C", 30), ("D", 25), ("E", 10), ("9", 0, False))
OURS = rows(("30L", 10), ("30", 15), ("28-29", 25), ("26-27", 25), ("24-25", 15), ("18-23", 10))


@pytest.fixture
def office(tmp_path):
    made = create_office(tmp_path / "a.partnerdesk")
    stay = fill(made)
    write(made, lambda unit: stay_documents.require_documents(unit, stay))
    done(made, transcripts.paste_lines(1, read_courses(PASTED, date(2026, 3, 2)).courses, HOST, "Liis Tamm"))
    yield made
    made.close()


def lines(office):
    return sorted(found(office, TranscriptLine), key=lambda one: one.position)


def decisions(office):
    held = {one.line_id: one for one in found(office, Recognition)}
    return [held.get(line.id) for line in lines(office)]


def test_that_pasted_courses_begin_the_transcript_in_one_step(office):
    assert [(line.title, line.credits, line.grade, line.passed) for line in lines(office)] == [
        ("Algorithms", 6.0, "B", True), ("Logic", 4.5, "C", True), ("Law", 3.0, "F", False)]
    assert len(found(office, Transcript)) == 1
    undo(office)
    assert found(office, Transcript) == []


def test_that_further_courses_come_after_those_there(office):
    done(office, transcripts.add_line(1, TranscriptLine(title="Ethics", credits=2.0)))
    assert [line.title for line in lines(office)][-1] == "Ethics"
    assert len(found(office, Transcript)) == 1


def test_that_the_document_follows_the_day_the_transcript_came(office):
    done(office, transcripts.change_transcript(1, received_on=date(2027, 2, 20)))
    document = found(office, Document, kind="transcript")[0]
    assert (document.state, document.received_on) == ("received", date(2027, 2, 20))
    done(office, transcripts.change_transcript(1, received_on=None))
    assert found(office, Document, kind="transcript")[0].state == "required"


def test_that_courses_are_paired_with_what_stands_for_them_at_home(office):
    def agree(unit):
        version = unit.add(LearningVersion(stay_id=1))
        unit.add(LearningComponent(version_id=version.id, part="A", code="cs1", title="Algorithms I", pair=1))
        unit.add(LearningComponent(
            version_id=version.id, part="B", code="MT1", title="Algoritmid", credits=5.0, pair=1))
        unit.add(LearningComponent(version_id=version.id, part="A", title="LOGIC", credits=4.5))

    write(office, agree)
    assert done(office, transcripts.pair_with_agreement(1)) == 2
    first, second, third = decisions(office)
    assert (first.home_code, first.home_title, first.credits) == ("MT1", "Algoritmid", 5.0)
    assert (second.home_title, second.credits) == ("LOGIC", 4.5)
    assert third is None
    assert done(office, transcripts.pair_with_agreement(1)) == 0


def test_that_grades_are_converted_with_the_sentence_on_how(office):
    assert done(office, transcripts.convert_grades(1, Tables(HOST, OURS, "lowest"))) == 2
    first, second, third = decisions(office)
    assert first.grade == "30"
    assert "15 → 30" in first.method
    assert second.grade == "26-27"
    assert "the office takes the lowest" in second.method
    assert third is None
    undo(office)
    assert found(office, Recognition) == []


def test_that_all_is_decided_at_once_but_no_failed_course_is_recognised(office):
    assert done(office, transcripts.decide(lines(office), "recognised")) == 2
    first, second, third = decisions(office)
    assert (first.decision, first.credits, first.home_title, first.decided_on, first.decided_by) == (
        "recognised", 6.0, "Algorithms", date(2026, 3, 2), WHO)
    assert third is None
    assert outcome(lines(office), [first, second]).full


def test_that_a_decided_grade_is_not_converted_again(office):
    done(office, transcripts.decide(lines(office)[:1], "recognised"))
    assert done(office, transcripts.convert_grades(1, Tables(HOST, OURS))) == 1


def test_that_a_refusal_needs_a_reason_and_can_be_opened_again(office):
    some = lines(office)[:1]
    with pytest.raises(Refused, match="reason"):
        done(office, transcripts.decide(some, "refused"))
    done(office, transcripts.decide(some, "refused", "Taken at home already"))
    assert decisions(office)[0].reason == "Taken at home already"
    done(office, transcripts.decide(some, "open"))
    assert (decisions(office)[0].decided_on, decisions(office)[0].decided_by) == (None, "")


def test_that_a_failed_course_cannot_be_recognised_by_hand(office):
    with pytest.raises(Refused, match="failed course"):
        done(office, transcripts.change_recognition(lines(office)[2], decision="recognised"))


def test_that_a_recognition_keeps_what_was_typed(office):
    line = lines(office)[0]
    done(office, transcripts.change_recognition(line, home_title="Algoritmid", credits=5.0, grade="A"))
    done(office, transcripts.decide([line], "recognised"))
    now = decisions(office)[0]
    assert (now.home_title, now.credits, now.grade, now.decision) == ("Algoritmid", 5.0, "A", "recognised")


def test_that_courses_go_with_their_decisions(office):
    done(office, transcripts.decide(lines(office), "recognised"))
    done(office, transcripts.remove_lines(lines(office)[:2]))
    assert [line.title for line in lines(office)] == ["Law"]
    assert found(office, Recognition) == []


def test_that_the_closest_grade_tables_are_chosen(office):
    done(office, grades.add_table(GradeTable(institution_id=LYON, name="All", first_year=2022, last_year=2024), HOST))
    done(office, grades.add_table(GradeTable(
        institution_id=LYON, name="Computing", field="061", first_year=2023, last_year=2025), HOST))
    done(office, grades.add_table(GradeTable(
        institution_id=LYON, name="Law", field="0421", first_year=2023, last_year=2025), HOST))
    done(office, grades.add_table(GradeTable(institution_id=HOME, name="Ours"), OURS))
    stay = found(office, Stay)[0]
    with reading(office) as reader:
        tables = grades.tables_for(reader, stay)
    assert (tables.host.table.name, tables.home.table.name, tables.tie) == ("Computing", "Ours", "best")
    assert [one.table.name for one in tables.of_host] == ["Computing", "Law", "All"]
    named = replace(Transcript(stay_id=1), grade_table_id=1)
    with reading(office) as reader:
        assert grades.tables_for(reader, stay, named).host.table.name == "All"
        assert grades.tables_for(reader, replace(stay, field="0421")).host.table.name == "Law"


def test_that_the_office_says_how_ties_are_broken(office):
    done(office, offices.change_settings(grades_tie="middle"))
    with reading(office) as reader:
        assert grades.tie_of(reader) == "middle"


def test_that_pasted_grades_take_the_place_of_those_there(office):
    done(office, grades.add_table(GradeTable(institution_id=LYON, name="All"), HOST))
    table = found(office, GradeTable)[0]
    assert done(office, grades.set_rows(table, OURS)) == 6
    with reading(office) as reader:
        assert [r.label for r in grades.tables_of(reader, LYON)[0].rows] == [r.label for r in OURS]
    undo(office)
    with reading(office) as reader:
        assert [r.label for r in grades.tables_of(reader, LYON)[0].rows] == [r.label for r in HOST]


def test_that_single_grades_are_added_changed_and_removed(office):
    done(office, grades.add_table(GradeTable(institution_id=LYON, name="All"), HOST))
    table = found(office, GradeTable)[0]
    done(office, grades.add_row(table, GradeRow(label="X", percent=3.0)))
    row = found(office, GradeRow, label="X")[0]
    assert row.position == len(HOST)
    done(office, grades.change_row(table, row, percent=4.0))
    with pytest.raises(Refused, match="0 % or more"):
        done(office, grades.change_row(table, found(office, GradeRow, label="X")[0], percent=-1.0))
    done(office, grades.remove_rows(table, [row]))
    assert len(found(office, GradeRow)) == len(HOST)


def test_that_a_table_goes_with_its_grades_and_is_named_no_more(office):
    done(office, grades.add_table(GradeTable(institution_id=LYON, name="All"), HOST))
    table = found(office, GradeTable)[0]
    done(office, transcripts.change_transcript(1, grade_table_id=table.id))
    done(office, grades.remove_table(table))
    assert found(office, GradeTable) == found(office, GradeRow) == []
    assert found(office, Transcript)[0].grade_table_id is None
    with pytest.raises(Refused, match="before the first"):
        done(office, grades.add_table(GradeTable(institution_id=LYON, first_year=2025, last_year=2020)))
